"""Reports as the settings ask for them: signed, stamped, beside an earlier one, and made again as the record grows."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.checkpoints import ledger_size
from db.errors import RecordError
from db.store import Store
from reports.earlier.report import EarlierReport, UnreadableReport, is_report, read_report
from reports.provenance import Checkpoint, Report
from reports.since import differing_subject, since
from sources.errors import SourceError, UnreadableInput
from tracker.earlier import read_earlier
from tracker.errors import DifferentSubject, TrackerError
from tracker.filtering import Asked
from tracker.questions import report_of
from tracker.settings import Settings

PAUSE = 2.0
"""Seconds between two looks at whether the ledger has grown, and so the least between two renderings."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """
    How reports on one subject are made.

    Attributes:
        key: signs their checkpoints; None: nobody does.
        earlier: the file of the report beside which they are set, and what it holds; None: beside none.
    """

    asked: Asked
    settings: Settings
    key: Ed25519PrivateKey | None = None
    earlier: tuple[Path, EarlierReport] | None = None

    def report(self, store: Store, *, proved: bool) -> Report:
        """
        The report as the store stands.

        Args:
            store: where the figures are.
            proved: whether the format keeps proofs and a timestamp; an authority is asked for none that is thrown away.
        Raises:
            DifferentSubject: the earlier report has another event or other filters.
            FetchFailed: the authority that the settings name gave no timestamp.
        """
        made = report_of(store, self.asked, datetime.now(UTC), signed_with=self.key, proved=proved)
        if self.earlier is not None:
            path, earlier = self.earlier
            if why := differing_subject(earlier, made):
                raise DifferentSubject(f"{path}: {why}; ask the same of both")
            made = replace(made, since=since(earlier, made))
        if made.checkpoint and proved and self.settings.timestamp_authority:
            made = replace(made, checkpoint=_stamped(made.checkpoint, self.settings, self.settings.timestamp_authority))
        return made


def _stamped(checkpoint: Checkpoint, settings: Settings, authority: str) -> Checkpoint:
    from tracker.timestamps import stamped

    token = stamped(authority, checkpoint.note, allow_networks=settings.allow_networks)
    return replace(checkpoint, timestamp=token)


def earlier_report(path: Path) -> EarlierReport:
    """
    The report in a file, to set a later one beside it.

    Raises:
        UnreadableInput: it is none, or of a format that does not carry all of it.
    """
    content = read_earlier(path).content
    if not is_report(content):
        raise UnreadableInput(f"{path} does not carry a whole report: give its .json or .zip")
    try:
        return read_report(content)
    except UnreadableReport as error:
        raise UnreadableInput(f"{path} is no whole report: {error}; `casualty-figures verify` says more") from error


def renderings(
    store: Store, render: Callable[[], str], stop: threading.Event, *, pause: float = PAUSE
) -> Iterator[str]:
    """
    Render now, then whenever the ledger has grown, until stopped; gives what each rendering says.

    What fails for a moment (the disk, the database, an authority) is said once and tried again; what fails at first
    is raised.
    """
    size = _size(store)
    yield render()
    said = ""
    while not stop.wait(pause):
        try:
            now = _size(store)
            if now == size:
                continue
            told, size, said = render(), now, ""
        except (RecordError, SourceError, TrackerError) as error:
            told = f"not rendered, and tried again: {error}"
            if told == said:
                continue
            said = told
        yield told


def _size(store: Store) -> int:
    with store.reading() as connection:
        return ledger_size(connection)
