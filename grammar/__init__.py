"""The language of mining filings: words to meaning, for questions and for the headings of filings alike."""
