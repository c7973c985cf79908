"""Answers to claims as lines for a terminal or a pipe: what was understood first, then verdict and evidence."""

import textwrap
from collections.abc import Iterator

from reports.claims.answer import Answer
from reports.claims.checked import Checked, Evidence
from reports.claims.telling import understood_lines
from reports.provenance import short_id
from reports.render.terminal import printable
from reports.sentences import as_of_words, chain_words, definition_words, figure_words, instant_words, published_words
from reports.words import RELATIONS, VERDICTS

_WIDTH = 100
_INDENT = "  "


def answer_lines(answer: Answer) -> Iterator[str]:
    """Every claim in its turn, then the state of the record that was read."""
    for note in answer.notes:
        yield printable(f"note: {note}")
    for one in answer.checked:
        yield from claim_lines(one)
        yield ""
    at = f", {instant_words(answer.checkpoint.at)}" if answer.checkpoint.at else ""
    yield f"Checked against a ledger of {answer.checkpoint.size:,} entries, root {answer.checkpoint.root[:16]}{at}."
    yield printable(f"To ask the same again: {answer.command}")


def short_lines(one: Checked) -> Iterator[str]:
    """The claim, its verdict and the sentence behind it."""
    yield from _wrapped(f"“{one.claim.text}”", "")
    yield from _wrapped(VERDICTS[one.verdict], _INDENT)
    yield from _wrapped(one.because, _INDENT)


def claim_lines(one: Checked) -> Iterator[str]:
    """One claim with its verdict and evidence."""
    yield from _wrapped(f"“{one.claim.text}”", "")
    yield ""
    yield "Understood as"
    for line in understood_lines(one.claim):
        yield from _wrapped(line, _INDENT)
    yield ""
    yield from _wrapped(f"Verdict: {VERDICTS[one.verdict]}", "")
    yield from _wrapped(one.because, _INDENT)
    if one.independent_authorities:
        number = one.independent_authorities
        yield f"{_INDENT}{number} independent {'authority stands' if number == 1 else 'authorities stand'} behind it."
    if one.would_have_matched:
        yield ""
        yield "What the record gives instead"
        for sentence in one.would_have_matched:
            yield from _wrapped(sentence, _INDENT)
    yield ""
    yield "Evidence" if one.evidence else "Evidence: none recorded"
    for place, piece in enumerate(one.evidence, start=1):
        yield from _piece(place, piece)


def _piece(place: int, piece: Evidence) -> Iterator[str]:
    figure = piece.figure.figure
    words = f"{place}. {figure_words(figure)}, {as_of_words(figure)}: {RELATIONS[piece.relation]}"
    yield from _wrapped(words, _INDENT)
    inner = _INDENT + "   "
    yield from _wrapped(definition_words(figure.definition), inner)
    yield from _wrapped(f"{chain_words(figure)}; {published_words(figure)}", inner)
    yield from _wrapped(f"“{figure.evidence.quote}”", inner)
    yield from _wrapped(piece.because, inner)
    where = f"; {piece.figure.address}" if piece.figure.address else ""
    yield inner + printable(f"casualty-figures show {short_id(piece.figure)}{where}")


def _wrapped(words: str, indent: str) -> Iterator[str]:
    text = printable(words)
    yield from textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent) or [indent.rstrip()]
