"""How to cite a figure: each form is read back by a program that knows it, and nothing in it is active."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import bibtexparser  # type: ignore[import-untyped]  # it ships no types
import jsonschema  # type: ignore[import-untyped]  # it ships no types
import mwparserfromhell
import pytest
import rispy  # type: ignore[import-untyped]  # it ships no types
from hypothesis import given
from hypothesis import strategies as st

from db.records import KeptSnapshot, RecordedFigure, Source
from db.vocabulary import VOCABULARIES
from reports.citations import Citation, Form, citation_of, one_line
from reports.render.citing import FORMS

RecordFigure = Callable[..., RecordedFigure]
SCHEMA = json.loads((Path(__file__).parent / "render" / "schemas" / "csl-data-1.0.json").read_text(encoding="utf-8"))
CITATION = Citation(
    figure="ab" * 32,
    document="ef" * 32,
    snapshot="cd" * 32,
    authority="Al Jazeera",
    says="at least 2,808 Palestinians killed, as of 17 October 2023 (publication date)",
    chain="The Invented Courier ← Al Jazeera",
    quote="at least 2,808 Palestinians",
    title="A note on a toll",
    address="https://courier.example/news?a=1&b=2",
    publisher="The Invented Courier",
    kind="newspaper",
    published=date(2023, 10, 17),
    accessed=date(2023, 10, 18),
    language="en",
)
BARE = Citation("ab" * 32, "ef" * 32, "", "issuer not named", "12 people killed", "publisher not stated", "12 people")
lines = st.text(max_size=40).map(one_line)
hostile = st.sampled_from(
    ["}}", "{{", "|", "[[x]]", "''x''", "~~~~", "<ref>", "\\input{x}", "{", "}", "%", "__TOC__", "$x$", "#", "@misc{x,"]
)
texts = st.lists(st.one_of(lines, hostile), max_size=5).map(" ".join).map(one_line)


def cited(form: Form, citation: Citation = CITATION) -> str:
    return FORMS[form](citation)


def test_every_form_has_its_function() -> None:
    assert tuple(FORMS) == get_args(Form)


@pytest.mark.parametrize("form", get_args(Form))
def test_what_is_not_known_is_left_out_of_every_form(form: Form) -> None:
    told = cited(form, BARE)
    assert "None" not in told
    assert BARE.figure[:12] in told or form == "wikipedia"


def test_a_plain_citation_says_who_reported_what_where_and_where_the_record_keeps_it() -> None:
    assert cited("plain") == (
        "Al Jazeera: at least 2,808 Palestinians killed, as of 17 October 2023 (publication date). The Invented "
        "Courier ← Al Jazeera, published 17 October 2023. “A note on a toll”, https://courier.example/news?a=1&b=2 "
        f"(accessed 18 October 2023). Figure abababababab, snapshot sha256:{'cd' * 32}."
    )
    assert "publication date unknown. document efefefefefef." in cited("plain", BARE)


def test_a_footnote_is_short() -> None:
    assert cited("footnote") == (
        "The Invented Courier ← Al Jazeera, “A note on a toll”, 17 October 2023, "
        "https://courier.example/news?a=1&b=2 (accessed 18 October 2023), figure abababababab."
    )
    assert cited("footnote", BARE) == "publisher not stated, undated, document efefefefefef, figure abababababab."


def template(citation: Citation) -> Any:
    """The one template of a citation, which is the whole of it."""
    told = cited("wikipedia", citation)
    parsed = mwparserfromhell.parse(told)
    (node,) = parsed.nodes
    return node


def parameters(citation: Citation) -> dict[str, str]:
    return {str(given.name): str(given.value).strip() for given in template(citation).params}


def test_news_is_cited_as_news_of_its_newspaper() -> None:
    assert str(template(CITATION).name).strip() == "cite news"
    assert parameters(CITATION) == {
        "url": "https://courier.example/news?a=1&b=2",
        "title": "A note on a toll",
        "newspaper": "The Invented Courier",
        "date": "17 October 2023",
        "access-date": "18 October 2023",
        "language": "en",
        "quote": "at least 2,808 Palestinians",
    }


@pytest.mark.parametrize(
    ("kind", "name", "parameter"),
    [
        ("newspaper", "cite news", "newspaper"),
        ("wire", "cite news", "agency"),
        ("magazine", "cite news", "magazine"),
        ("broadcaster", "cite news", "work"),
        ("un_body", "cite web", "publisher"),
        (None, "cite web", "publisher"),
    ],
)
def test_a_publisher_stands_where_its_kind_belongs(kind: str | None, name: str, parameter: str) -> None:
    one = replace(CITATION, kind=kind)
    assert str(template(one).name).strip() == name
    assert parameters(one)[parameter] == "The Invented Courier"


def test_without_a_web_address_there_is_no_day_of_access() -> None:
    one = replace(CITATION, address=None, kind="un_body")
    assert str(template(one).name).strip() == "cite report"
    assert {"url", "access-date"} & set(parameters(one)) == set()
    assert "urldate" not in cited("bibtex", one)
    assert "Y2  -" not in cited("ris", one)
    assert "accessed" not in json.loads(cited("csl", one))[0]


@given(texts, texts, texts)
def test_nothing_in_a_wikipedia_citation_is_markup(title: str, publisher: str, quote: str) -> None:
    one = replace(CITATION, title=title or None, publisher=publisher or None, quote=quote)
    node = template(one)
    assert {str(given.name) for given in node.params} <= set(parameters(CITATION))
    for given_ in node.params:
        inner = given_.value.nodes
        kinds = (mwparserfromhell.nodes.Text, mwparserfromhell.nodes.HTMLEntity)
        assert all(isinstance(one, kinds) or str(one) in ("{{!}}", one_line(str(one))) for one in inner)
        assert [str(one) for one in given_.value.filter_templates() if str(one) != "{{!}}"] == []
        assert given_.value.filter_tags() == given_.value.filter_wikilinks() == []
        assert "~~~" not in str(given_.value)


@given(texts)
def test_a_wikipedia_citation_says_what_the_title_says(title: str) -> None:
    value = mwparserfromhell.parse(parameters(replace(CITATION, title=f"x {title} x"))["title"].replace("{{!}}", "|"))
    assert one_line(value.strip_code(normalize=True, collapse=False)) == one_line(f"x {title} x")


def test_an_address_cannot_end_a_parameter_or_a_link() -> None:
    address = parameters(replace(CITATION, address="https://courier.example/a|b}}[c]''d''<e>\"f"))["url"]
    assert address == "https://courier.example/a%7Cb%7D%7D%5Bc%5D%27%27d%27%27%3Ce%3E%22f"


def entry(citation: Citation) -> dict[str, str]:
    database = bibtexparser.loads(cited("bibtex", citation))
    (only,) = database.entries
    told: dict[str, str] = only
    return told


def test_bibtex_reads_back() -> None:
    told = entry(CITATION)
    assert told["ENTRYTYPE"] == "misc"
    assert told["ID"] == "casualty-figure-abababababab"
    assert told["author"] == "{The Invented Courier}"
    assert told["title"] == "{A note on a toll}"
    assert (told["year"], told["urldate"]) == ("2023", "2023-10-18")
    assert told["url"] == "https://courier.example/news?a=1&b=2"


@given(texts, texts)
def test_bibtex_is_one_entry_whose_braces_match(title: str, quote: str) -> None:
    one = replace(CITATION, title=title or None, quote=quote)
    told = cited("bibtex", one)
    assert told.count("{") == told.count("}")
    assert set(entry(one)) == set(entry(CITATION))
    # After the commands that we write, no character is left that TeX obeys.
    left = re.sub(r"\\(?:text[a-z]+|char34)\{\}|\\[$&%#_]", "", told.split("title = {{", 1)[1].split("}},\n", 1)[0])
    assert not set(left) & set("\\{}$&%#_~^")


def test_ris_reads_back() -> None:
    (told,) = rispy.loads(cited("ris"))
    assert told["type_of_reference"] == "NEWS"
    assert told["title"] == "A note on a toll"
    assert told["date"] == "2023/10/17"
    assert told["urls"] == ["https://courier.example/news?a=1&b=2"]
    assert told["abstract"] == CITATION.quote


@given(texts, texts)
def test_ris_is_one_record_of_single_lines(title: str, quote: str) -> None:
    one = replace(CITATION, title=title or None, quote=quote)
    told = cited("ris", one)
    assert [line[:2] for line in told.split("\n") if line] == [line[:2] for line in cited("ris").split("\n") if line]
    assert len(rispy.loads(told)) == 1


@given(texts, st.sampled_from([None, *VOCABULARIES["source_kind"]]), st.sampled_from([None, CITATION.address]))
def test_csl_is_valid_by_its_schema(title: str, kind: str | None, address: str | None) -> None:
    for one in (replace(CITATION, title=title or None, kind=kind, address=address), BARE):
        jsonschema.validate(json.loads(cited("csl", one)), SCHEMA)


def test_csl_says_where_news_appeared_and_who_else_published() -> None:
    (news,) = json.loads(cited("csl"))
    assert (news["type"], news["container-title"]) == ("article-newspaper", "The Invented Courier")
    assert news["issued"] == {"date-parts": [[2023, 10, 17]]}
    (page,) = json.loads(cited("csl", replace(CITATION, kind="un_body")))
    assert (page["type"], page["author"]) == ("webpage", [{"literal": "The Invented Courier"}])


def test_a_citation_takes_its_facts_from_the_record(recorded: RecordFigure) -> None:
    one = replace(recorded(12), title="A\ntoll\u202e", address="https://gazette.example/1")
    kept = KeptSnapshot(one.document, one.snapshot, 10, datetime(2023, 11, 2, tzinfo=UTC), 200, "text/html", (), "ar")
    told = citation_of(one, snapshot=kept, publisher=Source(name="Health Ministry", kind="health_ministry"))
    assert (told.title, told.language, told.kind) == ("A toll", "ar", "health_ministry")
    assert told.accessed == date(2023, 11, 2)
    assert told.address == "https://gazette.example/1"


def test_a_file_that_was_handed_in_was_accessed_on_no_known_day(recorded: RecordFigure) -> None:
    one = recorded(12)
    kept = KeptSnapshot(one.document, one.snapshot, 10, datetime(2023, 11, 2, tzinfo=UTC))
    assert citation_of(one, snapshot=kept).accessed is None


@pytest.mark.parametrize(
    ("address", "original", "on"),
    [
        ("https://web.archive.org/web/20231018063000/https://gazette.example/1", "https://gazette.example/1", 18),
        ("https://web.archive.org/web/20231018063000id_/http://gazette.example/1", "http://gazette.example/1", 18),
        ("https://web.archive.org/web/20239918063000/https://gazette.example/1", None, None),
        ("https://gazette.example/1", None, None),
    ],
)
def test_an_archived_copy_is_cited_where_the_address_is_one(
    recorded: RecordFigure, address: str, original: str | None, on: int | None
) -> None:
    told = citation_of(replace(recorded(12), address=address))
    assert told.address == (original or address)
    if on is None:
        assert told.capture is None
    else:
        assert told.capture is not None
        assert (told.capture.address, told.capture.on) == (address, date(2023, 10, on))
        assert parameters(told)["archive-url"] == address
        assert parameters(told)["archive-date"] == "18 October 2023"
        assert f"archived 18 October 2023 at {address}" in cited("plain", told)
        assert json.loads(cited("csl", told))[0]["archive_location"] == address


@given(st.text())
def test_one_line_is_one_line_without_what_a_terminal_obeys(text: str) -> None:
    told = one_line(text)
    assert len(told.splitlines()) <= 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", told)
    assert one_line(told) == told
