"""Sign-ups: the ladder of refusals, the waitlist, promotions, overrides."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

RUNGS = [
    "already_signed_up",
    "event_over",
    "not_open",
    "not_member",
    "unqualified",
    "no_guardian",
    "overlap",
    "full",
]


def test_place_is_taken_once(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    told = volunteer.ok("event", "signup", event, "李明", "-f", "json")
    assert "李明 (1) has a place at 清洁日 (1)" in told.err
    assert told.json["signed_up"] == 1
    assert told.json["roster"][0]["status"] == "signed_up"
    volunteer.refused("already_signed_up", "event", "signup", event, "李明", exit_code=1)


def test_several_people_all_or_none(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    volunteer.ok("event", "signup", event, "李明")
    before = volunteer.dump()
    volunteer.refused("already_signed_up", "event", "signup", event, "王芳", "张伟", "李明")
    assert volunteer.dump() == before


def test_over_counts_from_the_end(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    hall.at("2026-07-04T10:59")
    volunteer.ok("event", "signup", event, "李明")
    hall.at("2026-07-04T11:00")
    volunteer.refused("event_over", "event", "signup", event, "王芳")


def test_only_open_events_take_people(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", opened=False)
    told = volunteer.refused("not_open", "event", "signup", event, "李明")
    assert "volunteer event open 1" in told.err
    volunteer.ok("event", "cancel", event)
    volunteer.refused("not_open", "event", "signup", event, "李明")


def test_members_only_looks_at_the_day_of_the_event(hall: Any, volunteer: Any) -> None:
    team = hall.team("绿色家园", 1)
    event = hall.event("清洁日", "--team", team, "--members-only")
    volunteer.ok("event", "signup", event, "李明")
    volunteer.refused("not_member", "event", "signup", event, "王芳")
    later = hall.team("新白领", 2, since=date(2026, 7, 4))
    other = hall.event("走访", "--team", later, "--members-only")
    volunteer.ok("event", "signup", other, "王芳")


def test_members_only_needs_a_team(hall: Any, volunteer: Any) -> None:
    words = ("--start", "2026-07-04 9:00", "--end", "11:00", "--members-only")
    volunteer.refused("no_team", "event", "add", "清洁日", *words)


def test_skill_may_come_from_a_training_that_counts(hall: Any, volunteer: Any) -> None:
    event = hall.event("急救演练", "--needs-skill", "急救")
    hall.person("护士", skills=("急救",))
    volunteer.ok("event", "signup", event, "护士")
    volunteer.refused("unqualified", "event", "signup", event, "李明")
    training = (
        "training",
        "add",
        "--topic",
        "急救",
        "--by",
        "红十字会",
        "--on",
        "2026-05-01",
        "--minutes",
        90,
    )
    volunteer.ok(*training, "李明", "--skill", "急救", "--until", "2026-07-04")
    volunteer.ok(*training, "王芳", "--skill", "急救", "--until", "2026-07-03")
    volunteer.ok("event", "signup", event, "李明")
    volunteer.refused("unqualified", "event", "signup", event, "王芳")


def test_children_need_a_guardian(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    hall.person("小红", birth="2012-07-05")
    hall.person("小明", birth="2012-07-04")
    hall.person("小刚", birth="2015", guardian_id=1)
    volunteer.refused("no_guardian", "event", "signup", event, "小红")
    volunteer.ok("event", "signup", event, "小明", "小刚")


def test_overlap_is_half_open_and_ignores_the_line(hall: Any, volunteer: Any) -> None:
    first = hall.event("清洁日", "--capacity", 1)
    clash = hall.event("走访", start="2026-07-04 10:59", end="12:00")
    after = hall.event("合唱", start="2026-07-04 11:00", end="12:00")
    volunteer.ok("event", "signup", first, "李明")
    told = volunteer.refused("overlap", "event", "signup", clash, "李明")
    assert "清洁日 (1) 2026-07-04 09:00–11:00" in told.err
    volunteer.ok("event", "signup", after, "李明")
    volunteer.ok("event", "signup", first, "王芳")
    volunteer.ok("event", "signup", clash, "王芳")


def test_cancelled_event_frees_the_time(hall: Any, volunteer: Any) -> None:
    first, second = hall.event("清洁日"), hall.event("走访")
    volunteer.ok("event", "signup", first, "李明")
    volunteer.ok("event", "cancel", first)
    volunteer.ok("event", "signup", second, "李明")


def test_full_means_waiting_unless_refused(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明")
    told = volunteer.ok("event", "signup", event, "王芳")
    assert "王芳 (2) is number 1 on the waitlist" in told.err
    volunteer.refused("full", "event", "signup", event, "张伟", "--no-waitlist", exit_code=1)
    assert hall.statuses(event) == {"李明": "signed_up", "王芳": "waiting"}
    assert [row["position"] for row in hall.roster(event)] == [None, 1]


def test_no_places_at_all(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 0)
    volunteer.ok("event", "signup", event, "李明")
    assert hall.statuses(event) == {"李明": "waiting"}


def test_withdrawal_promotes_in_order_and_skips_who_would_be_refused(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    clash = hall.event("走访")
    volunteer.ok("event", "signup", clash, "王芳")
    told = volunteer.ok("event", "withdraw", event, "李明")
    assert "张伟 (3) moved up from the waitlist: 李明 withdrew." in told.err
    assert hall.statuses(event) == {"李明": "withdrawn", "王芳": "waiting", "张伟": "signed_up"}
    volunteer.ok("event", "withdraw", clash, "王芳")
    volunteer.ok("event", "withdraw", event, "张伟")
    assert hall.statuses(event)["王芳"] == "signed_up"


def test_promotion_is_in_the_history_with_its_why(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    told = volunteer.ok("event", "withdraw", event, "李明")
    number = told.err.rsplit("Operation ", 1)[1].rstrip(".\n")
    shown = volunteer.ok("history", "show", number, "-f", "json").out
    assert "withdrawal of person:1" in shown


def test_larger_capacity_promotes(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 0)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    told = volunteer.ok("event", "edit", event, "--capacity", 2)
    assert told.err.count("moved up from the waitlist: the places are now 2.") == 2
    assert hall.statuses(event) == {"李明": "signed_up", "王芳": "signed_up", "张伟": "waiting"}
    volunteer.ok("event", "edit", event, "--capacity", "none")
    assert hall.statuses(event)["张伟"] == "signed_up"
    volunteer.refused("over_capacity", "event", "edit", event, "--capacity", 2)


def test_who_withdrew_may_come_back_to_the_end_of_the_line(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    volunteer.ok("event", "withdraw", event, "王芳")
    volunteer.ok("event", "signup", event, "王芳")
    positions = {row["person"]: row["position"] for row in hall.roster(event)}
    assert positions == {"李明": None, "张伟": 1, "王芳": 2}


def test_withdrawing_twice_is_no_change(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    volunteer.refused("not_signed_up", "event", "withdraw", event, "李明")
    volunteer.ok("event", "signup", event, "李明")
    volunteer.ok("event", "withdraw", event, "李明")
    assert "Nothing changed" in volunteer.ok("event", "withdraw", event, "李明").err


def test_override_lets_three_rungs_pass_and_keeps_the_reason(hall: Any, volunteer: Any) -> None:
    team = hall.team("绿色家园", 1)
    event = hall.event("清洁日", "--team", team, "--members-only", "--capacity", 0)
    volunteer.ok("event", "signup", event, "王芳", "--override", "她带工具来")
    (row,) = hall.roster(event)
    assert (row["status"], row["override_reason"]) == ("signed_up", "她带工具来")
    skilled = hall.event("急救", "--needs-skill", "急救", start="2026-07-05 9:00")
    volunteer.refused("unqualified", "event", "signup", skilled, "李明", "--override", "他会的")


def test_what_was_let_pass_is_a_row_for_each_refusal(hall: Any, volunteer: Any) -> None:
    team = hall.team("绿色家园", 1)
    busy = hall.event("走访")
    volunteer.ok("event", "signup", busy, "王芳")
    event = hall.event("清洁日", "--team", team, "--members-only", "--capacity", 0)
    volunteer.ok("event", "signup", event, "王芳", "--override", "她带工具来", "--actor", "赵主任")
    kept = "SELECT refusal, reason, allowed_by FROM signup_override ORDER BY id"
    with sqlite3.connect(volunteer.database) as connection:
        rows = connection.execute(kept).fetchall()
    assert rows == [(code, "她带工具来", "赵主任") for code in ("not_member", "overlap", "full")]
    volunteer.ok("event", "withdraw", event, "王芳")
    volunteer.ok("event", "edit", event, "--for-everyone", "--capacity", 5)
    volunteer.ok("event", "withdraw", busy, "王芳")
    volunteer.ok("event", "signup", event, "王芳")
    with sqlite3.connect(volunteer.database) as connection:
        assert connection.execute(kept).fetchall() == []
    assert hall.roster(event)[0]["override_reason"] is None
    volunteer.ok("undo")
    with sqlite3.connect(volunteer.database) as connection:
        assert len(connection.execute(kept).fetchall()) == 3


def test_a_merge_takes_along_what_was_let_pass(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 0)
    volunteer.ok("event", "signup", event, "李明", "王芳", "--override", "人手不够")
    signed = volunteer.dump()
    volunteer.ok("person", "merge", "李明", "王芳", "--yes")
    assert [(row["person"], row["override_reason"]) for row in hall.roster(event)] == [("李明", "人手不够")]
    volunteer.ok("undo")
    assert volunteer.dump() == signed
    volunteer.ok("check")


def test_override_beyond_capacity_leaves_it_full(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明")
    volunteer.ok("event", "signup", event, "王芳", "--override", "多一个人")
    volunteer.ok("event", "signup", event, "张伟")
    volunteer.ok("event", "withdraw", event, "李明")
    assert hall.statuses(event) == {"李明": "withdrawn", "王芳": "signed_up", "张伟": "waiting"}


def test_why_lists_every_rung_in_order(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 0, "--needs-skill", "急救")
    rungs = volunteer.ok("event", "why", event, "李明", "-f", "json").json
    assert [row["rung"] for row in rungs] == RUNGS
    assert [row["rung"] for row in rungs if not row["ok"]] == ["unqualified", "full"]
    assert "lacks what 清洁日 needs" in rungs[4]["explanation"]
    assert rungs[0]["explanation"] == "is not on the roster"


def test_first_refusal_in_the_order_of_the_ladder_wins(hall: Any, volunteer: Any) -> None:
    team = hall.team("绿色家园")
    hall.person("小红", birth="2015-01-01")
    hall.person("护士", skills=("急救",))
    busy = hall.event("走访", "--capacity", 5)
    volunteer.ok("event", "signup", busy, "护士", "李明")
    options = ("--team", team, "--members-only", "--needs-skill", "急救", "--capacity", 0)
    event = hall.event("清洁日", *options)
    volunteer.refused("not_member", "event", "signup", event, "李明")
    volunteer.ok("event", "edit", event, "--for-everyone")
    volunteer.refused("unqualified", "event", "signup", event, "小红")
    volunteer.ok("event", "edit", event, "--remove-skill", "急救")
    volunteer.refused("no_guardian", "event", "signup", event, "小红")
    volunteer.refused("overlap", "event", "signup", event, "李明", "--no-waitlist")
    volunteer.refused("full", "event", "signup", event, "王芳", "--no-waitlist")


def test_archived_people_neither_sign_up_nor_move_up(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    hall.archive(2)
    volunteer.ok("event", "withdraw", event, "李明")
    assert hall.statuses(event) == {"李明": "withdrawn", "王芳": "waiting", "张伟": "signed_up"}
    other = hall.event("合唱", start="2026-07-05 9:00")
    volunteer.refused("archived", "event", "signup", other, "王芳")


def test_the_line_comes_before_somebody_new(hall: Any, volunteer: Any) -> None:
    event, other = hall.event("清洁日", "--capacity", 1), hall.event("走访")
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("event", "signup", other, "王芳")
    volunteer.ok("event", "withdraw", event, "李明")
    assert hall.statuses(event)["王芳"] == "waiting"
    told = volunteer.ok("event", "withdraw", other, "王芳")
    assert "王芳 (2) moved up from the waitlist of 清洁日 (1): a place was free." in told.err
    volunteer.ok("event", "signup", event, "张伟")
    assert hall.statuses(event) == {"李明": "withdrawn", "王芳": "signed_up", "张伟": "waiting"}


def test_chinese(hall: Any, volunteer: Any) -> None:
    volunteer.language = "zh"
    event = hall.event("清洁日", "--capacity", 1)
    assert "李明（1）已报名" in volunteer.ok("event", "signup", event, "李明").err.replace(" ", "")
    told = volunteer.refused("already_signed_up", "event", "signup", event, "李明")
    assert "has a place" not in told.err
