"""Build the JSON documents that callers see; texts get the words for their reader here."""
