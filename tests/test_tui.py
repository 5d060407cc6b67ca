"""The interface by keys alone, over an engine of made-up answers."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from textual.events import Key
from textual.widgets import Input

from assistant.tui.app import Kept, StopeApp
from assistant.tui.preferences import Preferences
from assistant.tui.runs import plain
from grammar.errors import StoreMissing
from tests.fake_engine import LINES, QUESTIONS, ROW_LINE, FakeEngine

SIZES = [(80, 24), (120, 40), (200, 50)]


@asynccontextmanager
async def opened(size=(80, 24), engine=None, kept=None):
    """The app with its pilot and engine, settled."""
    engine = engine or FakeEngine()
    app = StopeApp(lambda: engine, kept)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(app, pilot)
        yield app, pilot, engine


async def settle(app, pilot):
    """Wait until nothing works in the background."""
    for _ in range(200):
        await pilot.pause()
        if not any(worker.is_running for worker in app.workers if worker.group != "asking" or app.running is None):
            break
        await asyncio.sleep(0.005)
    await pilot.pause()


async def type_in(app, pilot, text):
    await pilot.press(*text)
    await settle(app, pilot)


async def ask(app, pilot, text):
    app.ask_line.put(text)
    await pilot.press("enter")
    for _ in range(400):
        await pilot.pause()
        if app.running is None and all(entry.state != "asking" for entry in app.transcript.entries):
            break
        await asyncio.sleep(0.005)
    await settle(app, pilot)


def page(app):
    """The transcript's text."""
    return "\n".join(plain(line) for entry in app.transcript.entries for line in entry.lines(app.transcript._room))


def screen_text(app):
    """What stands on the screen."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def said(app):
    return [notification.message for notification in app._notifications]


@pytest.mark.parametrize("size", SIZES)
async def test_the_empty_screen_shows_what_can_be_asked(size):
    async with opened(size) as (app, _, _):
        text = screen_text(app)
        assert "2 filings, Q1 2010 to Q1 2011" in text
        assert all(question in text for question in QUESTIONS)
        assert "F1" in text
        assert app.ask_line.has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_an_answer_shows_its_value_citation_note_and_alternative(size):
    async with opened(size) as (app, pilot, _):
        await ask(app, pilot, "north pit cots cost")
        text = " ".join(page(app).replace("\N{NO-BREAK SPACE}", " ").split())
        assert "$4.62 per ounce of gold" in text
        assert f"line {ROW_LINE}" in text
        assert "2 places agree" in text
        assert "non-GAAP" in text
        assert "read “cots” as “cost”" in text
        assert "$5.31" in text
        assert "4.62" in screen_text(app)


async def test_words_are_marked_while_typing_and_tab_accepts_the_completion():
    async with opened() as (app, pilot, _):
        await type_in(app, pilot, "zzz nor")
        assert [completion.text for completion in app.ask_line.list.completions] == ["north"]
        assert [(each.text, each.kind) for each in app.ask_line.said[1]] == [("zzz", "")]
        assert app.ask_line._suggestion == "zzz north"
        await pilot.press("tab")
        await settle(app, pilot)
        assert app.ask_line.value == "zzz north"
        assert [each.kind for each in app.ask_line.said[1]] == ["", "entity"]
        styles = {span.style.underline for span in app.ask_line._value.spans}
        assert styles == {True, None}


async def test_enter_asks_what_is_typed_though_the_list_is_open():
    async with opened() as (app, pilot, engine):
        await type_in(app, pilot, "nor")
        assert app.ask_line.list.is_shown
        await pilot.press("down", "enter")
        await settle(app, pilot)
        assert [question for question, _ in engine.asked] == ["nor"]
        assert not app.ask_line.list.is_shown


async def test_arrows_bring_back_earlier_questions_and_the_draft():
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await ask(app, pilot, "north pit output trend")
        await type_in(app, pilot, "dra")
        await pilot.press("up")
        assert app.ask_line.value == "north pit output trend"
        await pilot.press("up", "up")
        assert app.ask_line.value == "north pit cost"
        await pilot.press("down", "down")
        assert app.ask_line.value == "dra"


async def test_down_on_an_empty_line_offers_examples():
    async with opened() as (app, pilot, engine):
        await pilot.press("down")
        await settle(app, pilot)
        await pilot.press("down", "down", "tab")
        assert app.ask_line.value == QUESTIONS[1]
        assert not engine.asked


async def test_follow_ups_continue_the_conversation_until_a_new_one():
    async with opened() as (app, pilot, engine):
        await ask(app, pilot, "north pit cost")
        await ask(app, pilot, "blorp")
        await ask(app, pilot, "and earlier?")
        await ask(app, pilot, "/new")
        await ask(app, pilot, "north pit output trend")
        assert [context for _, context in engine.asked] == [
            (),
            ("north pit cost",),
            ("north pit cost",),
            (),
        ]


async def test_a_suggestion_of_a_refusal_is_asked_by_key():
    async with opened() as (app, pilot, engine):
        await ask(app, pilot, "blorp")
        assert "I don't know the word “blorp”" in page(app)
        await pilot.press("alt+2")
        await settle(app, pilot)
        assert engine.asked[-1][0] == "north pit output trend"


async def test_alt_and_a_digit_picks_where_it_comes_as_a_letter_and_only_on_an_empty_line():
    async with opened() as (app, pilot, engine):
        await ask(app, pilot, "blorp")
        app.ask_line.put("x")
        app.post_message(Key("pound_sign", "£"))
        await pilot.pause()
        assert app.ask_line.value == "x£"
        app.ask_line.put("")
        app.post_message(Key("inverted_exclamation_mark", "¡"))
        await settle(app, pilot)
        assert app.ask_line.value == ""
        assert engine.asked[-1][0] == "north pit cost"


async def test_an_alternative_is_taken_by_key_and_the_first_reading_stays_among_the_others():
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await pilot.press("escape", "1")
        await settle(app, pilot)
        answer = app.transcript.entries[-1].answer
        assert [value.value for value in answer.values] == [5.31]
        assert answer.alternatives[0].values[0].value == 4.62
        assert answer.sql == ""


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_figures_over_periods_come_as_bars_that_fit(width):
    async with opened((width, 40)) as (app, pilot, _):
        await ask(app, pilot, "north pit output trend")
        lines = [plain(line) for line in app.transcript.entries[-1].lines(width - 6)]
        bars = [line for line in lines if "█" in line]
        assert len(bars) == 8
        assert max(map(len, lines)) <= width - 6
        assert all("oz" in line for line in bars)


@pytest.mark.parametrize("size", SIZES)
async def test_the_source_shows_the_cited_span_its_headings_and_row_label(size):
    async with opened(size) as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await pilot.press("f2")
        await settle(app, pilot)
        text = screen_text(app)
        assert app.focused.id == "source-view"
        assert "NORTH PIT" in text
        assert "Mar. 31, 2011" in text
        row = next(line for line in text.split("\n") if f"{ROW_LINE}" in line and "▌" in line and "4.62" in line)
        assert "Cash cost per" in row
        await pilot.press("f2")
        await settle(app, pilot)
        assert not app.is_source_shown
        assert app.ask_line.has_focus


async def test_citations_are_walked_around_with_all_operands():
    async with opened((120, 40)) as (app, pilot, _):
        await ask(app, pilot, "how much has output grown")
        assert app.place.citation.quote == LINES[ROW_LINE - 1]
        first = app.place
        await pilot.press("alt+right")
        await settle(app, pilot)
        assert app.place.role == "operand"
        assert app.place != first
        await pilot.press("alt+right")
        assert app.place == first
        await pilot.press("alt+left")
        assert app.place != first


async def test_words_are_found_in_the_whole_filing():
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await pilot.press("f3")
        await settle(app, pilot)
        await type_in(app, pilot, "After 15")
        await pilot.press("enter")
        await settle(app, pilot)
        assert "After 150" in screen_text(app)
        await pilot.press("escape", "escape")
        assert app.ask_line.has_focus


async def test_filings_are_listed_and_opened():
    async with opened() as (app, pilot, _):
        await pilot.press("f4")
        await settle_picker(app, pilot)
        assert "quill.txt" in screen_text(app)
        await pilot.press(*"reports", "enter")
        await settle(app, pilot)
        assert "QUILL & SONS REPORTS" in screen_text(app)


async def settle_picker(app, pilot):
    for _ in range(200):
        await pilot.pause(0.005)
        if len(app.screen_stack) > 1:
            break
    await pilot.pause()


@pytest.mark.parametrize(("key", "words", "line"), [("f3", "cash", ROW_LINE), ("f7", "foot", None)])
async def test_facts_and_failed_checks_of_a_filing_lead_to_their_lines(key, words, line):
    async with opened() as (app, pilot, _):
        await pilot.press("f4")
        await settle_picker(app, pilot)
        await pilot.press(key)
        for _ in range(100):
            await pilot.pause(0.005)
            if len(app.screen_stack) > 1 and len(app.screen._rows.columns) != 6:
                break
        await pilot.press(*words, "enter")
        await settle(app, pilot)
        assert app.is_source_shown
        assert app.place is not None
        assert line is None or app.place.citation.line == line


async def test_a_long_question_says_so_and_can_be_stopped_while_typing_goes_on():
    async with opened() as (app, pilot, engine):
        app.ask_line.put("slow")
        await pilot.press("enter")
        await asyncio.sleep(0.8)
        await pilot.press(*"nor")
        assert app.ask_line.value == "nor"
        assert "asking for" in page(app)
        await pilot.press("escape")
        await pilot.pause()
        assert engine.interrupted.is_set()
        assert app.transcript.entries[-1].state == "stopped"
        assert app.running is None
        await ask(app, pilot, "north pit cost")
        assert "4.62" in page(app)


async def test_a_fault_of_the_engine_is_said_and_the_next_question_is_answered():
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "crash")
        assert "KeyError" in page(app)
        await ask(app, pilot, "north pit cost")
        assert "4.62" in page(app)


async def test_the_palette_knows_every_action_and_the_help_opens():
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        titles = {command.title for command in app.get_system_commands(app.screen)}
        assert {"New conversation", "Copy: value", "Export", "Filings", "Checks", "Next citation", "Theme"} <= titles
        assert any(title.startswith("Take: cash cost per ton") for title in titles)
        await pilot.press("f1")
        await pilot.pause()
        assert "accepts the completion" in screen_text(app)
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


async def test_light_and_dark_are_remembered(tmp_path):
    kept = Kept(preferences=tmp_path / "interface.json")
    async with opened(kept=kept) as (app, pilot, _):
        assert app.theme == "stope-dark"
        await pilot.press("f9")
        await settle(app, pilot)
        assert app.theme == "stope-light"
    async with opened(kept=kept) as (app, _, _):
        assert app.theme == "stope-light"


async def test_the_conversation_survives_a_restart_and_not_without_history(tmp_path):
    log = tmp_path / "kept.jsonl"
    async with opened(kept=Kept(log=log)) as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await ask(app, pilot, "blorp")
    async with opened(kept=Kept(log=log)) as (app, pilot, engine):
        assert "4.62" in page(app)
        assert app.transcript.entries[0].answer.values[0].citations[0].line == ROW_LINE
        await pilot.press("up")
        assert app.ask_line.value == "blorp"
        await ask(app, pilot, "and earlier?")
        assert engine.asked[-1][1] == ()
    async with opened() as (app, _, _):
        assert "4.62" not in page(app)


async def test_a_thousand_answers_stay_quick():
    async with opened((120, 40)) as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        entry = app.transcript.entries[-1]
        for _ in range(999):
            app.transcript.add(type(entry)(entry.text, "answered", entry.answer))
        await settle(app, pilot)
        assert app.transcript.selected == len(app.transcript.entries) - 1
        assert app.transcript.is_vertical_scroll_end
        await type_in(app, pilot, "nor")
        assert app.query_one("#ask", Input).value == "nor"


async def test_keys_of_the_place_stand_in_the_footer():
    async with opened() as (app, pilot, _):
        assert "Accept" in screen_text(app).split("\n")[-1]
        await ask(app, pilot, "north pit cost")
        await pilot.press("f2")
        await settle(app, pilot)
        assert "Find" in screen_text(app).split("\n")[-1]


async def test_the_way_back_to_the_ask_line_stands_in_the_footer_of_a_small_screen():
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        for keys in (("f2",), ("escape", "escape")):
            await pilot.press(*keys)
            await settle(app, pilot)
            assert not app.ask_line.has_focus
            assert "Esc Ask line" in screen_text(app).split("\n")[-1]
        await pilot.press("escape")
        await settle(app, pilot)
        assert app.ask_line.has_focus
        assert "Esc Ask line" not in screen_text(app).split("\n")[-1]


async def test_copies_are_the_rendered_bytes_and_the_message_says_the_way(tmp_path, monkeypatch):
    board = tmp_path / "board"
    monkeypatch.setattr("assistant.tui.clipboard.native_command", lambda: ["sh", "-c", f"cat > {board}"])
    kept = Kept(last_copy=tmp_path / "last-copy.txt")
    async with opened(kept=kept) as (app, pilot, engine):
        await ask(app, pilot, "north pit cost")
        await pilot.press("ctrl+y")
        await settle(app, pilot)
        rendered = engine.render(app.entry.answer, "text")
        assert board.read_text() == kept.last_copy.read_text() == app.clipboard == rendered
        assert any("with sh and OSC 52" in message and "last-copy.txt" in message for message in said(app))
        await pilot.press("escape", "v")
        await settle(app, pilot)
        assert board.read_text() == "$4.62 per ounce of gold"
        await pilot.press("l")
        await settle(app, pilot)
        assert board.read_text() == LINES[ROW_LINE - 1] + "\n"


async def test_without_a_native_command_the_message_promises_nothing(monkeypatch):
    monkeypatch.setattr("assistant.tui.clipboard.native_command", lambda: None)
    async with opened() as (app, pilot, _):
        await pilot.press("ctrl+y")
        assert any("nothing to copy yet" in message for message in said(app))
        await ask(app, pilot, "north pit cost")
        await pilot.press("ctrl+y")
        await settle(app, pilot)
        assert any("OSC 52 only" in message for message in said(app))


async def test_a_chosen_format_stays_the_one_of_the_copy_key(tmp_path):
    kept = Kept(preferences=tmp_path / "interface.conf")
    async with opened(kept=kept) as (app, pilot, engine):
        await ask(app, pilot, "north pit cost")
        await pilot.press("f5")
        await settle_picker(app, pilot)
        await pilot.press(*"markdown", "enter")
        await settle(app, pilot)
        assert app.clipboard == engine.render(app.entry.answer, "markdown")
    assert Preferences.load(kept.preferences).copy_format == "markdown"


async def test_the_conversation_is_exported_to_a_file_and_none_is_overwritten(tmp_path):
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "before")
        await ask(app, pilot, "/new")
        await ask(app, pilot, "north pit cost")
        path = tmp_path / "memo.md"
        await ask(app, pilot, f"/export {path}")
        assert path.read_text().startswith("## north pit cost\n")
        await ask(app, pilot, f"/export {path}")
        assert any("is there already" in message for message in said(app))


async def test_a_slash_command_is_completed_and_an_unknown_one_is_said():
    async with opened() as (app, pilot, engine):
        await type_in(app, pilot, "/fi")
        assert [each.text for each in app.ask_line.list.completions] == ["/find", "/filings"]
        await ask(app, pilot, "/nonsense")
        assert any("there is no /nonsense" in message for message in said(app))
        assert not engine.asked


async def test_an_earlier_question_is_found_in_the_history():
    async with opened() as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await ask(app, pilot, "north pit output trend")
        await pilot.press("f8")
        await settle_picker(app, pilot)
        await pilot.press(*"cost", "enter")
        await settle(app, pilot)
        assert app.ask_line.value == "north pit cost"


async def test_the_source_follows_the_selected_answer():
    async with opened((120, 40)) as (app, pilot, _):
        await ask(app, pilot, "north pit cost")
        await ask(app, pilot, "tell me about roads")
        assert app.place.citation.line == 9
        await pilot.press("alt+up")
        await settle(app, pilot)
        assert app.place.citation.line == ROW_LINE
        await pilot.press("escape", "d")
        await settle(app, pilot)
        assert "read as:" in page(app)


async def test_clicks_pick_an_example_open_a_citation_and_press_a_key():
    async with opened((120, 40)) as (app, pilot, _):
        await pilot.click("#transcript", offset=(6, 1))
        assert app.ask_line.value == QUESTIONS[0]
        await pilot.press("enter")
        await settle(app, pilot)
        row = next(number for number, line in enumerate(screen_text(app).split("\n")) if "[1]" in line)
        await pilot.click(offset=(4, row))
        await settle(app, pilot)
        assert app.is_source_shown
        footer = screen_text(app).split("\n")[-1]
        await pilot.click(offset=(footer.index("F1") + 1, 39))
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_a_missing_store_ends_the_interface_with_its_message():
    class Missing(FakeEngine):
        def summary(self):
            raise StoreMissing("there is no store at x")

    engine = Missing()
    app = StopeApp(lambda: engine)
    async with app.run_test() as pilot:
        for _ in range(50):
            await pilot.pause(0.01)
    assert app.return_code == 3
