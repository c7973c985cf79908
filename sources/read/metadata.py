"""
What a page says of itself: title, publisher, day of publication, address, language.

Statements made for machines come first (schema.org JSON-LD, then meta elements, then marked-up elements). What has
to be inferred carries a doubt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import orjson

from sources.addresses import canonical_address, host_of
from sources.dates import day
from sources.errors import RefusedAddress, UnreadableDate
from sources.read.markup import Tree, squeezed

ARTICLE_TYPES = frozenset((
    "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting",
    "BlogPosting", "Report", "WebPage", "SocialMediaPosting", "ScholarlyArticle", "AdvertiserContentArticle",
))  # fmt: skip
"""schema.org types whose `datePublished` is that of the page."""

PUBLISHED_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "date.issued",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date",
    "dc.terms.date", "citation_publication_date", "citation_online_date", "citation_date", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "published_time", "article.published", "bt:pubdate", "dcsext.articlefirstpublished",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "date",
)  # fmt: skip
"""Names of meta elements that give the day of publication: Open Graph, Dublin Core, Highwire Press, and those
that publishing systems use."""

TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
SITE_NAMES = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
)
SUMMARY_NAMES = ("description", "og:description", "twitter:description")
LANGUAGE_NAMES = ("content-language", "og:locale", "dc.language", "dcterms.language", "language")

LONGEST_STATEMENT = 500
_MOST_NODES = 2_000
_MOST_STATEMENTS = 20
"""Of one kind: a page that says when it was published more often than that is not asked further."""
_PREFIXES = ("www.", "m.", "mobile.", "amp.")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Statements of a page about itself, each absent where it makes none."""

    title: str | None
    publisher: str | None
    published: date | None
    language: str | None
    address: str | None
    summary: str | None
    doubts: tuple[str, ...]


def read_metadata(tree: Tree, address: str | None) -> Metadata:
    """
    Collect what a page says of itself.

    Args:
        tree: the whole page, scripts included.
        address: where it was retrieved from; None for a file.
    """
    articles, metas = _articles(tree), _metas(tree)
    title = _first(_strings(articles, "headline"), _named(metas, TITLE_NAMES), _headings(tree))
    published, date_doubts = _published(tree, articles, metas)
    canonical, address_doubts = _canonical(tree, metas, address)
    return Metadata(
        title=title,
        publisher=_first(_publishers(articles), _named(metas, SITE_NAMES)),
        published=published,
        language=_language(tree, metas),
        address=canonical,
        summary=_first(_strings(articles, "description"), _named(metas, SUMMARY_NAMES)),
        doubts=date_doubts + address_doubts,
    )


def _first(*groups: Iterator[str]) -> str | None:
    for group in groups:
        for statement in group:
            if kept := squeezed(statement)[:LONGEST_STATEMENT]:
                return kept
    return None


# -- statements in scripts and meta elements ------------------------------------------------------


def _articles(tree: Tree) -> list[dict[str, Any]]:
    """The article nodes of the page's JSON-LD, those of narrower types than WebPage first."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            nodes.extend(node for node in _nodes(script.text or "") if _types(node) & ARTICLE_TYPES)
    return sorted(nodes, key=lambda node: "WebPage" in _types(node))


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """Every object at the top of a JSON-LD script, or in its @graph, or the main entity of one."""
    try:
        waiting = [orjson.loads(script)]
    except orjson.JSONDecodeError:
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_MOST_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(
                node[inner] for inner in ("@graph", "mainEntity") if isinstance(node.get(inner), (list, dict))
            )


def _types(node: dict[str, Any]) -> set[str]:
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return {name.rpartition("/")[2] for name in names if isinstance(name, str)}


def _strings(nodes: list[dict[str, Any]], member: str) -> Iterator[str]:
    for node in nodes:
        if isinstance(value := node.get(member), str):
            yield value


def _publishers(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        given = node.get("publisher")
        for publisher in given if isinstance(given, list) else [given]:
            if isinstance(publisher, str):
                yield publisher
            elif isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                yield publisher["name"]


def _metas(tree: Tree) -> list[tuple[str, str]]:
    """Name and content of each meta element, in the order of the page."""
    found = []
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        found.append((name.strip().lower(), meta.get("content") or ""))
    return found


def _named(metas: list[tuple[str, str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from (content for given, content in metas if given == name)


def _headings(tree: Tree) -> Iterator[str]:
    headings = list(tree.iter("h1"))
    if len(headings) == 1:
        yield headings[0].text_content()
    yield from (title.text_content() for title in tree.iter("title"))
    yield from (heading.text_content() for heading in headings)


# -- day of publication ---------------------------------------------------------------------------


def _published(
    tree: Tree, articles: list[dict[str, Any]], metas: list[tuple[str, str]]
) -> tuple[date | None, tuple[str, ...]]:
    stated = [*_strings(articles, "datePublished"), *_named(metas, PUBLISHED_NAMES), *_marked_times(tree)]
    found = [(statement, read) for statement in stated[:_MOST_STATEMENTS] if (read := _day(statement)) is not None]
    if not found:
        return _only_time(tree)
    statement, chosen = found[0]
    local = next((read for other, read in found if _is_same_instant_with_zone(statement, other)), chosen)
    if any(abs((read - local).days) > 1 for _, read in found):
        days = ", ".join(sorted({read.isoformat() for _, read in found}))
        return local, (f"published_differs: the page gives several days of publication ({days})",)
    return local, ()


def _day(statement: str) -> date | None:
    """The local day of a date or instant: its own year, month and day, never shifted to another zone."""
    written = squeezed(statement)[:60]
    if instant := _instant(written):
        return instant.date()
    if written.isdigit():
        return None  # seconds since 1970 name an instant, and no local day
    try:
        return day(written)
    except UnreadableDate:
        return None


def _instant(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written[:10])
    except ValueError:
        return None


def _is_same_instant_with_zone(chosen: str, other: str) -> bool:
    """Whether the other statement gives the same moment with the publisher's own offset, where the chosen is in UTC."""
    first, second = _instant(squeezed(chosen)), _instant(squeezed(other))
    if first is None or second is None or first.tzinfo is None or second.tzinfo is None:
        return False
    return not first.utcoffset() and bool(second.utcoffset()) and abs((first - second).total_seconds()) < 60


def _marked_times(tree: Tree) -> Iterator[str]:
    for element in tree.iter("time", "span", "abbr", "p", "div"):
        is_marked = "datepublished" in (element.get("itemprop") or "").lower() or "pubdate" in element.attrib
        if is_marked:
            yield element.get("datetime") or element.get("content") or element.get("title") or element.text_content()


def _only_time(tree: Tree) -> tuple[date | None, tuple[str, ...]]:
    """The first <time> of the page's article, which nothing says is that of publication."""
    for scope in islice(
        (scope for name in ("article", "main", "header") for scope in tree.iter(name)), _MOST_STATEMENTS
    ):
        for element in islice(scope.iter("time"), _MOST_STATEMENTS):
            if (found := _day(element.get("datetime") or element.text_content())) is not None:
                return found, ("published_inferred: the day stands in the article, not said to be of publication",)
    return None, ()


# -- address and language -------------------------------------------------------------------------


def _canonical(tree: Tree, metas: list[tuple[str, str]], address: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The address that a page gives itself, if it is on the site that served it: a page may not pose as another's."""
    links = (
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    own = canonical_address(address) if address else None
    for stated in (*links, *_named(metas, ("og:url",))):
        try:
            claimed = canonical_address(urljoin(address or "", stated.strip()))
        except (RefusedAddress, ValueError):
            continue
        if own is None:
            return claimed, ("address_from_page: the file names this address; it was not fetched from there",)
        if _site(claimed) == _site(own):
            return claimed, ()
        return own, (
            f"address_differs: the page names an address on another site ({host_of(claimed)}), which is not used",
        )
    return own, ()


def _site(address: str) -> str:
    host = host_of(address)
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    return host


def _language(tree: Tree, metas: list[tuple[str, str]]) -> str | None:
    """The first part of the declared language tag (BCP 47), lower-case."""
    root = tree.getroottree().getroot()
    for stated in (root.get("lang"), root.get("xml:lang"), *_named(metas, LANGUAGE_NAMES)):
        primary = (stated or "").strip().lower().replace("_", "-").partition("-")[0]
        if 2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha():
            return primary
    return None
