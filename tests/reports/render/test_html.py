"""The HTML report: what a reader finds in it, and what nothing from outside can do in it."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from db.records import Count, RecordedFigure
from reports.provenance import Report
from reports.render.html import html

VOID = {"meta", "link", "br", "line", "circle", "col", "input"}


class Page(HTMLParser):
    """The elements, ids, links and visible text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"{tag} closes nothing at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(attribute))]


@pytest.fixture
def page(report: Report) -> Page:
    return Page(html(report))


def text_of(page: Page) -> str:
    return " ".join(page.text.split())


def test_the_first_screen_says_what_was_last_reported_what_changed_and_who_disagrees(page: Page) -> None:
    text = text_of(page)
    for sentence in (
        "Gaza Ministry of Health: 471, as of 18 October 2023 (day of the statement); revised down by 29; before it "
        "at least 500, as of 17 October 2023 (publication date).",
        "Government of Israel: approximately 1,200, as of 10 November 2023 (publication date); revised down by 200",
        "Example Notes ← CNN ← US intelligence community, published 19 October 2023",
        "471 lies above 300, the upper end of an estimate.",
        "From 18 October 2023, open at the last figure recorded; 171 apart (36% of the highest).",
    ):
        assert sentence in text[: text.index("Each line is one authority's")], sentence


def test_every_element_that_is_opened_is_closed(page: Page) -> None:
    assert page.open == []


def test_every_inner_link_leads_somewhere_and_no_id_stands_twice(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)


def test_every_figure_but_the_held_one_has_its_row_under_its_id(page: Page, report: Report) -> None:
    rows = {value for value in page.values("id") if value.startswith("f-")}
    assert rows == {f"f-{figure.id[:12]}" for figure in report.figures}
    assert "999 people" not in page.text


def test_the_quote_is_marked_within_its_words(report: Report) -> None:
    assert "The Astana Times counted <mark>286 soldiers</mark> among them." in html(report)


def test_a_data_row_shows_its_column_and_value(report: Report) -> None:
    assert '<code dir="auto">killed_cum: 14</code>' in html(report)


def test_doubts_stand_with_the_figure_or_once_in_the_list(page: Page) -> None:
    assert page.text.count("outcome_ambiguous: killed, or killed and injured") == 2
    assert page.text.count("issuer_assumed: the file does not say whose this column is") == 1


def test_revisions_stand_together_the_latest_first(page: Page) -> None:
    text = text_of(page)
    told = text[text.index("Revisions, the latest first") : text.index("Where sources disagree")]
    assert told.index("10 November 2023") < told.index("18 October 2023")
    assert "at least 500 17 Oct 2023 (publication date) → 471 18 Oct 2023 (day of the statement)" in told


def test_only_its_own_script_and_style_may_act_and_nothing_is_fetched(page: Page, report: Report) -> None:
    assert {tag for tag, _ in page.tags} & {"img", "iframe", "object", "form", "base", "audio"} == set()
    assert page.values("src") == []
    policy = next(a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a)
    assert policy is not None
    source = html(report)
    for kind, found in (
        ("script", re.findall("<script>(.*?)</script>", source, re.DOTALL)),
        ("style", re.findall("<style>(.*?)</style>", source, re.DOTALL)),
    ):
        (text,) = found
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none'; ")
    assert {attributes.get("type") for tag, attributes in page.tags if tag == "script"} <= {
        None, "application/json", "application/octet-stream",
    }  # fmt: skip
    assert re.findall(r"url\((?!#)|@import|style=", source) == []


def test_only_web_addresses_are_links_and_they_tell_the_other_side_nothing(page: Page) -> None:
    outer = [
        attributes for tag, attributes in page.tags if tag == "a" and not (attributes["href"] or "").startswith("#")
    ]
    assert {(attributes["href"] or "")[:8] for attributes in outer} == {"https://"}
    assert {attributes["rel"] for attributes in outer} == {"noopener noreferrer nofollow"}


def test_markup_from_outside_stays_text(page: Page) -> None:
    assert "<script>alert(1)</script>" in page.text
    assert len([tag for tag, attributes in page.tags if tag == "script" and not attributes]) == 1
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []


def test_headings_go_down_by_one_and_tables_have_captions_and_scopes(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("caption") == tags.count("table")
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")


def test_a_chart_has_a_title_and_a_description(page: Page) -> None:
    pictures = [attributes for tag, attributes in page.tags if tag == "svg" and attributes.get("role") == "img"]
    assert len(pictures) >= 2
    ids = set(page.values("id"))
    assert all(set((picture["aria-labelledby"] or "").split()) <= ids for picture in pictures)


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert html(report) == html(report)


def test_a_report_of_nothing_says_so(nothing: Report) -> None:
    text = text_of(Page(html(nothing)))
    assert "Casualty figures: Nothing yet No figure is recorded for what was asked." in text
    assert "there is no checkpoint to verify them against" in text
    assert "No doubt is recorded." in text


def test_a_report_carries_its_checkpoint_and_how_to_verify_it(page: Page) -> None:
    assert "ab" * 32 in page.text
    assert "casualty-figures verify" in page.text


def test_an_ordinary_event_stays_small(report: Report) -> None:
    assert len(html(report).encode()) < 200_000


def test_many_authorities_and_definitions_fold_away(
    figure: Callable[..., RecordedFigure], make_report: Callable[..., Report]
) -> None:
    figures = [
        figure(
            f"{n} people by source {n} on {outcome}",
            f"{n} people",
            Count.exactly(n),
            links=(f"Example Source {n}",),
            outcome=outcome,
            event="Example flood",
            tally="cumulative",
        )
        for outcome in ("killed", "injured", "missing", "captured", "held", "released", "detained", "displaced")
        for n in range(2, 14)
    ]
    page = html(make_report(figures, event="Example flood"))
    assert "8 more, reported earlier" in page
    assert "3 more of the main definitions" in page
    assert "2 further definitions that are counted" in page
    assert "4 further lines are in the tables only." in page


def test_a_report_with_every_fact_known_has_no_gap(
    figure: Callable[..., RecordedFigure], make_report: Callable[..., Report]
) -> None:
    known = figure("12 people died.", "12 people", Count.exactly(12), basis="stated", place="Example Valley")
    report = replace(make_report([known]), unplaced=())
    assert "Every figure here has its day, its publication date, its issuer and its address." in html(report)


def test_a_long_context_is_cut_to_what_a_reader_needs(
    figure: Callable[..., RecordedFigure], make_report: Callable[..., Report]
) -> None:
    text = f"{'before ' * 60}12 people died{' after' * 60}"
    page = html(make_report([figure(text, "12 people", Count.exactly(12), place="Example Valley")]))
    assert re.search(r">…before [^<]{140,160}<mark>12 people</mark>[^<]{140,160}after…<", page)
