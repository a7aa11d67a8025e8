"""Whenever anything may have freed or opened a place, the line is asked again, whichever way it happened."""

from __future__ import annotations

from pathlib import Path

from volunteering import Volunteer

from events.conftest import Hall


def waiting(hall: Hall, event: int) -> list[str]:
    return [name for name, status in hall.statuses(event).items() if status == "waiting"]


def full(hall: Hall, *options: object) -> int:
    """An event with one place, which 李明 has; 王芳 and 张伟 wait."""
    event = hall.event("清洁日", "--capacity", 1, *options)
    hall.volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    return event


def test_an_archived_person_frees_the_place(hall: Hall, volunteer: Volunteer) -> None:
    event = full(hall)
    before = volunteer.dump()
    told = volunteer.ok("person", "archive", "李明").err
    assert "李明 (1) is archived and gives back the place at 清洁日 (1)." in told
    assert "王芳 (2) moved up from the waitlist of 清洁日 (1): a place was free." in told
    assert hall.statuses(event) == {"李明": "withdrawn", "王芳": "signed_up", "张伟": "waiting"}
    assert volunteer.ok("check").out == ""
    assert volunteer.dump() != before


def test_who_waits_and_is_archived_leaves_the_line(hall: Hall, volunteer: Volunteer) -> None:
    event = full(hall)
    volunteer.ok("person", "archive", "王芳")
    assert hall.statuses(event) == {"李明": "signed_up", "张伟": "waiting", "王芳": "withdrawn"}


def test_a_raised_need_of_a_shift(hall: Hall, volunteer: Volunteer) -> None:
    event = hall.event("清洁日")
    shift = ("event", "shift", event, "--name", "早班", "--start", "9:00", "--end", "10:00", "--need")
    volunteer.ok(*shift, 1)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟", "--shift", "早班")
    assert waiting(hall, event) == ["王芳", "张伟"]
    told = volunteer.ok(*shift, 2).err
    assert "王芳 (2) moved up" in told
    assert waiting(hall, event) == ["张伟"]


def test_a_qualification_that_came(hall: Hall, volunteer: Volunteer) -> None:
    event = hall.event("急救站", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    volunteer.ok("event", "edit", event, "--add-skill", "急救")
    volunteer.ok("event", "withdraw", event, "李明")
    assert waiting(hall, event) == ["王芳", "张伟"], "nobody has the skill"
    volunteer.ok("person", "edit", "张伟", "--add-skill", "急救")
    assert hall.statuses(event)["张伟"] == "signed_up"


def test_a_training_that_came(hall: Hall, volunteer: Volunteer) -> None:
    event = hall.event("急救站", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("event", "edit", event, "--add-skill", "急救")
    volunteer.ok("event", "withdraw", event, "李明")
    words = ("--topic", "急救", "--by", "红会", "--on", "2026-06-01", "--minutes", 60, "--skill", "急救")
    volunteer.ok("training", "add", "王芳", *words)
    assert waiting(hall, event) == []


def test_a_need_that_went(hall: Hall, volunteer: Volunteer) -> None:
    event = hall.event("急救站", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("event", "edit", event, "--add-skill", "急救")
    volunteer.ok("event", "withdraw", event, "李明")
    volunteer.ok("event", "edit", event, "--remove-skill", "急救")
    assert waiting(hall, event) == []


def test_a_member_who_joined(hall: Hall, volunteer: Volunteer) -> None:
    team = hall.team("花园", 1)
    event = hall.event("清洁日", "--capacity", 1, "--team", team)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("event", "edit", event, "--members-only")
    volunteer.ok("event", "withdraw", event, "李明")
    assert waiting(hall, event) == ["王芳"]
    volunteer.ok("team", "join", team, "王芳")
    assert waiting(hall, event) == []


def test_a_time_that_became_free(hall: Hall, volunteer: Volunteer) -> None:
    other = hall.event("读书会")
    event = full(hall)
    volunteer.ok("event", "signup", other, "王芳")
    volunteer.ok("event", "edit", event, "--capacity", 2)
    assert hall.statuses(event) == {"李明": "signed_up", "张伟": "signed_up", "王芳": "waiting"}
    volunteer.ok("event", "edit", event, "--capacity", 3)
    assert waiting(hall, event) == ["王芳"]
    told = volunteer.ok("event", "cancel", other).err
    assert "王芳 (2) moved up from the waitlist of 清洁日 (2)" in told


def test_two_who_become_one(hall: Hall, volunteer: Volunteer) -> None:
    event = hall.event("清洁日", "--capacity", 2)
    hall.person("李明明")
    volunteer.ok("event", "signup", event, "1", "李明明", "王芳", "张伟")
    volunteer.ok("person", "merge", "1", "4", "-y")
    assert hall.statuses(event) == {"李明": "signed_up", "王芳": "signed_up", "张伟": "waiting"}


def test_in_a_batch_and_not_in_a_dry_run(hall: Hall, volunteer: Volunteer) -> None:
    event = full(hall)
    volunteer.ok("person", "archive", "李明", "-n")
    assert waiting(hall, event) == ["王芳", "张伟"]
    told = volunteer.ok("batch", "-", stdin="person archive 李明\nperson archive 王芳\n").err
    assert "张伟 (3) moved up" in told
    assert "王芳 (2) moved up" not in told
    assert waiting(hall, event) == []


def test_a_batch_says_at_its_end_who_has_moved_up(hall: Hall, volunteer: Volunteer) -> None:
    event = full(hall)
    lines = f"event withdraw {event} 李明\nevent withdraw {event} 王芳\n"
    told = volunteer.ok("batch", "-", stdin=lines).err
    assert "张伟 (3) moved up from the waitlist of 清洁日 (1)" in told
    assert "王芳 (2) moved up" not in told
    assert hall.statuses(event) == {"张伟": "signed_up", "李明": "withdrawn", "王芳": "withdrawn"}


def test_once_it_has_begun_a_place_is_for_whoever_is_there(hall: Hall, volunteer: Volunteer) -> None:
    event = full(hall)
    hall.at("2026-07-04T09:05")
    volunteer.ok("event", "edit", event, "--place", "南门")
    volunteer.ok("person", "edit", "王芳", "--add-skill", "急救")
    assert waiting(hall, event) == ["王芳", "张伟"]


def free_places(volunteer: Volunteer) -> list[tuple[str, int, str]]:
    rows = volunteer.rows("report", "today")
    return [(row["what"], row["count"], row["next"]) for row in rows if row["task"] == "free_place"]


def test_the_worklist_names_who_waits_where_a_place_is_free(hall: Hall, volunteer: Volunteer) -> None:
    event, other = hall.event("清洁日", "--capacity", 1), hall.event("读书会")
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    volunteer.ok("event", "signup", other, "王芳", "张伟")
    assert free_places(volunteer) == [], "nothing is free yet"
    volunteer.ok("event", "withdraw", event, "李明")
    assert free_places(volunteer) == [("清洁日: 王芳, 张伟", 2, "volunteer event why 1 2")]
    hall.at("2026-07-04T09:30")
    assert free_places(volunteer) == [("清洁日: 王芳, 张伟", 2, "volunteer event checkin 1 2")]
    hall.at("2026-07-04T11:30")
    assert free_places(volunteer) == []


def test_an_undo_asks_the_line_too(hall: Hall, volunteer: Volunteer) -> None:
    event, other = hall.event("清洁日", "--capacity", 1), hall.event("读书会", opened=False)
    volunteer.ok("event", "open", other)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("event", "signup", other, "王芳")
    taken = volunteer.rows("history", "list", "--limit", 1)[0]["id"]
    volunteer.ok("event", "withdraw", event, "李明")
    assert waiting(hall, event) == ["王芳"], "the place at the other event stands against it"
    told = volunteer.ok("undo", taken).err
    assert "王芳 (2) moved up from the waitlist of 清洁日 (1)" in told
    assert waiting(hall, event) == []


def test_what_would_move_up_is_said_as_of_a_dry_run(hall: Hall, volunteer: Volunteer) -> None:
    event = full(hall)
    told = volunteer.ok("person", "archive", "李明", "-n").err
    assert "Dry run, nothing was written: 王芳 (2) moved up from the waitlist of 清洁日 (1)" in told
    assert hall.statuses(event)["王芳"] == "waiting"


def test_a_sheet_that_opens_places_says_who_moved_up(volunteer: Volunteer, tmp_path: Path) -> None:
    for line in (
        "person add 李明",
        "person add 王芳",
        "event add 清洁日 --start 2026-07-10T09:00 --end 11:00 --capacity 1",
        "event open 清洁日",
        "event signup 清洁日 李明 王芳",
    ):
        volunteer.ok(*line.split())
    path = tmp_path / "events.csv"
    rows = "活动名称,开始时间,结束时间,人数上限\n清洁日,2026-07-10 9:00,2026-07-10 11:00,2\n"
    path.write_text(rows, encoding="utf-8")
    told = volunteer.ok("import", "events", path, "--on-conflict", "update").err
    assert "王芳 (2) moved up from the waitlist of 清洁日 (1): the places are now 2." in told
    assert volunteer.ok("undo").err.count("王芳") == 1
