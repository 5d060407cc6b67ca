"""The wall between a question and the store: SQL that isn't one bounded SELECT over known columns does not run."""

from __future__ import annotations

from sqlglot import exp, parse_one

from grammar.errors import QueryRefused

TABLES = frozenset({"cited_facts", "json_each"})
FORBIDDEN = (
    exp.Insert,
    exp.Update,
    exp.Delete,
    exp.Create,
    exp.Drop,
    exp.Alter,
    exp.Command,
    exp.Pragma,
    exp.Attach,
    exp.Detach,
)
FUNCTIONS = frozenset(
    {
        "json_each",
        "row_number",
        "group_concat",
        "sum",
        "avg",
        "count",
        "min",
        "max",
        "abs",
        "julianday",
        "cast",
        "case",
        "exists",
        "coalesce",
        "round",
        "and",
        "or",
        "if",
    }
)


def checked(tree: exp.Expr | str) -> str:
    """The text of ``tree`` for SQLite, if it is one SELECT over known tables with bound values and a row limit.

    Raises:
        QueryRefused: what it holds that it may not.
    """
    text = tree if isinstance(tree, str) else tree.sql(dialect="sqlite", pretty=False)
    again = parse_one(text, read="sqlite")
    if not isinstance(again, exp.Query):
        raise QueryRefused(f"only a SELECT may run, not {again.key.upper()}")
    for reason in _faults(again):
        raise QueryRefused(reason)
    return text


def _faults(tree: exp.Query) -> list[str]:
    faults = [f"{node.key.upper()} may not run" for node in tree.find_all(*FORBIDDEN)]
    own = {cte.alias for cte in tree.find_all(exp.CTE)} | {s.alias for s in tree.find_all(exp.Subquery)}
    faults += [
        f"there is no table {t.name!r} to ask"
        for t in tree.find_all(exp.Table)
        if t.name and t.name not in TABLES | own
    ]
    faults += [
        f"the text {node.this!r} must be a parameter"
        for node in tree.find_all(exp.Literal)
        if node.is_string and node.this not in (",", " ", "")
    ]
    faults += [f"the function {name!r} may not be used" for name in _functions(tree) if name not in FUNCTIONS]
    if tree.args.get("limit") is None:
        faults.append("it has no row limit")
    return faults


def _functions(tree: exp.Query) -> list[str]:
    return [(f.name if isinstance(f, exp.Anonymous) else f.sql_name()).lower() for f in tree.find_all(exp.Func)]
