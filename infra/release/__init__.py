"""Build a release: what `make release` leaves in .local/release."""
