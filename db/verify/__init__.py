"""
Verification: recompute everything that the ledger vouches for, and name what is missing or altered.

Hashes are recomputed from the rows as they stand now. The snapshots' bytes and the values of data rows are
read through functions that the caller gives, because the archive and the data formats belong to the outside
world.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, and_, func, select

from db.checkpoints import Checkpoint
from db.errors import SnapshotMissing
from db.ledger import EMPTY_ROOT
from db.store import Store
from db.tables import metadata
from db.verify.documents import snapshot_of_row
from db.verify.figures import check_figures
from db.verify.findings import Fault, HasValue, Progress, ReadSnapshot, Verification
from db.verify.ledger import check_entries
from db.verify.sketches import check_sketches

__all__ = ["Fault", "HasValue", "Progress", "ReadSnapshot", "Verification", "verify"]


def verify(
    store: Store,
    read_snapshot: ReadSnapshot,
    has_value: HasValue,
    *,
    on_progress: Progress | None = None,
    now: datetime | None = None,
) -> Verification:
    """Recompute the whole store against its ledger, as it stands in one state of the database."""
    found = Verification(Checkpoint(0, EMPTY_ROOT.hex(), now or datetime.now(UTC)))
    with store.reading() as connection:
        documents = check_entries(connection, found)
        check_figures(connection, documents, found, has_value, on_progress)
        _check_snapshots(connection, found, read_snapshot)
        _check_acts(connection, found)
        _check_lines(connection, found)
        check_sketches(connection, found)
    return found


def _check_snapshots(connection: Connection, found: Verification, read_snapshot: ReadSnapshot) -> None:
    snapshot = metadata.tables["snapshot"]
    for row in connection.execute(select(snapshot).order_by(snapshot.c.key)).mappings().all():
        found.count("snapshots")
        try:
            read_snapshot(snapshot_of_row(row))
        except SnapshotMissing as error:
            found.is_missing("snapshot", bytes(row["sha256"]).hex(), str(error))


def _check_acts(connection: Connection, found: Verification) -> None:
    """No foreign key points to a figure, so that it can be partitioned: acts are held to their figures here."""
    act, figure = metadata.tables["act"], metadata.tables["figure"]
    query = select(act.c.kind, act.c.figure_id).outerjoin(figure, figure.c.id == act.c.figure_id)
    for row in connection.execute(query.where(figure.c.id.is_(None))):
        found.is_missing(
            "figure", bytes(row.figure_id).hex(), f"it is gone, and was the subject of an act ({row.kind})"
        )
    found.count("acts", len(connection.execute(select(act.c.key)).all()))


def _check_lines(connection: Connection, found: Verification) -> None:
    """A claim finds figures by their lines: one whose line is gone would be in no answer to a claim."""
    line, figure = metadata.tables["line"], metadata.tables["figure"]
    authority, event = func.coalesce(figure.c.authority, 0), func.coalesce(figure.c.event, 0)
    same = and_(line.c.definition == figure.c.definition, line.c.authority == authority, line.c.event == event)
    first = select(func.min(figure.c.key)).outerjoin(line, same).where(line.c.definition.is_(None))
    lost = first.group_by(figure.c.definition, authority, event)
    for (identifier,) in connection.execute(select(figure.c.id).where(figure.c.key.in_(lost))):
        found.is_missing("line", bytes(identifier).hex(), "this figure stands in no line, so that no claim finds it")
    found.count("lines", connection.execute(select(func.count()).select_from(line)).scalar_one())
