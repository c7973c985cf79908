"""What one document gives as two numbers for one count is one voice, and both figures say so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import RecordedFigure
from reports.comparison import Surroundings
from reports.disagreements import disagreements
from reports.gate import gate
from reports.history import histories
from reports.voices import is_one_voice, voice_doubts

Make = Callable[..., RecordedFigure]
TODAY = date(2026, 11, 23)


@pytest.fixture
def doubtful(recorded: Make) -> Callable[..., list[str]]:
    """The numbers that carry the doubt, of figures given by number and what else matters."""

    def ask(*given: tuple[int, dict[str, Any]]) -> list[str]:
        figures = [recorded(number, **fields).figure for number, fields in given]
        return [figures[place].count.text for place, _ in voice_doubts(figures) if figures[place].count]  # type: ignore[union-attr]

    return ask


Doubtful = Callable[..., list[str]]


def test_a_headline_and_a_text_that_differ_are_doubted_with_the_other_number(recorded: Make) -> None:
    headline, body = recorded(30, zone="headline").figure, recorded(35).figure
    passed = list(gate([headline, body], today=TODAY))
    assert [hold for _, hold in passed] == [None, None]
    assert [figure.doubts for figure, _ in passed] == [
        ("differs_within_document: the document also gives 35 for the same count",),
        ("differs_within_document: the document also gives 30 for the same count",),
    ]


def test_the_same_number_twice_is_no_difference(doubtful: Doubtful) -> None:
    assert doubtful((30, {}), (30, {"zone": "headline"})) == []


@pytest.mark.parametrize(
    "other",
    [
        {"by": "Another Ministry"},
        {"by": None, "issuer_words": "officials said"},
        {"on": "2023-10-31"},
        {"on": None},
        {"time": "18:00"},
        {"event": "7 October attack"},
        {"outcome": "injured"},
        {"age": "child"},
        {"earlier_value_of": 0},
    ],
)
def test_another_count_speaker_day_or_hour_may_differ(doubtful: Doubtful, other: dict[str, Any]) -> None:
    assert doubtful((30, {}), (35, other)) == []


def test_two_strikes_of_which_nothing_says_that_they_are_one_may_differ(doubtful: Doubtful) -> None:
    strike = {"tally": "incident", "event": None}
    assert doubtful((3, strike), (5, strike)) == []
    here = {**strike, "place": "Gaza City", "since": "2023-11-01"}
    assert doubtful((3, here), (5, here)) == ["3", "5"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=8))
def test_a_figure_is_doubted_exactly_where_another_of_its_day_differs(
    doubtful: Doubtful, rows: list[tuple[int, int]]
) -> None:
    found = doubtful(*((number, {"on": f"2024-01-0{day}"}) for number, day in rows))
    expected = [number for number, day in rows if any(other != number and when == day for other, when in rows)]
    assert sorted(found) == sorted(map(str, expected))


@pytest.fixture
def spoken(recorded: Make) -> tuple[RecordedFigure, RecordedFigure]:
    """A headline's 30 and a text's 35 in one document."""
    doubts = ("differs_within_document: the document also gives another number",)
    one = {"document": "article", "doubts": doubts, "publisher": "The Invented Courier"}
    headline, body = recorded(30, zone="headline", **one), recorded(35, **one)
    return headline, replace(body, recorded_at=headline.recorded_at)


def test_in_a_history_the_text_speaks_and_the_headline_repeats_it(
    recorded: Make, spoken: tuple[RecordedFigure, RecordedFigure], surroundings: Surroundings
) -> None:
    headline, body = spoken
    before, after = recorded(20, on="2023-10-30"), recorded(40, on="2023-11-02")
    (series,) = histories([before, headline, body, after], surroundings=surroundings)
    assert [(step.change, step.difference) for step in series.steps if step.figure is not headline] == [
        ("first", None),
        ("rise", 15),
        ("rise", 5),
    ]
    (repeated,) = [step for step in series.steps if step.figure is headline]
    assert (repeated.change, repeated.previous) == ("restated", body)
    assert "one voice" in repeated.reasons[0].text


def test_a_number_for_an_earlier_day_speaks_with_one_voice_too(
    recorded: Make, spoken: tuple[RecordedFigure, RecordedFigure], surroundings: Surroundings
) -> None:
    later = recorded(90, on="2023-12-01", published="2023-10-15")
    (series,) = histories([later, *spoken], surroundings=surroundings)
    assert [step.change for step in series.steps] == ["first", "backfilled", "restated"]


def test_in_a_disagreement_the_document_has_one_position(
    recorded: Make, spoken: tuple[RecordedFigure, RecordedFigure], surroundings: Surroundings
) -> None:
    other = recorded(33, by="Another Ministry")
    found = disagreements([*spoken, other], surroundings=surroundings)
    (one,) = found.disagreements
    assert [(place.authority, place.count.best) for place in one.positions] == [
        ("Another Ministry", 33),
        ("Health Ministry", 35),
    ]
    assert found.summary.naive == 1


def test_two_snapshots_of_one_document_are_no_one_voice(spoken: tuple[RecordedFigure, RecordedFigure]) -> None:
    headline, body = spoken
    assert is_one_voice(headline, body)
    assert not is_one_voice(headline, replace(body, snapshot="b"))
    assert not is_one_voice(headline, replace(body, document="another"))
