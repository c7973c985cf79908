"""The geometry of a chart: steps between reported numbers, a scale from 0, every mark inside the frame."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.records import Count, RecordedFigure
from reports.provenance import Report
from reports.render.chart import (
    BOTTOM,
    HEIGHT,
    LEFT,
    MOST_TRACES,
    RIGHT,
    TOP,
    WIDTH,
    Chart,
    _nice,
    _Scale,
    chart,
    described,
)

MakeFigure = Callable[..., RecordedFigure]
MakeReport = Callable[..., Report]
START = date(2023, 10, 7)


def drawn(make_report: MakeReport, *figures: RecordedFigure) -> Chart:
    found = chart(make_report(figures).headings[0])
    assert found is not None
    return found


def series(figure: MakeFigure, numbers: list[Count | None], every: int = 1, **facets: object) -> list[RecordedFigure]:
    return [
        figure(
            f"number {place}",
            f"number {place}",
            count,
            published=START + timedelta(days=place * every),
            basis="stated",
            tally="cumulative",
            **facets,
        )
        for place, count in enumerate(numbers)
    ]


def test_a_line_is_flat_until_the_next_number(figure: MakeFigure, make_report: MakeReport) -> None:
    (trace,) = drawn(make_report, *series(figure, [Count.exactly(n) for n in (10, 20, 20, 15, 30)])).traces
    assert re.fullmatch(r"M[\d.]+ [\d.]+(H[\d.]+(V[\d.]+)?)+", trace.path)
    assert trace.path.count("V") == 3
    assert [mark.revised for mark in trace.marks] == [False, False, False, True, False]


def test_updates_within_one_day_stand_above_one_another(figure: MakeFigure, make_report: MakeReport) -> None:
    (trace,) = drawn(make_report, *series(figure, [Count.exactly(10), Count.exactly(20)], every=0)).traces
    assert "H" not in trace.path
    assert "V" in trace.path


def test_ranges_are_bars_and_open_bounds_have_arrows(figure: MakeFigure, make_report: MakeReport) -> None:
    counts = [
        Count(low=100, high=300, qualifier="range", text="100 to 300"),
        Count(low=90, best=90, qualifier="at_least", text="at least 90"),
        Count(high=400, qualifier="at_most", text="up to 400"),
        Count.exactly(200),
    ]
    (trace,) = drawn(make_report, *series(figure, list(counts))).traces
    assert len(trace.bars) == 1
    assert trace.bars[0].top < trace.bars[0].bottom
    assert [(mark.open_up, mark.open_down) for mark in trace.marks] == [(True, False), (False, True), (False, False)]


def test_a_long_line_marks_its_revisions_and_its_end_only(figure: MakeFigure, make_report: MakeReport) -> None:
    numbers = [*range(1, 80), 40, *range(81, 100)]
    (trace,) = drawn(make_report, *series(figure, [Count.exactly(n) for n in numbers])).traces
    assert [mark.revised for mark in trace.marks] == [True, False]


def test_more_lines_than_can_be_told_apart_stay_in_the_tables(figure: MakeFigure, make_report: MakeReport) -> None:
    figures = [
        one
        for n in range(MOST_TRACES + 3)
        for one in series(figure, [Count.exactly(n + 1), Count.exactly(n + 2)], links=(f"Source {n}",))
    ]
    many = drawn(make_report, *figures)
    assert (len(many.traces), many.omitted) == (MOST_TRACES, 3)
    assert [trace.style for trace in many.traces] == list(range(MOST_TRACES))
    assert "Source 0; Source 1; Source 10; Source 2" in described(many.traces)


def test_parallel_lines_are_named_for_what_sets_them_apart(figure: MakeFigure, make_report: MakeReport) -> None:
    figures = [
        *series(figure, [Count.exactly(1), Count.exactly(2)], since=START),
        *series(figure, [Count.exactly(3), Count.exactly(4)], since=date(2025, 10, 11), links=("Example Notes",)),
    ]
    names = {trace.name for trace in drawn(make_report, *figures).traces}
    assert "Example Notes (cumulative since 11 October 2025)" in names


def test_one_number_and_numbers_without_a_day_make_no_chart(
    figure: MakeFigure, make_report: MakeReport, report: Report
) -> None:
    one = make_report(series(figure, [Count.exactly(1)])).headings[0]
    assert chart(one) is None
    undated = [figure(f"{n} people", f"{n} people", Count.exactly(n), published=None) for n in (1, 2)]
    assert chart(make_report(undated).headings[0]) is None
    assert chart(replace(report.headings[0], standings=())) is None


@given(st.integers(0, 10**12))
def test_the_scale_holds_the_highest_number_in_at_most_five_steps(highest: int) -> None:
    top, step = _nice(highest)
    assert highest <= top <= 5 * step
    assert top % step == 0


@given(st.dates(), st.integers(1, 20_000), st.integers(1, 10**9))
def test_every_tick_lies_within_the_frame_and_there_are_few(first: date, days: int, highest: int) -> None:
    last = min(date.max - timedelta(days=1), date.fromordinal(min(first.toordinal() + days, date.max.toordinal() - 1)))
    scale = _Scale(min(first, last), last, _nice(highest))
    across, upward = list(scale.across()), list(scale.upward())
    assert all(LEFT <= tick.at <= WIDTH - RIGHT for tick in across)
    assert all(TOP <= tick.at <= HEIGHT - BOTTOM for tick in upward)
    assert len(across) <= 8
    assert len(upward) <= 6
    assert upward[0].label == "0"
