"""The words of a request, and what differs between offices."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class Kind(StrEnum):
    """What a caller wants of the office."""

    ENQUIRY = "enquiry"
    HELP = "help"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    TIPOFF = "tipoff"


class Channel(StrEnum):
    """The way by which a request came."""

    VISIT = "visit"
    PHONE = "phone"
    HOTLINE = "hotline"
    GRID = "grid"
    ONLINE = "online"
    LETTER = "letter"
    PASSED_ON = "passed_on"


class Category(StrEnum):
    """What a request is about."""

    HEATING = "heating"
    WATER = "water"
    POWER_GAS = "power_gas"
    PROPERTY = "property"
    REPAIR = "repair"
    SANITATION = "sanitation"
    GREENING = "greening"
    PARKING = "parking"
    NOISE = "noise"
    SMELL = "smell"
    BUILDING = "building"
    LIFT_FIRE = "lift_fire"
    NEIGHBOURS = "neighbours"
    FAMILY = "family"
    HARDSHIP = "hardship"
    ELDERS = "elders"
    EDUCATION = "education"
    CULTURE = "culture"
    POLICY = "policy"
    OTHER = "other"


class Urgency(StrEnum):
    """Which limit a request has."""

    URGENT = "urgent"
    ORDINARY = "ordinary"
    COMPLEX = "complex"


class Status(StrEnum):
    """How far a request has come; closed is not solved."""

    REGISTERED = "registered"
    ASSIGNED = "assigned"
    FINISHED = "finished"
    CLOSED = "closed"
    REJECTED = "rejected"
    MERGED = "merged"


class Result(StrEnum):
    """What became of what was asked."""

    SOLVED = "solved"
    PARTLY = "partly"
    EXPLAINED = "explained"
    NOT_OURS = "not_ours"
    WITHDRAWN = "withdrawn"


class Solved(StrEnum):
    """Whether a caller says that it is solved."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Satisfied(StrEnum):
    """How content a caller is."""

    YES = "yes"
    MOSTLY = "mostly"
    NO = "no"


class LeadKind(StrEnum):
    """What the lead of a request is."""

    ORGANIZATION = "organization"
    TEAM = "team"
    PERSON = "person"


class Step(StrEnum):
    """What was done about a request."""

    REGISTER = "register"
    CALL = "call"
    ASSIGN = "assign"
    HELP = "help"
    RELEASE = "release"
    RETURN = "return"
    ANSWER = "answer"
    NOTE = "note"
    CAUSE = "cause"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    ESCALATE = "escalate"
    FINISH = "finish"
    CALLBACK = "callback"
    CLOSE = "close"
    REOPEN = "reopen"
    REJECT = "reject"
    MERGE = "merge"
    ABSORB = "absorb"
    SPLIT = "split"
    PART = "part"


class Ended(StrEnum):
    """Why the days of a lead ended."""

    HANDOVER = "handover"
    RETURNED = "returned"
    FINISHED = "finished"
    MERGED = "merged"


KINDS: dict[str, str] = {
    Kind.ENQUIRY: N_("enquiry"),
    Kind.HELP: N_("call for help"),
    Kind.SUGGESTION: N_("suggestion"),
    Kind.COMPLAINT: N_("complaint"),
    Kind.TIPOFF: N_("tip-off"),
}
KIND_WORDS: dict[str, tuple[str, ...]] = {
    Kind.ENQUIRY: ("咨询", "询问"),
    Kind.HELP: ("求助", "求决"),
    Kind.SUGGESTION: ("建议", "意见建议"),
    Kind.COMPLAINT: ("投诉", "投诉举报"),
    Kind.TIPOFF: ("举报",),
}
CHANNELS: dict[str, str] = {
    Channel.VISIT: NC_("channel", "visit"),
    Channel.PHONE: NC_("channel", "phone"),
    Channel.HOTLINE: N_("hotline"),
    Channel.GRID: NC_("channel", "grid"),
    Channel.ONLINE: NC_("channel", "online"),
    Channel.LETTER: N_("letter"),
    Channel.PASSED_ON: N_("passed on"),
}
CHANNEL_WORDS: dict[str, tuple[str, ...]] = {
    Channel.VISIT: ("来访", "上门", "现场"),
    Channel.PHONE: ("来电", "电话", "电话来访"),
    Channel.HOTLINE: ("12345", "热线", "12345热线", "市民热线", "政务热线"),
    Channel.GRID: ("网格", "网格上报", "网格员", "巡查"),
    Channel.ONLINE: ("网络", "网上", "微信", "网络留言", "app"),
    Channel.LETTER: ("来信", "信件"),
    Channel.PASSED_ON: ("部门转入", "转办", "街道转办", "上级交办"),
}
CATEGORIES: dict[str, str] = {
    Category.HEATING: N_("heating"),
    Category.WATER: N_("water and drains"),
    Category.POWER_GAS: N_("power and gas"),
    Category.PROPERTY: N_("property management"),
    Category.REPAIR: N_("repair of buildings"),
    Category.SANITATION: N_("sanitation"),
    Category.GREENING: N_("greening"),
    Category.PARKING: N_("parking and traffic"),
    Category.NOISE: N_("noise"),
    Category.SMELL: N_("smells and fumes"),
    Category.BUILDING: N_("illegal building"),
    Category.LIFT_FIRE: N_("lifts and fire safety"),
    Category.NEIGHBOURS: N_("neighbours"),
    Category.FAMILY: NC_("request", "family"),
    Category.HARDSHIP: N_("hardship"),
    Category.ELDERS: N_("elders and disability"),
    Category.EDUCATION: N_("education and childcare"),
    Category.CULTURE: N_("culture and sports"),
    Category.POLICY: NC_("request", "policy"),
    Category.OTHER: NC_("request", "other"),
}
CATEGORY_WORDS: dict[str, tuple[str, ...]] = {
    Category.HEATING: ("供热", "供暖", "暖气"),
    Category.WATER: ("供水排水", "供水", "排水", "下水", "下水道", "上水"),
    Category.POWER_GAS: ("供电燃气", "供电", "燃气", "停电"),
    Category.PROPERTY: ("物业", "物业管理", "物业服务"),
    Category.REPAIR: ("房屋维修", "维修", "漏水"),
    Category.SANITATION: ("环卫", "环境卫生", "垃圾", "卫生"),
    Category.GREENING: ("绿化", "园林"),
    Category.PARKING: ("停车交通", "停车", "交通"),
    Category.NOISE: ("噪音", "噪声", "扰民"),
    Category.SMELL: ("异味油烟", "异味", "油烟"),
    Category.BUILDING: ("违建占道", "违建", "占道", "违章建筑"),
    Category.LIFT_FIRE: ("电梯消防", "电梯", "消防"),
    Category.NEIGHBOURS: ("邻里", "邻里纠纷"),
    Category.FAMILY: ("家庭",),
    Category.HARDSHIP: ("困难救助", "救助", "低保"),
    Category.ELDERS: ("养老助残", "养老", "助残"),
    Category.EDUCATION: ("教育托管", "教育", "托管"),
    Category.CULTURE: ("文体", "文化", "体育"),
    Category.POLICY: ("政策", "政策咨询"),
    Category.OTHER: ("其他", "其它"),
}
URGENCIES: dict[str, str] = {
    Urgency.URGENT: N_("urgent"),
    Urgency.ORDINARY: N_("ordinary"),
    Urgency.COMPLEX: N_("complex"),
}
STATUSES: dict[str, str] = {
    Status.REGISTERED: NC_("request", "registered"),
    Status.ASSIGNED: NC_("request", "assigned"),
    Status.FINISHED: NC_("request", "finished"),
    Status.CLOSED: NC_("request", "closed"),
    Status.REJECTED: NC_("request", "rejected"),
    Status.MERGED: NC_("request", "merged"),
}
RESULTS: dict[str, str] = {
    Result.SOLVED: N_("solved"),
    Result.PARTLY: N_("partly solved"),
    Result.EXPLAINED: N_("explained"),
    Result.NOT_OURS: N_("not ours"),
    Result.WITHDRAWN: NC_("request", "withdrawn"),
}
RESULT_WORDS: dict[str, tuple[str, ...]] = {
    Result.SOLVED: ("已解决", "解决", "已处理", "办结", "已办结"),
    Result.PARTLY: ("部分解决",),
    Result.EXPLAINED: ("解释说明", "已解释", "解释"),
    Result.NOT_OURS: ("非本级职责", "不属于本级", "非职责"),
    Result.WITHDRAWN: ("撤回", "撤诉"),
}
SOLVED: dict[str, str] = {
    Solved.YES: NC_("answer", "yes"),
    Solved.PARTLY: NC_("answer", "partly"),
    Solved.NO: NC_("answer", "no"),
}
SOLVED_WORDS: dict[str, tuple[str, ...]] = {
    Solved.YES: ("是", "已解决", "解决"),
    Solved.PARTLY: ("部分解决", "部分"),
    Solved.NO: ("否", "未解决"),
}
SATISFIED: dict[str, str] = {
    Satisfied.YES: N_("satisfied"),
    Satisfied.MOSTLY: N_("mostly satisfied"),
    Satisfied.NO: N_("dissatisfied"),
}
SATISFIED_WORDS: dict[str, tuple[str, ...]] = {
    Satisfied.YES: ("满意", "是", "非常满意"),
    Satisfied.MOSTLY: ("基本满意", "较满意"),
    Satisfied.NO: ("不满意", "否"),
}
LEAD_KINDS: dict[str, str] = {
    LeadKind.ORGANIZATION: N_("organization"),
    LeadKind.TEAM: N_("team"),
    LeadKind.PERSON: N_("person"),
}
STEPS: dict[str, str] = {
    Step.REGISTER: NC_("step", "registered"),
    Step.CALL: NC_("step", "somebody called"),
    Step.ASSIGN: NC_("step", "assigned"),
    Step.HELP: NC_("step", "helper assigned"),
    Step.RELEASE: NC_("step", "helper released"),
    Step.RETURN: NC_("step", "returned"),
    Step.ANSWER: NC_("step", "caller answered"),
    Step.NOTE: NC_("step", "note"),
    Step.CAUSE: NC_("step", "cause"),
    Step.EXTEND: NC_("step", "extended"),
    Step.SUSPEND: NC_("step", "suspended"),
    Step.RESUME: NC_("step", "resumed"),
    Step.ESCALATE: NC_("step", "escalated"),
    Step.FINISH: NC_("step", "finished"),
    Step.CALLBACK: NC_("step", "called back"),
    Step.CLOSE: NC_("step", "closed"),
    Step.REOPEN: NC_("step", "reopened"),
    Step.REJECT: NC_("step", "rejected"),
    Step.MERGE: NC_("step", "merged into another"),
    Step.ABSORB: NC_("step", "another one merged in"),
    Step.SPLIT: NC_("step", "split off"),
    Step.PART: NC_("step", "another one split off"),
}
#: What is open: neither closed nor rejected nor part of another.
OPEN = (Status.REGISTERED, Status.ASSIGNED, Status.FINISHED)
#: What is still to be done.
UNFINISHED = (Status.REGISTERED, Status.ASSIGNED)


class Limit(NamedTuple):
    """How long a request may take: so many working days, or calendar days."""

    days: int
    calendar: bool = False


def deadlines(text: str) -> Mapping[str, Limit]:
    """Limits by urgency, as `urgent=1d,ordinary=5,complex=15`: working days, with a `d` calendar days."""
    limits = {}
    for part in text.split(","):
        name, sign, days = part.partition("=")
        limits[Urgency(name.strip()).value] = Limit(whole_number(days.strip().removesuffix("d")), "d" in days)
        if not sign:
            raise ValueError(text)
    if set(limits) != set(Urgency) or not all(limit.days for limit in limits.values()):
        raise ValueError(text)
    return limits


def _days(name: str, title: str, default: str, *, dated: bool = False) -> Policy[int]:
    return Policy(name, title, default, whole_number, N_("whole days"), dated=dated)


def _number(name: str, title: str, default: str) -> Policy[int]:
    return Policy(name, title, default, whole_number, N_("a whole number"))


# 济南市12345市民服务热线条例 (Jinan's hotline regulations, 2018), arts 22-24: five working days; day, week and
# fortnight by urgency are what districts publish.
REQUEST_DEADLINES = Policy(
    "request_deadlines",
    N_("Days in which a request is to be finished, by urgency; a d after the number counts calendar days"),
    "urgent=1d,ordinary=5,complex=15",
    deadlines,
    N_("urgent=1d,ordinary=5,complex=15"),
    dated=True,
)
REQUEST_RESPONSE_DAYS = _days(
    "request_response_days", N_("A caller is contacted within so many working days"), "1", dated=True
)
REQUEST_RETURN_DAYS = _days(
    "request_return_days", N_("A lead may return a request within so many working days of getting it"), "2"
)
REQUEST_EXTENSIONS = _number("request_extensions", N_("A request may be extended so many times"), "1")
REQUEST_EXTENSION_DAYS = _days(
    "request_extension_days", N_("An extension has at most so many working days"), "10"
)
REQUEST_SUSPEND_DAYS = _days(
    "request_suspend_days", N_("A request is suspended for at most so many days"), "180"
)
CALLBACK_ATTEMPTS = _number(
    "callback_attempts", N_("Who is not reached is tried so many times before closing"), "3"
)
SIMILAR_DAYS = _days("similar_days", N_("Requests within so many days of each other may be one"), "14")
SEASON_LEAD_DAYS = _days("season_lead_days", N_("A season is announced so many days ahead"), "30")
SEASON_MIN = _number("season_min", N_("Requests in the same 30 days of two years that make a season"), "3")
POLICIES = (
    REQUEST_DEADLINES,
    REQUEST_RESPONSE_DAYS,
    REQUEST_RETURN_DAYS,
    REQUEST_EXTENSIONS,
    REQUEST_EXTENSION_DAYS,
    REQUEST_SUSPEND_DAYS,
    CALLBACK_ATTEMPTS,
    SIMILAR_DAYS,
    SEASON_LEAD_DAYS,
    SEASON_MIN,
)

#: What a row is to the rate that counts it: `yes` is the numerator, `yes` and `no` are the denominator.
COUNTS = {
    "yes": N_("yes"),
    "no": N_("no"),
    "not_due": N_("Not due yet"),
    "suspended": N_("Suspended"),
    "unreached": N_("Unreached"),
}
