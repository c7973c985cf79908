"""
Compares what two figures count: same, narrower, wider, overlapping or different, and by which facets.

One comparison serves history, disagreements, the gate and claims. "Probably the same" does not chain: two figures
are compared with each other, never joined through a third.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from db.places import Places
from db.records import Definition
from reports import facets
from reports.facets import MIRROR, Facet, PlaceFacts, Relation
from reports.nesting import Nesting

__all__ = ["MIRROR", "Comparison", "Relation", "Surroundings", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    How the first definition stands to the second.

    Attributes:
        relation: `narrower` means that the first counts a part of what the second counts.
        probably: a circumstance is said by one only, or a day differs by one; the reasons name it.
        reasons: one short clause for each facet that differs, in words.
        facets: the facets that make the relation other than `same`; where it is `same`, those that make it
            only probable.
    """

    relation: Relation
    probably: bool
    reasons: tuple[str, ...]
    facets: tuple[str, ...]

    @property
    def is_comparable(self) -> bool:
        """Whether both count the same, or probably the same."""
        return self.relation == "same"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What comparison needs beside the definitions: how events and places lie within one another."""

    events: Nesting = field(default_factory=Nesting)
    places: PlaceFacts = field(default_factory=Places.shipped)


def compare(
    first: Definition,
    second: Definition,
    *,
    first_event: str | None = None,
    second_event: str | None = None,
    surroundings: Surroundings | None = None,
) -> Comparison:
    """
    Say how the first definition stands to the second, and why.

    The mirror relation holds the other way round (`MIRROR`). For two counts of one incident, cause and actor do
    not enter: who did it is a disagreement of its own.
    """
    if first is second and first_event == second_event:
        return Comparison("same", False, (), ())
    found = _all_facets(first, second, first_event, second_event, surroundings or Surroundings())
    return _combined([facet for facet in found if facet is not None])


def _all_facets(
    first: Definition, second: Definition, first_event: str | None, second_event: str | None, around: Surroundings
) -> Iterable[Facet | None]:
    one_event = first_event is not None and first_event == second_event and around.events.is_leaf(first_event)
    one_incident = first.tally == second.tally == "incident" or (
        one_event and {first.tally, second.tally} == {"incident", "cumulative"}
    )
    yield facets.outcome(first, second)
    yield facets.unit(first, second)
    yield facets.people(first, second)
    yield facets.status(first, second)
    yield facets.affiliation(first, second)
    yield facets.condition(first, second)
    yield facets.group(first, second, around.places)
    yield _within_one_event(facets.place(first, second, around.places), one_incident and one_event)
    yield _events(first_event, second_event, around.events)
    yield facets.tally(first, second, one_event=one_event)
    yield facets.days(first, second)
    yield facets.hours(first, second)
    yield facets.directness(first, second)
    yield facets.basis(first, second)
    yield facets.counted_by(first, second)
    yield facets.scope_notes(first, second)
    if not one_incident:
        yield facets.cause(first, second)
        yield facets.actor(first, second)


def _within_one_event(place: Facet | None, one_incident: bool) -> Facet | None:
    """Of one incident, a hospital and the city it stands in are one place told more or less exactly."""
    if place is not None and one_incident and place.relation in ("narrower", "wider"):
        return replace(place, relation="same", probably=True)
    return place


def _events(one: str | None, other: str | None, events: Nesting) -> Facet | None:
    if one == other:
        return None
    if one is None or other is None:
        return Facet("event", "same", f"one is filed under {one or other}, the other under no event", probably=True)
    reason = f"one is filed under {one}, the other under {other}"
    if events.contains(other, one):
        return Facet("event", "narrower", reason)
    return Facet("event", "wider" if events.contains(one, other) else "different", reason)


def _combined(found: list[Facet]) -> Comparison:
    relation = _strongest({facet.relation for facet in found})
    if relation == "same":
        deciding = found
    else:
        deciding = sorted(
            (facet for facet in found if facet.relation != "same"), key=lambda facet: facet.relation != "different"
        )
    return Comparison(
        relation=relation,
        probably=any(facet.probably for facet in found) and relation != "different",
        reasons=tuple(facet.reason for facet in deciding),
        facets=tuple(dict.fromkeys(facet.name for facet in deciding)),
    )


def _strongest(relations: set[Relation]) -> Relation:
    if "different" in relations:
        return "different"
    if "overlapping" in relations or {"narrower", "wider"} <= relations:
        return "overlapping"
    return "narrower" if "narrower" in relations else "wider" if "wider" in relations else "same"
