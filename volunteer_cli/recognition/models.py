"""Stars granted, certificates issued, honours received, and how people did at events."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, MASKED, SHOWN, WHO, WORDS, Base
from volunteer_cli.hours.models import HoursRecord  # noqa: F401 - the target of a foreign key


class StarGrant(Base):
    """A star level that somebody granted to a person.

    `minutes` are the person's hours that were in force then, `threshold` the minutes that the level
    asked for.
    """

    __tablename__ = "star_grant"
    __table_args__ = (Index("uq_star_grant_person_id_level", "person_id", "level", unique=True),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    level: Mapped[int] = mapped_column(info=KEPT)
    minutes: Mapped[int] = mapped_column(info=KEPT)
    threshold: Mapped[int] = mapped_column(info=KEPT)
    granted_on: Mapped[date] = mapped_column(info=KEPT)
    # A star is proposed by hours and granted by somebody, who answers for it.
    granted_by: Mapped[str] = mapped_column(String(200), info=WORDS)


class Certificate(Base):
    """What a community certified of a person's service; name, numbers and figures are those of the day of issue.

    `minutes` is the sum of its lines, and of the four kinds of evidence. `all_time` marks one that
    was asked for without a period. `code` proves, beside the number, that a paper is genuine.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        Index("uq_certificate_number", "number", unique=True),
        Index("ix_certificate_person_id", "person_id"),
        Index("ix_certificate_replaces_id", "replaces_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    name: Mapped[str | None] = mapped_column(String(200), info=WHO | SHOWN)
    # Empty where there was none on that day; papers from before this was kept have those of the record.
    volunteer_no: Mapped[str | None] = mapped_column(String(60), info=WHO | SHOWN)
    id_number: Mapped[str | None] = mapped_column(String(40), info=WHO)
    number: Mapped[str] = mapped_column(String(60), info=KEPT)
    code: Mapped[str] = mapped_column(String(20), info=KEPT)
    first_on: Mapped[date] = mapped_column(info=KEPT)
    last_on: Mapped[date] = mapped_column(info=KEPT)
    # The same question asked again replaces a voided certificate, so that it must be known what was asked.
    all_time: Mapped[bool] = mapped_column(info=KEPT)
    minutes: Mapped[int] = mapped_column(info=KEPT)
    scanned: Mapped[int] = mapped_column(info=KEPT)
    signed: Mapped[int] = mapped_column(info=KEPT)
    reported: Mapped[int] = mapped_column(info=KEPT)
    backfilled: Mapped[int] = mapped_column(info=KEPT)
    # Who made out the paper: Order 67 asks for the name beside that of the issuer.
    handler: Mapped[str] = mapped_column(String(200), info=WORDS)
    contact: Mapped[str | None] = mapped_column(String(200), info=WORDS | MASKED)
    # As the community signed on that day; papers from before this was kept have its name.
    issuer: Mapped[str | None] = mapped_column(String(200), info=KEPT)
    head: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    issued_on: Mapped[date] = mapped_column(info=KEPT)
    # Whoever holds a voided paper learns by it which one holds now.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), info=KEPT)
    voided_on: Mapped[date | None] = mapped_column(info=KEPT)
    void_reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class CertificateLine(Base):
    """One service on a certificate, with the minutes that counted on the day of issue."""

    __tablename__ = "certificate_line"
    __table_args__ = (
        Index("ix_certificate_line_certificate_id", "certificate_id"),
        Index("ix_certificate_line_hours_id", "hours_id"),
    )

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), info=KEPT)
    hours_id: Mapped[int] = mapped_column(ForeignKey("hours_record.id"), info=KEPT)
    served_on: Mapped[date] = mapped_column(info=KEPT)
    place: Mapped[str | None] = mapped_column(Text, info=WORDS)
    activity: Mapped[str | None] = mapped_column(Text, info=WORDS)
    minutes: Mapped[int] = mapped_column(info=KEPT)
    evidence: Mapped[str] = mapped_column(String(10), info=KEPT)


class Award(Base):
    """An honour of a person, of a team, or of the community itself when neither is named."""

    __tablename__ = "award"
    __table_args__ = (
        Index("ix_award_title", "title"),
        Index("ix_award_person_id", "person_id"),
        Index("ix_award_team_id", "team_id"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=KEPT)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), info=KEPT)
    title: Mapped[str] = mapped_column(String(200), info=KEPT)
    # From national to community: 最美志愿服务社区 is awarded by a province and by a city, and is two honours.
    level: Mapped[str] = mapped_column(String(20), info=KEPT)
    by: Mapped[str] = mapped_column(String(200), info=WORDS)
    awarded_on: Mapped[date] = mapped_column(info=KEPT)
    # An honour is proved by the document of the body that awarded it.
    document: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    voided_on: Mapped[date | None] = mapped_column(info=KEPT)
    void_reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class Evaluation(Base):
    """How a person did at an event, in points from 1 to 5 and in words."""

    __tablename__ = "evaluation"
    __table_args__ = (
        Index("ix_evaluation_event_id", "event_id"),
        Index("ix_evaluation_person_id", "person_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    punctuality: Mapped[int | None] = mapped_column(info=KEPT)
    attitude: Mapped[int | None] = mapped_column(info=KEPT)
    skill: Mapped[int | None] = mapped_column(info=KEPT)
    text: Mapped[str | None] = mapped_column(Text, info=WORDS)
    by: Mapped[str] = mapped_column(String(200), info=WORDS)
    recorded_on: Mapped[date] = mapped_column(info=KEPT)
    late: Mapped[bool] = mapped_column(info=KEPT)
    voided_on: Mapped[date | None] = mapped_column(info=KEPT)
    void_reason: Mapped[str | None] = mapped_column(Text, info=WORDS)
