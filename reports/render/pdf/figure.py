"""One figure as PDF: its words, what is known of it, and how to cite it."""

from collections.abc import Iterator

from reports import narration, sentences
from reports.provenance import short_id
from reports.render.citing import FORMS
from reports.render.pdf.blocks import Block, bold, code, heading, items, marked, paragraph, words
from reports.render.pdf.typesetting import Document, typeset
from reports.shown import Shown, facts


def pdf(shown: Shown) -> bytes:
    """
    The figure as PDF/A-2a and PDF/UA-1; the same state of the record gives the same bytes, whenever it is made.

    Raises:
        ModuleNotFoundError: the extra `pdf` is not installed.
    """
    title = sentences.capital(sentences.figure_words(shown.figure.figure))
    basis = narration.basis_words(shown.checkpoint, shown.software)
    running = f"Figure {short_id(shown.figure)}"
    return typeset(Document(title, basis, list(_blocks(shown, basis)), shown.figure.recorded_at, running))


def _blocks(shown: Shown, basis: str) -> Iterator[Block]:
    evidence = shown.figure.figure.evidence
    yield paragraph(evidence.prefix, marked(evidence.quote), evidence.suffix)
    yield items(words(bold(label), f": {text}") for label, text in facts(shown))
    yield paragraph(bold("id"), ": ", code(shown.figure.id))
    yield heading(1, "How to cite it")
    for name, form in FORMS.items():
        yield heading(2, name)
        yield {"is": "listing", "text": form(shown.citation).strip()}
    yield heading(1, "How to verify this")
    yield paragraph(f"{narration.FIGURE_PURPOSE} {basis}")
