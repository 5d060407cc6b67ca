"""Sentences and their places in the source, for parsing and for the search of text; quick to import."""
