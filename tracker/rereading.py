"""Archived documents read again by today's extractor, without fetching: what is new, and what it no longer gives."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from db.errors import SnapshotMissing
from db.find import find_figures
from db.known import reader_versions, snapshot_of
from db.records import Figure, RecordedFigure
from db.store import Store
from sources.archive import Archive
from sources.errors import SourceError
from sources.fetch import Retrieved
from tracker.filtering import Asked, resolved
from tracker.ingesting import EXTRACTOR_VERSION, Outcome, Stated, find, ingest_retrieved


@dataclass(frozen=True, slots=True)
class Reread:
    """
    One snapshot read again.

    Attributes:
        new: figures that the reading of today gives and the record lacks.
        gone: recorded figures of the snapshot that it no longer gives; they stay recorded.
    """

    document: str
    address: str | None
    snapshot: str
    new: tuple[Figure, ...]
    gone: tuple[RecordedFigure, ...]


@dataclass(slots=True)
class Rereading:
    """What reading again did, or would do: snapshots read, those that an equal version had read, and what changed."""

    snapshots: int = 0
    current: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    changed: list[Reread] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)


def reread(
    store: Store,
    archive: Archive,
    asked: Asked,
    *,
    record: bool,
    on_progress: Callable[[int], None] | None = None,
) -> Rereading:
    """
    Read the snapshots of the figures that pass again, and record what is new, or only say what would change.

    Nothing is fetched and nothing recorded is changed: a figure that is no longer read stays, named in the answer.
    """
    done = Rereading()
    figures = [one for one in find_figures(store, resolved(store, asked)) if one.figure.origin == "extracted"]
    for number, several in enumerate(_by_snapshot(figures), start=1):
        first = several[0]
        if any(version.endswith(f"+{EXTRACTOR_VERSION}") for version in reader_versions(store, first)):
            done.current += 1
            continue
        snapshot, _ = snapshot_of(store, first)
        done.snapshots += 1
        stated = Stated(
            publisher=first.figure.publisher, published=first.figure.published, event=first.figure.event,
            address=first.address,
        )  # fmt: skip
        try:
            body = archive.read(snapshot)
            retrieved = Retrieved(
                first.address, body, snapshot.status, snapshot.media_type, None, snapshot.retrieved_at, (),
                first.address or first.document,
            )  # fmt: skip
            changed = _compared(first, several, find(retrieved, stated).figures)
            if record:
                done.outcome.add(ingest_retrieved(store, archive, retrieved, stated))
        except (SourceError, SnapshotMissing) as error:
            done.errors.append((first.address or first.document, str(error)))
            continue
        if changed.new or changed.gone:
            done.changed.append(changed)
        if on_progress is not None:
            on_progress(number)
    return done


def _by_snapshot(figures: Iterable[RecordedFigure]) -> Iterator[list[RecordedFigure]]:
    found: dict[tuple[str, str], list[RecordedFigure]] = {}
    for one in figures:
        found.setdefault((one.document, one.snapshot), []).append(one)
    yield from found.values()


def _compared(first: RecordedFigure, recorded: Iterable[RecordedFigure], read: Iterable[Figure]) -> Reread:
    known = {_said(one.figure): one for one in recorded}
    now = {_said(figure): figure for figure in read}
    return Reread(
        document=first.document,
        address=first.address,
        snapshot=first.snapshot,
        new=tuple(figure for said, figure in now.items() if said not in known),
        gone=tuple(one for said, one in known.items() if said not in now),
    )


def _said(figure: Figure) -> Hashable:
    """What makes two readings of one text the same figure: words, number, what it counts, days, chain."""
    number = figure.count or figure.share
    bounds = (number.low, number.best, number.high, number.qualifier, number.text) if number is not None else ()
    days = (figure.as_of, figure.as_of_basis, figure.period)
    return figure.evidence.quote, bounds, figure.definition.key, days, figure.chain.written, figure.modality
