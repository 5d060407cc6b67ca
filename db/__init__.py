"""Filings to facts, and the store that keeps them."""
