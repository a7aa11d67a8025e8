"""One moment for every command: the community's, alone and in a batch, wherever the machine stands."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from volunteering import Result, Volunteer

from volunteer_cli.core import clock

#: Zone, moment (UTC), and what the community's clocks show: in the afternoon, around midnight, and around the
#: hours that a change of clocks leaves out or repeats.
MOMENTS = [
    ("America/Los_Angeles", "2026-03-04 22:47", "2026-03-04 14:47"),
    ("America/Los_Angeles", "2026-03-05 07:59", "2026-03-04 23:59"),
    ("America/Los_Angeles", "2026-03-05 08:00", "2026-03-05 00:00"),
    ("America/Los_Angeles", "2026-03-08 09:59", "2026-03-08 01:59"),
    ("America/Los_Angeles", "2026-03-08 10:00", "2026-03-08 03:00"),
    ("Europe/Berlin", "2026-10-24 22:00", "2026-10-25 00:00"),
    ("Europe/Berlin", "2026-10-25 00:30", "2026-10-25 02:30"),
    ("Europe/Berlin", "2026-10-25 01:30", "2026-10-25 02:30"),
    ("Pacific/Kiritimati", "2026-06-30 12:00", "2026-07-01 02:00"),
]
EVENT = "event add 清洁日 --start '{yesterday} 20:00' --end '{tomorrow} 20:00'"
OPEN = (EVENT, "event open 清洁日", "person add 李明 --volunteer")
HERE = (*OPEN, "event signup 清洁日 李明")
CAME = (*HERE, "event checkin 清洁日 李明 --at '{yesterday} 21:00'")
TIMES = "SELECT served_on, start_minute, end_minute FROM hours_record ORDER BY id DESC"
#: The commands before, the command, and what then stands in the database.
CHANGES: list[tuple[Sequence[str], str, str, tuple[Any, ...]]] = [
    (OPEN, "event signup 清洁日 李明", "SELECT signed_up_at FROM signup", ("{now}",)),
    (HERE, "event checkin 清洁日 李明", "SELECT checked_in_at FROM signup", ("{now}",)),
    (CAME, "event checkout 清洁日 李明", "SELECT checked_out_at FROM signup", ("{now}",)),
    (CAME, "event finish 清洁日", "SELECT status FROM event", ("done",)),
    (
        (),
        "event add 值夜 --start 'tomorrow 21:00' --end 23:00",
        "SELECT starts_at, ends_at FROM event",
        ("{tomorrow} 21:00:00.000000", "{tomorrow} 23:00:00.000000"),
    ),
    (
        (EVENT,),
        "event edit 清洁日 --start 'tomorrow 9:00' --end 'tomorrow 10:00'",
        "SELECT starts_at, ends_at FROM event",
        ("{tomorrow} 09:00:00.000000", "{tomorrow} 10:00:00.000000"),
    ),
    (
        (EVENT,),
        "event copy 清洁日 --start '+2d 9:00'",
        "SELECT starts_at FROM event ORDER BY id DESC",
        ("{overmorrow} 09:00:00.000000",),
    ),
    (OPEN, "hours add 李明 --date today --hours 1h", TIMES, ("{today}", None, None)),
    (
        OPEN,
        "hours add 李明 --start 'yesterday 9:00' --end 'yesterday 11:00'",
        TIMES,
        ("{yesterday}", 540, 660),
    ),
    (
        (*OPEN, "hours add 李明 --date yesterday --start 9:00 --end 11:00"),
        "hours correct 1 --end 'yesterday 10:00' --reason 早退",
        TIMES,
        ("{yesterday}", 540, 600),
    ),
    (
        (*OPEN, "hours add 李明 --date yesterday --hours 1h"),
        "hours confirm --period yesterday",
        "SELECT status FROM hours_record",
        ("confirmed",),
    ),
    ((), "person add 王芳 --volunteer", "SELECT registered_on FROM person", ("{today}",)),
    ((), "person add 王芳 --registered today", "SELECT registered_on FROM person", ("{today}",)),
    (
        (),
        "person add 王芳 --volunteer --today yesterday",
        "SELECT registered_on FROM person",
        ("{yesterday}",),
    ),
    (
        ("person add 王芳",),
        "person edit 王芳 --registered yesterday",
        "SELECT registered_on FROM person",
        ("{yesterday}",),
    ),
    (
        ("person add 王芳",),
        "person archive 王芳",
        "SELECT archived_on FROM person",
        ("{today}",),
    ),
    (
        ("team add 绿色家园", "person add 王芳"),
        "team join 绿色家园 王芳",
        "SELECT since FROM membership",
        ("{today}",),
    ),
    ((), "team add 绿色家园 --founded today", "SELECT founded_on FROM team", ("{today}",)),
    (
        ("team add 绿色家园",),
        "team edit 绿色家园 --founded yesterday",
        "SELECT founded_on FROM team",
        ("{yesterday}",),
    ),
    (
        ("drive add 暖冬 --start yesterday",),
        "drive receive 暖冬 --anonymous --item 衣物=12件",
        "SELECT received_on FROM slip",
        ("{today}",),
    ),
    (
        ("drive add 暖冬 --start yesterday",),
        "drive receive 暖冬 --anonymous --item 衣物=12件 --on today",
        "SELECT received_on FROM slip",
        ("{today}",),
    ),
    (
        (),
        "drive add 暖冬 --start today --end tomorrow",
        "SELECT starts_on, ends_on FROM drive",
        ("{today}", "{tomorrow}"),
    ),
    (
        ("drive add 暖冬 --start yesterday",),
        "drive close 暖冬",
        "SELECT closed_on FROM drive",
        ("{today}",),
    ),
    (
        ("person add 王芳",),
        "training add 王芳 --topic 急救 --by 红十字会 --on today --minutes 60 --until +1y",
        "SELECT held_on FROM training",
        ("{today}",),
    ),
    (
        (),
        "award add 优秀社区 --for-community --level municipal --by 民政局 --on today",
        "SELECT awarded_on FROM award",
        ("{today}",),
    ),
    (
        (),
        "community figure binhu --name population --value 26000 --as-of today",
        "SELECT as_of FROM community_figure",
        ("{today}",),
    ),
    (
        (),
        "policy set hours_per_day_cap 10",
        "SELECT holds_from FROM policy WHERE name = 'hours_per_day_cap'",
        ("{today}",),
    ),
    ((), "report snapshot hours --period today", "SELECT taken_on FROM snapshot", ("{today}",)),
]
#: The commands before, and a command that prints the id of what it is about.
READINGS = [
    (OPEN, "event why 清洁日 李明 -f json"),
    (OPEN, "event list --period yesterday -f json"),
    ((*OPEN, "hours add 李明 --date today --hours 1h"), "hours list --period today -f json"),
    (
        (*OPEN, "hours add 李明 --date today --hours 1h", "hours confirm 1"),
        "report hours --period today -f json",
    ),
    (
        ("person add 王芳", "team add 绿色家园 --founded today --leader 王芳"),
        "team members 绿色家园 --as-of today -f json",
    ),
]


@pytest.fixture(params=MOMENTS, ids=lambda moment: f"{moment[0]} {moment[2]}")
def wall(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[str, datetime]:
    """A zone and what its clocks show at the moment in which the test stands still."""
    zone, moment, shown = request.param
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.fromisoformat(shown)
    monkeypatch.setattr(clock, "instant", lambda: at)
    return zone, datetime.fromisoformat(shown)


def filled(text: Any, now: datetime) -> Any:
    """A text with the days around `now` in it."""
    if not isinstance(text, str):
        return text
    days = {"yesterday": -1, "today": 0, "tomorrow": 1, "overmorrow": 2}
    named = {name: f"{now + timedelta(count):%Y-%m-%d}" for name, count in days.items()}
    return text.format(now=f"{now:%Y-%m-%d %H:%M:%S.%f}", **named)


def in_zone(volunteer: Volunteer, zone: str, lines: Sequence[str]) -> Volunteer:
    """A database in a zone, on the real day, in which some commands were run."""
    volunteer.today = ""
    volunteer.ok("policy", "set", "timezone", zone)
    run_alone(volunteer, *lines)
    return volunteer


def run_alone(volunteer: Volunteer, *lines: str) -> list[Result]:
    """Each command in a run of its own."""
    return [volunteer.ok(*shlex.split(line)) for line in lines]


def run_in_batch(volunteer: Volunteer, *lines: str) -> Result:
    """All commands in one batch."""
    return volunteer.ok("batch", stdin="\n".join(lines))


def copied(volunteer: Volunteer, name: str) -> Volunteer:
    """The same once more in a database of its own."""
    twin = Volunteer(volunteer.database.with_name(f"{name}.db"))
    twin.today = volunteer.today
    shutil.copy(volunteer.database, twin.database)
    return twin


def first_row(volunteer: Volunteer, query: str) -> tuple[Any, ...]:
    """The first row that a query finds."""
    connection = sqlite3.connect(volunteer.database)
    try:
        return tuple(connection.execute(query).fetchone())
    finally:
        connection.close()


@pytest.mark.parametrize(("before", "line", "query", "expected"), CHANGES, ids=lambda part: None)
def test_every_command_takes_the_communitys_moment(
    make_volunteer: Callable[[str], Volunteer],
    wall: tuple[str, datetime],
    before: Sequence[str],
    line: str,
    query: str,
    expected: tuple[Any, ...],
) -> None:
    zone, now = wall
    alone = in_zone(make_volunteer("alone"), zone, [filled(each, now) for each in before])
    batch = copied(alone, "batch")
    run_alone(alone, line)
    run_in_batch(batch, line)
    row = tuple(filled(each, now) for each in expected)
    assert (first_row(alone, query), first_row(batch, query)) == (row, row)


@pytest.mark.parametrize(("before", "line"), READINGS, ids=lambda part: None)
def test_what_is_read_by_the_clock_is_the_same_alone_and_in_a_batch(
    make_volunteer: Callable[[str], Volunteer], wall: tuple[str, datetime], before: Sequence[str], line: str
) -> None:
    zone, now = wall
    volunteer = in_zone(make_volunteer("readings"), zone, [filled(each, now) for each in before])
    (alone,) = run_alone(volunteer, line)
    assert run_in_batch(volunteer, line).out == alone.out
    assert alone.json


def test_a_zone_that_a_batch_sets_holds_from_its_next_line(
    volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "instant", lambda: datetime(2026, 3, 4, 22, 47, tzinfo=UTC))
    volunteer.today = ""
    run_in_batch(
        volunteer,
        "person add 李明 --volunteer",
        "policy set timezone America/Los_Angeles",
        "person add 王芳 --volunteer",
    )
    query = "SELECT group_concat(registered_on) FROM (SELECT registered_on FROM person ORDER BY id)"
    assert first_row(volunteer, query) == ("2026-03-05,2026-03-04",)


def test_a_day_of_the_command_line_stands_for_one_line_of_a_batch(volunteer: Volunteer) -> None:
    run_in_batch(
        volunteer,
        "person add 李明 --volunteer --today 2026-06-01",
        "person add 王芳 --volunteer",
    )
    query = "SELECT group_concat(registered_on) FROM (SELECT registered_on FROM person ORDER BY id)"
    assert first_row(volunteer, query) == ("2026-06-01,2026-06-30",)


@pytest.mark.parametrize(
    "words",
    [
        ("person", "add", "王芳", "--registered", "someday"),
        ("event", "add", "清洁日", "--start", "9:00", "--end", "11:00"),
        ("hours", "list", "--period", "2026-Q5"),
        ("report", "hours", "--period", "whenever"),
        ("team", "list", "--today", "someday"),
    ],
)
def test_what_can_never_be_read_is_refused_without_a_database(
    volunteer: Volunteer, words: Sequence[str]
) -> None:
    refused = volunteer(*words, "--db", "/nonexistent/volunteer.db")
    assert refused.code == 2, refused.err


def test_phones_of_another_country_need_no_prefix_where_the_policy_names_it(volunteer: Volunteer) -> None:
    volunteer.refused("bad_phone", "person", "add", "Zed", "--phone", "(213) 373-4253")
    volunteer.ok("policy", "set", "phone_region", "us")
    run_in_batch(volunteer, "person add Zed --phone '(213) 373-4253'")
    assert first_row(volunteer, "SELECT phone FROM person") == ("2133734253",)
    volunteer.ok("person", "edit", "Zed", "--phone", "213-373-4254")
    assert first_row(volunteer, "SELECT phone FROM person") == ("2133734254",)
    volunteer.ok("person", "edit", "Zed", "--phone", "+86 138 0000 0001")
    assert first_row(volunteer, "SELECT phone FROM person") == ("+8613800000001",)


def test_a_moment_in_json_says_its_offset_and_is_read_back_in_any_zone(volunteer: Volunteer) -> None:
    words = ("event", "add", "早市", "--code", "e", "--end", "12:00")
    row = volunteer.ok(*words, "--start", "2026-07-04 09:00", "-f", "json").json
    assert (row["starts_at"], row["ends_at"]) == ("2026-07-04T09:00:00+08:00", "2026-07-04T12:00:00+08:00")
    volunteer.ok("event", "edit", "e", "--start", row["starts_at"], "--end", row["ends_at"])
    same = volunteer.ok("event", "show", "e", "-f", "json").json
    assert (same["starts_at"], same["ends_at"]) == (row["starts_at"], row["ends_at"])
    # The same moment as a program in London writes it.
    volunteer.ok(
        "event", "edit", "e", "--start", "2026-07-04T02:00:00Z", "--end", "2026-07-04T05:00:00+01:00"
    )
    moved = volunteer.ok("event", "show", "e", "-f", "json").json
    assert (moved["starts_at"], moved["ends_at"]) == (
        "2026-07-04T10:00:00+08:00",
        "2026-07-04T12:00:00+08:00",
    )
    volunteer.ok("policy", "set", "timezone", "Europe/London")
    told = volunteer.ok("event", "show", "e", "-f", "json").json
    assert told["starts_at"] == "2026-07-04T10:00:00+01:00"
    assert volunteer.ok("event", "show", "e", "-f", "csv").out.count("2026-07-04T10:00") == 1


def test_today_may_be_a_moment_of_another_program(volunteer: Volunteer) -> None:
    volunteer.today = "2026-06-30T17:30:00Z"
    volunteer.ok("person", "add", "李明", "--volunteer")
    assert volunteer.ok("person", "show", "1", "-f", "json").json["registered_on"] == "2026-07-01"


@pytest.mark.parametrize(
    "moment", ["2026-02-30T09:00:00Z", "2026-06-01T25:00:00Z", "2026-06-01T09:00:00+99:00"]
)
def test_a_moment_that_never_is_is_refused(volunteer: Volunteer, moment: str) -> None:
    words = ("event", "add", "早市", "--start", moment, "--end", "12:00")
    assert volunteer(*words).code == 2
    volunteer.today = moment
    assert volunteer("person", "list").code == 2


def test_a_moment_with_an_offset_leaves_a_line_of_a_batch_its_own_day(volunteer: Volunteer) -> None:
    volunteer.today = "2026-06-30"
    line = "event add 早市 --code e --start 2026-05-04T01:00:00Z --end 10:00 --today 2026-05-01"
    lines = [
        line,
        "event open e --today 2026-05-01",
        "event add 晚市 --start '3 may 19:00' --end 20:00 --today 2026-05-01",
    ]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    assert [row["starts_at"] for row in volunteer.rows("event", "list")] == [
        "2026-05-03T19:00:00+08:00",
        "2026-05-04T09:00:00+08:00",
    ]
    stamps = "campaign add 电话 --code c --preset calls --start 2026-05-01 --today 2026-05-01T09:00"
    calls = [
        "person add 甲 --address 3-1-101 --phone 19900000001",
        "household form --on 2026-01-01",
        stamps,
        "campaign open c --today 2026-05-01T09:00",
        "campaign deal c --to 甲 --today 2026-05-01T09:00",
        "campaign record c 1 --outcome callback --callback 2026-05-01T18:00:00+08:00 --today 2026-05-01T09:30",
    ]
    volunteer.ok("batch", "-", stdin="\n".join(calls))
    (attempt,) = volunteer.rows("campaign", "attempts", "c")
    assert attempt["at"] == "2026-05-01T09:30:00+08:00"


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_operations_are_kept_in_utc_and_told_by_the_community_s_clock(
    volunteer: Any, tmp_path: Any, zone: str
) -> None:
    volunteer.ok("policy", "set", "timezone", zone)
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名\n赵一凡\n", encoding="utf-8")
    volunteer.ok("import", "people", sheet)
    told = [row["at"] for row in volunteer.rows("history", "list")]
    told += [row["at"] for row in volunteer.rows("import", "log")]
    now = datetime.now(UTC)
    for text in told:
        moment = datetime.fromisoformat(text)
        assert abs(now - moment) < timedelta(minutes=10)
        assert moment.utcoffset() == now.astimezone(ZoneInfo(zone)).utcoffset()
    last = datetime.fromisoformat(volunteer.ok("db", "info", "-f", "json").json["last_operation_at"])
    assert abs(now - last) < timedelta(minutes=10)
