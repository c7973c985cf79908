"""What changed since an earlier report, in sentences and as JSON: the same words in every format."""

from collections.abc import Iterator, Sequence

from db.records import Act, RecordedFigure
from reports import narration, sentences
from reports.figure_json import Json, Naming, definition_json, figure_id, instant_text
from reports.provenance import short_id
from reports.since import Contradiction, Moved, Since

Item = tuple[str, str | None]
"""A sentence, and the id of the figure of the later report that it is about."""


def headline(since: Since) -> str:
    """The sentence that stands over all of it."""
    made = (
        f"the report of {sentences.instant_words(since.made)} (ledger of {sentences.number_words(since.size)} entries)"
    )
    return f"Nothing changed since {made}." if since.is_empty else f"What changed since {made}:"


def sections(since: Since) -> list[tuple[str, list[Item]]]:
    """What changed, told in sentences under headings; headings without any are left out."""
    told: list[tuple[str, list[Item]]] = [
        ("What authorities last reported", [_moved_item(one) for one in since.moved]),
        (
            "Corrected, voided, retracted, disowned, or otherwise acted on",
            [_acted_item(*one) for one in since.acted_on],
        ),
        ("New contradictions", [_contradiction_item(one) for one in since.opened]),
        ("Contradictions that stand no longer", [_contradiction_item(one) for one in since.resolved]),
        ("New figures", [(_figure_words(one), one.id) for one in since.new]),
        (
            "Figures that are no longer here, filed elsewhere or held",
            [(_figure_words(one), None) for one in since.left],
        ),
        ("Sources named for the first time", [(name, None) for name in since.sources]),
    ]
    return [(heading, items) for heading, items in told if items]


def since_lines(since: Since) -> Iterator[str]:
    """All of it, a line each."""
    yield headline(since)
    for heading, items in sections(since):
        yield f"{heading}:"
        yield from (f"- {words}" for words, _ in items)


def _figure_words(one: RecordedFigure) -> str:
    figure = one.figure
    counted = sentences.definition_words(figure.definition)
    told = f"{sentences.number_of(figure)}, {counted}, {sentences.as_of_words(figure)}"
    return f"{told}: {sentences.chain_words(figure)} ({short_id(one)})"


def _moved_item(one: Moved) -> Item:
    figure = one.named.figure
    whose = f"{sentences.authority_words(figure)}, {sentences.definition_words(figure.definition)}"
    told = (
        f"{whose}: {_stand(one.before)}, now {_stand(one.after)}"
        if one.before
        else f"{whose}: {_stand(one.after)}, not there before"
    )
    return told, one.after.id if one.after else None


def _stand(one: RecordedFigure | None) -> str:
    return f"{sentences.number_of(one.figure)} {sentences.as_of_words(one.figure)} ({short_id(one)})" if one else "none"


def _acted_item(one: RecordedFigure, acts: Sequence[Act]) -> Item:
    return f"{_figure_words(one)}: {'; '.join(narration.act_words(act) for act in acts)}", one.id


def _contradiction_item(one: Contradiction) -> Item:
    event = f" ({one.event})" if one.event else ""
    return (
        f"{sentences.definition_words(one.definition)}{event}, {sentences.listed(one.authorities)}: {one.because}",
        None,
    )


def since_json(since: Since, named: Naming = figure_id) -> Json:
    """
    The same for a program.

    Args:
        since: what changed.
        named: how a figure is given, in full or as an id; those that only the earlier report has are always ids.
    """
    return {
        "made": instant_text(since.made),
        "size": since.size,
        "new": [named(one) for one in since.new],
        "acted_on": [
            {"figure": named(one), "acts": [{"id": act.id, "kind": act.kind} for act in acts]}
            for one, acts in since.acted_on
        ],
        "left": [one.id for one in since.left],
        "latest": [_moved_json(one, named) for one in since.moved],
        "contradictions": {
            "new": [_contradiction_json(one) for one in since.opened],
            "resolved": [_contradiction_json(one) for one in since.resolved],
        },
        "sources": list(since.sources),
    }


def _moved_json(one: Moved, named: Naming) -> Json:
    figure = one.named.figure
    return {
        "authority": figure.chain.authority,
        "event": figure.event,
        "definition": definition_json(figure.definition, figure.event),
        "before": one.before.id if one.before else None,
        "after": named(one.after) if one.after else None,
    }


def _contradiction_json(one: Contradiction) -> Json:
    return {
        "event": one.event,
        "definition": definition_json(one.definition, one.event),
        "authorities": list(one.authorities),
        "because": one.because,
    }
