"""Every format: which ending chooses it, that each number names its figure, that hostile text stays text."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reports.provenance import Report
from reports.render.formats import FIGURE_FORMATS, REPORT_FORMATS, Format, ending_of
from reports.shown import Shown


def plain_text(written: str | bytes) -> str:
    """Everything that a file says; what is inside an archive is read out."""
    if isinstance(written, str):
        return written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


@pytest.fixture(params=REPORT_FORMATS)
def ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rendered(formats: Mapping[str, Format], ending: str, content: Any) -> str | bytes:
    return formats[ending].renderer()(content)


def test_the_longest_ending_chooses() -> None:
    assert ending_of("toll.prov.json", REPORT_FORMATS) == ".prov.json"
    assert ending_of("toll.json", REPORT_FORMATS) == ".json"
    assert ending_of("TOLL.XLSX", REPORT_FORMATS) == ".xlsx"
    assert ending_of("prov.json", REPORT_FORMATS) == ".json"


@pytest.mark.parametrize("name", ["toll", "toll.docx", ".json", "toll.json.bak", "json", ""])
def test_a_name_without_a_known_ending_chooses_nothing(name: str) -> None:
    assert ending_of(name, REPORT_FORMATS) is None


@given(st.text(), st.sampled_from(sorted(REPORT_FORMATS)))
def test_any_name_with_an_ending_chooses_one_that_it_ends_in(name: str, ending: str) -> None:
    chosen = ending_of(f"x{name}{ending}", REPORT_FORMATS)
    assert chosen is not None
    assert chosen.endswith(ending) or ending.endswith(chosen)


def test_a_format_whose_library_is_missing_says_which() -> None:
    with pytest.raises(ModuleNotFoundError) as raised:
        Format("csv csv", needs="no_such_library", extra="none").renderer()
    assert raised.value.name == "no_such_library"


def places(ending: str, written: str | bytes) -> Iterator[str]:
    """The smallest parts of a file that name one figure: rows, lines, nodes, entities."""
    text = plain_text(written)
    if ending == ".xlsx":
        assert isinstance(written, bytes)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_name("figures")
        yield from (" ".join(str(cell).removesuffix(".0") for cell in row) for row in sheet.to_python())
    elif ending in (".html", ".htm"):
        yield from re.findall(r"<(?:tr|li)[^>]*>.*?</(?:tr|li)>", text, re.DOTALL)
    elif ending in (".csv", ".zip"):
        yield from (" ".join(row) for row in csv.reader(io.StringIO(text, newline="")))
    elif ending == ".prov.json":
        yield from (f"{name} {told}" for name, told in json.loads(text)["entity"].items())
    elif ending == ".provn":
        yield from text.split("\n  entity(")
    elif ending == ".jsonld":
        yield from (json.dumps(node) for node in json.loads(text)["@graph"])
    else:
        yield from text.split("\n")


def test_every_number_stands_with_the_id_of_its_figure_in_every_format(report: Report, ending: str) -> None:
    told = [place.replace(",", "") for place in places(ending, rendered(REPORT_FORMATS, ending, report))]
    for one in report.figures:
        stated = one.figure.count or one.figure.share
        assert stated is not None
        number = str(stated.value) if one.figure.count else "70"
        assert any(number in place and one.id[:12] in place for place in told), (one.id, number)


def test_the_same_report_gives_the_same_bytes(report: Report, ending: str) -> None:
    assert rendered(REPORT_FORMATS, ending, report) == rendered(REPORT_FORMATS, ending, report)


def test_a_report_of_nothing_is_still_a_file(nothing: Report, ending: str) -> None:
    assert rendered(REPORT_FORMATS, ending, nothing)


def test_no_format_holds_markup_of_a_document(report: Report, ending: str) -> None:
    """Where markup would be active: pages, and JSON that may stand in one."""
    told = plain_text(rendered(REPORT_FORMATS, ending, report))
    if ending in (".html", ".htm", ".md", ".jsonld", ".xlsx"):
        assert "<script>alert" not in told
        assert "<img" not in told


@pytest.mark.parametrize("ending", [".html", ".htm", ".md", ".json", ".csv", ".prov.json", ".provn", ".jsonld", ".zip"])
def test_hostile_words_are_told_whole(report: Report, ending: str) -> None:
    told = plain_text(rendered(REPORT_FORMATS, ending, report))
    assert "alert(1)" in told
    assert re.search(r"cite(\\?\||&#124;)x", told)


@pytest.fixture(params=FIGURE_FORMATS)
def figure_ending(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_one_figure_is_named_and_told_in_every_format(shown: Shown, figure_ending: str) -> None:
    told = plain_text(rendered(FIGURE_FORMATS, figure_ending, shown))
    assert shown.figure.id[:12] in told
    assert "2,808" in told


def test_one_hostile_figure_stays_text_in_every_format(hostile: Shown, figure_ending: str) -> None:
    told = plain_text(rendered(FIGURE_FORMATS, figure_ending, hostile))
    assert hostile.figure.id[:12] in told
    if figure_ending in (".html", ".htm", ".jsonld"):
        assert "<script>alert" not in told
    if figure_ending in (".txt", ".bib", ".ris"):
        assert not re.search("[\x1b\u202e\u2028]", told)


def test_one_figure_gives_the_same_text_again(shown: Shown, figure_ending: str) -> None:
    assert rendered(FIGURE_FORMATS, figure_ending, shown) == rendered(FIGURE_FORMATS, figure_ending, shown)
