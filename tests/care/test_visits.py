"""Visits: only who was met counts, one function says when the next is due, and goods leave a drive's stock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

ELDER = "3-1-101"
SECRET = "密语卡纳里"


def visit(volunteer: Volunteer, *words: str, home: str = ELDER, by: str = "赵样一") -> Any:
    return volunteer.ok("visit", "add", home, "--by", by, *words, "-f", "json").json


def due(volunteer: Volunteer, *words: str) -> dict[str, Any]:
    rows = volunteer.rows("visit", "due", "--until", "2027-01-01", *words)
    return {row["household"]: row for row in rows}["BINHU-H00001"]


def stock(volunteer: Volunteer, *words: str) -> dict[str, Any]:
    (row,) = volunteer.rows("drive", "stock", "weiwen", *words)
    return row


def test_the_fields_that_the_contract_names(care: Volunteer) -> None:
    row = visit(care, "--met", "王样奶", "--note", SECRET, "--on", "2026-06-20 10:00")
    assert list(row) == [
        *("id", "household", "household_id", "grid", "building", "at", "method", "kind", "outcome", "visitors"),
        *("met", "request", "request_id", "supplies", "status", "planned_on", "overridden", "note", "community"),
        "hidden",
    ]  # fmt: skip
    assert (row["household"], row["grid"], row["building"]) == ("BINHU-H00001", "07", "3")
    assert (row["method"], row["kind"], row["outcome"], row["status"]) == ("door", "care", "met", "done")
    assert (row["visitors"], row["met"], row["note"], row["hidden"]) == (
        ["赵样一"],
        ["王样奶"],
        None,
        ["note"],
    )
    assert list(due(care)) == [
        *("household", "household_id", "grid", "building", "unit", "room", "tags", "interval", "last_met_on"),
        *("last_door_on", "door_needed", "due_on", "overdue_days", "level", "owner", "owner_id", "tries"),
        *("alarm", "emergency_contact", "planned_on", "planned_for", "two_people", "hidden"),
    ]  # fmt: skip
    assert due(care)["hidden"] == ["emergency_contact"]
    assert due(care, "--reveal", "走访")["emergency_contact"] == "女儿密电"


def test_card_5_a_call_keeps_the_rhythm_and_the_door_has_its_own_days(care: Volunteer) -> None:
    visit(care, "--method", "phone", "--on", "2026-06-26")
    visit(care, "--on", "2026-05-20")
    row = due(care)
    assert (row["due_on"], row["overdue_days"], row["level"], row["owner"]) == (
        "2026-06-19",
        11,
        "office",
        None,
    )
    assert row["door_needed"] is True
    care.ok("undo")
    care.ok("undo")
    visit(care, "--on", "2026-06-20")
    row = due(care)
    assert (row["due_on"], row["overdue_days"], row["level"], row["owner"]) == (
        "2026-06-27",
        3,
        "worker",
        "赵样一",
    )
    for day, level, owner in (("2026-07-01", "head", "卫样一"), ("2026-07-04", "office", None)):
        care.today = day
        assert (due(care)["level"], due(care)["owner"]) == (level, owner)


def test_card_5_only_who_was_met_counts_and_two_knocks_in_vain_raise_an_alarm(care: Volunteer) -> None:
    care.today = "2026-06-30 20:00"
    visit(care, "--on", "2026-06-20")
    before = due(care)
    visit(care, "--outcome", "no_answer", "--on", "2026-06-30 09:00")
    after = due(care)
    assert after == before | {"tries": 1}
    assert "visit_alarm" not in {row["task"] for row in care.rows("report", "today")}
    visit(care, "--outcome", "no_answer", "--on", "2026-06-30 18:00")
    row = due(care, "--alarm")
    assert (row["tries"], row["alarm"], row["due_on"]) == (2, True, "2026-06-27")
    tasks = {row["task"]: row for row in care.rows("report", "today")}
    assert tasks["visit_alarm"]["thing"] == "household:1"
    assert tasks["visit_overdue"]["due"] == "2026-06-27"
    care.ok("visit", "clear", ELDER, "--reason", "在女儿家", "--on", "2026-06-30 18:30")
    assert due(care)["alarm"] is False
    assert due(care)["tries"] == 0
    care.refused("no_alarm", "visit", "clear", ELDER, "--reason", "又")


def test_the_worklist_of_a_batch_knows_what_the_line_before_it_changed(care: Volunteer) -> None:
    care.today = "2026-06-30 20:00"
    visit(care, "--on", "2026-06-20")
    lines = [
        "report today -f ndjson",
        f"visit add {ELDER} --by 赵样一 --on '2026-06-30 18:00'",
        "report today -f ndjson",
    ]
    out = care.ok("batch", "-", stdin="\n".join(lines)).out
    assert out.count('"visit_overdue"') == 1


def test_the_household_in_a_batch_knows_the_visit_of_the_line_before(care: Volunteer) -> None:
    show = f"household show {ELDER} -f ndjson --fields last_met_on"
    out = care.ok("batch", "-", stdin=f"{show}\nvisit add {ELDER} --by 赵样一 --on 2026-06-20\n{show}\n").out
    assert [json.loads(line)["last_met_on"] for line in out.splitlines()] == [None, "2026-06-20"]


@pytest.mark.parametrize("outcome", ["refused", "away", "moved", "other", "met"])
def test_whoever_answers_breaks_the_row(care: Volunteer, outcome: str) -> None:
    visit(care, "--outcome", "no_answer", "--on", "2026-06-10 09:00")
    visit(care, "--outcome", outcome, "--on", "2026-06-11 09:00")
    visit(care, "--outcome", "no_answer", "--on", "2026-06-12 09:00")
    assert (due(care)["tries"], due(care)["alarm"]) == (1, False)


def test_never_met_counts_from_the_day_on_which_it_came_onto_the_list(care: Volunteer) -> None:
    row = due(care)
    assert (row["last_met_on"], row["due_on"], row["interval"]) == (None, "2026-06-08", 7)
    assert [row["household"] for row in care.rows("visit", "due")] == ["BINHU-H00001"]
    care.ok("household", "edit", "3-1-102", "--visit-every", "366")
    assert len(care.rows("visit", "due", "--until", "2030-01-01")) == 2
    assert care.rows("visit", "due", "--tag", "elder_alone", "--level", "worker") == []


def test_card_6_a_wave_of_heat_is_a_value_from_a_day(care: Volunteer) -> None:
    visit(care, "--on", "2026-07-08", "--today", "2026-07-08")
    care.ok("policy", "set", "visit_cadence", "elder_alone=3", "--from", "2026-07-10")
    before = due(care, "--as-of", "2026-07-09", "--today", "2026-07-20")
    assert before["due_on"] == "2026-07-15"
    assert due(care, "--as-of", "2026-07-10", "--today", "2026-07-20")["due_on"] == "2026-07-11"
    visit(care, "--on", "2026-07-11", "--today", "2026-07-20")
    visit(care, "--outcome", "no_answer", "--on", "2026-07-12", "--today", "2026-07-20")
    assert due(care, "--as-of", "2026-07-09", "--today", "2026-07-20") == before


@pytest.mark.postgres
def test_card_7_goods_leave_the_stock_of_a_drive_and_come_back(weiwen: Volunteer) -> None:
    give = ("--from", "weiwen", "--on", "2026-06-20")
    words = ("visit", "add", ELDER, "--by", "赵样一", *give)
    weiwen.refused("negative_stock", *words, "--give", "米=3袋")
    assert weiwen.rows("visit", "list") == []
    row = visit(weiwen, "--give", "米=2袋", *give)
    assert row["supplies"] == [{"item": "米", "quantity": 2, "unit": "袋", "drive": "冬日慰问物资"}]
    assert (stock(weiwen)["given"], stock(weiwen)["on_hand"]) == (2, 0)
    assert stock(weiwen, "--as-of", "2026-06-19")["given"] == 0
    trace = weiwen.ok("drive", "trace", "BINHU-S2026-0001", "-f", "json")
    step = trace.json["steps"][-1]
    assert (step["step"], step["quantity"], step["unit"], step["date"]) == ("give", 1, "袋", "2026-06-20")
    assert not any(word in trace.out for word in ("H00001", "王样奶", "101", '"07"', "赵样一"))
    weiwen.ok("undo")
    assert (stock(weiwen)["given"], stock(weiwen)["on_hand"]) == (0, 2)
    again = visit(weiwen, "--give", "米=2袋", *give)
    weiwen.ok("visit", "void", again["id"], "--reason", "记错")
    assert (stock(weiwen)["given"], stock(weiwen)["on_hand"]) == (0, 2)
    assert weiwen.rows("visit", "list")[0]["status"] == "voided"
    assert weiwen.ok("check").code == 0


def test_card_7_no_more_than_a_household_may_get(weiwen: Volunteer) -> None:
    weiwen.ok("policy", "set", "supply_limits", "米=1袋/30")
    visit(weiwen, "--give", "米=1袋", "--from", "weiwen", "--on", "2026-06-01")
    words = ("visit", "add", ELDER, "--by", "赵样一", "--give", "米=1袋", "--from", "weiwen")
    weiwen.refused("over_limit", *words, "--on", "2026-06-30")
    weiwen.refused("over_limit", *words, "--on", "2026-05-10")
    row = weiwen.ok(
        *words, "--on", "2026-06-30", "--override", "住院回来", "--reveal", "核对", "-f", "json"
    ).json
    assert row["overridden"] == "住院回来"
    assert stock(weiwen)["given"] == 2


def test_a_span_of_days_ends(weiwen: Volunteer) -> None:
    weiwen.ok("policy", "set", "supply_limits", "米=1袋/30")
    visit(weiwen, "--give", "米=1袋", "--from", "weiwen", "--on", "2026-05-01")
    visit(weiwen, "--give", "米=1袋", "--from", "weiwen", "--on", "2026-05-31")


def test_goods_stand_still_in_a_closed_drive(weiwen: Volunteer) -> None:
    weiwen.ok("drive", "close", "weiwen", "--on", "2026-06-30")
    weiwen.refused(
        "drive_closed", "visit", "add", ELDER, "--by", "赵样一", "--give", "米=1袋", "--from", "weiwen"
    )


def test_card_8_a_gift_goes_back_on_a_visit_with_rice_of_ones_own(weiwen: Volunteer) -> None:
    weiwen.ok("household", "gift", ELDER, "--to", "赵样一", "--value", "300", "--on", "2026-05-10")
    assert "return_gift" in {row["task"] for row in weiwen.rows("report", "today")}
    visit(weiwen, "--give", "米=1袋", "--on", "2026-06-14")
    gift = weiwen.ok(
        "household", "return", "BINHU-G2026-0001", "--visit", "1", "--on", "2026-06-14", "-f", "json"
    ).json
    assert gift["status"] == "returned"
    assert stock(weiwen)["given"] == 0
    assert weiwen.rows("report", "supplies")[0]["drive"] is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("duplicate", ("visit", "add", ELDER, "--by", "赵样一", "--on", "2026-06-20")),
        ("nobody_met", ("visit", "add", ELDER, "--by", "赵样一", "--outcome", "away", "--give", "米=1袋")),
        ("nobody_met", ("visit", "add", ELDER, "--by", "赵样一", "--outcome", "away", "--met", "王样奶")),
        ("two_people", ("visit", "add", ELDER, "--by", "赵样一", "--kind", "mediation")),
        ("two_people", ("visit", "add", "3-1-102", "--by", "赵样一")),
        ("future", ("visit", "add", ELDER, "--by", "赵样一", "--on", "2026-07-01")),
        ("usage", ("visit", "add", ELDER, "--by", "赵样一", "--from", "weiwen")),
        ("duplicate", ("visit", "plan", ELDER, "--by", "卫样一", "--on", "2026-07-03")),
        ("wrong_state", ("visit", "cancel", "1", "--reason", "x")),
        ("wrong_state", ("visit", "void", "2", "--reason", "x")),
        ("no_alarm", ("visit", "clear", ELDER, "--reason", "x")),
        ("bad_choice", ("visit", "route", "--on", "today", "--until", "today")),
        ("not_found", ("visit", "show", "99")),
    ],
)
def test_every_refusal_has_its_code(care: Volunteer, code: str, words: tuple[str, ...]) -> None:
    care.ok("household", "edit", "3-1-102", "--two-people", "有狗")
    visit(care, "--on", "2026-06-20")
    care.ok("visit", "plan", ELDER, "--by", "赵样一", "--on", "2026-07-03")
    before = care.dump()
    care.refused(code, *words)
    assert care.dump() == before


def test_two_people_go_where_two_are_needed_or_a_reason_is_kept(care: Volunteer) -> None:
    visit(care, "--by", "卫样一", "--kind", "mediation", "--on", "2026-06-20")
    visit(care, "--method", "phone", "--kind", "mediation", "--on", "2026-06-20")
    words = ("--kind", "mediation", "--on", "2026-06-21", "--override", "只有一人值班")
    assert visit(care, *words)["overridden"] == "*"
    assert [row["kind"] for row in care.rows("visit", "list")] == ["other"] * 3
    assert care.rows("visit", "list", "--reveal", "核对")[0]["kind"] == "mediation"


def test_a_plan_is_kept_missed_or_cancelled(care: Volunteer) -> None:
    care.ok("visit", "plan", ELDER, "3-1-102", "--by", "赵样一", "--on", "2026-07-03")
    row = due(care)
    assert (row["planned_on"], row["planned_for"], row["due_on"]) == ("2026-07-03", ["赵样一"], "2026-06-08")
    care.today = "2026-07-04"
    assert [row["status"] for row in care.rows("visit", "list")] == ["missed", "missed"]
    assert [row["due"] for row in care.rows("report", "today") if row["task"] == "missed_plan"] == [
        "2026-07-03"
    ] * 2
    visit(care, "--outcome", "no_answer")
    assert [row["status"] for row in care.rows("visit", "list")] == ["done", "missed", "done"]
    care.ok("visit", "cancel", "2", "--reason", "下雨")
    assert [row["id"] for row in care.rows("visit", "list", "--status", "cancelled")] == [2]
    assert care.rows("visit", "list", "--status", "missed") == []


def test_plans_for_who_died_fall_away(care: Volunteer) -> None:
    care.ok("visit", "plan", ELDER, "--by", "赵样一", "--on", "2026-07-03")
    care.ok("person", "archive", "王样奶", "--reason", "died")
    assert care.rows("visit", "list")[0]["status"] == "cancelled"
    care.today = "2026-07-04"
    assert "missed_plan" not in {row["task"] for row in care.rows("report", "today")}
    assert care.rows("visit", "due") == []


def test_what_was_said_in_confidence_shows_nowhere(care: Volunteer) -> None:
    visit(
        care,
        "--note",
        SECRET,
        "--kind",
        "mediation",
        "--by",
        "卫样一",
        "--give",
        "密物=1袋",
        "--on",
        "2026-06-20",
    )
    ways = [
        ("visit", "list"),
        ("visit", "show", "1"),
        ("visit", "list", "--fields", "all"),
        ("household", "show", ELDER),
        ("household", "list", "--fields", "all"),
        ("household", "list", "--search", SECRET),
        ("person", "show", "王样奶"),
        ("history", "list"),
        ("history", "show", "@last"),
        ("report", "today"),
        ("report", "visits"),
        ("visit", "due", "--fields", "all"),
        ("visit", "route"),
    ]
    for words in ways:
        for form in ("table", "json", "csv", "html"):
            result = care(*words, "-f", form)
            assert SECRET not in result.out + result.err, (words, form)
            assert "mediation" not in result.out, (words, form)
            assert "女儿密电" not in result.out, (words, form)
    revealed = care.ok("visit", "show", "1", "--reveal", "核对", "-f", "json").json
    assert (revealed["note"], revealed["kind"]) == (SECRET, "mediation")
    page = care.ok("household", "show", ELDER, "--reveal", "家访", "-f", "json").json
    assert page["supplies"][0]["item"] == "密物"
    assert care.ok("household", "show", ELDER, "-f", "json").json["supplies"] is None
    reasons = [row["reason"] for row in care.rows("report", "reveals")]
    assert reasons[-2:] == ["核对", "家访"]


def test_the_household_tells_when_its_visit_is_due(care: Volunteer) -> None:
    visit(care, "--on", "2026-06-20")
    page = care.ok("household", "show", ELDER, "-f", "json").json
    assert (page["interval"], page["last_met_on"], page["visit_due_on"]) == (7, "2026-06-20", "2026-06-27")
    assert (page["overdue_days"], page["level"], page["visits"]) == (3, "worker", 1)
    other = care.ok("household", "show", "3-1-102", "-f", "json").json
    assert (other["interval"], other["visit_due_on"], other["level"]) == (None, None, None)


def test_report_visits_counts_each_household_once(care: Volunteer) -> None:
    care.ok("person", "edit", "王样奶", "--add-tag", "dibao", "--since", "2026-06-01")
    visit(care, "--on", "2026-06-20")
    visit(care, "--outcome", "no_answer", "--on", "2026-06-25")
    (total,) = care.rows("report", "visits", "--period", "2026-06")
    assert total == total | {
        "on_list": 1,
        "met": 1,
        "rate": 1.0,
        "at_the_door": 1,
        "overdue": 1,
        "alarms": 0,
        "tries": 1,
    }
    rows = care.rows("report", "visits", "--period", "2026-06", "--by", "tag")
    assert {row["tag"]: row["on_list"] for row in rows} == {"elder_alone": 1, "dibao": 1}
    assert care.rows("report", "visits", "--period", "2026-06", "--by", "visitor")[0]["visitor"] == "赵样一"
    assert care.rows("report", "visits", "--period", "2026-06", "--by", "grid")[0]["grid"] == "07"


def test_the_notice_says_how_much_was_given_and_not_to_how_few(weiwen: Volunteer) -> None:
    visit(weiwen, "--give", "米=1袋", "--from", "weiwen", "--on", "2026-06-20")
    notice = weiwen.ok("drive", "notice", "weiwen", "-f", "json").json
    assert notice["totals"][0]["given"] == 1
    assert (notice["households_given"], notice["suppressed"]) == (None, ["households_given"])
    assert "<5" in weiwen.ok("drive", "notice", "weiwen").out


def test_a_route_comes_back_as_a_sheet(care: Volunteer, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    sheet, page = tmp_path / "route.xlsx", tmp_path / "route.html"
    care.ok("visit", "route", "-o", page)
    assert "BINHU-H00001" in page.read_text(encoding="utf-8")
    assert "3-1-101" not in page.read_text(encoding="utf-8")
    care.ok("visit", "route", "-o", page, "--reveal", "走访")
    assert "3-1-101" in page.read_text(encoding="utf-8")
    for language in ("en", "zh_CN"):
        care.language = language
        care.ok("visit", "route", "--until", "2027-01-01", "-o", sheet, "--reveal", "走访")
        book = load_workbook(sheet)
        rows = book.active
        headings = [cell.value for cell in next(rows.iter_rows())]
        values = {
            "en": ("Visited on", "Outcome", "How they are"),
            "zh_CN": ("走访时间", "走访结果", "走访情况"),
        }[language]
        for heading, value in zip(values, ("2026-06-29", "见到", "平安"), strict=True):
            rows.cell(2, headings.index(heading) + 1).value = value
        book.save(sheet)
        summary = care.ok("import", "visits", sheet, "-f", "json").json["rows"]
        assert (summary["new"], summary["same"]) == ((1, 0) if language == "en" else (0, 1))
    assert due(care)["last_met_on"] == "2026-06-29"


def test_a_register_is_read_as_offices_write_it(care: Volunteer, tmp_path: Path) -> None:
    register = tmp_path / "走访.csv"
    register.write_text(
        "走访时间,走访对象,走访人,走访方式,走访结果,慰问品,走访情况\n"
        "2026-06-20,王样奶,赵样一、卫样一,上门,见到,米2袋 油1桶,平安\n"
        "2026-06-21,3-1-102,赵样一,电话,没接,,\n"
        "2026-06-22,3-1-102,赵样一,上门,,,没人\n"
        "2026-07-22,3-1-102,赵样一,上门,见到,,\n",
        encoding="utf-8",
    )
    summary = care("import", "visits", register, "--on-error", "skip", "-f", "json").json["rows"]
    assert (summary["new"], summary["rejected"]) == (2, 2)
    rows = care.rows("visit", "list", "--reveal", "核对")
    assert [(supply["item"], supply["quantity"]) for supply in rows[0]["supplies"]] == [("米", 2), ("油", 1)]
    assert (rows[0]["visitors"], rows[1]["outcome"]) == (["赵样一", "卫样一"], "no_answer")
    assert care("import", "visits", register, "--on-error", "skip", "-f", "json").json["rows"]["same"] == 2
    care.ok("undo")
    assert care.rows("visit", "list") == []


def test_undo_brings_back_what_was(weiwen: Volunteer) -> None:
    before = weiwen.dump()
    steps = [
        (
            "visit",
            "add",
            ELDER,
            "--by",
            "赵样一",
            "--give",
            "米=1袋",
            "--from",
            "weiwen",
            "--on",
            "2026-06-01",
        ),
        ("visit", "plan", ELDER, "--by", "赵样一", "--on", "2026-07-03"),
        ("visit", "cancel", "2", "--reason", "下雨"),
        ("visit", "void", "1", "--reason", "记错"),
    ]
    dumps = []
    for words in steps:
        dumps.append(weiwen.dump())
        weiwen.ok(*words)
    for dump in reversed(dumps):
        weiwen.ok("undo")
        assert weiwen.dump() == dump
    assert weiwen.dump() == before


def test_people_and_households_become_one_with_their_visits(care: Volunteer) -> None:
    visit(care, "--met", "王样奶", "--on", "2026-06-20")
    visit(care, "--on", "2026-06-21", home="3-1-102", by="卫样一")
    care.ok("household", "merge", ELDER, "3-1-102", "--yes")
    assert {row["household"] for row in care.rows("visit", "list")} == {"BINHU-H00001"}
    care.ok("person", "merge", "赵样一", "卫样一", "--yes")
    assert [row["visitors"] for row in care.rows("visit", "list")] == [["赵样一"], ["赵样一"]]
    care.ok("person", "erase", "王样奶", "--reason", "本人要求", "--yes")
    assert care.rows("visit", "list")[0]["met"] == ["*"]
    assert care.ok("check").code == 0


def test_both_languages(care: Volunteer) -> None:
    care.language = "zh_CN"
    assert "已登记对" in care.ok("visit", "add", ELDER, "--by", "赵样一").err
    assert "上门" in care.ok("visit", "list", "-f", "table").out
    assert json.loads(care.ok("visit", "list", "-f", "json").out)[0]["method"] == "door"


def test_a_published_report_on_goods_tells_of_no_single_household(weiwen: Volunteer) -> None:
    visit(weiwen, "--give", "米=1袋", "--from", "weiwen")
    (row,) = weiwen.rows("report", "supplies", "--publish")
    assert (row["visits"], row["households"], row["quantity"]) == (None, None, 1)
    assert row["suppressed"] == ["visits", "households"]


def test_no_kind_needs_two_people_where_the_policy_names_none(care: Volunteer) -> None:
    care.ok("policy", "set", "two_people_kinds", "")
    visit(care, "--kind", "mediation")


def test_the_trace_of_a_slip_names_the_day_of_a_gift(weiwen: Volunteer) -> None:
    visit(weiwen, "--give", "米=1袋", "--from", "weiwen", "--on", "2026-06-20")
    given = weiwen.ok("drive", "trace", "1", "-f", "json").json["steps"][-1]
    assert {name: given[name] for name in ("step", "on", "item", "quantity", "unit")} == {
        "step": "give", "on": "2026-06-20", "item": "米", "quantity": 1, "unit": "袋",
    }  # fmt: skip


def test_every_column_of_a_route_is_known_when_it_comes_back(care: Volunteer, tmp_path: Path) -> None:
    sheet = tmp_path / "route.xlsx"
    for language in ("en", "zh_CN"):
        care.language = language
        care.ok("visit", "route", "--until", "2027-01-01", "-o", sheet, "--reveal", "走访")
        summary = care.ok("import", "visits", sheet, "-f", "json").json
        assert (summary["unknown_columns"], summary["rows"]["same"]) == ([], 1)


# --- campaigns that count as visits ------------------------------------------------------------


@pytest.fixture(params=["household", "person"])
def counted(care: Volunteer, request: pytest.FixtureRequest) -> Volunteer:
    """A campaign of households, or of people, in which 王样奶 was called on 2026-06-21."""
    unit = ("--unit", request.param, "--method", "call")
    care.ok(
        *("campaign", "add", "探访", "--code", "tan", "--counts-as-visit", "--start", "2026-06-01"), *unit
    )
    care.ok("campaign", "open", "tan", "--on", "2026-06-01")
    # The alarm of two knocks in vain, before and after the call.
    for day in ("2026-06-20", "2026-06-22"):
        visit(care, "--outcome", "no_answer", "--on", day)
    assert due(care)["alarm"]
    target = "household:1" if request.param == "household" else "王样奶"
    words = ("--by", "赵样一", "--outcome", "done", "--on", "2026-06-21 10:00")
    care.ok("campaign", "record", "tan", target, *words)
    return care


def test_who_is_met_by_a_campaign_is_met_in_every_figure(counted: Volunteer) -> None:
    row = due(counted)
    assert (row["last_met_on"], row["last_door_on"]) == ("2026-06-21", None)
    (report,) = counted.rows("report", "visits", "--period", "2026-06")
    assert (report["met"], report["at_the_door"], report["tries"]) == (1, 0, 2)
    (by,) = counted.rows("report", "visits", "--period", "2026-06", "--by", "visitor")
    assert (by["visitor"], by["met"]) == ("赵样一", 1)
    covered = counted.ok("report", "coverage", "--period", "2026-06", "-f", "json").json
    assert (covered["reached"], covered["by_call"]) == (1, 1)


def test_a_meeting_of_a_campaign_ends_the_row_of_tries(counted: Volunteer) -> None:
    row = due(counted)
    assert (row["tries"], row["alarm"]) == (1, False)
