"""
A cumulative number far from the one in force: most likely misread, so it waits for a person.

Held is a number under half or over three times its authority's figure in force of the same full definition, once
five stand before it. A toll in its first weeks that rises fast is never held, and neither is a smaller fall.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from db.records import Figure, Hold

Known = Callable[[Figure], Iterable[tuple[date, int]]]
"""What the record holds of a figure's authority, event and full definition: as-of days with their counts."""
YOUNG = timedelta(days=60)
"""So long after its baseline, or else its first figure, a toll may rise fast."""
ENOUGH = 5
"""So many figures must stand before one that is held for its distance to them."""
Key = tuple[str, str | None, bytes]


def nothing_known(_figure: Figure) -> Iterable[tuple[date, int]]:
    """The answer of an empty record."""
    return ()


@dataclass(slots=True)
class _Line:
    days: list[date] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def take(self, day: date, count: int) -> None:
        place = bisect_right(self.days, day)
        self.days.insert(place, day)
        self.counts.insert(place, count)


class Jumps:
    """The cumulative counts of each authority, event and definition while publications go by."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._lines: dict[Key, _Line] = {}

    def hold(self, figure: Figure) -> Hold | None:
        """The reason to hold a figure for its distance to the one in force, if any."""
        line, said = self._line(figure), _said(figure)
        if line is None or said is None:
            return None
        day, count = said
        before = bisect_right(line.days, day)
        if before < ENOUGH:
            return None
        last, last_day = line.counts[before - 1], line.days[before - 1]
        if not last or last <= 2 * count <= 6 * last:
            return None
        begun = figure.definition.since or line.days[0]
        if count > last and day - begun < YOUNG:
            return None
        told = "less than half of" if 2 * count < last else "more than three times"
        reason = f"{count:,} is {told} the {last:,} in force from {last_day} in the same line of its authority"
        return Hold("sudden_jump", reason)

    def take(self, figure: Figure) -> None:
        """Let a figure that is not held stand before later ones."""
        line, said = self._line(figure), _said(figure)
        if line is not None and said is not None:
            line.take(*said)

    def _line(self, figure: Figure) -> _Line | None:
        authority = figure.chain.authority
        if authority is None or figure.definition.tally != "cumulative" or _said(figure) is None:
            return None
        key = (authority, figure.event, figure.definition.key)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line()
            for day, count in sorted(self._known(figure)):
                line.days.append(day)
                line.counts.append(count)
        return line


def _said(figure: Figure) -> tuple[date, int] | None:
    """The day and number of a count that can be set beside others; a vague word or a forecast cannot."""
    count = figure.count
    if count is None or count.value is None or figure.as_of is None:
        return None
    if count.qualifier == "vague" or figure.modality == "projected" or figure.earlier_value_of is not None:
        return None
    return figure.as_of, count.value
