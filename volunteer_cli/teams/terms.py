"""The words of a team."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_


class TeamKind(StrEnum):
    """What a team is for."""

    SERVICE = "service"
    INTEREST = "interest"
    CLASS = "class"
    STAFF = "staff"


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
TEAM_STATUSES = {"active": N_("active"), "archived": N_("archived")}
