"""
The geometry of one chart: every authority's figures of one heading over time, with their bounds.

Pure numbers in user units of an SVG of WIDTH by HEIGHT; the template draws them, so that every word in a chart
is escaped like every other word. A figure stands until the next one: lines are steps, nothing is filled in
between, and the scale of numbers begins at 0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Count, RecordedFigure
from reports.narration import own_facets, series_authority
from reports.provenance import REVISIONS, Heading, Line, day_of, parallel_key
from reports.sentences import number_words, scope_words
from reports.words import MONTHS

WIDTH, HEIGHT = 560, 260
LEFT, RIGHT, TOP, BOTTOM = 68, 36, 16, 30
MOST_TRACES = 8
"""More lines than this cannot be told apart; the tables have them all."""
_MOST_MARKS = 60
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure on a trace; `open_up` and `open_down`: a bound without its other side."""

    x: float
    y: float
    revised: bool
    open_up: bool
    open_down: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The closed range of one figure."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Trace:
    """One authority's line: `style` chooses colour, dash and shape."""

    name: str
    style: int
    path: str
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn; `omitted` counts the lines that it leaves to the tables."""

    traces: tuple[Trace, ...]
    across: tuple[Tick, ...]
    upward: tuple[Tick, ...]
    omitted: int


@dataclass(frozen=True, slots=True)
class _Run:
    """The dated numbers of one parallel line, by day; `hidden` where no authority is named for them."""

    name: str
    hidden: bool
    figures: tuple[tuple[date, Count, bool], ...]


def chart(heading: Heading) -> Chart | None:
    """The chart of a heading; None where it would show fewer than two dated numbers."""
    runs = sorted(
        (run for line in heading.lines for run in _runs(line)),
        key=lambda run: (run.hidden, -len(run.figures), run.name),
    )
    shown = runs[:MOST_TRACES]
    dated = [entry for run in shown for entry in run.figures]
    if len(dated) < 2:
        return None
    first, last = min(day for day, _, _ in dated), max(day for day, _, _ in dated)
    if (last - first).days < 4:
        first, last = first - timedelta(days=1), last + timedelta(days=1)
    scale = _Scale(first, last, _nice(max(_top(count) for _, count, _ in dated)))
    traces = tuple(_trace(run, style, scale) for style, run in enumerate(shown))
    return Chart(traces, tuple(scale.across()), tuple(scale.upward()), len(runs) - len(shown))


def _runs(line: Line) -> list[_Run]:
    shared = scope_words(line.definition)
    grouped: dict[tuple[object, ...], list[tuple[RecordedFigure, bool]]] = {}
    for step in line.series.steps:
        grouped.setdefault(parallel_key(step.figure), []).append((step.figure, step.change in REVISIONS))
    runs = []
    for members in grouped.values():
        dated = [(day, one.figure.count, revised) for one, revised in members if (day := day_of(one))]
        figures = [(day, count, revised) for day, count, revised in dated if count and count.value is not None]
        own = own_facets(members[0][0], shared) if len(grouped) > 1 else ""
        name = series_authority(line.series) + (f" ({own})" if own else "")
        if figures:
            hidden = line.series.authority is None
            runs.append(_Run(name, hidden, tuple(sorted(figures, key=lambda entry: entry[0]))))
    return runs


def _top(count: Count) -> int:
    return max(bound for bound in (count.low, count.best, count.high) if bound is not None)


def _nice(highest: int) -> tuple[int, int]:
    """The top of the scale and its step: 1, 2 or 5 times a power of ten, at most five steps."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= step * factor * 5:
                size = step * factor
                return max(size * -(-highest // size), size), size
        step *= 10


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and people to user units."""

    first: date
    last: date
    number: tuple[int, int]

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, people: int) -> float:
        return round(HEIGHT - BOTTOM - people / self.number[0] * (HEIGHT - TOP - BOTTOM), 1)

    def upward(self) -> Iterator[Tick]:
        top, step = self.number
        return (Tick(self.y(people), number_words(people)) for people in range(0, top + 1, step))

    def across(self) -> Iterator[Tick]:
        days = (self.last - self.first).days
        if days <= 70:
            step = -(-(days + 1) // _MOST_TICKS)
            some = (self.first + timedelta(days=offset) for offset in range(0, days + 1, step))
            return (Tick(self.x(day), f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}") for day in some)
        return (Tick(self.x(day), f"{MONTHS[day.month - 1][:3]} {day.year}") for day in self._months(days))

    def _months(self, days: int) -> Iterator[date]:
        step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120) if days / 30.4 / size <= _MOST_TICKS), 600)
        month = self.first.year * 12 + self.first.month - 1
        month += -month % step
        while month // 12 <= date.max.year and (day := date(month // 12, month % 12 + 1, 1)) <= self.last:
            if day >= self.first:
                yield day
            month += step


def _trace(run: _Run, style: int, scale: _Scale) -> Trace:
    few = len(run.figures) <= _MOST_MARKS
    marked = [entry for entry in run.figures[:-1] if few or entry[2]] + [run.figures[-1]]
    return Trace(
        name=run.name,
        style=style,
        path=_path(run, scale),
        # A range without a best value is a bar alone: neither of its ends is the number.
        marks=tuple(_mark(entry, scale) for entry in marked if not _is_bare_range(entry[1])),
        bars=tuple(_bars(run, scale)),
    )


def _path(run: _Run, scale: _Scale) -> str:
    """Horizontal until the next figure, then vertical to it (SVG path data)."""
    places = [(scale.x(day), scale.y(count.value or 0)) for day, count, _ in run.figures]
    x, y = places[0]
    drawn = [f"M{x:g} {y:g}"]
    for next_x, next_y in places[1:]:
        if next_x != x:
            drawn.append(f"H{next_x:g}")
        if next_y != y:
            drawn.append(f"V{next_y:g}")
        x, y = next_x, next_y
    return "".join(drawn)


def _mark(entry: tuple[date, Count, bool], scale: _Scale) -> Mark:
    day, count, revised = entry
    return Mark(
        scale.x(day),
        scale.y(count.value or 0),
        revised,
        open_up=count.low is not None and count.high is None,
        open_down=count.high is not None and count.low is None,
    )


def _is_bare_range(count: Count) -> bool:
    return count.best is None and count.low is not None and count.high is not None


def _bars(run: _Run, scale: _Scale) -> Iterator[Bar]:
    for day, count, _ in run.figures:
        if count.low is not None and count.high is not None and count.low < count.high:
            yield Bar(scale.x(day), scale.y(count.high), scale.y(count.low))


def described(traces: Sequence[Trace]) -> str:
    """The names in a chart, for those who do not see it."""
    return "; ".join(trace.name for trace in traces)
