"""The words behind each field of a figure, and why the other numbers of a text are no figures."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.extract import Explained, explain, extract

PUBLISHED = date(2024, 5, 10)
PASSAGES = json.loads((Path(__file__).parent / "golden" / "passages.json").read_text(encoding="utf-8"))


def explained(text: str) -> Explained:
    return explain(text, published=PUBLISHED, publisher="The Fictional Gazette")


def words(text: str, place: int = 0) -> dict[str, str]:
    """The words behind each field of one figure; of several the first."""
    given: dict[str, str] = {}
    for one in explained(text).grounds[place]:
        given.setdefault(one.field, text[one.start : one.end])
    return given


def test_each_field_names_the_words_that_gave_it() -> None:
    text = (
        "The Tarvo Rescue Service said on Thursday that at least 12 Somali soldiers were confirmed"
        " killed by an air strike in Mogadishu, not counting the attackers."
    )
    assert words(text) == {
        "count": "12",
        "qualifier": "at least 12",
        "outcome": "killed",
        "group": "Somali",
        "status": "Somali soldiers",
        "place": "Mogadishu",
        "cause": "air strike",
        "tally": "strike",
        "excludes": "not counting the attackers",
        "as_of": "on Thursday",
        "attribution": "Tarvo Rescue Service",
        "modality": "confirmed",
    }


@pytest.mark.parametrize(
    ("text", "field", "given"),
    [
        ("Since 7 October 2023, 300 people have been killed.", "since", "7 October 2023"),
        ("In the past 24 hours 30 people were killed.", "hours", "In the past 24 hours"),
        ("As of 3 May 2024, 30 people had been killed.", "as_of", "3 May 2024"),
        ("The death toll rose to 30.", "tally", "death toll"),
        ("The war has killed 3,000 people.", "tally", "war"),
        ("The war killed 300 people in 2015.", "tally", "war"),
        ("Twelve people are missing.", "tally", "missing"),
        ("Altogether 30 people were killed in attacks.", "tally", "Altogether"),
        ("Rescuers recovered 12 bodies.", "basis", "bodies"),
        ("An estimated 300 people were killed.", "basis", "An estimated 300"),
        ("Israeli forces killed 12 people.", "actor", "Israeli"),
        ("The attack by the Taliban killed 12 people.", "actor", "Taliban"),
        ("Up to 30 people are feared dead.", "modality", "feared"),
        ("The rebels claimed that 30 soldiers were killed.", "modality", "claimed"),
        ("The toll could rise to 300 dead.", "modality", "could"),
        ("The number of Israelis killed rose to 12.", "group", "number of Israelis killed"),
    ],
)
def test_the_words_behind_one_field(text: str, field: str, given: str) -> None:
    assert words(text)[field] == given


def test_a_part_names_the_words_of_its_whole() -> None:
    assert words("A blast killed 12 people, including five children.", 1)["part_of"] == "12 people"


def test_grounds_follow_the_order_of_the_figures() -> None:
    text = "About 60 per cent of the 2,000 dead were women."
    found = explained(text)
    counts = [text[one.start : one.end] for grounds in found.grounds for one in grounds if one.field == "count"]
    assert counts == ["60 per cent", "2,000"]


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("The army struck 30 targets.", "30", "counts something other than people: “targets”"),
        ("Thirty people were rescued.", "Thirty", "“rescued” says that something else befell them"),
        ("The bomb could kill 30 people.", "30", "“kill” is denied, possible or intended here, not reported"),
        ("He met 30 people.", "30", "no words beside “people” say what befell them"),
        ("In 1998 12 people died.", "1998", "a year"),
        ("The 1987 attack killed 12 people.", "1987", "a year"),
        ("Ana Bell, 34, and 12 others were killed.", "34", "an age beside a name"),
        ("Twelve people died in a house worth $3 million.", "$3 million", "a sum of money"),
        ("Twelve people died on Route 66.", "66", "not a whole number of anything, too large, or the number of a name"),
        ("Twelve people died at a camp for 7-year-old children.", "7-year-old", "an age"),
        ("On 3 May 12 people died.", "3", "part of a date or of a stretch of time"),
        ("Twelve people died at 14:30.", "14:30", "a time of day"),
        ("Twelve people died in the 7th attack.", "7th", "a place in an order, or a decade"),
        ("Twelve people died, on 2024-05-09.", "2024-05-09", "a date or a fraction"),
        ("Twelve people died; see https://gazette.example/1.", "https://gazette.example/1.", "an address on the web"),
        ("Twelve people died in an F-16 strike.", "F-16", "digits of a name or a measure"),
        ("About 60 per cent of voters agreed.", "About 60 per cent", "a share of no figure that the text gives"),
        ("There were no casualties.", "no", "none, in the text's own voice and nobody's word"),
        ("It was another blow to the town of 300.", "another", "one more, beside no count that it adds to"),
        ("The plan will save 300 lives.", "300", "lives of which the text does not say that they were lost"),
    ],
)
def test_a_number_that_is_no_figure_says_why(text: str, number: str, why: str) -> None:
    said = {one.words: one.why for one in explained(text).rejected}
    assert why in said[number]


def test_a_table_of_numbers_in_one_sentence_is_not_read_as_prose() -> None:
    found = explained("killed " + " and ".join(["12 people"] * 101))
    assert found.figures == []
    assert {one.why for one in found.rejected} == {
        "one of more than 100 numbers in one sentence, which is not read as prose"
    }


def test_the_items_of_a_bulletin_rest_on_their_quote() -> None:
    text = "عدد الشهداء: 12 شهيدا"
    found = explained(text)
    start, end = found.figures[0].evidence.start, found.figures[0].evidence.end
    assert {(one.field, one.start, one.end) for one in found.grounds[0]} == {
        ("count", start, end),
        ("outcome", start, end),
    }


def test_a_text_in_a_language_that_is_not_read_explains_nothing() -> None:
    assert explain("Douze morts: 12 dead.", language="fr") == Explained((), (), ())


@pytest.mark.parametrize("place", range(len(PASSAGES)))
def test_explaining_gives_the_same_figures_each_with_the_words_of_its_number(place: int) -> None:
    text = PASSAGES[place]["text"]
    found = explained(text)
    assert list(found.figures) == extract(text, published=PUBLISHED, publisher="The Fictional Gazette")
    assert len(found.grounds) == len(found.figures)
    for figure, grounds in zip(found.figures, found.grounds, strict=True):
        start, end = figure.evidence.start or 0, figure.evidence.end or 0
        assert any(one.field == "count" and start <= one.start and one.end <= end for one in grounds)


@settings(max_examples=100)
@given(st.text(st.sampled_from("12,. killed people in the war and no $5m -:\n\"'%شهيد"), max_size=200))
def test_every_number_is_a_figure_or_rejected_but_never_both(text: str) -> None:
    found = explained(text)
    counts = [(one.start, one.end) for grounds in found.grounds for one in grounds if one.field == "count"]
    for one in found.rejected:
        assert text[one.start : one.end] == one.words
        assert not any(start <= one.start and one.end <= end for start, end in counts)
