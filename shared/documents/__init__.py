"""Documents: what callers see, as JSON; the one place where a text meets its reader."""
