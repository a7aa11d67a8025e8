"""Write the sheets of `seeds/`: rosters of invented people with the faults that real rosters have.

    python tools/seeds.py

Every name has 样 (specimen) in it, every phone begins with 199 0000, so that nobody is meant.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import xlsxwriter

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
#: A workbook says when it was made; a fixed day keeps the files the same.
MADE = datetime(2026, 6, 30)  # noqa: DTZ001 - a day, nobody cares where
SURNAMES = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Invented:
    """An invented resident."""

    number: int
    team: str
    born: int
    building: int
    skills: str
    registered: date

    @property
    def name(self) -> str:
        return f"{SURNAMES[self.number % len(SURNAMES)]}样{NUMERALS[self.number // len(SURNAMES) % 9]}"

    @property
    def sex(self) -> str:
        return "女" if self.number % 3 else "男"

    @property
    def phone(self) -> int:
        return 19900003000 + self.number

    @property
    def flat(self) -> tuple[int, int]:
        return self.number % 3 + 1, (self.number % 6 + 1) * 100 + self.number % 2 + 1


BINHU = {
    "新白领志愿服务队": (10, 1988, ("摄影", "新媒体", "英语", "急救")),
    "绿色家园维护者": (9, 1962, ("园艺", "维修", "")),
    "布姥姥手工艺堂": (8, 1956, ("布艺", "剪纸、刺绣", "编织")),
    "好爸爸好妈妈": (9, 1984, ("烘焙", "讲故事", "足球", "急救")),
    "摘星好少年": (8, 2013, ("", "书法", "朗诵")),
}
ANDA = {
    "老王帮帮团": (10, 1966, ("水电维修", "疏通", "开锁", "理发")),
    "桑榆红合唱团": (10, 1952, ("合唱", "二胡", "")),
    "椿萱堂": (6, 1950, ("太极拳", "")),
}


def residents(teams: dict[str, tuple[int, int, tuple[str, ...]]], first: int) -> list[Invented]:
    """The people of a community, team by team."""
    people: list[Invented] = []
    for team, (count, born, skills) in teams.items():
        for place in range(count):
            number = first + len(people)
            year = born + (place if born > 2000 and place < 3 else place % 3 if born > 2000 else place)
            joined = registered(number, place, child=born > 2000)
            people.append(Invented(number, team, year, number % 7 + 1, skills[place % len(skills)], joined))
    return people


def registered(number: int, place: int, *, child: bool) -> date:
    """A team grows: two a year from 2021 on, and its children as they come to school; the roster is of September 2025."""
    return date(min(2021 + place // 2 + 2 * child, 2025), number % 6 + 3, number % 27 + 1)


def write_binhu(path: Path) -> None:  # noqa: C901 - a sheet, from top to bottom
    """A workbook with a title, two levels of headings, merged groups, real dates and numbers for phones."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("花名册")
    bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
    sheet.merge_range("A1:L1", "滨湖社区志愿者花名册（2025年9月）", bold)
    for cells, text in (
        ("A2:A3", "序号"),
        ("B2:B3", "所属队伍"),
        ("C2:E2", "基本情况"),
        ("F2:G2", "联系"),
        ("H2:J2", "住址"),
        ("K2:K3", "特长"),
        ("L2:L3", "注册日期"),
    ):
        sheet.merge_range(cells, text, bold)
    for letter, text in zip(
        "CDEFGHIJ", ("姓 名", "性别", "出生年月", "手机号码", "备用电话", "楼栋", "单元", "室"), strict=True
    ):
        sheet.write(f"{letter}3", text, bold)
    row = 3
    start: dict[str, int] = {}
    for person in residents(BINHU, 0):
        start.setdefault(person.team, row)
        unit, room = person.flat
        birth = (
            f"{person.born}.{person.number % 9 + 1}"
            if person.number % 4
            else f"{person.born}年{person.number % 12 + 1}月"
        )
        values = [
            row - 2,
            None,
            person.name,
            person.sex,
            birth,
            person.phone,
            None,
            person.building,
            unit,
            room,
            person.skills,
            f"{person.registered:%Y.%m.%d}",
        ]
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value)
        row += 1
    for team, first in start.items():
        last = max(
            line for line in range(first, row) if not any(first < other <= line for other in start.values())
        )
        sheet.merge_range(first, 1, last, 1, team, bold)
    faults: tuple[list[object], ...] = (
        [row - 2, "绿色家园维护者", "错样一", "男", "1970.5", 1990000309, None, 2, 1, 101, "电话少一位"],
        [row - 1, "绿色家园维护者", "错样二", "是", "1971.6", 19900003902, None, 2, 1, 102, ""],
        [row, "绿色家园维护者", "错样三", "女", "1983.13", 19900003903, None, 2, 1, 201, "没有十三月"],
    )
    for fault in faults:
        for column, cell in enumerate(fault):
            if cell is not None:
                sheet.write(row, column, cell)
        row += 1
    sheet.write(row, 0, "合计")
    sheet.write(row, 2, f"{row - 3}人")
    sheet.write(row + 1, 0, "填表人：滨湖社区")
    sheet.write(row + 1, 5, "审核人：")
    book.close()


def write_anda(path: Path) -> None:
    """A GB18030 text file as Chinese Excel saves it, with a note above the headings and totals below."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["安大社区居民志愿者登记表"] + [""] * 9)
    writer.writerow(["说明：带*为必填；住址写到室", *[""] * 9])
    writer.writerow(
        [
            "编号",
            "姓名*",
            "性别",
            "出生日期",
            "联系方式",
            "居住地址",
            "服务队",
            "政治面貌",
            "专业技能",
            "注册日期",
        ]
    )
    for place, person in enumerate(residents(ANDA, 60), 1):
        unit, room = person.flat
        phone = (
            f"{str(person.phone)[:3]}-{str(person.phone)[3:7]}-{str(person.phone)[7:]}"
            if place % 4 == 0
            else str(person.phone)
        )
        birth = (
            f"{person.born}年{place % 12 + 1}月",
            f"{person.born}/{place % 12 + 1}/{place % 27 + 1}",
            str(person.born),
        )[place % 3]
        address = (
            f"{person.building}号楼{unit}单元{room}",
            f"{person.building}-{unit}-{room}",
            f"{person.building}#{unit}-{room}",
        )[place % 3]
        team = "〃" if place in (3, 4, 5) else person.team
        status = ("群众", "中共党员", "群众")[place % 3]
        who = (person.name, person.sex, birth, phone, address, team, status, person.skills)
        writer.writerow([place, *who, person.registered.isoformat()])
    impossible = ("错样四", "女", "1955-02-30", "19900003904", "1-1-101", "老王帮帮团", "群众")
    writer.writerow([27, *impossible, "没有二月三十日", ""])
    writer.writerow([28, "", "男", "1960", "19900003905", "", "", "", "没有姓名", ""])
    writer.writerow(["合计", "28人", *[""] * 8])
    writer.writerow(["制表：安大社区", *[""] * 9])
    path.write_bytes(text.getvalue().encode("gb18030"))


@dataclass(frozen=True)
class Service:
    """A service event of the past, who came, and from when to when."""

    code: str
    title: str
    team: str
    day: str
    start: str
    end: str
    place: str
    people: tuple[str, ...]
    forgot_to_sign_out: str = ""
    absent: str = ""

    def lines(self) -> list[str]:
        """Planned ten days before, filled, held and finished on the day."""
        before, after = f"--today {self.day[:8]}01", f"--today {self.day}T23:00"
        came = [name for name in self.people if name != self.absent]
        planned = (
            f"--start '{self.day} {self.start}' --end {self.end} --team {self.team} --place {self.place}"
        )
        stayed = " ".join(name for name in came if name != self.forgot_to_sign_out)
        lines = [
            f"event add {self.title} --code {self.code} --kind service {planned} {before}",
            f"event open {self.code} {before}",
            f"event signup {self.code} {' '.join(self.people)} {before}",
            f"event checkin {self.code} {' '.join(came)} --at {self.start} {after}",
            f"event checkout {self.code} {stayed} --at {self.end} {after}",
        ]
        if self.absent:
            lines.append(f"event absent {self.code} {self.absent} {after}")
        return [*lines, f"event finish {self.code} {after}"]


def names(teams: dict[str, tuple[int, int, tuple[str, ...]]], first: int, team: str) -> tuple[str, ...]:
    return tuple(person.name for person in residents(teams, first) if person.team == team)


def spring(
    team: str,
    people: tuple[str, ...],
    prefix: str,
    title: str,
    place: str,
    clock: tuple[str, str],
    days: tuple[str, ...],
) -> list[str]:
    """A team's season: the same work on several days, a slip here and there."""
    lines: list[str] = []
    for number, day in enumerate(days, 1):
        who = tuple(name for place_, name in enumerate(people) if (place_ + number) % 4)
        absent = who[-1] if number == 2 else ""
        forgot = who[0] if number == len(days) else ""
        lines += Service(
            f"{prefix}-{number}", f"{title}第{number}次", team, day, *clock, place, who, forgot, absent
        ).lines()
    return lines


MARCH_TO_JUNE = ("2026-03-14", "2026-04-11", "2026-05-16", "2026-06-13")


def write_binhu_events(path: Path) -> None:
    """A season of Binhu: service, classes as series, the summer camp and the parents who serve there."""
    of = {team: names(BINHU, 0, team) for team in BINHU}
    lines = ["# A season of the teams: service events, signed for, finished; hours in every state."]
    lines += spring(
        "绿色家园维护者",
        of["绿色家园维护者"],
        "qingjie",
        "清洁日",
        "中心广场",
        ("8:30", "11:00"),
        MARCH_TO_JUNE,
    )
    lines += spring(
        "新白领志愿服务队",
        of["新白领志愿服务队"],
        "jinglao",
        "敬老探访",
        "日间照料中心",
        ("14:00", "16:30"),
        ("2026-03-21", "2026-04-18", "2026-05-23", "2026-06-20"),
    )
    lines += spring(
        "布姥姥手工艺堂",
        of["布姥姥手工艺堂"],
        "yimai",
        "手工义卖",
        "社区大厅",
        ("9:00", "11:30"),
        ("2026-04-25", "2026-05-30"),
    )
    lines += spring(
        "摘星好少年",
        of["摘星好少年"][:7],
        "tushu",
        "小小图书管理员",
        "社区书屋",
        ("9:00", "10:30"),
        ("2026-05-09", "2026-06-06"),
    )
    lines += [
        "hours confirm --period 2026-03..2026-04 --actor 卫样一",
        "hours add 钱样一 --date 2026-05-20 --hours 2h --work 修理路灯 --team 新白领志愿服务队",
        "hours reject @last --reason 当天没有这项活动",
        "hours add 孙样一 --date 2026-06-10 --start 14:00 --end 17:00 --work 陪同就医 --evidence backfilled",
        "hours close 2026-03",
        "# Classes: a place is taken for the whole course. Attending earns no hours.",
        "event add 文明课堂：垃圾分类 --code wenming --start '2026-07-06 19:00' --end 20:30 --team 文明课堂 --kind class --capacity 20 --place 二楼教室",
        "event repeat wenming --every week --count 6",
        "event add 家长课堂：陪伴 --code jiazhang --start '2026-07-11 9:30' --end 11:00 --team 家长课堂 --kind class --capacity 15 --place 二楼教室",
        "event repeat jiazhang --every month --count 3",
        "event open wenming",
        f"event signup wenming {' '.join(of['绿色家园维护者'][:4])}",
        "# The summer camp of ten working days: a place is a place in all of them, and in return the parents serve.",
        "event add 快乐暑期大本营 --code camp --start '2026-07-13 8:30' --end '2026-07-24 17:00' --kind camp --capacity 5 --place 社区活动中心",
        "event open camp",
        f"event signup camp {' '.join(of['摘星好少年'][:7])}",
        "event add 好爸爸好妈妈：营地服务 --code yingdi --start '2026-07-13 8:00' --end 17:30 --team 好爸爸好妈妈 --kind service --members-only --place 社区活动中心",
        "event shift yingdi --name 上午 --start 8:00 --end 12:00 --need 3",
        "event shift yingdi --name 下午 --start 13:00 --end 17:30 --need 3",
        "event open yingdi",
        f"event signup yingdi {' '.join(of['好爸爸好妈妈'][:3])} --shift 上午",
        f"event signup yingdi {of['好爸爸好妈妈'][4]} --shift 下午",
        "# A first-aid watch asks for a skill; a training gives it until it expires.",
        f"training add {of['新白领志愿服务队'][1]} --topic 急救培训 --by 区红十字会 --on 2026-03-05 --minutes 240 --skill 急救 --until 2028-03-04",
        "event add 健步走急救站 --code jijiu --start '2026-07-18 7:00' --end 10:00 --team 新白领志愿服务队 --kind service --needs-skill 急救 --capacity 3 --place 湖边步道",
        "event open jijiu",
        f"event signup jijiu {of['新白领志愿服务队'][1]}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_anda_events(path: Path) -> None:
    """A season of Anda: neighbours helping, the choir, the class."""
    helpers, singers, class_ = (names(ANDA, 60, team) for team in ANDA)
    lines = ["# Neighbours help: drains, lamps, visits to the ground floors."]
    lines += spring(
        "老王帮帮团", helpers, "shutong", "疏通下水道", "一层住户", ("9:00", "12:00"), MARCH_TO_JUNE
    )
    lines += spring(
        "桑榆红合唱团",
        singers,
        "zhongyang",
        "重阳预演慰问",
        "小广场",
        ("15:00", "17:00"),
        ("2026-04-19", "2026-05-24"),
    )
    lines += [
        "hours confirm --period 2026-03..2026-05 --actor 陶样二",
        "hours close 2026-03",
        "event add 椿萱堂：手机课 --code chunxuan --start '2026-07-07 9:00' --end 10:30 --team 椿萱堂 --kind class --capacity 12 --place 老年活动室",
        "event repeat chunxuan --every week --count 8",
        "event open chunxuan",
        f"event signup chunxuan {' '.join(class_[:5])}",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


#: Spring Festival and the week of the National Day, on which nobody is on duty: first and last day.
HOLIDAYS = (
    (date(2023, 1, 19), date(2023, 2, 5)),
    (date(2024, 2, 7), date(2024, 2, 24)),
    (date(2025, 1, 25), date(2025, 2, 12)),
    (date(2026, 2, 11), date(2026, 3, 1)),
    *((date(year, 9, 29), date(year, 10, 7)) for year in (2023, 2024, 2025)),
)
FIRST, LAST = date(2023, 1, 2), date(2026, 5, 31)
HEADINGS = ("日期", "姓名", "服务队", "服务内容", "到岗时间", "离岗时间")


@dataclass(frozen=True)
class Duty:
    """What a team does week by week: on which days, by how many, and whether one of them always comes."""

    team: str
    work: str
    clock: tuple[str, str]
    weekdays: tuple[int, ...]
    people: int = 1
    always: str = ""
    since: date = FIRST
    every: int = 1
    takes_place: Callable[[date], bool] = lambda _day: True

    def rows(self, people: list[Invented]) -> Iterator[tuple[str, ...]]:
        """A row for each person and day: who is registered by then, in turn."""
        turn = 0
        for day in days(self.since):
            if day.weekday() not in self.weekdays or day.isocalendar().week % self.every:
                continue
            if resting(day) or not self.takes_place(day):
                continue
            there = [
                one.name
                for one in people
                if one.team == self.team and serves(one, day) and one.name != self.always
            ]
            who = [self.always] if self.always else []
            while len(who) < min(self.people, len(there) + bool(self.always)):
                who.append(there[turn % len(there)])
                turn += 1
            for name in who:
                yield (day.isoformat(), name, self.team, self.work, *self.clock)


#: Two who had no time any more: what a report counts as lapsed.
LAPSED = {"姜样一": date(2025, 1, 1), "钱样二": date(2024, 12, 1)}


def serves(person: Invented, day: date) -> bool:
    """Whether somebody is registered by that day and has not left off."""
    return person.registered <= day < LAPSED.get(person.name, date.max)


def days(since: date) -> Iterator[date]:
    """Every day up to the last one of the books."""
    for number in range((LAST - since).days + 1):
        yield since + timedelta(number)


def resting(day: date) -> bool:
    """Whether it is a day of the two long holidays."""
    return any(first <= day <= last for first, last in HOLIDAYS)


def at_school(day: date) -> bool:
    """Whether schools teach on that day, roughly as they do in Jinan."""
    return day.month not in (1, 7, 8) and not (day.month == 2 and day.day < 20)


def in_summer(day: date) -> bool:
    """Whether it is the summer holiday of schools."""
    return day.month in (7, 8)


BINHU_DUTIES = (
    Duty("绿色家园维护者", "日间照料中心值守", ("8:30", "10:30"), (1, 4), always="卫样一"),
    Duty("绿色家园维护者", "绿地养护", ("7:30", "9:00"), (2,), people=3, since=date(2024, 3, 6), every=2),
    Duty("布姥姥手工艺堂", "社区食堂助餐", ("10:30", "12:30"), (3,), people=2, always="何样一"),
    Duty("新白领志愿服务队", "社区书屋开放日", ("14:00", "16:00"), (6,), people=2, always="赵样一", every=2),
    Duty(
        "好爸爸好妈妈",
        "放学护送",
        ("16:30", "18:00"),
        (4,),
        people=2,
        since=date(2024, 9, 6),
        takes_place=at_school,
    ),
    Duty("摘星好少年", "书屋整理", ("9:00", "10:30"), (2,), people=3, takes_place=in_summer),
)
ANDA_DUTIES = (
    Duty("老王帮帮团", "上门维修与疏通", ("8:30", "11:00"), (1, 4), always="陶样二"),
    Duty("老王帮帮团", "一层住户巡查", ("15:00", "16:30"), (2,), people=3, since=date(2024, 9, 4), every=2),
    Duty("桑榆红合唱团", "敬老院陪伴", ("14:00", "16:00"), (3,), people=2, always="陈样三"),
    Duty("椿萱堂", "老年食堂助餐", ("10:30", "12:00"), (0,), people=2, since=date(2024, 3, 4), every=2),
)


def write_book(path: Path, duties: tuple[Duty, ...], people: list[Invented]) -> None:
    """The teams' own books of the years, as somebody typed them."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(sorted(row for duty in duties for row in duty.rows(people)))
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


@dataclass(frozen=True)
class Yearly:
    """What a team holds on some days of the years before: its code, what it is called there, and where."""

    team: str
    code: str
    clock: tuple[str, str]
    place: str
    held: tuple[tuple[str, str], ...]

    def events(self, people: list[Invented]) -> Iterator[Service]:
        """Its events: some miss each of them, and of some somebody who signed for it."""
        for number, (day, title) in enumerate(self.held, 1):
            there = [
                one.name for one in people if one.team == self.team and serves(one, date.fromisoformat(day))
            ]
            who = tuple(name for place, name in enumerate(there) if (place + number) % 5)
            absent = who[-1] if number % 4 == 3 else ""
            yield Service(
                f"{self.code}-{day[2:4]}{day[5:7]}",
                title,
                self.team,
                day,
                *self.clock,
                self.place,
                who,
                "",
                absent,
            )


BINHU_YEARS = (
    Yearly(
        "绿色家园维护者", "qingjie", ("8:30", "11:00"), "中心广场",
        (
            ("2024-03-16", "植树节补绿"), ("2024-05-18", "清洁日"), ("2024-09-21", "清洁日"), ("2024-11-16", "清扫落叶"),
            ("2025-03-15", "植树节补绿"), ("2025-04-12", "清洁日"), ("2025-06-14", "清洁日"), ("2025-09-13", "清洁日"),
            ("2025-11-15", "清扫落叶"),
        ),
    ),
    Yearly(
        "新白领志愿服务队", "jinglao", ("14:00", "16:30"), "日间照料中心",
        (
            ("2024-03-05", "学雷锋便民服务"), ("2024-10-11", "重阳敬老探访"), ("2024-12-14", "冬至敬老探访"),
            ("2025-03-05", "学雷锋便民服务"), ("2025-05-10", "敬老探访"), ("2025-08-09", "高温送清凉"),
            ("2025-10-29", "重阳敬老探访"), ("2025-12-20", "冬至敬老探访"),
        ),
    ),
    Yearly(
        "布姥姥手工艺堂", "shougong", ("9:00", "11:30"), "社区大厅",
        (
            ("2024-06-08", "端午包粽子"), ("2024-12-28", "新年手工义卖"),
            ("2025-01-18", "写春联送福字"), ("2025-05-31", "端午包粽子"), ("2025-10-18", "旧衣改造"), ("2025-12-27", "新年手工义卖"),
        ),
    ),
    Yearly(
        "摘星好少年", "shaonian", ("9:00", "10:30"), "社区书屋",
        (("2024-07-20", "小小图书管理员"), ("2025-07-19", "小小图书管理员"), ("2025-08-16", "暑期故事会")),
    ),
)  # fmt: skip
ANDA_YEARS = (
    Yearly(
        "老王帮帮团", "shutong", ("9:00", "12:00"), "一层住户",
        (
            ("2024-10-19", "疏通下水道"), ("2024-12-07", "入冬管道检查"), ("2025-03-08", "疏通下水道"),
            ("2025-05-17", "疏通下水道"), ("2025-07-12", "汛前排水检查"), ("2025-09-20", "疏通下水道"), ("2025-11-22", "入冬管道检查"),
        ),
    ),
    Yearly(
        "桑榆红合唱团", "hechang", ("15:00", "17:00"), "小广场",
        (("2024-10-11", "重阳慰问演出"), ("2025-01-17", "新春慰问演出"), ("2025-06-28", "社区合唱会"), ("2025-10-29", "重阳慰问演出")),
    ),
)  # fmt: skip


def with_guardian(people: list[Invented]) -> list[Invented]:
    """All but the child that is left without one, for the tour."""
    return [one for one in people if one.name != "沈样二"]


def write_years(path: Path, years: tuple[Yearly, ...], people: list[Invented]) -> None:
    """What the teams held before this season, in the order of the days."""
    held = sorted((event for yearly in years for event in yearly.events(people)), key=lambda event: event.day)
    lines = ["# What the teams held in the two years before, entered from the sheets that were signed."]
    lines += [line for event in held for line in event.lines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_newcomers(path: Path) -> None:
    """The small dirty sheet of the README: a title, a phone that lost a digit, a person twice, a total."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("新居民")
    sheet.merge_range("A1:E1", "新居民志愿者登记表（2026年6月）", book.add_format({"bold": True}))
    rows = (
        ("序号", "姓 名", "手机号码", "出生年月", "特长"),
        (1, "新样一", 19900007001, "1990.3", "理发，维修"),
        (2, "新样二", 1990000702, "1985.10", ""),
        (3, "新 样 三", 19900007003, "65年3月", "书法"),
        (4, "新样一", 19900007001, "1990.3", ""),
        (5, "赵样一", 19900003000, "", "急救"),
        ("合计", "5人", "", "", ""),
    )
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    book.close()


if __name__ == "__main__":
    write_newcomers(SEEDS.parent / "docs" / "sheets" / "newcomers.xlsx")
    write_binhu_events(SEEDS / "binhu" / "40_events.txt")
    write_anda_events(SEEDS / "anda" / "40_events.txt")
    write_binhu(SEEDS / "binhu" / "roster.xlsx")
    write_anda(SEEDS / "anda" / "roster.csv")
    write_years(SEEDS / "binhu" / "45_years_before.txt", BINHU_YEARS, with_guardian(residents(BINHU, 0)))
    write_years(SEEDS / "anda" / "45_years_before.txt", ANDA_YEARS, residents(ANDA, 60))
    write_book(SEEDS / "binhu" / "hours_2023_2026.csv", BINHU_DUTIES, residents(BINHU, 0))
    write_book(SEEDS / "anda" / "hours_2023_2026.csv", ANDA_DUTIES, residents(ANDA, 60))
    for one in (*residents(BINHU, 0), *residents(ANDA, 60)):
        print(one.number, one.name, one.team, one.born, one.phone)
