"""Cases of mediation: who disputes, who mediates, the sessions, and what was agreed.

What is confidential (人民调解法, People's Mediation Law, art. 15: a mediator must not disclose it) is `HIDDEN`:
parties, facts, texts, and what links a case to a household or a request.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import HIDDEN, KEPT, SHOWN, WHO, WORDS, Base
from volunteer_cli.households.models import Household  # noqa: F401 - the target of a foreign key
from volunteer_cli.organizations.models import Organization  # noqa: F401 - the target of a foreign key
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key
from volunteer_cli.requests.models import Request  # noqa: F401 - the target of a foreign key


class Mediation(Base):
    """A case.

    `outcome` is agreed or ended and stays when the case is closed; `moved_on` is the day of its last step.
    `effective_on` is the day from which an agreement holds, `court_by` the last one on which it can be
    brought to the court.
    """

    __tablename__ = "mediation"
    __table_args__ = (
        Index("uq_mediation_number", "number", unique=True),
        Index("ix_mediation_community_id_status", "community_id", "status"),
    )

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), info=KEPT)
    number: Mapped[str] = mapped_column(String(60), info=KEPT)
    kind: Mapped[str] = mapped_column(String(20), info=KEPT)
    source: Mapped[str] = mapped_column(String(20), info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    accepted_on: Mapped[date] = mapped_column(info=KEPT)
    due_on: Mapped[date] = mapped_column(info=KEPT)
    moved_on: Mapped[date] = mapped_column(info=KEPT)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), info=KEPT | HIDDEN)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), info=KEPT | HIDDEN)
    facts: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)
    danger_on: Mapped[date | None] = mapped_column(info=KEPT)
    danger_to: Mapped[str | None] = mapped_column(String(200), info=WORDS | HIDDEN)
    danger_reason: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)
    decided_on: Mapped[date | None] = mapped_column(info=KEPT)
    outcome: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    ended_for: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    agreement: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    agreement_text: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)
    signed_on: Mapped[date | None] = mapped_column(info=KEPT)
    sealed_on: Mapped[date | None] = mapped_column(info=KEPT)
    effective_on: Mapped[date | None] = mapped_column(info=KEPT)
    wants_court: Mapped[bool] = mapped_column(default=False, info=KEPT)
    court_by: Mapped[date | None] = mapped_column(info=KEPT)
    court: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    filed_on: Mapped[date | None] = mapped_column(info=KEPT)
    court_decided_on: Mapped[date | None] = mapped_column(info=KEPT)
    followup_by: Mapped[date | None] = mapped_column(info=KEPT)
    followup_on: Mapped[date | None] = mapped_column(info=KEPT)
    performed: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    satisfied: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    followup_text: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)
    closed_on: Mapped[date | None] = mapped_column(info=KEPT)
    erased_on: Mapped[date | None] = mapped_column(info=KEPT)


class MediationParty(Base):
    """A party 当事人: a person, a household, an organisation, or a free name; of an erased one nothing is left."""

    __tablename__ = "mediation_party"
    __table_args__ = (
        Index("ix_mediation_party_mediation_id", "mediation_id"),
        Index("ix_mediation_party_person_id", "person_id"),
    )

    mediation_id: Mapped[int] = mapped_column(ForeignKey("mediation.id"), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | HIDDEN)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), info=KEPT | HIDDEN)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT | HIDDEN)
    name: Mapped[str | None] = mapped_column(String(200), info=WORDS | HIDDEN)
    named_on: Mapped[date] = mapped_column(info=KEPT)
    agreed_on: Mapped[date | None] = mapped_column(info=KEPT)
    refused_on: Mapped[date | None] = mapped_column(info=KEPT)


class Mediator(Base):
    """Somebody who mediates a case."""

    __tablename__ = "mediator"
    __table_args__ = (Index("uq_mediator_mediation_id_person_id", "mediation_id", "person_id", unique=True),)

    mediation_id: Mapped[int] = mapped_column(ForeignKey("mediation.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)


class MediationSession(Base):
    """One session with the parties."""

    __tablename__ = "mediation_session"
    __table_args__ = (Index("ix_mediation_session_mediation_id", "mediation_id"),)

    mediation_id: Mapped[int] = mapped_column(ForeignKey("mediation.id"), info=KEPT)
    held_at: Mapped[datetime] = mapped_column(info=KEPT)
    minutes: Mapped[int | None] = mapped_column(info=KEPT)
    text: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)


class SessionMediator(Base):
    """Somebody who mediated in a session."""

    __tablename__ = "session_mediator"
    __table_args__ = (
        Index("uq_session_mediator_session_id_person_id", "session_id", "person_id", unique=True),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("mediation_session.id"), info=KEPT)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)


class MediationTerm(Base):
    """One thing that somebody has to do by a day, as the parties agreed."""

    __tablename__ = "mediation_term"
    __table_args__ = (Index("uq_mediation_term_mediation_id_n", "mediation_id", "n", unique=True),)

    mediation_id: Mapped[int] = mapped_column(ForeignKey("mediation.id"), info=KEPT)
    n: Mapped[int] = mapped_column(info=KEPT)
    duty: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)
    due_on: Mapped[date] = mapped_column(info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    settled_on: Mapped[date | None] = mapped_column(info=KEPT)
