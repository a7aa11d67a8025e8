"""Sheets of people, organizations, teams and members, from file to database and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from intake.sheets import csv_file, name_of, xlsx_file

SAMPLES = Path(__file__).parents[1] / "samples"
HEAD = ["姓名", "性别", "出生日期", "联系电话", "备注"]
ROW = ["李明", "男", "1965-03", "19900001001", ""]


def summary(volunteer: Any, *words: Any, code: int = 0) -> dict[str, Any]:
    result = volunteer("import", *words, "-f", "json")
    assert result.code == code, result.err
    found: dict[str, Any] = result.json
    counts = dict(found["rows"])
    assert counts.pop("read") == sum(counts.values())
    assert counts["rejected"] == len(found["rejected"])
    assert counts["skipped"] == len(found["skipped"])
    return found


def people(volunteer: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = volunteer.ok("person", "list", "-f", "json", "--reveal", "test").json
    return found


def reasons(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(row["row"], row["column"], row["reason"]) for row in found["rejected"]]


@pytest.mark.parametrize("name", ["people_gb18030", "people_merged"])
def test_a_sample_comes_out_exactly(volunteer: Any, name: str) -> None:
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    words = [str(SAMPLES / word) if word.startswith(name) else word for word in expected["command"][1:-2]]
    found = summary(volunteer, *words, code=expected["exit"])
    assert found["rows"] == expected["rows"]
    for part in ("skipped", "rejected"):
        keys = expected[part][0].keys()
        assert [{key: row[key] for key in keys} for row in found[part]] == expected[part]
    listed = people(volunteer)
    for record in expected["records"]:
        assert any(record == {key: person[key] for key in record} for person in listed), record


def test_the_same_file_again_changes_nothing(volunteer: Any) -> None:
    words = ("people", SAMPLES / "people_merged.xlsx", "--create-teams", "--on-error", "skip")
    assert summary(volunteer, *words, code=5)["operation"]
    before = volunteer.dump()
    again = summary(volunteer, *words, code=5)
    assert (again["operation"], again["rows"]["same"], again["rows"]["new"]) == (None, 5, 0)
    assert volunteer.dump() == before
    assert len(volunteer.ok("import", "log", "-f", "json").json) == 1


def test_a_dry_run_says_the_same_and_writes_nothing(volunteer: Any, tmp_path: Path) -> None:
    before = volunteer.dump()
    words = (
        "people",
        SAMPLES / "people_gb18030.csv",
        "--on-error",
        "skip",
        "--rejects",
        tmp_path / "bad.csv",
    )
    dry = summary(volunteer, *words, "-n", code=5)
    assert volunteer.dump() == before
    assert not (tmp_path / "bad.csv").exists()
    real = summary(volunteer, *words, code=5)
    assert dry | {"operation": real["operation"]} == real


def test_undo_takes_an_import_back(volunteer: Any) -> None:
    before = volunteer.dump()
    summary(
        volunteer, "people", SAMPLES / "people_merged.xlsx", "--create-teams", "--on-error", "skip", code=5
    )
    assert volunteer.dump() != before
    volunteer.ok("undo")
    assert volunteer.dump() == before
    assert volunteer.ok("import", "log", "-f", "json").json[0]["undone_by"]


def test_one_bad_row_stops_everything(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [HEAD, ROW, ["王芳", "", "", "123", ""]])
    before = volunteer.dump()
    found = summary(volunteer, "people", path, code=5)
    assert (found["operation"], found["rows"]["new"]) == (None, 1)
    assert volunteer.dump() == before
    told = volunteer("import", "people", path)
    assert "[rows_rejected]" in told.err
    assert "bad_phone" in told.err


def test_refused_rows_are_corrected_and_come_in(volunteer: Any, tmp_path: Path) -> None:
    rows = [
        ["花名册"],
        ["基本信息", "", "联系"],
        ["姓名", "出生日期", "电话"],
        ["王芳", "1979", "123"],
        ["李明", "1965", "同上"],
    ]
    path, bad = xlsx_file(tmp_path / "a.xlsx", rows, merge=("A1:C1", "A2:B2")), tmp_path / "bad.csv"
    found = summary(volunteer, "people", path, "--on-error", "skip", "--rejects", bad, code=5)
    assert reasons(found) == [(4, "电话", "bad_phone"), (5, "电话", "bad_phone")]
    text = bad.read_text(encoding="utf-8-sig")
    assert bad.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "李明,1965,123,5,电话,bad_phone" in text
    bad.write_text(
        text.replace("李明,1965,123", "李明,1965,19900001001").replace("王芳,1979,123", "王芳,1979,"), "utf-8"
    )
    again = summary(volunteer, "people", bad)
    assert (again["rows"]["new"], again["unknown_columns"]) == (2, [])


def test_an_ambiguous_number_stays_one_until_it_is_edited(volunteer: Any, tmp_path: Path) -> None:
    path, bad = xlsx_file(tmp_path / "a.xlsx", [["姓名", "生日"], ["李明", 1958.1]]), tmp_path / "bad.csv"
    words = ("--on-error", "skip", "--rejects", bad)
    assert reasons(summary(volunteer, "people", path, *words, code=5)) == [(2, "生日", "ambiguous_date")]
    assert reasons(summary(volunteer, "people", bad, code=5)) == [(2, "生日", "ambiguous_date")]
    bad.write_text(bad.read_text("utf-8-sig").replace("1958.1,", "1958.10,"), "utf-8")
    summary(volunteer, "people", bad)
    assert people(volunteer)[0]["birth"] == "1958-10"


def test_every_refusal_hides_the_value_unless_revealed(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [["姓名", "身份证号"], ["周伟", "110105194912310021"]])
    assert "110105194912310021" not in volunteer("import", "people", path).err
    shown = volunteer("import", "people", path, "--reveal", "checking the list", "--on-error", "skip").err
    assert "110105194912310021" in shown


# --- who is who ------------------------------------------------------------


@pytest.fixture
def known(volunteer: Any, tmp_path: Path) -> Any:
    rows = [
        ["姓名", "性别", "出生日期", "联系电话", "备用电话", "志愿者编号", "身份证号"],
        ["李明", "男", "1965-03", "19900001001", "0531-84230001", "BINHU-V0007", ""],
        ["王芳", "女", "1979-07-01", "19900001003", "", "", ""],
        ["王芳", "女", "1992-11-20", "19900001004", "", "", ""],
        ["䶮小川", "", "", "", "", "", "11010519491231002X"],
    ]
    summary(volunteer, "people", csv_file(tmp_path / "known.csv", rows))
    return volunteer


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ({"志愿者编号": "binhu-v0007", "姓名": "李明"}, "same"),
        ({"志愿者编号": "BINHU-V0007", "姓名": "李小明"}, ("志愿者编号", "conflict")),
        ({"身份证号": "11010519491231002x", "姓名": "䶮小川"}, "same"),
        ({"身份证号": "11010519491231002X", "姓名": "龚小川"}, ("身份证号", "conflict")),
        ({"姓名": "李明", "联系电话": "053184230001"}, "same"),
        ({"姓名": "李明", "联系电话": "19900001999"}, "new"),
        ({"姓名": "李明"}, "same"),
        ({"姓名": "王芳"}, ("姓名", "ambiguous")),
        ({"姓名": "王芳", "出生日期": "1979.7"}, "same"),
        ({"姓名": "王芳", "出生日期": "1992年"}, "same"),
        ({"姓名": "王芳", "联系电话": "19900001003", "备注": "新"}, "updated"),
        ({"姓名": "王芳", "联系电话": "19900001003", "性别": "男"}, ("性别", "conflict")),
        ({"姓名": "䶮小川", "联系电话": "19900001002"}, "updated"),
        (
            {"姓名": "李明", "联系电话": "19900001001", "性别": "女", "身份证号": "11010519491231002X"},
            ("身份证号", "conflict"),
        ),
        ({"姓名": "赵强", "身份证号": "110105194912310012", "性别": "男"}, ("身份证号", "bad_id_number")),
    ],
)
def test_what_makes_two_rows_the_same(known: Any, tmp_path: Path, row: dict[str, str], verdict: Any) -> None:
    path = csv_file(tmp_path / "b.csv", [list(row), list(row.values())])
    if isinstance(verdict, str):
        assert summary(known, "people", path)["rows"][verdict] == 1
    else:
        assert reasons(summary(known, "people", path, code=5)) == [(2, *verdict)]


def test_an_identity_number_fills_in_and_contradicts(volunteer: Any, tmp_path: Path) -> None:
    head = ["姓名", "性别", "出生日期", "身份证号"]
    for sex, birth, fault in (("男", "", "性别"), ("女", "1950", "出生日期"), ("女", "1949", None)):
        path = csv_file(tmp_path / "a.csv", [head, ["䶮小川", sex, birth, "11010519491231002X"]])
        if fault:
            assert reasons(summary(volunteer, "people", path, code=5)) == [(2, fault, "contradicts_id")]
        else:
            summary(volunteer, "people", path)
    assert (people(volunteer)[0]["birth"], people(volunteer)[0]["sex"]) == ("1949-12-31", "female")


def test_of_several_faults_the_leftmost_is_told(volunteer: Any, tmp_path: Path) -> None:
    head = ["出生日期", "性别", "姓名", "身份证号", "联系电话", "备注"]
    rows = [
        ["1950", "男", "䶮小川", "11010519491231002X", "", ""],
        ["1949", "男", "䶮小川", "11010519491231002X", "123", ""],
        ["", "", "䶮小川", "11010519491231002X", "123", ""],
    ]
    path = csv_file(tmp_path / "a.csv", [head, *rows])
    assert reasons(summary(volunteer, "people", path, code=5)) == [
        (2, "出生日期", "contradicts_id"),
        (3, "性别", "contradicts_id"),
        (4, "联系电话", "bad_phone"),
    ]
    summary(volunteer, "people", csv_file(tmp_path / "b.csv", [HEAD, [*ROW[:4], "旧"]]))
    other = csv_file(
        tmp_path / "c.csv",
        [["备注", "联系电话", "出生日期", "姓名"], ["新", "19900001001", "1965-04", "李明"]],
    )
    assert reasons(summary(volunteer, "people", other, code=5)) == [(2, "备注", "conflict")]


def test_the_number_of_somebody_erased_is_taken(volunteer: Any, tmp_path: Path) -> None:
    head = ["姓名", "志愿者编号"]
    path = csv_file(tmp_path / "a.csv", [head, ["李明", "BINHU-V0001"]])
    summary(volunteer, "people", path)
    volunteer.ok("person", "erase", "李明", "--reason", "asked", "-y")
    other = csv_file(tmp_path / "b.csv", [head, ["王芳", "BINHU-V0001"], ["赵强", "BINHU-V0002"]])
    found = summary(volunteer, "people", other, "--on-error", "skip", code=5)
    assert reasons(found) == [(2, "志愿者编号", "conflict")]
    assert found["rows"]["new"] == 1


@pytest.mark.parametrize("on_conflict", ["fail", "update"])
def test_a_number_from_before_a_merge_is_no_change(volunteer: Any, tmp_path: Path, on_conflict: str) -> None:
    head = ["姓名", "志愿者编号", "联系电话"]
    rows = [["王芳", "V1", "19900001001"], ["王芳", "V2", "19900001002"]]
    summary(volunteer, "people", csv_file(tmp_path / "a.csv", [head, *rows]))
    volunteer.ok("person", "merge", "V1", "V2", "-y")
    again = csv_file(tmp_path / "b.csv", [head, rows[1]])
    assert summary(volunteer, "people", again, "--on-conflict", on_conflict)["rows"]["same"] == 1
    assert people(volunteer)[0]["volunteer_no"] == "V1"


def test_the_same_person_twice_in_a_file(volunteer: Any, tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["李明", "?", "", "19900001001", ""],
        ROW,
        ROW,
        ["李明", "男", "1965", "", ""],
    ]
    found = summary(volunteer, "people", csv_file(tmp_path / "a.csv", rows), "--on-error", "skip", code=5)
    assert reasons(found) == [
        (2, "性别", "bad_choice"),
        (4, None, "duplicate_in_file"),
        (5, None, "duplicate_in_file"),
    ]


def test_a_long_roster_knows_its_own_people_from_beginning_to_end(volunteer: Any, tmp_path: Path) -> None:
    """Rows are taken thousands at a time: who came with the first ones is met by the last ones all the same."""
    head = ["姓名", "手机号", "出生日期", "志愿者编号", "监护人"]
    first = ["李样明", "19900000001", "1965-03-05", "A-1", ""]
    others = [
        [
            f"Anna {chr(97 + number // 676)}{chr(97 + number // 26 % 26)}{chr(97 + number % 26)}",
            f"1991{number:07}",
            "",
            "",
            "",
        ]
        for number in range(2500)
    ]
    last = [
        ["李样明", "", "1965-03-05", "", ""],
        ["赵样强", "19900000002", "", "A-1", ""],
        ["李样小", "19900000003", "2015-06-01", "", "李样明"],
    ]
    file = csv_file(tmp_path / "long.csv", [head, first, *others, *last])
    found = summary(volunteer, "people", file, "--on-error", "skip", code=5)
    assert reasons(found) == [(2503, None, "duplicate_in_file"), (2504, "志愿者编号", "conflict")]
    parent, child = (volunteer.ok("person", "show", name, "-f", "json").json for name in ("李样明", "李样小"))
    assert child["guardian_id"] == parent["id"]


def test_conflicts_fail_keep_or_update(volunteer: Any, tmp_path: Path) -> None:
    summary(volunteer, "people", csv_file(tmp_path / "a.csv", [HEAD, ROW]))
    path = csv_file(
        tmp_path / "b.csv", [[*HEAD, "政治面貌"], ["李明", "", "", "19900001001", "换了", "群众"]]
    )
    assert summary(volunteer, "people", path)["rows"]["updated"] == 1
    path = csv_file(tmp_path / "c.csv", [[*HEAD, "网格"], ["李明", "", "", "19900001001", "又换", "3"]])
    assert reasons(summary(volunteer, "people", path, code=5)) == [(2, "备注", "conflict")]
    assert summary(volunteer, "people", path, "--on-conflict", "keep")["rows"]["updated"] == 1
    assert (people(volunteer)[0]["note"], people(volunteer)[0]["grid"]) == ("换了", "3")
    assert summary(volunteer, "people", path, "--on-conflict", "update")["rows"]["updated"] == 1
    assert people(volunteer)[0]["note"] == "又换"
    blank = csv_file(tmp_path / "d.csv", [HEAD, ["李明", "", "", "19900001001", ""]])
    assert summary(volunteer, "people", blank, "--on-conflict", "update")["rows"]["same"] == 1


def test_an_update_of_many_rows_is_asked_about(volunteer: Any, tmp_path: Path) -> None:
    rows = [[name_of(n), "男", "1965", f"199000010{n:02}", "旧"] for n in range(20)]
    summary(volunteer, "people", csv_file(tmp_path / "a.csv", [HEAD, *rows]))
    for count, code in ((5, 0), (6, 2)):
        new = [[*row[:4], f"新{count}"] if n < count else row for n, row in enumerate(rows)]
        path = csv_file(tmp_path / "b.csv", [HEAD, *new])
        result = volunteer("import", "people", path, "--on-conflict", "update")
        assert result.code == code, result.err
    assert "[needs_yes]" in result.err
    assert people(volunteer)[5]["note"] == "旧"
    volunteer.ok("import", "people", path, "--on-conflict", "update", "-y")


def test_volunteers_are_registered_by_number_or_all(volunteer: Any, tmp_path: Path) -> None:
    rows = [
        ["姓名", "志愿者编号", "注册日期"],
        ["李明", "BINHU-V0002", "2020-01-02"],
        ["王芳", "", ""],
        ["赵强", "", "2021-01-01"],
    ]
    path = csv_file(tmp_path / "a.csv", rows)
    summary(volunteer, "people", path)
    assert [each["registered_on"] for each in people(volunteer)] == ["2020-01-02", None, None]
    assert summary(volunteer, "people", path, "--volunteers")["rows"]["updated"] == 2
    shown = [(each["volunteer_no"], each["registered_on"]) for each in people(volunteer)]
    assert shown == [
        ("BINHU-V0002", "2020-01-02"),
        ("BINHU-V0003", "2026-06-30"),
        ("BINHU-V0004", "2021-01-01"),
    ]
    assert summary(volunteer, "people", path, "--volunteers")["rows"]["same"] == 3


def test_two_columns_make_a_name(volunteer: Any, tmp_path: Path) -> None:
    summary(volunteer, "people", csv_file(tmp_path / "a.csv", [["姓", "名", "M/F"], ["欧阳", "明", ""]]))
    rows = [["Last name", "First Name", "Mobile"], ["Smith", "John", "+49 1512 3456789"], ["", "Ann", ""]]
    summary(volunteer, "people", csv_file(tmp_path / "b.csv", rows, delimiter=";"))
    assert [each["name"] for each in people(volunteer)] == ["欧阳明", "John Smith", "Ann"]
    assert people(volunteer)[1]["phone"] == "+4915123456789"
    rows = [["First name", "Last name", "Mobile"], ["", "", "+49 1512 3456788"]]
    found = summary(volunteer, "people", csv_file(tmp_path / "c.csv", rows), code=5)
    assert reasons(found) == [(2, "First name", "missing_value")]


def test_parts_of_an_address_in_columns_of_their_own(volunteer: Any, tmp_path: Path) -> None:
    rows = [
        ["姓名", "楼栋", "单元", "门牌号"],
        ["李明", "3号楼", "2单元", "501"],
        ["王芳", "", "", "5-1-101"],
        ["赵强", "三栋", "二单元", "0501"],
        ["孙丽", "6幢", "", "2单元302室"],
    ]
    summary(volunteer, "people", csv_file(tmp_path / "a.csv", rows))
    shown = [(each["building"], each["unit"], each["room"]) for each in people(volunteer)]
    assert shown == [("3", "2", "501"), ("5", "1", "101"), ("3", "2", "501"), ("6", "2", "302")]


def test_choices_are_named_in_words_that_a_sheet_may_use(volunteer: Any, tmp_path: Path) -> None:
    volunteer.language = "zh"
    sheets = {
        "people": [
            "姓名",
            "政治面貌",
            "李明",
            "中共党员、中共预备党员、共青团员、民主党派、无党派人士、群众",
        ],
        "teams": ["队伍名称", "类型", "合唱团", "志愿服务队、兴趣团队、课堂、社区工作人员"],
    }
    for kind, (name, heading, value, choices) in sheets.items():
        path = csv_file(tmp_path / f"{kind}.csv", [[name, heading], [value, "飞"]])
        assert choices in summary(volunteer, kind, path, code=5)["rejected"][0]["message"]
        words = choices.split("、")
        rows = [[value + sign, word] for sign, word in zip("甲乙丙丁戊己"[: len(words)], words, strict=True)]
        assert summary(volunteer, kind, csv_file(path, [[name, heading], *rows]))["rows"]["new"] == len(words)


def test_a_list_may_stand_on_several_lines_of_a_cell(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv", [["姓名", "特长"], ["李明", "剪纸\n合唱、书法"], ["王芳", "剪\u202e纸"]]
    )
    found = summary(volunteer, "people", path, "--on-error", "skip", code=5)
    assert "Skills" in found["rejected"][0]["message"]
    assert people(volunteer)[0]["skills"] == ["剪纸", "合唱", "书法"]


def test_a_team_must_be_there_or_asked_for(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv", [["姓名", "所属队伍"], ["李明", "合唱团、手工艺堂"], ["王芳", "合唱团"]]
    )
    assert reasons(summary(volunteer, "people", path, code=5))[0] == (2, "所属队伍", "not_found")
    summary(volunteer, "people", path, "--create-teams")
    assert people(volunteer)[0]["teams"] == ["合唱团", "手工艺堂"]
    assert summary(volunteer, "people", path)["rows"]["same"] == 2


# --- other kinds ------------------------------------------------------------


def test_organizations(volunteer: Any, tmp_path: Path) -> None:
    rows = [
        ["单位名称", "单位类型", "联系人", "联系电话"],
        ["城市管理局", "部门", "张三", "0531-84230001"],
        ["爱心快递公司", "快递", "", ""],
    ]
    path = csv_file(tmp_path / "a.csv", rows)
    assert summary(volunteer, "organizations", path)["rows"]["new"] == 2
    assert summary(volunteer, "organizations", path)["rows"]["same"] == 2
    other = csv_file(
        tmp_path / "b.csv",
        [["单位", "类型", "电话"], ["爱心快递公司", "企业", "19900001001"], ["某单位", "星球", ""]],
    )
    assert reasons(summary(volunteer, "organizations", other, "--on-error", "skip", code=5)) == [
        (2, "类型", "conflict"),
        (3, "类型", "bad_choice"),
    ]


def test_teams(known: Any, tmp_path: Path) -> None:
    rows = [
        ["团队名称", "类型", "队长", "成立时间", "服务方向"],
        ["合唱团", "兴趣小组", "李明", "2020.5.1", "唱歌"],
        ["绿色家园", "", "王芳", "", ""],
    ]
    path = csv_file(tmp_path / "a.csv", rows)
    assert reasons(summary(known, "teams", path, "--on-error", "skip", code=5)) == [(3, "队长", "ambiguous")]
    team = known.ok("team", "show", "合唱团", "-f", "json").json
    assert (team["kind"], team["leader"], team["founded_on"]) == ("interest", "李明", "2020-05-01")
    assert summary(known, "teams", path, "--on-error", "skip", code=5)["rows"]["same"] == 1
    other = csv_file(tmp_path / "b.csv", [["团队名称", "负责人"], ["合唱团", "䶮小川"]])
    assert reasons(summary(known, "teams", other, code=5)) == [(2, "负责人", "conflict")]
    summary(known, "teams", other, "--on-conflict", "update")
    assert known.ok("team", "show", "合唱团", "-f", "json").json["leader"] == "䶮小川"


def test_members(known: Any, tmp_path: Path) -> None:
    rows = [
        ["合唱团成员表"],
        ["姓名", "电话", "队伍", "职务", "加入时间"],
        ["李明", "", "合唱团", "组长", "2020-01-01"],
    ]
    rows += [
        ["王芳", "19900001003", "同上", "", ""],
        ["王芳", "", "合唱团", "", ""],
        ["无此人", "", "合唱团", "", ""],
    ]
    path = csv_file(tmp_path / "a.csv", rows)
    words = ("members", path, "--create-teams", "--on-error", "skip")
    found = summary(known, *words, code=5)
    assert reasons(found) == [(5, "姓名", "ambiguous"), (6, "姓名", "not_found")]
    assert summary(known, *words, code=5)["rows"]["same"] == 2
    other = csv_file(tmp_path / "b.csv", [["姓名", "服务队", "职务"], ["李明", "合唱团", "队员"]])
    assert reasons(summary(known, "members", other, code=5)) == [(2, "职务", "conflict")]
    assert summary(known, "members", other, "--on-conflict", "update")["rows"]["updated"] == 1


@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [
        ("members", ["Team"], ["合唱团"]),
        ("hours", ["Date", "Hours"], ["2026-06-01", "2"]),
        ("signups", ["Event"], ["唱歌"]),
    ],
)
def test_every_kind_knows_people_by_two_names_and_a_birth_date(
    volunteer: Any, tmp_path: Path, kind: str, head: list[str], row: list[str]
) -> None:
    names = ["Last name", "First name", "DOB"]
    rows = [["Smith", "Ann", "1965-03-05"], ["Smith", "Ann", "1979-07-01"]]
    summary(volunteer, "people", csv_file(tmp_path / "a.csv", [names, *rows]))
    volunteer.ok("team", "add", "合唱团")
    volunteer.ok("event", "add", "唱歌", "--start", "2026-07-01 09:00", "--end", "2026-07-01 10:00")
    volunteer.ok("event", "open", "唱歌")
    path = csv_file(tmp_path / "b.csv", [[*names, *head], [*rows[1], *row]])
    assert summary(volunteer, kind, path)["rows"]["new"] == 1


MEMBER_HEAD = ["姓名", "队伍", "职务", "加入时间", "退出时间"]


@pytest.fixture
def members(known: Any, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Import rows of members, after a team of a leader, a member and one who has left."""

    def take(*rows: list[str], words: tuple[str, ...] = (), code: int = 0) -> dict[str, Any]:
        return summary(
            known, "members", csv_file(tmp_path / "m.csv", [MEMBER_HEAD, *rows]), *words, code=code
        )

    csv_file(tmp_path / "more.csv", [["姓名"], ["赵强"]])
    summary(known, "people", tmp_path / "more.csv")
    first = ["李明", "合唱团", "队长", "2020-01-01", ""], ["䶮小川", "合唱团", "", "2020-01-01", ""]
    take(*first, ["赵强", "合唱团", "副队长", "2020-01-01", "2022-01-01"], words=("--create-teams",))
    return take


@pytest.mark.parametrize("on_conflict", ["fail", "keep", "update"])
def test_a_blank_role_takes_none_away(known: Any, members: Any, on_conflict: str) -> None:
    found = members(["李明", "合唱团", "", "", ""], words=("--on-conflict", on_conflict))
    assert found["rows"]["same"] == 1
    assert known.ok("team", "show", "合唱团", "-f", "json").json["leader"] == "李明"


def test_the_end_of_a_membership_is_filled_in_or_contradicts(known: Any, members: Any) -> None:
    left = ["䶮小川", "合唱团", "", "2020-01-01", "2023-01-01"]
    assert members(left)["rows"]["updated"] == 1
    assert members(left)["rows"]["same"] == 1
    other = ["赵强", "合唱团", "", "2020-01-01", "2021-01-01"]
    assert reasons(members(other, code=5)) == [(2, "退出时间", "conflict")]
    assert members(other, words=("--on-conflict", "keep"))["rows"]["same"] == 1
    assert members(other, words=("--on-conflict", "update"))["rows"]["updated"] == 1
    assert members(other)["rows"]["same"] == 1
    over = ["李明", "合唱团", "队员", "2019-01-01", "2021-01-01"]
    assert reasons(members(over, code=5)) == [(2, None, "refused")]


@pytest.mark.parametrize("role", ["", "副队长", "队长"])
@pytest.mark.parametrize("until", ["2023-05-01", "2023-05-02"])
def test_a_membership_of_one_day_is_added_once(known: Any, members: Any, role: str, until: str) -> None:
    known.ok("team", "edit", "合唱团", "--leader", "")
    row = ["赵强", "合唱团", role, "2023-05-01", until]
    assert members(row)["rows"]["new"] == 1
    before = known.dump()
    assert [members(row)["rows"]["same"] for _again in range(3)] == [1, 1, 1]
    assert known.dump() == before


def test_members_of_an_archived_team_are_still_the_same(known: Any, members: Any, tmp_path: Path) -> None:
    known.ok("team", "archive", "合唱团")
    assert members(["李明", "合唱团", "队长", "2020-01-01", ""])["rows"]["same"] == 1
    assert reasons(members(["王芳", "合唱团", "", "", ""], code=5)) == [(2, "姓名", "ambiguous")]
    people_of = csv_file(tmp_path / "p.csv", [["姓名", "所属队伍"], ["李明", "合唱团"], ["赵强", "合唱团"]])
    assert reasons(summary(known, "people", people_of, code=5)) == [(3, "所属队伍", "refused")]


# --- maps, guesses and questions ------------------------------------------------------------


def test_a_map_says_what_the_columns_are(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv", [["x", "Nombre", "Tel", "Nacido"], ["1", "Ana", "19900001001", "03/05/1980"]]
    )
    told = volunteer("import", "people", path)
    assert "[missing_column]" in told.err
    assert "Nombre" in told.err
    map_file = tmp_path / "map.toml"
    map_file.write_text(
        'kind = "people"\ndate_order = "dmy"\n[columns]\nNombre = "name"\nTel = "phone"\nNacido = "birth"\nx = ""\n'
        '[defaults]\nsex = "F"\n[constants]\ngrid = "7"\n',
        encoding="utf-8",
    )
    found = summary(volunteer, "people", path, "--map", map_file)
    assert found["columns"] == {"Nombre": "name", "Tel": "phone", "Nacido": "birth"}
    assert found["unknown_columns"] == []
    person = people(volunteer)[0]
    assert (person["birth"], person["sex"], person["grid"]) == ("1980-05-03", "female", "7")


@pytest.mark.parametrize(
    "text",
    [
        "[columns",
        "[columns]\n姓名 = 'nobody'",
        "color = 1",
        "year = 'x'",
        "kind = 'teams'",
        "date_order = 'x'",
    ],
)
def test_a_map_that_cannot_be_used(volunteer: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "map.toml").write_text(text.replace("姓名", '"姓名"'), encoding="utf-8")
    path = csv_file(tmp_path / "a.csv", [HEAD, ROW])
    volunteer.refused("bad_map", "import", "people", path, "--map", tmp_path / "map.toml", exit_code=2)


def test_guessing_writes_a_map_that_imports(volunteer: Any, tmp_path: Path) -> None:
    rows = [
        ["序号", "姓名", "联系方法", "出生年月日期", "爱好"],
        *([str(n), name_of(n), f"199000010{n:02}", "1965.3", "棋"] for n in range(1, 9)),
    ]
    path, map_file = csv_file(tmp_path / "a.csv", rows), tmp_path / "map.toml"
    guesses = {each["heading"]: each for each in volunteer.ok("import", "guess", path, "-f", "json").json}
    assert guesses["姓名"]["sure"] == 1
    assert (guesses["联系方法"]["field"], guesses["出生年月日期"]["field"]) == ("phone", "birth")
    assert guesses["爱好"]["sure"] < 0.5
    assert "19900001001" not in str(guesses)
    volunteer.ok("import", "guess", path, "-o", map_file)
    assert summary(volunteer, "people", path, "--map", map_file)["rows"]["new"] == 8
    assert people(volunteer)[0]["birth"] == "1965-03"


def test_unknown_headings_are_named(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [["姓名", "爱好"], ["李明", "棋"]])
    assert summary(volunteer, "people", path)["unknown_columns"] == ["爱好"]
    assert "爱好" in volunteer("import", "people", path).err


def test_several_sheets_are_asked_about(volunteer: Any, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "一月"
    for name in ("一月", "二月"):
        sheet = book[name] if name in book else book.create_sheet(name)
        sheet.append(["姓名"])
        sheet.append([f"赵{name}"])
    book.create_sheet("说明").append(["请勿修改"])
    book.save(tmp_path / "a.xlsx")
    volunteer.refused("which_sheet", "import", "people", tmp_path / "a.xlsx", exit_code=2)
    assert summary(volunteer, "people", tmp_path / "a.xlsx", "--sheet", "二月")["sheet"] == "二月"
    assert people(volunteer)[0]["name"] == "赵二月"


def test_a_sheet_without_what_is_required_is_not_meant(volunteer: Any, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["姓名", "性别", "政治面貌"], ["李明", "男", "群众"]):
        book.active.append(row)
    for row in (["性别", "政治面貌"], ["男", "群众"], ["女", "团员"]):
        (book["字典"] if "字典" in book else book.create_sheet("字典")).append(row)
    book.save(tmp_path / "a.xlsx")
    found = summary(volunteer, "people", tmp_path / "a.xlsx")
    assert (found["sheet"], found["rows"]["new"]) == ("Sheet", 1)


def test_a_map_passes_over_a_column_however_its_heading_is_padded(volunteer: Any, tmp_path: Path) -> None:
    path, map_file = csv_file(tmp_path / "a.csv", [["姓名", " 爱好 "], ["李明", "棋"]]), tmp_path / "map.toml"
    map_file.write_text('[columns]\n"爱好" = ""\n', "utf-8")
    assert summary(volunteer, "people", path, "--map", map_file)["unknown_columns"] == []


@pytest.mark.parametrize("row", [0, 99])
def test_a_map_that_names_a_row_without_headings_is_refused(volunteer: Any, tmp_path: Path, row: int) -> None:
    path, map_file = csv_file(tmp_path / "a.csv", [HEAD, [], ROW]), tmp_path / "map.toml"
    map_file.write_text(f"header_row = {row}", "utf-8")
    volunteer.refused("bad_map", "import", "people", path, "--map", map_file, exit_code=2)


def test_tables_side_by_side_that_cannot_be_parted_are_refused(volunteer: Any, tmp_path: Path) -> None:
    rows = [["序号", "姓名", "电话", "性别", "姓名", "电话"], ["1", "李明", "", "男", "王芳", ""]]
    volunteer.refused("ambiguous_column", "import", "people", csv_file(tmp_path / "a.csv", rows), exit_code=1)


def test_the_rejects_never_replace_the_file_itself(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [HEAD, ROW])
    volunteer.refused("usage", "import", "people", path, "--rejects", tmp_path / "." / "a.csv", exit_code=2)


def test_rejects_have_their_headings_where_the_file_had_them(volunteer: Any, tmp_path: Path) -> None:
    rows = [["序号", "姓名", "性别", "出生"], ["1", "李明", "男", ""], ["2", "王芳", "性 别", "出生日期"]]
    bad, words = tmp_path / "bad.csv", ("--on-error", "skip", "--rejects", tmp_path / "bad.csv")
    found = summary(volunteer, "people", csv_file(tmp_path / "a.csv", rows), *words, code=5)
    assert reasons(found) == [(3, "性别", "bad_choice")]
    again = summary(volunteer, "people", bad, code=5)
    assert (again["header_row"], reasons(again)) == (1, [(2, "性别", "bad_choice")])


@pytest.mark.parametrize(
    ("name", "code", "exit_code"), [("no/bad.csv", "cannot_write", 1), ("bad.xlsx", "usage", 2)]
)
def test_nothing_is_written_when_the_rejects_cannot_be_kept(
    volunteer: Any, tmp_path: Path, name: str, code: str, exit_code: int
) -> None:
    path = csv_file(tmp_path / "a.csv", [HEAD, ROW, ["", "女", "", "", ""]])
    words = ("import", "people", path, "--on-error", "skip", "--rejects", tmp_path / name)
    volunteer.refused(code, *words, exit_code=exit_code)
    assert people(volunteer) == []


def test_gb18030_is_believed_only_with_known_headings(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [["姓名", "電話"], ["陳小明", "19900001001"]], encoding="big5")
    volunteer.refused("unknown_encoding", "import", "people", path, exit_code=2)
    assert summary(volunteer, "people", path, "--encoding", "big5")["encoding"] == "big5"


def test_a_sheet_of_another_kind_is_hinted_at(volunteer: Any, tmp_path: Path) -> None:
    rows = [["捐赠者", "品名"], ["匿名", "棉衣"]]
    path = csv_file(tmp_path / "a.csv", rows, encoding="gb18030")
    told = volunteer.refused("unknown_encoding", "import", "people", path, exit_code=2)
    assert f"volunteer import guess {path}" in told.err


def test_headings_without_chinese_do_not_speak_for_gb18030(volunteer: Any, tmp_path: Path) -> None:
    rows = [["Last name", "First name"], ["Müller", "Jürgen"], ["Smith", "Ann"]]
    path = csv_file(tmp_path / "a.csv", rows, encoding="cp1252")
    volunteer.refused("unknown_encoding", "import", "people", path, exit_code=2)
    summary(volunteer, "people", path, "--encoding", "cp1252")
    assert people(volunteer)[0]["name"] == "Jürgen Müller"
    path = csv_file(tmp_path / "b.csv", [["name"], ["李明"], ["䶮小川"], ["王芳芳"]], encoding="gb18030")
    assert summary(volunteer, "people", path)["encoding"] == "gb18030"


def test_our_own_lists_come_back(
    volunteer: Any, make_volunteer: Callable[[str], Any], tmp_path: Path
) -> None:
    summary(volunteer, "people", SAMPLES / "people_gb18030.csv", "--on-error", "skip", code=5)
    other = make_volunteer("other")
    for kind in ("json", "ndjson", "csv", "tsv"):
        path = tmp_path / f"list.{kind}"
        path.write_text(
            volunteer.ok("person", "list", "-f", kind, "--fields", "all", "--reveal", "move").out, "utf-8"
        )
        assert summary(volunteer, "people", path)["rows"]["same"] == 5
        found = summary(other, "people", path)
        assert found["rows"]["new" if kind == "json" else "same"] == 5
    volunteer.ok("person", "edit", "李明", "--tag", "独居老人")
    for language in ("en", "zh"):
        volunteer.language = language
        path = tmp_path / f"{language}.xlsx"
        volunteer.ok("person", "list", "--fields", "all", "--reveal", "move", "-o", path)
        assert summary(volunteer, "people", path)["rows"]["same"] == 5
    masked = tmp_path / "masked.json"
    masked.write_text(volunteer.ok("person", "list", "-f", "json").out, "utf-8")
    assert summary(volunteer, "people", masked, code=5)["rows"]["rejected"] == 5


def test_names_of_teams_with_signs_in_them_come_back(volunteer: Any, tmp_path: Path) -> None:
    for team in ("摄影/摄像队", "Cooks, Waiters", "合唱团"):
        volunteer.ok("team", "add", team)
    volunteer.ok("person", "add", "李明")
    for team in ("摄影/摄像队", "Cooks, Waiters", "合唱团"):
        volunteer.ok("team", "join", team, "李明")
    path = tmp_path / "a.json"
    volunteer.ok("person", "list", "--fields", "all", "--reveal", "move", "-o", path)
    assert summary(volunteer, "people", path)["rows"]["same"] == 1
    path = csv_file(
        tmp_path / "b.csv", [["姓名", "队伍"], ["王芳", "合唱团/摄影/摄像队"], ["赵强", "合唱团，甲"]]
    )
    found = summary(volunteer, "people", path, "--on-error", "skip", code=5)
    assert reasons(found) == [(2, "队伍", "not_found"), (3, "队伍", "not_found")]


def test_numbers_of_json_are_number_cells(volunteer: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"name": "李明", "birth": 1958.1, "phone": 19900001001}]', "utf-8")
    assert reasons(summary(volunteer, "people", path, code=5)) == [(1, "birth", "ambiguous_date")]
    path.write_text('[{"name": "李明", "birth": 1958.3, "phone": 19900001001, "note": NaN}]', "utf-8")
    summary(volunteer, "people", path)
    assert (people(volunteer)[0]["birth"], people(volunteer)[0]["phone"]) == ("1958-03", "19900001001")


def test_advice_on_dates_is_for_sheets(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [["姓名", "生日"], ["李明", "03/05/1965"], ["王芳", "1965.13"]])
    advice = [row["message"] for row in summary(volunteer, "people", path, code=5)["rejected"]]
    assert "--date-order" in advice[0]
    assert "1965-03 or 1965" in advice[1]


def test_standard_input(volunteer: Any) -> None:
    result = volunteer("import", "people", "-", "-f", "json", stdin="姓名\n李明\n".encode())
    assert (result.json["file"], result.json["rows"]["new"]) == ("-", 1)


def test_options_of_other_kinds_are_unknown(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [HEAD, ROW])
    assert volunteer("import", "people", path, "--drive", "winter").code == 2
    assert volunteer("import", "people", path, "--on-error", "maybe").code == 2
    assert volunteer("import", "nonsense", path).code == 2


def test_a_batch_with_an_import(volunteer: Any, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [HEAD, ROW, ["王芳", "", "", "123", ""]])
    before = volunteer.dump()
    assert volunteer("batch", stdin=f"import people {path}\n").code == 5
    assert volunteer.dump() == before
    volunteer.ok("batch", stdin=f"import people {path} --on-error skip\nteam add 合唱团\n")
    assert [each["name"] for each in people(volunteer)] == ["李明"]


def test_messages_are_chinese_where_asked(volunteer: Any, tmp_path: Path) -> None:
    volunteer.language = "zh"
    told = volunteer(
        "import", "people", csv_file(tmp_path / "a.csv", [HEAD, ["王芳", "", "", "123", ""]])
    ).err
    assert "读取" in told
