"""Printed rows find their metric or none: all cells of the gold, wordings of other filings, rows to leave alone."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grammar.labels import label_key, loss_label, metric_of, tells_results
from grammar.lexicon import lexicon
from tests.loader import load
from tests.test_lexicon import AGREED


def row_metric(case):
    return metric_of(
        case["label"],
        case.get("under", []),
        case.get("title", ""),
        case.get("in"),
        case.get("unit"),
        case.get("metal"),
        case.get("entity"),
        case.get("above"),
    )


@pytest.mark.parametrize("case", load("labels"))
def test_the_row_means(case):
    assert row_metric(case) == case.get("means")


@pytest.mark.parametrize("case", load("labels", "alike"))
def test_wordings_of_one_label_have_one_key(case):
    assert {label_key(text) for text in case["labels"]} == {case["key"]}


@pytest.mark.parametrize("case", load("labels", "different"))
def test_labels_that_differ_keep_apart(case):
    assert len({label_key(text) for text in case["labels"]}) == len(case["labels"])


def test_every_cell_of_the_gold(shared: Path):
    with (shared / "gold" / "cells.csv").open(encoding="utf-8") as file:
        cells = list(csv.DictReader(file))
    company = max((cell["entity"] for cell in cells), key=[cell["entity"] for cell in cells].count)
    wrong = []
    for cell in cells:
        kind = "company" if cell["entity"] == company else "mine"
        path = [heading for heading in cell["heading_path"].split(" > ") if heading]
        found = metric_of(cell["label"], path, "", cell["statement"], cell["unit"], cell["metal"] or None, kind)
        if found != AGREED.get(cell["metric"], cell["metric"]):
            wrong.append((cell["doc"], cell["line"], cell["label"], found))
    assert wrong == []


def test_a_summary_of_results_is_known_by_its_rows():
    assert tells_results(["Net sales", "Gold produced (oz.)", "Net income (loss)"])
    assert tells_results(["Revenues", "Net earnings", "Net earnings per share"])
    assert not tells_results(["Net sales", "Gross profit", "Operating income"])
    assert not tells_results(["Net income", "Depreciation", "Change in inventories"])
    assert not tells_results(["Apples", "Pears", "Plums", "Quinces"])


@pytest.mark.parametrize(
    ("label", "loss"),
    [("Net loss", True), ("Net income (loss)", False), ("Provision for loan losses", False), ("Sales", False)],
)
def test_loss_labels(label, loss):
    assert loss_label(label) is loss


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.lists(st.text(), max_size=3), st.text(), st.sampled_from(["USD", "oz", "", "%", "USD/oz"]))
def test_any_text_has_a_metric_or_none(label, path, title, unit):
    found = metric_of(label, path, title, "income_statement", unit)
    assert found is None or found in lexicon().metrics


@given(st.text())
def test_keys_are_stable(text):
    assert label_key(label_key(text)) == label_key(text)
