"""Requests, their callers, leads, steps and call-backs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    _create_request()
    _create_request_helper()
    _create_request_hold()
    _create_request_step()
    _create_request_caller()
    _create_request_callback()


def _create_request() -> None:
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("external", sa.String(length=60), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("building", sa.String(length=40), nullable=True),
        sa.Column("grid", sa.String(length=60), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("last_step_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("status_before", sa.String(length=10), nullable=True),
        sa.Column("hold_id", sa.Integer(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("extended_days", sa.Integer(), nullable=False),
        sa.Column("redone", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("first_finished_on", sa.Date(), nullable=True),
        sa.Column("finished_due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("cause_by_id", sa.Integer(), nullable=True),
        sa.Column("recurs_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["about_id"], ["organization.id"], name=op.f("fk_request_about_id")),
        sa.ForeignKeyConstraint(["cause_by_id"], ["organization.id"], name=op.f("fk_request_cause_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_request_community_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["request.id"], name=op.f("fk_request_merged_into_id")),
        sa.ForeignKeyConstraint(["recurs_id"], ["request.id"], name=op.f("fk_request_recurs_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("number", name=op.f("uq_request_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_category_received_at", "request", ["category", "received_at"], unique=False)
    op.create_index(
        "ix_request_community_id_received_at", "request", ["community_id", "received_at"], unique=False
    )
    op.create_index("ix_request_external", "request", ["external"], unique=False)
    op.create_index("ix_request_hold_id", "request", ["hold_id"], unique=False)
    op.create_index("ix_request_merged_into_id", "request", ["merged_into_id"], unique=False)
    op.create_index("ix_request_received_at", "request", ["received_at"], unique=False)
    op.create_index("ix_request_recurs_id", "request", ["recurs_id"], unique=False)
    op.create_index("ix_request_status_due_on", "request", ["status", "due_on"], unique=False)


def _create_request_helper() -> None:
    op.create_table(
        "request_helper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_request_helper_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_helper_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_helper_request_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_request_helper_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_helper")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_helper_organization_id", "request_helper", ["organization_id"], unique=False)
    op.create_index("ix_request_helper_person_id", "request_helper", ["person_id"], unique=False)
    op.create_index("ix_request_helper_request_id", "request_helper", ["request_id"], unique=False)
    op.create_index("ix_request_helper_team_id", "request_helper", ["team_id"], unique=False)


def _create_request_hold() -> None:
    op.create_table(
        "request_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended", sa.String(length=10), nullable=True),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_request_hold_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_hold_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_hold_request_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_request_hold_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_hold")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_hold_organization_id", "request_hold", ["organization_id"], unique=False)
    op.create_index("ix_request_hold_person_id", "request_hold", ["person_id"], unique=False)
    op.create_index("ix_request_hold_request_id", "request_hold", ["request_id"], unique=False)
    op.create_index("ix_request_hold_team_id", "request_hold", ["team_id"], unique=False)


def _create_request_step() -> None:
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("status_before", sa.String(length=10), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("calendar", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_request_step_organization_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_step_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_step_request_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_request_step_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_step_request_id", "request_step", ["request_id"], unique=False)
    op.create_index("ix_request_step_step_taken_at", "request_step", ["step", "taken_at"], unique=False)


def _create_request_caller() -> None:
    op.create_table(
        "request_caller",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("home_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("wants_callback", sa.Boolean(), nullable=False),
        sa.Column("called_at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("respond_by", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["home_id"], ["request.id"], name=op.f("fk_request_caller_home_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_request_caller_household_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_caller_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_request_caller_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_caller")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_caller_home_id", "request_caller", ["home_id"], unique=False)
    op.create_index("ix_request_caller_person_id", "request_caller", ["person_id"], unique=False)
    op.create_index("ix_request_caller_request_id", "request_caller", ["request_id"], unique=False)
    op.create_index("ix_request_caller_respond_by", "request_caller", ["respond_by"], unique=False)


def _create_request_callback() -> None:
    op.create_table(
        "request_callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("caller_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("solved", sa.String(length=10), nullable=True),
        sa.Column("satisfied", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["caller_id"], ["request_caller.id"], name=op.f("fk_request_callback_caller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_callback")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_request_callback_caller_id", "request_callback", ["caller_id"], unique=False)
    op.create_index("ix_request_callback_tried_on", "request_callback", ["tried_on"], unique=False)
