"""The worked example of the field page: a camp of 8 h, a limit of 0, promises up to 20 h, figure by figure."""

from __future__ import annotations

from typing import Any

import pytest
from volunteering import Volunteer

HOUR = 60


@pytest.fixture
def camp(volunteer: Volunteer) -> Volunteer:
    """A parent with two children, a neighbour, and a camp that costs 8 h."""
    volunteer.today = "2026-07-01"
    for name, more in {
        "金样一": (),
        "金样二": ("--guardian", "金样一", "--birth", "2016"),
        "金样三": ("--guardian", "金样一", "--birth", "2018"),
        "陶样一": (
            "--guardian",
            "金样一",
        ),
    }.items():
        volunteer.ok("person", "add", name, *more)
    volunteer.ok("account", "add", "金样一", "陶样一", "--counts-from", "2026-06-01")
    volunteer.ok("event", "add", "夏令营", "--code", "camp", "--kind", "camp",
                 "--start", "2026-09-20 09:00", "--end", "2026-09-20 17:00")  # fmt: skip
    volunteer.ok("event", "open", "camp")
    volunteer.ok("exchange", "price", "camp", "--hours", "8h")
    return volunteer


def serve(volunteer: Volunteer, day: str, hours: int) -> int:
    """A confirmed record of the parent; its id."""
    record: int = volunteer.rows("hours", "add", "金样一", "--date", day, "--hours", f"{hours}h")["id"]  # type: ignore[call-overload]
    volunteer.ok("hours", "confirm", record)
    return record


def balance(volunteer: Volunteer, *more: object) -> int:
    """What the parent holds; the accounts of the community add up to zero whenever it is asked."""
    rows = volunteer.rows("account", "list", *more)
    assert sum(row["balance"] for row in rows) == 0
    held: int = next(row["balance"] for row in rows if row["person"] == "金样一")
    return held


def owed(volunteer: Volunteer) -> list[tuple[str, int]]:
    shown: dict[str, Any] = volunteer.ok("account", "show", "金样一", "-f", "json").json
    return [(promise["until"], promise["outstanding"]) for promise in shown["promises"]]


def test_worked_example(camp: Volunteer) -> None:
    serve(camp, "2026-06-30", 3)
    camp.ok("account", "post")
    assert balance(camp) == 3 * HOUR

    camp.today = "2026-07-02"
    refused = camp.refused("insufficient_credit", "exchange", "take", "camp", "金样二")
    assert "5:00" in refused.err
    assert "--promise" in refused.err
    assert not camp.rows("event", "roster", "camp"), "no booking, no place"
    camp.ok("exchange", "take", "camp", "金样二", "--promise", "--until", "2026-08-31")
    assert balance(camp) == -5 * HOUR
    assert owed(camp) == [("2026-08-31", 5 * HOUR)]

    camp.today = "2026-07-03"
    camp.ok("exchange", "take", "camp", "金样三", "--promise", "--until", "2026-08-15")
    assert balance(camp) == -13 * HOUR
    assert owed(camp) == [("2026-08-15", 5 * HOUR), ("2026-08-31", 8 * HOUR)]

    camp.today = "2026-07-04"
    camp.refused("insufficient_credit", "account", "give", "金样一", "陶样一", "--hours", "1h")
    record = serve(camp, "2026-07-04", 6)
    camp.ok("account", "post")
    assert balance(camp) == -7 * HOUR
    assert owed(camp) == [("2026-08-15", 0), ("2026-08-31", 7 * HOUR)]
    kept, open_ = camp.rows("exchange", "list", "--sort", "promised_until")
    assert (kept["status"], open_["status"]) == ("kept", "promised")

    camp.ok("hours", "void", record, "--reason", "记错")
    camp.ok("account", "post")
    assert camp.rows("account", "entries", "--kind", "correct")[0]["minutes"] == 6 * HOUR
    assert balance(camp) == -13 * HOUR
    assert owed(camp) == [("2026-08-15", 5 * HOUR), ("2026-08-31", 8 * HOUR)]

    camp.today = "2026-08-16"
    (overdue,) = camp.rows("exchange", "list", "--overdue")
    assert (overdue["person"], overdue["outstanding"]) == ("金样三", 5 * HOUR)
    camp.ok("person", "add", "金样四", "--guardian", "金样一", "--birth", "2019")
    camp.refused(
        "promise_overdue", "exchange", "take", "camp", "金样四", "--promise", "--until", "2026-09-01"
    )
    assert balance(camp, "--as-of", "2026-07-02") == -5 * HOUR
    camp.ok("check")


def test_third_promise_beyond_the_limit(camp: Volunteer) -> None:
    camp.ok("exchange", "take", "camp", "金样二", "金样三", "--promise", "--until", "2026-08-31")
    camp.ok("person", "add", "金样四", "--guardian", "金样一", "--birth", "2019")
    camp.refused("promise_limit", "exchange", "take", "camp", "金样四", "--promise", "--until", "2026-08-31")
    camp.refused(
        "promise_limit", "exchange", "take", "camp", "金样四", "--promise", "--until", "2026-08-31",
        "--override", "不过底线",
    )  # fmt: skip


def test_worklist_names_what_is_owed(camp: Volunteer) -> None:
    camp.ok("exchange", "take", "camp", "金样二", "--promise", "--until", "2026-07-05")
    serve(camp, "2026-06-30", 3)
    tasks = {row["task"]: row for row in camp.rows("report", "today")}
    assert tasks["promise_due"]["due"] == "2026-07-05"
    assert (tasks["post_credits"]["count"], tasks["post_credits"]["what"]) == (1, "3:00")
    camp.today = "2026-07-06"
    assert "promise_overdue" in {row["task"] for row in camp.rows("report", "today")}
    camp.ok("event", "cancel", "camp")
    (refund,) = [row for row in camp.rows("report", "today") if row["task"] == "refund_place"]
    assert refund["count"] == 1
    camp.ok("exchange", "cancel", "--event", "camp", "--reason", "活动取消")
    assert balance(camp) == 0
    assert camp.rows("report", "promises")["made"] == 0  # type: ignore[call-overload]
