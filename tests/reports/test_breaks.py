"""Where the words of a text themselves state a break, the figure is recorded at once, with a doubt."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.records import Evidence, Figure, Hold, RecordedFigure
from reports.breaks import revised, with_doubt
from reports.gate import gate

Make = Callable[..., RecordedFigure]


@pytest.fixture
def passed(recorded: Make) -> Callable[..., list[tuple[tuple[str, ...], Hold | None]]]:
    """What the gate says of 179 civilians and 291 children, with these words between the two."""

    def ask(between: str, origin: str = "extracted") -> list[tuple[tuple[str, ...], Hold | None]]:
        end = len("179 civilians")
        start = end + len(between)
        suffix = f"{between}291 children were killed"[:32]
        said: list[tuple[int, Evidence, dict[str, Any]]] = [
            (179, Evidence(quote="179 civilians", start=0, end=end, suffix=suffix), {"status": "civilian"}),
            (291, Evidence(quote="291 children", start=start, end=start + 12), {"age": "child", "part_of": 0}),
        ]
        figures = [
            recorded(number, **facets).figure.model_copy(update={"evidence": evidence, "origin": origin})
            for number, evidence, facets in said
        ]
        return [(figure.doubts, hold) for figure, hold in gate(figures, today=date(2026, 11, 23))]

    return ask


Passed = Callable[..., list[tuple[tuple[str, ...], Hold | None]]]


@pytest.mark.parametrize("between", [", among them ", ", including ", ", of whom ", " (including at least "])
def test_a_part_that_the_words_give_straight_after_its_whole_is_as_published(passed: Passed, between: str) -> None:
    (_, whole), (doubts, part) = passed(between)
    assert (whole, part) == (None, None)
    assert [doubt.partition(":")[0] for doubt in doubts] == ["as_published"]


@pytest.mark.parametrize("between", [" were killed in the city; ", ", among the dead and wounded of that day were "])
def test_a_part_that_other_words_part_from_its_whole_is_held(passed: Passed, between: str) -> None:
    assert [hold.rule if hold else None for _, hold in passed(between)] == ["part_above_whole"] * 2


def test_a_data_row_has_no_words_to_state_a_break(passed: Passed) -> None:
    assert all(hold is not None for _, hold in passed(", among them ", origin="imported"))


@pytest.mark.parametrize(
    ("quote", "states"),
    [
        ("the toll was revised down to 1,200", True),
        ("lowered its count to 1,200", True),
        ("1,200, with 320 added by the committee", True),
        ("1,200 people were killed", False),
        ("1,200 in the reduction ward", False),
    ],
)
def test_words_of_revision_are_known(recorded: Make, quote: str, states: bool) -> None:
    figure = recorded(1_200, quote=quote).figure.model_copy(update={"origin": "extracted"})
    assert revised(figure) is states
    assert not revised(recorded(1_200, quote=quote).figure)


def test_a_doubt_is_carried_once(recorded: Make) -> None:
    figure: Figure = recorded(5).figure
    twice = with_doubt(with_doubt(figure, "as_published: so"), "as_published: so")
    assert twice.doubts == ("as_published: so",)
