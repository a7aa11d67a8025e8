"""The words of an event."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_


class EventKind(StrEnum):
    """What an event is; only at a service event do the people who come earn hours."""

    SERVICE = "service"
    CLASS = "class"
    CAMP = "camp"
    PERFORMANCE = "performance"
    MEETING = "meeting"
    COLLECTION = "collection"
    VISIT = "visit"


class EventStatus(StrEnum):
    """Planned, then open for sign-ups, then done; cancelled from either of the first two."""

    PLANNED = "planned"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class SignupStatus(StrEnum):
    """Where a person stands with an event; whoever is signed up or attended holds a place."""

    SIGNED_UP = "signed_up"
    WAITING = "waiting"
    ATTENDED = "attended"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


class Every(StrEnum):
    """The rhythm of a series."""

    WEEK = "week"
    MONTH = "month"


#: The states in which a person holds a place.
HOLDING = (SignupStatus.SIGNED_UP, SignupStatus.ATTENDED)
#: The states of an event that lies ahead or is going on.
AHEAD = (EventStatus.PLANNED, EventStatus.OPEN)

EVENT_KINDS: dict[str, str] = {
    EventKind.SERVICE: N_("service"),
    EventKind.CLASS: N_("lesson"),
    EventKind.CAMP: N_("camp"),
    EventKind.PERFORMANCE: N_("performance"),
    EventKind.MEETING: N_("meeting"),
    EventKind.COLLECTION: N_("collection"),
    EventKind.VISIT: N_("visit"),
}
EVENT_STATUSES: dict[str, str] = {
    EventStatus.PLANNED: N_("planned"),
    EventStatus.OPEN: N_("open for sign-ups"),
    EventStatus.DONE: N_("done"),
    EventStatus.CANCELLED: N_("cancelled"),
}
SIGNUP_STATUSES: dict[str, str] = {
    SignupStatus.SIGNED_UP: N_("signed up"),
    SignupStatus.WAITING: N_("waiting"),
    SignupStatus.ATTENDED: N_("attended"),
    SignupStatus.ABSENT: N_("absent"),
    SignupStatus.WITHDRAWN: N_("withdrawn"),
}
NEARNESS = {"building": N_("same building"), "grid": N_("same grid")}
