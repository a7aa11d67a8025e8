"""Whose a certificate is, as it stood on the day of issue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

#: What a paper says of whom it is for, beside the name.
NUMBERS = {"volunteer_no": 60, "id_number": 40}


def upgrade() -> None:
    for name, length in NUMBERS.items():
        op.add_column("certificate", sa.Column(name, sa.String(length=length), nullable=True))
        # Nobody knows any more what stood there then: from now on it is what stands there today.
        today = f"SELECT COALESCE({name}, '') FROM person WHERE person.id = certificate.person_id"
        op.execute(f"UPDATE certificate SET {name} = ({today})")
