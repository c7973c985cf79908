"""
What ties figures and acts to a checkpoint without the store: their entries' bytes, and paths to the Merkle root.

An entry's bytes name the root over the ids of its figures, so two steps lead from a figure to a checkpoint: its id
is among those of the entry, and the entry is in the ledger (RFC 9162 2.1.3).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, select

from db.checkpoints import inclusion_proofs
from db.ledger import Hash, leaf_hash, stretches_without
from db.store import ENTRY_FIGURES, Store
from db.tables import metadata

_FIGURE, _ACT, _ENTRY, _EVENT = (metadata.tables[name] for name in ("figure", "act", "entry", "event"))
_AT_ONCE = 500
"""Values asked for in one statement; databases bound the number of parameters."""
_Entries = dict[int, dict[int, str]]
"""For each entry the figures asked about that it vouches for: local key and id (hex)."""
Member = tuple[int, str, str | None]


@dataclass(frozen=True, slots=True)
class EntryProof:
    """
    One entry of the ledger with what proves it.

    Attributes:
        entry: its number, counted from 1.
        body: its bytes: JSON, as hashed.
        path: its audit path in the ledger of the checkpoint (RFC 9162 2.1.3.1).
        figures: the figures asked about that it vouches for: place among its figures, from 0, id (hex), and the event
            that they were recorded with, under which they may no longer be filed.
        stretches: the roots over its figures between those, from left to right.
    """

    entry: int
    body: bytes
    path: tuple[Hash, ...]
    figures: tuple[Member, ...] = ()
    stretches: tuple[Hash, ...] = ()


def entry_proofs(store: Store, size: int, figures: Iterable[str], acts: Iterable[str] = ()) -> list[EntryProof]:
    """
    The entries that vouch for figures and acts (ids in hex), by number, proved for the ledger of `size` entries.

    What is not recorded, or only by a later entry, has no proof.
    """
    with store.one_state(), store.reading() as connection:
        held = _entries_of_figures(connection, figures)
        numbers = sorted(entry for entry in {*held, *_entries_of_acts(connection, acts)} if entry <= size)
        bodies = {row.seq: bytes(row.body) for row in _rows(connection, (_ENTRY.c.seq, _ENTRY.c.body), numbers)}
        paths = inclusion_proofs(store, numbers, size)
        return [
            EntryProof(entry, bodies[entry], tuple(paths[entry]), *_members(connection, entry, held.get(entry, {})))
            for entry in numbers
        ]


def _entries_of_figures(connection: Connection, figures: Iterable[str]) -> _Entries:
    held: _Entries = {}
    columns = (_FIGURE.c.id, _FIGURE.c.key, _FIGURE.c.entry)
    for row in _rows(connection, columns, [bytes.fromhex(figure) for figure in dict.fromkeys(figures)]):
        held.setdefault(row.entry, {})[row.key] = bytes(row.id).hex()
    return held


def _entries_of_acts(connection: Connection, acts: Iterable[str]) -> set[int]:
    wanted = [bytes.fromhex(act) for act in dict.fromkeys(acts)]
    return {row.entry for row in _rows(connection, (_ACT.c.id, _ACT.c.entry), wanted)}


def _rows(connection: Connection, columns: Sequence[Column[Any]], values: Sequence[Any]) -> Iterator[Row[Any]]:
    """The rows whose first column holds one of these values."""
    for start in range(0, len(values), _AT_ONCE):
        yield from connection.execute(select(*columns).where(columns[0].in_(values[start : start + _AT_ONCE])))


def _members(
    connection: Connection, entry: int, cited: Mapping[int, str]
) -> tuple[tuple[Member, ...], tuple[Hash, ...]]:
    """The places of the cited figures of an entry, and the stretches between them."""
    if not cited:
        return (), ()
    # The figures of one entry have keys that follow one another, and there is no index by entry.
    near = _FIGURE.c.key.between(min(cited) - ENTRY_FIGURES, max(cited) + ENTRY_FIGURES)
    query = select(_FIGURE.c.key, _FIGURE.c.id, _EVENT.c.name).outerjoin(_EVENT, _EVENT.c.key == _FIGURE.c.event)
    members, leaves = [], []
    for place, row in enumerate(
        connection.execute(query.where(near, _FIGURE.c.entry == entry).order_by(_FIGURE.c.key))
    ):
        leaves.append(leaf_hash(bytes(row.id)))
        if row.key in cited:
            members.append((place, cited[row.key], row.name))
    return tuple(members), tuple(stretches_without([place for place, *_ in members], leaves))
