"""
Figures in force of one kind, sorted, so that those that contradict a newcomer are counted by bisection.

A kind is one definition with what else decides whether a ceiling binds. The newcomer is always of a later day.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.bounds import BY_DAYS
from reports.standings import Held

NO_CEILING = 2**60
"""Above every number of people."""
NO_FLOOR = -1


@dataclass(slots=True, eq=False)
class Force:
    """
    A figure with its days in force, as ordinals: from `begin`, and no longer on `end`.

    `reach` says what its ceiling binds of what was in force before: nothing (0), counts of no looser basis (1),
    or all (2).
    """

    held: Held
    kind: int
    begin: int
    end: int
    floor: int
    ceiling: int
    value: int
    is_plain: bool
    reach: int

    def binds(self, *, may_bind: bool) -> bool:
        """Whether its ceiling binds an earlier figure, which is, or is not, a count of no looser basis."""
        return self.reach == 2 or (self.reach == 1 and may_bind)


def force_of(held: Held, end: int, kind: int, *, plain: bool) -> Force:
    """A figure in force, of the kind so numbered."""
    standing = held.standing
    floor = NO_FLOOR if standing.floor is None else standing.floor
    ceiling = NO_CEILING if standing.ceiling is None else standing.ceiling
    reach = (2 if standing.estimate else 1) if standing.dated else 2 if standing.estimate and standing.over else 0
    return Force(held, kind, standing.day.toordinal(), end, floor, ceiling, held.value, plain, reach)


def is_plain(held: Held) -> bool:
    """Whether a figure's bounds enclose its number, and days do not decide its scope."""
    floor, ceiling = held.standing.floor, held.standing.ceiling
    encloses = (floor is None or floor <= held.value) and (ceiling is None or held.value <= ceiling)
    return encloses and held.recorded.figure.definition.tally not in BY_DAYS


@dataclass(slots=True)
class Rank:
    """
    The figures in force of one kind.

    Attributes:
        by_bisection: all of them may be counted by bisection; else each is looked at.
        size: how many they are.
    """

    by_bisection: bool
    size: int = 0
    _floors: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _ceilings: list[int] = field(default_factory=list)
    _values: list[int] = field(default_factory=list)
    _by_authority: dict[str, list[Force]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Force]:
        return (force for several in self._by_authority.values() for force in several)

    def add(self, force: Force) -> None:
        """Take a figure in."""
        self.size += 1
        place = bisect_right(self._floors, force.floor)
        self._floors.insert(place, force.floor)
        self._ends.insert(place, force.end)
        insort(self._ceilings, force.ceiling)
        insort(self._values, force.value)
        self._by_authority.setdefault(force.held.track.authority, []).append(force)

    def remove(self, force: Force) -> None:
        """Leave a figure out again."""
        self.size -= 1
        place = self._ends.index(force.end, bisect_left(self._floors, force.floor))
        del self._floors[place], self._ends[place]
        del self._ceilings[bisect_left(self._ceilings, force.ceiling)]
        del self._values[bisect_left(self._values, force.value)]
        several = self._by_authority[force.held.track.authority]
        several.remove(force)
        if not several:
            del self._by_authority[force.held.track.authority]

    def of(self, authority: str) -> Sequence[Force]:
        """The figures of one authority, which a newcomer of its own does not meet."""
        return self._by_authority.get(authority, ())

    def met_by(self, force: Force, own: Sequence[Force]) -> tuple[int, int, int, int]:
        """
        What a plain newcomer meets, its authority's own apart: how many, how many of them differ, how many have no
        number in common with it, and how many lie above its ceiling.
        """
        same = bisect_right(self._values, force.value) - bisect_left(self._values, force.value)
        above = len(self._floors) - bisect_right(self._floors, force.ceiling)
        below = bisect_left(self._ceilings, force.floor)
        for one in own:
            same -= one.value == force.value
            above -= one.floor > force.ceiling
            below -= one.ceiling < force.floor
        met = self.size - len(own)
        return met, met - same, above + below, above

    def last_end(self, force: Force, own: Sequence[Force], *, of_those_above: bool) -> int:
        """The latest end of those whose floor lies above a newcomer's ceiling, or of the others; 0 for none."""
        place = bisect_right(self._floors, force.ceiling)
        ends = self._ends[place:] if of_those_above else self._ends[:place]
        for one in own:
            if (one.floor > force.ceiling) == of_those_above:
                ends.remove(one.end)
        return max(ends, default=0)

    def ends_by_number(self, force: Force, *, above: bool) -> tuple[int, int]:
        """
        The latest ends of those that give a newcomer's number, and of those that give another; 0 for none.

        With `above`, those whose floor lies above its ceiling are left out.
        """
        same = other = 0
        authority, value, ceiling = force.held.track.authority, force.value, force.ceiling
        for name, several in self._by_authority.items():
            if name != authority:
                for one in several:
                    if above and one.floor > ceiling:
                        continue
                    if one.value == value:
                        same = max(same, one.end)
                    elif one.end > other:
                        other = one.end
        return same, other
