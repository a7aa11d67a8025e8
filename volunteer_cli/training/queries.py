"""What is asked of trainings and of the skills that people have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.people.models import Person, PersonLabel
from volunteer_cli.people.terms import LabelKind
from volunteer_cli.training.models import Training, TrainingSkill

TRAINING = Reference(N_("training"), Training, "volunteer training list", codes=(), name="topic", folds=True)


def find_training(session: Session, text: str, *, changing: bool = True, exact: bool = False) -> Training:
    """The training that `text` names, by id or topic.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return find(session, TRAINING, text, changing=changing, exact=exact)


def _gives(skill: str) -> ColumnElement[bool]:
    # A training may give several skills, and counts once.
    return Training.id.in_(select(TrainingSkill.training_id).where(TrainingSkill.skill == skill))


def trainings(
    session: Session,
    *,
    person_id: int | None = None,
    skill: str | None = None,
    community_id: int | None = None,
) -> Sequence[Training]:
    """The trainings of a person, for a skill, or all, the latest last; voided ones too."""
    query = select(Training).order_by(Training.held_on, Training.id)
    if person_id is not None:
        query = query.where(Training.person_id == person_id)
    if skill is not None:
        query = query.where(_gives(skill))
    if community_id is not None:
        query = query.join(Person, Person.id == Training.person_id).where(Person.community_id == community_id)
    return session.scalars(query).all()


def skills_of_trainings(session: Session, training_ids: Collection[int]) -> dict[int, list[str]]:
    """The skills that each of these trainings gives."""
    skills: dict[int, list[str]] = {key: [] for key in training_ids}
    query = select(TrainingSkill.training_id, TrainingSkill.skill).order_by(TrainingSkill.skill)
    for part in chunks(training_ids):
        for key, skill in session.execute(query.where(TrainingSkill.training_id.in_(part))):
            skills[key].append(skill)
    return skills


def skills_of(session: Session, person_id: int, on: date) -> set[str]:
    """The skills that a person has on a day: the person's own, and those of trainings that count then."""
    own = select(PersonLabel.value).where(
        PersonLabel.person_id == person_id, PersonLabel.kind == LabelKind.SKILL
    )
    trained = _counting(on).with_only_columns(TrainingSkill.skill).where(Training.person_id == person_id)
    return {*session.scalars(own), *session.scalars(trained)}


def skilled(session: Session, skill: str, on: date) -> set[int]:
    """The ids of all people who have a skill on a day."""
    own = select(PersonLabel.person_id).where(PersonLabel.kind == LabelKind.SKILL, PersonLabel.value == skill)
    return {*session.scalars(own), *session.scalars(_counting(on).where(TrainingSkill.skill == skill))}


def _counting(on: date) -> Select[int]:
    """People with the skills of trainings that count on a day."""
    return (
        select(Training.person_id)
        .join(TrainingSkill, TrainingSkill.training_id == Training.id)
        .where(*_holds(on))
    )


def _holds(on: date) -> tuple[ColumnElement[bool], ...]:
    """Whether a training counts on a day."""
    # On the day it was held it counts already: who is trained in the morning may serve in the afternoon.
    return (
        Training.voided_on.is_(None),
        Training.held_on <= on,
        or_(Training.until.is_(None), Training.until >= on),
    )


# --- for reports ------------------------------------------------------------


def skill_holders(session: Session, on: date, *, community_id: int | None = None) -> list[Any]:
    """Who has which skill on a day: skill, person's id and name, whether a volunteer then, and by training.

    People in use on that day only; a skill that is both the person's own and trained comes twice.
    """
    holders: list[Any] = []
    for query in (_own_skills(on), _trained_skills(on)):
        in_use = query.where(or_(Person.archived_on.is_(None), Person.archived_on > on))
        if community_id is not None:
            in_use = in_use.where(Person.community_id == community_id)
        holders += session.execute(in_use.order_by(Person.name_pinyin, Person.id)).all()
    return holders


def _about(on: date) -> tuple[ColumnElement[Any], ...]:
    # A volunteer is who is registered, which 志愿服务条例 (State Council Decree 685, 2017), art. 7, leaves free.
    return Person.id.expression, Person.name.expression, (Person.registered_on <= on).label("volunteer")


def _own_skills(on: date) -> Select[Any]:
    """What people say that they can do."""
    own = select(PersonLabel.value, *_about(on), literal(False))
    with_person = own.join(Person, Person.id == PersonLabel.person_id)
    return with_person.where(PersonLabel.kind == LabelKind.SKILL)


def _trained_skills(on: date) -> Select[Any]:
    """What people have by a training that counts on the day."""
    trained = select(TrainingSkill.skill, *_about(on), literal(True))
    with_training = trained.join(Training, Training.id == TrainingSkill.training_id)
    return with_training.join(Person, Person.id == Training.person_id).where(*_holds(on))
