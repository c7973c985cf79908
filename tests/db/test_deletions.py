"""That an address answers that nothing is there is put on the record once for each time, and nothing says why."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from db.deletions import record_deletion
from db.documents import about_documents, seen
from db.known import counts
from db.records import Document, Snapshot
from db.store import Store
from db.watches import Visited, keep_visited

Make = Callable[..., Any]
NOON = datetime(2024, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADDRESS = "https://courier.example/news/1"
DOCUMENT = Document(address=ADDRESS)


def visited(address: str = ADDRESS, *, last_seen: datetime = NOON, document: bytes | None = None) -> Visited:
    return Visited(address, 200, None, None, b"\xab" * 32, NOON, last_seen, document)


def deletions(store: Store, as_recorded_on: datetime | None = None) -> Any:
    found = about_documents(store, [DOCUMENT.id.hex()], as_recorded_on).get(DOCUMENT.id.hex())
    return found.deletions if found else ()


def snapshot(at: datetime, sha256: str = "ab" * 32) -> Snapshot:
    return Snapshot(sha256=sha256, size=1, retrieved_at=at, warc_file="x", warc_offset=0, warc_length=1)


def test_each_disappearance_is_recorded_once(store: Store, make_recording: Make) -> None:
    store.record(make_recording())
    assert record_deletion(store, visited(), 410, NOON + HOUR)
    assert not record_deletion(store, visited(), 410, NOON + 2 * HOUR)  # a visit that was begun again
    assert record_deletion(store, visited(last_seen=NOON + 3 * HOUR), 404, NOON + 4 * HOUR)
    first, second = deletions(store)
    assert (first.address, first.status, first.seen_at) == (ADDRESS, 410, NOON + HOUR)
    assert (second.status, second.seen_at) == (404, NOON + 4 * HOUR)
    assert counts(store)["deletion"] == 2


def test_an_address_that_gave_no_recorded_document_leaves_nothing(store: Store) -> None:
    before = counts(store)
    assert not record_deletion(store, visited("https://elsewhere.example/"), 404, NOON)
    assert counts(store) == before


def test_an_address_leads_to_the_document_that_it_gave_under_another_address(
    store: Store, make_recording: Make
) -> None:
    store.record(make_recording())
    fetched = visited("https://courier.example/amp/1", document=DOCUMENT.id)
    assert record_deletion(store, fetched, 410, NOON + HOUR)
    (deletion,) = deletions(store)
    assert deletion.address == "https://courier.example/amp/1"


def test_a_document_is_said_to_be_seen_again_only_where_that_is_recorded(store: Store, make_recording: Make) -> None:
    store.record(make_recording(snapshot=snapshot(NOON)))
    keep_visited(store, visited())
    record_deletion(store, visited(), 410, NOON + HOUR)
    assert deletions(store)[0].seen_again is None
    keep_visited(store, visited(last_seen=NOON + 9 * HOUR))
    assert deletions(store)[0].seen_again == NOON + 9 * HOUR
    store.record(make_recording(snapshot=snapshot(NOON + 5 * HOUR, "cd" * 32)))
    assert deletions(store)[0].seen_again == NOON + 5 * HOUR


def test_what_was_not_recorded_yet_is_not_told(store: Store, make_recording: Make) -> None:
    store.record(make_recording())
    record_deletion(store, visited(), 410, NOON + HOUR)
    assert deletions(store, datetime(2023, 12, 31, tzinfo=UTC)) == ()
    assert len(deletions(store, datetime(2025, 1, 1, tzinfo=UTC))) == 1


def test_a_figure_is_seen_from_its_first_snapshot_to_its_last(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    recorded = store.record(make_recording(make_figure(), snapshot=snapshot(NOON)))
    (figure,) = recorded.figure_ids()
    assert (seen(store, figure).first, seen(store, figure).last) == (NOON, NOON)
    store.record(make_recording(make_figure(), snapshot=snapshot(NOON + HOUR, "cd" * 32)))
    assert (seen(store, figure).first, seen(store, figure).last) == (NOON, NOON + HOUR)
    store.record(make_recording(make_figure(9), snapshot=snapshot(NOON + 2 * HOUR, "ef" * 32)))
    assert seen(store, figure).last == NOON + HOUR


def test_visits_that_find_the_same_bytes_move_the_day_on_which_a_figure_was_last_seen(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    recorded = store.record(make_recording(make_figure(), snapshot=snapshot(NOON)))
    (figure,) = recorded.figure_ids()
    keep_visited(store, visited(last_seen=NOON + 7 * HOUR, document=DOCUMENT.id))
    assert seen(store, figure).last == NOON + 7 * HOUR
    keep_visited(store, visited(last_seen=NOON + 8 * HOUR))  # the document that is known stays
    assert seen(store, figure).last == NOON + 8 * HOUR
    other = Visited(ADDRESS, 200, None, None, b"\xcd" * 32, NOON, NOON + 9 * HOUR, DOCUMENT.id)
    keep_visited(store, other)
    assert seen(store, figure).last == NOON
