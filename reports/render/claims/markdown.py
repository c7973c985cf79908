"""Answers to claims as Markdown, for notes and drafts; every word from outside is escaped."""

from collections.abc import Iterator

from reports.claims.answer import Answer
from reports.claims.checked import Checked, Evidence
from reports.claims.telling import understood_lines
from reports.provenance import short_id
from reports.render.addresses import web_address
from reports.render.markdown import escaped
from reports.render.terminal import printable
from reports.sentences import (
    as_of_words,
    capital,
    chain_words,
    definition_words,
    figure_words,
    instant_words,
    published_words,
)
from reports.words import RELATIONS, VERDICTS


def markdown(answer: Answer) -> str:
    """All claims of an answer; the same answer gives the same text."""
    title = f"# Claims checked: {escaped(answer.title)}" if answer.title else "# Claims checked"
    parts = [title, *(_claim(one) for one in answer.checked), _method(answer)]
    return "\n\n".join(parts) + "\n"


def _claim(one: Checked) -> str:
    behind = one.independent_authorities
    parts = [
        f"## {escaped(capital(VERDICTS[one.verdict]))}",
        f"> {escaped(one.claim.text)}",
        escaped(one.because),
        "Understood as: " + "; ".join(escaped(line) for line in understood_lines(one.claim)) + ".",
    ]
    if behind:
        parts.append(f"Independent authorities behind the number: {behind}.")
    if one.would_have_matched:
        parts.append("What the record gives instead: " + " ".join(escaped(words) for words in one.would_have_matched))
    parts.append("\n".join(_evidence(one)) if one.evidence else "No evidence is recorded.")
    return "\n\n".join(parts)


def _evidence(one: Checked) -> Iterator[str]:
    for place, piece in enumerate(one.evidence, start=1):
        yield f"{place}. {_piece(piece)}"


def _piece(piece: Evidence) -> str:
    figure = piece.figure.figure
    address = web_address(piece.figure.address)
    link = f" <{address}>" if address else ""
    return (
        f"**{escaped(figure_words(figure))}**, {escaped(as_of_words(figure))} ({escaped(RELATIONS[piece.relation])}). "
        f"{escaped(capital(definition_words(figure.definition)))}. {escaped(chain_words(figure))}, "
        f"{escaped(published_words(figure))}: “{escaped(figure.evidence.quote)}”. {escaped(capital(piece.because))}. "
        f"Figure `{short_id(piece.figure)}`, snapshot `{piece.figure.snapshot[:12]}`.{link}"
    )


def _method(answer: Answer) -> str:
    at = f" of {instant_words(answer.checkpoint.at)}" if answer.checkpoint.at else ""
    return (
        "## How to repeat this\n\n"
        f"Checked with {escaped(answer.software)} against the state{at}: a ledger of {answer.checkpoint.size:,} "
        f"entries with the Merkle root (RFC 9162) `{answer.checkpoint.root}`. A verdict says how a claim stands to "
        f"what was recorded, never whether it is right.\n\n    {printable(answer.command)}"
    )
