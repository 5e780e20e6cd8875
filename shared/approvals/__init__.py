"""Use cases of whoever decides about restores that wait for an approval."""
