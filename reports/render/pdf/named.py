"""How parts of a report name and lead to each other in its PDF."""

from db.records import RecordedFigure
from reports import sentences
from reports.provenance import Report, short_id
from reports.render.pdf.blocks import Run, to


def label(recorded: RecordedFigure) -> str:
    """The place of a figure's row."""
    return f"f-{short_id(recorded)}"


def number(recorded: RecordedFigure, kind: str = "") -> Run:
    """A figure's number, which leads to its row."""
    return to(sentences.number_of(recorded.figure), label(recorded), kind)


def of_event(event: str | None, report: Report) -> str:
    """The event in brackets, where the report has several."""
    return f" ({event})" if event and len(report.events) > 1 else ""
