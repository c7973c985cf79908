"""The words around quotes, from the readings that the figures were taken from."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, select

from db.records import RecordedFigure
from db.store import Store
from db.tables import metadata

_T = metadata.tables
_AT_ONCE = 500
"""Figures asked for in one statement; databases bound the number of parameters."""


def contexts(store: Store, figures: Iterable[RecordedFigure], length: int) -> dict[str, tuple[str, str]]:
    """
    For each figure with offsets, by id, up to so many characters (code points) of its text before and after the quote.

    A figure from a data row has none. What stands at the offsets was checked when the figure was recorded, and
    `verify` checks it again.
    """
    quoted = (one for one in figures if one.figure.evidence.start is not None and one.figure.evidence.locator is None)
    found: dict[str, tuple[str, str]] = {}
    with store.reading() as connection:
        while some := list(islice(quoted, _AT_ONCE)):
            for recorded, text in _texts(connection, some):
                start, end = recorded.figure.evidence.start or 0, recorded.figure.evidence.end or 0
                found[recorded.id] = text[max(start - length, 0) : start], text[end : end + length]
    return found


def _texts(connection: Connection, figures: Sequence[RecordedFigure]) -> Iterator[tuple[RecordedFigure, str]]:
    """Each figure with the text it was taken from; a text is unpacked once for all of its figures."""
    figure, reading, body = _T["figure"], _T["reading"], _T["text"]
    by_id = {bytes.fromhex(one.id): one for one in figures}
    rows = connection.execute(
        select(figure.c.id, reading.c.text_sha256)
        .join(reading, reading.c.key == figure.c.reading)
        .where(figure.c.id.in_(by_id), reading.c.text_sha256.is_not(None))
    ).all()
    wanted = {bytes(row.text_sha256) for row in rows}
    kept = connection.execute(select(body).where(body.c.sha256.in_(wanted)))
    texts = {bytes(row.sha256): zlib.decompress(row.body).decode() for row in kept}
    for row in rows:
        yield by_id[bytes(row.id)], texts[bytes(row.text_sha256)]
