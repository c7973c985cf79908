"""
Ready-made watches for well-known public sources (sources/data/watches), in the form of `watch sync`.

They are data that comes with this version: none is visited until an operator adds it by name.
"""

import difflib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from db.errors import UnknownRecord
from db.store import Store
from tracker.watching import Synced, sync_tables, watch_tables

_FOLDER = Path(str(files("sources"))) / "data" / "watches"


@cache
def shipped_watches() -> dict[str, dict[str, Any]]:
    """Every ready-made watch by its name, as its TOML table says it, in alphabetical order."""
    tables = (table for path in sorted(_FOLDER.glob("*.toml")) for table in watch_tables(path))
    return {table["name"]: table for table in sorted(tables, key=lambda table: str(table["name"]))}


def add_shipped(
    store: Store,
    names: Sequence[str],
    *,
    event: str | None = None,
    match: str | None = None,
    now: datetime | None = None,
) -> Synced:
    """
    Keep ready-made watches, all of them or, on an error, none; one that is there already becomes as it is shipped.

    Args:
        event: file their figures under this event.
        match: of each feed, only the entries whose address or title fits this regular expression.
    Raises:
        UnknownRecord: no such ready-made watch, or no such event.
        UnusableSchedule: the pattern cannot be read, or one of them is no list.
    """
    said = {key: value for key, value in (("event", event), ("match", match)) if value is not None}
    tables = [_named(name) | said for name in dict.fromkeys(names)]
    return sync_tables(store, tables, "ready-made watches", now=now)


def _named(name: str) -> dict[str, Any]:
    known = shipped_watches()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        hint = f"near: {', '.join(near)}" if near else "`casualty-figures watch shipped` lists them all"
        raise UnknownRecord(f"there is no ready-made watch named {name!r}; {hint}")
    return known[name]
