"""Define queries, alerts and the workbook: what an administrator sees of the service."""
