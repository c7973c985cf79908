"""The report as CSV: a row a figure, numbers as numbers, and no formula from outside."""

import csv as standard
import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reports.provenance import Report
from reports.render.csv import COLUMNS, FORMULA_STARTS, as_cell, csv


def rows(report: Report) -> list[dict[str, str]]:
    return list(standard.DictReader(io.StringIO(csv(report), newline="")))


def test_every_figure_has_its_row_and_every_row_all_columns(report: Report) -> None:
    told = rows(report)
    assert [row["id"] for row in told] == [figure.id for figure in report.figures]
    assert all(tuple(row) == COLUMNS for row in told)


def test_a_row_says_what_the_figure_says(report: Report) -> None:
    row = next(row for row in rows(report) if row["text"] == "at least 2,808")
    expected = {
        "low": "2808",
        "best": "2808",
        "high": "",
        "qualifier": "at_least",
        "outcome": "killed",
        "group": "Palestinians",
        "cause": "air strikes",
        "actor": "Israel",
        "attribution": "The Astana Times; Al Jazeera",
        "authority": "Al Jazeera",
        "as_of": "2023-10-17",
        "as_of_basis": "publication",
        "change": "first",
        "difference": "",
        "quote": "at least 2,808 Palestinians killed",
        "checkpoint_size": "1234",
    }
    assert {name: row[name] for name in expected} == expected


def test_a_fall_is_a_negative_number_and_not_text(report: Report) -> None:
    row = next(row for row in rows(report) if row["text"] == "around 1,200")
    assert (row["change"], row["difference"]) == ("revised_down", "-200")


def test_a_share_and_a_withdrawal_are_told(report: Report) -> None:
    share = next(row for row in rows(report) if row["share_best"])
    assert (share["share_best"], share["best"], share["text"]) == ("700000", "", "70 per cent")
    withdrawn = next(row for row in rows(report) if row["state"] == "retracted")
    assert withdrawn["change"] == "first; retracted"


def test_no_cell_of_a_hostile_document_begins_a_formula(report: Report) -> None:
    cells = [cell for row in rows(report) for name, cell in row.items() if name != "difference"]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    assert any(cell.startswith("'@Gazette") for cell in cells)
    assert any(cell.startswith("'=1+1") for cell in cells)


def test_every_text_of_a_hostile_document_reads_back(report: Report) -> None:
    one = next(figure for figure in report.figures if "alert" in (figure.title or ""))
    row = next(row for row in rows(report) if row["id"] == one.id)
    told = {"title": one.title, "publisher": one.figure.publisher, "place": one.figure.definition.place}
    assert {name: row[name].removeprefix("'") for name in told} == told


@given(st.text())
def test_text_is_kept_and_at_most_gains_an_apostrophe(text: str) -> None:
    cell: Any = as_cell(text)
    assert not cell.startswith(FORMULA_STARTS)
    assert cell.removeprefix("'" if text.startswith(FORMULA_STARTS) else "") == text.replace("\0", "\ufffd")


@given(st.integers())
def test_a_number_stays_a_number(number: int) -> None:
    assert as_cell(number) == number


def test_lines_end_as_the_standard_says_and_nothing_gives_the_header_alone(report: Report, nothing: Report) -> None:
    assert csv(report).endswith("\r\n")
    assert csv(nothing) == ",".join(COLUMNS) + "\r\n"


def test_a_report_without_a_checkpoint_leaves_its_columns_empty(report: Report, make_report: Any) -> None:
    bare = make_report(report.figures, checkpoint=None)
    assert {row["checkpoint_size"] for row in rows(bare)} == {""}


def test_the_same_report_gives_the_same_text(report: Report) -> None:
    assert csv(report) == csv(report)
