"""The words of alliances, councils and pairings."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class UnitRole(StrEnum):
    """An organization's role in an alliance; one lead at a time."""

    # Two leads would each wait for the other: departments name one that convenes (牵头单位).

    LEAD = "lead"
    MEMBER = "member"


class Form(StrEnum):
    """The five forms of activity; council and pairing are counted from their own records."""

    SYMPOSIUM = "symposium"
    PARTY_PLUS = "party_plus"
    POLICY_VISIT = "policy_visit"
    COUNCIL = "council"
    PAIRING = "pairing"


class TopicStatus(StrEnum):
    """How far a topic is."""

    # Raise, inform, deliberate, carry out, feed back: the way that the national opinion on consultation in
    # town and country lays down (中办发〔2015〕41号); closed is only what was told to whoever proposed it.

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class TopicStep(StrEnum):
    """What happens to a topic."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    DECIDED = "decided"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    ANSWERED = "answered"


class SessionStatus(StrEnum):
    """How far a session is."""

    CONVENED = "convened"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ItemStatus(StrEnum):
    """What is said of a topic on the agenda of a session."""

    # There is no "discussed": a session that ends without a word on a topic is how topics get lost.

    LISTED = "listed"
    WITHOUT = "without"
    DECIDED = "decided"
    DEFERRED = "deferred"


class Basis(StrEnum):
    """What a decision rests on."""

    CONSENSUS = "consensus"
    VOTES = "votes"


class ContactKind(StrEnum):
    """How an official was in contact with an enterprise."""

    VISIT = "visit"
    PHONE = "phone"
    MEETING = "meeting"
    ONLINE = "online"


class Outcome(StrEnum):
    """What came of a policy that was brought to an enterprise."""

    APPLIED = "applied"
    GRANTED = "granted"
    NOT_APPLICABLE = "not_applicable"


class PairingStatus(StrEnum):
    """Whether a pairing still holds."""

    ACTIVE = "active"
    ENDED = "ended"


#: The forms that `alliance hold` records. Councils and pairings have records of their own: entered here as
#: well they would be counted twice.
HELD_FORMS = (Form.SYMPOSIUM, Form.PARTY_PLUS, Form.POLICY_VISIT)
UNIT_ROLES: dict[str, str] = {UnitRole.LEAD: N_("lead unit"), UnitRole.MEMBER: N_("member unit")}
#: What else sheets write for them.
UNIT_ROLE_WORDS: dict[str, tuple[str, ...]] = {
    UnitRole.LEAD: ("牵头", "牵头单位", "牵头部门", "主办", "组长单位"),
    UnitRole.MEMBER: ("成员", "成员单位", "配合", "配合单位", "参与", "参与单位"),
}
FORMS: dict[str, str] = {
    Form.SYMPOSIUM: N_("themed symposium"),
    Form.PARTY_PLUS: N_("party-plus activity"),
    Form.POLICY_VISIT: N_("bringing policy to enterprises"),
    Form.COUNCIL: N_("council hall"),
    Form.PAIRING: N_("pairing with enterprises"),
}
TOPIC_STATUSES: dict[str, str] = {
    TopicStatus.PROPOSED: N_("proposed"),
    TopicStatus.ACCEPTED: N_("accepted"),
    TopicStatus.DECIDED: N_("decided"),
    TopicStatus.CLOSED: N_("answered and closed"),
    TopicStatus.DECLINED: NC_("alliance", "declined"),
    TopicStatus.WITHDRAWN: NC_("alliance", "withdrawn"),
}
TOPIC_STEPS: dict[str, str] = {
    TopicStep.PROPOSED: N_("proposed"),
    TopicStep.ACCEPTED: N_("accepted"),
    TopicStep.DEFERRED: N_("deferred"),
    TopicStep.DECIDED: N_("decided"),
    TopicStep.DECLINED: NC_("alliance", "declined"),
    TopicStep.WITHDRAWN: NC_("alliance", "withdrawn"),
    TopicStep.REOPENED: N_("reopened"),
    TopicStep.ANSWERED: N_("answered"),
}
SESSION_STATUSES: dict[str, str] = {
    SessionStatus.CONVENED: N_("convened"),
    SessionStatus.CLOSED: N_("closed"),
    SessionStatus.CANCELLED: N_("cancelled"),
}
ITEM_STATUSES: dict[str, str] = {
    ItemStatus.LISTED: N_("to be decided"),
    ItemStatus.WITHOUT: N_("left out"),
    ItemStatus.DECIDED: N_("decided"),
    ItemStatus.DEFERRED: N_("deferred"),
}
BASES: dict[str, str] = {Basis.CONSENSUS: N_("consensus"), Basis.VOTES: N_("votes")}
CONTACT_KINDS: dict[str, str] = {
    ContactKind.VISIT: N_("visit to the enterprise"),
    ContactKind.PHONE: N_("telephone"),
    ContactKind.MEETING: N_("meeting"),
    ContactKind.ONLINE: N_("online"),
}
CONTACT_KIND_WORDS: dict[str, tuple[str, ...]] = {
    ContactKind.VISIT: ("走访", "上门", "上门走访", "实地走访", "入企", "实地", "入企走访", "现场"),
    ContactKind.PHONE: ("电话", "电话联系", "通话", "致电"),
    ContactKind.MEETING: ("座谈", "会议", "座谈会", "会面"),
    ContactKind.ONLINE: ("线上", "微信", "网络", "视频", "视频会议", "qq", "邮件"),
}
OUTCOMES: dict[str, str] = {
    Outcome.APPLIED: NC_("alliance", "applied for"),
    Outcome.GRANTED: N_("granted"),
    Outcome.NOT_APPLICABLE: N_("not applicable"),
}
ALLIANCE_STATUSES = {"active": N_("active"), "archived": N_("archived")}
ACTIVITY_STATUSES = {"held": N_("took place"), "voided": N_("voided")}
PAIRING_STATUSES: dict[str, str] = {
    PairingStatus.ACTIVE: N_("active"),
    PairingStatus.ENDED: NC_("alliance", "ended"),
}


def share(text: str) -> Fraction:
    """A share from 0 to 1, like 1/2."""
    # A fraction, not a float: of six members 2/3 is four exactly, and one more is five.
    try:
        value = Fraction(text.strip())
    except ZeroDivisionError as error:
        raise ValueError(text) from error
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def days_from_one(text: str) -> int:
    """A whole number of days, at least one."""
    # With a cadence of no days every enterprise would be due on every day.
    if not (days := whole_number(text)):
        raise ValueError(text)
    return days


#: Community councils decide by more than half; other houses ask for two thirds (议事规则).
COUNCIL_QUORUM = Policy(
    "council_quorum",
    N_("A council decides when more than this share of its members of the day is present"),
    "1/2",
    share,
    N_("a share like 1/2 or 2/3"),
    dated=True,
)
#: Joint meetings of party branches collect their topics one week before they meet.
COUNCIL_NOTICE_DAYS = Policy(
    "council_notice_days",
    N_("A session is prepared so many days before it begins"),
    "7",
    whole_number,
    N_("days"),
)
#: Places differ: half a day a week (滨州北海), two visits a month (杭州, 2009); a pairing may have days of its own.
PAIRING_EVERY_DAYS = Policy(
    "pairing_every_days",
    N_("An official is in contact with an enterprise every so many days, unless the pairing says otherwise"),
    "30",
    days_from_one,
    N_("days from 1 on"),
    dated=True,
)
#: Three working days is what Shenzhen promises for all but questions of policy; promises differ by place.
NEED_ANSWER_DAYS = Policy(
    "need_answer_days",
    N_("The need of an enterprise is answered within so many working days"),
    "3",
    whole_number,
    N_("working days"),
    dated=True,
)
NEED_SOLVE_DAYS = Policy(
    "need_solve_days",
    N_("The need of an enterprise is solved within so many working days, unless a day is given"),
    "10",
    whole_number,
    N_("working days"),
    dated=True,
)
POLICIES = (COUNCIL_QUORUM, COUNCIL_NOTICE_DAYS, PAIRING_EVERY_DAYS, NEED_ANSWER_DAYS, NEED_SOLVE_DAYS)
