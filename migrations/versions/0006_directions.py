"""Directions of approximate numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # Not by a batch operation: it would write the table anew, and forget which ids were given away.
    op.add_column("slip_line", sa.Column("direction", sa.String(length=10), nullable=True))
    # What was approximate has meant at least until now: ≥ stood before it everywhere.
    op.execute("UPDATE slip_line SET direction = 'at_least' WHERE approximate")
    op.drop_index("ix_slip_line_drive_id_approximate", "slip_line")
    op.drop_column("slip_line", "approximate")
    op.create_index("ix_slip_line_drive_id_direction", "slip_line", ["drive_id", "direction"], unique=False)
