"""What one row says of one column's count: its definition, who stands behind it, and the doubts."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from pydantic import ValidationError

from db.records import Chain, Definition
from db.vocabulary import VOCABULARIES
from sources.catalogue import Catalogue
from sources.datasets.cells import BadCell, DayReader, number_reader, shown, text_of
from sources.datasets.conditions import Conditional
from sources.datasets.loading import unknown_word
from sources.datasets.mapping import FACETS, CellsPart, FigureRule, Mapping, Meaning, Scalar, SourceEntry, Value
from sources.datasets.tables import Cell

Cells = Sequence[Cell]
_DAYS = ("since", "until")
_LISTS = ("includes", "excludes")
_MOST_KEPT = 50_000
_OWN = SourceEntry(own=True)


@dataclass(slots=True)
class Facts:
    """
    What rows of one kind say of one column.

    Attributes:
        refused: the reason for which its count is no figure; the other fields then say nothing.
        hours: the length of the period that ends with the row's as-of day, where the count is of one.
        chains: by day, the resolved chain and every doubt.
    """

    refused: str | None = None
    definition: Definition | None = None
    source: SourceEntry = _OWN
    doubts: tuple[str, ...] = ()
    modality: str = "reported"
    qualifier: str = "exact"
    hours: int | None = None
    chains: dict[date | None, tuple[Chain, tuple[str, ...]]] = field(default_factory=dict)


class Interned:
    """One instance for each definition and chain, so that equal ones are the same object wherever they go."""

    def __init__(self, catalogue: Catalogue, publisher: str) -> None:
        self.names: set[str] = {publisher}
        self._catalogue = catalogue
        self._publisher = publisher
        self._definitions: dict[Definition, Definition] = {}
        self._chains: dict[Chain, Chain] = {}

    def definition(self, facets: dict[str, Any]) -> Definition:
        """The definition with these facets."""
        made = Definition(**facets)
        return self._definitions.setdefault(made, made)

    def chain(self, facts: Facts, on_day: date | None) -> tuple[Chain, tuple[str, ...]]:
        """
        The chain of these facts on a day, and all doubts; kept in the facts.

        Raises:
            BadCell: a name that no chain can hold.
        """
        entry = facts.source
        try:
            chain, doubts = self._catalogue.chain(
                entry.written,
                publisher=self._publisher,
                issuer_words=entry.issuer_words,
                on_day=on_day,
                compiled_from=entry.compiled_from,
            )
        except ValidationError as error:
            raise BadCell(f"the source cannot be kept: {error.errors(include_url=False)[0]['msg']}") from error
        chain = self._chains.setdefault(chain, chain)
        self.names.update(chain.attribution, *chain.parallel, chain.compiled_from)
        self.names.update(name for name in (chain.issuer, chain.authority) if name)
        if len(facts.chains) >= _MOST_KEPT:
            facts.chains.clear()
        found = facts.chains[on_day] = (chain, facts.doubts + doubts)
        return found


class ColumnMeaning:
    """
    The facts of one figure rule, worked out once for each kind of row.

    A kind is the text of the cells that the rule's facets and source depend on, with the conditions that hold.
    """

    def __init__(
        self, rule: FigureRule, mapping: Mapping, places: dict[str, int], conditional: Conditional, interned: Interned
    ) -> None:
        self._rule = rule
        self._mapping = mapping
        self._places = places
        self._cases = conditional.cases_for(rule.columns)
        self._refusals = conditional.refusals_for(rule.columns)
        self._interned = interned
        self.known: dict[Hashable, Facts] = {}
        self.kind = _kind(self._inputs())

    def facts(self, cells: Cells, flags: tuple[bool, ...]) -> Facts:
        """
        What this row says of the column's count; kept in `known` under (kind(cells), flags).

        Raises:
            BadCell: a value that the mapping has no word for.
        """
        if len(self.known) >= _MOST_KEPT:
            self.known.clear()
        found = self.known[self.kind(cells), flags] = self._work_out(cells, flags)
        return found

    def _inputs(self) -> list[int]:
        columns: set[str] = set()
        for meaning in (self._mapping.defaults, self._rule, *(case.set for _, case in self._cases)):
            columns |= columns_of(meaning, self._mapping)
        return sorted(self._places[column] for column in columns if column in self._places)

    def _work_out(self, cells: Cells, flags: tuple[bool, ...]) -> Facts:
        for flag, refusal in self._refusals:
            if flag is None or flags[flag]:
                return Facts(refused=refusal.reason)
        holding = [case for flag, case in self._cases if flag is None or flags[flag]]
        meanings = (self._mapping.defaults, self._rule, *(case.set for case in holding))
        said = {name: value for meaning in meanings for name, value in _said(meaning)}
        words = {name: self._word(name, value, cells) for name, value in said.items() if name != "source"}
        entry = self._source(said.get("source"), cells)
        doubts = dict.fromkeys(
            (*self._rule.doubts, *(doubt for case in holding for doubt in case.doubts), *entry.doubts)
        )
        definition = self._definition({name: word for name, word in words.items() if name in FACETS})
        return Facts(
            definition=definition,
            source=entry,
            doubts=tuple(doubts),
            modality=str(words.get("modality") or "reported"),
            qualifier=str(words.get("qualifier") or "exact"),
            hours=definition.hours if definition.tally in ("added", "period") else None,
        )

    def _word(self, facet: str, value: Any, cells: Cells) -> Any:
        if not isinstance(value, Value):
            return value
        if value.always is not None:
            return value.always or None
        column = str(value.column)
        cell = self._cell(column, cells)
        text = _plain(cell, self._mapping.cells)
        if value.map is not None and text in value.map:
            return value.map[text] or None
        if text in self._mapping.cells.empty:
            return None
        if value.map is not None:
            raise BadCell(f"{shown(text)} is not in the map of {facet} in {self._mapping.where}", column)
        return self._unmapped(facet, value, cell, text)

    def _unmapped(self, facet: str, value: Value, cell: Cell, text: str) -> Scalar:
        column = str(value.column)
        try:
            if facet == "hours":
                return number_reader(self._mapping.cells)(cell)
            if facet in _DAYS:
                return DayReader(value.format, trim=self._mapping.cells.trim)(cell)
        except BadCell as bad:
            raise BadCell(f"{bad} (for {facet})", column) from bad
        if facet in VOCABULARIES and text not in VOCABULARIES[facet]:
            raise BadCell(f"{unknown_word(text, VOCABULARIES[facet])} (for {facet})", column)
        return text

    def _source(self, name: str | None, cells: Cells) -> SourceEntry:
        if name is None:
            return _OWN
        rule = self._mapping.sources[name]
        if rule.always is not None:
            return rule.always
        column = str(rule.column)
        text = _plain(self._cell(column, cells), self._mapping.cells)
        if text in rule.values:
            return rule.values[text]
        if rule.as_printed and text not in self._mapping.cells.empty:
            return SourceEntry(chain=(text.strip(),))
        raise BadCell(f"{shown(text)} is not among the values of sources.{name} in {self._mapping.where}", column)

    def _definition(self, facets: dict[str, Any]) -> Definition:
        if not facets.get("outcome"):
            raise BadCell("no outcome is said for this row", self._rule.columns[0])
        given = {name: word for name, word in facets.items() if word is not None}
        try:
            return self._interned.definition(given)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            key = ".".join(map(str, first["loc"])) or "definition"
            raise BadCell(f"{key}: {first['msg']}", self._rule.columns[0]) from error

    def _cell(self, column: str, cells: Cells) -> Cell:
        place = self._places.get(column)
        return None if place is None else cells[place]


def columns_of(meaning: Meaning, mapping: Mapping) -> set[str]:
    """The columns that a table of facets reads, its source's included."""
    columns = {value.column for _, value in _said(meaning) if isinstance(value, Value) and value.column}
    if meaning.source is not None and (column := mapping.sources[meaning.source].column):
        columns.add(column)
    return columns


def _said(meaning: Meaning) -> Iterable[tuple[str, Any]]:
    for name in Meaning.model_fields:
        value = getattr(meaning, name)
        if value is not None:
            yield name, value


def _plain(cell: Cell, cells: CellsPart) -> str:
    text = text_of(cell)
    return text.strip() if cells.trim else text


def _kind(inputs: list[int]) -> Callable[[Cells], Hashable]:
    return itemgetter(*inputs) if inputs else lambda _: None
