"""Which reader reads which bytes: PDF and HTML are told by their first bytes, whatever a server calls them."""

import re

from sources.errors import UnreadableInput
from sources.fetch import Retrieved
from sources.read.page import Page
from sources.read.plain import read_plain

HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
PLAIN_TYPES = frozenset(("text/plain", "text/markdown", "text/x-markdown"))
DATA_TYPES = frozenset(
    (
        "text/csv",
        "text/tab-separated-values",
        "application/json",
        "application/jsonl",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.apache.parquet",
    )
)

_HTML_START = re.compile(
    rb"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,50})?(?:<!--.{0,2000}?-->\s{0,50}){0,3}<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_PDF_START = re.compile(rb"[\s\x00]{0,64}(?:\xef\xbb\xbf)?%PDF-")


def read(retrieved: Retrieved) -> Page:
    """
    Read a document. The same bytes always give the same page: no clock, no network.

    Raises:
        UnreadableInput: nothing in it, binary, truncated, without an article, a dataset (TooLarge: more than is read).
    """
    body, media_type, name = retrieved.body, retrieved.media_type, retrieved.name
    if not body.strip():
        raise UnreadableInput(f"{name}: nothing in it; give a file, an address or text with words")
    if media_type == "application/pdf" or _PDF_START.match(body[:128]):
        from sources.read.pdf import read_pdf

        return read_pdf(body, name)
    if media_type in HTML_TYPES or (media_type not in PLAIN_TYPES and _HTML_START.match(body[:4096])):
        from sources.read.html import read_html

        return read_html(body, retrieved.charset, retrieved.address, name)
    if media_type in DATA_TYPES:
        raise UnreadableInput(f"{name}: a dataset ({media_type}), not a text; use import with a mapping")
    return read_plain(body, retrieved.charset, name)
