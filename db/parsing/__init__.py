"""The steps from blocks to facts, notes and passages."""
