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
from reports.bounds import meet
from reports.comparison import Surroundings
from reports.groups import CONFUSED, ORDER, Key, groups_of
from reports.history import by_authority
from reports.lines import Usual, bundles
from reports.pairing import Pairing, Scope, Way, outcomes_meet, relation_by
from reports.positions import PairRelation, Summary
from reports.ranks import Force, Rank, force_of, is_plain
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


def _of_event(event: str | None, found: Sequence[Track], surroundings: Surroundings) -> Overview:
    made = overview_of_event(event, found, surroundings)
    for track in found:
        track.held.clear()  # no cycles: what one event took is free again at once
    return made


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


def overview_of_event(event: str | None, found: Sequence[Track], surroundings: Surroundings) -> Overview:
    """The overview of the series of one event, as tracks."""
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

    way: Way
    facet: str
    may_bind: bool
    stands: tuple[Stretches, ...]
    contradicts: tuple[Stretches, ...]
    else_apart: tuple[Stretches, ...]


class _Sweep:
    """One event's figures met in order of time, each kind of figure at once."""

    def __init__(self, event: str | None, found: Sequence[Track], surroundings: Surroundings) -> None:
        self._event = event
        self._pairing = Pairing(event, surroundings)
        groups = groups_of(found, event, surroundings)
        self._of_core = {track.core.key: groups[id(track)] for track in found}
        self._cores = {place: track.core for track in reversed(found) for place in groups[id(track)]}
        self._kinds: dict[_Kind, int] = {}
        self._samples: list[Held] = []
        self._ranks: list[Rank] = []
        self._links: list[dict[int, _Link]] = []
        self._stretches: dict[Key, Stretches] = {}
        self._forces = [self._force(held, end) for held, end in in_force(found, FOREVER)]
        self._today: list[Force] = []
        self._touched: dict[int, Stretches] = {}
        self._day = 0
        self.naive = self.bound_aware = self.contradicting = 0
        self.apart: Counter[str] = Counter()

    def run(self) -> None:
        """Walk the days on which a figure comes into force or no longer is."""
        self._links = [self._links_of(newcomer) for newcomer in self._samples]
        forces = self._forces
        schedule = [(force.begin, 1, place) for place, force in enumerate(forces)]
        schedule += [(force.end, 0, place) for place, force in enumerate(forces) if force.end != FOREVER]
        schedule.sort()
        for day, begins, place in schedule:
            if day != self._day:
                self._close_day()
                self._day = day
            if begins:
                self._arrive(forces[place])
            else:
                self._ranks[forces[place].kind].remove(forces[place])
        self._close_day()
        for one in self._stretches.values():
            one.finish()

    def stretches(self) -> Iterator[Stretch]:
        """What the sweep found."""
        for key, several in self._stretches.items():
            low, high, is_apart = key
            other = self._cores[high] if low != high else several.opened_by if is_apart else None
            for relation, begin, end in several:
                last = None if end == FOREVER else date.fromordinal(end) - timedelta(days=1)
                yield Stretch(self._event, self._cores[low], other, relation, date.fromordinal(begin), last)

    def _force(self, held: Held, end: int) -> Force:
        standing, plain = held.standing, is_plain(held)
        kind = _Kind(
            held.recorded.figure.definition.key,
            held.track.core.key,
            held.criteria,
            standing.estimate,
            plain and not (standing.estimate and standing.over),
        )
        number = self._kinds.setdefault(kind, len(self._samples))
        if number == len(self._samples):
            self._samples.append(held)
            self._ranks.append(Rank(kind.by_bisection))
        return force_of(held, end, number, plain=plain)

    def _close_day(self) -> None:
        for force in self._today:
            self._ranks[force.kind].add(force)
        self._today.clear()
        for one in self._touched.values():
            one.end_day(self._day)
        self._touched.clear()

    def _arrive(self, force: Force) -> None:
        links = self._links[force.kind]
        for kind, link in links.items():
            rank = self._ranks[kind]
            if not rank.size:
                continue
            if rank.by_bisection and force.is_plain:
                self._meet_rank(rank, force, link)
            else:
                for other in rank:
                    self._meet(other, force, link)
        for other in self._today:
            if other.kind in links:
                self._meet(other, force, links[other.kind])
        self._today.append(force)

    def _links_of(self, newcomer: Held) -> dict[int, _Link]:
        """How a kind of figure meets each other kind that was in force before."""
        found = {}
        for place, one in enumerate(self._samples):
            if outcomes_meet(one.track.core.outcome, newcomer.track.core.outcome):
                scope = self._pairing.scope(one.recorded.figure.definition, newcomer.recorded.figure.definition)
                if scope.way != "unrelated":
                    found[place] = self._link(scope, one, newcomer)
        return found

    def _link(self, scope: Scope, one: Held, other: Held) -> _Link:
        facets: Sequence[str] = scope.facets
        if scope.way != "apart" and one.criteria and other.criteria and one.criteria != other.criteria:
            scope = Scope("apart", facets := ("criteria",))
        first, second = self._of_core[one.track.core.key], self._of_core[other.track.core.key]
        shared = [(place, place) for place in first if place in second]
        low, high = sorted((first[0], second[0]))
        keys = shared or [(low, high)]
        confused = scope.way != "relate" and len(facets) == 1 and facets[0] in CONFUSED
        stands = tuple(self._stretch((*key, False)) for key in shared) if scope.way == "relate" else ()
        contradicts = tuple(self._stretch((*key, False)) for key in keys) if scope.way != "apart" else ()
        else_apart = tuple(self._stretch((*key, True)) for key in keys) if confused else ()
        floor, ceiling = one.standing, other.standing
        may_bind = not floor.estimate and floor.strictness >= ceiling.strictness
        return _Link(scope.way, facets[0] if facets else "days", may_bind, stands, contradicts, else_apart)

    def _stretch(self, key: Key) -> Stretches:
        if key not in self._stretches:
            self._stretches[key] = Stretches()
        return self._stretches[key]

    def _meet_rank(self, rank: Rank, force: Force, link: _Link) -> None:
        own = rank.of(force.held.track.authority)
        met, differing, apart, above = rank.met_by(force, own)
        self.naive += differing
        self.bound_aware += apart
        # The newcomer's ceiling may bind what was in force before; no ceiling of those binds the newcomer.
        if above and link.way in ("relate", "part") and force.binds(may_bind=link.may_bind):
            self.contradicting += above
            if not _last_until(link.contradicts, 0, force.end):
                last = rank.last_end(force, own, of_those_above=True)
                self._opens(link.contradicts, "contradict", min(force.end, last), force)
        else:
            above = 0
        if link.way == "relate":
            compatible = differing > above and not _last_until(link.stands, 1, force.end)
            if compatible or (met > differing and not _last_until(link.stands, 2, force.end)):
                self._stand(rank, force, link, (met, differing, above))
            return
        self.apart[link.facet] += differing - above
        if met > above and not _last_until(link.else_apart, 3, force.end):
            self._opens(link.else_apart, "not_comparable", self._last_of_rest(rank, force, own, above), force)

    def _last_of_rest(self, rank: Rank, force: Force, own: Sequence[Force], above: int) -> int:
        last = rank.last_end(force, own, of_those_above=False)
        if not above:
            last = max(last, rank.last_end(force, own, of_those_above=True))
        return min(force.end, last)

    def _stand(self, rank: Rank, force: Force, link: _Link, numbers: tuple[int, int, int]) -> None:
        """Those that a newcomer does not contradict agree with it, or are compatible."""
        met, differing, above = numbers
        authority = force.held.track.authority
        if differing in (met, above):
            relation: PairRelation = "compatible" if differing == met else "agree"
            last = self._last_of_rest(rank, force, rank.of(authority), above)
            self._opens(link.stands, relation, last, force)
            return
        agree, compatible = rank.ends_by_number(force, above=bool(above))
        if agree:
            self._opens(link.stands, "agree", min(force.end, agree), force)
        if compatible:
            self._opens(link.stands, "compatible", min(force.end, compatible), force)

    def _meet(self, other: Force, force: Force, link: _Link) -> None:
        one, newcomer = other.held, force.held
        if one.track.authority == newcomer.track.authority:
            return
        differs = one.value != newcomer.value
        relation = relation_by(link.way, one, newcomer)
        self.naive += differs
        if differs and not meet(one.standing, newcomer.standing):
            self.bound_aware += 1
            self.contradicting += relation == "contradict"
        if differs and relation == "not_comparable":
            self.apart[link.facet] += 1
        until = min(other.end, force.end)
        if relation == "contradict":
            self._opens(link.contradicts, relation, until, force)
        else:
            self._opens(link.else_apart if relation == "not_comparable" else link.stands, relation, until, force)

    def _opens(self, several: Iterable[Stretches], relation: PairRelation, until: int, force: Force) -> None:
        for one in several:
            if id(one) not in self._touched:
                one.begin_day(self._day)
                self._touched[id(one)] = one
                one.opened_by = one.opened_by or force.held.recorded.figure.definition
            one.opens(relation, until)


def _last_until(several: Iterable[Stretches], relation: int, end: int) -> bool:
    """Whether the relation (its place, strongest first) is known to last until this day: more of it changes nothing."""
    return all(one.until[relation] >= end for one in several)
