"""What stands in a line of the record, on both databases."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.acts import act, file_under, review
from db.records import Chain, Count, Definition, Document, Event, Figure, Hold, ScopeNote, Share
from db.standing import FIRST, LATEST, LINE, StandingRecord
from db.store import Store

Make = Callable[..., Any]
DOCUMENT = Document(address="https://courier.example/news/1")
HOLD = Hold("sudden_jump", "it is far from the number in force")
DAY, NEXT, THIRD = (date(2023, 10, day) for day in (16, 17, 18))


@pytest.fixture
def line(store: Store, make_figure: Make) -> Callable[..., list[tuple[date, int]]]:
    """What stands in the line of a figure like the given one."""

    def ask(**fields: Any) -> list[tuple[date, int]]:
        with store.writing() as writer:
            return StandingRecord(writer, DOCUMENT).line_of(make_figure(1, **fields))

    return ask


Line = Callable[..., list[tuple[date, int]]]


def test_a_line_is_its_days_and_counts_in_their_order(
    store: Store, make_figure: Make, make_recording: Make, line: Line
) -> None:
    assert line() == []
    store.record(make_recording(make_figure(2_800, on=NEXT), make_figure(2_750, on=DAY), make_figure(0, on=THIRD)))
    assert line() == [(DAY, 2_750), (NEXT, 2_800), (THIRD, 0)]


def test_of_one_day_the_number_published_or_recorded_last_comes_last(
    store: Store, make_figure: Make, make_recording: Make, line: Line
) -> None:
    late = make_figure(3, on=DAY, published=THIRD)
    store.record(make_recording(late, make_figure(9, on=DAY), make_figure(7, on=DAY), make_figure(8, on=DAY)))
    assert [count for _, count in line()] == [9, 7, 8, 3]


def test_another_authority_definition_or_event_is_another_line(
    store: Store, make_figure: Make, make_recording: Make, line: Line
) -> None:
    with store.writing() as writer:
        writer.add_event(Event(name="A war"))
    definition = make_figure().definition
    noted = Definition(**{**definition.model_dump(), "excludes": (ScopeNote(code="rubble"),)})
    store.record(
        make_recording(
            make_figure(1),
            make_figure(2, chain=Chain(issuer="B", authority="B")),
            make_figure(3, definition=noted),
            make_figure(4, event="A war"),
            make_figure(5, chain=Chain(issuer_words="officials")),
        )
    )
    assert line() == [(DAY, 1)]
    assert line(chain=Chain(issuer="B", authority="B")) == [(DAY, 2)]
    assert line(definition=noted) == [(DAY, 3)]
    assert line(event="A war") == [(DAY, 4)]


def test_a_figure_stands_in_the_line_of_the_event_it_was_filed_under(
    store: Store, make_figure: Make, make_recording: Make, line: Line
) -> None:
    with store.writing() as writer:
        writer.add_event(Event(name="A war"))
    (figure,) = store.record(make_recording(make_figure(5))).figure_ids()
    file_under(store, "A war", [figure])
    assert (line(), line(event="A war")) == ([], [(DAY, 5)])


@pytest.mark.parametrize("kind", ["void", "retract", "disown"])
def test_what_was_voided_or_withdrawn_does_not_stand(
    store: Store, make_figure: Make, make_recording: Make, line: Line, kind: Any
) -> None:
    (figure,) = store.record(make_recording(make_figure(5))).figure_ids()
    act(store, kind, figure, reason="misread")
    assert line() == []


def test_a_held_figure_stands_only_while_it_is_accepted(
    store: Store, make_figure: Make, make_recording: Make, line: Line
) -> None:
    (figure,) = store.record(make_recording(make_figure(5), holds={0: HOLD})).figure_ids()
    assert line() == []
    for verdict, stands in (("accept", [(DAY, 5)]), ("reject", []), ("accept", [(DAY, 5)])):
        review(store, verdict, [figure], by="An editor", reason="read again")  # type: ignore[arg-type]  # one of two
        assert line() == stands


def test_shares_forecasts_vague_words_older_and_undated_numbers_do_not_stand(
    store: Store, make_figure: Make, make_recording: Make, line: Line
) -> None:
    def also(number: int, **fields: Any) -> Figure:
        figure: Figure = make_figure(number, **fields)
        return figure

    share = also(1).model_copy(update={"count": None, "share": Share(best=700_000, text="70 per cent", of=0)})
    store.record(
        make_recording(
            also(10),
            share,
            also(20, modality="projected"),
            also(30, count=Count(low=24, qualifier="vague", text="dozens")),
            also(40, earlier_value_of=0),
            also(50, as_of=None, as_of_basis=None),
        )
    )
    assert line() == [(DAY, 10)]


def test_a_documents_own_figure_is_known_again_whether_held_or_not(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    store.record(make_recording(make_figure(5), make_figure(6), holds={1: HOLD}))
    with store.writing() as writer:
        record = StandingRecord(writer, DOCUMENT)
        assert [record.has(make_figure(number)) for number in (5, 6, 7)] == [True, True, False]
        elsewhere = StandingRecord(writer, Document(address="https://courier.example/news/2"))
        assert not elsewhere.has(make_figure(5))


def test_near_a_day_stand_the_first_and_the_last_number_of_the_days_before(
    store: Store, make_figure: Make, make_recording: Make
) -> None:
    counts = {1: 10, 3: 30, 4: 40, 6: 60, 9: 90}
    twice = make_figure(41, on=date(2023, 10, 4))
    store.record(make_recording(*(make_figure(count, on=date(2023, 10, day)) for day, count in counts.items()), twice))
    with store.writing() as writer:
        record = StandingRecord(writer, DOCUMENT)

        def near(day: int, days: int) -> list[int]:
            return [count for _, count in record.near(make_figure(1, on=date(2023, 10, day)), days)]

        assert near(6, 3) == [10, 30, 41, 60]
        assert near(5, 1) == [10, 41]
        assert near(30, 9) == [10, 10, 30, 41, 60, 90]
        assert record.near(make_figure(1, on=date(2023, 9, 30)), 5) == []
        assert record.near(make_figure(1, as_of=None, as_of_basis=None), 5) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(rows=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99)), max_size=12), day=st.integers(1, 9))
def test_what_is_near_is_what_the_whole_line_says(
    make_figure: Make, make_recording: Make, rows: list[tuple[int, int]], day: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/store.db") as store:
        store.record(make_recording(*(make_figure(count, on=date(2023, 10, one)) for one, count in rows)))
        with store.writing() as writer:
            record, asked = StandingRecord(writer, DOCUMENT), make_figure(1, on=date(2023, 10, day))
            whole = dict(record.line_of(asked))
            before = sorted(pair for pair in whole.items() if pair[0] <= date(2023, 10, day))
            assert record.near(asked, 5)[1:] == before[-5:]


@pytest.mark.parametrize("statement", [LINE, FIRST, LATEST])
def test_a_line_is_looked_up_by_index(tmp_path: Path, statement: str) -> None:
    with Store(f"sqlite:///{tmp_path / 'store.db'}") as store, store.writing() as writer:
        values = [b"", "", "", "2023-10-16"][: statement.count("?")]
        plan = [str(row[3]) for row in writer.rows(f"EXPLAIN QUERY PLAN {statement}", *values)]
    assert [step for step in plan if step.startswith("SCAN")] == []
    assert any("ix_figure_series" in step for step in plan)
