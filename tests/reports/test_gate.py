from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.records import Chain, Count, Definition, Evidence, Figure, RecordedFigure, Share
from reports.comparison import Surroundings
from reports.gate import COMPARED, gate

TODAY = date(2026, 11, 23)
Make = Callable[..., RecordedFigure]


@pytest.fixture
def rules(surroundings: Surroundings) -> Callable[..., list[str | None]]:
    """The rule by which each figure is held, in order."""

    def ask(*figures: RecordedFigure | Figure) -> list[str | None]:
        plain = [one.figure if isinstance(one, RecordedFigure) else one for one in figures]
        passed = list(gate(plain, today=TODAY, surroundings=surroundings))
        without_doubts = [figure.model_copy(update={"doubts": ()}) for figure, _ in passed]
        assert without_doubts == [figure.model_copy(update={"doubts": ()}) for figure in plain]
        return [hold.rule if hold else None for _, hold in passed]

    return ask


Rules = Callable[..., list[str | None]]


def test_a_sound_figure_passes(recorded: Make, rules: Rules) -> None:
    assert rules(recorded(5)) == [None]


def test_a_number_that_does_not_stand_in_its_quote_is_held(recorded: Make, rules: Rules) -> None:
    assert rules(recorded(2_808, quote="at least 2,880 people")) == ["number_not_in_quote"]
    assert rules(recorded(2_808, quote="killed_cum: 2,808")) == [None]
    assert rules(recorded(808, quote="at least 2,808 people")) == ["number_not_in_quote"]
    assert rules(recorded(2, quote="at least 2,808 people")) == ["number_not_in_quote"]
    assert rules(recorded(80, quote="2,808 people, 80 of them")) == [None]


def test_bounds_out_of_order_are_held(recorded: Make, rules: Rules) -> None:
    assert rules(recorded((300, 100))) == ["low_above_high"]


def test_an_as_of_after_publication_is_held(recorded: Make, rules: Rules) -> None:
    assert rules(recorded(5, on="2024-01-02", published="2024-01-01")) == ["as_of_after_publication"]


def test_a_day_is_future_only_if_it_has_begun_nowhere_on_earth(recorded: Make, rules: Rules) -> None:
    assert rules(recorded(5, on="2026-11-24")) == [None]
    assert rules(recorded(5, on="2026-11-25")) == ["date_in_future"]
    assert rules(recorded(5, on="2026-11-20", published="2034-01-01")) == ["date_in_future"]


def test_a_part_above_the_whole_that_the_document_names_is_held_with_it(recorded: Make, rules: Rules) -> None:
    whole, part = (
        recorded(1_400, outcome="casualties"),
        recorded(2_860, outcome="casualties", status="soldier", part_of=0),
    )
    assert rules(whole, part) == ["part_above_whole", "part_above_whole"]
    assert rules(whole, recorded(286, outcome="casualties", status="soldier", part_of=0)) == [None, None]
    assert rules(whole, recorded(5, part_of=1), recorded(5, part_of=9)) == [None, None, None]


def test_part_of_counts_from_the_first_figure_of_the_document(recorded: Make, rules: Rules) -> None:
    earlier = recorded(7, on="2024-01-01", outcome="injured")
    whole, part = recorded(10, on="2024-01-02"), recorded(12, age="child", on="2024-01-02", part_of=1)
    assert rules(earlier, whole, part) == [None, "part_above_whole", "part_above_whole"]
    assert rules(recorded(10, on="2024-01-01"), recorded(12, age="child", on="2024-01-02", part_of=0)) == [None, None]


def test_a_part_above_its_whole_is_seen_from_the_definitions_of_one_day(recorded: Make, rules: Rules) -> None:
    assert rules(recorded(100), recorded(120, age="child")) == ["part_above_whole"] * 2
    assert rules(recorded(120, age="child"), recorded(100)) == ["part_above_whole"] * 2
    assert rules(recorded(100), recorded(120, age="child", by="Another Ministry")) == [None, None]
    assert rules(recorded(100), recorded(120, outcome="injured")) == [None, None]
    assert rules(
        recorded(100, on="2024-01-01", published="2024-01-05"),
        recorded(120, age="child", on="2024-01-04", published="2024-01-05"),
    ) == [None, None]


def test_a_part_that_is_only_probably_one_is_not_held(recorded: Make, rules: Rules) -> None:
    assert rules(recorded(100, since="2023-10-07"), recorded(120, status="aid_seeker")) == [None, None]


def test_two_places_of_incidents_are_two_incidents(recorded: Make, rules: Rules) -> None:
    strike = {"tally": "incident", "since": "2024-01-01"}
    assert rules(recorded(5, place="Gaza Strip", **strike), recorded(12, place="Gaza City", **strike)) == [None, None]
    one_place = {"place": "Gaza City", **strike}
    assert rules(recorded(5, **one_place), recorded(12, age="child", **one_place)) == ["part_above_whole"] * 2
    assert rules(recorded(5, tally="incident"), recorded(12, tally="incident", age="child")) == [None, None]


def test_hedges_leave_room_between_part_and_whole(recorded: Make, rules: Rules) -> None:
    whole = recorded(1_400, "approximately")
    assert rules(whole, recorded(1_480, age="child")) == [None, None]
    assert rules(whole, recorded(1_501, age="child")) == ["part_above_whole"] * 2
    assert rules(recorded(1_400, "at_least"), recorded(5_000, age="child")) == [None, None]


def test_disjoint_parts_above_their_total_are_held_with_it(recorded: Make, rules: Rules) -> None:
    total, women, children = recorded(100), recorded(60, age="adult", sex="female"), recorded(50, age="child")
    assert rules(total, women, children) == ["parts_above_total"] * 3
    assert rules(total, women, recorded(40, age="child")) == [None] * 3
    assert rules(total, recorded(60, sex="female"), children) == [None] * 3


def test_stated_parts_that_exclude_one_another_are_summed(recorded: Make, rules: Rules) -> None:
    total = recorded(100, tally="unstated")
    parts = [recorded(60, tally="unstated", age=age, part_of=0) for age in ("child", "adult")]
    assert rules(total, *parts) == ["parts_above_total"] * 3


def test_killed_and_injured_above_killed_or_injured_are_held_but_never_above_casualties(
    recorded: Make, rules: Rules
) -> None:
    parts = [recorded(60), recorded(50, outcome="injured")]
    assert rules(recorded(100, outcome="killed_or_injured"), *parts) == ["parts_above_total"] * 3
    assert rules(recorded(100, outcome="losses"), *parts) == [None] * 3


def test_a_break_that_the_words_state_is_recorded_at_once(recorded: Make, rules: Rules) -> None:
    doubt = ("as_published: the words give 291 children among 179 civilians",)
    civilians = recorded(179, status="civilian", doubts=doubt)
    children = recorded(291, status="civilian", age="child", part_of=0)
    assert rules(civilians, children) == [None, None]
    assert rules(recorded(5, quote="none", doubts=doubt)) == [None]
    total, women = recorded(100), recorded(60, age="adult", sex="female", part_of=0)
    assert rules(total, women, recorded(50, age="child", part_of=0, doubts=doubt)) == [None] * 3


def test_what_is_held_takes_its_series_in_that_document_with_it(recorded: Make, rules: Rules) -> None:
    held = recorded(2_615, quote="famine_cum: 463", cause="famine")
    beside = recorded(400, cause="famine", basis="identified")
    day_before, day_after = (recorded(460, cause="famine", on=f"2023-{day}") for day in ("10-31", "11-02"))
    others = (
        recorded(70_000),
        recorded(463, cause="famine", by="Another Ministry"),
        recorded(463, cause="famine", event="7 October attack"),
    )
    assert rules(day_before, held, beside, day_after, *others) == [
        "same_series",
        "number_not_in_quote",
        "same_series",
        "same_series",
        None,
        None,
        None,
    ]
    stated = recorded(2_620, cause="famine", doubts=("as_published: said so",))
    assert rules(held, stated) == ["number_not_in_quote", None]


def test_a_series_that_is_held_stays_so_in_later_pieces_of_its_document(recorded: Make) -> None:
    numbers = [recorded(number, on=f"2024-01-0{number}").figure for number in range(1, 7)]
    numbers[2] = recorded(3, on="2024-01-03", quote="another number").figure
    rules = [hold.rule if hold else None for _, hold in gate(numbers, today=TODAY, batch=2)]
    assert rules == [None, None, "number_not_in_quote", *["same_series"] * 3]


def test_what_waits_since_an_earlier_recording_takes_nothing_new_with_it(recorded: Make) -> None:
    held, new = recorded(5, quote="another number").figure, recorded(6, on="2023-11-02").figure

    class Recorded:
        def line_of(self, _figure: Figure) -> list[tuple[date, int]]:
            return []

        def near(self, _figure: Figure, _days: int) -> list[tuple[date, int]]:
            return []

        def has(self, figure: Figure) -> bool:
            return figure is held

    rules = [hold.rule if hold else None for _, hold in gate([held, new], today=TODAY, known=Recorded())]
    assert rules == ["number_not_in_quote", None]


def test_a_misread_total_does_not_take_its_parts_with_it(recorded: Make, rules: Rules) -> None:
    misread, part = recorded(10, quote="1,000 people"), recorded(60, age="child", part_of=0)
    assert rules(misread, part) == ["number_not_in_quote", None]
    assert rules(part, recorded(70, age="adult", issuer_words="officials", by=None)) == [None, None]


def test_a_share_passes_by_its_own_bounds(rules: Rules) -> None:
    def share(low: int, high: int) -> Figure:
        return Figure(
            share=Share(low=low, high=high, text="60 to 70 per cent", of=0),
            definition=Definition(outcome="killed"),
            chain=Chain(issuer="A", authority="A"),
            evidence=Evidence(quote="60 to 70 per cent of them"),
            part_of=0,
            origin="extracted",
        )

    assert rules(share(600_000, 700_000)) == [None]
    assert rules(share(700_000, 600_000)) == ["low_above_high"]
    assert rules(share(600_000, 700_000), share(600_000, 700_000)) == [None, None]


def test_an_empty_number_stands_in_no_quote(rules: Rules) -> None:
    figure = Figure(
        count=Count(text=""),
        definition=Definition(outcome="killed"),
        chain=Chain(),
        evidence=Evidence(quote="nobody counted"),
        origin="extracted",
    )
    assert rules(figure) == ["number_not_in_quote"]


def test_more_counts_than_are_compared_are_checked_by_stated_links_only(recorded: Make, rules: Rules) -> None:
    many = [recorded(9, affiliation=f"Group {place}") for place in range(COMPARED)]
    assert set(rules(recorded(5), *many)) == {None}


def test_a_long_publication_is_passed_on_in_pieces(recorded: Make) -> None:
    asked: list[int] = []

    def figures() -> Iterator[Figure]:
        for place in range(5):
            asked.append(place)
            yield recorded(place).figure

    passed = gate(figures(), today=TODAY, batch=2)
    assert next(passed)[1] is None
    assert asked == [0, 1]
    assert len(list(passed)) == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from([None, "child", "adult"]), st.integers(1, 3), st.booleans()),
        max_size=12,
    )
)
def test_every_figure_comes_out_once_in_its_order(
    recorded: Make, rules: Rules, rows: list[tuple[int, str | None, int, bool]]
) -> None:
    figures: list[Any] = [
        recorded(number, age=age, on=f"2024-01-0{day}", part_of=0 if linked else None)
        for number, age, day, linked in rows
    ]
    assert len(rules(*figures)) == len(figures)


def test_a_count_whose_speaker_nothing_names_is_compared_with_nothing(recorded: Make, rules: Rules) -> None:
    assert rules(recorded(100, by=None), recorded(120, by=None, age="child")) == [None, None]
