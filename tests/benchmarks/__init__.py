"""How fast Stope is, printed and never asserted: ``python -m tests.benchmarks``."""
