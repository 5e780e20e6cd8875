"""The desk in a browser: one page and one double of its API for the whole folder."""
