"""Tables are found wherever they stand, and every row is accounted for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from intake.sheets import csv_file, xlsx_file

from volunteer_cli.core.i18n import N_
from volunteer_cli.intake import parsers
from volunteer_cli.intake.batches import Reading
from volunteer_cli.intake.errors import MissingColumn
from volunteer_cli.intake.locating import locate
from volunteer_cli.intake.mapping import Mapper
from volunteer_cli.intake.maps import MapFile
from volunteer_cli.intake.reading import tables
from volunteer_cli.intake.sheet import Field, Sheet, Writer
from volunteer_cli.intake.sorting import Sorter
from volunteer_cli.intake.source import opened

FIELDS = (
    Field("name", N_("Name"), ("姓名", "name"), parsers.name, required=True),
    Field("phone", N_("Phone"), ("电话", "联系电话", "手机", "phone"), parsers.phones, second="phone_alt"),
    Field("phone_alt", N_("Second phone"), (), parsers.phone),
    Field("event", N_("Event"), ("活动名称", "event"), parsers.text, above=True),
    Field("date", N_("Date"), ("日期", "活动时间", "date"), parsers.day, above=True),
    Field("start", N_("Start"), ("签到时间", "开始时间", "start"), parsers.clock),
    Field("end", N_("End"), ("签退时间", "结束时间", "end"), parsers.clock),
    Field("minutes", N_("Duration"), ("时长", "服务时长", "hours"), parsers.minutes),
    Field("quantity", N_("Quantity"), ("数量",), parsers.quantity),
)
HALF_PAST_ELEVEN = datetime(2024, 3, 5, 11, 30)
SHEET = Sheet("test", N_("Test"), FIELDS, Writer)


class Read:
    """A file read to its values: rows by number, refusals and skipped rows by reason."""

    def __init__(
        self,
        path: Any,
        map_file: MapFile | None = None,
        size: int = 3,
        header_row: int | None = None,
        **settings: Any,
    ) -> None:
        with opened(str(path)) as source:
            self.table = tables(source)[0]
            mapper = Mapper(str(path), SHEET, map_file or MapFile(), {"today": date(2026, 6, 30), **settings})
            located = locate(self.table, mapper.vocabulary, header_row)
            self.details = located.details
            self.mapping = mapper.map_columns(located)
            reading, sorter = Reading(SHEET, self.mapping), Sorter(located, self.mapping.counting)
            self.rows: dict[int, dict[str, Any]] = {}
            self.refused: dict[int, tuple[str | None, str]] = {}
            for chunk in sorter.chunks(size):
                self.rows |= dict(reading.batch(chunk).rows())
                self.refused |= {
                    chunk.numbers[place]: (why.field, why.error.code)
                    for place, why in reading.rejected.items()
                }
            self.skipped = {each.row: each.reason for each in [*located.skipped, *sorter.skipped]}

    def column(self, name: str) -> dict[int, Any]:
        return {number: row.get(name) for number, row in self.rows.items()}


def test_a_title_notes_totals_footers_blank_and_repeated_rows(tmp_path: Any) -> None:
    rows = [
        ["志愿服务签到表", "", ""],
        ["", "", ""],
        ["填报单位：滨湖社区", "", ""],
        ["合计", "2", ""],
        ["序号", "姓名", "电话"],
        ["1", "李明", "19900001001"],
        ["", "", ""],
        ["序号", "姓名", "电话"],
        ["2", "王芳", "同上"],
        ["", "小计", ""],
        ["3", "合计", ""],
        ["总 计：2人", "", ""],
        ["制表人：社区", "", "审核：李明"],
        ["以上人员均自愿报名，特此说明。", "", ""],
    ]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.skipped == {
        1: "title_row",
        3: "note_row",
        4: "total_row",
        5: "header_row",
        8: "header_row",
        10: "total_row",
        11: "total_row",
        12: "total_row",
        13: "footer_row",
        14: "footer_row",
    }
    assert read.column("phone") == {6: ("19900001001", None), 9: ("19900001001", None)}


def test_three_levels_of_merged_headings_in_row_five(tmp_path: Any) -> None:
    rows = [
        ["活动记录"],
        [],
        [],
        [],
        ["编号", "人员", None, "服务", None, None],
        [None, "姓名", "联系", "时间", None, "时长（分钟）"],
        [None, None, "电话", "开始", "结束", None],
        [1, "李明", 19900001001, time(9, 0), HALF_PAST_ELEVEN, 90],
        [2, "王芳", "0531-84230001", 0.375, "下午2点", 45.0],
    ]
    merges = ("A1:F1", "A5:A7", "B5:C5", "D5:F5", "B6:B7", "D6:E6", "F6:F7")
    read = Read(xlsx_file(tmp_path / "a.xlsx", rows, merge=merges))
    assert read.skipped == {1: "title_row", 5: "header_row", 6: "header_row", 7: "header_row"}
    assert read.mapping.fields == {
        "姓名": "name",
        "电话": "phone",
        "开始": "start",
        "结束": "end",
        "时长（分钟）": "minutes",
    }
    assert read.rows[8] == {
        "name": "李明",
        "phone": ("19900001001", None),
        "start": time(9, 0),
        "end": HALF_PAST_ELEVEN,
        "minutes": 90,
    }
    assert read.rows[9]["start"] == time(9, 0)
    assert read.rows[9]["phone"] == ("053184230001", None)


def test_group_headings_of_a_text_file_reach_to_the_right(tmp_path: Any) -> None:
    rows = [["", "时间", "", ""], ["姓名", "开始", "结束", "数量（件）"], ["李明", "9:00", "10:00", "3"]]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.mapping.fields == {"姓名": "name", "开始": "start", "结束": "end", "数量（件）": "quantity"}
    assert read.rows[3]["quantity"].unit == "件"
    assert read.skipped == {1: "header_row", 2: "header_row"}


def test_somebody_elses_name_and_phone_are_not_the_rows_own(tmp_path: Any) -> None:
    rows = [["姓名", "监护人", ""], ["", "姓名", "电话"], ["李明", "李四", "19900001009"]]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.rows[3] == {"name": "李明"}
    assert [heading.text for heading in read.mapping.unknown] == ["姓名", "电话"]


def test_details_in_loose_cells(tmp_path: Any) -> None:
    rows = [
        ["活动名称：楼道清扫 活动时间：2024年3月5日 9:00-11:00 地点：二楼"],
        ["活动名称", "楼道清扫"],
        ["姓名", "签到时间"],
        ["李明", "9:00"],
    ]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.details["地点"] == "二楼"
    assert read.rows[4] == {
        "name": "李明",
        "start": time(9, 0),
        "event": "楼道清扫",
        "date": date(2024, 3, 5),
    }
    assert read.skipped == {1: "note_row", 2: "note_row", 3: "header_row"}


def test_a_heading_with_a_digit_beside_a_day_is_no_detail(tmp_path: Any) -> None:
    rows = [["姓名", "签到时间", "日期", "1楼签到"], ["李明", "9:00", "2024-03-05", "签到时间"]]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.skipped == {1: "header_row"}
    assert read.rows[2]["start"] == time(9, 0)


def test_values_merged_downwards_belong_to_each_row(tmp_path: Any) -> None:
    rows = [["姓名", "日期"], ["李明", date(2024, 3, 5)], ["王芳", None], [None, None], ["赵强", "同上"]]
    read = Read(xlsx_file(tmp_path / "a.xlsx", rows, merge=("B2:B4",)))
    assert read.column("date") == dict.fromkeys((2, 3, 5), date(2024, 3, 5))


@pytest.mark.parametrize(
    "heading",
    [
        "姓 名",
        "*姓名",
        "姓名：",
        "1.姓名",
        "①姓名",
        "姓名（必填）",
        "姓\n名",
        "姓名/Name",
        "Name 姓名",
        "NAME",
        "Name (姓名)",
    ],
)
def test_headings_are_known_however_they_are_written(tmp_path: Any, heading: str) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [["No", heading], ["1", "李明"]]))
    assert read.mapping.fields == {heading: "name"}
    assert read.column("name") == {2: "李明"}


@pytest.mark.parametrize(
    "rows", [[["姓名", "电话"], ["Name", "Phone"]], [["Name", "Phone"], ["姓名", "电话"]]]
)
def test_headings_in_two_languages_one_below_the_other(tmp_path: Any, rows: list[list[str]]) -> None:
    title = ["Roster 花名册"]
    path = xlsx_file(tmp_path / "a.xlsx", [title, *rows, ["李明", "19900001001"]], merge=("A1:B1",))
    read = Read(path)
    assert read.skipped == {1: "title_row", 2: "header_row", 3: "header_row"}
    assert Read(path, header_row=3).skipped == read.skipped
    assert read.mapping.fields == {rows[1][0]: "name", rows[1][1]: "phone"}
    assert read.column("name") == {4: "李明"}


def test_the_same_headings_once_more_are_repeated_ones(tmp_path: Any) -> None:
    path = csv_file(tmp_path / "a.csv", [["姓名", "电话"], ["姓 名", "电话"], ["李明", ""]])
    with opened(str(path)) as source:
        located = locate(tables(source)[0], Mapper("a", SHEET, MapFile(), {}).vocabulary)
    assert located.header_rows == [1]
    assert Read(path).skipped == {1: "header_row", 2: "header_row"}


@pytest.mark.parametrize("heading", ["志愿者ID", "推荐人姓名", "姓名备注"])
def test_headings_that_only_resemble_one_are_unknown(tmp_path: Any, heading: str) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [["姓名", heading], ["李明", "x"]]))
    assert [each.text for each in read.mapping.unknown] == [heading]


def test_traditional_headings_and_a_second_phone(tmp_path: Any) -> None:
    read = Read(
        csv_file(
            tmp_path / "a.csv",
            [["序號", "姓名", "聯繫電話", "電話2"], ["1", "李明", "19900001001", "0531-84230001"]],
        )
    )
    assert read.rows[2] == {"name": "李明", "phone": ("19900001001", None), "phone_alt": "053184230001"}


def test_a_missing_column_stops_and_shows_the_headings(tmp_path: Any) -> None:
    with pytest.raises(MissingColumn) as caught:
        Read(csv_file(tmp_path / "a.csv", [["某表"], ["序号", "电话", "爱好"], ["1", "19900001001", "棋"]]))
    assert "序号, 电话, 爱好" in str(caught.value)


def test_a_sheet_without_headings_shows_nothing_of_its_rows(tmp_path: Any) -> None:
    with pytest.raises(MissingColumn) as caught:
        Read(csv_file(tmp_path / "a.csv", [["李明", "19900001001"], ["王芳", "19900001002"]]))
    assert "李明" not in str(caught.value)
    assert "1001" not in str(caught.value)


def test_the_leftmost_fault_counts(tmp_path: Any) -> None:
    rows = [
        ["电话", "姓名", "日期"],
        ["123", "", "2023-02-30"],
        ["", "", "2023-02-28"],
        ["", "李明", "3月5日"],
    ]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.refused == {2: ("phone", "bad_phone"), 3: ("name", "missing_value"), 4: ("date", "bad_date")}
    assert Read(tmp_path / "a.csv", year=2024).rows[4]["date"] == date(2024, 3, 5)


def test_number_cells_are_no_guesses(tmp_path: Any) -> None:
    rows = [["姓名", "日期"], ["李明", 6.3], ["王芳", 44990], ["赵强", 6.4], ["孙丽", "6.3"]]
    read = Read(xlsx_file(tmp_path / "a.xlsx", rows), year=2023)
    assert read.refused == {2: ("date", "ambiguous_date")}
    assert list(read.column("date").values()) == [date(2023, 3, 5), date(2023, 6, 4), date(2023, 6, 3)]


@pytest.mark.parametrize(
    ("remark", "day"),
    [
        ("dd/mm/yyyy", (5, 3)),
        ("D.M.Y", (5, 3)),
        ("mm/dd/yyyy", (3, 5)),
        ("月日年", (3, 5)),
        ("日/月/年", (5, 3)),
    ],
)
def test_the_remark_says_in_which_order_dates_are(tmp_path: Any, remark: str, day: tuple[int, int]) -> None:
    rows = [["Name", f"Date ({remark})"], ["Ann", "03/05/2025"]]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.column("date") == {2: date(2025, *day)}
    read = Read(csv_file(tmp_path / "a.csv", rows), order="dmy")
    assert read.column("date") == {2: date(2025, 5, 3)}


@pytest.mark.parametrize("remark", ["yyyy-mm-dd", "必填", "dd"])
def test_other_remarks_say_nothing_of_the_order(tmp_path: Any, remark: str) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [["Name", f"Date ({remark})"], ["Ann", "03/05/2025"]]))
    assert read.refused == {2: ("date", "ambiguous_date")}


def test_ditto_without_a_row_above_is_no_value(tmp_path: Any) -> None:
    read = Read(
        csv_file(
            tmp_path / "a.csv", [["姓名", "电话"], ["同上", "19900001001"], ["李明", "〃"], ["王芳", '"']]
        )
    )
    assert read.refused == {2: ("name", "missing_value")}
    assert read.column("phone") == dict.fromkeys((3, 4), ("19900001001", None))


@pytest.mark.parametrize("guarded", ["'19900001001", "’19900001001", '="19900001001"', "\t19900001001"])
def test_numbers_guarded_against_spreadsheets(tmp_path: Any, guarded: str) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [["姓名", "电话"], ['="李明"', guarded]]))
    assert read.rows[2] == {"name": "李明", "phone": ("19900001001", None)}


def test_formulas_of_our_own_exports_lose_their_guard(tmp_path: Any) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [["姓名", "电话"], ["'=SUM(A1)", "'+86 19900001001"]]))
    assert read.rows[2] == {"name": "=SUM(A1)", "phone": ("19900001001", None)}


def test_short_and_long_rows(tmp_path: Any) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [["姓名", "电话"], ["李明"], ["王芳", "19900001001", "", "x"]]))
    assert read.column("phone") == {2: None, 3: ("19900001001", None)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("注册志愿者花名册", "title_row"),
        ("单位联系表（2024年）", "title_row"),
        ("说明会签到表（9:00-11:00）", "title_row"),
        ("附件1：滨湖社区志愿者花名册", "title_row"),
        ("附件：志愿者花名册", "title_row"),
        ("注：姓名必填", "note_row"),
        ("注意姓名必填", "note_row"),
        ("说明 姓名必填", "note_row"),
        ("填报单位 滨湖社区", "note_row"),
        ("截至2024年3月", "note_row"),
        ("1、姓名必填", "note_row"),
        ("以下人员均已报名。", "note_row"),
        ("Notes for helpers", "note_row"),
        ("Notebook club", "title_row"),
    ],
)
def test_titles_are_told_from_notes(tmp_path: Any, text: str, reason: str) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [[text, ""], ["姓名", "电话"], ["李明", ""]]))
    assert read.skipped == {1: reason, 2: "header_row"}


def test_a_title_beside_a_date_is_no_group_of_headings(tmp_path: Any) -> None:
    rows = [
        ["志愿者信息表", None, None, "2023年3月", None],
        ["基本信息", None, "联系", None, None],
        ["姓名", "日期", "电话", "时长", "数量"],
        ["李明", None, "19900001001", None, None],
    ]
    read = Read(xlsx_file(tmp_path / "a.xlsx", rows, merge=("A1:C1", "D1:E1", "A2:B2", "C2:E2")))
    assert read.skipped == {1: "title_row", 2: "header_row", 3: "header_row"}


def test_headings_reach_as_far_down_as_they_are_merged(tmp_path: Any) -> None:
    rows = [
        ["姓名", "联系", None],
        [None, "电话", None],
        [None, "手机", "归属地"],
        ["李明", "19900001001", "济南"],
    ]
    read = Read(xlsx_file(tmp_path / "a.xlsx", rows, merge=("A1:A3", "B1:C1", "B2:C2")))
    assert read.skipped == {1: "header_row", 2: "header_row", 3: "header_row"}
    assert read.mapping.fields == {"姓名": "name", "手机": "phone"}


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("1号楼小计", "", "total_row"),
        ("3月合计", "2", "total_row"),
        ("合唱团", "小计", "total_row"),
        ("合唱团", "合 计：", "total_row"),
        ("Total volunteers: 2", "", "total_row"),
        ("Total hours", "2", "total_row"),
        ("Summe", "2", "total_row"),
        ("Coordinator: Jane", "Date: 1 May", "footer_row"),
        ("联络员：李四", "", "footer_row"),
        ("第1页 共2页", "", "footer_row"),
        ("Page 1 of 2", "", "footer_row"),
        ("2、以上为准", "", "footer_row"),
        ("一、合唱团", "", "footer_row"),
        ("12、", "", None),
        ("备注", "以上均自愿", "footer_row"),
        ("（盖章）", "", "footer_row"),
        ("2024年3月5日", "", "footer_row"),
        ("姓 名（必填）", "电话", "header_row"),
        ("Maria del Carmen García Hernández", "", None),
        ("济南市济阳区济北街道办事处滨湖社区党群服务中心", "", None),
        ("Total Wellbeing", "19900001001", None),
        ("李明", "9:00", None),
    ],
)
def test_totals_and_footers_are_told_from_data(
    tmp_path: Any, first: str, second: str, reason: str | None
) -> None:
    rows = [["姓名", "电话"], ["赵强", "19900001001"], [first, second]]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert read.skipped.get(3) == reason
    assert (3 in read.rows or 3 in read.refused) == (reason is None)


def test_a_lone_date_under_the_heading_of_dates_is_data(tmp_path: Any) -> None:
    rows = [["日期", "姓名"], ["2024-03-05", "李明"], ["2024-03-06", ""]]
    assert Read(csv_file(tmp_path / "a.csv", rows)).refused == {3: ("name", "missing_value")}


def test_a_row_merged_across_the_table_is_no_data(tmp_path: Any) -> None:
    rows = [["姓名", "电话", "数量"], ["李明"], ["第一组"], ["王芳"]]
    read = Read(xlsx_file(tmp_path / "a.xlsx", rows, merge=("A3:C3",)))
    assert list(read.rows) == [2, 4]
    assert read.skipped[3] == "title_row"


def test_tables_one_below_the_other_with_titles(tmp_path: Any) -> None:
    rows = [
        ["甲队"],
        ["姓名", "电话"],
        ["李明", "19900001001"],
        [],
        ["乙队"],
        ["姓名", "电话"],
        ["王芳", ""],
        ["赵强", ""],
        ["姓名", "电话"],
        ["孙丽", ""],
        ["小计", "1"],
        ["丙队"],
        [],
        ["姓名", "电话"],
        ["周伟", ""],
    ]
    read = Read(csv_file(tmp_path / "a.csv", rows), size=100)
    assert list(read.column("name").values()) == ["李明", "王芳", "赵强", "孙丽", "周伟"]
    assert [number for number, reason in read.skipped.items() if reason == "title_row"] == [1, 5, 12]


def test_a_column_still_counts_when_it_begins_anew(tmp_path: Any) -> None:
    rows = [["编号", "姓名"], ["1", "李明"], ["2", "王芳"], ["", "小计"], ["1", "赵强"], ["2", "孙丽"]]
    read = Read(csv_file(tmp_path / "a.csv", rows))
    assert (read.mapping.counting, read.mapping.unknown) == (0, [])


@pytest.mark.parametrize("sign", ["同上", "同　上", "DITTO", "Ditto.", '"', "〃", "″"])
def test_ditto_however_it_is_written(tmp_path: Any, sign: str) -> None:
    read = Read(csv_file(tmp_path / "a.csv", [["姓名", "数量"], ["李明", "3"], ["王芳", sign]]))
    assert [row["quantity"].number for row in read.rows.values()] == [3, 3]
