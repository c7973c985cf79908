"""Checkpoints of the ledger, and the proofs that tie an entry or an older checkpoint to one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Connection, text

from db.ledger import Hash, Tree
from db.store import Store


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many entries the ledger holds, its Merkle root (hex), and when that was so."""

    size: int
    root: str
    taken_at: datetime


def checkpoint(store: Store, taken_at: datetime | None = None) -> Checkpoint:
    """The ledger's size and root from the stored subtree hashes (`verify` recomputes them from the entries)."""
    with store.reading() as connection:
        size = ledger_size(connection)
        root = _tree(connection).root(size)
    return Checkpoint(size, root.hex(), taken_at or datetime.now(UTC))


def root_at(store: Store, size: int) -> str:
    """
    The root (hex) that the ledger had at an earlier size.

    Raises:
        IndexError: the ledger is shorter than that.
    """
    with store.reading() as connection:
        held = ledger_size(connection)
        if not 0 <= size <= held:
            raise IndexError(f"the ledger holds {held} entries, not {size}")
        return _tree(connection).root(size).hex()


def inclusion_proof(store: Store, entry: int, size: int | None = None) -> list[Hash]:
    """
    The audit path of an entry (counted from 1) in the ledger of `size` entries, by default all of it.

    Raises:
        IndexError: the ledger of that size does not hold the entry.
    """
    return inclusion_proofs(store, [entry], size)[entry]


def inclusion_proofs(store: Store, entries: Iterable[int], size: int | None = None) -> dict[int, list[Hash]]:
    """The audit paths of several entries (see `inclusion_proof`), each by its entry."""
    with store.reading() as connection:
        held = ledger_size(connection)
        tree, size = _tree(connection), held if size is None else min(size, held)
        return {entry: tree.inclusion_proof(entry - 1, size) for entry in entries}


def consistency_proof(store: Store, first: int, second: int | None = None) -> list[Hash]:
    """
    The proof that the ledger of `second` entries, by default all of it, extends that of `first`.

    Raises:
        IndexError: the ledger is shorter than that.
    """
    with store.reading() as connection:
        held = ledger_size(connection)
        return _tree(connection).consistency_proof(first, held if second is None else min(second, held))


def ledger_size(connection: Connection) -> int:
    """How many entries the ledger holds."""
    size: int = connection.execute(text("SELECT size FROM ledger_head WHERE one = 1")).scalar_one()
    return size


def _tree(connection: Connection) -> Tree:
    return Tree(_stored_nodes(connection))


def _stored_nodes(connection: Connection) -> Callable[[int, int], Hash]:
    leaf = text("SELECT leaf FROM entry WHERE seq = :position + 1")
    node = text("SELECT hash FROM node WHERE level = :level AND position = :position")

    @cache  # the paths of neighbours share most of their nodes
    def stored(level: int, position: int) -> Hash:
        found = connection.execute(
            node if level else leaf, {"level": level, "position": position} if level else {"position": position}
        )
        return bytes(found.scalar_one())

    return stored
