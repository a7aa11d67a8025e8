"""Lists of people, sign-ups and gifts, laid out in every way that offices do, for the tests of layouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from intake.sheets import csv_file
from intake.test_reading import ods_cell
from intake.test_reading import ods_file as packed_ods

Rows: TypeAlias = list[list[Any]]
#: First row and column, last row and column of merged cells, counted from 1.
Merged: TypeAlias = list[tuple[int, int, int, int]]
Given: TypeAlias = Sequence[tuple[Any, ...]]
Layout: TypeAlias = Callable[[Given], Rows]

NAMES = ("赵一凡", "钱二宝", "孙三元", "李四喜", "阿依·古丽", "欧阳五")
PHONES = {name: f"1990001{place:04}" for place, name in enumerate(NAMES, 1)}
BUILDINGS = ("3", "5", "12")
DAYS = ("2024-03-04", "2024-03-05", "2024-03-09")
UNITS = {"大米": "袋", "食用油": "桶", "棉衣": "件"}


def side_by_side(rows: Rows) -> Rows:
    """The rows of a table below its headings in two halves."""
    head, *records = rows
    middle = (len(records) + 1) // 2
    right: Rows = [*records[middle:], [""] * len(head)]
    return [[*head, *head], *([*one, *other] for one, other in zip(records[:middle], right, strict=False))]


def below(rows: Rows, place: int, says: str) -> Rows:
    """The table parted by the values of a column, each in a row alone above its records."""
    head, *records = rows
    blank = [""] * (len(head) - 1)
    laid: Rows = [head]
    for value, own in groupby(sorted(records, key=lambda row: str(row[place])), key=lambda row: row[place]):
        laid += [[says.format(value), *blank], *([*row[:place], "", *row[place + 1 :]] for row in own)]
    return laid


# --- people: name, phone, building ------------------------------------------------------------


def roster(given: Given) -> Rows:
    return [["姓名", "联系电话", "楼栋"], *map(list, given)]


def counted_roster(given: Given) -> Rows:
    rows = [[place, f"{building}号楼", phone, name] for place, (name, phone, building) in enumerate(given, 1)]
    return [["序号", "楼号", "手机号码", "居民姓名"], *rows]


def halves_of_roster(given: Given) -> Rows:
    return side_by_side(roster(given))


def buildings_of_roster(given: Given) -> Rows:
    return below(roster(given), 2, "{}号楼")


def counted_buildings(given: Given) -> Rows:
    return below(roster(given), 2, "{}号楼（共9人）")


def grouped_roster(given: Given) -> Rows:
    rows = [[name, "", phone, building] for name, phone, building in given]
    return [["基本信息", "", "联系", ""], ["姓名", "性别", "电话", "楼栋"], *rows]


def forms(given: Given) -> Rows:
    pairs = [
        [["姓名", name, "电话", phone], ["楼栋", f"{building}号楼", "特长", "书法"]]
        for name, phone, building in given
    ]
    return [row for pair in pairs for row in pair]


def marked_roster(given: Given) -> Rows:
    rows = [
        [f"{'★' if place % 2 else ''}{name}{'（党员）' if place % 3 else ''}", phone, building]
        for place, (name, phone, building) in enumerate(given)
    ]
    return [["姓名", "手机", "栋"], *rows]


def questionnaire(given: Given) -> Rows:
    rows = [
        [place, "2026/5/1 9:00:01", name, phone, f"{building}号楼"]
        for place, (name, phone, building) in enumerate(given, 1)
    ]
    head = ["序号", "提交答卷时间", "1、您的姓名：", "2、您的手机号：[填空题]", "3、您居住的楼栋"]
    return [head, *rows]


def english_roster(given: Given) -> Rows:
    return [["Name", "Mobile phone", "Building"], *map(list, given)]


def with_state(given: Given) -> Rows:
    gone = ["周六顺", "19900019999", "3", "已注销"]
    return [["姓名", "手机", "楼栋", "状态"], gone, *([*row, "正常"] for row in given)]


ROSTERS: tuple[Layout, ...] = (
    roster,
    counted_roster,
    halves_of_roster,
    buildings_of_roster,
    counted_buildings,
    grouped_roster,
    forms,
    marked_roster,
    questionnaire,
    english_roster,
    with_state,
)

# --- sign-ups: name ------------------------------------------------------------


def names(given: Given) -> Rows:
    return [["姓名", "电话"], *([name, PHONES[name]] for (name,) in given)]


def halves_of_names(given: Given) -> Rows:
    return side_by_side(names(given))


def counted_names(given: Given) -> Rows:
    return [["报名人", "备注"], *([f"{place}. {name}", ""] for place, (name,) in enumerate(given, 1))]


def names_in_a_cell(given: Given) -> Rows:
    return [["活动名称", "报名人员"], ["义诊", "、".join(name for (name,) in given)]]


def names_with_state(given: Given) -> Rows:
    return [["姓名", "报名状态"], ["周六顺", "已取消"], *([name, "已报名"] for (name,) in given)]


def asked_names(given: Given) -> Rows:
    return [["1.您的姓名", "2.联系电话"], *([name, PHONES[name]] for (name,) in given)]


def chat(given: Given) -> Rows:
    return [["#接龙"], ["义诊报名"], *([f"{place}. {name}"] for place, (name,) in enumerate(given, 1))]


def chat_with_phones(given: Given) -> Rows:
    lines = ([f"{place}、{name}+{PHONES[name]}"] for place, (name,) in enumerate(given, 1))
    return [["接龙 姓名+电话"], *lines]


SIGNUPS: tuple[Layout, ...] = (
    names,
    halves_of_names,
    counted_names,
    names_in_a_cell,
    names_with_state,
    asked_names,
    chat,
    chat_with_phones,
)

# --- gifts: day, donor, item, number ------------------------------------------------------------


def gifts(given: Given) -> Rows:
    rows = [[day, donor, item, number, UNITS[item]] for day, donor, item, number in given]
    return [["日期", "捐赠人", "物品名称", "数量", "单位"], *rows]


def gifts_with_units(given: Given) -> Rows:
    rows = [[donor, f"{item}{number}{UNITS[item]}", day] for day, donor, item, number in given]
    return [["爱心人士", "捐赠物资", "捐赠日期"], *rows]


def halves_of_gifts(given: Given) -> Rows:
    return side_by_side(gifts(given))


def gifts_by_day(given: Given) -> Rows:
    rows = [[donor, day, item, f"{number}{UNITS[item]}"] for day, donor, item, number in given]
    return below([["捐赠人", "日期", "物品", "数量"], *rows], 1, "{}")


def gifts_in_a_cell(given: Given) -> Rows:
    together = [
        [day, donor, "、".join(f"{item}{number}{UNITS[item]}" for _day, _donor, item, number in own)]
        for (day, donor), own in groupby(sorted(given), key=lambda row: row[:2])
    ]
    return [["日期", "捐赠人", "捐赠物资"], *together]


def a_column_an_item(given: Given) -> Rows:
    head = ["日期", "捐赠人", *(f"{item}（{unit}）" for item, unit in UNITS.items())]
    return [head, *numbers(given, "{0}")]


def items_below_a_group(given: Given) -> Rows:
    return [
        ["日期", "捐赠人", "捐赠物资", "", ""],
        ["", "", *UNITS],
        *numbers(given, "{0}{1}"),
    ]


def numbers(given: Given, said: str) -> Rows:
    """The numbers of each item that somebody gave on a day, in a row."""
    rows = []
    for (day, donor), own in groupby(sorted(given), key=lambda row: row[:2]):
        of_items = {item: number for _day, _donor, item, number in own}
        cells = [
            said.format(of_items[item], unit) if item in of_items else "" for item, unit in UNITS.items()
        ]
        rows.append([day, donor, *cells])
    return rows


def donors_above(given: Given) -> Rows:
    laid: Rows = []
    for donor, own in groupby(sorted(given, key=lambda row: row[1]), key=lambda row: row[1]):
        rows = [[day, item, number, UNITS[item]] for day, _donor, item, number in own]
        laid += [[f"捐赠人：{donor}", "", "", ""], ["日期", "物品", "数量", "单位"], *rows]
    return laid


def gifts_with_state(given: Given) -> Rows:
    head, *rows = gifts(given)
    back = [DAYS[0], NAMES[0], "旧衣", 9, "袋", "已退回"]
    return [[*head, "状态"], back, *([*row, "已接收"] for row in rows)]


GIFTS: tuple[Layout, ...] = (
    gifts,
    gifts_with_units,
    halves_of_gifts,
    gifts_by_day,
    gifts_in_a_cell,
    a_column_an_item,
    items_below_a_group,
    donors_above,
    gifts_with_state,
)

# --- around the table, and the file ------------------------------------------------------------

ABOVE: tuple[Rows, ...] = ([], [["登记表"]], [["附件1"], ["2024年春季登记表"], ["填报单位：滨湖社区"], []])
BELOW: tuple[Rows, ...] = (
    [],
    [["以下空白"]],
    [[], ["填表人：甲样一"]],
    [["滨湖社区居委会"], ["2024年4月1日"]],
)


def gb_file(path: Path, rows: Rows) -> Path:
    return csv_file(path, rows, encoding="gb18030")


def utf16_file(path: Path, rows: Rows) -> Path:
    return csv_file(path, rows, encoding="utf-16", delimiter="\t")


def ods_file(path: Path, rows: Rows) -> Path:
    """An OpenDocument workbook, all of whose cells are texts."""
    cells = ("".join(ods_cell(str(cell)) for cell in row) for row in rows)
    return packed_ods(path, 表="".join(f"<table:table-row>{row}</table:table-row>" for row in cells))


def plain_xlsx(path: Path, rows: Rows) -> Path:
    from intake.sheets import xlsx_file

    return xlsx_file(path, rows)


def merged_xlsx(path: Path, rows: Rows) -> Path:
    """A workbook in which titles span the table, and one value that repeats downwards is one merged cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for first, left, last, right in merged_in(rows):
        sheet.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)
    book.save(path)
    return path


def merged_in(rows: Rows) -> Merged:
    """The rows with one text over the whole table, and the runs of one day or building in a column."""
    width = max(map(len, rows))
    wide = [
        number
        for number, row in enumerate(rows, 1)
        if [bool(cell) for cell in row].count(True) == 1 and row[0]
    ]
    merged = [(number, 1, number, width) for number in wide if width > 2]
    for place in range(width):
        column = [row[place] if place < len(row) else "" for row in rows]
        merged += [
            (first, place + 1, last, place + 1)
            for value, first, last in runs(column)
            if value in (*DAYS, *BUILDINGS) and last > first
        ]
    return merged


def runs(column: Sequence[Any]) -> list[tuple[Any, int, int]]:
    """The runs of one value in a column, each with its first and last row."""
    found: list[tuple[Any, int, int]] = []
    for value, own in groupby(enumerate(column, 1), key=lambda each: each[1]):
        numbers = [number for number, _value in own]
        found.append((value, numbers[0], numbers[-1]))
    return found


MAKERS: dict[str, Callable[[Path, Rows], Path]] = {
    "a.csv": csv_file,
    "b.csv": gb_file,
    "c.tsv": utf16_file,
    "a.xlsx": plain_xlsx,
    "b.xlsx": merged_xlsx,
    "a.ods": ods_file,
}
