"""Accounts of credits, prices, exchanges and the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    _create_credit_account()
    _create_event_price()
    _create_exchange()
    _create_credit_entry()


def _create_credit_account() -> None:
    op.create_table(
        "credit_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("limit_minutes", sa.Integer(), nullable=True),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_credit_account_community_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credit_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_account")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_credit_account_community_id", "credit_account", ["community_id", "person_id"], unique=False
    )
    op.create_index("ix_credit_account_person_id", "credit_account", ["person_id"], unique=False)


def _create_event_price() -> None:
    op.create_table(
        "event_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_price_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_price")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_event_price_event_id", "event_price", ["event_id"], unique=True)


def _create_exchange() -> None:
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("promised_until", sa.Date(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_exchange_community_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_exchange_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exchange_person_id")),
        sa.ForeignKeyConstraint(["payer_id"], ["person.id"], name=op.f("fk_exchange_payer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_exchange_event_id", "exchange", ["event_id"], unique=False)
    op.create_index("ix_exchange_payer_id", "exchange", ["payer_id"], unique=False)
    op.create_index("ix_exchange_person_id", "exchange", ["person_id"], unique=False)


def _create_credit_entry() -> None:
    op.create_table(
        "credit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("hours_id", sa.Integer(), nullable=True),
        sa.Column("exchange_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("booked_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_credit_entry_accounts")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_credit_entry_minutes")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_credit_entry_community_id")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["credit_account.id"], name=op.f("fk_credit_entry_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["credit_account.id"], name=op.f("fk_credit_entry_to_id")),
        sa.ForeignKeyConstraint(["hours_id"], ["hours_record.id"], name=op.f("fk_credit_entry_hours_id")),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name=op.f("fk_credit_entry_exchange_id")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["credit_entry.id"], name=op.f("fk_credit_entry_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_credit_entry_exchange_id",
        "credit_entry",
        ["exchange_id"],
        unique=False,
        sqlite_where=sa.text("exchange_id IS NOT NULL"),
        postgresql_where=sa.text("exchange_id IS NOT NULL"),
    )
    op.create_index(
        "ix_credit_entry_from_id", "credit_entry", ["from_id", "booked_on", "kind", "minutes"], unique=False
    )
    op.create_index(
        "ix_credit_entry_hours_id",
        "credit_entry",
        ["hours_id", "kind", "minutes"],
        unique=False,
        sqlite_where=sa.text("hours_id IS NOT NULL"),
        postgresql_where=sa.text("hours_id IS NOT NULL"),
    )
    op.create_index(
        "ix_credit_entry_to_id", "credit_entry", ["to_id", "booked_on", "kind", "minutes"], unique=False
    )
    op.create_index("uq_credit_entry_reverses_id", "credit_entry", ["reverses_id"], unique=True)
