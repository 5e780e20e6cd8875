"""Watch: what a change of the directory means, and how far the audit log was read."""
