"""Copying every row of one store into another, empty one, whatever the two databases are."""

from collections.abc import Callable

from sqlalchemy import insert, select, text, update

from db.engine import store_name, writing
from db.errors import StoreUnavailable
from db.store import Store
from db.tables import metadata

_ROWS_AT_ONCE = 5000


def copy_rows(source: Store, target: Store, on_progress: Callable[[int], None] | None = None) -> int:
    """
    Copy all rows in one transaction, ids and ledger unchanged; gives their number.

    Raises:
        StoreUnavailable: the target is not empty, or cannot be written.
    """
    head = metadata.tables["ledger_head"]
    copied = 0
    with source.reading() as reading, writing(target.engine) as connection:
        if connection.execute(text("SELECT size FROM ledger_head")).scalar_one():
            raise StoreUnavailable(f"store {store_name(target.engine)} is not empty: name a new one with --db")
        for table in metadata.sorted_tables:
            if table is head:
                continue
            order = list(table.primary_key.columns)
            rows = reading.execute(select(table).order_by(*order).execution_options(yield_per=_ROWS_AT_ONCE))
            for part in rows.mappings().partitions():
                connection.execute(insert(table), [dict(row) for row in part])
                copied += len(part)
                if on_progress:
                    on_progress(copied)
        size = reading.execute(select(head.c.size)).scalar_one()
        connection.execute(update(head).values(size=size))
    return copied
