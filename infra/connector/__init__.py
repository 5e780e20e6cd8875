"""The API descriptions and the Power Platform connector, generated from the product's own table."""
