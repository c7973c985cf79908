"""The schema's versions: made on first use, checked at every opening, upgraded only on request."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from db.engine import reading, store_name, translated, writing
from db.errors import StoreTooNew, StoreTooOld, StoreUnavailable
from db.guards import make_guards
from db.tables import metadata

REVISIONS = ("0001", "0002", "0003", "0004", "0007")
"""Every migration in order; the last is the schema that this version reads and writes."""
CURRENT = REVISIONS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"


def prepare(engine: Engine) -> None:
    """
    Make the schema in an empty store; in any other, see that it is the one this version reads.

    Raises:
        StoreTooOld, StoreTooNew: it is not; the message says what to do.
        StoreUnavailable: the database holds something else, or cannot be written.
    """
    version = stored_version(engine)
    if version is None:
        _create(engine)
    elif version not in REVISIONS:
        raise StoreTooNew(
            f"store {store_name(engine)} has schema {version}, newer than this version reads ({CURRENT}): "
            "install a newer casualty-figures"
        )
    elif version != CURRENT:
        raise StoreTooOld(
            f"store {store_name(engine)} has schema {version}, this version needs {CURRENT}: "
            "run `casualty-figures db upgrade`"
        )


def stored_version(engine: Engine) -> str | None:
    """
    The store's schema version; None for an empty database.

    Raises:
        StoreUnavailable: the database is not empty and not a store, or is no database at all.
    """
    with reading(engine) as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found) if found is not None else None
    if tables:
        raise StoreUnavailable(
            f"store {store_name(engine)} is a database of something else (table {sorted(tables)[0]!r}): "
            "name another with --db"
        )
    return None


def _create(engine: Engine) -> None:
    """Make every table at once; a test holds the result equal to running all migrations."""
    with translated(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        _lock_creation(connection)
        if inspect(connection).has_table("alembic_version"):
            return  # another process made it while this one waited
        metadata.create_all(connection)
        connection.execute(
            text(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        )
        connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": CURRENT})
        connection.execute(text("INSERT INTO ledger_head VALUES (1, 0)"))
        make_guards(connection)


def _lock_creation(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE is the lock
        connection.execute(text("SELECT pg_advisory_xact_lock(20231007)"))


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """
    Bring a store to the current schema, every guard in place.

    Returns:
        the version before and the version after.
    """
    before = stored_version(engine)
    if before is not None and before not in REVISIONS:
        prepare(engine)
    from alembic import command  # slow to import, needed here alone
    from alembic.config import Config

    with writing(engine) if before is not None else translated(engine):
        pass  # waits for a writer at work
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with translated(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        make_guards(connection)
    return before, CURRENT
