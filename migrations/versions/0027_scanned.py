"""who came by a scanner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("signup", sa.Column("scanned", sa.Boolean(), nullable=True))
