"""One figure with all that stands around it, and the facts that every page about it tells."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from db.records import KeptSnapshot, RecordedFigure, Source
from reports import narration, sentences
from reports.citations import Citation, citation_of
from reports.cited import Known
from reports.origin import OriginTrace
from reports.positions import Disagreement, Disagreements, Position, Relay, Summary
from reports.provenance import Checkpoint, Report, build_report, short_id
from reports.series import Series

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """
    One figure with its history, its relays, where its number first appeared, and who disagrees.

    Attributes:
        known: what the record knows of the sources and snapshots that it and its neighbours name.
        generated: when the answer was made (an instant).
        checkpoint: the ledger's state; None where the figure comes from no store.
    """

    figure: RecordedFigure
    history: Series | None = None
    relays: tuple[Relay, ...] = ()
    origin: OriginTrace | None = None
    disagreements: tuple[Disagreement, ...] = ()
    known: Known = field(default_factory=Known)
    generated: datetime = _NEVER
    checkpoint: Checkpoint | None = None
    software: str = "casualty-figures"

    @property
    def snapshot(self) -> KeptSnapshot | None:
        """The bytes in which the figure was first seen, as far as they are known."""
        key = (self.figure.document, self.figure.snapshot)
        return next((one for one in self.known.snapshots if (one.document, one.sha256) == key), None)

    @property
    def publisher(self) -> Source | None:
        """The publisher as the record knows it."""
        return next((one for one in self.known.sources if one.name == self.figure.figure.publisher), None)

    @property
    def citation(self) -> Citation:
        """How to cite the figure."""
        return citation_of(self.figure, snapshot=self.snapshot, publisher=self.publisher)


def facts(shown: Shown) -> Iterator[tuple[str, str]]:
    """What is known of a figure beside its words, each fact with its label; unknown ones are left out."""
    yield from ((label, text) for label, text in _facts(shown) if text)


def _facts(shown: Shown) -> Iterator[tuple[str, str]]:
    recorded = shown.figure
    figure = recorded.figure
    yield "counts", sentences.definition_words(figure.definition)
    yield "event", figure.event or ""
    yield "as of", sentences.as_of_words(figure).removeprefix("as of ")
    yield "for", sentences.period_words(figure)
    yield "published", sentences.published_words(figure).removeprefix("published ")
    yield "chain", sentences.chain_words(figure)
    yield "authority", sentences.authority_words(figure)
    yield "where", _place(recorded)
    yield "document", recorded.address or recorded.document
    yield "title", recorded.title or ""
    yield "snapshot", _snapshot(shown)
    yield "part of", str(figure.part_of or "")
    yield "earlier value of", str(figure.earlier_value_of or "")
    yield "state", narration.held_words(recorded) or narration.state_words(recorded)
    yield "recorded", sentences.instant_words(recorded.recorded_at)
    yield from (("doubt", doubt) for doubt in figure.doubts)
    yield from _neighbours(recorded, shown.history)
    for one in shown.disagreements:
        yield "disagreement", f"{narration.relation_words(one)}: {narration.because_words(one)}"
    yield from _appearances(shown.origin)


def _place(recorded: RecordedFigure) -> str:
    evidence = recorded.figure.evidence
    if evidence.locator is not None:
        key = f" (row {evidence.row_key})" if evidence.row_key else ""
        return f"{evidence.locator}{key}; the issuer is the dataset's statement"
    return f"{evidence.zone}, characters {evidence.start} to {evidence.end}" if evidence.start is not None else ""


def _snapshot(shown: Shown) -> str:
    name, kept = f"sha256:{shown.figure.snapshot}", shown.snapshot
    if kept is None or kept.retrieved_at is None:
        return name
    kind = f", {kept.media_type}" if kept.media_type else ""
    return f"{name}, retrieved {sentences.instant_words(kept.retrieved_at)}{kind}"


def _neighbours(recorded: RecordedFigure, history: Series | None) -> Iterator[tuple[str, str]]:
    if history is None:
        return
    for step in history.steps:
        if step.figure.id == recorded.id:
            yield "change", narration.step_sentence(history, step)
        elif step.previous is not None and step.previous.id == recorded.id:
            yield "then", f"{narration.dated_number(step.figure)}: {narration.change_words(step)}"


def _appearances(origin: OriginTrace | None) -> Iterator[tuple[str, str]]:
    if origin is None:
        return
    first = origin.earliest
    day = sentences.day_words(first.day) if first.day else "day not known"
    yield "earliest match", f"{day}: {sentences.chain_words(first.figure.figure)} ({short_id(first.figure)})"
    if len(origin.issuers) > 1:
        yield "issuers named", sentences.listed(origin.issuers)
    yield "matches", f"{len(origin.appearances)}; {origin.note}"


def figure_report(shown: Shown) -> Report:
    """
    The figure with its neighbours in its series and its relays as a report, for the formats of machines.

    Of a disagreement it keeps the figure itself and each authority's last figure.
    """
    steps = [
        step
        for step in (shown.history.steps if shown.history else ())
        if shown.figure.id in (step.figure.id, step.previous.id if step.previous else None)
    ]
    near = [one for step in steps for one in (step.figure, step.previous) if one is not None]
    found = tuple(_kept(one, shown.figure) for one in shown.disagreements)
    near += [relay.figure for relay in shown.relays]
    near += [figure for one in found for position in one.positions for figure in position.figures]
    figures = {one.id: one for one in (shown.figure, *near)}
    return build_report(
        tuple(figures.values()),
        [replace(shown.history, steps=tuple(steps))] if shown.history and steps else [],
        Disagreements(found, Summary()),
        event=shown.figure.figure.event,
        filters={"figure": shown.figure.id},
        checkpoint=shown.checkpoint,
        generated=shown.generated,
        software=shown.software,
        known=shown.known,
    )


def _kept(one: Disagreement, figure: RecordedFigure) -> Disagreement:
    return replace(one, positions=tuple(_last(position, figure) for position in one.positions))


def _last(position: Position, figure: RecordedFigure) -> Position:
    last = position.figures[-1]
    is_overtaken = figure.id != last.id and any(held.id == figure.id for held in position.figures)
    return replace(position, figures=(figure, last) if is_overtaken else (last,), relays=())
