"""The reports on requests: counts of matters, of callers and of calls are never mixed, and every rate says of what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.cards import Rooms
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Drill, Figure, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order, rows_of
from volunteer_cli.requests.terms import CATEGORIES, CHANNELS, KINDS, URGENCIES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

here = Rooms(__name__)
#: 响应率, 按期率, 解决率 and 满意率, as 北京市接诉即办工作条例 (Beijing's regulations), art. 32, has them assessed.
RATES = {
    "response": N_("answered in time"),
    "on_time": N_("finished in time"),
    "solved": N_("solved, say the callers"),
    "satisfied": N_("satisfied, say the callers"),
}


def count(name: str, title: str, meaning: str, **options: Any) -> Figure:
    """A figure that counts."""
    return figure(name, title, Kind.COUNT, meaning, **options)


CATEGORY = group(
    "category", NC_("request", "Category"), N_("What it is about."), kind=Kind.CHOICE, choices=CATEGORIES
)
KIND = group("kind", N_("Kind"), N_("What the caller wants."), kind=Kind.CHOICE, choices=KINDS)
CHANNEL = group("channel", N_("Channel"), N_("By which way it came."), kind=Kind.CHOICE, choices=CHANNELS)
BUILDING = group("building", N_("Building"), N_("In which building it is."), kind=Kind.CODE)
GRID = group("grid", N_("Grid"), N_("In which grid it is."), kind=Kind.CODE)
URGENCY = group("urgency", N_("Urgency"), N_("Which limit it has."), kind=Kind.CHOICE, choices=URGENCIES)
MONTH = group("month", N_("Month"), N_("The month of each day that is counted."), kind=Kind.CODE)
#: What one may not learn of a few people: published, small ones of these are withheld.
PRIVATE = (
    *("matters", "callers", "calls", "open", "suspended", "on_time", "late", "overdue", "solved", "partly"),
    *("explained", "redone", "merged"),
)
LEAD = group("lead", N_("Lead"), N_("Who leads it, or did when it was finished."), blank=N_("no lead"))


# --- requests ------------------------------------------------------------


def request_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """How many matters, callers and calls came in the period, and what became of them."""
    from volunteer_cli.requests.counting import days_to_finish, matters

    names = [each.column.name for each in REQUESTS.grouped(scope)]
    medians = {
        tuple(row[name] for name in names): row["median_days"]
        for row in rows_of(session.execute(days_to_finish(scope, names)))
    }
    rows = rows_of(session.execute(matters(scope, names)))
    for row in rows:
        row["median_days"] = medians.get(tuple(row[name] for name in names))
    _name_leads(session, rows)
    return in_order(rows, names, "matters")


def _name_leads(session: Session, rows: Sequence[Row]) -> None:
    """Put the names of leads in place of what the query calls them."""
    from volunteer_cli.requests.leads import Lead, lead_names

    keys = {row["lead"] for row in rows if row.get("lead")}
    leads = {}
    for key in keys:
        kind, _sign, number = key.partition(":")
        leads[key] = Lead(**{f"{kind}_id": int(number)})
    names = lead_names(session, leads.values())
    for row in rows:
        if row.get("lead"):
            row["lead"] = names[leads[row["lead"]]]


#: The figures of the report on requests that count them, and not their callers, calls or days.
COUNTED = {
    "matters": N_("Matters"),
    "open": NC_("request", "Open"),
    "suspended": N_("Suspended"),
    "on_time": N_("On time"),
    "late": NC_("request", "Late"),
    "overdue": NC_("request", "Overdue"),
    "solved": N_("Solved"),
    "partly": N_("Partly solved"),
    "explained": N_("Explained"),
    "redone": N_("Redone"),
    "merged": N_("Merged"),
}
REQUESTS = Report(
    name="requests",
    place=50,
    title=N_("Requests"),
    help=N_("Count residents' requests and what became of them."),
    question=N_("What do residents bring to us, and what becomes of it?"),
    rows=request_rows,
    chart=Chart("matters"),
    private=PRIVATE,
    drill=Drill(COUNTED, here("views:REQUESTS"), here("drilling:counted_requests")),
    groups=(CATEGORY, KIND, CHANNEL, BUILDING, GRID, LEAD, MONTH, URGENCY),
    figures=(
        count("matters", N_("Matters"), N_("Requests received in the period that are not part of another.")),
        count("callers", NC_("count", "Callers"), N_("Who reported them, each once a matter.")),
        count("calls", N_("Calls"), N_("How often they called.")),
        count("open", NC_("request", "Open"), N_("Of these, the ones that are not closed or rejected.")),
        count(
            "suspended",
            N_("Suspended"),
            N_("Of these, the ones whose clock stands today; neither late nor on time."),
        ),
        count("on_time", N_("On time"), N_("Of these, the ones first finished by their due date.")),
        count("late", NC_("request", "Late"), N_("Of these, the ones first finished after it.")),
        count(
            "overdue",
            NC_("request", "Overdue"),
            N_("Of these, the ones not finished whose due date has passed."),
        ),
        count("solved", N_("Solved"), N_("Of these, the ones finished as solved.")),
        count("partly", N_("Partly solved"), N_("Of these, the ones finished as partly solved.")),
        count("explained", N_("Explained"), N_("Of these, the ones finished or closed as explained.")),
        count("redone", N_("Redone"), N_("How often they were taken up again.")),
        count("merged", N_("Merged"), N_("Requests received in the period that became part of another.")),
        figure(
            "median_days",
            N_("Median days"),
            Kind.NUMBER,
            N_("Calendar days from receipt to the first finishing: as many took longer as shorter."),
            total=False,
        ),
    ),
)


# --- rates ------------------------------------------------------------


def rate_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Response, on time, solved and satisfied, each with numerator and denominator."""
    from volunteer_cli.requests.counting import rates

    rows = list(rates(session, scope))
    for row in rows:
        row["value"] = row["numerator"] / row["denominator"] if row["denominator"] else None
    return rows


RATE = Report(
    name="rates",
    place=51,
    title=N_("Rates of requests"),
    help=N_("Show how many callers were answered in time, and how many say that it is solved."),
    question=N_("Of how many was it true, and of how many can it not be said yet?"),
    rows=rate_rows,
    keys=("rate",),
    total=False,
    chart=Chart("value", ("rate",)),
    private=("numerator", "denominator", "not_due", "suspended", "unreached"),
    drill=Drill(RATES, here("views:COUNTED"), here("drilling:rate_rows")),
    figures=(
        figure(
            "rate",
            N_("Rate"),
            Kind.CHOICE,
            N_(
                "Response: callers by their limit. On time: matters by their due date. Solved and satisfied: callers "
                "by the day of the last call-back that reached them."
            ),
            total=False,
            choices=RATES,
        ),
        count(
            "numerator",
            N_("Numerator"),
            N_("Those of whom it is true; --rows says yes of them."),
            total=False,
        ),
        count(
            "denominator",
            N_("Denominator"),
            N_("Those of whom it can be said; --rows says yes or no of them."),
            total=False,
        ),
        figure(
            "value",
            N_("Value"),
            Kind.PERCENT,
            N_("The one over the other."),
            ratio=("numerator", "denominator"),
        ),
        count("not_due", N_("Not due yet"), N_("Beside, never inside: the limit is not over."), total=False),
        count("suspended", N_("Suspended"), N_("Beside, never inside: the clock stands."), total=False),
        count("unreached", N_("Unreached"), N_("Beside, never inside: tried and not reached."), total=False),
    ),
)


# --- handling ------------------------------------------------------------


# 首接负责制 (Beijing, arts 13 and 14): days are those of whoever had it, also after a handover.
def handling_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """For each lead: matters, days, handovers, returns."""
    from volunteer_cli.requests.counting import handled, median, spans

    rows = spans(scope)
    leads = rows_of(session.execute(handled(rows)))
    medians: dict[str, float] = {row[0]: row[1] for row in session.execute(median(rows, ["lead"], "days"))}
    for lead in leads:
        lead["held_days"] = round(lead["held_days"])
        lead["median_days"] = medians.get(lead["lead"])
    _name_leads(session, leads)
    return in_order(leads, ("lead",), "matters")


HANDLING = Report(
    name="handling",
    place=52,
    title=N_("Handling"),
    help=N_("Count for each lead the requests, the days and the returns."),
    question=N_("Who leads how many requests, and for how long?"),
    rows=handling_rows,
    keys=("lead",),
    private=("matters", "handed_over", "returned", "late", "redone"),
    chart=Chart("matters", ("lead",)),
    figures=(
        figure("lead", N_("Lead"), Kind.TEXT, N_("Who led requests from a day in the period."), total=False),
        count("matters", N_("Matters"), N_("Requests that they led, each once.")),
        count("held_days", N_("Days held"), N_("Calendar days of all of them, up to today.")),
        figure("median_days", N_("Median days"), Kind.NUMBER, N_("Of the days of each."), total=False),
        count("handed_over", N_("Handed over"), N_("How often somebody else took one over.")),
        count("returned", N_("Returned"), N_("How often they gave one back.")),
        count("late", NC_("request", "Late"), N_("Of their last ones, those finished late or overdue.")),
        count("redone", N_("Redone"), N_("How often their last ones were taken up again.")),
    ),
)


# --- flow ------------------------------------------------------------


def flow(session: Session, scope: Scope) -> Sequence[Row]:
    """What was open, came in, went out and is open."""
    from volunteer_cli.requests.flow import flow_rows

    names = [each.column.name for each in FLOW.grouped(scope)]
    return in_order(list(flow_rows(session, scope, names)), names, "received")


FLOWING = {
    "open_before": N_("Open before"),
    "received": N_("Received"),
    "reopened": N_("Reopened"),
    "split": N_("Split off"),
    "closed": NC_("request", "Closed"),
    "rejected": NC_("request", "Rejected"),
    "merged": N_("Merged"),
    "open_after": N_("Open after"),
}
FLOW = Report(
    name="flow",
    place=53,
    title=N_("Flow of requests"),
    help=N_("Show what came in and went out of the open requests."),
    question=N_("Do we get through what comes in?"),
    rows=flow,
    by=("month",),
    chart=Chart("received"),
    private=("open_before", "received", "reopened", "split", "closed", "rejected", "merged", "open_after"),
    drill=Drill(FLOWING, here("views:MOVED"), here("drilling:flow_rows")),
    groups=(MONTH, CATEGORY, KIND, CHANNEL, BUILDING, GRID, URGENCY),
    figures=(
        count(
            "open_before",
            N_("Open before"),
            N_("Open at the beginning; what is open at the end follows."),
            total=False,
        ),
        count("received", N_("Received"), N_("Came in, by the day of receipt.")),
        count("reopened", N_("Reopened"), N_("Taken up again after they were closed or rejected.")),
        count("split", N_("Split off"), N_("Taken out of another one again.")),
        count("closed", NC_("request", "Closed"), N_("Closed, by that day.")),
        count("rejected", NC_("request", "Rejected"), N_("Rejected, by that day.")),
        count("merged", N_("Merged"), N_("Became part of another, by that day.")),
        count(
            "open_after",
            N_("Open after"),
            N_("Open before, and all that came in less all that went out."),
            total=False,
        ),
    ),
)


# --- where and when ------------------------------------------------------------


def hotspot_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Categories at a place or in a building that came more than once."""
    from volunteer_cli.requests.counting import hotspots

    rows = rows_of(session.execute(hotspots(scope)))
    return sorted(rows, key=_place_in_list)


def _place_in_list(row: Row) -> tuple[Any, ...]:
    return (-row["matters"], row["category"], row["building"] or "", row["place"] or "")


HOTSPOTS = Report(
    name="hotspots",
    place=54,
    title=N_("Hotspots"),
    help=N_("Show where the same thing is reported again and again."),
    question=N_("Where does the same thing come back?"),
    rows=hotspot_rows,
    keys=("category", "building", "place"),
    chart=Chart("matters", ("category", "building", "place")),
    private=("matters", "callers", "open", "recurring"),
    figures=(
        figure(
            "category",
            NC_("request", "Category"),
            Kind.CHOICE,
            N_("What it is about."),
            total=False,
            choices=CATEGORIES,
        ),
        figure("building", N_("Building"), Kind.CODE, N_("In which building it is."), total=False),
        figure("place", N_("Place"), Kind.TEXT, N_("Where it is."), total=False),
        count("matters", N_("Reports"), N_("Requests received in the period, those that were merged too.")),
        count("callers", NC_("count", "Callers"), N_("Who reported them.")),
        count("open", NC_("request", "Open"), N_("Of these, the ones that are not closed or rejected.")),
        count("recurring", N_("Recurring"), N_("Of these, the ones that recur an earlier one.")),
        figure("last_on", N_("Last"), Kind.DATE, N_("The day of the last one."), total=False),
    ),
)


# 北京市接诉即办工作条例 (Beijing's regulations), art. 24: frequent and seasonal matters are foreseen.
def season_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Seasons of the year that begins when the period ends."""
    from volunteer_cli.requests.seasons import seasons

    rows = [
        {
            "category": season.category,
            "from": season.first,
            "until": season.last,
            "announced_on": season.announced_on,
            "last_year": season.last_year_count,
            "year_before": season.year_before_count,
        }
        for season in seasons(session, scope.as_of, scope.community_id)
    ]
    return sorted(rows, key=lambda row: (row["from"], row["category"]))


SEASONS = Report(
    name="seasons",
    place=55,
    title=N_("Seasons"),
    help=N_("Show what is to be expected in the coming year, from the last two."),
    question=N_("What comes every year, and when should we prepare for it?"),
    rows=season_rows,
    keys=("category", "from"),
    comparable=False,
    total=False,
    chart=Chart("last_year", ("category", "from")),
    private=("last_year", "year_before"),
    figures=(
        figure(
            "category",
            NC_("request", "Category"),
            Kind.CHOICE,
            N_("What it is about."),
            total=False,
            choices=CATEGORIES,
        ),
        figure("from", N_("From"), Kind.DATE, N_("The first of thirty days."), total=False),
        figure("until", NC_("hold", "Until"), Kind.DATE, N_("The last of them."), total=False),
        figure(
            "announced_on", N_("Announced on"), Kind.DATE, N_("From when the worklist names it."), total=False
        ),
        count(
            "last_year", N_("Last year"), N_("Requests received in the same days a year before."), total=False
        ),
        count("year_before", N_("The year before"), N_("Those of the year before that."), total=False),
    ),
)
REPORTS = (REQUESTS, RATE, HANDLING, FLOW, HOTSPOTS, SEASONS)
