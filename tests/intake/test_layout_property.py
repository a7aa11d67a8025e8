"""One list of services in every layout comes back as the same list, and strays never add to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake.sheets import csv_file, xlsx_file
from intake.test_reading import ods_cell
from intake.test_reading import ods_file as packed_ods
from volunteering import Database, Volunteer, copied

NAMES = ("赵一凡", "钱二宝", "孙三元", "李四喜", "阿依·古丽", "欧阳五")
DAYS = tuple(f"2024-03-{day:02}" for day in range(4, 10))
Service = tuple[str, str, int]
Rows = list[list[Any]]
services = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(DAYS)),
    st.sampled_from([30, 45, 60, 90, 120]),
    min_size=1,
    max_size=8,
)


def plain(given: list[Service]) -> Rows:
    return [["姓名", "日期", "时长（分钟）"], *map(list, given)]


def hours_and_minutes(given: list[Service]) -> Rows:
    return [
        ["姓名", "日期", "小时", "分钟"],
        *([name, day, *divmod(length, 60)] for name, day, length in given),
    ]


def halves(given: list[Service]) -> Rows:
    head = ["姓名", "日期", "时长（分钟）"]
    middle = (len(given) + 1) // 2
    right: Rows = [list(each) for each in given[middle:]] + [["", "", ""]]
    return [head * 2, *([*one, *other] for one, other in zip(given[:middle], right, strict=False))]


def spans(given: list[Service]) -> Rows:
    return [["姓名", "服务时间"], *([name, f"{day} {clock(length)}"] for name, day, length in given)]


def clock(length: int) -> str:
    return f"9:00-{9 + length // 60}:{length % 60:02}"


def days(given: list[Service]) -> Rows:
    by_day = sorted({day for _name, day, _length in given} | set(DAYS[:2]))
    lengths = {(name, day): length for name, day, length in given}
    names = sorted({name for name, _day, _length in given})
    return [
        ["姓名", *by_day],
        *([name, *(hours(lengths.get((name, day))) for day in by_day)] for name in names),
    ]


def hours(length: int | None) -> str:
    return "" if length is None else f"{length / 60:g}"


def together(given: list[Service]) -> Rows:
    groups: dict[tuple[str, int], list[str]] = {}
    for name, day, length in given:
        groups.setdefault((day, length), []).append(name)
    rows = [[day, "、".join(names), length] for (day, length), names in groups.items()]
    return [["日期", "参加人员", "时长（分钟）"], *rows]


def days_of_month(given: list[Service]) -> Rows:
    """The days of a month, which stands in the title, with totals."""
    lengths = {(name, day): length for name, day, length in given}
    names = sorted({name for name, _day, _length in given})
    rows = []
    for name in names:
        own = [lengths.get((name, day)) for day in DAYS]
        rows.append([name, *map(hours, own), hours(sum(filter(None, own)))])
    return [["2024年3月志愿服务"], ["姓名", *(int(day[-2:]) for day in DAYS), "合计"], *rows]


def days_over_times(given: list[Service]) -> Rows:
    """A day over 签到 and 签退, as merged headings leave it."""
    by_day = sorted({day for _name, day, _length in given} | set(DAYS[:2]))
    lengths = {(name, day): length for name, day, length in given}
    rows: Rows = [
        ["", *(cell for day in by_day for cell in (day, ""))],
        ["姓名", *["签到", "签退"] * len(by_day)],
    ]
    for name in sorted({name for name, _day, _length in given}):
        pairs = [
            clock(length).split("-") if length else ["", ""]
            for day in by_day
            for length in [lengths.get((name, day))]
        ]
        rows.append([name, *(cell for pair in pairs for cell in pair)])
    return rows


def below_their_day(given: list[Service]) -> Rows:
    """Each day in a row alone, its services below it."""
    rows: Rows = [["姓名", "日期", "时长（分钟）"]]
    for day in sorted({day for _name, day, _length in given}):
        rows += [[day, "", ""], *([name, "", length] for name, on, length in given if on == day)]
    return rows


def with_state(given: list[Service]) -> Rows:
    """An export with a state, some of whose records were voided."""
    rows = [[name, day, length, "审核通过"] for name, day, length in given]
    return [["姓名", "服务日期", "时长（分钟）", "审核状态"], ["赵一凡", "2024-03-20", 60, "已作废"], *rows]


def under_titles(given: list[Service]) -> Rows:
    """A table a day, whose title says the day."""
    rows: Rows = []
    for day in sorted({day for _name, day, _length in given}):
        year, month, number = map(int, day.split("-"))
        rows += [[f"{year}年{month}月{number}日清扫活动签到表"], ["姓名", "备注", "时长（分钟）"]]
        rows += [[name, "", length] for name, on, length in given if on == day]
    return rows


def forms(given: list[Service]) -> Rows:
    """A form for each service, its labels beside their values."""
    pairs = [
        [["姓名", name, "日期", day], ["时长", f"{length}分钟", "服务内容", "清扫"]]
        for name, day, length in given
    ]
    return [row for pair in pairs for row in pair]


def hours_over_minutes(given: list[Service]) -> Rows:
    """时 and 分 below one heading."""
    rows = [[name, day, *divmod(length, 60)] for name, day, length in given]
    return [["姓名", "日期", "服务时长", ""], ["", "", "时", "分"], *rows]


def times_of_days(given: list[Service]) -> Rows:
    """A column a day, with start and end in the cells, and the days of the week below."""
    by_day = sorted({day for _name, day, _length in given} | set(DAYS[:2]))
    lengths = {(name, day): clock(length) for name, day, length in given}
    rows = [
        [name, *(lengths.get((name, day), "") for day in by_day)]
        for name in sorted({name for name, _day, _length in given})
    ]
    return [["姓名", *by_day], ["", *"一二三四五六日"[: len(by_day)]], *rows]


def below_shifts(given: list[Service]) -> Rows:
    """Who was on duty: names below the times of shifts, with two columns a shift."""
    lengths = sorted({length for _name, _day, length in given})
    on_duty: dict[tuple[str, int], list[str]] = {}
    for name, day, length in given:
        on_duty.setdefault((day, length), []).append(name)
    rows: Rows = [
        [day, *(cell for length in lengths for cell in parted(on_duty.get((day, length), [])))]
        for day in sorted({day for _name, day, _length in given})
    ]
    return [["日期", *(cell for length in lengths for cell in (f"上午（{clock(length)}）", ""))], *rows]


def parted(names: list[str]) -> list[str]:
    """The first name, and the others together in the second cell."""
    return ["、".join(names[:1]), "、".join(names[1:])]


def ticks_below_times(given: list[Service]) -> Rows:
    """Days with times above ticks."""
    moments = sorted({(day, length) for _name, day, length in given})
    rows = [
        [name, *("√" if (name, *moment) in given else "" for moment in moments)]
        for name in sorted({name for name, _day, _length in given})
    ]
    return [["姓名", *(f"{day} {clock(length)}" for day, length in moments)], *rows]


def days_in_headings(given: list[Service]) -> Rows:
    """The day in brackets behind 签到 and 签退."""
    head, *rows = days_over_times(given)[1:]
    by_day = [cell for cell in days_over_times(given)[0] if cell]
    return [[head[0], *(f"{word}（{day}）" for day in by_day for word in ("签到", "签退"))], *rows]


LAYOUTS = (
    below_shifts,
    ticks_below_times,
    days_in_headings,
    under_titles,
    forms,
    hours_over_minutes,
    times_of_days,
    plain,
    hours_and_minutes,
    halves,
    spans,
    days,
    together,
    days_of_month,
    days_over_times,
    below_their_day,
    with_state,
)
ABOVE: tuple[Rows, ...] = ([], [["志愿服务时长统计表"]], [["志愿服务时长统计表"], ["填报单位：滨湖社区"], []])
BELOW: tuple[Rows, ...] = (
    [],
    [["以下空白"]],
    [["合计", "", "9"]],
    [[], ["填表人：甲样一"]],
    [["滨湖社区居委会"], ["2024年4月1日"]],
)
#: What somebody may put among the rows, which is no service.
STRAYS: tuple[Rows, ...] = (
    [["例", "2024-03-04", "60"]],
    [["3号楼"]],
    [["党员先锋岗"]],
    [["姓名", "金额"], ["周六顺", "50"]],
    [["王家庄"]],
    [["一、在职党员"]],
    [["物资名称", "数量", "单位"], ["棉衣", "3", "件"]],
    [["如：赵一凡", "2024-03-04", "60"]],
    [["赵一凡（请假）", "2024-03-04", "60"]],
    [["赵一凡等3人", "2024-03-04", "60"]],
    [["以下为补录"]],
    [["2024年3月20日清扫活动签到表"]],
    [["截至2024年3月20日"]],
    [["王阿姨", "2024-03-20", "60"]],
)


@pytest.fixture(scope="module")
def known(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    known = copied(binhu_database, tmp_path_factory.mktemp("layouts") / "known.db")
    for name in NAMES:
        Volunteer(known).ok("person", "add", name)
    return known


def gb_file(path: Path, rows: Rows) -> Path:
    return csv_file(path, rows, encoding="gb18030")


def ods_file(path: Path, rows: Rows) -> Path:
    """An OpenDocument workbook, all of whose cells are texts."""
    cells = ("".join(ods_cell(str(cell)) for cell in row) for row in rows)
    return packed_ods(path, 表="".join(f"<table:table-row>{row}</table:table-row>" for row in cells))


MAKERS: dict[str, Callable[[Path, Rows], Path]] = {
    "a.csv": csv_file,
    "b.csv": gb_file,
    "a.xlsx": xlsx_file,
    "a.ods": ods_file,
}


def imported(known: Database, folder: Path, rows: Rows, *, name: str) -> tuple[int, set[str]]:
    """The exit code of an import, and the services that are on file after it."""
    database = copied(known, folder / "copy.db")
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    file = MAKERS[name](folder / name, rows)
    volunteer = Volunteer(database)
    result = volunteer("import", "hours", file)
    listed = volunteer.ok("hours", "list", "--fields", "person,date,minutes", "-f", "csv", "--no-header").out
    return result.code, set(listed.split())


def expected(given: list[Service]) -> set[str]:
    return {f"{name},{day},{length}" for name, day, length in given}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=services,
    layout=st.sampled_from(LAYOUTS),
    above=st.sampled_from(ABOVE),
    below=st.sampled_from(BELOW),
    name=st.sampled_from(sorted(MAKERS)),
)
def test_every_layout_gives_the_same_services(
    known: Database, tmp_path: Path, chosen: Any, layout: Any, above: Rows, below: Rows, name: str
) -> None:
    given_services = [(*key, length) for key, length in chosen.items()]
    rows = [*above, *layout(given_services), *below]
    assert imported(known, tmp_path, rows, name=name) == (0, expected(given_services))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=services, layout=st.sampled_from(LAYOUTS), stray=st.sampled_from(STRAYS), place=st.integers(1, 4)
)
def test_strays_never_add_a_service(
    known: Database, tmp_path: Path, chosen: Any, layout: Any, stray: Rows, place: int
) -> None:
    given_services = [(*key, length) for key, length in chosen.items()]
    rows = layout(given_services)
    rows[place:place] = stray
    _code, listed = imported(known, tmp_path, rows, name="a.csv")
    assert listed <= expected(given_services)
