"""How two figures in force on one day stand to each other, scope first and bounds second."""

from dataclasses import dataclass
from typing import Literal

from db.records import Definition
from reports.bounds import contradicts_whole, exclusion_across, relate, relation_of
from reports.comparison import Surroundings, compare
from reports.facets import hierarchies
from reports.groups import CONFUSED
from reports.positions import PairRelation
from reports.standings import Held

Way = Literal["relate", "part", "whole", "apart", "unrelated"]


@dataclass(frozen=True, slots=True)
class Scope:
    """
    How two definitions meet: `relate` by their bounds, one as `part` or `whole` of the other, `apart`, or
    `unrelated` (another outcome, or nothing that ties two unfiled figures), which no reader would set side by side.
    """

    way: Way
    facets: tuple[str, ...] = ()
    because: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether no reader sets the two side by side, whatever their numbers."""
        return self.way == "unrelated" or (self.way == "apart" and not self.is_confusing)

    @property
    def is_confusing(self) -> bool:
        """Whether one facet alone sets the two apart, and a reader may overlook it."""
        return len(self.facets) == 1 and self.facets[0] in CONFUSED


@dataclass(slots=True)
class Related:
    """What a pair of figures comes to; the sentence is made when it is asked for, as few are."""

    relation: PairRelation
    facets: tuple[str, ...]
    _one: Held
    _other: Held
    _scope: Scope

    @property
    def because(self) -> str:
        """The reason in one sentence."""
        if self.facets == ("criteria",):
            return _criteria(self._one, self._other)
        if self._scope.way == "relate":
            return relate(self._one.standing, self._other.standing).because
        part, whole = (self._one, self._other) if self._scope.way == "part" else (self._other, self._one)
        exclusion = exclusion_across(part.standing, whole.standing) if self.relation == "contradict" else None
        return exclusion or self._scope.because


UNRELATED = Scope("unrelated")


class Pairing:
    """Relates figures of one event; each two definitions are compared once."""

    def __init__(self, event: str | None, surroundings: Surroundings) -> None:
        self._event = event
        self._surroundings = surroundings
        self._scopes: dict[tuple[bytes, bytes], Scope] = {}

    def related(self, one: Held, other: Held) -> Related | None:
        """The relation of two figures; None where no reader would set them side by side or confuse them."""
        scope = self.scope(one.recorded.figure.definition, other.recorded.figure.definition)
        return related_by(scope, one, other)

    def scope(self, first: Definition, second: Definition) -> Scope:
        """How two definitions meet."""
        key = (first.key, second.key)
        scope = self._scopes.get(key)
        if scope is None:
            scope = self._scopes[key] = self._scope(first, second)
        return scope

    def _scope(self, first: Definition, second: Definition) -> Scope:
        if not outcomes_meet(first.outcome, second.outcome) or (self._event is None and not _tied(first, second)):
            return UNRELATED
        comparison = compare(
            first, second, first_event=self._event, second_event=self._event, surroundings=self._surroundings
        )
        because = "; ".join(comparison.reasons)
        apart_by_basis = comparison.facets == ("basis",) and comparison.relation != "different"
        if comparison.is_comparable or apart_by_basis:
            return Scope("relate", (), because)
        if comparison.relation in ("narrower", "wider"):
            way: Way = "part" if comparison.relation == "narrower" else "whole"
            return Scope(way, comparison.facets, because)
        return Scope("apart", comparison.facets, because)


def related_by(scope: Scope, one: Held, other: Held) -> Related | None:
    """The relation of two figures whose definitions meet so; None where no reader would set them side by side."""
    if scope.is_unread:
        return None
    if scope.way != "apart" and one.criteria and other.criteria and one.criteria != other.criteria:
        return Related("not_comparable", ("criteria",), one, other, scope)
    relation = relation_by(scope.way, one, other)
    if relation == "not_comparable" and not scope.is_confusing:
        return None
    return Related(relation, scope.facets, one, other, scope)


def outcomes_meet(one: str, other: str) -> bool:
    """Whether a reader may take one outcome for the other: they share what may have happened to people."""
    parts: dict[str, list[str]] = hierarchies()["outcomes"]
    return one == other or not set(parts[one]).isdisjoint(parts[other])


def _tied(first: Definition, second: Definition) -> bool:
    """Whether two figures filed under no event name a place, or a group, each."""
    return bool((first.place and second.place) or (first.group and second.group))


def relation_by(way: Way, one: Held, other: Held) -> PairRelation:
    """The relation of two figures whose definitions meet in this way."""
    if way == "apart":
        return "not_comparable"
    if way == "relate":
        return relation_of(one.standing, other.standing)
    part, whole = (one, other) if way == "part" else (other, one)
    return "contradict" if contradicts_whole(part.standing, whole.standing) else "not_comparable"


def _criteria(one: Held, other: Held) -> str:
    named = (f"{held.track.authority} counts by {', '.join(sorted(held.criteria))}" for held in (one, other))
    return "; ".join(named)
