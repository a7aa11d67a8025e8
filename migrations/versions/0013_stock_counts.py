"""Stock-takes as rows of their own, so that one without a difference leaves a trace too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

#: Until now a stock-take was known by what it booked. What was on hand then follows from the ledger.
COUNTS = """
    INSERT INTO stock_count (drive_id, item, unit, counted_on, quantity, booked, reason, last_entry_id)
    SELECT drive_id, item, unit, moved_on, on_hand, on_hand - difference, coalesce(reason, '-'), last_entry_id
    FROM (
        SELECT counted.*, (
            SELECT coalesce(sum(CASE WHEN entry.to_state = 'on_hand' THEN entry.quantity
                                     WHEN entry.from_state = 'on_hand' THEN -entry.quantity ELSE 0 END), 0)
            FROM stock_entry AS entry
            WHERE entry.drive_id = counted.drive_id AND entry.item = counted.item AND entry.unit = counted.unit
              AND (entry.moved_on < counted.moved_on
                   OR (entry.moved_on = counted.moved_on AND entry.id <= counted.last_entry_id))
        ) AS on_hand
        FROM (
            SELECT drive_id, item, unit, moved_on, max(reason) AS reason, max(id) AS last_entry_id,
                   sum(CASE WHEN to_state = 'on_hand' THEN quantity ELSE -quantity END) AS difference
            FROM stock_entry WHERE step = 'count' GROUP BY drive_id, item, unit, moved_on
        ) AS counted
    ) AS found ORDER BY last_entry_id
"""
#: An undo of such a stock-take takes its row away together with what it booked.
CHANGES = """
    INSERT INTO change (operation_id, table_name, kind, first_key, last_key)
    SELECT max(change.operation_id), 'stock_count', 'insert', stock_count.id, stock_count.id
    FROM stock_count JOIN change ON change.table_name = 'stock_entry' AND change.kind = 'insert'
     AND stock_count.last_entry_id BETWEEN change.first_key AND change.last_key
    GROUP BY stock_count.id
"""


def upgrade() -> None:
    op.create_table(
        "stock_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("booked", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("last_entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_stock_count_drive_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_stock_count_drive_id_item_unit",
        "stock_count",
        ["drive_id", "item", "unit", "counted_on"],
        unique=False,
    )
    op.execute(COUNTS)
    op.execute(CHANGES)
