"""Days as texts write them."""

from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import DateSpan, day, find_dates
from sources.errors import UnreadableDate

REFERENCE = date(2023, 10, 17)  # a Tuesday
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December".split("|")  # noqa: SIM905


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-10-07", date(2023, 10, 7)),
        ("2023-10-07T22:15:00Z", date(2023, 10, 7)),
        ("7 October 2023", date(2023, 10, 7)),
        ("October 7, 2023", date(2023, 10, 7)),
        ("7th of October 2023", date(2023, 10, 7)),
        ("Oct. 7th", date(2023, 10, 7)),
        ("3 March", date(2023, 3, 3)),
        ("20 October", date(2023, 10, 20)),
        ("30 December", date(2022, 12, 30)),
        ("12.10.2026", date(2026, 10, 12)),
        ("25/12/2022", date(2022, 12, 25)),
        ("5/5/2023", date(2023, 5, 5)),
        ("yesterday", date(2023, 10, 16)),
        ("overnight", date(2023, 10, 17)),
        ("last night", date(2023, 10, 16)),
        ("Monday", date(2023, 10, 16)),
        ("Tuesday", date(2023, 10, 17)),
        ("last Tuesday", date(2023, 10, 10)),
        ("Tue, 17 Oct 2023 10:00:00 GMT", date(2023, 10, 17)),
        (" 7 October 2023. ", date(2023, 10, 7)),
    ],
)
def test_a_written_day_is_read(text: str, expected: date) -> None:
    assert day(text, reference=REFERENCE) == expected


@pytest.mark.parametrize(
    "text",
    ["", "34", "May", "2026", "October 2023", "on the 7th", "from 9", "18:00", "31 February 2023", "soon", "1" * 500],
)
def test_what_names_no_day_is_refused_with_its_words(text: str) -> None:
    with pytest.raises(UnreadableDate, match="names no day"):
        day(text, reference=REFERENCE)


def test_a_date_with_two_readings_is_refused_until_the_order_is_told() -> None:
    with pytest.raises(UnreadableDate, match="may be two days"):
        day("10/11/2023")
    assert day("10/11/2023", day_first=True) == date(2023, 11, 10)
    assert day("10/11/2023", day_first=False) == date(2023, 10, 11)
    assert day("10-11-2023", day_first=True) == date(2023, 11, 10)


def test_words_that_need_a_reference_are_refused_without_one() -> None:
    for text in ("yesterday", "7 October"):
        with pytest.raises(UnreadableDate):
            day(text)


def test_other_languages_are_read_as_told() -> None:
    assert day("17 octobre 2023", language="fr") == date(2023, 10, 17)
    assert day("17. Oktober 2023", language="de", reference=REFERENCE) == date(2023, 10, 17)
    with pytest.raises(UnreadableDate):
        day("17 octobre 2023", language="no such language")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_printed_day_reads_as_itself(chosen: date) -> None:
    month = MONTHS[chosen.month - 1]
    for printed in (chosen.isoformat(), f"{chosen.day} {month} {chosen.year}", f"{month} {chosen.day}, {chosen.year}"):
        assert day(printed) == chosen


@given(st.text(max_size=120))
def test_any_text_is_a_day_or_is_refused(text: str) -> None:
    with suppress(UnreadableDate):
        assert isinstance(day(text, reference=REFERENCE), date)


def spans(text: str, reference: date | None = REFERENCE) -> list[tuple[str, str, str | None]]:
    found = find_dates(text, reference=reference)
    return [(text[s.start : s.end], s.kind, s.first_day.isoformat() if s.first_day else None) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("killed on 7 October 2023", [("7 October 2023", "absolute", "2023-10-07")]),
        ("since 7 October", [("7 October", "since", "2023-10-07")]),
        ("as of 30 April 2023", [("30 April 2023", "as_of", "2023-04-30")]),
        ("on Monday", [("on Monday", "relative", "2023-10-16")]),
        ("since Monday", [("since Monday", "since", "2023-10-16")]),
        ("by Monday", [("by Monday", "as_of", "2023-10-16")]),
        ("in the past 24 hours", [("in the past 24 hours", "period", "2023-10-16")]),
        ("over the last two days", [("over the last two days", "period", "2023-10-15")]),
        ("by 18:00", [("by 18:00", "as_of", "2023-10-17")]),
        ("by 25:00", []),
        ("in the past decades, the last few days", []),
        ("they may 12 times march 3 miles", []),
        ("31 February 2023", []),
        ("2-3 people", []),
    ],
)
def test_days_are_found_with_what_they_mean(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert spans(text) == expected


def test_without_a_reference_only_stated_days_are_known() -> None:
    assert spans("since 7 October", None) == [("7 October", "since", None)]
    assert spans("on Monday", None) == [("on Monday", "relative", None)]
    assert spans("the past 24 hours", None)[0][2] is None
    assert spans("7 October 2023", None) == [("7 October 2023", "absolute", "2023-10-07")]


def test_a_period_keeps_its_length_and_a_clock_its_time() -> None:
    assert find_dates("the past 48 hours", reference=REFERENCE)[0].hours == 48
    assert find_dates("by 18:00", reference=REFERENCE)[0].time == "18:00"
    assert find_dates("2023-10-07T18:00", reference=None)[0].time == "18:00"


def test_other_languages_give_no_spans() -> None:
    assert find_dates("depuis le 7 October 2023", reference=REFERENCE, language="fr") == []


@given(st.text(max_size=300))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found: list[DateSpan] = find_dates(text, reference=REFERENCE)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
