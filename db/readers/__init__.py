"""One module a document format: bytes to blocks that keep their place in the source."""
