"""Deploy, check and try the service: everything around the product itself."""
