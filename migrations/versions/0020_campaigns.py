"""Campaigns: calls, door rounds, sweeps and daily follow-up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    _create_campaign()
    _create_campaign_question()
    _create_campaign_stage()
    _create_plan_day()
    _create_target()
    _create_attempt()
    _create_lease()
    _create_stage_target()
    _create_answer()


def _create_campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("coverage_only", sa.Boolean(), nullable=False),
        sa.Column("counts_as_visit", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_campaign_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_campaign_community_id_code", "campaign", ["community_id", "code"], unique=True)


def _create_campaign_question() -> None:
    op.create_table(
        "campaign_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_question_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_question")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_campaign_question_campaign_id_code", "campaign_question", ["campaign_id", "code"], unique=True
    )


def _create_campaign_stage() -> None:
    op.create_table(
        "campaign_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(length=10), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["after_id"], ["campaign_stage.id"], name=op.f("fk_campaign_stage_after_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_stage_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_stage")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_campaign_stage_campaign_id_name", "campaign_stage", ["campaign_id", "name"], unique=True
    )


def _create_plan_day() -> None:
    op.create_table(
        "plan_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("grid", sa.String(length=60), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_plan_day_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_day")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_plan_day_campaign_id_day", "plan_day", ["campaign_id", "day"], unique=False)


def _create_target() -> None:
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("grid", sa.String(length=60), nullable=True),
        sa.Column("building", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("listed_at", sa.DateTime(), nullable=False),
        sa.Column("excluded_at", sa.DateTime(), nullable=True),
        sa.Column("excluded_for", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_target_campaign_id")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_target_household_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_target_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_target_household_id", "target", ["household_id"], unique=False)
    op.create_index("ix_target_person_id", "target", ["person_id"], unique=False)
    op.create_index(
        "uq_target_campaign_id_household_id", "target", ["campaign_id", "household_id"], unique=True
    )
    op.create_index("uq_target_campaign_id_person_id", "target", ["campaign_id", "person_id"], unique=True)


def _create_attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("off_hours", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.String(length=100), nullable=True),
        sa.Column("callback_at", sa.DateTime(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_attempt_by_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["campaign_stage.id"], name=op.f("fk_attempt_stage_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_attempt_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attempt_at", "attempt", ["at"], unique=False)
    op.create_index("ix_attempt_by_id", "attempt", ["by_id"], unique=False)
    op.create_index(
        "ix_attempt_number", "attempt", ["number"], unique=False, sqlite_where=sa.text("number IS NOT NULL")
    )
    op.create_index("ix_attempt_target_id_at", "attempt", ["target_id", "at"], unique=False)


def _create_lease() -> None:
    op.create_table(
        "lease",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dealt_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_lease_person_id")),
        sa.ForeignKeyConstraint(["stage_id"], ["campaign_stage.id"], name=op.f("fk_lease_stage_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_lease_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lease_person_id", "lease", ["person_id"], unique=False)
    op.create_index("ix_lease_target_id", "lease", ["target_id"], unique=False)
    op.create_index(
        "ix_lease_until", "lease", ["until"], unique=False, sqlite_where=sa.text("ended_at IS NULL")
    )


def _create_stage_target() -> None:
    op.create_table(
        "stage_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["stage_id"], ["campaign_stage.id"], name=op.f("fk_stage_target_stage_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_stage_target_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_target")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stage_target_target_id", "stage_target", ["target_id"], unique=False)
    op.create_index(
        "uq_stage_target_stage_id_target_id", "stage_target", ["stage_id", "target_id"], unique=True
    )


def _create_answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["campaign_question.id"], name=op.f("fk_answer_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answer_question_id", "answer", ["question_id"], unique=False)
    op.create_index("uq_answer_attempt_id_question_id", "answer", ["attempt_id", "question_id"], unique=True)
