"""
All that is claimed of one count at a time: the lowest and the highest claim of each stretch of days, who stands
where, and how many independent authorities stand behind each number.

There is no average and no verdict. A reader may choose a rule by which one figure is marked; it carries the rule.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Count, Definition, Method, RecordedFigure
from reports.comparison import Surroundings
from reports.facets import STRICTER
from reports.groups import groups_of
from reports.history import by_authority
from reports.independence import independent
from reports.lines import Usual, bundles, order
from reports.marking import RuleName
from reports.standings import Held, Track, tracks


@dataclass(frozen=True, slots=True)
class Claim:
    """A number in force, the figures that give it (one an authority), and how many of these are independent."""

    number: int
    figures: tuple[RecordedFigure, ...]
    authorities: tuple[str, ...]
    independent_authorities: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    Days on which the same figures were in force; `to_day` None: they still are.

    `lowest`, `highest`: the lowest lower bound and the highest upper bound claimed, a hedged number standing for
    itself; None where no figure gives one. `open_below`, `open_above`: some figure gives no such bound.
    """

    from_day: date
    to_day: date | None
    lowest: int | None
    highest: int | None
    open_below: bool
    open_above: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Recommended:
    """The figure that a rule marks, with the rule; the reader chose it, the record prefers none."""

    rule: RuleName
    figure: RecordedFigure
    authority: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is claimed of one count of one event, stretch by stretch, and each authority's figures in order."""

    event: str | None
    definition: Definition
    stretches: tuple[Stretch, ...]
    lines: Mapping[str, tuple[RecordedFigure, ...]]
    recommended: Recommended | None


def envelopes(
    figures: Iterable[RecordedFigure],
    *,
    usual: Usual | None = None,
    methods: Sequence[Method] = (),
    surroundings: Surroundings | None = None,
    recommend: RuleName | None = None,
) -> list[Envelope]:
    """
    The envelope of every count of every event, those of most authorities first.

    Args:
        figures: in any order; those of hidden issuers, held, voided or corrected by us, and shares, are left out.
        usual, methods, surroundings: as for disagreements (see disagreements.py).
        recommend: the rule by which the last stretch has one figure marked.
    """
    around = surroundings or Surroundings()
    versions = by_authority(methods)
    by_event: dict[str | None, list[Track]] = defaultdict(list)
    for bundle in bundles(figures, usual=usual or {}, surroundings=around):
        if bundle.authority is not None:
            by_event[bundle.event].extend(tracks(bundle, around.events, versions))
    made = [envelope for event, found in by_event.items() for envelope in _of_event(event, found, around, recommend)]
    return sorted(made, key=lambda one: (-len(one.lines), one.event or "", one.definition.key))


def _of_event(
    event: str | None, found: Sequence[Track], around: Surroundings, recommend: RuleName | None
) -> Iterator[Envelope]:
    members: dict[int, list[Track]] = defaultdict(list)
    groups = groups_of(found, event, around)
    for track in found:
        for group in groups[id(track)]:
            members[group].append(track)
    for together in members.values():
        in_force = list(_in_force(together))
        if not in_force:
            continue
        stretches = tuple(_stretch(*each) for each in in_force)
        lines: dict[str, tuple[RecordedFigure, ...]] = defaultdict(tuple)
        for track in together:
            given = (*lines[track.authority], *(held.recorded for held in track.held))
            lines[track.authority] = tuple(sorted(given, key=order))
        marked = _recommended(recommend, in_force[-1][2]) if recommend is not None else None
        least_said = min(
            (track.core for track in together), key=lambda core: len(core.model_dump(exclude_defaults=True))
        )
        yield Envelope(event, least_said, stretches, dict(lines), marked)


def _in_force(together: Sequence[Track]) -> Iterator[tuple[date, date | None, list[Held]]]:
    """The stretches of days between changes, each with the figures in force on them."""
    changes: dict[date, list[tuple[Track, Held | None]]] = defaultdict(list)
    for track in together:
        for held in track.held:
            changes[held.standing.day].append((track, held))
            if held.until is not None and held.until > held.standing.day:
                changes[held.until].append((track, None))
    standing: dict[int, Held] = {}
    days = sorted(changes)
    for place, day in enumerate(days):
        for track, new in changes[day]:
            current = standing.get(id(track))
            if new is not None and (new.until is None or new.until > day):
                standing[id(track)] = new
            elif new is None and current is not None and current.until == day:
                del standing[id(track)]
        last = days[place + 1] - timedelta(days=1) if place + 1 < len(days) else None
        if standing:
            yield day, last, list(standing.values())


def _stretch(from_day: date, to_day: date | None, held: Sequence[Held]) -> Stretch:
    counts = [count for one in held if (count := one.recorded.figure.count) is not None]
    lows, highs = [_lower(count) for count in counts], [_upper(count) for count in counts]
    by_number: dict[int, list[Held]] = defaultdict(list)
    for one in held:
        by_number[one.value].append(one)
    return Stretch(
        from_day=from_day,
        to_day=to_day,
        lowest=min((low for low in lows if low is not None), default=None),
        highest=max((high for high in highs if high is not None), default=None),
        open_below=None in lows,
        open_above=None in highs,
        claims=tuple(
            Claim(
                number,
                tuple(one.recorded for one in several),
                tuple(dict.fromkeys(one.track.authority for one in several)),
                independent(one.recorded for one in several),
            )
            for number, several in sorted(by_number.items())
        ),
    )


def _lower(count: Count) -> int | None:
    return count.low if count.low is not None else count.best


def _upper(count: Count) -> int | None:
    hedged = count.qualifier in ("approximately", "nearly")
    return count.best if count.high is None and hedged else count.high


def _recommended(rule: RuleName, held: Sequence[Held]) -> Recommended:
    chosen = min(held, key=_KEYS[rule])
    return Recommended(rule, chosen.recorded, chosen.track.authority)


def _latest(held: Held) -> tuple[int, int, str]:
    published = held.recorded.figure.published or date.min
    return -held.standing.day.toordinal(), -published.toordinal(), held.recorded.id


def _links(held: Held) -> int:
    """How many names stand between the publisher and the issuer, the issuer included; 0 in its own document."""
    return len(held.recorded.figure.chain.attribution)


_KEYS: Mapping[RuleName, Callable[[Held], tuple[object, ...]]] = {
    "latest": _latest,
    "most_direct": lambda held: (_links(held), *_latest(held)),
    "strictest": lambda held: (-STRICTER.get(held.recorded.figure.definition.basis or "", 0), *_latest(held)),
    "lowest": lambda held: (held.value, *_latest(held)),
    "highest": lambda held: (-held.value, *_latest(held)),
}
