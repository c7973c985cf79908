"""
How two values of one facet stand to each other, with the reason in words.

What an unsaid facet does depends on the facet: for *who* is counted, stated beside unsaid is part beside whole;
for a *circumstance*, unsaid is probably the same.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Protocol

from db.records import Definition
from reports.sentences import day_words

Relation = Literal["same", "narrower", "wider", "overlapping", "different"]


class PlaceFacts(Protocol):
    """What comparison asks of a place table (see db/places.py)."""

    def contains(self, outer: str, inner: str) -> bool:
        """Whether the first place or union holds all of the second."""

    def group_place(self, name: str) -> str | None:
        """The place that a group's name implies."""

    def share_a_holder(self, one: str, other: str) -> bool:
        """Whether a place holds both of two, or one holds the other."""


MIRROR: Mapping[Relation, Relation] = {
    "same": "same",
    "narrower": "wider",
    "wider": "narrower",
    "overlapping": "overlapping",
    "different": "different",
}
ONE_DAY = timedelta(days=1)
UNION = " + "
COUNTS = frozenset({None, "reported", "bodies"})
"""Bases that compare with one another as equals."""
STRICTER = {"identified": 1, "verified": 1, "certified": 2}


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet's part in a comparison; `probably` where the relation rests on something unsaid."""

    name: str
    relation: Relation
    reason: str
    probably: bool = False


@cache
def hierarchies() -> Mapping[str, Any]:
    """The shipped hierarchies (reports/data/hierarchies.toml), read once."""
    return tomllib.loads(files("reports").joinpath("data/hierarchies.toml").read_text(encoding="utf-8"))


def in_words(value: str | None) -> str:
    """A vocabulary word as a reason names it: "child" is "children"."""
    if value is None:
        return "everyone"
    words: Mapping[str, str] = hierarchies()["words"]
    return words.get(value, value.replace("_", " "))


def by_parts(first: frozenset[Any], second: frozenset[Any]) -> Relation:
    """The relation of two sets of parts."""
    if first == second:
        return "same"
    if first < second:
        return "narrower"
    if first > second:
        return "wider"
    return "overlapping" if first & second else "different"


def outcome(first: Definition, second: Definition) -> Facet | None:
    """Killed lies within killed or injured, and that within losses; casualties overlap all of them."""
    one, other = first.outcome, second.outcome
    if one == other:
        return None
    data = hierarchies()
    parts: Mapping[str, list[str]] = data["outcomes"]
    relation = by_parts(frozenset(parts[one]), frozenset(parts[other]))
    overlapping: list[list[str]] = data["overlapping"]["outcomes"]
    ambiguous: list[str] = data["ambiguous"]["outcomes"]
    unclear = (one in ambiguous or other in ambiguous) and relation != "different"
    if unclear or sorted([one, other]) in [sorted(pair) for pair in overlapping]:
        relation = "overlapping"
    return Facet("outcome", relation, f"one counts {in_words(one)}; the other {in_words(other)}")


def people(first: Definition, second: Definition) -> Facet | None:
    """Age, sex and subgroup together: each is a set of the six kinds of person they tell apart."""
    relation = by_parts(_cells(first), _cells(second))
    if relation == "same":
        return None
    varied = [name for name in ("age", "sex", "subgroup") if getattr(first, name) != getattr(second, name)]
    return Facet(varied[0], relation, f"one counts {_people(first)}, the other {_people(second)}")


def _cells(definition: Definition) -> frozenset[tuple[str, str]]:
    """Elderly people are adults too: `adult` holds both kinds."""
    ages = {"child": ("child",), "adult": ("adult", "elderly"), "elderly": ("elderly",)}
    cells = frozenset(
        (age, sex)
        for age in (ages[definition.age] if definition.age else ("child", "adult", "elderly"))
        for sex in ((definition.sex,) if definition.sex else ("female", "male"))
    )
    if definition.subgroup == "women_and_children":
        cells = frozenset((age, sex) for age, sex in cells if age == "child" or sex == "female")
    return cells


def _people(definition: Definition) -> str:
    named = {
        ("child", "female"): "girls",
        ("child", "male"): "boys",
        ("adult", "female"): "women",
        ("adult", "male"): "men",
        ("elderly", "female"): "elderly women",
        ("elderly", "male"): "elderly men",
    }
    if definition.age and definition.sex:
        return named[definition.age, definition.sex]
    if definition.subgroup and not definition.age and not definition.sex:
        return in_words(definition.subgroup)
    said = definition.age or definition.sex
    return in_words(said) if said else "all ages and both sexes"


def status(first: Definition, second: Definition) -> Facet | None:
    """A soldier is a combatant, a journalist a media worker; civilians and combatants exclude each other."""
    return _who("status", first.status, second.status, hierarchies()["statuses"])


def condition(first: Definition, second: Definition) -> Facet | None:
    """Alive, dead, in a critical state: a part of all who are held, missing or in hospital."""
    return _who("condition", first.condition, second.condition, hierarchies()["conditions"])


def affiliation(first: Definition, second: Definition) -> Facet | None:
    """Two affiliations that are both named count different people."""
    one, other = first.affiliation, second.affiliation
    if one is not None and other is not None and one != other:
        return Facet("affiliation", "different", f"one counts members of {one}, the other of {other}")
    return _who("affiliation", one, other, {"within": {}, "disjoint": []})


def _who(name: str, one: str | None, other: str | None, data: Mapping[str, Any]) -> Facet | None:
    if one == other:
        return None
    reason = f"one counts {in_words(one)}, the other {in_words(other)}"
    if one is None or other is None:
        return Facet(name, "wider" if one is None else "narrower", reason)
    return Facet(name, _in_tree(one, other, data), reason)


def _in_tree(one: str, other: str, data: Mapping[str, Any]) -> Relation:
    within: Mapping[str, str] = data["within"]
    if other in upward(one, within):
        return "narrower"
    if one in upward(other, within):
        return "wider"
    disjoint: list[list[str]] = data["disjoint"]
    return "different" if sorted([one, other]) in [sorted(pair) for pair in disjoint] else "overlapping"


def upward(value: str, within: Mapping[str, str]) -> Iterable[str]:
    """The values that hold this one, nearest first."""
    while value in within:
        value = within[value]
        yield value


def unit(first: Definition, second: Definition) -> Facet | None:
    """People and households are never compared."""
    if first.unit == second.unit:
        return None
    return Facet("unit", "different", f"one counts {first.unit}s, the other {second.unit}s")


def place(first: Definition, second: Definition, places: PlaceFacts) -> Facet | None:
    """Gaza City lies within the Gaza Strip; a union of places holds each of them; unsaid is probably the same."""
    one, other = first.place, second.place
    if one == other:
        return None
    if one is None or other is None:
        return Facet("place", "same", f"one counts in {one or other}, the other does not say where", probably=True)
    within, holding = places.contains(other, one), places.contains(one, other)
    if within or holding:
        relation: Relation = "same" if within and holding else "narrower" if within else "wider"
    else:
        touching = any(
            places.contains(a, b) or places.contains(b, a) for a in one.split(UNION) for b in other.split(UNION)
        )
        relation = "overlapping" if touching else "different"
    return None if relation == "same" else Facet("place", relation, f"one counts in {one}, the other in {other}")


def group(first: Definition, second: Definition, places: PlaceFacts) -> Facet | None:
    """A group unsaid is probably the same where both counts name or imply one place; else part beside whole."""
    one, other = first.group, second.group
    if one == other:
        return None
    if one is not None and other is not None:
        relation = by_parts(frozenset(one.split(UNION)), frozenset(other.split(UNION)))
        return None if relation == "same" else Facet("group", relation, f"one counts {one}, the other {other}")
    if _imply_one_place(first, second, places):
        return Facet("group", "same", f"one counts {one or other}, the other does not say whom", probably=True)
    reason = f"one counts {one or other}, the other people of any group"
    return Facet("group", "wider" if one is None else "narrower", reason)


def _imply_one_place(first: Definition, second: Definition, places: PlaceFacts) -> bool:
    """Whether the place where the group is counted, or which its name implies, meets the other count's place."""
    with_group, without = (first, second) if first.group else (second, first)
    place = with_group.place or places.group_place(with_group.group or "")
    if place is None or without.place is None:
        return False
    return places.contains(place, without.place) or places.contains(without.place, place)


def cause(first: Definition, second: Definition) -> Facet | None:
    """Drone strikes lie within air strikes; a cause unsaid is probably the same; two unrelated ones are not."""
    one, other = _cause(first.cause), _cause(second.cause)
    if one == other:
        return None
    if one is None or other is None:
        return Facet("cause", "same", f"one counts deaths by {one or other}, the other names no cause", probably=True)
    within: Mapping[str, str] = hierarchies()["causes"]["within"]
    relation: Relation = "different"
    if other in upward(one, within) or one in upward(other, within):
        relation = "narrower" if other in upward(one, within) else "wider"
    return Facet("cause", relation, f"one names {one} as the cause, the other {other}")


def _cause(written: str | None) -> str | None:
    if written is None:
        return None
    lowered = written.casefold()
    alike: Mapping[str, str] = hierarchies()["causes"]["alike"]
    return alike.get(lowered, lowered)


def actor(first: Definition, second: Definition) -> Facet | None:
    """Who is said to have done it: unsaid is probably the same, two named are two scopes."""
    one, other = first.actor, second.actor
    if one == other:
        return None
    if one is None or other is None:
        return Facet("actor", "same", f"one names {one or other} as the actor, the other names none", probably=True)
    return Facet("actor", "different", f"one names {one} as the actor, the other {other}")


def directness(first: Definition, second: Definition) -> Facet | None:
    """A count that does not say counts direct deaths; a cause such as famine says that it counts indirect ones."""
    one, other = _directness(first), _directness(second)
    if one == other:
        return None
    if {one, other} == {None, "direct"}:
        return Facet("directness", "same", "one says that it counts direct deaths, the other does not", probably=True)
    words = (_deaths(one), _deaths(other))
    return Facet("directness", "different", f"one {words[0]}, the other {words[1]}")


def _deaths(said: str | None) -> str:
    if said is None:
        return "does not say that it counts indirect deaths"
    return "counts direct and indirect deaths" if said == "both" else f"counts {said} deaths"


def _directness(definition: Definition) -> str | None:
    if definition.directness:
        return definition.directness
    return "indirect" if _is_indirect(definition.cause) else None


def _is_indirect(written: str | None) -> bool:
    return _cause(written) in {_cause(cause) for cause in hierarchies()["causes"]["indirect"]}


def basis(first: Definition, second: Definition) -> Facet | None:
    """Identified, verified and certified counts are stricter; an estimate overlaps counts; excess is another thing."""
    one, other = first.basis, second.basis
    if one == other or (one in COUNTS and other in COUNTS):
        return None
    reason = f"one counts {_basis(one)}, the other {_basis(other)}"
    if "excess" in (one, other):
        return Facet("basis", "different", reason)
    if "estimated" in (one, other) or STRICTER.get(one or "", 0) == STRICTER.get(other or "", 0):
        return Facet("basis", "overlapping", reason)
    stricter = STRICTER.get(one or "", 0) > STRICTER.get(other or "", 0)
    return Facet("basis", "narrower" if stricter else "wider", reason)


def _basis(value: str | None) -> str:
    said = {
        "estimated": "an estimate of all",
        "excess": "excess deaths",
        "identified": "those identified",
        "verified": "those verified",
        "certified": "those certified",
    }
    return said.get(value or "", "those reported")


def counted_by(first: Definition, second: Definition) -> Facet | None:
    """By day of death, of entry in the count or of recovery: unsaid is probably the same."""
    one, other = first.counted_by, second.counted_by
    if one == other:
        return None
    if one is None or other is None:
        return Facet("counted_by", "same", f"one counts by {one or other}, the other does not say", probably=True)
    return Facet("counted_by", "different", f"one counts by {one}, the other by {other}")


def scope_notes(first: Definition, second: Definition) -> Facet | None:
    """What one says it includes and the other excludes; a note on one side only leaves it probably the same."""
    one, other = _notes(first), _notes(second)
    if one == other:
        return None
    more = one[0] & other[1]
    less = one[1] & other[0]
    if more or less:
        relation: Relation = "overlapping" if more and less else "wider" if more else "narrower"
        named = ", ".join(sorted(code.replace("_", " ") for code in more | less))
        return Facet("includes", relation, f"one includes {named}, the other excludes them")
    unshared = sorted((one[0] ^ other[0]) | (one[1] ^ other[1]))
    named = ", ".join(code.replace("_", " ") for code in unshared)
    name = "includes" if one[0] != other[0] else "excludes"
    return Facet(name, "same", f"only one says whether it counts {named}", probably=True)


def _notes(definition: Definition) -> tuple[frozenset[str], frozenset[str]]:
    included = frozenset(note.code for note in definition.includes)
    excluded = frozenset(note.code for note in definition.excludes)
    # A code on both sides says nothing.
    return included - excluded, excluded - included


def tally(first: Definition, second: Definition, *, one_event: bool) -> Facet | None:
    """A running total of an event that holds no others is probably the count of that incident."""
    one, other = first.tally, second.tally
    if one == other:
        return None
    if "unstated" in (one, other):
        said = in_words(other if one == "unstated" else one)
        return Facet("tally", "same", f"one counts {said}, the other does not say over what time", probably=True)
    reason = f"one counts {in_words(one)}, the other {in_words(other)}"
    if {one, other} == {"cumulative", "incident"} and one_event:
        return Facet("tally", "same", reason + ", of one event", probably=True)
    return Facet("tally", "different", reason)


def days(first: Definition, second: Definition) -> Facet | None:
    """
    The baseline of a running total, or the days of an incident.

    Days of different or unknown zones count as equal within one day.
    """
    if first.tally not in ("cumulative", "incident") or second.tally not in ("cumulative", "incident"):
        return None
    one, other = _span(first), _span(second)
    if one == other:
        return None
    if one is None or other is None:
        said = one or other
        return Facet(
            "since", "same", f"one counts from {day_words(said[0]) if said else ''}, the other does not say", True
        )
    relation, probably = _spans(one, other)
    if relation == "same" and not probably:
        return None
    return Facet("since", relation, _days_apart(one, other), relation == "same")


def _days_apart(one: tuple[date, date | None], other: tuple[date, date | None]) -> str:
    if one[0] != other[0]:
        return f"one counts from {day_words(one[0])}, the other from {day_words(other[0])}"
    ends = [f"to {day_words(last)}" if last else "on" for last in (one[1], other[1])]
    return f"both count from {day_words(one[0])}, one {ends[0]}, the other {ends[1]}"


def _span(definition: Definition) -> tuple[date, date | None] | None:
    first = definition.since or definition.until
    if first is None:
        return None
    return first, definition.until or (first if definition.tally == "incident" else None)


def _spans(one: tuple[date, date | None], other: tuple[date, date | None]) -> tuple[Relation, bool]:
    starts = _with_grace(one[0], other[0])
    ends = 0 if one[1] is None or other[1] is None else _with_grace(one[1], other[1])
    if one[1] and other[1] and (one[1] + ONE_DAY < other[0] or other[1] + ONE_DAY < one[0]):
        return "different", False
    if starts == 0 and ends == 0:
        return "same", one != other
    if starts >= 0 and ends <= 0:
        return "narrower", False
    if starts <= 0 and ends >= 0:
        return "wider", False
    return "overlapping", False


def _with_grace(one: date, other: date) -> int:
    """-1, 0 or 1; days that differ by one count as equal."""
    if abs(one - other) <= ONE_DAY:
        return 0
    return 1 if one > other else -1


def hours(first: Definition, second: Definition) -> Facet | None:
    """The length of a period: unsaid is probably the same, two lengths are two counts."""
    one, other = first.hours, second.hours
    if one == other or first.tally != second.tally:
        return None
    if one is None or other is None:
        return Facet("hours", "same", f"one counts {one or other} hours, the other does not say how long", True)
    return Facet("hours", "different", f"one counts {one} hours, the other {other}")
