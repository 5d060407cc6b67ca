"""``stope filings``: what the store holds."""

from __future__ import annotations

import click

from assistant.options import db_option, format_option
from assistant.where import store_to_read

COLUMNS = ("id", "document", "company", "title", "released", "period_end", "facts")
SQL = """
SELECT id, document, company, ticker, title, exhibit, released, period_end, form, filed, accession, cik,
       fiscal_year_end, format, path, sha256, lines, log,
       (SELECT count(*) FROM facts WHERE filing_id = filings.id) AS facts
FROM filings ORDER BY coalesce(released, filed, ''), id
"""


@click.command()
@format_option
@db_option
def command(form: str, db: str | None) -> None:
    """List the filings of the store, the oldest first."""
    from assistant.listing import write  # noqa: PLC0415

    with store_to_read(db) as store:
        write(store.run(SQL, seconds=60.0), form, COLUMNS)
