"""The words of care visits."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class Method(StrEnum):
    """How a household was visited (走访方式)."""

    DOOR = "door"
    PHONE = "phone"
    VIDEO = "video"
    OTHER = "other"


#: How somebody is met on a visit who is met so, by a call or at the door, in a campaign.
METHOD_OF: dict[str, Method] = {"call": Method.PHONE, "door": Method.DOOR}


class Outcome(StrEnum):
    """What came of a try; only `met` counts as a meeting."""

    MET = "met"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    AWAY = "away"
    MOVED = "moved"
    OTHER = "other"


class VisitKind(StrEnum):
    """What a visit is for."""

    CARE = "care"
    CHECK = "check"
    REQUEST = "request"
    MEDIATION = "mediation"
    OTHER = "other"


class VisitStatus(StrEnum):
    """What became of a visit or of a plan."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"
    VOIDED = "voided"


class Level(StrEnum):
    """Who is to see to a household whose visit is overdue."""

    WORKER = "worker"
    HEAD = "head"
    OFFICE = "office"


class Part(StrEnum):
    """What somebody was on a visit."""

    VISITOR = "visitor"
    MET = "met"


METHODS: dict[str, str] = {
    Method.DOOR: N_("at the door"),
    Method.PHONE: N_("by phone"),
    Method.VIDEO: N_("by video"),
    Method.OTHER: NC_("method", "other"),
}
OUTCOMES: dict[str, str] = {
    Outcome.MET: N_("met"),
    Outcome.NO_ANSWER: N_("no answer"),
    Outcome.REFUSED: N_("refused"),
    Outcome.AWAY: N_("away"),
    Outcome.MOVED: N_("moved away"),
    Outcome.OTHER: NC_("outcome", "other"),
}
KINDS: dict[str, str] = {
    VisitKind.CARE: N_("care"),
    VisitKind.CHECK: NC_("visit", "check"),
    VisitKind.REQUEST: NC_("visit", "request"),
    VisitKind.MEDIATION: N_("mediation"),
    VisitKind.OTHER: NC_("visit", "other"),
}
VISIT_STATUSES: dict[str, str] = {
    VisitStatus.PLANNED: NC_("visit", "planned"),
    VisitStatus.DONE: NC_("visit", "done"),
    VisitStatus.MISSED: NC_("visit", "missed"),
    VisitStatus.CANCELLED: NC_("visit", "cancelled"),
    VisitStatus.VOIDED: NC_("visit", "voided"),
}
LEVELS: dict[str, str] = {
    Level.WORKER: N_("grid worker"),
    Level.HEAD: N_("grid head"),
    Level.OFFICE: N_("office"),
}
#: What registers of visits (走访台账) write.
METHOD_WORDS: dict[str, tuple[str, ...]] = {
    Method.DOOR: ("上门", "入户", "上门走访", "入户走访", "实地", "面访"),
    Method.PHONE: ("电话", "电话走访", "电话问候", "打电话", "电访"),
    Method.VIDEO: ("视频", "视频通话", "微信视频"),
    Method.OTHER: ("其他", "其它"),
}
OUTCOME_WORDS: dict[str, tuple[str, ...]] = {
    Outcome.MET: ("见到", "已见", "见到本人", "已走访", "已入户", "正常", "在家", "完成"),
    Outcome.NO_ANSWER: ("无人应答", "没人", "无人", "无人在家", "没接", "未接", "打不通", "敲门无应答", "不在家", "无人接听"),
    Outcome.REFUSED: ("拒绝", "拒访", "不配合", "拒接"),
    Outcome.AWAY: ("外出", "在外地", "住院", "外出未归"),
    Outcome.MOVED: ("迁出", "搬走", "搬离", "已搬走"),
    Outcome.OTHER: ("其他", "其它"),
}  # fmt: skip


class Limit(NamedTuple):
    """So many of an item that a household may get within so many days."""

    quantity: int
    unit: str
    days: int


def words_of(choices: type[StrEnum]) -> Callable[[str], tuple[str, ...]]:
    """A reader of values of an enum, separated by commas; none is none."""

    def read(text: str) -> tuple[str, ...]:
        return tuple(
            choices(word.strip()).value for word in text.replace("，", ",").split(",") if word.strip()
        )

    return read


def tags(text: str) -> tuple[str, ...]:
    """Tags separated by commas."""
    return tuple(word.strip() for word in text.replace("，", ",").split(",") if word.strip())


def two_days(text: str) -> tuple[int, int]:
    """Two rising numbers of days."""
    first, second = (whole_number(part) for part in text.replace("，", ",").split(","))
    if first >= second:
        raise ValueError(text)
    return first, second


def limits(text: str) -> dict[str, Limit]:
    """What a household may get, from `米=2袋/30,油=1桶/30`: item, number, unit, days."""
    pairs = (part.split("=") for part in text.replace("，", ",").split(",") if part.strip())
    return {item.strip(): _limit(limit) for item, limit in pairs}


def _limit(text: str) -> Limit:
    from volunteer_cli.core.errors import VolunteerError
    from volunteer_cli.core.text import parse_item

    amount, _sign, days = text.rpartition("/")
    try:
        quantity = parse_item(f"item={amount}")[1]
    except VolunteerError as error:
        raise ValueError(text) from error
    return Limit(quantity.number, quantity.unit or "", whole_number(days))


# 十部门《关于开展特殊困难老年人探访关爱服务的指导意见》 (ten ministries, October 2022): by the door, by phone or by
# video, at least once a month; a voice on the phone does not show how somebody lives, so the door has its own days.
VISIT_DOOR_DAYS = Policy(
    "visit_door_days",
    N_("At least every so many days a household on the visiting list is met at the door"),
    "30",
    whole_number,
    N_("whole days"),
    dated=True,
)
VISIT_METHODS = Policy(
    "visit_methods",
    N_("Meetings by these methods count as visits"),
    "door,phone,video",
    words_of(Method),
    N_("door, phone, video or other, separated by commas"),
)
VISIT_ESCALATION = Policy(
    "visit_escalation",
    N_("Overdue for more days than the first, a visit is the grid head's; from the second on the office's"),
    "3,7",
    two_days,
    N_("two rising numbers of days, like 3,7"),
)
ALARM_AFTER = Policy(
    "alarm_after",
    N_("So many tries without an answer, one after the other, raise an alarm"),
    "2",
    whole_number,
    N_("a whole number"),
)
ALARM_TAGS = Policy(
    "alarm_tags",
    N_("Tries without an answer raise an alarm at households with these tags"),
    "elder_alone",
    tags,
    N_("tags separated by commas"),
)
TWO_PEOPLE_KINDS = Policy(
    "two_people_kinds",
    N_("Visits of these kinds need two people at the door"),
    "mediation",
    words_of(VisitKind),
    N_("care, check, request, mediation or other, separated by commas"),
)
SUPPLY_LIMITS = Policy(
    "supply_limits",
    N_("A household gets so many of an item at most within so many days, of all drives together"),
    "",
    limits,
    N_("items with a number, its unit and days, like rice=2bags/30"),
)
POLICIES = (
    VISIT_DOOR_DAYS,
    VISIT_METHODS,
    VISIT_ESCALATION,
    ALARM_AFTER,
    ALARM_TAGS,
    TWO_PEOPLE_KINDS,
    SUPPLY_LIMITS,
)
