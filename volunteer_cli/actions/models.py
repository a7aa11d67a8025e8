"""Actions and what became of them, step by step."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from volunteer_cli.core.models import KEPT, WORDS, Base
from volunteer_cli.organizations.models import Organization  # noqa: F401 - the target of a foreign key


class Action(Base):
    """What an organization must do for whoever raised it.

    `answer_due_on` and `answered_on` are those of a need, which is answered before it is solved.
    `done_on` is unknown of what a ledger calls done without a day.
    """

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        Index("ix_action_status_source_due_on", "status", "source", "due_on"),
        Index("ix_action_owner_id_status", "owner_id", "status"),
        Index("ix_action_source_raised_on", "source", "raised_on"),
    )

    source: Mapped[str] = mapped_column(String(10), info=KEPT)
    text: Mapped[str] = mapped_column(Text, info=WORDS)
    field: Mapped[str | None] = mapped_column(String(20), info=KEPT)
    raised_by: Mapped[str | None] = mapped_column(Text, info=WORDS)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    owner_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    raised_on: Mapped[date] = mapped_column(info=KEPT)
    due_on: Mapped[date] = mapped_column(info=KEPT)
    answer_due_on: Mapped[date | None] = mapped_column(info=KEPT)
    answered_on: Mapped[date | None] = mapped_column(info=KEPT)
    status: Mapped[str] = mapped_column(String(10), info=KEPT)
    done_on: Mapped[date | None] = mapped_column(info=KEPT)
    result: Mapped[str | None] = mapped_column(Text, info=WORDS)
    confirmed_on: Mapped[date | None] = mapped_column(info=KEPT)
    confirmed_by: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    score: Mapped[int | None] = mapped_column(info=KEPT)


class ActionStep(Base):
    """Something that happened to an action on a day; an extension and a handover keep what was before."""

    __tablename__ = "action_step"
    __table_args__ = (Index("ix_action_step_action_id_step", "action_id", "step", "happened_on"),)

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), info=KEPT)
    step: Mapped[str] = mapped_column(String(10), info=KEPT)
    happened_on: Mapped[date] = mapped_column(info=KEPT)
    text: Mapped[str | None] = mapped_column(Text, info=WORDS)
    by: Mapped[str | None] = mapped_column(String(200), info=WORDS)
    due_before: Mapped[date | None] = mapped_column(info=KEPT)
    due_after: Mapped[date | None] = mapped_column(info=KEPT)
    owner_before_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
    owner_after_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), info=KEPT)
