"""Feeds and sitemaps: their entries, each once; hostile ones give an error and nothing else."""

import json
from datetime import UTC, datetime

import pytest

from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from sources.listings import MOST_ENTRIES, Entry, feed_entries, sitemap_entries

BASE = "https://ledger.example/news/feed"


def retrieved(body: str | bytes) -> Retrieved:
    raw = body.encode() if isinstance(body, str) else body
    return Retrieved(BASE, raw, 200, "application/xml", "utf-8", datetime(2024, 1, 1, tzinfo=UTC), (), BASE)


def rss(items: str, head: str = "") -> Retrieved:
    return retrieved(f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')


def test_rss_entries_in_order_each_once_with_relative_links_made_whole() -> None:
    items = (
        "<item><title>A &amp; B</title><link>https://ledger.example/a</link></item>"
        "<item><title>again</title><link>https://ledger.example/a</link></item>"
        "<item><title>b</title><link>../b?x=1</link></item>"
    )
    assert feed_entries(rss(items)) == [
        Entry("https://ledger.example/a", "A & B"),
        Entry("https://ledger.example/b?x=1", "b"),
    ]


def test_atom_and_json_feeds() -> None:
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>one</title>'
        '<link href="https://ledger.example/one"/></entry></feed>'
    )
    assert feed_entries(retrieved(atom)) == [Entry("https://ledger.example/one", "one")]
    items = [{"id": "1", "url": "https://ledger.example/two", "title": "two"}]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})
    assert feed_entries(retrieved(feed)) == [Entry("https://ledger.example/two", "two")]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "mailto:a@b.example"])
def test_what_is_no_web_address_is_left_out(link: str) -> None:
    assert feed_entries(rss(f"<item><title>x</title><link>{link}</link></item>")) == []


@pytest.mark.parametrize("body", ["", "<html><body>no</body></html>", "\x00\x01", "{", '{"items": 5}', "<rss"])
def test_what_is_no_feed_is_an_error(body: str) -> None:
    try:
        assert feed_entries(retrieved(body)) == []
    except UnreadableInput as error:
        assert "no feed that can be read" in str(error)  # noqa: PT017 - either nothing or this


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
)


def test_entities_are_not_expanded_and_no_file_is_read() -> None:
    item = "<item><title>&d;&f;</title><link>https://ledger.example/a</link></item>"
    try:
        found = feed_entries(rss(item, ENTITIES))
    except UnreadableInput:
        return
    assert all(len(entry.title) < 100 for entry in found)


def test_a_list_of_a_hundred_thousand_entries_is_read_from_its_beginning() -> None:
    items = "".join(f"<item><title>n</title><link>https://ledger.example/{n}</link></item>" for n in range(100_000))
    found = feed_entries(rss(items))
    assert len(found) == MOST_ENTRIES
    assert found[0].address == "https://ledger.example/0"


def sitemap(urls: str, root: str = "urlset", head: str = "") -> Retrieved:
    return retrieved(f'{head}<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</{root}>')


def test_a_news_sitemap_names_pages_with_their_titles() -> None:
    news = (
        '<url><loc>https://ledger.example/a</loc><n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<n:title>Killed in Sudan</n:title></n:news></url><url><loc> https://ledger.example/b </loc></url><url/>"
    )
    assert sitemap_entries(sitemap(news)) == [
        Entry("https://ledger.example/a", "Killed in Sudan"),
        Entry("https://ledger.example/b", ""),
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (sitemap("", "sitemapindex"), "an index of sitemaps"),
        (sitemap("", "html"), "no sitemap, but <html>"),
        (retrieved("<urlset"), "no sitemap that can be read"),
        (retrieved(b""), "no sitemap that can be read"),
    ],
)
def test_what_is_no_sitemap_is_an_error(answer: Retrieved, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said):
        sitemap_entries(answer)


def test_a_sitemap_s_entities_are_not_expanded() -> None:
    found = sitemap_entries(sitemap("<url><loc>https://ledger.example/&d;&f;</loc></url>", head=ENTITIES))
    assert all(len(entry.address) < 100 for entry in found)
