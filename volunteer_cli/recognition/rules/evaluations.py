"""Evaluations: how a person did at an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import kept, required
from volunteer_cli.events.models import Event
from volunteer_cli.hours.rules import late_before
from volunteer_cli.people.models import Person
from volunteer_cli.recognition.models import Evaluation
from volunteer_cli.recognition.terms import RATINGS


class NothingSaid(UsageFault):
    """This evaluation says nothing"""

    code = "missing_value"
    hint = N_("Give --punctuality, --attitude or --skill from 1 to 5, or words with --text.")


class OutOfScale(RuleError):
    """{rating} is rated from 1 to 5; {value} is not among them"""

    code = "bad_rating"


class EventAhead(RuleError):
    """'{title}' has not begun yet; nobody can be evaluated at it"""

    code = "future"


def add_evaluation(
    session: Session,
    event: Event,
    person: Person,
    *,
    ratings: Mapping[str, int | None],
    text: str | None,
    by: str,
    today: date,
) -> Evaluation:
    """How a person did at an event; the same words and points from the same hand again are no change.

    Raises:
        NothingSaid, OutOfScale, EventAhead: as their sentences say.
        BadText: a text is not allowed.
    """
    text = kept(text or "", _("text")) or None
    _check(event, ratings, text, today)
    columns: dict[str, Any] = {
        "event_id": event.id,
        "person_id": person.id,
        "by": required(by, _("evaluator")),
        "text": text,
    }
    columns |= {name: ratings.get(name) for name in RATINGS}
    # The same sheet may be typed in by two people.
    if same := session.scalars(select(Evaluation).filter_by(voided_on=None, **columns)).first():
        return same
    # Past the deadline of the policy it is taken all the same, and marked: a late word is better than none.
    late = event.ends_at.date() < late_before(session, today)
    evaluation = Evaluation(recorded_on=today, late=late, **columns)
    session.add(evaluation)
    session.flush()
    return evaluation


def _check(event: Event, ratings: Mapping[str, int | None], text: str | None, today: date) -> None:
    given = {name: value for name, value in ratings.items() if value is not None}
    if not given and not text:
        raise NothingSaid
    for name, value in given.items():
        if not 1 <= value <= 5:
            raise OutOfScale(rating=_(RATINGS[name]), value=value)
    if event.starts_at.date() > today:
        raise EventAhead(title=event.title)
