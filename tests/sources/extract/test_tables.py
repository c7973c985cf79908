"""Tables in a text: a number is a figure where its heading tells an outcome and its row's label is understood."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Figure
from sources.extract import explain, extract

BY_DISTRICT = """The Fictional Flood Board counts by district.

District | Dead | Children injured | Missing | Houses
--- | --- | --- | --- | ---
Upper Brask | 12 | 1,204 | 3 | 400
Lower Brask | 7* | n/a | 0 | 12
Total | 19 | 1,204 | 3 | 412
"""


def told(figure: Figure) -> tuple[int | None, str, str | None, str | None]:
    assert figure.count is not None
    return figure.count.best, figure.definition.outcome, figure.definition.place, figure.definition.age


def test_a_number_is_a_figure_where_its_heading_tells_what_befell_people() -> None:
    assert [told(figure) for figure in extract(BY_DISTRICT)] == [
        (12, "killed", "Upper Brask", None),
        (1204, "injured", "Upper Brask", "child"),
        (3, "missing", "Upper Brask", None),
        (0, "missing", "Lower Brask", None),
        (19, "killed", None, None),
        (1204, "injured", None, "child"),
        (3, "missing", None, None),
    ]


def test_the_quote_runs_from_the_label_to_the_number_and_the_heading_is_named() -> None:
    figure = extract(BY_DISTRICT)[1]
    assert figure.evidence.quote == "Upper Brask | 12 | 1,204"
    assert BY_DISTRICT[figure.evidence.start : figure.evidence.end] == figure.evidence.quote
    assert figure.evidence.zone == "table"
    assert figure.doubts == ("read_from_table: the column is headed “Children injured”",)


def test_a_known_place_a_kind_of_people_or_a_day_may_label_a_row() -> None:
    text = (
        "Toll\tKilled\nKhartoum\t12\nJournalists\t3\nHouses\t40\n\n"
        "| Date | Injured |\n|---|---|\n| 3 May 2024 | 8 |\n| May | 9 |"
    )
    figures = extract(text, published=date(2024, 5, 10))
    assert [(told(figure)[0], figure.definition.place, figure.definition.status) for figure in figures] == [
        (12, "Khartoum", None),
        (3, None, "journalist"),
        (8, None, None),
    ]
    assert (figures[2].as_of, figures[2].as_of_basis) == (date(2024, 5, 3), "stated")
    assert figures[0].as_of_basis == "publication"


@pytest.mark.parametrize(
    "text",
    [
        "District | Goals | Points\nUpper Brask | 12 | 3",
        "District | Dead\nUpper Brask | about 12",
        "Model | Dead\nX-12 | 12",
        "District | Dead",
        "District | Dead pixels\nUpper Brask | 12",
    ],
)
def test_a_table_that_is_not_understood_gives_nothing(text: str) -> None:
    assert extract(text) == []


def test_what_a_table_gave_is_explained() -> None:
    explained = explain(BY_DISTRICT)
    assert {(ground.field, ground.start) for ground in explained.grounds[0]} >= {("count", BY_DISTRICT.index("Upper"))}


@given(st.text(alphabet="|\t\n -12,Deadinjur", max_size=80))
def test_no_table_is_read_outside_its_text(text: str) -> None:
    for figure in extract(text):
        assert text[figure.evidence.start : figure.evidence.end] == figure.evidence.quote
        assert figure.count is not None
        assert figure.count.text in figure.evidence.quote
