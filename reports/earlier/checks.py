"""What a report made earlier shows by itself: its ids recomputed, its quotes read, its entries proved in the ledger."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from db.acts import state_after
from db.canonical import content_id
from db.identity import figure_id, particulars_bytes
from db.ledger import includes, leaf_hash, root_with
from db.proofs import EntryProof
from db.records import Act, RecordedFigure
from db.rows import figure_particulars, identity_of
from db.verify import Verification
from reports.earlier.report import EarlierReport
from reports.figure_json import instant_text

Json = Mapping[str, Any]


def check_report(report: EarlierReport, found: Verification) -> None:
    """Add to `found` what was checked in the report alone, and every fault."""
    by_id = {one.id: one for one in report.figures}
    _check_figures(report, found)
    _check_references(report, by_id, found)
    proved = _check_entries(report, by_id, found)
    for figure in by_id.keys() - proved:
        found.is_missing("proof", figure, "no entry of the ledger that the report carries vouches for this figure")


def _check_figures(report: EarlierReport, found: Verification) -> None:
    for identifier, number in Counter(one.id for one in report.figures).items():
        if number > 1:
            found.is_altered("figure", identifier, "it stands in the report more than once")
    for one in report.figures:
        found.count("figures")
        if figure_id(identity_of(one.figure, one.document, one.nth)).hex() != one.id:
            found.is_altered("figure", one.id, "its content does not give its id")
        if why := quote_fault(one.figure.evidence.quote, _number_words(one)):
            found.is_altered("quote", one.id, why)
        if one.state != state_after(one.acts, is_held=one.hold is not None):
            found.is_altered("figure", one.id, "its state is not what was done about it")


def quote_fault(quote: str, number: str) -> str | None:
    """Why a quote cannot carry a number in these words; None where it can."""
    return None if number in quote else f"its words do not hold the number {number!r}"


def _number_words(one: RecordedFigure) -> str:
    number = one.figure.count or one.figure.share
    assert number is not None  # noqa: S101 - a shape holds one or the other
    return number.text


def _check_references(report: EarlierReport, by_id: Mapping[str, RecordedFigure], found: Verification) -> None:
    for figure in report.referred - by_id.keys():
        found.is_missing("figure", figure, "the report names it and does not hold it")
    of_document: dict[str, list[RecordedFigure]] = defaultdict(list)
    for one in report.figures:
        of_document[one.document].append(one)
    for document in report.documents:
        found.count("documents")
        members = of_document.pop(document.id, [])
        if document.address and content_id({"address": document.address}).hex() != document.id:
            found.is_altered("document", document.id, "its address does not give its id")
        told = {(one.address, one.title, one.figure.publisher) for one in members[:1]}
        if told != {(document.address, document.title, document.publisher)}:
            found.is_altered("document", document.id, "its figures name it otherwise")
        if set(document.snapshots) != {f"sha256:{one.snapshot}" for one in members}:
            found.is_altered("document", document.id, "its snapshots are not those of its figures")
    for lost in of_document:
        found.is_missing("document", lost, "figures stand in it, and the report does not list it")


def _check_entries(report: EarlierReport, by_id: Mapping[str, RecordedFigure], found: Verification) -> set[str]:
    """Check each entry that the report carries; gives the figures that one of them vouches for."""
    proved: set[str] = set()
    acts: dict[str, Act] = {act.id: act for one in report.figures for act in one.acts}
    for proof in report.proofs:
        found.count("entries")
        if not _is_in_ledger(proof, report):
            found.is_altered("entry", str(proof.entry), "its bytes and path do not lead to the report's Merkle root")
            continue
        try:
            body = json.loads(proof.body)
            if body["kind"] == "document":
                proved |= _check_document(proof, body, by_id, found)
            else:
                _check_act(proof, body, acts, found)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # whoever made the tree made it so
            found.is_altered("entry", str(proof.entry), "its bytes are no entry of a ledger of ours")
    for act in acts.values():
        found.is_missing("proof", act.id, f"no entry that the report carries vouches for this act ({act.kind})")
    return proved


def _is_in_ledger(proof: EntryProof, report: EarlierReport) -> bool:
    size, root = report.checkpoint.size, bytes.fromhex(report.checkpoint.root)
    return includes(leaf_hash(proof.body), proof.entry - 1, size, proof.path, root)


def _check_document(
    proof: EntryProof, body: Json, by_id: Mapping[str, RecordedFigure], found: Verification
) -> set[str]:
    """Hold the figures of one entry to what its bytes say; gives their ids where it vouches for them."""
    cited = {place: leaf_hash(bytes.fromhex(figure)) for place, figure, _ in proof.figures}
    root = root_with(cited, body["figures"]["count"], proof.stretches)
    if root is None or root.hex() != body["figures"]["root"]:
        found.is_altered("entry", str(proof.entry), "the figures named with it are not those that it vouches for")
        return set()
    members = [(by_id[figure], event) for _, figure, event in proof.figures if figure in by_id]
    for one, _ in members:
        for what, told, vouched in _facts(one, body):
            if told != vouched:
                found.is_altered("figure", one.id, f"its {what} is not what entry {proof.entry} says")
    if len(members) == body["figures"]["count"] and _particulars(members) != body["figures"]["particulars"]:
        why = "the sources, doubts, offsets or neighbouring words of its figures are not those that were recorded"
        found.is_altered("entry", str(proof.entry), why)
    return {figure for _, figure, _ in proof.figures}


def _facts(one: RecordedFigure, body: Json) -> Iterable[tuple[str, Any, Any]]:
    document, held = body["document"], {hold["figure"]: hold for hold in body.get("held", ())}
    yield "document", one.document, document["id"]
    yield "address", one.address, document.get("address")
    yield "publisher", one.figure.publisher, document.get("publisher")
    yield "title", one.title, body["reading"].get("title")
    yield "snapshot", one.snapshot, body["snapshot"]["sha256"]
    yield "time of recording", instant_text(one.recorded_at), _to_the_second(body["recorded_at"])
    hold = held.get(one.id)
    yield (
        "hold",
        (one.hold.rule, one.hold.reason) if one.hold else None,
        (hold["rule"], hold["reason"]) if hold else None,
    )


def _to_the_second(instant: str) -> str:
    return instant_text(datetime.fromisoformat(instant))


def _particulars(members: Iterable[tuple[RecordedFigure, str | None]]) -> str:
    digest = hashlib.sha256()
    for one, event in members:
        digest.update(particulars_bytes(figure_particulars(one.figure, event)))
    return digest.hexdigest()


def _check_act(proof: EntryProof, body: Json, acts: dict[str, Act], found: Verification) -> None:
    """Hold an act to its entry, and take it from those that still need one."""
    content = {name: body.get(name) for name in ("act", "figure", "other", "by", "on_day", "reason")}
    numbered = content_id({**content, "number": body.get("number")}).hex()
    act = acts.pop(content_id(content).hex(), None) or acts.pop(numbered, None)
    if act is None:
        found.is_altered(
            "entry", str(proof.entry), f"the report does not hold the act ({body.get('kind')}) that it records"
        )
        return
    told = (act.kind, act.figure, act.other, act.by, act.on_day.isoformat() if act.on_day else None, act.reason)
    if told != tuple(content.values()) or instant_text(act.recorded_at) != _to_the_second(body["recorded_at"]):
        found.is_altered("act", act.id, f"it is not what entry {proof.entry} says")
