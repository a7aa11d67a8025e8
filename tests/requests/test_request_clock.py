"""The clock of requests: the date vectors, what moves a date, and why it is what it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

NUMBER = "BINHU-R{}-0001"


def add(volunteer: Volunteer, on: str, *more: object, urgency: str = "ordinary") -> str:
    """The number of a new request."""
    request = volunteer.ok(
        "request", "add", "楼道灯不亮", "--urgency", urgency, "--on", on, *more, "-f", "json"
    )
    number: str = request.json["number"]
    return number


def shown(volunteer: Volunteer, number: str) -> Any:
    return volunteer.ok("request", "show", number, "-f", "json").json


@pytest.mark.parametrize(
    ("received", "urgency", "due"),
    [
        ("2026-06-18", "ordinary", "2026-06-26"),
        ("2026-02-12", "ordinary", "2026-02-26"),
        ("2026-02-12", "complex", "2026-03-11"),
        ("2026-09-29", "ordinary", "2026-10-12"),
        ("2026-04-30", "ordinary", "2026-05-11"),
        # A Saturday: the next working day is day one.
        ("2026-01-10", "ordinary", "2026-01-16"),
        # Urgent is a calendar day, and not rolled.
        ("2026-06-26", "urgent", "2026-06-27"),
    ],
)
def test_the_due_date(volunteer: Volunteer, received: str, urgency: str, due: str) -> None:
    volunteer.today = "2026-12-01"
    number = add(volunteer, received, urgency=urgency)
    request = shown(volunteer, number)
    assert (request["due_on"], request["first_due_on"]) == (due, due)
    assert volunteer.rows("request", "why", number)[-1]["on"] == due


#: What the office says of single days, and what follows for a request of Friday, 26 June 2026: five working days.
OWN_DAYS = [
    ("", "2026-07-03"),
    ("2026-06-29=off", "2026-07-06"),
    ("2026-06-27=on", "2026-07-02"),
    ("2026-06-27=on,2026-06-29=off", "2026-07-03"),
    ("2026-07-03=off,2026-07-06=off", "2026-07-07"),
    ("2026-06-26=off", "2026-07-03"),
    ("2026-08-01=off", "2026-07-03"),
]


@pytest.mark.parametrize("way", ["before", "after", "batch", "undone"])
@pytest.mark.parametrize(("days", "due"), OWN_DAYS)
def test_the_office_has_working_days_of_its_own(volunteer: Volunteer, days: str, due: str, way: str) -> None:
    volunteer.today = "2026-12-01"
    policy = ("policy", "set", "working_days", days)
    if way == "batch":
        lines = f"policy set working_days '{days}'\nrequest add 漏水 --urgency ordinary --on 2026-06-26\n"
        volunteer.ok("batch", "-", stdin=lines)
        number = NUMBER.format(2026)
    else:
        if way == "before":
            volunteer.ok(*policy)
        number = add(volunteer, "2026-06-26")
        told = "" if way == "before" else volunteer.ok(*policy).err
        assert (f"2026-07-03 → {due}" in told) is (way != "before" and due != "2026-07-03")
    if way == "undone":
        volunteer.ok("undo")
        due = "2026-07-03"
    assert shown(volunteer, number)["due_on"] == due
    assert volunteer.rows("request", "why", number)[-1]["on"] == due
    assert volunteer.ok("check").out == ""


def test_a_line_of_a_batch_counts_the_holidays_of_its_country(volunteer: Volunteer) -> None:
    volunteer.today = "2026-12-01"
    volunteer.ok("policy", "set", "country", "GB")
    # The last Monday of August is a holiday in England, and the first days of October are none.
    volunteer.ok("batch", "-", stdin="request add 漏水 --urgency ordinary --on 2026-08-28\n")
    assert shown(volunteer, NUMBER.format(2026))["due_on"] == "2026-09-07"
    told = volunteer.ok("policy", "set", "country", "CN").err
    assert "2026-09-07 → 2026-09-04" in told


def test_what_is_given_back_is_given_back_within_working_days_of_the_office(volunteer: Volunteer) -> None:
    volunteer.today = "2026-12-01"
    number = add(volunteer, "2026-06-26")
    volunteer.ok("organization", "add", "样例物业公司", "--kind", "property")
    volunteer.ok("request", "assign", number, "--to", "样例物业公司", "--on", "2026-06-26")
    back = ("request", "return", number, "--reason", "不归我们", "--on", "2026-07-01")
    volunteer.refused("too_late", *back)
    volunteer.ok("policy", "set", "working_days", "2026-06-30=off")
    volunteer.ok(*back)


@pytest.mark.parametrize("called", ["2026-06-26", "2026-06-27"])
def test_a_first_answer_is_due_on_the_next_working_day(volunteer: Volunteer, called: str) -> None:
    number = add(volunteer, called, "--caller-name", "王某")
    assert shown(volunteer, number)["respond_by"] == "2026-06-29"


def test_a_suspension_does_not_count(volunteer: Volunteer) -> None:
    volunteer.today = "2026-12-01"
    number = add(volunteer, "2025-11-03")
    assert shown(volunteer, number)["due_on"] == "2025-11-10"
    volunteer.ok(
        "request", "suspend", number, "--until", "2026-03-15", "--reason", "等栽植季", "--on", "2025-11-05"
    )
    assert shown(volunteer, number)["due_on"] == "2026-03-18"
    assert volunteer.rows("request", "why", number)[-1]["on"] == "2026-03-18"
    volunteer.ok("request", "resume", number, "--on", "2026-01-20")
    request = shown(volunteer, number)
    assert (request["due_on"], request["first_due_on"]) == ("2026-01-23", "2025-11-10")


def test_an_extension_adds_working_days(volunteer: Volunteer) -> None:
    number = add(volunteer, "2025-11-03")
    volunteer.ok("request", "extend", number, "--days", "3", "--reason", "等配件", "--on", "2025-11-10")
    request = shown(volunteer, number)
    assert (request["due_on"], request["extended_days"]) == ("2025-11-13", 3)


def test_a_policy_that_changes_moves_no_stored_date(volunteer: Volunteer) -> None:
    number = add(volunteer, "2026-06-18")
    volunteer.ok(
        "policy", "set", "request_deadlines", "urgent=1d,ordinary=2,complex=15", "--from", "2026-06-01"
    )
    assert shown(volunteer, number)["due_on"] == "2026-06-26"
    assert shown(volunteer, add(volunteer, "2026-06-18"))["due_on"] == "2026-06-23"


def test_days_say_why_they_do_not_count(volunteer: Volunteer) -> None:
    number = add(volunteer, "2026-06-18")
    rows = volunteer.rows("request", "why", number)
    assert [(row["on"], row["n"]) for row in rows if row["counts"]] == [
        ("2026-06-22", 1), ("2026-06-23", 2), ("2026-06-24", 3), ("2026-06-25", 4), ("2026-06-26", 5),
    ]  # fmt: skip
    assert rows[0]["what"] == "the day of receipt does not count"
    assert rows[1]["what"] == "a day off"
    assert rows[-1]["what"] == "due"


def test_merging_takes_the_earliest_date_and_splitting_gives_it_back(volunteer: Volunteer) -> None:
    """Card 1."""
    one = add(volunteer, "2026-06-10")
    two = add(volunteer, "2026-06-12", urgency="complex")
    assert [shown(volunteer, number)["due_on"] for number in (one, two)] == ["2026-06-17", "2026-07-06"]
    volunteer.ok("request", "merge", one, two)
    assert shown(volunteer, one)["due_on"] == "2026-06-17"
    volunteer.ok("undo")
    volunteer.ok("request", "merge", two, one)
    assert shown(volunteer, two)["due_on"] == "2026-06-17"
    # The number of the dropped one goes on to work.
    assert shown(volunteer, one)["number"] == two
    volunteer.ok("request", "note", one, "又来问了")
    assert shown(volunteer, two)["steps"][-1]["text"] == "又来问了"
    volunteer.ok("request", "split", one)
    assert (shown(volunteer, two)["due_on"], shown(volunteer, two)["overdue"]) == ("2026-07-06", False)
    assert (shown(volunteer, one)["due_on"], shown(volunteer, one)["overdue"]) == ("2026-06-17", True)
    assert volunteer.ok("check").out == ""


@pytest.mark.parametrize(
    ("now", "overdue"),
    [("2026-06-26T23:59", False), ("2026-06-27T00:00", True), ("2026-06-25T12:00", False)],
)
def test_overdue_is_after_the_due_day_and_everywhere_the_same(
    volunteer: Volunteer, now: str, overdue: bool
) -> None:
    number = add(volunteer, "2026-06-18")
    volunteer.ok("organization", "add", "样例物业公司", "--kind", "property")
    volunteer.ok("request", "assign", number, "--to", "样例物业公司", "--on", "2026-06-18")
    volunteer.today = now
    assert shown(volunteer, number)["overdue"] is overdue
    assert len(volunteer.rows("request", "list", "--overdue")) == overdue
    assert volunteer.rows("report", "requests")[0]["overdue"] == overdue
    tasks = [row for row in volunteer.rows("report", "today") if row["task"] == "finish_request"]
    assert [date.fromisoformat(row["due"]) < date.fromisoformat(now[:10]) for row in tasks] == [overdue]


def test_a_suspended_one_is_neither_late_nor_on_time(volunteer: Volunteer, tmp_path: Path) -> None:
    number = add(volunteer, "2026-06-10")
    volunteer.ok(
        "request", "suspend", number, "--until", "2026-07-31", "--reason", "等雨停", "--on", "2026-06-11"
    )
    rates = {row["rate"]: row for row in volunteer.rows("report", "rates")}
    assert (rates["on_time"]["denominator"], rates["on_time"]["suspended"]) == (0, 1)
    assert volunteer.rows("request", "list", "--suspended")[0]["suspended_until"] == "2026-07-31"
    assert volunteer.rows("request", "list", "--overdue") == []
    volunteer.today = "2026-08-20"
    assert [row["number"] for row in volunteer.rows("request", "list", "--overdue")] == [number]
