"""Cases of mediation from the command line: states, refusals, and what nobody sees without a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

CASE = "BINHU-M2026-0001"
#: A word for each confidential field, which stands nowhere else.
CANARIES = {
    "--party": "当事甲甲",
    "--facts": "事由乙乙",
    "session": "笔录丙丙",
    "agree": "协议丁丁",
    "--term": "义务戊戊",
    "followup": "回访己己",
    "danger": "某派出所庚庚",
    "--reason": "扬言辛辛",
}


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    """An office with two neighbours, a mediator, and one who lives with a neighbour."""
    for name in ("王样一", "李样二", "赵样三", "卫样四"):
        volunteer.ok("person", "add", name)
    volunteer.ok("household", "add", "--building", "3", "--unit", "1", "--room", "101", "--on", "2026-01-01")
    volunteer.ok("household", "move", "王样一", "卫样四", "--to", "3-1-101", "--on", "2026-01-01")
    return volunteer


def accept(volunteer: Volunteer, *more: object, on: str = "2026-06-01") -> None:
    volunteer.ok(
        "mediation", "add", "--kind", "neighbours", "--source", "applied", "--party", "王样一",
        "--party", "李样二", "--mediator", "赵样三", "--on", on, *more,
    )  # fmt: skip


def consent(volunteer: Volunteer, *, on: str = "2026-06-02") -> None:
    for name in ("王样一", "李样二"):
        volunteer.ok("mediation", "party", CASE, name, "--agrees", "--on", on)


def settle(volunteer: Volunteer, *more: object, signed: str = "2026-06-10") -> None:
    volunteer.ok("mediation", "agree", CASE, "--written", "--signed", signed, "--text", "各让一步", *more)


def case(volunteer: Volunteer, *more: object) -> dict[str, Any]:
    shown: dict[str, Any] = volunteer.ok("mediation", "show", CASE, *more, "-f", "json").json
    return shown


def test_from_acceptance_to_the_closed_file(office: Volunteer) -> None:
    accept(office)
    consent(office)
    office.ok("mediation", "session", CASE, "--minutes", "60", "--on", "2026-06-05 09:00", "--text", "谈了")
    settle(office, "--term", "付清=2026-06-20", "--wants-court")
    office.ok("mediation", "perform", CASE, "--term", "1", "--on", "2026-06-18")
    office.ok("mediation", "court", CASE, "--filed", "--on", "2026-06-20")
    office.ok("mediation", "court", CASE, "--confirmed", "--on", "2026-06-25")
    office.ok(
        "mediation", "followup", CASE, "--performed", "yes", "--satisfied", "mostly", "--on", "2026-06-28"
    )
    office.ok("mediation", "close", CASE)
    shown = case(office)
    expected = {
        "number": CASE, "kind": "neighbours", "source": "applied", "status": "closed", "accepted_on": "2026-06-01",
        "due_on": "2026-07-01", "decided_on": "2026-06-10", "ended_for": None, "mediators": ["赵样三"], "parties": 2,
        "sessions": 1, "minutes": 60, "agreement": "written", "effective_on": "2026-06-10",
        "court_by": "2026-07-10", "court": "confirmed", "terms_due": 1, "terms_done": 1, "terms_broken": 0,
        "followup_on": "2026-06-28", "closed_on": "2026-06-30", "overdue": False, "danger": False,
        "community": "滨湖社区",
    }  # fmt: skip
    assert {name: shown[name] for name in expected} == expected
    assert office.ok("check").out == ""


@pytest.mark.parametrize(
    ("accepted", "due"),
    [("2026-01-20", "2026-02-24"), ("2026-05-04", "2026-06-03"), ("2026-05-28", "2026-06-29")],
)
def test_the_day_by_which_a_case_is_decided(office: Volunteer, accepted: str, due: str) -> None:
    accept(office, on=accepted)
    assert case(office)["due_on"] == due


@pytest.mark.parametrize(
    ("effective", "last"),
    [("2026-01-15", "2026-02-14"), ("2026-01-22", "2026-02-24"), ("2026-05-30", "2026-06-29")],
)
def test_the_last_day_for_the_court(office: Volunteer, effective: str, last: str) -> None:
    accept(office, on="2026-01-10")
    consent(office, on="2026-01-10")
    settle(office, signed=effective)
    assert case(office)["court_by"] == last


def test_a_written_agreement_holds_from_the_last_of_its_days(office: Volunteer) -> None:
    accept(office)
    consent(office)
    settle(office, "--sealed", "2026-06-12")
    shown = case(office)
    assert (shown["effective_on"], shown["decided_on"]) == ("2026-06-12", "2026-06-12")


# --- refusals ------------------------------------------------------------


def test_one_party_named_twice_is_one(office: Volunteer) -> None:
    words = ("mediation", "add", "--kind", "family", "--source", "offered", "--mediator", "赵样三")
    office.refused("two_parties", *words, "--party", "王样一", "--party", "1")
    office.refused("two_parties", *words, "--party", "王样一")


@pytest.mark.parametrize("mediator", ["王样一", "卫样四"])
def test_a_party_or_who_lives_with_one_does_not_mediate(office: Volunteer, mediator: str) -> None:
    words = (
        "mediation",
        "add",
        "--kind",
        "family",
        "--source",
        "offered",
        "--party",
        "王样一",
        "--party",
        "李样二",
    )
    office.refused("interested", *words, "--mediator", mediator)
    office.refused("interested", *words, "--mediator", "赵样三", "--mediator", mediator)
    accept(office)
    consent(office)
    office.refused("interested", "mediation", "session", CASE, "--mediator", mediator)


def test_a_household_as_party_binds_all_who_live_there(office: Volunteer) -> None:
    words = (
        "mediation",
        "add",
        "--kind",
        "neighbours",
        "--source",
        "offered",
        "--party",
        "3-1-101",
        "--party",
        "某公司",
    )
    office.refused("interested", *words, "--mediator", "卫样四")
    office.ok(*words, "--mediator", "赵样三")


def test_no_session_before_every_party_agrees(office: Volunteer) -> None:
    accept(office)
    office.ok("mediation", "party", CASE, "王样一", "--agrees", "--on", "2026-06-02")
    office.refused("no_consent", "mediation", "session", CASE)
    office.refused("no_consent", "mediation", "agree", CASE, "--oral", "--text", "说好了")
    office.ok("mediation", "party", CASE, "李样二", "--agrees", "--on", "2026-06-03")
    office.ok("mediation", "session", CASE)


def test_a_party_that_refuses_ends_the_case(office: Volunteer) -> None:
    accept(office)
    office.ok("mediation", "party", CASE, "李样二", "--refuses")
    shown = case(office)
    assert (shown["status"], shown["ended_for"], shown["decided_on"]) == ("ended", "refused", "2026-06-30")
    office.refused("wrong_state", "mediation", "session", CASE)
    office.refused("wrong_state", "mediation", "party", CASE, "李样二", "--agrees")
    office.ok("mediation", "close", CASE)


def test_a_party_that_comes_later_must_agree_as_well(office: Volunteer) -> None:
    accept(office)
    consent(office)
    office.ok("mediation", "session", CASE, "--on", "2026-06-03")
    office.ok("mediation", "party", CASE, "某物业公司", "--agrees", "--on", "2026-06-08")
    assert case(office)["parties"] == 3
    assert office.ok("check").out == "", "whoever was named later could not be asked before"


def test_longer_only_when_all_ask(office: Volunteer) -> None:
    accept(office)
    office.refused("no_consent", "mediation", "extend", CASE, "--days", "10")
    office.ok("mediation", "extend", CASE, "--days", "10", "--all-ask")
    assert case(office)["due_on"] == "2026-07-13", "the eleventh is a Saturday"


def test_after_a_danger_nobody_sits_there_alone(office: Volunteer) -> None:
    accept(office)
    consent(office)
    office.ok("mediation", "danger", CASE, "--to", "派出所", "--reason", "扬言伤人", "--on", "2026-06-04")
    office.refused("two_people", "mediation", "session", CASE)
    office.ok("person", "add", "蒋样五")
    office.ok("mediation", "session", CASE, "--mediator", "赵样三", "--mediator", "蒋样五")
    assert case(office)["danger"] is True
    assert case(office)["mediators"] == ["赵样三", "蒋样五"]


def test_an_oral_agreement_is_recorded(office: Volunteer) -> None:
    accept(office)
    consent(office)
    office.refused("missing_value", "mediation", "agree", CASE, "--oral", exit_code=2)
    office.refused("missing_value", "mediation", "agree", CASE, "--written", "--text", "x", exit_code=2)
    office.refused("bad_choice", "mediation", "agree", CASE, "--text", "x", exit_code=2)
    office.ok("mediation", "agree", CASE, "--oral", "--text", "说好了")
    assert case(office)["effective_on"] == "2026-06-30"


def test_the_court_only_in_time_and_only_with_an_agreement(office: Volunteer) -> None:
    office.today = "2026-02-15"
    accept(office, on="2026-01-10")
    office.refused("not_agreed", "mediation", "court", CASE, "--filed")
    consent(office, on="2026-01-10")
    settle(office, signed="2026-01-15")
    office.refused("too_late", "mediation", "court", CASE, "--filed", "--on", "2026-02-15")
    office.refused("wrong_state", "mediation", "court", CASE, "--confirmed")
    office.ok("mediation", "court", CASE, "--filed", "--on", "2026-02-14")
    office.refused("wrong_state", "mediation", "court", CASE, "--filed")


def test_terms_are_performed_or_broken(office: Volunteer) -> None:
    accept(office)
    office.refused("not_agreed", "mediation", "perform", CASE, "--term", "1")
    consent(office)
    settle(office, "--term", "甲=2026-06-20", "--term", "乙=乙=2026-07-20")
    office.refused("not_agreed", "mediation", "perform", CASE, "--term", "3")
    office.ok("mediation", "break", CASE, "--term", "1")
    office.ok("mediation", "perform", CASE, "--term", "2")
    shown = case(office)
    assert (shown["terms_due"], shown["terms_done"], shown["terms_broken"]) == (2, 1, 1)


def test_a_file_is_closed_after_the_parties_were_asked(office: Volunteer) -> None:
    accept(office)
    office.refused("wrong_state", "mediation", "close", CASE)
    office.refused("not_agreed", "mediation", "followup", CASE, "--performed", "yes")
    consent(office)
    settle(office)
    office.refused("followup_missing", "mediation", "close", CASE)
    office.ok("mediation", "followup", CASE, "--performed", "partly")
    office.ok("mediation", "close", CASE)
    office.refused("wrong_state", "mediation", "followup", CASE, "--performed", "yes")


def test_steps_have_their_order(office: Volunteer) -> None:
    accept(office)
    office.refused("future", "mediation", "party", CASE, "王样一", "--agrees", "--on", "2026-07-01")
    office.refused("out_of_order", "mediation", "party", CASE, "王样一", "--agrees", "--on", "2026-05-31")


# --- what is confidential ------------------------------------------------------------


def tell_all(volunteer: Volunteer) -> None:
    """A case with a word of its own in every confidential field."""
    accept(
        volunteer, "--party", CANARIES["--party"], "--facts", CANARIES["--facts"], "--household", "3-1-101"
    )
    consent(volunteer)
    volunteer.ok("mediation", "party", CASE, CANARIES["--party"], "--agrees", "--on", "2026-06-02")
    volunteer.ok(
        "mediation",
        "danger",
        CASE,
        "--to",
        CANARIES["danger"],
        "--reason",
        CANARIES["--reason"],
        "--on",
        "2026-06-02",
    )
    volunteer.ok("person", "add", "蒋样五")
    volunteer.ok(
        "mediation", "session", CASE, "--mediator", "赵样三", "--mediator", "蒋样五",
        "--text", CANARIES["session"], "--on", "2026-06-03",
    )  # fmt: skip
    volunteer.ok(
        "mediation", "agree", CASE, "--oral", "--text", CANARIES["agree"],
        "--term", f"{CANARIES['--term']}=2026-06-20", "--on", "2026-06-10",
    )  # fmt: skip
    volunteer.ok(
        "mediation",
        "followup",
        CASE,
        "--performed",
        "no",
        "--text",
        CANARIES["followup"],
        "--on",
        "2026-06-28",
    )


#: Ways out that take no reason to look.
WAYS_OUT = (
    ("mediation", "list"), ("mediation", "show", CASE), ("person", "show", "王样一"), ("household", "show", "3-1-101"),
    ("history", "list"), ("report", "today"), ("report", "quality"), ("report", "mediation"), ("report", "overview"),
    ("check",),
)  # fmt: skip


@pytest.mark.parametrize("form", ["json", "table", "csv", "html", "md"])
def test_nothing_confidential_without_a_reason(office: Volunteer, form: str) -> None:
    tell_all(office)
    said = [office(*words, "-f", form) for words in WAYS_OUT]
    said += [office("history", "show", str(number), "-f", form) for number in range(1, 20)]
    said += [office("mediation", "list", "--fields", "all", "-f", form)]
    text = "".join(result.out + result.err for result in said)
    leaks = [word for word in CANARIES.values() if word in text]
    assert leaks == []
    shown = office.ok("person", "show", "王样一", "-f", "json").out
    assert CASE not in shown, "a page does not say that a case exists"


def test_each_stands_where_it_belongs_with_a_reason(office: Volunteer) -> None:
    tell_all(office)
    shown = case(office, "--reveal", "调解")
    assert [row["party"] for row in shown["party_rows"]] == ["王样一", "李样二", CANARIES["--party"]]
    assert shown["facts"] == CANARIES["--facts"]
    assert shown["session_rows"][0]["text"] == CANARIES["session"]
    assert shown["term_rows"][0]["duty"] == CANARIES["--term"]
    assert (shown["text"], shown["followup_text"]) == (CANARIES["agree"], CANARIES["followup"])
    assert shown["household"] is not None
    latest = office.rows("history", "list")[0]
    assert (latest["command"], latest["reason"]) == ("reveal mediations", "调解")


def test_without_a_reason_hidden_fields_are_named(office: Volunteer) -> None:
    tell_all(office)
    shown = case(office)
    hidden = {"party_rows", "facts", "session_rows", "term_rows", "text", "followup_text", "household"}
    assert hidden <= set(shown["hidden"])
    assert [shown[name] for name in sorted(hidden)] == [None] * len(hidden)


def test_erasing_leaves_the_register_alone(office: Volunteer) -> None:
    tell_all(office)
    office.ok("mediation", "close", CASE)
    before = case(office)
    office.ok("mediation", "erase", CASE, "--reason", "保管期满", "-y")
    after = case(office)
    kept = ("number", "kind", "source", "status", "accepted_on", "decided_on", "agreement", "closed_on")
    assert [after[name] for name in kept] == [before[name] for name in kept]
    content = office.database.read_bytes()
    left = [word for word in CANARIES.values() if word.encode() in content]
    assert left == [], "not in the file, not in free pages either"
    assert office.ok("check").out == ""
    office.refused("erased", "undo")
    office.refused("erased", "mediation", "print", CASE, "--form", "record", "--reveal", "归档")


# --- papers ------------------------------------------------------------


@pytest.mark.parametrize("form", ["cover", "acceptance", "rights", "record", "oral", "followup"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_forms_of_the_file(office: Volunteer, tmp_path: Path, form: str, language: str) -> None:
    tell_all(office)
    office.language = language
    office.refused("reveal_needed", "mediation", "print", CASE, "--form", form, exit_code=1)
    path = tmp_path / "form.html"
    office.ok("mediation", "print", CASE, "--form", form, "--reveal", "归档", "-o", path)
    page = path.read_text(encoding="utf-8")
    assert CASE in page
    assert ("王样一" in page) == (form != "rights")


def test_forms_that_a_case_has_not(office: Volunteer) -> None:
    accept(office)
    reveal = ("--reveal", "归档")
    office.refused("not_agreed", "mediation", "print", CASE, "--form", "agreement", *reveal)
    office.refused("wrong_state", "mediation", "print", CASE, "--form", "ending", *reveal)
    office.refused("followup_missing", "mediation", "print", CASE, "--form", "followup", *reveal)
    office.ok("mediation", "end", CASE, "--reason", "no_agreement")
    assert "司法" in office.ok("mediation", "print", CASE, "--form", "ending", *reveal, "--lang", "zh").out


# --- what waits, and figures ------------------------------------------------------------


def test_what_waits(office: Volunteer) -> None:
    accept(office)
    consent(office)
    tasks = {row["task"]: row for row in office.rows("report", "today")}
    assert tasks["mediation_due"]["due"] == "2026-07-01"
    settle(office, "--term", "付清=2026-06-20", "--wants-court")
    tasks = {row["task"]: row for row in office.rows("report", "today")}
    assert {name: tasks[name]["due"] for name in ("term_due", "court_window", "followup_due")} == {
        "term_due": "2026-06-20", "court_window": "2026-07-10", "followup_due": "2026-07-10",
    }  # fmt: skip
    assert "mediation_due" not in tasks


def test_figures(office: Volunteer) -> None:
    accept(office)
    consent(office)
    settle(office, "--term", "付清=2026-06-20")
    office.ok("mediation", "perform", CASE, "--term", "1", "--on", "2026-06-15")
    words = (
        "mediation",
        "add",
        "--kind",
        "family",
        "--source",
        "offered",
        "--party",
        "甲某",
        "--party",
        "乙某",
    )
    office.ok(*words, "--mediator", "赵样三", "--on", "2026-05-20")
    office.ok("mediation", "end", "2", "--reason", "withdrawn", "--on", "2026-06-25")
    (row,) = office.rows("report", "mediation", "--period", "2026-06")
    expected = {
        "accepted": 1, "decided": 2, "agreed": 1, "ended": 1, "agreement_rate": 0.5, "within_month": 1,
        "due_agreements": 1, "performed": 1, "performance_rate": 1.0, "confirmed": 0,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    by_kind = office.rows("report", "mediation", "--by", "kind")
    assert {row["kind"]: row["accepted"] for row in by_kind} == {"neighbours": 1, "family": 1}


@pytest.mark.parametrize(
    "words",
    [
        ("party", CASE, "李样二", "--agrees"),
        ("party", CASE, "李样二", "--refuses"),
        ("danger", CASE, "--to", "派出所", "--reason", "x"),
        ("extend", CASE, "--days", "5", "--all-ask"),
        ("end", CASE, "--reason", "other"),
    ],
)
def test_each_step_can_be_undone(office: Volunteer, words: tuple[str, ...]) -> None:
    accept(office)
    before = office.dump()
    office.ok("mediation", *words)
    assert office.dump() != before
    office.ok("undo")
    assert office.dump() == before


# --- people ------------------------------------------------------------


def test_an_erased_party_is_a_star(office: Volunteer) -> None:
    accept(office)
    office.ok("person", "erase", "李样二", "--reason", "本人要求", "-y")
    shown = case(office, "--reveal", "核对")
    assert [row["party"] for row in shown["party_rows"]] == ["王样一", "*"]
    assert shown["parties"] == 2
    assert office.ok("check").out == ""


# --- the request that a case came from ------------------------------------------------------------


def test_a_request_that_became_a_case_is_not_taken_back_from_under_it(office: Volunteer) -> None:
    """The link is a reference like any other: undo names it, merge keeps it, and a wiped case lets it go."""
    office.ok("request", "add", "楼上漏水", "--anonymous", "--on", "2026-06-01")
    accept(office, "--request", "1")
    office.refused("changed_since", "undo", "6")
    office.ok("request", "add", "楼上又漏水", "--anonymous", "--on", "2026-06-02")
    office.ok("request", "merge", "2", "1")
    shown = office.ok("mediation", "show", CASE, "--reveal", "查", "-f", "json").json
    assert shown["request"] == "BINHU-R2026-0001"
    assert office("check").out == ""
    office.ok("mediation", "end", CASE, "--reason", "withdrawn")
    office.ok("mediation", "close", CASE)
    office.ok("mediation", "erase", CASE, "--reason", "保管期满", "-y")
    assert office.ask("SELECT request_id FROM mediation") == [(None,)]


def test_older_cases_keep_their_request_and_their_ids(tmp_path: Path) -> None:
    """A case whose request is gone names none from then on; no id is given twice."""
    import sqlite3
    from contextlib import closing

    from volunteer_cli.core.schema import upgrade

    path = tmp_path / "old.db"
    path.touch()
    upgrade(str(path), "0028")
    day = "2026-01-01"
    community = {"id": 1, "code": "a", "name": "a"}
    known = {"community_id": 1, "kind": "other", "status": "closed", "due_on": day}
    request = known | {"id": 5, "number": "R", "text": "a", "category": "other", "urgency": "ordinary"}
    request |= {"channel": "visit", "received_at": day, "first_due_on": day, "moved_at": day}
    case = known | {"source": "request", "accepted_on": day, "moved_on": day, "wants_court": 0}
    cases = (case | {"id": key, "number": key, "request_id": asked} for key, asked in ((1, 5), (2, 9)))
    with closing(sqlite3.connect(path)) as file, file:
        _write(file, "community", community)
        _write(file, "request", request | {"extended_days": 0, "redone": 0})
        for each in cases:
            _write(file, "mediation", each)
        file.execute("UPDATE sqlite_sequence SET seq = 7 WHERE name = 'mediation'")
    upgrade(str(path))
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT id, request_id FROM mediation").fetchall() == [(1, 5), (2, None)]
        query = "SELECT seq FROM sqlite_sequence WHERE name = 'mediation'"
        assert file.execute(query).fetchone() == (7,)


def _write(file: Any, table: str, row: dict[str, object]) -> None:
    names, places = ", ".join(row), ", ".join("?" * len(row))
    file.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))


# --- what is so already, and what two records of one person mean ------------------------------------------------------------


def test_what_is_so_already_is_no_change(office: Volunteer) -> None:
    accept(office)
    consent(office)
    settle(office, "--term", "付清=2026-06-20")
    office.ok("mediation", "perform", CASE, "--term", "1", "--on", "2026-06-15")
    again = ("mediation", "perform", CASE, "--term", "1", "--on", "2026-06-16")
    assert "Nothing changed" in office.ok(*again).err


def test_a_party_agrees_once(office: Volunteer) -> None:
    accept(office)
    agrees = ("mediation", "party", CASE, "王样一", "--agrees")
    office.ok(*agrees, "--on", "2026-06-02")
    assert "Nothing changed" in office.ok(*agrees, "--on", "2026-06-03").err


def test_two_parties_who_are_one_person_agree_together(office: Volunteer) -> None:
    accept(office, "--party", "卫样四")
    office.ok("mediation", "party", CASE, "李样二", "--agrees", "--on", "2026-06-02")
    office.ok("person", "merge", "王样一", "卫样四", "--yes")
    office.ok("mediation", "party", CASE, "王样一", "--agrees", "--on", "2026-06-03")
    office.ok("mediation", "session", CASE, "--on", "2026-06-04")
    assert office.ok("check").out == ""


def test_a_party_and_its_mediator_do_not_become_one_person(office: Volunteer) -> None:
    accept(office)
    before = office.dump()
    refused = office.refused("interested", "person", "merge", "李样二", "赵样三", "--yes", exit_code=1)
    # Who has a case is confidential for whoever makes two people one as well.
    assert CASE not in refused.err
    assert "mediat" not in refused.err.lower()
    assert office.dump() == before


def test_days_that_were_asked_for_make_no_case_quicker(office: Volunteer) -> None:
    accept(office, on="2026-05-01")
    consent(office, on="2026-05-02")
    office.ok("mediation", "extend", CASE, "--days", "20", "--all-ask", "--on", "2026-05-20")
    settle(office, signed="2026-06-10")
    (row,) = office.rows("report", "mediation")
    assert (row["decided"], row["within_month"]) == (1, 0)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ("", "2026-07-01"),
        ("2026-07-01=off", "2026-07-02"),
        ("2026-07-01=off,2026-07-02=off,2026-07-03=off", "2026-07-06"),
        ("2026-07-01=off,2026-07-02=off,2026-07-03=off,2026-07-04=on", "2026-07-04"),
        ("2026-07-02=off", "2026-07-01"),
        ("2026-06-30=off", "2026-07-01"),
    ],
)
def test_the_month_rolls_to_a_working_day_of_the_office(office: Volunteer, days: str, due: str) -> None:
    office.ok("policy", "set", "working_days", days)
    accept(office)
    assert case(office)["due_on"] == due
