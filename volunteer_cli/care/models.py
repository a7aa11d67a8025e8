"""Visits to households and plans of them, who went and who was met, what was given, and alarms that were cleared."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import HIDDEN, KEPT, MASKED, SHOWN, WHO, WORDS, Base, means
from volunteer_cli.households.models import Household  # noqa: F401 - the target of a foreign key
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Visit(Base):
    """A try to see a household, or with `at` empty the plan of one.

    `at` is a moment, at midnight where only the day is known; `noted_on` is the day on which a plan was made.
    A plan has a day and no outcome. What was voided never happened.
    """

    __tablename__ = "visit"
    __table_args__ = (
        # The last meeting of a household, by method or at all, is one step into this index.
        Index(
            "ix_visit_household_id_outcome_at_method",
            "household_id", "outcome", "at", "method",
            sqlite_where=text("voided_on IS NULL"),
        ),
        Index("ix_visit_at", "at"),
        Index("ix_visit_planned_on", "planned_on", sqlite_where=text("planned_on IS NOT NULL")),
    )  # fmt: skip

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=KEPT)
    at: Mapped[datetime | None] = mapped_column(info=KEPT)
    planned_on: Mapped[date | None] = mapped_column(info=KEPT)
    noted_on: Mapped[date] = mapped_column(info=KEPT)
    method: Mapped[str] = mapped_column(String(10), info=KEPT)
    # That there is a case of mediation is confidential (人民调解法, art. 15), and so is what a visit was for.
    kind: Mapped[str] = mapped_column(String(10), info=KEPT | HIDDEN)
    outcome: Mapped[str | None] = mapped_column(String(10), info=KEPT)
    request_id: Mapped[int | None] = mapped_column(info=KEPT | means("request"))
    note: Mapped[str | None] = mapped_column(Text, info=WORDS | HIDDEN)
    overridden: Mapped[str | None] = mapped_column(Text, info=WORDS | MASKED)
    cancelled_on: Mapped[date | None] = mapped_column(info=KEPT)
    voided_on: Mapped[date | None] = mapped_column(info=KEPT)


class VisitPerson(Base):
    """Somebody who went, or who was met; cut when the person is erased: that there was somebody goes on to count."""

    __tablename__ = "visit_person"
    __table_args__ = (
        Index("uq_visit_person_visit_id_part_person_id", "visit_id", "part", "person_id", unique=True),
        Index("ix_visit_person_person_id", "person_id"),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), info=KEPT)
    part: Mapped[str] = mapped_column(String(10), info=KEPT)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=WHO | SHOWN)


class VisitSupply(Base):
    """Pieces given on a visit: of one slip line of a drive, or of one's own.

    The tables of drives are imported by those who write this one: a dozen classes more would be felt at each list.
    """

    __tablename__ = "visit_supply"
    __table_args__ = (
        Index("ix_visit_supply_visit_id", "visit_id"),
        Index("ix_visit_supply_drive_id", "drive_id"),
        Index("ix_visit_supply_line_id", "line_id"),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), info=KEPT)
    drive_id: Mapped[int | None] = mapped_column(ForeignKey("drive.id"), info=KEPT)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("slip_line.id"), info=KEPT)
    item: Mapped[str] = mapped_column(String(100), info=WORDS | HIDDEN)
    unit: Mapped[str] = mapped_column(String(20), info=KEPT)
    quantity: Mapped[int] = mapped_column(info=KEPT)


class AlarmClear(Base):
    """Somebody made sure that all is well where nobody had answered: tries before that moment raise no alarm."""

    __tablename__ = "alarm_clear"
    __table_args__ = (Index("ix_alarm_clear_household_id", "household_id"),)

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), info=KEPT)
    at: Mapped[datetime] = mapped_column(info=KEPT)
    reason: Mapped[str] = mapped_column(Text, info=WORDS | MASKED)
