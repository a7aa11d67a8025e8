"""Stars granted, certificates issued, honours received, and how people did at events."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import Base
from volunteer_cli.hours.models import HoursRecord  # noqa: F401 - the target of a foreign key


class StarGrant(Base):
    """A star level that somebody granted to a person.

    `minutes` are the person's hours that were in force then, `threshold` the minutes that the level
    asked for.
    """

    __tablename__ = "star_grant"
    __table_args__ = (Index("uq_star_grant_person_id_level", "person_id", "level", unique=True),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    level: Mapped[int]
    minutes: Mapped[int]
    threshold: Mapped[int]
    granted_on: Mapped[date]
    granted_by: Mapped[str] = mapped_column(String(200))


class Certificate(Base):
    """What a community certified of a person's service; the figures are those of the day of issue.

    `minutes` is the sum of its lines, and of the four kinds of evidence. `all_time` marks one that
    was asked for without a period. `code` proves, beside the number, that a paper is genuine.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        Index("uq_certificate_number", "number", unique=True),
        Index("ix_certificate_person_id", "person_id"),
        Index("ix_certificate_replaces_id", "replaces_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(20))
    first_on: Mapped[date]
    last_on: Mapped[date]
    all_time: Mapped[bool]
    minutes: Mapped[int]
    scanned: Mapped[int]
    signed: Mapped[int]
    reported: Mapped[int]
    backfilled: Mapped[int]
    handler: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(String(200))
    issued_on: Mapped[date]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None] = mapped_column(Text)


class CertificateLine(Base):
    """One service on a certificate, with the minutes that counted on the day of issue."""

    __tablename__ = "certificate_line"
    __table_args__ = (
        Index("ix_certificate_line_certificate_id", "certificate_id"),
        Index("ix_certificate_line_hours_id", "hours_id"),
    )

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"))
    hours_id: Mapped[int] = mapped_column(ForeignKey("hours_record.id"))
    served_on: Mapped[date]
    place: Mapped[str | None] = mapped_column(Text)
    activity: Mapped[str | None] = mapped_column(Text)
    minutes: Mapped[int]
    evidence: Mapped[str] = mapped_column(String(10))


class Award(Base):
    """An honour of a person, of a team, or of the community itself when neither is named."""

    __tablename__ = "award"
    __table_args__ = (
        Index("ix_award_title", "title"),
        Index("ix_award_person_id", "person_id"),
        Index("ix_award_team_id", "team_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(200))
    awarded_on: Mapped[date]
    document: Mapped[str | None] = mapped_column(String(200))
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None] = mapped_column(Text)


class Evaluation(Base):
    """How a person did at an event, in points from 1 to 5 and in words."""

    __tablename__ = "evaluation"
    __table_args__ = (
        Index("ix_evaluation_event_id", "event_id"),
        Index("ix_evaluation_person_id", "person_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    punctuality: Mapped[int | None]
    attitude: Mapped[int | None]
    skill: Mapped[int | None]
    text: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(200))
    recorded_on: Mapped[date]
    late: Mapped[bool]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None] = mapped_column(Text)
