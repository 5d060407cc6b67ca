"""The statements of a made-up company: rows of the income statement, the balance sheet and the cash flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.generator.sheets import Column, Row, Sheet, Writer, heading, mine_rows, production, reconciliation, totals
from tests.generator.world import OUNCES, Mine

NET = ("Net income", "Net income (loss)", "Net earnings")
OPERATIONS = ("Income from operations", "Operating income", "Income (loss) from operations")
OPERATING = ("Net cash provided by operating activities", "Cash flow provided by operating activities")
EPS = ("Basic and diluted income per common share", "Earnings per share - basic and diluted")
BOTH = ("Total liabilities and shareholders' equity", "Total liabilities and equity")
SALES = ("Sales of products", "Revenues", "Net sales", "Total revenues")


def highlights(w: Writer, periods: list[Column]) -> Sheet:
    """The first table of a release: the books' main lines and the production totals."""
    rows: list[Row | None] = [
        heading("FINANCIAL DATA"),
        w.book(w.word(*SALES), "sales", "sales"),
        w.book("Gross profit", "gross", "gross_profit"),
        w.book(w.word(*NET), "net", "net_income"),
        w.book(w.word(*EPS), "eps", "eps", "USD/share", scale=1, places=2),
        w.book(w.word(*OPERATING), "operating", "operating_cash_flow"),
        heading("PRODUCTION SUMMARY"),
        *totals(w),
    ]
    caption = w.caption.replace("per share", "per share and per ounce")
    return Sheet("highlights", "HIGHLIGHTS", caption, periods, [r for r in rows if r])


def income(w: Writer, periods: list[Column]) -> Sheet:
    """The income statement, down to the share count."""
    rows = [
        w.book(w.word(*SALES), "sales", "sales"),
        w.book(w.word("Cost of sales and other direct production costs", "Cost of sales"), "cost", "cost_of_sales"),
        w.book("Depreciation, depletion and amortization", "dda", "dda_cost_of_sales"),
        w.book("Gross profit", "gross", "gross_profit", total=True),
        heading("Other operating expenses:"),
        w.book(
            w.word("General and administrative", "General and administrative expenses"),
            "ga",
            "general_and_administrative",
            indent=2,
        ),
        w.book(w.word("Exploration", "Exploration expense"), "exploration", "exploration", indent=2),
        w.book(
            "Provision for closed operations and environmental matters",
            "provision",
            "provision_closed_operations",
            indent=2,
        ),
        w.book(
            w.word("", "Total other operating expenses"),
            "expenses",
            "total_other_operating_expenses",
            total=True,
            indent=2,
        ),
        w.book(w.word(*OPERATIONS), "operations", "income_from_operations", total=True),
        heading("Other income (expense):"),
        w.book("Interest and other income", "other", "interest_and_other_income", indent=2),
        w.book("Interest expense", "interest", "interest_expense", indent=2),
        w.book(
            w.word("Income before income taxes", "Income (loss) before income taxes"),
            "pretax",
            "income_before_income_taxes",
            total=True,
        ),
        w.book(w.word("Income tax provision", "Provision for income taxes"), "tax", "income_tax_provision"),
        w.book(w.word(*NET), "net", "net_income", total=True),
        w.book(w.word(*EPS), "eps", "eps", "USD/share", scale=1, places=2),
    ]
    title = w.word(
        "Consolidated Statements of Operations",
        "Consolidated Statements of Income",
        "Condensed Consolidated Statements of Operations",
    )
    return Sheet("income_statement", title, w.caption, periods, rows)


def balance(w: Writer, columns: list[Column]) -> Sheet:
    """The balance sheet, against the end of the last year."""

    def line(label: str, key: str, metric: str, **more) -> Row:
        return w.book(label, key, metric, columns=columns, **more)

    rows = [
        heading("ASSETS"),
        heading("Current assets:"),
        line("Cash and cash equivalents", "cash", "cash", indent=2),
        line(w.word("Accounts and notes receivable", "Accounts receivable"), "receivables", "receivables", indent=2),
        line("Inventories", "inventories", "inventories", indent=2),
        line("Other current assets", "prepaid", "other_current_assets", indent=2),
        line("Total current assets", "current", "total_current_assets", indent=4, total=True),
        line(w.word("Properties, plants and equipment, net", "Property, plant and equipment, net"), "ppe", "ppe_net"),
        line("Other noncurrent assets", "noncurrent", "other_noncurrent_assets"),
        line(w.word("Total assets", "TOTAL ASSETS"), "assets", "total_assets", total=True),
        heading("LIABILITIES"),
        heading("Current liabilities:"),
        line("Accounts payable and accrued expenses", "payables", "accounts_payable", indent=2),
        line("Accrued payroll and related benefits", "payroll", "accrued_payroll", indent=2),
        line("Current portion of debt", "debt_now", "current_debt", indent=2),
        line("Total current liabilities", "liabilities_now", "total_current_liabilities", indent=4, total=True),
        line("Long-term debt", "debt", "long_term_debt"),
        line("Accrued reclamation and closure costs", "reclaim", "noncurrent_reclamation"),
        line("Total liabilities", "liabilities", "total_liabilities", total=True),
        heading("SHAREHOLDERS' EQUITY"),
        line("Common stock", "stock", "common_stock"),
        line(w.word("Capital surplus", "Additional paid-in capital"), "surplus", "capital_surplus"),
        line("Accumulated deficit", "deficit", "accumulated_deficit"),
        line(w.word("Total shareholders' equity", "Total stockholders' equity"), "equity", "total_equity", total=True),
        line(w.word(*BOTH), "sum", "total_liabilities_and_equity", total=True),
    ]  # fmt: skip
    return Sheet(
        "balance_sheet",
        "Consolidated Balance Sheets",
        w.caption.replace(", except per share amounts", ""),
        columns,
        rows,
    )


def cash_flow(w: Writer, periods: list[Column]) -> Sheet:
    """The cash flow statement; its last lines are balances, not flows."""
    rows = [
        heading("OPERATING ACTIVITIES"),
        w.book(w.word(*NET), "net", "net_income"),
        w.book("Depreciation, depletion and amortization", "cf_dda", "cf_depreciation", indent=2),
        heading("Change in assets and liabilities:"),
        w.book("Accounts and notes receivable", "cf_receivables", "cf_receivables", indent=2),
        w.book("Inventories", "cf_inventories", "cf_inventories", indent=2),
        w.book("Accounts payable and accrued expenses", "cf_payables", "cf_payables", indent=2),
        w.book(w.word(*OPERATING), "operating", "operating_cash_flow", total=True),
        heading("INVESTING ACTIVITIES"),
        w.book(
            w.word("Additions to properties, plants and equipment", "Capital expenditures"),
            "capex",
            "capital_expenditures",
        ),
        w.book("Proceeds from disposition of properties, plants and equipment", "disposals", "cf_disposition_ppe"),
        w.book("Net cash used in investing activities", "investing", "investing_cash_flow", total=True),
        heading("FINANCING ACTIVITIES"),
        w.book("Borrowings on debt", "borrowed", "cf_borrowings"),
        w.book("Repayments of debt", "repaid", "cf_repayments"),
        w.book("Net cash provided by (used in) financing activities", "financing", "financing_cash_flow", total=True),
        w.book("Net increase (decrease) in cash and cash equivalents", "change", "net_change_cash"),
        w.book("Cash and cash equivalents at beginning of period", "opening", "cash_beginning"),
        w.book("Cash and cash equivalents at end of period", "closing", "cash_end", total=True),
    ]
    return Sheet(
        "cash_flow",
        "Consolidated Statements of Cash Flows",
        w.caption.replace(", except per share amounts", ""),
        periods,
        rows,
    )


def mine_heading(w: Writer, mine: Mine) -> str:
    """The heading of a mine's rows."""
    form = w.word("{N} UNIT", "{n} Mine", "{N}")
    name = form.format(N=mine.name.upper(), n=mine.name)
    return f"{name} (reflects {w.company.short}'s {mine.share}% share)" if mine.share else name


def production_data(w: Writer, periods: list[Column]) -> Sheet:
    """Mine after mine, each under its heading."""
    rows: list[Row] = []
    for mine in w.company.mines:
        rows += [heading(mine_heading(w, mine)), *mine_rows(w, mine)]
    return Sheet("production_data", "Production Data", "", periods, rows)


def by_mine(w: Writer, periods: list[Column]) -> Iterator[Sheet]:
    """The same data with the mines side by side, one table for each period."""
    metrics: dict[str, int] = {}
    for column in [c for c in periods if not c.change][:2]:
        alone = replace(w, columns=[column])
        rows: dict[str, list[tuple[int, Row]]] = {}
        for i, mine in enumerate(w.company.mines):
            for row in mine_rows(alone, mine):
                if not row.heading:
                    metrics.setdefault(row.label, len(metrics))
                    rows.setdefault(row.label, []).append((i, row))
        made = []
        for label in sorted(rows, key=metrics.__getitem__):
            if any(r.cells[0] and r.cells[0].unit == "USD/oz" for _, r in rows[label]):
                continue
            cells = dict(rows[label])
            made.append(
                Row(label, tuple(cells[i].cells[0] if i in cells else None for i in range(len(w.company.mines))))
            )
        names = tuple(m.name for m in w.company.mines)
        yield Sheet("production_data", "Production by Mine", "", [column] * len(names), made, names)


def by_metal(w: Writer, periods: list[Column]) -> Sheet:
    """A quarter's production with the metals side by side and a mine a row, the company's total last."""
    column = periods[0]
    alone = replace(w, columns=[column])
    metals = [m for m in ("silver", "gold", "lead", "zinc") if any(m in mine.metals for mine in w.company.mines)]
    rows = []
    for mine in w.company.mines:
        cells = [production(alone, mine, m).cells[0] if m in mine.metals else None for m in metals]
        rows.append(Row(mine.name, tuple(cells)))
    whole = [alone.together("Total", m, f"made:{m}", "production", "oz" if m in OUNCES else w.ton) for m in metals]
    rows.append(Row("Total", tuple(r and r.cells[0] for r in whole), total=True))
    names = tuple(f"{m.capitalize()} ({'oz.' if m in OUNCES else w.ton + 's'})" for m in metals)
    return Sheet("production_data", "Production by Metal", "", [column] * len(names), rows, names)


def reconciliations(w: Writer, periods: list[Column]) -> Sheet:
    """Each mine's cash costs led over to its cost of sales."""
    rows: list[Row] = []
    for mine in w.company.mines:
        rows += [heading(mine_heading(w, mine)), *reconciliation(w, mine)]
    caption = "(dollars and ounces in thousands, except per ounce - unaudited)"
    title = "Reconciliation of Cash Costs per Ounce to Generally Accepted Accounting Principles (GAAP)"
    return Sheet("reconciliation", title, caption, periods, rows)
