"""One statement printed twice, as ASCII and as HTML, for tests that hold one reader against the other."""

from dataclasses import dataclass, field


@dataclass
class Statement:
    """``groups`` are spans of columns with their years, ``rows`` are (indent, label, values or None for a heading)."""

    title: str
    scale: str
    groups: list[tuple[str, list[str]]]
    rows: list[tuple[int, str, list[int | None] | None]]
    notes: list[str] = field(default_factory=list)


def printed(value):
    """A value as accountants print it: brackets for negatives, a dash for nil."""
    if value is None:
        return "--"
    return f"({-value:,})" if value < 0 else f"{value:,}"


def as_text(statement, company, label_width=44, width=22):
    """The statement as an ASCII table with ruled column headings, its columns of one width."""
    years = [year for _, group in statement.groups for year in group]
    lines = [
        company.center(100).rstrip(),
        statement.title.center(100).rstrip(),
        statement.scale.center(100).rstrip(),
        "",
    ]
    if any(name for name, _ in statement.groups):
        lines.append(" " * label_width + "".join(name.center(width * len(g)) for name, g in statement.groups).rstrip())
        lines.append(" " * label_width + "".join("  " + "-" * (width * len(g) - 2) for _, g in statement.groups))
    lines.append(" " * label_width + "".join(year.rjust(width) for year in years))
    lines.append(" " * label_width + "".join("  " + "-" * (width - 2) for _ in years))
    for indent, label, values in statement.rows:
        line = " " * indent + label
        if values is not None:
            cells = []
            for value in values:
                text = printed(value)
                cells.append((text if text.endswith(")") else text + " ").rjust(width))
            line = line.ljust(label_width) + "".join(cells).rstrip()
        lines.append(line)
    return "\n".join([*lines, "", *statement.notes, ""])


def as_html(statement, company, split=True):
    """The statement as an HTML table: brackets and spacers in cells of their own where ``split``, else in one cell."""
    rows = []
    if any(name for name, _ in statement.groups):
        heads = (
            f"<td colspan={4 * len(years) - 1} align=center><b>{name}</b></td>" for name, years in statement.groups
        )
        rows.append("<td></td>" + "".join(f"<td>&nbsp;</td>{head}" for head in heads))
    years = (year for _, group in statement.groups for year in group)
    rows.append("<td></td>" + "".join(f"<td></td><td colspan=3><b>{year}</b></td>" for year in years))
    for indent, label, values in statement.rows:
        style = f'style="margin-left:{indent / 2 + 1:.2f}em; text-indent:-1.00em"'
        cells = f"<td><p {style}>{label.replace('&', '&amp;')}</p></td>"
        rows.append(cells + "".join(_html_figure(value, split) for value in values or []))
    table = "".join(f"<tr>{row}</tr>\n" for row in rows)
    heads = "".join(f"<p align=center><b>{line}</b></p>\n" for line in (company, statement.title, statement.scale))
    notes = "".join(f"<p>{note}</p>\n" for note in statement.notes)
    return f"<html><body>\n{heads}<table>\n{table}</table>\n{notes}</body></html>\n"


def _html_figure(value, split):
    text = printed(value).replace("--", "&#151;")
    if not split:
        return f"<td></td><td colspan=3 align=right><span>{text}</span></td>"
    bracket = ")" * text.endswith(")")
    return f"<td>&nbsp;</td><td></td><td align=right>{text.rstrip(')')}</td><td>{bracket}&nbsp;</td>"
