"""HTML as a tree that shows what a reader sees: parsed within bounds, without scripts and hidden parts."""

import logging
import re
from typing import Any

from sources.errors import TooLarge, UnreadableInput

Tree = Any
"""An element of lxml, which ships no types."""

MOST_CHARACTERS = 10_000_000
MOST_ELEMENTS = 50_000
MOST_ATTRIBUTES = 300
"""Of one element: libxml2 compares each attribute with all others."""

UNSEEN = frozenset((
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "select", "textarea",
    "button",
))  # fmt: skip
"""Elements whose content is no text of the page."""

_HIDING_STYLE = re.compile(
    r"(?:^|[;\s])(?:display\s?:\s?none|visibility\s?:\s?(?:hidden|collapse)|font-size\s?:\s?0(?![.\d]*[1-9])"
    r"|opacity\s?:\s?0(?![.\d]*[1-9]))",
    re.IGNORECASE,
)
_ATTRIBUTE = r"""[\s/]*+=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_MARKUP = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+"
    r"|<(?P<raw>script|style)\b(?:[^<]++|<(?!/(?P=raw)))*+"
    rf"|<[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+(?P<more>{_ATTRIBUTE})?+",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s?=\s?["']?\s?([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s{0,20}<\?xml[^>]{0,100}?encoding\s?=\s?["']([A-Za-z0-9_:.\-]{2,40})""")
_PRESCAN = 4_096
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# "1\u202f400" is one number, "2023 400" are two: trafilatura would make both spaces alike, so they travel in disguise
_DISGUISED = {0x00A0: "\ue0a0", 0x202F: "\ue02f", 0x2009: "\ue009"}
_SHOWN = _INVISIBLE | {ord(disguise): chr(space) for space, disguise in _DISGUISED.items()}

for _chatty in ("trafilatura", "htmldate", "courlan", "justext", "readability", "charset_normalizer"):
    # what they have to say to a log is not for the person at the terminal
    logging.getLogger(_chatty).addHandler(logging.NullHandler())


def declared_charset(body: bytes) -> str | None:
    """The charset that a page names in its first kilobytes (WHATWG HTML, "prescan")."""
    found = _XML_ENCODING.search(body[:_PRESCAN]) or _META_CHARSET.search(body[:_PRESCAN])
    return found[1].decode("ascii") if found else None


def parse(text: str, name: str) -> Tree:
    """
    The tree of a page.

    Raises:
        UnreadableInput: no HTML (TooLarge: more of it than is read).
    """
    from trafilatura import load_html

    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"{name}: more than {MOST_CHARACTERS:,} characters of HTML; save the article alone")
    if any(markup["more"] for markup in _MARKUP.finditer(text)):
        raise UnreadableInput(f"{name}: an element with more than {MOST_ATTRIBUTES} attributes; save the article alone")
    tree = load_html(_DECLARATION.sub("", text, count=1) or " ")
    if tree is None:
        raise UnreadableInput(f"{name}: no HTML that can be parsed; give the page as it was served")
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise TooLarge(f"{name}: more than {MOST_ELEMENTS:,} elements of HTML; save the article alone")
    return tree


def without_hidden(tree: Tree) -> Tree:
    """Take out, in place, what a reader of the page does not see; what is left is to be read with `squeezed`."""
    for element in list(tree.iter("*")):
        if element.getparent() is not None and _is_hidden(element):
            element.drop_tree()
    for element in tree.iter("*"):
        element.text = element.text and element.text.translate(_DISGUISED)
        element.tail = element.tail and element.tail.translate(_DISGUISED)
    return tree


def _is_hidden(element: Any) -> bool:
    if element.tag in UNSEEN or "hidden" in element.attrib:
        return True
    return element.tag != "body" and _HIDING_STYLE.search(element.get("style", "")[:500]) is not None


def squeezed(text: str) -> str:
    """Text with single spaces and without characters that print nothing; no-break spaces stay as they are."""
    return _SPACES.sub(" ", text.translate(_SHOWN)).strip()
