"""Accounts of credits, the one ledger between them, and what credits are exchanged for."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base
from volunteer_cli.hours.models import HoursRecord  # noqa: F401 - the target of a foreign key


class CreditAccount(Base):
    """The credits of a person in a community, or without a person those of the community's pool.

    `limit_minutes` is how far below zero it may go, None where the policy says so; a frozen one earns
    and does not spend. Service counts from the day `counts_from`.
    """

    __tablename__ = "credit_account"
    __table_args__ = (
        Index("ix_credit_account_person_id", "person_id"),
        Index("ix_credit_account_community_id", "community_id", "person_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    limit_minutes: Mapped[int | None] = mapped_column(info=KEPT)
    counts_from: Mapped[date] = mapped_column(info=KEPT)
    frozen_on: Mapped[date | None] = mapped_column(info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class EventPrice(Base):
    """What a place at an event costs, in minutes."""

    __tablename__ = "event_price"
    __table_args__ = (Index("uq_event_price_event_id", "event_id", unique=True),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=KEPT)
    minutes: Mapped[int] = mapped_column(info=KEPT)


class Exchange(Base):
    """A place at an event, or work received outside of one, that was paid with credits.

    With `promised_until` it was taken before it was earned; whether that has been kept is computed.
    """

    __tablename__ = "exchange"
    __table_args__ = (
        Index("ix_exchange_event_id", "event_id"),
        Index("ix_exchange_person_id", "person_id"),
        Index("ix_exchange_payer_id", "payer_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=KEPT)
    work: Mapped[str | None] = mapped_column(Text, info=WORDS)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    payer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    minutes: Mapped[int] = mapped_column(info=KEPT)
    booked_on: Mapped[date] = mapped_column(info=KEPT)
    promised_until: Mapped[date | None] = mapped_column(info=KEPT)
    waived_on: Mapped[date | None] = mapped_column(info=KEPT)
    cancelled_on: Mapped[date | None] = mapped_column(info=KEPT)
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class CreditEntry(Base):
    """The ledger: on a day, minutes moved from one account to another of the same community.

    One row is debit and credit, so that the accounts of a community always add up to zero; no balance
    is stored. `reverses_id` is the mistake that this one takes back.
    """

    __tablename__ = "credit_entry"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("from_id <> to_id", name="accounts"),
        # Both cover a balance as of a day and the figures of an account by kind.
        Index("ix_credit_entry_from_id", "from_id", "booked_on", "kind", "minutes"),
        Index("ix_credit_entry_to_id", "to_id", "booked_on", "kind", "minutes"),
        Index(
            "ix_credit_entry_hours_id",
            "hours_id",
            "kind",
            "minutes",
            sqlite_where=text("hours_id IS NOT NULL"),
        ),
        Index("ix_credit_entry_exchange_id", "exchange_id", sqlite_where=text("exchange_id IS NOT NULL")),
        Index("uq_credit_entry_reverses_id", "reverses_id", unique=True),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    booked_on: Mapped[date] = mapped_column(info=KEPT)
    kind: Mapped[str] = mapped_column(String(10), info=KEPT)
    from_id: Mapped[int] = mapped_column(ForeignKey("credit_account.id"), info=KEPT)
    to_id: Mapped[int] = mapped_column(ForeignKey("credit_account.id"), info=KEPT)
    minutes: Mapped[int] = mapped_column(info=KEPT)
    hours_id: Mapped[int | None] = mapped_column(ForeignKey("hours_record.id"), info=KEPT)
    exchange_id: Mapped[int | None] = mapped_column(ForeignKey("exchange.id"), info=KEPT)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("credit_entry.id"), info=KEPT)
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)
    booked_by: Mapped[str] = mapped_column(String(200), info=WORDS)
