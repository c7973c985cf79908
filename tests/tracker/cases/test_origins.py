"""Where a number was recorded first, whoever carried it: 2,808 of 16 October 2023 under three attributions."""

from typing import Any


def test_a_number_is_traced_to_its_first_recorded_appearance_and_nobody_is_corrected(record: Any) -> None:
    scope = {"tally": "cumulative", "group": "Palestinians"}
    dataset = record.add(
        2808, "2023-10-16", publisher="The Fictional Dataset", attribution="Government Media Office",
        place="Gaza Strip", **scope,
    )  # fmt: skip
    ocha = record.add(
        2808, "2023-10-17", publisher="OCHA", attribution="Gaza Ministry of Health", place="Gaza Strip", **scope
    )
    relayed = record.add(2808, "2023-10-17", qualifier="at_least", attribution="Al Jazeera", **scope)
    answered = record.ask("history", "--origins")["series"]
    origins = {step["figure"]["id"]: step["origin"] for series in answered for step in series["steps"]}
    assert origins[dataset] is None
    assert origins[ocha] == {
        "id": dataset,
        "issuer": "Government Media Office",
        "publisher": "The Fictional Dataset",
        "published": "2023-10-16",
    }
    assert origins[relayed]["id"] == dataset
    assert len(answered) == 3
    assert "origin" not in record.ask("history")["series"][0]["steps"][0]
    printed = record._done("history", "--origins")
    assert f"the number was recorded first in {dataset[:12]}: 2,808" in printed


def test_a_number_that_recurs_by_chance_has_no_origin(record: Any) -> None:
    for day in ("2023-10-16", "2023-10-17"):
        record.add(40, day, publisher=f"Gazette of {day}", place="Libya", tally="cumulative")
    steps = [step for series in record.ask("history", "--origins")["series"] for step in series["steps"]]
    assert [step["origin"] for step in steps] == [None, None]
