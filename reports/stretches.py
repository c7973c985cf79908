"""
The days on which two counts stood in one relation, found without keeping pairs.

The pairs of one relation that a figure opens on arrival last until the earlier of its own end and the latest end
of those it meets: each figure opens at most one stretch of a relation, and a relation holds on the union of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from db.records import Definition
from reports.positions import PairRelation

STRONGEST_FIRST: tuple[PairRelation, ...] = ("contradict", "compatible", "agree", "not_comparable")
FOREVER = 2**40
"""The end of what nothing ended, as a day's ordinal."""
_SHOWN = (0, 1, 1, 2)


@dataclass(slots=True)
class Stretches:
    """
    The stretches of two counts (or of one, between its authorities) while time goes on.

    Days are ordinals. `opened_by` is what the figure counts that came first; `closed` holds the relation, the first
    day and the day after the last.
    """

    until: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    opened_by: Definition | None = None
    closed: list[tuple[PairRelation, int, int]] = field(default_factory=list)
    _open: int | None = None
    _from: int = 0
    _agrees: bool = True
    _arrived: list[bool] = field(default_factory=lambda: [False, False, False, False])

    def begin_day(self, day: int) -> None:
        """Close what ended before this day."""
        while self._open is not None and (end := self._end()) < day:
            self._change(end)

    def opens(self, relation: PairRelation, until: int) -> None:
        """Pairs of this relation begin today and last until this day."""
        place = STRONGEST_FIRST.index(relation)
        self._arrived[place] = True
        if until > self.until[place]:
            self.until[place] = until

    def end_day(self, day: int) -> None:
        """Go on with the relation that stood, or change it."""
        if self._open is None or _SHOWN[self._open] != self._shown(day):
            self._change(day)
        elif self._arrived[0] or self._arrived[1] or self._arrived[3]:
            self._agrees = False
        self._arrived = [False, False, False, False]

    def finish(self) -> None:
        """Close what ended, and leave open what still stands."""
        self.begin_day(FOREVER)
        if self._open is not None:
            self._close(FOREVER)

    def _end(self) -> int:
        if self._open in (1, 2):
            return max(self.until[1], self.until[2])
        return self.until[self._open or 0]

    def _shown(self, day: int) -> int | None:
        return next((_SHOWN[place] for place in range(4) if self.until[place] > day), None)

    def _change(self, day: int) -> None:
        self._close(day)
        self._open = next((place for place in range(4) if self.until[place] > day), None)
        self._from = day
        self._agrees = self._open == 2 and self.until[3] <= day

    def _close(self, day: int) -> None:
        if self._open is not None and day > self._from:
            relation = STRONGEST_FIRST[self._open]
            if self._open in (1, 2):
                relation = "agree" if self._agrees else "compatible"
            self.closed.append((relation, self._from, day))

    def __iter__(self) -> Iterator[tuple[PairRelation, int, int]]:
        return iter(self.closed)
