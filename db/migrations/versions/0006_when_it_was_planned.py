"""When a watch's next visit was planned and a host's last turn taken: a clock that has gone back since is known by it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Add the two columns; what was planned before has none."""
    op.add_column("watch", sa.Column("planned_at", INSTANT, nullable=True))
    op.add_column("host", sa.Column("taken_at", INSTANT, nullable=True))
