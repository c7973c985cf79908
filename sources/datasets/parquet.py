"""Rows of a Parquet file, read batch by batch."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from sources.datasets.tables import Cell, Table, check_text, named_columns
from sources.errors import TooLarge, UnreadableInput

LARGEST_GROUP = 512_000_000
"""Bytes of a row group, unpacked."""
_BATCH = 10_000


def parquet_table(path: Path, name: str) -> Table:
    """The rows of a Parquet file, numbered from 1; a locator is "row=3;column=killed", as no standard names one."""
    file, refused = _opened(path, name)
    columns = named_columns(file.schema_arrow.names, name)

    def locator(places: Sequence[int]) -> Callable[[int], str]:
        members = "".join(f";column={columns[place]}" for place in places)
        return lambda row: f"row={row}{members}"

    return Table(columns, _rows(file, name, refused), locator, lambda place: f"column={columns[place]}")


def _opened(path: Path, name: str) -> tuple[Any, tuple[type[Exception], ...]]:
    try:
        import pyarrow  # type: ignore[import-untyped]  # it ships no types
        from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]  # it ships no types
    except ImportError as error:
        raise UnreadableInput(
            f"{name}: reading Parquet needs an extra: pip install 'casualty-figures[parquet]'"
        ) from error
    refused = (pyarrow.ArrowException, OSError, ValueError)
    try:
        file = ParquetFile(path)
        groups = [file.metadata.row_group(place).total_byte_size for place in range(file.metadata.num_row_groups)]
    except refused as error:
        raise UnreadableInput(f"{name}: not a readable Parquet file: {_line(error)}") from error
    if max(groups, default=0) > LARGEST_GROUP:
        raise TooLarge(
            f"{name}: a row group of {max(groups):,} bytes; at most {LARGEST_GROUP:,} are read: write smaller ones"
        )
    return file, refused


def _rows(file: Any, name: str, refused: tuple[type[Exception], ...]) -> Iterator[tuple[int, Sequence[Cell] | str]]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            for cells in zip(*map(_values, batch.columns), strict=True):
                number += 1
                check_text(cells, name)
                yield number, cells
    except refused as error:
        raise UnreadableInput(f"{name}: damaged after row {number}: {_line(error)}") from error


def _values(column: Any) -> list[Cell]:
    """A column's values; one that is neither text, number, truth nor day (a list, bytes, a decimal) as its text."""
    values: list[Any] = column.to_pylist()
    return [cell if cell is None or isinstance(cell, (str, int, float, date, time)) else str(cell) for cell in values]


def _line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]
