"""``stope facts``: every fact of the store, one a row."""

from __future__ import annotations

import click

from assistant.options import db_option, format_option
from assistant.where import store_to_read

COLUMNS = ("document", "line", "label", "as_printed", "value", "unit", "entity", "period", "statement")
SECONDS = 600.0  # all facts of a large store are no question: they may take their time


@click.command()
@click.option("--filing", metavar="DOC", help="Only those of one filing: its name, or how its name begins.")
@format_option
@db_option
def command(filing: str | None, form: str, db: str | None) -> None:
    """Print every fact, in the order of the filings.

    The lines of jsonl and csv have all columns of the view cited_facts.

    \b
    stope facts --filing ex99.txt
    stope facts --format csv > facts.csv
    """
    from assistant.documents import find_filing  # noqa: PLC0415
    from assistant.listing import write  # noqa: PLC0415

    with store_to_read(db) as store:
        chosen = [find_filing(store, filing)["id"]] if filing else [row["id"] for row in store.filings()]
        sql = "SELECT * FROM cited_facts WHERE filing_id = ? ORDER BY line, column_start"
        write((row for filing_id in chosen for row in store.run(sql, (filing_id,), SECONDS)), form, COLUMNS)
