"""
What visits have to tell, kept until it was told.

Beside the record, as watches are. Notices are kept before a visit ends and forgotten after they were told: a process
that dies in between leaves them to the next, which may tell one twice and loses none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from db.engine import operating, writing
from db.store import Store
from db.tables import metadata

NOTICE = metadata.tables["notice"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    A notice that waits to be told.

    Attributes:
        id: 32 bytes; the place in the queue may be taken by another once it is free.
        content: one flat JSON object.
        is_written: it stands in the file of notices, and was not sent yet.
    """

    id: bytes
    content: str
    is_written: bool


def keep_notices(store: Store, watch: str, notices: Iterable[tuple[bytes, str]]) -> None:
    """Keep notices of a watch, each by its 32-byte id and in order; one that waits already is told as it is now."""
    wanted = dict(notices)
    if not wanted:
        return
    with writing(store.engine) as connection:
        known = {bytes(one) for one in connection.execute(select(NOTICE.c.id).where(NOTICE.c.watch == watch)).scalars()}
        first: int = connection.execute(select(func.coalesce(func.max(NOTICE.c.key), 0))).scalar_one() + 1
        rows = [
            {"key": key, "id": identifier, "watch": watch, "content": content, "is_written": 0}
            for key, (identifier, content) in enumerate(wanted.items(), start=first)
            if identifier not in known
        ]
        if rows:
            connection.execute(insert(NOTICE), rows)
        for identifier in known.intersection(wanted):
            connection.execute(update(NOTICE).where(NOTICE.c.id == identifier).values(content=wanted[identifier]))


def waiting_notices(store: Store, watch: str, most: int) -> list[Waiting]:
    """The notices of a watch that wait, the longest waiting first."""
    query = select(NOTICE.c.id, NOTICE.c.content, NOTICE.c.is_written)
    query = query.where(NOTICE.c.watch == watch).order_by(NOTICE.c.key).limit(most)
    with store.reading() as connection:
        return [Waiting(bytes(one), content, bool(written)) for one, content, written in connection.execute(query)]


def say_written(store: Store, notices: Sequence[Waiting]) -> None:
    """Note that these stand in the file of notices."""
    ids = [one.id for one in notices]
    with operating(store.engine) as connection:
        connection.execute(update(NOTICE).where(NOTICE.c.id.in_(ids)).values(is_written=1))


def forget_notices(store: Store, notices: Sequence[Waiting]) -> None:
    """Forget these: they were told."""
    ids = [one.id for one in notices]
    with operating(store.engine) as connection:
        connection.execute(delete(NOTICE).where(NOTICE.c.id.in_(ids)))
