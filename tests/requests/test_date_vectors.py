"""The seventeen date vectors of the reading, and the days beside each, counted here day by day.

The vectors come from the published calendar of days off and make-up days; what stands beside them is what a clerk would
count with a finger on that calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from volunteering import Volunteer

from volunteer_cli.core.dates import is_working_day

DAY = timedelta(days=1)
BESIDE = range(-4, 5)


def counted(received: date, days: int) -> date:
    """The so-manieth working day behind a day, which does not count itself."""
    day = received
    while days:
        day += DAY
        days -= is_working_day(day)
    return day


def rolled(day: date) -> date:
    """A day, or the next on which people work."""
    while not is_working_day(day):
        day += DAY
    return day


def beside(day: str) -> list[date]:
    return [date.fromisoformat(day) + DAY * number for number in BESIDE]


RECEIVED = (
    ("ordinary", 5, "2026-06-18", "2026-06-26"),
    ("ordinary", 5, "2026-02-12", "2026-02-26"),
    ("complex", 15, "2026-02-12", "2026-03-11"),
    ("ordinary", 5, "2026-09-29", "2026-10-12"),
    ("ordinary", 5, "2026-04-30", "2026-05-11"),
    ("ordinary", 5, "2026-01-10", "2026-01-16"),
    ("ordinary", 5, "2025-11-03", "2025-11-10"),
)


@pytest.mark.parametrize(("urgency", "days", "received", "due"), RECEIVED)
def test_due_and_first_answer(volunteer: Volunteer, urgency: str, days: int, received: str, due: str) -> None:
    volunteer.today = "2026-12-01"
    lines = [f"request add 事 --caller-name 某 --urgency {urgency} --on {day}" for day in beside(received)]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    rows = {row["received_at"][:10]: row for row in volunteer.rows("request", "list")}
    assert rows[received]["due_on"] == due
    for day in beside(received):
        row = rows[day.isoformat()]
        assert (row["due_on"], row["respond_by"]) == (str(counted(day, days)), str(counted(day, 1)))


def test_first_answer_to_who_calls_on_a_friday_or_a_saturday(volunteer: Volunteer) -> None:
    for day in ("2026-06-26", "2026-06-27"):
        volunteer.ok("request", "add", "事", "--caller-name", "某", "--on", day)
    assert {row["respond_by"] for row in volunteer.rows("request", "list")} == {"2026-06-29"}


@pytest.mark.parametrize(("given", "last"), [("2026-06-18", "2026-06-23"), ("2026-06-16", "2026-06-18")])
def test_a_lead_is_returned_within_two_working_days(volunteer: Volunteer, given: str, last: str) -> None:
    volunteer.ok("organization", "add", "样例物业公司")
    volunteer.ok("request", "add", "事", "--on", given)
    volunteer.ok("request", "assign", 1, "--to", "样例物业公司", "--on", given)
    assert str(counted(date.fromisoformat(given), 2)) == last
    late = date.fromisoformat(last) + DAY
    volunteer.refused("too_late", "request", "return", 1, "--reason", "非职责", "--on", late)
    volunteer.ok("request", "return", 1, "--reason", "非职责", "--on", last)


def due(volunteer: Volunteer) -> str:
    answer: Any = volunteer.rows("request", "show", 1)
    return str(answer["due_on"])


def moved(day: date, first: date, until: date) -> date:
    """A due day, later by the working days behind the first day of a span, up to and with its last."""
    within = (first + DAY * number for number in range(1, (until - first).days + 1))
    return counted(day, sum(map(is_working_day, within)))


@pytest.mark.parametrize(("suspended", "until", "expected"), [
    ("2025-11-05", "2026-03-15", "2026-03-18"),
    ("2025-11-05", "2026-01-20", "2026-01-23"),
    ("2025-11-03", "2025-11-08", None),
    ("2025-11-10", "2025-12-31", None),
])  # fmt: skip
def test_suspended_days_do_not_count(
    volunteer: Volunteer, suspended: str, until: str, expected: str | None
) -> None:
    """As it is planned, and when somebody resumes on that day what was suspended for longer."""
    volunteer.today = "2026-12-01"
    volunteer.ok("request", "add", "事", "--on", "2025-11-03")
    count = moved(date(2025, 11, 10), date.fromisoformat(suspended), date.fromisoformat(until))
    assert expected in (None, str(count))
    hold = ("request", "suspend", 1, "--reason", "等季节", "--on", suspended, "--until")
    volunteer.ok(*hold, until)
    assert due(volunteer) == str(count)
    volunteer.ok("undo")
    volunteer.ok(*hold, "2026-04-20")
    volunteer.ok("request", "resume", 1, "--on", until)
    assert due(volunteer) == str(count)


@pytest.mark.parametrize("days", [1, 3, 10])
def test_an_extension_adds_its_working_days(volunteer: Volunteer, days: int) -> None:
    volunteer.ok("request", "add", "事", "--on", "2025-11-03")
    volunteer.ok("request", "extend", 1, "--days", days, "--reason", "等配件", "--on", "2025-11-10")
    assert due(volunteer) == str(counted(date(2025, 11, 10), days))
    assert days != 3 or due(volunteer) == "2025-11-13"


COURT = (("2026-01-15", "2026-02-14"), ("2026-01-22", "2026-02-24"), ("2026-08-27", "2026-09-28"))


def test_the_days_of_a_case_and_of_the_court(volunteer: Volunteer) -> None:
    volunteer.today = "2026-12-01"
    days = [day for effective, _last in COURT for day in beside(effective)]
    lines = ["person add 样甲"]
    for number, day in enumerate(days, 1):
        lines += [
            f"mediation add --kind other --source applied --party 甲某 --party 乙某 --mediator 样甲 --on {day}",
            *(f"mediation party {number} {party} --agrees --on {day}" for party in ("甲某", "乙某")),
            f"mediation session {number} --on {day}",
            f"mediation agree {number} --written --signed {day} --text 和好 --on {day}",
        ]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    rows = {row["accepted_on"]: row for row in volunteer.rows("mediation", "list")}
    for day in days:
        last = str(rolled(day + 30 * DAY))
        assert (rows[str(day)]["due_on"], rows[str(day)]["court_by"]) == (last, last)
    assert all(rows[effective]["court_by"] == last for effective, last in COURT)
    assert rows["2026-01-20"]["due_on"] == "2026-02-24"


def test_a_gift_is_settled_within_thirty_days(volunteer: Volunteer) -> None:
    days = beside("2025-05-10")
    lines = ["person add 样甲", "household add --building 1 --room 101 --on 2025-01-01"]
    lines += [f"household gift 1-101 --to 样甲 --value 300 --on {day}" for day in days]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    rows = {row["received_on"]: row["due_on"] for row in volunteer.rows("household", "gifts")}
    assert rows == {str(day): str(day + 30 * DAY) for day in days}
    assert rows["2025-05-10"] == "2025-06-09"
