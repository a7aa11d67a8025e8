"""--where: conditions on the fields of a list, and a change of all people who meet one."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from terminals import terminal
from volunteering import Volunteer

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.output.conditions import condition
from volunteer_cli.output.view import Column, Kind

TODAY = date(2026, 6, 30)
COLUMNS = (
    Column("name", "Name"),
    Column("building", "Building", Kind.CODE),
    Column("age", "Age", Kind.COUNT),
    Column("skills", "Skills", Kind.LIST),
    Column("status", "Status", Kind.CHOICE, choices={"open": "open", "done": "finished"}),
    Column("members_only", "Members only", Kind.FLAG),
    Column("date", "Date", Kind.DATE),
    Column("starts_at", "Start", Kind.DATETIME),
    Column("start", "From", Kind.TIME),
    Column("minutes", "Hours", Kind.MINUTES),
    Column("value", "Value", Kind.MONEY),
    Column("share", "Share", Kind.PERCENT),
    Column("on_hand", "On hand", Kind.QUANTITY),
    Column("rows", "Rows", Kind.ROWS),
)
RECORD: dict[str, Any] = {
    "name": "Zoë Example",
    "building": "3",
    "age": 64,
    "skills": ("急救", "Cooking"),
    "status": "done",
    "members_only": False,
    "date": date(2026, 6, 20),
    "starts_at": datetime(2026, 6, 20, 9, 0),
    "start": time(9, 0),
    "minutes": 90,
    "value": 1250,
    "share": 0.25,
    "on_hand": Quantity(12),
    "rows": [],
}


def holds(text: str, **other: Any) -> bool:
    return condition(text, COLUMNS, TODAY).holds({**RECORD, **other})


@pytest.mark.parametrize(
    "text",
    [
        "building=3",
        "building=3 and age>=60",
        "building = 3 and age > 63 and age < 65 and age <= 64",
        "building!=4",
        "building<10",
        "name='Zoë Example'",
        'name="zoë example"',
        "name~zoë",
        "name!~john",
        "skills=急救",
        "skills~cook",
        "skills!=理发",
        "status=done",
        "status=finished",
        "status!=open",
        "members_only=no",
        "date=2026-06",
        "date=2026-06-20",
        "date<2026-07 and date>2026-05",
        "date>=2026-06-20 and date<=2026-06-20",
        "date=this-month",
        "starts_at=2026-06-20",
        "starts_at='2026-06-20 9:00'",
        "starts_at<'2026-06-20 9:01'",
        "start=9:00",
        "start<10:00",
        "minutes=90",
        "minutes=1.5h",
        "minutes=1:30",
        "minutes<100h",
        "value=12.50",
        "share=25%",
        "share>0.2",
        "on_hand>=12",
        "age>70 or building=3",
        "age>70 and name~x or building=3",
        "not age>70",
        "not (age>70 or building=4)",
        "building=4 or (age>60 and age<65)",
        "Building=3 AND Age>=60",
        "'Members only'=no",
        "building＝3 且 age≥60",
        "（building=4 或 age>60）",
    ],
)
def test_it_holds(text: str) -> None:
    assert holds(text)
    assert not holds(f"not ({text})")


@pytest.mark.parametrize(
    ("text", "unknown"), [("age=''", True), ("age!=''", False), ("age>0", False), ("age!=3", True)]
)
def test_what_is_not_known_is_nothing_and_unequal_to_everything(text: str, unknown: bool) -> None:
    assert holds(text, age=None) is unknown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_condition"),
        ("building", "bad_condition"),
        ("building=", "bad_condition"),
        ("=3", "bad_condition"),
        ("building=3 age=4", "bad_condition"),
        ("building=3 and", "bad_condition"),
        ("(building=3", "bad_condition"),
        ("building=3)", "bad_condition"),
        ("name='open", "bad_condition"),
        ("nothing=3", "unknown_field"),
        ("age=old", "bad_condition"),
        ("status>open", "bad_condition"),
        ("members_only=maybe", "bad_condition"),
        ("rows=3", "bad_condition"),
        ("date=someday", "bad_date"),
        ("minutes>'' ", "bad_condition"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, code: str) -> None:
    with pytest.raises(UsageFault) as refusal:
        holds(text)
    assert refusal.value.code == code


# --- lists and people ------------------------------------------------------------


@pytest.fixture
def peopled(volunteer: Volunteer) -> Volunteer:
    """Three people of building 3, of whom two are over sixty, and one of building 4."""
    for name, building, birth in (
        ("李样一", "3", "1950-02-01"),
        ("李样二", "3", "1960-01"),
        ("李样三", "3", "1990"),
        ("李样四", "4", "1945-05-05"),
    ):
        volunteer.ok(
            "person", "add", name, "--building", building, "--birth", birth, "--phone", "19900001001"
        )
    return volunteer


def names(volunteer: Volunteer, *words: str) -> list[str]:
    return [row["name"] for row in volunteer.rows("person", "list", *words)]


def test_a_list_is_narrowed(peopled: Volunteer) -> None:
    assert names(peopled, "--where", "building=3 and age>=60") == ["李样一", "李样二"]
    assert names(peopled, "--where", "age<60 or building=4", "--sort", "-name") == ["李样四", "李样三"]
    assert names(peopled, "--where", "building=3", "--limit", "1") == ["李样一"]
    assert names(peopled, "--where", "name~nobody") == []
    assert peopled.ok("person", "list", "--where", "building=4", "-f", "ids").out.split() == ["4"]
    peopled.refused("unknown_field", "person", "list", "--where", "floor=3", exit_code=2)
    peopled.refused("bad_condition", "person", "list", "--where", "building=", exit_code=2)


def test_an_age_is_shown_only_where_it_is_named(peopled: Volunteer) -> None:
    assert "age" not in peopled.rows("person", "list")[0]
    assert peopled.rows("person", "list", "--fields", "name,age")[0] == {"name": "李样一", "age": 76}


def test_what_is_masked_cannot_be_asked_for(peopled: Volunteer) -> None:
    assert names(peopled, "--where", "phone=19900001001") == []
    assert len(names(peopled, "--where", "phone=19900001001", "--reveal", "test")) == 4
    assert len(names(peopled, "--where", "phone!=''")) == 4


def test_totals_are_those_of_the_rows_that_are_shown(peopled: Volunteer) -> None:
    for person, hours in (("1", "2h"), ("4", "1h")):
        peopled.ok("hours", "add", person, "--date", "2026-06-20", "--hours", hours)
    table = peopled.ok(
        "hours", "list", "--where", "minutes>=2h", "-f", "table", "--fields", "person,minutes"
    ).out
    assert "2:00" in table.splitlines()[-1]


def test_all_who_meet_a_condition_are_changed_in_one_operation(peopled: Volunteer) -> None:
    before = peopled.dump()
    condition_ = ("--where", "building=3 and age>=60", "--add-tag", "老年人")
    assert "Changed 2 people" in peopled.ok("person", "edit", *condition_, "-n").err
    assert peopled.dump() == before
    answer = peopled.ok("person", "edit", *condition_)
    assert "Changed 2 people: 李样一 (1), 李样二 (2). Tags: — → 老年人. Operation" in answer.err
    assert names(peopled, "--tag", "老年人") == ["李样一", "李样二"]
    peopled.ok("undo")
    assert peopled.dump() == before
    assert "Nobody meets" in peopled.ok("person", "edit", "--where", "age>200", "--note", "x").err
    peopled.refused("usage", "person", "edit", "1", *condition_, exit_code=2)
    peopled.refused("usage", "person", "edit", "--note", "x", exit_code=2)
    peopled.refused("unknown_field", "person", "edit", "--where", "floor=3", "--note", "x", exit_code=2)


@pytest.mark.parametrize(("answer", "changed"), [("y", 2), ("n", 0)])
def test_at_a_terminal_they_are_shown_first(peopled: Volunteer, answer: str, changed: int) -> None:
    words = ["person", "edit", "--where", "building=3 and age>=60", "--add-tag", "老年人"]
    with terminal(peopled.database, *words) as screen:
        shown = screen.until("[y/N]")
        assert "李样一 (1), 李样二 (2)" in shown
        screen.type(f"{answer}\n")
        assert screen.ends() == (0 if changed else 3)
    assert len(names(peopled, "--tag", "老年人")) == changed
