"""Records of service that are incomplete or hard to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.hours.terms import EARLIEST, LIVE
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

    model, conditions = _hours(scope)
    # Of who was erased nothing is left to mend: their hours count and are no fault.
    counts = or_(Person.registered_on.is_not(None), Person.erased_on.is_not(None))
    return model, conditions, ~exists().where(Person.id == model.person_id, counts)


def _beyond_cap(session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.hours.counting import excess
    from volunteer_cli.hours.reports import conditions

    model, confirmed = _hours(scope)
    _of_records, of_days = conditions(scope)
    beyond = select(excess(session, *of_days).c.record_id)
    return model, confirmed, model.id.in_(beyond)


def _late(_session: Session, scope: Scope) -> Population:
    model, conditions = _hours(scope)
    return model, conditions, model.late


def _backfilled(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.hours.terms import Evidence

    model, conditions = _hours(scope)
    return model, conditions, model.evidence == Evidence.BACKFILLED


def _nowhere(_session: Session, scope: Scope) -> Population:
    model, conditions = _hours(scope)
    return model, conditions, model.event_id.is_(None) & model.team_id.is_(None)


def _live(scope: Scope) -> tuple[Any, list[Any]]:
    """Records that take up time, whether or not they are decided: better doubted before they count."""
    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.reports import conditions

    return HoursRecord, [HoursRecord.status.in_(LIVE), *conditions(scope)[0]]


def _outside_event(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists, or_

    from volunteer_cli.core.database import day_of
    from volunteer_cli.events.models import Event

    model, conditions = _live(scope)
    on = model.served_on
    outside = or_(on < day_of(Event.starts_at), on > day_of(Event.ends_at))
    return model, conditions, exists().where(Event.id == model.event_id, outside)


def _beyond_event(session: Session, scope: Scope) -> Population:
    """Records of people who have more of an event than it lasted."""
    from sqlalchemy import and_, select
    from sqlalchemy.orm import aliased

    from volunteer_cli.hours.models import HoursRecord

    model, conditions = _live(scope)
    beyond = _pairs_beyond(session).subquery()
    record = aliased(HoursRecord)
    same = and_(beyond.c.person_id == record.person_id, beyond.c.event_id == record.event_id)
    return model, conditions, model.id.in_(select(record.id).join(beyond, same))


def _pairs_beyond(session: Session) -> Any:
    """People and events where somebody's records add up to more than the event lasted."""
    from sqlalchemy import func, select

    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import minutes_of
    from volunteer_cli.hours.models import HoursRecord

    pair = (HoursRecord.person_id, HoursRecord.event_id)
    query = select(*pair).join(Event, Event.id == HoursRecord.event_id).where(HoursRecord.status.in_(LIVE))
    return query.group_by(*pair, Event.id).having(func.sum(HoursRecord.minutes) > minutes_of(session))


def _unlike_roster(_session: Session, scope: Scope) -> Population:
    """Hours at events that are done, of people whom the roster has as not having come."""
    from sqlalchemy import exists

    from volunteer_cli.events.models import Event, Signup
    from volunteer_cli.events.terms import EventStatus, SignupStatus

    model, conditions = _live(scope)
    done = exists().where(Event.id == model.event_id, Event.status == EventStatus.DONE)
    own = (Signup.event_id == model.event_id, Signup.person_id == model.person_id)
    return model, conditions, done & exists().where(*own, Signup.status != SignupStatus.ATTENDED)


def _too_early(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import or_

    from volunteer_cli.people.queries import not_born_by

    model, conditions = _live(scope)
    return model, conditions, or_(model.served_on < EARLIEST, not_born_by(model.person_id, model.served_on))


def _before_team(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.teams.models import Team

    model, conditions = _live(scope)
    return model, conditions, exists().where(Team.id == model.team_id, Team.founded_on > model.served_on)


def _after_leaving(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.people.models import Person

    model, conditions = _live(scope)
    left = exists().where(
        Person.id == model.person_id, Person.archived_on < model.served_on, Person.erased_on.is_(None)
    )
    return model, conditions, left


FLAWS = (
    Flaw("hours_not_volunteer", N_("Hours of people who are not registered"), _not_registered, place=2),
    Flaw("hours_beyond_cap", N_("Hours beyond the day's cap"), _beyond_cap, place=2),
    Flaw("hours_late", N_("Hours recorded late"), _late, place=2),
    Flaw("hours_backfilled", N_("Hours entered from memory"), _backfilled, place=2),
    Flaw("hours_outside_event", N_("Hours on days on which their event was not"), _outside_event, place=2),
    Flaw(
        "hours_beyond_event", N_("Hours of people beyond the length of their event"), _beyond_event, place=2
    ),
    Flaw(
        "hours_unlike_roster",
        N_("Hours of people who did not come, as the roster says"),
        _unlike_roster,
        place=2,
    ),
    Flaw(
        "hours_too_early",
        N_("Hours of days before there was volunteering, or the person"),
        _too_early,
        place=2,
    ),
    Flaw("hours_after_leaving", N_("Hours of people after they had left"), _after_leaving, place=2),
    Flaw("hours_before_team", N_("Hours for a team before it was founded"), _before_team, place=2),
    Flaw("hours_nowhere", N_("Hours without event and team"), _nowhere, place=2),
)
