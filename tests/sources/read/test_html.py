import json
import time
from pathlib import Path

import pytest

from sources.errors import TooLarge, UnreadableInput
from sources.read.html import read_html
from sources.read.page import Page

SERVED = Path(__file__).with_name("served")
LEAD = "The health ministry of Arland said that at least 31 people were killed in the fire."


def read(markup: str, address: str | None = "https://lantern.example/fire") -> Page:
    return read_html(markup.encode(), "utf-8", address, "the page")


def article(inner: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body><article><p>{LEAD}</p>{inner}</article></body></html>"


def zones(page: Page) -> list[tuple[str, str]]:
    return [(span.zone, page.text[span.start : span.end]) for span in page.zones]


def as_json(page: Page) -> dict[str, object]:
    return {
        "text": page.text,
        "title": page.title,
        "publisher": page.publisher,
        "published": str(page.published),
        "language": page.language,
        "reader_version": page.reader_version,
        "zones": zones(page),
        "doubts": list(page.doubts),
        "address": page.address,
    }


@pytest.mark.parametrize("served", sorted(SERVED.glob("*.html")), ids=lambda path: path.stem)
def test_a_served_page_reads_as_a_person_reviewed_it(served: Path) -> None:
    reviewed = served.with_suffix(".json")
    page = read_html(served.read_bytes(), None, "https://www.lantern.example/2023/10/fire?utm_source=x", served.name)
    found = json.loads(json.dumps(as_json(page)))
    if not reviewed.exists():
        reviewed.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        pytest.fail(f"{reviewed.name} was written: review it")
    assert found == json.loads(reviewed.read_text(encoding="utf-8"))


# -- what a reader of the page does not see -------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">Secret: 999 dead.</p>',
        '<p style="color:red; DISPLAY : none !important">Secret: 999 dead.</p>',
        '<p style="visibility:hidden">Secret: 999 dead.</p>',
        '<p style="font-size:0px">Secret: 999 dead.</p>',
        '<p style="opacity:0">Secret: 999 dead.</p>',
        "<p hidden>Secret: 999 dead.</p>",
        "<div hidden=until-found><p>Secret: 999 dead.</p></div>",
        "<script>Secret: 999 dead.</script>",
        "<style>Secret: 999 dead.</style>",
        "<template><p>Secret: 999 dead.</p></template>",
        "<noscript><p>Secret: 999 dead.</p></noscript>",
        "<!-- Secret: 999 dead. -->",
        "<?php Secret: 999 dead. ?>",
        "<textarea>Secret: 999 dead.</textarea>",
        '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"Secret: 999 dead."}</script>',
    ],
)
def test_hidden_text_is_not_read(hidden: str) -> None:
    page = read(article(f"{hidden}<p>The search of the hall went on until the evening of that day.</p>"))
    assert "999" not in page.text
    assert page.text.endswith("The search of the hall went on until the evening of that day.")


@pytest.mark.parametrize("style", ["opacity:0.9", "font-size:0.9em", "display:block", "visibility:visible"])
def test_text_that_is_styled_otherwise_is_read(style: str) -> None:
    page = read(article(f'<p style="{style}">A second body of rescuers came at noon from the old town.</p>'))
    assert "A second body of rescuers" in page.text


def test_a_page_that_is_faded_in_by_its_script_is_read() -> None:
    assert LEAD in read(article("").replace("<body>", '<body style="opacity:0">')).text


# -- text, blocks, zones --------------------------------------------------------------------------


def test_paragraphs_stand_apart_and_line_breaks_stay() -> None:
    page = read(article("<p>He spoke at noon<br>and again in the evening of the\n same   day.</p>"))
    assert page.text == LEAD + "\n\nHe spoke at noon\nand again in the evening of the same day."


def test_characters_that_print_nothing_go_and_no_break_spaces_stay() -> None:
    page = read(article("<p>In all 1&#8239;400 peo\u00adple and 2&nbsp;000 a\u200bnimals left the town that day.</p>"))
    assert page.text.endswith("In all 1\u202f400 people and 2\u00a0000 animals left the town that day.")


def test_a_table_is_one_block_with_a_line_for_each_row() -> None:
    table = "<table><tr><th>District</th><th>Killed</th></tr><tr><td>Harbour</td><td>21</td></tr><tr></tr></table>"
    assert zones(read(article(table))) == [("table", "District | Killed\nHarbour | 21")]


def test_the_headline_comes_first_once() -> None:
    page = read(
        f"<html><head><title>Fire kills 31 | Lantern</title></head><body><article><h1>Fire kills 31</h1><p>{LEAD}</p>"
        "</article></body></html>"
    )
    assert page.text == f"Fire kills 31\n\n{LEAD}"
    assert zones(page) == [("headline", "Fire kills 31")]


def test_a_headline_outside_the_article_is_read() -> None:
    page = read(
        f"<html><body><div class=top><h1>Fire kills 31</h1></div><article><p>{LEAD}</p></article></body></html>"
    )
    assert zones(page) == [("headline", "Fire kills 31")]


def test_a_title_for_machines_alone_is_no_text_of_the_page() -> None:
    page = read(
        article("", head='<meta property="og:title" content="Fire kills 31"><meta name=description content=Hm>')
    )
    assert (page.title, page.text) == ("Fire kills 31", LEAD)


def test_a_title_that_opens_the_article_is_its_headline() -> None:
    page = read(
        '<html><head><meta property="og:title" content="Fire kills 31"></head><body><article><h2>Fire kills 31</h2>'
        f"<p>{LEAD}</p></article></body></html>"
    )
    assert zones(page) == [("headline", "Fire kills 31")]


def test_a_description_that_readers_see_is_the_summary() -> None:
    head = '<meta name="description" content="The toll rose overnight in the port.">'
    inside = f"<article><p>The toll rose overnight in the port.</p><p>{LEAD}</p></article>"
    outside = f"<aside>The toll rose overnight in the port.</aside><article><p>{LEAD}</p></article>"
    for body in (inside, outside):
        page = read(f"<html><head>{head}</head><body>{body}</body></html>")
        assert zones(page) == [("summary", "The toll rose overnight in the port.")]
        assert page.text == f"The toll rose overnight in the port.\n\n{LEAD}"


def test_captions_of_the_article_come_last_and_those_of_other_stories_do_not() -> None:
    figure = "<figure><figcaption>{}</figcaption></figure>"
    page = read(
        article(
            figure.format("Rescuers at the hall.") * 2 + figure.format("") + f"<aside>{figure.format('Flood')}</aside>"
        )
        + figure.format("Sport")
    )
    assert zones(page) == [("caption", "Rescuers at the hall.")]
    assert page.text.endswith("\n\nRescuers at the hall.")


def test_offsets_of_zones_point_into_the_text() -> None:
    page = read(
        article("<table><tr><td>Harbour 🏙</td><td>21</td></tr></table><p>Twelve more were missing by noon.</p>")
    )
    assert all(page.text[span.start : span.end].strip() for span in page.zones)
    assert [span.start for span in page.zones] == sorted(span.start for span in page.zones)


# -- languages and encodings ----------------------------------------------------------------------


def test_a_language_that_the_words_contradict_is_the_words_own() -> None:
    arabic = "<p>أعلنت وزارة الصحة مقتل اثني عشر شخصًا على الأقل في حريق السوق المركزية إلى الآن.</p>"
    page = read(f'<html lang="en-US"><body><article>{arabic}</article></body></html>')
    assert page.language == "ar"
    assert page.doubts == ("language_differs: the page declares en, its words are ar",)


def test_a_page_in_a_script_without_spaces_is_read() -> None:
    chinese = "卫生部周二表示，港口市场大厅的火灾已造成至少三十一人死亡，搜救仍在继续。"
    page = read(f"<html lang=zh><body><article><p>{chinese}</p></article></body></html>")
    assert (page.language, "三十一人" in page.text) == ("zh", True)


@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="windows-1251">', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
)
def test_the_charset_that_a_page_declares_is_used(declaration: str) -> None:
    words = "Министерство сообщило, что при пожаре погибли не менее двенадцати человек в порту."
    markup = f"<html><head>{declaration}</head><body><p>{words}</p></body></html>"
    assert read_html(markup.encode("cp1251"), None, None, "the page").text == words


def test_the_encoding_of_an_xml_declaration_is_used() -> None:
    words = "Zwölf Menschen wurden nach Angaben der Stadt dabei getötet."
    markup = f'<?xml version="1.0" encoding="ISO-8859-15"?><html><body><p>{words}</p></body></html>'
    assert "Zwölf" in read_html(markup.encode("iso-8859-15"), None, None, "the page").text


# -- no article, too much of it -------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<html><body></body></html>",
        "<html><body><nav>" + "<a href=/x>Section</a> " * 50 + "</nav></body></html>",
        "<html><body><ul>" + "".join(f"<li><a href=/{n}>Part {n}</a></li>" for n in range(60)) + "</ul></body></html>",
        "<html><body><div id=root></div><noscript>You need to turn on scripts, or this will not "
        "run.</noscript></body></html>",
        "<html><body><form><label>Name</label><input></form><p>Please log in to continue.</p></body></html>",
        "<html><body><div class=redesigned><span hidden>At least 31 people were killed, it "
        "said.</span></div></body></html>",
    ],
)
def test_a_page_without_an_article_raises_and_never_gives_an_empty_text(markup: str) -> None:
    with pytest.raises(UnreadableInput, match="the page: no"):
        read(markup)


def test_what_is_no_html_raises() -> None:
    with pytest.raises(UnreadableInput, match="no HTML that can be parsed"):
        read("   <!-- -->   ")


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p>x</p>" * 60_000, "more than 50,000 elements"),
        ("<p>" + "x" * 10_000_001, "more than 10,000,000 characters"),
        ("<p " + " ".join(f"a{n}='<'" for n in range(400)) + ">", "more than 300 attributes"),
        ("<p a='" * 20_000, "more than 300 attributes"),
        ("<p " + "/".join(f"a{n}" for n in range(400)) + ">", "more than 300 attributes"),
    ],
)
def test_more_than_is_read_of_a_page_is_refused(markup: str, said: str) -> None:
    with pytest.raises((TooLarge, UnreadableInput), match=said):
        read(f"<html><body>{markup}</body></html>")


def test_long_scripts_and_comments_are_no_attributes() -> None:
    words = " ".join(f"word{n}" for n in range(1000))
    page = read(
        article("", head=f"<script>if (a <b && {words}) x()</script><!-- <b {words} --><style>a <b {words}</style>")
    )
    assert page.text == LEAD


@pytest.mark.parametrize(
    "inner",
    [
        "<div>" * 50_000,
        "<ul><li>x" * 3_000,
        "<table><tr><td>" * 3_000,
        "<figure><figcaption>c</figcaption></figure>" * 15_000,
        "<time itemprop=datePublished>about three on a day</time>" * 15_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    ],
    ids=["deep", "lists", "tables", "captions", "times", "brackets"],
)
def test_pages_made_to_be_slow_end_soon(inner: str) -> None:
    started = time.monotonic()
    assert read(article(inner)).text.startswith(LEAD)
    assert time.monotonic() - started < 5


def test_nothing_is_said_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableInput):
        read("<html></html>")
    assert capfd.readouterr() == ("", "")
