"""One figure on one page: the same facts in HTML, Markdown, text and JSON, with how to cite it."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from reports.citations import Form
from reports.positions import Disagreement
from reports.render.citing import FORMS
from reports.render.figure.html import html
from reports.render.figure.json import shown_json
from reports.render.figure.markdown import markdown
from reports.render.figure.text import text
from reports.shown import Shown, facts, figure_report


class Page(HTMLParser):
    """The text of a page, and every element and attribute in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_tells_every_fact_and_every_citation(shown: Shown) -> None:
    told = " ".join(Page(html(shown)).words)
    for _, words in facts(shown):
        assert words in told
    for form in FORMS.values():
        assert form(shown.citation).strip() in told
    assert "1,234 entries" in told


def test_the_page_begins_as_html_and_fetches_nothing(shown: Shown) -> None:
    written = html(shown)
    assert written.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in written
    assert Page(written).links == ["data:,", "https://notes.example/1"]


def test_a_hostile_document_adds_no_element_to_the_page(shown: Shown, hostile: Shown) -> None:
    page = Page(html(hostile))
    assert page.elements <= Page(html(shown)).elements
    assert page.links == ["data:,"]


def test_markdown_tells_the_same_facts(shown: Shown) -> None:
    told = markdown(shown).replace("\\", "")
    assert all(words.replace("\\", "") in told for label, words in facts(shown) if label not in ("words", "title"))
    assert told.startswith("# At least 2,808 Palestinians killed")
    assert "**at least 2,808 Palestinians killed**" in told


def test_a_fence_of_backticks_holds_a_citation_that_has_some(hostile: Shown) -> None:
    backticks = replace(hostile.figure, title="```` x")
    told = markdown(replace(hostile, figure=backticks))
    assert "`````text\n" in told


def test_the_text_is_what_the_command_prints(shown: Shown) -> None:
    assert text(shown).startswith("At least 2,808 Palestinians killed\n")
    assert "retrieved 2 January 2024, 03:04 UTC, text/html" in text(shown)


def test_the_json_has_the_figure_its_neighbours_and_every_form_of_citation(shown: Shown) -> None:
    content = shown_json(shown)
    assert content["id"] == shown.figure.id
    assert content["history"]["steps"][0]["change"] == "first"
    assert len(content["relays"]) == 1
    assert content["citations"] == [content["citation_forms"]["plain"]]
    assert set(content["citation_forms"]) == set(FORMS)
    assert content["citation_forms"]["csl"][0]["type"] == "article-newspaper"
    json.dumps(content)


def test_a_figure_that_stands_alone_says_no_more_than_is_known(shown: Shown) -> None:
    alone = Shown(shown.figure)
    content = shown_json(alone)
    assert (content["history"], content["relays"], content["origin_trace"]) == (None, [], None)
    assert "read from no store" in markdown(alone)
    assert "2,808" in html(alone)
    assert figure_report(alone).figures == (shown.figure,)


def test_the_report_of_a_figure_holds_its_neighbours_and_the_last_of_each_position(shown: Shown) -> None:
    report = figure_report(shown)
    ids = {one.id for one in report.figures}
    assert shown.figure.id in ids
    assert {relay.figure.id for relay in shown.relays} <= ids
    assert all(len(held.figures) == 1 for one in report.disagreements for held in one.positions)
    assert all(step.figure.id in ids for line in report.lines for step in line.series.steps)
    assert report.filters == (("figure", shown.figure.id),)


def test_a_figure_overtaken_in_its_own_position_stays_in_the_disagreement(shown: Shown) -> None:
    contradiction: Disagreement = shown.disagreements[0]
    first = contradiction.positions[1].figures[0]
    (kept, *_) = figure_report(replace(shown, figure=first)).disagreements
    assert kept.positions[1].figures == contradiction.positions[1].figures


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_hostile_citation_is_quoted_on_the_page(hostile: Shown, form: Form) -> None:
    told: Any = Page(html(hostile)).words
    assert FORMS[form](hostile.citation).strip() in told
