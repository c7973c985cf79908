"""The words for a count, a definition, a chain and a day: exact, neutral, and there for every vocabulary term."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Chain, Count, Definition, Evidence, Figure, Period, ScopeNote, Share
from db.vocabulary import VOCABULARIES
from reports import words
from reports.sentences import (
    as_of_words,
    authority_words,
    capital,
    chain_words,
    count_words,
    day_words,
    definition_words,
    difference_words,
    figure_words,
    listed,
    number_of,
    outcome_words,
    people_words,
    period_words,
    published_words,
    share_words,
    short_as_of,
)
from reports.series import Change


def figure(count: Count | None = None, **others: Any) -> Figure:
    parts: dict[str, Any] = {
        "count": count if count or "share" in others else Count.exactly(12),
        "definition": Definition(outcome="killed"),
        "chain": Chain(),
        "evidence": Evidence(quote="12 people"),
        "origin": "manual",
    }
    return Figure(**parts | others)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count.exactly(2808), "2,808"),
        (Count(low=2808, best=2808, qualifier="at_least", text="at least 2,808"), "at least 2,808"),
        (Count(low=1400, best=1400, qualifier="more_than", text="over 1,400"), "more than 1,400"),
        (Count(high=200, qualifier="at_most", text="up to 200"), "up to 200"),
        (Count(high=200, qualifier="less_than", text="fewer than 200"), "fewer than 200"),
        (Count(best=500, qualifier="nearly", text="almost 500"), "nearly 500"),
        (Count(best=1400, qualifier="approximately", text="about 1,400"), "approximately 1,400"),
        (Count(low=100, high=300, qualifier="range", text="100 to 300"), "between 100 and 300"),
        (Count(low=1, best=2, high=3, qualifier="range", text="1-3"), "between 1 and 3 (best 2)"),
        (Count(low=5, qualifier="range", text="from 5"), "5"),
        (Count(low=1, best=2, high=3, qualifier="approximately", text="about 2"), "approximately 2 (1 to 3)"),
        (Count(low=24, qualifier="vague", text="dozens"), "“dozens” (24 or more)"),
        (Count(qualifier="vague", text="untold"), "“untold”"),
        (Count.exactly(0), "0"),
    ],
)
def test_a_count_keeps_its_hedge(count: Count, said: str) -> None:
    assert count_words(count) == said


@given(st.integers(0, 10**12))
def test_a_number_reads_back_as_itself(number: int) -> None:
    assert int(count_words(Count.exactly(number)).replace(",", "")) == number


@given(st.integers(-(10**9), 10**9))
def test_a_difference_shows_its_sign(difference: int) -> None:
    said = difference_words(difference).replace(",", "").replace("−", "-")
    assert int(said) == difference
    assert said.startswith("+") == (difference > 0)


def test_a_difference_that_nobody_can_take_is_not_told() -> None:
    assert difference_words(None) == ""


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Share(best=700000, text="70%"), "70 per cent"),
        (Share(best=705000, qualifier="approximately", text="70.5%"), "approximately 70.5 per cent"),
        (Share(low=600000, high=700000, qualifier="range", text="60-70%"), "between 60 and 70 per cent"),
        (Share(text="most"), "“most”"),
    ],
)
def test_a_share_is_told_in_per_cent(share: Share, said: str) -> None:
    assert share_words(share) == said


@pytest.mark.parametrize(
    ("facets", "said"),
    [
        ({"group": "Palestinians"}, "Palestinians killed"),
        ({"outcome": "casualties", "group": "Israelis"}, "Israeli casualties"),
        ({"outcome": "casualties", "group": "Israelis", "status": "soldier"}, "casualties among Israeli soldiers"),
        ({"outcome": "casualties", "group": "Lebanese"}, "Lebanese casualties"),
        ({"outcome": "casualties", "group": "Kurds"}, "casualties among Kurds"),
        ({"outcome": "casualties"}, "casualties"),
        ({"outcome": "losses", "group": "Russians", "status": "soldier"}, "losses among Russian soldiers"),
        ({"group": "Palestinians", "age": "child"}, "Palestinian children killed"),
        ({"group": "Palestinians + Israelis"}, "Palestinians and Israelis killed"),
        ({"group": "Palestinians + Israelis", "age": "child"}, "children among Palestinians and Israelis killed"),
        ({"age": "adult", "sex": "female"}, "women killed"),
        ({"age": "elderly", "sex": "male"}, "elderly men killed"),
        ({"status": "soldier", "sex": "female"}, "female soldiers killed"),
        ({"status": "aid_seeker", "age": "child"}, "child aid seekers killed"),
        ({"subgroup": "women_and_children"}, "women and children killed"),
        ({"status": "aid_worker", "affiliation": "UNRWA"}, "aid workers of UNRWA killed"),
        ({"outcome": "held", "status": "hostage", "condition": "dead"}, "hostages (dead) held captive"),
        ({"outcome": "displaced", "unit": "household"}, "households displaced"),
        ({"outcome": "hospitalised"}, "people in hospital"),
    ],
)
def test_people_and_outcome_are_told_plainly(facets: Mapping[str, Any], said: str) -> None:
    assert outcome_words(Definition.model_validate({"outcome": "killed", **facets})) == said


@pytest.mark.parametrize(
    ("facets", "said"),
    [
        ({}, "1 person killed"),
        ({"group": "Israelis"}, "1 Israeli killed"),
        ({"group": "Lebanese"}, "1 Lebanese killed"),
        ({"age": "child"}, "1 child killed"),
        ({"outcome": "casualties"}, "1 casualty"),
        ({"unit": "household", "outcome": "displaced"}, "1 household displaced"),
    ],
)
def test_one_is_singular(facets: Mapping[str, Any], said: str) -> None:
    one = Definition.model_validate({"outcome": "killed", **facets})
    assert figure_words(figure(Count.exactly(1), definition=one)) == said


@pytest.mark.parametrize(
    ("facets", "said"),
    [
        (
            {"group": "Palestinians", "cause": "air strikes", "actor": "Israel", "tally": "cumulative"},
            "Palestinians killed; cause: air strikes; attributed to Israel; cumulative",
        ),
        (
            {"place": "Gaza Strip + West Bank", "tally": "cumulative", "since": date(2023, 10, 7)},
            "people killed in the Gaza Strip and the West Bank; cumulative since 7 October 2023",
        ),
        (
            {"tally": "incident", "since": date(2023, 10, 17), "place": "Gaza City"},
            "people killed in Gaza City; one incident of 17 October 2023",
        ),
        (
            {"tally": "incident", "since": date(2023, 10, 17), "until": date(2023, 10, 17)},
            "people killed; one incident of 17 October 2023",
        ),
        (
            {"tally": "cumulative", "since": date(2023, 10, 7), "until": date(2023, 11, 1)},
            "people killed; cumulative from 7 October 2023 to 1 November 2023",
        ),
        ({"tally": "cumulative", "until": date(2023, 11, 1)}, "people killed; cumulative until 1 November 2023"),
        ({"tally": "added", "hours": 24}, "people killed; newly added in 24 hours"),
        ({"tally": "period"}, "people killed; within a period"),
        ({"outcome": "held", "tally": "stock"}, "people held captive; at that date"),
        (
            {"basis": "identified", "counted_by": "recovery"},
            "people killed; identified; counted by the day of recovery",
        ),
        ({"basis": "excess", "directness": "both"}, "people killed; excess deaths; directly and indirectly"),
        (
            {
                "includes": (ScopeNote(code="foreigners", text="foreign workers"),),
                "excludes": (ScopeNote(code="died_of_wounds"),),
            },
            "people killed; including foreign workers; excluding died of wounds",
        ),
    ],
)
def test_a_definition_says_every_stated_facet(facets: Mapping[str, Any], said: str) -> None:
    assert definition_words(Definition.model_validate({"outcome": "killed", **facets})) == said


@pytest.mark.parametrize("outcome", VOCABULARIES["outcome"])
@pytest.mark.parametrize("tally", VOCABULARIES["tally"])
def test_every_outcome_and_tally_has_words(outcome: str, tally: str) -> None:
    assert definition_words(Definition.model_validate({"outcome": outcome, "tally": tally}))


@pytest.mark.parametrize(
    ("table", "vocabulary"),
    [
        (words.STATUS_NOUNS, "status"),
        (words.CONDITIONS, "condition"),
        (words.BASES, "basis"),
        (words.DIRECTNESS, "directness"),
        (words.COUNTED_BY, "counted_by"),
        (words.TALLIES, "tally"),
        (words.QUALIFIERS, "qualifier"),
        (words.AS_OF_NOTES, "as_of_basis"),
        (words.MODALITIES, "modality"),
        (words.STATES, "state"),
        (words.ZONES, "zone"),
        (dict(words.OUTCOMES) | dict(words.OUTCOME_NOUNS), "outcome"),
    ],
)
def test_the_words_cover_the_vocabulary_and_nothing_else(table: Mapping[str, object], vocabulary: str) -> None:
    assert set(table) == set(VOCABULARIES[vocabulary])


def test_every_change_and_every_age_and_sex_has_words() -> None:
    assert set(words.CHANGES) == set(Change.__args__)  # type: ignore[attr-defined]
    ages, sexes = (None, *VOCABULARIES["age"]), (None, *VOCABULARIES["sex"])
    assert set(words.AGE_AND_SEX_NOUNS) == {(age, sex) for age in ages for sex in sexes} - {(None, None)}


def test_a_figure_is_its_number_with_what_it_counts() -> None:
    palestinians = Definition(outcome="killed", group="Palestinians")
    at_least = Count(low=2808, best=2808, qualifier="at_least", text="at least 2,808")
    assert figure_words(figure(at_least, definition=palestinians)) == "at least 2,808 Palestinians killed"
    assert figure_words(figure(definition=palestinians, modality="feared")) == "12 Palestinians killed (feared)"
    vague = Count(low=24, qualifier="vague", text="dozens")
    assert figure_words(figure(vague, definition=palestinians)) == "“dozens” (24 or more): Palestinians killed"


def test_a_share_says_that_it_is_of_another_figure() -> None:
    part = figure(share=Share(best=700000, text="70%"), definition=Definition(outcome="killed", age="child"))
    assert figure_words(part) == "70 per cent of another figure: children killed"
    assert number_of(part) == "70 per cent"


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("stated", "as of 17 October 2023"),
        ("statement", "as of 17 October 2023 (day of the statement)"),
        ("publication", "as of 17 October 2023 (publication date)"),
        ("inferred", "as of 17 October 2023 (inferred)"),
    ],
)
def test_an_as_of_day_says_how_it_is_known(basis: str, said: str) -> None:
    assert as_of_words(figure(as_of=date(2023, 10, 17), as_of_basis=basis)) == said


def test_an_as_of_time_is_told_and_an_unknown_day_said_to_be_so() -> None:
    timed = figure(as_of=date(2023, 9, 17), as_of_time="18:00", as_of_basis="stated")
    assert as_of_words(timed) == "as of 17 September 2023, 18:00"
    assert short_as_of(timed) == "17 Sep 2023, 18:00"
    assert as_of_words(figure()) == "as-of day not stated"
    assert short_as_of(figure()) == "not stated"


def test_publication_and_period_are_told() -> None:
    assert published_words(figure()) == "publication date unknown"
    assert published_words(figure(published=date(2023, 10, 17))) == "published 17 October 2023"
    assert period_words(figure()) == ""
    one_day = Period(from_day=date(2023, 10, 17), to_day=date(2023, 10, 17))
    assert period_words(figure(period=one_day)) == "for 17 October 2023"
    two_days = Period(from_day=date(2023, 10, 17), to_day=date(2023, 10, 18))
    assert period_words(figure(period=two_days)) == "for 17 October 2023 to 18 October 2023"


@pytest.mark.parametrize(
    ("chain", "said"),
    [
        (Chain(), "The Astana Times"),
        (Chain(issuer="The Astana Times"), "The Astana Times"),
        (Chain(attribution=("Al Jazeera",), issuer="Al Jazeera"), "The Astana Times ← Al Jazeera"),
        (
            Chain(attribution=("A spokesman",), issuer="Foreign Ministry"),
            "The Astana Times ← A spokesman (for Foreign Ministry)",
        ),
        (Chain(issuer_words="officials said"), "The Astana Times ← “officials said” (not named)"),
        (
            Chain(attribution=("A",), issuer="A", parallel=(("B", "C"),), compiled_from=("D", "E")),
            "The Astana Times ← A; also ← B ← C; compiled from D and E",
        ),
    ],
)
def test_a_chain_runs_from_the_publisher_outward(chain: Chain, said: str) -> None:
    assert chain_words(figure(publisher="The Astana Times", chain=chain)) == said


def test_an_unknown_publisher_is_said_to_be_so() -> None:
    assert chain_words(figure()) == "publisher not stated"


@pytest.mark.parametrize(
    ("chain", "said"),
    [
        (Chain(authority="Government of Israel"), "Government of Israel"),
        (Chain(issuer_words="officials"), "“officials” (not named)"),
        (Chain(), "issuer not named"),
    ],
)
def test_an_authority_is_named_or_said_to_be_hidden(chain: Chain, said: str) -> None:
    assert authority_words(figure(chain=chain)) == said


@given(st.dates())
def test_a_day_is_told_in_english_on_every_machine(day: date) -> None:
    number, month, year = day_words(day).split()
    assert (int(number), words.MONTHS.index(month) + 1, int(year)) == (day.day, day.month, day.year)


def test_names_are_listed_and_sentences_begin_with_a_capital() -> None:
    assert [listed([]), listed(["A"]), listed(["A", "B"])] == ["", "A", "A and B"]
    assert [capital(""), capital("people killed")] == ["", "People killed"]


def test_people_of_no_stated_kind_are_people() -> None:
    assert people_words(Definition(outcome="killed")) == "people"
