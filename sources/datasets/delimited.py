"""Rows of CSV and TSV files (RFC 4180), streamed, with cell locators of RFC 7111."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sources.datasets.mapping import Mapping
from sources.datasets.tables import Cell, Table, header_missing, named_columns
from sources.errors import MappingError, UnreadableInput

LARGEST_FIELD = 131_072
"""Characters of one field; an unclosed quote runs into this limit instead of swallowing the file."""
_DELIMITERS = {"csv": ",", "tsv": "\t"}


def delimited_table(path: Path, mapping: Mapping, name: str) -> Table:
    """The rows of a delimited file; row numbers count from 1, the header included (RFC 7111, section 2.1)."""
    rows = _rows(path, mapping, name)
    _, header = next(rows, (0, None))
    if header is None:
        raise header_missing(name, mapping)
    return Table(named_columns(header, name), rows, cell_locator, lambda place: f"col={place + 1}")


def cell_locator(places: Sequence[int]) -> Callable[[int], str]:
    """
    The RFC 7111 fragment of some cells of a row, by its number.

    >>> cell_locator((1, 2))(374), cell_locator(())(374)
    ('cell=374,2;374,3', 'row=374')
    """
    columns = [f",{place + 1}" for place in places]
    if len(columns) == 1:
        only = columns[0]
        return lambda row: f"cell={row}{only}"
    if not columns:
        return lambda row: f"row={row}"
    return lambda row: "cell=" + ";".join(f"{row}{column}" for column in columns)


def _rows(path: Path, mapping: Mapping, name: str) -> Iterator[tuple[int, Sequence[Cell] | str]]:
    """The header row, and then the rows below it that are not blank."""
    delimiter = mapping.dataset.delimiter or _DELIMITERS[mapping.dataset.format]
    csv.field_size_limit(LARGEST_FIELD)
    number, width = 0, -1
    try:
        with path.open("rb", buffering=0) as raw, _text(_WithoutNul(raw, name), mapping) as text:
            for number, cells in enumerate(csv.reader(text, delimiter=delimiter, strict=True), 1):
                if len(cells) == width:
                    yield number, cells
                elif number == mapping.dataset.header_row:
                    width = len(cells)
                    yield number, cells
                elif cells and width >= 0:
                    yield number, f"the row has {len(cells)} cells, the header {width}"
    except UnicodeDecodeError as error:
        found = error.object[error.start : error.start + 1].hex()
        raise UnreadableInput(
            f"{name}: not {mapping.dataset.encoding} after row {number} (byte 0x{found}); "
            f"set dataset.encoding in {mapping.where} to the file's encoding"
        ) from error
    except csv.Error as error:
        raise UnreadableInput(f"{name}: row {number + 1} is not {mapping.dataset.format.upper()}: {error}") from error
    except OSError as error:
        raise UnreadableInput(f"{name}: cannot be read: {error.strerror}") from error


def _text(raw: io.RawIOBase, mapping: Mapping) -> io.TextIOWrapper:
    try:
        return io.TextIOWrapper(io.BufferedReader(raw, 1 << 16), encoding=mapping.dataset.encoding, newline="")
    except LookupError as error:
        raise MappingError(f"{mapping.where}: dataset.encoding: {mapping.dataset.encoding!r} is no encoding") from error


class _WithoutNul(io.RawIOBase):
    """A file's bytes, refused at the first NUL byte: text has none, and no database keeps one in a text."""

    def __init__(self, raw: Any, name: str) -> None:
        self._raw = raw
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read: int = self._raw.readinto(buffer)
        if b"\0" in bytes(buffer[:read]):
            raise UnreadableInput(f"{self._name}: NUL bytes; a binary file, or text in UTF-16, which is not read")
        return read
