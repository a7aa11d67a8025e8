"""What a team is written: names, phones, e-mail and texts; nothing is sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer


@pytest.fixture
def team(volunteer: Volunteer) -> Volunteer:
    """A team with a leader, a deputy, a member, and one who has left."""
    for name in ("李样一", "李样二", "李样三", "李样四"):
        volunteer.ok("person", "add", name)
    volunteer.ok("person", "edit", "1", "--phone", "19900001001", "--email", "one@example.org")
    volunteer.ok("team", "add", "绿色家园", "--code", "green", "--leader", "李样一")
    volunteer.ok("team", "join", "green", "李样二", "--role", "deputy")
    volunteer.ok("team", "join", "green", "3-4", "--on", "2026-01-01")
    volunteer.ok("team", "leave", "green", "李样四", "--on", "2026-06-01")
    return volunteer


@pytest.mark.parametrize(
    ("whom", "people"),
    [
        ("all", ["李样一", "李样二", "李样三"]),
        ("leader", ["李样一"]),
        ("deputy", ["李样二"]),
        ("member", ["李样三"]),
    ],
)
def test_messages_go_to_whom_they_should(team: Volunteer, whom: str, people: list[str]) -> None:
    rows = team.rows("team", "message", "green", "--to", whom)
    assert [row["person"] for row in rows] == people
    assert all(row["person"] in row["text"] and "绿色家园" in row["text"] for row in rows)


def test_phone_and_email_are_masked_without_a_reason(team: Volunteer) -> None:
    row = team.rows("team", "message", "green")[0]
    assert "19900001001" not in str(row)
    assert "one@" not in str(row)
    revealed = team.ok("team", "message", "green", "--reveal", "群发通知", "-f", "json").json[0]
    assert (revealed["phone"], revealed["email"]) == ("19900001001", "one@example.org")
    assert "群发通知" in str(team.rows("history", "list"))


def test_a_template_is_filled_and_nothing_else(team: Volunteer, tmp_path: Path) -> None:
    template, csv = tmp_path / "text.txt", tmp_path / "messages.csv"
    template.write_text("{name}您好：{team}周六开会", encoding="utf-8")
    team.ok("team", "message", "green", "--template", template, "-o", csv)
    assert "李样一您好：绿色家园周六开会" in csv.read_text(encoding="utf-8-sig")
    template.write_text("{place}", encoding="utf-8")
    answer = team.refused("bad_template", "team", "message", "green", "--template", template)
    assert "{name}" in answer.err
    assert "{team}" in answer.err
    team.refused("file_not_found", "team", "message", "green", "--template", tmp_path / "none.txt")
    team.refused("bad_choice", "team", "message", "green", "--to", "nobody", exit_code=2)
