"""
The fence around the record: triggers that refuse to change or delete what was recorded.

The ledger is the proof; these triggers keep honest hands from slipping. SQLite's `INSERT OR REPLACE` deletes
without firing delete triggers unless `recursive_triggers` is on, so the tables of acts are guarded on insert
as well. Altering a table in a migration drops its triggers silently: call `make_guards` after every one.
"""

from sqlalchemy import Connection, text

from db.tables import APPEND_ONLY

ACTS = ("act", "authority", "copy", "deletion", "held", "method", "sighting", "source_link")
_IDENTITY = {"copy": "entry", "deletion": "entry", "held": "figure_id", "sighting": "figure_id"}


def make_guards(connection: Connection) -> None:
    """Put every guard on every recorded table; making them twice is making them once."""
    for statement in guard_statements(connection.dialect.name):
        connection.execute(text(statement))


def guard_statements(dialect: str) -> list[str]:
    """The statements that make the guards on `sqlite` or `postgresql`."""
    return _sqlite_guards() if dialect == "sqlite" else _postgresql_guards()


def _sqlite_guards() -> list[str]:
    statements = []
    for table in APPEND_ONLY:
        for action in ("UPDATE", "DELETE"):
            statements.append(
                f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table in ACTS:
        identity = _IDENTITY.get(table, "id")
        also = " AND reading = NEW.reading" if table == "sighting" else ""
        statements.append(
            f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_replace BEFORE INSERT ON {table} "  # noqa: S608 - our names
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {identity} = NEW.{identity}{also}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    return statements


def _postgresql_guards() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    ]
    for table in APPEND_ONLY:
        statements += [
            f"CREATE OR REPLACE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE OR REPLACE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ]
    return statements
