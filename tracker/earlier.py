"""Files of reports made earlier: the checkpoint and the content that each format carries, read as hostile input."""

import csv
import hashlib
import html
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from db.notes import SIGNATURE
from db.verify import Fault
from reports.earlier.report import UnreadableReport, checked_checkpoint, checkpoint_of
from reports.provenance import Checkpoint
from reports.render.csv import as_cell
from reports.render.package import REPORT, SUMS
from sources.errors import UnreadableInput
from tracker.errors import MissingExtra

MOST_BYTES = 200_000_000
"""The largest report that is read, and the most that a package may unfold to."""
MOST_MEMBERS = 100
READABLE = ".html .pdf .md .json .csv .xlsx .prov.json .provn .jsonld .zip"
"""The endings of reports that are read again; the content decides, not the ending."""
_DESCRIPTION = re.compile(
    rb"<dc:description>\s*<rdf:Alt>\s*<rdf:li[^>]{0,60}>([^<]{1,2000})</rdf:li>\s*</rdf:Alt>\s*</dc:description>"
)
_PIECE = 1_000_000
_IN_WORDS = re.compile(
    r"ledger of ([\d,]{1,20}) entries(?:, [^<>\n]{1,60})?,? (?:with the|whose) Merkle root \(RFC 9162\) (?:is )?"
    rf"(?:<code[^>\n]{{0,40}}>|`)?([0-9a-f]{{64}})(?:</code>|`)?(?:, signed (?:<code[^>\n]{{0,40}}>|`)?({SIGNATURE}))?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as a table tells it."""

    id: str
    quote: str
    text: str


@dataclass(slots=True)
class Earlier:
    """
    What the file of a report carries.

    Attributes:
        content: the whole answer, where the format carries it as JSON; None elsewhere.
        rows: the figures of a table; None for other formats.
        altered: what contradicts itself within the file.
        members: how many files of a package were hashed.
    """

    checkpoint: Checkpoint
    content: Any = None
    rows: tuple[Row, ...] | None = None
    altered: list[Fault] = field(default_factory=list)
    members: int = 0


def read_earlier(path: Path) -> Earlier:
    """
    What a report's file carries.

    Raises:
        UnreadableInput: it is no report of ours, or carries no checkpoint.
        MissingExtra: a workbook, and the extra `xlsx` is not installed.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableInput(f"{path} is larger than {MOST_BYTES:,} bytes: no report is")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read ({error.strerror}): name a report") from error
    try:
        return _read(path, content)
    except UnreadableReport as error:
        raise UnreadableInput(f"{path} is no report of ours: {error}; name a report in {READABLE}") from error


def _read(path: Path, content: bytes) -> Earlier:
    if content.startswith(b"PK"):
        return _zipped(path, content)
    if content.startswith(b"%PDF"):
        return Earlier(_in_words(_description(content)))
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableReport("it is not text") from error
    told = _json(text)
    if isinstance(told, dict) and "checkpoint" in told:
        return Earlier(checkpoint_of(told), told)
    if text.startswith("id,state,"):
        return _table(_csv_rows(text))
    return Earlier(_in_words(text))


def _description(pdf: bytes) -> str:
    """What a PDF says of itself in its metadata (XMP, which PDF/A keeps readable): the words of nobody else."""
    found = _DESCRIPTION.search(pdf)
    if found is None:
        raise UnreadableReport("it does not describe itself")
    return html.unescape(found[1].decode("utf-8", errors="replace"))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _in_words(text: str) -> Checkpoint:
    """The checkpoint in words: the last, because a report tells it after the words of others."""
    found = _IN_WORDS.findall(text)
    if not found:
        raise UnreadableReport("it carries no checkpoint")
    size, root, signature = found[-1]
    return checked_checkpoint(int(size.replace(",", "") or 0), root, signature or None)


def _csv_rows(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        yield from csv.DictReader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise UnreadableReport(f"its table breaks off ({error})") from error


def _table(rows: Iterable[Mapping[str, Any]]) -> Earlier:
    """The figures of a table, each of which repeats the checkpoint."""
    told: list[Row] = []
    states: dict[tuple[Any, ...], None] = {}
    for row in rows:
        told.append(Row(*(str(row.get(name) or "") for name in ("id", "quote", "text"))))
        states[tuple(row.get(f"checkpoint_{name}") or None for name in ("size", "root", "signature"))] = None
    if not states:
        raise UnreadableReport("it holds no figure, and so carries no checkpoint")
    size, root, signature = next(iter(states))
    checkpoint = checked_checkpoint(int(size) if str(size).removesuffix(".0").isdecimal() else size, root, signature)
    found = Earlier(checkpoint, rows=tuple(told))
    if len(states) > 1:
        found.altered.append(Fault("checkpoint", checkpoint.root, "rows of the file carry different checkpoints"))
    return found


def _zipped(path: Path, content: bytes) -> Earlier:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: member for member in archive.infolist()}
            if (
                len(archive.infolist()) > MOST_MEMBERS
                or sum(one.file_size for one in members.values()) > MOST_BYTES * 2
            ):
                raise UnreadableReport("it unfolds to more than a report holds")
            if "xl/workbook.xml" in members:
                return _table(_workbook_rows(path, content))
            return _package(archive, members, repeated=len(archive.infolist()) - len(members))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise UnreadableReport(f"the archive is damaged ({' '.join(str(error).split())[:100]})") from error


def _package(archive: ZipFile, members: Mapping[str, ZipInfo], *, repeated: int) -> Earlier:
    """A data package: every member against its checksum, then the report that it holds."""
    if REPORT not in members or SUMS not in members:
        raise UnreadableReport(f"it is no data package of ours: it lacks {REPORT} or {SUMS}")
    told = _json(_member(archive, REPORT).decode("utf-8", errors="replace"))
    checkpoint = checkpoint_of(told)
    found = Earlier(checkpoint, told, members=len(members) - 1)
    if repeated:
        found.altered.append(Fault("file", SUMS, "the package holds several files of one name"))
    found.altered += _sums_faults(archive, members)
    found.altered += _copies_faults(archive, members, told, checkpoint)
    return found


def _member(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        content = member.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableReport("it unfolds to more than a report holds")
    return content


def _sums_faults(archive: ZipFile, members: Mapping[str, ZipInfo]) -> Iterator[Fault]:
    lines = _member(archive, SUMS).decode("utf-8", errors="replace").splitlines()
    vouched = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in vouched.keys() - members.keys():
        yield Fault("file", name, f"{SUMS} names it, and the package does not hold it")
    for name in members.keys() - {SUMS}:
        digest = hashlib.sha256()
        with archive.open(name) as member:
            while piece := member.read(_PIECE):
                digest.update(piece)
        if vouched.get(name) != digest.hexdigest():
            yield Fault("file", name, f"its bytes do not give the SHA-256 in {SUMS}")


def _copies_faults(
    archive: ZipFile, members: Mapping[str, ZipInfo], told: Any, checkpoint: Checkpoint
) -> Iterator[Fault]:
    """The other files that repeat the report's checkpoint and figures say the same."""
    copies = {"checkpoint.txt": checkpoint.note.encode(), "checkpoint.tsr": checkpoint.timestamp}
    for name, content in copies.items():
        held = _member(archive, name) if name in members else None
        if held != content:
            yield Fault("file", name, f"it is not the one of {REPORT}")
    state = (
        _json(_member(archive, "checkpoint.json").decode("utf-8", errors="replace"))
        if "checkpoint.json" in members
        else None
    )
    if not isinstance(state, dict) or state.get("checkpoint") != told["checkpoint"]:
        yield Fault("file", "checkpoint.json", f"it is not the one of {REPORT}")
    table = _member(archive, "figures.csv").decode("utf-8", errors="replace") if "figures.csv" in members else ""
    if _numbers_of_table(table) != _numbers_of_report(told.get("figures")):
        yield Fault("file", "figures.csv", f"its figures are not those of {REPORT}")


_Numbers = dict[str, tuple[str, ...]]
_BOUNDS = ("low", "best", "high")


def _numbers_of_table(text: str) -> _Numbers:
    columns = (*_BOUNDS, *(f"share_{bound}" for bound in _BOUNDS), "text", "quote", "state")
    try:
        return {str(row.get("id")): tuple(str(row.get(name) or "") for name in columns) for row in _csv_rows(text)}
    except UnreadableReport:
        return {"": ()}


def _numbers_of_report(figures: Any) -> _Numbers:
    try:
        return {str(one["id"]): tuple(_cells(one)) for one in figures}
    except (TypeError, KeyError, AttributeError):
        return {}


def _cells(one: Mapping[str, Any]) -> Iterator[str]:
    number = one["count"] or one["share"]
    for told in (one["count"] or {}, one["share"] or {}):
        yield from ("" if told.get(bound) is None else str(told[bound]) for bound in _BOUNDS)
    for text in (number["text"], one["evidence"]["quote"], one["state"]):
        yield str(as_cell(text))


def _workbook_rows(path: Path, content: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        import python_calamine as calamine
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{path}: this format needs an extra: pip install 'casualty-figures[xlsx]'") from error
    try:
        sheet: Sequence[Sequence[Any]] = (
            calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            .get_sheet_by_name("figures")
            .to_python(skip_empty_area=False)
        )
    except (calamine.CalamineError, calamine.PasswordError, calamine.WorksheetNotFound, OSError) as error:
        raise UnreadableReport(f"it is no workbook of ours ({' '.join(str(error).split())[:100]})") from error
    header, *rows = sheet or [[]]
    for row in rows:
        if len([cell for cell in row if cell != ""]) > 1:  # a last row may say how many did not fit
            yield {str(name): cell for name, cell in zip(header, row, strict=False)}
