"""Documents with nearly the same text are put on the record when the later is recorded, once, and both are named."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.canonical import content_id
from db.copies import MOST_COMPARED, MOST_DOCUMENTS
from db.copying import copy_rows
from db.documents import about_documents, text_groups
from db.find import find_figures
from db.known import counts
from db.records import Document, Reading
from db.schema import CURRENT, upgrade
from db.store import Recorded, Store
from db.verify import verify

Make = Callable[..., Any]
LONG = " ".join(f"word{place}" for place in range(120))
OTHER = " ".join(f"sign{place}" for place in range(120))


@pytest.fixture
def print_text(store: Store, make_recording: Make) -> Callable[..., Recorded]:
    """`print_text("wire", LONG)`: a document of that host with this text."""

    def record(host: str, words: str, *, published: date | None = None, sha256: str = "ab" * 32) -> Recorded:
        document = Document(address=f"https://{host}.example/", publisher=f"The Fictional {host}", published=published)
        reading = Reading(reader_version=f"read-{sha256[:2]}", text=words)
        return store.record(make_recording(document=document, reading=reading, sha256=sha256))

    return record


Print = Callable[..., Recorded]


def identifier(host: str) -> str:
    return content_id({"address": f"https://{host}.example/"}).hex()


def about(store: Store, host: str, as_recorded_on: datetime | None = None) -> Any:
    return about_documents(store, [identifier(host)], as_recorded_on).get(identifier(host))


def sound(store: Store) -> bool:
    return verify(store, lambda _snapshot: b"", lambda *_: True).is_sound


def test_a_copy_names_the_earlier_document_and_how_nearly_it_is_the_same(store: Store, print_text: Print) -> None:
    assert print_text("wire", LONG).copies == []
    (copy,) = print_text("gazette", f"A headline of its own {LONG}").copies
    assert (copy.other, copy.address) == (identifier("wire"), "https://wire.example/")
    assert copy.likeness.resemblance == 116 * 1_000_000 // 121
    assert copy.likeness.containment == 1_000_000
    alike = about(store, "gazette").same_text
    assert (alike.document, alike.publisher, alike.likeness) == (
        identifier("wire"),
        "The Fictional wire",
        copy.likeness,
    )
    assert (about(store, "wire").same_text, about(store, "wire").copies) == (None, 1)
    assert sound(store)


def test_recording_again_and_reading_again_change_nothing(store: Store, print_text: Print) -> None:
    print_text("wire", LONG)
    print_text("gazette", LONG)
    before = counts(store)
    assert print_text("gazette", LONG).copies == []
    assert counts(store) == before
    assert print_text("wire", LONG, sha256="cd" * 32).copies == []
    assert counts(store)["copy"] == 1
    assert sound(store)


def test_later_snapshots_of_a_document_are_no_copies_of_it(store: Store, print_text: Print) -> None:
    print_text("wire", LONG)
    assert print_text("wire", f"{LONG} and more", sha256="cd" * 32).copies == []
    assert about(store, "wire") is None


def test_a_later_snapshot_may_become_like_another_document(store: Store, print_text: Print) -> None:
    print_text("wire", LONG)
    print_text("gazette", OTHER)
    (copy,) = print_text("gazette", LONG, sha256="cd" * 32).copies
    assert copy.other == identifier("wire")
    assert sound(store)


def test_a_copy_of_a_later_edition_of_a_page_is_found(store: Store, print_text: Print) -> None:
    for edition, toll in enumerate((40, 41, 42)):
        print_text("live", f"{toll} people died. {LONG}", sha256=f"{edition:02}" * 32)
    assert [copy.other for copy in print_text("gazette", f"42 people died. {LONG}").copies] == [identifier("live")]
    assert [copy.other for copy in print_text("courier", f"40 people died. {LONG}").copies] == [identifier("live")]
    assert print_text("herald", f"43 people died. {LONG}").copies == []


def test_a_text_like_no_other_and_a_reading_without_text_leave_nothing(store: Store, print_text: Print) -> None:
    print_text("wire", LONG)
    assert print_text("gazette", OTHER).copies == []
    assert about(store, "gazette") is None


def test_the_document_that_was_published_first_is_the_one_that_others_are_like(store: Store, print_text: Print) -> None:
    print_text("gazette", LONG, published=date(2024, 3, 2))
    print_text("courier", LONG)
    print_text("wire", LONG, published=date(2024, 3, 1))
    assert about(store, "gazette").same_text.document == identifier("wire")
    assert about(store, "courier").same_text.document == identifier("wire")
    assert (about(store, "wire").same_text, about(store, "wire").copies) == (None, 2)
    assert about(store, "courier").same_text.published == date(2024, 3, 1)


def test_many_copies_of_one_text_stay_one_group(store: Store, print_text: Print) -> None:
    for number in range(MOST_DOCUMENTS + 8):
        found = print_text(f"outlet-{number}", LONG).copies
        assert len(found) == min(number, MOST_COMPARED)
    last = about(store, f"outlet-{MOST_DOCUMENTS + 7}")
    assert last.same_text.document == identifier("outlet-0")
    with store.reading() as connection:
        groups = text_groups(connection)
    assert len(groups) == MOST_DOCUMENTS + 8
    assert len(set(groups.values())) == 1
    assert sound(store)


def test_a_copy_is_found_among_many_bulletins_that_share_their_words(store: Store, print_text: Print) -> None:
    words = LONG.split()

    def bulletin(day: int) -> str:
        return " ".join(str(1000 * place + day) if place % 10 == 0 else word for place, word in enumerate(words))

    for day in range(MOST_DOCUMENTS + 9):
        assert print_text(f"office-{day}", bulletin(day)).copies == []
    (copy,) = print_text("gazette", bulletin(MOST_DOCUMENTS + 5)).copies
    assert copy.other == identifier(f"office-{MOST_DOCUMENTS + 5}")
    assert sound(store)


def test_a_copy_is_found_though_most_of_its_words_stand_in_many_documents(store: Store, print_text: Print) -> None:
    def bulletin(day: int) -> str:
        return " ".join([*LONG.split()[:60], *(f"of{day}and{place}" for place in range(30))])

    for day in range(MOST_DOCUMENTS + 9):
        assert print_text(f"office-{day}", bulletin(day)).copies == []
    other_words = [f"region{place}" for place in range(12)]
    (copy,) = print_text("gazette", " ".join([*other_words, bulletin(MOST_DOCUMENTS + 8)])).copies
    assert copy.other == identifier(f"office-{MOST_DOCUMENTS + 8}")


def test_figures_in_copies_share_a_mark_and_others_have_none(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    for number, words in enumerate((LONG, LONG, OTHER)):
        figure = make_figure(40 + number)
        address, told = f"https://{number}.example/", f"{figure.evidence.quote} {words}"
        store.record(make_recording(figure, address=address, text=told.replace("41", "40")))
    first, second, third = sorted(find_figures(store), key=lambda one: one.address or "")
    assert first.same_text == second.same_text is not None
    assert third.same_text is None


def test_what_was_not_recorded_yet_is_not_told(store: Store, print_text: Print) -> None:
    print_text("wire", LONG)
    print_text("gazette", LONG)
    before = datetime(2024, 1, 1, tzinfo=UTC)
    assert about(store, "gazette", before) is None
    assert about(store, "gazette", datetime(2025, 1, 1, tzinfo=UTC)) is not None
    with store.reading() as connection:
        assert text_groups(connection, before) == {}


def test_a_backup_finds_copies_as_the_store_does(
    store: Store, print_text: Print, make_recording: Make, tmp_path: Any
) -> None:
    print_text("wire", LONG)
    print_text("gazette", LONG)
    with Store(f"sqlite:///{tmp_path / 'backup.db'}") as backup:
        copy_rows(store, backup)
        assert sound(backup)
        assert about(backup, "gazette") == about(store, "gazette")
        document = Document(address="https://courier.example/")
        reading = Reading(reader_version="r", text=LONG)
        assert len(backup.record(make_recording(document=document, reading=reading)).copies) == 2


def test_a_store_from_before_texts_were_compared_is_compared_when_it_is_upgraded(
    store: Store, print_text: Print, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr("db.store.record_copies", lambda *_: [])
        for host, words in (("wire", LONG), ("gazette", LONG), ("courier", OTHER)):
            print_text(host, words)
    _as_before(store)
    assert upgrade(store.engine) == ("0004", CURRENT)
    assert about(store, "gazette").same_text.document == identifier("wire")
    assert about(store, "courier") is None
    assert sound(store)


def _as_before(store: Store) -> None:
    """The schema as version 0004 left it."""
    raw = store.engine.raw_connection()
    cursor = raw.cursor()
    for statement in (
        "DROP TABLE copy",
        "DROP TABLE deletion",
        "DROP TABLE sketch",
        "DROP INDEX ix_visited_document",
        "ALTER TABLE visited DROP COLUMN document",
        "DROP TABLE notice",
        *(f"ALTER TABLE watch DROP COLUMN notice_{name}" for name in ("outcome", "group", "status", "place", "event")),
        "ALTER TABLE run DROP COLUMN ledger_size",
        "ALTER TABLE watch DROP COLUMN planned_at",
        "ALTER TABLE host DROP COLUMN taken_at",
        "UPDATE alembic_version SET version_num = '0004'",
    ):
        cursor.execute(statement)
    raw.commit()
    raw.close()
