"""Write the sheets of `seeds/`: rosters of invented people with the faults that real rosters have.

    python tools/seeds.py

Every name has 样 (specimen) in it, every phone begins with 199 0000, so that nobody is meant.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
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
            people.append(Invented(number, team, year, number % 7 + 1, skills[place % len(skills)]))
    return people


def write_binhu(path: Path) -> None:  # noqa: C901 - a sheet, from top to bottom
    """A workbook with a title, two levels of headings, merged groups, real dates and numbers for phones."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("花名册")
    bold = book.add_format({"bold": True, "align": "center", "valign": "vcenter"})
    sheet.merge_range("A1:K1", "滨湖社区志愿者花名册（2025年9月）", bold)
    for cells, text in (
        ("A2:A3", "序号"),
        ("B2:B3", "所属队伍"),
        ("C2:E2", "基本情况"),
        ("F2:G2", "联系"),
        ("H2:J2", "住址"),
        ("K2:K3", "特长"),
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
    writer.writerow(["安大社区居民志愿者登记表"] + [""] * 8)
    writer.writerow(["说明：带*为必填；住址写到室", *[""] * 8])
    writer.writerow(
        ["编号", "姓名*", "性别", "出生日期", "联系方式", "居住地址", "服务队", "政治面貌", "专业技能"]
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
        writer.writerow([place, person.name, person.sex, birth, phone, address, team, status, person.skills])
    writer.writerow(
        [27, "错样四", "女", "1955-02-30", "19900003904", "1-1-101", "老王帮帮团", "群众", "没有二月三十日"]
    )
    writer.writerow([28, "", "男", "1960", "19900003905", "", "", "", "没有姓名"])
    writer.writerow(["合计", "28人", *[""] * 7])
    writer.writerow(["制表：安大社区", *[""] * 8])
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
        "# The summer camp; in return the parents serve.",
        "event add 快乐暑期大本营 --code camp --start '2026-07-13 8:30' --end '2026-07-13 17:00' --kind camp --capacity 5 --place 社区活动中心",
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
    for one in (*residents(BINHU, 0), *residents(ANDA, 60)):
        print(one.number, one.name, one.team, one.born, one.phone)
