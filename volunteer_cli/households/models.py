"""Households, who stays in them since when, and what follows them: blocks, gifts, posts of the grid."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import KEPT, MASKED, REACH, SHOWN, WHO, WORDS, Base, means, of
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Household(Base):
    """Who lives behind one door; an empty flat is one that is vacant.

    The address is the door's and stays whoever is erased; that somebody lived there is told by `stay`.
    `ordinal` counts the households of one flat, `visit_every` is in days, `phone` is the head's unless given,
    `listed_people` is how many a base list counted last: it is compared, never shown as the size of the household.
    """

    __tablename__ = "household"
    __table_args__ = (
        Index(
            "uq_household_community_id_building_unit_room_ordinal",
            "community_id", "building", "unit", "room", "ordinal",
            unique=True,
        ),
        Index("ix_household_community_id_grid", "community_id", "grid"),
        Index("ix_household_head_id", "head_id"),
    )  # fmt: skip

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    # Shown wherever the address is masked: a list can be talked about without saying where anybody lives.
    number: Mapped[str] = mapped_column(String(40), unique=True, info=KEPT)
    building: Mapped[str] = mapped_column(String(40), info=KEPT)
    unit: Mapped[str | None] = mapped_column(String(40), info=KEPT | MASKED)
    room: Mapped[str] = mapped_column(String(40), info=KEPT | MASKED)
    ordinal: Mapped[int] = mapped_column(default=1, info=KEPT)
    grid: Mapped[str | None] = mapped_column(String(60), info=KEPT)
    occupancy: Mapped[str] = mapped_column(String(20), info=KEPT)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
    phone: Mapped[str | None] = mapped_column(String(40), info=REACH | of("head_id"))
    listed_people: Mapped[int | None] = mapped_column(info=KEPT)
    visit_every: Mapped[int | None] = mapped_column(info=KEPT)
    two_people: Mapped[str | None] = mapped_column(Text, info=WORDS | MASKED)
    note: Mapped[str | None] = mapped_column(Text, info=WORDS | MASKED)
    founded_on: Mapped[date] = mapped_column(info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class Stay(Base):
    """A person who lives in a household, or is registered there, from the day `since` to before the day `until`.

    `person_id` is cut when the person is erased: that somebody lived there goes on to count, who it was does not.
    """

    __tablename__ = "stay"
    __table_args__ = (
        Index("ix_stay_person_id", "person_id"),
        Index("ix_stay_household_id", "household_id"),
    )

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=KEPT)
    kind: Mapped[str] = mapped_column(String(10), info=KEPT)
    relation: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    since: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)


class ContactBlock(Base):
    """A household or a person who is not to be contacted by a method, or by any, before the day `until`."""

    # Lifted, not deleted: who was on a list and was not called must be told apart from who was forgotten.
    __tablename__ = "contact_block"
    __table_args__ = (
        Index("ix_contact_block_household_id", "household_id"),
        Index("ix_contact_block_person_id", "person_id"),
    )

    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
    method: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    reason: Mapped[str] = mapped_column(Text, info=WORDS | MASKED)
    since: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)
    lifted_on: Mapped[date | None] = mapped_column(info=KEPT)


class HouseholdGift(Base):
    """A gift from a household to a worker: declined, or held until it is returned or handed in.

    `value_fen` is in fen; `visit_id` is the visit on which it was returned (visits stand on a higher floor).
    """

    # Apart from donations, which go into stock and are published; a gift to a worker must do neither.
    __tablename__ = "household_gift"
    __table_args__ = (
        Index("ix_household_gift_household_id", "household_id"),
        Index("ix_household_gift_to_id", "to_id"),
    )

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=KEPT)
    number: Mapped[str] = mapped_column(String(40), unique=True, info=KEPT)
    to_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    value_fen: Mapped[int | None] = mapped_column(info=KEPT)
    what: Mapped[str | None] = mapped_column(Text, info=WORDS)
    received_on: Mapped[date] = mapped_column(info=KEPT)
    # Stored when it is received, so that a later change of policy moves no promise that was made.
    due_on: Mapped[date] = mapped_column(info=KEPT)
    declined: Mapped[bool] = mapped_column(default=False, info=KEPT)
    settled_on: Mapped[date | None] = mapped_column(info=KEPT)
    settlement: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    handed_to: Mapped[str | None] = mapped_column(Text, info=WORDS)
    visit_id: Mapped[int | None] = mapped_column(info=KEPT | means("visit"))


class FormerHousehold(Base):
    """The id and number of a household that was merged into another: they still resolve to it."""

    __tablename__ = "former_household"
    __table_args__ = (
        Index("uq_former_household_former_id", "former_id", unique=True),
        Index("ix_former_household_number", "number"),
        Index("ix_former_household_household_id", "household_id"),
    )

    # No foreign key: that household is gone.
    former_id: Mapped[int] = mapped_column(info=KEPT | means("household"))
    number: Mapped[str] = mapped_column(String(40), info=KEPT)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=KEPT)


class GridPost(Base):
    """Who answers for a grid of a community: its worker (网格员) and the head above (网格长)."""

    __tablename__ = "grid_post"
    __table_args__ = (
        Index("uq_grid_post_community_id_grid", "community_id", "grid", unique=True),
        Index("ix_grid_post_worker_id", "worker_id"),
        Index("ix_grid_post_head_id", "head_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    grid: Mapped[str] = mapped_column(String(60), info=KEPT)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)
