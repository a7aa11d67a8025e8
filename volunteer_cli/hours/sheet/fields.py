"""The fields that sheets of hours and sign-in sheets may bring."""

from __future__ import annotations

from dataclasses import replace

from volunteer_cli.core.i18n import N_
from volunteer_cli.events.fields import CODES, DAYS, TITLES
from volunteer_cli.hours.terms import EVIDENCE_WORDS, EVIDENCES
from volunteer_cli.intake import parsers, spans
from volunteer_cli.intake.locating import squeezed
from volunteer_cli.intake.sheet import Field, Importing
from volunteer_cli.intake.standing import STANDING
from volunteer_cli.people.sheet import TELLING_FIELDS
from volunteer_cli.teams.fields import HEADINGS as TEAM_HEADINGS

#: What may stand in one cell with the day or the start.
TIMES = ("date", "start", "end")
STARTS = (
    "签到时间",
    "sign in",
    "sign-in time",
    "check-in time",
    "arrival",
    "签到",
    "开始时间",
    "服务开始时间",
    "服务开始",
    "活动开始时间",
    "开始",
    "到岗时间",
    "到岗",
    "start",
    "start time",
    "check-in",
    "signed in",
    "time in",
    "时间",
    "时间段",
    "时段",
    "起止时间",
    "服务时段",
    "服务起止时间",
    "活动起止时间",
    "time",
    "time slot",
    "from to",
)
ENDS = (
    "签退时间",
    "sign out",
    "sign-out time",
    "check-out time",
    "departure",
    "签退",
    "结束时间",
    "服务结束时间",
    "服务结束",
    "活动结束时间",
    "结束",
    "finish",
    "离岗时间",
    "离岗",
    "end",
    "end time",
    "check-out",
    "signed out",
    "time out",
)
LENGTHS = (
    "服务时长",
    "时长",
    "工时",
    "小时",
    "分钟",
    "分钟数",
    "志愿时长",
    "志愿服务时长",
    "服务时数",
    "时数",
    "参与时长",
    "活动时长",
    "志愿时数",
    "服务时长数",
    "工作时长",
    "每人时长",
    "每人服务时长",
    "服务小时数",
    "service hours",
    "hours worked",
    "# of hours",
    "number of hours",
    "no of hours",
    "time served",
    "volunteer hours",
    "小时数",
    "服务小时",
    "服务时间小时",
    "服务时间分钟",
    "服务时间h",
    "服务时间min",
    "hours",
    "hours served",
    "hours given",
    "duration",
    "minutes",
)
#: Units alone stand below a length in a second row of headings: 服务时长 over 时 and 分.
UNITS = ("时", "分", "h", "hr", "hrs", "m", "min", "mins")
UNDER = (
    "时长",
    "服务时长",
    "志愿时长",
    "志愿服务时长",
    "参与时长",
    "工时",
    "duration",
    "length",
    "time served",
)
LENGTHS_IN_UNITS = tuple(f"{length} {unit}" for length in UNDER for unit in UNITS)
WORKS = (
    "服务内容",
    "服务项目",
    "服务事由",
    "内容",
    "事项",
    "服务事项",
    "工作内容",
    "work",
    "task",
    "activity done",
)
#: What the heading of a column of starts says when people signed in themselves, and what the title says.
SIGNED_IN = ("签到", "checkin", "checkedin", "signin", "signedin", "timein")
SIGN_IN_SHEETS = ("签到表", "签到簿", "签到册", "签到记录", "signinsheet", "attendancesheet")
#: A sheet of one person has the name above the table, and what else tells who that is only beside the name.
PERSON = tuple(
    replace(field, above=True, beside="" if field.name == "name" else "name") for field in TELLING_FIELDS
)
FIELDS = (
    *PERSON,
    Field("event", N_("Event"), TITLES, parsers.text, above=True),
    Field("code", N_("Code"), CODES, parsers.word, above=True),
    Field(
        "date",
        N_("Date"),
        (
            "服务日期",
            *DAYS,
            "服务时间",
            "参加日期",
            "签到日期",
            "service date",
            "date of service",
            "date served",
        ),
        spans.day,
        above=True,
        fills=TIMES,
    ),
    Field("start", N_("Start"), STARTS, spans.clock, labelled=parsers.in_part_of_day, fills=TIMES),
    Field("end", N_("End"), ENDS, parsers.ending, labelled=parsers.in_part_of_day),
    Field(
        "minutes",
        N_("Duration"),
        (*LENGTHS, *LENGTHS_IN_UNITS),
        parsers.minutes,
        unite=parsers.minutes_together,
    ),
    Field("work", N_("Work"), WORKS, parsers.text, above=True, unite=parsers.joined),
    Field("team", N_("Team"), TEAM_HEADINGS, parsers.text, above=True),
    Field("place", N_("Place"), ("地点", "活动地点", "服务地点", "place", "venue"), parsers.text, above=True),
    Field(
        "evidence",
        N_("Evidence"),
        ("记录方式", "证明方式", "evidence"),
        parsers.Choice(EVIDENCE_WORDS, EVIDENCES),
    ),
    STANDING,
)


def is_signed(importing: Importing) -> bool:
    """Whether a file is a sign-in sheet, by the heading of its starts or by what stands above."""
    said = (importing.headings.get("start", ""), importing.title)
    heading, title = (squeezed(text).casefold().replace("-", "") for text in said)
    return any(word in heading for word in SIGNED_IN) or any(word in title for word in SIGN_IN_SHEETS)
