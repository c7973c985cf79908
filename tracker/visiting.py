"""
One visit of a watch: what changed is fetched, archived, read and recorded, one transaction a document.

A visit may be begun again at any point: documents are recorded once however often they are, and an address is
asked for what changed since only after its last answer was recorded whole.
"""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from db.errors import RecordError
from db.store import Store
from db.watches import Run, RunOutcome, Visited, Watch, end_run, keep_visited, take_turn, visited
from sources.addresses import canonical_address
from sources.archive import Archive
from sources.errors import FetchFailed, RefusedAddress, SourceError
from sources.fetch import NOT_MODIFIED, Known, Limits, Retrieved, fetch
from sources.listings import Entry, feed_entries, sitemap_entries
from sources.mementos import Memento, mementos
from sources.robots import Robots
from tracker.importing import import_retrieved
from tracker.ingesting import Outcome, Stated, ingest_retrieved
from tracker.schedules import following

SPACING = timedelta(seconds=1)
"""Between two requests to one host, by all workers of a store; a site's own wish may be longer."""
LONGEST_DELAY = timedelta(seconds=60)
"""A longer Crawl-delay than this is kept to this."""
MOST_DOCUMENTS = 200
"""Of one list in one visit; what is left waits for the next."""
PAUSED_AFTER = 10
"""So many failures one after another pause a watch."""
LONGEST_BACK_OFF = timedelta(days=1)
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person may want to know: its kind, the watch, and one sentence."""

    kind: str
    watch: str
    what: str
    address: str | None = None
    number: int | None = None


@dataclass(slots=True)
class _Tally:
    """What a visit has done so far."""

    pages: int = 0
    unchanged: int = 0
    failed: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    causes: list[str] = field(default_factory=list)
    retry_at: datetime | None = None


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
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`robots` may be shared by visits; `clock` and `wait` are for tests; only an operator lifts `spacing`."""
        self._store, self._archive, self._watch, self._slot = store, archive, watch, slot
        self._allow_networks = allow_networks
        self._limits = limits or Limits()
        self._spacing = spacing
        self._clock, self._wait = clock, wait
        self._robots = robots or Robots(allow_networks=allow_networks, limits=self._limits)
        self._tally = _Tally()
        self._started = clock()
        self.notices: list[Notice] = []

    def make(self) -> Run:
        """Visit the watch and say what came of it, in the run log and in notices."""
        if self._watch.kind == "history":
            reached = self._captures()
        elif self._watch.kind in ("feed", "sitemap"):
            reached = self._listed()
        else:
            reached = self._document(self._watch.address)
        return self._ended(self._started, reached=reached)

    def broke(self, error: Exception) -> Run:
        """End a visit that something unforeseen broke off, as failed and with its cause."""
        self._tally.failed += 1
        self._tally.causes.append(f"{type(error).__name__}: {error}")
        return self._ended(self._started, reached=False)

    # What is visited

    def _listed(self) -> bool:
        """A list and the documents that it names and that were not recorded before."""
        answer = self._asked(self._watch.address)
        if answer is None:
            return self._tally.failed == 0
        try:
            entries = (feed_entries if self._watch.kind == "feed" else sitemap_entries)(answer)
        except SourceError as error:
            self._failed(error, self._watch.address)
            return False
        new = [entry for entry in self._wanted(entries) if visited(self._store, _key(entry.address)) is None]
        for entry in new[:MOST_DOCUMENTS]:
            self._document(entry.address)
        if len(new) <= MOST_DOCUMENTS and not self._tally.failed:
            self._keep(answer)  # until all of it was visited the list is asked for again
        return True

    def _captures(self) -> bool:
        """The captures of a page that a web archive holds, the oldest first, as snapshots of that page."""
        answer = self._asked(self._watch.address)
        if answer is None:
            return self._tally.failed == 0
        try:
            found = mementos(answer)
        except SourceError as error:
            self._failed(error, self._watch.address)
            return False
        new = [one for one in found if visited(self._store, _key(one.address)) is None]
        for capture in new[:MOST_DOCUMENTS]:
            self._document(capture.address, capture)
        if len(new) <= MOST_DOCUMENTS and not self._tally.failed:
            self._keep(answer)
        return True

    def _wanted(self, entries: list[Entry]) -> Iterator[Entry]:
        wanted = re.compile(self._watch.match, re.IGNORECASE) if self._watch.match else None
        return (
            entry for entry in entries if wanted is None or wanted.search(entry.address) or wanted.search(entry.title)
        )

    def _document(self, address: str, capture: Memento | None = None) -> bool:
        """One document: fetched if it changed, recorded, and only then kept as visited."""
        answer = self._asked(address)
        if answer is None:
            return self._tally.failed == 0
        known = visited(self._store, _key(address))
        digest = hashlib.sha256(answer.body).digest()
        if known is not None and known.sha256 == digest:
            self._tally.unchanged += 1
            self._keep(answer, address)
            return True
        try:
            outcome = self._recorded(answer if capture is None else _as_of_capture(answer, capture))
        except (SourceError, RecordError) as error:
            self._failed(error, address)
            return False
        self._keep(answer, address)
        self._tally.outcome.documents += outcome.documents
        self._tally.outcome.new += outcome.new
        self._tally.outcome.unchanged += outcome.unchanged
        self._tally.outcome.held += outcome.held
        self._tell(outcome, address, is_known=known is not None)
        return True

    def _recorded(self, answer: Retrieved) -> Outcome:
        watch = self._watch
        if watch.kind == "dataset":
            return import_retrieved(self._store, self._archive, answer, watch.mapping or "", event=watch.event)
        outcome = Outcome()
        stated = Stated(publisher=watch.publisher, event=watch.event)
        outcome.add(ingest_retrieved(self._store, self._archive, answer, stated))
        return outcome

    def _tell(self, outcome: Outcome, address: str, *, is_known: bool) -> None:
        if not outcome.new:
            return
        kind = "document_changed" if is_known else "figures_found"
        what = "gives other figures than before" if is_known else "gives figures"
        self.notices.append(
            Notice(kind, self._watch.name, f"{address} {what}: {outcome.new} new", address, outcome.new)
        )

    # Asking politely

    def _asked(self, address: str) -> Retrieved | None:
        """What an address serves; None where it stands unchanged, is not to be fetched, or failed."""
        self._tally.pages += 1
        known = visited(self._store, _key(address))
        try:
            rules = self._robots.rules(address)
            if not rules.allows(address):
                why = rules.unreachable or "its robots.txt asks that this address be left alone"
                raise RefusedAddress(f"{address} is not fetched: {why}")
            self._take_turn(address, rules.delay)
            answer = fetch(
                address,
                allow_networks=self._allow_networks,
                limits=self._limits,
                known=Known(known.etag, known.last_modified) if known is not None else Known(),
            )
        except SourceError as error:
            self._failed(error, address)
            return None
        if answer.status == NOT_MODIFIED and known is not None:
            self._tally.unchanged += 1
            keep_visited(self._store, replace(known, last_seen=self._clock()))
            return None
        return answer

    def _take_turn(self, address: str, delay: float) -> None:
        host = urlsplit(address).netloc.lower()
        spacing = max(self._spacing, min(timedelta(seconds=delay), LONGEST_DELAY))
        if not self._spacing:
            return
        now = self._clock()
        turn = take_turn(self._store, host, now, spacing)
        if turn > now:
            self._wait((turn - now).total_seconds())

    def _keep(self, answer: Retrieved, address: str | None = None) -> None:
        headers = {name.lower(): value for name, value in answer.headers}
        now = self._clock()
        keep_visited(
            self._store,
            Visited(
                address=_key(address or self._watch.address),
                status=answer.status or 200,
                etag=headers.get("etag"),
                last_modified=headers.get("last-modified"),
                sha256=hashlib.sha256(answer.body).digest(),
                first_seen=now,
                last_seen=now,
            ),
        )

    def _failed(self, error: Exception, address: str) -> None:
        self._tally.failed += 1
        self._tally.causes.append(str(error))
        if isinstance(error, FetchFailed):
            if error.status in _GONE:
                self._gone(error.status or 0, address)
            self._tally.retry_at = _later(self._tally.retry_at, _retry_at(error.retry_after, self._clock()))

    def _gone(self, status: int, address: str) -> None:
        known, now = visited(self._store, _key(address)), self._clock()
        if known is None:  # a list may name for long what is no longer there: it is asked for once
            keep_visited(self._store, Visited(_key(address), status, None, None, None, now, now))
            return
        if known.status in _GONE:
            return
        keep_visited(self._store, replace(known, status=status, etag=None, last_modified=None))
        last = f"last seen {known.last_seen:%Y-%m-%d %H:%M} UTC"
        self.notices.append(Notice("document_gone", self._watch.name, f"{address} answers {status}; {last}", address))

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
            self.notices.append(Notice("watch_failing", watch.name, run.cause or "it failed", watch.address, failures))
        if failures >= PAUSED_AFTER:
            why = f"it failed {failures} times one after another; last: {run.cause}"
            changed |= {"state": "paused", "why": why[:2_000]}
            self.notices.append(Notice("watch_paused", watch.name, why, watch.address, failures))
        if outcome == "nothing_found":
            what = "it changed and gives no figure, where it gave some before: its layout may be another one now"
            self.notices.append(Notice("nothing_found", watch.name, what, watch.address))
        end_run(self._store, run, changed)
        return run

    def _outcome(self, *, reached: bool) -> RunOutcome:
        tally = self._tally
        if not reached or (tally.failed and tally.failed >= tally.pages):
            return "failed"
        if tally.outcome.new:
            return "changed"
        read_something = tally.pages - tally.unchanged - tally.failed > 0
        is_page = self._watch.kind in ("page", "dataset")
        if is_page and read_something and self._watch.figures and not self._has_figures_still():
            return "nothing_found"
        return "unchanged"

    def _has_figures_still(self) -> bool:
        """Whether the page, as it was just read, gives any figure, new or recorded before."""
        return self._tally.outcome.unchanged > 0

    def _next_due(self, failures: int, now: datetime) -> datetime:
        watch = self._watch
        planned = following(self._slot, now, every=watch.every, cron=watch.cron, timezone=watch.timezone)
        if failures:
            slower = min(timedelta(minutes=5) * 2 ** min(failures - 1, 10), LONGEST_BACK_OFF)
            planned = max(planned, now + slower)
        return max(planned, self._tally.retry_at) if self._tally.retry_at else planned


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
