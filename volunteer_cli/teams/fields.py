"""The fields of a team: each declared once, and all that commands, sheets and views have of it."""

from __future__ import annotations

from volunteer_cli.core.fields import Field, choice, day, name, title, word
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.kinds import Kind
from volunteer_cli.teams.terms import TEAM_KIND_WORDS, TEAM_KINDS

#: How sheets of people, events and hours call the team that a row belongs to.
HEADINGS = (
    "所属队伍", "服务队", "志愿服务队名称", "志愿服务队", "所在队伍", "队伍", "队伍名称", "所属服务队", "所属志愿队",
    "所属团队", "所在服务队", "所在团队", "志愿队", "team", "team name",
)  # fmt: skip

CODE = Field(
    "code",
    N_("Code"),
    word,
    Kind.CODE,
    help=N_("Short code to name it by"),
    metavar="CODE",
    listed=True,
    headings=("代码", "队伍代码", "code"),
    most=40,
)
NAME = Field(
    "name",
    NC_("team", "Name"),
    title,
    help=N_("A new name"),
    metavar="NAME",
    needed=True,
    listed=True,
    headings=(
        "队伍名称", "团队名称", "服务队名称", "志愿服务队名称", "志愿服务队", "服务队", "队伍", "名称", "team", "team name",
    ),
)  # fmt: skip
KIND = Field(
    "kind",
    N_("Kind"),
    choice(TEAM_KINDS, TEAM_KIND_WORDS),
    Kind.CHOICE,
    help=N_("service, interest, class or staff"),
    metavar="KIND",
    needed=True,
    listed=True,
    choices=TEAM_KINDS,
    headings=("类型", "队伍类型", "团队类型", "类别", "kind", "type"),
    most=200,
)
#: The name of a person, who leads from the founding day, or from today.
LEADER = Field(
    "leader",
    N_("Leader"),
    name,
    help=N_("Who leads it"),
    metavar="PERSON",
    listed=True,
    headings=("队长", "负责人", "队长姓名", "负责人姓名", "leader"),
)
FOUNDED_ON = Field(
    "founded_on",
    N_("Founded on"),
    day,
    Kind.DATE,
    help=N_("The day it was founded"),
    option="founded",
    metavar="DATE",
    headings=("成立时间", "成立日期", "founded", "founded on"),
)
FOCUS = Field(
    "focus",
    N_("Focus"),
    help=N_("What it mostly does"),
    headings=("服务方向", "服务内容", "活动方向", "简介", "focus"),
)
#: All but the name, which `team add` takes as an argument.
DETAILS = (CODE, KIND, LEADER, FOUNDED_ON, FOCUS)
FIELDS = (NAME, *DETAILS)
