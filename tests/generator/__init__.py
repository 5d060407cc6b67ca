"""Filings and questions that nobody wrote by hand, each with the truth about itself; a seed gives the same bytes."""
