"""The snapshots of documents as the store knows them: when retrieved, of which type, by whom read."""

from collections.abc import Callable
from datetime import UTC, datetime

from db.known import kept_snapshots
from db.records import Document, Figure, Reading, Recording, Snapshot
from db.store import Store

MakeFigure = Callable[..., Figure]
MakeRecording = Callable[..., Recording]
ADDRESS = "https://courier.example/news/1"
ID = Document(address=ADDRESS).id.hex()


def snapshot(digit: str, day: int) -> Snapshot:
    return Snapshot(
        sha256=digit * 64,
        size=10 * day,
        retrieved_at=datetime(2024, 1, day, 12, 30, tzinfo=UTC),
        status=200,
        media_type="text/html",
        warc_file="a.warc.gz",
        warc_offset=0,
        warc_length=10,
    )


def test_snapshots_come_in_the_order_of_retrieval_with_what_is_known_of_them(
    store: Store, make_figure: MakeFigure, make_recording: MakeRecording
) -> None:
    for digit, day in (("b", 2), ("a", 3)):
        store.record(make_recording(make_figure(day), snapshot=snapshot(digit, day)))
    first, second = kept_snapshots(store, [ID])
    assert (first.sha256, second.sha256) == ("b" * 64, "a" * 64)
    assert first.retrieved_at == datetime(2024, 1, 2, 12, 30, tzinfo=UTC)
    assert (first.document, first.size, first.status, first.media_type) == (ID, 20, 200, "text/html")
    assert first.readers == ("read-1",)
    assert first.language is None


def test_a_snapshot_read_again_names_each_reader_once_and_the_last_language(
    store: Store, make_figure: MakeFigure, make_recording: MakeRecording
) -> None:
    for version, language in (("read-1", "fr"), ("read-2", "ar"), ("read-3", None)):
        reading = Reading(reader_version=version, text="2,808 people killed, it was reported.", language=language)
        store.record(make_recording(make_figure(), snapshot=snapshot("a", 1), reading=reading))
    (kept,) = kept_snapshots(store, [ID])
    assert kept.readers == ("read-1", "read-2", "read-3")
    assert kept.language == "ar"


def test_only_the_documents_asked_for_are_told(
    store: Store, make_figure: MakeFigure, make_recording: MakeRecording
) -> None:
    for number in range(3):
        store.record(make_recording(make_figure(number), address=f"https://courier.example/{number}"))
    wanted = Document(address="https://courier.example/1").id.hex()
    assert [one.document for one in kept_snapshots(store, [wanted])] == [wanted]
    assert kept_snapshots(store, []) == []


def test_more_documents_than_one_statement_takes_are_asked_for_in_several(
    store: Store, make_figure: MakeFigure, make_recording: MakeRecording
) -> None:
    store.record(make_recording(make_figure()))
    others = [f"{number:064x}" for number in range(600)]
    assert [one.document for one in kept_snapshots(store, [*others, ID])] == [ID]
