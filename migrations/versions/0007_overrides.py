"""What leaders let pass at sign-ups, a row for each refusal instead of a text that lists them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

#: The refusals that could be let pass when this was written.
REFUSALS = ("not_member", "overlap", "full")


def upgrade() -> None:
    op.create_table(
        "signup_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("allowed_by", sa.String(length=200), nullable=True),
        sa.Column("allowed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_signup_override_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signup_override")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_signup_override_signup_id_refusal", "signup_override", ["signup_id", "refusal"], unique=True
    )
    for refusal in REFUSALS:
        # Who let it pass, and when, stands in the history of these alone.
        op.execute(
            "INSERT INTO signup_override (signup_id, refusal, reason) "
            f"SELECT id, '{refusal}', coalesce(override_reason, '-') FROM signup "
            f"WHERE ',' || overridden || ',' LIKE '%,{refusal},%' ORDER BY id"
        )
    op.drop_column("signup", "overridden")
    op.drop_column("signup", "override_reason")
