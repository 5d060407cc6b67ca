"""``--help`` tells a newcomer what there is: every format by its name, every command in a line that is not cut off."""

import pytest
from click.testing import CliRunner

from assistant.cli import cli
from assistant.formats import FORMATS

COMMANDS = sorted(cli.list_commands(None))
TO_WRITE = ("add", "fetch", "forget")  # never to the samples


def told(*words):
    result = CliRunner().invoke(cli, [*words, "--help"], prog_name="stope")
    assert result.exit_code == 0
    return " ".join(result.output.split())


def test_each_command_is_told_in_a_line_of_its_own():
    assert "..." not in told().partition("Commands:")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_which_store_it_means(name):
    assert ("else the embedded samples" in told(name)) == (name not in TO_WRITE)


def test_every_format_of_an_answer_is_named():
    assert [name for name in FORMATS if name not in told("ask")] == []
