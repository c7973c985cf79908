"""
What makes a recorded figure the same figure on every machine, and what its entry vouches for besides.

A figure's identity is its document, its quote (for a data row the key columns with their values and the column),
which occurrence of it, its count, definition, dates, modality and attribution as written: not the snapshot,
offsets, doubts, resolved names or reader version. Those stand in `particulars`, hashed into the same ledger entry.
"""

import hashlib
from datetime import date
from typing import Any, NamedTuple

import orjson

from db.vocabulary import AsOfBasis, Modality


class Identity(NamedTuple):
    """
    The content of a figure's id, from a shape before recording or from a row when it is verified.

    A day is a date or its ISO 8601 text: canonical JSON writes both alike.
    """

    document: str
    definition: str
    written: tuple[tuple[str, ...], ...]
    issuer_words: str | None
    quote: str
    nth: int
    is_share: bool
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    words: str
    modality: Modality
    as_of: date | str | None
    as_of_time: str | None
    as_of_basis: AsOfBasis | None
    published: date | str | None
    from_day: date | str | None
    to_day: date | str | None


def figure_id(content: Identity) -> bytes:
    """The SHA-256 of the figure's canonical JSON (RFC 8785), absent members left out."""
    bounds: dict[str, Any] = {"qualifier": content.qualifier, "text": content.words}
    if content.low is not None:
        bounds["low"] = content.low
    if content.best is not None:
        bounds["best"] = content.best
    if content.high is not None:
        bounds["high"] = content.high
    members: dict[str, Any] = {
        "definition": content.definition,
        "document": content.document,
        "modality": content.modality,
        "quote": content.quote,
        "share" if content.is_share else "count": bounds,
    }
    if content.nth:
        members["nth"] = content.nth
    if content.written:
        members["attribution"] = content.written
    if content.issuer_words is not None:
        members["issuer_words"] = content.issuer_words
    if content.as_of is not None:
        members["as_of"] = content.as_of
        members["as_of_basis"] = content.as_of_basis
        if content.as_of_time is not None:
            members["as_of_time"] = content.as_of_time
    if content.published is not None:
        members["published"] = content.published
    if content.from_day is not None:
        members["period"] = {"from": content.from_day, "to": content.to_day}
    return hashlib.sha256(orjson.dumps(members, option=orjson.OPT_SORT_KEYS)).digest()


_Id = str | None
_Offset = int | None
Particulars = tuple[str, _Id, _Id, _Id, _Id, str | None, str, str, str, _Offset, _Offset, str, str | None, str]
"""
What a figure's row keeps beside its identity, in the order in which an entry hashes it: chain, event, share_of,
part_of, earlier_value_of, doubts, origin, prefix, suffix, start, end, zone, locator, quote (ids in hex).
"""


def particulars_bytes(particulars: Particulars) -> bytes:
    """The bytes that an entry's `particulars` hash runs over, one line a figure."""
    return orjson.dumps(particulars, option=orjson.OPT_APPEND_NEWLINE)
