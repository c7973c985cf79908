"""
What changed between an earlier report and a later one on the same subject: the figures, what was done about them,
what each authority last reported, who disagrees, and whom the figures name.

The earlier report is read from its file, so that what it said is compared and not what the store would say today.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from db.records import Act, Definition, RecordedFigure
from reports.earlier.report import EarlierReport
from reports.provenance import Report, Standing, parallel_key


@dataclass(frozen=True, slots=True)
class Moved:
    """What one authority last reported, then and now; either may be absent."""

    before: RecordedFigure | None
    after: RecordedFigure | None

    @property
    def named(self) -> RecordedFigure:
        """The one that says whose count of what this is."""
        one = self.after or self.before
        assert one is not None  # noqa: S101 - one of them is there
        return one


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Authorities that cannot both stand, over one thing counted."""

    event: str | None
    definition: Definition
    authorities: tuple[str, ...]
    because: str
    figures: frozenset[str]

    def is_same(self, other: Self) -> bool:
        """Whether two reports speak of one contradiction: of the same authorities, over one count or one figure."""
        if (self.event, self.authorities) != (other.event, other.authorities):
            return False
        return self.definition.core_key == other.definition.core_key or not self.figures.isdisjoint(other.figures)


@dataclass(frozen=True, slots=True)
class Since:
    """
    What changed since an earlier report.

    Attributes:
        made, size: when the earlier report was made, and how many entries the ledger held.
        new: figures that the later report has and the earlier has not.
        acted_on: figures of both, with what was done about them since.
        left: figures that only the earlier report has: filed under another event since, or held.
        moved: what authorities last reported, where that is another figure now.
        opened, resolved: contradictions that stand only now, and that stood only then.
        sources: names that only the later report's figures have.
    """

    made: datetime
    size: int
    new: tuple[RecordedFigure, ...]
    acted_on: tuple[tuple[RecordedFigure, tuple[Act, ...]], ...]
    left: tuple[RecordedFigure, ...]
    moved: tuple[Moved, ...]
    opened: tuple[Contradiction, ...]
    resolved: tuple[Contradiction, ...]
    sources: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any((self.new, self.acted_on, self.left, self.moved, self.opened, self.resolved, self.sources))


def since(earlier: EarlierReport, later: Report) -> Since:
    """What changed from an earlier report to a later one, which are on the same subject (see `differing_subject`)."""
    before = {one.id: one for one in earlier.figures}
    after = {one.id: one for one in later.figures}
    then, now = tuple(_standing_then(earlier)), tuple(_standing_now(later))
    return Since(
        made=earlier.generated,
        size=earlier.checkpoint.size,
        new=tuple(one for one in later.figures if one.id not in before),
        acted_on=tuple(_acted_on(later.figures, before)),
        left=tuple(one for one in earlier.figures if one.id not in after),
        moved=tuple(_moved(earlier, later)),
        opened=_without(now, then),
        resolved=_without(then, now),
        sources=tuple(sorted({one.name for one in later.sources} - set(earlier.sources))),
    )


def differing_subject(earlier: EarlierReport, later: Report) -> str | None:
    """In what two reports differ, so that they cannot be compared; None where they are on the same subject."""
    if earlier.event != later.event:
        return f"it is about {earlier.event or 'all events'}, and the new one about {later.event or 'all events'}"
    then, now = dict(earlier.filters), dict(later.filters)
    if then != now:
        return f"it has the filters {_filter_words(then)}, and the new one {_filter_words(now)}"
    return None


def _filter_words(filters: dict[str, str]) -> str:
    return ", ".join(f"{name} “{value}”" for name, value in sorted(filters.items())) or "none"


def _acted_on(
    figures: Iterable[RecordedFigure], before: dict[str, RecordedFigure]
) -> Iterator[tuple[RecordedFigure, tuple[Act, ...]]]:
    for one in figures:
        if (then := before.get(one.id)) and (acts := _acts_since(one, then)):
            yield one, acts


def _acts_since(now: RecordedFigure, then: RecordedFigure) -> tuple[Act, ...]:
    known = {act.id for act in then.acts}
    return tuple(act for act in now.acts if act.id not in known)


def _moved(earlier: EarlierReport, later: Report) -> Iterator[Moved]:
    """Each standing beside the one that it took the place of: in the same line, with the same basis and baseline."""
    held = {one.id: one for one in earlier.figures}
    waiting = {one.figure: held[one.figure] for one in earlier.standings if one.figure in held}
    for heading in later.headings:
        for standing in heading.standings:
            before = _predecessor(standing, waiting)
            if before is not None:
                del waiting[before.id]
            if before is None or before.id != standing.figure.id:
                yield Moved(before, standing.figure)
    yield from (Moved(before, None) for before in waiting.values())


def _predecessor(standing: Standing, waiting: dict[str, RecordedFigure]) -> RecordedFigure | None:
    key = parallel_key(standing.figure)
    for step in standing.line.series.steps:
        if (before := waiting.get(step.figure.id)) and parallel_key(before) == key:
            return before
    return None


def _standing_then(earlier: EarlierReport) -> Iterator[Contradiction]:
    for one in earlier.disagreements:
        if one.relation == "contradict" and not one.resolved:
            figures = frozenset(figure for position in one.positions for figure in position.figures)
            yield Contradiction(one.event, one.counted, one.authorities, one.because, figures)


def _standing_now(later: Report) -> Iterator[Contradiction]:
    for one in later.contradictions:
        if not one.resolved:
            authorities = tuple(sorted({position.authority for position in one.positions}))
            figures = frozenset(figure.id for position in one.positions for figure in position.figures)
            yield Contradiction(one.event, one.definition, authorities, one.because, figures)


def _without(some: Sequence[Contradiction], others: Sequence[Contradiction]) -> tuple[Contradiction, ...]:
    return tuple(one for one in some if not any(one.is_same(other) for other in others))
