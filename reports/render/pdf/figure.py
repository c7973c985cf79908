"""One figure as PDF: its words, what is known of it, and how to cite it."""

from collections.abc import Iterator

from reports import narration, sentences
from reports.provenance import short_id
from reports.render.addresses import web_address
from reports.render.citing import FORMS
from reports.render.pdf.blocks import (
    Block,
    address,
    code,
    definitions,
    heading,
    listing,
    marked,
    paragraph,
    quote,
)
from reports.render.pdf.typesetting import Document, typeset
from reports.shown import Shown, facts


def pdf(shown: Shown) -> bytes:
    """
    The figure as PDF/A-2a and PDF/UA-1; the same state of the record gives the same bytes, whenever it is made.

    Warns:
        NotShown: no font here has some of the characters.
    Raises:
        Unrenderable: Typst could not set it.
    """
    title = sentences.capital(sentences.figure_words(shown.figure.figure))
    basis = narration.basis_words(shown.checkpoint, shown.software)
    running = f"Figure {short_id(shown.figure)}"
    blocks = tuple(_blocks(shown, basis))
    return typeset(Document("One reported figure", title, basis, blocks, shown.figure.recorded_at, running))


def _blocks(shown: Shown, basis: str) -> Iterator[Block]:
    recorded = shown.figure
    evidence = recorded.figure.evidence
    yield paragraph(narration.FIGURE_PURPOSE)
    yield heading(1, "The words")
    language = shown.snapshot.language if shown.snapshot else None
    yield quote(evidence.prefix, marked(evidence.quote), evidence.suffix, language=language)
    if recorded.address and web_address(recorded.address):
        yield paragraph(address(recorded.address))
    yield heading(1, "What is known of it")
    told = [(sentences.capital(name), text) for name, text in facts(shown)]
    yield definitions([*told, ("Id", code(recorded.id))])
    yield heading(1, "How to cite it")
    for name, form in FORMS.items():
        yield heading(2, name)
        yield listing(form(shown.citation))
    yield heading(1, "How to verify this")
    yield paragraph(basis)
