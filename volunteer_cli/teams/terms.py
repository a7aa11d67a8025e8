"""The words of a team."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_


# Only a service team's work is voluntary service; a choir meets for itself.
class TeamKind(StrEnum):
    """What a team is for."""

    SERVICE = "service"
    INTEREST = "interest"
    CLASS = "class"
    STAFF = "staff"


class Audience(StrEnum):
    """Who of a team is written to."""

    ALL = "all"
    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


class Role(StrEnum):
    """A person's role in a team; one leader at a time."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


TEAM_KINDS: dict[str, str] = {
    TeamKind.SERVICE: N_("service team"),
    TeamKind.INTEREST: N_("interest group"),
    TeamKind.CLASS: N_("class"),
    TeamKind.STAFF: N_("staff"),
}
ROLES: dict[str, str] = {Role.LEADER: N_("leader"), Role.DEPUTY: N_("deputy"), Role.MEMBER: N_("member")}
AUDIENCES: dict[str, str] = {
    Audience.ALL: NC_("audience", "all"),
    Audience.LEADER: N_("leader"),
    Audience.DEPUTY: N_("deputy"),
    Audience.MEMBER: N_("member"),
}
#: What else sheets write for them.
TEAM_KIND_WORDS: dict[str, tuple[str, ...]] = {
    TeamKind.SERVICE: ("志愿服务队", "服务队", "志愿队", "志愿服务", "服务", "志愿"),
    TeamKind.INTEREST: (
        "兴趣小组",
        "兴趣团队",
        "兴趣",
        "文体团队",
        "文艺团队",
        "文艺",
        "文体",
        "社团",
    ),
    TeamKind.CLASS: ("课堂", "班级", "学习班", "培训班", "课程"),
    TeamKind.STAFF: ("工作人员", "社工", "社区工作者", "网格员"),
}
#: What a roster calls people besides is no office in the team: a liaison is a member.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    Role.LEADER: ("队长", "组长", "负责人", "团长", "班长", "会长"),
    Role.DEPUTY: ("副队长", "副组长", "副团长", "副班长", "副会长"),
    Role.MEMBER: (
        "队员",
        "成员",
        "组员",
        "团员",
        "会员",
        "普通队员",
        "骨干",
        "骨干队员",
        "志愿者",
        "普通成员",
        "联络员",
        "信息员",
        "宣传员",
        "安全员",
        "秘书",
        "干事",
    ),
}
TEAM_STATUSES = {"active": N_("active"), "archived": N_("archived")}
