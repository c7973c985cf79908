"""What stands in a line of the record, on both databases."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from db.acts import act, file_under, review
from db.find import find_figures
from db.records import Chain, Count, Definition, Document, Event, Figure, Hold, ScopeNote, Share
from db.standing import StandingRecord
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


def test_a_line_is_looked_up_by_index(store: Store, make_figure: Make, make_recording: Make) -> None:
    from db.standing import _LINE

    store.record(make_recording(*(make_figure(number) for number in range(50))))
    assert len(find_figures(store)) == 50
    if store.engine.dialect.name == "sqlite":
        with store.reading() as connection:
            bound = text(_LINE.replace("?", "{}").format(":id", ":name", ":event"))
            values = {"id": b"", "name": "", "event": ""}
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {bound.text}"), values).fetchall()
        assert [str(row[3]) for row in plan if str(row[3]).startswith("SCAN")] == []
        assert any("ix_figure_series" in str(row[3]) for row in plan)
