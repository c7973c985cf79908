import json
from datetime import date

import pytest

from sources.read.markup import parse
from sources.read.metadata import Metadata, read_metadata

HERE = "https://www.lantern.example/2023/fire"
TOLD = date(2023, 10, 17)


def metadata(
    head: str = "", body: str = "<p>Twelve people died.</p>", address: str | None = HERE, root: str = ""
) -> Metadata:
    return read_metadata(
        parse(f"<!doctype html><html {root}><head>{head}</head><body>{body}</body></html>", "x"), address
    )


def ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def test_a_page_that_says_nothing_of_itself_has_only_its_address() -> None:
    assert metadata() == Metadata(None, None, None, None, HERE, None, ())


# -- title and publisher --------------------------------------------------------------------------

STORY = {
    "@type": "NewsArticle",
    "headline": "Fire kills 31",
    "publisher": {"@type": "Organization", "name": "Lantern Post"},
}


@pytest.mark.parametrize(
    "head",
    [
        ld(STORY),
        ld([{"@type": "BreadcrumbList"}, STORY]),
        ld({"@context": "https://schema.org", "@graph": [{"@type": "Person", "headline": "no"}, STORY]}),
        ld({"@type": "WebPage", "headline": "The site", "mainEntity": STORY}),
        ld({**STORY, "@type": ["Thing", "https://schema.org/NewsArticle"]}),
        ld({**STORY, "publisher": [{"@id": "#1"}, "Lantern Post"]}),
        ld("no object", 7, None) + "<script type='application/ld+json'>{broken</script>" + ld(STORY),
        meta("og:title", " Fire \n kills\u00ad 31 ") + meta("og:site_name", "Lantern Post"),
        '<meta property="OG:Title" content="Fire kills 31"><meta itemprop="publisher" content="Lantern Post">',
    ],
)  # fmt: skip
def test_title_and_publisher_are_what_the_page_states(head: str) -> None:
    found = metadata("<title>Fire | Lantern</title>" + head)
    assert (found.title, found.publisher) == ("Fire kills 31", "Lantern Post")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Fire | Lantern</title>", "<h1>Fire <b>kills</b> 31</h1>", "Fire kills 31"),
        ("<title>Fire | Lantern</title>", "<h1>One</h1><h1>Two</h1>", "Fire | Lantern"),
        ("", "<h1></h1><h1>Two</h1>", "Two"),
        (ld({"@type": "NewsArticle", "headline": ["a"], "publisher": {"name": 7}}), "<h1>Fire</h1>", "Fire"),
    ],
)
def test_without_a_statement_the_title_is_what_is_shown(head: str, body: str, title: str) -> None:
    assert metadata(head, body).title == title


def test_a_statement_without_end_is_cut() -> None:
    assert len(metadata(meta("og:title", "x" * 9000)).title or "") == 500


# -- day of publication ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stated",
    [
        "2023-10-17",
        "2023-10-17T23:59:00+14:00",
        "2023-10-17T00:30:00-05:00",
        "2023-10-17T12:00:00.000Z",
        "2023-10-17 12:00:00 +0300 whatever",
        "20231017",
        "17 October 2023",
        "October 17, 2023",
    ],
)
def test_the_day_is_the_local_day_as_written_never_shifted(stated: str) -> None:
    for head in (ld({"@type": "NewsArticle", "datePublished": stated}), meta("article:published_time", stated)):
        found = metadata(head)
        assert (found.published, found.doubts) == (TOLD, ())


def test_statements_in_the_article_data_come_before_meta_elements_and_those_before_marked_times() -> None:
    data, named = ld({"@type": "Article", "datePublished": "2023-10-17"}), meta("dc.date", "2023-10-18")
    marked = '<time itemprop="datePublished" datetime="2023-10-16">16 October</time>'
    assert metadata(data + named, marked).published == TOLD
    assert metadata(named, marked).published == date(2023, 10, 18)
    assert metadata("", marked).published == date(2023, 10, 16)


@pytest.mark.parametrize(
    "body",
    [
        '<time pubdate datetime="2023-10-17">Tuesday</time>',
        "<time pubdate>17 October 2023</time>",
        '<span itemprop="datePublished" content="2023-10-17">x</span>',
        '<abbr itemprop="datePublished" title="2023-10-17">x</abbr>',
    ],
)
def test_a_time_that_is_marked_as_of_publication_counts(body: str) -> None:
    assert (metadata("", body).published, metadata("", body).doubts) == (TOLD, ())


@pytest.mark.parametrize("place", ["article", "main", "header"])
def test_a_time_that_is_not_marked_counts_with_a_doubt(place: str) -> None:
    found = metadata("", f"<{place}><time>soon</time><time datetime='2023-10-17T08:00'>Tuesday</time></{place}>")
    assert found.published == TOLD
    assert found.doubts[0].startswith("published_inferred:")


def test_a_time_elsewhere_on_the_page_tells_nothing() -> None:
    assert metadata("", "<footer><time datetime='2023-10-17'>Tuesday</time></footer>").published is None


@pytest.mark.parametrize("stated", ["", "yesterday", "2023-13-45", "17", "1697500000", "10/11/2023", "{{ date }}"])
def test_what_names_no_day_is_left_out(stated: str) -> None:
    assert metadata(meta("date", stated)).published is None


def test_the_publishers_own_zone_tells_the_day_of_an_instant_that_is_also_given_in_utc() -> None:
    utc, local = "2023-10-16T22:30:00Z", "2023-10-17T01:30:00+03:00"
    head = ld({"@type": "NewsArticle", "datePublished": utc}) + meta("article:published_time", local)
    assert (metadata(head).published, metadata(head).doubts) == (TOLD, ())
    other = ld({"@type": "NewsArticle", "datePublished": utc}) + meta(
        "article:published_time", "2023-10-17T09:00:00+03:00"
    )
    assert metadata(other).published == date(2023, 10, 16)


def test_days_that_differ_leave_a_doubt() -> None:
    head = ld({"@type": "NewsArticle", "datePublished": "2023-10-17"}) + meta("date", "2021-01-01")
    found = metadata(head)
    assert found.published == TOLD
    assert found.doubts == ("published_differs: the page gives several days of publication (2021-01-01, 2023-10-17)",)


# -- address --------------------------------------------------------------------------------------


def test_the_canonical_address_of_the_same_site_is_taken() -> None:
    for link in (
        "https://lantern.example/fire?utm_source=x",
        "//lantern.example/fire",
        "https://m.lantern.example/fire",
    ):
        found = metadata(f'<link rel="Canonical nofollow" href="{link}">')
        assert (found.address or "").removeprefix("https://").removeprefix("m.") == "lantern.example/fire"
        assert found.doubts == ()
    assert metadata('<link rel=canonical href="/fire">').address == "https://www.lantern.example/fire"
    assert (
        metadata('<meta property="og:url" content="https://lantern.example/b">').address == "https://lantern.example/b"
    )


def test_a_page_cannot_pose_as_one_of_another_site() -> None:
    found = metadata('<link rel="canonical" href="https://beacon.example/fire">')
    assert found.address == HERE
    assert found.doubts == (
        "address_differs: the page names an address on another site (beacon.example), which is not used",
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://[", "https://a:b@lantern.example/"])
def test_a_canonical_address_that_is_none_is_passed_over(link: str) -> None:
    assert metadata(f'<link rel="canonical" href="{link}">').address == HERE


def test_the_address_in_a_file_is_taken_with_a_doubt() -> None:
    found = metadata('<link rel="canonical" href="https://lantern.example/fire">', address=None)
    assert found.address == "https://lantern.example/fire"
    assert found.doubts[0].startswith("address_from_page:")
    assert metadata(address=None).address is None
    assert metadata('<link rel="canonical" href="/fire">', address=None).address is None


# -- language and summary -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("root", "head", "language"),
    [
        ('lang="en-GB"', "", "en"),
        ('lang="PT_br"', "", "pt"),
        ('xml:lang="fr"', "", "fr"),
        ("", '<meta http-equiv="Content-Language" content="de, en">', None),
        ("", '<meta http-equiv="Content-Language" content="de">', "de"),
        ("", '<meta property="og:locale" content="ar_AE">', "ar"),
        ('lang="english"', "", None),
        ('lang=""', "", None),
    ],
)
def test_the_language_is_the_first_part_of_the_declared_tag(root: str, head: str, language: str | None) -> None:
    assert metadata(head, root=root).language == language


def test_the_summary_is_the_description() -> None:
    assert metadata(meta("description", "The toll rose.")).summary == "The toll rose."
    assert metadata(ld({**STORY, "description": "It rose."}) + meta("description", "no")).summary == "It rose."


def test_more_data_than_is_looked_at_does_no_harm() -> None:
    nested: object = STORY
    for _ in range(200):
        nested = {"@graph": [nested]}
    assert metadata(ld(nested)).title == "Fire kills 31"
    assert metadata(ld([{"@type": "Thing"}] * 1999 + [{"@graph": [STORY]}] * 5)).title is None
