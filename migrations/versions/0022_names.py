"""Names of things as they were written, and beside each the key by which it is looked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

#: What has a name that people read, and what that is called.
NAMES = {
    "community": "name",
    "organization": "name",
    "team": "name",
    "event": "title",
    "drive": "name",
    "campaign": "name",
    "alliance": "name",
    "council": "name",
}
#: Those that are looked up among many.
INDEXED = ("organization", "event", "drive", "alliance", "council")


def upgrade() -> None:
    for table, name in NAMES.items():
        key = f"{name}_key"
        op.add_column(table, sa.Column(key, sa.String(length=200), nullable=False, server_default=""))
        # Until now what was stored was the key itself.
        op.execute(f"UPDATE {table} SET {key} = {name}")
        if table in INDEXED:
            op.drop_index(f"ix_{table}_{name}", table_name=table)
            op.create_index(f"ix_{table}_{key}", table, [key], unique=False)
    op.drop_index("uq_team_community_id_name", table_name="team")
    op.drop_index("ix_team_name", table_name="team")
    op.create_index("uq_team_community_id_name_key", "team", ["community_id", "name_key"], unique=True)
    op.create_index("ix_team_name_key", "team", ["name_key"], unique=False)
