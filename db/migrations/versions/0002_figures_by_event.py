"""Figures are found by their event through an index."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_figure_event", "figure", ["event"], unique=False)
