"""The fields of an event: each declared once, and all that commands, sheets and views have of it.

Times, places in number and who may come have rules of their own; their options stand with the commands.
"""

from __future__ import annotations

from volunteer_cli.core.fields import Field, choice, name, word
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.kinds import Kind
from volunteer_cli.events.terms import EVENT_KIND_WORDS, EVENT_KINDS, EVENT_STATUS_WORDS, EVENT_STATUSES

#: How sheets of events, sign-ups and hours call an event's title, code and day.
TITLES = (
    "活动名称",
    "活动主题",
    "活动标题",
    "项目名称",
    "活动项目",
    "参加活动",
    "报名活动",
    "报名项目",
    "活动",
    "主题",
    "标题",
    "event",
    "activity",
    "title",
    "event name",
)
CODES = ("活动编号", "活动代码", "event code", "event no", "code")
DAYS = ("活动日期", "日期", "活动时间", "date", "event date", "day", "when")

TITLE = Field(
    "title",
    N_("Title"),
    help=N_("What it is called"),
    metavar="TITLE",
    needed=True,
    listed=True,
    headings=TITLES,
    most=200,
)
CODE = Field(
    "code",
    N_("Code"),
    word,
    Kind.CODE,
    help=N_("Short code to name it by"),
    metavar="CODE",
    listed=True,
    headings=(*CODES, "代码"),
    most=40,
)
KIND = Field(
    "kind",
    N_("Kind"),
    choice(EVENT_KINDS, EVENT_KIND_WORDS),
    Kind.CHOICE,
    help=N_("service, class, camp, performance, meeting, collection or visit"),
    metavar="KIND",
    needed=True,
    listed=True,
    choices=EVENT_KINDS,
    headings=("活动类型", "类型", "kind", "type"),
)
CATEGORY = Field(
    "category",
    N_("Category"),
    word,
    help=N_("Category of service"),
    headings=("服务类别", "类别", "category"),
    most=100,
)
PLACE = Field(
    "place",
    N_("Place"),
    help=N_("Where it is"),
    listed=True,
    headings=("地点", "活动地点", "place", "location", "venue", "where"),
)
#: The name of a person.
LEADER = Field(
    "leader",
    N_("In charge"),
    name,
    help=N_("Who is in charge"),
    metavar="PERSON",
    listed=True,
    headings=("负责人", "活动负责人", "leader", "in charge"),
)
STATUS = Field(
    "status",
    N_("Status"),
    choice(EVENT_STATUSES, EVENT_STATUS_WORDS),
    Kind.CHOICE,
    help=N_("planned, open, done or cancelled"),
    metavar="STATUS",
    needed=True,
    listed=True,
    choices=EVENT_STATUSES,
    headings=("状态", "活动状态", "status"),
)
#: Options of `event add` and `event edit`, in two groups between which the others stand.
WHAT = (KIND, CATEGORY, PLACE)
WHO = (LEADER, CODE)
