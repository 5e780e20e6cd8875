"""Decide under which name and addresses a deleted user comes back."""
