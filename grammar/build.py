"""The SQL of a shape as a sqlglot tree: one common table expression a side, the operation over them.

Each side picks, for every fact that its conditions name, the place to cite: the latest filing first (a restated figure
wins), then the statement that the lexicon prefers, then the first line. ``places`` lists the ids of all facts that
print the same thing.
"""

from __future__ import annotations

from sqlglot import exp, parse_one
from sqlglot.expressions import Condition

from grammar.translate import COLUMNS

DIALECT = "sqlite"
IDENTITY = ("metric", "label_key", "metal", "entity", "company", "cited_facts.unit", "period_end", "period_kind")
PREFERENCE = "released DESC, preference, filing_id DESC, line, column_start"
RESULT = (
    "metric",
    "metal",
    "entity",
    "entity_kind",
    "company",
    "label",
    "unit",
    "period",
    "period_start",
    "period_end",
    "period_kind",
)


def tree_of(shape: str) -> exp.Query:
    """The tree for a shape key made by ``translate.shape_of``."""
    operation, sides, order, bounds, factor, trend, per, formula = shape.split("|")
    names = [f"side_{n}" for n, _ in enumerate(sides.split(";"))]
    select = _OPERATIONS[operation](names, bool(factor), trend, per, formula)
    for condition in _bounds(bounds, factor):
        select = select.where(condition)
    select = select.order_by(*_ordering(operation, order)).limit(exp.Placeholder(this="row_limit"))
    select = select.offset(exp.Placeholder(this="row_skip"))
    for number, (name, side) in enumerate(zip(names, sides.split(";"), strict=True)):
        select = select.with_(name, as_=_side(number, side), copy=False)
    return select


def _side(number: int, shape: str) -> exp.Select:
    """The facts of one side, each with its place in the order of preference (``nth``) and all its places."""
    by, flags = shape.split(":")
    partition = ", ".join((*IDENTITY, "heading_path") if by != "metric" else ("metric", *IDENTITY[2:]))
    picked = exp.select(
        *(_column(name, number, "f" in flags) for name in COLUMNS),
        _sql(f"ROW_NUMBER() OVER (PARTITION BY {partition} ORDER BY {PREFERENCE}) AS nth"),
        _sql(f"GROUP_CONCAT(fact_id) OVER (PARTITION BY {partition}) AS places"),
    ).from_("cited_facts")
    for condition in _conditions(number, by, flags):
        picked = picked.where(condition)
    return exp.select("*").from_(picked.subquery("picked")).where(_sql("nth = 1"))


def _column(name: str, number: int, converted: bool) -> exp.Expression:
    """A column as it is, or said in the unit asked for: figures printed in cents and in dollars then compare."""
    if converted and name == "value":
        return _sql(
            f"value * (SELECT j.value FROM json_each(:factors_{number}) AS j WHERE j.key = cited_facts.unit) AS value"
        )
    return _sql(":unit AS unit") if converted and name == "unit" else _sql(name)


def _conditions(number: int, by: str, flags: str) -> list[exp.Expression]:
    conditions: list[exp.Expression] = []
    if by == "heading":
        conditions.append(
            _sql(
                f"EXISTS (SELECT 1 FROM json_each(heading_path) AS h WHERE h.value IN (SELECT value FROM json_each(:ids_{number})))"
            )
        )
    else:
        conditions.append(_among(by, "ids", number))
    columns = {"m": ("COALESCE(metal, '')", "metals"), "e": ("entity", "entities"), "K": ("entity_kind", "entity_kinds"), "c": ("company", "companies"), "g": ("filing_id", "filings")}  # fmt: skip
    conditions += [_among(*columns[flag], number) for flag in flags if flag in columns]
    if "x" in flags:
        conditions.append(_sql(f"COALESCE(metric, '') NOT IN (SELECT value FROM json_each(:totals_{number}))"))
    if "f" in flags:
        conditions.append(_sql(f"cited_facts.unit IN (SELECT key FROM json_each(:factors_{number}))"))
    if "p" in flags:
        conditions += [
            _among("period_end", "period_ends", number),
            _among("period_end || ' ' || period_kind", "periods", number),
        ]
    return [*conditions, _sql(f"nature = :nature_{number}"), _sql(f"source = :source_{number}")]


def _among(column: str, parameter: str, number: int) -> exp.Expression:
    return _sql(f"{column} IN (SELECT value FROM json_each(:{parameter}_{number}))")


def _rows(names: list[str], scaled: bool, trend: str, per: str, formula: str) -> exp.Select:
    value = "value * :factor AS value" if scaled else "value"
    union = exp.select(
        *RESULT,
        _sql(value),
        _sql("CAST(fact_id AS TEXT) AS fact_ids"),
        "places",
        "released",
        "table_number",
        "row_number",
    ).from_(names[0])
    return union


def _pairs(expression: str) -> object:
    def make(names: list[str], scaled: bool, trend: str, per: str, formula: str) -> exp.Select:
        value = f"({expression}) * :factor" if scaled else expression
        columns = [_sql(f"a.{name} AS {name}") for name in RESULT]
        select = exp.select(
            *columns,
            _sql(f"{value} AS value"),
            _sql("a.fact_id || ',' || b.fact_id AS fact_ids"),
            _sql("a.places AS places"),
            _sql("a.released AS released"),
            _sql("a.table_number AS table_number"),
            _sql("a.row_number AS row_number"),
        )
        on = (
            _sql("a.entity = b.entity AND a.company = b.company AND a.metal IS b.metal")
            if per
            else _sql("a.unit = b.unit")
        )
        return select.from_(f"{names[0]} AS a").join(f"{names[1]} AS b", on=on)

    return make


def _totals(function: str) -> object:
    def make(names: list[str], scaled: bool, trend: str, per: str, formula: str) -> exp.Select:
        value = f"{function}(value)" + (" * :factor" if scaled else "")
        kept = {"metric", "metal", "company", "unit", "period", "period_start", "period_end", "period_kind"}
        columns = [
            _sql(f"CASE WHEN COUNT(DISTINCT {name}) = 1 THEN MIN({name}) END AS {name}")
            for name in RESULT
            if name in kept - {"unit"}
        ]
        empty = [
            _sql(f"NULL AS {name}")
            for name in ("entity", "entity_kind", "label", "released", "table_number", "row_number")
        ]
        return (
            exp.select(
                *columns,
                *empty,
                "unit",
                _sql(f"{value} AS value"),
                _sql("GROUP_CONCAT(fact_id) AS fact_ids"),
                _sql("NULL AS places"),
            )
            .from_(names[0])
            .group_by("unit")
        )

    return make


def _trend(names: list[str], scaled: bool, trend: str, per: str, formula: str) -> exp.Select:
    """Both figures of each entity that moved the way asked: its later row, then its earlier one."""
    sign = ">" if trend == "up" else "<"
    moved = f"SELECT 1 FROM {names[0]} AS a JOIN {names[1]} AS b ON a.entity = b.entity AND a.company = b.company AND a.metal IS b.metal WHERE a.value {sign} b.value AND a.entity = x.entity AND a.company = x.company AND a.metal IS x.metal"
    both = exp.union(exp.select("*").from_(names[0]), exp.select("*").from_(names[1]), distinct=False)
    value = "value * :factor AS value" if scaled else "value"
    return (
        exp.select(
            *RESULT,
            _sql(value),
            _sql("CAST(fact_id AS TEXT) AS fact_ids"),
            "places",
            "released",
            "table_number",
            "row_number",
        )
        .from_(both.subquery("x"))
        .where(_sql(f"EXISTS ({moved})"))
    )


def _ratio(names: list[str], scaled: bool, trend: str, per: str, formula: str) -> exp.Select:
    """The lexicon's formula over one side a metric; ``$0`` in it is the value of side 0."""
    expression = formula
    for number, name in enumerate(names):
        expression = expression.replace(f"${number}", f"{name}.value")
    first = names[0]
    value = f"({expression}) * :factor" if scaled else expression
    ids = " || ',' || ".join(f"{name}.fact_id" for name in names)
    select = exp.select(
        *(_sql(f"{first}.{c} AS {c}") for c in RESULT),
        _sql(f"{value} AS value"),
        _sql(f"{ids} AS fact_ids"),
        _sql(f"{first}.places AS places"),
        _sql(f"{first}.released AS released"),
        _sql(f"{first}.table_number AS table_number"),
        _sql(f"{first}.row_number AS row_number"),
    ).from_(first)
    for name in names[1:]:
        select = select.join(
            name,
            on=_sql(
                f"{first}.entity = {name}.entity AND {first}.company = {name}.company AND {first}.period_end = {name}.period_end"
            ),
        )
    return select


_OPERATIONS = {
    "rows": _rows,
    "difference": _pairs("a.value - b.value"),
    "percent": _pairs("(a.value - b.value) / ABS(b.value) * 100"),
    "sum": _totals("SUM"),
    "average": _totals("AVG"),
    "trend": _trend,
    "ratio": _ratio,
}


def _bounds(bounds: str, factor: str) -> list[exp.Expression]:
    value, equal = ("value * :factor" if factor else "value"), "=" if bounds.endswith("=") else ""
    return [
        _sql(f"{value} {sign}{equal} :{name}")
        for letter, sign, name in (("L", ">", "low"), ("H", "<", "high"))
        if letter in bounds
    ]


def _ordering(operation: str, order: str) -> list[str]:
    stable = ["period_end DESC", "entity", "table_number", "row_number", "metric", "metal", "fact_ids"]
    return [f"value {order.upper()}", *stable] if order else stable


def _sql(text: str) -> Condition:
    return parse_one(text, read=DIALECT)  # type: ignore[return-value]
