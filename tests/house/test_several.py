"""Verbs that take many: all of them or none, as one operation; ids also as lists and ranges."""

from __future__ import annotations

import pytest
from volunteering import Volunteer

from volunteer_cli.core.several import each_of


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("12", ["12"]),
        ("12-14", ["12", "13", "14"]),
        ("232-234,245", ["232", "233", "234", "245"]),
        ("1,3,5", ["1", "3", "5"]),
        ("1，3、5–6", ["1", "3", "5", "6"]),
        ("7-7", ["7"]),
        ("１２－１４，１７", ["12", "13", "14", "17"]),
        ("3..5,9", ["3", "4", "5", "9"]),
        ("BINHU-H00009..00011", ["BINHU-H00009", "BINHU-H00010", "BINHU-H00011"]),
        ("BINHU-H00001..BINHU-H00002,4", ["BINHU-H00001", "BINHU-H00002", "4"]),
        ("BINHU-V0001，BINHU-V0003", ["BINHU-V0001", "BINHU-V0003"]),
        # What is no list of ids stays as it was typed.
        ("0531-88880001", ["0531-88880001"]),
        ("14-12", ["14-12"]),
        ("2026-07", ["2026-07"]),
        ("1-99999999", ["1-99999999"]),
        ("BINHU-V0001", ["BINHU-V0001"]),
        ("BINHU-H00002..BINHU-V0004", ["BINHU-H00002..BINHU-V0004"]),
        ("3-2-501", ["3-2-501"]),
        ("12,", ["12,"]),
        ("李明,王芳", ["李明,王芳"]),
        ("", [""]),
    ],
)
def test_a_list_of_ids_is_each_of_its_ids(typed: str, ids: list[str]) -> None:
    assert list(each_of([typed])) == ids


def test_where_a_dash_means_an_address_only_commas_separate() -> None:
    assert list(each_of(["3-501", "3－5", "4,5"], ranges=False)) == ["3-501", "3－5", "4", "5"]
    assert list(each_of(["3..5", "BINHU-H00001..00002"], ranges=False)) == [
        *("3", "4", "5"),
        *("BINHU-H00001", "BINHU-H00002"),
    ]


@pytest.fixture
def peopled(volunteer: Volunteer) -> Volunteer:
    """Five people (1 to 5), three teams, three events of which two are over."""
    for name in ("李样一", "李样二", "李样三", "李样四", "李样五"):
        volunteer.ok("person", "add", name, "--volunteer")
    for name in ("红队", "绿队", "蓝队"):
        volunteer.ok("team", "add", name)
    for day in ("2026-06-20", "2026-06-27", "2026-07-04"):
        volunteer.ok("event", "add", f"清洁日{day[-2:]}", "--start", f"{day} 9:00", "--end", "11:00")
    return volunteer


def operations(volunteer: Volunteer) -> int:
    return len(volunteer.rows("history", "list"))


def statuses(volunteer: Volunteer) -> list[str]:
    return [row["status"] for row in sorted(volunteer.rows("event", "list"), key=lambda row: row["id"])]


def test_events_are_opened_finished_and_cancelled_together(peopled: Volunteer) -> None:
    before = operations(peopled)
    answer = peopled.ok("event", "open", "1-3")
    assert statuses(peopled) == ["open"] * 3
    assert all(title in answer.err for title in ("清洁日20", "清洁日27", "清洁日04"))
    assert operations(peopled) == before + 1
    peopled.ok("undo")
    assert statuses(peopled) == ["planned"] * 3
    peopled.ok("event", "open", "清洁日20", "2,3")
    peopled.ok("event", "finish", "1,2")
    assert statuses(peopled) == ["done", "done", "open"]
    rows = peopled.ok("event", "cancel", "3", "-f", "json").json
    assert rows["status"] == "cancelled", "a single one is printed as one"


def test_what_is_called_like_a_range_is_no_range(peopled: Volunteer) -> None:
    peopled.ok("event", "add", "1-3", "--start", "2026-07-08 9:00", "--end", "11:00")
    peopled.ok("event", "cancel", "1-3")
    assert statuses(peopled) == ["planned"] * 3 + ["cancelled"]
    peopled.ok("team", "add", "1-2")
    peopled.ok("team", "archive", "1-2")
    assert [row["id"] for row in peopled.rows("team", "list")] == [1, 2, 3]


def test_one_that_is_refused_stops_all(peopled: Volunteer) -> None:
    peopled.ok("event", "open", "1-3")
    before = peopled.dump()
    peopled.refused("not_started", "event", "finish", "1-3", exit_code=1)
    peopled.refused("not_found", "event", "finish", "1,2,9", exit_code=4)
    peopled.refused("not_found", "person", "archive", "4-7", exit_code=4)
    peopled.refused("not_found", "team", "edit", "1", "9", "--focus", "x", exit_code=4)
    assert peopled.dump() == before


def test_several_are_printed_as_a_list(peopled: Volunteer) -> None:
    rows = peopled.ok("event", "open", "1-2", "-f", "json").json
    assert [row["status"] for row in rows] == ["open", "open"]
    assert peopled.ok("person", "archive", "4-5", "-f", "ids").out.split() == ["4", "5"]


def test_a_record_that_is_named_twice_is_one(peopled: Volunteer) -> None:
    assert len(peopled.ok("event", "open", "1-2", "清洁日20", "1", "-f", "json").json) == 2


def test_people_are_archived_restored_and_edited_together(peopled: Volunteer) -> None:
    before = peopled.dump()
    peopled.ok("person", "archive", "2-3,5", "--reason", "moved")
    assert {row["id"] for row in peopled.rows("person", "list")} == {1, 4}
    peopled.ok("person", "restore", "2-3,5")
    peopled.ok("undo")
    peopled.ok("undo")
    assert peopled.dump() == before
    peopled.ok("person", "edit", "1-2", "李样四", "--add-tag", "骨干", "--building", "3")
    assert [row["id"] for row in peopled.rows("person", "list", "--tag", "骨干", "--building", "3")] == [
        1,
        2,
        4,
    ]
    peopled.refused("conflict", "person", "edit", "1-2", "--volunteer-no", "X-1")


def test_teams_are_archived_restored_and_edited_together(peopled: Volunteer) -> None:
    peopled.ok("team", "edit", "1-2", "蓝队", "--focus", "楼道清洁", "--leader", "李样一")
    rows = peopled.rows("team", "list", "--fields", "all")
    assert [(row["focus"], row["leader"]) for row in rows] == [("楼道清洁", "李样一")] * 3
    peopled.ok("team", "archive", "1,3")
    assert [row["id"] for row in peopled.rows("team", "list")] == [2]
    peopled.ok("team", "restore", "1,3")
    assert len(peopled.rows("team", "list")) == 3


def test_hours_of_several_people_are_one_operation(peopled: Volunteer) -> None:
    before = operations(peopled)
    answer = peopled.ok("hours", "add", "1-2", "李样五", "--date", "2026-06-20", "--hours", "2h")
    assert operations(peopled) == before + 1
    assert all(name in answer.err for name in ("李样一", "李样二", "李样五"))
    assert [row["minutes"] for row in peopled.rows("hours", "list")] == [120] * 3
    peopled.ok("hours", "confirm", "1-2")
    peopled.ok("hours", "reject", "3", "--reason", "未到岗")
    peopled.ok("hours", "void", "1-2", "--reason", "重复登记")
    assert [row["status"] for row in peopled.rows("hours", "list")] == ["voided", "voided", "rejected"]
    # The second of them overlaps what is recorded, so the first is not recorded either.
    peopled.ok("hours", "add", "4", "--date", "2026-06-21", "--start", "9:00", "--end", "11:00")
    times = ["--date", "2026-06-21", "--start", "10:00", "--end", "12:00"]
    peopled.refused("overlap", "hours", "add", "3-4", *times)
    assert len(peopled.rows("hours", "list")) == 4


def test_ranges_work_wherever_people_are_named(peopled: Volunteer) -> None:
    peopled.ok("event", "open", "3")
    peopled.ok("event", "signup", "3", "1-3,5")
    assert len(peopled.rows("event", "roster", "3")) == 4
    peopled.ok("team", "join", "红队", "2-4")
    assert len(peopled.rows("team", "members", "红队")) == 3


def test_a_number_of_a_hotline_that_looks_like_a_range_is_that_number(peopled: Volunteer) -> None:
    peopled.ok("request", "add", "路灯不亮", "--anonymous", "--external", "2026-4170")
    peopled.ok("request", "add", "井盖松动", "--anonymous")
    peopled.ok("request", "merge", "2", "2026-4170")
    assert {row["status"] for row in peopled.rows("request", "list", "--fields", "all")} >= {"merged"}


def test_a_range_that_is_none_is_named_as_one(peopled: Volunteer) -> None:
    for text in ("5-2", "1-99999", "9..2"):
        answer = peopled.refused("bad_range", "person", "archive", text, exit_code=4)
        assert f"'{text}'" in answer.err
    peopled.refused("not_found", "person", "archive", "0531-88880001")


@pytest.fixture
def housed(peopled: Volunteer) -> Volunteer:
    """Three households, one each for the first three people."""
    for person, room in (("1", "101"), ("2", "102"), ("3", "103")):
        peopled.ok("household", "add", "--building", "3", "--unit", "1", "--room", room)
        peopled.ok("household", "move", person, "--to", f"3-1-{room}")
    return peopled


def test_visits_are_planned_dropped_and_recorded_for_many(housed: Volunteer) -> None:
    housed.ok("visit", "plan", "1..2", "BINHU-H00003..00003", "--by", "4", "--on", "2026-07-03")
    before = operations(housed)
    assert len(housed.rows("visit", "list")) == 3
    housed.ok("visit", "cancel", "1-2", "--reason", "下雨")
    assert [row["status"] for row in housed.rows("visit", "list")] == ["cancelled", "cancelled", "planned"]
    answer = housed.ok("visit", "add", "3-1-101", "BINHU-H00002,BINHU-H00003", "--by", "4")
    assert answer.err.count("Recorded visit") == 3
    housed.ok("visit", "void", "4,5", "--reason", "记错")
    done = [row for row in housed.rows("visit", "list") if row["id"] > 3]
    assert [row["status"] for row in done] == ["voided", "voided", "done"]
    assert operations(housed) == before + 3
    # One of them is refused, and none is recorded.
    kept = housed.dump()
    housed.refused("duplicate", "visit", "add", "1..3", "--by", "4")
    assert housed.dump() == kept


def test_households_and_organizations_are_put_away_together(housed: Volunteer) -> None:
    housed.ok("household", "add", "--building", "9", "--unit", "1", "--room", "101")
    housed.ok("household", "add", "--building", "9", "--unit", "1", "--room", "102")
    housed.ok("household", "archive", "4..5")
    assert len(housed.rows("household", "list")) == 3
    housed.ok("household", "restore", "BINHU-H00004..00005")
    assert len(housed.rows("household", "list")) == 5
    for name in ("快递公司", "物业公司"):
        housed.ok("organization", "add", name)
    housed.ok("organization", "archive", "1-2")
    assert housed.rows("organization", "list") == []
    housed.ok("organization", "restore", "1-2")
    assert len(housed.rows("organization", "list")) == 2


def test_a_training_of_many_is_one_operation(peopled: Volunteer) -> None:
    before = operations(peopled)
    held = ("--topic", "急救", "--by", "红十字会", "--on", "2026-05-09", "--minutes", "90", "--skill", "急救")
    peopled.ok("training", "add", "1-3", "李样五", *held)
    assert operations(peopled) == before + 1
    assert [row["person"] for row in peopled.rows("training", "list")] == [
        "李样一",
        "李样二",
        "李样三",
        "李样五",
    ]


def test_requests_are_assigned_together(peopled: Volunteer) -> None:
    for text in ("路灯不亮", "井盖松动", "楼道堆物"):
        peopled.ok("request", "add", text, "--anonymous")
    answer = peopled.ok("request", "assign", "1-2", "BINHU-R2026-0003", "--to", "team:红队")
    assert answer.err.count("is led by 红队") == 3
    assert {row["status"] for row in peopled.rows("request", "list")} == {"assigned"}


def test_a_star_is_granted_to_many(peopled: Volunteer) -> None:
    peopled.ok("policy", "set", "star_thresholds", "1,2")
    peopled.ok("hours", "add", "1-3", "--date", "2026-06-20", "--hours", "1h")
    peopled.ok("hours", "confirm", "1-2")
    before = operations(peopled)
    peopled.refused("below_threshold", "star", "grant", "1-3", "1")
    assert operations(peopled) == before
    answer = peopled.ok("star", "grant", "1-2", "1")
    assert answer.err.count("holds star level 1") == 2
    assert operations(peopled) == before + 1
    assert {row["person"]: row["level"] for row in peopled.rows("star", "list") if row["level"]} == {
        "李样一": 1,
        "李样二": 1,
    }
