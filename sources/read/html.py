"""The article of a web page as text, each part with its zone."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from db.vocabulary import Zone
from sources.errors import UnreadableInput
from sources.read.encodings import decode
from sources.read.language import guess_language
from sources.read.markup import Tree, declared_charset, parse, squeezed, without_hidden
from sources.read.metadata import Metadata, read_metadata
from sources.read.page import Page, ZoneSpan

Block = tuple[str, Zone]
"""A paragraph, heading, list or table as text, and its zone."""

FEWEST_WORDS = 8
"""An article has at least one line of so many words with a mark of a sentence in it; menus do not."""
CHARACTERS_A_WORD = 3
"""By which a line of a script without spaces is measured."""
MOST_CAPTIONS = 50
_BLOCKS = frozenset(("p", "head", "list", "item", "quote", "table", "div", "ab", "code", "fw"))
_SENTENCE_MARK = re.compile(r"[.!?,;:…،؛؟۔।。！？，]")
_BETWEEN = "\n\n"


def read_html(body: bytes, charset: str | None, address: str | None, name: str) -> Page:
    """
    Read the article of a web page.

    Args:
        body: the bytes as retrieved.
        charset: as the server declared it.
        address: where it was retrieved from; None for a file.
        name: what messages call it.

    Raises:
        UnreadableInput: no article in it, binary, or in no encoding that can be told (TooLarge: too much of it).
    """
    decoded = decode(body, charset or declared_charset(body), name)
    tree = parse(decoded.text, name)
    metadata = read_metadata(tree, address)
    seen = without_hidden(tree)
    article = [block for block in _article(seen) if block[0]]
    if not any(_is_prose(text) for text, _ in article):
        raise UnreadableInput(f"{name}: no article text found; give the address of one article, or its text")
    text, zones = _joined(list(_with_frame(article, seen, metadata)))
    language, language_doubts = _language(metadata.language, text)
    return Page(
        text=text,
        title=metadata.title,
        publisher=metadata.publisher,
        published=metadata.published,
        language=language,
        zones=zones,
        doubts=decoded.doubts + metadata.doubts + language_doubts,
        address=metadata.address,
    )


def _article(tree: Tree) -> Iterator[Block]:
    """The blocks of the main text, as trafilatura finds it."""
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    if document is not None and not isinstance(document, dict) and document.body is not None:
        yield from _blocks(document.body)


def _blocks(element: Any) -> Iterator[Block]:
    """Walk trafilatura's tree: blocks apart, inline elements joined to the text around them."""
    inline = [element.text or ""]
    for child in element:
        if child.tag == "table":
            yield _paragraph(inline), "body"
            yield "\n".join(filter(None, _rows(child))), "table"
            inline = [child.tail or ""]
        elif child.tag in _BLOCKS:
            yield _paragraph(inline), "body"
            yield from _blocks(child)
            inline = [child.tail or ""]
        else:
            inline += ["\n" if child.tag == "lb" else "".join(child.itertext()), child.tail or ""]
    yield _paragraph(inline), "body"


def _paragraph(inline: list[str]) -> str:
    lines = "".join(piece if piece == "\n" else piece.replace("\n", " ") for piece in inline).split("\n")
    return "\n".join(line for line in map(squeezed, lines) if line)


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter("row"):
        yield " | ".join(squeezed(" ".join(cell.itertext())) for cell in row.iter("cell"))


def _is_prose(text: str) -> bool:
    """Whether a block reads like a sentence; scripts without spaces are measured by characters."""
    is_spaced = text.isascii() or " " in text[:40]
    if not is_spaced:
        return len(text) >= FEWEST_WORDS * CHARACTERS_A_WORD
    return any(len(line.split()) >= FEWEST_WORDS and _SENTENCE_MARK.search(line) for line in text.split("\n"))


# -- headline, summary, captions ------------------------------------------------------------------


def _with_frame(article: list[Block], tree: Tree, metadata: Metadata) -> Iterator[Block]:
    """
    Headline and summary before the article, captions after it, as far as a reader of the page sees them.

    A description that is made for machines alone is no text of the page.
    """
    headline, rest = _split_off_headline(article, tree, metadata.title)
    present = {text for text, _ in rest}
    if headline:
        yield headline, "headline"
    seen = squeezed(tree.text_content())
    summary = metadata.summary
    if summary and summary not in present and not any(summary in text for text in present) and summary in seen:
        yield summary, "summary"
    for place, (text, zone) in enumerate(rest):
        yield text, "summary" if place == 0 and text == summary and len(rest) > 1 else zone
    yield from ((caption, "caption") for caption in _captions(tree) if caption not in present)


def _split_off_headline(article: list[Block], tree: Tree, title: str | None) -> tuple[str | None, list[Block]]:
    shown = [squeezed(heading.text_content()) for heading in tree.iter("h1")]
    own = next((heading for heading in shown if heading and heading == title), None)
    headline = own or (shown[0] if len(shown) == 1 and shown[0] else None)
    if headline is None and title and article[0][0] == title:
        headline = title
    places = [place for place, (text, _) in enumerate(article[:5]) if text == headline]
    return headline, [block for place, block in enumerate(article) if place not in places]


def _captions(tree: Tree) -> Iterator[str]:
    """What stands under the pictures of the article; pictures elsewhere on the page belong to other stories."""
    found: dict[str, None] = {}
    for caption in islice(tree.iter("figcaption"), MOST_CAPTIONS):
        above = {element.tag for element in caption.iterancestors()}
        if above & {"article", "main"} and not above & {"aside", "nav", "footer"}:
            found.setdefault(squeezed(caption.text_content()))
    yield from filter(None, found)


def _joined(blocks: list[Block]) -> tuple[str, tuple[ZoneSpan, ...]]:
    """One text of all blocks, and the spans of those that are not body."""
    zones, at = [], 0
    for text, zone in blocks:
        if zone != "body":
            zones.append(ZoneSpan(at, at + len(text), zone))
        at += len(text) + len(_BETWEEN)
    return _BETWEEN.join(text for text, _ in blocks), tuple(zones)


def _language(declared: str | None, text: str) -> tuple[str | None, tuple[str, ...]]:
    guessed = guess_language(text)
    if guessed and declared and guessed != declared:
        return guessed, (f"language_differs: the page declares {declared}, its words are {guessed}",)
    return declared or guessed, ()
