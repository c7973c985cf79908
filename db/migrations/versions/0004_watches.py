"""Watches, their runs, what addresses answered last, when a host may be asked again, who is at work."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Add the five tables."""
    op.create_table(
        "watch",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("every", NUMBER, nullable=True),
        sa.Column("cron", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("match", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("failures", NUMBER, nullable=False),
        sa.Column("figures", NUMBER, nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("next_due", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_watch"),
        sa.UniqueConstraint("name", name="uq_watch_name"),
        sqlite_strict=True,
    )
    op.create_index("ix_watch_next_due", "watch", ["next_due"], unique=False)
    op.create_table(
        "run",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("watch", sa.Text(), nullable=False),
        sa.Column("slot", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("pages", NUMBER, nullable=False),
        sa.Column("unchanged", NUMBER, nullable=False),
        sa.Column("new", NUMBER, nullable=False),
        sa.Column("held", NUMBER, nullable=False),
        sa.Column("failed", NUMBER, nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_run"),
        sa.UniqueConstraint("watch", "slot", name="uq_run_watch_slot"),
        sqlite_strict=True,
    )
    op.create_table(
        "visited",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("status", NUMBER, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("first_seen", INSTANT, nullable=False),
        sa.Column("last_seen", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_visited"),
        sqlite_strict=True,
    )
    op.create_table(
        "host",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("free_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_host"),
        sqlite_strict=True,
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
        sqlite_strict=True,
    )
