"""An answer of several figures as rows: what each is of, the figure, a bar where they compare, and its citation."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from assistant.answer import Citation, Value
from assistant.tui.charts import bars, is_charted
from assistant.tui.runs import Line, Run, fit, fit_left
from assistant.wording import say_value

GAP = "  "
WIDEST_BAR = 40
NARROWEST_BAR = 8


def table(values: Sequence[Value], numbers: dict[Citation, int], width: int) -> list[Line]:
    """One line a value, none wider than ``width``; what all of them share is left to the reading above the table."""
    names = row_names(values)
    figures = [say_value(value.value, value.unit, value.metal) for value in values]
    marks = [_mark(value, numbers) for value in values]
    figure_width = min(max(map(cell_len, figures)), max(12, width // 2))
    mark_width = max(map(len, marks), default=0)
    room = width - figure_width - mark_width - 2 * len(GAP)
    name_width = max(4, min(max(map(cell_len, names)), room))
    bar_width = min(WIDEST_BAR, room - name_width - len(GAP))
    drawn = _bars(values, bar_width)
    lines: list[Line] = []
    for name, figure, mark, bar, value in zip(names, figures, marks, drawn, values, strict=True):
        number = numbers.get(value.citations[0]) if value.citations else None
        action = f"app.cite({number})" if number else ""
        parts = [Run(fit(name, name_width)), Run(GAP), Run(fit_left(figure, figure_width), "figure")]
        lines.append((*parts, *bar, Run(GAP), Run(fit(mark, mark_width), "mark", action)))
    return lines


def row_names(values: Sequence[Value]) -> list[str]:
    """What sets the rows apart: the entity, the period, the label, each only where they differ among the rows."""
    columns = [
        [value.entity or "" for value in values],
        [value.label for value in values],
        [value.period or "" for value in values],
        [value.basis or "" for value in values],
    ]
    differing = [column for column in columns if len(set(column)) > 1] or [columns[1]]
    if len(differing) > 1 and columns[1] in differing and _unique([c for c in differing if c is not columns[1]]):
        differing = [column for column in differing if column is not columns[1] or not _follows(column, differing)]
    if any(column is columns[1] for column in differing):  # "Deep Shaft · Ore milled" says whose it is
        differing = [column for column in differing if column is columns[1] or not _is_said(column, columns[1])]
    return [", ".join(dict.fromkeys(part for part in row if part)) for row in zip(*differing, strict=True)]


def _unique(columns: Sequence[Sequence[str]]) -> bool:
    rows = list(zip(*columns, strict=True))
    return bool(rows) and len(set(rows)) == len(rows)


def _follows(labels: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether each label says the row's other parts already or little else: it would only repeat them."""
    others = [column for column in columns if column is not labels]
    return all(any(part and part in label for part in row) for label, *row in zip(labels, *others, strict=True))


def _is_said(column: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether each row's label says what stands in the column."""
    return all(part and part in label for part, label in zip(column, labels, strict=True))


def _mark(value: Value, numbers: dict[Citation, int]) -> str:
    if value.citations:
        return f"[{numbers[value.citations[0]]}]"
    cited = [numbers[operand.citations[0]] for operand in value.operands if operand.citations]
    return "".join(f"[{number}]" for number in cited[:3]) + ("…" if len(cited) > 3 else "")


def _bars(values: Sequence[Value], width: int) -> list[tuple[Run, ...]]:
    if width < NARROWEST_BAR or not is_charted(values):
        return [()] * len(values)
    return [(Run(GAP), *bar) for bar in bars([value.value for value in values], width)]
