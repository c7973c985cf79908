"""The report as a workbook: its sheets, text that stays text, days that are days."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from reports.provenance import Report
from reports.render.columns import FIGURES
from reports.render.xlsx import MOST_CHARACTERS, about_rows, fitting_rows, fitting_text, xlsx

Rows = list[list[Any]]


def opened(report: Report) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(xlsx(report)))


@pytest.fixture
def workbook(report: Report) -> CalamineWorkbook:
    return opened(report)


def sheet(workbook: CalamineWorkbook, name: str) -> list[dict[str, Any]]:
    head, *rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def xml(report: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(xlsx(report))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_there_is_a_sheet_for_each_table(workbook: CalamineWorkbook) -> None:
    assert workbook.sheet_names == [
        "about",
        "latest",
        "figures",
        "steps",
        "revisions",
        "disagreements",
        "sources",
        "methods",
        "documents",
        "acts",
        "doubts",
    ]


def test_the_first_sheet_says_what_it_is_and_how_to_verify_it(workbook: CalamineWorkbook, report: Report) -> None:
    told = {str(row[0]): str(row[1]) for row in workbook.get_sheet_by_name("about").to_python()}
    assert told["title"] == "Casualty figures"
    assert told["filter: outcome"] == "killed"
    assert "1,234 entries" in told["how to verify"]
    assert len(about_rows(report)) >= len(told)


def test_every_figure_has_its_row_and_all_columns(workbook: CalamineWorkbook, report: Report) -> None:
    rows = sheet(workbook, "figures")
    assert [row["id"] for row in rows] == [one.id for one in report.figures]
    assert tuple(rows[0]) == tuple(column.name for column in FIGURES)


def test_numbers_are_numbers_and_days_are_days(workbook: CalamineWorkbook) -> None:
    row = next(row for row in sheet(workbook, "figures") if row["text"] == "at least 2,808")
    assert (row["low"], row["best"], row["high"]) == (2808, 2808, "")
    assert row["as_of"] == date(2023, 10, 17)
    revised = next(row for row in sheet(workbook, "revisions") if row["change"] == "revised_down")
    assert revised["difference"] < 0


def test_sources_methods_snapshots_and_acts_are_told(workbook: CalamineWorkbook) -> None:
    source = next(row for row in sheet(workbook, "sources") if row["name"] == "Government of Israel")
    assert (source["kind"], source["country"], source["party"]) == ("government_office", "IL", "Israel")
    assert source["roles"] == "authority"
    assert sheet(workbook, "methods")[0]["text"] == "As its sources say."
    documents = sheet(workbook, "documents")
    assert {row["retrieved_at"] for row in documents} == {"2024-01-02T03:04:05Z", ""}
    assert "retract" in {row["act"] for row in sheet(workbook, "acts")}


def test_disagreements_say_who_stands_where_in_which_figures(workbook: CalamineWorkbook, report: Report) -> None:
    rows = sheet(workbook, "disagreements")
    ids = {one.id for one in report.figures}
    assert {row["disagreement"] for row in rows} == {1, 2}
    assert {one for row in rows for one in row["figures"].split("; ")} <= ids
    assert rows[0]["resolved"] is False


def test_nothing_in_it_is_a_formula_or_a_link(report: Report) -> None:
    told = xml(report)
    sheets = "".join(text for name, text in told.items() if "/sheet" in name)
    assert "<f>" not in sheets
    assert "hyperlink" not in "".join(told.values())
    assert "=1+1" in sheets


def test_headers_are_frozen_and_filtered(report: Report) -> None:
    told = xml(report)
    assert re.search(r'<pane ySplit="1"[^>]*state="frozen"', told["xl/worksheets/sheet3.xml"])
    assert "<autoFilter" in told["xl/worksheets/sheet3.xml"]


def test_its_date_is_that_of_the_report(report: Report) -> None:
    assert "2024-01-02T03:04:05Z" in xml(report)["docProps/core.xml"]


def test_a_day_that_spreadsheets_do_not_know_is_text(report: Report, make_report: Any, figure: Any) -> None:
    from db.records import Count

    old = figure("12 people", "12 people", Count.exactly(12), as_of=date(1871, 5, 28), basis="stated")
    (row,) = sheet(opened(make_report([old])), "figures")
    assert row["as_of"] == "1871-05-28"


@pytest.mark.parametrize("text", ["x" * 40_000, "\N{GRINNING FACE}" * 20_000])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(text: str) -> None:
    cut = fitting_text(text)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert cut.endswith("(cut: the whole text stands in the other formats)")


def test_a_text_that_fits_is_kept_but_for_what_xml_cannot_hold() -> None:
    assert fitting_text("a\ufffeb\uffffc") == "a\ufffdb\ufffdc"
    assert fitting_text("x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS


def test_rows_that_do_not_fit_are_counted() -> None:
    rows = [(number,) for number in range(5)]
    assert list(fitting_rows(rows, most=5)) == rows
    *kept, last = fitting_rows(rows, most=3)
    assert kept == rows[:2]
    assert str(last[0]).startswith("3 further rows do not fit")
