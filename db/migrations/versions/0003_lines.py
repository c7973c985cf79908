"""Whose figures of which definition stand under which event is kept, so that a claim finds them by index."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table of lines, filled from what is recorded, and lead the indexes by what is asked."""
    op.create_table(
        "line",
        sa.Column("definition", NUMBER, autoincrement=False, nullable=False),
        sa.Column("authority", NUMBER, autoincrement=False, nullable=False),
        sa.Column("event", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("definition", "authority", "event", name="pk_line"),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO line (definition, authority, event) "
        "SELECT DISTINCT definition, coalesce(authority, 0), coalesce(event, 0) FROM figure"
    )
    op.create_index("ix_line_event", "line", ["event"], unique=False)
    for name in ("ix_figure_series", "ix_figure_number", "ix_figure_event"):
        op.drop_index(name, "figure")
    op.create_index("ix_figure_series", "figure", ["definition", "authority", "as_of"], unique=False)
    number = sa.text("coalesce(best, low, high)")
    op.create_index("ix_figure_number", "figure", ["definition", number], unique=False)
    op.create_index("ix_figure_event", "figure", ["event", "definition", "authority", "as_of"], unique=False)
    undated = sa.text("as_of IS NULL")
    op.create_index("ix_figure_undated", "figure", ["definition"], sqlite_where=undated, postgresql_where=undated)
