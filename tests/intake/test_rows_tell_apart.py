"""An import uses what its rows say: birth dates, times of sign-up, and whether somebody is archived."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    """Two people of one name, one who is archived, and something to sign up for, to join and to give to."""
    volunteer.ok(
        "batch",
        stdin="""
        person add 李明 --birth 1960-01-01 --volunteer
        person add 李明 --birth 1980-02-02 --volunteer --allow-duplicate
        person add 王芳 --phone 13800000001 --volunteer
        person add 赵六 --volunteer
        person add 孙七 --volunteer
        person archive 王芳
        team add 红队 --code red
        event add 清洁日 --code clean --start '2026-07-10 9:00' --end 11:00 --capacity 1
        event open clean
        drive add 暖冬 --code winter --start 2026-06-01
        """,
    )
    return volunteer


def sheet(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("birth", ["1980-02-02", "1980-02", "1980", "1980.2.2", "1980年2月"])
@pytest.mark.parametrize(
    ("kind", "headings", "cells", "options"),
    [
        ("people", "姓名,出生日期,备注", "李明,{birth},甲", ()),
        ("members", "队伍,姓名,出生日期", "红队,李明,{birth}", ()),
        ("signups", "姓名,出生日期", "李明,{birth}", ("--event", "clean")),
        ("hours", "姓名,出生日期,日期,时长", "李明,{birth},2026-06-01,2", ()),
        ("donations", "日期,捐赠人,出生日期,物品名称,数量,单位", "2026-06-03,李明,{birth},衣物,3,件", ("--drive", "winter")),
    ],
)  # fmt: skip
def test_a_birth_date_tells_namesakes_apart(
    office: Volunteer,
    tmp_path: Path,
    kind: str,
    headings: str,
    cells: str,
    options: tuple[str, ...],
    birth: str,
) -> None:
    path = sheet(tmp_path, headings, cells.format(birth=birth))
    imported = office.ok("import", kind, path, *options, "-f", "json").json
    assert imported["rows"]["rejected"] == 0
    with office.writing() as session:
        from volunteer_cli.drives.models import Slip
        from volunteer_cli.events.models import Signup
        from volunteer_cli.hours.models import HoursRecord
        from volunteer_cli.people.models import Person
        from volunteer_cli.teams.models import Membership

        concerned: dict[str, Any] = {
            "people": lambda: session.get_one(Person, 2).note == "甲",
            "members": lambda: session.get_one(Membership, 1).person_id == 2,
            "signups": lambda: session.get_one(Signup, 1).person_id == 2,
            "hours": lambda: session.get_one(HoursRecord, 1).person_id == 2,
            "donations": lambda: session.get_one(Slip, 1).donor_person_id == 2,
        }
        assert concerned[kind]()


@pytest.mark.parametrize(
    ("times", "place", "line"),
    [
        (("9:00", "8:00", "10:00"), "赵六", ["李明", "孙七"]),
        (("2026-06-29 9:00", "2026-06-29 10:00", "2026-06-28 22:00"), "孙七", ["李明", "赵六"]),
        (("", "", "8:00"), "孙七", ["李明", "赵六"]),
        (("9:00", "9:00", "9:00"), "李明", ["赵六", "孙七"]),
        (("", "", ""), "李明", ["赵六", "孙七"]),
    ],
)
def test_times_of_sign_up_order_the_line(
    office: Volunteer, tmp_path: Path, times: tuple[str, ...], place: str, line: list[str]
) -> None:
    names = (("李明", "1960"), ("赵六", ""), ("孙七", ""))
    rows = [f"{name},{birth},{at}" for (name, birth), at in zip(names, times, strict=True)]
    office.ok("import", "signups", sheet(tmp_path, "姓名,出生日期,报名时间", *rows), "--event", "clean")
    roster = office.rows("event", "roster", "clean")
    assert [row["person"] for row in roster if row["status"] == "signed_up"] == [place]
    waiting = sorted((row for row in roster if row["status"] == "waiting"), key=lambda row: row["position"])
    assert [row["person"] for row in waiting] == line


@pytest.mark.parametrize(
    "heading", ["报名日期", "提交时间", "提交答卷时间", "填写时间", "Timestamp", "Submitted at"]
)
def test_forms_call_the_time_of_sign_up_otherwise(office: Volunteer, tmp_path: Path, heading: str) -> None:
    rows = (f"姓名,{heading}", "赵六,2026-06-29 10:00", "孙七,2026-06-29 9:00")
    office.ok("import", "signups", sheet(tmp_path, *rows), "--event", "clean")
    roster = {row["person"]: row["status"] for row in office.rows("event", "roster", "clean")}
    assert roster == {"孙七": "signed_up", "赵六": "waiting"}


def test_a_list_that_comes_later_with_earlier_times_goes_before_those_who_wait(
    office: Volunteer, tmp_path: Path
) -> None:
    office.ok("event", "signup", "clean", "BINHU-V0001")
    office.ok("event", "signup", "clean", "赵六")
    rows = ("姓名,报名时间", "孙七,2026-06-01 9:00")
    office.ok("import", "signups", sheet(tmp_path, *rows), "--event", "clean")
    roster = {row["person"]: row["status"] for row in office.rows("event", "roster", "clean")}
    assert roster == {"李明": "signed_up", "赵六": "waiting", "孙七": "waiting"}
    moved = office.ok("event", "withdraw", "clean", "BINHU-V0001")
    assert "孙七" in moved.err


@pytest.mark.parametrize(
    ("options", "status", "remark"),
    [
        ((), "archived", "1 person of the file is archived: 王芳 (BINHU-V0003)"),
        (("--restore-archived",), "active", ""),
        (("--restore-archived", "-n"), "archived", ""),
    ],
)
def test_somebody_archived_in_this_years_roster_is_offered_to_be_restored(
    office: Volunteer, tmp_path: Path, options: tuple[str, ...], status: str, remark: str
) -> None:
    path = sheet(tmp_path, "姓名,电话", "王芳,13800000001")
    assert remark in office.ok("import", "people", path, *options).err
    assert office.ok("person", "show", "3", "-f", "json").json["status"] == status
    if status == "active":
        assert office.ok("import", "people", path, *options, "-f", "json").json["rows"]["same"] == 1
        office.ok("undo")
        assert office.ok("person", "show", "3", "-f", "json").json["status"] == "archived"


@pytest.mark.parametrize(
    ("told_apart", "cells", "meant"),
    [
        ("电话", "13800000001", 3),
        ("出生日期", "1970-03-03", 3),
        ("电话,出生日期", "13800000001,1970", 3),
        # What is known of the one in use is theirs, and what nobody has is somebody new.
        ("电话", "13800000009", 6),
        ("出生日期", "1990-04-04", 6),
        ("电话", "13800000005", 7),
    ],
)
def test_somebody_archived_is_known_beside_a_namesake_in_use(
    office: Volunteer, tmp_path: Path, told_apart: str, cells: str, meant: int
) -> None:
    office.ok("person", "edit", "3", "--birth", "1970-03-03")
    office.ok("person", "add", "王芳", "--phone", "13800000009", "--birth", "1990-04-04", "--allow-duplicate")
    path = sheet(tmp_path, f"姓名,{told_apart},备注", f"王芳,{cells},在册")
    office.ok("import", "people", path, "--restore-archived")
    rows = office.rows("person", "list", "--fields", "id,note")
    assert [row["id"] for row in rows if row["note"]] == [meant]
    hours = sheet(tmp_path, f"姓名,{told_apart},日期,时长", f"王芳,{cells},2026-06-01,2")
    office.ok("import", "hours", hours)
    assert [row["person_id"] for row in office.rows("hours", "list")] == [meant]
    office.ok("check")


def test_the_dead_do_not_come_back_with_a_roster(office: Volunteer, tmp_path: Path) -> None:
    office.ok("person", "archive", "赵六", "--reason", "died")
    path = sheet(tmp_path, "姓名,电话", "赵六,")
    told = office.ok("import", "people", path, "--restore-archived").err
    assert "1 person of the file died by our record and stays archived: 赵六" in told
    # What was done already, and brings nobody back who died, is no advice.
    assert "--restore-archived" not in told
    assert office.ok("person", "show", "赵六", "-f", "json").json["status"] == "archived"


@pytest.mark.parametrize(
    ("kind", "rows", "options", "accepted"),
    [
        ("members", ("队伍,姓名", "红队,王芳"), (), False),
        ("members", ("队伍,姓名,加入时间,退出时间", "红队,王芳,2026-01-01,2026-03-01"), (), True),
        ("people", ("姓名,电话,队伍", "王芳,13800000001,红队"), (), False),
        ("people", ("姓名,电话,队伍", "王芳,13800000001,红队"), ("--restore-archived",), True),
        ("members", ("队伍,姓名", "红队,王芳"), ("--restore-archived",), True),
        ("signups", ("姓名", "王芳"), ("--event", "clean"), False),
        ("signups", ("姓名", "王芳"), ("--event", "clean", "--restore-archived"), True),
        ("households", ("住址,户主,姓名", "3-501,王芳,王芳"), (), False),
        ("households", ("住址,户主,姓名", "3-501,王芳,王芳"), ("--restore-archived",), True),
        ("hours", ("姓名,日期,时长", "王芳,2026-06-01,2"), (), True),
    ],
)
def test_sheets_treat_archived_people_as_the_commands_do(
    office: Volunteer,
    tmp_path: Path,
    kind: str,
    rows: tuple[str, ...],
    options: tuple[str, ...],
    accepted: bool,
) -> None:
    result = office("import", kind, sheet(tmp_path, *rows), *options)
    assert (result.code == 0) is accepted, result.err
    assert ("[archived]" in result.err + result.out) is not accepted


@pytest.mark.parametrize(
    ("kind", "row", "options"),
    [
        ("members", "队伍,姓名\n红队,王芳", ()),
        ("signups", "姓名\n王芳", ("--event", "clean")),
        ("households", "住址,户主,姓名\n3-501,王芳,王芳", ()),
    ],
)
def test_who_comes_back_by_a_sheet_is_told_undone_and_back_again(
    office: Volunteer, tmp_path: Path, kind: str, row: str, options: tuple[str, ...]
) -> None:
    path, before = sheet(tmp_path, row), office.dump()
    office.ok("import", kind, path, *options, "--restore-archived", "-n")
    assert office.dump() == before
    office.ok("import", kind, path, *options, "--restore-archived")
    assert office.ok("person", "show", "3", "-f", "json").json["status"] == "active"
    office.ok("check")
    assert "Nothing changed" in office.ok("import", kind, path, *options, "--restore-archived").err
    office.ok("undo")
    assert office.dump() == before


@pytest.mark.parametrize("kind", ["members", "signups", "households"])
def test_the_dead_stay_archived_whatever_the_sheet(office: Volunteer, tmp_path: Path, kind: str) -> None:
    office.ok("person", "archive", "赵六", "--reason", "died")
    rows = {
        "members": "队伍,姓名\n红队,赵六",
        "signups": "姓名\n赵六",
        "households": "住址,户主,姓名\n3-501,赵六,赵六",
    }
    options = ("--event", "clean") if kind == "signups" else ()
    office.refused(
        "rows_rejected", "import", kind, sheet(tmp_path, rows[kind]), *options, "--restore-archived"
    )
    assert office.ok("person", "show", "赵六", "-f", "json").json["status"] == "archived"


def test_a_row_that_is_refused_brings_nobody_back(office: Volunteer, tmp_path: Path) -> None:
    office.ok("event", "edit", "clean", "--min-age", "99")
    path = sheet(tmp_path, "姓名\n王芳")
    result = office("import", "signups", path, "--event", "clean", "--restore-archived", "--on-error", "skip")
    assert "[" in result.out + result.err
    assert office.ok("person", "show", "3", "-f", "json").json["status"] == "archived"
