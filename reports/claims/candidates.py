"""Which recorded definitions a claim may speak of, found without comparing it with all of them."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from db.places import UNION
from db.records import Definition
from reports import facets
from reports.comparison import Comparison, Surroundings, compare
from reports.facets import Facet, PlaceFacts
from reports.lines import who

NOT_DEATHS_OF_A_DAY = frozenset({"added", "rate"})
"""Tallies that a claim means only where it says so: what was entered in a count is not what happened in a day."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Keys of definitions that may count the same as a claim, and of those that may count a part or the whole."""

    alike: tuple[int, ...]
    nested: tuple[int, ...]


class Candidates:
    """All definitions of a store, by whom they count and where."""

    def __init__(self, definitions: Mapping[int, Definition], surroundings: Surroundings) -> None:
        """`definitions` by the store's keys."""
        self._definitions = definitions
        self._around = surroundings
        self._by_who: dict[Hashable, dict[str | None, list[int]]] = {}
        self._representative: dict[Hashable, Definition] = {}
        for key, definition in definitions.items():
            counted = who(definition)
            self._representative.setdefault(counted, definition)
            self._by_who.setdefault(counted, {}).setdefault(definition.place, []).append(key)
        self._chosen: dict[bytes, Chosen] = {}
        self._compared: dict[tuple[bytes, bytes, str | None, str | None], Comparison] = {}

    def of(self, claimed: Definition) -> Chosen:
        """The definitions that may count the same, or a part or the whole of it."""
        found = self._chosen.get(claimed.key)
        if found is None:
            alike: list[int] = []
            nested: list[int] = []
            for counted, by_place in self._by_who.items():
                relation = _relation_of_people(claimed, self._representative[counted])
                if relation is None:
                    continue
                keys = (nested, alike)[relation]
                keys += self._of_places(claimed, by_place)
            found = self._chosen[claimed.key] = Chosen(tuple(alike), tuple(nested))
        return found

    def touching(self, claimed: Definition) -> list[int]:
        """Every definition of the claim's country or group, whatever it counts; none where the claim names neither."""
        places, place, group = self._around.places, claimed.place, claimed.group
        found: list[int] = []
        for by_place in self._by_who.values():
            for other, keys in by_place.items():
                is_near = place is not None and other is not None and places.share_a_holder(place, other)
                found += [
                    key
                    for key in keys
                    if is_near or (group is not None and _share_a_part(group, self._definitions[key].group or ""))
                ]
        return found

    def _of_places(self, claimed: Definition, by_place: Mapping[str | None, list[int]]) -> Iterator[int]:
        for place, keys in by_place.items():
            if claimed.place is None or place is None or touch(claimed.place, place, self._around.places):
                for key in keys:
                    group = self._definitions[key].group
                    if claimed.group is None or group is None or _share_a_part(claimed.group, group):
                        yield key

    def compare(
        self, claimed: Definition, claimed_event: str | None, recorded: Definition, event: str | None
    ) -> Comparison:
        """How what is claimed stands to what was recorded; each two are compared once."""
        key = (claimed.key, recorded.key, claimed_event, event)
        found = self._compared.get(key)
        if found is None:
            found = self._compared[key] = self._as_claimed(claimed, claimed_event, recorded, event)
        return found

    def _as_claimed(
        self, claimed: Definition, claimed_event: str | None, recorded: Definition, event: str | None
    ) -> Comparison:
        """
        The comparison, with what a claim in a sentence of its own leaves unsaid taken as it is meant.

        "People killed" with neither place nor group are not all people anywhere; an estimate that a claim repeats
        without the word meets it by its bounds, as an estimate meets counts.
        """
        meant = claimed
        if claimed.tally == "unstated" and recorded.tally in NOT_DEATHS_OF_A_DAY:
            meant = meant.changed(tally="cumulative")
        is_elliptical = claimed.group is None and claimed.place is None and recorded.group is not None
        if is_elliptical:
            meant = meant.changed(group=recorded.group)
        recorded = self._on_its_days(recorded, event)
        found = compare(meant, recorded, first_event=claimed_event, second_event=event, surroundings=self._around)
        if found.facets == ("basis",) and "estimated" in (claimed.basis, recorded.basis):
            found = Comparison("same", True, found.reasons, ("basis",))
        if is_elliptical and found.is_comparable:
            reason = f"one counts {recorded.group}, the other does not say whom"
            found = Comparison("same", True, (*found.reasons, reason), (*found.facets, "group"))
        return found

    def _on_its_days(self, recorded: Definition, event: str | None) -> Definition:
        """An incident that names no day is one of the days of the event that it is filed under."""
        days = self._around.events.own_days(event)
        if recorded.tally != "incident" or recorded.since is not None or days is None:
            return recorded
        return recorded.changed(since=days[0], until=days[1])


def differs_by_basis(comparison: Comparison) -> bool:
    """Whether only the way of counting sets two counts apart: they meet by their bounds (design: counts, estimates)."""
    return comparison.facets == ("basis",) and comparison.relation not in ("same", "different")


def _relation_of_people(one: Definition, other: Definition) -> bool | None:
    """True: the same people and outcome; False: a part or the whole; None: neither."""
    if who(one) == who(other):
        return True
    found: list[Facet | None] = [
        facets.outcome(one, other),
        facets.unit(one, other),
        facets.people(one, other),
        facets.status(one, other),
        facets.affiliation(one, other),
        facets.condition(one, other),
    ]
    relations = {facet.relation for facet in found if facet is not None}
    return False if relations in ({"narrower"}, {"wider"}) else None


def touch(one: str, other: str, places: PlaceFacts) -> bool:
    """Whether one of two places or unions holds a part of the other."""
    if one == other or places.contains(one, other) or places.contains(other, one):
        return True
    parts = ((a, b) for a in one.split(UNION) for b in other.split(UNION))
    return (UNION in one or UNION in other) and any(places.contains(a, b) or places.contains(b, a) for a, b in parts)


def _share_a_part(one: str, other: str) -> bool:
    return one == other or not set(one.split(UNION)).isdisjoint(other.split(UNION))
