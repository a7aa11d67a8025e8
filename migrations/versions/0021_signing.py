"""What a community signs papers with, as certificates keep it; two more words for the sex of a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    # SQLite holds no text to its length, and would have to copy the table.
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("person", "sex", type_=sa.String(length=20))
    op.add_column("community", sa.Column("legal_name", sa.String(length=200), nullable=True))
    op.add_column("community", sa.Column("head", sa.String(length=200), nullable=True))
    op.add_column("community", sa.Column("phone", sa.String(length=40), nullable=True))
    op.add_column("certificate", sa.Column("issuer", sa.String(length=200), nullable=True))
    op.add_column("certificate", sa.Column("head", sa.String(length=200), nullable=True))
