"""Verification: a sound store is said to be sound, and whatever is bent, moved or taken away is named."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from db.acts import act, correct, review
from db.checkpoints import checkpoint, consistency_proof, inclusion_proof
from db.deletions import record_deletion
from db.errors import SnapshotMissing
from db.ledger import extends, includes, leaf_hash
from db.records import Alias, Event, Evidence, Hold, Method, Reading, Snapshot, Source, SourceLink
from db.store import Store
from db.tables import APPEND_ONLY
from db.verify import Verification, verify
from db.watches import Visited

Make = Callable[..., Any]
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


LONG = " ".join(f"word{place}" for place in range(60))


def read_nothing(_snapshot: Snapshot) -> bytes:
    return b""


def stands(_snapshot: Snapshot, _locator: str, _quote: str) -> bool:
    return True


def verified(store: Store) -> Verification:
    return verify(store, read_nothing, stands)


@pytest.fixture
def filled(store: Store, make_figure: Make, make_recording: Make) -> Store:
    """A store with at least one record of every kind."""
    with store.writing() as writer:
        writer.add_event(Event(name="A war", aliases=("The war", "That war")))
        writer.add_event(Event(name="An attack", within="A war", from_day=date(2023, 10, 7)))
        writer.add_event(Event(name="A war", aliases=("A later name",)))
        writer.fact(
            Method(source="A ministry", from_day=date(2023, 10, 7), text="counts bodies", criteria=("off_duty",))
        )
        writer.fact(SourceLink(source="A spokesman", kind="speaks_for", target="A ministry"))
        writer.add_source(
            Source(
                name="A bureau",
                aliases=(Alias(name="B"), Alias(name="A", language="fr"), Alias(name="Z", language="en")),
            )
        )
        writer.add_source(Source(name="A bureau", aliases=(Alias(name="C"),)))
    hold = Hold("future", "the day lies ahead")
    article = make_recording(make_figure(event="A war"), make_figure(3, part_of=0), holds={1: hold})
    data = make_figure(
        30, evidence=Evidence(quote="killed: 30", locator="/0/killed", row_key="date=2023-10-16 killed", zone="table")
    )
    recorded = store.record(_with_text(article, "2,808 people killed, it was reported."))
    store.record(_with_text(article, "2,808 people killed, it was reported.", sha256="cd" * 32))
    store.record(make_recording(data, address="https://data.example/daily", reading=Reading(reader_version="data-1")))
    act(store, "retract", next(recorded.figure_ids()), by="The Invented Courier", reason="withdrawn")
    for number in (1, 2):
        store.record(make_recording(address=f"https://copies.example/{number}", text=LONG, sha256="ef" * 32))
    assert record_deletion(store, Visited("https://copies.example/2", 200, None, None, None, NOON, NOON), 410, NOON)
    review(store, "accept", [list(recorded.figure_ids())[1]], by="An editor", reason="it stands so")
    correct(
        store,
        list(recorded.figure_ids())[1],
        _with_text(make_recording(make_figure(2808, modality="claimed")), ""),
        reason="misread",
    )
    return store


def _with_text(recording: Any, words: str, sha256: str = "ab" * 32) -> Any:
    from dataclasses import replace

    figures = [
        (figure.model_copy(update={"evidence": Evidence(quote="2,808 people killed", start=0, end=19)}), hold)
        for figure, hold in recording.figures
    ]
    snapshot = recording.snapshot.model_copy(update={"sha256": sha256})
    reading = recording.reading.model_copy(update={"text": words or "2,808 people killed, it was reported."})
    return replace(recording, figures=figures, snapshot=snapshot, reading=reading)


def test_a_sound_store_is_found_sound_and_everything_in_it_was_checked(filled: Store) -> None:
    found = verified(filled)
    assert (found.altered, found.missing) == ([], [])
    assert found.is_sound
    assert found.checked["figures"] == 4
    assert found.checked["documents"] == 4
    assert found.checked["quotes"] == 4
    assert found.checked["sightings"] == 2
    assert found.checked["snapshots"] == 5
    assert found.checked["sketches"] == 64
    assert found.checked["acts"] == 3
    now = checkpoint(filled)
    assert (found.checkpoint.size, found.checkpoint.root) == (now.size, now.root)


def test_an_empty_store_is_sound(store: Store) -> None:
    assert verified(store).is_sound


def tampered(store: Store, *statements: str) -> Verification:
    """Change the store behind its guards, as somebody with the file in hand could."""
    raw = store.engine.raw_connection()
    cursor = raw.cursor()
    if store.engine.dialect.name == "sqlite":
        guards = [f"{table}_refuses_{guard}" for table in APPEND_ONLY for guard in ("update", "delete", "replace")]
        before = ["PRAGMA foreign_keys = OFF", *(f"DROP TRIGGER IF EXISTS {guard}" for guard in guards)]
        after = "PRAGMA foreign_keys = ON"
    else:
        before, after = ["SET session_replication_role = replica"], "SET session_replication_role = DEFAULT"
    for statement in (*before, *statements, after):
        cursor.execute(statement)
    raw.commit()
    raw.close()
    return verified(store)


def test_a_figure_whose_line_is_gone_is_named(filled: Store) -> None:
    found = tampered(filled, "DELETE FROM line WHERE definition = (SELECT definition FROM figure WHERE key = 1)")
    assert [fault.what for fault in found.missing] == ["line"] * len(found.missing)
    assert found.missing
    assert "no claim finds it" in found.missing[0].why


@pytest.mark.parametrize(
    ("statement", "what", "why"),
    [
        ("UPDATE figure SET best = 2809 WHERE key = 1", "figure", "columns do not give its id"),
        ("UPDATE figure SET published = '2023-10-01' WHERE key = 1", "figure", "columns do not give its id"),
        ("UPDATE figure SET quote = 'x' WHERE key = 1", "figure", "columns do not give its id"),
        ("UPDATE figure SET start_at = 1 WHERE key = 1", "quote", "do not stand"),
        ("UPDATE figure SET doubts = '[\"none\"]' WHERE key = 1", "document", "a doubt, link"),
        ("UPDATE figure SET part_of = NULL WHERE key = 2", "document", "a doubt, link"),
        ("UPDATE figure SET event = 2 WHERE key = 1", "document", "a doubt, link"),
        ("UPDATE figure SET authority = NULL WHERE key = 1", "figure", "authority"),
        ("UPDATE figure SET document = document + 1 WHERE key = 1", "figure", "another document or reading"),
        ("UPDATE figure SET reading = 999 WHERE key = 1", "figure", "another document or reading"),
        ("UPDATE definition SET outcome = 'injured'", "definition", "facets"),
        ("UPDATE chain SET issuer = 'Another'", "chain", "names"),
        ("UPDATE entry SET leaf = body WHERE seq = 1", "entry", "leaf hash"),
        ("UPDATE entry SET kind = 'other' WHERE seq = 1", "entry", "columns differ"),
        ("UPDATE node SET hash = (SELECT leaf FROM entry WHERE seq = 1)", "node", "hash"),
        ("UPDATE source SET kind = 'ngo' WHERE name = 'A bureau'", "source", "row differs"),
        ("UPDATE source_alias SET name = 'D' WHERE name = 'C'", "alias", "row differs"),
        ("UPDATE source_link SET kind = 'part_of'", "source_link", "row differs"),
        ("UPDATE method SET text = 'another'", "method", "row differs"),
        ("UPDATE event SET within = NULL WHERE name = 'An attack'", "event", "row differs"),
        ("UPDATE event_alias SET name = 'x' WHERE name = 'A later name'", "event_alias", "row differs"),
        ("UPDATE act SET reason = 'x' WHERE kind = 'retract'", "retract", "row differs"),
        ("UPDATE held SET reason = 'x'", "held", "differs from its entry"),
        ("UPDATE document SET address = 'https://x.example/'", "document", "row differs"),
        ("UPDATE snapshot SET size = 11", "snapshot", "row differs"),
        ("UPDATE reading SET title = 'x'", "reading", "row differs"),
        ("UPDATE text SET body = sha256", "text", "SHA-256"),
        ("UPDATE deletion SET status = 404", "deletion", "row differs"),
        ("UPDATE deletion SET seen_at = '2024-01-01T12:00:01.000000+00:00'", "deletion", "row differs"),
        ("UPDATE deletion SET document = 1", "deletion", "row differs"),
        ("UPDATE copy SET resemblance = 990000", "copy", "row differs"),
        ("UPDATE copy SET other = 1", "copy", "row differs"),
        ("INSERT INTO sketch VALUES (1, 1, 1)", "sketch", "follow from no text"),
        ("UPDATE sighting SET figure_id = (SELECT sha256 FROM text LIMIT 1) WHERE place = 0", "sighting", "differ"),
        ("INSERT INTO event_alias SELECT event, 'y', 1 + 0 * entry FROM event_alias LIMIT 1", "event", "row differs"),
    ],
)  # fmt: skip
def test_whatever_was_altered_is_named(filled: Store, statement: str, what: str, why: str) -> None:
    found = tampered(filled, statement)
    assert not found.is_sound
    assert any(fault.what == what and why in fault.why for fault in found.altered), found.altered


@pytest.mark.parametrize(
    ("statement", "what", "why"),
    [
        ("DELETE FROM figure WHERE key = 2", "figure", "are gone"),
        ("DELETE FROM figure WHERE key = 1", "figure", "subject of an act"),
        ("DELETE FROM figure", "figure", "are gone"),
        ("UPDATE figure SET definition = 999 WHERE key = 1", "definition", "no longer recorded"),
        ("DELETE FROM chain", "chain", "no longer recorded"),
        ("DELETE FROM entry WHERE seq = 1", "entry", "place in the ledger is empty"),
        ("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)", "entry", "cut off"),
        ("DELETE FROM act WHERE kind = 'retract'", "retract", "row is gone"),
        ("DELETE FROM held", "held", "no longer recorded"),
        ("DELETE FROM sighting WHERE place = 1", "sighting", "gone"),
        ("DELETE FROM deletion", "deletion", "row is gone"),
        ("DELETE FROM copy", "copy", "row is gone"),
        ("DELETE FROM sketch WHERE document = 4", "sketch", "copies of this document would not be found"),
        ("UPDATE sketch SET reading = 99", "sketch", "copies of this document would not be found"),
        ("DELETE FROM document", "document", "rows are gone"),
    ],
)
def test_whatever_is_missing_is_named(filled: Store, statement: str, what: str, why: str) -> None:
    found = tampered(filled, statement)
    assert any(fault.what == what and why in fault.why for fault in found.missing), found.missing


def test_a_row_that_no_entry_vouches_for_is_named(filled: Store) -> None:
    columns = "kind, figure_id, other, by_whom, on_day, reason, recorded_at"
    copied = f"SELECT 9, (SELECT sha256 FROM text LIMIT 1), 99, {columns} FROM act WHERE key = 1"
    found = tampered(filled, f"INSERT INTO act (key, id, entry, {columns}) {copied}")
    assert [fault.why for fault in found.altered] == ["the entry that it names does not vouch for it"]


def test_a_figure_added_without_an_entry_is_named(filled: Store) -> None:
    from db.rows import FIGURE_COLUMNS

    names = ", ".join(name for name in FIGURE_COLUMNS if name not in ("key", "id", "entry"))
    copied = f"SELECT 99, (SELECT sha256 FROM text LIMIT 1), 99, {names} FROM figure WHERE key = 1"
    found = tampered(filled, f"INSERT INTO figure (key, id, entry, {names}) {copied}")
    assert any(fault.why == "no entry of the ledger vouches for it" for fault in found.altered)


def test_bytes_that_the_archive_lacks_are_named_once_and_their_values_are_not_called_altered(filled: Store) -> None:
    def lost(snapshot: Snapshot) -> bytes:
        raise SnapshotMissing(f"snapshot {snapshot.sha256[:12]} is not in the archive")

    def unreadable(snapshot: Snapshot, _locator: str, _quote: str) -> bool:
        lost(snapshot)
        return True

    found = verify(filled, lost, unreadable)
    assert {fault.what for fault in found.missing} == {"snapshot"}
    assert len(found.missing) == 5
    assert found.altered == []


def test_a_data_value_that_no_longer_stands_at_its_locator_is_named(filled: Store) -> None:
    found = verify(
        filled, read_nothing, lambda _snapshot, locator, quote: (locator, quote) != ("/0/killed", "killed: 30")
    )
    assert [fault.what for fault in found.altered] == ["quote"]


def test_progress_is_told_while_figures_are_checked(store: Store, make_figure: Make, make_recording: Make) -> None:
    figures = [make_figure(number, evidence=Evidence(quote="people killed")) for number in range(5001)]
    store.record(make_recording(*figures, text="many people killed"))
    told: list[int] = []
    assert verify(store, read_nothing, stands, on_progress=told.append).is_sound
    assert told == [5000]


def test_proofs_tie_every_entry_and_every_older_checkpoint_to_the_ledger(filled: Store) -> None:
    now = checkpoint(filled)
    root = bytes.fromhex(now.root)
    with filled.reading() as connection:
        leaves = [leaf_hash(bytes(body)) for (body,) in connection.execute(text("SELECT body FROM entry ORDER BY seq"))]
    assert len(leaves) == now.size
    for entry, leaf in enumerate(leaves, start=1):
        assert includes(leaf, entry - 1, now.size, inclusion_proof(filled, entry), root)
    from db.ledger import root_of

    for first in range(now.size + 1):
        assert extends(first, root_of(leaves[:first]), now.size, root, consistency_proof(filled, first))
    with pytest.raises(IndexError):
        inclusion_proof(filled, now.size + 1)
