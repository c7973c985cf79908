"""
Reading the catalogue's files: one TOML table a source, and the forms in which offices are usually named.

A form such as "{of} Ministry of Health" stands for one alias a country word, so that "Gaza's Ministry of Health"
and "the Ukrainian health ministry" need no line of their own.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from db.records import Alias, AuthorityRule, Source, SourceLink
from db.vocabulary import SourceKind
from sources.mentions import Rule

_FOLDER = Path(__file__).with_name("data") / "catalogue"
_OFFICES = "offices.toml"
_OPEN = "open.toml"


@dataclass(frozen=True)
class Entry:
    """
    A source as the catalogue holds it; its record is made when it is first asked for.

    Attributes:
        name, kind, country, party: as in db.records.Source.
        aliases: every alias with its language, those made from an office's forms included.
        bare: names of its office alone ("health ministry"), which only the words around can decide.
        place: the place whose mention nearby decides for this source.
        spelling: how strictly its names are compared (see sources.mentions); None: as each name's own form asks.
    """

    name: str
    kind: SourceKind
    country: str | None = None
    party: str | None = None
    aliases: tuple[tuple[str, str | None], ...] = ()
    bare: tuple[str, ...] = ()
    place: str | None = None
    spelling: Rule | None = None

    @classmethod
    def plain(cls, source: Source) -> "Entry":
        """The entry of a source that a store knows."""
        aliases = tuple((alias.name, alias.language) for alias in source.aliases)
        return cls(source.name, source.kind, source.country, source.party, aliases)

    @cached_property
    def source(self) -> Source:
        """The record of this source."""
        aliases = tuple(Alias(name=name, language=language) for name, language in self.aliases)
        return Source(name=self.name, kind=self.kind, country=self.country, party=self.party, aliases=aliases)


@dataclass(frozen=True, slots=True)
class Office:
    """The forms in which an office of some state is named, and its bare names."""

    forms: tuple[str, ...]
    bare: tuple[str, ...]


def shipped_entries() -> tuple[dict[str, Entry], tuple[SourceLink, ...], tuple[AuthorityRule, ...]]:
    """
    Every source of the shipped files by its name, with their links and authority rules.

    Raises:
        KeyError, ValueError: a shipped file lacks a field or holds a word outside its vocabulary (a test reads all).
    """
    offices = {
        office["name"]: Office(tuple(office["forms"]), tuple(office.get("bare", ())))
        for office in _tables(_FOLDER / _OFFICES, "office")
    }
    listed = list(listed_sources())
    entries = {table["name"]: _entry(table, offices) for table in listed}
    links = tuple(link for table in listed for link in _links(table))
    return entries, links, tuple(rule for table in listed for rule in _rules(table))


def listed_sources() -> Iterator[dict[str, Any]]:
    """Every [[source]] table of the shipped files, file by file in the order of their names."""
    for path in sorted(_FOLDER.glob("*.toml")):
        yield from _tables(path, "source")


def open_names() -> dict[str, frozenset[str]]:
    """The names that are meant to stay open, with the sources that each fits."""
    return {name: frozenset(table["sources"]) for table in _tables(_FOLDER / _OPEN, "open") for name in table["names"]}


def _tables(path: Path, key: str) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get(key, [])
    return tables


def _entry(table: Mapping[str, Any], offices: Mapping[str, Office]) -> Entry:
    office = offices[table["office"]] if "office" in table else Office((), ())
    named = {name: tag for tag, names in table.get("aliases", {}).items() for name in names}
    made = {name: "en" for name in _from_forms(office, table) if name != table["name"]}
    return Entry(
        name=table["name"],
        kind=table["kind"],
        country=table.get("country"),
        party=table.get("party"),
        aliases=tuple((made | named).items()),
        bare=office.bare,
        place=table.get("place"),
        spelling=_spelling(table),
    )


def _spelling(table: Mapping[str, Any]) -> Rule | None:
    if table.get("cased"):
        return "common_word"
    return "as_written" if table.get("capitals") else None


def _from_forms(office: Office, table: Mapping[str, Any]) -> Iterable[str]:
    names = table.get("of", ())
    made = {form.format(of=name, whose=name): None for name in names for form in office.forms}
    for word in table.get("adj", ()):
        made |= {form.format(whose=word): None for form in office.forms if "{of}" not in form}
    return made


def _links(table: Mapping[str, Any]) -> Iterator[SourceLink]:
    if "speaks_for" in table:
        yield SourceLink(
            source=table["name"],
            kind="speaks_for",
            target=table["speaks_for"],
            from_day=table.get("speaks_from"),
            to_day=table.get("speaks_until"),
        )
    if "part_of" in table:
        yield SourceLink(source=table["name"], kind="part_of", target=table["part_of"], from_day=table.get("part_from"))


def _rules(table: Mapping[str, Any]) -> Iterator[AuthorityRule]:
    if "authority" in table:
        yield AuthorityRule(
            source=table["name"],
            authority=table["authority"],
            reason=table["authority_reason"],
            from_day=table.get("authority_from"),
        )
