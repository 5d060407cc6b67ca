"""Who is asking: the User-Agent that the SEC demands, told once and kept in the user's config folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

from grammar.errors import UsageError

ADDRESS = re.compile(r"\S+@\S+\.\S+")
FILE = "fetch.json"


def config_file() -> Path:
    """The file in the user's config folder; it need not be there."""
    import platformdirs  # noqa: PLC0415  (only where no folder was given)

    return platformdirs.user_config_path("stope", appauthor=False) / FILE


def checked(user_agent: str) -> str:
    """The User-Agent with white space folded; UsageError where it names nobody or isn't plain ASCII."""
    text = " ".join(user_agent.split())
    if not (text.isascii() and text.isprintable()):
        raise UsageError("the User-Agent must be plain ASCII, such as 'Jo Doe jo@example.com'")
    if not ADDRESS.search(text) or " " not in text:
        raise UsageError("the SEC wants a name and an e-mail address as User-Agent, such as 'Jo Doe jo@example.com'")
    return text


def load(path: Path) -> str | None:
    """The User-Agent that was kept; None where there is none, UsageError where the file isn't ours to read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))["user_agent"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is not as it was written: remove it, or give --user-agent") from error
    return checked(str(kept))


def save(path: Path, user_agent: str) -> None:
    """Keep the User-Agent, readable by its owner alone: it holds an e-mail address."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"user_agent": checked(user_agent)}) + "\n", encoding="utf-8")
    path.chmod(0o600)
