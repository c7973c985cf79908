"""What a report's first page says: what each authority last reported, what changed last, what cannot both stand."""

from collections.abc import Iterator, Sequence

from reports import explanations, narration, sentences
from reports.positions import Disagreement
from reports.provenance import Heading, Report, Standing
from reports.render.html import MAIN_HEADINGS, main_first
from reports.render.pdf.blocks import Block, Cell, Words, bold, heading, items, paragraph, small, table, to, words
from reports.render.pdf.named import label, number, of_event

FIRST_REVISIONS = 6
FIRST_DISAGREEMENTS = 6
"""So many stand at the beginning; all of them further down."""


def last_reported(report: Report) -> Iterator[Block]:
    """The last figure of each authority, the main definitions in sentences, the others in a table."""
    yield heading(1, "What each authority last reported")
    if not report.headings:
        yield paragraph(explanations.NO_SERIES_HERE)
    headings = main_first(report.headings)
    for one in headings[:MAIN_HEADINGS]:
        title = sentences.capital(sentences.definition_words(one.definition))
        yield heading(2, title + of_event(one.event, report))
        shared = sentences.scope_words(one.definition)
        yield items(_standing(standing, shared) for standing in one.standings)
    further = [(one, standing) for one in headings[MAIN_HEADINGS:] for standing in one.standings]
    if further:
        yield heading(2, "Further definitions")
        columns = (("What is counted", 4.0), ("Authority", 3.0), ("Last reported", 2.0), ("As of", 3.0))
        yield table(columns, (_further(one, standing, report) for one, standing in further))


def _standing(standing: Standing, shared: Sequence[str]) -> Words:
    figure = standing.figure.figure
    own = narration.own_facets(standing.figure, shared)
    told = f"{sentences.as_of_words(figure)}; {narration.before_words(standing)}"
    chain = f"{sentences.chain_words(figure)}, {sentences.published_words(figure)}"
    return words(
        bold(sentences.authority_words(figure)), ": ", number(standing.figure, "bold"),
        f" ({own})" if own else "", f", {told}. {chain}.",
    )  # fmt: skip


def _further(one: Heading, standing: Standing, report: Report) -> Sequence[Cell]:
    figure = standing.figure.figure
    return (
        [words(sentences.definition_words(standing.line.definition) + of_event(one.event, report))],
        [words(sentences.authority_words(figure))],
        [words(number(standing.figure))],
        [words(sentences.short_as_of(figure))],
    )


def changed_last(report: Report) -> Iterator[Block]:
    """The latest revisions, each leading to its words."""
    yield heading(1, "What changed last")
    if not report.revisions:
        yield paragraph(explanations.NO_REVISION)
        return
    first = report.revisions[:FIRST_REVISIONS]
    yield items(
        words(narration.step_sentence(line.series, step), " ", to("The words", label(step.figure), "small"))
        for line, step in first
    )
    if len(report.revisions) > len(first):
        many = sentences.number_words(len(report.revisions))
        yield paragraph(
            small(f"The latest {len(first)} of {many} revisions; all stand "), to("below", "revisions", "small"), "."
        )


def cannot_both_stand(report: Report) -> Iterator[Block]:
    """The first contradictions, each leading to who stands where; then the three counts."""
    yield heading(1, "Where sources cannot both stand")
    found = report.contradictions
    if found:
        numbers = {id(one): place for place, one in enumerate(report.disagreements, start=1)}
        yield items(_contradiction(one, numbers[id(one)], report) for one in found[:FIRST_DISAGREEMENTS])
        if len(found) > FIRST_DISAGREEMENTS:
            many = sentences.number_words(len(found))
            yield paragraph(
                small(f"{FIRST_DISAGREEMENTS} of {many}; all stand "), to("below", "disagreements", "small"), "."
            )
    else:
        yield paragraph(explanations.NO_CONTRADICTION)
    yield paragraph(" ".join(narration.summary_sentences(report.summary)))


def _contradiction(one: Disagreement, place: int, report: Report) -> Words:
    spread = narration.spread_words(one)
    span = sentences.capital(narration.disagreement_span(one))
    span += ("; ended" if one.resolved else "") + (f"; {spread}" if spread else "")
    return words(
        bold(sentences.capital(narration.disagreement_title(one))), of_event(one.event, report),
        f": {narration.because_words(one)} {span}. ", to("Who stands where", f"x{place}", "small"),
    )  # fmt: skip
