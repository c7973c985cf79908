"""`envelope` from the outside: who stands where, and a figure marked by a rule that was asked for."""

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def two_authorities(run: Run) -> None:
    for number, day, issuer in ((12, "2024-05-01", "Fictional Guard"), (15, "2024-05-02", "Fictional Board")):
        said = ["--quote", f"{number} people killed", "--publisher", issuer, "--published", day, "--as-of", day]
        added = run(
            "add", "--number", number, "--outcome", "killed", "--place", "Libya", "--tally", "cumulative", *said
        )
        assert added.exit_code == 0, added.output


@pytest.mark.usefixtures("two_authorities")
def test_who_stands_where_is_shown_and_a_figure_marked_by_a_rule(run: Run, answer: Callable[..., Any]) -> None:
    printed = run("envelope", "--recommend", "latest").stdout
    assert "12: Fictional Guard (1); 15: Fictional Board (1)" in printed
    assert "Marked by the rule that was asked for, the figure of the latest day" in printed
    (one,) = answer("envelope", "--recommend", "highest")["envelopes"]
    assert [stretch["highest"] for stretch in one["stretches"]] == [12, 15]
    assert (one["recommended"]["rule"], one["recommended"]["authority"]) == ("highest", "Fictional Board")
    assert one["lines"].keys() == {"Fictional Guard", "Fictional Board"}


@pytest.mark.usefixtures("two_authorities")
def test_nothing_is_marked_unless_a_rule_is_asked_for(run: Run, answer: Callable[..., Any]) -> None:
    assert answer("envelope")["envelopes"][0]["recommended"] is None
    assert "Marked" not in run("envelope").stdout
    assert run("envelope", "--recommend", "best").exit_code == 2


@pytest.mark.usefixtures("two_authorities")
def test_the_measures_of_the_literature_are_added_where_asked_for(run: Run, answer: Callable[..., Any]) -> None:
    assert "divergence" not in answer("disagreements")
    assert answer("disagreements", "--divergence")["divergence"] == []
    for number, issuer in ((3, "Fictional Guard"), (4, "Fictional Board")):
        words = ["--tally", "incident", "--since", "2024-05-01", "--quote", f"{number} people killed in a fire"]
        run("add", "--number", number, "--outcome", "killed", "--place", "Libya", "--publisher", issuer, *words)
    (killed,) = answer("disagreements", "--divergence")["divergence"]
    assert (killed["events"], killed["several_reports"], killed["differing"]) == (1, 1, 1)
    assert (killed["mean_divergence"], killed["normalised_divergence"], killed["share_differing"]) == (1, 0.5, 1)
    assert "100.0%" in run("disagreements", "--divergence").stdout


@pytest.mark.usefixtures("two_authorities")
def test_an_overview_says_since_when_and_takes_no_filters(run: Run, answer: Callable[..., Any]) -> None:
    found = answer("disagreements", "--overview")
    assert [(one["relation"], one["from"], one["to"]) for one in found["stretches"]] == [
        ("compatible", "2024-05-02", None)
    ]
    assert found["summary"] == answer("disagreements")["summary"]
    printed = run("disagreements", "--overview").stdout
    assert "people killed in Libya" in printed
    assert "last recorded" in printed
    assert run("disagreements", "--overview", "--exit-code").exit_code == 0
    refused = run("disagreements", "--overview", "--outcome", "killed")
    assert (refused.exit_code, "takes no filters" in refused.stderr) == (2, True)


def test_an_unresolved_contradiction_is_unwelcome_in_an_overview_too(run: Run) -> None:
    for number, day, issuer in ((12, "2024-05-02", "Fictional Guard"), (15, "2024-05-01", "Fictional Board")):
        said = ["--quote", f"{number} people killed", "--publisher", issuer, "--published", day, "--as-of", day]
        counted = ["--outcome", "killed", "--place", "Libya", "--tally", "cumulative"]
        assert run("add", "--number", number, *counted, *said).exit_code == 0
    assert run("disagreements", "--overview", "--exit-code").exit_code == 3
