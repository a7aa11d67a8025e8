"""Several shifts of one event for one person: those beside the one of their place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "further_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_further_shift_shift_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_further_shift_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_further_shift")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_further_shift_shift_id", "further_shift", ["shift_id"], unique=False)
    op.create_index(
        "uq_further_shift_signup_id_shift_id", "further_shift", ["signup_id", "shift_id"], unique=True
    )
