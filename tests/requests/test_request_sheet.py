"""Sheets of requests: a hotline's export and a ledger by hand; a second import brings nothing new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from volunteering import Volunteer

EXPORT = """\
市民热线工单导出,,,,,,,,,,,,,,
工单编号,序号,来电时间,来电人,联系电话,诉求渠道,诉求类型,诉求分类,诉求内容,问题点位,承办单位,办理时限,办理结果,办结时间,是否解决,满意度
370100202511030001,1,2025/11/3 8:05:00,某女士,19900000001,12345热线,投诉,供热,家里暖气不热,3号楼,样例供热公司、样例物业公司,2025-11-10,已解决,2025-11-07,是,满 意
370100202511030002,2,2025-11-03,匿名,,12345热线,求助,排水,"=cmd 下水道
反水",5号楼,样例物业公司,2025-11-12,处理中,,,
370100202511030003,3,2025-11-04,王样一,19900000003,12345热线,咨询,政策,居住证怎么办,,,,解释说明,2025-11-04,,
3.70100202511E+17,4,2025-11-04,李某,,12345热线,咨询,政策,高龄津贴怎么领,,,,,,,
"""
LEDGER = """\
诉求台账,,,,,,
编号,日期,反映人,反映问题,地点,办结时间,是否解决,满意度
1,3月2日,"张样一、李样二、赵样三",楼道灯不亮,2号楼,3月3日,√,满 意
2,3月5日,同上,楼道堆物,2号楼,,,
3,3月9日,王某,树枝挡窗,6号楼,3月1日,√,
"""


def bring(volunteer: Volunteer, folder: Path, text: str, *more: str) -> Any:
    path = folder / "诉求.csv"
    path.write_text(text, encoding="utf-8-sig")
    return volunteer("import", "requests", path, "-f", "json", "--on-error", "skip", *more)


def test_a_hotlines_export(volunteer: Volunteer, tmp_path: Path) -> None:
    volunteer.ok("person", "add", "王样一", "--phone", "19900000003")
    first = bring(volunteer, tmp_path, EXPORT, "--create-organizations")
    assert first.json["rows"]["new"] == 3, first.err + first.out
    assert [row["reason"] for row in first.json["rejected"]] == ["damaged_by_excel"]
    rows = volunteer.rows("request", "list")
    assert [(row["external"], row["status"], row["result"], row["lead"], row["helpers"]) for row in rows] == [
        ("370100202511030002", "assigned", None, "样例物业公司", []),
        ("370100202511030001", "closed", "solved", "样例供热公司", ["样例物业公司"]),
        ("370100202511030003", "finished", "explained", None, []),
    ]
    heating = volunteer.ok("request", "show", "370100202511030001", "-f", "json").json
    assert (heating["received_at"], heating["channel"], heating["kind"]) == (
        "2025-11-03T08:05:00+08:00",
        "hotline",
        "complaint",
    )
    assert [(row["name"], row["solved"], row["satisfied"]) for row in heating["caller_rows"]] == [
        ("某女士", "yes", "yes")
    ]
    drain = volunteer.ok("request", "show", "370100202511030002", "-f", "json").json
    assert drain["text"] == "=cmd 下水道反水"
    assert [row["name"] for row in drain["caller_rows"]] == [None]
    asked = volunteer.ok("request", "show", "370100202511030003", "-f", "json").json
    assert asked["caller_rows"][0]["person_id"] == 1
    assert volunteer.ok("check").out == ""
    before = volunteer.dump()
    again = bring(volunteer, tmp_path, EXPORT, "--create-organizations")
    assert (again.json["rows"]["new"], again.json["rows"]["same"]) == (0, 3)
    assert volunteer.dump() == before
    volunteer.ok("undo")
    assert volunteer.rows("request", "list") == []


def test_a_later_state_of_an_order(volunteer: Volunteer, tmp_path: Path) -> None:
    bring(volunteer, tmp_path, EXPORT, "--create-organizations")
    later = EXPORT.replace("2025-11-12,处理中,,,", "2025-11-12,已解决,2025-11-10,是,满意")
    later = later.replace("解释说明,2025-11-04", "已解决,2025-11-04")
    result = bring(volunteer, tmp_path, later)
    assert (result.json["rows"]["updated"], [row["reason"] for row in result.json["rejected"]]) == (
        1, ["conflict", "damaged_by_excel"],
    )  # fmt: skip
    # Who is anonymous cannot be asked: the order is closed all the same.
    assert volunteer.ok("request", "show", "370100202511030002", "-f", "json").json["status"] == "closed"


def test_a_ledger_by_hand(volunteer: Volunteer, tmp_path: Path) -> None:
    first = bring(volunteer, tmp_path, LEDGER, "--year", "2026")
    assert first.json["rows"]["new"] == 2, first.err + first.out
    assert [(row["reason"], row["column"]) for row in first.json["rejected"]] == [("bad_date", "办结时间")]
    rows = volunteer.rows("request", "list")
    assert [(row["text"], row["external"], row["callers"], row["status"]) for row in rows] == [
        ("楼道灯不亮", None, 3, "closed"),
        ("楼道堆物", None, 3, "registered"),
    ]
    again = bring(volunteer, tmp_path, LEDGER, "--year", "2026")
    assert (again.json["rows"]["new"], again.json["rows"]["same"]) == (0, 2)
    assert volunteer.ok("check").out == ""


def test_units_that_are_not_on_file(volunteer: Volunteer, tmp_path: Path) -> None:
    result = bring(volunteer, tmp_path, EXPORT)
    assert [row["reason"] for row in result.json["rejected"]] == [
        "not_found",
        "not_found",
        "damaged_by_excel",
    ]


def test_people_who_are_not_on_file(volunteer: Volunteer, tmp_path: Path) -> None:
    bring(volunteer, tmp_path, EXPORT, "--create-organizations", "--create-people")
    people = [row["name"] for row in volunteer.rows("person", "list")]
    assert "王样一" in people
    assert "某女士" not in people
