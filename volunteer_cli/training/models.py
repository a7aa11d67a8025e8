"""Trainings that people have had, and the skills they give."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base
from volunteer_cli.people.models import Person  # noqa: F401 - the target of a foreign key


class Training(Base):
    """One training of one person; it counts up to and on the day `until`, without one for good."""

    __tablename__ = "training"
    __table_args__ = (Index("ix_training_person_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=KEPT)
    topic: Mapped[str] = mapped_column(String(200), info=KEPT)
    # A skill is worth what the body is that taught it.
    by: Mapped[str] = mapped_column(String(200), info=WORDS)
    held_on: Mapped[date] = mapped_column(info=KEPT)
    minutes: Mapped[int] = mapped_column(info=KEPT)
    # What was learnt is forgotten: many a certificate says itself until when it holds.
    until: Mapped[date | None] = mapped_column(info=KEPT)
    # Voided and not deleted: somebody may have served on the strength of it.
    voided_on: Mapped[date | None] = mapped_column(info=KEPT)
    void_reason: Mapped[str | None] = mapped_column(Text, info=WORDS)


class TrainingSkill(Base):
    """A skill that a training gives as long as it counts."""

    __tablename__ = "training_skill"
    __table_args__ = (
        Index("uq_training_skill_training_id_skill", "training_id", "skill", unique=True),
        Index("ix_training_skill_skill", "skill"),
    )

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), info=KEPT)
    skill: Mapped[str] = mapped_column(String(100), info=KEPT)
