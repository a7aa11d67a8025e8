"""Lists of platforms name nobody: they give a volunteer number or an identity number alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

from volunteer_cli.areas import imports

NUMBER = "BINHU-V0001"
ID_NUMBER = "11010519491231002X"
#: By kind: the options of the import, the other headings and cells, and what the file brings: new or updated.
KINDS: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "people": ((), {"联系电话": "13800000099"}, "updated"),
    "members": ((), {"队伍": "红队", "角色": "队员"}, "new"),
    "hours": ((), {"服务日期": "2026-06-01", "服务时长": "2小时"}, "new"),
    "signups": (("--event", "扫雪"), {"报名时间": "2026-06-01 09:00"}, "new"),
    "accounts": ((), {"余额": "12"}, "new"),
    "donations": (("--drive", "winter"), {"日期": "2026-06-02", "物品": "棉衣", "数量": "3件"}, "new"),
    "households": ((), {"楼栋": "3", "单元": "2", "房号": "501"}, "new"),
}
HEADINGS = {"volunteer_no": ("志愿者编号", NUMBER), "id_number": ("身份证号", ID_NUMBER)}


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    """A community with one volunteer, who has both numbers, a team, an event and a drive."""
    volunteer.ok("person", "add", "李样明", "--id-number", ID_NUMBER, "--volunteer")
    volunteer.ok("team", "add", "红队")
    volunteer.ok("event", "add", "扫雪", "--start", "2026-07-02T09:00", "--end", "2026-07-02T11:00")
    volunteer.ok("event", "open", "扫雪")
    volunteer.ok("drive", "add", "冬衣", "--code", "winter", "--start", "2026-05-01")
    return volunteer


def written(path: Path, *rows: dict[str, str]) -> Path:
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def cases() -> list[tuple[str, str]]:
    """Each kind with each of the numbers that it takes."""
    kinds = imports()
    return [(kind, name) for kind in KINDS for name in HEADINGS if kinds[kind].sheet.load().field(name)]


@pytest.mark.parametrize(("kind", "name"), cases())
def test_a_number_says_who_it_is(office: Volunteer, tmp_path: Path, kind: str, name: str) -> None:
    options, rest, verdict = KINDS[kind]
    heading, number = HEADINGS[name]
    sheet = written(tmp_path / "list.csv", {heading: number, **rest})
    rows = office.ok("import", kind, sheet, *options, "-f", "json").json["rows"]
    assert rows == {"read": 2, "skipped": 1, "new": 0, "updated": 0, "same": 0, "rejected": 0} | {verdict: 1}
    again = office.ok("import", kind, sheet, *options, "-f", "json").json["rows"]
    assert again["same"] == 1
    assert [row["name"] for row in office.rows("person", "list")] == ["李样明"]


@pytest.mark.parametrize(("kind", "name"), cases())
def test_a_number_that_nobody_has(office: Volunteer, tmp_path: Path, kind: str, name: str) -> None:
    options, rest, _verdict = KINDS[kind]
    heading = HEADINGS[name][0]
    numbers = {"volunteer_no": "BINHU-V0077", "id_number": "440524188001010014"}
    sheet = written(tmp_path / "list.csv", {heading: numbers[name], **rest}, {heading: "", **rest})
    summary = office("import", kind, sheet, *options, "-f", "json").json
    reasons = {row["row"]: (row["reason"], row["column"]) for row in summary["rejected"]}
    # Somebody new has a name; where people must be on file the number is what is wrong.
    makes_people = kind in ("people", "households")
    assert reasons[2] == (("missing_value", None) if makes_people else ("not_found", heading))
    if kind != "households":
        assert reasons[3][0] == "missing_value"
    assert "440524188001010014" not in str(summary)


def test_a_single_column_of_numbers(office: Volunteer, tmp_path: Path) -> None:
    office.ok("person", "add", "王样红", "--volunteer")
    sheet = tmp_path / "list.csv"
    sheet.write_text("志愿者编号\nBINHU-V0001\nBINHU-V0002\n", encoding="utf-8")
    rows = office.ok("import", "signups", sheet, "--event", "扫雪", "-f", "json").json["rows"]
    assert rows["new"] == 2


def test_a_name_beside_the_number_must_agree(office: Volunteer, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"志愿者编号": NUMBER, "姓名": name, "服务日期": day, "服务时长": "2小时"}
        for name, day in (("", "2026-06-01"), ("李样明", "2026-06-02"), ("王样红", "2026-06-03"))
    ]
    sheet = written(tmp_path / "list.csv", *rows)
    summary = office("import", "hours", sheet, "--on-error", "skip", "-f", "json").json
    assert summary["rows"]["new"] == 2
    assert [(row["row"], row["reason"]) for row in summary["rejected"]] == [(4, "conflict")]


def test_without_name_and_number_a_sheet_is_refused(office: Volunteer, tmp_path: Path) -> None:
    sheet = written(
        tmp_path / "list.csv", {"服务日期": "2026-06-01", "服务时长": "2小时", "联系电话": "13800000001"}
    )
    office.refused("missing_column", "import", "hours", sheet)


def test_every_kind_that_takes_a_number_is_tried() -> None:
    kinds = {name: declared.sheet.load() for name, declared in imports().items()}
    # A list from above names people of its own, who need not be on file.
    numbered = {name for name, kind in kinds.items() if any(kind.field(number) for number in HEADINGS)}
    assert numbered - {"targets"} == set(KINDS)
