"""The captures of a page that web archives hold, from a TimeMap in link format (RFC 7089, 5 and RFC 6690)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from sources.addresses import printable
from sources.errors import UnreadableInput
from sources.fetch import Retrieved

MOST_CAPTURES = 20_000
_LINK = re.compile(
    r"<(?P<address>[^<>]{1,4000})>(?P<parameters>(?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]{0,500}\"|[^\s\",;]{1,500}))*)"
)
_PARAMETER = re.compile(r";\s*(?P<name>[\w*-]+)\s*=\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\",;]+))")
_WAYBACK = re.compile(r"(https?://web\.archive\.org/web/\d{14})/")


@dataclass(frozen=True, slots=True)
class Memento:
    """One capture: where the archive serves it, which page it is of, and when it was taken."""

    address: str
    original: str
    at: datetime


def mementos(retrieved: Retrieved) -> list[Memento]:
    """
    The captures that a TimeMap lists, the oldest first, each once.

    Raises:
        UnreadableInput: it is no TimeMap, or does not say which page it is of.
    """
    text = retrieved.body.decode("utf-8", errors="replace")
    original: str | None = None
    found: dict[str, datetime] = {}
    for link in _LINK.finditer(text):
        said = {
            one["name"].lower(): one["quoted"] or one["bare"] or "" for one in _PARAMETER.finditer(link["parameters"])
        }
        relations = said.get("rel", "").lower().split()
        if "original" in relations:
            original = link["address"].strip()
        if "memento" in relations and (at := _instant(said.get("datetime"))) is not None and len(found) < MOST_CAPTURES:
            found.setdefault(_as_captured(urljoin(retrieved.address or "", link["address"].strip())), at)
    if original is None:
        raise UnreadableInput(f"{retrieved.name}: no TimeMap in link format that names its original page")
    if not original.lower().startswith(("http://", "https://")):
        raise UnreadableInput(f"{retrieved.name}: a TimeMap of {printable(original, 80)}, which is no web address")
    captures = [Memento(address, original, at) for address, at in found.items() if address.startswith("http")]
    return sorted(captures, key=lambda capture: (capture.at, capture.address))


def _instant(said: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(said or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _as_captured(address: str) -> str:
    """The address of the bytes as they were captured: the Wayback Machine rewrites the links of others."""
    return _WAYBACK.sub(r"\1id_/", address, count=1)
