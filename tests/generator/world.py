"""Forty mining companies that never were, and what each mine of theirs did in each quarter.

Everything hangs on the seed and on names, never on the order of calls, so the figure that one filing prints for the
year before is the figure that the filing of that year printed. Amounts are whole thousands of dollars where a
statement prints thousands, so that totals foot as printed.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from grammar.periods import Period, duration, month_end

FIRST = (
    "Bear Quartz Kettle Black Thunder Blue North Old Trout Red Dutch Big Iron Eagle Wolf Cedar Granite Elk Lone Twin"
)
SECOND = "Paw Hill River Pine Basin Ledge Fork Dominion Lake Mountain Flat Horn Ridge Crest Bend Spring Peak Gulch Star"
SAINTS = (
    "El Toro,Santa Rita,Cerro Alto,Las Palmas,Monte Verde,Agua Fria,Ojo Caliente,Mesquite,Wolverine,Juniper,Stillwell"
)
HOUSES = (
    "Tamarack Palisade Condor Whitehorse Orion Sierra Meridian Cascade Vulcan Argonaut Borealis Caldera Delta Emerson "
    "Falcon Garnet Harbinger Ibex Jasper Keystone Lodestar Mariner Navarre Obsidian Pinnacle Quillan Ravenna Sable "
    "Talisman Umber Vesper Windward Xenon Yarrow Zephyr Alder Birchwood Corvus Drake Easton"
)
KINDS = ("Mining Company", "Resources Corporation", "Mines Ltd.", "Metals Inc.", "Mining Corporation")
PLACES = ("Nevada", "Idaho", "Montana", "Peru", "Chile", "Mexico", "Alaska", "Ontario", "Bolivia", "Arizona")
OUNCES = ("silver", "gold")
CASTS = (
    ("silver", "lead", "zinc"),
    ("gold",),
    ("silver", "gold"),
    ("silver", "gold", "lead", "zinc"),
    ("gold", "silver"),
)


@dataclass(frozen=True)
class Mine:
    """A mine: its metals (the first is the one its costs are counted by) and the share of it that the company owns."""

    name: str
    metals: tuple[str, ...]
    place: str
    share: Decimal | None = None


@dataclass(frozen=True)
class Company:
    """A company, its mines, and the quarters that its filings cover (as quarters since year 0)."""

    number: int
    name: str
    short: str
    ticker: str
    place: str
    year_ends: int
    mines: tuple[Mine, ...]
    quarters: tuple[int, ...]


def index(year: int, quarter: int) -> int:
    """A calendar quarter as a number that counts quarters."""
    return year * 4 + quarter - 1


def quarter_end(number: int) -> dt.date:
    """The last day of a quarter."""
    return month_end(number // 4, 3 * (number % 4) + 3)


def span(number: int, quarters: int) -> Period:
    """The period of so many quarters that ends with this one."""
    return duration(quarter_end(number), 3 * quarters)


def companies(
    seed: int = 1, count: int = 40, filings_each: int = 25, since: int = 1984, until: int = 2009
) -> list[Company]:
    """The companies of a seed; their quarters are spread so that together they cover ``since`` to ``until``."""
    dice = random.Random(f"{seed}/companies")
    names = [f"{a} {b}" for a in FIRST.split() for b in SECOND.split()] + SAINTS.split(",")
    dice.shuffle(names)
    houses = HOUSES.split()
    made: list[Company] = []
    room = (until - since) * 4 - filings_each
    for i in range(count):
        short = houses[i % len(houses)] + (" " + "ABC"[i // len(houses)] if i >= len(houses) else "")
        mines = tuple(_mine(names.pop(), dice) for _ in range(dice.randint(2, 5)))
        if i % 13 == 5:
            twin = made[i - 1].mines[0]
            mines = (Mine(twin.name, twin.metals, twin.place), *mines[1:])
        start = index(since, 1) + (room * i) // max(1, count - 1)
        ticker = (short[:2] + short[-1]).upper()
        name = f"{short} {dice.choice(KINDS)}"
        ends = 6 if i % 5 == 4 else 12
        made.append(
            Company(i, name, short, ticker, dice.choice(PLACES), ends, mines, tuple(range(start, start + filings_each)))
        )
    return made


def _mine(name: str, dice: random.Random) -> Mine:
    share = Decimal(dice.randint(2500, 7999)) / 100 if dice.random() < 0.25 else None
    return Mine(name, dice.choice(CASTS), dice.choice(PLACES), share)


def rounded(value: Decimal | float, places: int = 0) -> Decimal:
    """The figure as it is printed with so many decimals."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


Figures = dict[str, Decimal]


@lru_cache(maxsize=200_000)
def mined(seed: int, company: int, mine: Mine, quarter: int) -> Figures:
    """What a mine did in one quarter; dollars in thousands, ounces and tons whole, ``metal:`` keys by metal."""
    size = random.Random(f"{seed}/{company}/{mine.name}")
    base = {"tons": size.randint(20_000, 120_000), "mining": size.uniform(25, 150), "milling": size.uniform(6, 40)}
    grades = {
        m: size.uniform(8, 33) if m == "silver" else size.uniform(0.08, 0.9) if m == "gold" else size.uniform(2, 9)
        for m in mine.metals
    }
    dice = random.Random(f"{seed}/{company}/{mine.name}/{quarter}")
    trend = 1 + 0.15 * dice.uniform(-1, 1)
    tons = int(base["tons"] * trend)
    out: Figures = {"tons": Decimal(tons), "days": Decimal(dice.randint(75, 92))}
    out["mining"] = rounded(base["mining"] * dice.uniform(0.85, 1.2), 2)
    out["milling"] = rounded(base["milling"] * dice.uniform(0.85, 1.2), 2)
    for metal, grade in grades.items():
        places = {"silver": 2, "gold": 3}.get(metal, 2)
        out[f"grade:{metal}"] = rounded(grade * dice.uniform(0.9, 1.1), places)
        per_ton = float(out[f"grade:{metal}"]) * (1 if metal in OUNCES else 0.01)
        out[f"made:{metal}"] = rounded(tons * per_ton * dice.uniform(0.88, 0.96))
    ounces = out[f"made:{mine.metals[0]}"]
    per_ounce = dice.uniform(-1, 7) if mine.metals[0] == "silver" else dice.uniform(120, 480)
    out["cash"] = rounded(float(ounces) * per_ounce / 1000)
    out["operating"] = out["cash"] - rounded(
        float(ounces) * dice.uniform(0.001, 0.03) * max(1.0, abs(per_ounce)) / 1000
    )
    out["production"] = out["cash"] + rounded(
        float(ounces) * dice.uniform(0.5, 2) * max(1.0, abs(per_ounce) / 3) / 1000
    )
    out["reclamation"] = Decimal(dice.randint(5, 300))
    out["freight"] = -Decimal(dice.randint(200, 5000))
    out["credits"] = Decimal(dice.randint(300, 9000))
    out["inventory"] = Decimal(dice.choice([0, dice.randint(-900, 900), dice.randint(-900, 900)]))
    out["gaap"] = out["cash"] + out["reclamation"] + out["freight"] + out["credits"] + out["inventory"]
    out["capital"] = Decimal(dice.choice([0, dice.randint(10, 6000), dice.randint(10, 6000), dice.randint(10, 6000)]))
    return out


WEIGHTED = ("mining", "milling", "grade:")


def over(seed: int, company: Company, mine: Mine, quarter: int, quarters: int) -> Figures:
    """What a mine did in the quarters up to this one: sums, and averages by tons for grades and costs a ton."""
    parts = [mined(seed, company.number, mine, quarter - i) for i in range(quarters)]
    if quarters == 1:
        return parts[0]
    tons = sum((p["tons"] for p in parts), Decimal(0))
    out: Figures = {}
    for key, first in parts[0].items():
        if key.startswith(WEIGHTED):
            places = -int(first.as_tuple().exponent)
            out[key] = rounded(sum((p[key] * p["tons"] for p in parts), Decimal(0)) / tons, places)
        else:
            out[key] = sum((p[key] for p in parts), Decimal(0))
    return out


@lru_cache(maxsize=100_000)
def ledger(seed: int, company: Company, quarter: int) -> Figures:
    """The company's own quarter, dollars and shares in thousands: everything that its statements print."""
    dice = random.Random(f"{seed}/{company.number}/ledger/{quarter}")
    n = lambda low, high: Decimal(dice.randint(low, high))  # noqa: E731
    mines = [mined(seed, company.number, m, quarter) for m in company.mines]
    cost = abs(sum((m["gaap"] for m in mines), Decimal(0))) + n(500, 3000)
    f: Figures = {"cost": cost, "dda": n(900, 9000)}
    f["sales"] = f["cost"] + f["dda"] + n(-3000, 16000)
    f["gross"] = f["sales"] - f["cost"] - f["dda"]
    f |= {
        "ga": n(900, 4000),
        "exploration": n(200, 5000),
        "provision": Decimal(dice.choice([0, dice.randint(50, 900)])),
    }
    f["expenses"] = f["ga"] + f["exploration"] + f["provision"]
    f["operations"] = f["gross"] - f["expenses"]
    f |= {"other": n(50, 3000), "interest": -n(10, 900)}
    f["pretax"] = f["operations"] + f["other"] + f["interest"]
    f["tax"] = -rounded(max(f["pretax"], Decimal(0)) * Decimal("0.11"))
    f["net"] = f["pretax"] + f["tax"]
    f["shares"] = Decimal(40_000 + company.number * 1500) + Decimal((quarter % 97) * 120)
    f |= {"receivables": n(5000, 30000), "inventories": n(5000, 26000), "prepaid": n(500, 5000)}
    f |= {"ppe": n(60_000, 300_000), "noncurrent": n(2000, 30_000), "cash": n(8000, 120_000)}
    f["current"] = f["cash"] + f["receivables"] + f["inventories"] + f["prepaid"]
    f["assets"] = f["current"] + f["ppe"] + f["noncurrent"]
    f |= {
        "payables": n(4000, 25_000),
        "payroll": n(2000, 15_000),
        "debt_now": Decimal(dice.choice([0, dice.randint(500, 9000)])),
    }
    f["liabilities_now"] = f["payables"] + f["payroll"] + f["debt_now"]
    f |= {"debt": n(1000, 20_000), "reclaim": n(5000, 40_000)}
    f["liabilities"] = f["liabilities_now"] + f["debt"] + f["reclaim"]
    f["equity"] = f["assets"] - f["liabilities"]
    f |= {"stock": n(20_000, 35_000), "surplus": n(200_000, 500_000)}
    f["deficit"] = f["equity"] - f["stock"] - f["surplus"]
    f["sum"] = f["assets"]
    return f


def flows(seed: int, company: Company, quarter: int) -> Figures:
    """The cash flow of a quarter: what the change of the balance sheets' cash leaves to financing."""
    now, before = ledger(seed, company, quarter), ledger(seed, company, quarter - 1)
    f: Figures = {"net": now["net"], "cf_dda": now["dda"]}
    f["cf_receivables"] = before["receivables"] - now["receivables"]
    f["cf_inventories"] = before["inventories"] - now["inventories"]
    f["cf_payables"] = now["payables"] - before["payables"]
    f["operating"] = sum(f.values(), Decimal(0))
    f["capex"] = -sum((mined(seed, company.number, m, quarter)["capital"] for m in company.mines), Decimal(0)) - 19
    f["disposals"] = Decimal(quarter % 3 * 57)
    f["investing"] = f["capex"] + f["disposals"]
    f["financing"] = now["cash"] - before["cash"] - f["operating"] - f["investing"]
    f["borrowed"] = max(f["financing"], Decimal(0)) + 40
    f["repaid"] = f["financing"] - f["borrowed"]
    f["change"] = f["operating"] + f["investing"] + f["financing"]
    return f
