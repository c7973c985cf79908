"""Disagreements of very many figures: the same stretches and counts, and positions where they still stand."""

from collections.abc import Callable
from datetime import date

from db.records import RecordedFigure
from reports.broad import BECAUSE, broad_disagreements
from reports.comparison import Surroundings
from reports.disagreements import disagreements
from reports.history import histories

RecordFigure = Callable[..., RecordedFigure]


def figures(recorded: RecordFigure) -> list[RecordedFigure]:
    return [
        recorded(10, by="Ministry A", on="2023-10-08"),
        recorded(90, by="Office B", on="2023-10-08", published="2023-10-09"),
        recorded(95, by="Ministry A", on="2023-12-01"),
        recorded(30, by="Office B", on="2023-12-02"),
    ]


def test_spans_and_counts_are_those_of_the_full_answer(recorded: RecordFigure, surroundings: Surroundings) -> None:
    found = figures(recorded)
    full = disagreements(found, surroundings=surroundings)
    broad = broad_disagreements(found, histories(found, surroundings=surroundings), surroundings=surroundings)
    assert broad.summary == full.summary
    spans = [(one.event, one.relation, one.from_day, one.to_day, one.resolved) for one in broad.disagreements]
    assert sorted(spans, key=repr) == sorted(
        ((one.event, one.relation, one.from_day, one.to_day, one.resolved) for one in full.disagreements), key=repr
    )


def test_what_still_stands_has_its_positions_and_keeps_its_first_day(
    recorded: RecordFigure, surroundings: Surroundings
) -> None:
    found = figures(recorded)
    broad = broad_disagreements(found, histories(found, surroundings=surroundings), surroundings=surroundings)
    standing = [one for one in broad.disagreements if one.to_day is None]
    ended = [one for one in broad.disagreements if one.to_day is not None]
    assert standing
    assert ended
    assert all({position.authority for position in one.positions} == {"Ministry A", "Office B"} for one in standing)
    assert {one.from_day for one in standing} <= {date(2023, 12, 1), date(2023, 12, 2)}
    assert all(one.positions == () and one.because == BECAUSE[one.relation] for one in ended)
