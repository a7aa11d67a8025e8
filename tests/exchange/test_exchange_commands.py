"""Accounts and exchanges from the command line: every verb, every refusal, and the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

HOUR = 60


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    """Two communities; a family, a neighbour and somebody elsewhere, all but one with an account and 10 h."""
    volunteer.ok("community", "add", "安大社区", "--code", "anda", "--kind", "resettlement")
    home = ("--building", "3", "--unit", "2", "--room", "501")
    for name, more in {"金样一": home, "金样二": home, "陶样一": (), "魏样一": ()}.items():
        volunteer.ok("person", "add", name, *more, "--community", "binhu")
    volunteer.ok("person", "add", "郑样一", "--community", "anda")
    volunteer.ok("account", "add", "金样一", "金样二", "陶样一", "郑样一")
    volunteer.ok("account", "grant", "金样一", "--hours", "10h", "--reason", "试点")
    volunteer.ok("event", "add", "夏令营", "--code", "camp", "--kind", "camp", "--start", "2026-07-20 09:00",
                 "--end", "2026-07-20 17:00", "--capacity", "2", "--community", "binhu")  # fmt: skip
    volunteer.ok("event", "open", "camp")
    return volunteer


def held(volunteer: Volunteer, name: str) -> int:
    for row in volunteer.rows("account", "list"):
        if row["person"] == name:
            return int(row["balance"])
    raise AssertionError(name)


def test_shape_of_an_account(office: Volunteer) -> None:
    shown = office.ok("account", "show", "金样一", "-f", "json").json
    expected = (
        "id, person, person_id, kind, balance, limit, earned, received, spent, given, expired, owed, last_entry_on, "
        "counts_from, status, community, lifetime_minutes, to_post, promises, expiring"
    )
    assert list(shown) == expected.split(", ")
    assert (shown["balance"], shown["received"], shown["status"]) == (600, 600, "active")
    pool = office.ok("account", "show", "pool:binhu", "-f", "json").json
    assert (pool["kind"], pool["person"], pool["balance"], pool["limit"]) == ("pool", None, -600, None)
    entry = office.rows("account", "entries")[0]
    assert list(entry) == [
        "id",
        "booked_on",
        "kind",
        "from",
        "from_id",
        "to",
        "to_id",
        "minutes",
        "hours_id",
        "exchange_id",
        "reverses_id",
        "reason",
        "booked_by",
        "community",
    ]
    (row,) = office.rows("account", "statement", "金样一")
    assert (row["minutes"], row["balance"], row["with"]) == (600, 600, "pool:binhu")


def test_exchange_and_its_way_back(office: Volunteer) -> None:
    office.refused("not_priced", "exchange", "take", "camp", "金样一")
    office.ok("exchange", "price", "camp", "--hours", "4h")
    office.refused("no_account", "exchange", "take", "camp", "魏样一")
    taken = office.ok("exchange", "take", "camp", "金样一", "-f", "json").json
    assert list(taken) == [
        "id",
        "event",
        "event_id",
        "work",
        "person",
        "person_id",
        "payer",
        "payer_id",
        "minutes",
        "booked_on",
        "promised_until",
        "outstanding",
        "status",
        "community",
    ]
    assert (taken["status"], taken["minutes"]) == ("booked", 240)
    office.refused("already_taken", "exchange", "take", "camp", "金样一")
    office.refused("cancel_exchange", "account", "reverse", 2, "--reason", "x")
    office.ok("exchange", "cancel", taken["id"], "--reason", "生病")
    assert held(office, "金样一") == 600
    assert office.rows("event", "roster", "camp")[0]["status"] == "withdrawn"
    again = office.ok("exchange", "take", "camp", "金样二", "--by", "金样一", "-f", "json").json
    assert (again["payer"], again["person"]) == ("金样一", "金样二")
    office.today = "2026-07-20T10:00"
    office.refused("too_late", "exchange", "cancel", again["id"], "--reason", "x")


def test_withdrawing_refunds(office: Volunteer) -> None:
    office.ok("exchange", "price", "camp", "--hours", "4h")
    office.ok("event", "signup", "camp", "金样一")
    assert "place_without_exchange" in {row["task"] for row in office.rows("report", "today")}
    office.ok("exchange", "take", "camp", "金样一")
    assert held(office, "金样一") == 360
    assert "4:00 went back to the account of 金样一" in office.ok("event", "withdraw", "camp", "金样一").err
    assert held(office, "金样一") == 600
    assert office.rows("exchange", "list")[0]["status"] == "cancelled"
    office.ok("undo")
    assert held(office, "金样一") == 360
    office.ok("check")


def test_full_is_full(office: Volunteer) -> None:
    office.ok("exchange", "price", "camp", "--hours", "1h")
    office.ok("event", "signup", "camp", "陶样一", "魏样一")
    before = office.dump()
    office.refused("full", "exchange", "take", "camp", "金样一")
    assert office.dump() == before


@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("not_family", "account give 金样一 陶样一 --hours 1h"),
        ("same_account", "account give 金样一 金样一 --hours 1h"),
        ("other_community", "account give 金样一 郑样一 --hours 1h"),
        ("no_account", "account give 金样一 魏样一 --hours 1h"),
        ("insufficient_credit", "account give 金样二 金样一 --hours 1h"),
        ("insufficient_credit", "account donate 金样一 --hours 11h"),
        ("insufficient_credit", "exchange add 陶样一 --work 疏通 --hours 1h"),
        ("bad_deadline", "exchange add 陶样一 --work 疏通 --hours 1h --promise --until 2026-06-30"),
        ("bad_deadline", "exchange add 陶样一 --work 疏通 --hours 1h --promise"),
        ("promise_limit", "exchange add 陶样一 --work 疏通 --hours 21h --promise --until 2026-07-30"),
        ("account_not_empty", "account archive 金样一"),
        ("account_not_empty", "person archive 金样一"),
        ("no_expiry", "account expire"),
        ("missing_value", "exchange price camp"),
        ("usage", "exchange cancel --reason x"),
        ("bad_duration", "account give 金样一 金样二 --hours 0"),
        ("bad_duration", "account give 金样一 金样二 --hours 半天"),
        ("not_found", "account show 无此人"),
        ("not_found", "exchange show 99"),
        ("not_found", "account reverse 99 --reason x"),
    ],
)
def test_refusals(office: Volunteer, code: str, command: str) -> None:
    before = office.dump()
    office.refused(code, *command.split())
    assert office.dump() == before


def test_gifts_follow_the_policy(office: Volunteer) -> None:
    office.ok("account", "give", "金样一", "金样二", "--hours", "2h", "--reason", "过年")
    office.ok("account", "give", "金样一", "陶样一", "--hours", "1h", "--override", "结对帮扶")
    office.ok("policy", "set", "gift_to", "none")
    office.refused("gifts_off", "account", "give", "金样一", "金样二", "--hours", "1h")
    office.ok("policy", "set", "gift_to", "anyone")
    office.ok("account", "give", "金样一", "陶样一", "--hours", "1h")
    assert (held(office, "金样一"), held(office, "金样二"), held(office, "陶样一")) == (360, 120, 120)


def test_frozen_earns_and_does_not_spend(office: Volunteer) -> None:
    office.ok("account", "freeze", "金样一", "--reason", "核查")
    office.refused("account_frozen", "account", "donate", "金样一", "--hours", "1h")
    office.ok("exchange", "price", "camp", "--hours", "1h")
    office.refused("account_frozen", "exchange", "take", "camp", "金样一")
    office.ok("account", "grant", "金样一", "--hours", "1h", "--reason", "x")
    office.ok("account", "unfreeze", "金样一", "--reason", "核查完毕")
    office.ok("account", "donate", "金样一", "--hours", "1h")


def test_reversal(office: Volunteer) -> None:
    office.ok("account", "reverse", 1, "--reason", "记错人")
    assert held(office, "金样一") == 0
    assert office.ok("account", "show", "金样一", "-f", "json").json["received"] == 0
    office.refused("already_reversed", "account", "reverse", 1, "--reason", "x")
    office.refused("already_reversed", "account", "reverse", 2, "--reason", "x")
    office.ok("account", "grant", "金样一", "--hours", "5h", "--reason", "x")
    office.ok("account", "donate", "金样一", "--hours", "3h")
    office.refused("insufficient_credit", "account", "reverse", 3, "--reason", "x")
    office.ok("account", "reverse", 3, "--reason", "确实记错", "--override")
    assert held(office, "金样一") == -180
    assert "account_below_floor" in {row["task"] for row in office.rows("report", "today")}
    office.ok("check")


def test_hours_are_mended_at_the_hours(office: Volunteer) -> None:
    record = office.rows("hours", "add", "陶样一", "--date", "2026-06-30", "--hours", "2h")["id"]  # type: ignore[call-overload]
    office.ok("hours", "confirm", record)
    office.ok("account", "post")
    entry = office.rows("account", "entries", "陶样一")[0]
    refused = office.refused("correct_hours", "account", "reverse", entry["id"], "--reason", "x")
    assert f"hours correct {record}" in refused.err
    before = office.dump()
    assert "Nothing changed" in office.ok("account", "post").err
    assert office.dump() == before


def test_maximum_and_expiry(office: Volunteer) -> None:
    office.ok("policy", "set", "credit_maximum", "1", "--from", "2026-01-01")
    record = office.rows("hours", "add", "陶样一", "--date", "2026-06-30", "--hours", "2h")["id"]  # type: ignore[call-overload]
    office.ok("hours", "confirm", record)
    office.ok("account", "post")
    assert held(office, "陶样一") == 60
    assert office.rows("account", "entries", "--kind", "surplus")[0]["minutes"] == 60
    office.ok("policy", "set", "credit_expiry_months", "12", "--from", "2026-01-01")
    office.today = "2027-05-20"
    lots = office.ok("account", "show", "陶样一", "-f", "json").json["expiring"]
    assert lots == [{"on": "2027-06-30", "minutes": 60}]
    assert "credits_expiring" in {row["task"] for row in office.rows("report", "today")}
    office.today = "2027-06-30"
    office.ok("account", "expire")
    assert (held(office, "陶样一"), held(office, "金样一")) == (0, 0)
    assert "Nothing changed" in office.ok("account", "expire").err


def test_moving(office: Volunteer) -> None:
    office.ok("team", "add", "红队", "--code", "red", "--community", "binhu")
    office.ok("team", "join", "red", "金样一", "--on", "2026-01-01")
    office.ok("event", "signup", "camp", "金样一")
    office.ok("policy", "set", "move_recognition", "50", "--from", "2026-01-01")
    moved = office.ok("person", "move", "金样一", "--to", "anda")
    assert "夏令营" in moved.err
    shown = office.ok("person", "show", "金样一", "-f", "json").json
    assert (shown["community"], shown["teams"]) == ("安大社区", [])
    assert office.ok("account", "show", "金样一", "-f", "json").json["balance"] == 300
    kinds = [row["kind"] for row in office.rows("account", "entries")]
    assert kinds == ["grant", "move_out", "move_in"]
    assert "Nothing changed" in office.ok("person", "move", "金样一", "--to", "anda").err
    office.ok("check")
    office.ok("undo")
    assert held(office, "金样一") == 600


def test_a_debt_moves_with_its_promise(office: Volunteer) -> None:
    office.ok(
        "exchange", "add", "陶样一", "--work", "疏通", "--hours", "2h", "--promise", "--until", "2026-08-01"
    )
    office.ok("account", "move", "陶样一", "--to", "anda")
    shown = office.ok("account", "show", "陶样一", "-f", "json").json
    assert (shown["balance"], shown["community"]) == (-120, "安大社区")
    assert shown["promises"] == [{"exchange": 1, "until": "2026-08-01", "outstanding": 120}]
    office.ok("exchange", "waive", 1, "--reason", "住院")
    assert (held(office, "陶样一"), office.rows("exchange", "list")[0]["status"]) == (0, "waived")
    office.refused("nothing_owed", "exchange", "waive", 1, "--reason", "x")
    office.ok("check")


def test_merge_and_erase(office: Volunteer) -> None:
    office.ok("account", "grant", "陶样一", "--hours", "3h", "--reason", "x")
    office.ok("person", "merge", "金样一", "陶样一", "--yes")
    assert held(office, "金样一") == 13 * HOUR
    office.ok("check")
    office.ok("undo")
    assert held(office, "金样一") == 10 * HOUR
    office.ok(
        "exchange", "add", "陶样一", "--work", "疏通", "--hours", "5h", "--promise", "--until", "2026-08-01"
    )
    office.ok("person", "erase", "陶样一", "--reason", "本人要求", "--yes")
    assert sum(row["balance"] for row in office.rows("account", "list")) == 0
    assert office.rows("exchange", "list")[0]["status"] == "waived"
    office.ok("check")


def test_undo_takes_back_the_latest_entries_alone(office: Volunteer) -> None:
    office.ok("account", "grant", "陶样一", "--hours", "1h", "--reason", "x")
    before = office.dump()
    office.ok("account", "donate", "金样一", "--hours", "1h")
    office.ok("undo")
    assert office.dump() == before
    operation = office.rows("history", "list")[0]["id"]
    office.ok("account", "donate", "金样一", "--hours", "1h")
    office.ok("account", "donate", "金样一", "--hours", "2h")
    before = office.dump()
    office.refused("entries_since", "undo", operation + 1)
    assert office.dump() == before


def test_a_statement_that_was_handed_out_stands(office: Volunteer, tmp_path: Path) -> None:
    page = tmp_path / "statement.html"
    office.ok("account", "donate", "金样一", "--hours", "1h")
    office.ok("account", "statement", "金样一", "-o", page)
    text = page.read_text(encoding="utf-8")
    assert "BINHU-S2-2" in text
    assert "9:00" in text
    office.refused("issued", "undo")
    office.ok("account", "statement", "金样一", "-o", page)


def test_booked_never_before_the_last_entry(office: Volunteer) -> None:
    office.today = "2026-06-01"
    office.refused("before_last_entry", "account", "donate", "金样一", "--hours", "1h")


def test_import_of_opening_balances(office: Volunteer, tmp_path: Path) -> None:
    sheet = tmp_path / "balances.csv"
    sheet.write_text("姓名,余额\n魏样一,120\n陶样一,1:30\n", encoding="utf-8")
    summary = office.ok("import", "accounts", sheet, "--community", "binhu", "-f", "json").json
    assert summary["rows"] == {"read": 3, "skipped": 1, "new": 1, "updated": 1, "same": 0, "rejected": 0}
    assert (held(office, "魏样一"), held(office, "陶样一")) == (7200, 90)
    again = office.ok("import", "accounts", sheet, "--community", "binhu", "-f", "json").json
    assert again["rows"]["same"] == 2


def test_reports_add_up(office: Volunteer) -> None:
    office.ok("exchange", "price", "camp", "--hours", "4h")
    office.ok("exchange", "take", "camp", "金样一")
    office.ok("account", "give", "金样一", "金样二", "--hours", "1h")
    office.ok("account", "reverse", 3, "--reason", "x")
    office.ok("account", "move", "金样一", "--to", "anda")
    (whole,) = office.rows("report", "credits")
    names = [
        "earned",
        "granted",
        "spent",
        "given",
        "donated",
        "expired",
        "moved_in",
        "moved_out",
        "outstanding",
    ]
    assert {name: whole[name] for name in names} == {
        "earned": 0, "granted": 600, "spent": 240, "given": 0, "donated": 0, "expired": 0,
        "moved_in": 360, "moved_out": 360, "outstanding": 360,
    }  # fmt: skip
    assert (whole["holders"], whole["never_spent"], whole["turnover"]) == (3, 2, None)
    for by in ("month", "community", "kind"):
        rows: list[dict[str, Any]] = office.rows("report", "credits", "--by", by)
        assert {name: sum(row[name] for row in rows) for name in names} == {
            name: whole[name] for name in names
        }
    assert json.loads(office.ok("report", "promises", "-f", "json").out)


def test_list_filters(office: Volunteer) -> None:
    office.ok("account", "edit", "陶样一", "--limit", "2h", "--reason", "长期服务")
    office.ok("account", "donate", "陶样一", "--hours", "2h")
    assert [row["person"] for row in office.rows("account", "list", "--below")] == ["陶样一"]
    assert "account_near_floor" in {row["task"] for row in office.rows("report", "today")}
    office.refused("insufficient_credit", "account", "edit", "陶样一", "--limit", "0", "--reason", "x")
    assert [row["kind"] for row in office.rows("account", "list", "--kind", "pool")] == ["pool", "pool"]
    assert office.rows("account", "list", "--never-spent") == []


def test_what_an_archived_account_held_is_listed_as_of_then(office: Volunteer) -> None:
    office.ok("account", "grant", "金样一", "--hours", "5h", "--reason", "试点")
    before = {row["id"]: row["balance"] for row in office.rows("account", "list")}
    day, office.today = office.today[:10], "2026-07-05"
    office.ok("account", "donate", "金样一", "--hours", "15h")
    office.ok("account", "archive", "金样一")
    then = {row["id"]: row["balance"] for row in office.rows("account", "list", "--as-of", day)}
    assert then == before
    assert (sum(then.values()), max(then.values())) == (0, 900)
    assert len(office.rows("account", "list")) == len(then) - 1


def test_what_moved_an_account_is_not_reversed_alone(office: Volunteer) -> None:
    office.ok("account", "move", "金样一", "--to", "anda")
    entry = office.rows("account", "entries", "--kind", "move_out")[-1]["id"]
    office.refused("not_reversible", "account", "reverse", entry, "--reason", "记错")
