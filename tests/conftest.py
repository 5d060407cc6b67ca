"""What every test may ask for: the real filings, which live beside the project and never in it."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real filings; a missing one fails where CI is set and skips elsewhere, saying so."""
    if (SHARED / "filings").is_dir():
        return SHARED
    message = "the real filings (../shared) are not here"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
