"""
Canonical bytes and the identifiers made from them.

Identifiers are the SHA-256 of canonical JSON (RFC 8785) in which absent members are left out, so the
same content has the same identifier on every machine, and a facet added later changes no old one. In our
domain (no floats, integers below 2^53, ASCII keys) sorted compact JSON *is* RFC 8785; a property test
holds it to a reference implementation.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson

_PLAIN = frozenset((str, int, bool))
LARGEST_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly (RFC 7493 2.2)."""


def canonical_bytes(content: Mapping[str, Any]) -> bytes:
    """
    The RFC 8785 bytes of a flat or nested mapping; members that are None or empty are left out at every level.

    Raises:
        TypeError: a value that canonical JSON cannot hold, such as a float.

    >>> canonical_bytes({"outcome": "killed", "age": None, "includes": []})
    b'{"outcome":"killed"}'
    """
    return orjson.dumps(_present(content), option=orjson.OPT_SORT_KEYS)


def content_id(content: Mapping[str, Any]) -> bytes:
    """The 32-byte identifier of canonical content."""
    return hashlib.sha256(canonical_bytes(content)).digest()


def _present(value: Any) -> Any:
    if value is None or value.__class__ in _PLAIN:
        return value
    if isinstance(value, Mapping):
        kept = {}
        for key, member in value.items():
            present = member if member.__class__ in _PLAIN else _present(member)
            if present is not None and present != [] and present != {}:
                kept[key] = present
        return kept
    if isinstance(value, (list, tuple)):
        return [_present(member) for member in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        raise TypeError(f"canonical content holds no floats: {value!r}")
    return value
