"""Records that are incomplete or hard to believe, by kind: nothing here is broken, all of it is worth a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Population: TypeAlias = tuple[Any, list[Any], Any]
"""A model, what holds for the records looked at, and what is wrong with the faulty ones."""
EXAMPLES = 5
OLDEST = 110
"""Years beyond which an age is hard to believe."""
YOUNGEST_VOLUNTEER = 6
"""Years below which that of a volunteer is: none goes to school yet."""


@dataclass(frozen=True)
class Flaw:
    """A kind of incomplete or implausible record."""

    name: str
    title: str
    population: Callable[[Session, Scope], Population]


def _people(scope: Scope, *, volunteers: bool = False) -> tuple[Any, list[Any]]:
    from volunteer_cli.people.models import Person

    wanted: list[Any] = [Person.archived_on.is_(None)]
    if scope.community_id is not None:
        wanted.append(Person.community_id == scope.community_id)
    if volunteers:
        wanted.append(Person.registered_on.is_not(None))
    if scope.period is not None:
        wanted.append(Person.registered_on.between(scope.period.first, scope.period.last))
    return Person, wanted


def _without(*names: str, volunteers: bool = False) -> Callable[[Session, Scope], Population]:
    def population(_session: Session, scope: Scope) -> Population:
        from sqlalchemy import and_

        model, wanted = _people(scope, volunteers=volunteers)
        return model, wanted, and_(*(getattr(model, name).is_(None) for name in names))

    return population


def _minors(session: Session, scope: Scope) -> Population:
    from volunteer_cli.core.dates.days import add_months
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.people.terms import GUARDIAN_AGE

    model, wanted = _people(scope, volunteers=True)
    born_after = add_months(scope.today, -12 * policy_value(session, GUARDIAN_AGE)).isoformat()
    return model, [*wanted, model.birth > born_after], model.guardian_id.is_(None)


def _implausible_births(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import and_

    from volunteer_cli.core.dates.days import add_months

    def years_ago(count: int) -> str:
        return add_months(scope.today, -12 * count).isoformat()

    model, wanted = _people(scope)
    # A birth known by its year compares as its first day, so nobody is too young for want of a month.
    child = and_(model.registered_on.is_not(None), model.birth > years_ago(YOUNGEST_VOLUNTEER))
    return model, [*wanted, model.birth.is_not(None)], child | (model.birth < years_ago(OLDEST))


def _unread_addresses(_session: Session, scope: Scope) -> Population:
    model, wanted = _people(scope)
    return model, [*wanted, model.address.is_not(None)], model.building.is_(None)


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


def _unattended(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import attended, beginning
    from volunteer_cli.events.terms import EventStatus

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    return Event, [*wanted, Event.status == EventStatus.DONE], ~attended()


def _leaderless(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.teams.models import Membership, Team
    from volunteer_cli.teams.queries import holds_on, in_use_on
    from volunteer_cli.teams.terms import Role

    led = exists().where(Membership.team_id == Team.id, Membership.role == Role.LEADER, holds_on(scope.as_of))
    wanted: list[Any] = [in_use_on(scope.as_of)]
    if scope.community_id is not None:
        wanted.append(Team.community_id == scope.community_id)
    return Team, wanted, ~led


def _unwitnessed(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.drives.models import Drive, Slip

    wanted: list[Any] = []
    if scope.period is not None:
        wanted.append(Slip.received_on.between(scope.period.first, scope.period.last))
    if scope.community_id is not None:
        own = select(Drive.id).where(Drive.community_id == scope.community_id)
        wanted.append(Slip.drive_id.in_(own))
    return Slip, wanted, Slip.handler_id.is_(None) | Slip.witness_id.is_(None)


FLAWS = (
    Flaw("person_without_contact", N_("People without a phone"), _without("phone", "phone_alt")),
    Flaw(
        "volunteer_without_id_number",
        N_("Volunteers without an identity number"),
        _without("id_number", volunteers=True),
    ),
    Flaw(
        "volunteer_without_birth", N_("Volunteers without a birth date"), _without("birth", volunteers=True)
    ),
    Flaw("volunteer_without_sex", N_("Volunteers without a sex"), _without("sex", volunteers=True)),
    Flaw("birth_implausible", N_("Birth dates that are hard to believe"), _implausible_births),
    Flaw("minor_without_guardian", N_("Young volunteers without a guardian"), _minors),
    Flaw("address_not_understood", N_("Addresses without a building"), _unread_addresses),
    Flaw("hours_not_volunteer", N_("Hours of people who are not registered"), _not_registered),
    Flaw("hours_beyond_cap", N_("Hours beyond the day's cap"), _beyond_cap),
    Flaw("hours_late", N_("Hours recorded late"), _late),
    Flaw("hours_backfilled", N_("Hours entered from memory"), _backfilled),
    Flaw("hours_nowhere", N_("Hours without event and team"), _nowhere),
    Flaw("event_without_attendance", N_("Finished events to which nobody came"), _unattended),
    Flaw("team_without_leader", N_("Teams without a leader"), _leaderless),
    Flaw("slip_without_witness", N_("Slips without a handler or a witness"), _unwitnessed),
)
KINDS: dict[str, str] = {flaw.name: flaw.title for flaw in FLAWS}


def quality_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """The flaws that occur, most frequent share first."""
    rows = [_row(session, scope, flaw) for flaw in FLAWS]
    return sorted((row for row in rows if row["records"]), key=lambda row: -row["share"])


def _row(session: Session, scope: Scope, flaw: Flaw) -> Row:
    from sqlalchemy import func, select

    model, wanted, wrong = flaw.population(session, scope)
    whole = session.scalar(select(func.count()).select_from(model).where(*wanted)) or 0
    faulty = (
        session.scalar(select(func.count()).select_from(model).where(*wanted, wrong)) or 0 if whole else 0
    )
    ids = (
        session.scalars(select(model.id).where(*wanted, wrong).order_by(model.id).limit(EXAMPLES)).all()
        if faulty
        else []
    )
    thing = {"hours_record": "hours"}.get(model.__tablename__, model.__tablename__)
    return {
        "kind": flaw.name,
        "records": faulty,
        "of": whole,
        "share": faulty / whole if whole else 0,
        "examples": [f"{thing}:{key}" for key in ids],
    }


QUALITY = Report(
    name="quality",
    place=200,
    title=N_("Quality of the records"),
    help=N_("Count records that are incomplete or hard to believe."),
    question=N_("Which records should somebody look at again?"),
    rows=quality_rows,
    keys=("kind",),
    total=False,
    chart=Chart("share", ("kind",)),
    figures=(
        figure(
            "kind",
            N_("Kind"),
            Kind.CHOICE,
            N_(
                "What is missing or implausible. People and teams in use are looked at (with a period, people registered in it), confirmed hours by their day, finished events by their beginning, slips by the day of receipt. A birth date is hard to believe when it makes a person older than 110 or a volunteer younger than 6. A young volunteer is one below the policy guardian_age; hours beyond the cap are records that the policy hours_per_day_cap takes minutes off."
            ),
            total=False,
            choices=KINDS,
        ),
        figure(
            "records",
            N_("Records"),
            Kind.COUNT,
            N_("Records of that kind; kinds without any are left out."),
            total=False,
        ),
        figure("of", N_("Out of"), Kind.COUNT, N_("Records that were looked at for it."), total=False),
        figure("share", N_("Share"), Kind.PERCENT, N_("Records over those looked at."), total=False),
        figure("examples", N_("For example"), Kind.LIST, N_("The first five of them."), total=False),
    ),
)
REPORTS = (QUALITY,)
