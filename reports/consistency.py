"""
Whether one authority's own numbers fit together: parts and wholes, sums, running totals, additions.

Only figures of one authority, event, day and way of counting are set beside one another. What does not fit is shown
with its figures and the reason; nothing is held, changed or called wrong for it.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from db.records import Definition, Figure, RecordedFigure
from reports.bounds import bounds
from reports.comparison import Surroundings
from reports.lines import USED, order
from reports.parts import NO_SUMS, Comparisons
from reports.rounding import Interval, is_relay
from reports.sentences import figure_words, number_of
from reports.series import Series

Rule = Literal["part_above_whole", "parts_above_total", "sum_differs", "total_fell", "additions_differ"]
RULES: Mapping[Rule, str] = {
    "part_above_whole": "a part is no larger than its whole",
    "parts_above_total": "parts that share nobody are together no larger than their whole",
    "sum_differs": "killed and injured are together the killed or injured, where all three are given",
    "total_fell": "a running total does not fall without a reported reason",
    "additions_differ": "what was added in a span is the difference of the running total",
}
"""Every rule, in words."""
MOST_AT_ONCE = 64
"""So many different counts of one authority and day are compared each with each; of more, the first."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """
    Figures of one authority that do not fit together, with one sentence that says why.

    `day` is the day up to which they count; `difference` in people, by how much they miss each other.
    """

    rule: Rule
    authority: str
    event: str | None
    day: date
    figures: tuple[RecordedFigure, ...]
    difference: int
    because: str


@dataclass(frozen=True, slots=True)
class Consistency:
    """What does not fit, by authority, event and day; and how many times each rule was put to the figures."""

    misfits: tuple[Misfit, ...]
    checked: Mapping[Rule, int]


def consistency(
    figures: Iterable[RecordedFigure], series: Iterable[Series], *, surroundings: Surroundings | None = None
) -> Consistency:
    """
    Put the rules to each authority's own figures.

    Args:
        figures: in any order; held, voided and corrected ones, shares, and those without a known authority or an
            as-of day are left out. Of two figures of one full definition and day, the one known last speaks.
        series: the same figures as series (see history.py), for falls of running totals.
        surroundings: how events and places nest.
    """
    check = _Check(surroundings or Surroundings())
    by_voice: dict[tuple[str, str | None], list[RecordedFigure]] = defaultdict(list)
    for recorded in sorted(figures, key=order):
        figure = recorded.figure
        if recorded.state in USED and figure.chain.authority and figure.as_of and _value(figure) is not None:
            by_voice[figure.chain.authority, figure.event].append(recorded)
    found = [misfit for voice, given in by_voice.items() for misfit in check.of_voice(*voice, given)]
    found += check.falls(series)
    found.sort(key=lambda misfit: (misfit.authority, misfit.event or "", misfit.day, misfit.rule))
    return Consistency(tuple(found), dict(check.checked))


class _Check:
    """The rules, with the number of times each rule was put."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._comparisons = Comparisons(surroundings)
        self.checked: Counter[Rule] = Counter()

    def of_voice(self, authority: str, event: str | None, given: Sequence[RecordedFigure]) -> Iterator[Misfit]:
        """What does not fit among one authority's figures under one event."""
        for day, together in _of_one_day(given).items():
            yield from self._nested(authority, event, day, together)
            yield from self._sums(authority, event, day, together)
        yield from self._additions(authority, event, given)

    def falls(self, series: Iterable[Series]) -> Iterator[Misfit]:
        """Running totals that were revised down and for which nobody is recorded to have given a reason."""
        for one in series:
            for step in one.steps:
                if one.authority is None or step.figure.figure.definition.tally != "cumulative":
                    continue
                if step.change in ("rise", "unchanged", "revised_down") and step.previous is not None:
                    self.checked["total_fell"] += 1
                reported = any(reason.by is not None for reason in step.reasons)
                day = step.figure.figure.as_of or step.figure.figure.published
                if step.change != "revised_down" or reported or step.previous is None or day is None:
                    continue
                by = -(step.difference or 0)
                yield Misfit(
                    "total_fell", one.authority, one.event, day, (step.previous, step.figure), by,
                    f"the running total went from {_said(step.previous)} to {figure_words(step.figure.figure)}, and no "
                    "reason is recorded",
                )  # fmt: skip

    def _nested(
        self, authority: str, event: str | None, day: date, together: Sequence[RecordedFigure]
    ) -> Iterator[Misfit]:
        parts_of: dict[int, list[int]] = defaultdict(list)
        for part, whole in self._parts(together):
            self.checked["part_above_whole"] += 1
            parts_of[whole].append(part)
            above = _above(_interval(together[part]).low, _interval(together[whole]).high)
            if above:
                yield Misfit(
                    "part_above_whole", authority, event, day, (together[part], together[whole]), above,
                    f"{figure_words(together[part].figure)}, a part of {figure_words(together[whole].figure)}",
                )  # fmt: skip
        for whole, parts in parts_of.items():
            apart = self._disjoint([together[part] for part in parts])
            if len(apart) < 2 or together[whole].figure.definition.outcome in NO_SUMS:
                continue
            self.checked["parts_above_total"] += 1
            least = sum(_interval(part).low or 0 for part in apart)
            above = _above(least, _interval(together[whole]).high)
            if above:
                yield Misfit(
                    "parts_above_total", authority, event, day, (*apart, together[whole]), above,
                    f"parts that share nobody make at least {least:,}, of {figure_words(together[whole].figure)}",
                )  # fmt: skip

    def _parts(self, together: Sequence[RecordedFigure]) -> Iterator[tuple[int, int]]:
        """Places of figures of which one certainly counts a part of what the other counts."""
        for one, first in enumerate(together):
            for other in range(one + 1, len(together)):
                comparison = self._comparisons.of(first.figure.definition, together[other].figure.definition)
                if not comparison.probably and comparison.relation == "narrower":
                    yield one, other
                elif not comparison.probably and comparison.relation == "wider":
                    yield other, one

    def _disjoint(self, parts: Sequence[RecordedFigure]) -> list[RecordedFigure]:
        """Parts of which no two can hold the same person, the largest first."""
        chosen: list[RecordedFigure] = []
        for part in sorted(parts, key=lambda part: -(_interval(part).low or 0)):
            if all(self._comparisons.exclude(part.figure.definition, other.figure.definition) for other in chosen):
                chosen.append(part)
        return chosen

    def _sums(
        self, authority: str, event: str | None, day: date, together: Sequence[RecordedFigure]
    ) -> Iterator[Misfit]:
        alike: dict[bytes, dict[str, RecordedFigure]] = defaultdict(dict)
        for recorded in together:
            definition = recorded.figure.definition
            if definition.outcome in ("killed", "injured", "killed_or_injured") and _is_exact(recorded.figure):
                alike[definition.changed(outcome="killed").key][definition.outcome] = recorded
        for three in alike.values():
            if len(three) < 3:
                continue
            self.checked["sum_differs"] += 1
            killed, injured, both = three["killed"], three["injured"], three["killed_or_injured"]
            by = abs(_number(killed) + _number(injured) - _number(both))
            if by:
                yield Misfit(
                    "sum_differs", authority, event, day, (killed, injured, both), by,
                    f"{_said(killed)} killed and {_said(injured)} injured beside {_said(both)} killed or injured: "
                    f"{by:,} apart",
                )  # fmt: skip

    def _additions(self, authority: str, event: str | None, given: Sequence[RecordedFigure]) -> Iterator[Misfit]:
        totals = _running_totals(given)
        for recorded in given:
            figure = recorded.figure
            hours, day = figure.definition.hours, figure.as_of
            if figure.definition.tally != "added" or not hours or hours % 24 or day is None or not _is_exact(figure):
                continue
            lines = totals.get(_what(figure.definition), {})
            ends = [(line.get(day - timedelta(hours=hours)), line.get(day)) for line in lines.values()]
            compared = [(before, after) for before, after in ends if before is not None and after is not None]
            if not compared:
                continue
            self.checked["additions_differ"] += 1
            if any(_number(after) - _number(before) == _number(recorded) for before, after in compared):
                continue
            before, after = max(compared, key=lambda pair: _number(pair[1]))
            grown = _number(after) - _number(before)
            moved = f"from {_said(before)} to {_said(after)}, by {grown:,}"
            yield Misfit(
                "additions_differ", authority, event, day, (recorded, before, after), abs(grown - _number(recorded)),
                f"{figure_words(recorded.figure)} added in {hours} hours; the running total went {moved}",
            )  # fmt: skip


def _of_one_day(given: Iterable[RecordedFigure]) -> dict[date, list[RecordedFigure]]:
    """The figures of each day, of each full definition the one known last; at most `MOST_AT_ONCE` a day."""
    days: dict[Hashable, dict[bytes, RecordedFigure]] = defaultdict(dict)
    for recorded in given:
        days[recorded.figure.as_of][recorded.figure.definition.key] = recorded
    return {day: list(found.values())[:MOST_AT_ONCE] for day, found in days.items() if isinstance(day, date)}


_Line = dict[date, RecordedFigure]


def _running_totals(given: Iterable[RecordedFigure]) -> dict[bytes, dict[date | None, _Line]]:
    """Exact running totals by what they count, then by baseline, then by day."""
    found: dict[bytes, dict[date | None, _Line]] = defaultdict(lambda: defaultdict(dict))
    for recorded in given:
        figure = recorded.figure
        if figure.definition.tally == "cumulative" and figure.as_of is not None and _is_exact(figure):
            found[_what(figure.definition)][figure.definition.since][figure.as_of] = recorded
    return found


def _what(definition: Definition) -> bytes:
    """What a definition counts, however it is tallied and since when."""
    return definition.changed(tally="unstated", since=None, until=None, hours=None, counted_by=None).key


def _is_exact(figure: Figure) -> bool:
    return figure.count is not None and figure.count.qualifier == "exact" and figure.count.best is not None


def _interval(recorded: RecordedFigure) -> Interval:
    count = recorded.figure.count
    return bounds(count, relayed=is_relay(recorded)) if count is not None else Interval(None, None)


def _value(figure: Figure) -> int | None:
    return figure.count.value if figure.count is not None else None


def _number(recorded: RecordedFigure) -> int:
    return _value(recorded.figure) or 0


def _said(recorded: RecordedFigure) -> str:
    return number_of(recorded.figure)


def _above(low: int | None, high: int | None) -> int:
    """By how many people a floor lies above a ceiling; 0 where it does not."""
    return low - high if low is not None and high is not None and low > high else 0
