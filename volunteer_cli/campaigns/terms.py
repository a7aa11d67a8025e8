"""The words of a campaign: calls, door rounds, sweeps and daily follow-up are one mechanism."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class Unit(StrEnum):
    """What a campaign has on its list."""

    HOUSEHOLD = "household"
    PERSON = "person"


class Method(StrEnum):
    """How a campaign reaches its targets."""

    CALL = "call"
    DOOR = "door"
    EITHER = "either"


class Preset(StrEnum):
    """What a campaign mostly is, so that its stages need not be typed."""

    SWEEP = "sweep"
    CALLS = "calls"
    FOLLOWUP = "followup"


class CampaignStatus(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """How a target came onto the list: frozen with it, or added on the way (新增)."""

    LISTED = "listed"
    ADDED = "added"


class Outcome(StrEnum):
    """What came of one attempt."""

    DONE = "done"
    PARTIAL = "partial"
    CALLBACK = "callback"
    REFUSED = "refused"
    UNABLE = "unable"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    OFF = "off"
    NO_ACCESS = "no_access"
    WRONG_NUMBER = "wrong_number"
    DEAD_NUMBER = "dead_number"
    VACANT = "vacant"
    ABSENT = "absent"
    MOVED = "moved"
    NOT_FOUND = "not_found"
    NOT_DWELLING = "not_dwelling"


class Result(StrEnum):
    """What all attempts at a target come to: exactly one of these, always derived, never stored."""

    OUT_OF_SCOPE = "out_of_scope"
    VACANT = "vacant"
    ABSENT = "absent"
    DONE = "done"
    REFUSED = "refused"
    UNREACHED = "unreached"
    BLOCKED = "blocked"
    WAITING = "waiting"
    OPEN = "open"
    TODO = "todo"


class Evidence(StrEnum):
    """What an empty flat is proved by (一查二看三问): meters, windows and light, neighbours, the property firm."""

    METER = "meter"
    LIGHT = "light"
    NEIGHBOUR = "neighbour"
    PROPERTY = "property"


class AnswerType(StrEnum):
    """What a question takes for an answer."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class Obstacle(StrEnum):
    """Why a target that is not finished is not dealt now."""

    NO_ROUND = "no_round"
    LEASED = "leased"
    WAITING = "waiting"
    BLOCKED = "blocked"
    RESTING = "resting"
    WITHOUT_NUMBER = "without_number"
    NOT_INDEPENDENT = "not_independent"


# AAPOR keeps one frame of dispositions over phone, door and web: reached, no contact, bad number, and about the door.
REACHED = frozenset({Outcome.DONE, Outcome.PARTIAL, Outcome.CALLBACK, Outcome.REFUSED, Outcome.UNABLE})
NO_CONTACT = frozenset({Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.NO_ACCESS})
BAD_NUMBER = frozenset({Outcome.WRONG_NUMBER, Outcome.DEAD_NUMBER})
ELSEWHERE = frozenset({Outcome.MOVED, Outcome.NOT_FOUND, Outcome.NOT_DWELLING})
#: Outcomes that only somebody at the door can tell.
AT_THE_DOOR = ELSEWHERE | {Outcome.VACANT, Outcome.NO_ACCESS}
#: Somebody was met, which a campaign that counts as visits brings into the rhythm of visits.
MET = frozenset({Outcome.DONE, Outcome.PARTIAL})
#: Results after which nobody goes or calls again, in the order in which people read them.
RESOLVED = (
    Result.OUT_OF_SCOPE,
    Result.VACANT,
    Result.ABSENT,
    Result.DONE,
    Result.REFUSED,
    Result.UNREACHED,
)
#: The first results that a re-check confirms by its own outcome; others say nothing of them.
CONFIRMS: dict[Outcome, Result] = {
    Outcome.DONE: Result.DONE,
    Outcome.VACANT: Result.VACANT,
    Outcome.ABSENT: Result.ABSENT,
    Outcome.MOVED: Result.OUT_OF_SCOPE,
    Outcome.NOT_FOUND: Result.OUT_OF_SCOPE,
    Outcome.NOT_DWELLING: Result.OUT_OF_SCOPE,
}
#: From this hour on a try counts as one of the evening.
EVENING = 18

UNITS: dict[str, str] = {Unit.HOUSEHOLD: N_("households"), Unit.PERSON: NC_("campaign", "people")}
METHODS: dict[str, str] = {
    Method.CALL: NC_("campaign", "calls"),
    Method.DOOR: NC_("campaign", "at the door"),
    Method.EITHER: NC_("campaign", "calls or doors"),
}
WAYS: dict[str, str] = {Method.CALL: NC_("attempt", "call"), Method.DOOR: NC_("attempt", "door")}
CAMPAIGN_STATUSES: dict[str, str] = {
    CampaignStatus.DRAFT: NC_("campaign", "draft"),
    CampaignStatus.RUNNING: NC_("campaign", "running"),
    CampaignStatus.CLOSED: NC_("campaign", "closed"),
    CampaignStatus.CANCELLED: NC_("campaign", "cancelled"),
}
SOURCES: dict[str, str] = {Source.LISTED: NC_("target", "listed"), Source.ADDED: NC_("target", "added")}
OUTCOMES: dict[str, str] = {
    Outcome.DONE: NC_("attempt", "done"),
    Outcome.PARTIAL: NC_("attempt", "in part"),
    Outcome.CALLBACK: NC_("attempt", "call again"),
    Outcome.REFUSED: NC_("attempt", "refused"),
    Outcome.UNABLE: NC_("attempt", "unable to talk"),
    Outcome.NO_ANSWER: NC_("attempt", "no answer"),
    Outcome.BUSY: NC_("attempt", "busy"),
    Outcome.OFF: NC_("attempt", "switched off"),
    Outcome.NO_ACCESS: NC_("attempt", "no access"),
    Outcome.WRONG_NUMBER: NC_("attempt", "wrong number"),
    Outcome.DEAD_NUMBER: NC_("attempt", "dead number"),
    Outcome.VACANT: NC_("attempt", "vacant"),
    Outcome.ABSENT: NC_("attempt", "lives elsewhere for now"),
    Outcome.MOVED: NC_("attempt", "moved away"),
    Outcome.NOT_FOUND: NC_("attempt", "no such household"),
    Outcome.NOT_DWELLING: NC_("attempt", "not a dwelling"),
}
RESULTS: dict[str, str] = {
    Result.OUT_OF_SCOPE: NC_("target", "out of scope"),
    Result.VACANT: NC_("target", "vacant"),
    Result.ABSENT: NC_("target", "absent"),
    Result.DONE: NC_("target", "done"),
    Result.REFUSED: NC_("target", "refused"),
    Result.UNREACHED: NC_("target", "unreached"),
    Result.BLOCKED: NC_("target", "do not contact"),
    Result.WAITING: NC_("target", "waiting"),
    Result.OPEN: NC_("target", "open"),
    Result.TODO: NC_("target", "to do"),
}
EVIDENCES: dict[str, str] = {
    Evidence.METER: N_("meter"),
    Evidence.LIGHT: N_("windows and light"),
    Evidence.NEIGHBOUR: N_("neighbours"),
    Evidence.PROPERTY: N_("property firm"),
}
PRESET_TITLES: dict[str, str] = {
    Preset.SWEEP: N_("sweep"),
    Preset.CALLS: NC_("campaign", "calls"),
    Preset.FOLLOWUP: N_("daily follow-up"),
}
ANSWER_TYPES: dict[str, str] = {
    AnswerType.YES_NO: N_("yes or no"),
    AnswerType.NUMBER: NC_("answer", "number"),
    AnswerType.CHOICE: NC_("answer", "choice"),
    AnswerType.TEXT: NC_("answer", "text"),
}
OBSTACLES: dict[str, str] = {
    Obstacle.NO_ROUND: N_("no round today"),
    Obstacle.LEASED: NC_("targets", "leased"),
    Obstacle.WAITING: NC_("targets", "waiting"),
    Obstacle.BLOCKED: NC_("targets", "do not contact"),
    Obstacle.RESTING: NC_("targets", "resting"),
    Obstacle.WITHOUT_NUMBER: NC_("targets", "without a number"),
    Obstacle.NOT_INDEPENDENT: N_("tried by the same person before"),
}
# What call sheets and door lists say. None of these words means less than it says: 挂断 is a refusal, and what
# is not here cannot be read, so that nobody's number is burnt by a slip of the pen.
OUTCOME_WORDS: dict[str, tuple[str, ...]] = {
    Outcome.DONE: ("已登记", "已核实", "正常", "完成", "已完成", "登记", "接通", "已接通"),
    Outcome.PARTIAL: ("部分", "部分完成", "未登记完"),
    Outcome.CALLBACK: ("稍后", "晚上再打", "约定再联系", "稍后再打", "再联系", "改天再打", "再打"),
    Outcome.REFUSED: ("拒接", "拒访", "不配合", "挂断", "拒绝"),
    Outcome.UNABLE: ("不便应答", "不方便", "听不清", "语言不通"),
    Outcome.NO_ANSWER: ("没接", "未接", "打不通", "无法接通", "无人在家", "敲门无应答", "无人接听", "无人", "没人"),
    Outcome.BUSY: ("占线", "正在通话"),
    Outcome.OFF: ("关机",),
    Outcome.NO_ACCESS: ("进不去", "单元门锁", "进不了"),
    Outcome.WRONG_NUMBER: ("打错", "号码错误", "不是本人", "非本人", "错号"),
    Outcome.DEAD_NUMBER: ("空号", "停机", "空号停机"),
    Outcome.VACANT: ("空户", "空房", "无人居住"),
    Outcome.ABSENT: ("外出", "在外地", "户在人不在"),
    Outcome.MOVED: ("搬走", "迁出", "搬离"),
    Outcome.NOT_FOUND: ("查无此户",),
    Outcome.NOT_DWELLING: ("门面", "商用", "办公", "非住宅"),
}  # fmt: skip
EVIDENCE_WORDS: dict[str, tuple[str, ...]] = {
    Evidence.METER: ("水电表", "电表", "水表"),
    Evidence.LIGHT: ("灯光门窗", "灯光", "门窗"),
    Evidence.NEIGHBOUR: ("邻居",),
    Evidence.PROPERTY: ("物业",),
}


class Setup(NamedTuple):
    """What a preset brings: the method, a daily first stage, and a re-check."""

    method: Method
    days: int | None = None
    recheck: float | None = None


# 国务院全国人口普查条例 (Regulations on the national census), art. 28: an independent re-check of a sample.
PRESETS: dict[Preset, Setup] = {
    Preset.SWEEP: Setup(Method.DOOR, recheck=0.05),
    Preset.CALLS: Setup(Method.CALL),
    Preset.FOLLOWUP: Setup(Method.CALL, days=14),
}


def yes_or_no(text: str) -> bool:
    """A policy that holds or does not."""
    if text.strip().lower() not in ("yes", "no"):
        raise ValueError(text)
    return text.strip().lower() == "yes"


def at_least_one(text: str) -> int:
    """A whole number from 1 on."""
    if (number := whole_number(text)) == 0:
        raise ValueError(text)
    return number


ATTEMPTS_MAX = Policy(
    "attempts_max",
    N_("A target is unreached after so many attempts without contact"),
    "3",
    at_least_one,
    N_("a whole number from 1"),
)
ATTEMPTS_SPREAD = Policy(
    "attempts_spread",
    N_("These attempts must be of two days, and one of them in the evening or on a day off"),
    "yes",
    yes_or_no,
    N_("yes or no"),
)
ATTEMPT_GAP_HOURS = Policy(
    "attempt_gap_hours",
    N_("A target that was tried is not dealt again in its campaign within so many hours"),
    "4",
    whole_number,
    N_("whole hours"),
)
CONTACT_GAP_HOURS = Policy(
    "contact_gap_hours",
    N_("A household that any campaign has reached is not dealt again within so many hours"),
    "12",
    whole_number,
    N_("whole hours"),
)
REFUSALS_FINAL = Policy(
    "refusals_final",
    N_("A refusal is final when so many different people have met with one"),
    "2",
    at_least_one,
    N_("a whole number from 1"),
)
VACANCY_CHECKS = Policy(
    "vacancy_checks",
    N_("A flat is vacant when it was found so on so many days"),
    "2",
    at_least_one,
    N_("a whole number from 1"),
)
LEASE_HOURS = Policy(
    "lease_hours",
    N_("What is dealt to somebody is theirs for so many hours"),
    "4",
    at_least_one,
    N_("whole hours from 1"),
)
POLICIES = (
    ATTEMPTS_MAX,
    ATTEMPTS_SPREAD,
    ATTEMPT_GAP_HOURS,
    CONTACT_GAP_HOURS,
    REFUSALS_FINAL,
    VACANCY_CHECKS,
    LEASE_HOURS,
)
