"""Actions; alliances, their councils and their pairings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    _actions()
    _alliances()
    _councils()
    _pairings()


def _actions() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=True),
        sa.Column("raised_by", sa.Text(), nullable=True),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=200), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_action_score")),
        sa.ForeignKeyConstraint(["owner_id"], ["organization.id"], name=op.f("fk_action_owner_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["organization.id"], name=op.f("fk_action_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_action_owner_id_status", "action", ["owner_id", "status"], unique=False)
    op.create_index("ix_action_source_raised_on", "action", ["source", "raised_on"], unique=False)
    op.create_index("ix_action_status_source_due_on", "action", ["status", "source", "due_on"], unique=False)
    op.create_table(
        "action_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("due_after", sa.Date(), nullable=True),
        sa.Column("owner_before_id", sa.Integer(), nullable=True),
        sa.Column("owner_after_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_step_action_id")),
        sa.ForeignKeyConstraint(
            ["owner_after_id"], ["organization.id"], name=op.f("fk_action_step_owner_after_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_before_id"], ["organization.id"], name=op.f("fk_action_step_owner_before_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_step")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_action_step_action_id_step", "action_step", ["action_id", "step", "happened_on"], unique=False
    )


def _alliances() -> None:
    op.create_table(
        "alliance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("motto", sa.Text(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance")),
        sa.UniqueConstraint("code", name=op.f("uq_alliance_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alliance_name", "alliance", ["name"], unique=False)
    op.create_table(
        "alliance_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"], name=op.f("fk_alliance_line_alliance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_alliance_line_alliance_id_name", "alliance_line", ["alliance_id", "name"], unique=True
    )
    op.create_table(
        "alliance_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliance.id"], name=op.f("fk_alliance_membership_alliance_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_alliance_membership_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance_membership")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_alliance_membership_alliance_id",
        "alliance_membership",
        ["alliance_id", "organization_id"],
        unique=False,
    )
    op.create_index(
        "ix_alliance_membership_organization_id", "alliance_membership", ["organization_id"], unique=False
    )
    op.create_table(
        "alliance_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alliance_id"], ["alliance.id"], name=op.f("fk_alliance_activity_alliance_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_alliance_activity_event_id")),
        sa.ForeignKeyConstraint(["line_id"], ["alliance_line.id"], name=op.f("fk_alliance_activity_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alliance_activity")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_alliance_activity_alliance_id", "alliance_activity", ["alliance_id", "held_on"], unique=False
    )
    op.create_table(
        "activity_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("enterprise", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["alliance_activity.id"], name=op.f("fk_activity_unit_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_activity_unit_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activity_unit_organization_id", "activity_unit", ["organization_id"], unique=False)
    op.create_index(
        "uq_activity_unit_activity_id", "activity_unit", ["activity_id", "organization_id"], unique=True
    )


def _councils() -> None:
    op.create_table(
        "council",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(alliance_id IS NULL) <> (community_id IS NULL)", name=op.f("ck_council_owner")),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"], name=op.f("fk_council_alliance_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_council_community_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council")),
        sa.UniqueConstraint("code", name=op.f("uq_council_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_council_name", "council", ["name"], unique=False)
    op.create_table(
        "council_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("convened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_council_session_council_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_session")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_council_session_council_id", "council_session", ["council_id", "starts_at"], unique=False
    )
    op.create_index("ix_council_session_status", "council_session", ["status", "starts_at"], unique=False)
    op.create_index("uq_council_session_number", "council_session", ["number"], unique=True)
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.Text(), nullable=True),
        sa.Column("proposer_person_id", sa.Integer(), nullable=True),
        sa.Column("proposer_organization_id", sa.Integer(), nullable=True),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["council_id"], ["council.id"], name=op.f("fk_topic_council_id")),
        sa.ForeignKeyConstraint(["need_id"], ["action.id"], name=op.f("fk_topic_need_id")),
        sa.ForeignKeyConstraint(
            ["proposer_organization_id"], ["organization.id"], name=op.f("fk_topic_proposer_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposer_person_id"], ["person.id"], name=op.f("fk_topic_proposer_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topic_council_id_status", "topic", ["council_id", "status"], unique=False)
    op.create_index("ix_topic_title", "topic", ["title"], unique=False)
    op.create_index("uq_topic_need_id", "topic", ["need_id"], unique=True)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["council_session.id"], name=op.f("fk_agenda_item_session_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_agenda_item_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agenda_item_topic_id", "agenda_item", ["topic_id", "status"], unique=False)
    op.create_index(
        "uq_agenda_item_session_id_topic_id", "agenda_item", ["session_id", "topic_id"], unique=True
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_attendance_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["council_session.id"], name=op.f("fk_attendance_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attendance_organization_id", "attendance", ["organization_id"], unique=False)
    op.create_index(
        "uq_attendance_session_id_organization_id",
        "attendance",
        ["session_id", "organization_id"],
        unique=True,
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstain", sa.Integer(), nullable=True),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["council_session.id"], name=op.f("fk_decision_session_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_decision_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_session_id", "decision", ["session_id"], unique=False)
    op.create_index("uq_decision_topic_id_session_id", "decision", ["topic_id", "session_id"], unique=True)
    op.create_table(
        "topic_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_topic_action_action_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_action_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_action")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topic_action_topic_id", "topic_action", ["topic_id"], unique=False)
    op.create_index("uq_topic_action_action_id", "topic_action", ["action_id"], unique=True)
    op.create_table(
        "topic_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_step_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topic_step_topic_id", "topic_step", ["topic_id", "happened_on"], unique=False)


def _pairings() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["organization.id"], name=op.f("fk_delivery_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_delivered_on", "delivery", ["delivered_on"], unique=False)
    op.create_index("ix_delivery_enterprise_id", "delivery", ["enterprise_id", "delivered_on"], unique=False)
    op.create_table(
        "pairing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("alliance_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("every_days", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["alliance_id"], ["alliance.id"], name=op.f("fk_pairing_alliance_id")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["organization.id"], name=op.f("fk_pairing_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pairing_alliance_id", "pairing", ["alliance_id"], unique=False)
    op.create_index("ix_pairing_enterprise_id", "pairing", ["enterprise_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_contact_pairing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_made_on_pairing_id", "contact", ["made_on", "pairing_id"], unique=False)
    op.create_index("ix_contact_pairing_id_made_on", "contact", ["pairing_id", "made_on"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_need_action_id")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_need_pairing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_need_pairing_id", "need", ["pairing_id"], unique=False)
    op.create_index("uq_need_action_id", "need", ["action_id"], unique=True)
    op.create_table(
        "pairing_official",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("official", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_pairing_official_pairing_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["organization.id"], name=op.f("fk_pairing_official_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_official")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pairing_official_unit_id", "pairing_official", ["unit_id"], unique=False)
    op.create_index(
        "uq_pairing_official_pairing_id_since", "pairing_official", ["pairing_id", "since"], unique=True
    )
