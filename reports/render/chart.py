"""
The geometry of one chart: every authority's figures of one heading over time, with their bounds.

Pure numbers in user units of an SVG; a template draws them, so that every word in a chart is escaped like every
other word. A figure stands until the next one: lines are steps, nothing is filled in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from db.records import Count, RecordedFigure
from reports.narration import own_facets, series_authority
from reports.positions import Disagreement
from reports.provenance import REVISIONS, Heading, Line, day_of, parallel_key
from reports.render.scale import WIDE, Frame, Scale, Tick, rounded_up
from reports.sentences import count_words, number_words, scope_words

MOST_TRACES = 8
"""More lines than this cannot be told apart; the tables have them all."""
MOST_MARKS = 60
_LAST_BAND = 10
"""How far the band of the last figure reaches, in user units: it has no next figure to reach to."""
_LABEL_HEIGHT, _LABEL_WIDTH = 14, 76


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure on a trace; `open_up` and `open_down`: a bound without its other side."""

    x: float
    y: float
    revised: bool
    open_up: bool
    open_down: bool
    words: str


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a line's last figure, beside it."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Trace:
    """
    One authority's line.

    Attributes:
        style: chooses colour, dash and shape.
        path, band: SVG path data of the line and of the closed ranges around it (empty: there are none).
        marks: those of revisions last, so that none is covered.
        points: every figure as (day, number, id), for whoever points at one.
    """

    name: str
    style: int
    path: str
    band: str
    marks: tuple[Mark, ...]
    end: Label
    points: tuple[tuple[date, int, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn; `omitted` counts the lines that it leaves to the tables; `contrast` is path data."""

    scale: Scale
    traces: tuple[Trace, ...]
    across: tuple[Tick, ...]
    upward: tuple[Tick, ...]
    omitted: int
    contrast: str = ""

    @property
    def frame(self) -> Frame:
        """The size and margins it was drawn for."""
        return self.scale.frame

    @property
    def has_bands(self) -> bool:
        """Whether any range is drawn, so that the legend must say what it is."""
        return any(trace.band for trace in self.traces)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One dated number of a run."""

    day: date
    count: Count
    revised: bool
    id: str

    @property
    def value(self) -> int:
        return self.count.value or 0

    @property
    def range(self) -> tuple[int, int] | None:
        low, high = self.count.low, self.count.high
        return (low, high) if low is not None and high is not None and low < high else None

    @property
    def words(self) -> str:
        """The number alone, or the range where no best value is given."""
        if self.range and self.count.best is None:
            return f"{number_words(self.range[0])}–{number_words(self.range[1])}"
        return number_words(self.value)


@dataclass(frozen=True, slots=True)
class _Run:
    """The dated numbers of one parallel line, by day; `authority` None where none is named for them."""

    name: str
    authority: str | None
    entries: tuple[_Entry, ...]


def chart(heading: Heading, contradictions: Sequence[Disagreement] = (), frame: Frame = WIDE) -> Chart | None:
    """
    The chart of a heading; None where it would show fewer than two dated numbers.

    `contradictions`: those of the heading are shaded, from the lowest to the highest number drawn on each day.
    """
    drawn = charts(heading, contradictions, (frame,))
    return drawn[0] if drawn else None


def charts(
    heading: Heading,
    contradictions: Sequence[Disagreement],
    frames: Sequence[Frame],
    within: tuple[date, date] | None = None,
) -> tuple[Chart, ...] | None:
    """The same chart in several frames; `within`: of figures from one day to another only."""
    found = (run for line in heading.lines for run in _runs(line, within or (date.min, date.max)))
    runs = sorted(found, key=lambda run: (run.authority is None, -len(run.entries), run.name))
    shown = runs[:MOST_TRACES]
    if sum(len(run.entries) for run in shown) < 2:
        return None
    spans = [one for one in contradictions if _is_of(one, heading)]
    return tuple(_chart(shown, len(runs) - len(shown), spans, frame) for frame in frames)


def _chart(runs: Sequence[_Run], omitted: int, spans: Sequence[Disagreement], frame: Frame) -> Chart:
    dated = [entry for run in runs for entry in run.entries]
    first, last = min(entry.day for entry in dated), max(entry.day for entry in dated)
    if (last - first).days < 4:
        first, last = first - timedelta(days=1), last + timedelta(days=1)
    scale = Scale(frame, first, last, rounded_up(max(_top(entry.count) for entry in dated)))
    traces = _apart([_trace(run, style, scale) for style, run in enumerate(runs)])
    contrast = "".join(_contrast(one, runs, scale) for one in spans)
    return Chart(scale, traces, tuple(scale.across()), tuple(scale.upward()), omitted, contrast)


def described(traces: Sequence[Trace]) -> str:
    """The lines of a chart in words, for those who do not see it: whose, how many figures, from and to which."""
    return "; ".join(
        f"{trace.name}: {len(trace.points)} figures, {number_words(trace.points[0][1])} to {trace.end.words}"
        if len(trace.points) > 1
        else f"{trace.name}: {trace.end.words}"
        for trace in traces
    )


def _runs(line: Line, within: tuple[date, date]) -> list[_Run]:
    shared = scope_words(line.definition)
    grouped: dict[tuple[object, ...], list[tuple[RecordedFigure, bool]]] = {}
    for step in line.series.steps:
        if step.change not in ("retracted", "disowned"):
            grouped.setdefault(parallel_key(step.figure), []).append((step.figure, step.change in REVISIONS))
    runs = []
    for members in grouped.values():
        entries = [
            _Entry(day, count, revised, one.id)
            for one, revised in members
            if (day := day_of(one))
            and within[0] <= day <= within[1]
            and (count := one.figure.count)
            and count.value is not None
        ]
        own = own_facets(members[0][0], shared) if len(grouped) > 1 else ""
        name = series_authority(line.series) + (f" ({own})" if own else "")
        if entries:
            runs.append(_Run(name, line.series.authority, tuple(sorted(entries, key=lambda entry: entry.day))))
    return runs


def _top(count: Count) -> int:
    return max(bound for bound in (count.low, count.best, count.high) if bound is not None)


def _trace(run: _Run, style: int, scale: Scale) -> Trace:
    few = len(run.entries) <= MOST_MARKS
    last = run.entries[-1]
    marked = sorted(
        (entry for entry in run.entries if few or entry.revised or entry is last), key=lambda entry: entry.revised
    )
    return Trace(
        name=run.name,
        style=style,
        path=_path(run, scale),
        band=_band(run, scale),
        # A range without a best value is a band alone: neither of its ends is the number.
        marks=tuple(_mark(entry, scale) for entry in marked if not (entry.range and entry.count.best is None)),
        end=Label(scale.x(last.day), scale.y(last.value), last.words),
        points=tuple((entry.day, entry.value, entry.id) for entry in run.entries),
    )


def _path(run: _Run, scale: Scale) -> str:
    """Horizontal until the next figure, then vertical to it (SVG path data)."""
    x, y = scale.x(run.entries[0].day), scale.y(run.entries[0].value)
    drawn = [f"M{x:g} {y:g}"]
    for entry in run.entries[1:]:
        next_x, next_y = scale.x(entry.day), scale.y(entry.value)
        if next_x != x:
            drawn.append(f"H{next_x:g}")
        if next_y != y:
            drawn.append(f"V{next_y:g}")
        x, y = next_x, next_y
    return "".join(drawn)


def _band(run: _Run, scale: Scale) -> str:
    """One box for each closed range, until the next figure (SVG path data)."""
    boxes = []
    for place, entry in enumerate(run.entries):
        if entry.range:
            x = scale.x(entry.day)
            following = run.entries[place + 1].day if place + 1 < len(run.entries) else entry.day
            until = max(scale.x(following), x + _LAST_BAND)
            boxes.append(_box(x, until, scale.y(entry.range[1]), scale.y(entry.range[0])))
    return "".join(boxes)


def _box(left: float, right: float, top: float, bottom: float) -> str:
    return f"M{left:g} {top:g}H{right:g}V{bottom:g}H{left:g}z"


def _mark(entry: _Entry, scale: Scale) -> Mark:
    count = entry.count
    return Mark(
        scale.x(entry.day),
        scale.y(entry.value),
        entry.revised,
        open_up=count.low is not None and count.high is None,
        open_down=count.high is not None and count.low is None,
        words=f"{count_words(count)}, {entry.day.isoformat()}",
    )


def _apart(traces: Sequence[Trace]) -> tuple[Trace, ...]:
    """The same traces with their last numbers moved down so that none covers another."""
    placed: list[Label] = []
    moved: dict[int, Label] = {}
    for trace in sorted(traces, key=lambda trace: trace.end.y):
        label = trace.end
        near = [other.y + _LABEL_HEIGHT for other in placed if abs(other.x - label.x) < _LABEL_WIDTH]
        moved[trace.style] = label = replace(label, y=max([label.y, *near]))
        placed.append(label)
    return tuple(replace(trace, end=moved[trace.style]) for trace in traces)


def _is_of(one: Disagreement, heading: Heading) -> bool:
    """Whether a disagreement is between lines of a heading; by what is counted where nobody's positions are told."""
    if not one.positions:
        counted = {(line.series.event, line.series.definition.core_key) for line in heading.lines}
        definitions = [one.definition] if one.other is None else [one.definition, one.other]
        return all((one.event, definition.core_key) in counted for definition in definitions)
    standing = {step.figure.id for line in heading.lines for step in line.series.steps}
    return sum(any(figure.id in standing for figure in position.figures) for position in one.positions) > 1


def _contrast(one: Disagreement, runs: Sequence[_Run], scale: Scale) -> str:
    """The days of a contradiction, from the lowest to the highest number in force (SVG path data)."""
    named = {position.authority for position in one.positions}
    taking_part = [run for run in runs if run.authority is not None and (not named or run.authority in named)]
    if one.from_day is None or len(taking_part) < 2:
        return ""
    first, last = max(one.from_day, scale.first), min(one.to_day or scale.last, scale.last)
    turns = {entry.day for run in taking_part for entry in run.entries if first < entry.day <= last}
    days = [first, *sorted(turns), last + timedelta(days=1) if last < scale.last else last]
    return "".join(_boxes(taking_part, days, scale))


def _boxes(runs: Sequence[_Run], days: Sequence[date], scale: Scale) -> Iterator[str]:
    places = [0] * len(runs)
    for day, following in pairwise(days):
        values = []
        for number, run in enumerate(runs):
            while places[number] < len(run.entries) and run.entries[places[number]].day <= day:
                places[number] += 1
            if places[number]:
                values.append(run.entries[places[number] - 1].value)
        left, right = scale.x(day), scale.x(following)
        if len(values) > 1 and right > left and max(values) > min(values):
            yield _box(left, right, scale.y(max(values)), scale.y(min(values)))
