"""The interface over the real releases: what is cited stands on the screen. Nothing of a filing is written here."""

import re

import pytest

from assistant.tui.app import Kept, StopeApp, engine_over
from assistant.tui.store_engine import StoreEngine
from db.store import Store
from tests.test_tui import ask, page, screen_text, settle

SIZES = [(80, 24), (120, 40), (200, 50)]


@pytest.fixture(scope="module")
def store(shared, tmp_path_factory):
    """A store of the shared releases."""
    from db.adding import add
    from db.gathering import gather

    path = tmp_path_factory.mktemp("tui") / "stope.db"
    list(add(gather(sorted(map(str, (shared / "filings").glob("0*.txt")))), path))
    return path


@pytest.fixture(scope="module")
def question(store):
    """A question about a figure of the widest table, put together from what the store says of it."""
    with Store.open(store) as opened:
        engine = StoreEngine(opened)
        for each in engine.complete("", 0):
            answer = engine.ask(each.text, ())
            if len(answer.values) == 1 and answer.values[0].citations[0].column_start is not None:
                return each.text
    return pytest.fail("no example has a single cited figure")


def interface(store, kept=None):
    return StopeApp(engine_over(lambda: Store.open(store)), kept)


@pytest.mark.parametrize("size", SIZES)
async def test_the_cited_figure_stands_on_the_screen_marked(store, question, size):
    app = interface(store)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        await ask(app, pilot, question)
        await pilot.press("f2")
        await settle(app, pilot)
        citation = app.place.citation
        source = app.query_one("#source-view")
        assert source.lines[citation.line - 1][
            citation.column_start : citation.column_end
        ] == citation.quote.strip() or (citation.quote in source.lines[citation.line - 1])
        row = citation.line - 1 - source.scroll_offset.y
        strip = source.render_line(row)
        cited = "".join(part.text for part in strip if part.style.bgcolor == _accent(app) and part.style.bold)
        assert cited == source.lines[citation.line - 1][citation.column_start : citation.column_end]
        assert cited in screen_text(app)


def _accent(app):
    from rich.color import Color

    return Color.parse(app.theme_variables["accent"].lower())


async def test_every_alternative_can_be_taken_and_every_suggestion_asked(store, question):
    app = interface(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        await ask(app, pilot, "zzyzx qwop flurb")
        refusal = app.entry.answer.refusal
        assert refusal is not None
        if refusal.suggestions:
            await pilot.press("alt+1")
            await settle_asked(app, pilot)
            assert app.entry.text == refusal.suggestions[0]
        await ask(app, pilot, question)
        for number, other in enumerate(app.entry.answer.alternatives[:3], 1):
            entry = app.entry
            app.pick_alternative(entry, number)
            await settle_asked(app, pilot)
            assert app.entry.answer.values == other.values
            app.transcript.action_select(-1)


async def settle_asked(app, pilot):
    for _ in range(300):
        await pilot.pause(0.01)
        if app.running is None and all(entry.state != "asking" for entry in app.transcript.entries):
            break
    await settle(app, pilot)


async def test_facts_lead_to_their_places_and_search_finds_lines(store):
    app = interface(store)
    with Store.open(store) as opened:
        engine = StoreEngine(opened)
        filing = engine.filings()[0]
        facts = engine.facts(filing.id)
        lines = engine.lines(filing.sha256)
        assert len(facts) == filing.facts > 0
        for fact in facts:
            place = fact.citation
            assert lines[place.line - 1][place.column_start : place.column_end] == fact.as_printed
        for row in engine.failed_checks(filing.id):
            assert row.citations
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(app, pilot)
        await app._go_to([facts[len(facts) // 2].citation], "fact")
        await settle(app, pilot)
        source = app.query_one("#source-view")
        word = max(re.findall(r"[A-Za-z]{5,}", lines[len(lines) // 3]) or ["the"], key=len)
        assert source.find(word) == sum(word.casefold() in line.casefold() for line in lines)


async def test_a_restart_shows_the_conversation_again(store, question, tmp_path):
    kept = Kept.beside(tmp_path / "stope.db", history=True)
    app = interface(store, kept)
    async with app.run_test() as pilot:
        await settle(app, pilot)
        await ask(app, pilot, question)
        before = page(app)
    app = interface(store, kept)
    async with app.run_test() as pilot:
        await settle(app, pilot)
        assert before.split("\n")[-2] in page(app)
        assert app.ask_line.questions == [question]


async def test_words_are_marked_and_completed_from_the_store(store):
    with Store.open(store) as opened:
        mine = opened.run("SELECT shown FROM vocabulary WHERE kind = 'name' AND detail LIKE 'mine|%|name' LIMIT 1")[0][
            0
        ]
    app = interface(store)
    async with app.run_test() as pilot:
        await settle(app, pilot)
        app.ask_line.put(mine[:-2].lower())
        await settle(app, pilot)
        assert any(mine.casefold() in each.text.casefold() for each in app.ask_line.list.completions)
        app.ask_line.put(f"{mine} zzyzx ")
        await settle(app, pilot)
        kinds = {each.text: each.kind for each in app.ask_line.said[1]}
        assert kinds[mine] == "entity"
        assert kinds["zzyzx"] == ""


async def test_what_is_copied_is_what_the_command_prints_in_every_format(store, question, capsysbinary):
    from assistant.cli import run
    from assistant.formats import FORMATS

    app = interface(store)
    copied = {}
    async with app.run_test() as pilot:
        await settle(app, pilot)
        await ask(app, pilot, question)
        for name in FORMATS:
            app.action_copy("cited", name)
            await settle(app, pilot)
            copied[name] = app.clipboard
    for name, text in copied.items():
        capsysbinary.readouterr()
        assert run(["ask", question, "--format", name, "--db", str(store)]) == 0
        assert capsysbinary.readouterr().out.decode() == text
