"""What people do: trainings, events with their sign-ups, and hours of service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_trainings_and_events()
    _create_hours()


def _create_trainings_and_events() -> None:
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_training_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_training_person_id", "training", ["person_id"], unique=False)
    op.create_table(
        "training_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["training_id"], ["training.id"], name=op.f("fk_training_skill_training_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_skill")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_training_skill_skill", "training_skill", ["skill"], unique=False)
    op.create_index(
        "uq_training_skill_training_id_skill", "training_skill", ["training_id", "skill"], unique=True
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("every", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("members_only", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("uid", sa.String(length=60), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_event_community_id")),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_event_leader_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_event_series_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_event_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("code", name=op.f("uq_event_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_leader_id", "event", ["leader_id"], unique=False)
    op.create_index("ix_event_series_id", "event", ["series_id"], unique=False)
    op.create_index("ix_event_starts_at", "event", ["starts_at"], unique=False)
    op.create_index("ix_event_team_id", "event", ["team_id"], unique=False)
    op.create_index("ix_event_title", "event", ["title"], unique=False)
    op.create_table(
        "event_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_skill_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_skill")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_event_skill_event_id_skill", "event_skill", ["event_id", "skill"], unique=True)
    op.create_table(
        "shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_shift_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_shift_event_id_name", "shift", ["event_id", "name"], unique=True)
    op.create_table(
        "signup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("signed_up_at", sa.DateTime(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(), nullable=True),
        sa.Column("checked_out_at", sa.DateTime(), nullable=True),
        sa.Column("overridden", sa.String(length=60), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("promoted_by", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_signup_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signup_person_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_signup_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signup")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signup_person_id", "signup", ["person_id"], unique=False)
    in_a_shift = sa.text("shift_id IS NOT NULL")
    op.create_index(
        "ix_signup_shift_id",
        "signup",
        ["shift_id"],
        unique=False,
        sqlite_where=in_a_shift,
        postgresql_where=in_a_shift,
    )
    op.create_index("uq_signup_event_id_person_id", "signup", ["event_id", "person_id"], unique=True)


def _create_hours() -> None:
    op.create_table(
        "hours_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=True),
        sa.Column("end_minute", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("confirmed_by", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_hours_record_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["hours_record.id"], name=op.f("fk_hours_record_corrects_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_hours_record_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hours_record_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_hours_record_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_record")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_hours_record_person_id_served_on",
        "hours_record",
        ["person_id", "served_on", "status", "minutes", "team_id"],
        unique=False,
    )
    op.create_index(
        "ix_hours_record_served_on",
        "hours_record",
        ["served_on", "status", "team_id", "event_id", "person_id", "community_id", "minutes"],
        unique=False,
    )
    for name in ("event_id", "team_id", "corrects_id"):
        known = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_hours_record_{name}",
            "hours_record",
            [name],
            unique=False,
            sqlite_where=known,
            postgresql_where=known,
        )
    op.create_table(
        "closed_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_closed_period_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_period")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_closed_period_community_id", "closed_period", ["community_id", "last_on"], unique=False
    )
