"""The vocabulary holds together: every block is checked, phrases have owners, formulas stand on metrics."""

import csv
import shutil
from pathlib import Path

import pytest

from grammar.errors import LexiconError
from grammar.label_rules import rules_of
from grammar.lexicon import FOLDER, lexicon, places
from grammar.units import units
from grammar.words import fold, phrase_key
from tests.loader import load

AGREED = {  # ids of the gold that name a metal, or a sale of this one company, and what they are here
    **{f"{metal}_production": "production" for metal in ("silver", "gold", "lead", "zinc")},
    **{f"{metal}_price": "average_price" for metal in ("silver", "gold", "lead", "zinc")},
    "gold_price_realized": "realized_price",
    "hedged_gold_ounces": "hedged_ounces",
    "hedged_gold_price": "hedged_price",
    "silver_resource": "resource_contained",
    "hollister_proceeds": "sale_proceeds",
    "hollister_gain": "sale_gain",
}


@pytest.mark.parametrize("case", load("lexicon"))
def test_what_people_say_means_the_measure(case):
    assert lexicon().phrases[phrase_key(case["said"])] == tuple(case["means"])


@pytest.mark.parametrize("case", load("lexicon", "unknown"))
def test_what_no_measure_is_called(case):
    assert phrase_key(case["said"]) not in lexicon().phrases


def test_every_metric_of_the_gold_is_there(shared: Path):
    with (shared / "gold" / "metrics.csv").open(encoding="utf-8") as file:
        wanted = {AGREED.get(row["metric"], row["metric"]) for row in csv.DictReader(file)}
    assert wanted - lexicon().metrics.keys() == set()


def test_the_metals_have_a_slot_not_a_metric_each():
    lex = lexicon()
    assert not [key for key in lex.metrics if key.split("_")[0] in lex.metals]


def test_units_of_metrics_and_ratios_are_units():
    known = {*units(), "x", "count"}
    assert {unit for metric in lexicon().metrics.values() for unit in metric.units} <= known
    assert {ratio.unit for ratio in lexicon().ratios.values()} <= known


def test_label_rules_can_all_be_read():
    assert sum(len(rules_of(metric)) for metric in lexicon().metrics.values()) > 1000


def test_places_answer_to_their_adjectives():
    assert places()["Alaskan"].name == "Alaska"
    assert places()["venezuelan"].name == "Venezuela"
    assert "Atlantis" not in places()


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("inventories", "inventory"), ("taxes", "tax"), ("gross", "gross"), ("ounces", "ounce"), ("basis", "basis")],
)
def test_fold(plural, singular):
    assert fold(plural) == singular


def broken(folder: Path, text: str) -> Path:
    shutil.copytree(FOLDER, folder / "lexicon")
    (folder / "lexicon" / "metrics" / "zz.toml").write_text(text, encoding="utf-8")
    return folder / "lexicon"


@pytest.mark.parametrize("case", load("lexicon", "broken"))
def test_a_block_that_contradicts_another_is_named(case, tmp_path):
    with pytest.raises(LexiconError) as error:
        lexicon(broken(tmp_path, case["toml"]))
    for word in case["says"]:
        assert word in str(error.value)
