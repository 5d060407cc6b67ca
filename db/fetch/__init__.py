"""Filings from EDGAR: the SEC's public index and archive, asked politely, kept whole or not at all."""
