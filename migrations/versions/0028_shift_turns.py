"""A line for one more shift of an event, for people who have a place at it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("further_shift", sa.Column("promoted_by", sa.String(length=60), nullable=True))
    op.create_table(
        "shift_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_shift_turn_shift_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_shift_turn_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_turn")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shift_turn_shift_id", "shift_turn", ["shift_id"], unique=False)
    op.create_index("uq_shift_turn_signup_id_shift_id", "shift_turn", ["signup_id", "shift_id"], unique=True)
