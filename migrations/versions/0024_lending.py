"""Copies that are lent, the rows that came back in them, and where an operation was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    _operations()
    _loans()
    _brought_rows()


def _operations() -> None:
    op.add_column("operation", sa.Column("site", sa.Integer(), nullable=True))
    op.add_column("operation", sa.Column("origin_id", sa.Integer(), nullable=True))
    op.add_column("operation", sa.Column("merge_id", sa.Integer(), nullable=True))
    op.create_index("ix_operation_merge_id", "operation", ["merge_id"])


def _loans() -> None:
    op.create_table(
        "loan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("site", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("last_operation", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("borrowed", sa.Boolean(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_operation", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_loan_token", "loan", ["token"], unique=True)


def _brought_rows() -> None:
    op.create_table(
        "brought",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("loan_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("first_key", sa.Integer(), nullable=False),
        sa.Column("last_key", sa.Integer(), nullable=False),
        sa.Column("own_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_brought_loan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brought")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_brought_loan_id", "brought", ["loan_id"])
    op.create_index("ix_brought_table_name_last_key", "brought", ["table_name", "last_key"])
