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
_Key = tuple[str, str | None, bytes]


class Known(Protocol):
    """What is recorded already."""

    def line_of(self, figure: Figure, /) -> Sequence[tuple[date, int]]:
        """What stands of a figure's authority, event and full definition: as-of days and counts, the later last."""

    def near(self, figure: Figure, days: int, /) -> Sequence[tuple[date, int]]:
        """The same as far as one figure needs it: the first day, and so many days up to the figure's own."""

    def has(self, figure: Figure, /) -> bool:
        """Whether this document's figure was recorded before, held or not."""


class NothingKnown:
    """An empty record."""

    def line_of(self, _figure: Figure, /) -> Sequence[tuple[date, int]]:
        """No line has begun."""
        return ()

    def near(self, _figure: Figure, _days: int, /) -> Sequence[tuple[date, int]]:
        """No line has begun."""
        return ()

    def has(self, _figure: Figure, /) -> bool:
        """Everything is new."""
        return False


@dataclass(slots=True)
class _Line:
    """
    The number in force from each day on; of several for one day the one that became known last.

    Of a text's figure only what is near it has been asked for, by day (`asked`); of a dataset's, everything (None).
    """

    days: list[date] = field(default_factory=list)
    counts: dict[date, int] = field(default_factory=dict)
    asked: set[date] | None = field(default_factory=set)

    def take(self, day: date, count: int) -> None:
        if day not in self.counts:
            insort(self.days, day)
        self.counts[day] = count

    def learn(self, recorded: Sequence[tuple[date, int]]) -> None:
        """Put what is recorded below what this document gave."""
        self.counts = {**dict(recorded), **self.counts}
        self.days = sorted(self.counts)


@dataclass(frozen=True, slots=True)
class Total:
    """One cumulative count beside its line."""

    line: _Line
    since: date | None
    day: date
    count: int

    def jump(self) -> Hold | None:
        """The reason to hold it for its distance to the number in force, if any."""
        days = self.line.days
        before = bisect_right(days, self.day)
        if before < ENOUGH:
            return None
        in_force = days[before - 1]
        last, count = self.line.counts[in_force], self.count
        if not last or last <= 2 * count <= 6 * last:
            return None
        if count > last and self.day - (self.since or days[0]) < YOUNG:
            return None
        told = "less than half of" if count < last else "more than three times"
        reason = f"{count:,} is {told} the {last:,} in force from {in_force} in the same line of its authority"
        return Hold("sudden_jump", reason)

    def stand(self) -> None:
        """Let it stand before later ones."""
        self.line.take(self.day, self.count)


class Jumps:
    """The cumulative counts of each authority, event and definition while publications go by."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._lines: dict[_Key, _Line] = {}

    def total(self, figure: Figure) -> Total | None:
        """
        The figure as a cumulative count that can be set beside others.

        None for a vague word, a forecast, a number that its own text calls an older one, and where the issuer is
        hidden.
        """
        count, definition, day = figure.count, figure.definition, figure.as_of
        if definition.tally != "cumulative" or count is None or day is None or count.qualifier == "vague":
            return None
        authority, value = figure.chain.authority, count.value
        if authority is None or value is None or figure.modality == "projected" or figure.earlier_value_of is not None:
            return None
        key = (authority, figure.event, definition.key)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line()
        if line.asked is not None and day not in line.asked:
            self._learn(line, figure, day)
        return Total(line, definition.since, day, value)

    def _learn(self, line: _Line, figure: Figure, day: date) -> None:
        """Ask for what stands before a figure: the whole line for a data row, since its neighbours will follow."""
        if figure.origin == "imported":
            line.asked = None
            line.learn(self._known.line_of(figure))
        elif line.asked is not None:
            line.asked.add(day)
            line.learn(self._known.near(figure, ENOUGH))
