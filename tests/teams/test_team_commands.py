from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer

pytestmark = pytest.mark.postgres


@pytest.fixture
def team(volunteer: Volunteer) -> Volunteer:
    for name in ("李明", "王芳", "张强"):
        volunteer.ok("person", "add", name)
    volunteer.ok(
        "team", "add", "绿色家园维护者", "--code", "green", "--leader", "李明", "--founded", "2023-03-05"
    )
    return volunteer


def roster(volunteer: Volunteer, *words: object) -> list[tuple[str, str, str, str | None]]:
    return [
        (row["person"], row["role"], row["since"], row["until"])
        for row in volunteer.ok("team", "members", "green", "-f", "json", *words).json
    ]


def test_show_json_is_the_contract(team: Volunteer) -> None:
    team.ok("team", "edit", "green", "--focus", "楼道清洁")
    assert team.ok("team", "show", "绿色", "-f", "json").json == {
        "id": 1,
        "code": "green",
        "name": "绿色家园维护者",
        "kind": "service",
        "leader": "李明",
        "leader_id": 1,
        "focus": "楼道清洁",
        "founded_on": "2023-03-05",
        "members": 1,
        "roster": [
            {
                "id": 1,
                "person": "李明",
                "person_id": 1,
                "volunteer_no": None,
                "phone": None,
                "role": "leader",
                "since": "2023-03-05",
                "until": None,
            }
        ],
        "minutes": 0,
        "status": "active",
        "community": "滨湖社区",
        "community_id": 1,
        "fields": {},
    }


def test_a_list_has_no_roster(team: Volunteer) -> None:
    (row,) = team.ok("team", "list", "-f", "json").json
    assert "roster" not in row
    assert row["members"] == 1


def test_leader_without_founding_date_joins_today(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明")
    volunteer.ok("team", "add", "歌队", "--kind", "interest", "--leader", "李明")
    (row,) = volunteer.ok("team", "members", "歌队", "-f", "json").json
    assert (row["role"], row["since"]) == ("leader", "2026-06-30")


def test_list_by_kind_and_archived(team: Volunteer) -> None:
    team.ok("team", "add", "文明课堂", "--kind", "class")
    assert team.ok("team", "list", "--kind", "class", "-f", "ids").out == "2\n"
    team.ok("team", "archive", "文明课堂")
    assert team.ok("team", "list", "-f", "ids").out == "1\n"
    assert team.ok("team", "list", "--archived", "-f", "json").json[0]["status"] == "archived"
    team.refused("archived", "team", "join", "文明课堂", "王芳", exit_code=1)
    team.ok("team", "restore", "文明课堂")
    team.ok("team", "join", "文明课堂", "王芳")


def test_join_twice_changes_nothing(team: Volunteer) -> None:
    team.ok("team", "join", "green", "王芳", "张强", "--on", "2026-01-01")
    again = team.ok("team", "join", "green", "王芳", "--on", "2026-02-01")
    assert "Nothing changed" in again.err
    assert len(roster(team)) == 3


def test_join_in_another_role_is_refused(team: Volunteer) -> None:
    team.refused("already_member", "team", "join", "green", "李明", exit_code=1)


def test_join_is_all_or_none(team: Volunteer) -> None:
    team.refused("not_found", "team", "join", "green", "王芳", "赵六", exit_code=4)
    assert len(roster(team)) == 1


def test_a_new_leader_makes_the_old_one_a_member(team: Volunteer) -> None:
    team.ok("team", "join", "green", "王芳", "--on", "2026-01-01")
    team.ok("team", "role", "green", "王芳", "--role", "leader", "--on", "2026-05-01")
    assert roster(team) == [
        ("王芳", "leader", "2026-05-01", None),
        ("李明", "member", "2026-05-01", None),
    ]
    assert roster(team, "--as-of", "2026-04-30") == [
        ("李明", "leader", "2023-03-05", "2026-05-01"),
        ("王芳", "member", "2026-01-01", "2026-05-01"),
    ]
    assert team.ok("team", "show", "green", "-f", "json").json["leader"] == "王芳"
    team.ok("check")


def test_a_leader_may_join_as_such_and_edit_names_one(team: Volunteer) -> None:
    team.ok("team", "join", "green", "王芳", "--role", "leader")
    assert [row[:2] for row in roster(team)] == [("王芳", "leader"), ("李明", "member")]
    team.ok("team", "edit", "green", "--leader", "张强")
    assert next(row[:2] for row in roster(team)) == ("张强", "leader")
    team.ok("check")


def test_a_leader_cannot_be_set_before_another_leads(team: Volunteer) -> None:
    team.refused(
        "one_leader", "team", "join", "green", "王芳", "--role", "leader", "--on", "2022-01-01", exit_code=1
    )


def test_role_of_the_first_day_is_changed_in_place(team: Volunteer) -> None:
    team.ok("team", "join", "green", "王芳")
    team.ok("team", "role", "green", "王芳", "--role", "deputy")
    assert ("王芳", "deputy", "2026-06-30", None) in roster(team)
    assert "Nothing changed" in team.ok("team", "role", "green", "王芳", "--role", "deputy").err


def test_role_of_a_stranger_is_refused(team: Volunteer) -> None:
    team.refused("not_member", "team", "role", "green", "王芳", "--role", "deputy", exit_code=1)


def test_the_day_of_leaving_no_longer_counts(team: Volunteer) -> None:
    team.ok("team", "join", "green", "王芳", "--on", "2026-01-01")
    team.ok("team", "leave", "green", "王芳", "--on", "2026-06-01")
    assert len(roster(team, "--as-of", "2026-05-31")) == 2
    assert len(roster(team, "--as-of", "2026-06-01")) == 1
    assert "Nothing changed" in team.ok("team", "leave", "green", "王芳").err
    team.ok("team", "join", "green", "王芳")
    assert ("王芳", "member", "2026-06-30", None) in roster(team)


def test_leaving_before_joining_is_refused(team: Volunteer) -> None:
    team.ok("team", "join", "green", "王芳", "--on", "2026-01-01")
    team.refused("before_joining", "team", "leave", "green", "王芳", "--on", "2025-12-31", exit_code=1)
    team.refused("not_member", "team", "leave", "green", "张强", exit_code=1)


def test_joining_earlier_stops_where_the_next_membership_begins(team: Volunteer) -> None:
    team.ok("team", "join", "green", "王芳", "--on", "2026-01-01")
    team.ok("team", "join", "green", "王芳", "--on", "2025-06-01")
    assert ("王芳", "member", "2025-06-01", "2026-01-01") in roster(team, "--as-of", "2025-07-01")
    team.ok("check")


@pytest.mark.parametrize(
    ("code", "exit_code", "words"),
    [
        ("conflict", 1, ["add", "绿色家园维护者"]),
        ("conflict", 1, ["add", "另一队", "--code", "green"]),
        ("bad_code", 1, ["add", "另一队", "--code", "绿"]),
        ("missing_value", 1, ["add", "  "]),
        ("bad_text", 1, ["add", "a\x07b"]),
        ("bad_choice", 2, ["add", "另一队", "--kind", "choir"]),
        ("bad_choice", 2, ["join", "green", "王芳", "--role", "boss"]),
        ("bad_date", 2, ["join", "green", "王芳", "--on", "soon"]),
        ("not_found", 4, ["show", "Gardn"]),
        ("not_found", 4, ["add", "另一队", "--leader", "nobody"]),
    ],
)
def test_refusals(team: Volunteer, code: str, exit_code: int, words: list[str]) -> None:
    before = team.dump()
    team.refused(code, "team", *words, exit_code=exit_code)
    assert team.dump() == before


@pytest.mark.parametrize(
    "words",
    [
        ["team", "join", "green", "王芳", "--role", "leader"],
        ["team", "leave", "green", "李明"],
        ["team", "edit", "green", "--name", "新名", "--code", "", "--kind", "staff"],
        ["team", "archive", "green"],
    ],
)
def test_undo_restores_everything(team: Volunteer, words: list[str]) -> None:
    before = team.dump()
    team.ok(*words)
    assert team.dump() != before
    team.ok("undo")
    assert team.dump() == before


def test_chinese(team: Volunteer) -> None:
    team.language = "zh"
    assert "加入" in team.ok("team", "join", "green", "王芳").err
    assert "[not_member]" in team("team", "leave", "green", "张强").err
    assert "不是歌队" not in team("team", "leave", "green", "张强").err
    assert "队长" in team.ok("team", "members", "green", "-f", "markdown").out
    assert "volunteer" not in team.ok("team", "--help").out.split("\n")[2]


@pytest.mark.parametrize(
    ("flaw", "lines"),
    [
        ("team_older_than_founded", ["team join red 甲一 --on 2026-03-01"]),
        ("team_older_than_founded", ["import members members.csv"]),
        (
            "team_older_than_founded",
            ["team join red 甲一 --on 2026-05-02", "team edit red --founded 2026-06-01"],
        ),
        ("hours_before_team", ["hours add 甲一 --date 2026-04-01 --hours 2 --team red"]),
        ("hours_before_team", ["import hours hours.csv"]),
        (
            "hours_before_team",
            ["hours add 甲一 --date 2026-05-02 --hours 2 --team red", "team edit red --founded 2026-06-01"],
        ),
    ],
)
def test_what_a_team_did_before_it_was_founded_is_listed(
    volunteer: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flaw: str, lines: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "members.csv").write_text("队伍,姓名,加入时间\n红队,甲一,2026-03-01\n", encoding="utf-8")
    (tmp_path / "hours.csv").write_text("姓名,日期,时长,队伍\n甲一,2026-04-01,2,红队\n", encoding="utf-8")
    for line in (
        "person add 甲一 --volunteer",
        "person add 甲二 --volunteer",
        "team add 红队 --code red --founded 2026-05-01",
    ):
        volunteer.ok(*line.split())
    assert flaw not in {row["kind"] for row in volunteer.rows("report", "quality")}
    for line in lines:
        volunteer.ok(*line.split())
    assert flaw in {row["kind"] for row in volunteer.rows("report", "quality")}
    volunteer.ok("check")
    volunteer.ok("undo", "-y")
    assert flaw not in {row["kind"] for row in volunteer.rows("report", "quality")}
