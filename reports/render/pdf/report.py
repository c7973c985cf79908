"""The provenance report as PDF: the parts and sentences of the page in their order, to print and to file."""

from collections.abc import Iterator

from reports import explanations, narration, sentences
from reports.provenance import Report
from reports.render.pdf.blocks import Block, Run, definitions, heading, items, paragraph, to, words
from reports.render.pdf.counted import figures, revisions, series
from reports.render.pdf.disagreeing import disagreements
from reports.render.pdf.drawn import charts, relays
from reports.render.pdf.glance import cannot_both_stand, changed_last, last_reported
from reports.render.pdf.references import documents, doubts, sources
from reports.render.pdf.typesetting import Document, typeset
from reports.render.since import headline, sections

_TITLE_LETTERS = 70
"""Of the title, at the foot of a page."""


def pdf(report: Report) -> bytes:
    """
    The report as PDF/A-2a and PDF/UA-1; the same state of the record gives the same bytes, whenever it is made.

    Warns:
        NotShown: no font here has some of the characters.
    Raises:
        Unrenderable: Typst could not set it.
    """
    at = max((one.recorded_at for one in report.figures), default=None)
    blocks = tuple(_blocks(report))
    return typeset(
        Document("Provenance report", report.title, narration.method_words(report), blocks, at, _running(report))
    )


def _running(report: Report) -> str:
    """What stands at the foot of every page."""
    title = report.title
    title = title if len(title) <= _TITLE_LETTERS else f"{title[:_TITLE_LETTERS].rstrip()}…"
    if report.checkpoint is None:
        return title
    told = [
        title,
        f"ledger of {sentences.number_words(report.checkpoint.size)} entries",
        f"checkpoint {report.checkpoint.root[:12]}",
    ]
    last = max((one.recorded_at for one in report.figures), default=None)
    told += [f"last recorded {sentences.day_words(last.date())}"] if last else []
    return " · ".join(told)


def _blocks(report: Report) -> Iterator[Block]:
    yield paragraph(*_intro(report))
    yield from _since(report)
    yield from last_reported(report)
    yield from changed_last(report)
    yield from cannot_both_stand(report)
    yield from charts(report)
    yield from relays(report)
    yield from series(report)
    yield from revisions(report)
    yield from disagreements(report)
    yield from figures(report)
    yield from sources(report)
    yield from documents(report)
    yield from doubts(report)
    yield heading(1, "Method: how to read this")
    yield definitions(explanations.METHOD)
    yield heading(1, "The record, and how to verify this report")
    yield paragraph(narration.method_words(report))


def _intro(report: Report) -> Iterator[Run]:
    yield narration.scale_sentence(report)
    if report.filters:
        yield f" Filters: {', '.join(f'{name} “{value}”' for name, value in report.filters)}."
    yield f" {narration.PURPOSE}"


def _since(report: Report) -> Iterator[Block]:
    if report.since is None:
        return
    yield heading(1, "Since the earlier report")
    yield paragraph(headline(report.since))
    for title, told in sections(report.since):
        yield heading(2, title)
        yield items(words(to(text, f"f-{figure[:12]}") if figure else text) for text, figure in told)
