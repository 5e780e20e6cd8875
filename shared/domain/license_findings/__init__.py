"""Make the findings about licences: why there is none to give, and what else to know."""
