"""One filing as the checks read it: its figures, looked up by what they are, and its pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter, itemgetter

from db.checks.figure import FIELDS, NAMES, NATURE, SOURCE, FactRow, Figure, Period, figure_of
from db.checks.pages import Pages, ParsedPages, StoredPages
from db.model import Filing
from db.rows import COLUMNS, Row, Rows
from db.store import Store

SECONDS = 60.0  # a 10-K has twenty thousand facts; reading them all is no question
_APART = re.compile(r"non-?gaap|pro ?forma|pro-forma|\badjust(?:ed|ment)|\bexcluding\b|\bfair value\b", re.IGNORECASE)
_SQL = f"""
SELECT {FIELDS} FROM facts AS f
WHERE f.filing_id = ? AND (f.source = 'text' OR f.nature = 'actual' OR (f.nature = 'change' AND f.unit = '%'))
ORDER BY f.line
"""
Narrow = dict[tuple[str | None, Period | None], list[Figure]]  # by entity and period, None where any is meant


@dataclass(frozen=True)
class Sheet:
    """One filing: its figures in tables, the changes in per cent there, and what running text tells.

    Each is in the order of the file. Forecasts and other columns that tell no result are left out of the tables.
    """

    filing_id: int
    document: str
    company: str | None
    pages: Pages
    figures: tuple[Figure, ...]
    changes: tuple[Figure, ...]
    said: tuple[Figure, ...]
    store: Store | None = None  # that holds the company's other filings
    _narrowed: dict[str, Narrow] = field(default_factory=dict)

    @cached_property
    def rows(self) -> dict[tuple[int | None, int], list[Figure]]:
        """The figures of each row, by table and row."""
        found: dict[tuple[int | None, int], list[Figure]] = {}
        for figure in self.figures:
            where = figure.table, figure.row
            if where in found:
                found[where].append(figure)
            else:
                found[where] = [figure]
        return found

    @cached_property
    def tables(self) -> dict[int, list[Figure]]:
        """The figures of each table."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.table is not None:
                found[figure.table].append(figure)
        return found

    @cached_property
    def clear(self) -> tuple[Figure, ...]:
        """The tables' figures that are their row's only one for their period.

        A row with several (members' shares of equity, reported beside adjusted) doesn't say which is the company's;
        what calls itself adjusted is another measure than its label says.
        """
        several, apart = self._several(), self._apart()
        if not several and not apart:
            return self.figures
        return tuple([f for f in self.figures if f.id not in several and apart.isdisjoint(_words_of(f))])

    def _several(self) -> set[int]:
        """The figures that share their row's label and period with another."""
        found = set[int]()
        for row in self.rows.values():
            if len(row) > 1 and len({figure.period for figure in row}) < len(row):
                counts = Counter(map(_what, row))
                found.update([figure.id for figure in row if counts[_what(figure)] > 1])
        return found

    def _apart(self) -> set[str | None]:
        """The titles, headings, labels and bases that tell of another measure."""
        words = set[str | None]().union(*map(_words_of, self.figures))
        return {text for text in words if text and _says_apart(text)}

    @cached_property
    def _metrics(self) -> dict[str | None, list[Figure]]:
        """The clear figures of each metric."""
        return _by_metric(self.clear)

    @cached_property
    def _every(self) -> dict[str | None, list[Figure]]:
        return self._metrics if self.clear is self.figures else _by_metric(self.figures)

    def any_of(self, metric: str) -> Sequence[Figure]:
        """The figures of a metric, those too that share their row and period with others."""
        return self._every.get(metric, ())

    @cached_property
    def by_entity(self) -> dict[tuple[str | None, str], list[Figure]]:
        """The clear figures of each entity and unit."""
        found: dict[tuple[str | None, str], list[Figure]] = defaultdict(list)
        for figure in self.clear:
            found[figure.entity, figure.unit].append(figure)
        return found

    def of(self, *metrics: str, entity: str | None = None, period: Period | None = None) -> Sequence[Figure]:
        """The tables' clear figures of these metrics; of one entity or period where that is given."""
        if len(metrics) != 1:
            return [figure for metric in metrics for figure in self.of(metric, entity=entity, period=period)]
        (metric,) = metrics
        figures = self._metrics.get(metric, ())
        if not figures or (entity is None and period is None):
            return figures
        return self._narrow(metric, figures).get((entity, period), ())

    def _narrow(self, metric: str, figures: Iterable[Figure]) -> Narrow:
        """The figures of a metric of an entity, of a period, and of both; made of the metrics that are asked for."""
        found = self._narrowed.get(metric)
        if found is None:
            found = self._narrowed[metric] = defaultdict(list)
            for figure in figures:
                entity, period = figure.entity, figure.period
                found[None, period].append(figure)
                if entity is not None:
                    found[entity, None].append(figure)
                    found[entity, period].append(figure)
        return found


def read_sheet(store: Store, filing_id: int) -> Sheet:
    """The sheet of a filing in the store."""
    filing = store.run("SELECT document, company FROM filings WHERE id = ?", (filing_id,))[0]
    rows = store.run(_SQL, (filing_id,), SECONDS)
    return _sheet(filing_id, filing["document"], filing["company"], StoredPages(store, filing_id), rows, store)


def parsed_sheet(filing: Filing, rows: Rows) -> Sheet:
    """The sheet of a filing that was parsed and is in no store yet; a fact goes by its number among the rows."""
    facts = ((number, *_fields(row)) for number, row in enumerate(rows.tables["facts"]) if _is_wanted(row))
    return _sheet(0, filing.document, filing.company, ParsedPages(filing, rows.tables), facts)


def _sheet(  # noqa: PLR0913, PLR0917
    filing_id: int,
    document: str,
    company: str | None,
    pages: Pages,
    rows: Iterable[FactRow],
    store: Store | None = None,
) -> Sheet:
    """The sheet of a filing whose facts are these rows of FIELDS."""
    tables, changes, texts = list[Figure](), list[Figure](), list[Figure]()
    for row in rows:
        figure = figure_of(row)
        (texts if row[SOURCE] == "text" else tables if row[NATURE] == "actual" else changes).append(figure)
    for figures in (tables, changes, texts):  # within a line; rows of thirty columns are sorted dearly in SQLite
        figures.sort(key=_where)
    return Sheet(filing_id, document, company, pages, tuple(tables), tuple(changes), tuple(texts), store)


def _by_metric(figures: Iterable[Figure]) -> dict[str | None, list[Figure]]:
    found: dict[str | None, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[figure.metric].append(figure)
    return found


@lru_cache(4096)
def _says_apart(words: str) -> bool:
    return bool(_APART.search(words))


def _is_wanted(row: Row) -> bool:
    """Whether a sheet has the fact, as in _SQL."""
    source, nature, unit = _SAID(row)
    return bool(source == "text" or nature == "actual" or (nature == "change" and unit == "%"))


_COLUMNS = COLUMNS["facts"].split(", ")
_SAID = itemgetter(*map(_COLUMNS.index, ("source", "nature", "unit")))
_fields = itemgetter(*map(_COLUMNS.index, NAMES[1:]))
_where = attrgetter("line", "start")
_what = attrgetter("label", "period", "unit", "metal", "entity")
_words_of = attrgetter("title", "over", "label", "basis")
