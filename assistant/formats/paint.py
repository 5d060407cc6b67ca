"""The few colours of the plain output; without colour a cited span stands in brackets instead."""

from __future__ import annotations

from grammar.records import record


@record
class Paint:
    """ANSI styles where ``colour`` is set, the text itself where it isn't."""

    colour: bool

    def strong(self, text: str) -> str:
        """Bold."""
        return self._styled(text, "1")

    def faint(self, text: str) -> str:
        """Dimmed."""
        return self._styled(text, "2")

    def span(self, line: str, start: int, end: int) -> str:
        """``line`` with the columns ``start`` to ``end`` in reverse video, or in brackets.

        A bracket takes the place of a space where more than one stands beside the span, so that columns stay aligned.
        """
        before, cited, after = line[:start], line[start:end], line[end:]
        if self.colour:
            return f"{before}{self._styled(cited, '1;7')}{after}"
        before = before[:-1] if before.endswith("  ") else before
        after = after[1:] if after.startswith("  ") else after
        return f"{before}[{cited}]{after}"

    def _styled(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text
