"""
The recorded figures that newly recorded ones are set against, looked up by index (db/lines.py).

Of the lines of each figure's own authority, those around its day and the last; of the lines of others that count the
same, or a part or the whole of it under the same event, the last. Never all figures of an event.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from db.lines import UNKNOWN_DAY, Line, Lines, Looked
from db.records import Definition, RecordedFigure
from reports.bounds import day_of
from reports.claims.candidates import Candidates
from reports.comparison import Surroundings

DEPTH, DEPTH_OF_OTHERS = 32, 8
"""How many figures of a line are looked at: enough to know a number that a relay repeats late."""
MOST_LINES = 300
"""A figure that compares with more lines than these says too little to be set beside any of them."""
LAST = date.max


def neighbours(lines: Lines, figures: Sequence[RecordedFigure], surroundings: Surroundings) -> list[RecordedFigure]:
    """Slim figures (without words), those asked for among them, that decide steps and disagreements of these."""
    found: dict[str, RecordedFigure] = {}
    by_event: defaultdict[str | None, list[RecordedFigure]] = defaultdict(list)
    for one in figures:
        if one.figure.count is not None:
            by_event[one.figure.event].append(one)
    for event, several in by_event.items():
        for looked in _Look(lines, event, surroundings).around(several):
            found[looked.figure.id] = looked.figure
    return list(found.values())


class _Look:
    """One event's lines."""

    def __init__(self, lines: Lines, event: str | None, surroundings: Surroundings) -> None:
        self._lines = lines
        self._event = event
        known = {key: lines.definitions[key] for key in sorted(lines.definitions_of(event))}
        self._candidates = Candidates(known, surroundings)

    def around(self, figures: Iterable[RecordedFigure]) -> list[Looked]:
        """What stands around each figure's day, and what stands last."""
        days: defaultdict[tuple[Definition, str | None], set[date]] = defaultdict(set)
        for one in figures:
            days[one.figure.definition, one.figure.chain.authority].add(day_of(one) or LAST)
        last: dict[Line, None] = {}
        others: dict[Line, None] = {}
        found: list[Looked] = []
        for (definition, authority), own_days in days.items():
            own = self._own(definition, authority)
            last.update(dict.fromkeys(own))
            others.update(dict.fromkeys(self._others(definition, authority)))
            for day in own_days:
                found += self._lines.up_to(own, day, UNKNOWN_DAY, DEPTH)
                found += self._lines.after(own, day, UNKNOWN_DAY)
        found += self._lines.up_to(list(last), LAST, UNKNOWN_DAY, DEPTH)
        beside = [line for line in others if line not in last]
        return found + self._lines.up_to(beside, LAST, UNKNOWN_DAY, DEPTH_OF_OTHERS)

    def _own(self, definition: Definition, authority: str | None) -> list[Line]:
        """The lines that may share a series with it, and of killed beside injured (people may die of wounds)."""
        outcomes = {definition.outcome, "killed" if definition.outcome == "injured" else definition.outcome}
        keys = [
            key for outcome in sorted(outcomes) for key in self._candidates.of(_counting(definition, outcome)).alike
        ]
        return [line for line in self._of(keys) if line.authority == authority]

    def _others(self, definition: Definition, authority: str | None) -> list[Line]:
        """The lines of other known authorities, where it has a known one itself."""
        if authority is None:
            return []
        chosen = self._candidates.of(definition)
        lines = [line for line in self._of((*chosen.alike, *chosen.nested)) if line.authority not in (None, authority)]
        return lines if len(lines) <= MOST_LINES else []

    def _of(self, keys: Iterable[int]) -> list[Line]:
        return self._lines.lines((key, self._event) for key in keys)


def _counting(definition: Definition, outcome: str) -> Definition:
    return definition if outcome == definition.outcome else definition.changed(outcome=outcome)
