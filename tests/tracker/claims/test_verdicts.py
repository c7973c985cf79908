"""Each of the ten verdicts, in the order in which they are tried, on both databases."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.acts import act, file_under
from db.records import Chain, Count, Definition

KILLED_IN_SUDAN = Definition(outcome="killed", place="Sudan", tally="cumulative", since=date(2024, 1, 1))
OFFICE = "Invented Press Office"
BUREAU = "Invented Health Bureau"


def chain(*names: str) -> Chain:
    return Chain(attribution=names, written=(names,), issuer=names[-1], authority=names[-1])


def test_a_number_that_was_current_on_the_day_is_supported(record: Any) -> None:
    record.series(1_204, 1_377, 1_512)
    found = record.check("1,377 people had been killed in Sudan by 20 January 2024.")
    assert found.verdict == "supported"
    assert found.because == f"{BUREAU} gave 1,377 as of 20 January 2024, as published by The Fictional Ledger."
    assert found.independent_authorities == 1
    assert [piece.relation for piece in found.evidence] == ["agree"]
    assert found.evidence[0].figure.figure.evidence.quote == "1,377 people"


def test_a_number_stands_until_the_next_one(record: Any) -> None:
    record.series(1_204, 1_377, 1_512)
    assert record.verdict("1,377 people had been killed in Sudan by 25 January 2024.") == "supported"
    assert record.verdict("1,377 people had been killed in Sudan by 30 January 2024.") == "superseded"


def test_a_claim_of_which_only_the_day_it_was_made_is_known_has_a_day_of_grace(record: Any) -> None:
    record.series(1_204, 1_377, 1_512)
    text = "1,377 people have been killed in Sudan."
    assert record.verdict(text, on=date(2024, 1, 30)) == "supported"
    assert record.verdict(text, on=date(2024, 1, 19)) == "supported"
    assert record.verdict(text, on=date(2024, 1, 31)) == "superseded"
    assert record.verdict(text, on=date(2024, 1, 18)) == "premature"


def test_a_superseded_claim_is_told_when_it_was_current_and_what_came_since(record: Any) -> None:
    record.series(1_204, 1_377, 1_512)
    found = record.check("1,204 people have been killed in Sudan.")
    assert found.verdict == "superseded"
    assert found.would_have_matched == (
        f"1,204 was {BUREAU}'s figure of 10 January 2024; it gave 1,512 as of 30 January 2024.",
    )


def test_a_number_reported_only_later_is_premature(record: Any) -> None:
    record.series(1_204, 1_377, 1_512)
    found = record.check("1,512 people had been killed in Sudan by 15 January 2024.")
    assert found.verdict == "premature"
    assert "a later day than the claim's, 15 January 2024" in found.because


def test_a_number_published_after_the_claim_was_made_is_premature(record: Any) -> None:
    record.figure(1_204, date(2024, 1, 10), published=date(2024, 1, 20))
    text = "1,204 people had been killed in Sudan by 10 January 2024."
    found = record.check(text)
    assert found.verdict == "premature"
    assert "published on 20 January 2024, after 10 January 2024" in found.because
    assert record.verdict(text, on=date(2024, 1, 21)) == "supported"


def test_a_figure_without_a_day_of_publication_is_known_only_today(record: Any) -> None:
    record.figure(1_204, date(2024, 1, 10), published=None)
    found = record.check("1,204 people had been killed in Sudan by 10 January 2024.")
    assert found.verdict == "premature"
    assert "when that was published is not recorded" in found.because
    assert record.verdict("1,204 people have been killed in Sudan.") == "supported"


def test_a_number_of_another_source_than_the_one_named_is_misattributed(record: Any) -> None:
    record.series(1_204, 1_377)
    record.figure(900, date(2024, 1, 20), chain=chain(OFFICE))
    found = record.check("1,377 people had been killed in Sudan by 20 January 2024.", source=OFFICE)
    assert found.verdict == "misattributed"
    assert found.because == (
        f"The number is recorded from {BUREAU}, not from {OFFICE}, of whom the store holds one figure."
    )


@pytest.mark.parametrize("named", [BUREAU, "The Fictional Ledger", "Invented Wire"])
def test_a_source_anywhere_in_the_chain_is_borne_out(record: Any, named: str) -> None:
    record.figure(1_377, date(2024, 1, 20), chain=chain("Invented Wire", BUREAU))
    assert record.verdict("1,377 people had been killed in Sudan by 20 January 2024.", source=named) == "supported"


def test_a_bare_claim_that_another_authority_excludes_is_disputed(record: Any) -> None:
    record.figure(1_377, date(2024, 1, 20))
    record.figure(2_019, date(2024, 1, 20), chain=chain(OFFICE))
    text = "1,377 people had been killed in Sudan by 20 January 2024"
    found = record.check(f"{text}.")
    assert found.verdict == "disputed"
    assert f"{OFFICE} gave 2,019 as of 20 January 2024" in found.because
    assert [piece.relation for piece in found.evidence] == ["agree", "contradict"]
    assert record.verdict(f"{text}.", source=BUREAU) == "supported"


def test_a_claim_whose_every_figure_was_withdrawn_is_retracted(record: Any) -> None:
    figure = record.figure(1_377, date(2024, 1, 20))
    act(record.store, "retract", figure, reason="a slip", on_day=date(2024, 1, 22))
    text = "1,377 people have been killed in Sudan."
    found = record.check(text)
    assert found.verdict == "retracted"
    assert "retracted by The Fictional Ledger on 22 January 2024 (“a slip”)" in found.because
    # Before the retraction nobody could know of it.
    assert record.verdict(text, on=date(2024, 1, 21)) == "supported"


def test_a_number_that_was_disowned_and_stands_from_another_source_is_supported(record: Any) -> None:
    disowned = record.figure(1_377, date(2024, 1, 20))
    act(record.store, "disown", disowned, by=BUREAU, reason="never said", on_day=date(2024, 1, 22))
    assert record.verdict("1,377 people have been killed in Sudan.") == "retracted"
    record.figure(1_377, date(2024, 1, 20), chain=chain(OFFICE))
    assert record.verdict("1,377 people have been killed in Sudan.") == "supported"
    assert record.verdict("1,377 people have been killed in Sudan.", source=BUREAU) == "retracted"


@pytest.mark.parametrize(
    ("claimed", "verdict"),
    [
        ("More than 1,000", "consistent"),  # 1,377 lies within
        ("More than 1,300", "consistent"),
        ("More than 1,370", "superseded"),  # three digits name a moment, though no figure of it is recorded
        ("More than 500", "superseded"),  # below half
        ("At least 1,377", "supported"),
        ("More than 1,377", "not_recorded"),  # exactly that many is not more
        ("Fewer than 2,000", "consistent"),
        ("More than 1,500", "contradicted"),
        ("Up to 1,200", "contradicted"),
        ("Between 1,300 and 1,400", "consistent"),
        ("Hundreds of", "consistent"),
        ("Dozens of", "consistent"),  # far below, and no earlier figure lay inside
        ("Thousands of", "contradicted"),
        ("About 1,400", "supported"),  # 1,377 rounds to it
        ("About 1,300", "consistent"),  # close to it, and does not round to it
        ("Nearly 1,400", "supported"),
        ("Exactly 1,377", "supported"),
        ("Exactly 1,400", "contradicted"),
        ("Only 1,377", "supported"),
        ("1,400", "supported"),  # so round a number reads as rounded
        ("1,401", "contradicted"),
        ("9,999", "contradicted"),
    ],
)  # fmt: skip
def test_bounds_and_roundings_of_a_claim(record: Any, claimed: str, verdict: str) -> None:
    record.figure(1_377, date(2024, 1, 20))
    found = record.check(f"{claimed} people had been killed in Sudan by 20 January 2024.")
    assert found.verdict == verdict, found.because


def test_a_vague_word_is_superseded_once_a_figure_inside_it_was_passed(record: Any) -> None:
    record.series(150, 5_000)
    found = record.check("Dozens of people had been killed in Sudan by 30 January 2024.")
    assert found.verdict == "superseded"


def test_a_number_between_two_reports_is_consistent(record: Any) -> None:
    record.series(1_204, 1_377)
    found = record.check("1,299 people had been killed in Sudan by 15 January 2024.")
    assert found.verdict == "consistent"
    assert found.because.endswith("it gave 1,377 as of 20 January 2024; the claim's number lies between them.")


def test_a_number_inside_a_recorded_range_is_consistent(record: Any) -> None:
    wide = Count(low=1_100, high=1_500, qualifier="range", text="1,100 to 1,500")
    record.figure(0, date(2024, 1, 20), count=wide)
    assert record.verdict("1,313 people had been killed in Sudan by 20 January 2024.") == "consistent"


@pytest.mark.parametrize(
    ("claim", "changed", "facet"),
    [
        ("1,377 people had been injured in Sudan by 20 January 2024.", {}, "outcome"),
        ("1,377 children had been killed in Sudan by 20 January 2024.", {}, "age"),
        ("1,377 people had been killed in Sudan by 20 January 2024.", {"basis": "identified"}, "basis"),
        ("1,377 people had been killed in Sudan by 20 January 2024.", {"outcome": "casualties"}, "outcome"),
        ("1,377 people had been killed in Sudan by 20 January 2024.", {"outcome": "killed_or_injured"}, "outcome"),
        ("1,377 people had been killed in Sudan by 20 January 2024.", {"subgroup": "women_and_children"}, "subgroup"),
        (
            "1,377 people had been killed in Sudan by 20 January 2024.",
            {"tally": "added", "since": None, "hours": 24},
            "tally",
        ),
        ("1,377 people were killed in Sudan in the past 24 hours.", {}, "tally"),
    ],
)  # fmt: skip
def test_a_number_recorded_for_something_else_is_conflated(
    record: Any, claim: str, changed: dict[str, Any], facet: str
) -> None:
    record.figure(1_377, date(2024, 1, 20), definition=KILLED_IN_SUDAN.changed(**changed))
    found = record.check(claim, on=date(2024, 1, 20))
    assert (found.verdict, found.differing[0]) == ("conflated", facet), found.because
    assert found.because.startswith("1,377 is recorded for something else: ")


def test_a_number_of_two_digits_is_conflated_with_nothing(record: Any) -> None:
    record.figure(14, date(2024, 1, 20), definition=KILLED_IN_SUDAN.changed(outcome="injured"))
    assert record.verdict("14 people had been killed in Sudan by 20 January 2024.") == "not_recorded"


def test_a_number_of_another_country_is_not_conflated(record: Any) -> None:
    record.figure(1_377, date(2024, 1, 20))
    assert record.verdict("1,377 people had been killed in Nepal by 20 January 2024.") == "not_recorded"


def test_a_part_above_its_whole_is_contradicted(record: Any) -> None:
    record.figure(1_377, date(2024, 1, 20))
    found = record.check("2,019 children had been killed in Sudan by 20 January 2024.")
    assert found.verdict == "contradicted"


def test_two_transposed_digits_are_said_to_differ_by_a_digit(record: Any) -> None:
    record.figure(1_377, date(2024, 1, 20))
    found = record.check("1,737 people had been killed in Sudan by 20 January 2024.")
    assert found.verdict == "contradicted"
    assert "the two numbers differ by a digit" in found.because


def test_a_relay_that_carries_an_older_number_on_makes_it_no_fresher(record: Any) -> None:
    record.series(1_204, 1_377)
    record.figure(1_204, date(2024, 2, 15), as_of_basis="publication", chain=chain("Invented Wire", BUREAU))
    assert record.verdict("1,204 people had been killed in Sudan by 20 February 2024.") == "superseded"
    assert record.verdict("1,377 people had been killed in Sudan by 20 February 2024.") == "supported"


def test_a_hidden_issuer_s_number_stands_until_anybody_gives_a_later_one(record: Any) -> None:
    hidden = Chain(issuer_words="officials said")
    record.figure(1_150, date(2024, 1, 5), chain=hidden)
    found = record.check("1,150 people had been killed in Sudan by 6 January 2024.")
    assert (found.verdict, found.independent_authorities) == ("supported", 0)
    record.figure(1_204, date(2024, 1, 10))
    assert record.verdict("1,150 people had been killed in Sudan by 12 January 2024.") == "superseded"


def test_an_archived_claim_is_judged_by_what_could_be_known_then(record: Any) -> None:
    record.figure(1_377, date(2024, 1, 20), published=date(2024, 1, 25))
    text = "1,377 people had been killed in Sudan by 20 January 2024."
    assert record.verdict(text, on=date(2024, 2, 1), as_known_on=date(2024, 1, 24)) == "not_recorded"
    assert record.verdict(text, on=date(2024, 2, 1), as_known_on=date(2024, 1, 25)) == "supported"


def test_a_claim_is_judged_by_what_was_recorded_at_an_instant(record: Any, clock: Callable[[], Any]) -> None:
    record.figure(1_204, date(2024, 1, 10))
    before = clock()
    record.figure(1_377, date(2024, 1, 20))
    text = "1,377 people had been killed in Sudan by 20 January 2024."
    assert record.verdict(text) == "supported"
    assert record.verdict(text, as_recorded_on=before) == "not_recorded"


def test_a_figure_filed_under_another_event_is_found_there(record: Any) -> None:
    record.event("The First Fictional Flood")
    record.event("The Second Fictional Flood")
    figure = record.figure(1_377, date(2024, 1, 20), event="The First Fictional Flood")
    text = "1,377 people had been killed by 20 January 2024."
    assert record.verdict(text, event="The First Fictional Flood") == "supported"
    assert record.verdict(text, event="The Second Fictional Flood") == "not_recorded"
    file_under(record.store, "The Second Fictional Flood", [figure])
    assert record.verdict(text, event="The First Fictional Flood") == "not_recorded"
    assert record.verdict(text, event="The Second Fictional Flood") == "supported"


def test_a_claim_that_fits_two_places_is_contradicted_by_neither_alone(record: Any) -> None:
    bare = "700 Palestinians had been killed by 20 January 2024."
    palestinians = KILLED_IN_SUDAN.changed(group="Palestinians", place="Gaza Strip")
    record.figure(1_377, date(2024, 1, 20), definition=palestinians)
    assert record.verdict(bare) == "contradicted"
    at_least = Count(low=60, best=60, qualifier="at_least", text="at least 60")
    record.figure(60, date(2024, 1, 20), count=at_least, definition=palestinians.changed(place="West Bank"))
    found = record.check(bare)
    assert found.verdict == "not_recorded"
    record.figure(700, date(2024, 1, 20), definition=palestinians.changed(place="West Bank"), chain=chain(OFFICE))
    assert record.verdict(bare) == "supported"


def test_an_estimate_that_a_claim_repeats_without_the_word_is_met_by_its_bounds(record: Any) -> None:
    about = Count(best=1_400, qualifier="approximately", text="about 1,400")
    estimated = KILLED_IN_SUDAN.changed(basis="estimated")
    record.figure(1_400, date(2024, 1, 20), count=about, definition=estimated)
    found = record.check("About 1,400 people had been killed in Sudan by 20 January 2024.")
    assert found.verdict == "supported"


def test_a_store_in_which_nothing_is_recorded_bears_nothing_out(record: Any) -> None:
    found = record.check("1,377 people had been killed in Sudan by 20 January 2024.")
    assert (found.verdict, found.evidence, found.independent_authorities) == ("not_recorded", (), 0)
    assert found.because == "Nothing comparable is recorded by 20 January 2024."


def test_an_incident_of_one_day_is_not_that_of_another_day_in_the_same_place(record: Any) -> None:
    record.event("The Fictional Market Fire", from_day=date(2024, 1, 20), place="Sudan")
    incident = Definition(outcome="killed", place="Sudan", tally="incident")
    record.figure(471, date(2024, 1, 21), definition=incident, event="The Fictional Market Fire")
    assert record.verdict("On 20 January 2024, 471 people were killed in Sudan.") == "supported"
    assert record.verdict("On 20 January 2024, 130 people were killed in Sudan.") == "contradicted"
    assert record.verdict("On 25 January 2024, 130 people were killed in Sudan.") == "not_recorded"
