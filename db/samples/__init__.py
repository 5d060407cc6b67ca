"""The embedded filings that answer before a user has added any: retyped editions of two quarterly releases.

Their tables have the labels and figures as published; their running text tells the same in other words.
"""

from pathlib import Path

FOLDER = Path(__file__).parent


def sample_files() -> list[Path]:
    """The sample filings, in the order that they are added."""
    return sorted(FOLDER.glob("*.txt"))
