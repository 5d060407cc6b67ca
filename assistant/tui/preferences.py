"""What the interface remembers besides the conversation: the theme and the format of copies, in a small JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(slots=True)
class Preferences:
    """Chosen once, kept beside the store; anything unreadable is as if never chosen."""

    theme: str = "stope-dark"
    copy_format: str = "text"

    @classmethod
    def load(cls, path: Path) -> Preferences:
        """Those of the file, the standard ones where it has none."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        known = {
            name: kept[name] for name in asdict(cls()) if isinstance(kept, dict) and isinstance(kept.get(name), str)
        }
        return cls(**known)

    def save(self, path: Path) -> None:
        """Write them; a folder that can't be written only means that they aren't remembered."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(asdict(self)), encoding="utf-8")
        except OSError:
            return
