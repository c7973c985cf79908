"""
The disagreements of a whole record at once: since when, until when, and the three counts, without the figures.

It says of each two counts what `disagreements` says of them, in time near-linear in the number of figures: pairs
are counted by bisection and stretches of days are found from their ends, so that neither has to be listed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from db.records import Definition, Method, RecordedFigure
from reports.bounds import binds, contradicts_whole, meet, relation_of
from reports.comparison import Surroundings
from reports.disagreements import CONFUSED, ORDER, Key, groups_of
from reports.history import by_authority
from reports.lines import Usual, bundles
from reports.pairing import Pairing, Scope, outcomes_meet
from reports.positions import PairRelation, Summary
from reports.ranks import Force, Met, Rank, force_of
from reports.standings import Held, Track, in_force, tracks
from reports.stretches import FOREVER, Stretches


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    Days on which one relation held between the authorities of one count, or of two that a reader may confuse.

    `to_day` None: it still held at the last recorded figure. `other` is the second count, where there are two.
    """

    event: str | None
    definition: Definition
    other: Definition | None
    relation: PairRelation
    from_day: date
    to_day: date | None

    @property
    def resolved(self) -> bool:
        """Whether a contradiction ended before the last recorded figure of its count."""
        return self.relation == "contradict" and self.to_day is not None


@dataclass(frozen=True, slots=True)
class Overview:
    """The stretches, contradictions first, and the three counts over all pairs."""

    stretches: tuple[Stretch, ...]
    summary: Summary


def overview(
    figures: Iterable[RecordedFigure],
    *,
    usual: Usual | None = None,
    methods: Sequence[Method] = (),
    surroundings: Surroundings | None = None,
) -> Overview:
    """Say since when the authorities of each count agree or contradict one another; see `disagreements`."""
    around = surroundings or Surroundings()
    versions = by_authority(methods)
    by_event: dict[str | None, list[Track]] = {}
    for bundle in bundles(figures, usual=usual or {}, surroundings=around):
        if bundle.authority is not None:
            by_event.setdefault(bundle.event, []).extend(tracks(bundle, around.events, versions))
    return joined(_of_event(event, found, around) for event, found in by_event.items())


def joined(parts: Iterable[Overview]) -> Overview:
    """One overview of several that share no event."""
    stretches: list[Stretch] = []
    counts: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for part in parts:
        stretches.extend(part.stretches)
        apart.update(part.summary.not_comparable)
        for name in ("naive", "bound_aware", "time_and_scope_aware"):
            counts[name] += getattr(part.summary, name)
    stretches.sort(key=lambda one: (ORDER[one.relation], one.event or "", one.resolved, -one.from_day.toordinal()))
    return Overview(tuple(stretches), Summary(**counts, not_comparable=dict(sorted(apart.items()))))


def _of_event(event: str | None, found: Sequence[Track], surroundings: Surroundings) -> Overview:
    sweep = _Sweep(event, found, surroundings)
    sweep.run()
    apart = {facet: number for facet, number in sweep.apart.items() if number}
    return Overview(tuple(sweep.stretches()), Summary(sweep.naive, sweep.bound_aware, sweep.contradicting, apart))


class _Kind(NamedTuple):
    """What two figures must share for a newcomer to meet them alike."""

    definition: bytes
    core: bytes
    criteria: frozenset[str]
    is_estimate: bool
    by_bisection: bool


class _Link(NamedTuple):
    """How a kind meets another: by which rule, and in which stretches, by relation."""

    scope: Scope
    facet: str | None
    stands: tuple[Stretches, ...]
    contradicts: tuple[Stretches, ...]
    else_apart: tuple[Stretches, ...]


class _Sweep:
    """One event's figures met in order of time, each kind of figure at once."""

    def __init__(self, event: str | None, found: Sequence[Track], surroundings: Surroundings) -> None:
        self._event = event
        self._pairing = Pairing(event, surroundings)
        self._groups = groups_of(found, event, surroundings)
        self._of_core = {track.core.key: self._groups[id(track)] for track in found}
        self._cores = {place: track.core for track in reversed(found) for place in self._groups[id(track)]}
        self._found = found
        self._ranks: dict[_Kind, Rank] = {}
        self._sample: dict[_Kind, Held] = {}
        self._links: dict[_Kind, dict[_Kind, _Link | None]] = {}
        self._stretches: dict[Key, Stretches] = {}
        self._others: dict[Key, Definition] = {}
        self._today: list[tuple[Force, _Kind]] = []
        self._touched: dict[int, Stretches] = {}
        self._day = 0
        self.naive = self.bound_aware = self.contradicting = 0
        self.apart: Counter[str] = Counter()

    def run(self) -> None:
        """Walk the days on which a figure comes into force or no longer is."""
        forces = [force_of(held, end) for held, end in in_force(self._found, FOREVER)]
        kinds = [self._kind(force) for force in forces]
        schedule = [(force.begin, 1, place) for place, force in enumerate(forces)]
        schedule += [(force.end, 0, place) for place, force in enumerate(forces) if force.end != FOREVER]
        schedule.sort()
        for day, begins, place in schedule:
            if day != self._day:
                self._close_day()
                self._day = day
            if begins:
                self._arrive(forces[place], kinds[place])
            else:
                self._ranks[kinds[place]].remove(forces[place])
        self._close_day()
        for one in self._stretches.values():
            one.finish()

    def stretches(self) -> Iterator[Stretch]:
        """What the sweep found."""
        for key, several in self._stretches.items():
            low, high, is_apart = key
            other = self._cores[high] if low != high else self._others[key] if is_apart else None
            for relation, begin, end in several:
                last = None if end == FOREVER else date.fromordinal(end) - timedelta(days=1)
                yield Stretch(self._event, self._cores[low], other, relation, date.fromordinal(begin), last)

    def _kind(self, force: Force) -> _Kind:
        held, standing = force.held, force.held.standing
        by_bisection = force.is_plain and not (standing.estimate and standing.over)
        kind = _Kind(
            held.recorded.figure.definition.key, held.track.core.key, held.criteria, standing.estimate, by_bisection
        )
        if kind not in self._ranks:
            self._ranks[kind] = Rank(by_bisection)
            self._sample[kind] = held
            self._links[kind] = {}
        return kind

    def _close_day(self) -> None:
        for force, kind in self._today:
            self._ranks[kind].add(force)
        self._today.clear()
        for one in self._touched.values():
            one.end_day(self._day)
        self._touched.clear()

    def _arrive(self, force: Force, kind: _Kind) -> None:
        links = self._links[kind]
        for met, rank in self._ranks.items():
            if not len(rank):
                continue
            link = links[met] if met in links else self._linked(met, kind)
            if link is not None:
                if rank.by_bisection and force.is_plain:
                    self._meet_rank(rank, force, link, self._sample[met])
                else:
                    for other in rank:
                        self._meet(other, force, link)
        for other, met in self._today:
            link = links[met] if met in links else self._linked(met, kind)
            if link is not None:
                self._meet(other, force, link)
        self._today.append((force, kind))

    def _linked(self, met: _Kind, kind: _Kind) -> _Link | None:
        one, other = self._sample[met], self._sample[kind]
        link: _Link | None = None
        first, second = one.recorded.figure.definition, other.recorded.figure.definition
        if outcomes_meet(one.track.core.outcome, other.track.core.outcome):
            scope = self._pairing.scope(first, second)
            if scope.way != "unrelated":
                link = self._link(scope, one, other)
        self._links[kind][met] = link
        return link

    def _link(self, scope: Scope, one: Held, other: Held) -> _Link:
        facets: Sequence[str] = scope.facets
        if scope.way != "apart" and one.criteria and other.criteria and one.criteria != other.criteria:
            scope, facets = Scope("apart", ("criteria",), scope.because), ("criteria",)
        first, second = self._of_core[one.track.core.key], self._of_core[other.track.core.key]
        shared = [(place, place) for place in first if place in second]
        low, high = sorted((first[0], second[0]))
        keys = shared or [(low, high)]
        confused = scope.way != "relate" and len(facets) == 1 and facets[0] in CONFUSED
        stands = tuple(self._stretch((*key, False), other) for key in shared) if scope.way == "relate" else ()
        contradicts = tuple(self._stretch((*key, False), other) for key in keys) if scope.way != "apart" else ()
        else_apart = tuple(self._stretch((*key, True), other) for key in keys) if confused else ()
        return _Link(scope, facets[0] if facets else None, stands, contradicts, else_apart)

    def _stretch(self, key: Key, newcomer: Held) -> Stretches:
        if key not in self._stretches:
            self._stretches[key] = Stretches()
            self._others[key] = newcomer.recorded.figure.definition
        return self._stretches[key]

    def _meet_rank(self, rank: Rank, force: Force, link: _Link, sample: Held) -> None:
        own = rank.of(force.held.track.authority)
        met = rank.met_by(force, own)
        self.naive += met.differing
        self.bound_aware += met.apart
        above = met.above if met.above and self._may_contradict(force, link, sample) else 0
        if above:
            self.contradicting += above
            last = rank.last_end(force, own, of_those_above=True)
            self._opens(link.contradicts, "contradict", min(force.end, last))
        if link.scope.way == "relate":
            if met.met > above:
                self._stand(rank, force, link, met, above)
            return
        self.apart[link.facet or ""] += met.differing - above
        if met.met > above and link.else_apart:
            self._opens(link.else_apart, "not_comparable", self._last_of_rest(rank, force, own, above))

    def _last_of_rest(self, rank: Rank, force: Force, own: Sequence[Force], above: int) -> int:
        last = rank.last_end(force, own, of_those_above=False)
        if not above:
            last = max(last, rank.last_end(force, own, of_those_above=True))
        return min(force.end, last)

    def _may_contradict(self, force: Force, link: _Link, sample: Held) -> bool:
        """Whether the newcomer's ceiling binds what was in force before; no ceiling of those binds the newcomer."""
        return link.scope.way in ("relate", "part") and binds(force.held.standing, sample.standing)

    def _stand(self, rank: Rank, force: Force, link: _Link, met: Met, above: int) -> None:
        """Those that a newcomer does not contradict agree with it, or are compatible."""
        if not link.stands:
            return
        authority = force.held.track.authority
        if met.differing in (met.met, above):
            relation: PairRelation = "compatible" if met.differing == met.met else "agree"
            last = self._last_of_rest(rank, force, rank.of(authority), above)
            self._opens(link.stands, relation, last)
            return
        rest = [other for other in rank if other.held.track.authority != authority]
        if above:
            rest = [other for other in rest if other.floor <= force.ceiling]
        for other in rest:
            relation = "agree" if other.value == force.value else "compatible"
            self._opens(link.stands, relation, min(force.end, other.end))

    def _meet(self, other: Force, force: Force, link: _Link) -> None:
        one, newcomer = other.held, force.held
        if one.track.authority == newcomer.track.authority:
            return
        differs = one.value != newcomer.value
        relation = _relation(one, newcomer, link.scope)
        self.naive += differs
        if differs and not meet(one.standing, newcomer.standing):
            self.bound_aware += 1
            self.contradicting += relation == "contradict"
        if differs and relation == "not_comparable":
            self.apart[link.facet or "days"] += 1
        until = min(other.end, force.end)
        if relation == "contradict":
            self._opens(link.contradicts, relation, until)
        else:
            self._opens(link.else_apart if relation == "not_comparable" else link.stands, relation, until)

    def _opens(self, several: Iterable[Stretches], relation: PairRelation, until: int) -> None:
        for one in several:
            if id(one) not in self._touched:
                one.begin_day(self._day)
                self._touched[id(one)] = one
            one.opens(relation, until)


def _relation(one: Held, newcomer: Held, scope: Scope) -> PairRelation:
    if scope.way == "apart":
        return "not_comparable"
    if scope.way == "relate":
        return relation_of(one.standing, newcomer.standing)
    part, whole = (one, newcomer) if scope.way == "part" else (newcomer, one)
    return "contradict" if contradicts_whole(part.standing, whole.standing) else "not_comparable"
