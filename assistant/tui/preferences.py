"""What the interface remembers besides the conversation: the theme and the format of copies.

Lines of ``name = value``, read before the first frame without importing a parser.
"""

from __future__ import annotations

from pathlib import Path


class Preferences:
    """Chosen once, kept beside the store; anything unreadable is as if never chosen."""

    def __init__(self, theme: str = "stope-dark", copy_format: str = "text") -> None:
        self.theme = theme
        self.copy_format = copy_format

    @classmethod
    def load(cls, path: Path) -> Preferences:
        """Those of the file, the standard ones where it has none."""
        preferences = cls()
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return preferences
        for line in lines:
            name, _, value = (part.strip() for part in line.partition("="))
            if name in vars(preferences) and value:
                setattr(preferences, name, value)
        return preferences

    def save(self, path: Path) -> None:
        """Write them; a folder that can't be written only means that they aren't remembered."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{name} = {value}\n" for name, value in vars(self).items()), encoding="utf-8")
        except OSError:
            return
