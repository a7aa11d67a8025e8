"""Drives: slips, the ledger of stock, boxes, shipments and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "drive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("beneficiary_id", sa.Integer(), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["organization.id"], name=op.f("fk_drive_beneficiary_id")
        ),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_drive_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drive")),
        sa.UniqueConstraint("code", name=op.f("uq_drive_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drive_beneficiary_id", "drive", ["beneficiary_id"], unique=False)
    op.create_index("ix_drive_community_id", "drive", ["community_id"], unique=False)
    op.create_index("ix_drive_name", "drive", ["name"], unique=False)
    op.create_table(
        "drive_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_drive_goal_drive_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drive_goal")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_drive_goal_drive_id_item_unit", "drive_goal", ["drive_id", "item", "unit"], unique=True
    )
    op.create_table(
        "drive_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("last_entry_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["drive_notice.id"], name=op.f("fk_drive_notice_corrects_id")
        ),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_drive_notice_drive_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drive_notice")),
        sa.UniqueConstraint("number", name=op.f("uq_drive_notice_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drive_notice_corrects_id", "drive_notice", ["corrects_id"], unique=False)
    op.create_index("ix_drive_notice_drive_id", "drive_notice", ["drive_id"], unique=False)
    op.create_table(
        "shipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("shipped_on", sa.Date(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("carrier_id", sa.Integer(), nullable=True),
        sa.Column("waybill", sa.String(length=100), nullable=True),
        sa.Column("freight", sa.Integer(), nullable=True),
        sa.Column("waived", sa.Boolean(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["carrier_id"], ["organization.id"], name=op.f("fk_shipment_carrier_id")),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_shipment_drive_id")),
        sa.ForeignKeyConstraint(["recipient_id"], ["organization.id"], name=op.f("fk_shipment_recipient_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
        sa.UniqueConstraint("code", name=op.f("uq_shipment_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shipment_carrier_id", "shipment", ["carrier_id"], unique=False)
    op.create_index("ix_shipment_drive_id", "shipment", ["drive_id"], unique=False)
    op.create_index("ix_shipment_recipient_id", "shipment", ["recipient_id"], unique=False)
    op.create_index("ix_shipment_waybill", "shipment", ["waybill"], unique=False)
    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("donor_person_id", sa.Integer(), nullable=True),
        sa.Column("donor_organization_id", sa.Integer(), nullable=True),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("witness_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["donor_organization_id"], ["organization.id"], name=op.f("fk_slip_donor_organization_id")
        ),
        sa.ForeignKeyConstraint(["donor_person_id"], ["person.id"], name=op.f("fk_slip_donor_person_id")),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_slip_drive_id")),
        sa.ForeignKeyConstraint(["handler_id"], ["person.id"], name=op.f("fk_slip_handler_id")),
        sa.ForeignKeyConstraint(["witness_id"], ["person.id"], name=op.f("fk_slip_witness_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("number", name=op.f("uq_slip_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_slip_donor_organization_id", "slip", ["donor_organization_id"], unique=False)
    op.create_index("ix_slip_donor_person_id", "slip", ["donor_person_id"], unique=False)
    op.create_index("ix_slip_drive_id", "slip", ["drive_id"], unique=False)
    op.create_index("ix_slip_handler_id", "slip", ["handler_id"], unique=False)
    op.create_index("ix_slip_witness_id", "slip", ["witness_id"], unique=False)
    op.create_table(
        "box",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("shipment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_box_drive_id")),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipment.id"], name=op.f("fk_box_shipment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_box_shipment_id", "box", ["shipment_id"], unique=False)
    op.create_index("uq_box_drive_id_label", "box", ["drive_id", "label"], unique=True)
    op.create_table(
        "slip_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("condition", sa.String(length=100), nullable=True),
        sa.Column("size", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_slip_line_drive_id")),
        sa.ForeignKeyConstraint(["slip_id"], ["slip.id"], name=op.f("fk_slip_line_slip_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_slip_line_drive_id_approximate", "slip_line", ["drive_id", "approximate"], unique=False
    )
    op.create_index(
        "ix_slip_line_drive_id_item_unit", "slip_line", ["drive_id", "item", "unit"], unique=False
    )
    op.create_index("ix_slip_line_slip_id", "slip_line", ["slip_id"], unique=False)
    op.create_table(
        "stock_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("from_state", sa.String(length=10), nullable=False),
        sa.Column("to_state", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_entry_quantity")),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_stock_entry_box_id")),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_stock_entry_drive_id")),
        sa.ForeignKeyConstraint(["line_id"], ["slip_line.id"], name=op.f("fk_stock_entry_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stock_entry_box_id", "stock_entry", ["box_id"], unique=False)
    op.create_index("ix_stock_entry_line_id", "stock_entry", ["line_id"], unique=False)
    op.create_index(
        "ix_stock_entry_stock",
        "stock_entry",
        ["drive_id", "item", "unit", "from_state", "to_state", "moved_on", "quantity", "line_id"],
        unique=False,
    )
