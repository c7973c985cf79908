"""
Places and groups as a text names them: "the Gaza Strip", "Kyiv", "Palestinians", "Israeli".

The table itself is db.places; here it is only matched. A name that fits several places (Tripoli) is decided
by the other places of the text, and stays open where they do not decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from db.places import Group, Place
from db.places import Places as PlaceTable
from sources.mentions import Finder, Name, rule_for

_PLACE, _GROUP = "place:", "group:"


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A place or a group as a text names it.

    Attributes:
        start, end: code points into the text; a possessive "'s" lies outside.
        kind: "place", or "group" for a noun or adjective that names people.
        names: the table's names; more than one where the words stay open.
        places: for a group the place it implies, if any; for a place the same as `names`.
    """

    start: int
    end: int
    kind: Literal["place", "group"]
    names: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """The place table with a compiled finder."""

    table: PlaceTable
    _finder: Finder

    @classmethod
    def of(cls, table: PlaceTable) -> "Places":
        """Compile a table for matching."""
        return cls(table, Finder.of(_names(table)))

    @classmethod
    def shipped(cls) -> "Places":
        """The shipped table, compiled once in a process."""
        return _shipped()

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every row of the table of groups."""
        return self.table.groups

    def named(self, name: str) -> Place | None:
        """The one place of this name or alias; None where it is unknown or fits several."""
        return self.table.named(name)

    def group(self, word: str) -> Group | None:
        """The group that a noun or adjective names; None where it names none."""
        return self.table.group(word)

    def contains(self, outer: str, inner: str) -> bool:
        """Whether one place or union of the table holds all of another (see db.places)."""
        return self.table.contains(outer, inner)

    def mentions(self, text: str) -> list[Mention]:
        """
        The places and groups that the text names, in order, never overlapping.

        >>> [(m.kind, m.names) for m in Places.shipped().mentions("Palestinians in Gaza City")]
        [('group', ('Palestinians',)), ('place', ('Gaza City',))]
        """
        found = [self._mention(one.start, one.end, one.names) for one in self._finder.find(text)]
        if all(len(mention.names) == 1 for mention in found):
            return found
        settled = {name for mention in found if len(mention.places) == 1 for name in mention.places}
        return [self._decided(mention, settled) for mention in found]

    def _mention(self, start: int, end: int, names: tuple[str, ...]) -> Mention:
        places = tuple(name.removeprefix(_PLACE) for name in names if name.startswith(_PLACE))
        if places:
            return Mention(start, end, "place", places, places)
        group, _, implied = names[0].removeprefix(_GROUP).partition("\t")
        return Mention(start, end, "group", (group,), (implied,) if implied else ())

    def _decided(self, mention: Mention, settled: set[str]) -> Mention:
        if mention.kind == "group" or len(mention.names) == 1:
            return mention
        near = tuple(name for name in mention.names if self._is_near(name, settled))
        return replace(mention, names=near, places=near) if len(near) == 1 else mention

    def _is_near(self, name: str, settled: set[str]) -> bool:
        countries = {name, *self.table.ancestors(name)}
        return any(countries & {other, *self.table.ancestors(other)} for other in settled)


@lru_cache(maxsize=1)
def _shipped() -> Places:
    return Places.of(PlaceTable.shipped())


def _names(table: PlaceTable) -> Iterator[Name]:
    for place in table.places:
        for written in (place.name, *place.aliases):
            yield Name(written, _PLACE + place.name, _rule(written))
    for group in table.groups:
        for word in group.words:
            yield Name(
                word, f"{_GROUP}{group.name}\t{group.place or ''}", "capitalised" if word[0].isupper() else "any_case"
            )


def _rule(written: str) -> Literal["as_written", "capitalised"]:
    return "as_written" if rule_for(written) == "as_written" else "capitalised"
