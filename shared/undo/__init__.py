"""Accept the request to take back what a restore has done."""
