"""The catalogue of texts: every code in every language, and the words a given reader sees."""
