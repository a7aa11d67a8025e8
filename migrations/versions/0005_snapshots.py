"""snapshots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.String(length=40), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_snapshot_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_snapshot_community_id", "snapshot", ["community_id"], unique=False)
    op.create_index("ix_snapshot_report", "snapshot", ["report"], unique=False)
