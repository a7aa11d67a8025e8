"""Drives, the slips of what was given, and the one ledger of what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import KEPT, WORDS, Base, key_of, means, up_to
from volunteer_cli.organizations.models import Organization  # noqa: F401 - the target of a foreign key
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Drive(Base):
    """A collection of gifts in kind for one purpose; open until it is closed."""

    __tablename__ = "drive"
    __table_args__ = (
        Index("ix_drive_name_key", "name_key"),
        Index("ix_drive_community_id", "community_id"),
        Index("ix_drive_beneficiary_id", "beneficiary_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    code: Mapped[str] = mapped_column(String(40), unique=True, info=KEPT)
    name: Mapped[str] = mapped_column(String(200), info=KEPT)
    name_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("name"))
    purpose: Mapped[str | None] = mapped_column(Text, info=WORDS)
    starts_on: Mapped[date] = mapped_column(info=KEPT)
    ends_on: Mapped[date | None] = mapped_column(info=KEPT)
    beneficiary_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    emergency: Mapped[bool] = mapped_column(default=False, info=KEPT)
    closed_on: Mapped[date | None] = mapped_column(info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class DriveGoal(Base):
    """How much of an item a drive hopes for."""

    __tablename__ = "drive_goal"
    __table_args__ = (Index("uq_drive_goal_drive_id_item_unit", "drive_id", "item", "unit", unique=True),)

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    item: Mapped[str] = mapped_column(String(100), info=WORDS)
    unit: Mapped[str] = mapped_column(String(20), info=KEPT)
    quantity: Mapped[int] = mapped_column(info=KEPT)


class Slip(Base):
    """The receipt of one gift; anonymous when it names neither a person nor an organization.

    `value` is what the donor says it is worth, in fen; `publish` is False when the donor must not
    be named in public.
    """

    __tablename__ = "slip"
    __table_args__ = (
        Index("ix_slip_drive_id", "drive_id"),
        Index("ix_slip_donor_person_id", "donor_person_id"),
        Index("ix_slip_donor_organization_id", "donor_organization_id"),
        Index("ix_slip_handler_id", "handler_id"),
        Index("ix_slip_witness_id", "witness_id"),
    )

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    number: Mapped[str] = mapped_column(String(60), unique=True, info=KEPT)
    received_on: Mapped[date] = mapped_column(info=KEPT)
    donor_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    donor_organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    publish: Mapped[bool] = mapped_column(info=KEPT)
    # Apart from how many there are: a community gives no tax receipt, and puts no price on what was given.
    value: Mapped[int | None] = mapped_column(info=KEPT)
    # Two people count at a reception, so that neither has to be believed alone.
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    note: Mapped[str | None] = mapped_column(Text, info=WORDS)


class SlipLine(Base):
    """Pieces of one item that came together; without a slip, what a stock-take found.

    How many they are and where they are is in the ledger alone; `direction` says in which direction
    that number is not exact, if it is not.
    """

    __tablename__ = "slip_line"
    __table_args__ = (
        Index("ix_slip_line_slip_id", "slip_id"),
        Index("ix_slip_line_drive_id_item_unit", "drive_id", "item", "unit"),
        Index("ix_slip_line_drive_id_direction", "drive_id", "direction"),
    )

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    slip_id: Mapped[int | None] = mapped_column(ForeignKey("slip.id"), info=KEPT)
    item: Mapped[str] = mapped_column(String(100), info=WORDS)
    unit: Mapped[str] = mapped_column(String(20), info=KEPT)
    direction: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    condition: Mapped[str | None] = mapped_column(String(100), info=WORDS)
    size: Mapped[str | None] = mapped_column(String(100), info=WORDS)


class StockEntry(Base):
    """The ledger: on a day, a step moved some pieces of one slip line from one state to another.

    Whatever leaves one state enters another, so received + found always equals all that is somewhere.
    `item` and `unit` are those of the line, repeated so that stock is one walk through one index.
    """

    __tablename__ = "stock_entry"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index(
            "ix_stock_entry_stock",
            "drive_id",
            "item",
            "unit",
            "from_state",
            "to_state",
            "moved_on",
            "quantity",
            "line_id",
        ),
        Index("ix_stock_entry_line_id", "line_id"),
        Index("ix_stock_entry_box_id", "box_id"),
    )

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    # Every entry knows the slip that it draws from, so that what a donor is told can never change afterwards.
    line_id: Mapped[int] = mapped_column(ForeignKey("slip_line.id"), info=KEPT)
    item: Mapped[str] = mapped_column(String(100), info=WORDS)
    unit: Mapped[str] = mapped_column(String(20), info=KEPT)
    moved_on: Mapped[date] = mapped_column(info=KEPT)
    step: Mapped[str] = mapped_column(String(10), info=KEPT)
    from_state: Mapped[str] = mapped_column(String(10), info=KEPT)
    to_state: Mapped[str] = mapped_column(String(10), info=KEPT)
    quantity: Mapped[int] = mapped_column(info=KEPT)
    box_id: Mapped[int | None] = mapped_column(ForeignKey("box.id"), info=KEPT)
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class StockCount(Base):
    """What was counted on a day: so many pieces of an item were on hand, whether or not that many were booked.

    `booked` is how many the ledger had until then; `last_entry_id` is the newest entry of it that the count
    stands for, so that what is booked later for the same day came after it.
    """

    __tablename__ = "stock_count"
    __table_args__ = (Index("ix_stock_count_drive_id_item_unit", "drive_id", "item", "unit", "counted_on"),)

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    item: Mapped[str] = mapped_column(String(100), info=WORDS)
    unit: Mapped[str] = mapped_column(String(20), info=KEPT)
    counted_on: Mapped[date] = mapped_column(info=KEPT)
    quantity: Mapped[int] = mapped_column(info=KEPT)
    booked: Mapped[int] = mapped_column(info=KEPT)
    reason: Mapped[str] = mapped_column(Text, info=WORDS)
    last_entry_id: Mapped[int] = mapped_column(info=KEPT | means("stock_entry"))


class Shipment(Base):
    """Boxes that left together; `freight` is in fen, and a waived one is the carrier's own gift."""

    __tablename__ = "shipment"
    __table_args__ = (
        Index("ix_shipment_drive_id", "drive_id"),
        Index("ix_shipment_recipient_id", "recipient_id"),
        Index("ix_shipment_carrier_id", "carrier_id"),
        Index("ix_shipment_waybill", "waybill"),
    )

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    code: Mapped[str] = mapped_column(String(60), unique=True, info=KEPT)
    shipped_on: Mapped[date] = mapped_column(info=KEPT)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    waybill: Mapped[str | None] = mapped_column(String(100), info=KEPT)
    freight: Mapped[int | None] = mapped_column(info=KEPT)
    # The sum stays when it is waived: it is the carrier's gift, and is thanked for as one.
    waived: Mapped[bool] = mapped_column(default=False, info=KEPT)
    delivered_on: Mapped[date | None] = mapped_column(info=KEPT)
    signed_by: Mapped[str | None] = mapped_column(String(200), info=WORDS)


class Box(Base):
    """A box with a label; once it belongs to a shipment, nothing goes in or out."""

    __tablename__ = "box"
    __table_args__ = (
        Index("uq_box_drive_id_label", "drive_id", "label", unique=True),
        Index("ix_box_shipment_id", "shipment_id"),
    )

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    label: Mapped[str] = mapped_column(String(60), info=KEPT)
    shipment_id: Mapped[int | None] = mapped_column(ForeignKey("shipment.id"), info=KEPT)


class DriveNotice(Base):
    """A public notice as it was published: its content never changes, whatever happens later.

    `last_entry_id` is the newest entry of the ledger that it counts.
    """

    __tablename__ = "drive_notice"
    __table_args__ = (
        Index("ix_drive_notice_drive_id", "drive_id"),
        Index("ix_drive_notice_corrects_id", "corrects_id"),
    )

    drive_id: Mapped[int] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    number: Mapped[str] = mapped_column(String(60), unique=True, info=KEPT)
    published_on: Mapped[date] = mapped_column(info=KEPT)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("drive_notice.id"), info=KEPT)
    last_entry_id: Mapped[int] = mapped_column(info=KEPT | up_to("stock_entry", within="drive_id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info=KEPT)
