"""``stope fetch``: a company's filings from EDGAR into the store."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.add import Speech, add_files, progress
from assistant.options import own_db_option
from grammar.errors import UsageError

if TYPE_CHECKING:
    from db.fetch.edgar import Listed, Wanted
    from db.fetch.fetching import Edgar

WHO = "The SEC asks who fetches: your name and e-mail address (kept in {file}, sent to the SEC alone)"


@click.command()
@click.argument("company", nargs=-1, required=True)
@click.option("--form", "forms", multiple=True, metavar="FORM", help="8-K, 10-Q ...; again for more. Default: all.")
@click.option("--since", metavar="DATE", help="Filed on this day or later: 2003, 2003-05 or 2003-05-01.")
@click.option("--until", metavar="DATE", help="Filed on this day (in this month, this year) or earlier.")
@click.option("--exhibits", metavar="NUMBERS", help="Of each filing only these: 99 (99.1, 99.2 ...), or 13,99.1.")
@click.option(
    "--user-agent", envvar="STOPE_USER_AGENT", metavar="WHO", help="'Jo Doe jo@example.com', kept from then on."
)
@click.option("--list", "only_list", is_flag=True, help="List the filings and fetch none.")
@click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="Where fetched files are kept.")
@click.option("--sec-www", envvar="STOPE_SEC_WWW", hidden=True)
@click.option("--sec-data", envvar="STOPE_SEC_DATA", hidden=True)
@own_db_option
def command(  # noqa: PLR0913  (one parameter an option)
    *,
    company: tuple[str, ...],
    forms: tuple[str, ...],
    since: str | None,
    until: str | None,
    exhibits: str | None,
    user_agent: str | None,
    only_list: bool,
    cache: Path | None,
    sec_www: str | None,
    sec_data: str | None,
    db: str | None,
) -> int:
    """Fetch a company's filings from EDGAR and add them to the store.

    COMPANY is a ticker, a name or a CIK number. An amendment (8-K/A) counts as its form. What was fetched before is
    taken from the cache, so a run that was stopped goes on where it stopped; the exit code is 1 where a filing failed.

    \b
    stope fetch HL --form 8-K --since 2003 --until 2007 --exhibits 99
    """
    from db.fetch.client import Client  # noqa: PLC0415
    from db.fetch.edgar import Addresses  # noqa: PLC0415
    from db.fetch.fetching import Edgar, cache_at  # noqa: PLC0415

    wanted = _wanted(forms, since, until)
    numbers = tuple(part.strip().upper() for part in (exhibits or "").split(",") if part.strip())
    with Client(_who(user_agent)) as client:
        edgar = Edgar(client, cache_at(cache), Addresses.given(sec_www, sec_data))
        filings = _listed(edgar, " ".join(company), wanted)
        if only_list:
            click.echo(
                "".join(f"{filing.filed}  {filing.form:<8} {filing.accession}\n" for filing in filings), nl=False
            )
            return 0
        paths, failures = _fetch(edgar, filings, numbers)
    if not paths:
        click.echo("nothing to add")
        return failures
    return add_files(paths, db, each=False) or failures


def _wanted(forms: tuple[str, ...], since: str | None, until: str | None) -> Wanted:
    from db.fetch.edgar import Wanted, day_of  # noqa: PLC0415

    wanted = Wanted(forms)
    first, last = day_of(since) if since else wanted.since, day_of(until, last=True) if until else wanted.until
    if first > last:
        raise UsageError(f"--since {since} is after --until {until}")
    return Wanted(forms, first, last)


def _who(given: str | None) -> str:
    """The User-Agent: as given, else as kept, else asked for on a terminal; what is new is kept."""
    from db.fetch import config  # noqa: PLC0415

    file = config.config_file()
    kept = None if given else config.load(file)
    if kept:
        return kept
    if not given and not sys.stdin.isatty():
        raise UsageError("the SEC asks who fetches: give --user-agent 'Jo Doe jo@example.com' once, it is kept")
    who = config.checked(given or click.prompt(WHO.format(file=file), err=True))
    config.save(file, who)
    return who


def _listed(edgar: Edgar, query: str, wanted: Wanted) -> list[Listed]:
    company = edgar.company(query)
    filings = edgar.filings(company, wanted)
    forms = f" of form {', '.join(wanted.forms)}" if wanted.forms else ""
    counted = f"{len(filings)} filing{'' if len(filings) == 1 else 's'}"
    click.echo(f"{company.name or query} (CIK {company.cik}): {counted}{forms}", err=True)
    return filings


def _fetch(edgar: Edgar, filings: Sequence[Listed], exhibits: tuple[str, ...]) -> tuple[list[str], int]:
    """The files, and 1 where a filing failed, else 0; the failures have been said."""
    paths, passed_over, failures = [], 0, 0
    with progress(len(filings), Speech(), "fetching") as tell:
        for outcome in edgar.fetch(filings, exhibits):
            tell(f"stope: {outcome.message}" if outcome.failed else "", outcome.failed)
            if outcome.path:
                paths.append(str(outcome.path))
            elif outcome.failed:
                failures += 1
            else:
                passed_over += 1
    if passed_over:
        click.echo(f"{passed_over} have no exhibit {' or '.join(exhibits)}", err=True)
    return paths, min(failures, 1)
