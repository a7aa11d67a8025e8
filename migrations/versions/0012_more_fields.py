"""E-mail of people and organizations; ethnicity, education and workplace; address and opening hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("person", sa.Column("email", sa.String(length=254), nullable=True))
    op.add_column("person", sa.Column("ethnicity", sa.String(length=40), nullable=True))
    op.add_column("person", sa.Column("education", sa.String(length=40), nullable=True))
    op.add_column("person", sa.Column("workplace", sa.String(length=200), nullable=True))
    op.create_index("ix_person_email", "person", ["email"], unique=False)
    op.add_column("organization", sa.Column("email", sa.String(length=254), nullable=True))
    op.add_column("organization", sa.Column("address", sa.String(length=400), nullable=True))
    op.add_column("organization", sa.Column("opening_hours", sa.String(length=200), nullable=True))
