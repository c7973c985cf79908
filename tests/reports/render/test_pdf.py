"""Reports and figures as PDF: what archives ask of the file, what stands on its pages, and letters that are lacking."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Count
from reports.provenance import Report
from reports.render.pdf.blocks import BREAK, address, is_right_to_left, table, words
from reports.render.pdf.figure import pdf as figure_pdf
from reports.render.pdf.lettering import lettered
from reports.render.pdf.report import pdf
from reports.render.pdf.typesetting import Document, typeset
from reports.shown import Shown
from tests.reports.render.conftest import HOSTILE

ARABIC = "قالت الوزارة إن 2,808 أشخاص قتلوا"
HEBREW = "משרד הבריאות אמר כי 1,400 בני אדם נהרגו"
UKRAINIAN = "Міністерство оборони повідомило про 300 вбитих"
CHINESE, THAI = "据报道有十二人死亡", "มีผู้เสียชีวิต"


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded().replace(BREAK, "") for page in document]


def set_text(content: bytes) -> str:
    """What stands in a file, its lines joined."""
    return " ".join(" ".join(pages(content)).split())


def document(*blocks: Any, title: str = "T") -> Document:
    return Document(title, "about", blocks, None, "foot")


def paragraph(text: str) -> dict[str, Any]:
    return {"is": "paragraph", "words": words(text)}


def test_the_file_is_what_archives_and_readers_aloud_ask_for(report: Report) -> None:
    content = pdf(report)
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"/Alt"):
        assert part in content
    told = pypdfium2.PdfDocument(content).get_metadata_dict()
    assert told["Title"] == "Casualty figures"


def test_the_same_record_gives_the_same_bytes_whenever_and_wherever_it_is_set(report: Report) -> None:
    content = pdf(report)
    assert pdf(replace(report, generated=report.generated + timedelta(days=400))) == content
    script = (
        "import sys; from reports.render.pdf.typesetting import Document, typeset\n"
        "from reports.render.pdf.blocks import paragraph\n"
        f"sys.stdout.buffer.write(typeset(Document('T', 'about', [paragraph({ARABIC + CHINESE!r})], None, 'foot')))"
    )
    there = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    assert there == typeset(document(paragraph(ARABIC + CHINESE)))


def test_the_parts_stand_in_their_order(report: Report) -> None:
    told = set_text(pdf(report))
    heads = [
        "What each authority last reported", "What changed last", "Where sources cannot both stand", "Over time",
        "Who relays whom", "What is counted, and by whom", "Every revision", "Where sources disagree", "Every figure",
        "Sources", "Documents", "Doubts and gaps", "Method: how to read this", "How to verify this",
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
        assert "Casualty figures · ledger of 1,234 entries, checkpoint" in page


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
        "t": BREAK.join(["https://", "courier.", "example/", "a/", "b?", "c=", "d"]),
        "set": "small",
        "link": "https://courier.example/a/b?c=d",
    }
    assert "link" not in address("javascript:alert(1)")
    content = typeset(document({"is": "paragraph", "words": words(address("https://courier.example/a"))}))
    assert b"(https://courier.example/a)" in content


@pytest.mark.parametrize("text", [ARABIC, HEBREW, UKRAINIAN, "Ḥamās – “İstanbul” ← ≥ × …"])
def test_the_scripts_of_our_sources_are_set(text: str) -> None:
    told = set_text(typeset(document(paragraph(text), title=text)))
    assert "without a font" not in told
    assert lettered(text) == (text, [])


def test_a_quote_from_the_right_begins_at_the_right() -> None:
    def left(text: str) -> float:
        page = pypdfium2.PdfDocument(typeset(document(paragraph(text))))[0].get_textpage()
        letters = enumerate(page.get_text_range())
        return float(min(page.get_charbox(place)[0] for place, letter in letters if ord(letter) > 0x400))

    assert left(ARABIC) > 200 > left(UKRAINIAN)


@given(st.text())
def test_a_text_is_set_from_the_side_of_its_first_letter(text: str) -> None:
    assert not is_right_to_left(f"a{text}")
    assert is_right_to_left(f"12 ({ARABIC}{text}")


def test_letters_that_no_package_has_are_named_and_the_rest_is_set() -> None:
    told = set_text(typeset(document(paragraph(f"It said: {CHINESE} and {THAI}."), title=CHINESE)))
    assert "It said: [9 characters without a font: Cjk] and [14 characters without a font: Thai]." in told
    assert "Letters that this file lacks" in told


def test_one_sign_that_is_lacking_does_not_take_its_alphabet_with_it() -> None:
    lacking = "\U0001df00"  # LATIN SMALL LETTER FENG DIGRAPH WITH TRILL, of Unicode 14
    told, missing = lettered({"text": f"Latin é{lacking}ø letters"})
    assert told == {"text": "Latin é[1 character without a font: Latin]ø letters"}
    assert missing == ["1 character without a font: Latin"]


@settings(max_examples=30)
@given(st.text())
def test_any_text_can_be_set(text: str) -> None:
    assert typeset(document(paragraph(text), title=f"T {text}")).startswith(b"%PDF")


def test_what_could_be_markup_or_turn_the_words_around_it_is_text(report: Report) -> None:
    words_of_others = '#import "x" #sys.inputs *b* _i_ $x$ `c` @ref <label> \\ // /* = - + [x] {y}'
    told = set_text(typeset(document(paragraph(f"{words_of_others} \u202eabc {HOSTILE}"))))
    assert words_of_others in told
    assert "<script>alert(1)</script>" in told
    assert "\u202e" not in told


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
    from reports.render.pdf import report as module

    monkeypatch.setattr(module, "FIRST_REVISIONS", 1)
    monkeypatch.setattr(module, "FIRST_DISAGREEMENTS", 0)
    monkeypatch.setattr(module, "MAIN_HEADINGS", 1)
    told = set_text(pdf(report))
    assert f"The latest 1 of {len(report.revisions)} revisions; all stand below." in told
    assert f"0 of {len(report.contradictions)}; all stand below." in told
    assert "Further definitions" in told


def test_a_range_and_a_share_are_told_in_words(figure: Any, make_report: Any) -> None:
    one = figure("Between 100 and 300 people killed.", "100 and 300", Count(low=100, high=300, text="100 and 300"))
    assert "100" in set_text(pdf(make_report([one])))
