"""Make the findings: what speaks against a restore, and what else should be known of it."""
