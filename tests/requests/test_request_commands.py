"""Requests from the command line: every verb, every refusal, and what is shown of whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

P = "样例物业公司"
H = "样例供热公司"


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    """An office with two firms, a team and three people."""
    volunteer.ok("organization", "add", P, "--kind", "property")
    volunteer.ok("organization", "add", H, "--kind", "enterprise")
    volunteer.ok("team", "add", "老王帮帮团", "--code", "bangbang")
    for n, name in enumerate(("王样一", "李样二", "赵样三"), 1):
        volunteer.ok("person", "add", name, "--phone", f"1990000000{n}")
    return volunteer


def add(volunteer: Volunteer, *more: object, text: str = "车库有味", on: str = "2026-06-18") -> str:
    number: str = volunteer.ok("request", "add", text, "--on", on, *more, "-f", "json").json["number"]
    return number


def shown(volunteer: Volunteer, number: object, *more: object) -> Any:
    return volunteer.ok("request", "show", number, *more, "-f", "json").json


def assign(volunteer: Volunteer, number: str, to: str = P, *more: object, on: str = "2026-06-18") -> None:
    volunteer.ok("request", "assign", number, "--to", to, *more, "--on", on)


def finish(volunteer: Volunteer, number: str, on: str = "2026-06-22", result: str = "solved") -> None:
    volunteer.ok("request", "finish", number, "--result", result, "--on", on)


def test_from_the_call_to_the_closed_matter(office: Volunteer) -> None:
    number = add(
        office, "--caller", "王样一", "--category", "smell", "--kind", "complaint", "--channel", "phone",
        "--building", "7号楼", "--grid", "07", "--place", "地下车库", "--about", H,
    )  # fmt: skip
    assert number == "BINHU-R2026-0001"
    office.ok(
        "request",
        "caller",
        number,
        "--caller-name",
        "李某",
        "--caller-phone",
        "19900000009",
        "--on",
        "2026-06-18",
    )
    office.ok("request", "caller", number, "--caller", "王样一", "--on", "2026-06-18")
    office.ok("request", "answer", number, "--caller", "1", "--text", "已派人", "--on", "2026-06-18")
    assign(office, number, P, "--helper", "bangbang")
    office.ok("request", "assign", number, "--to", H, "--on", "2026-06-22")
    office.ok("request", "escalate", number, "--to", "赵样三", "--reason", "推诿", "--on", "2026-06-22")
    office.ok("request", "note", number, "夜里到现场", "--on", "2026-06-22")
    office.ok("request", "cause", number, "释放加臭剂", "--by", H, "--on", "2026-06-23")
    finish(office, number, on="2026-06-24")
    office.ok(
        "request",
        "callback",
        number,
        "--caller",
        "1",
        "--solved",
        "yes",
        "--satisfied",
        "mostly",
        "--on",
        "2026-06-25",
    )
    office.ok("request", "callback", number, "--solved", "partly", "--on", "2026-06-25")
    office.ok("request", "close", number, "--on", "2026-06-26")
    request = shown(office, number)
    expected = {
        "number": number, "external": None, "text": "车库有味", "kind": "complaint", "category": "smell",
        "urgency": "ordinary", "channel": "phone", "place": "地下车库", "building": "7", "grid": "07",
        "respond_by": None, "first_due_on": "2026-06-26", "due_on": "2026-06-26",
        "status": "closed", "result": "solved", "lead": H, "lead_id": 2, "lead_kind": "organization",
        "helpers": ["老王帮帮团"], "callers": 2, "calls": 3, "answered": 2, "called_back": 2, "extended_days": 0,
        "suspended_until": None, "redone": 0, "escalated_to": "赵样三", "finished_on": "2026-06-24",
        "closed_on": "2026-06-26", "late": False, "overdue": False, "cause": "释放加臭剂", "cause_by": H,
        "recurs": None, "recurs_id": None, "merged_into": None, "merged_into_id": None, "community": "滨湖社区",
        "merged": [], "similar": [],
    }  # fmt: skip
    assert {name: request[name] for name in expected} == expected
    assert [(row["lead"], row["from"], row["until"], row["days"]) for row in request["held"]] == [
        (P, "2026-06-18", "2026-06-22", 4),
        (H, "2026-06-22", "2026-06-24", 2),
    ]
    callers = [
        (row["n"], row["name"], row["calls"], row["solved"], row["tries"]) for row in request["caller_rows"]
    ]
    assert callers == [(1, "王样一", 2, "yes", 1), (2, "李某", 1, "partly", 1)]
    assert request["caller_rows"][0]["phone"] == "199****0001"
    steps = [row["step"] for row in request["steps"]]
    assert steps == [
        "register", "call", "call", "answer", "assign", "help", "assign", "escalate", "note", "cause", "finish",
        "callback", "callback", "close",
    ]  # fmt: skip
    assert office.ok("check").out == ""


def test_a_household_gives_building_and_grid(office: Volunteer) -> None:
    office.ok("household", "add", "--building", "3", "--unit", "2", "--room", "501", "--grid", "02")
    request = shown(office, add(office, "--caller-name", "王某", "--household", "3-2-501"))
    assert (request["building"], request["grid"]) == ("3", "02")
    assert request["caller_rows"][0]["household"] == "BINHU-H00001"
    secret = shown(office, add(office, "--caller-name", "王某", "--household", "3-2-501", "--confidential"))
    assert (secret["building"], secret["caller_rows"][0]["household"]) == (None, "*")


def test_similar_ones_are_named_never_merged(office: Volunteer) -> None:
    where = ("--category", "smell", "--building", "7", "--place", "地下车库")
    first = add(office, *where, on="2026-06-16")
    result = office.ok("request", "add", "车库臭", *where, "--on", "2026-06-18")
    assert f"Like it: {first} (2 days ago, same place): request merge 1 @last" in result.err
    assert shown(office, 2)["similar"] == [first]
    rows = office.rows("request", "similar", "2")
    assert [(row["number"], row["days"], row["same"]) for row in rows] == [(first, 2, "place")]
    assert [row["like"] for row in office.rows("request", "similar")] == ["BINHU-R2026-0002"]
    assert shown(office, first)["status"] == "registered"


def test_what_a_list_may_ask_for(office: Volunteer) -> None:
    one = add(office, "--category", "smell", "--grid", "07", "--building", "7", "--external", "SD20260618001")
    two = add(office, "--category", "noise", "--urgency", "urgent", "--recurs", one, text="早上五点甩鞭子")
    assign(office, one, P, "--helper", H)
    asked: dict[tuple[str, ...], list[str]] = {
        ("--open",): [one, two],
        ("--status", "assigned"): [one],
        ("--overdue",): [one, two],
        ("--due", "2026-06-26"): [one],
        ("--lead", P): [one],
        ("--helper", H): [one],
        ("--category", "noise"): [two],
        ("--channel", "hotline"): [one],
        ("--building", "7"): [one],
        ("--grid", "07"): [one],
        ("--urgency", "urgent"): [two],
        ("--suspended",): [],
        ("--recurs",): [two],
        ("--period", "2026-06"): [one, two],
        ("--period", "2026-05"): [],
        ("--search", "鞭子"): [two],
        ("--search", "SD2026"): [one],
    }
    for words, numbers in asked.items():
        assert [row["number"] for row in office.rows("request", "list", *words)] == numbers, words
    # The number of the hotline's order names it as well.
    assert shown(office, "SD20260618001")["number"] == one


# --- refusals ------------------------------------------------------------


def test_merged_names_the_survivor(office: Volunteer) -> None:
    one, two = add(office), add(office)
    office.ok("request", "merge", one, two)
    for words in (("assign", two, "--to", P), ("finish", two, "--result", "solved"), ("merge", one, two)):
        assert one in office.refused("merged", "request", *words, exit_code=1).err


@pytest.mark.parametrize(
    "words",
    [
        ("close", "1"),
        ("callback", "1", "--unreached"),
        ("resume", "1"),
        ("split", "1"),
        ("reopen", "1", "--reason", "又漏"),
        ("merge", "1", "1"),
    ],
)
def test_a_state_that_does_not_allow_a_step(office: Volunteer, words: tuple[str, ...]) -> None:
    add(office)
    office.refused("wrong_state", "request", *words, exit_code=1)


def test_a_rejected_one_is_taken_up_by_reopening_alone(office: Volunteer) -> None:
    number = add(office)
    office.ok("request", "reject", number, "--reason", "非社区职责", "--refer", "区城管局")
    office.refused("wrong_state", "request", "assign", number, "--to", P)
    office.ok("request", "reopen", number, "--reason", "领导批示")
    request = shown(office, number)
    assert (request["status"], request["redone"]) == ("registered", 0)
    assign(office, number, P, on="2026-06-30")
    office.refused("wrong_state", "request", "reject", number, "--reason", "非社区职责")


def test_what_is_closed_is_reopened_first(office: Volunteer) -> None:
    number, other = add(office, "--anonymous"), add(office)
    finish(office, number)
    office.ok("request", "close", number)
    for words in (
        ("note", number, "又来"), ("assign", number, "--to", P), ("answer", number), ("merge", number, other),
        ("caller", number, "--anonymous"), ("finish", number, "--result", "solved"), ("merge", other, number),
    ):  # fmt: skip
        office.refused("request_closed", "request", *words, exit_code=1)
    # The cause may become known later; closed twice is no change.
    office.ok("request", "cause", number, "管道老化")
    assert "Nothing changed" in office.ok("request", "close", number).err
    office.ok("request", "reopen", number, "--reason", "又漏", "--to", P)
    request = shown(office, number)
    assert (request["status"], request["lead"], request["redone"], request["due_on"]) == (
        "assigned",
        P,
        1,
        "2026-07-07",
    )


def test_a_lead_returns_in_time_or_not_at_all(office: Volunteer) -> None:
    """Card 4."""
    number = add(office)
    office.refused("not_assigned", "request", "return", number, "--reason", "非职责")
    assign(office, number)
    office.refused("too_late", "request", "return", number, "--reason", "非职责", "--on", "2026-06-24")
    office.ok("request", "return", number, "--reason", "立管归公司", "--on", "2026-06-23")
    request = shown(office, number)
    assert (request["status"], request["lead"], request["due_on"]) == ("registered", None, "2026-06-26")
    assign(office, number, P, "--final", on="2026-06-23")
    office.refused("return_closed", "request", "return", number, "--reason", "非职责", "--on", "2026-06-23")


def test_a_tip_off_never_goes_to_whom_it_is_about(office: Volunteer) -> None:
    """Card 3."""
    tipoff = add(office, "--kind", "tipoff", "--about", P, "--caller", "王样一", "--confidential")
    for words in (("--to", P), ("--to", H, "--helper", P)):
        office.refused("interested", "request", "assign", tipoff, *words, exit_code=1)
    office.refused("interested", "request", "escalate", tipoff, "--to", P, "--reason", "推诿")
    led = add(office)
    assign(office, led)
    office.refused("interested", "request", "merge", led, tipoff)
    complaint = add(office, "--kind", "complaint", "--about", P, "--caller", "李样二", "--confidential")
    assign(office, complaint)
    for more in ((), ("--reveal", "交办"), ("-f", "html"), ("--reveal", "交办", "-f", "html")):
        page = office.ok("request", "slip", complaint, *more).out
        assert "车库有味" in page
        assert "李样二" not in page
        assert "<td>*</td>" not in page
        assert "Callers" not in page, "not even that somebody asked for confidence"


def test_extensions_have_limits(office: Volunteer) -> None:
    number = add(office)
    office.refused(
        "too_late", "request", "extend", number, "--days", "3", "--reason", "等", "--on", "2026-06-29"
    )
    office.refused(
        "too_many_extensions",
        "request",
        "extend",
        number,
        "--days",
        "11",
        "--reason",
        "等",
        "--on",
        "2026-06-26",
    )
    office.ok("request", "extend", number, "--days", "3", "--reason", "等", "--on", "2026-06-26")
    office.refused(
        "too_many_extensions",
        "request",
        "extend",
        number,
        "--days",
        "1",
        "--reason",
        "等",
        "--on",
        "2026-06-26",
    )


def test_suspensions_have_limits(office: Volunteer) -> None:
    number = add(office)
    suspend = ("request", "suspend", number, "--reason", "等", "--on", "2026-06-18", "--until")
    office.refused("bad_date", *suspend, "2026-06-18", exit_code=1)
    office.refused("too_late", *suspend, "2026-12-16")
    office.ok(*suspend, "2026-12-15")
    office.refused("wrong_state", "request", "suspend", number, "--reason", "等", "--until", "2026-12-01")


def test_steps_follow_each_other(office: Volunteer) -> None:
    number = add(office)
    office.refused("out_of_order", "request", "assign", number, "--to", P, "--on", "2026-06-17", exit_code=1)
    office.refused("future", "request", "assign", number, "--to", P, "--on", "2026-07-01", exit_code=1)
    office.refused("future", "request", "add", "明天的事", "--on", "2026-07-01")


def test_an_external_number_is_one_requests_alone(office: Volunteer) -> None:
    add(office, "--external", "SD1")
    office.refused("conflict", "request", "add", "又一件", "--external", "SD1")


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x", "--caller", "王样一", "--anonymous"),
        ("add", "x", "--kind", "rumour"),
        ("callback", "1"),
        ("callback", "1", "--unreached", "--solved", "yes"),
    ],
)
def test_what_cannot_be_read(office: Volunteer, words: tuple[str, ...]) -> None:
    add(office)
    refusal = office("request", *words)
    assert refusal.code == 2
    assert "''" not in refusal.err


def test_closing_needs_every_caller_reached_or_tried_on_two_days(office: Volunteer) -> None:
    """Card 2."""
    number = add(office, "--caller", "王样一")
    office.ok("request", "caller", number, "--caller", "李样二", "--confidential", "--on", "2026-06-18")
    office.ok("request", "caller", number, "--anonymous", "--on", "2026-06-18")
    finish(office, number)
    refused = office.refused("callback_missing", "request", "close", number)
    assert "1 王样一, 2 *" in refused.err
    assert office("request", "callback", number, "--unreached", "--on", "2026-06-22").code == 2
    office.ok(
        "request",
        "callback",
        number,
        "--caller",
        "1",
        "--solved",
        "yes",
        "--satisfied",
        "yes",
        "--on",
        "2026-06-22",
    )
    for _n in range(3):
        office.ok("request", "callback", number, "--unreached", "--on", "2026-06-22")
    office.refused("callback_missing", "request", "close", number)
    office.ok("request", "callback", number, "--unreached", "--on", "2026-06-23")
    office.ok("request", "close", number, "--on", "2026-06-23")
    rates = {row["rate"]: row for row in office.rows("report", "rates")}
    assert (rates["solved"]["numerator"], rates["solved"]["denominator"], rates["solved"]["unreached"]) == (
        1,
        1,
        1,
    )
    assert rates["satisfied"]["value"] == 1


def test_not_solved_is_done_again_or_explained(office: Volunteer) -> None:
    number = add(office, "--caller", "王样一")
    assign(office, number)
    finish(office, number)
    office.ok("request", "callback", number, "--solved", "no", "--satisfied", "no", "--on", "2026-06-22")
    office.refused("unsolved", "request", "close", number)
    office.ok("request", "reopen", number, "--reason", "未解决", "--on", "2026-06-23")
    request = shown(office, number)
    assert (request["status"], request["lead"], request["redone"], request["due_on"]) == (
        "assigned",
        P,
        1,
        "2026-06-30",
    )
    assert (request["first_due_on"], request["called_back"]) == ("2026-06-26", 0)
    finish(office, number, on="2026-06-24")
    office.ok("request", "callback", number, "--solved", "no", "--on", "2026-06-25")
    office.ok("request", "close", number, "--explained", "同样事实已依法处理", "--on", "2026-06-25")
    assert shown(office, number)["result"] == "explained"


@pytest.mark.parametrize(
    ("lead", "words"),
    [(P, ("organization", "archive", P)), ("bangbang", ("team", "archive", "bangbang"))],
)
def test_who_leads_open_requests_is_not_archived(
    office: Volunteer, lead: str, words: tuple[str, ...]
) -> None:
    number = add(office)
    assign(office, number, lead)
    assert number in office.refused("leads_requests", *words, exit_code=1).err
    finish(office, number)
    office.ok(*words)


# --- merging ------------------------------------------------------------


def test_of_a_chain_the_last_merge_comes_apart_first(office: Volunteer) -> None:
    one, two, three = (add(office, "--caller", name) for name in ("王样一", "李样二", "赵样三"))
    assign(office, one)
    office.ok("request", "merge", two, one, "--on", "2026-06-22")
    office.ok("request", "merge", three, two, "--on", "2026-06-23")
    request = shown(office, one)
    assert (request["number"], request["callers"], request["merged"]) == (three, 3, [one, two])
    assert [row["number"] for row in request["caller_rows"]] == [three, one, two]
    office.refused("merged", "request", "split", one)
    office.ok("request", "split", two, "--on", "2026-06-24")
    assert [shown(office, number)["callers"] for number in (three, two)] == [1, 2]
    office.ok("request", "split", one, "--on", "2026-06-24")
    request = shown(office, one)
    assert (request["status"], request["lead"], request["callers"]) == ("assigned", P, 1)
    held = [(row["from"], row["until"]) for row in request["held"]]
    assert held == [("2026-06-18", "2026-06-22"), ("2026-06-24", None)]
    flow = office.rows("report", "flow")
    assert [(row["received"], row["merged"], row["split"], row["open_after"]) for row in flow] == [
        (3, 2, 2, 3)
    ]
    assert office.ok("check").out == ""


def test_a_merge_with_later_callers_is_split_not_undone(office: Volunteer) -> None:
    one, two = add(office, "--caller", "王样一"), add(office, "--caller", "李样二")
    office.ok("request", "merge", one, two)
    operation = office.rows("history", "list")[0]["id"]
    office.ok("request", "caller", one, "--caller", "赵样三")
    office.refused("changed_since", "undo", operation)
    finish_number = add(office, "--caller", "王样一", on="2026-06-30")
    finish(office, finish_number, on="2026-06-30")
    operation = office.rows("history", "list")[0]["id"]
    office.ok("request", "callback", finish_number, "--unreached")
    office.refused("changed_since", "undo", operation)


# --- people ------------------------------------------------------------


def test_merged_people_keep_their_requests_and_erased_ones_their_count(office: Volunteer) -> None:
    number = add(office, "--caller", "王样一")
    office.ok("request", "caller", number, "--caller", "李样二", "--confidential", "--on", "2026-06-18")
    assign(office, number, "李样二")
    office.ok("person", "merge", "赵样三", "李样二", "--yes")
    request = shown(office, number, "--reveal", "核对")
    assert [row["name"] for row in request["caller_rows"]] == ["王样一", "赵样三"]
    assert request["lead"] == "赵样三"
    office.ok("person", "erase", "王样一", "--reason", "本人要求", "--yes")
    request = shown(office, number, "--reveal", "核对")
    assert [(row["name"], row["person_id"]) for row in request["caller_rows"]] == [("*", None), ("赵样三", 3)]
    finish(office, number)
    # Nobody can be asked any more who is erased.
    office.ok("request", "callback", number, "--solved", "yes", "--on", "2026-06-22")
    office.ok("request", "close", number, "--on", "2026-06-22")
    assert office.ok("check").out == ""


def test_merged_households_keep_who_called_from_them(office: Volunteer) -> None:
    for room in ("501", "502"):
        office.ok("household", "add", "--building", "3", "--room", room)
    number = add(office, "--caller-name", "王某", "--household", "3-502")
    office.ok("household", "merge", "3-501", "3-502")
    assert shown(office, number)["caller_rows"][0]["household"] == "BINHU-H00001"


# --- canaries ------------------------------------------------------------

CANARY = ("保密甲甲", "19911112222", "BINHU-H00001")


@pytest.fixture
def whispered(office: Volunteer) -> Volunteer:
    """A request whose caller asked for confidence, with everything done about it."""
    office.ok("household", "add", "--building", "9", "--room", "909")
    office.ok("person", "add", CANARY[0], "--phone", CANARY[1])
    number = add(
        office, "--caller", CANARY[0], "--household", "9-909", "--confidential", "--kind", "complaint"
    )
    other = add(office, "--caller-name", "保密乙乙", "--caller-phone", "19933334444", "--confidential")
    assign(office, number, P)
    office.ok("request", "answer", number, "--on", "2026-06-18")
    finish(office, number)
    office.ok("request", "merge", number, other)
    return office


@pytest.mark.parametrize("reading", ["table", "csv", "tsv", "json", "ndjson", "markdown", "html"])
def test_who_asked_for_confidence_appears_nowhere(whispered: Volunteer, reading: str) -> None:
    secrets = ("保密甲甲", "19911112222", "保密乙乙", "19933334444", "BINHU-H00001")
    commands: tuple[tuple[str, ...], ...] = (
        ("request", "list", "--fields", "all"), ("request", "show", "1"), ("request", "similar"), ("request", "why", "1"),
        ("report", "requests", "--by", "lead"), ("report", "handling"), ("report", "hotspots"), ("report", "today"),
        ("report", "rates"), ("history", "list"), ("request", "list", "--search", "保密"),
        ("request", "list", "--sort", "callers"), ("history", "list", "--thing", "request:1"),
    )  # fmt: skip
    for words in commands:
        answer = whispered(*words, "-f", reading, "-v")
        # The record of the person is no secret; that it was they who called is.
        answer.out = "\n".join(line for line in answer.out.splitlines() if "person add" not in line)
        for secret in secrets:
            assert secret not in answer.out + answer.err, words


def test_who_asked_for_confidence_appears_in_no_operation_paper_or_error(whispered: Volunteer) -> None:
    operations = [
        row["id"] for row in whispered.rows("history", "list") if row["command"].startswith("request")
    ]
    outputs = [whispered.ok("history", "show", key, "-f", "json").out for key in operations]
    outputs.append(whispered.ok("request", "slip", "1").out)
    outputs.append(whispered("request", "close", "1").err)
    outputs.append(whispered("request", "callback", "1", "--unreached").err)
    text = "\n".join(outputs)
    assert not [
        secret for secret in ("保密甲甲", "19911112222", "保密乙乙", "19933334444", "9-909") if secret in text
    ]
    assert whispered.ok("request", "list", "--search", "保密").out.count("\n") <= 1


def test_a_reason_shows_who_called_and_is_kept(whispered: Volunteer, tmp_path: Path) -> None:
    request = shown(whispered, 1, "--reveal", "回访")
    assert [(row["name"], row["phone"]) for row in request["caller_rows"]] == [
        ("保密甲甲", "19911112222"), ("保密乙乙", "19933334444"),
    ]  # fmt: skip
    assert request["caller_rows"][0]["household"] == "BINHU-H00001"
    page = tmp_path / "order.html"
    whispered.ok("request", "slip", "1", "-o", page, "--reveal", "交办")
    assert "保密甲甲" in page.read_text(encoding="utf-8")
    reveals = [row for row in whispered.rows("history", "list") if row["command"].startswith("reveal")]
    assert [row["reason"] for row in reveals] == ["交办", "回访"]


# --- papers, callers by name, and what reports count ------------------------------------------------------------


def test_an_order_is_read_out_or_written_as_a_page(office: Volunteer, tmp_path: Path) -> None:
    number = add(office, "--caller", "王样一", "--place", "地下车库")
    assign(office, number)
    read = office.ok("request", "slip", number).out
    assert "<" not in read
    assert [
        word for word in ("车库有味", "地下车库", P, "王样一", "199****0001", "滨湖社区") if word not in read
    ] == []
    assert office.ok("request", "slip", number, "-f", "html").out.startswith("<!doctype html>")
    page = tmp_path / "order.html"
    written = office.ok("request", "slip", number, "-o", page, "-f", "json")
    assert written.json["number"] == number
    assert "王样一" in page.read_text(encoding="utf-8")
    office.refused("unknown_format", "request", "slip", number, "-o", tmp_path / "order.xlsx", exit_code=2)
    assert not (tmp_path / "order.xlsx").exists()


def test_a_caller_is_named_by_name_or_number(office: Volunteer) -> None:
    number = add(office, "--caller", "王样一")
    for name in ("王样五", "李某"):
        office.ok("request", "caller", number, "--caller-name", name, "--on", "2026-06-18")
    office.ok("request", "caller", number, "--caller-name", "钱某某", "--confidential", "--on", "2026-06-18")
    assert (
        "answered: 1" in office.ok("request", "answer", number, "--caller", "李 某", "--on", "2026-06-18").err
    )
    finish(office, number)
    error = office.refused(
        "ambiguous", "request", "callback", number, "--caller", "王样", "--solved", "yes", exit_code=4
    )
    assert "1 王样一" in error.err
    assert "2 王样五" in error.err
    for nobody in ("张三", "9", "0", "钱某某", "钱"):
        office.refused(
            "not_found", "request", "callback", number, "--caller", nobody, "--solved", "yes", exit_code=4
        )
    for caller in ("王样五", "王样一", "李", "４"):
        office.ok("request", "callback", number, "--caller", caller, "--solved", "yes", "--on", "2026-06-23")
    rows = shown(office, number)["caller_rows"]
    assert [(row["n"], row["solved"], row["tries"]) for row in rows] == [(n, "yes", 1) for n in (1, 2, 3, 4)]
    history = [row for row in office.rows("history", "list") if row["command"] == "request callback"]
    assert len(history) == 4
    assert "王样五" not in str(history), "said in confidence to the history"


PARTS = {"yes": "numerator", "not_due": "not_due", "suspended": "suspended", "unreached": "unreached"}


def require_drilled(office: Volunteer, *period: str) -> None:
    """P13: each rate and each figure of the flow has as many rows as it says; the explanation names the lists."""
    for rate in office.rows("report", "rates", *period):
        rows = office.rows("report", "rates", "--rows", rate["rate"], *period)
        counts = {name: sum(row["counts"] == part for row in rows) for part, name in PARTS.items()}
        assert {name: rate[name] for name in counts} == counts, rate
        assert rate["denominator"] == sum(row["counts"] in ("yes", "no") for row in rows)
        assert all(row["counts"] for row in rows)
    flow = office.rows("report", "flow", "--by", "category", *period)
    for name in (
        "open_before",
        "received",
        "reopened",
        "split",
        "closed",
        "rejected",
        "merged",
        "open_after",
    ):
        whole = sum(row[name] for row in flow)
        assert whole == len(office.rows("report", "flow", "--rows", name, *period)), name
    (figures,) = office.rows("report", "requests", *period) or [{}]
    for name in (
        "matters",
        "open",
        "suspended",
        "on_time",
        "late",
        "overdue",
        "solved",
        "partly",
        "explained",
        "merged",
    ):
        assert figures.get(name, 0) == len(office.rows("report", "requests", "--rows", name, *period)), name


def test_every_rate_and_flow_is_followed_to_its_rows(office: Volunteer) -> None:
    first, second = add(office, "--caller", "王样一"), add(office, "--caller-name", "李某", on="2026-06-19")
    third = add(office, "--caller-name", "赵某", on="2026-06-19")
    office.ok("request", "merge", first, second, "--on", "2026-06-20")
    office.ok("request", "answer", first, "--on", "2026-06-22")
    finish(office, first, on="2026-06-22")
    office.ok(
        "request",
        "callback",
        first,
        "--caller",
        "1",
        "--solved",
        "yes",
        "--satisfied",
        "no",
        "--on",
        "2026-06-23",
    )
    office.ok("request", "callback", first, "--caller", "李某", "--unreached", "--on", "2026-06-23")
    office.ok("request", "suspend", third, "--until", "2026-08-01", "--reason", "等", "--on", "2026-06-23")
    add(office, on="2026-01-05")
    office.ok("request", "reject", add(office), "--reason", "非职责", "--on", "2026-06-19")
    for period in ((), ("--period", "2026-06")):
        require_drilled(office, *period)
    named = {row["figure"] for row in office.rows("report", "explain", "rates")}
    for rate in office.rows("report", "rates"):
        assert f"volunteer report rates --rows {rate['rate']}" in named
    office.refused("unknown_field", "report", "rates", "--rows", "speed", exit_code=2)
    for more in (("--compare", "--period", "2026"), ("--chart",), ("--publish",)):
        office.refused("usage", "report", "rates", "--rows", "solved", *more, exit_code=2)
    office.refused("usage", "report", "flow", "--rows", "received", "--by", "category", exit_code=2)
