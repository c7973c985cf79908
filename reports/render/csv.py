"""
The figures of a provenance report as CSV (RFC 4180), one line each, for spreadsheets and statistics.

Text from outside never becomes a formula: a cell that begins as one gets an apostrophe before it (OWASP, "CSV
Injection"). Numbers stay numbers; what is not stated is an empty cell.
"""

import csv as standard
import io
from collections.abc import Iterable, Mapping, Sequence

from db.records import Definition, Figure, RecordedFigure, ScopeNote
from reports.figure_json import day_text, instant_text
from reports.provenance import Report
from reports.series import Step

Cell = str | int | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet may read as a formula; the wide forms are folded to the narrow by some."""


def csv(report: Report) -> str:
    """
    The report's figures as CSV with a header line, lines ended by CR LF, for UTF-8 without a byte-order mark.

    `attribution` runs nearest first, its links parted by `; `; further chains (`parallel`) by ` | `. `change` and
    `difference` say how a figure stands to the one before it in its series.
    """
    written = io.StringIO()
    rows = [_row(report, figure) for figure in _with_steps(report)]
    writer = standard.DictWriter(written, fieldnames=COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: as_cell(value) for name, value in row.items()} for row in rows)
    return written.getvalue()


def as_cell(value: Cell) -> Cell:
    """
    A value that no spreadsheet will execute.

    >>> as_cell("=1+1"), as_cell(-200), as_cell("2,808")
    ("'=1+1", -200, '2,808')
    """
    if not isinstance(value, str):
        return value
    value = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


_Stepped = tuple[RecordedFigure, Sequence[Step]]


def _with_steps(report: Report) -> Iterable[_Stepped]:
    steps: dict[str, list[Step]] = {}
    for line in report.lines:
        for step in line.series.steps:
            steps.setdefault(step.figure.id, []).append(step)
    return ((figure, steps.get(figure.id, ())) for figure in report.figures)


def _row(report: Report, stepped: _Stepped) -> Mapping[str, Cell]:
    recorded, steps = stepped
    checkpoint = report.checkpoint
    return {
        "id": recorded.id,
        "state": recorded.state,
        "event": recorded.figure.event,
        **_number(recorded.figure),
        **_definition(recorded.figure.definition),
        **_dates(recorded.figure),
        **_chain(recorded.figure),
        "change": "; ".join(step.change for step in steps) or None,
        "difference": next((step.difference for step in steps), None),
        **_evidence(recorded),
        "checkpoint_size": checkpoint.size if checkpoint else None,
        "checkpoint_root": checkpoint.root if checkpoint else None,
    }


def _number(figure: Figure) -> dict[str, Cell]:
    count, share = figure.count, figure.share
    stated = count or share
    return {
        "low": count.low if count else None,
        "best": count.best if count else None,
        "high": count.high if count else None,
        "share_low": share.low if share else None,
        "share_best": share.best if share else None,
        "share_high": share.high if share else None,
        "share_of": share.of if share else None,
        "qualifier": stated.qualifier if stated else None,
        "text": stated.text if stated else None,
    }


def _definition(definition: Definition) -> dict[str, Cell]:
    cells: dict[str, Cell] = {name: getattr(definition, name) for name in _PLAIN_FACETS}
    cells["includes"] = _notes(definition.includes)
    cells["excludes"] = _notes(definition.excludes)
    cells["since"] = day_text(definition.since)
    cells["until"] = day_text(definition.until)
    return cells


_PLAIN_FACETS = (
    "outcome", "group", "affiliation", "status", "age", "sex", "subgroup", "condition", "unit", "place", "cause",
    "actor", "basis", "directness", "counted_by", "tally", "hours",
)  # fmt: skip


def _notes(notes: Iterable[ScopeNote]) -> str | None:
    return "; ".join(note.code for note in notes) or None


def _dates(figure: Figure) -> dict[str, Cell]:
    period = figure.period
    return {
        "period_from": day_text(period.from_day) if period else None,
        "period_to": day_text(period.to_day) if period else None,
        "as_of": day_text(figure.as_of),
        "as_of_time": figure.as_of_time,
        "as_of_basis": figure.as_of_basis,
        "published": day_text(figure.published),
    }


def _chain(figure: Figure) -> dict[str, Cell]:
    chain = figure.chain
    return {
        "publisher": figure.publisher,
        "attribution": "; ".join(chain.attribution) or None,
        "parallel": " | ".join("; ".join(names) for names in chain.parallel) or None,
        "issuer": chain.issuer,
        "issuer_words": chain.issuer_words,
        "authority": chain.authority,
        "compiled_from": "; ".join(chain.compiled_from) or None,
        "modality": figure.modality,
    }


def _evidence(recorded: RecordedFigure) -> dict[str, Cell]:
    figure, evidence = recorded.figure, recorded.figure.evidence
    return {
        "part_of": figure.part_of,
        "earlier_value_of": figure.earlier_value_of,
        "doubts": " | ".join(figure.doubts) or None,
        "origin": figure.origin,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "zone": evidence.zone,
        "locator": evidence.locator,
        "title": recorded.title,
        "address": recorded.address,
        "document": recorded.document,
        "snapshot": f"sha256:{recorded.snapshot}" if recorded.snapshot else None,
        "recorded_at": instant_text(recorded.recorded_at),
    }


COLUMNS = (
    "id", "state", "event",
    "low", "best", "high", "share_low", "share_best", "share_high", "share_of", "qualifier", "text",
    "outcome", "group", "affiliation", "status", "age", "sex", "subgroup", "condition", "unit", "place", "cause",
    "actor", "basis", "directness", "counted_by", "includes", "excludes", "tally", "since", "until", "hours",
    "period_from", "period_to", "as_of", "as_of_time", "as_of_basis", "published",
    "publisher", "attribution", "parallel", "issuer", "issuer_words", "authority", "compiled_from", "modality",
    "change", "difference", "part_of", "earlier_value_of", "doubts", "origin",
    "quote", "start", "end", "zone", "locator", "title", "address", "document", "snapshot", "recorded_at",
    "checkpoint_size", "checkpoint_root",
)  # fmt: skip
"""The columns in their order; later versions only add."""
