"""The reports on campaigns: how far each has come, and what callers did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.output.view import Column, Kind
from volunteer_cli.reporting.declaration import Chart, Figure, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _number(name: str, title: str, *, table: bool = True) -> Column:
    return Column(name, title, Kind.COUNT, total=True, table=table)


COLUMNS = (
    _number("listed", NC_("target", "Listed")),
    _number("added", NC_("target", "Added")),
    _number("out_of_scope", NC_("target", "Out of scope")),
    _number("vacant", NC_("target", "Vacant")),
    _number("absent", NC_("target", "Absent")),
    _number("eligible", NC_("target", "Eligible"), table=False),
    _number("done", NC_("target", "Done")),
    _number("refused", NC_("target", "Refused")),
    _number("unreached", NC_("target", "Unreached")),
    _number("blocked", NC_("target", "Blocked")),
    _number("waiting", NC_("target", "Waiting")),
    _number("open", NC_("target", "Open")),
    _number("todo", NC_("target", "To do")),
    _number("tried", NC_("target", "Tried"), table=False),
    Column("visited_rate", N_("Rate of visits"), Kind.PERCENT),
    Column("done_rate", N_("Rate done"), Kind.PERCENT),
    _number("resolved", NC_("target", "Resolved")),
    _number("planned", NC_("campaign", "Planned")),
    _number("behind", NC_("campaign", "Behind")),
    _number("agreeing", NC_("target", "Agreeing"), table=False),
    _number("rechecked", NC_("target", "Re-checked"), table=False),
)
#: What each figure of progress counts.
MEANINGS = {
    "listed": N_("Targets of the list as it was frozen."),
    "added": N_("Targets that were added on the way."),
    "out_of_scope": N_("Excluded, moved, no such household, no dwelling, or the record is out of use."),
    "vacant": N_("Flats that were proved vacant on as many days as the policy says."),
    "absent": N_("Registered there, and living elsewhere for now."),
    "eligible": N_("All without those out of scope, vacant and absent."),
    "done": N_("Targets with an attempt that was done, whatever came before or after it."),
    "refused": N_("Refused to as many different people as the policy says."),
    "unreached": N_("Tried as often and as widely as the policies say, without contact."),
    "blocked": N_("Not to be contacted; they stay in every denominator."),
    "waiting": N_("With a promised call whose time has not come."),
    "open": N_("Tried, and not finished."),
    "todo": N_("Not tried yet."),
    "tried": N_("Targets with an attempt."),
    "visited_rate": N_("Tried ones over all, both without those out of scope."),
    "done_rate": N_("Done over eligible."),
    "resolved": N_("Out of scope, vacant, absent, done, refused and unreached together."),
    "planned": N_("Planned up to that day."),
    "behind": N_("Planned and not resolved."),
    "agreeing": N_("Of those re-checked, the ones of which the re-check says the same."),
    "rechecked": N_("Targets of a re-check with an outcome that can be compared."),
}
#: Shares, which no sum can make.
SHARES = {"visited_rate": ("tried",), "done_rate": ("done", "eligible")}
COUNTED = tuple(name for name in MEANINGS if name not in SHARES)


def progress_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """A row for each running campaign, as it stood at the end of the period, or stands now."""
    from volunteer_cli.campaigns.queries.progress import progress
    from volunteer_cli.campaigns.worklist import running

    until = scope.now
    if scope.period and scope.period.last < scope.today:
        until = datetime.combine(scope.period.last, time.max)
    rows = ((campaign, progress(session, campaign, None, until)) for campaign in running(session, scope))
    return [{"campaign": campaign.name, **row} for campaign, (row,) in rows]


def _figures() -> Iterator[Figure]:
    for column in COLUMNS:
        yield Figure(column, MEANINGS[column.name], over=SHARES.get(column.name, ()))


PROGRESS = Report(
    name="progress",
    place=56,
    title=N_("Progress of campaigns"),
    help=N_("Count the results of all running campaigns."),
    question=N_("How far has each running campaign come?"),
    rows=progress_rows,
    keys=("campaign",),
    comparable=False,
    # One household may stand on the lists of several campaigns.
    total=False,
    chart=Chart("done", ("campaign",)),
    private=COUNTED,
    figures=(
        figure(
            "campaign",
            NC_("report", "Campaign"),
            Kind.TEXT,
            N_("A campaign that is being worked."),
            total=False,
        ),
        *_figures(),
    ),
)

CALLS = ("dealt", "tried", "reached", "done", "requests")


def caller_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """What was dealt to people, and what they did, by what was asked for."""
    keys, blank = CALLERS.row_keys(scope), dict.fromkeys(CALLS, 0)
    rows: dict[tuple[Any, ...], Row] = {} if keys else {(): dict(blank)}
    for head, counts in _days(session, scope):
        named = {key: head[key] for key in keys}
        row = rows.setdefault(tuple(named.values()), named | blank)
        row |= {name: row[name] + number for name, number in counts.items()}
    return in_order(_named(session, list(rows.values())), keys, "tried")


def _named(session: Session, rows: list[Row]) -> list[Row]:
    from volunteer_cli.people.queries import person_names

    names = person_names(session, (row.get("person_id") for row in rows))
    return [row | {"person": names.get(row["person_id"])} if "person_id" in row else row for row in rows]


def _days(session: Session, scope: Scope) -> Iterator[tuple[Row, dict[str, int]]]:
    """What each person did on each day."""
    from volunteer_cli.campaigns.queries.working import attempts_by_day, dealt_by_day

    first = datetime.combine(scope.period.first if scope.period else date.min, time())
    last = datetime.combine(scope.as_of + timedelta(days=1), time())
    # Dealing and trying each by its own day: what was dealt on Friday may be called on Saturday.
    sources: tuple[Callable[..., Sequence[Any]], ...] = (dealt_by_day, attempts_by_day)
    for source in sources:
        for row in source(session, first, last, scope.community_id):
            counts = {name: getattr(row, name) for name in CALLS if hasattr(row, name)}
            yield {"person_id": row.person_id, "day": date.fromisoformat(str(row.day))}, counts


CALLERS = Report(
    name="callers",
    place=58,
    title=NC_("campaign", "Callers"),
    help=N_("Count what was dealt to each caller and what came of it."),
    question=N_("Who called or went how often, and what came of it?"),
    rows=caller_rows,
    by=("person", "day"),
    chart=Chart("tried"),
    private=CALLS,
    groups=(
        group("person", NC_("campaign", "Caller"), N_("Who called or went."), reference=True),
        group("day", N_("Day"), N_("The day of the attempt, or of the dealing."), kind=Kind.DATE),
    ),
    figures=(
        figure("dealt", NC_("caller", "Dealt"), Kind.COUNT, N_("Targets dealt on that day.")),
        figure("tried", NC_("caller", "Attempts"), Kind.COUNT, N_("Attempts made on that day.")),
        figure("reached", NC_("caller", "Reached"), Kind.COUNT, N_("Attempts that reached somebody.")),
        figure("done", NC_("caller", "Done"), Kind.COUNT, N_("Attempts that were done.")),
        figure("requests", N_("Requests"), Kind.COUNT, N_("Requests that were registered in the same step.")),
    ),
)
REPORTS = (PROGRESS, CALLERS)
