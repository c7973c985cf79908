"""How two figures in force on one day stand to each other, scope first and bounds second."""

from dataclasses import dataclass
from typing import Literal

from db.records import Definition
from reports.bounds import Pair, exclusion_across, meet, relate
from reports.comparison import Surroundings, compare
from reports.facets import hierarchies
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


@dataclass(frozen=True, slots=True)
class Found:
    """What a pair of figures comes to, and what it adds to the three counts."""

    pair: Pair
    facets: tuple[str, ...]
    differs: bool
    bounds_meet: bool


UNRELATED = Scope("unrelated")


class Pairing:
    """Relates figures of one event; each two definitions are compared once."""

    def __init__(self, event: str | None, surroundings: Surroundings) -> None:
        self._event = event
        self._surroundings = surroundings
        self._scopes: dict[tuple[bytes, bytes], Scope] = {}

    def found(self, one: Held, other: Held) -> Found | None:
        """The relation of two figures; None where no reader would set them side by side."""
        first, second = one.recorded.figure.definition, other.recorded.figure.definition
        scope = self.scope(first, second)
        if scope.way == "unrelated":
            return None
        pair, facets = _related(one, other, scope)
        return Found(pair, facets, one.value != other.value, meet(one.standing, other.standing))

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


def outcomes_meet(one: str, other: str) -> bool:
    """Whether a reader may take one outcome for the other: they share what may have happened to people."""
    parts: dict[str, list[str]] = hierarchies()["outcomes"]
    return one == other or not set(parts[one]).isdisjoint(parts[other])


def _tied(first: Definition, second: Definition) -> bool:
    """Whether two figures filed under no event name a place, or a group, each."""
    return bool((first.place and second.place) or (first.group and second.group))


def _related(one: Held, other: Held, scope: Scope) -> tuple[Pair, tuple[str, ...]]:
    if scope.way == "apart":
        return Pair("not_comparable", scope.because), scope.facets
    if one.criteria and other.criteria and one.criteria != other.criteria:
        return Pair("not_comparable", _criteria(one, other)), ("criteria",)
    if scope.way == "relate":
        pair = relate(one.standing, other.standing)
        return pair, ("days",) if pair.relation == "not_comparable" else ()
    part, whole = (one, other) if scope.way == "part" else (other, one)
    if exclusion := exclusion_across(part.standing, whole.standing):
        return Pair("contradict", exclusion), scope.facets
    return Pair("not_comparable", scope.because), scope.facets


def _criteria(one: Held, other: Held) -> str:
    named = (f"{held.track.authority} counts by {', '.join(sorted(held.criteria))}" for held in (one, other))
    return "; ".join(named)
