"""From bytes to a page: text with zones, and what the document says of itself."""

from sources.read.dispatch import read
from sources.read.page import READER_VERSION, Page, ZoneSpan

__all__ = ["READER_VERSION", "Page", "ZoneSpan", "read"]
