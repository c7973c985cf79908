"""Opening a dataset's file in the format that its mapping names."""

from pathlib import Path

from sources.datasets.delimited import delimited_table
from sources.datasets.json_rows import json_lines_table, json_table
from sources.datasets.mapping import Mapping
from sources.datasets.parquet import parquet_table
from sources.datasets.tables import Table
from sources.datasets.workbooks import workbook_table
from sources.errors import TooLarge, UnreadableInput

LARGEST_WHOLE = 128_000_000
"""Bytes of a JSON file or workbook, which are held in memory as a whole."""
LARGEST_FILE = 4_000_000_000
"""Bytes of a file that is read row by row."""
_ADVICE = {"json": "split it, or write JSON Lines"}


def open_table(path: Path, mapping: Mapping, name: str) -> Table:
    """
    The table in a file, of the format that the mapping names.

    Raises:
        UnreadableInput: the file is missing, empty, truncated, wrongly encoded or not of that format.
        TooLarge: it passes the size that is read.
        MappingError: the sheet, header row or records that the mapping names are not there.
    """
    _check_size(path, name, mapping.dataset.format)
    match mapping.dataset.format:
        case "csv" | "tsv":
            return delimited_table(path, mapping, name)
        case "json":
            return json_table(path, mapping, name)
        case "jsonl":
            return json_lines_table(path, name)
        case "xlsx":
            return workbook_table(path, mapping, name)
        case "parquet":
            return parquet_table(path, name)


def _check_size(path: Path, name: str, file_format: str) -> None:
    try:
        if not path.is_file():
            raise UnreadableInput(f"{name}: no such file")
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"{name}: cannot be read: {error}") from error
    most = LARGEST_WHOLE if file_format in ("json", "xlsx") else LARGEST_FILE
    advice = _ADVICE.get(file_format, "split it")
    if size > most:
        raise TooLarge(f"{name}: {size:,} bytes; at most {most:,} bytes of {file_format} are read: {advice}")
    if size == 0:
        raise UnreadableInput(f"{name}: the file is empty")
