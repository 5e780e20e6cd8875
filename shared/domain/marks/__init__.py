"""The mark by which a tenant says whom nobody may bring back."""
