"""
What newly recorded figures changed: the steps they made, the disagreements that began or ended with them.

The rules are those of history.py and disagreements.py: what is asked here is only whether something was so before. In
force means here: at the last figure recorded, so that a contradiction is news only while it stands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.records import Method, RecordedFigure
from reports.comparison import Surroundings
from reports.history import by_authority, histories
from reports.lines import Usual, bundles
from reports.pairing import Pairing, Related
from reports.series import Series, Step
from reports.standings import Held, Track, in_force, tracks

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
    """

    new: RecordedFigure
    other: RecordedFigure
    because: str
    before: RecordedFigure | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What comparing figures needs besides them: usual definitions, dated methods, how events and places nest."""

    usual: Usual
    methods: Sequence[Method]
    surroundings: Surroundings


def steps_of(figures: Sequence[RecordedFigure], wanted: Collection[str], known: Known) -> dict[str, Stepped]:
    """The step that each of the wanted figures (ids) made, among their neighbours; none for what is in no series."""
    made = histories(figures, usual=known.usual, methods=known.methods, surroundings=known.surroundings)
    return {
        step.figure.id: Stepped(series, step) for series in made for step in series.steps if step.figure.id in wanted
    }


class Contrasts:
    """Which authorities contradict one another at the last figures recorded, before some figures and with them."""

    def __init__(
        self,
        figures: Sequence[RecordedFigure],
        new: Collection[str],
        known: Known,
    ) -> None:
        """`figures` with what stands around them; `new`: the ids of those that were not there before."""
        self._known = known
        self._before = _standing([one for one in figures if one.id not in new], known)
        self._after = _standing(figures, known)
        self._pairings: dict[str | None, Pairing] = {}

    def begun(self, figure: str) -> Iterator[tuple[Held, Held]]:
        """The new figure with each one in force that it contradicts, where the two authorities did not before."""
        for held in self._of(figure):
            told: set[str] = set()
            for other in self._others(self._after, held):
                authority = other.track.authority
                if authority not in told and self._contradict(held, other) and not self._stood_before(held, other):
                    told.add(authority)
                    yield held, other

    def ended(self, figure: str) -> Iterator[tuple[Held, Held, Held]]:
        """The new figure, one in force that fits it, and the figure it replaced, which contradicted that one."""
        for held in self._of(figure):
            for other in self._others(self._after, held):
                related = self._related(held, other)
                if related is None or related.relation not in ("agree", "compatible"):
                    continue
                if (replaced := self._replaced(held, other)) is not None and not self._stands(held, other):
                    yield held, other, replaced

    def _of(self, figure: str) -> list[Held]:
        return [held for several in self._after.values() for held in several if held.recorded.id == figure]

    def _others(self, standing: Mapping[str | None, list[Held]], held: Held) -> list[Held]:
        return [one for one in standing.get(held.track.event, ()) if one.track.authority != held.track.authority]

    def _related(self, one: Held, other: Held) -> Related | None:
        return self._pairing(one.track.event).related(one, other)

    def _pairing(self, event: str | None) -> Pairing:
        return self._pairings.setdefault(event, Pairing(event, self._known.surroundings))

    def _contradict(self, one: Held, other: Held) -> bool:
        related = self._related(one, other)
        return related is not None and related.relation == "contradict"

    def _same_count(self, one: Held, other: Held) -> bool:
        """Whether two figures of one authority are about one count."""
        pairing = self._pairing(one.track.event)
        is_one_authority = one.track.authority == other.track.authority
        scope = pairing.scope(one.recorded.figure.definition, other.recorded.figure.definition)
        return is_one_authority and scope.way == "relate"

    def _contradictions(
        self, standing: Mapping[str | None, list[Held]], held: Held, other: Held
    ) -> Iterator[tuple[Held, Held]]:
        """The pairs of the same two authorities about the same counts that contradict."""
        there = standing.get(held.track.event, ())
        own = [one for one in there if self._same_count(one, held)]
        theirs = [one for one in there if self._same_count(one, other)]
        return ((one, its) for one in own for its in theirs if self._contradict(one, its))

    def _stood_before(self, held: Held, other: Held) -> bool:
        return any(True for _ in self._contradictions(self._before, held, other))

    def _stands(self, held: Held, other: Held) -> bool:
        return any(True for _ in self._contradictions(self._after, held, other))

    def _replaced(self, held: Held, other: Held) -> Held | None:
        """What stood in the place of the new figure and contradicted the other one, which still stands."""
        still = {one.recorded.id for one in self._after[held.track.event]}
        pairs = self._contradictions(self._before, held, other)
        return next(
            (one for one, its in pairs if one.recorded.id not in still and its.recorded.id == other.recorded.id), None
        )

    def told(
        self, pair: tuple[Held, Held], whole: Mapping[str, RecordedFigure], before: Held | None = None
    ) -> Contrast:
        """The pair with its words: `whole` has the figures with the words that they were compared without."""
        one, other = (_with_words(held, whole) for held in pair)
        related = self._related(one, other)
        because = related.because if related is not None else ""
        return Contrast(
            one.recorded, other.recorded, because, _with_words(before, whole).recorded if before is not None else None
        )


def _standing(figures: Iterable[RecordedFigure], known: Known) -> dict[str | None, list[Held]]:
    """The figures of known authorities in force at the last figure recorded, by event."""
    by_event: dict[str | None, list[Track]] = {}
    versions = by_authority(known.methods)
    for bundle in bundles(figures, usual=known.usual, surroundings=known.surroundings):
        if bundle.authority is not None:
            by_event.setdefault(bundle.event, []).extend(tracks(bundle, known.surroundings.events, versions))
    return {
        event: [held for held, until in in_force(found, _FOREVER) if until == _FOREVER]
        for event, found in by_event.items()
    }


def _with_words(held: Held, whole: Mapping[str, RecordedFigure]) -> Held:
    recorded = whole.get(held.recorded.id, held.recorded)
    return replace(held, standing=replace(held.standing, recorded=recorded))
