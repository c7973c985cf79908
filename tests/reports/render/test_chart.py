"""The geometry of a chart: steps between reported numbers, a scale from 0, every mark inside the frame."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Count, RecordedFigure
from reports.positions import Disagreement, Position, Spread
from reports.provenance import Report
from reports.render.chart import MOST_TRACES, Chart, chart, charts, described
from reports.render.scale import HALF, NARROW, STANDALONE, WIDE, Frame, Scale, rounded_up

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
    assert [mark.revised for mark in trace.marks] == [False, False, False, False, True]  # the revision is drawn on top


def test_updates_within_one_day_stand_above_one_another(figure: MakeFigure, make_report: MakeReport) -> None:
    (trace,) = drawn(make_report, *series(figure, [Count.exactly(10), Count.exactly(20)], every=0)).traces
    assert "H" not in trace.path
    assert "V" in trace.path


def test_ranges_are_bands_and_open_bounds_have_arrows(figure: MakeFigure, make_report: MakeReport) -> None:
    counts = [
        Count(low=100, high=300, qualifier="range", text="100 to 300"),
        Count(low=90, best=90, qualifier="at_least", text="at least 90"),
        Count(high=400, qualifier="at_most", text="up to 400"),
        Count.exactly(200),
    ]
    found = drawn(make_report, *series(figure, list(counts)))
    (trace,) = found.traces
    assert found.has_bands
    (left, top, right, bottom) = map(float, re.fullmatch(r"M(\S+) (\S+)H(\S+)V(\S+)H\1z", trace.band).groups())  # type: ignore[union-attr]
    assert (left, right) == (found.scale.x(START), found.scale.x(START + timedelta(days=1)))
    assert (top, bottom) == (found.scale.y(300), found.scale.y(100))
    opened = [(mark.open_up, mark.open_down) for mark in sorted(trace.marks, key=lambda mark: mark.x)]
    assert opened == [(True, False), (False, True), (False, False)]


def test_the_last_number_stands_beside_its_mark_and_a_range_as_a_range(
    figure: MakeFigure, make_report: MakeReport
) -> None:
    ends = [
        drawn(make_report, *series(figure, [Count.exactly(7), last])).traces[0].end.words
        for last in (Count.exactly(1200), Count(low=100, high=300, qualifier="range", text="100 to 300"))
    ]
    assert ends == ["1,200", "100–300"]


def test_last_numbers_that_would_cover_one_another_are_moved_apart(figure: MakeFigure, make_report: MakeReport) -> None:
    figures = [
        one
        for number in (1000, 1001, 1002)
        for one in series(figure, [Count.exactly(5), Count.exactly(number)], links=(f"Source {number}",))
    ]
    heights = sorted(trace.end.y for trace in drawn(make_report, *figures).traces)
    assert all(later - earlier >= 14 for earlier, later in pairwise(heights))


def test_figures_that_were_withdrawn_are_not_drawn(report: Report) -> None:
    withdrawn = {one.id for one in report.figures if one.state == "retracted"}
    points = {
        point[2]
        for heading in report.headings
        if (one := chart(heading))
        for trace in one.traces
        for point in trace.points
    }
    assert withdrawn
    assert not withdrawn & points


def contradiction(report: Report, first: int, last: int | None, *, positions: bool = True) -> Disagreement:
    figures = [(line.series.authority or "", line.series.steps[0].figure) for line in report.lines]
    return Disagreement(
        event=report.lines[0].series.event,
        definition=report.lines[0].series.definition,
        from_day=START + timedelta(days=first),
        to_day=None if last is None else START + timedelta(days=last),
        relation="contradict",
        positions=tuple(Position(name, Count.exactly(1), (one,)) for name, one in figures) if positions else (),
        spread=Spread(None, None),
        because="they exclude each other",
    )


def two_lines(figure: MakeFigure, make_report: MakeReport) -> Report:
    return make_report(
        [
            *series(figure, [Count.exactly(n) for n in (10, 10, 20, 20)], links=("Ministry A",)),
            *series(figure, [Count.exactly(n) for n in (50, 60, 20, 90)], links=("Ministry B",)),
        ]
    )


@pytest.mark.parametrize("positions", [True, False])
def test_a_contradiction_is_shaded_from_the_lowest_to_the_highest_number_of_its_days(
    figure: MakeFigure, make_report: MakeReport, positions: bool
) -> None:
    report = two_lines(figure, make_report)
    found = chart(report.headings[0], (contradiction(report, 0, 2, positions=positions),))
    assert found is not None
    x = {day: f"{found.scale.x(START + timedelta(days=day)):g}" for day in range(3)}
    y = {number: f"{found.scale.y(number):g}" for number in (10, 50, 60)}
    boxes = [(0, 1, 10, 50), (1, 2, 10, 60)]  # on the third day both say 20: nothing lies between them
    assert found.contrast == "".join(
        f"M{x[first]} {y[high]}H{x[last]}V{y[low]}H{x[first]}z" for first, last, low, high in boxes
    )


def test_a_contradiction_of_something_else_is_not_shaded(figure: MakeFigure, make_report: MakeReport) -> None:
    report = two_lines(figure, make_report)
    other = make_report(series(figure, [Count.exactly(1), Count.exactly(2)], outcome="injured"))
    for positions in (True, False):
        found = chart(report.headings[0], (contradiction(other, 0, None, positions=positions),))
        assert found is not None
        assert found.contrast == ""


def test_one_chart_is_drawn_in_several_frames_and_of_some_days(figure: MakeFigure, make_report: MakeReport) -> None:
    report = two_lines(figure, make_report)
    found = charts(report.headings[0], (), (WIDE, NARROW), (START, START + timedelta(days=1)))
    assert found is not None
    assert [one.frame for one in found] == [WIDE, NARROW]
    assert {number for one in found for trace in one.traces for _, number, _ in trace.points} == {10, 50, 60}


def test_a_long_line_marks_its_revisions_and_its_end_only(figure: MakeFigure, make_report: MakeReport) -> None:
    numbers = [*range(1, 80), 40, *range(81, 100)]
    (trace,) = drawn(make_report, *series(figure, [Count.exactly(n) for n in numbers])).traces
    assert [mark.revised for mark in trace.marks] == [False, True]


def test_more_lines_than_can_be_told_apart_stay_in_the_tables(figure: MakeFigure, make_report: MakeReport) -> None:
    figures = [
        one
        for n in range(MOST_TRACES + 3)
        for one in series(figure, [Count.exactly(n + 1), Count.exactly(n + 2)], links=(f"Source {n}",))
    ]
    many = drawn(make_report, *figures)
    assert (len(many.traces), many.omitted) == (MOST_TRACES, 3)
    assert [trace.style for trace in many.traces] == list(range(MOST_TRACES))
    assert "Source 0: 2 figures, 1 to 2; Source 1: 2 figures, 2 to 3; Source 10: " in described(many.traces)


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
    top, step = rounded_up(highest)
    assert highest <= top <= 5 * step
    assert top % step == 0


@given(st.dates(), st.integers(1, 20_000), st.integers(1, 10**9), st.sampled_from([WIDE, HALF, NARROW, STANDALONE]))
def test_every_tick_lies_within_the_frame_and_there_are_few(first: date, days: int, highest: int, frame: Frame) -> None:
    last = min(date.max - timedelta(days=1), date.fromordinal(min(first.toordinal() + days, date.max.toordinal() - 1)))
    scale = Scale(frame, min(first, last), last, rounded_up(highest))
    across, upward = list(scale.across()), list(scale.upward())
    assert all(frame.left <= tick.at <= frame.width - frame.right for tick in across)
    assert all(frame.top <= tick.at <= frame.floor for tick in upward)
    assert len(across) <= frame.days + 3
    assert len(upward) <= 6
    assert upward[0].label == "0"
