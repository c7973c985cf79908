"""
Where authorities disagree on one count, since when, how far apart, and what merely looks like disagreement.

Figures are swept in order of the day they come into force; each meets those of other authorities then in force,
never the whole series of another. Nothing is averaged and nobody is called right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from db.records import Definition, Method, RecordedFigure
from reports.comparison import Surroundings
from reports.groups import ORDER, Key, groups_of
from reports.history import by_authority
from reports.lines import Usual, bundles
from reports.overview import joined, overview_of_event
from reports.pairing import Pairing, Scope, related_by
from reports.positions import Disagreement, Disagreements, PairRelation
from reports.spans import Side, Strand, told
from reports.standings import Held, Track, starts_of_force, tracks

Places = tuple[int, ...]
"""The groups that a track belongs to, by number."""


def disagreements(
    figures: Iterable[RecordedFigure],
    *,
    usual: Usual | None = None,
    methods: Sequence[Method] = (),
    surroundings: Surroundings | None = None,
) -> Disagreements:
    """
    Say who stands where on each count, in spans of days, and count the pairs that seem to and do contradict.

    Args:
        figures: in any order; those of hidden issuers, held, voided or corrected by us, and shares, are left out.
        usual: for each authority the facets its figures mean when they do not say (for grouping only).
        methods: dated versions of how authorities count, with their criteria.
        surroundings: how events and places nest.
    Returns:
        Spans, contradictions first, and the summary. Time grows with the number of figures times the number of
        authorities in force at once.
    """
    around = surroundings or Surroundings()
    versions = by_authority(methods)
    by_event: dict[str | None, list[Track]] = {}
    for bundle in bundles(figures, usual=usual or {}, surroundings=around):
        if bundle.authority is not None:
            by_event.setdefault(bundle.event, []).extend(tracks(bundle, around.events, versions))
    sweeps = [_Sweep(event, found, around) for event, found in by_event.items()]
    for sweep in sweeps:
        sweep.run()
    spans = sorted((span for sweep in sweeps for span in sweep.spans()), key=_as_shown)
    counted = joined(overview_of_event(event, found, around) for event, found in by_event.items())
    return Disagreements(tuple(spans), counted.summary)


def _as_shown(span: Disagreement) -> tuple[int, str, bool, int, str]:
    """Contradictions first, those that still stand before those resolved, the latest first."""
    days = -span.from_day.toordinal() if span.from_day else 0
    return ORDER[span.relation], span.event or "", span.resolved, days, span.because


class _Sweep:
    """One event's figures met in order of time."""

    def __init__(self, event: str | None, found: Sequence[Track], surroundings: Surroundings) -> None:
        self._event = event
        self._tracks = found
        self._pairing = Pairing(event, surroundings)
        self._groups = groups_of(found, event, surroundings)
        self._cores = {place: track.core for track in reversed(found) for place in self._groups[id(track)]}
        self._active: dict[bytes, dict[int, Held]] = {}
        self._counted_now: dict[int, bytes] = {}
        self._definitions: dict[bytes, Definition] = {}
        self._keys_of: dict[tuple[Places, Places, PairRelation], list[Key]] = {}
        self._strands: dict[Key, Strand] = {}
        # Also of sides that the other track has ended since: dropping one again does nothing.
        self._sides_of: defaultdict[int, list[tuple[Key, Side]]] = defaultdict(list)
        self._touched: dict[Key, Strand] = {}

    def run(self) -> None:
        """Walk the days on which a figure comes into force or is withdrawn."""
        starts = starts_of_force(self._tracks)
        withdrawals = [held for held in starts if held.until is not None]
        begun = [held for held in starts if held.until is None or held.until > held.standing.day]
        # What a figure replaces is out of force before any figure of that day meets it.
        schedule = sorted(
            [(held.standing.day, 2, place, held) for place, held in enumerate(begun)]
            + [(held.standing.day, 1, place, held) for place, held in enumerate(begun)]
            + [(held.until or held.standing.day, 0, place, held) for place, held in enumerate(withdrawals)],
            key=lambda item: item[:3],
        )
        for place, (day, phase, _, held) in enumerate(schedule):
            in_force = self._in_force(held.track)
            if phase == 2:
                self._begin(held)
            elif in_force is not None and (phase == 1 or in_force is held):
                self._end(in_force)
            if place + 1 == len(schedule) or schedule[place + 1][0] != day:
                for strand in self._touched.values():
                    strand.settle(day)
                self._touched.clear()
        for strand in self._strands.values():
            strand.finish()

    def spans(self) -> Iterator[Disagreement]:
        """What the sweep found."""
        for strand in self._strands.values():
            yield from told(strand, self._event)

    def _in_force(self, track: Track) -> Held | None:
        counted = self._counted_now.get(id(track))
        return self._active[counted].get(id(track)) if counted is not None else None

    def _begin(self, held: Held) -> None:
        definition, authority = held.recorded.figure.definition, held.track.authority
        for counted, several in self._active.items():
            # Two definitions are compared once, not figure by figure.
            scope = self._pairing.scope(self._definitions[counted], definition)
            if not scope.is_unread:
                for other in several.values():
                    if other.track.authority != authority:
                        self._meet(other, held, scope)
        self._definitions.setdefault(definition.key, definition)
        self._counted_now[id(held.track)] = definition.key
        self._active.setdefault(definition.key, {})[id(held.track)] = held

    def _end(self, held: Held) -> None:
        self._active[self._counted_now.pop(id(held.track))].pop(id(held.track))
        for key, side in self._sides_of.pop(id(held.track), ()):
            strand = self._touched[key] = self._strands[key]
            strand.drop(side)

    def _meet(self, one: Held, other: Held, scope: Scope) -> None:
        related = related_by(scope, one, other)
        if related is None:
            return
        first, second = (one, other) if id(one.track) <= id(other.track) else (other, one)
        side = (id(first.track), id(second.track))
        of_one, of_other = self._sides_of[side[0]], self._sides_of[side[1]]
        for key in self._keys(one.track, other.track, related.relation):
            strand = self._strands.get(key)
            if strand is None:
                strand = self._strands[key] = self._strand(key, other)
            self._touched[key] = strand
            strand.set(side, first, second, related)
            of_one.append((key, side))
            of_other.append((key, side))

    def _strand(self, key: Key, newcomer: Held) -> Strand:
        low, high, apart = key
        if low != high:
            return Strand(self._cores[low], self._cores[high])
        return Strand(self._cores[low], newcomer.recorded.figure.definition if apart else None)

    def _keys(self, one: Track, other: Track, relation: PairRelation) -> list[Key]:
        """The strands a pair belongs to: its common groups; or its two groups, where a reader may confuse them."""
        asked = (self._groups[id(one)], self._groups[id(other)], relation)
        found = self._keys_of.get(asked)
        if found is None:
            found = self._keys_of[asked] = _keys(*asked)
        return found


def _keys(first: Places, second: Places, relation: PairRelation) -> list[Key]:
    apart = relation == "not_comparable"
    if shared := [(place, place, apart) for place in first if place in second]:
        return shared
    if relation in ("compatible", "agree"):
        return []
    low, high = sorted((first[0], second[0]))
    return [(low, high, apart)]
