"""What may happen to a training."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import clean, kept, required
from volunteer_cli.people.models import Person
from volunteer_cli.training.models import Training, TrainingSkill
from volunteer_cli.training.queries import skills_of_trainings


class TrainingAhead(RuleError):
    """A training on {day} has not been held yet"""

    code = "future"
    hint = N_("Record it once it is over.")


class TrainingTooShort(RuleError):
    """A training takes at least a minute; {minutes} is no length"""

    code = "bad_duration"


class ExpiredBefore(RuleError):
    """A training on {day} cannot expire on {until}"""

    code = "bad_period"
    hint = N_("--until is the last day on which it counts.")


def add_training(
    session: Session,
    person: Person,
    *,
    topic: str,
    by: str,
    on: date,
    minutes: int,
    today: date,
    skills: Iterable[str] = (),
    until: date | None = None,
) -> Training:
    """A training that a person has had; the same one again is no change.

    Raises:
        TrainingAhead, TrainingTooShort, ExpiredBefore: as their sentences say.
        BadText, MissingValue: a text is not allowed, or says nothing.
    """
    _check(on, minutes, until, today)
    # 志愿服务条例 (State Council Decree 685, 2017), art. 16, asks for training where the work needs skill;
    # art. 19 makes what was given one of the five groups of a volunteer's record.
    columns = {
        "person_id": person.id,
        "topic": required(topic, _("topic")),
        "by": required(by, _("body")),
        "held_on": on,
        "minutes": minutes,
        "until": until,
    }
    words = sorted({clean(skill, _("skill")) for skill in skills})
    return _same(session, columns, words) or _added(session, columns, words)


def _same(session: Session, columns: dict[str, Any], skills: list[str]) -> Training | None:
    """The training that is there already, not voided, for the same skills."""
    # The list of those who came is often entered twice, by whoever held it and by the office.
    for training in session.scalars(select(Training).filter_by(voided_on=None, **columns)):
        if skills_of_trainings(session, [training.id])[training.id] == skills:
            return training
    return None


def _added(session: Session, columns: dict[str, Any], skills: list[str]) -> Training:
    training = Training(**columns)
    session.add(training)
    session.flush()
    session.add_all(TrainingSkill(training_id=training.id, skill=skill) for skill in skills)
    session.flush()
    return training


def _check(on: date, minutes: int, until: date | None, today: date) -> None:
    if on > today:
        raise TrainingAhead(day=on)
    if minutes < 1:
        raise TrainingTooShort(minutes=minutes)
    if until is not None and until < on:
        raise ExpiredBefore(day=on, until=until)


def void_training(session: Session, training: Training, *, reason: str, on: date) -> None:
    """Take a training out of account from now on; it stays on record with the reason."""
    if training.voided_on is None:
        training.voided_on, training.void_reason = on, kept(reason, _("reason"))
        session.flush()
