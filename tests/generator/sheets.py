"""The tables of a made-up filing as data: rows of cells, each cell with the truth about itself, before any layout."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from grammar.periods import Period, instant
from tests.generator.world import OUNCES, Company, Figures, Mine, flows, ledger, over, quarter_end, rounded, span

THOUSAND = 1000


@dataclass(frozen=True)
class Column:
    """A column of figures: the quarter it ends with, how many it spans (0: an instant), or the change between two."""

    quarter: int
    length: int = 1
    change: bool = False

    @property
    def period(self) -> Period:
        """The period that its figures are of."""
        return span(self.quarter, self.length) if self.length else instant(quarter_end(self.quarter))


@dataclass(frozen=True)
class Cell:
    """A figure: ``figure`` in the units that are printed, ``scale`` what one of them stands for, and what it is."""

    figure: Decimal
    places: int
    unit: str
    scale: int
    metric: str | None
    metal: str | None
    entity: str
    entity_kind: str
    period: Period
    change: bool = False
    restated_from: Decimal | None = None


@dataclass(frozen=True)
class Row:
    """One row: a heading has no cells; ``total`` rows stand under a rule; ``label`` may be '' for a bare subtotal."""

    label: str
    cells: tuple[Cell | None, ...] = ()
    indent: int = 0
    total: bool = False
    heading: bool = False


@dataclass
class Sheet:
    """A table: its title, the caption that states the scale, its columns and rows."""

    statement: str
    title: str
    caption: str
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    names: tuple[str, ...] = ()


@dataclass
class Writer:
    """Makes the sheets of one filing; ``dice`` chooses among the usual wordings, the same for the whole filing."""

    seed: int
    company: Company
    quarter: int
    columns: list[Column]
    scale: int
    dice: random.Random
    restated: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)
    wording: dict[str, str] = field(default_factory=dict)
    tonnes: bool = False  # tonnes and grams per tonne instead of short tons and ounces per ton

    def word(self, *choices: str) -> str:
        """One of the wordings, the same each time they are offered."""
        return self.wording.setdefault(choices[0], self.dice.choice(choices))

    @property
    def ton(self) -> str:
        """The unit of tonnage."""
        return "tonne" if self.tonnes else "ton"

    @property
    def caption(self) -> str:
        """The line that states the scale of a statement."""
        size = "thousands" if self.scale == THOUSAND else "millions"
        forms = (
            f"(dollars in {size}, except per share amounts - unaudited)",
            f"(In {size} of dollars, except per share data)",
        )
        return self.word(*forms, f"(unaudited, U.S. $ in {size})")

    def row(self, label: str, get: Callable[[Column], tuple[Decimal | None, Period] | None], unit: str, **more) -> Row:
        """A row with a cell for each column; ``get`` gives the figure (dollars in thousands) and its period."""
        places, scale = more.pop("places", 0), more.pop("scale", 1)
        layout = {k: more.pop(k) for k in ("indent", "total") if k in more}
        columns, fixed = more.pop("columns", self.columns), more.pop("fixed", False)
        if self.tonnes:
            label, unit = in_tonnes(label), {"ton": "tonne", "USD/ton": "USD/tonne", "oz/ton": "g/t"}.get(unit, unit)
        cells: list[Cell | None] = []
        for column in columns:
            if column.change:
                cells.append(self._change(cells, more, column))
                continue
            found = get(column)
            if found is None or found[0] is None:
                cells.append(None)
                continue
            value, period = found
            if scale == THOUSAND and self.scale != THOUSAND and not fixed:
                cells.append(Cell(rounded(value / 1000, 1), 1, unit, self.scale, period=period, **more))
            else:
                cells.append(Cell(rounded(value, places), places, unit, scale, period=period, **more))
        return Row(label, tuple(cells), **layout)

    @staticmethod
    def _change(cells: list[Cell | None], more: dict, column: Column) -> Cell | None:
        now, before = [c.figure if c else Decimal(0) for c in cells[:2]] if len(cells) > 1 else (Decimal(0),) * 2
        if before <= 0 or now < 0:
            return None
        return Cell(rounded((now / before - 1) * 100), 0, "%", 1, period=column.period, change=True, **more)

    # --- what the company's own books say
    def book(self, label: str, key: str, metric: str, unit: str = "USD", **more) -> Row:
        """A row of the ledger or the cash flow, summed over the column's quarters."""
        get = partial(self._book, key)
        scale = more.pop("scale", THOUSAND)
        who = {"metric": metric, "metal": None, "entity": self.company.name, "entity_kind": "company"}
        return self.row(label, get, unit, scale=scale, **who, **more)

    def _book(self, key: str, column: Column) -> tuple[Decimal | None, Period]:
        period = column.period
        if column.length == 0:
            return ledger(self.seed, self.company, column.quarter)[key], period
        if key == "opening":
            start = column.quarter - column.length
            return ledger(self.seed, self.company, start)["cash"], instant(quarter_end(start))
        if key == "closing":
            return ledger(self.seed, self.company, column.quarter)["cash"], instant(quarter_end(column.quarter))
        quarters = [column.quarter - i for i in range(column.length)]
        if key in ("shares", "eps"):
            parts = [ledger(self.seed, self.company, q) for q in quarters]
            shares = rounded(sum((p["shares"] for p in parts), Decimal(0)) / len(parts))
            return (shares if key == "shares" else sum((p["net"] for p in parts), Decimal(0)) / shares), period
        source = ledger if key in ledger(self.seed, self.company, column.quarter) else flows
        return sum((source(self.seed, self.company, q)[key] for q in quarters), Decimal(0)), period

    # --- what the mines say
    def mine(self, label: str, mine: Mine, key: str, metric: str, unit: str, **more) -> Row:
        """A row of a mine's own figures."""
        who = {"metric": metric, "entity": mine.name, "entity_kind": "mine", "fixed": True}
        return self.row(label, partial(self._mine, mine, key, metric), unit, **{"metal": None, **who, **more})

    def _mine(self, mine: Mine, key: str, metric: str, column: Column) -> tuple[Decimal | None, Period]:
        if column.length == 1 and (mine.name, key, column.quarter) in self.restated:
            return self.restated[mine.name, key, column.quarter], column.period
        return self.value(over(self.seed, self.company, mine, column.quarter, column.length), mine, key), column.period

    @staticmethod
    def value(figures: Figures, mine: Mine, key: str) -> Decimal | None:
        """A figure of a mine by key; ``per:`` keys are a cost an ounce of its first metal."""
        if key.startswith("per:"):
            return figures[key[4:]] * 1000 / figures[f"made:{mine.metals[0]}"]
        return figures.get(key)

    def together(self, label: str, metal: str, key: str, metric: str, unit: str, **more) -> Row | None:
        """A row of the company's total over its mines, or their joint cost an ounce; None where no mine has it."""
        per = key.startswith("per:")
        mines = [m for m in self.company.mines if (m.metals[0] == metal if per else metal in m.metals)]
        if not mines:
            return None

        def get(column: Column) -> tuple[Decimal, Period]:
            parts = [over(self.seed, self.company, m, column.quarter, column.length) for m in mines]
            made = sum((p[f"made:{metal}"] for p in parts), Decimal(0))
            cost = sum((p[key[4:]] for p in parts), Decimal(0)) if per else made
            return (cost * 1000 / made if per else made), column.period

        who = {"metric": metric, "metal": metal, "entity": self.company.name, "entity_kind": "company"}
        return self.row(label, get, unit, **who, **more)


def in_tonnes(label: str) -> str:
    """A label in metric units."""
    for old, new in (("oz./ton", "g/t"), ("oz/ton", "g/t"), ("ounces per ton", "grams per tonne")):
        label = label.replace(old, new)
    return re.sub(r"\b([Tt])on(s?)\b", r"\1onne\2", label)


COSTS = (
    ("operating", "cash_operating_cost_per_oz", "Cash operating costs"),
    ("cash", "total_cash_cost_per_oz", "Total cash costs"),
    ("production", "total_production_cost_per_oz", "Total production costs"),
)


def heading(label: str, indent: int = 0) -> Row:
    """A row that only says what follows."""
    return Row(label, indent=indent, heading=True)


def mine_rows(w: Writer, mine: Mine) -> Iterator[Row]:
    """The operating figures of a mine, in the wordings that such tables use."""
    yield w.mine(
        w.word("Tons of ore milled", "Tons of ore processed", "Tons milled", "Ore milled (tons)"),
        mine,
        "tons",
        "tons_milled",
        "ton",
    )
    yield w.mine(w.word("Days of operation", "Operating days"), mine, "days", "days_of_operation", "days")
    yield w.mine(
        w.word("Mining cost per ton", "Mining cost ($/ton)"), mine, "mining", "mining_cost_per_ton", "USD/ton", places=2
    )
    yield w.mine(
        w.word("Milling cost per ton", "Milling cost ($/ton)"),
        mine,
        "milling",
        "milling_cost_per_ton",
        "USD/ton",
        places=2,
    )
    for metal in [m for m in mine.metals if m in OUNCES]:
        form = w.word(
            "Ore grade milled - {M} (oz./ton)",
            "{M} ore grade (oz./ton)",
            "Average {m} grade (oz/ton)",
            "{M} grade (ounces per ton)",
        )
        label = form.format(M=metal.capitalize(), m=metal)
        places = 3 if metal == "gold" else 2
        yield w.mine(label, mine, f"grade:{metal}", "ore_grade", "oz/ton", metal=metal, places=places)
    yield from (production(w, mine, metal) for metal in mine.metals)
    yield heading(w.word("Average cost per ounce of {m} produced:", "Cost per ounce of {m}:").format(m=mine.metals[0]))
    for key, metric, label in COSTS:
        yield w.mine(label, mine, f"per:{key}", metric, "USD/oz", metal=mine.metals[0], places=2, indent=2)
    if w.word("with capital", "without"):
        yield w.mine("Capital additions (in thousands)", mine, "capital", "capital_additions", "USD", scale=THOUSAND)


def production(w: Writer, mine: Mine, metal: str) -> Row:
    """What a mine made of a metal."""
    forms = ("{M} produced ({u})", "{M} production ({u})", "{U} of {m} produced", "{M} {u} produced")
    words = ("oz.", "ounces") if metal in OUNCES else ("tons", "tons")
    form = w.word(*forms)
    short = words[0] if "({u})" in form else words[1]
    label = form.format(M=metal.capitalize(), m=metal, u=short, U=words[1].capitalize())
    return w.mine(label, mine, f"made:{metal}", "production", "oz" if metal in OUNCES else "ton", metal=metal)


def totals(w: Writer) -> Iterator[Row | None]:
    """The company's production and its joint cost an ounce."""
    for metal in ("silver", "gold", "lead", "zinc"):
        unit, word = ("oz", "Ounces") if metal in OUNCES else ("ton", "Tons")
        label = w.word("{M} - {u}", "Total {m} {l} produced").format(
            M=metal.capitalize(), m=metal, u=word, l=word.lower()
        )
        yield w.together(label, metal, f"made:{metal}", "production", unit)
    for metal in OUNCES:
        rows = [
            w.together(f"{label} ($/oz.)", metal, f"per:{key}", metric, "USD/oz", places=2, indent=2)
            for key, metric, label in COSTS
        ]
        if rows[0]:
            yield heading(f"Average cost per ounce of {metal} produced:")
            yield from rows


def reconciliation(w: Writer, mine: Mine) -> Iterator[Row]:
    """How a mine's cash costs lead to its cost of sales."""
    ounces = w.mine(
        "Divided by ounces produced", mine, f"made:{mine.metals[0]}", "production", "oz", metal=mine.metals[0]
    )
    thousands = [
        c and Cell(rounded(c.figure / 1000), 0, "oz", 1000, c.metric, c.metal, c.entity, "mine", c.period)
        for c in ounces.cells
    ]
    line = partial(w.mine, mine=mine, unit="USD", scale=THOUSAND)
    yield line("Total cash costs", key="cash", metric="total_cash_costs", metal=mine.metals[0])
    yield Row(ounces.label, tuple(None if c and c.figure < 1 else c for c in thousands))
    yield w.mine(
        "Total cash cost per ounce produced",
        mine,
        "per:cash",
        "total_cash_cost_per_oz",
        "USD/oz",
        metal=mine.metals[0],
        places=2,
        total=True,
        indent=2,
    )
    yield heading("Reconciliation to GAAP:")
    yield line("Total cash costs", key="cash", metric="total_cash_costs", metal=mine.metals[0], indent=2)
    yield line("Reclamation", key="reclamation", metric="recon_reclamation", indent=2)
    yield line("Treatment & freight costs", key="freight", metric="recon_treatment_freight", indent=2)
    yield line("By-product credits", key="credits", metric="recon_byproduct_credits", indent=2)
    yield line("Change in product inventory", key="inventory", metric="recon_inventory_change", indent=2)
    yield line(
        "Costs of sales and other direct production costs (GAAP)",
        key="gaap",
        metric="recon_cost_of_sales",
        indent=2,
        total=True,
    )
