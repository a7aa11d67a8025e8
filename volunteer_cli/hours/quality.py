"""Records of service that are incomplete or hard to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _hours(scope: Scope) -> tuple[Any, list[Any]]:
    from volunteer_cli.hours.counting import CONFIRMED
    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.reports import conditions

    return HoursRecord, [CONFIRMED, *conditions(scope)[0]]


def _not_registered(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists, or_

    from volunteer_cli.people.models import Person

    model, wanted = _hours(scope)
    registered = Person.registered_on.is_not(None)
    return (
        model,
        wanted,
        ~exists().where(Person.id == model.person_id, or_(registered, Person.erased_on.is_not(None))),
    )


def _beyond_cap(session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.hours.counting import excess
    from volunteer_cli.hours.reports import conditions

    model, wanted = _hours(scope)
    return model, wanted, model.id.in_(select(excess(session, *conditions(scope)[1]).c.record_id))


def _late(_session: Session, scope: Scope) -> Population:
    model, wanted = _hours(scope)
    return model, wanted, model.late


def _backfilled(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.hours.terms import Evidence

    model, wanted = _hours(scope)
    return model, wanted, model.evidence == Evidence.BACKFILLED


def _nowhere(_session: Session, scope: Scope) -> Population:
    model, wanted = _hours(scope)
    return model, wanted, model.event_id.is_(None) & model.team_id.is_(None)


FLAWS = (
    Flaw("hours_not_volunteer", N_("Hours of people who are not registered"), _not_registered, place=2),
    Flaw("hours_beyond_cap", N_("Hours beyond the day's cap"), _beyond_cap, place=2),
    Flaw("hours_late", N_("Hours recorded late"), _late, place=2),
    Flaw("hours_backfilled", N_("Hours entered from memory"), _backfilled, place=2),
    Flaw("hours_nowhere", N_("Hours without event and team"), _nowhere, place=2),
)
