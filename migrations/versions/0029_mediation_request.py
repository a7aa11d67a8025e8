"""The request of a case of mediation is one that stands on file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

#: A case may have outlived a request whose entry was taken back: what it was about stands in its facts.
GONE = "UPDATE mediation SET request_id = NULL WHERE request_id NOT IN (SELECT id FROM request)"


def upgrade() -> None:
    op.execute(GONE)
    last = _last_id()
    with op.batch_alter_table("mediation", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.create_foreign_key(op.f("fk_mediation_request_id"), "request", ["request_id"], ["id"])
    if last is not None:
        # No id is given twice, also not that of a case whose entry was taken back.
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'mediation'")
        sequence = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('mediation', :last)")
        op.execute(sequence.bindparams(last=last))


def _last_id() -> int | None:
    """The last id that a file has given to a case; a server keeps that by itself."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return None
    last: int | None = connection.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'mediation'"))
    return last
