"""
One visit of a watch: what changed is fetched, archived, read and recorded, one transaction a document.

A visit may be begun again at any point: documents are recorded once however often they are, and an address is
asked for what changed since only after its last answer was recorded whole.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from urllib.parse import urlsplit

from stamina import retry_context
from stamina.instrumentation import set_on_retry_hooks

from db.deletions import record_deletion
from db.errors import RecordError
from db.records import Snapshot
from db.store import Recorded, Store
from db.watches import (
    Run,
    RunOutcome,
    Visited,
    Watch,
    end_run,
    keep_visited,
    note_visited,
    take_turn,
    visited,
    visited_among,
)
from db.writer import Writer
from sources.addresses import canonical_address
from sources.archive import Archive
from sources.cdx import cdx_captures, is_cdx
from sources.errors import FetchFailed, RefusedAddress, SourceError, UnreadableInput
from sources.fetch import NOT_MODIFIED, Connections, Known, Limits, Retrieved
from sources.listings import Entry, feed_entries, sitemap_entries
from sources.mementos import Memento, mementos
from sources.robots import Robots
from tracker.importing import import_retrieved
from tracker.ingesting import Found, Outcome, Stated, find, record_found
from tracker.noticing import Noticing
from tracker.readers import READ_AHEAD, Readers, delayed
from tracker.schedules import following

SPACING = timedelta(seconds=1)
"""Between two requests to one host, by all workers of a store; a site's own wish may be longer."""
LONGEST_DELAY = timedelta(seconds=60)
"""A longer Crawl-delay than this is kept to this."""
MOST_DOCUMENTS = 200
"""Of one list in one visit; what is left waits for the next."""
READ_APART = 8
"""From so many documents on, they are read by processes of their own."""
ATTEMPTS = 3
"""So often an address is asked in one visit, where its failure may pass."""
PAUSED_AFTER = 10
"""So many failures one after another pause a watch."""
LONGEST_BACK_OFF = timedelta(days=1)
_GONE = (404, 410)
set_on_retry_hooks([])  # what came of a visit says it; nothing else is logged


@dataclass(slots=True)
class _Tally:
    """What a visit has done so far; it is unfinished where something failed that may succeed another time."""

    pages: int = 0
    unchanged: int = 0
    failed: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    causes: list[str] = field(default_factory=list)
    seen_again: list[Visited] = field(default_factory=list)
    is_unfinished: bool = False
    names_nothing: bool = False
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A document that changed: archived, and being read; what its address answered before."""

    address: str
    answer: Retrieved
    snapshot: Snapshot
    known: Visited | None
    found: Callable[[], Found]
    is_capture: bool


class Visit:
    """One watch visited in one slot of its schedule."""

    def __init__(
        self,
        store: Store,
        archive: Archive,
        watch: Watch,
        slot: datetime,
        *,
        allow_networks: tuple[str, ...] = (),
        limits: Limits | None = None,
        spacing: timedelta = SPACING,
        robots: Robots | None = None,
        connections: Connections | None = None,
        readers: Readers | None = None,
        noticing: Noticing | None = None,
        started: datetime | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """
        `started` is the instant at which the run log says that it began; now, where it does not say.
        `robots` and `readers` may be shared by visits, `connections` by those of one thread; without readers, documents
        are read here. `noticing` keeps what there is to tell, where somebody listens. `clock` and `wait` are for tests;
        only an operator lifts `spacing`.
        """
        self._store, self._archive, self._watch, self._slot = store, archive, watch, slot
        limits = limits or Limits()
        self._spacing = spacing
        self._clock, self._wait = clock, wait
        self._robots = robots or Robots(allow_networks=allow_networks, limits=limits)
        self._connections = connections or Connections(allow_networks=allow_networks, limits=limits)
        self._readers = readers
        self._tally = _Tally()
        self._started = started or clock()
        self._noticing = noticing

    def make(self) -> Run:
        """Visit the watch and say what came of it, in the run log and in notices that wait to be told."""
        if self._watch.kind in ("feed", "sitemap", "history"):
            reached = self._listed()
        else:
            self._documents([(self._watch.address, None)])
            reached = self._tally.failed == 0
        return self._ended(self._started, reached=reached)

    def broke(self, error: Exception) -> Run:
        """End a visit that something unforeseen broke off, as failed and with its cause."""
        self._tally.failed += 1
        self._tally.causes.append(f"{type(error).__name__}: {error}")
        return self._ended(self._started, reached=False)

    # What is visited

    def _listed(self) -> bool:
        """A list, and the documents that it names and that were not recorded before."""
        address = self._watch.address
        known = visited(self._store, _key(address))
        answer = self._asked(address, known)
        if answer is None:
            return self._tally.failed == 0
        if known is not None and known.sha256 == hashlib.sha256(answer.body).digest():
            self._unchanged(self._seen(answer, address))
            return True
        try:
            named = self._named(answer)
        except SourceError as error:
            self._failed(error, address)
            return False
        before = visited_among(self._store, [_key(address) for address, _ in named])
        new = [(address, capture) for address, capture in named if _key(address) not in before]
        self._documents(new[:MOST_DOCUMENTS])
        if len(new) <= MOST_DOCUMENTS and not self._tally.is_unfinished:
            keep_visited(self._store, self._seen(answer, address))  # until then it is asked for again
        return True

    def _named(self, answer: Retrieved) -> list[tuple[str, Memento | None]]:
        """What a list names: the captures of a page, the oldest first; or the entries that are wanted."""
        if self._watch.kind == "history":
            captures = (cdx_captures if is_cdx(answer) else mementos)(answer)
            return [(capture.address, capture) for capture in captures]
        entries = (feed_entries if self._watch.kind == "feed" else sitemap_entries)(answer)
        self._tally.names_nothing = not entries
        return [(entry.address, None) for entry in self._wanted(entries)]

    def _wanted(self, entries: list[Entry]) -> Iterator[Entry]:
        wanted = re.compile(self._watch.match, re.IGNORECASE) if self._watch.match else None
        return (
            entry for entry in entries if wanted is None or wanted.search(entry.address) or wanted.search(entry.title)
        )

    def _documents(self, named: Sequence[tuple[str, Memento | None]]) -> None:
        """Documents in order: while some are read, the next are fetched; each is recorded when its turn comes."""
        readers = self._readers if len(named) >= READ_APART else None
        fetched = (self._fetched(address, capture, readers) for address, capture in named)
        for document in delayed(filter(None, fetched), READ_AHEAD if readers else 0):
            self._record(document)

    def _fetched(self, address: str, capture: Memento | None, readers: Readers | None) -> _Fetched | None:
        """A document that changed, archived before it is read."""
        known = visited(self._store, _key(address))
        answer = self._asked(address, known)
        if answer is None:
            return None
        if known is not None and known.sha256 == hashlib.sha256(answer.body).digest():
            self._unchanged(self._seen(answer, address))
            return None
        retrieved = answer if capture is None else _as_of_capture(answer, capture)
        try:
            snapshot = self._archive.keep(retrieved)
        except RecordError as error:
            self._failed(error, address)
            return None
        stated = self._stated()
        found = readers.find(retrieved, stated) if readers else partial(find, retrieved, stated)
        return _Fetched(address, retrieved, snapshot, known, found, is_capture=capture is not None)

    def _stated(self) -> Stated:
        return Stated(publisher=self._watch.publisher, event=self._watch.event)

    def _record(self, fetched: _Fetched) -> None:
        """Record a document, then what there is to tell of it, and only with that or after it that it was visited."""
        try:
            outcome = self._recorded(fetched)
        except (SourceError, RecordError) as error:
            self._failed(error, fetched.address)
            if isinstance(error, UnreadableInput) and fetched.address != self._watch.address:
                keep_visited(self._store, self._seen(fetched.answer, fetched.address))  # the same bytes read no better
            return
        if self._noticing is not None and outcome.document is not None:
            self._noticing.recorded(outcome.document, fetched.address)
        if not self._is_noted_with_it:
            keep_visited(self._store, self._gave(fetched, outcome.document))
        done = self._tally.outcome
        done.documents += outcome.documents
        done.new += outcome.new
        done.unchanged += outcome.unchanged
        done.held += outcome.held

    @property
    def _is_noted_with_it(self) -> bool:
        """Whether the transaction that records a document says that it was visited; not where notices come between."""
        return self._watch.kind != "dataset" and self._noticing is None

    def _recorded(self, fetched: _Fetched) -> Outcome:
        watch = self._watch
        if watch.kind == "dataset":
            return import_retrieved(self._store, self._archive, fetched.answer, watch.mapping or "", event=watch.event)
        outcome = Outcome()
        outcome.add(
            record_found(
                self._store, fetched.answer, fetched.snapshot, fetched.found(), self._stated(),
                also=partial(self._note_visited, fetched) if self._is_noted_with_it else None,
            )
        )  # fmt: skip
        return outcome

    def _note_visited(self, fetched: _Fetched, writer: Writer, recorded: Recorded) -> None:
        note_visited(writer.connection, self._gave(fetched, recorded.document))

    def _gave(self, fetched: _Fetched, document: str | None) -> Visited:
        """
        What an address answered, and the document that it gave.

        None of a capture: what a web archive no longer serves is not what the page itself no longer serves.
        """
        gave = bytes.fromhex(document) if document and not fetched.is_capture else None
        return replace(self._seen(fetched.answer, fetched.address), document=gave)

    def _note(self, kind: str, what: str, address: str, number: int | None = None) -> None:
        if self._noticing is not None:
            self._noticing.note(kind, what, address, number)

    # Asking politely

    def _asked(self, address: str, known: Visited | None) -> Retrieved | None:
        """What an address serves; None where it stands unchanged, is not to be fetched, or failed."""
        self._tally.pages += 1
        try:
            answer = self._answered(address, known)
        except SourceError as error:
            self._failed(error, address)
            return None
        if answer.status == NOT_MODIFIED and known is not None:
            self._unchanged(replace(known, last_seen=self._clock()))
            return None
        return answer

    def _unchanged(self, seen: Visited) -> None:
        self._tally.unchanged += 1
        self._tally.seen_again.append(seen)

    def _answered(self, address: str, known: Visited | None) -> Retrieved:
        """Ask as the site wishes; what may pass in a moment is asked again, ever more slowly."""
        rules = self._robots.rules(address)
        if not rules.allows(address):
            why = rules.unreachable or "its robots.txt asks that this address be left alone"
            raise RefusedAddress(f"{address} is not fetched: {why}")
        before = Known(known.etag, known.last_modified) if known is not None else Known()
        for attempt in retry_context(on=_may_pass, attempts=ATTEMPTS, timeout=None, wait_initial=1, wait_max=10):
            with attempt:
                self._take_turn(address, rules.delay)
                return self._connections.fetch(address, before)
        raise AssertionError("the last attempt gives an answer or raises")  # pragma: no cover - for the type checker

    def _take_turn(self, address: str, delay: float) -> None:
        host = urlsplit(address).netloc.lower()
        spacing = max(self._spacing, min(timedelta(seconds=delay), LONGEST_DELAY))
        if not self._spacing:
            return
        now = self._clock()
        turn = take_turn(self._store, host, now, spacing)
        if turn > now:
            self._wait((turn - now).total_seconds())

    def _seen(self, answer: Retrieved, address: str) -> Visited:
        headers = {name.lower(): value for name, value in answer.headers}
        now = self._clock()
        return Visited(
            address=_key(address),
            status=answer.status or 200,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            sha256=hashlib.sha256(answer.body).digest(),
            first_seen=now,
            last_seen=now,
        )

    def _failed(self, error: Exception, address: str) -> None:
        self._tally.failed += 1
        self._tally.causes.append(str(error))
        is_gone = isinstance(error, FetchFailed) and error.status in _GONE
        self._tally.is_unfinished |= not (is_gone or isinstance(error, UnreadableInput))
        if isinstance(error, FetchFailed):
            if is_gone:
                self._gone(error.status or 0, address)
            self._tally.retry_at = _later(self._tally.retry_at, _retry_at(error.retry_after, self._clock()))

    def _gone(self, status: int, address: str) -> None:
        known, now = visited(self._store, _key(address)), self._clock()
        if known is None:  # a list may name for long what is no longer there: it is asked for once
            keep_visited(self._store, Visited(_key(address), status, None, None, None, now, now))
            return
        if known.status in _GONE:
            return
        record_deletion(self._store, known, status, now)
        last = f"last seen {known.last_seen:%Y-%m-%d %H:%M} UTC"
        self._note("document_gone", f"{address} answers {status}; {last}", address)
        keep_visited(self._store, replace(known, status=status, etag=None, last_modified=None))

    # What came of it

    def _ended(self, started: datetime, *, reached: bool) -> Run:
        tally, watch, now = self._tally, self._watch, self._clock()
        outcome = self._outcome(reached=reached)
        failures = watch.failures + 1 if outcome == "failed" else 0
        run = Run(
            watch=watch.name,
            slot=self._slot,
            started_at=started,
            ended_at=now,
            outcome=outcome,
            pages=tally.pages,
            unchanged=tally.unchanged,
            new=tally.outcome.new,
            held=tally.outcome.held,
            failed=tally.failed,
            cause="; ".join(dict.fromkeys(tally.causes))[:2_000] or None,
        )
        changed: dict[str, object] = {
            "failures": failures,
            "figures": watch.figures + tally.outcome.new,
            "next_due": self._next_due(failures, now),
            "planned_at": now,
        }
        if failures:
            self._note("watch_failing", run.cause or "it failed", watch.address, failures)
        if failures >= PAUSED_AFTER:
            why = f"it failed {failures} times one after another; last: {run.cause}"
            changed |= {"state": "paused", "why": why[:2_000]}
            self._note("watch_paused", why, watch.address, failures)
        if outcome == "nothing_found":
            what = "it changed and gives nothing, where it gave figures before: its layout may be another one now"
            self._note("nothing_found", what, watch.address)
        end_run(self._store, run, changed, tally.seen_again)
        return run

    def _outcome(self, *, reached: bool) -> RunOutcome:
        tally = self._tally
        if not reached or (tally.failed and tally.failed >= tally.pages):
            return "failed"
        if tally.outcome.new:
            return "changed"
        return "nothing_found" if self._watch.figures and self._gives_nothing() else "unchanged"

    def _gives_nothing(self) -> bool:
        """Whether the list, as it was just read, names no document; or the page gives no figure, new or known."""
        tally = self._tally
        if self._watch.kind not in ("page", "dataset"):
            return tally.names_nothing
        return tally.pages > tally.unchanged + tally.failed and tally.outcome.unchanged == 0

    def _next_due(self, failures: int, now: datetime) -> datetime:
        watch = self._watch
        planned = following(self._slot, now, every=watch.every, cron=watch.cron, timezone=watch.timezone)
        if failures:
            slower = min(timedelta(minutes=5) * 2 ** min(failures - 1, 10), LONGEST_BACK_OFF)
            planned = max(planned, now + slower)
        return max(planned, self._tally.retry_at) if self._tally.retry_at else planned


def _may_pass(error: Exception) -> bool:
    return isinstance(error, FetchFailed) and error.may_pass


def _as_of_capture(answer: Retrieved, capture: Memento) -> Retrieved:
    """What an archive serves, as what the page itself served when it was captured."""
    return replace(answer, address=capture.original, retrieved_at=capture.at, name=capture.original)


def _key(address: str) -> str:
    return canonical_address(address)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


def _retry_at(said: str | None, now: datetime) -> datetime | None:
    """When a server says to come again: seconds or a date (RFC 9110 10.2.3), no later than a day from now."""
    if said is None:
        return None
    if said.strip().isdigit():
        at = now + timedelta(seconds=min(int(said.strip()[:9]), 10**7))
    else:
        try:
            at = parsedate_to_datetime(said)
        except ValueError:
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(at, now + LONGEST_BACK_OFF)
