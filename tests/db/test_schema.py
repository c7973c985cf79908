"""The schema's versions: made at once or by migration it is the same, and a store of another version is not touched."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from db.engine import is_sound_for_wal, reading, store_engine, store_name
from db.errors import StoreTooNew, StoreTooOld, StoreUnavailable
from db.guards import guard_statements
from db.schema import CURRENT, MIGRATIONS, REVISIONS, prepare, stored_version, upgrade
from db.store import Store


def test_every_migration_has_its_place_in_the_list_of_versions() -> None:
    files = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name.split("_")[0] for name in files] == list(REVISIONS)


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """An engine that lets go of its connections at the end."""
    engine = store_engine(url)
    yield engine
    engine.dispose()


def described(url: str) -> dict[str, Any]:
    """Everything that the database knows of its schema, in one form."""
    with engine_of(url) as engine, reading(engine) as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT type || ' ' || name, sql FROM sqlite_master"))
            return {name: sorted(re.findall(r"[^\s,()]+", sql or "")) for name, sql in rows}
        look = inspect(connection)
        tables = {
            name: (
                sorted(str({**column, "type": str(column["type"])}) for column in look.get_columns(name)),
                sorted(str(check) for check in look.get_check_constraints(name)),
                sorted(str(key) for key in look.get_foreign_keys(name)),
                sorted(str(index) for index in look.get_indexes(name)),
                str(look.get_pk_constraint(name)),
                sorted(str(unique) for unique in look.get_unique_constraints(name)),
            )
            for name in look.get_table_names()
        }
        triggers = connection.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"))
        return {**tables, "triggers": triggers.scalars().all()}


@pytest.fixture
def first_use_url(empty_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another empty database of the same kind."""
    if empty_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'first-use.db'}"
    fresh: Callable[[], str] = request.getfixturevalue("postgresql")
    return fresh()


def test_migrations_and_first_use_make_one_and_the_same_schema(empty_url: str, first_use_url: str) -> None:
    with engine_of(empty_url) as engine:
        assert upgrade(engine) == (None, CURRENT)
    Store(first_use_url).close()
    assert described(empty_url) == described(first_use_url)


def test_every_upgrade_path_ends_with_every_guard(empty_url: str) -> None:
    with engine_of(empty_url) as engine, engine_of(empty_url) as looking:
        upgrade(engine)
        guards, dialect = _guards(looking), engine.dialect.name
    wanted = re.findall(r"TRIGGER (?:IF NOT EXISTS )?(\w+) BEFORE", "\n".join(guard_statements(dialect)))
    assert guards == set(wanted)


def _guards(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "postgresql":
            query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        return set(connection.execute(text(query)).scalars())


def test_upgrading_a_current_store_changes_nothing(store_url: str) -> None:
    Store(store_url).close()
    before = described(store_url)
    with engine_of(store_url) as engine:
        assert upgrade(engine) == (CURRENT, CURRENT)
    assert described(store_url) == before


def _set_version(url: str, version: str) -> None:
    Store(url).close()
    with engine_of(url) as engine, engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        connection.commit()


def test_a_store_of_a_newer_version_is_left_alone(store_url: str) -> None:
    _set_version(store_url, "9999")
    with pytest.raises(StoreTooNew, match="install a newer casualty-figures"):
        Store(store_url)
    with engine_of(store_url) as engine, pytest.raises(StoreTooNew, match="install a newer casualty-figures"):
        upgrade(engine)


def test_a_store_of_an_older_version_asks_to_be_upgraded(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _set_version(store_url, "0001")
    monkeypatch.setattr("db.schema.REVISIONS", ("0001", "0002"))
    monkeypatch.setattr("db.schema.CURRENT", "0002")
    with pytest.raises(StoreTooOld, match="db upgrade"):
        Store(store_url)


def test_a_database_of_something_else_is_left_alone(empty_url: str) -> None:
    with engine_of(empty_url) as engine:
        with engine.connect() as connection:
            connection.execute(text("CREATE TABLE recipes (name TEXT)"))
            connection.commit()
        with pytest.raises(StoreUnavailable, match="'recipes'"):
            prepare(engine)


def test_two_processes_may_make_the_schema_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        for opened in [pool.submit(Store, empty_url) for _ in range(4)]:
            opened.result(60).close()
    with engine_of(empty_url) as engine:
        assert stored_version(engine) == CURRENT


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "not a database URL"),
        ("mysql://localhost/x", "not supported"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
    ],
)
def test_a_url_that_is_no_store_is_refused_in_one_line(url: str, message: str) -> None:
    with pytest.raises(StoreUnavailable, match=message):
        Store(url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, not a database." * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        Store(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="its folder cannot be made"):
        Store(f"sqlite:///{tmp_path / 'file' / 'store.db'}")


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StoreUnavailable) as refused:
        Store("postgresql://reader:secret@127.0.0.1:9/nowhere")
    assert "secret" not in str(refused.value)
    assert "127.0.0.1" in str(refused.value)


def test_a_store_is_named_by_its_file(tmp_path: Path) -> None:
    assert store_name(store_engine(f"sqlite:///{tmp_path / 'a.db'}")) == str(tmp_path / "a.db")


@pytest.mark.parametrize(
    ("version", "is_sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_only_a_sound_sqlite_is_used_in_wal_mode(version: tuple[int, int, int], is_sound: bool) -> None:
    assert is_sound_for_wal(version) is is_sound


def test_where_no_bundled_sqlite_is_installed_the_standard_one_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.sqlite_module", lambda: sqlite3)
    with Store(f"sqlite:///{tmp_path / 'store.db'}") as store, store.reading() as connection:
        mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    assert mode == ("wal" if is_sound_for_wal(sqlite3.sqlite_version_info) else "delete")


def test_a_read_only_store_can_be_read_and_says_why_it_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(f"sqlite:///{path}").close()
    with Store(f"sqlite:///{path}") as store, store.reading() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
        with pytest.raises(Exception, match="readonly"):
            connection.execute(text("UPDATE ledger_head SET size = 1"))
