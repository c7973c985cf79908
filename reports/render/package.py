"""
The provenance report as a data package (Data Package 2.0): a ZIP file of tables that describe themselves.

It holds every table as CSV, their schemas (`datapackage.json`), the words of evidence as W3C Web Annotations, the state
of the ledger (`checkpoint.json`, which `verify` reads), and a checksum of each file. The bytes of the documents stay
out: they belong to their publishers, and their SHA-256 names them. The same report gives the same bytes.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC

import orjson

from db.records import RecordedFigure
from reports import narration, sentences
from reports.citations import one_line
from reports.figure_json import Json, instant_text
from reports.provenance import Report
from reports.render.columns import Column, Kind
from reports.render.csv import table_csv
from reports.render.tables import Table, tables
from reports.render.urns import BASE, report_name

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MOST_EVIDENCE = 100_000_000
"""Bytes of evidence after which the file ends and says so; every quote stands in figures.csv too."""
_EVIDENCE = "evidence/quotes.jsonl"
_TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "day": "date",
    "instant": "datetime",
    "yes_no": "boolean",
}


def package(report: Report) -> bytes:
    """The report as the bytes of a ZIP file."""
    files: dict[str, bytes] = {}
    resources = []
    for table in tables(report):
        files[f"{table.name}.csv"] = table_csv(table).encode()
        resources.append(_table(table, files[f"{table.name}.csv"]))
    files[_EVIDENCE], left_out = evidence_lines(report.figures)
    resources.append(_evidence(files[_EVIDENCE], left_out))
    files["checkpoint.json"] = _indented(_checkpoint(report))
    files["datapackage.json"] = _indented(_descriptor(report, resources))
    files["README.txt"] = _readme(report, left_out).encode()
    files["SHA256SUMS"] = _sums(files).encode()
    return _zipped(files, report)


def evidence_lines(figures: Iterable[RecordedFigure], most: int = MOST_EVIDENCE) -> tuple[bytes, int]:
    """The annotations of figures, a line each, and how many figures they leave out because of `most` bytes."""
    lines: list[bytes] = []
    size = left_out = 0
    for recorded in figures:
        line = orjson.dumps(annotation(recorded), option=orjson.OPT_APPEND_NEWLINE)
        if left_out or size + len(line) > most:
            left_out += 1
            continue
        lines.append(line)
        size += len(line)
    return b"".join(lines), left_out


def annotation(recorded: RecordedFigure) -> Json:
    """The words that carry a figure, as a W3C Web Annotation (Recommendation, 23 February 2017)."""
    figure, evidence = recorded.figure, recorded.figure.evidence
    selectors: list[Json] = [
        {"type": "TextQuoteSelector", "exact": evidence.quote, "prefix": evidence.prefix, "suffix": evidence.suffix}
    ]
    if evidence.start is not None and evidence.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end})
    if evidence.locator is not None:
        selectors.append({"type": "FragmentSelector", "value": evidence.locator})
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{BASE}figure:{recorded.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "value": sentences.figure_words(figure), "format": "text/plain"},
        "target": {
            "source": recorded.address or f"{BASE}document:{recorded.document}",
            "selector": selectors,
            "state": {"type": "State", "value": f"sha256:{recorded.snapshot}"} if recorded.snapshot else None,
        },
    }


def _table(table: Table, content: bytes) -> Json:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.words[:1].upper() + table.words[1:],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""], **_keys(table.name)},
    }


def _field(column: Column) -> Json:
    field: Json = {"name": column.name, "type": _TYPES[column.kind], "description": column.words}
    if column.kind == "yes_no":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    return field


def _keys(name: str) -> Json:
    """What names a row, and which columns hold ids of figures.csv."""
    if name == "figures":
        return {"primaryKey": ["id"]}
    if name in ("latest", "steps", "revisions", "acts", "doubts"):
        return {"foreignKeys": [{"fields": ["figure"], "reference": {"resource": "figures", "fields": ["id"]}}]}
    return {"primaryKey": ["id"]} if name == "sources" else {}


def _evidence(content: bytes, left_out: int) -> Json:
    return {
        "name": "quotes",
        "path": _EVIDENCE,
        "description": f"The words that carry each figure, as W3C Web Annotations, one a line.{_left_out(left_out)}",
        "format": "jsonl",
        "mediatype": "application/x-ndjson",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _left_out(number: int) -> str:
    return f" {number:,} further figures are left out for size: their quotes stand in figures.csv." if number else ""


def _checkpoint(report: Report) -> Json:
    checkpoint = report.checkpoint
    at = instant_text(checkpoint.at) if checkpoint and checkpoint.at else None
    return {
        "checkpoint": {"size": checkpoint.size, "root": checkpoint.root, "time": at} if checkpoint else None,
        "report": {
            "title": report.title,
            "event": report.event,
            "filters": dict(report.filters),
            "generated": instant_text(report.generated),
            "software": report.software,
        },
    }


def _descriptor(report: Report, resources: list[Json]) -> Json:
    return {
        "$schema": PROFILE,
        "name": f"casualty-figures-{report_name(report)}",
        "id": f"{BASE}report:{report_name(report)}",
        "title": report.title,
        "description": f"{narration.PURPOSE} {narration.scale_sentence(report)} {narration.method_words(report)}",
        "created": instant_text(report.generated),
        "contributors": [{"title": report.software, "roles": ["wrangler"]}],
        "resources": resources,
    }


def _indented(content: Json) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _readme(report: Report, left_out: int) -> str:
    filters = "".join(f"\nFilter: {name} = {one_line(value)}" for name, value in report.filters)
    return f"""{one_line(report.title)}
{narration.scale_sentence(report)}
Made {sentences.instant_words(report.generated)} by {report.software}.{filters}

{narration.PURPOSE}

What is here
  figures.csv        every reported number: bounds, definition, dates, chain of sources, exact words
  latest.csv         what each authority last reported
  steps.csv          how each authority's figures changed; revisions.csv: what was revised or withdrawn
  disagreements.csv  where sources disagree, a row for each position
  sources.csv, methods.csv, documents.csv, acts.csv, doubts.csv
  {_EVIDENCE}
                     the words that carry each figure, with those around them (W3C Web Annotation, one a line)
  datapackage.json   what every column means (Data Package 2.0)
  checkpoint.json    the state of the ledger that the report rests on

The tables are CSV (RFC 4180) in UTF-8. An empty cell means not stated. A text that begins like a formula has an
apostrophe before it. Every number stands in a row that names its figure: `id` in figures.csv, `figure` elsewhere.
The documents themselves are not here: they belong to their publishers. documents.csv names the SHA-256 of the bytes
that were read.{_left_out(left_out)}

How to verify it
  sha256sum -c SHA256SUMS                     that no file was altered since
  casualty-figures verify checkpoint.json     that a store still holds, unchanged, what the report rests on
  casualty-figures show ID                    one figure with all that stands behind it
"""


def _sums(files: dict[str, bytes]) -> str:
    """As sha256sum reads them."""
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))


def _zipped(files: dict[str, bytes], report: Report) -> bytes:
    written = io.BytesIO()
    made = report.generated.astimezone(UTC)
    # The format knows no earlier year, and two seconds are its finest step.
    at = (max(made.year, 1980), made.month, made.day, made.hour, made.minute, made.second // 2 * 2)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _in_order(files):
            entry = zipfile.ZipInfo(name, at)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return written.getvalue()


def _in_order(files: Iterable[str]) -> Iterator[str]:
    """What says what the rest is comes first."""
    first = ("README.txt", "datapackage.json", "checkpoint.json", "SHA256SUMS")
    yield from first
    yield from sorted(set(files) - set(first))
