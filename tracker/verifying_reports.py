"""
A report made earlier, verified: from its file alone, on any machine, and against a store where one is at hand.

Nothing here says that a figure is true: it says that the report is as it was made, who signed it, when that was
stamped, and what the record has taken in since.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from db.checkpoints import Checkpoint as LedgerState
from db.checkpoints import checkpoint, consistency_proof
from db.errors import RecordError
from db.ledger import Hash, extends
from db.notes import PublicKey, is_signed_by, signer_of
from db.store import Store
from db.verify import Verification
from reports.earlier.checks import check_report, quote_fault
from reports.earlier.report import EarlierReport, UnreadableReport, is_report, read_report
from reports.figure_json import figure_json, instant_text
from reports.provenance import Checkpoint
from reports.render.json import checkpoint_json
from reports.render.since import since_json, since_lines
from reports.sentences import instant_words, number_words
from reports.since import Since, since
from tracker.earlier import Earlier, read_earlier
from tracker.errors import MissingExtra, TrackerError
from tracker.filtering import Asked
from tracker.questions import report_of
from tracker.timestamps import fault_of, is_of, stamped_at

Status = Literal["absent", "unchecked", "good", "wrong"]


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom the reader named: keys that may sign, certificates of timestamp authorities."""

    keys: tuple[PublicKey, ...] = ()
    roots: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The store's ledger beside the report's checkpoint; `proof` shows that it extends it (RFC 9162 2.1.4)."""

    size: int
    root: str
    proof: tuple[Hash, ...]
    extends: bool


@dataclass(slots=True)
class VerifiedReport:
    """
    What was found about one report.

    Attributes:
        found: what was checked, what is altered, what is missing.
        signature, timestamp: whether they were there, checked, and right.
        signer: the name of the key that is said to have signed.
        stamped: the time that the timestamp says.
        ledger: the store's, where one was at hand.
        since: what the store has taken in since, where the report carries what was asked.
        said: the outcome in sentences.
    """

    found: Verification
    checkpoint: Checkpoint
    signature: Status = "absent"
    signer: str | None = None
    timestamp: Status = "absent"
    stamped: datetime | None = None
    ledger: Ledger | None = None
    since: Since | None = None
    said: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The outcome for a program, faults apart."""
        ledger = self.ledger
        beside = ledger and {
            "size": ledger.size,
            "root": ledger.root,
            "extends": ledger.extends,
            "consistency": [step.hex() for step in ledger.proof],
        }
        return {
            "checkpoint": checkpoint_json(self.checkpoint),
            "signature": {"status": self.signature, "key": self.signer},
            "timestamp": {"status": self.timestamp, "time": instant_text(self.stamped) if self.stamped else None},
            "store": beside,
            "since": since_json(self.since, figure_json) if self.since else None,
            "said": self.said,
        }


def verify_report(path: Path, trust: Trust = Trust(), store: Store | None = None) -> VerifiedReport:
    """
    Check a report's file by itself, then beside a store if there is one.

    Raises:
        UnreadableInput: the file is no report of ours, or carries no checkpoint.
        MissingExtra: it needs a library that is not installed.
    """
    earlier = read_earlier(path)
    state = earlier.checkpoint
    verified = VerifiedReport(Verification(LedgerState(state.size, state.root, datetime.now(UTC))), state)
    report = _check_content(earlier, verified)
    _check_signature(verified, trust.keys)
    _check_timestamp(verified, trust.roots)
    if store is not None:
        with store.one_state():
            _compare(store, report, verified)
    return verified


def _check_content(earlier: Earlier, verified: VerifiedReport) -> EarlierReport | None:
    """Everything that the file shows by itself; gives the report where the format carries all of it."""
    found = verified.found
    found.altered += earlier.altered
    found.count("checkpoints")
    if earlier.members:
        found.count("files", earlier.members)
    for row in earlier.rows or ():
        found.count("quotes")
        if why := quote_fault(row.quote, row.text):
            found.is_altered("quote", row.id, why)
    if not is_report(earlier.content):
        verified.said.append(
            "This format carries the checkpoint only: the report's .json or .zip also carries what proves its figures."
        )
        return None
    try:
        report = read_report(earlier.content)
    except UnreadableReport as error:
        found.is_altered("report", earlier.checkpoint.root, f"a part of it is not what a report holds: {error}")
        return None
    check_report(report, found)
    return report


def _check_signature(verified: VerifiedReport, keys: Sequence[PublicKey]) -> None:
    state, found = verified.checkpoint, verified.found
    if state.signature is None:
        verified.said.append("The checkpoint is not signed.")
        if keys:
            found.is_missing("signature", state.root, "you named keys, and the checkpoint is not signed by any")
        return
    verified.signer = name = signer_of(state.signature)
    key = next((one for one in keys if one.name == name), None)
    if key is None:
        verified.signature = "unchecked"
        verified.said.append(
            f"The checkpoint bears a signature of the key {name}, which is not among the keys that you named: "
            "it was not checked."
        )
        if keys:
            found.is_missing("signature", state.root, f"none of the keys that you named signed it, but {name}")
    elif is_signed_by(key, state.size, state.root, state.signature):
        verified.signature = "good"
        verified.said.append(f"The checkpoint is signed by the key {name}, which you named.")
    else:
        verified.signature = "wrong"
        found.is_altered("signature", state.root, f"it is not the signature of the key {name} on this checkpoint")


def _check_timestamp(verified: VerifiedReport, roots: Sequence[Any]) -> None:
    state, found = verified.checkpoint, verified.found
    if state.timestamp is None:
        if roots:
            found.is_missing("timestamp", state.root, "you named a root certificate, and the file carries no timestamp")
        return
    try:
        verified.stamped = stamped_at(state.timestamp)
        why = _timestamp_fault(state.timestamp, state.note, roots)
    except MissingExtra as error:
        if roots:
            raise
        verified.timestamp = "unchecked"
        verified.said.append(f"The file carries a timestamp that was not checked: {error}.")
        return
    if why is not None or verified.stamped is None:
        verified.timestamp = "wrong"
        found.is_altered("timestamp", state.root, f"it does not prove this checkpoint: {why}")
        return
    verified.timestamp = "good" if roots else "unchecked"
    told = f"The checkpoint was stamped {instant_words(verified.stamped)}"
    if roots:
        verified.said.append(f"{told}, by an authority under a root certificate that you named.")
    else:
        verified.said.append(f"{told}, as its timestamp says; who gave it was not checked: name a root certificate.")


def _timestamp_fault(token: bytes, note: str, roots: Sequence[Any]) -> str | None:
    if roots:
        return fault_of(token, note, roots)
    return None if is_of(token, note) else "it is of something else"


def _compare(store: Store, report: EarlierReport | None, verified: VerifiedReport) -> None:
    """Whether the store's ledger extends the report's checkpoint, and what it has taken in since."""
    state, now = verified.checkpoint, checkpoint(store)
    words = f"this store's ledger of {number_words(now.size)} entries"
    if state.size > now.size:
        verified.ledger = Ledger(now.size, now.root, (), extends=False)
        why = f"the report rests on {number_words(state.size)} entries, {words} has not so many"
        verified.found.is_missing("checkpoint", state.root, f"{why}; --alone checks the file by itself")
        return
    proof = tuple(consistency_proof(store, state.size))
    held = extends(state.size, bytes.fromhex(state.root), now.size, bytes.fromhex(now.root), proof)
    verified.ledger = Ledger(now.size, now.root, proof, extends=held)
    if not held:
        why = f"{words} does not extend it: the report comes from another store, or one of the two was altered"
        verified.found.is_altered("checkpoint", state.root, f"{why}; --alone checks the file by itself")
        return
    verified.said.append(f"The report's checkpoint is in {words}, which extends it.")
    if report is not None:
        _tell_since(store, report, verified)


def _tell_since(store: Store, report: EarlierReport, verified: VerifiedReport) -> None:
    try:
        asked = Asked.retold(report.event, report.filters)
        verified.since = since(report, report_of(store, asked, datetime.now(UTC)))
    except (ValueError, RecordError, TrackerError) as error:
        verified.said.append(f"What came since cannot be told: {' '.join(str(error).split())[:200]}.")
        return
    verified.said += since_lines(verified.since)
