"""A merge keeps what is worth more, and shows what it leaves out before it happens."""

from __future__ import annotations

import pytest
from volunteering import Volunteer

DAY = "2026-07-04"


@pytest.fixture
def two(volunteer: Volunteer) -> Volunteer:
    """林一 (1) and 林一一 (2), and an open event 清扫 (code e) with two places on 2026-07-04 from 9:00 to 11:00."""
    volunteer.ok("person", "add", "林一")
    volunteer.ok("person", "add", "林一一")
    volunteer.ok("person", "add", "甲三")
    volunteer.ok(
        "event", "add", "清扫", "--code", "e", "--start", f"{DAY} 9:00", "--end", "11:00", "--capacity", 2
    )
    volunteer.ok("event", "open", "e")
    return volunteer


def roster(volunteer: Volunteer) -> dict[str, str]:
    rows = volunteer.ok("event", "roster", "e", "-f", "json").json
    return {row["person"]: row["status"] for row in rows}


def attend(volunteer: Volunteer, person: str) -> None:
    volunteer.today = f"{DAY}T11:30"
    volunteer.ok("event", "checkin", "e", person, "--at", "9:00")
    volunteer.ok("event", "checkout", "e", person, "--at", "11:00")


def test_hours_really_served_stay(two: Volunteer) -> None:
    two.ok("event", "signup", "e", "林一", "林一一")
    attend(two, "林一一")
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert "Left out: " in told
    assert "林一 (1) at 清扫 (1): signed up" in told
    assert "1 person came" in two.ok("event", "finish", "e").err
    assert [row["minutes"] for row in two.ok("hours", "list", "-f", "json").json] == [120]
    two.ok("check")


STATES = ("attended", "signed_up", "waiting", "absent", "withdrawn")


def bring_to(volunteer: Volunteer, person: str, state: str) -> None:
    """Let a person stand so with the event, which has two places and is full of others if need be."""
    with volunteer.writing("event signup") as session:
        from datetime import datetime

        from volunteer_cli.events.models import Signup

        came = datetime(2026, 7, 4, 9) if state == "attended" else None
        position = {"林一": 1, "林一一": 2}[person] if state == "waiting" else None
        key = 1 if person == "林一" else 2
        at = datetime(2026, 7, 1, 8)
        session.add(
            Signup(
                event_id=1,
                person_id=key,
                status=state,
                position=position,
                signed_up_at=at,
                checked_in_at=came,
            )
        )


@pytest.mark.parametrize("kept", STATES)
@pytest.mark.parametrize("dropped", STATES)
def test_the_state_that_is_worth_more_stays(two: Volunteer, kept: str, dropped: str) -> None:
    two.ok("event", "edit", "e", "--capacity", "1")
    two.ok("event", "signup", "e", "甲三")
    two.ok("event", "edit", "e", "--capacity", "none")
    two.today = f"{DAY}T10:00"
    bring_to(two, "林一", kept)
    bring_to(two, "林一一", dropped)
    before = two.dump()
    two.ok("person", "merge", "1", "2", "-y")
    better = min(kept, dropped, key=STATES.index)
    assert roster(two) == {"甲三": "signed_up", "林一": better}
    two.ok("undo")
    assert two.dump() == before


def test_a_place_that_frees_goes_to_the_line(two: Volunteer) -> None:
    two.ok("event", "signup", "e", "林一", "林一一", "甲三")
    assert roster(two)["甲三"] == "waiting"
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert "甲三 (3) moved up" in told
    assert roster(two) == {"林一": "signed_up", "甲三": "signed_up"}


def test_it_is_named_in_the_question_and_in_a_dry_run(two: Volunteer) -> None:
    two.ok("event", "signup", "e", "林一", "林一一")
    refused = two.refused("needs_yes", "person", "merge", "1", "2", exit_code=2)
    assert "林一一 (2) at 清扫 (1): signed up" in refused.err
    assert "林一一 (2) at 清扫 (1): signed up" in two.ok("person", "merge", "1", "2", "-n").err
    assert roster(two) == {"林一": "signed_up", "林一一": "signed_up"}


@pytest.mark.parametrize(
    ("kept", "dropped", "stays"),
    [
        ("1965", "1965-03-05", "1965-03-05"),
        ("1965-03-05", "1965", "1965-03-05"),
        ("1965", "1970-01-02", "1970-01-02"),
        ("1965-03", "1970", "1965-03"),
        ("1965-03-05", "1970-01-02", "1965-03-05"),
    ],
)
def test_a_full_birth_date_is_worth_more_than_a_year(
    two: Volunteer, kept: str, dropped: str, stays: str
) -> None:
    two.ok("person", "edit", "1", "--birth", kept)
    two.ok("person", "edit", "2", "--birth", dropped)
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert two.ok("person", "show", "1", "-f", "json").json["birth"] == stays
    lost = ({kept, dropped} - {stays}).pop()
    assert ("Birth date of" in told) == (lost != stays)


def test_no_phone_is_lost(two: Volunteer) -> None:
    two.ok("person", "edit", "1", "--phone", "13800000001", "--phone-alt", "13800000002")
    two.ok(
        "person", "edit", "2", "--phone", "13800000003", "--phone-alt", "13800000001", "--note", "老伴同住"
    )
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert "13800000003" not in told
    shown = two.ok("person", "show", "1", "-f", "json", "--reveal", "核对").json
    assert (shown["phone"], shown["phone_alt"]) == ("13800000001", "13800000002")
    assert shown["note"] == "老伴同住; Phone: 13800000003"


def test_the_phones_of_both_are_kept_in_order(two: Volunteer) -> None:
    two.ok("person", "edit", "1", "--phone", "13800000001")
    two.ok("person", "edit", "2", "--phone", "13800000003", "--phone-alt", "13800000004")
    two.ok("person", "merge", "1", "2", "-y")
    shown = two.ok("person", "show", "1", "-f", "json", "--reveal", "核对").json
    assert (shown["phone"], shown["phone_alt"]) == ("13800000001", "13800000003")
    assert "13800000004" in shown["note"]


@pytest.mark.parametrize(
    ("kept", "dropped"), [("member", "leader"), ("leader", "deputy"), ("member", "deputy")]
)
def test_the_role_that_is_worth_more_stays(two: Volunteer, kept: str, dropped: str) -> None:
    two.ok("team", "add", "花园")
    two.ok("team", "join", "花园", "1", "--role", kept, "--on", "2026-01-01")
    two.ok("team", "join", "花园", "2", "--role", dropped, "--on", "2026-02-01")
    before = two.dump()
    told = two.ok("person", "merge", "1", "2", "-y").err
    better = next(role for role in ("leader", "deputy", "member") if role in (kept, dropped))
    rows = two.ok("team", "members", "花园", "-f", "json").json
    assert [(row["person"], row["role"]) for row in rows] == [("林一", better)]
    assert "in 花园 (1)" in told
    two.ok("check")
    two.ok("undo")
    assert two.dump() == before


def test_equal_trainings_are_one(two: Volunteer) -> None:
    words = ("--topic", "急救", "--by", "红会", "--on", "2026-05-01", "--minutes", 60)
    two.ok("training", "add", "1", *words, "--skill", "急救", "--until", "2026-12-31")
    two.ok("training", "add", "2", *words, "--skill", "包扎")
    two.ok("training", "add", "2", *words[:-1], 90)
    before = two.dump()
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert "the same training twice: 急救, 2026-05-01" in told
    trainings = two.ok("training", "list", "-f", "json").json
    assert sorted((row["minutes"], tuple(row["skills"])) for row in trainings) == [
        (60, ("包扎", "急救")),
        (90, ()),
    ]
    two.ok("undo")
    assert two.dump() == before


def test_a_witness_and_a_handler_who_become_one_are_named(two: Volunteer) -> None:
    two.ok("drive", "add", "暖冬", "--code", "winter", "--start", "2026-06-01")
    two.ok(
        "drive", "receive", "winter", "--anonymous", "--item", "棉衣=2件", "--handler", "1", "--witness", "2"
    )  # fmt: skip
    told = two.ok("person", "merge", "1", "2", "-y").err
    (slip,) = two.ok("drive", "slips", "winter", "-f", "json").json
    assert f"handler and witness of slip {slip['slip']} are one person then" in told


def test_an_address_is_left_out_without_being_shown(two: Volunteer) -> None:
    two.ok("person", "edit", "1", "--address", "3-2-501")
    two.ok("person", "edit", "2", "--address", "4-1-202")
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert "Address of 林一一 (2)" in told
    assert "202" not in told


#: Stays of 林一 and 林一一 at the event, what stands in the roster afterwards, and what is named as left out.
STAYS = [
    (("9:00", "10:00"), ("9:00", "11:00"), ("09:00", "11:00"), "attended"),
    (("9:00", "11:00"), ("9:30", "10:00"), ("09:00", "11:00"), "attended"),
    (("9:00", "10:00"), ("10:00", "11:00"), ("09:00", "11:00"), "attended"),
    (("9:00", "9:20"), ("10:00", "11:00"), ("10:00", "11:00"), "attended, 2026-07-04 09:00–09:20"),
    (("10:00", "11:00"), ("9:00", "9:20"), ("10:00", "11:00"), "attended, 2026-07-04 09:00–09:20"),
    # Whoever was seen to come is there until somebody sees them leave.
    (("9:00", None), ("9:30", "11:00"), ("09:00", "11:00"), "attended"),
    (("9:30", None), ("9:00", "10:00"), ("09:00", "10:00"), "attended"),
    (("9:30", None), ("9:00", None), ("09:00", ""), "attended"),
    (("9:00", "10:00"), ("10:30", None), ("09:00", "10:00"), "attended, 2026-07-04 10:30–"),
]


@pytest.mark.parametrize("keep", ["1", "2"])
@pytest.mark.parametrize(("one", "other", "stays", "named"), STAYS)
def test_the_longer_stay_is_worth_more_and_stays_that_meet_are_one(
    two: Volunteer,
    one: tuple[str, str | None],
    other: tuple[str, str | None],
    stays: tuple[str, str],
    named: str,
    keep: str,
) -> None:
    two.ok("event", "signup", "e", "林一", "林一一")
    two.today = f"{DAY}T11:30"
    for person, (came, left) in (("林一", one), ("林一一", other)):
        two.ok("event", "checkin", "e", person, "--at", came)
        if left:
            two.ok("event", "checkout", "e", person, "--at", left)
    before = two.dump()
    told = two.ok("person", "merge", keep, {"1": "2", "2": "1"}[keep], "-y").err
    assert f"at 清扫 (1): {named}" in told
    (row,) = two.rows("event", "roster", "e")
    assert (row["checked_in_at"][11:16], (row["checked_out_at"] or "")[11:16]) == stays
    two.ok("check")
    two.ok("undo")
    assert two.dump() == before


#: Shifts of 林一 and 林一一, those that 林一 has afterwards, and what is named as left out.
SHIFTS = [
    (["早"], ["午", "晚"], "早, 午, 晚", "signed up"),
    (["午", "晚"], ["早"], "午, 晚, 早", "signed up"),
    ([], ["午"], "午", "signed up"),
    (["早"], [], "早", "signed up"),
    (["早"], ["早"], "早", "signed up"),
    (["早"], ["叠"], "早", "signed up, 叠"),
    (["早"], ["叠", "晚"], "早, 晚", "signed up, 叠"),
]


@pytest.mark.parametrize(("one", "other", "stays", "named"), SHIFTS)
def test_shifts_at_other_times_are_kept(
    two: Volunteer, one: list[str], other: list[str], stays: str, named: str
) -> None:
    two.ok("event", "edit", "e", "--end", f"{DAY} 15:00", "--capacity", "none")
    for name, start, end in (("早", 9, 11), ("叠", 10, 12), ("午", 11, 13), ("晚", 13, 15)):
        two.ok(
            "event", "shift", "e", "--name", name, "--start", f"{start}:00", "--end", f"{end}:00", "--need", 2
        )
    for person, shifts in (("林一", one), ("林一一", other)):
        for shift in shifts or [""]:
            two.ok("event", "signup", "e", person, *(["--shift", shift] if shift else []))
    before = two.dump()
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert f"林一一 (2) at 清扫 (1): {named}" in told
    (row,) = two.rows("event", "roster", "e")
    assert set((row["shift"] or "").split(", ")) == set(stays.split(", "))
    two.ok("check")
    two.ok("undo")
    assert two.dump() == before


@pytest.mark.parametrize("keep", ["1", "2"])
def test_equal_honours_and_evaluations_are_one(two: Volunteer, keep: str) -> None:
    two.today = f"{DAY}T11:30"
    award = ("--level", "district", "--by", "区委")
    for person in ("1", "2"):
        two.ok("award", "add", "最美志愿者", "--person", person, *award, "--on", "2026-05-01")
        two.ok("evaluation", "add", "e", person, "--attitude", 5)
    two.ok("award", "add", "最美志愿者", "--person", "2", *award, "--on", "2025-05-01")
    two.ok("evaluation", "add", "e", "2", "--attitude", 3)
    before = two.dump()
    told = two.ok("person", "merge", keep, {"1": "2", "2": "1"}[keep], "-y").err
    assert "the same honour twice: 最美志愿者, 2026-05-01" in told
    assert sorted(row["on"] for row in two.rows("award", "list")) == ["2025-05-01", "2026-05-01"]
    assert sorted(row["attitude"] for row in two.rows("evaluation", "list")) == [3, 5]
    two.ok("check")
    two.ok("undo")
    assert two.dump() == before


def test_certificates_of_the_same_time_are_named(two: Volunteer) -> None:
    for person, hours in (("1", ("9:00", "10:00")), ("2", ("10:00", "11:00"))):
        two.ok("hours", "add", person, "--date", "2026-06-01", "--start", hours[0], "--end", hours[1])
    two.ok("hours", "confirm", "1", "2")
    for person in ("1", "2"):
        two.ok("certificate", "issue", person, "--period", "2026-06")
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert "certificates BINHU-2026-0001 and BINHU-2026-0002 are both valid and of the same time" in told


#: Why and when 林一 and 林一一 were archived, if they were; what holds of the one who stays, and what is named.
LEAVINGS = [
    ("moved 2026-06-01", "died 2026-05-01", ("archived", "died", "2026-05-01"), "林一 (1): moved away"),
    ("died 2026-05-01", "moved 2026-06-01", ("archived", "died", "2026-05-01"), "林一一 (2): moved away"),
    ("moved 2026-05-01", "moved 2026-06-01", ("archived", "moved", "2026-06-01"), None),
    ("moved 2026-05-01", None, ("active", None, None), "Archived because of 林一 (1): moved away"),
    (None, "died 2026-05-01", ("active", None, None), "Archived because of 林一一 (2): died"),
]


@pytest.mark.parametrize(("one", "other", "stays", "named"), LEAVINGS)
def test_that_and_why_somebody_left_is_neither_lost_nor_kept_of_who_is_here(
    two: Volunteer, one: str | None, other: str | None, stays: tuple[str | None, ...], named: str | None
) -> None:
    for key, left in (("1", one), ("2", other)):
        if left:
            reason, on = left.split()
            two.ok("person", "archive", key, "--reason", reason, "--on", on)
    before = two.dump()
    told = two.ok("person", "merge", "1", "2", "-y").err
    assert (named or "") in told
    assert ("Archived because" in told) == bool(named)
    shown = two.ok("person", "show", "1", "-f", "json").json
    assert (shown["status"], shown["archived_for"]) == stays[:2]
    assert archived_on(two) == stays[2]
    two.ok("check")
    two.ok("undo")
    assert two.dump() == before


def archived_on(volunteer: Volunteer) -> str | None:
    from volunteer_cli.people.models import Person

    with volunteer.writing("person edit") as session:
        day = session.get_one(Person, 1).archived_on
    return day.isoformat() if day else None


@pytest.mark.parametrize(("one", "other"), [("2023-05-01", "2024-05-01"), ("2024-05-01", "2023-05-01")])
def test_whoever_registered_twice_is_a_volunteer_since_the_first_time(
    two: Volunteer, one: str, other: str
) -> None:
    for key, day in (("1", one), ("2", other)):
        two.ok("person", "edit", key, "--volunteer", "--registered", day)
    told = two.ok("person", "merge", "1", "2", "-y").err
    shown = two.ok("person", "show", "1", "-f", "json").json
    assert (shown["volunteer_no"], shown["registered_on"]) == ("BINHU-V0001", "2023-05-01")
    assert "2024-05-01" in told
    two.ok("check")
