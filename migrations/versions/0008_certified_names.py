"""Names as certificates were issued for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("certificate", sa.Column("name", sa.String(length=200), nullable=True))
    # What was printed before is not known; the name of today is what the paper showed whenever it was written again.
    op.execute(
        "UPDATE certificate SET name = (SELECT name FROM person WHERE person.id = certificate.person_id "
        "AND person.erased_on IS NULL)"
    )
