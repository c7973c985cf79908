"""
Lists of documents: RSS, Atom and JSON feeds, and sitemaps of news sites.

The only importer of fastfeedparser. A list is hostile input: no entity of its own is expanded, no outside file is
read, and only so many entries are taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from sources.addresses import printable
from sources.errors import UnreadableInput
from sources.fetch import Retrieved

MOST_ENTRIES = 5_000
"""Of one list, from its beginning: feeds and news sitemaps name the newest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that a list names; its title as the list gives it."""

    address: str
    title: str = ""


def feed_entries(retrieved: Retrieved) -> list[Entry]:
    """
    The documents that an RSS, Atom or JSON feed names, in its order, each once.

    Raises:
        UnreadableInput: it is no feed.
    """
    import fastfeedparser  # type: ignore[import-untyped]  # it ships no types

    try:
        # Bytes only: text that looks like an address would be fetched by the library itself.
        feed = fastfeedparser.parse(
            bytes(retrieved.body), include_content=False, include_tags=False, include_media=False,
            include_enclosures=False,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableInput(f"{retrieved.name}: no feed that can be read ({printable(str(error), 120)})") from error
    found = (Entry(str(entry.get("link") or ""), str(entry.get("title") or "")) for entry in feed.entries)
    return _usable(found, retrieved)


def sitemap_entries(retrieved: Retrieved) -> list[Entry]:
    """
    The pages that a sitemap (sitemaps.org, with Google's news extension) names, in its order, each once.

    Raises:
        UnreadableInput: it is no sitemap, or an index of sitemaps.
    """
    from lxml import etree  # type: ignore[import-untyped]  # it ships no types

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(bytes(retrieved.body), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(
            f"{retrieved.name}: no sitemap that can be read ({printable(str(error), 120)})"
        ) from error
    kind = etree.QName(root).localname
    if kind == "sitemapindex":
        raise UnreadableInput(f"{retrieved.name}: an index of sitemaps; watch one of the sitemaps that it names")
    if kind != "urlset":
        raise UnreadableInput(f"{retrieved.name}: no sitemap, but <{printable(kind, 40)}>")
    return _usable((Entry(_text(url, "loc"), _text(url, "title")) for url in root.iterfind("{*}url")), retrieved)


def _text(element: object, name: str) -> str:
    return str(element.findtext(f".//{{*}}{name}") or "").strip()  # type: ignore[attr-defined]  # lxml ships no types


def _usable(entries: Iterator[Entry], retrieved: Retrieved) -> list[Entry]:
    """The entries that name a web address, those relative to the list made whole."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if len(found) >= MOST_ENTRIES:
            break
        address = urljoin(retrieved.address or "", entry.address.strip()) if entry.address.strip() else ""
        if address.lower().startswith(("http://", "https://")):
            found.setdefault(address, Entry(address, entry.title))
    return list(found.values())
