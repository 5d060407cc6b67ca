"""A question in, a cited answer out: the command, the formats and the terminal interface."""
