"""
What is done about a figure after it was recorded: our corrections and voidings, publishers' retractions,
issuers' disownments, filings, reviews of what the gate holds, reasons that somebody reported for a change. The figure
stays as it is; each act is an entry of the ledger.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, get_args

from sqlalchemy import text

from db.canonical import content_id
from db.errors import AmbiguousRecord, InvalidRecord, UnknownRecord
from db.records import Act, Recording
from db.store import Recorded, Store, record_document
from db.vocabulary import State
from db.writer import Writer

ActKind = Literal["correct", "void", "retract", "disown", "file", "accept", "reject", "reason"]
ACT_KINDS: tuple[str, ...] = get_args(ActKind)
REVIEWS = ("accept", "reject")
_STATE_OF_ACT: dict[str, State] = {
    "void": "voided",
    "correct": "corrected",
    "retract": "retracted",
    "disown": "disowned",
}
_STRONGEST_FIRST: tuple[State, ...] = ("voided", "corrected", "retracted", "disowned")
SHORTEST_PREFIX = 8
"""The fewest hex digits by which an id can be named."""


def state_after(acts: Sequence[Act], *, is_held: bool) -> State:
    """The state of a figure about which these acts were done, in order, and that the gate holds or not."""
    states = {_STATE_OF_ACT.get(act.kind) for act in acts}
    reviews = [act.kind for act in acts if act.kind in REVIEWS]
    is_held = is_held and reviews[-1:] != ["accept"]
    for state in _STRONGEST_FIRST:
        if state in states:
            return state
    return "held" if is_held else "recorded"


def find_id(store: Store, prefix: str) -> str:
    """
    The id of the one figure whose id begins with `prefix`.

    Raises:
        InvalidRecord: fewer than 8 digits, or not hexadecimal.
        UnknownRecord, AmbiguousRecord: no figure, or several.
    """
    digits = prefix.lower()
    if len(digits) < SHORTEST_PREFIX or len(digits) > 64 or set(digits) - set("0123456789abcdef"):
        raise InvalidRecord(f"id {prefix!r}: give at least {SHORTEST_PREFIX} hexadecimal digits of a figure's id")
    low, high = (bytes.fromhex(digits.ljust(64, filler)) for filler in "0f")
    with store.reading() as connection:
        query = text("SELECT id FROM figure WHERE id BETWEEN :low AND :high ORDER BY id LIMIT 2")
        found = [bytes(row[0]).hex() for row in connection.execute(query, {"low": low, "high": high})]
    if not found:
        raise UnknownRecord(f"figure {prefix!r} is not recorded here: `casualty-figures figures` lists what is")
    if len(found) > 1:
        raise AmbiguousRecord(
            f"id {prefix!r} fits several figures ({found[0][:16]}…, {found[1][:16]}…): give more digits"
        )
    return found[0]


def act(
    store: Store,
    kind: ActKind,
    figure: str,
    *,
    reason: str | None = None,
    by: str | None = None,
    on_day: date | None = None,
    other: str | None = None,
) -> bool:
    """
    Record one act about a figure (its whole id); returns whether it was new.

    Args:
        by: who acted: the person or office that corrected, the publisher or issuer that withdrew, the source that
            reported a reason.
        on_day: the day on which the act was made public, where that is known.
        other: the correcting figure's id, or the event under which the figure is filed.
    """
    with store.writing() as writer:
        return record_act(writer, kind, figure, reason=reason, by=by, on_day=on_day, other=other)


def record_act(
    writer: Writer,
    kind: ActKind,
    figure: str,
    *,
    reason: str | None = None,
    by: str | None = None,
    on_day: date | None = None,
    other: str | None = None,
) -> bool:
    """Record one act inside the caller's transaction; the same act again changes nothing."""
    content = {"act": kind, "figure": figure, "other": other, "by": by, "on_day": on_day, "reason": reason}
    identifier = content_id(content)
    if kind == "file":
        if other is None or _filed_under(writer, figure) == other:
            return False
        writer.event(other)
    elif kind in REVIEWS:
        if _last_review(writer, figure) == kind:
            return False
    elif writer.rows("SELECT 1 FROM act WHERE id = ?", identifier):
        return False
    number = writer.key("act")
    entry = writer.append_entry(kind, {**content, "number": number})
    if kind == "file" or kind in REVIEWS:  # going back to an earlier state is an act of its own
        identifier = content_id({**content, "number": number})
    if kind in ("disown", "reason") and by:
        writer.source(by)
    writer.insert(
        "act",
        {
            "key": number,
            "id": identifier,
            "kind": kind,
            "figure_id": bytes.fromhex(figure),
            "other": other,
            "by_whom": by,
            "on_day": on_day,
            "reason": reason,
            "recorded_at": writer.recorded_at,
            "entry": entry,
        },
    )
    return True


def review(store: Store, verdict: Literal["accept", "reject"], figures: Sequence[str], *, by: str, reason: str) -> int:
    """
    Say of held figures (whole ids), in one transaction, that they may be used, or not; returns how many changed.

    Raises:
        InvalidRecord: the gate does not hold one of them; nothing of the review was recorded.
    """
    with store.writing() as writer:
        for figure in figures:
            if not writer.rows("SELECT 1 FROM held WHERE figure_id = ?", bytes.fromhex(figure)):
                raise InvalidRecord(f"figure {figure[:12]} is not held: `casualty-figures review list` shows what is")
        return sum(record_act(writer, verdict, figure, by=by, reason=reason) for figure in figures)


def _last_review(writer: Writer, figure: str) -> str | None:
    acts = writer.rows(
        "SELECT kind FROM act WHERE figure_id = ? AND kind IN ('accept', 'reject') ORDER BY key DESC LIMIT 1",
        bytes.fromhex(figure),
    )
    return str(acts[0][0]) if acts else None


def _filed_under(writer: Writer, figure: str) -> str | None:
    acts = writer.rows(
        "SELECT other FROM act WHERE figure_id = ? AND kind = 'file' ORDER BY key DESC LIMIT 1", bytes.fromhex(figure)
    )
    if acts:
        return str(acts[0][0])
    at_first = writer.rows(
        "SELECT event.name FROM figure JOIN event ON event.key = figure.event WHERE figure.id = ?",
        bytes.fromhex(figure),
    )
    return str(at_first[0][0]) if at_first else None


def file_under(store: Store, event: str, figures: Sequence[str]) -> int:
    """
    File figures (whole ids) under an event, in one transaction; returns how many were newly filed there.

    Raises:
        UnknownRecord: nobody made the event.
    """
    with store.writing() as writer:
        writer.event(event)
        return sum(record_act(writer, "file", figure, other=event) for figure in figures)


def correct(store: Store, figure: str, correction: Recording, *, reason: str, by: str | None = None) -> Recorded:
    """
    Record what the document really says, and that it stands in place of a figure that was misread.

    Args:
        correction: the same document and reading, with the one corrected figure.
    Raises:
        InvalidRecord: the correction says the same as the figure, or the figure was corrected before.
    """
    with store.writing() as writer:
        earlier = writer.rows("SELECT other FROM act WHERE figure_id = ? AND kind = 'correct'", bytes.fromhex(figure))
        recorded = record_document(writer, correction)
        corrected = next(recorded.figure_ids())
        if corrected == figure:
            raise InvalidRecord(f"figure {figure[:12]} already says that: give at least one field that differs")
        if earlier and earlier[0][0] != corrected:
            raise InvalidRecord(f"figure {figure[:12]} was corrected before, to {earlier[0][0][:12]}: correct that one")
        record_act(writer, "correct", figure, other=corrected, reason=reason, by=by)
    return recorded
