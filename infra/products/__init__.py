"""Make the table of product names from Microsoft's published list.

`python -m infra.products LIST.csv` runs it, with the file that Microsoft's page "Product names and
service plan identifiers for licensing" offers for download.
"""
