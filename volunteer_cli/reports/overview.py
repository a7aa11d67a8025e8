"""A community on one screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.reporting.declaration import Figure, Report, Row, Scope, figure
from volunteer_cli.reports.worklist import task_titles, waiting_counts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GOODS = View(
    "goods",
    N_("Goods"),
    (
        Column("item", N_("Item")),
        Column("unit", N_("Counted in")),
        Column("received", N_("Received"), Kind.QUANTITY),
        Column("shipped", N_("Shipped"), Kind.QUANTITY),
        Column("remaining", N_("Remaining"), Kind.QUANTITY),
        Column("approximate", N_("Approximate"), Kind.FLAG, table=False),
    ),
)
DUE = View(
    "due",
    N_("To do"),
    (
        Column("task", N_("Task"), Kind.CHOICE, choices=task_titles()),
        Column("count", N_("Count"), Kind.COUNT),
    ),
)


def overview_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """One row of figures, each taken from the report that explains it."""
    return [{**overview_figures(session, scope), "due": waiting_counts(session, scope)}]


def overview_figures(session: Session, scope: Scope) -> Row:
    """The overview without what is to be done now."""
    return {
        "period": scope.period.label if scope.period else None,
        **_community(session, scope),
        **_people(session, scope),
        **_service(session, scope),
        **_drives(session, scope),
        **_recognition(session, scope),
    }


def _community(session: Session, scope: Scope) -> Row:
    from volunteer_cli.communities.queries import communities

    known = communities(session)
    chosen = [one for one in known if scope.community_id in (None, one.id)]
    return {
        "communities": len(chosen),
        "community": chosen[0].name if len(chosen) == 1 else None,
        "community_id": chosen[0].id if len(chosen) == 1 else None,
    }


def _people(session: Session, scope: Scope) -> Row:
    from sqlalchemy import func, select

    from volunteer_cli.people.models import Person
    from volunteer_cli.reports.volunteers import in_use_on, volunteer_rows
    from volunteer_cli.teams.models import Team
    from volunteer_cli.teams.queries import in_use_on as team_in_use_on

    def counted(model: Any, in_use: Any) -> Any:
        here = (model.community_id == scope.community_id,) if scope.community_id is not None else ()
        return session.scalar(select(func.count()).select_from(model).where(in_use, *here))

    (counts,) = volunteer_rows(session, replace(scope, by=()))
    people, teams = (counted(Person, in_use_on(scope.as_of)), counted(Team, team_in_use_on(scope.as_of)))
    return {"people": people, **counts, "teams": teams}


def _service(session: Session, scope: Scope) -> Row:
    from volunteer_cli.events.queries import attendances, beginning, events_by_status
    from volunteer_cli.events.terms import EventStatus
    from volunteer_cli.hours.reports import hours_rows

    wanted = beginning(scope.period, community_id=scope.community_id)
    events = events_by_status(session, *wanted)
    (hours,) = hours_rows(session, replace(scope, by=()))
    return {
        "events": sum(events.values()),
        "events_held": events.get(EventStatus.DONE, 0),
        "attended": attendances(session, *wanted),
        "minutes": hours["minutes"],
        "records": hours["records"],
        "served": hours["people"],
    }


def _drives(session: Session, scope: Scope) -> Row:
    from volunteer_cli.drives.reports import drive_rows

    rows = drive_rows(session, scope)
    drives = list({row["drive_id"]: row for row in rows}.values())
    return {
        "drives": len(drives),
        "slips": sum(row["slips"] for row in drives),
        "freight_waived": sum(row["freight_waived"] for row in drives),
        "goods": goods(rows),
    }


def goods(rows: Iterable[Row]) -> list[Row]:
    """What several drives had of each item and unit; a mark of one stays with the sum."""
    sums: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["item"] is None:
            continue
        found = sums.setdefault(
            (row["item"], row["unit"]), {"item": row["item"], "unit": row["unit"], "approximate": False}
        )
        found["approximate"] |= row["approximate"]
        for name in ("received", "shipped", "remaining"):
            found[name] = _added(found.get(name, 0), row[name])
    return [sums[key] for key in sorted(sums)]


def _added(one: Any, other: Any) -> Any:
    (first, mark), (second, also) = (
        value if isinstance(value, tuple) else (value, False) for value in (one, other)
    )
    return (first + second, True) if mark or also else first + second


def _recognition(session: Session, scope: Scope) -> Row:
    from volunteer_cli.recognition.queries import certificates
    from volunteer_cli.recognition.reports import honour_rows

    issued = [
        one
        for one in certificates(session, community_id=scope.community_id)
        if one.voided_on is None and (scope.period is None or one.issued_on in scope.period)
    ]
    return {"honours": len(honour_rows(session, scope)), "certificates": len(issued)}


def _count(name: str, title: str, meaning: str, **options: Any) -> Figure:
    return figure(name, title, Kind.COUNT, meaning, **options)


OVERVIEW = Report(
    name="overview",
    place=1,
    title=N_("Overview"),
    help=N_("Show a community on one screen: people, service, drives and what is due."),
    question=N_("How do things stand?"),
    rows=overview_rows,
    keys=("community_id",),
    single=True,
    figures=(
        figure(
            "community",
            N_("Community"),
            Kind.TEXT,
            N_("The community that was chosen, or the only one."),
            total=False,
            blank=N_("all communities"),
        ),
        figure(
            "community_id", N_("Community id"), Kind.ID, N_("That community's id."), total=False, table=False
        ),
        _count(
            "communities",
            N_("Number of communities"),
            N_("How many communities the figures are of."),
            total=False,
            compared=False,
            table=False,
        ),
        figure(
            "period",
            N_("Period"),
            Kind.CODE,
            N_("The period that was asked for; without one, figures of service and gifts are of all time."),
            total=False,
            blank=N_("all time"),
        ),
        _count(
            "people",
            N_("People"),
            N_(
                "People on file whose record was not archived or erased by the end of the period or today. The day on which a person came on file is not asked, so those added later are in it."
            ),
        ),
        _count(
            "volunteers",
            N_("Volunteers"),
            N_(
                "People registered as volunteers by the end of the period or today and not archived then, as the report volunteers has them."
            ),
        ),
        _count(
            "new",
            N_("New volunteers"),
            N_("Of the volunteers, registered in the period; without one, in the twelve months up to today."),
        ),
        _count(
            "active",
            N_("Active volunteers"),
            N_("Of the volunteers, with a confirmed record of service in that time."),
        ),
        _count(
            "lapsed",
            N_("Lapsed volunteers"),
            N_("Of the volunteers, with a confirmed record before that time and none in it."),
        ),
        _count(
            "teams",
            N_("Teams"),
            N_(
                "Teams of every kind that were founded by the end of the period or today and not archived then; a team without a founding day counts from the first."
            ),
        ),
        _count(
            "events",
            N_("Events"),
            N_("Events that begin in the period, in every state, as the report events has them."),
        ),
        _count("events_held", N_("Events held"), N_("Events that begin in the period and are finished.")),
        _count(
            "attended",
            N_("Attendances"),
            N_(
                "Sign-ups for events that begin in the period whose people came; one who came to two events counts twice."
            ),
        ),
        figure(
            "minutes",
            N_("Hours"),
            Kind.MINUTES,
            N_(
                "Counted minutes of confirmed records on days of the period, rounded and capped by the policies, as the report hours has them."
            ),
        ),
        _count("records", N_("Records"), N_("The confirmed records these minutes come from.")),
        _count(
            "served",
            N_("People who served"),
            N_(
                "People with at least one confirmed record on a day of the period, volunteers or not, each once."
            ),
        ),
        _count("drives", N_("Drives"), N_("Donation drives that ran or moved something in the period.")),
        _count(
            "slips",
            N_("Gifts received"),
            N_("Slips that donation drives wrote, by the day of receipt; gifts that went back are in it."),
        ),
        figure(
            "freight_waived",
            N_("Freight waived"),
            Kind.MONEY,
            N_("Freight that carriers waived, by the day of shipping."),
        ),
        _count("honours", N_("Honours"), N_("Honours awarded in the period, voided ones left out.")),
        _count(
            "certificates", N_("Certificates"), N_("Certificates issued in the period, voided ones left out.")
        ),
        figure(
            "goods",
            N_("Goods"),
            Kind.ROWS,
            N_(
                "What these drives received and shipped in the period and what remains at its end, by item and unit, as the report drives has it."
            ),
            total=False,
            view=GOODS,
        ),
        figure(
            "due",
            N_("To do"),
            Kind.ROWS,
            N_("What the report today lists now, by task, without stars and duplicates."),
            total=False,
            view=DUE,
        ),
    ),
)
REPORTS = (OVERVIEW,)
