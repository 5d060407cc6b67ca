"""An engine of made-up answers for the tests of the interface: no store, no lexicon, and as slow as a test wants it."""

import threading
from dataclasses import dataclass, field

from assistant.answer import Alternative, Answer, Citation, PassageQuote, Refusal, Said, Value
from assistant.completion import Completion
from assistant.formats import FORMATS, render
from assistant.page import Page
from assistant.tui.engine import CheckRow, FactRow, FilingRow, Pins
from grammar.errors import TimeLimit

SHA = "c0ffee11" * 8
WIDTH = 104
WORDS = {
    "north": ("entity", "North Pit"),
    "pit": ("entity", "North Pit"),
    "output": ("metric", "Output"),
    "cost": ("metric", "Cash cost"),
    "trend": ("operation", "over periods"),
    "bullion": ("metric", "Bullion"),
    "grew": ("operation", "change"),
    "tell": ("filler", ""),
    "slow": ("filler", ""),
}
QUESTIONS = ("north pit cost", "north pit output trend", "how much has output grown", "tell me about roads")
ROW = "  Cash cost per ounce (1)                                        $        4.62              $       5.31"


def lines() -> list[str]:
    """A made-up release: headings, a table wider than 80 columns, and enough lines to scroll."""
    page = ["QUILL & SONS REPORTS", ""] + [f"Paragraph {number} about nothing." for number in range(3, 40)]
    page += [
        "NORTH PIT",
        "",
        " " * 63 + "Mar. 31, 2011            Mar. 31, 2010",
        "  Ore milled (tons)" + " " * 46 + "12,000                   11,500",
    ]
    page += [f"  Filler row {number}" + " " * 40 + f"{number}.00" for number in range(44, 70)]
    page += [ROW]
    return page + [f"After {number}" for number in range(71, 200)]


LINES = lines()
ROW_LINE = LINES.index(ROW) + 1
ORE_LINE = next(number for number, line in enumerate(LINES, 1) if "12,000" in line)


def cited(line: int, text: str, **known: str) -> Citation:
    start = LINES[line - 1].index(text)
    given = {
        "company": "Quill & Sons",
        "exhibit": "99.1",
        "released": "2011-05-02",
        "table": "Production",
        "row": "Cash cost per ounce",
    }
    return Citation(
        "quill.txt", SHA, line, line, LINES[line - 1], start, start + len(text), **{**given, **known}, fact_id=7
    )


def cost(value: float, text: str, period: str, end: str) -> Value:
    place = cited(ROW_LINE, text)
    return Value(
        "Cash cost per ounce",
        value,
        "USD/oz",
        text,
        "North Pit",
        "cash_cost",
        "gold",
        period,
        None,
        end,
        citations=(place,),
    )


NOW = cost(4.62, "4.62", "Q1 2011", "2011-03-31")
THEN = cost(5.31, "5.31", "Q1 2010", "2010-03-31")
ORE = cited(ORE_LINE, "12,000", row="Ore milled", column="Mar. 31, 2011")


def trend(count: int) -> tuple[Value, ...]:
    """Figures over quarters, one of them negative."""
    return tuple(map(output, range(count)))


def output(number: int) -> Value:
    """The output of one quarter."""
    year, quarter = 2001 + number // 4, number % 4 + 1
    return Value(
        "Output",
        (number * 37_000 % 90_000) - 9_000.0,
        "oz",
        entity="North Pit",
        metric="output",
        metal="gold",
        period=f"Q{quarter} {year}",
        period_end=f"{year}-{3 * quarter:02}-28",
        citations=(ORE,),
    )


@dataclass
class FakeEngine:
    """Answers by the words of the question; "slow" waits until it is interrupted or released."""

    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    interrupted: threading.Event = field(default_factory=threading.Event)
    patience: float = 5.0

    def summary(self) -> str:
        return "2 filings, Q1 2010 to Q1 2011"

    def prepare(self) -> None:
        pass

    def ask(self, question, context):
        self.asked.append((question, tuple(context)))
        words = question.lower().replace("?", "").split()
        terms = tuple(self.understood(question))
        if "slow" in words:
            self.wait()
        if "crash" in words:
            raise KeyError("crash")
        if "trend" in words:
            return Answer(question, "answered", "output of gold, North Pit, by quarter", values=trend(8), terms=terms)
        if "grown" in words:
            change = Value("Change", -12.99, "%", formula="(a / b - 1) * 100", operands=(NOW, THEN))
            return Answer(
                question,
                "answered",
                "change of cash cost, Q1 2010 to Q1 2011",
                values=(change,),
                terms=terms,
                sql="SELECT 1",
                parameters=(("p", 1),),
            )
        if "roads" in words:
            passage = PassageQuote(
                "Paragraph 9 about nothing.", (Citation("quill.txt", SHA, 9, 10, LINES[8] + "\n" + LINES[9]),)
            )
            return Answer(question, "answered", "text about roads", passages=(passage,), terms=terms)
        if "cost" in words or "earlier" in words:
            value = THEN if "earlier" in words else NOW
            other = Alternative("cash cost per ton, North Pit, Q1 2011", (THEN,))
            agreeing = cited(ORE_LINE, "12,000", row="Ore milled")
            value = Value(
                **{name: getattr(value, name) for name in value.__slots__} | {"citations": (*value.citations, agreeing)}
            )
            return Answer(question, "answered", "cash cost per ounce of gold, North Pit, Q1 2011", values=(value,),
                          alternatives=(other,), corrections=("read “cots” as “cost”",) if "cots" in question else (),
                          notes=("Cash cost is a non-GAAP measure.",), terms=terms)  # fmt: skip
        refusal = Refusal(
            "unknown_words", "I don't know the word “blorp”.", ("blorp",), ("north pit cost", "north pit output trend")
        )
        return Answer(question, "refused", refusal=refusal, terms=terms)

    def wait(self) -> None:
        for _ in range(int(self.patience * 100)):
            if self.interrupted.is_set():
                raise TimeLimit("stopped")
            if self.released.wait(0.01):
                return

    def complete(self, text, cursor):
        if not text.strip():
            return [Completion(0, 0, question, "a question") for question in QUESTIONS]
        start = text.rfind(" ", 0, cursor) + 1
        word = text[start:cursor].lower()
        return [
            Completion(start, cursor, each, kind)
            for each, (kind, _) in WORDS.items()
            if word and each.startswith(word) and each != word
        ]

    def understood(self, text):
        said, at = [], 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word)
            kind, meaning = WORDS.get(word.lower(), ("", ""))
            said.append(Said(start, at, word, kind, meaning))
        return said

    def render(self, answer, format):
        return render(answer, format, lines=self.lines)

    def formats(self):
        return [(name, format.about) for name, format in FORMATS.items()]

    def filings(self):
        return [
            FilingRow(1, "quill.txt", SHA, "Quill & Sons", "Quill reports", "2011-05-02", "99.1", len(LINES), 2),
            FilingRow(2, "older.txt", "0" * 64, "Quill & Sons", "Quill reported", "2010-05-02", "99.1", 0, 0),
        ]

    def lines(self, sha256):
        return LINES if sha256 == SHA else []

    def page(self, sha256, name):
        return Page(self.lines(sha256))

    def pins(self, citation):
        if citation.line != ROW_LINE:
            return Pins()
        heading = LINES.index("NORTH PIT") + 1
        columns = heading + 2
        return Pins(((ROW_LINE, 2, 25),), ((columns, 63, 76),), ((heading, 0, 9),))

    def facts(self, filing):
        return [
            FactRow(
                "Cash cost per ounce", "NORTH PIT", "North Pit", "Q1 2011", "4.62", 4.62, "USD/oz", NOW.citations[0]
            ),
            FactRow("Ore milled", "NORTH PIT", "North Pit", "Q1 2011", "12,000", 12000.0, "ton", ORE),
        ]

    def failed_checks(self, filing):
        return [CheckRow("ore milled doesn't foot: 12,000 printed, 12,001 computed", (ORE,))]

    def interrupt(self):
        self.interrupted.set()
