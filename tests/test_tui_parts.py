"""The parts of the interface that need no screen: layout, bars, wrapping, clipboard, kept conversation."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.conversation_log import ConversationLog, as_plain, revive
from assistant.tui.charts import bars, is_charted
from assistant.tui.clipboard import copied_message, copy_native, keep, native_command
from assistant.tui.copying import conversation_text, format_for, text_to_copy
from assistant.tui.layout import Entry
from assistant.tui.picking import swapped
from assistant.tui.places import places
from assistant.tui.preferences import Preferences
from assistant.tui.runs import Run, fit, plain, width_of, wrap
from assistant.tui.tables import row_names, table
from assistant.wording import say_list, say_value
from tests import answers as shapes
from tests.fake_engine import LINES, NOW, ROW, THEN, FakeEngine, trend

ANSWERS = [value for value in vars(shapes).values() if isinstance(value, Answer)]
ANSWERS += [FakeEngine().ask(question, ()) for question in ("cost", "trend", "has it grown", "roads", "blorp")]


@given(st.text(st.characters(blacklist_characters="\n\r")), st.integers(1, 40), st.integers(0, 4))
def test_wrapping_keeps_every_character_and_the_width(text, width, indent):
    lines = wrap([Run(text)], width + indent + 2, indent)
    joined = "".join(plain(line)[indent if number else 0 :] for number, line in enumerate(lines))
    assert "".join(joined.split()) == "".join(text.split())
    assert all(width_of(line) <= width + indent + 2 for line in lines)


def test_text_is_cut_with_an_ellipsis_and_never_wider():
    assert fit("Cash cost", 12) == "Cash cost   "
    assert fit("Cash cost", 5) == "Cash…"


@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=12), st.integers(8, 60))
def test_bars_are_as_wide_as_they_may_be_and_negative_ones_stand_left(figures, width):
    drawn = bars(figures, width)
    assert {width_of(bar) for bar in drawn} == {width}
    for figure, bar in zip(figures, drawn, strict=True):
        assert any(run.style == "bar-negative" and run.text for run in bar) == (figure < 0)


def test_figures_of_different_kinds_are_no_chart():
    assert is_charted(trend(4))
    assert not is_charted((*trend(3), NOW))
    assert not is_charted((NOW, NOW, NOW))


def test_rows_are_named_by_what_sets_them_apart():
    assert row_names([NOW, THEN]) == ["Q1 2011", "Q1 2010"]


def test_a_row_doesnt_say_twice_whose_it_is():
    rows = [
        replace(NOW, entity=name, label=f"{name} · {of}") for name, of in (("Adit", "A"), ("Adit", "B"), ("Ore", "B"))
    ]
    assert row_names(rows) == ["Adit · A", "Adit · B", "Ore · B"]


def test_a_sentence_that_lists_the_first_of_many_rows_is_left_to_the_table():
    rows = tuple(replace(NOW, entity=f"Shaft {n}", label=f"Shaft {n}", value=float(n)) for n in range(1, 21))
    said = say_list([(v.label, say_value(v.value, v.unit, v.metal)) for v in rows])
    entry = Entry("list it", "answered", Answer("list it", "answered", reading="all of it", verdict=said, values=rows))
    shown = [plain(line).strip() for line in entry.lines(100)]
    assert shown[1] == "all of it"
    assert sum("Shaft 3 " in line for line in shown) == 1


@pytest.mark.parametrize("width", [30, 60, 76, 116, 200])
@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_is_wider_than_its_room(answer, width):
    entry = Entry(answer.question, "answered", answer, open=True)
    assert max(width_of(line) for line in entry.lines(width)) <= width


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_cited_place_has_a_number_that_is_shown_or_agrees(answer):
    found = places(answer)
    assert [place.number for place in found] == list(range(1, len(found) + 1))
    text = "\n".join(plain(line) for line in Entry(answer.question, "answered", answer).lines(300))
    shown = [place for place in found if place.role == "value" and len(answer.values) == 1]
    assert all(f"[{place.number}]" in text for place in shown)


def test_a_table_in_a_narrow_room_keeps_the_figures():
    lines = [plain(line) for line in table(trend(3), {trend(1)[0].citations[0]: 1}, 30)]
    assert [line.count("oz") for line in lines] == [1, 1, 1]


def test_taking_an_alternative_twice_gives_the_first_reading_back():
    answer = FakeEngine().ask("cost", ())
    again = swapped(swapped(answer, 0), 0)
    assert again.values == answer.values
    assert again.reading == answer.reading


@pytest.mark.parametrize(
    ("environ", "platform", "there", "command"),
    [
        ({"WAYLAND_DISPLAY": "w"}, "linux", {"wl-copy", "xclip"}, "wl-copy"),
        ({"DISPLAY": ":0"}, "linux", {"wl-copy", "xclip", "xsel"}, "xclip"),
        ({"DISPLAY": ":0"}, "linux", {"xsel"}, "xsel"),
        ({}, "darwin", {"pbcopy"}, "pbcopy"),
        ({"WSL_DISTRO_NAME": "u"}, "linux", {"clip.exe"}, "clip.exe"),
        ({"TMUX": "/tmp/x"}, "linux", {"tmux"}, "tmux"),
        ({}, "linux", {"xclip", "wl-copy", "tmux"}, None),
        ({"DISPLAY": ":0"}, "linux", set(), None),
    ],
)
def test_the_clipboard_command_is_one_that_can_work_here(environ, platform, there, command):
    found = native_command(environ, platform, lambda name: name if name in there else None)
    assert (found[0] if found else None) == command


def test_a_native_copy_is_what_was_given_and_a_failure_is_known(tmp_path):
    target = tmp_path / "board"
    assert copy_native("naïve\n", ["sh", "-c", f"cat > {target}"])
    assert target.read_bytes() == "naïve\n".encode()
    assert not copy_native("x", ["sh", "-c", "exit 3"])
    assert not copy_native("x", [str(tmp_path / "nothing")])


def test_the_last_copy_is_kept_for_its_owner_alone(tmp_path):
    path = tmp_path / "deep" / "last-copy.txt"
    assert keep("one\r\ntwo\n", path)
    assert path.read_bytes() == b"one\r\ntwo\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert not keep("x", tmp_path)


def test_the_message_says_which_way_worked(tmp_path):
    assert "with wl-copy and OSC 52" in copied_message("the row", "wl-copy", None)
    assert "OSC 52 only" in copied_message("the row", None, tmp_path)
    assert str(tmp_path) in copied_message("the row", None, tmp_path)


def test_what_is_copied_is_what_the_command_prints():
    engine = FakeEngine()
    answer = engine.ask("cost", ())
    entry = Entry("cost", "answered", answer)
    place = places(answer)[0]
    for name, _ in engine.formats():
        assert text_to_copy("cited", entry, None, name, engine) == engine.render(answer, name)
    assert text_to_copy("value", entry, place, "text", engine) == "$4.62 per ounce of gold"
    assert text_to_copy("lines", entry, place, "text", engine) == ROW + "\n"
    row = text_to_copy("row", entry, place, "text", engine).splitlines()
    assert row == ["NORTH PIT", LINES[41], ROW]


@pytest.mark.parametrize(
    ("name", "format"), [("a.md", "markdown"), ("a.HTML", "html"), ("a", "text"), ("a.xyz", "text")]
)
def test_the_suffix_of_an_export_says_its_format(name, format):
    assert format_for(Path(name), ["text", "markdown", "html"]) == format


def test_an_export_has_every_question_and_json_a_line_each():
    engine = FakeEngine()
    entries = [Entry(question, "answered", engine.ask(question, ())) for question in ("cost", "blorp")]
    text = conversation_text([*entries, Entry("stopped", "stopped")], "markdown", engine)
    assert text.count("## ") == 2
    lines = conversation_text(entries, "json", engine).splitlines()
    assert [json.loads(line)["question"] for line in lines] == ["cost", "blorp"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_kept_answer_comes_back_as_it_was(answer):
    assert revive(Answer, json.loads(json.dumps(as_plain(answer)))) == answer


def test_a_line_that_cannot_be_read_is_left_out_and_counted(tmp_path):
    log = ConversationLog(tmp_path / "kept.jsonl")
    assert log.append("cost", (), ANSWERS[-5])
    with log.path.open("a") as file:
        file.write('{"asked": 1}\nnot json\n[]\n')
    assert log.append("grown", ("cost",), ANSWERS[-3])
    kept = log.read()
    assert [each.question for each in kept.exchanges] == ["cost", "grown"]
    assert kept.exchanges[1].context == ("cost",)
    assert kept.lost == 3
    assert log.path.stat().st_mode & 0o777 == 0o600
    assert [each.question for each in log.read(1).exchanges] == ["grown"]
    assert log.read(1).earlier == ("cost",)
    assert ConversationLog(tmp_path / "none").read().exchanges == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    tmp_path.chmod(0o500)
    assert not ConversationLog(tmp_path / "kept").append("cost", (), ANSWERS[-5])
    Preferences().save(tmp_path / "interface.conf")


def test_preferences_are_read_line_by_line_and_nonsense_is_left_out(tmp_path):
    path = tmp_path / "interface.conf"
    path.write_bytes(b"theme = stope-light\nwhat = ever\ncopy_format=\n\xc3\xa4 = 1\n")
    assert Preferences.load(path).theme == "stope-light"
    assert Preferences.load(path).copy_format == "text"
    assert Preferences.load(tmp_path / "nothing").theme == "stope-dark"
