"""Build the OpenAPI 2.0 definition and the properties of the Power Platform connector."""
