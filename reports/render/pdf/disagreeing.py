"""Where sources disagree: what is disagreed about, and who stands where."""

from collections.abc import Iterator, Sequence

from reports import explanations, narration, sentences
from reports.positions import Attributed, Disagreement, Position, Relay
from reports.provenance import Report
from reports.render.pdf.blocks import Block, Cell, Run, heading, paragraph, small, table, words
from reports.render.pdf.named import number

FEW = 4
"""So many figures of a position are named; all stand in the tables of figures."""
_COLUMNS = (("Authority", 3.0), ("Stands behind", 2.0), ("In these figures", 4.0), ("Carried by", 3.0))


def disagreements(report: Report) -> Iterator[Block]:
    """Every disagreement."""
    yield heading(1, "Where sources disagree", "disagreements")
    yield paragraph(" ".join(narration.summary_sentences(report.summary)))
    if not report.disagreements:
        yield paragraph(explanations.NO_DISAGREEMENT)
    for place, one in enumerate(report.disagreements, start=1):
        yield from _disagreement(one, place, report)


def _disagreement(one: Disagreement, place: int, report: Report) -> Iterator[Block]:
    title = f"{narration.disagreement_title(one)}: {narration.relation_words(one)}"
    yield heading(2, sentences.capital(title), f"x{place}")
    facts = [f"Event: {one.event}."] if one.event and len(report.events) > 1 else []
    facts += [narration.because_words(one), f"{sentences.capital(narration.disagreement_span(one))}."]
    further = (narration.spread_words(one), narration.voices_words(one))
    facts += [f"{sentences.capital(told)}." for told in further if told]
    yield paragraph(" ".join(facts))
    if one.positions:
        shown = 4 if any(position.relays for position in one.positions) else 3
        yield table(_COLUMNS[:shown], (_position(position)[:shown] for position in one.positions))
    if one.attributed:
        told = "; ".join(map(_attributed, one.attributed))
        yield paragraph(f"Who or what is named beside the numbers, on whose word: {told}.")


def _position(position: Position) -> Sequence[Cell]:
    compiled = f"compiled from {sentences.listed(position.compiled_from)}" if position.compiled_from else ""
    figures = [(number(one), " ", small(sentences.short_as_of(one.figure)), "; ") for one in position.figures[:FEW]]
    return (
        [words(position.authority), *([words(small(compiled))] if compiled else [])],
        [words(sentences.count_words(position.count))],
        [words(*_parted(figures, len(position.figures)))],
        [words(*_parted([_relay(one) for one in position.relays[:FEW]], len(position.relays)))],
    )


def _relay(one: Relay) -> tuple[Run, ...]:
    publisher = one.figure.figure.publisher or "publisher not stated"
    variant = f" ({narration.variant_words(one.variant)})" if one.variant else ""
    return (f"{publisher}: ", number(one.figure), small(variant), "; ")


def _parted(told: Sequence[tuple[Run, ...]], of: int) -> list[Run]:
    """What is named, parted by semicolons, and how many more there are."""
    runs = [run for one in told for run in one]
    return [*runs, small(f"{of - len(told)} more")] if of > len(told) else runs[:-1]


def _attributed(one: Attributed) -> str:
    return f"{one.facet} “{one.value}”, {one.authority or 'issuer not named'}"
