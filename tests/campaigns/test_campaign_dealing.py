"""Dealing: no household and no number with two people at once, whoever asks, and why there is no more to deal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from campaigning import settle
from volunteering import Volunteer


def deal(volunteer: Volunteer, to: str, *words: object) -> list[dict[str, Any]]:
    return volunteer.rows("campaign", "deal", "hanchao", "--to", to, *words)


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [row["id"] for row in rows]


def test_the_fields_that_the_contract_names(calls: Volunteer) -> None:
    fields = [
        *("id", "household", "household_id", "person", "person_id", "grid", "building", "unit", "room", "stage"),
        *("round", "source", "result", "why", "attempts", "last_outcome", "last_at", "next_at", "leased_to"),
        "leased_until",
    ]  # fmt: skip
    (row,) = deal(calls, "蒋样一", "--take", 1)
    assert list(row) == [*fields, "phone", "head", "promised_by", "previous"]
    assert (row["phone"], row["room"], row["leased_to"], row["leased_until"]) == (
        "199****0001",
        "*",
        "蒋样一",
        "2026-06-01T13:00:00+08:00",
    )
    assert list(calls.rows("campaign", "targets", "hanchao")[0]) == fields
    (revealed,) = deal(calls, "赵样一", "--take", 1, "--reveal", "寒潮电话排查")
    assert (revealed["phone"], revealed["room"]) == ("19900000002", "102")


def test_nobody_is_dealt_twice_and_what_is_left_is_named(calls: Volunteer) -> None:
    assert ids(deal(calls, "蒋样一", "--take", 3)) == [1, 2, 3]
    result = calls.ok("campaign", "deal", "hanchao", "--to", "赵样一", "-f", "json")
    assert ids(result.json) == [4]
    assert "leased: 3" in result.err
    assert ids(deal(calls, "蒋样一")) == []
    calls.ok("campaign", "giveback", "hanchao", "--from", "蒋样一")
    assert ids(deal(calls, "卫样一")) == [1, 2, 3]
    calls.ok("campaign", "giveback", "hanchao", "1", "3-1-102")
    calls.today = "2026-06-01T13:00"
    # At one o'clock the leases of nine o'clock are over by themselves.
    assert ids(deal(calls, "赵样一")) == [1, 2, 3, 4]


def test_card_10_one_number_in_two_households(calls: Volunteer) -> None:
    calls.ok("person", "edit", "居民乙", "--phone", "19900000001")
    assert ids(deal(calls, "赵样一", "--take", 1)) == [1]
    assert ids(deal(calls, "蒋样一")) == [3, 4]
    calls.today = "2026-06-01T13:00"
    assert ids(deal(calls, "蒋样一", "--take", 2)) == [1, 2]
    result = calls.refused(
        "leased", "campaign", "record", "hanchao", "1", "--by", "赵样一", "--outcome", "done"
    )
    assert "蒋样一" in result.err
    assert "17:00" in result.err


def test_who_was_tried_or_reached_lately_is_left_in_peace(calls: Volunteer) -> None:
    calls.ok("campaign", "record", "hanchao", "1", "--by", "赵样一", "--outcome", "no_answer")
    calls.ok("campaign", "record", "hanchao", "2", "--by", "赵样一", "--outcome", "partial")
    result = calls.ok("campaign", "deal", "hanchao", "--to", "赵样一", "--for", "1m", "-f", "json")
    assert ids(result.json) == [3, 4]
    assert "resting: 2" in result.err
    calls.ok("campaign", "giveback", "hanchao", "--from", "赵样一")
    calls.today = "2026-06-01T13:01"
    assert ids(deal(calls, "赵样一", "--for", "1m")) == [3, 4, 1]
    calls.ok("campaign", "giveback", "hanchao", "--from", "赵样一")
    calls.ok("campaign", "edit", "hanchao", "--urgent")
    assert ids(deal(calls, "赵样一", "--for", "1m")) == [3, 4, 1, 2]


def test_another_campaign_leaves_in_peace_whom_one_has_reached(calls: Volunteer) -> None:
    calls.ok("campaign", "add", "另一个", "--code", "other", "--method", "call", "--start", "2026-06-01")
    calls.ok("campaign", "open", "other")
    calls.ok("campaign", "record", "hanchao", "1", "--by", "赵样一", "--outcome", "done")
    rows = calls.rows("campaign", "deal", "other", "--to", "蒋样一")
    assert [row["household_id"] for row in rows] == [2, 3, 4]
    # A household that is with one caller is with no other, whatever the campaign.
    assert ids(deal(calls, "赵样一")) == []


def test_do_not_contact_stays_on_the_list(calls: Volunteer) -> None:
    calls.ok("household", "block", "household:1", "--reason", "勿扰", "--method", "call")
    result = calls.ok("campaign", "deal", "hanchao", "--to", "赵样一", "-f", "json")
    assert ids(result.json) == [2, 3, 4]
    assert "do not contact: 1" in result.err
    (row,) = calls.rows("campaign", "progress", "hanchao")
    assert (row["listed"], row["blocked"], row["eligible"]) == (4, 1, 4)


def test_a_bad_number_leaves_the_second_one_and_then_the_door(calls: Volunteer) -> None:
    calls.ok("person", "edit", "居民甲", "--phone-alt", "19900000099")
    calls.ok("household", "edit", "household:1", "--head", "居民甲")
    calls.ok("campaign", "record", "hanchao", "1", "--by", "赵样一", "--outcome", "dead_number")
    flaws = {row["kind"]: row["records"] for row in calls.rows("report", "quality")}
    assert flaws["bad_number"] == 1
    calls.today = "2026-06-01T14:00"
    rows = deal(calls, "赵样一", "--reveal", "排查")
    assert [row["phone"] for row in rows if row["id"] == 1] == ["19900000099"]
    calls.ok("campaign", "record", "hanchao", "1", "--outcome", "wrong_number")
    calls.today = "2026-06-01T20:00"
    assert calls.ok("campaign", "why", "hanchao", "1", "-f", "json").json["obstacle"] == "without_number"
    assert 1 in ids(deal(calls, "赵样一", "--method", "door"))


def test_all_people_of_one_household_go_together(settled: Callable[[int], Volunteer]) -> None:
    volunteer = settled(2)
    volunteer.ok("person", "add", "家人样一", "--phone", "19900000050")
    volunteer.ok("household", "move", "家人样一", "--to", "3-1-101")
    volunteer.ok(
        "campaign",
        "add",
        "寒潮",
        "--code",
        "hanchao",
        "--unit",
        "person",
        "--method",
        "call",
        "--start",
        "2026-06-01",
    )
    volunteer.ok("campaign", "open", "hanchao")
    rows = deal(volunteer, "赵样一", "--take", 1)
    assert {row["person"] for row in rows} == {"居民甲", "家人样一"}
    assert {row["household"] for row in rows} == {"BINHU-H00001"}


def test_the_order_is_tags_then_fewest_attempts_then_the_way(calls: Volunteer) -> None:
    calls.ok("person", "edit", "居民丁", "--add-tag", "elder_alone", "--since", "2026-01-01")
    calls.ok(
        "campaign",
        "record",
        "hanchao",
        "1",
        "--by",
        "赵样一",
        "--outcome",
        "no_answer",
        "--on",
        "2026-06-01 01:00",
    )
    assert ids(deal(calls, "赵样一", "--first", "独居老人")) == [4, 2, 3, 1]
    calls.ok("campaign", "giveback", "hanchao", "--from", "赵样一")
    assert ids(deal(calls, "赵样一", "--tag", "elder_alone")) == [4]


def test_why_a_target_is_dealt_or_not(calls: Volunteer) -> None:
    def why() -> Any:
        return calls.ok("campaign", "why", "hanchao", "3-1-101", "-f", "json").json

    assert (why()["obstacle"], why()["result"]) == (None, "todo")
    deal(calls, "赵样一", "--take", 1)
    assert why()["obstacle"] == "leased"
    assert "赵样一" in why()["says"]
    calls.ok("campaign", "record", "hanchao", "1", "--outcome", "done")
    assert (why()["result"], why()["says"]) == ("done", "It is finished, so it is not dealt.")


def test_who_calls_back_is_found_by_number_and_name(calls: Volunteer) -> None:
    for text in ("19900000003", "居民丙"):
        assert ids(calls.rows("campaign", "find", "hanchao", text)) == [3]
    assert calls.rows("campaign", "find", "hanchao", "没有此人") == []


# --- several processes at once ------------------------------------------------------------

#: A caller who deals and records until there is nothing left, in a process that starts once.
CALLER = """
import json, os, sys
from pathlib import Path
from campaigning import settle
from volunteering import Volunteer
name, take = sys.argv[1:3]
volunteer = Volunteer(os.environ["VOLUNTEER_DB"])
volunteer.today = os.environ["VOLUNTEER_TODAY"]
while True:
    rows = volunteer.rows("campaign", "deal", "hanchao", "--to", name, "--take", take)
    print(json.dumps([row["household_id"] for row in rows]), flush=True)
    if not rows:
        break
    ids = [row["id"] for row in rows]
    volunteer.ok("campaign", "record", "hanchao", *ids, "--by", name, "--outcome", "done")
"""


def _race(volunteer: Volunteer, callers: list[str], take: int, environment: dict[str, str]) -> list[int]:
    """What callers got who deal and record at once until there is nothing left, in separate processes."""
    import json

    words = [sys.executable, "-c", CALLER]
    racing = [
        subprocess.Popen(
            [*words, name, str(take)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for name in callers
    ]
    outputs = [process.communicate(timeout=600) for process in racing]
    faults = [err for _out, err in outputs if err]
    assert faults == []
    return [key for out, _err in outputs for line in out.splitlines() for key in json.loads(line)]


def _environment(volunteer: Volunteer) -> dict[str, str]:
    here = Path(__file__).parents[1]
    settings = {
        "VOLUNTEER_DB": str(volunteer.database),
        "VOLUNTEER_TODAY": volunteer.today,
        "VOLUNTEER_LANG": "en",
        # SQLite's lock is not fair: of eight that never rest one may wait long where processors are few.
        "VOLUNTEER_LOCK_TIMEOUT": "120",
    }
    return {**os.environ, **settings, "PYTHONPATH": os.pathsep.join(map(str, (here, here.parent)))}


@pytest.mark.postgres
def test_p7_callers_at_once_share_no_household(settled: Callable[[int], Volunteer]) -> None:
    volunteer = settled(24)
    volunteer.ok("campaign", "add", "寒潮", "--code", "hanchao", "--method", "call", "--start", "2026-06-01")
    volunteer.ok("campaign", "open", "hanchao")
    dealt = _race(volunteer, ["赵样一", "蒋样一", "卫样一"], 4, _environment(volunteer))
    assert sorted(dealt) == list(range(1, 25))
    assert volunteer.rows("campaign", "progress", "hanchao")[0]["done"] == 24
    assert volunteer.ok("check").code == 0


@pytest.mark.faults
@pytest.mark.postgres
def test_p7_eight_callers_deal_and_record_nine_thousand(make_volunteer: Callable[[str], Volunteer]) -> None:
    from time import monotonic

    volunteer = make_volunteer("many")
    volunteer.today = "2026-06-01T09:00"
    settle(volunteer, 9000)
    callers = [f"拨打样{number}" for number in range(8)]
    volunteer.ok("batch", "-", stdin="\n".join(f"person add {name}" for name in callers))
    volunteer.ok("campaign", "add", "寒潮", "--code", "hanchao", "--method", "call", "--start", "2026-06-01")
    volunteer.ok("campaign", "open", "hanchao")
    # A server does so by itself within a minute; those of the tests have it switched off.
    volunteer.ask("ANALYZE")
    begun = monotonic()
    dealt = _race(volunteer, callers, 20, _environment(volunteer))
    seconds = monotonic() - begun
    assert sorted(dealt) == list(range(1, 9001))
    assert volunteer.rows("campaign", "progress", "hanchao")[0]["done"] == 9000
    assert seconds <= 120, f"{seconds:.0f} s"
