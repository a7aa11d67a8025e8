"""How many people a base list counts in a household."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("household", sa.Column("listed_people", sa.Integer(), nullable=True))
