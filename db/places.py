"""
The place table: countries, first-level areas, towns and areas of control, and which lies within which.

The facts are in data/places.tsv and data/groups.tsv (docs/places.md says where they come from). A place may lie
within several others (Donetsk Oblast within Ukraine and within Donbas); containment is transitive. Several
places joined by " + " are one union.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from db.names import folded

_DATA = Path(__file__).with_name("data")
UNION = " + "
_COUNTRIES = ("country", "territory")


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `country` is ISO 3166-1 alpha-2, or None where no one country holds it."""

    name: str
    parents: tuple[str, ...]
    kind: str
    country: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """People of one nationality, side or origin, the place their name implies (None: none), and its words."""

    name: str
    place: str | None
    words: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """The table of places and groups. Nothing in it changes after it is made."""

    places: tuple[Place, ...]
    groups: tuple[Group, ...] = ()
    _by_name: dict[str, Place] = field(init=False, repr=False, compare=False)
    _by_folded: dict[tuple[str, ...], list[Place]] = field(init=False, repr=False, compare=False)
    _groups: dict[tuple[str, ...], Group] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_folded: dict[tuple[str, ...], list[Place]] = {}
        for place in self.places:
            for key in {folded(written) for written in (place.name, *place.aliases)}:
                by_folded.setdefault(key, []).append(place)
        groups = {folded(word): group for group in self.groups for word in (group.name, *group.words)}
        object.__setattr__(self, "_by_name", {place.name: place for place in self.places})
        object.__setattr__(self, "_by_folded", by_folded)
        object.__setattr__(self, "_groups", groups)

    @classmethod
    def shipped(cls) -> "Places":
        """The table that comes with this version, read once in a process."""
        return _shipped()

    def named(self, name: str) -> Place | None:
        """The one place of this name or alias; None where it is unknown or fits several."""
        if exact := self._by_name.get(name):
            return exact
        found = self.candidates(name)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Every place that this name fits, in the order of the table."""
        return tuple(self._by_folded.get(folded(name), ()))

    def country(self, code: str) -> Place | None:
        """The country or territory of an ISO 3166-1 alpha-2 code; None where the table has none."""
        return next((place for place in self.places if place.kind in _COUNTRIES and place.country == code), None)

    def group(self, word: str) -> Group | None:
        """The group that a noun or adjective names ("Israeli", "Gazans"); None where it names none."""
        return self._groups.get(folded(word))

    def group_place(self, name: str) -> str | None:
        """The place that a canonical group name implies ("Palestinians": Palestine); None where it implies none."""
        return next((group.place for group in self.groups if group.name == name), None)

    def ancestors(self, name: str) -> frozenset[str]:
        """The names of all places that hold this one, itself not among them; empty for an unknown place."""
        return _ancestors(self._by_name, name)

    def share_a_holder(self, one: str, other: str) -> bool:
        """
        Whether a place holds both of two places or unions, or one holds the other.

        >>> Places.shipped().share_a_holder("Gaza Strip", "West Bank")
        True
        """
        held = [{part, *self.ancestors(part)} for part in one.split(UNION)]
        return any(holders & {part, *self.ancestors(part)} for holders in held for part in other.split(UNION))

    def contains(self, outer: str, inner: str) -> bool:
        """
        Whether the first place or union holds all of the second; every known place contains itself.

        Names are the table's, as definitions carry them. A name outside the table contains only itself.

        >>> Places.shipped().contains("Palestine", "Gaza City")
        True
        >>> Places.shipped().contains("Gaza Strip + West Bank", "Ramallah + Gaza City")
        True
        """
        holders = frozenset(outer.split(UNION))
        return all(part in holders or self.ancestors(part) & holders for part in inner.split(UNION))


def _ancestors(by_name: dict[str, Place], name: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        place = by_name.get(waiting.pop())
        fresh = [parent for parent in place.parents if parent not in found] if place else []
        found.update(fresh)
        waiting.extend(fresh)
    return frozenset(found)


@lru_cache(maxsize=1)
def _shipped() -> Places:
    return Places(tuple(_read_places(_DATA / "places.tsv")), tuple(_read_groups(_DATA / "groups.tsv")))


def _read_places(path: Path) -> Iterator[Place]:
    for name, parent, kind, country, aliases in _rows(path, columns=5):
        yield Place(name, _listed(parent), kind, country or None, _listed(aliases))


def _read_groups(path: Path) -> Iterator[Group]:
    for name, place, words in _rows(path, columns=3):
        yield Group(name, place or None, _listed(words))


def _rows(path: Path, *, columns: int) -> Iterable[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        yield cells + [""] * (columns - len(cells))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
