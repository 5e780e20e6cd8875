"""Watch the tenant: remember who has which licence, so that a later loss can be dated."""
