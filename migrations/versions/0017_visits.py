"""Care visits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    _create_visit()
    _create_visit_person()
    _create_visit_supply()
    _create_alarm_clear()


def _create_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("overridden", sa.Text(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_visit_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_visit_household_id_outcome_at_method",
        "visit",
        ["household_id", "outcome", "at", "method"],
        unique=False,
        sqlite_where=sa.text("voided_on IS NULL"),
    )
    op.create_index("ix_visit_at", "visit", ["at"], unique=False)
    op.create_index(
        "ix_visit_planned_on",
        "visit",
        ["planned_on"],
        unique=False,
        sqlite_where=sa.text("planned_on IS NOT NULL"),
    )


def _create_visit_person() -> None:
    op.create_table(
        "visit_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_person_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_person")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_person_person_id", "visit_person", ["person_id"], unique=False)
    op.create_index(
        "uq_visit_person_visit_id_part_person_id",
        "visit_person",
        ["visit_id", "part", "person_id"],
        unique=True,
    )


def _create_visit_supply() -> None:
    op.create_table(
        "visit_supply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=True),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name=op.f("fk_visit_supply_drive_id")),
        sa.ForeignKeyConstraint(["line_id"], ["slip_line.id"], name=op.f("fk_visit_supply_line_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_supply_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_supply")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_supply_drive_id", "visit_supply", ["drive_id"], unique=False)
    op.create_index("ix_visit_supply_line_id", "visit_supply", ["line_id"], unique=False)
    op.create_index("ix_visit_supply_visit_id", "visit_supply", ["visit_id"], unique=False)


def _create_alarm_clear() -> None:
    op.create_table(
        "alarm_clear",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_alarm_clear_household_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_clear")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alarm_clear_household_id", "alarm_clear", ["household_id"], unique=False)
