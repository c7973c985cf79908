"""Recording: once is enough, all or nothing, and the database itself refuses to change what stands."""

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from db.deletions import record_deletion
from db.errors import StoreUnavailable, UnknownRecord
from db.find import Filters, find_figures
from db.known import counts, stored_links, stored_sources
from db.records import AuthorityRule, Count, Definition, Event, Evidence, Figure, Hold, Share, Source, SourceLink
from db.store import ENTRY_FIGURES, Store
from db.tables import APPEND_ONLY
from db.watches import Visited
from db.writer import SourceFacts

Make = Callable[..., Any]
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def test_a_recorded_figure_reads_back_as_it_was_given(store: Store, make_figure: Make, make_recording: Make) -> None:
    figure = make_figure(
        doubts=("outcome_ambiguous: may mean killed, or killed and injured",), as_of_time="18:00+03:00"
    )
    recorded = store.record(make_recording(figure))
    (found,) = find_figures(store)
    assert found.figure == figure
    assert found.state == "recorded"
    assert [found.id] == list(recorded.figure_ids())
    assert (recorded.documents, recorded.snapshots, recorded.new, recorded.unchanged) == (1, 1, 1, 0)


def test_recording_twice_is_recording_once(store: Store, make_figure: Make, make_recording: Make) -> None:
    store.record(make_recording(make_figure(), make_figure(30)))
    before = counts(store)
    again = store.record(make_recording(make_figure(), make_figure(30)))
    assert counts(store) == before
    assert (again.documents, again.snapshots, again.new, again.unchanged) == (0, 0, 0, 2)


def test_an_id_is_the_same_in_every_store(store: Store, make_figure: Make, make_recording: Make, tmp_path: Any) -> None:
    ids = list(store.record(make_recording(make_figure())).figure_ids())
    with Store(f"sqlite:///{tmp_path / 'another.db'}") as another:
        another.record(make_recording(make_figure(7), address="https://courier.example/other"))
        assert list(another.record(make_recording(make_figure())).figure_ids()) == ids
    assert ids == ["4620b7c34ae1640c8394b54fe8a8e0c8c6158840ade5e5494cf31c57d002fb59"]  # on any machine, in any version


def test_offsets_doubts_and_resolved_names_do_not_change_an_id(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    figure = make_figure()
    moved = figure.model_copy(
        update={
            "evidence": figure.evidence.model_copy(update={"start": 9, "end": 9 + len(figure.evidence.quote)}),
            "doubts": ("issuer_ambiguous: two ministries share this name",),
            "chain": figure.chain.model_copy(update={"issuer": "Another", "authority": "Another"}),
        }
    )
    first = store.record(make_recording(figure))
    later = store.record(make_recording(moved, sha256="cd" * 32))
    assert list(first.figure_ids()) == list(later.figure_ids())
    assert (later.new, later.unchanged, later.snapshots) == (0, 1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"count": Count(low=2808, best=2808, qualifier="at_least", text="at least 2,808")},
        {"as_of": date(2023, 10, 15)},
        {"modality": "claimed"},
        {"published": None},
        {"evidence": Evidence(quote="2,808 people were killed", start=0, end=24)},
    ],
    ids=["count", "as-of", "modality", "published", "quote"],
)
def test_what_a_document_says_is_part_of_an_id(
    store: Store, make_figure: Make, make_recording: Make, change: dict[str, Any]
) -> None:
    store.record(make_recording(make_figure()))
    assert store.record(make_recording(make_figure(**change))).new == 1


def test_the_same_words_twice_in_one_document_are_two_figures(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    recorded = store.record(make_recording(make_figure(), make_figure()))
    assert recorded.new == 2
    assert len(set(recorded.figure_ids())) == 2
    assert store.record(make_recording(make_figure(), make_figure())).new == 0


def test_parts_and_earlier_values_point_at_ids_in_either_direction(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    whole, part = make_figure(1400), make_figure(286, part_of=0)
    older, newer = make_figure(40_000, earlier_value_of=3), make_figure(41_000)
    share = make_figure(count=None, share=Share(best=700_000, text="70 per cent", of=0))
    recorded = store.record(make_recording(whole, part, older, newer, share))
    ids = list(recorded.figure_ids())
    found = {figure.id: figure.figure for figure in find_figures(store)}
    assert found[ids[1]].part_of == ids[0]
    assert found[ids[2]].earlier_value_of == ids[3]
    assert found[ids[4]].share == Share(best=700_000, text="70 per cent", of=ids[0])


def test_a_document_of_many_figures_has_an_entry_for_every_ten_thousand(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    figures = [make_figure(number) for number in range(ENTRY_FIGURES + 500)]
    figures[9_899] = make_figure(9_899, part_of=9_905)  # a part that stands before its whole, across a batch
    recorded = store.record(make_recording(*figures))
    assert recorded.new == len(figures)
    with store.reading() as connection:
        sizes = connection.execute(text("SELECT count(*) FROM figure GROUP BY entry ORDER BY entry")).scalars().all()
    assert sum(sizes) == len(figures)
    assert max(sizes) <= ENTRY_FIGURES
    ids = list(recorded.figure_ids())
    part = next(figure for figure in find_figures(store) if figure.id == ids[9_899])
    assert part.figure.part_of == ids[9_905]


def test_a_document_without_figures_is_recorded_all_the_same(store: Store, make_recording: Make) -> None:
    assert store.record(make_recording()).documents == 1
    assert store.record(make_recording()).documents == 0
    assert counts(store)["entry"] == 2  # its publisher, and itself


def test_held_figures_are_kept_and_shown_only_on_request(store: Store, make_figure: Make, make_recording: Make) -> None:
    hold = Hold("low_above_high", "the low bound lies above the high bound")
    recorded = store.record(make_recording(make_figure(), make_figure(30), holds={1: hold}))
    assert recorded.held == 1
    assert [figure.figure.count.best for figure in find_figures(store) if figure.figure.count] == [2808]
    (held,) = find_figures(store, Filters(held=True))
    assert held.state == "held"
    assert held.hold == hold


def test_a_failure_in_the_middle_of_a_document_leaves_nothing_of_it(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    def broken() -> Any:
        yield make_figure(), None
        raise KeyboardInterrupt

    store.record(make_recording(make_figure(12), address="https://courier.example/before"))
    before = counts(store)
    with pytest.raises(KeyboardInterrupt):
        store.record(make_recording(make_figure(), figures=broken()))
    assert counts(store) == before
    assert store.record(make_recording(make_figure())).new == 1


def test_a_figure_cannot_be_filed_under_an_event_that_nobody_made(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    with pytest.raises(UnknownRecord, match="events add"):
        store.record(make_recording(make_figure(event="A war")))
    with store.writing() as writer:
        writer.add_event(Event(name="A war"))
    store.record(make_recording(make_figure(event="A war")))
    assert find_figures(store)[0].figure.event == "A war"


def test_a_source_is_recorded_with_what_is_known_of_it_when_it_is_first_named(
    store_url: str, make_figure: Make, make_recording: Make
) -> None:
    ministry = Source(name="Gaza Ministry of Health", kind="health_ministry", country="PS")
    link = SourceLink(source=ministry.name, kind="part_of", target="A government")
    rule = AuthorityRule(source=ministry.name, authority=ministry.name, reason="it keeps the count")

    def facts_of(names: Iterable[str]) -> SourceFacts:
        if ministry.name in names:
            return (ministry, Source(name="A government", kind="government_office")), (link,), (rule,)
        return (), (), ()

    with Store(store_url, facts_of=facts_of) as store:
        for number in (1, 2):
            store.record(make_recording(make_figure(), address=f"https://courier.example/{number}"))
        assert {source.name: source.kind for source in stored_sources(store)} == {
            "Gaza Ministry of Health": "health_ministry",
            "A government": "government_office",
            "The Invented Courier": "other",
        }
        assert stored_links(store) == ([link], [rule])


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_refuses_to_change_or_delete_what_was_recorded(
    store: Store, make_figure: Make, make_recording: Make, table: str
) -> None:
    _fill(store, make_figure, make_recording)
    with store.reading() as connection:
        column = connection.execute(text(f"SELECT * FROM {table}")).keys()
        name = next(iter(column))
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() > 0
    for statement in (f'UPDATE {table} SET "{name}" = "{name}"', f"DELETE FROM {table}"):
        with pytest.raises(StoreUnavailable, match="append-only"), store.writing() as writer:
            writer.rows(statement)


def _fill(store: Store, make_figure: Make, make_recording: Make) -> None:
    """At least one row in every table."""
    from db.acts import act
    from db.records import Alias, Method

    with store.writing() as writer:
        writer.add_event(Event(name="A war", aliases=("The war",)))
        writer.fact(Method(source="A ministry", from_day=date(2023, 10, 7), text="counts bodies"))
        writer.fact(SourceLink(source="A spokesman", kind="speaks_for", target="A ministry"))
        writer.fact(AuthorityRule(source="A spokesman", authority="A ministry", reason="speaks for it"))
        writer.add_source(Source(name="A ministry", aliases=(Alias(name="the ministry", language="en"),)))
    hold = Hold("future", "the day lies ahead")
    recorded = store.record(make_recording(make_figure(), make_figure(3), holds={1: hold}))
    store.record(make_recording(make_figure(), sha256="cd" * 32))
    act(store, "void", next(recorded.figure_ids()), reason="typed twice")
    for name in ("one", "two"):
        address = f"https://{name}.example/"
        store.record(make_recording(address=address, text=" ".join(f"word{place}" for place in range(60))))
    assert record_deletion(store, Visited(address, 200, None, None, None, NOON, NOON), 410, NOON)


def test_replacing_a_row_is_refused_where_sqlite_would_delete_without_asking(
    tmp_path: Any, make_figure: Make, make_recording: Make
) -> None:
    with Store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        _fill(store, make_figure, make_recording)
        for table in APPEND_ONLY:
            with pytest.raises(StoreUnavailable, match=r"append-only|constraint"), store.writing() as writer:
                writer.rows(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_second_writer_waits_and_says_so(store_url: str, make_figure: Make, make_recording: Make) -> None:
    waited = threading.Event()
    with Store(store_url) as first, Store(store_url, on_wait=waited.set) as second:
        second_is_done = threading.Event()

        def record() -> None:
            second.record(make_recording(make_figure(3), address="https://courier.example/second"))
            second_is_done.set()

        with first.writing() as writer:
            writer.add_event(Event(name="A war"))
            thread = threading.Thread(target=record)
            thread.start()
            assert waited.wait(30)
            assert not second_is_done.is_set()
        thread.join(30)
        assert second_is_done.is_set()
        assert counts(first)["figure"] == 1
        assert counts(first)["event"] == 1


def test_definitions_that_are_equal_are_one_row(store: Store, make_figure: Make, make_recording: Make) -> None:
    one = Definition(outcome="killed", group="Palestinians")
    same = Definition(outcome="killed", group="Palestinians")
    store.record(make_recording(make_figure(1, definition=one), make_figure(2, definition=same)))
    assert counts(store)["definition"] == 1


def test_a_shape_holds_a_count_or_a_share_never_both(make_figure: Make) -> None:
    with pytest.raises(ValueError, match="either a count or a share"):
        make_figure(share=Share(best=1, text="a share"))
    assert isinstance(make_figure(), Figure)
