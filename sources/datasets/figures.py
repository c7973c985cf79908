"""Rows to figures: the one loop that every imported row passes."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from db.records import Evidence, Figure, Period
from sources.datasets.cells import BadCell, text_of
from sources.datasets.conditions import Cells, Conditional
from sources.datasets.counts import Counted, count_reader
from sources.datasets.days import Periods, row_day
from sources.datasets.mapping import FigureRule, Mapping
from sources.datasets.meaning import ColumnMeaning, Facts, Interned
from sources.datasets.problems import Problems
from sources.datasets.tables import Table

# The shapes' own validators, called without the layers of Model(...): a third of a bulk import's time.
_evidence: Callable[[dict[str, Any]], Evidence] = TypeAdapter(Evidence).validator.validate_python
_figure: Callable[[dict[str, Any]], Figure] = TypeAdapter(Figure).validator.validate_python

Refusal = Callable[[Cells, tuple[bool, ...]], None]


@dataclass(slots=True)
class Plan:
    """One figure rule made ready for a table."""

    place: int
    rule: FigureRule
    part_of: int | None
    meaning: ColumnMeaning
    kind: Callable[[Cells], Hashable]
    known: dict[Hashable, Facts]
    has_value: Callable[[Cells], bool]
    counted: Callable[[Cells, str], Counted]
    period: Callable[[Cells], Period | None] | None


class RowReader:
    """
    A mapping made ready for a table; `figures` reads the table once.

    Attributes:
        refused: by reason, the figures and cells that the mapping refuses by rule; filled as rows are read.
    """

    def __init__(self, mapping: Mapping, table: Table, interned: Interned, problems: Problems) -> None:
        self.refused: Counter[str] = Counter()
        self._mapping = mapping
        self._table = table
        self._interned = interned
        self._problems = problems
        self._places = {column: place for place, column in enumerate(table.columns)}
        self._conditional = Conditional(mapping, self._places)
        self._plans = self._ready_plans()
        self._periods = Periods()
        self._row_key = _row_key(mapping, self._places)
        self._basis = mapping.row.as_of.basis if mapping.row.as_of else None
        self._always: dict[str, Any] = {"publisher": mapping.dataset.publisher, "origin": "imported"}
        if mapping.event is not None:
            self._always["event"] = mapping.event.name

    def figures(self) -> Iterator[Figure]:
        """The figures, row by row and in each row in the order of the mapping's rules; `part_of` counts from 0."""
        as_of_day = row_day(self._mapping.row.as_of, "row.as_of", self._mapping, self._places)
        published_day = row_day(self._mapping.row.published, "row.published", self._mapping, self._places)
        refused_cells = list(self._refused_cells())
        flags_of, row_key_of, figure_of = self._conditional.flags, self._row_key, self._figure
        emitted = 0
        for number, cells in self._table.rows:
            if isinstance(cells, str):
                self._problems.add(self._table.locator(())(number), cells)
                continue
            try:
                as_of, published, flags = as_of_day(cells), published_day(cells), flags_of(cells)
            except BadCell as bad:
                self._report(bad, number, "the row is not imported")
                continue
            for refuses in refused_cells:
                refuses(cells, flags)
            row_key = row_key_of(cells)
            placed: dict[int, int] = {}
            for plan in self._plans:
                if not plan.has_value(cells):
                    continue
                try:
                    facts = plan.known.get((plan.kind(cells), flags)) or plan.meaning.facts(cells, flags)
                    if facts.refused is not None:
                        self.refused[facts.refused] += 1
                        continue
                    yield figure_of(plan, facts, cells, number, row_key, as_of, published, placed)
                except BadCell as bad:
                    self._report(bad, number, "not imported", plan.rule)
                    continue
                placed[plan.place] = emitted
                emitted += 1

    def _figure(
        self,
        plan: Plan,
        facts: Facts,
        cells: Cells,
        number: int,
        row_key: str,
        as_of: date | None,
        published: date | None,
        placed: dict[int, int],
    ) -> Figure:
        count, quote, columns, doubts = plan.counted(cells, facts.qualifier)
        on_day = as_of or published
        chain, known_doubts = facts.chains.get(on_day) or self._interned.chain(facts, on_day)
        said = {
            **self._always,
            "count": count,
            "definition": facts.definition,
            "chain": chain,
            "evidence": _evidence(
                {
                    "quote": quote,
                    "zone": "table",
                    "locator": columns.locate(number),
                    "row_key": f"{row_key} {columns.key}",
                }
            ),
            "published": published,
            "modality": facts.modality,
            "doubts": known_doubts + doubts if doubts else known_doubts,
        }
        if as_of is not None:
            said["as_of"], said["as_of_basis"] = as_of, self._basis
        if plan.part_of is not None:
            said["part_of"] = placed.get(plan.part_of)
        if plan.period is not None:
            said["period"] = plan.period(cells)
        elif facts.hours is not None and as_of is not None:
            said["period"] = self._periods.ending(as_of, facts.hours)
        return _figure(said)

    def _report(self, bad: BadCell, number: int, outcome: str, rule: FigureRule | None = None) -> None:
        columns = [bad.column] if bad.column else list(rule.columns if rule else ())
        places = [self._places[column] for column in columns if column in self._places]
        of_what = f" ({'+'.join(rule.columns)})" if rule and bad.column not in ("", *rule.columns) else ""
        what = f"{'+'.join(columns)}: {bad}: {outcome}{of_what}"
        self._problems.add(self._table.locator(places)(number), what)

    def _ready_plans(self) -> list[Plan]:
        plans: list[Plan] = []
        whole_of: dict[str, int] = {}
        for rule in self._mapping.figures:
            present = [column for column in rule.columns if column in self._places]
            if not present:
                continue
            meaning = ColumnMeaning(rule, self._mapping, self._places, self._conditional, self._interned)
            has_value, counted = count_reader(rule, self._mapping, self._places, self._table.locator)
            period = Periods.of_columns(rule.period, self._mapping, self._places) if rule.period else None
            part_of = whole_of.get(rule.part_of) if rule.part_of else None
            plans.append(
                Plan(len(plans), rule, part_of, meaning, meaning.kind, meaning.known, has_value, counted, period)
            )
            whole_of |= dict.fromkeys(present, len(plans) - 1)
        return plans

    def _refused_cells(self) -> Iterator[Refusal]:
        counted = {column for rule in self._mapping.figures for column in rule.columns}
        for column, place in self._places.items():
            refusals = self._conditional.named_refusals_for(column) if column not in counted else []
            for flag, refusal in refusals[:1]:
                yield self._refusal(place, flag, refusal.reason)

    def _refusal(self, place: int, flag: int | None, reason: str) -> Refusal:
        empty = self._mapping.cells.empty

        def refuses(cells: Cells, flags: tuple[bool, ...]) -> None:
            if (flag is None or flags[flag]) and text_of(cells[place]) not in empty:
                self.refused[reason] += 1

        return refuses


def _row_key(mapping: Mapping, places: dict[str, int]) -> Callable[[Cells], str]:
    keys = [(f"{column}=", places[column]) for column in mapping.row.key]
    if len(keys) == 1:
        ((name, place),) = keys
        return lambda cells: f"{name}{text_of(cells[place])}"
    return lambda cells: " ".join([f"{name}{text_of(cells[place])}" for name, place in keys])
