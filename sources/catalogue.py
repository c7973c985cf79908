"""
The catalogue of known sources: names in the languages they are quoted in, and how one stands behind another.

The facts are data (data/catalogue/*.toml; docs/catalogue.md says how to read and add them). A name that
fits several sources stays open until the words around it decide. `speaks_for` raises a spokesman to the body
that is the issuer; `part_of` never does; an authority rule says which body keeps the count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from db.names import folded
from db.records import AuthorityRule, Chain, Source, SourceLink
from sources.catalogue_files import Entry, shipped_entries
from sources.mentions import Finder, Found, Name, rule_for
from sources.places import Mention as PlaceMention
from sources.places import Places

Mention = Found
_LINKS_FOLLOWED = 16
_CANDIDATES_SHOWN = 4


@dataclass(frozen=True)
class Catalogue:
    """Known sources, their dated links and authority rules. Nothing in it changes after it is made."""

    entries: Mapping[str, Entry]
    links: tuple[SourceLink, ...]
    authorities: tuple[AuthorityRule, ...]
    _by_folded: dict[tuple[str, ...], dict[str, None]] = field(init=False, repr=False, compare=False)
    _finders: list[Finder] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        by_folded: dict[tuple[str, ...], dict[str, None]] = {}
        for entry in self.entries.values():
            for written in (entry.name, *(alias for alias, _ in entry.aliases), *entry.bare):
                by_folded.setdefault(folded(written), {})[entry.name] = None
        object.__setattr__(self, "_by_folded", by_folded)

    @classmethod
    def shipped(cls) -> "Catalogue":
        """The catalogue that comes with this version, read once in a process."""
        return _shipped()

    def extended(
        self,
        sources: Iterable[Source] = (),
        links: Iterable[SourceLink] = (),
        authorities: Iterable[AuthorityRule] = (),
    ) -> "Catalogue":
        """The catalogue with a store's own sources, links and rules; a source of a known name replaces it."""
        added = {source.name: Entry.plain(source) for source in sources}
        return Catalogue({**self.entries, **added}, (*self.links, *links), (*self.authorities, *authorities))

    def candidates(self, name: str) -> tuple[Source, ...]:
        """Every source that this name fits; one alone where it is a source's own name."""
        if name in self.entries:
            return (self.entries[name].source,)
        return tuple(self.entries[known].source for known in self._by_folded.get(folded(name), ()))

    def named(self, name: str) -> Source | None:
        """The one source of this name or alias; None where it is unknown or fits several."""
        found = self.candidates(name)
        return found[0] if len(found) == 1 else None

    def issuer_of(self, name: str, on_day: date | None = None) -> str:
        """The body that a source speaks for on a day (None: on any), link by link; the name itself otherwise."""
        issuer = self._known(name)
        for _ in range(_LINKS_FOLLOWED):
            raised = self._spoken_for(issuer, on_day)
            if raised is None:
                break
            issuer = raised
        return issuer

    def authority_of(self, name: str, on_day: date | None = None) -> str:
        """The body that keeps the count of which a source speaks on a day: by rule, else its issuer itself."""
        issuer = self.issuer_of(name, on_day)
        rules = [rule for rule in self.authorities if rule.source == issuer and _begun(rule.from_day, on_day)]
        return max(rules, key=lambda rule: rule.from_day or date.min).authority if rules else issuer

    def chain(
        self,
        written: Sequence[Sequence[str]],
        *,
        publisher: str | None,
        issuer_words: str | None = None,
        on_day: date | None = None,
        compiled_from: Iterable[str] = (),
        context: str = "",
    ) -> tuple[Chain, tuple[str, ...]]:
        """
        The chain behind a figure, resolved, and the doubts that remain.

        Args:
            written: each chain as printed, nearest to the publisher first, without the publisher.
            publisher: whose document it is; the issuer where no chain is written and no words hide it.
            issuer_words: the words that hide the issuer.
            on_day: the day on which links and authority rules are read.
            compiled_from: those whose numbers the issuer summed or modelled.
            context: the words around, which may decide a name that fits several sources.
        """
        doubts: dict[str, None] = {}
        chains = tuple(tuple(self._resolved(name, context, doubts) for name in names) for names in written if names)
        issuer = None
        if issuer_words is None and (chains or publisher):
            issuer = self.issuer_of(chains[0][-1] if chains else str(publisher), on_day)
        return (
            Chain(
                attribution=chains[0] if chains else (),
                written=tuple(tuple(names) for names in written if names),
                parallel=chains[1:],
                issuer=issuer,
                issuer_words=issuer_words,
                authority=self.authority_of(issuer, on_day) if issuer else None,
                compiled_from=tuple(dict.fromkeys(self.authority_of(name, on_day) for name in compiled_from)),
            ),
            tuple(doubts),
        )

    def mentions(self, text: str) -> list[Mention]:
        """
        The sources that the text names, in order, never overlapping; several names where the words stay open.

        >>> [mention.names for mention in Catalogue.shipped().mentions("Reuters, citing Gaza's health ministry")]
        [('Reuters',), ('Gaza Ministry of Health',)]
        """
        if not self._finders:
            self._finders.append(Finder.of(_names(self.entries.values())))
        return list(self._finders[0].find(text))

    def records_for(
        self, names: Iterable[str]
    ) -> tuple[tuple[Source, ...], tuple[SourceLink, ...], tuple[AuthorityRule, ...]]:
        """The known sources among these names, all that they link to, and the links and rules between them."""
        wanted: dict[str, None] = {}
        waiting = [known.name for name in names if (known := self.named(name))]
        while waiting:
            name = waiting.pop(0)
            if name not in wanted and name in self.entries:
                wanted[name] = None
                waiting += [link.target for link in self.links if link.source == name]
                waiting += [rule.authority for rule in self.authorities if rule.source == name]
        return (
            tuple(self.entries[name].source for name in wanted),
            tuple(link for link in self.links if link.source in wanted),
            tuple(rule for rule in self.authorities if rule.source in wanted),
        )

    def _known(self, name: str) -> str:
        known = self.named(name)
        return known.name if known else name

    def _spoken_for(self, name: str, on_day: date | None) -> str | None:
        for link in self.links:
            if link.source == name and link.kind == "speaks_for" and _within(link, on_day):
                return link.target
        return None

    def _resolved(self, name: str, context: str, doubts: dict[str, None]) -> str:
        found = self.candidates(name)
        if len(found) < 2:
            return found[0].name if found else name
        decided = self._decided([source.name for source in found], context)
        if decided:
            return decided
        shown = [source.name for source in found[:_CANDIDATES_SHOWN]]
        others = len(found) - len(shown)
        last = f"{others} others" if others else shown.pop()
        doubts[f"issuer_ambiguous: {name!r} may be {', '.join(shown)} or {last}"] = None
        return name

    def _decided(self, names: Sequence[str], context: str) -> str | None:
        mentions = Places.shipped().mentions(context) if context else []
        for kind in ("place", "group"):
            fitting = [name for name in names if self._is_near(name, [one for one in mentions if one.kind == kind])]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _is_near(self, name: str, mentions: Iterable[PlaceMention]) -> bool:
        place = self._place_of(self.entries[name])
        near = (part for mention in mentions if len(mention.places) == 1 for part in mention.places)
        return place is not None and any(Places.shipped().contains(place, part) for part in near)

    def _place_of(self, entry: Entry) -> str | None:
        country = Places.shipped().table.country(entry.country) if entry.country else None
        return entry.place or (country.name if country else None)


@lru_cache(maxsize=1)
def _shipped() -> Catalogue:
    entries, links, authorities = shipped_entries()
    return Catalogue(entries, links, authorities)


def _begun(from_day: date | None, on_day: date | None) -> bool:
    return from_day is None or on_day is None or from_day <= on_day


def _within(link: SourceLink, on_day: date | None) -> bool:
    return _begun(link.from_day, on_day) and (link.to_day is None or on_day is None or on_day <= link.to_day)


def _names(entries: Iterable[Entry]) -> Iterable[Name]:
    for entry in entries:
        for written in (entry.name, *(alias for alias, _ in entry.aliases)):
            yield Name(written, entry.name, entry.spelling or rule_for(written))
        for written in entry.bare:
            yield Name(written, entry.name, "bare")
