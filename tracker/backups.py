"""Backups: a copy of a store and its archive that is a store of its own, from and to either kind of database."""

import shutil
from collections.abc import Callable
from pathlib import Path

from db.copying import copy_rows
from tracker.errors import UnwritableFile
from tracker.opening import open_store
from tracker.settings import Settings, settings

Progress = Callable[[int], None]


def backup(where: Settings, file: Path, on_progress: Progress | None = None) -> int:
    """
    Copy the store to an SQLite file and its archive beside it; gives the number of rows.

    Raises:
        UnwritableFile: the file exists, or cannot be written.
    """
    if file.exists():
        raise UnwritableFile(f"{file} exists: name a new file")
    return _copy(where, settings(f"sqlite:///{file}"), on_progress)


def restore(where: Settings, file: Path, on_progress: Progress | None = None) -> int:
    """
    Copy a backup into an empty store; gives the number of rows.

    Raises:
        UnwritableFile: there is no such backup.
        StoreUnavailable: the store is not empty.
    """
    if not file.is_file():
        raise UnwritableFile(f"{file} is no backup: name the file that `db backup` wrote")
    return _copy(settings(f"sqlite:///{file}"), where, on_progress)


def _copy(source: Settings, target: Settings, on_progress: Progress | None) -> int:
    from_archive, to_archive = source.archive_folder(), target.archive_folder()
    with open_store(source) as one, open_store(target) as other:
        _copy_archive(from_archive, to_archive)  # before the rows that name its files
        return copy_rows(one, other, on_progress)


def _copy_archive(source: Path, target: Path) -> None:
    try:
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
    except (OSError, shutil.Error) as error:
        raise UnwritableFile(f"{target} cannot be written: {error}") from error
