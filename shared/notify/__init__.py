"""Telling other people's URLs: addresses checked, signed, one request each, nothing followed."""
