"""Answers to claims as one HTML page of cards: no script, no outside request, every word from outside escaped."""

from collections.abc import Iterator

from reports.claims.answer import Answer
from reports.claims.telling import understood_lines
from reports.render.html import environment
from reports.words import RELATIONS, VERDICTS


def html(answer: Answer) -> str:
    """A card for each claim, a draft's numbers marked in its text; the same answer gives the same bytes."""
    return (
        environment()
        .get_template("claims.html.j2")
        .render(
            answer=answer,
            title=answer.title or (answer.checked[0].claim.text if answer.checked else "Claims checked"),
            pieces=list(_marked(answer)) if answer.draft is not None else [],
            verdicts=VERDICTS,
            relations=RELATIONS,
            understood=understood_lines,
        )
    )


def _marked(answer: Answer) -> Iterator[tuple[str, int | None]]:
    """The draft in pieces, each claimed number with the number of its card."""
    draft, done = answer.draft or "", 0
    for number, one in enumerate(answer.checked, start=1):
        evidence = one.claim.figure.evidence
        start, end = evidence.start, evidence.end
        if start is None or end is None or start < done:
            continue
        yield draft[done:start], None
        yield draft[start:end], number
        done = end
    yield draft[done:], None
