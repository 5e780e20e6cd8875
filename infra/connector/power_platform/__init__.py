"""The OpenAPI 2.0 definition and the properties that Power Platform makes a connector of."""
