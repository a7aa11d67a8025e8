"""Reports on service hours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.fields.contributed import grouped_by, stored_groups, with_values
from volunteer_cli.fields.terms import Noun
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Exported, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order, rows_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MINUTES = N_(
    "Counted minutes of confirmed records whose day, the one the service began on, is in the period. Each is "
    "rounded by the policy round_minutes, and a person's day counts at most up to the policy "
    "hours_per_day_cap. Pending, rejected and voided records are left out; of a corrected record the "
    "correction counts. Archived people, teams and events stay in."
)
RECORDS = N_(
    "The confirmed records these minutes come from; one that the cap takes to nothing is still counted."
)
PEOPLE = N_(
    "People with at least one of these records, each once in a row, registered as volunteers or not. One who served in two rows is in both, so there is no sum."
)


def hours_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Counted minutes by what was asked for."""
    from volunteer_cli.hours.counting import sums
    from volunteer_cli.hours.models import HoursRecord

    keys = HOURS.completed(session).row_keys(scope)
    own = grouped_by(session, Noun.PERSON, HOURS.own_names(scope), HoursRecord.person_id)
    # Twice: the cap is for a person's whole day, also where a report asks for one team's part of it.
    of_records, days = conditions(scope)
    by = [(own[key] if key in own else _expression(key)).label(key) for key in keys]
    # Events are joined only where a category is asked for: over a million records the join costs more than the sum.
    join = _with_events if "category" in keys else _alone
    query = sums(session, *by, where=of_records, days=days, join=join, people=True)
    rows = with_values(session, Noun.PERSON, own, rows_of(session.execute(query)))
    return in_order(rows, keys, "minutes") or _nothing(keys)


def conditions(scope: Scope) -> tuple[list[Any], list[Any]]:
    """What holds for the records of a scope, and for their days as a whole, which are capped before any limit."""
    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.queries import served_in

    days = [served_in(scope.period)] if scope.period else []
    of_records: list[Any] = [*days]
    if scope.community_id is not None:
        of_records.append(HoursRecord.community_id == scope.community_id)
    if scope.team_id is not None:
        of_records.append(HoursRecord.team_id == scope.team_id)
    return of_records, days


def _nothing(keys: Sequence[str]) -> list[Row]:
    """What a sum over nothing answers: no rows of a breakdown, and zero in all."""
    return [] if keys else [{"minutes": 0, "records": 0, "people": 0}]


def _expression(key: str) -> Any:
    from volunteer_cli.events.models import Event
    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.queries import MONTH

    special = {"month": MONTH, "category": Event.category}
    return special[key] if key in special else getattr(HoursRecord, key)


def _with_events(query: Any) -> Any:
    from volunteer_cli.events.models import Event
    from volunteer_cli.hours.models import HoursRecord

    return query.outerjoin(Event, Event.id == HoursRecord.event_id)


def _alone(query: Any) -> Any:
    return query


HOURS = Report(
    name="hours",
    place=3,
    title=N_("Service hours"),
    help=N_("Add up service hours by team, person, month and more."),
    question=N_("How much service was given, by whom, where and when?"),
    rows=hours_rows,
    stored=stored_groups(Noun.PERSON),
    exported=Exported(("month", "category", "community"), ("people",)),
    by_team=True,
    chart=Chart("minutes"),
    groups=(
        group(
            "team",
            N_("Team"),
            N_("The team the record is under; one row is for records without."),
            reference=True,
            blank=N_("no team"),
        ),
        group("person", N_("Person"), N_("The person who served."), reference=True),
        group("month", N_("Month"), N_("The month of the record's day."), kind=Kind.CODE),
        group(
            "event",
            N_("Event"),
            N_("The event of the record; one row is for records without."),
            reference=True,
            blank=N_("no event"),
        ),
        group(
            "category",
            N_("Category"),
            N_("The service category of the record's event; one row is for records without."),
            blank=N_("no category"),
            parts=True,
        ),
        group(
            "community",
            N_("Community"),
            N_("The community that recorded the service: the event's, else the team's, else the person's."),
            reference=True,
        ),
    ),
    figures=(
        figure("minutes", N_("Hours"), Kind.MINUTES, MINUTES),
        figure("records", N_("Records"), Kind.COUNT, RECORDS),
        figure("people", N_("People"), Kind.COUNT, PEOPLE, total=False),
    ),
)
REPORTS = (HOURS,)
