"""Reading a dataset by its mapping: the document, its event, and its figures as a stream."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from db.records import Document, Event, Figure
from sources.addresses import canonical_address
from sources.catalogue import Catalogue
from sources.datasets.conditions import matches
from sources.datasets.figures import RowReader
from sources.datasets.mapping import Conditions, Mapping
from sources.datasets.meaning import Interned, columns_of
from sources.datasets.opening import open_table
from sources.datasets.problems import Problem, Problems
from sources.datasets.tables import Table
from sources.errors import MappingError

_COLUMNS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Dataset:
    """
    A dataset that is being read.

    Attributes:
        figures: read once, in order; `part_of` is a place in this order, counted from 0.
        refused: by reason, how many figures and cells the mapping refuses by rule; whole once `figures` is read.
        problems: what could not be taken over, and where; whole once `figures` is read.
        names: the sources behind the figures so far, the publisher included.
    """

    document: Document
    event: Event | None
    figures: Iterator[Figure]
    refused: Counter[str]
    problems: list[Problem]
    names: set[str]


def read_dataset(path: Path, mapping: Mapping, catalogue: Catalogue, *, name: str | None = None) -> Dataset:
    """
    The figures of a dataset's file; `name` is what messages call it (the path, otherwise).

    The columns are checked at once, rows as they are read: nothing of a file that turns out to be damaged may be kept.

    Raises:
        UnreadableInput: the file cannot be read as what the mapping says it is (also while figures are read).
        MappingError: a column that the mapping names is not in the file.
    """
    called = name or str(path)
    table = open_table(path, mapping, called)
    problems = Problems(called)
    _check_columns(table, mapping, called, problems)
    interned = Interned(catalogue, mapping.dataset.publisher)
    reader = RowReader(mapping, table, interned, problems)
    return Dataset(
        document=_document(path, mapping),
        event=_event(mapping),
        figures=reader.figures(),
        refused=reader.refused,
        problems=problems.listed,
        names=interned.names,
    )


def _document(path: Path, mapping: Mapping) -> Document:
    publisher = mapping.dataset.publisher
    if mapping.dataset.address is not None:
        return Document(address=canonical_address(mapping.dataset.address), publisher=publisher)
    with path.open("rb") as file:
        return Document(bytes_sha256=hashlib.file_digest(file, "sha256").hexdigest(), publisher=publisher)


def _event(mapping: Mapping) -> Event | None:
    event = mapping.event
    return None if event is None else Event(**event.model_dump())


def _check_columns(table: Table, mapping: Mapping, name: str, problems: Problems) -> None:
    wanted = dict(_wanted(mapping))
    optional = {column for rule in mapping.figures if rule.optional for column in rule.columns}
    for column, key in wanted.items():
        if column not in table.columns and column not in optional:
            raise MappingError(f"{mapping.where}: {key}: {_missing(column, table, name)}")
    patterns = (*mapping.ignore, *(pattern for refusal in mapping.refuse for pattern in refusal.columns or ()))
    for place, column in enumerate(table.columns):
        if column not in wanted and not any(matches(pattern, column) for pattern in patterns):
            problems.add(
                table.column_locator(place),
                f"unknown column {column[:80]!r}: not imported; give it a rule in {mapping.where}, or list it there "
                "under refuse or ignore",
            )


def _missing(column: str, table: Table, name: str) -> str:
    near = get_close_matches(column, table.columns, n=1)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    shown = ", ".join(table.columns[:_COLUMNS_SHOWN])
    more = f" and {len(table.columns) - _COLUMNS_SHOWN} more" if len(table.columns) > _COLUMNS_SHOWN else ""
    return f"{name} has no column {column!r}{meant}; it has {shown}{more}"


def _wanted(mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Every column that the mapping reads, with the key that names it; a figure's own columns come last."""
    for column in mapping.row.key:
        yield column, "row.key"
    for key, rule in (("row.as_of", mapping.row.as_of), ("row.published", mapping.row.published)):
        if rule is not None and rule.column is not None:
            yield rule.column, key
    for place, case in enumerate(mapping.cases, 1):
        yield from _conditional(case.conditions, f"cases[{place}].if")
        yield from ((column, f"cases[{place}].set") for column in columns_of(case.set, mapping))
    for place, refusal in enumerate(mapping.refuse, 1):
        yield from _conditional(refusal.conditions, f"refuse[{place}].if")
    yield from ((column, "defaults") for column in columns_of(mapping.defaults, mapping))
    for place, figure in enumerate(mapping.figures, 1):
        key = f"figures[{place}]"
        if figure.period is not None:
            yield figure.period.from_column, f"{key}.period.from"
            yield figure.period.to_column, f"{key}.period.to"
        yield from ((column, key) for column in columns_of(figure, mapping))
        yield from ((column, key) for column in figure.columns)


def _conditional(conditions: Conditions, key: str) -> Iterator[tuple[str, str]]:
    return ((column, key) for column in conditions)
