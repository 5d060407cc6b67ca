"""Filings and questions that nobody wrote by hand, each with the truth about itself; the same seed gives the same bytes."""
