"""Questions to the store, answered by reports: each is one function, whoever asks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.acts import REVIEWS, find_id
from db.checkpoints import checkpoint
from db.contexts import contexts
from db.documents import NOTHING_KNOWN, about_documents, seen
from db.find import Filters, figure_by_id, find_figures
from db.known import kept_snapshots, stored_methods, stored_sources
from db.notes import sign
from db.proofs import entry_proofs
from db.records import RecordedFigure
from db.store import Store
from reports.broad import BROAD_FROM, broad_disagreements
from reports.cited import Known
from reports.consistency import Consistency, consistency
from reports.disagreements import disagreements
from reports.divergence import Divergence, divergences
from reports.envelope import Envelope, envelopes
from reports.history import histories
from reports.marking import RuleName
from reports.origin import first_recorded, origin, relays
from reports.positions import Disagreement, Disagreements
from reports.provenance import Checkpoint, Report, build_report
from reports.series import Series
from reports.shown import Shown, figures_near
from tracker.filtering import Asked, resolved
from tracker.opening import surroundings_of, usual_definitions


def history_of(store: Store, asked: Asked, line: str | None = None) -> list[Series]:
    """How the figures that pass changed, a series an authority; or one publisher's line."""
    return histories(
        find_figures(store, resolved(store, asked)),
        usual=usual_definitions(store),
        methods=stored_methods(store),
        line=line,
        surroundings=surroundings_of(store),
    )


def origins_of(store: Store, asked: Asked) -> dict[str, RecordedFigure]:
    """For the figures that pass, by id, where their number was recorded first, whoever carried it."""
    return first_recorded(find_figures(store, resolved(store, asked)), surroundings=surroundings_of(store))


def disagreements_of(store: Store, asked: Asked) -> Disagreements:
    """Where the sources of the figures that pass disagree."""
    return _disagreements(store, find_figures(store, resolved(store, asked)))


def divergences_of(store: Store, asked: Asked) -> list[Divergence]:
    """How often reports of one event differ, among the figures that pass, in the measures of the literature."""
    return divergences(find_figures(store, resolved(store, asked)), surroundings=surroundings_of(store))


def consistency_of(store: Store, asked: Asked) -> Consistency:
    """Whether each authority's own numbers fit together, among the figures that pass."""
    figures = find_figures(store, resolved(store, asked))
    around = surroundings_of(store)
    series = histories(figures, usual=usual_definitions(store), methods=stored_methods(store), surroundings=around)
    return consistency(figures, series, surroundings=around)


def envelopes_of(store: Store, asked: Asked, recommend: RuleName | None = None) -> list[Envelope]:
    """All that is claimed of each count among the figures that pass, and the figure that a chosen rule marks."""
    return envelopes(
        find_figures(store, resolved(store, asked)),
        usual=usual_definitions(store),
        methods=stored_methods(store),
        surroundings=surroundings_of(store),
        recommend=recommend,
    )


def _disagreements(store: Store, figures: list[RecordedFigure]) -> Disagreements:
    return disagreements(
        figures,
        usual=usual_definitions(store),
        methods=stored_methods(store),
        surroundings=surroundings_of(store),
    )


def report_of(
    store: Store,
    asked: Asked,
    generated: datetime,
    *,
    signed_with: Ed25519PrivateKey | None = None,
    proved: bool = False,
) -> Report:
    """
    A provenance report on the figures that pass, all of it from one state of the store.

    Args:
        signed_with: the key that signs its checkpoint, if any.
        proved: whether it carries what ties each figure to the checkpoint.
    """
    with store.one_state():
        return _report_of(store, asked, generated, signed_with, proved=proved)


def _report_of(
    store: Store, asked: Asked, generated: datetime, signed_with: Ed25519PrivateKey | None, *, proved: bool
) -> Report:
    filters = resolved(store, asked)
    figures = find_figures(store, filters)
    usual, methods, around = usual_definitions(store), stored_methods(store), surroundings_of(store)
    series = histories(figures, usual=usual, methods=methods, surroundings=around)
    if len(figures) < BROAD_FROM:
        found = disagreements(figures, usual=usual, methods=methods, surroundings=around)
    else:
        found = broad_disagreements(figures, series, usual=usual, methods=methods, surroundings=around)
    told = asked.told()
    told.pop("event", None)
    state = _checkpoint(store, generated, signed_with)
    acts = (act.id for one in figures for act in one.acts)
    return build_report(
        figures,
        series,
        found,
        event=filters.event,
        filters=told,
        checkpoint=state,
        generated=generated,
        software=_software(),
        surroundings=around,
        documents=about_documents(store, (one.document for one in figures), filters.as_recorded_on),
        known=known_of(store, figures),
        proofs=entry_proofs(store, state.size, (one.id for one in figures), acts) if proved else (),
        contexts=contexts(store, figures, CONTEXT) if len(figures) < BROAD_FROM else {},
    )


def _checkpoint(store: Store, at: datetime, signed_with: Ed25519PrivateKey | None = None) -> Checkpoint:
    now = checkpoint(store, at)
    signature = sign(now.size, now.root, signed_with) if signed_with else None
    return Checkpoint(now.size, now.root, now.taken_at, signature)


def _software() -> str:
    return f"casualty-figures {version('casualty-figures')}"


def known_of(store: Store, figures: Iterable[RecordedFigure]) -> Known:
    """What the store knows of the sources and snapshots that figures name."""
    return Known(
        sources=tuple(stored_sources(store)),
        methods=tuple(stored_methods(store)),
        snapshots=tuple(kept_snapshots(store, {one.document for one in figures})),
    )


def waiting(store: Store, asked: Asked) -> list[RecordedFigure]:
    """The held figures that pass and that nobody has reviewed, voided or corrected."""
    held = find_figures(store, resolved(store, asked, held=True))
    return [one for one in held if one.state == "held" and not any(act.kind in REVIEWS for act in one.acts)]


CONTEXT = 320
"""So many characters of its text a report has before and after each quote."""


def shown(store: Store, prefix: str, generated: datetime, *, signed_with: Ed25519PrivateKey | None = None) -> Shown:
    """
    One figure by its id or a prefix of it, with its history, its relays and where its number first appeared.

    Raises:
        InvalidRecord, UnknownRecord, AmbiguousRecord: the prefix names no one figure.
    """
    figure = figure_by_id(store, find_id(store, prefix))
    around = surroundings_of(store)
    neighbours = find_figures(store, Filters(outcome=figure.figure.definition.outcome, event=figure.figure.event))
    series = histories(
        [one for one in neighbours if one.figure.chain.authority == figure.figure.chain.authority],
        usual=usual_definitions(store),
        methods=stored_methods(store),
        surroundings=around,
    )
    history = next((one for one in series if any(step.figure.id == figure.id for step in one.steps)), None)
    found = _disagreements(store, neighbours).disagreements
    told = Shown(
        figure=figure,
        history=history,
        relays=relays(figure, neighbours, surroundings=around),
        origin=origin(figure, neighbours, surroundings=around),
        disagreements=tuple(one for one in found if _takes_part(figure, one)),
        seen=seen(store, figure.id),
        about=about_documents(store, [figure.document]).get(figure.document, NOTHING_KNOWN),
        generated=generated,
        checkpoint=_checkpoint(store, generated, signed_with),
        software=_software(),
    )
    return replace(told, known=known_of(store, figures_near(told)))


def _takes_part(figure: RecordedFigure, one: Disagreement) -> bool:
    return one.relation == "contradict" and any(
        figure.id in {held.id for held in position.figures} for position in one.positions
    )
