"""Reports and figures as PDF: what archives ask of the file, what stands on its pages, and what runs over no edge."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest

from db.records import Count
from reports.provenance import Report
from reports.render.formats import Unrenderable
from reports.render.pdf import glance
from reports.render.pdf.blocks import BREAK, address, code, listing, paragraph, table, words
from reports.render.pdf.figure import pdf as figure_pdf
from reports.render.pdf.report import pdf
from reports.render.pdf.typesetting import Document, typeset
from reports.shown import Shown
from tests.reports.render.conftest import HOSTILE


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded().replace(BREAK, "") for page in document]


def set_text(content: bytes) -> str:
    """What stands in a file, its lines joined."""
    return " ".join(" ".join(pages(content)).split())


def document(*blocks: Any, title: str = "T") -> Document:
    return Document("A kind", title, "about", blocks, None, "foot")


def test_the_file_is_what_archives_and_readers_aloud_ask_for(report: Report) -> None:
    content = pdf(report)
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"/Alt"):
        assert part in content
    told = pypdfium2.PdfDocument(content).get_metadata_dict()
    assert told["Title"] == "Casualty figures"


def test_the_same_record_gives_the_same_bytes_whenever_it_is_set(report: Report) -> None:
    assert pdf(replace(report, generated=report.generated + timedelta(days=400))) == pdf(report)


def test_the_parts_stand_in_their_order(report: Report) -> None:
    told = set_text(pdf(report))
    heads = [
        "What each authority last reported", "What changed last", "Where sources cannot both stand", "Over time",
        "Who relays whom", "What is counted, and by whom", "Revisions and withdrawals", "Where sources disagree",
        "Every figure", "Sources", "Documents", "Doubts and gaps", "Method: how to read this",
        "The record, and how to verify this report",
    ]  # fmt: skip
    found = [told.rindex(head) for head in heads]
    assert found == sorted(found)
    assert "1,234 entries" in told
    assert "Filters: outcome “killed”." in told


def test_every_page_says_whose_it_is_and_how_many_there_are(report: Report) -> None:
    told = pages(pdf(report))
    assert len(told) > 3
    for number, page in enumerate(told, start=1):
        assert f"page {number} of {len(told)}" in page
        assert "Casualty figures · ledger of 1,234 entries · checkpoint abababababab" in page


def test_the_head_of_a_table_stands_on_every_page_that_it_takes() -> None:
    rows = [[[words(f"row {number}")], [words("a word " * 40)]] for number in range(80)]
    told = pages(typeset(document(table([("The first", 1.0), ("The second", 3.0)], rows))))
    assert len(told) > 2
    assert all("The first" in page for page in told)


def test_a_row_is_not_divided_between_pages_unless_it_is_longer_than_one() -> None:
    rows = [[[words(f"from{number} " + "a word " * 60 + f"to{number}")]] for number in range(30)]
    for page in pages(typeset(document(table([("Column", 1.0)], rows)))):
        assert re.findall(r"\bto(\d+)", page) == re.findall(r"\bfrom(\d+)", page)
    told = pages(typeset(document(table([("Column", 1.0)], [[[words("a word " * 3_000 + "the end")]]]))))
    assert len(told) > 1
    assert "the end" in told[-1]


def test_an_address_of_the_web_can_be_followed_and_no_other() -> None:
    assert address("https://courier.example/a/b?c=d") == {
        "t": "https://courier.example/a/b?c=d", "set": "small", "link": "https://courier.example/a/b?c=d",
    }  # fmt: skip
    assert "link" not in address("javascript:alert(1)")
    content = typeset(document(paragraph(address("https://courier.example/a"))))
    assert b"(https://courier.example/a)" in content


def test_what_could_be_markup_or_turn_the_words_around_it_is_text(report: Report) -> None:
    words_of_others = '#import "x" #sys.inputs *b* _i_ $x$ `c` @ref <label> \\ // /* = - + [x] {y}'
    told = set_text(typeset(document(paragraph(f"{words_of_others} \u202eabc {HOSTILE}"))))
    assert words_of_others in told
    assert "<script>alert(1)</script>" in told
    assert "\u202e" not in told


def test_a_word_longer_than_its_column_is_parted_and_none_runs_over_the_edge() -> None:
    long = "A" * 400
    cells = [[words(long)], [words("beside")], [words(code(long, 40))]]
    columns = [("First", 2.4), ("Second", 2.4), ("Third", 4.8)]
    content = typeset(
        document(paragraph(long), paragraph(code(long)), listing(long), table(columns, [cells]), title=long)
    )
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        assert all(text.get_charbox(place)[2] <= page.get_width() - 48 for place in range(text.count_chars()))


def test_an_id_is_never_parted_so_that_it_can_be_copied(report: Report) -> None:
    told = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf(report)))
    assert report.checkpoint is not None
    assert report.checkpoint.root in told
    assert all(f"sha256:{one.snapshots[0]}" in told for one in report.documents if one.snapshots)


def test_what_typst_refuses_is_told_in_its_words() -> None:
    with pytest.raises(Unrenderable, match=r"^Typst could not set it \(.+\)$"):
        typeset(document({"is": "heading", "level": "none", "words": words("x"), "label": None}))


def test_a_report_of_nothing_says_so(nothing: Report) -> None:
    told = set_text(pdf(nothing))
    assert "No figure in a series is recorded for what was asked." in told
    assert "No revision, correction or withdrawal is recorded." in told
    assert "No two figures recorded here contradict each other" in told
    assert "so there is no checkpoint to verify them against" in told


def test_one_figure_has_its_words_its_facts_and_how_to_cite_it(shown: Shown) -> None:
    told = set_text(figure_pdf(shown))
    assert shown.figure.figure.evidence.quote in told
    assert shown.figure.id in told
    assert "How to cite it" in told
    assert "{{cite" in told
    assert figure_pdf(replace(shown, generated=shown.generated + timedelta(days=1))) == figure_pdf(shown)


def test_many_revisions_and_contradictions_are_named_first_and_told_whole_below(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glance, "FIRST_REVISIONS", 1)
    monkeypatch.setattr(glance, "FIRST_DISAGREEMENTS", 0)
    monkeypatch.setattr(glance, "MAIN_HEADINGS", 1)
    told = set_text(pdf(report))
    assert f"The latest 1 of {len(report.revisions)} revisions; all stand below." in told
    assert f"0 of {len(report.contradictions)}; all stand below." in told
    assert "Further definitions" in told


def test_a_range_and_a_share_are_told_in_words(figure: Any, make_report: Any) -> None:
    one = figure("Between 100 and 300 people killed.", "100 and 300", Count(low=100, high=300, text="100 and 300"))
    assert "100" in set_text(pdf(make_report([one])))
