"""The SQL of a shape as a sqlglot tree: one common table expression a side, the operation over them.

Each side picks, for every fact that its conditions name, the place to cite: the latest filing first (a restated figure
wins), then the statement that the lexicon prefers, then the first line. ``places`` lists the ids of all facts that
print the same thing.
"""

from __future__ import annotations

from sqlglot import exp, parse_one

from grammar.shape import Condition, Shape, SideShape

DIALECT = "sqlite"
COLUMNS = (
    "fact_id", "metric", "metal", "entity", "entity_kind", "company", "label", "label_key", "unit", "value", "period",
    "period_start", "period_end", "period_kind", "released", "table_number", "row_number", "filing_id", "heading_path",
)  # fmt: skip
TOLD = (
    "metric", "metal", "entity", "entity_kind", "company", "label", "unit",
    "period", "period_start", "period_end", "period_kind",
)  # fmt: skip
PLACED = ("released", "table_number", "row_number")
IDENTITY = "{0}, metal, entity, company, cited_facts.unit, {1}, period_kind"
MERGED = "(SELECT m.value FROM json_each(:merged_{1}) AS m WHERE m.key = {0})"
PERIOD = "period_end || ' ' || period_kind"
# A later filing wins, but not by a table that prints the measure only in passing (rounded ounces to divide by).
PREFERENCE = "preference >= 50, released DESC, preference, qualifier IS NOT NULL, filing_id DESC, line, column_start"
STABLE = ("period_end DESC", "entity", "table_number", "row_number", "metric", "metal", "fact_ids")
_ALIKE = ("metric", "metal", "entity", "company", "unit")  # what the parts of one spliced period have in common
_OF_ONE = ("period_kind", "table_number", "row_number", "filing_id", "heading_path")  # what only a printed figure has
_PIECE = "part.period_end || ' ' || part.period_kind"
AGAINST = {
    "difference": "a.value - b.value",
    "percent": "(a.value - b.value) / ABS(b.value) * 100",
    "decline": "(b.value - a.value) / ABS(b.value) * 100",
    "share": "a.value / b.value * 100",
}
DAYS = "(JULIANDAY({0}.period_end) - JULIANDAY({0}.period_start) + 1)"
AMONG: dict[Condition, str] = {
    "metals": "COALESCE(metal, '')",
    "entities": "entity",
    "members": "entity",
    "entity_kinds": "entity_kind",
    "companies": "company",
    "filings": "filing_id",
}


def tree_of(shape: Shape) -> exp.Query:
    """The tree of a shape: one row a value, with ``fact_ids`` (its inputs) and ``places`` (the same elsewhere)."""
    select = _computed(shape)
    if _bounds(shape) and shape.operation in (*AGAINST, "ratio"):  # what is computed of several sides has one value
        select = exp.select("*").from_(select.subquery("computed"))
    for condition in _bounds(shape):
        select = select.where(condition)
    order = [f"value {shape.order.upper()}", *STABLE] if shape.order else list(STABLE)
    select = select.order_by(*order).limit(exp.Placeholder(this="row_limit")).offset(exp.Placeholder(this="row_skip"))
    for number, side in enumerate(shape.sides):
        select = select.with_(_name(number), as_=side_of(number, side), copy=False)
    return select


def _name(number: int) -> str:
    return f"side_{number}"


def side_of(number: int, side: SideShape) -> exp.Select:
    """The facts of one side, the place to cite of each."""
    alike = IDENTITY.format(*(_merged(name, number, "merged" in side.conditions) for name in ("metric", "period_end")))
    own = f"{MERGED.format('metric', number)} IS NOT NULL, " if "merged" in side.conditions else ""
    alike = alike if side.by == "metric" else f"{alike}, label_key, heading_path"
    picked = exp.select(
        *(_column(name, number, "factors" in side.conditions) for name in COLUMNS),
        _sql(f"ROW_NUMBER() OVER (PARTITION BY {alike} ORDER BY {own}{PREFERENCE}) AS nth"),
        _sql(f"GROUP_CONCAT(fact_id) OVER (PARTITION BY {alike}) AS places"),
    ).from_("cited_facts")
    for condition in _conditions(number, side):
        picked = picked.where(condition)
    chosen = exp.select("*").from_(picked.subquery("picked")).where(_sql("nth = 1"))
    return _spliced(number, chosen) if "spliced" in side.conditions else chosen


def _merged(name: str, number: int, merged: bool) -> str:
    """A column of what tells figures apart, by the name that it goes under where it has another one."""
    key = PERIOD if name == "period_end" else name
    return f"COALESCE({MERGED.format(key, number)}, {name})" if merged else name


def _spliced(number: int, chosen: exp.Select) -> exp.Select:
    """One row a period that is put together, and none where one of its parts is missing: never a sum of three."""
    parts = f"JOIN json_each(span.value) AS piece JOIN chosen AS part ON {_PIECE} = piece.key"
    start = f"(SELECT day.value FROM json_each(:starts_{number}) AS day WHERE day.key = span.key)"
    told = ", ".join(
        {
            "fact_id": "GROUP_CONCAT(part.fact_id) AS fact_id",
            "value": "SUM(part.value * piece.value) AS value",
            "period": "span.key AS period",
            "period_start": f"{start} AS period_start",
        }.get(name, f"part.{name} AS {name}" if name in _ALIKE else f"MAX(part.{name}) AS {name}")
        for name in COLUMNS
        if name not in _OF_ONE
    )
    none = ", ".join(f"NULL AS {name}" for name in (*_OF_ONE, "places"))
    grouped = ", ".join(("span.key", *(f"part.{name}" for name in _ALIKE)))
    whole = "COUNT(*) = (SELECT COUNT(need.key) FROM json_each(span.value) AS need)"
    text = f"SELECT {told}, {none} FROM json_each(:spliced_{number}) AS span {parts} GROUP BY {grouped} HAVING {whole}"
    select = parse_one(text, read=DIALECT)
    assert isinstance(select, exp.Select)
    return select.with_("chosen", as_=chosen)


def _column(name: str, number: int, converted: bool) -> exp.Expr:
    """A column as it is, or said in the unit asked for: figures printed in cents and in dollars then compare."""
    if converted and name == "value":
        factor = f"SELECT j.value FROM json_each(:factors_{number}) AS j WHERE j.key = cited_facts.unit"
        return _sql(f"value * ({factor}) AS value")
    return _sql(":unit AS unit") if converted and name == "unit" else _sql(name)


def _conditions(number: int, side: SideShape) -> list[exp.Expr]:
    among = [_measures(number, side)]
    among += [_among(AMONG[c], f"{c}_{number}") for c in side.conditions if c in AMONG]
    if "totals" in side.conditions:
        among.append(_sql(f"COALESCE(metric, '') NOT IN (SELECT value FROM json_each(:totals_{number}))"))
    if "factors" in side.conditions:
        among.append(_sql(f"cited_facts.unit IN (SELECT key FROM json_each(:factors_{number}))"))
    if "periods" in side.conditions:
        among.append(_among("period_end", f"period_ends_{number}"))
        among.append(_among(PERIOD, f"periods_{number}"))
    return [*among, _sql(f"nature = :nature_{number}"), _sql(f"source = :source_{number}")]


def _measures(number: int, side: SideShape) -> exp.Expr:
    if side.by != "heading":
        return _among(side.by, f"ids_{number}")
    named = f"h.value IN (SELECT value FROM json_each(:ids_{number}))"
    return _sql(f"EXISTS (SELECT 1 FROM json_each(heading_path) AS h WHERE {named})")


def _among(column: str, parameter: str) -> exp.Expr:
    return _sql(f"{column} IN (SELECT value FROM json_each(:{parameter}))")


def _computed(shape: Shape) -> exp.Select:
    if shape.operation == "rows":
        return _read(exp.select().from_(_name(0)))
    if shape.operation == "trend":
        return _trend(shape)
    if shape.operation in ("sum", "average"):
        return _total("SUM" if shape.operation == "sum" else "AVG")
    if shape.operation == "ratio":
        return _ratio(shape)
    return _pair(shape)


def _read(select: exp.Select) -> exp.Select:
    return select.select(*TOLD, "value", _sql("CAST(fact_id AS TEXT) AS fact_ids"), "places", *PLACED)


def _told(alias: str, value: str, ids: str) -> exp.Select:
    """What is told of a computed row: the names of its first input, the value, the ids of all inputs."""
    names = [_sql(f"{alias}.{name} AS {name}") for name in TOLD]
    rest = [_sql(f"{alias}.{name} AS {name}") for name in ("places", *PLACED)]
    return exp.select(*names, _sql(f"{value} AS value"), _sql(f"{ids} AS fact_ids"), *rest)


def _pair(shape: Shape) -> exp.Select:
    """The first side against the second: each entity's own figures, or one figure against another in its unit."""
    on = (
        "a.entity = b.entity AND a.company = b.company AND a.metal IS b.metal"
        if shape.per_entity
        else "a.unit = b.unit"
    )
    select = _told("a", AGAINST[shape.operation], "a.fact_id || ',' || b.fact_id")
    return select.from_(f"{_name(0)} AS a").join(f"{_name(1)} AS b", on=_sql(on))


def _total(function: str) -> exp.Select:
    """One row a unit and metal: what can't be added is never added."""
    names = [n for n in TOLD if n not in ("unit", "metal", "label", "entity_kind")]
    shared = [_sql(f"CASE WHEN COUNT(DISTINCT {n}) = 1 THEN MIN({n}) END AS {n}") for n in names]
    empty = [_sql(f"NULL AS {name}") for name in ("entity_kind", "label", "places", *PLACED)]
    value, ids = _sql(f"{function}(value) AS value"), _sql("GROUP_CONCAT(fact_id) AS fact_ids")
    return exp.select(*shared, "metal", "unit", value, ids, *empty).from_(_name(0)).group_by("unit", "metal")


def _trend(shape: Shape) -> exp.Select:
    """Both figures of each entity that moved the way asked."""
    sign = ">" if shape.trend == "up" else "<"
    own = "{0}.entity = {1}.entity AND {0}.company = {1}.company AND {0}.metal IS {1}.metal"
    pairs = f"FROM {_name(0)} AS a JOIN {_name(1)} AS b ON {own.format('a', 'b')}"
    moved = _sql(f"EXISTS (SELECT 1 {pairs} WHERE a.value {sign} b.value AND {own.format('a', 'x')})")
    both = exp.union(exp.select("*").from_(_name(0)), exp.select("*").from_(_name(1)), distinct=False)
    return _read(exp.select().from_(both.subquery("x"))).where(moved)


def _ratio(shape: Shape) -> exp.Select:
    """The formula over one side a metric, all of one entity and period."""
    names = [_name(number) for number in range(len(shape.sides))]
    value = shape.formula
    for number, name in enumerate(names):
        value = value.replace(f"${number}", f"{name}.value")
    value = value.replace("days_in_period", DAYS.format(names[0]))
    scaled = f"({value}) * :factor" if shape.scaled else value
    first, *others = names
    select = _told(first, scaled, " || ',' || ".join(f"{name}.fact_id" for name in names)).from_(first)
    for name in others:
        same = f"{first}.entity = {name}.entity AND {first}.company = {name}.company"
        when = "" if shape.per_entity else f" AND {first}.period_end = {name}.period_end"
        select = select.join(name, on=_sql(f"{same}{when}"))
    return select


def _bounds(shape: Shape) -> list[exp.Expr]:
    equal = "" if shape.strict else "="
    bounds = ((shape.low, ">", "low"), (shape.high, "<", "high"))
    return [_sql(f"value {sign}{equal} :{name}") for given, sign, name in bounds if given]


def _sql(text: str) -> exp.Expr:
    return parse_one(text, read=DIALECT)
