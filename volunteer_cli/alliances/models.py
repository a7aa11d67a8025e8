"""Alliances, councils and pairings, each with what happens in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.actions.models import Action  # noqa: F401 - the target of a foreign key
from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import KEPT, WORDS, Base, key_of, means
from volunteer_cli.events.models import Event  # noqa: F401 - the target of a foreign key
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Alliance(Base):
    """An alliance of departments; like organizations it belongs to no community."""

    __tablename__ = "alliance"
    __table_args__ = (Index("ix_alliance_name_key", "name_key"),)

    code: Mapped[str] = mapped_column(String(40), unique=True, info=KEPT)
    name: Mapped[str] = mapped_column(String(200), info=KEPT)
    name_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("name"))
    motto: Mapped[str | None] = mapped_column(Text, info=KEPT)
    founded_on: Mapped[date | None] = mapped_column(info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class AllianceLine(Base):
    """A line of work of an alliance (工作内容)."""

    __tablename__ = "alliance_line"
    __table_args__ = (Index("uq_alliance_line_alliance_id_name", "alliance_id", "name", unique=True),)

    alliance_id: Mapped[int] = mapped_column(ForeignKey("alliance.id"), info=KEPT)
    name: Mapped[str] = mapped_column(String(200), info=KEPT)


class AllianceMembership(Base):
    """An organization in an alliance with one role, from the day `since` to before the day `until`."""

    # Dated and never overwritten: the quorum of a past session asks who belonged to it on that day.
    __tablename__ = "alliance_membership"
    __table_args__ = (
        Index("ix_alliance_membership_alliance_id", "alliance_id", "organization_id"),
        Index("ix_alliance_membership_organization_id", "organization_id"),
    )

    alliance_id: Mapped[int] = mapped_column(ForeignKey("alliance.id"), info=KEPT)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    role: Mapped[str] = mapped_column(String(10), info=KEPT)
    since: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)


class AllianceActivity(Base):
    """A symposium, a "party plus" activity or a policy visit; councils and pairings have their own records."""

    __tablename__ = "alliance_activity"
    __table_args__ = (Index("ix_alliance_activity_alliance_id", "alliance_id", "held_on"),)

    alliance_id: Mapped[int] = mapped_column(ForeignKey("alliance.id"), info=KEPT)
    title: Mapped[str] = mapped_column(String(200), info=WORDS)
    form: Mapped[str] = mapped_column(String(20), info=KEPT)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("alliance_line.id"), info=KEPT)
    held_on: Mapped[date] = mapped_column(info=KEPT)
    people: Mapped[int | None] = mapped_column(info=KEPT)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), info=KEPT)
    voided_on: Mapped[date | None] = mapped_column(info=KEPT)
    void_reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class ActivityUnit(Base):
    """An organization that took part in an activity, as a unit of the alliance or as an enterprise."""

    __tablename__ = "activity_unit"
    __table_args__ = (
        Index("uq_activity_unit_activity_id", "activity_id", "organization_id", unique=True),
        Index("ix_activity_unit_organization_id", "organization_id"),
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("alliance_activity.id"), info=KEPT)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    enterprise: Mapped[bool] = mapped_column(info=KEPT)


# --- the council ------------------------------------------------------------


class Council(Base):
    """A council hall (议事厅) of an alliance, or of a community."""

    __tablename__ = "council"
    __table_args__ = (
        CheckConstraint("(alliance_id IS NULL) <> (community_id IS NULL)", name="owner"),
        Index("ix_council_name_key", "name_key"),
    )

    code: Mapped[str] = mapped_column(String(40), unique=True, info=KEPT)
    name: Mapped[str] = mapped_column(String(200), info=KEPT)
    name_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("name"))
    alliance_id: Mapped[int | None] = mapped_column(ForeignKey("alliance.id"), info=KEPT)
    community_id: Mapped[int | None] = mapped_column(ForeignKey("community.id"), info=KEPT)
    archived_on: Mapped[date | None] = mapped_column(info=KEPT)


class Topic(Base):
    """A question that somebody brings to a council; it stays until it is decided and answered, or ended."""

    __tablename__ = "topic"
    __table_args__ = (
        Index("ix_topic_council_id_status", "council_id", "status"),
        Index("uq_topic_need_id", "need_id", unique=True),
        Index("ix_topic_title", "title"),
    )

    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), info=KEPT)
    title: Mapped[str] = mapped_column(String(200), info=WORDS)
    field: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    text: Mapped[str | None] = mapped_column(Text, info=WORDS)
    proposed_by: Mapped[str | None] = mapped_column(Text, info=WORDS)
    proposer_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    proposer_organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    need_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), info=KEPT)
    proposed_on: Mapped[date] = mapped_column(info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    accepted_on: Mapped[date | None] = mapped_column(info=KEPT)
    answered_on: Mapped[date | None] = mapped_column(info=KEPT)
    answer: Mapped[str | None] = mapped_column(Text, info=WORDS)


class TopicStep(Base):
    """Something that happened to a topic on a day."""

    # Actions have steps of their own, with owners and days before and after that topics do not know.
    __tablename__ = "topic_step"
    __table_args__ = (Index("ix_topic_step_topic_id", "topic_id", "happened_on"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), info=KEPT)
    step: Mapped[str] = mapped_column(String(10), info=KEPT)
    happened_on: Mapped[date] = mapped_column(info=KEPT)
    text: Mapped[str | None] = mapped_column(Text, info=WORDS)


class CouncilSession(Base):
    """A meeting of a council; closing it freezes who was there and what was decided, under a number."""

    __tablename__ = "council_session"
    __table_args__ = (
        Index("uq_council_session_number", "number", unique=True),
        Index("ix_council_session_council_id", "council_id", "starts_at"),
        Index("ix_council_session_status", "status", "starts_at"),
    )

    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), info=KEPT)
    number: Mapped[str | None] = mapped_column(String(60), info=KEPT)
    starts_at: Mapped[datetime] = mapped_column(info=KEPT)
    ends_at: Mapped[datetime] = mapped_column(info=KEPT)
    place: Mapped[str | None] = mapped_column(Text, info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    convened_on: Mapped[date] = mapped_column(info=KEPT)
    closed_on: Mapped[date | None] = mapped_column(info=KEPT)
    #: The minutes as they were when the session was closed: what left the house never changes.
    minutes: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True),
        info=KEPT
        | means(
            attendance__organization_id="organization",
            actions__id="action",
            topics__id="topic",
            topics__need="need",
            decision__id="decision",
        ),
    )


class Attendance(Base):
    """Whether an organization was at a session, and who spoke for it."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index("uq_attendance_session_id_organization_id", "session_id", "organization_id", unique=True),
        Index("ix_attendance_organization_id", "organization_id"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"), info=KEPT)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    present: Mapped[bool] = mapped_column(info=KEPT)
    by: Mapped[str | None] = mapped_column(String(200), info=WORDS)


class AgendaItem(Base):
    """What was said of a topic and a session beside its being accepted: first, without, decided or deferred."""

    # A topic that is accepted stands on the agenda without a row here: a row that somebody forgot to add
    # is how other tools lose topics between two meetings.
    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("uq_agenda_item_session_id_topic_id", "session_id", "topic_id", unique=True),
        Index("ix_agenda_item_topic_id", "topic_id", "status"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"), info=KEPT)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    place: Mapped[int | None] = mapped_column(info=KEPT)
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class Decision(Base):
    """What a session decided on a topic; a later one changes it and none is ever edited."""

    # No column for an edit: what members agreed on is changed by what they agree on later.
    __tablename__ = "decision"
    __table_args__ = (
        Index("uq_decision_topic_id_session_id", "topic_id", "session_id", unique=True),
        Index("ix_decision_session_id", "session_id"),
    )

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), info=KEPT)
    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"), info=KEPT)
    text: Mapped[str] = mapped_column(Text, info=WORDS)
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS)
    basis: Mapped[str] = mapped_column(String(10), info=KEPT)
    votes_for: Mapped[int | None] = mapped_column(info=KEPT)
    votes_against: Mapped[int | None] = mapped_column(info=KEPT)
    votes_abstain: Mapped[int | None] = mapped_column(info=KEPT)
    override_reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class TopicAction(Base):
    """An action that follows from what was decided on a topic."""

    __tablename__ = "topic_action"
    __table_args__ = (
        Index("uq_topic_action_action_id", "action_id", unique=True),
        Index("ix_topic_action_topic_id", "topic_id"),
    )

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), info=KEPT)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), info=KEPT)


# --- pairings ------------------------------------------------------------


class Pairing(Base):
    """An enterprise looked after by officials of units (包挂), from `since` to before `until`."""

    __tablename__ = "pairing"
    __table_args__ = (
        Index("ix_pairing_enterprise_id", "enterprise_id"),
        Index("ix_pairing_alliance_id", "alliance_id"),
    )

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    alliance_id: Mapped[int | None] = mapped_column(ForeignKey("alliance.id"), info=KEPT)
    since: Mapped[date] = mapped_column(info=KEPT)
    until: Mapped[date | None] = mapped_column(info=KEPT)
    #: Days between contacts where this pairing has its own.
    every_days: Mapped[int | None] = mapped_column(info=KEPT)
    end_reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class PairingOfficial(Base):
    """Who looked after a pairing's enterprise from a day on: a name of a unit, and nothing else of anybody."""

    # Officials act for their units and are no residents, so that name and unit are all that is kept.
    __tablename__ = "pairing_official"
    __table_args__ = (
        Index("uq_pairing_official_pairing_id_since", "pairing_id", "since", unique=True),
        Index("ix_pairing_official_unit_id", "unit_id"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), info=KEPT)
    unit_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    official: Mapped[str] = mapped_column(String(200), info=WORDS)
    since: Mapped[date] = mapped_column(info=KEPT)


class Contact(Base):
    """A visit, a call or another contact with a paired enterprise (走访联系)."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_pairing_id_made_on", "pairing_id", "made_on"),
        # For what is due: who was in contact lately is read from this alone.
        Index("ix_contact_made_on_pairing_id", "made_on", "pairing_id"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), info=KEPT)
    made_on: Mapped[date] = mapped_column(info=KEPT)
    kind: Mapped[str] = mapped_column(String(10), info=KEPT)
    text: Mapped[str] = mapped_column(Text, info=WORDS)
    by: Mapped[str] = mapped_column(String(200), info=WORDS)


class Need(Base):
    """Of which pairing an action is the need of the enterprise (企业诉求)."""

    __tablename__ = "need"
    __table_args__ = (
        Index("uq_need_action_id", "action_id", unique=True),
        Index("ix_need_pairing_id", "pairing_id"),
    )

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), info=KEPT)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), info=KEPT)


class Delivery(Base):
    """A policy brought to an enterprise (送政策), and what came of it; `value` is in fen."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_enterprise_id", "enterprise_id", "delivered_on"),
        Index("ix_delivery_delivered_on", "delivered_on"),
    )

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    policy: Mapped[str] = mapped_column(Text, info=KEPT)
    document: Mapped[str | None] = mapped_column(Text, info=KEPT)
    delivered_on: Mapped[date] = mapped_column(info=KEPT)
    outcome: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    outcome_on: Mapped[date | None] = mapped_column(info=KEPT)
    value: Mapped[int | None] = mapped_column(info=KEPT)
