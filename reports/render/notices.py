"""Notices of what newly recorded figures changed: one neutral sentence each, and the figures in JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from db.canonical import content_id
from db.records import RecordedFigure
from reports.figure_json import Json, figure_json
from reports.narration import step_sentence
from reports.novelty import Contrast, Stepped
from reports.provenance import REVISIONS
from reports.sentences import (
    as_of_words,
    authority_words,
    capital,
    definition_words,
    figure_words,
    number_of,
    number_words,
)

EDITS = frozenset({"silently_edited", "corrected"})
"""Changes within one document, each with a kind of notice of its own."""
REVIEW = "casualty-figures review list"


@dataclass(frozen=True, slots=True)
class Told:
    """
    What one notice says.

    Attributes:
        what: one sentence.
        about: the ids of the figures that make it this notice and no other.
        details: what stands beside the sentence, by key.
    """

    kind: str
    what: str
    about: tuple[str, ...]
    details: Json = field(default_factory=dict)


def notice_json(told: Told, *, watch: str, address: str | None, at: str, slot: str | None = None) -> Json:
    """
    A notice as one flat JSON object.

    Args:
        address: what was visited.
        at: when it was noticed, an instant in UTC.
        slot: the visit, by its place in the schedule.

    Its `id` names what it tells of, in which visit of which watch: one that is told twice has the same id.
    """
    subject = list(told.about) or [address or ""]
    identifier = content_id({"kind": told.kind, "watch": watch, "slot": slot, "about": subject})
    named = {"kind": told.kind, "watch": watch, "what": told.what, "address": address, "at": at, "slot": slot}
    return {**named, "id": identifier.hex(), **told.details}


def noted_figure(recorded: RecordedFigure) -> Json:
    """A figure as every answer gives it, with its number and what it counts in words."""
    figure = recorded.figure
    words = {"number": number_of(figure), "counts": definition_words(figure.definition)}
    return {**figure_json(recorded), **words}


def new_figure(recorded: RecordedFigure, stepped: Stepped | None) -> Told:
    """A figure that was not recorded before; its change is None where it stands in no series."""
    said = _sentence(recorded) if stepped is None else step_sentence(stepped.series, stepped.step)
    return Told("new_figure", said, (recorded.id,), {"figure": noted_figure(recorded), **_change(stepped)})


def revision(stepped: Stepped) -> Told | None:
    """The same step once more where it is one that a reader must see; None for ordinary growth and repetition."""
    step = stepped.step
    if step.change not in REVISIONS:
        return None
    kind = step.change if step.change in EDITS else "revision"
    details = {"figure": noted_figure(step.figure), **_change(stepped)}
    return Told(kind, step_sentence(stepped.series, step), (step.figure.id,), details)


def _change(stepped: Stepped | None) -> Json:
    if stepped is None:
        return {"change": None, "previous": None, "difference": None, "reasons": []}
    step = stepped.step
    return {
        "change": step.change,
        "previous": noted_figure(step.previous) if step.previous is not None else None,
        "difference": step.difference,
        "reasons": [{"text": reason.text, "by": reason.by} for reason in step.reasons],
    }


def held(recorded: RecordedFigure) -> Told:
    """A figure that no answer uses before a person looked."""
    hold = recorded.hold
    rule, reason = (hold.rule, hold.reason) if hold is not None else (None, "held")
    said = f"{_sentence(recorded).removesuffix('.')}: held for review: {reason}."
    details = {"figure": noted_figure(recorded), "rule": rule, "reason": reason, "command": REVIEW}
    return Told("held", said, (recorded.id,), details)


def new_disagreement(found: Contrast) -> Told:
    """A contradiction between two authorities that did not contradict one another about this count before."""
    said = f"{_counted(found)}: {found.because}."
    if found.further:
        said += f" The new figure contradicts {number_words(found.further)} further {_authorities(found.further)}."
    details = {**_contrast(found), "further": found.further}
    return Told("new_disagreement", said, _about(found), details)


def disagreement_resolved(found: Contrast) -> Told:
    """A contradiction that no longer stands, as the new figure fits what the other authority gives."""
    names = f"{authority_words(found.new.figure)} and {authority_words(found.other.figure)}"
    said = f"{_counted(found)}: {names} no longer contradict one another: {found.because}."
    return Told("disagreement_resolved", said, _about(found), _contrast(found))


def _about(found: Contrast) -> tuple[str, ...]:
    """One disagreement, whichever of the two figures is looked at first."""
    return tuple(sorted((found.new.id, found.other.id)))


def _contrast(found: Contrast) -> Json:
    before = {"previous": noted_figure(found.before)} if found.before is not None else {}
    return {
        "figure": noted_figure(found.new),
        "other": noted_figure(found.other),
        **before,
        "relation": found.relation,
        "because": found.because,
    }


def more_figures(documents: Sequence[Json]) -> Told:
    """
    How many figures of a visit have no notice of their own, and where they stand.

    Args:
        documents: for each its `document` (id), its `address`, and how many are `new` and `held`.
    """
    new, held_back = (sum(one[kind] for one in documents) for kind in ("new", "held"))
    said = f"{number_words(new)} more new {_figures(new)}"
    said += f" and {number_words(held_back)} more held for review" if held_back else ""
    details = {"new": new, "held": held_back, "documents": list(documents)}
    return Told("more_figures", f"{said} than are told one by one.", (), details)


def _figures(number: int) -> str:
    return "figure" if number == 1 else "figures"


def _authorities(number: int) -> str:
    return "authority" if number == 1 else "authorities"


def _sentence(recorded: RecordedFigure) -> str:
    figure = recorded.figure
    return f"{authority_words(figure)}: {figure_words(figure)}, {as_of_words(figure)}."


def _counted(found: Contrast) -> str:
    return capital(definition_words(found.new.figure.definition))


def with_words(stepped: Stepped, whole: dict[str, RecordedFigure]) -> Stepped:
    """A step among slim figures, told with their words."""
    step = stepped.step
    previous = whole.get(step.previous.id, step.previous) if step.previous is not None else None
    return replace(stepped, step=replace(step, figure=whole.get(step.figure.id, step.figure), previous=previous))
