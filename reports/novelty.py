"""
What newly recorded figures changed: the steps they made, the disagreements that began or ended with them.

The rules are those of history.py and disagreements.py: what is asked here is only whether something was so before. In
force means here: at the last figure recorded, so that a contradiction is news only while it stands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from db.records import Method, RecordedFigure
from reports.comparison import Surroundings
from reports.history import by_authority, histories
from reports.lines import Usual, bundles
from reports.pairing import Pairing, Related
from reports.positions import PairRelation
from reports.series import Series, Step
from reports.standings import Held, in_force, tracks

_FOREVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Stepped:
    """A new figure on its series, and the step that it made there."""

    series: Series
    step: Step


@dataclass(frozen=True, slots=True)
class Contrast:
    """
    A new figure beside one in force of another authority.

    Attributes:
        before: the figure that the new one replaced and that contradicted the other; None where a contradiction began.
        further: how many further authorities the new figure contradicts since, which are not told one by one.
    """

    new: RecordedFigure
    other: RecordedFigure
    relation: PairRelation
    because: str
    before: RecordedFigure | None = None
    further: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What comparing figures needs besides them: usual definitions, dated methods, how events and places nest."""

    usual: Usual
    methods: Sequence[Method]
    surroundings: Surroundings


def steps_of(figures: Sequence[RecordedFigure], wanted: Collection[str], known: Known) -> dict[str, Stepped]:
    """The step that each of the wanted figures (ids) made, among their neighbours; none for what is in no series."""
    authorities = {one.figure.chain.authority for one in figures if one.id in wanted}
    own = [one for one in figures if one.figure.chain.authority in authorities]
    made = histories(own, usual=known.usual, methods=known.methods, surroundings=known.surroundings)
    return {
        step.figure.id: Stepped(series, step) for series in made for step in series.steps if step.figure.id in wanted
    }


class Contrasts:
    """Which authorities contradict one another at the last figures recorded, before some figures and with them."""

    def __init__(self, figures: Sequence[RecordedFigure], new: Collection[str], known: Known) -> None:
        """`figures` with what stands around them; `new`: the ids of those that were not there before."""
        self._known = known
        changed = {one.figure.chain.authority for one in figures if one.id in new}
        self._after = _standing(figures, known)
        self._before = {
            **{place: held for place, held in self._after.items() if place[1] not in changed},
            **_standing([one for one in figures if one.figure.chain.authority in changed and one.id not in new], known),
        }
        self._still = {held.recorded.id: held for several in self._after.values() for held in several}
        self._authorities: defaultdict[str | None, list[str]] = defaultdict(list)
        for event, authority in self._after:
            self._authorities[event].append(authority)
        self._pairings: dict[str | None, Pairing] = {}

    def begun(self, figure: str) -> Iterator[tuple[Held, Held]]:
        """The new figure with one of each authority that it contradicts, where the two did not contradict before."""
        for held, its in self._beside(figure):
            other = next((one for one in its if self._contradict(held, one)), None)
            if other is not None and not self._pairs(self._before, held, other):
                yield held, other

    def ended(self, figure: str) -> Iterator[tuple[Held, Held, Held]]:
        """The new figure, one in force that fits it, and the figure it replaced, which contradicted that one."""
        for held, its in self._beside(figure):
            replaced = [one for one in self._about(self._before, held) if one.recorded.id not in self._still]
            for other in its if replaced else ():
                before = next((one for one in replaced if self._contradict(one, other)), None)
                if before is not None and self._stood(other) and self._fits(held, other):
                    yield held, other, before

    def _beside(self, figure: str) -> Iterator[tuple[Held, list[Held]]]:
        """A figure, if it is in force, with those of each other authority, the same count and the last day first."""
        held = self._still.get(figure)
        if held is not None:
            event = held.track.event
            for authority in sorted(self._authorities[event]):
                if authority != held.track.authority:
                    yield held, sorted(self._after[event, authority], key=partial(_nearness, held))

    def _related(self, one: Held, other: Held) -> Related | None:
        return self._pairing(one.track.event).related(one, other)

    def _pairing(self, event: str | None) -> Pairing:
        if event not in self._pairings:
            self._pairings[event] = Pairing(event, self._known.surroundings)
        return self._pairings[event]

    def _contradict(self, one: Held, other: Held) -> bool:
        related = self._related(one, other)
        return related is not None and related.relation == "contradict"

    def _fits(self, held: Held, other: Held) -> bool:
        related = self._related(held, other)
        can_both_stand = related is not None and related.relation in ("agree", "compatible")
        return can_both_stand and not self._pairs(self._after, held, other)

    def _pairs(self, standing: "_Standing", held: Held, other: Held) -> list[tuple[Held, Held]]:
        """The figures of the same two authorities about the same two counts that contradict each other."""
        own, theirs = (self._about(standing, one) for one in (held, other))
        return [(one, its) for one in own for its in theirs if self._contradict(one, its)]

    def _about(self, standing: "_Standing", held: Held) -> list[Held]:
        """An authority's figures in force about the count of one of its own."""
        event, definition = held.track.event, held.recorded.figure.definition
        scope = self._pairing(event).scope
        there = standing.get((event, held.track.authority), ())
        return [one for one in there if scope(one.recorded.figure.definition, definition).way == "relate"]

    def _stood(self, other: Held) -> bool:
        """Whether a figure was in force before too."""
        there = self._before.get((other.track.event, other.track.authority), ())
        return any(one.recorded.id == other.recorded.id for one in there)

    def told(self, pair: tuple[Held, Held], whole: Mapping[str, RecordedFigure]) -> Contrast:
        """The pair with its words: `whole` has the figures with the words that they were compared without."""
        one, other = (_with_words(held, whole) for held in pair)
        related = self._related(one, other)
        assert related is not None  # noqa: S101 - the two were found by their relation
        return Contrast(one.recorded, other.recorded, related.relation, related.because)


def _nearness(held: Held, other: Held) -> tuple[bool, int, str]:
    is_another = other.recorded.figure.definition.key != held.recorded.figure.definition.key
    return is_another, -other.standing.day.toordinal(), other.recorded.id


_Standing = Mapping[tuple[str | None, str], list[Held]]
"""Figures in force by event and authority."""


def _standing(figures: Iterable[RecordedFigure], known: Known) -> _Standing:
    """The figures of known authorities in force at the last figure recorded."""
    found: defaultdict[tuple[str | None, str], list[Held]] = defaultdict(list)
    versions = by_authority(known.methods)
    for bundle in bundles(figures, usual=known.usual, surroundings=known.surroundings):
        if bundle.authority is not None:
            for held, until in in_force(tracks(bundle, known.surroundings.events, versions), _FOREVER):
                if until == _FOREVER:
                    found[bundle.event, bundle.authority].append(held)
    return found


def _with_words(held: Held, whole: Mapping[str, RecordedFigure]) -> Held:
    recorded = whole.get(held.recorded.id, held.recorded)
    return replace(held, standing=replace(held.standing, recorded=recorded))
