"""The words of an event."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


# 志愿服务记录与证明出具办法 (Measures on Records and Certificates of Voluntary Service, Ministry of Civil Affairs Order
# 67): what is recorded is service that was given. Who attends a class or a meeting is served.
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


class Audience(StrEnum):
    """Who of an event is written to."""

    PLACES = "places"
    WAITING = "waiting"
    PROMOTED = "promoted"
    ABSENT = "absent"
    ALL = "all"


class Every(StrEnum):
    """The rhythm of a series."""

    WEEK = "week"
    MONTH = "month"


#: The states in which a person holds a place.
HOLDING = (SignupStatus.SIGNED_UP, SignupStatus.ATTENDED)
#: The states of an event that lies ahead or is going on.
AHEAD = (EventStatus.PLANNED, EventStatus.OPEN)

#: How long before an event the first may come, and after it the last may go.
#: Somebody unlocks the hall in the morning, and somebody sweeps it at night; what lies further off is a slip
#: of the pen.
LEEWAY = timedelta(hours=12)

# Nobody is kept out by it: why somebody was absent stands in no record.
NO_SHOW_COUNT = Policy(
    "no_show_count",
    N_("Absences from which on they are shown to whoever decides about a place; nobody is kept out by them"),
    "2",
    whole_number,
    N_("absences"),
)
NO_SHOW_MONTHS = Policy(
    "no_show_months",
    N_("Months back in which absences are counted"),
    "12",
    whole_number,
    N_("months"),
)
POLICIES = (NO_SHOW_COUNT, NO_SHOW_MONTHS)

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
#: What else sheets write for them.
EVENT_KIND_WORDS: dict[str, tuple[str, ...]] = {
    EventKind.SERVICE: ("志愿服务", "服务", "志愿活动", "公益", "公益活动"),
    EventKind.CLASS: ("课程", "课堂", "培训", "讲座", "学习", "上课"),
    EventKind.CAMP: ("营地活动", "夏令营", "冬令营", "暑期营", "营地"),
    EventKind.PERFORMANCE: ("演出", "文艺演出", "汇演", "表演"),
    EventKind.MEETING: ("会议", "座谈会", "座谈", "例会"),
    EventKind.COLLECTION: ("募集", "募捐", "捐赠", "捐赠活动", "收集"),
    EventKind.VISIT: ("走访", "慰问", "探访", "入户"),
}
EVENT_STATUS_WORDS: dict[str, tuple[str, ...]] = {
    EventStatus.PLANNED: ("计划中", "计划", "未开始", "筹备"),
    EventStatus.OPEN: ("报名中", "开放报名", "进行中"),
    EventStatus.DONE: ("已结束", "结束", "已完成", "完成"),
    EventStatus.CANCELLED: ("已取消", "取消"),
}
AUDIENCES: dict[str, str] = {
    Audience.PLACES: N_("those with a place"),
    Audience.WAITING: NC_("audience", "waiting"),
    Audience.PROMOTED: N_("moved up"),
    Audience.ABSENT: NC_("audience", "absent"),
    Audience.ALL: NC_("audience", "all"),
}
RHYTHMS: dict[str, str] = {Every.WEEK: N_("every week"), Every.MONTH: N_("every month")}
#: What people say of a rhythm besides.
RHYTHM_WORDS: dict[str, tuple[str, ...]] = {
    Every.WEEK: ("周", "星期", "weekly"),
    Every.MONTH: ("月", "每个月", "monthly"),
}
SIGNUP_STATUSES: dict[str, str] = {
    SignupStatus.SIGNED_UP: N_("signed up"),
    SignupStatus.WAITING: N_("waiting"),
    SignupStatus.ATTENDED: N_("attended"),
    SignupStatus.ABSENT: N_("absent"),
    SignupStatus.WITHDRAWN: N_("withdrawn"),
}
NEARNESS = {"building": N_("same building"), "grid": N_("same grid")}

#: What each rung of the ladder of a sign-up asks for, by the code of its refusal.
RUNGS_IN_WORDS: dict[str, str] = {
    "already_signed_up": N_("not on the roster yet"),
    "event_over": N_("time of the event"),
    "not_open": N_("sign-ups"),
    "not_member": N_("membership"),
    "unqualified": N_("skills"),
    "too_young": N_("age"),
    "age_unknown": N_("birth date on file"),
    "no_guardian": N_("age or guardian"),
    "overlap": N_("no other place then"),
    "full": N_("free places"),
    "no_shows": N_("attendance lately"),
}
