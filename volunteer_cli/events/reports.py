"""Reports on events and on who came to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.events.terms import EVENT_KINDS
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Exported, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BY_KIND = group("kind", N_("Kind"), N_("The kind of the event."), kind=Kind.CHOICE, choices=EVENT_KINDS)
BY_MONTH = group("month", N_("Month"), N_("The month in which the event begins."), kind=Kind.CODE)
BY_TEAM = group(
    "team",
    N_("Team"),
    N_("The team under which the event is held; one row is for events without."),
    reference=True,
    blank=N_("no team"),
)
BY_CATEGORY = group(
    "category",
    N_("Category"),
    N_("The service category of the event; one row is for events without."),
    blank=N_("no category"),
)
BY_COMMUNITY = group("community", N_("Community"), N_("The community that holds the event."), reference=True)
BY_EVENT = group("event", N_("Event"), N_("Each event by itself."), reference=True)
BY_PERSON = group("person", N_("Person"), N_("Each person who signed up."), reference=True)


def share(part: int, whole: int) -> float | None:
    """The part as a share of the whole; None of nothing."""
    return part / whole if whole else None


def event_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Events that begin in the period, counted by what was asked for."""
    from volunteer_cli.events.queries import beginning, event_counts

    keys = EVENTS.row_keys(scope)
    conditions = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    rows = [dict(row) for row in event_counts(session, keys, *conditions)]
    for row in rows:
        row["expected"] = row["attended"] + row["absent"]
        row["filled"] = share(row["taken"], row["capacity"])
        row["absence_rate"] = share(row["absent"], row["expected"])
    return in_order(rows, keys, "events")


def attendance_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Sign-ups for events that begin in the period, counted by what was asked for."""
    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import attended, beginning, signup_counts
    from volunteer_cli.events.terms import EventStatus

    keys = ATTENDANCE.row_keys(scope)
    conditions: list[Any] = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    # Nobody stayed away from what did not take place.
    conditions.append(Event.status != EventStatus.CANCELLED)
    # Who comes early has come, as the other reports say too.
    conditions.append((Event.starts_at <= scope.now) | attended())
    rows = [dict(row) for row in signup_counts(session, keys, *conditions)]
    for row in rows:
        row["expected"] = row["attended"] + row["absent"]
        row["absence_rate"] = share(row["absent"], row["expected"])
    return in_order(rows, keys, "signups")


EVENTS = Report(
    name="events",
    title=N_("Events"),
    help=N_("Count events: planned, held, cancelled, filled and attended."),
    question=N_("How many events were there, how full were they, and who stayed away?"),
    rows=event_rows,
    exported=Exported(("kind", "month", "category", "community"), ("attended", "absent", "expected")),
    groups=(BY_KIND, BY_MONTH, BY_TEAM, BY_CATEGORY, BY_COMMUNITY, BY_EVENT),
    by=("kind",),
    by_team=True,
    chart=Chart("events"),
    figures=(
        figure(
            "events",
            NC_("count", "Events"),
            Kind.COUNT,
            N_("Events that begin in the period, in every state, archived ones too."),
        ),
        figure("planned", N_("Planned"), Kind.COUNT, N_("Of these, planned and not yet open for sign-ups.")),
        figure("open", N_("Open"), Kind.COUNT, N_("Of these, open for sign-ups or going on.")),
        figure("done", N_("Held"), Kind.COUNT, N_("Of these, finished.")),
        figure("cancelled", N_("Cancelled"), Kind.COUNT, N_("Of these, cancelled.")),
        figure(
            "capacity",
            N_("Places"),
            Kind.COUNT,
            N_("Places at events with a limit; cancelled events are left out."),
        ),
        figure(
            "taken",
            N_("Places taken"),
            Kind.COUNT,
            N_(
                "People with a place at events with a limit, those who attended among them; cancelled events are left out."
            ),
        ),
        figure(
            "filled",
            N_("Filled"),
            Kind.PERCENT,
            N_("Places taken over places."),
            total=False,
            ratio=("taken", "capacity"),
        ),
        figure(
            "attended",
            N_("Attended"),
            Kind.COUNT,
            N_("Sign-ups whose people came; one who came to two events counts twice."),
        ),
        figure("absent", N_("Absent"), Kind.COUNT, N_("Sign-ups whose people were marked absent.")),
        figure(
            "expected",
            N_("Expected"),
            Kind.COUNT,
            N_("Attended and absent together: sign-ups of which it is known."),
            table=False,
        ),
        figure(
            "absence_rate",
            N_("Absence rate"),
            Kind.PERCENT,
            N_("Absent over expected."),
            total=False,
            ratio=("absent", "attended", "absent"),
        ),
    ),
)
ATTENDANCE = Report(
    name="attendance",
    title=N_("Attendance"),
    help=N_("Count who came, who stayed away and who withdrew."),
    question=N_("Who came to the events that have begun, and who did not?"),
    rows=attendance_rows,
    exported=Exported(
        ("kind", "month", "community"),
        ("signups", "attended", "absent", "signed_up", "waiting", "withdrawn", "expected"),
    ),
    groups=(BY_EVENT, BY_PERSON, BY_TEAM, BY_KIND, BY_MONTH, BY_COMMUNITY),
    by=("event",),
    by_team=True,
    chart=Chart("attended"),
    figures=(
        figure(
            "signups",
            N_("Sign-ups"),
            Kind.COUNT,
            N_(
                "Sign-ups, in every state, for events that begin in the period and have begun, by the clock or because somebody came; cancelled events are left out."
            ),
        ),
        figure("attended", N_("Attended"), Kind.COUNT, N_("Of these, people who came.")),
        figure("absent", N_("Absent"), Kind.COUNT, N_("Of these, people who were marked absent.")),
        figure(
            "signed_up",
            N_("Not known yet"),
            Kind.COUNT,
            N_("Of these, people with a place of whom it is not known yet."),
        ),
        figure(
            "waiting",
            N_("Waiting"),
            Kind.COUNT,
            N_("Of these, people who were still in the line for a place."),
        ),
        figure("withdrawn", N_("Withdrawn"), Kind.COUNT, N_("Of these, people who withdrew.")),
        figure("expected", N_("Expected"), Kind.COUNT, N_("Attended and absent together."), table=False),
        figure(
            "absence_rate",
            N_("Absence rate"),
            Kind.PERCENT,
            N_("Absent over expected."),
            total=False,
            ratio=("absent", "attended", "absent"),
        ),
    ),
)
REPORTS = (EVENTS, ATTENDANCE)
