"""Campaigns: their stages and questions, the frozen list, attempts with answers, what is dealt to whom, and the plan."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.communities.models import Community  # noqa: F401 - the target of a foreign key
from volunteer_cli.core.models import HIDDEN, KEPT, MASKED, REACH, WORDS, Base, key_of, means, of
from volunteer_cli.households.models import Household  # noqa: F401 - the target of a foreign key
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Campaign(Base):
    """Something that every household, or every person, of a list is asked or seen for.

    `opened_at` is when its first list was frozen; its status follows from this and the two days below it.
    """

    __tablename__ = "campaign"
    __table_args__ = (Index("uq_campaign_community_id_code", "community_id", "code", unique=True),)

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    code: Mapped[str] = mapped_column(String(40), info=KEPT)
    name: Mapped[str] = mapped_column(String(200), info=KEPT)
    name_key: Mapped[str] = mapped_column(String(200), info=KEPT | key_of("name"))
    unit: Mapped[str] = mapped_column(String(10), info=KEPT)
    method: Mapped[str] = mapped_column(String(10), info=KEPT)
    starts_on: Mapped[date] = mapped_column(info=KEPT)
    ends_on: Mapped[date | None] = mapped_column(info=KEPT)
    purpose: Mapped[str | None] = mapped_column(Text, info=WORDS)
    urgent: Mapped[bool] = mapped_column(default=False, info=KEPT)
    coverage_only: Mapped[bool] = mapped_column(default=False, info=KEPT)
    counts_as_visit: Mapped[bool] = mapped_column(default=False, info=KEPT)
    opened_at: Mapped[datetime | None] = mapped_column(info=KEPT)
    closed_on: Mapped[date | None] = mapped_column(info=KEPT)
    cancelled_on: Mapped[date | None] = mapped_column(info=KEPT)


class Stage(Base):
    """A step of the sieve: all, or a filter on what is known and on results of the stage before.

    `days` is how many daily rounds it has, `share` and `seed` are those of a re-check; `conditions` is what
    was asked for with --where, and `opened_at` when its list was frozen.
    """

    __tablename__ = "campaign_stage"
    __table_args__ = (Index("uq_campaign_stage_campaign_id_name", "campaign_id", "name", unique=True),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), info=KEPT)
    name: Mapped[str] = mapped_column(String(100), info=KEPT)
    after_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_stage.id"), info=KEPT)
    method: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    days: Mapped[int | None] = mapped_column(info=KEPT)
    share: Mapped[float | None] = mapped_column(info=KEPT)
    seed: Mapped[int | None] = mapped_column(info=KEPT)
    conditions: Mapped[list[list[str]]] = mapped_column(JSON, default=list, info=KEPT)
    opened_at: Mapped[datetime | None] = mapped_column(info=KEPT)


class Question(Base):
    """A question of a campaign; once it is answered it is fixed. `choices` are separated by line breaks."""

    __tablename__ = "campaign_question"
    __table_args__ = (Index("uq_campaign_question_campaign_id_code", "campaign_id", "code", unique=True),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), info=KEPT)
    code: Mapped[str] = mapped_column(String(40), info=KEPT)
    text: Mapped[str] = mapped_column(Text, info=KEPT)
    type: Mapped[str] = mapped_column(String(10), info=KEPT)
    choices: Mapped[str | None] = mapped_column(Text, info=KEPT)


class Target(Base):
    """A household, or a person, on the list of a campaign: once, and never removed, only excluded.

    Grid and building are those of the day on which it was listed: figures by grid do not move when a
    grid is drawn anew.
    """

    __tablename__ = "target"
    __table_args__ = (
        Index("uq_target_campaign_id_household_id", "campaign_id", "household_id", unique=True),
        Index("uq_target_campaign_id_person_id", "campaign_id", "person_id", unique=True),
        Index("ix_target_household_id", "household_id"),
        Index("ix_target_person_id", "person_id"),
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), info=KEPT)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), info=KEPT)
    # The record of who was erased stays without a name, so the count of the list stays too.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    grid: Mapped[str | None] = mapped_column(String(60), info=KEPT)
    building: Mapped[str | None] = mapped_column(String(40), info=KEPT)
    source: Mapped[str] = mapped_column(String(10), info=KEPT)
    listed_at: Mapped[datetime] = mapped_column(info=KEPT)
    excluded_at: Mapped[datetime | None] = mapped_column(info=KEPT)
    excluded_for: Mapped[str | None] = mapped_column(Text, info=WORDS | MASKED)


class StageTarget(Base):
    """A target of a stage, from the moment on which it came into it."""

    __tablename__ = "stage_target"
    __table_args__ = (
        Index("uq_stage_target_stage_id_target_id", "stage_id", "target_id", unique=True),
        Index("ix_stage_target_target_id", "target_id"),
    )

    stage_id: Mapped[int] = mapped_column(ForeignKey("campaign_stage.id"), info=KEPT)
    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), info=KEPT)
    since: Mapped[datetime] = mapped_column(info=KEPT)


class Attempt(Base):
    """One try to reach a target, at the moment when it was made.

    `off_hours` says whether that was in the evening or on a day off, by the calendar of the day of entry;
    `number` is the phone number that turned out to be wrong or dead, and `agrees` what a re-check says of
    the first result.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_target_id_at", "target_id", "at"),
        Index("ix_attempt_at", "at"),
        Index("ix_attempt_by_id", "by_id"),
        Index("ix_attempt_number", "number", sqlite_where=text("number IS NOT NULL")),
    )

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), info=KEPT)
    stage_id: Mapped[int] = mapped_column(ForeignKey("campaign_stage.id"), info=KEPT)
    round: Mapped[date | None] = mapped_column(info=KEPT)
    at: Mapped[datetime] = mapped_column(info=KEPT)
    # Who was erased reads as a star; that two different people were refused goes on to count.
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    method: Mapped[str] = mapped_column(String(10), info=KEPT)
    outcome: Mapped[str] = mapped_column(String(20), info=KEPT)
    off_hours: Mapped[bool] = mapped_column(info=KEPT)
    evidence: Mapped[str | None] = mapped_column(String(100), info=KEPT)
    callback_at: Mapped[datetime | None] = mapped_column(info=KEPT)
    # The number is of whoever was called, not of the caller.
    number: Mapped[str | None] = mapped_column(String(40), info=REACH | of("target_id"))
    agrees: Mapped[bool | None] = mapped_column(info=KEPT)
    note: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)
    # Why somebody who was done was contacted again, or a block was passed over.
    reason: Mapped[str | None] = mapped_column(Text, info=WORDS | MASKED)
    request_id: Mapped[int | None] = mapped_column(info=KEPT | means("request"))


class Answer(Base):
    """What was answered to a question: `value` as it is counted, or `words` that are confidential."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("uq_answer_attempt_id_question_id", "attempt_id", "question_id", unique=True),
        Index("ix_answer_question_id", "question_id"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), info=KEPT)
    question_id: Mapped[int] = mapped_column(ForeignKey("campaign_question.id"), info=KEPT)
    value: Mapped[str | None] = mapped_column(String(200), info=KEPT)
    words: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)


class Lease(Base):
    """A target dealt to somebody until a moment; it is live unless that is over or it was ended.

    An attempt ends it, or who has it gives it back; one whose time is over is none, without any job.
    """

    __tablename__ = "lease"
    __table_args__ = (
        Index("ix_lease_target_id", "target_id"),
        Index("ix_lease_person_id", "person_id"),
        Index("ix_lease_until", "until", sqlite_where=text("ended_at IS NULL")),
    )

    target_id: Mapped[int] = mapped_column(ForeignKey("target.id"), info=KEPT)
    stage_id: Mapped[int] = mapped_column(ForeignKey("campaign_stage.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    dealt_at: Mapped[datetime] = mapped_column(info=KEPT)
    until: Mapped[datetime] = mapped_column(info=KEPT)
    ended_at: Mapped[datetime | None] = mapped_column(info=KEPT)


class PlanDay(Base):
    """How many targets of a grid are to be resolved on a day."""

    __tablename__ = "plan_day"
    __table_args__ = (Index("ix_plan_day_campaign_id_day", "campaign_id", "day"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), info=KEPT)
    grid: Mapped[str | None] = mapped_column(String(60), info=KEPT)
    day: Mapped[date] = mapped_column(info=KEPT)
    count: Mapped[int] = mapped_column(info=KEPT)
