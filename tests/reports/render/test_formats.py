"""Every format: which ending chooses it, that each number names its figure, that hostile text stays text."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from db.records import Act, Count, Period, Share
from reports.provenance import Report
from reports.render.formats import FIGURE_FORMATS, REPORT_FORMATS, Format, ending_of
from reports.shown import Shown


def plain_text(written: str | bytes) -> str:
    """Everything that a file says; what is inside an archive is read out."""
    if isinstance(written, str):
        return written
    if written.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(written))
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
    elif ending == ".pdf":  # a row ends with the id of its figure
        yield from re.findall(r".*?[0-9a-f]{12}\b", text[text.rindex("Every figure") :], re.DOTALL)
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


@pytest.fixture
def rare(figure: Any, make_report: Any) -> Report:
    """What few figures have: a period, a source that summed others, an earlier value, an act of somebody unnamed."""
    one = figure(
        "AFP summed 30 people killed in a week.",
        "30 people killed",
        Count.exactly(30),
        links=("AFP",),
        compiled_from=("Example Hospital",),
        tally="period",
        hours=168,
    )
    week = Period(from_day=date(2023, 10, 9), to_day=date(2023, 10, 15))
    changed = {"period": week, "earlier_value_of": "e" * 64}
    act = Act("c1", "reason", one.id, None, "A source named nowhere else", None, "counted twice", one.recorded_at)
    share = figure(
        "Of these 70 per cent.", "70 per cent", None, share=Share(best=700000, text="70 per cent"), age="child"
    )
    counted = replace(one, figure=one.figure.model_copy(update=changed), acts=(act,))
    report: Report = make_report([counted, share, replace(share, id="d" * 64, snapshot="")])
    return report


@pytest.mark.parametrize("ending", [".json", ".csv", ".prov.json", ".provn", ".jsonld", ".zip", ".xlsx"])
def test_what_few_figures_have_is_told_by_every_format_of_machines(rare: Report, ending: str) -> None:
    written = rendered(REPORT_FORMATS, ending, rare)
    told = "\n".join(places(ending, written)) if ending == ".xlsx" else plain_text(written)
    assert "2023-10-09" in told
    assert "2023-10-15" in told
    assert "e" * 64 in told
    if ending not in (".csv", ".xlsx"):
        assert "counted twice" in told
        assert "A source named nowhere else" in told
    hospital = next(source for source in rare.sources if source.name == "Example Hospital")
    assert hospital.roles == ("compiled_from",)
    assert "Example Hospital" in told


def test_figures_that_share_their_definition_and_chain_are_told_alike(report: Report) -> None:
    """Figures of one store share these as objects; the renderers lay them out once."""
    one = next(one for one in report.figures if one.figure.evidence.quote.startswith("at least 2,808"))
    both = replace(report, figures=(one, replace(one, id="f" * 64)), lines=())
    first, second = list(places(".csv", rendered(REPORT_FORMATS, ".csv", both)))[1:]
    assert second == first.replace(one.id, "f" * 64)
    graph = json.loads(plain_text(rendered(REPORT_FORMATS, ".prov.json", both)))["entity"]
    assert graph[f"figure:{one.id}"] == graph[f"figure:{'f' * 64}"]


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
