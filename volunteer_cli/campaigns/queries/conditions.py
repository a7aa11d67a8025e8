"""The conditions of a stage: read when it is planned, asked when its list is frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Answer, Attempt, Campaign, Question, Target
from volunteer_cli.campaigns.queries.results import from_last
from volunteer_cli.campaigns.rules.errors import BadCondition
from volunteer_cli.campaigns.terms import Result, Unit
from volunteer_cli.core.choices import read_choice
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.text import clean, place_number
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.queries import lives_at, with_tag
from volunteer_cli.households.terms import Occupancy
from volunteer_cli.people.labels import read_tag
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import carriers
from volunteer_cli.people.terms import LabelKind

RESULT, ANSWER = "result", "answer"


def _tag(text: str) -> str:
    return read_tag(text)


def _age(text: str) -> str:
    if not (text.isdecimal() and int(text) <= 150):
        raise ValueError(text)
    return str(int(text))


def _text(text: str) -> str:
    return clean(text)


READERS: Mapping[str, Callable[[str], str | None]] = {
    "tag": _tag,
    "occupancy": lambda text: str(read_choice(Occupancy, text, "--where")),
    "grid": _text,
    "building": place_number,
    "min_age": _age,
    RESULT: lambda text: str(read_choice(Result, text, "--where")),
    ANSWER: _text,
}


def read_condition(text: str, questions: Sequence[Question]) -> list[str]:
    """A condition as it is kept: its key and its values.

    Raises:
        BadCondition: it cannot be read, or asks for the answer to something that is not asked.
    """
    name, sign, values = text.partition("=")
    key, _sign, code = name.strip().partition(":")
    reader = READERS.get(key)
    asked = {question.code for question in questions}
    if not sign or reader is None or (key == ANSWER) != bool(code) or (code and code not in asked):
        raise BadCondition(value=text)
    return [name.strip(), *_values(reader, values, text)]


def _values(reader: Callable[[str], str | None], values: str, text: str) -> list[str]:
    """The values of a condition, each as it is stored; raises BadCondition."""
    try:
        read = [reader(value.strip()) for value in values.replace("，", ",").split(",")]
    except (VolunteerError, ValueError, KeyError, IndexError) as error:
        raise BadCondition(value=text) from error
    if not all(read):
        raise BadCondition(value=text)
    return [value or "" for value in read]


def matching(
    session: Session, campaign: Campaign, conditions: Sequence[Sequence[str]], day: date
) -> Iterator[ColumnElement[bool]]:
    """What a stage asks for of households and people, as conditions of a query; results are asked elsewhere."""
    for name, *values in conditions:
        key, _sign, code = name.partition(":")
        if key == ANSWER:
            yield _answered(session, campaign, code, values)
        elif key != RESULT:
            yield _RECORDS[key](campaign, values, day)


def results_in(conditions: Sequence[Sequence[str]]) -> list[set[str]]:
    """The results that a stage asks for, of each condition any."""
    return [set(values) for name, *values in conditions if name == RESULT]


def _tagged(campaign: Campaign, values: Sequence[str], day: date) -> ColumnElement[bool]:
    if campaign.unit == Unit.PERSON:
        return Person.id.in_(carriers(LabelKind.TAG, values, day))
    return with_tag(values, day)


def _aged(campaign: Campaign, values: Sequence[str], day: date) -> ColumnElement[bool]:
    """Born so long ago; of a birth of which only the year is known, by the year."""
    youngest = min(map(int, values))
    # 29 February has no namesake in most years: who is born then is a year older from 1 March on.
    born = Person.birth <= f"{day.year - youngest:04}-{day:%m-%d}"
    if campaign.unit == Unit.PERSON:
        return born
    homes = lives_at(day).join(Person, Person.id == Stay.person_id).where(born)
    return Household.id.in_(homes.with_only_columns(Stay.household_id))


def _in_grid(campaign: Campaign, values: Sequence[str], _day: date) -> ColumnElement[bool]:
    if campaign.unit == Unit.PERSON:
        return func.coalesce(Household.grid, Person.grid).in_(values)
    return Household.grid.in_(values)


def _in_building(campaign: Campaign, values: Sequence[str], _day: date) -> ColumnElement[bool]:
    if campaign.unit == Unit.PERSON:
        return func.coalesce(Household.building, Person.building).in_(values)
    return Household.building.in_(values)


def _used(_campaign: Campaign, values: Sequence[str], _day: date) -> ColumnElement[bool]:
    return Household.occupancy.in_(values)


_RECORDS: Mapping[str, Callable[[Campaign, Sequence[str], date], ColumnElement[bool]]] = {
    "tag": _tagged,
    "occupancy": _used,
    "grid": _in_grid,
    "building": _in_building,
    "min_age": _aged,
}


def _answered(session: Session, campaign: Campaign, code: str, values: Sequence[str]) -> ColumnElement[bool]:
    """Whether the latest answer of a target to a question is one of these."""
    question = session.scalar(select(Question.id).filter_by(campaign_id=campaign.id, code=code))
    # The latest counts: whoever said no in May and yes in June is asked for by yes.
    answers = select(Attempt.target_id, Answer.value, Answer.words, from_last())
    answers = answers.join(Answer, Answer.attempt_id == Attempt.id)
    ranked = answers.where(Answer.question_id == question).subquery()
    same = or_(ranked.c.value.in_(values), ranked.c.words.in_(values))
    return Target.id.in_(select(ranked.c.target_id).where(ranked.c.place == 1, same))
