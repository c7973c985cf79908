"""The report as Markdown: readable as text, and nothing from outside active when rendered."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from db.records import Count, RecordedFigure
from reports.provenance import Report
from reports.render.markdown import escaped, markdown

RENDERER = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def test_it_says_what_was_last_reported_what_changed_and_who_disagrees(report: Report) -> None:
    text = markdown(report)
    for sentence in (
        "**Gaza Ministry of Health**: **471**, as of 18 October 2023 (day of the statement); revised down by 29; "
        "before it at least 500, as of 17 October 2023 (publication date).",
        "then approximately 1,200, as of 10 November 2023 (publication date): revised down by 200.",
        "471 lies above 300, the upper end of an estimate.",
        r"| “killed\_cum: 14” \[issuer\_assumed: ",
        "Merkle root (RFC 9162) `" + "ab" * 32,
    ):
        assert sentence in text, sentence


def test_every_figure_is_there_by_its_id(report: Report) -> None:
    text = markdown(report)
    assert [figure.id for figure in report.figures if figure.id[:12] not in text] == []


def test_a_hostile_document_puts_no_element_and_no_link_into_the_page(report: Report) -> None:
    rendered = RENDERER.render(markdown(report))
    assert set(re.findall(r"<(\w+)", rendered)) <= {
        *("h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "a"),
    }
    assert {address[:8] for address in re.findall(r'href="([^"]*)"', rendered)} == {"https://"}


def test_every_table_row_has_as_many_cells_as_its_head(report: Report) -> None:
    rendered = RENDERER.render(markdown(report))
    for table in re.findall(r"<table>.*?</table>", rendered, re.DOTALL):
        columns = table.count("<th>")
        assert all(row.count("<td>") in (0, columns) for row in table.split("</tr>"))


@given(st.text(alphabet=st.sampled_from("<>&*_`~[]()#+-=!|\\:/.@$ 1aw\n\t"), min_size=1))
def test_escaped_text_renders_as_itself(text: str) -> None:
    line = " ".join(text.split())
    if not line:
        return
    rendered = RENDERER.render(escaped(text)).strip()
    assert rendered.startswith("<p>")
    assert rendered.endswith("</p>")
    inner = rendered.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inner
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        inner = inner.replace(entity, character)
    assert inner == line


@pytest.mark.parametrize("text", ["https://a.example", "www.a.example", ":smile:", "#12", "@someone", "$x$"])
def test_what_forges_make_active_is_escaped(text: str) -> None:
    assert "\\" in escaped(text)


def test_a_report_of_nothing_says_so(nothing: Report) -> None:
    text = markdown(nothing)
    assert "No figure is recorded for what was asked." in text
    assert "No revision, correction or withdrawal is recorded." in text
    assert "No doubt is recorded." in text
    assert "there is no checkpoint" in text


def test_further_definitions_stand_in_one_table(
    figure: Callable[..., RecordedFigure], make_report: Callable[..., Report]
) -> None:
    figures = [
        figure(f"{n} people", f"{n} people", Count.exactly(n), outcome=outcome, tally="cumulative")
        for n, outcome in enumerate(("killed", "injured", "missing", "captured", "held", "released", "displaced"))
    ]
    assert "### Further definitions" in markdown(make_report(figures))


def test_an_address_that_could_leave_its_brackets_is_plain_text(
    figure: Callable[..., RecordedFigure], make_report: Callable[..., Report]
) -> None:
    odd = figure("12 people", "12 people", Count.exactly(12), address="https://a.example/`x`")
    assert "<https://a.example" not in markdown(make_report([odd]))


def test_the_same_report_gives_the_same_text(report: Report) -> None:
    assert markdown(report) == markdown(report)


def test_sources_methods_and_the_instants_of_snapshots_are_told(report: Report) -> None:
    told = markdown(report)
    assert "| Government of Israel | government office, IL, party: Israel | authority | 2 |" in told
    assert "- Al Jazeera, from 7 October 2023: As its sources say." in told
    assert "(retrieved 2 January 2024, 03\\:04 UTC)" in told or "(retrieved 2 January 2024, 03:04 UTC)" in told
