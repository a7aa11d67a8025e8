"""What trainings say when two people become one: the same training twice is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows
from volunteer_cli.core.i18n import _
from volunteer_cli.training.models import Training, TrainingSkill
from volunteer_cli.training.queries import skills_of_trainings


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """The trainings that both have had: of equal ones there is one."""
    for _one, others in _equal(session, keep_id, drop_id):
        for other in others:
            yield _("the same training twice: {topic}, {day}").format(topic=other.topic, day=other.held_on)


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Let equal trainings be one, with the skills and the time for which any of them counts."""
    for one, others in _equal(session, keep_id, drop_id):
        # A training without an end counts for ever, and so does what they become.
        ends = [training.until for training in (one, *others)]
        one.until = None if None in ends else max(end for end in ends if end)
        _take_skills(session, one, others)
        for other in others:
            _delete(session, other)
    session.flush()


def _take_skills(session: Session, one: Training, others: Sequence[Training]) -> None:
    skills = skills_of_trainings(session, [one.id, *(other.id for other in others)])
    new = set().union(*skills.values()) - set(skills[one.id])
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


def _equal(session: Session, keep_id: int, drop_id: int) -> list[tuple[Training, list[Training]]]:
    """Trainings that both have had, by topic, body, day and length, voided ones left out: the first, and all others.

    The further ones of one person, which gave other skills, are among them: what they become would equal one of those.
    """
    held: dict[tuple[object, ...], list[Training]] = defaultdict(list)
    for training in (*_of(session, keep_id), *_of(session, drop_id)):
        held[_content(training)].append(training)
    # Those of KEEP come first, so that of what both have had the first one is theirs and the last one is not.
    both = [(first, others) for first, *others in held.values() if others]
    return [
        (one, others) for one, others in both if one.person_id == keep_id and others[-1].person_id == drop_id
    ]


def _content(training: Training) -> tuple[object, ...]:
    return training.topic, training.by, training.held_on, training.minutes


def _of(session: Session, person_id: int) -> list[Training]:
    own = (Training.person_id == person_id, Training.voided_on.is_(None))
    return list(session.scalars(select(Training).where(*own).order_by(Training.id)))
