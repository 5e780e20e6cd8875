"""Hold every text for people: the words of every code, in every language, for each reader."""
