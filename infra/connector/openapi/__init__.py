"""Build the OpenAPI descriptions for everybody but Power Platform."""
