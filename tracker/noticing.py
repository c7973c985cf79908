"""
What a visit has to tell, worked out from what was recorded and kept until it was told (db/notices.py).

Only where somebody listens. Everything is derived from the record as it stands after the entry at which the run was
begun, so that a visit that is begun again tells what its first attempt recorded and could not tell.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, islice

import orjson

from db.checkpoints import ledger_size
from db.find import Filters, count_figures, find_figures, ids_recorded_after
from db.known import stored_methods
from db.lines import Lines
from db.notices import keep_notices, waiting_notices
from db.records import RecordedFigure
from db.store import Store
from db.watches import Watch, run_of
from reports.figure_json import Json, instant_text
from reports.neighbours import neighbours
from reports.novelty import Contrasts, Known, Stepped, steps_of
from reports.render.notices import (
    Told,
    disagreement_resolved,
    held,
    more_figures,
    new_disagreement,
    new_figure,
    notice_json,
    revision,
    with_words,
)
from tracker.opening import surroundings_of, usual_definitions

MOST_FIGURES = 50
"""Figures of one visit that have notices of their own; of the others it is said how many there are."""
MOST_CONTRASTS = 5
"""Authorities whom one new figure contradicts that have notices of their own."""
_ONE_BY_ONE = ("new_figure", "held")
_MOST_WAITING = 1_000


def _now() -> datetime:
    return datetime.now(UTC)


class Noticing:
    """The notices of one visit."""

    def __init__(self, store: Store, watch: Watch, slot: datetime, clock: Callable[[], datetime] = _now) -> None:
        """Notices that an earlier attempt at this visit kept are counted with this one's."""
        self._store, self._watch, self._slot, self._clock = store, watch, slot, clock
        run = run_of(store, watch.name, slot)
        began_at = run.ledger_size if run is not None else None
        self._began_at = _size(store) if began_at is None else began_at
        self._noticed: dict[str, int] = {}
        self._told: dict[str, dict[str, str]] = {kind: {} for kind in _ONE_BY_ONE}
        self._more: dict[str, Json] = {}
        for waiting in waiting_notices(store, watch.name, _MOST_WAITING):
            self._count(orjson.loads(waiting.content))

    def _count(self, earlier: Json) -> None:
        if earlier["slot"] != instant_text(self._slot):
            return
        if earlier["kind"] == "more_figures":
            self._more = {one["document"]: one for one in earlier["documents"]}
        elif (told := self._told.get(earlier["kind"])) is not None:
            told[earlier["figure"]["id"]] = earlier["figure"]["evidence"]["document"]

    def note(self, kind: str, what: str, address: str, number: int | None = None) -> None:
        """Keep a notice of the visit itself."""
        details = {} if number is None else {"number": number}
        self._keep([Told(kind, what, (), details)], address)

    def recorded(self, document: str, address: str) -> None:
        """Keep the notices of what was recorded of a document since the visit began."""
        since = self._noticed.get(document, self._began_at)
        self._noticed[document] = _size(self._store)
        new = ids_recorded_after(self._store, document, since)
        if not new:
            return
        filters = replace(_watched(self._watch), document=document, after_entry=since)
        figures, more_new = self._some(document, filters, "new_figure")
        looked_at, more_held = self._some(document, replace(filters, held=True), "held")
        told = list(_of_figures(self._store, figures, new)) if figures else []
        self._keep([*told, *(held(one) for one in looked_at)], address)
        if more_new or more_held:
            self._more[document] = {"document": document, "address": address, "new": more_new, "held": more_held}
            self._keep([more_figures(list(self._more.values()))], self._watch.address)

    def _some(self, document: str, filters: Filters, kind: str) -> tuple[list[RecordedFigure], int]:
        """The figures of a document that may still have notices of their own, and how many of this visit have none."""
        told = self._told[kind]
        left = MOST_FIGURES - len(told)
        found = find_figures(self._store, replace(filters, latest=left)) if left > 0 else []
        told.update((one.id, document) for one in found)
        if len(found) < left:
            return found, 0
        of_visit = count_figures(self._store, replace(filters, after_entry=self._began_at))
        return found, of_visit - sum(one == document for one in told.values())

    def _keep(self, told: Iterable[Told], address: str) -> None:
        visit = {"watch": self._watch.name, "at": instant_text(self._clock()), "slot": instant_text(self._slot)}
        made = [notice_json(one, address=address, **visit) for one in told]
        kept = [(bytes.fromhex(one["id"]), orjson.dumps(one).decode()) for one in made]
        keep_notices(self._store, self._watch.name, kept)


def _size(store: Store) -> int:
    with store.reading() as connection:
        return ledger_size(connection)


def _watched(watch: Watch) -> Filters:
    """The figures that a watch's notices are about."""
    return Filters(
        outcome=watch.notice_outcome,
        group=watch.notice_group,
        status=watch.notice_status,
        place=watch.notice_place,
        event=watch.notice_event,
    )


def _of_figures(store: Store, figures: Sequence[RecordedFigure], new: frozenset[str]) -> Iterator[Told]:
    """The notices of new figures; `new` are all ids that were recorded with them."""
    known = Known(usual_definitions(store), stored_methods(store), surroundings_of(store))
    with store.reading() as connection:
        lines = Lines(connection)
        try:
            around = neighbours(lines, figures, known.surroundings)
            yield from _told(lines, figures, around, new, known)
        finally:
            lines.close()


def _told(
    lines: Lines,
    figures: Sequence[RecordedFigure],
    around: Sequence[RecordedFigure],
    new: frozenset[str],
    known: Known,
) -> Iterator[Told]:
    steps = steps_of(around, {one.id for one in figures}, known)
    contrasts = Contrasts(around, new, known)
    begun = [several for one in figures if (several := list(contrasts.begun(one.id)))]
    ended = [found for one in figures for found in islice(contrasts.ended(one.id), MOST_CONTRASTS)]
    slim = [step.previous for stepped in steps.values() if (step := stepped.step).previous is not None]
    slim += [held.recorded for found in (*chain.from_iterable(begun), *ended) for held in found]
    whole: dict[str, RecordedFigure] = lines.whole(slim) | {one.id: one for one in figures}
    yield from _of_steps(figures, {name: with_words(stepped, whole) for name, stepped in steps.items()})
    for several in begun:
        further = max(0, len(several) - MOST_CONTRASTS)
        for pair in several[:MOST_CONTRASTS]:
            yield new_disagreement(replace(contrasts.told(pair, whole), further=further))
    for one, other, replaced in ended:
        before = whole[replaced.recorded.id]
        yield disagreement_resolved(replace(contrasts.told((one, other), whole), before=before))


def _of_steps(figures: Sequence[RecordedFigure], steps: Mapping[str, Stepped]) -> Iterator[Told]:
    for one in figures:
        stepped = steps.get(one.id)
        yield new_figure(one, stepped)
        if stepped is not None and (revised := revision(stepped)) is not None:
            yield revised
