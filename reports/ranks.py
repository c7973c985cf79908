"""
Figures in force of one kind, sorted, so that those that contradict a newcomer are counted by bisection.

A kind is one definition with what else decides whether a ceiling binds. The newcomer is always of a later day.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.standings import Held

NO_CEILING = 2**60
"""Above every number of people."""
NO_FLOOR = -1
FLOWS = frozenset({"stock", "period", "added", "rate"})
"""Tallies whose figures compare only for the same days: each such pair is looked at."""


class Force(NamedTuple):
    """A figure with its days in force, as ordinals: from `begin`, and no longer on `end`."""

    held: Held
    begin: int
    end: int
    floor: int
    ceiling: int
    value: int
    is_plain: bool


def force_of(held: Held, end: int) -> Force:
    """A figure in force; plain where its bounds enclose its number and its days do not decide its scope."""
    standing, value = held.standing, held.value
    floor = NO_FLOOR if standing.floor is None else standing.floor
    ceiling = NO_CEILING if standing.ceiling is None else standing.ceiling
    is_plain = floor <= value <= ceiling and held.recorded.figure.definition.tally not in FLOWS
    return Force(held, standing.day.toordinal(), end, floor, ceiling, value, is_plain)


class Met(NamedTuple):
    """How many of a rank a newcomer meets; how many differ, have no number in common with it, lie above its ceiling."""

    met: int
    differing: int
    apart: int
    above: int


@dataclass(slots=True)
class Rank:
    """
    The figures in force of one kind.

    Attributes:
        by_bisection: all of them may be counted by bisection; else each is looked at.
    """

    by_bisection: bool
    _floors: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _ceilings: list[int] = field(default_factory=list)
    _values: list[int] = field(default_factory=list)
    _by_authority: dict[str, list[Force]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Force]:
        return (force for several in self._by_authority.values() for force in several)

    def __len__(self) -> int:
        return len(self._values)

    def add(self, force: Force) -> None:
        """Take a figure in."""
        place = bisect_right(self._floors, force.floor)
        self._floors.insert(place, force.floor)
        self._ends.insert(place, force.end)
        insort(self._ceilings, force.ceiling)
        insort(self._values, force.value)
        self._by_authority.setdefault(force.held.track.authority, []).append(force)

    def remove(self, force: Force) -> None:
        """Leave a figure out again."""
        place = self._ends.index(force.end, bisect_left(self._floors, force.floor))
        del self._floors[place], self._ends[place]
        del self._ceilings[bisect_left(self._ceilings, force.ceiling)]
        del self._values[bisect_left(self._values, force.value)]
        several = self._by_authority[force.held.track.authority]
        several.remove(force)
        if not several:
            del self._by_authority[force.held.track.authority]

    def of(self, authority: str) -> Sequence[Force]:
        """This authority's own, which a newcomer of it does not meet."""
        return self._by_authority.get(authority, ())

    def met_by(self, force: Force, own: Sequence[Force]) -> Met:
        """Counts for a plain newcomer, without its authority's own."""
        same = bisect_right(self._values, force.value) - bisect_left(self._values, force.value)
        above = len(self._floors) - bisect_right(self._floors, force.ceiling)
        below = bisect_left(self._ceilings, force.floor)
        for one in own:
            same -= one.value == force.value
            above -= one.floor > force.ceiling
            below -= one.ceiling < force.floor
        met = len(self._values) - len(own)
        return Met(met, met - same, above + below, above)

    def last_end(self, force: Force, own: Sequence[Force], *, of_those_above: bool) -> int:
        """The latest end of those whose floor lies above a newcomer's ceiling, or of the others; 0 for none."""
        place = bisect_right(self._floors, force.ceiling)
        ends = self._ends[place:] if of_those_above else self._ends[:place]
        for one in own:
            if (one.floor > force.ceiling) == of_those_above:
                ends.remove(one.end)
        return max(ends, default=0)
