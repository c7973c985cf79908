"""
A cumulative number far from the one in force: most likely misread, so it waits for a person.

Held is a number under half or over three times its authority's figure in force of the same full definition, once
five stand before it. A toll in its first weeks that rises fast is never held, nor a rise from none; a smaller fall
is a step of the history.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from db.records import Figure, Hold

YOUNG = timedelta(days=60)
"""So long after its baseline, or else its first figure, a toll may rise fast."""
ENOUGH = 5
"""On so many days figures must stand before one that is held for its distance to them."""
Key = tuple[str, str | None, bytes]


class Known(Protocol):
    """What is recorded already."""

    def line_of(self, figure: Figure, /) -> Sequence[tuple[date, int]]:
        """What stands of a figure's authority, event and full definition: as-of days and counts, the later last."""

    def has(self, figure: Figure, /) -> bool:
        """Whether this document's figure was recorded before, held or not."""


class NothingKnown:
    """An empty record."""

    def line_of(self, _figure: Figure, /) -> Sequence[tuple[date, int]]:
        """No line has begun."""
        return ()

    def has(self, _figure: Figure, /) -> bool:
        """Everything is new."""
        return False


@dataclass(slots=True)
class _Line:
    """The number in force from each day on; of several for one day the one that became known last."""

    days: list[date] = field(default_factory=list)
    counts: dict[date, int] = field(default_factory=dict)

    def take(self, day: date, count: int) -> None:
        if day not in self.counts:
            insort(self.days, day)
        self.counts[day] = count


class Jumps:
    """The cumulative counts of each authority, event and definition while publications go by."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._lines: dict[Key, _Line] = {}

    def hold(self, figure: Figure) -> Hold | None:
        """The reason to hold a figure for its distance to the one in force, if any."""
        said = _said(figure)
        if said is None:
            return None
        day, count = said
        line = self._line(figure)
        before = bisect_right(line.days, day)
        if before < ENOUGH:
            return None
        in_force = line.days[before - 1]
        last = line.counts[in_force]
        if not last or last <= 2 * count <= 6 * last:
            return None
        if count > last and day - (figure.definition.since or line.days[0]) < YOUNG:
            return None
        told = "less than half of" if count < last else "more than three times"
        reason = f"{count:,} is {told} the {last:,} in force from {in_force} in the same line of its authority"
        return Hold("sudden_jump", reason)

    def take(self, figure: Figure) -> None:
        """Let a figure that is not held stand before later ones."""
        said = _said(figure)
        if said is not None:
            self._line(figure).take(*said)

    def _line(self, figure: Figure) -> _Line:
        key = (figure.chain.authority or "", figure.event, figure.definition.key)
        line = self._lines.get(key)
        if line is None:
            counts = dict(self._known.line_of(figure))
            line = self._lines[key] = _Line(sorted(counts), counts)
        return line


def _said(figure: Figure) -> tuple[date, int] | None:
    """
    The day and number of a cumulative count that can be set beside others.

    A vague word, a forecast, a number that its own text calls an older one, and one whose issuer is hidden cannot.
    """
    count = figure.count
    if figure.definition.tally != "cumulative" or count is None or figure.as_of is None:
        return None
    if figure.chain.authority is None or figure.earlier_value_of is not None:
        return None
    if count.qualifier == "vague" or figure.modality == "projected" or count.value is None:
        return None
    return figure.as_of, count.value
