"""Copy the desk's libraries from npm beside its own files; they are never committed."""
