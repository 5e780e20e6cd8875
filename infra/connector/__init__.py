"""Generate the API descriptions and the Power Platform connector from the product's own types."""
