"""Notices wait until they are told; a watch says of which figures, a run which part of the ledger it found."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the columns; no run begun before says how large the ledger was."""
    op.create_table(
        "notice",
        sa.Column("key", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("watch", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("is_written", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_notice"),
        sa.UniqueConstraint("id", name="uq_notice_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_notice_watch", "notice", ["watch"], unique=False)
    for name in ("outcome", "group", "status", "place", "event"):
        op.add_column("watch", sa.Column(f"notice_{name}", sa.Text(), nullable=True))
    op.add_column("run", sa.Column("ledger_size", NUMBER, nullable=True))
