"""People at the door, line by line from a scanner or a list: answered at once, one operation, evidence scanned."""

from __future__ import annotations

import pytest
from terminals import terminal
from volunteering import Volunteer

#: The sample number of GB 11643.
NUMBER = "11010519491231002X"


@pytest.fixture
def camp(volunteer: Volunteer) -> Volunteer:
    """An open event that goes on at 9:30, four places of which are taken."""
    volunteer.ok("person", "add", "李样明", "--volunteer")
    volunteer.ok("person", "add", "王样红", "--volunteer")
    volunteer.ok("person", "add", "赵样一", "--id-number", NUMBER)
    volunteer.ok("person", "add", "钱样二")
    volunteer.ok("person", "add", "孙样三")
    volunteer.ok("event", "add", "营地", "--code", "camp", "--start", "2026-06-30 9:00", "--end", "11:00")
    volunteer.ok("event", "open", "camp")
    volunteer.today = "2026-06-29T20:00"
    volunteer.ok("event", "signup", "camp", 1, 2, 3, 4)
    volunteer.today = "2026-06-30T09:30"
    return volunteer


def attendance(volunteer: Volunteer) -> dict[str, str]:
    return {row["person"]: row["status"] for row in volunteer.rows("event", "roster", "camp")}


def test_a_list_is_read_line_by_line_and_the_rest_is_done(camp: Volunteer) -> None:
    lines = f"\ufeffBINHU-V0001\r\n\n王样红\nnobody\n{NUMBER}\n孙样三\nBINHU-V0001\n"
    result = camp("event", "checkin", "camp", "-", stdin=lines)
    assert result.code == 1
    assert "09:30  李样明 (1)" in result.err
    assert "Line 4: person 'nobody' does not exist [not_found]" in result.err
    assert "Line 6: " in result.err.partition("[not_signed_up]")[0]
    assert "3 people came to 营地 (1)." in result.err
    came = {"李样明": "attended", "王样红": "attended", "赵样一": "attended", "钱样二": "signed_up"}
    assert attendance(camp) == came
    assert len(camp.rows("history", "list", "--limit", "1")) == 1
    camp.ok("undo")
    assert set(attendance(camp).values()) == {"signed_up"}, "an undo takes the whole scan back"


def test_hours_of_who_was_scanned_say_so(camp: Volunteer) -> None:
    camp.ok("event", "checkin", "camp", "-", stdin="1\n2\n")
    camp.ok("event", "checkin", "camp", 4)
    camp.today = "2026-06-30T10:45"
    result = camp.ok("event", "checkout", "camp", "-", stdin="1\n王样红\n")
    assert "2 people left 营地 (1)." in result.err
    camp.today = "2026-06-30T11:30"
    camp.ok("event", "finish", "camp")
    hours = {row["person"]: row["evidence"] for row in camp.rows("hours", "list")}
    assert hours == {"李样明": "scanned", "王样红": "scanned", "钱样二": "signed"}
    assert camp.ok("check").code == 0


def test_who_is_scanned_again_came_the_first_time(camp: Volunteer) -> None:
    camp.ok("event", "checkin", "camp", "-", stdin="1\n")
    camp.today = "2026-06-30T10:00"
    assert "Nothing changed" in camp.ok("event", "checkin", "camp", "-", stdin="1\n").err
    (row,) = [row for row in camp.rows("event", "roster", "camp") if row["person"] == "李样明"]
    assert row["checked_in_at"].startswith("2026-06-30T09:30")


def test_all_good_lines_are_exit_0_and_an_override_lets_in(camp: Volunteer) -> None:
    shown = camp.ok("event", "checkin", "camp", "-", "--override", "帮忙", "-f", "json", stdin="孙样三\n")
    assert shown.json["attended"] == 1
    assert camp.ok("event", "checkin", "camp", "-", stdin="").code == 0, "an empty list is no fault"


def test_a_whole_scan_is_refused_where_the_event_is_not_held(camp: Volunteer) -> None:
    camp.today = "2026-07-09T09:00"
    camp.refused("bad_time", "event", "checkin", "camp", "-", exit_code=1)
    assert camp("event", "checkin", "camp", "-", "-n", "--at", "9:05", stdin="1\n").code == 0
    assert attendance(camp)["李样明"] == "signed_up"


def test_at_a_terminal_each_line_is_answered_before_the_next(camp: Volunteer) -> None:
    settings = {"VOLUNTEER_TODAY": camp.today}
    with terminal(camp.database, "event", "checkin", "camp", "-", env=settings) as desk:
        desk.type("BINHU-V0002\n")
        desk.until("王样红 (2)")
        desk.type("x-unknown\n")
        desk.until("[not_found]")
        desk.type("\x04")
        desk.until("1 person came to")
        assert desk.ends() == 1
    assert attendance(camp)["王样红"] == "attended"
