"""The figures near a claim are found by index: by line and day, by number, as they stood when asked for."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from db.acts import act, file_under, review
from db.find import figure_by_id
from db.lines import UNKNOWN_DAY, Line, Lines
from db.records import Chain, Count, Definition, Document, Event, Figure, Hold, Recording, Share
from db.store import Store

MakeFigure = Callable[..., Figure]
MakeRecording = Callable[..., Recording]


@pytest.fixture
def record(store: Store, make_recording: MakeRecording) -> Callable[..., str]:
    """Record one figure in a document of its own; its id."""
    documents: Iterator[int] = iter(range(1_000))

    def recorded(figure: Figure, **fields: Any) -> str:
        document = Document(address=f"https://courier.example/{next(documents)}", published=figure.published)
        return next(store.record(make_recording(figure, document=document, **fields)).figure_ids())

    return recorded


def numbers(found: Any) -> list[int | None]:
    return sorted(one.figure.figure.count.value for one in found)


def every_line(lines: Lines) -> list[Line]:
    return lines.lines(lines.kinds(lines.definitions))


def test_a_line_gives_its_latest_figures_up_to_a_day(
    store: Store, record: Callable[..., str], make_figure: MakeFigure
) -> None:
    for day in range(1, 8):
        record(make_figure(100 + day, on=date(2023, 10, day)))
    with store.reading() as connection:
        lines = Lines(connection)
        (line,) = every_line(lines)
        assert line.authority == "Gaza Ministry of Health"
        assert numbers(lines.up_to([line], date(2023, 10, 5), UNKNOWN_DAY, 2)) == [104, 105]
        assert numbers(lines.up_to([line], date(2023, 10, 5), date(2023, 10, 3), 2)) == [102, 103]
        assert numbers(lines.after([line], date(2023, 10, 5), UNKNOWN_DAY)) == [106]
        assert lines.how_many([line], 100) == 7
        assert lines.how_many([line], 5) == 5


def test_figures_without_a_day_are_given_beside_the_dated_ones(
    store: Store, record: Callable[..., str], make_figure: MakeFigure
) -> None:
    record(make_figure(100))
    record(make_figure(90, as_of=None, as_of_basis=None))
    with store.reading() as connection:
        lines = Lines(connection)
        assert numbers(lines.up_to(every_line(lines), date(2023, 10, 20), UNKNOWN_DAY, 1)) == [90, 100]


def test_each_authority_and_event_has_a_line_of_its_own_and_hidden_issuers_have_one(
    store: Store, record: Callable[..., str], make_figure: MakeFigure
) -> None:
    with store.writing() as writer:
        writer.add_event(Event(name="A Fictional Flood"))
    record(make_figure(100))
    record(make_figure(200, event="A Fictional Flood"))
    record(make_figure(300, chain=Chain(issuer_words="officials said")))
    record(make_figure(400, chain=Chain(issuer_words="officials said"), event="A Fictional Flood"))
    with store.reading() as connection:
        lines = Lines(connection)
        found = {(line.authority, line.event): line for line in every_line(lines)}
        assert set(found) == {
            ("Gaza Ministry of Health", None),
            ("Gaza Ministry of Health", "A Fictional Flood"),
            (None, None),
            (None, "A Fictional Flood"),
        }
        counted = {
            place: numbers(lines.up_to([line], date(2023, 10, 20), UNKNOWN_DAY, 3)) for place, line in found.items()
        }
        assert counted == {
            ("Gaza Ministry of Health", None): [100],
            ("Gaza Ministry of Health", "A Fictional Flood"): [200],
            (None, None): [300],
            (None, "A Fictional Flood"): [400],
        }
        assert [lines.how_many([line], 9) for line in found.values()] == [1, 1, 1, 1]


def test_figures_of_a_number_are_found_among_definitions(
    store: Store, record: Callable[..., str], make_figure: MakeFigure
) -> None:
    injured = Definition(outcome="injured", place="Gaza Strip", tally="cumulative")
    for number in (950, 1_000, 1_050):
        record(make_figure(number))
    record(make_figure(1_000, definition=injured))
    at_most = Count(high=1_010, qualifier="at_most", text="up to 1,010")
    record(make_figure(1_010, count=at_most))
    with store.reading() as connection:
        lines = Lines(connection)
        (key,) = [key for key, one in lines.definitions.items() if one.outcome == "killed"]
        assert numbers(lines.with_number(1_000, 1_000, [key])) == [1_000]
        assert numbers(lines.with_number(990, 1_060, [key])) == [1_000, 1_010, 1_050]
        assert numbers(lines.with_number(1_000, 1_000, sorted(lines.definitions))) == [1_000, 1_000]
        assert lines.with_number(0, 9_999, [key], published=date(2023, 10, 15)) == []
        assert lines.with_number(1_000, 1_000, []) == []


def test_what_is_held_is_not_found_until_a_person_accepts_it(
    store: Store, record: Callable[..., str], make_figure: MakeFigure
) -> None:
    figure = record(make_figure(100), holds={0: Hold("jump", "a sudden jump")})

    def found() -> list[int | None]:
        with store.reading() as connection:
            lines = Lines(connection)
            return numbers(lines.up_to(every_line(lines), date(2023, 10, 20), UNKNOWN_DAY, 3))

    assert found() == []
    review(store, "accept", [figure], by="an editor", reason="read again")
    assert found() == [100]


def test_a_share_is_no_count(store: Store, record: Callable[..., str], make_figure: MakeFigure) -> None:
    record(make_figure(100, count=None, share=Share(best=700_000, text="70 per cent")))
    with store.reading() as connection:
        lines = Lines(connection)
        assert lines.up_to(every_line(lines), date(2023, 10, 20), UNKNOWN_DAY, 3) == []


def test_a_figure_filed_elsewhere_is_found_under_both_events_and_carries_the_last(
    store: Store, record: Callable[..., str], make_figure: MakeFigure
) -> None:
    with store.writing() as writer:
        writer.add_event(Event(name="A Fictional Flood"))
    figure = record(make_figure(100))
    file_under(store, "A Fictional Flood", [figure])
    with store.reading() as connection:
        lines = Lines(connection)
        assert {event for _, event in lines.kinds(lines.definitions)} == {None, "A Fictional Flood"}
        assert lines.definitions_of("A Fictional Flood") == frozenset(lines.definitions)
        flood = lines.lines([(key, "A Fictional Flood") for key in lines.definitions])
        (looked,) = lines.up_to(flood, date(2023, 10, 20), UNKNOWN_DAY, 3)
        assert looked.figure.figure.event == "A Fictional Flood"


def test_the_record_is_seen_as_it_was_at_an_instant(
    store: Store, record: Callable[..., str], make_figure: MakeFigure, clock: Callable[[], Any]
) -> None:
    first = record(make_figure(100))
    before = clock()
    record(make_figure(200, on=date(2023, 10, 17)))
    act(store, "void", first, reason="misread", by="an editor")
    with store.reading() as connection:
        then, now = Lines(connection, as_recorded_on=before), Lines(connection)
        found = then.up_to(every_line(then), date(2023, 10, 20), UNKNOWN_DAY, 3)
        assert [(one.figure.state, one.figure.figure.count.value) for one in found if one.figure.figure.count] == [
            ("recorded", 100)
        ]
        assert numbers(then.with_number(0, 999, sorted(then.definitions))) == [100]
        assert numbers(now.up_to(every_line(now), date(2023, 10, 20), UNKNOWN_DAY, 3)) == [100, 200]


def test_looked_up_figures_are_shown_with_their_words(
    store: Store, record: Callable[..., str], make_figure: MakeFigure
) -> None:
    figure = record(make_figure(100))
    with store.reading() as connection:
        lines = Lines(connection)
        (looked,) = lines.up_to(every_line(lines), date(2023, 10, 20), UNKNOWN_DAY, 1)
        assert looked.figure.figure.evidence.quote == ""
        whole = lines.whole([looked.figure])[figure]
    assert whole == figure_by_id(store, figure)


def test_every_look_takes_an_index(tmp_path: Any, make_figure: MakeFigure, make_recording: MakeRecording) -> None:
    with Store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        store.record(make_recording(make_figure(100)))
        with store.reading() as connection:
            lines = Lines(connection)
            asked: list[str] = []
            plain = lines._rows

            def kept(statement: str, *values: Any) -> list[tuple[Any, ...]]:
                asked.append(statement)
                return plain(statement, *values)

            lines._rows = kept  # type: ignore[method-assign]  # to see the statements
            several = every_line(lines)
            lines.up_to(several, date(2023, 10, 20), UNKNOWN_DAY, 2)
            lines.after(several, date(2023, 10, 1), UNKNOWN_DAY)
            lines.with_number(1, 100, sorted(lines.definitions))
            lines.how_many(several, 10)
            for statement in asked:
                marked = statement.replace("?", "1")
                plan = [str(row[3]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {marked}"))]
                assert [step for step in plan if step.startswith("SCAN figure")] == [], statement
    assert len(asked) >= 6
