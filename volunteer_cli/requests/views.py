"""How requests are shown; who asked for confidence reads `*` to those who gave no reason to see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from volunteer_cli.communities.queries import COMMUNITY
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.core.masking import mask_phone
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.run import run
from volunteer_cli.households.queries import household_names
from volunteer_cli.organizations.queries import ORGANIZATION
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import person_names
from volunteer_cli.requests import queries, shown
from volunteer_cli.requests.leads import lead_names, lead_of
from volunteer_cli.requests.rules.closing import Asked, asked
from volunteer_cli.requests.terms import (
    CATEGORIES,
    CHANNELS,
    COUNTS,
    KINDS,
    LEAD_KINDS,
    RESULTS,
    SATISFIED,
    SIMILAR_DAYS,
    SOLVED,
    STATUSES,
    STEPS,
    URGENCIES,
)

NOBODY = "*"


def _lead(part: str) -> Callable[[Any, Sequence[Any]], dict[int, Any]]:
    """What loads the name, the id or the kind of the lead."""

    def load(session: Any, requests: Sequence[Any]) -> dict[int, Any]:
        leads = shown.leads(session, requests)
        names = lead_names(session, leads.values()) if part == "name" else {}
        if part == "name":
            return {key: names.get(lead) for key, lead in leads.items()}
        return {key: getattr(lead, part) for key, lead in leads.items()}

    return load


def _helpers(session: Any, requests: Sequence[Any]) -> dict[int, list[str]]:
    rows = queries.helpers(session, [request.id for request in requests])
    names = lead_names(session, map(lead_of, rows))
    helpers: dict[int, list[str]] = {}
    for row in rows:
        helpers.setdefault(row.request_id, []).append(names[lead_of(row)])
    return helpers


def _count(name: str) -> Callable[[Any, Sequence[Any]], dict[int, Any]]:
    """What loads a figure of the callers of requests."""

    def load(session: Any, requests: Sequence[Any]) -> dict[int, Any]:
        counts = shown.caller_counts(session, [request.id for request in requests])
        return {key: getattr(row, name) for key, row in counts.items()}

    return load


def _escalated(session: Any, requests: Sequence[Any]) -> dict[int, str | None]:
    leads = shown.escalations(session, [request.id for request in requests])
    names = lead_names(session, leads.values())
    return {key: names.get(lead) for key, lead in leads.items()}


# Late and overdue are asked of one rule each, wherever they are shown or counted.
def _overdue(request: Any) -> bool:
    return queries.overdue(request, run().clock.today)


def _suspended_until(request: Any) -> Any:
    """Until when a request is suspended; once the day is over the clock runs by itself."""
    until = request.suspended_until
    return until if until is not None and until >= run().clock.today else None


# --- the rows of one request ------------------------------------------------------------


def _caller_rows(session: Any, requests: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    return {request.id: list(_callers(session, request)) for request in requests}


def _callers(session: Any, request: Any) -> Iterator[dict[str, Any]]:
    rows = list(asked(session, request))
    identities = _identities(session, [each.caller for each in rows])
    for each in rows:
        yield {"n": each.n, **identities[each.caller.id], **_wish(each.caller), **_asked(each)}


def _identities(session: Any, callers: Sequence[Any]) -> dict[int, dict[str, Any]]:
    """Who callers are, by the id of their rows."""
    people = {caller.person_id for caller in callers}
    names, phones = person_names(session, people), queries.phones(session, people)
    homes = household_names(session, (caller.household_id for caller in callers))
    # Under which number they called: after a merge that is still what they were told.
    numbers = queries.request_numbers(session, {caller.home_id for caller in callers})
    return {
        caller.id: {
            "person": names.get(caller.person_id),
            "name": _name(caller, names),
            "phone": caller.phone or phones.get(caller.person_id),
            "household": homes.get(caller.household_id),
            "number": numbers[caller.home_id],
        }
        for caller in callers
    }


def _name(caller: Any, names: Mapping[int, str]) -> str | None:
    """What a caller is called; of who was erased nothing is left but that somebody called."""
    name = names.get(caller.person_id) or caller.name
    return name or (None if caller.anonymous else NOBODY)


def _wish(caller: Any) -> dict[str, Any]:
    """When a caller called, how, and what they want."""
    own = ("person_id", "channel", "calls", "confidential", "wants_callback", "respond_by", "answered_at")
    return {name: getattr(caller, name) for name in own} | {"at": caller.called_at}


def _asked(each: Asked) -> dict[str, Any]:
    """What came of calling a caller back."""
    answer = each.answer
    return {
        "reached": answer is not None,
        "tries": each.tries,
        "solved": answer.solved if answer else None,
        "satisfied": answer.satisfied if answer else None,
    }


def _step_rows(session: Any, requests: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    return {request.id: _steps(session, request.id) for request in requests}


def _steps(session: Any, request_id: int) -> list[dict[str, Any]]:
    rows = queries.steps(session, request_id)
    names = lead_names(session, map(lead_of, rows))
    return [
        {
            "on": step.taken_at.date(),
            "step": step.step,
            "by": step.by,
            "lead": names.get(lead_of(step)),
            "reason": step.reason,
            "text": step.text,
        }
        for step in rows
    ]


def _held_rows(session: Any, requests: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    return {request.id: _held(session, request) for request in requests}


def _held(session: Any, request: Any) -> list[dict[str, Any]]:
    rows = queries.holds(session, request.id)
    names = lead_names(session, map(lead_of, rows))
    today = run().clock.today
    return [
        {
            "lead": names.get(lead_of(hold), NOBODY),
            "from": hold.since,
            "until": hold.until,
            "days": ((hold.until or max(today, hold.since)) - hold.since).days,
        }
        for hold in rows
    ]


def _merged(session: Any, requests: Sequence[Any]) -> dict[int, list[str]]:
    return {
        request.id: list(queries.request_numbers(session, queries.tree(session, request.id)[1:]).values())
        for request in requests
    }


def _similar(session: Any, requests: Sequence[Any]) -> dict[int, list[str]]:
    days = policy_value(session, SIMILAR_DAYS)
    return {
        request.id: [other.number for other in queries.similar(session, request, days)]
        for request in requests
    }


# --- callers in confidence ------------------------------------------------------------


def _in_confidence(name: str) -> Callable[[dict[str, Any]], Any]:
    """What of a caller is shown without a reason: a star for who asked for confidence, of a phone its ends."""

    def value(row: dict[str, Any]) -> Any:
        if row["confidential"]:
            return NOBODY
        return mask_phone(row[name]) if name == "phone" and row[name] else row[name]

    return value


# An id is as good as a name to whoever may list people.
def _secret_id(row: dict[str, Any]) -> Any:
    return None if row["confidential"] else row["person_id"]


CALLERS = View(
    "callers",
    N_("Callers"),
    (
        Column("n", N_("No."), Kind.COUNT),
        Column("person", N_("Person"), masked=_in_confidence("person"), table=False),
        Column("person_id", N_("Person id"), Kind.ID, masked=_secret_id, table=False),
        Column("name", N_("Name"), masked=_in_confidence("name")),
        Column("phone", N_("Phone"), masked=_in_confidence("phone")),
        Column("household", N_("Household"), masked=_in_confidence("household")),
        Column("at", N_("Called at"), Kind.DATETIME),
        Column("channel", N_("Channel"), Kind.CHOICE, choices=CHANNELS),
        Column("calls", N_("Calls"), Kind.COUNT),
        Column("confidential", N_("Confidential"), Kind.FLAG),
        Column("wants_callback", N_("Wants an answer"), Kind.FLAG),
        Column("respond_by", N_("Answer by"), Kind.DATE),
        Column("answered_at", N_("Answered at"), Kind.DATETIME),
        Column("reached", N_("Reached"), Kind.FLAG),
        Column("tries", N_("Tries"), Kind.COUNT),
        Column("solved", N_("Solved"), Kind.CHOICE, choices=SOLVED),
        Column("satisfied", N_("Satisfied"), Kind.CHOICE, choices=SATISFIED),
        Column("number", N_("Number"), Kind.CODE),
    ),
)
STEP_ROWS = View(
    "steps",
    N_("Steps"),
    (
        Column("on", N_("Date"), Kind.DATE),
        Column("step", N_("Step"), Kind.CHOICE, choices=STEPS),
        Column("by", N_("Entered by")),
        Column("lead", N_("Lead")),
        Column("reason", N_("Reason")),
        Column("text", N_("Text")),
    ),
)
HELD = View(
    "held",
    N_("Leads and their days"),
    (
        Column("lead", N_("Lead")),
        Column("from", N_("From"), Kind.DATE),
        Column("until", NC_("hold", "Until"), Kind.DATE),
        Column("days", N_("Days"), Kind.COUNT),
    ),
)
REQUESTS = View(
    "requests",
    N_("Requests"),
    record=NC_("record", "Request"),
    parts={
        NC_("record", "In short"): (
            "number",
            "external",
            "text",
            "kind",
            "category",
            "urgency",
            "channel",
            "status",
            "community",
        ),
        NC_("record", "Where, and until when"): (
            "place",
            "building",
            "grid",
            "received_at",
            "respond_by",
            "first_due_on",
            "due_on",
        ),
        NC_("record", "How it is handled"): (
            "lead",
            "lead_kind",
            "helpers",
            "extended_days",
            "suspended_until",
            "redone",
            "escalated_to",
            "result",
            "finished_on",
            "closed_on",
            "late",
            "overdue",
            "cause",
            "cause_by",
            "recurs",
            "merged_into",
        ),
        NC_("record", "Who called"): (
            "callers",
            "calls",
            "answered",
            "called_back",
        ),
    },
    columns=(
        Column("id", N_("Id"), Kind.ID),
        Column("number", N_("Number"), Kind.CODE),
        Column("external", N_("External number"), Kind.CODE, table=False),
        Column("text", N_("Request")),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=KINDS, table=False),
        Column("category", NC_("request", "Category"), Kind.CHOICE, choices=CATEGORIES),
        Column("urgency", N_("Urgency"), Kind.CHOICE, choices=URGENCIES, table=False),
        Column("channel", N_("Channel"), Kind.CHOICE, choices=CHANNELS, table=False),
        Column("place", N_("Place"), table=False),
        Column("building", N_("Building"), Kind.CODE, table=False),
        Column("grid", N_("Grid"), Kind.CODE, table=False),
        Column("received_at", N_("Received at"), Kind.DATETIME),
        Column("respond_by", N_("Answer by"), Kind.DATE, load=_count("respond_by"), table=False),
        Column("first_due_on", N_("First due"), Kind.DATE, table=False),
        Column("due_on", N_("Due"), Kind.DATE),
        Column("status", N_("Status"), Kind.CHOICE, choices=STATUSES),
        Column("result", N_("Result"), Kind.CHOICE, choices=RESULTS, table=False),
        Column("lead", N_("Lead"), load=_lead("name")),
        Column("lead_id", N_("Lead id"), Kind.ID, load=_lead("key"), table=False),
        Column(
            "lead_kind", N_("Kind of lead"), Kind.CHOICE, load=_lead("kind"), choices=LEAD_KINDS, table=False
        ),
        Column("helpers", N_("Helpers"), Kind.LIST, load=_helpers, default=(), table=False),
        Column("callers", NC_("count", "Callers"), Kind.COUNT, load=_count("callers"), default=0),
        Column("calls", N_("Calls"), Kind.COUNT, load=_count("calls"), default=0, table=False),
        Column("answered", N_("Answered"), Kind.COUNT, load=_count("answered"), default=0, table=False),
        Column(
            "called_back", N_("Called back"), Kind.COUNT, load=_count("called_back"), default=0, table=False
        ),
        Column("extended_days", N_("Extended by"), Kind.COUNT, table=False),
        Column("suspended_until", N_("Suspended until"), Kind.DATE, value=_suspended_until, table=False),
        Column("redone", N_("Redone"), Kind.COUNT, table=False),
        Column("escalated_to", N_("Escalated to"), load=_escalated, table=False),
        Column("finished_on", N_("Finished on"), Kind.DATE, table=False),
        Column("closed_on", N_("Closed on"), Kind.DATE, table=False),
        Column("late", NC_("request", "Late"), Kind.FLAG, value=queries.late, table=False),
        Column("overdue", NC_("request", "Overdue"), Kind.FLAG, value=_overdue),
        Column("cause", N_("Cause"), table=False),
        Column("cause_by", N_("Caused by"), load=named_by("cause_by_id", ORGANIZATION), table=False),
        Column("recurs", N_("Recurs"), Kind.CODE, load=named_by("recurs_id", queries.REQUEST), table=False),
        Column("recurs_id", N_("Recurs (id)"), Kind.ID, table=False),
        Column(
            "merged_into",
            N_("Merged into"),
            Kind.CODE,
            load=named_by("merged_into_id", queries.REQUEST),
            table=False,
        ),
        Column("merged_into_id", N_("Merged into (id)"), Kind.ID, table=False),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY), table=False),
        Column("caller_rows", N_("Who called"), Kind.ROWS, load=_caller_rows, view=CALLERS, show_only=True),
        Column("steps", N_("Steps"), Kind.ROWS, load=_step_rows, view=STEP_ROWS, show_only=True),
        Column("held", N_("Leads and their days"), Kind.ROWS, load=_held_rows, view=HELD, show_only=True),
        Column("merged", N_("Merged in"), Kind.LIST, load=_merged, default=(), show_only=True),
        Column("similar", N_("Like it"), Kind.LIST, load=_similar, default=(), show_only=True),
    ),
)
WHY = View(
    "why",
    N_("Why it is due then"),
    (
        Column("on", N_("Date"), Kind.DATE),
        Column("weekday", N_("Weekday")),
        Column("counts", N_("Counts"), Kind.FLAG),
        Column("n", N_("Day"), Kind.COUNT),
        Column("what", N_("Why")),
    ),
    identity="",
)
SIMILAR = View(
    "similar",
    N_("Requests that may be one"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("number", N_("Number"), Kind.CODE),
        Column("text", N_("Request")),
        Column("category", NC_("request", "Category"), Kind.CHOICE, choices=CATEGORIES),
        Column("place", N_("Place")),
        Column("building", N_("Building"), Kind.CODE),
        Column("received_at", N_("Received at"), Kind.DATETIME),
        Column("status", N_("Status"), Kind.CHOICE, choices=STATUSES),
        Column("like", N_("Like"), Kind.CODE),
        Column("like_id", N_("Like (id)"), Kind.ID, table=False),
        Column("days", N_("Days apart"), Kind.COUNT),
        Column(
            "same", N_("The same"), Kind.CHOICE, choices={"place": N_("place"), "building": N_("building")}
        ),
    ),
)


def similar_row(request: Any, other: Any) -> dict[str, Any]:
    """A request beside another that it may be one with."""
    names = ("id", "number", "text", "category", "place", "building", "received_at", "status")
    return {name: getattr(other, name) for name in names} | {
        "like": request.number,
        "like_id": request.id,
        "days": abs((other.received_at.date() - request.received_at.date()).days),
        "same": "place" if request.place and request.place == other.place else "building",
    }


# --- what reports count ------------------------------------------------------------


COUNTED = View(
    "counted",
    N_("What was counted"),
    (
        Column("number", N_("Number"), Kind.CODE),
        Column("request_id", N_("Request id"), Kind.ID, table=False),
        Column("caller", N_("Caller"), Kind.COUNT),
        Column("on", N_("Date"), Kind.DATE),
        Column("counts", N_("Counts"), Kind.CHOICE, choices=COUNTS),
    ),
    identity="request_id",
)
MOVED = View(
    "moved",
    N_("What was counted"),
    (
        Column("number", N_("Number"), Kind.CODE),
        Column("request_id", N_("Request id"), Kind.ID, table=False),
        Column("on", N_("Date"), Kind.DATETIME),
        Column("category", NC_("request", "Category"), Kind.CHOICE, choices=CATEGORIES),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=KINDS),
        Column("channel", N_("Channel"), Kind.CHOICE, choices=CHANNELS),
        Column("building", N_("Building"), Kind.CODE),
        Column("grid", N_("Grid"), Kind.CODE),
        Column("urgency", N_("Urgency"), Kind.CHOICE, choices=URGENCIES),
    ),
    identity="request_id",
)
