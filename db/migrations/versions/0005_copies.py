"""Documents that are gone, documents with nearly the same text, and which document a visited address gave."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Add the three tables and the column; what was recorded before is compared after (schema.py)."""
    op.create_table(
        "deletion",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("status", NUMBER, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_deletion_entry"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_deletion_document"),
        sa.PrimaryKeyConstraint("entry", name="pk_deletion"),
        sqlite_strict=True,
    )
    op.create_index("ix_deletion_document", "deletion", ["document"], unique=False)
    op.create_table(
        "copy",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", NUMBER, nullable=False),
        sa.Column("other", NUMBER, nullable=False),
        sa.Column("resemblance", NUMBER, nullable=False),
        sa.Column("containment", NUMBER, nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entry.seq"], name="fk_copy_entry"),
        sa.ForeignKeyConstraint(["document"], ["document.key"], name="fk_copy_document"),
        sa.ForeignKeyConstraint(["other"], ["document.key"], name="fk_copy_other"),
        sa.PrimaryKeyConstraint("entry", name="pk_copy"),
        sa.UniqueConstraint("document", "other", name="uq_copy_document_other"),
        sqlite_strict=True,
    )
    op.create_index("ix_copy_other", "copy", ["other"], unique=False)
    op.create_table(
        "sketch",
        sa.Column("hash", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", NUMBER, autoincrement=False, nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("hash", "document", name="pk_sketch"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.add_column("visited", sa.Column("document", sa.LargeBinary(), nullable=True))
    op.create_index("ix_visited_document", "visited", ["document"], unique=False)
