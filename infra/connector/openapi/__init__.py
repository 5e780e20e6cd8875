"""The OpenAPI descriptions for everybody but Power Platform."""
