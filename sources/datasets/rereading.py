"""Reading stored values again: whether a data row's quote still stands at its locator in the kept bytes."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import orjson

from sources.datasets.cells import text_of

_CELL = re.compile(r"cell=\d+,\d+(?:;\d+,\d+)*")
_LARGEST_FIELD = 10_000_000
_MISSING = object()


class Values:
    """
    The values of one dataset's bytes by locator: RFC 6901 for JSON, RFC 7111 for delimited text, `Sheet1!E11`.

    Delimited text is read forward as rows are asked for, so that asking in the file's order reads it once.
    """

    def __init__(self, body: bytes, media_type: str | None = None) -> None:
        """Take the bytes; they are read when the first value is asked for."""
        self._body = body
        self._delimiter = "\t" if "tab-separated" in (media_type or "") else None
        self._read: Callable[[str], list[Any]] | None = None

    def stands(self, locator: str, quote: str) -> bool:
        """Whether the quote, `column: value` for each column that it names, stands at the locator."""
        if self._read is None:
            self._read = self._reader(locator)
        values = self._read(locator)
        if any(value is _MISSING for value in values):
            return False
        if len(values) == 1:
            return quote.endswith(f": {text_of(values[0])}")
        told = "; ".join(rf"[^;]*?: {re.escape(text_of(value))}" for value in values)
        return re.fullmatch(told, quote, re.DOTALL) is not None

    def _reader(self, locator: str) -> Callable[[str], list[Any]]:
        if locator.startswith("/"):
            return _json_reader(self._body)
        if _CELL.fullmatch(locator):
            return _delimited_reader(self._body, self._delimiter)
        if locator.startswith("row=") and ";column=" in locator:
            return _parquet_reader(self._body)
        if "!" in locator:
            return _workbook_reader(self._body)
        return lambda _locator: [_MISSING]


def _json_reader(body: bytes) -> Callable[[str], list[Any]]:
    text = body.removeprefix(b"\xef\xbb\xbf")
    try:
        content = orjson.loads(text)
    except ValueError:  # JSON Lines, located as in an array of them
        content = [orjson.loads(line) for line in text.splitlines() if line.strip()]

    def at(pointer: str) -> Any:
        found = content
        for part in pointer.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            elif isinstance(found, dict):
                found = found.get(name, _MISSING)
            else:
                return _MISSING
        return found

    return lambda locator: [at(f"/{pointer}") for pointer in locator[1:].split(" /")]


def _delimited_reader(body: bytes, delimiter: str | None) -> Callable[[str], list[Any]]:
    rows = _Forward(body, delimiter)

    def at(place: str) -> Any:
        row, column = (int(number) for number in place.split(","))
        cells = rows.row(row)
        return cells[column - 1] if cells is not None and column <= len(cells) else _MISSING

    return lambda locator: [at(place) for place in locator.removeprefix("cell=").split(";")]


class _Forward:
    """Rows of delimited text by number, counted from 1; going back starts again."""

    def __init__(self, body: bytes, delimiter: str | None) -> None:
        self._body = body
        self._delimiter = delimiter or _delimiter_of(body)
        self._rows: Iterator[Sequence[str]] = iter(())
        self._number, self._row = 0, None  # type: tuple[int, Sequence[str] | None]
        self._restart()

    def _restart(self) -> None:
        csv.field_size_limit(_LARGEST_FIELD)
        text = io.TextIOWrapper(io.BytesIO(self._body), encoding="utf-8-sig", errors="replace", newline="")
        self._rows = csv.reader(text, delimiter=self._delimiter)
        self._number = 0

    def row(self, number: int) -> Sequence[str] | None:
        """The cells of a row; None where the text is shorter."""
        if number < self._number:
            self._restart()
        while self._number < number:
            self._row = next(self._rows, None)
            self._number += 1
            if self._row is None:
                return None
        return self._row


def _delimiter_of(body: bytes) -> str:
    """The delimiter that stands most often in the first line."""
    first = body[:65536].split(b"\n", 1)[0].decode("utf-8-sig", errors="replace")
    return max(",\t;|", key=first.count)


def _parquet_reader(body: bytes) -> Callable[[str], list[Any]]:
    from pyarrow import BufferReader  # type: ignore[import-untyped]  # it ships no types
    from pyarrow.parquet import read_table  # type: ignore[import-untyped]  # it ships no types

    table = read_table(BufferReader(body))

    def read(locator: str) -> list[Any]:
        row, *columns = locator.split(";column=")
        number = int(row.removeprefix("row="))
        if not 1 <= number <= table.num_rows:
            return [_MISSING]
        return [table.column(name)[number - 1].as_py() if name in table.column_names else _MISSING for name in columns]

    return read


def _workbook_reader(body: bytes) -> Callable[[str], list[Any]]:
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
    sheets: dict[str, list[list[Any]]] = {}

    def at(place: str) -> Any:
        title, _, cell = place.rpartition("!")
        title = title[1:-1].replace("''", "'") if title.startswith("'") else title
        found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
        if found is None or title not in workbook.sheet_names:
            return _MISSING
        if title not in sheets:
            sheets[title] = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        row = int(found[2])
        if row > len(sheets[title]) or column > len(sheets[title][row - 1]):
            return _MISSING
        value = sheets[title][row - 1][column - 1]
        return int(value) if isinstance(value, float) and value.is_integer() else value

    return lambda locator: [at(place) for place in locator.split(",")]
