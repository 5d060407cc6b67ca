"""Moves every date of a text by whole quarters and years, as edits (start, end, new text), in filings and in questions.

The last day of December stays one: a balance sheet is held against the year's end whatever quarter it reports.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator

Edit = tuple[int, int, str]
ORDINALS = ["first", "second", "third", "fourth"]
MONTHS = [m.lower() for m in calendar.month_name[1:]]
SHORT = {m[:3]: i for i, m in enumerate(MONTHS)} | {"sept": 8}
MONTH = (
    r"(?:"
    + "|".join([*(m.capitalize() for m in MONTHS), *(m[:3].capitalize() + r"\b\.?" for m in MONTHS), r"Sept\b\.?"])
    + ")"
)
YEAR = r"(?:19|20)\d\d"


def cased(new: str, like: str) -> str:
    """``new`` in the case of ``like``: all capitals, all small, or as a title."""
    if like.isupper():
        return new.upper()
    return new.lower() if like.islower() else new


class Shift:
    """A move by ``quarters`` (0 to 2, so that a first quarter never becomes a fourth) and ``years``."""

    def __init__(self, quarters: int, years: int) -> None:
        self.quarters, self.years = quarters, years
        self.rules: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
            (re.compile(rf"\b(\d{{1,2}} )?({MONTH})( \d{{1,2}})?(,? +)({YEAR})\b", re.I), self._dated),
            (
                re.compile(rf"\b({'|'.join(ORDINALS)})( |-)(quarters?)( of| of the year|,)?( )({YEAR}|'\d\d)\b", re.I),
                self._quarter_year,
            ),
            (re.compile(rf"\b({'|'.join(ORDINALS)})( |-)(quarters?)\b", re.I), self._quarter),
            (re.compile(r"\b(first three months)(?: of)? (\d{4})\b", re.I), self._three_months),
            (re.compile(r"\bJanuary to March\b", re.I), self._months_span),
            (re.compile(r"\bQ([1-4])( ?'?|FY)(\d{4}|\d\d)\b", re.I), self._q_year),
            (re.compile(r"\b([1-4])Q( ?'?)(\d{4}|\d\d)\b", re.I), self._q_year_reversed),
            (re.compile(r"\b(\d{4})( ?)Q([1-4])\b", re.I), self._year_q),
            (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d\d|\d{4})(?![\d/])"), self._slashed),
            (re.compile(r"(?<![\d/])(\d{1,2})/(\d\d)(?![\d/-])"), self._month_slash),
            (
                re.compile(
                    rf"\b({'|'.join(m.capitalize() for m in MONTHS if m not in ('may', 'december'))}"
                    rf"|{MONTH} \d{{1,2}})\b(?! \d{{4}})"
                ),
                self._month,
            ),
            (re.compile(rf"(?<![\d$,./-]){YEAR}(?!\d|[,./-]\d)"), lambda m: str(int(m[0]) + self.years)),
        ]

    def edits(self, text: str) -> Iterator[Edit]:
        """The edits that move the text's dates; a later rule never touches what an earlier one moved."""
        taken: list[tuple[int, int]] = []
        for pattern, moved in self.rules:
            for match in pattern.finditer(text):
                if not any(a < match.end() and match.start() < b for a, b in taken):
                    taken.append(match.span())
                    new = moved(match)
                    if new != match[0]:
                        yield match.start(), match.end(), new

    def __call__(self, text: str) -> str:
        """The text with its dates moved."""
        for start, end, new in sorted(self.edits(text), reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def month(self, month: int) -> tuple[int, int]:
        """(month, years to add) of a month (1 to 12) so many quarters later; December stays."""
        index = month - 1 + (0 if month == 12 else 3 * self.quarters)
        return index % 12 + 1, index // 12

    def _month_word(self, word: str, day: str | None) -> tuple[str, str, int]:
        number = SHORT[re.sub(r"\W", "", word).lower()[:3]] + 1
        month, carry = self.month(number)
        if month == number:
            return word, day or "", carry
        whole = len(re.sub(r"\W", "", word)) > 4 or word.lower() in MONTHS
        name = MONTHS[month - 1].capitalize()
        short = name if len(name) < 5 and not whole else name[:3] + ("." if word.endswith(".") else "")
        digits = day or ""
        if digits.strip():
            last = calendar.monthrange(2001, number)[1]
            number_of_day = int(digits)
            end = calendar.monthrange(2001, month)[1]
            digits = digits.replace(digits.strip(), str(end if number_of_day >= last else min(number_of_day, end)))
        return cased(name if whole else short, word.rstrip(".")), digits, carry

    def _dated(self, m: re.Match[str]) -> str:
        before, word, after, gap, year = m.groups()
        new, day, carry = self._month_word(word, after or before)
        year = str(int(year) + self.years + carry)
        return f"{new}{day}{gap}{year}" if not before else f"{day}{new}{gap}{year}"

    def _ordinal(self, word: str) -> tuple[str, int]:
        index = ORDINALS.index(word.lower()) + self.quarters
        new = ORDINALS[index % 4]
        return cased(new.capitalize() if word[0].isupper() else new, word), index // 4

    def _quarter_year(self, m: re.Match[str]) -> str:
        new, carry = self._ordinal(m[1])
        return f"{new}{m[2]}{m[3]}{m[4] or ''}{m[5]}{self._year(m[6], carry)}"

    def _quarter(self, m: re.Match[str]) -> str:
        return f"{self._ordinal(m[1])[0]}{m[2]}{m[3]}"

    def _three_months(self, m: re.Match[str]) -> str:
        year = int(m[2]) + self.years
        return (
            f"{m[1]} {year}"
            if not self.quarters
            else f"three months to {MONTHS[2 + 3 * self.quarters].capitalize()} {year}"
        )

    def _months_span(self, m: re.Match[str]) -> str:
        return " to ".join(MONTHS[i + 3 * self.quarters].capitalize() for i in (0, 2))

    def _year(self, digits: str, carry: int = 0) -> str:
        if len(digits.strip("'")) == 4:
            return str(int(digits) + self.years + carry)
        return ("'" if digits[0] == "'" else "") + f"{(int(digits.strip(chr(39))) + self.years + carry) % 100:02d}"

    def _q(self, digit: str) -> int:
        return int(digit) + self.quarters

    def _q_year(self, m: re.Match[str]) -> str:
        return f"{m[0][0]}{self._q(m[1])}{m[2]}{self._year(m[3])}"

    def _q_year_reversed(self, m: re.Match[str]) -> str:
        return f"{self._q(m[1])}{m[0][1]}{m[2]}{self._year(m[3])}"

    def _year_q(self, m: re.Match[str]) -> str:
        return f"{self._year(m[1])}{m[2]}{m[0][-2]}{self._q(m[3])}"

    def _slashed(self, m: re.Match[str]) -> str:
        month, carry = self.month(int(m[1]))
        day = m[2] if month == int(m[1]) else str(calendar.monthrange(2001, month)[1])
        return f"{month}/{day}/{self._year(m[3], carry)}"

    def _month_slash(self, m: re.Match[str]) -> str:
        month, carry = self.month(int(m[1]))
        return f"{month}/{self._year(m[2], carry)}"

    def _month(self, m: re.Match[str]) -> str:
        word, _, day = m[0].partition(" ")
        new, moved, _ = self._month_word(word, f" {day}" if day else None)
        return new + moved
