"""The charts of a report and the graph of its relays, each with its words for whoever cannot see it."""

from collections.abc import Iterator, Sequence

from reports import explanations, sentences
from reports.provenance import Report
from reports.relaying import Link, relaying
from reports.render.chart import described
from reports.render.drawing import drawing, histories, svg
from reports.render.html import MAIN_HEADINGS
from reports.render.pdf.blocks import Block, Cell, heading, lead, picture, table, words


def charts(report: Report) -> Iterator[Block]:
    """The main definitions over time."""
    found = list(histories(report, MAIN_HEADINGS))
    if found:
        yield heading(1, "Over time")
        yield lead(explanations.CHARTS)
    for one, drawn in found:
        yield picture(svg(one), f"{one.title}. {described(drawn.traces)}")


def relays(report: Report) -> Iterator[Block]:
    """Who relays whom, drawn and as a table."""
    links = relaying(report.figures).links
    if not links:
        return
    yield heading(1, "Who relays whom")
    yield lead(explanations.RELAYS)
    if graph := drawing(report, "relay"):
        yield picture(svg(graph), explanations.RELAYS_DRAWN)
    yield table(
        (("Carries", 3.0), ("Is carried", 3.0), ("Figures", 1.0), ("First and last day", 3.0)), map(_link, links)
    )


def _link(link: Link) -> Sequence[Cell]:
    days = " to ".join(map(sentences.day_words, link.days)) if link.days else "not known"
    return ([words(link.carrier)], [words(link.source)], [words(sentences.number_words(link.figures))], [words(days)])
