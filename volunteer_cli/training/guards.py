"""What trainings say when two people become one: the same training twice is one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows
from volunteer_cli.core.i18n import _
from volunteer_cli.training.models import Training, TrainingSkill
from volunteer_cli.training.queries import skills_of_trainings


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """The trainings that both have had: of two equal ones there is one."""
    for _kept, dropped in _pairs(session, keep_id, drop_id):
        yield _("the same training twice: {topic}, {day}").format(topic=dropped.topic, day=dropped.held_on)


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Let two equal trainings be one, with the skills and the time for which either counts."""
    for one, other in _pairs(session, keep_id, drop_id):
        # A training without an end counts for ever, and so does what the two become.
        if one.until is not None:
            one.until = other.until and max(one.until, other.until)
        _take_skills(session, one, other)
        _delete(session, other)
    session.flush()


def _take_skills(session: Session, one: Training, other: Training) -> None:
    skills = skills_of_trainings(session, [one.id, other.id])
    new = set(skills[other.id]) - set(skills[one.id])
    session.add_all(TrainingSkill(training_id=one.id, skill=skill) for skill in sorted(new))


def _delete(session: Session, training: Training) -> None:
    """Delete a training with its skills, kept in the history as every delete is."""
    key = training.id
    rows = select(TrainingSkill.id).where(TrainingSkill.training_id == key)
    delete_rows(session, TrainingSkill, session.scalars(rows).all())
    session.flush()
    # The session must forget it first, or it would write a row that is no longer there.
    session.expunge(training)
    delete_rows(session, Training, [key])


def _pairs(session: Session, keep_id: int, drop_id: int) -> list[tuple[Training, Training]]:
    """Trainings of both with the same topic, body, day and length, none of them voided; each once."""
    trainings = {_content(training): training for training in _of(session, keep_id)}
    dropped = {_content(training): training for training in _of(session, drop_id)}
    return [(trainings[content], training) for content, training in dropped.items() if content in trainings]


def _content(training: Training) -> tuple[object, ...]:
    return training.topic, training.by, training.held_on, training.minutes


def _of(session: Session, person_id: int) -> list[Training]:
    own = (Training.person_id == person_id, Training.voided_on.is_(None))
    return list(session.scalars(select(Training).where(*own).order_by(Training.id)))
