"""A running total far from the number in force waits for a person; everything smaller, younger or other does not."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import Figure, Hold, RecordedFigure
from reports.gate import gate
from reports.jumps import YOUNG

TODAY = date(2026, 11, 23)
BEGUN = date(2025, 1, 1)
Make = Callable[..., RecordedFigure]
Judge = Callable[..., Hold | None]


class Standing:
    """A record in which one line stands."""

    def __init__(self, *line: tuple[date, int]) -> None:
        self.line = line

    def line_of(self, _figure: Figure) -> tuple[tuple[date, int], ...]:
        return self.line

    def near(self, figure: Figure, days: int) -> tuple[tuple[date, int], ...]:
        """So much as one figure needs."""
        last = dict(pair for pair in self.line if figure.as_of and pair[0] <= figure.as_of)
        return (*self.line[:1], *sorted(last.items())[-days:])

    def has(self, _figure: Figure) -> bool:
        return False


def days(*counts: int, first: date = BEGUN) -> Iterator[tuple[date, int]]:
    return ((first + timedelta(days=place), count) for place, count in enumerate(counts))


@pytest.fixture
def judged(recorded: Make) -> Judge:
    """The hold of a number on a day long after the counts before it."""

    def judge(
        number: int, qualifier: str = "exact", *, before: Any = (460,) * 5, on: str = "2025-11-03", **given: Any
    ) -> Hold | None:
        """The same, whether a text or a data row gives the number."""
        figure = recorded(number, qualifier, on=on, **given).figure
        known = Standing(*days(*before))
        holds = [
            hold
            for origin in ("extracted", "imported")
            for _, hold in gate([figure.model_copy(update={"origin": origin})], today=TODAY, known=known)
        ]
        assert holds[0] == holds[1]
        return holds[0]

    return judge


def test_a_number_over_three_times_the_one_in_force_is_held_with_both_numbers_in_the_reason(judged: Judge) -> None:
    hold = judged(2_615, before=(450, 455, 459, 460, 463))
    assert hold == Hold(
        "sudden_jump",
        "2,615 is more than three times the 463 in force from 2025-01-05 in the same line of its authority",
    )


def test_a_number_under_half_of_the_one_in_force_is_held(judged: Judge) -> None:
    hold = judged(229)
    assert hold is not None
    assert "less than half of" in hold.reason


@pytest.mark.parametrize("number", [230, 459, 460, 1_380])
def test_half_and_three_times_and_all_between_pass(judged: Judge, number: int) -> None:
    assert judged(number) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(last=st.integers(1, 10_000), number=st.integers(0, 40_000))
def test_exactly_what_is_under_half_or_over_three_times_is_held(judged: Judge, last: int, number: int) -> None:
    assert (judged(number, before=(last,) * 5) is not None) == (number < last / 2 or number > 3 * last)


def test_five_days_must_stand_before_it(judged: Judge) -> None:
    assert judged(2_615, before=(460,) * 4) is None
    assert judged(2_615, before=(460,) * 5) is not None
    assert judged(2_615, before=(460,) * 5, on="2025-01-04") is None


def test_several_numbers_of_one_day_are_one_and_the_last_of_them_is_in_force(recorded: Make) -> None:
    def hold(*line: tuple[date, int]) -> Hold | None:
        ((_, found),) = gate([recorded(900, on="2025-11-03").figure], today=TODAY, known=Standing(*line))
        return found

    assert hold(*[(BEGUN, 100)] * 5) is None
    assert hold(*days(100, 100, 100, 100, 100), (BEGUN + timedelta(days=4), 900)) is None
    assert hold(*days(900, 900, 900, 900, 900), (BEGUN + timedelta(days=4), 100)) is not None


def test_a_young_toll_that_rises_fast_is_never_held_but_a_fall_is(judged: Judge) -> None:
    last_young, first_old = (str(BEGUN + YOUNG + timedelta(days=later)) for later in (-1, 0))
    assert judged(5_000, on=last_young) is None
    assert judged(5_000, on=first_old) is not None
    assert judged(100, on=last_young) is not None


def test_a_toll_is_as_old_as_its_baseline_where_that_is_stated(judged: Judge) -> None:
    assert judged(5_000, on="2025-01-20", since="2023-10-07") is not None
    assert judged(5_000, on="2025-11-03", since="2025-10-11") is None


def test_a_rise_from_none_is_a_step(judged: Judge) -> None:
    assert judged(110, before=(0,) * 5) is None


@pytest.mark.parametrize(
    "facets",
    [
        {"tally": "stock"},
        {"tally": "added", "hours": 24},
        {"tally": "incident"},
        {"by": None, "issuer_words": "officials said"},
        {"on": None},
        {"earlier_value_of": 0},
    ],
)
def test_only_a_dated_running_total_of_a_named_authority_is_compared(judged: Judge, facets: dict[str, Any]) -> None:
    assert judged(9_999, **facets) is None


def test_a_vague_word_is_compared_with_nothing(judged: Judge) -> None:
    assert judged(20, "vague") is None


def test_lines_of_another_authority_event_basis_or_baseline_do_not_count(recorded: Make) -> None:
    line = [recorded(460, on=str(day)) for day, _ in days(*[0] * 5)]
    others = [
        recorded(9_999, on="2025-11-03", **other)
        for other in (
            {"by": "Another Ministry"},
            {"event": "7 October attack"},
            {"basis": "identified"},
            {"since": "2025-01-01"},
            {"excludes": ({"code": "perpetrators", "text": ""},)},
        )
    ]
    passed = gate([one.figure for one in (*line, *others)], today=TODAY)
    assert [hold for _, hold in passed if hold] == []
    same = gate([one.figure for one in (*line, recorded(9_999, on="2025-11-03"))], today=TODAY)
    assert [hold.rule for _, hold in same if hold] == ["sudden_jump"]


def test_what_is_held_does_not_stand_before_what_follows(recorded: Make) -> None:
    numbers = [460] * 5 + [2_615, 2_620, 463]
    figures = [recorded(n, on=str(BEGUN + timedelta(days=80 + place))).figure for place, n in enumerate(numbers)]
    figures[:5] = [recorded(460, on=str(day)).figure for day, _ in days(*[0] * 5)]
    rules = [hold.rule if hold else None for _, hold in gate(figures, today=TODAY)]
    assert rules == [*[None] * 5, "sudden_jump", "sudden_jump", "same_series"]


def test_a_jump_in_a_line_recorded_before_takes_the_earlier_days_of_its_document_too(recorded: Make) -> None:
    figures = [recorded(n, on=day).figure for n, day in ((465, "2025-11-02"), (2_615, "2025-11-03"))]
    known = Standing(*days(*[460] * 5))
    assert [hold.rule for _, hold in gate(figures, today=TODAY, known=known) if hold] == ["same_series", "sudden_jump"]


def test_a_revision_that_the_words_state_is_recorded_with_a_doubt(recorded: Make) -> None:
    def passed(quote: str, **fields: Any) -> tuple[tuple[str, ...], Hold | None]:
        figure = recorded(1_200, on="2025-11-03", quote=quote, **fields).figure.model_copy(
            update={"origin": "extracted"}
        )
        ((out, hold),) = gate([figure], today=TODAY, known=Standing(*days(*[4_000] * 5)))
        return out.doubts, hold

    (doubt,), hold = passed("the toll was revised down to 1,200")
    assert hold is None
    assert doubt.startswith("as_published: ")
    doubts, hold = passed("the toll stands at 1,200")
    assert hold is not None
    assert doubts == ()


def test_a_number_beside_its_own_earlier_value_is_a_stated_revision(recorded: Make) -> None:
    older = recorded(4_000, on=None, published="2025-11-03", earlier_value_of=1).figure
    newer = recorded(1_200, on="2025-11-03").figure
    (_, (out, hold)) = gate([older, newer], today=TODAY, known=Standing(*days(*[4_000] * 5)))
    assert hold is None
    assert [doubt.partition(":")[0] for doubt in out.doubts] == ["as_published"]
    (_, (out, hold)) = gate([older, newer], today=TODAY, known=Standing(*days(*[1_200] * 5)))
    assert (out.doubts, hold) == ((), None)
