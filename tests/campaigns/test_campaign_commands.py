"""Campaigns through the command line: stages, refusals, what is confidential, undo, merges, plan and reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

SECRET = "密语卡纳里"


def record(volunteer: Volunteer, target: object, outcome: str, *words: str, by: str = "赵样一") -> Any:
    told = ("campaign", "record", "hanchao", target, "--by", by, "--outcome", outcome, *words)
    return volunteer.ok(*told, "-f", "json").json


def progress(volunteer: Volunteer, *words: str) -> list[dict[str, Any]]:
    return volunteer.rows("campaign", "progress", "hanchao", *words)


# --- fields and states ------------------------------------------------------------


def test_the_fields_that_the_contract_names(calls: Volunteer) -> None:
    shown = calls.ok("campaign", "show", "hanchao", "-f", "json").json
    assert {
        *("id", "code", "name", "unit", "method", "status", "start", "end", "urgent", "coverage_only"),
        *("counts_as_visit", "stage", "targets", "done", "community"),
    } <= set(shown)
    assert (shown["status"], shown["targets"], shown["stage"], shown["method"]) == (
        "running",
        4,
        "all",
        "call",
    )
    attempt = record(calls, 1, "done")
    assert {
        *("id", "target", "at", "by", "method", "outcome", "evidence", "callback_at", "answers", "note"),
        *("stage", "round", "hidden"),
    } <= set(attempt)
    (row,) = progress(calls)
    assert list(row) == [
        *("listed", "added", "out_of_scope", "vacant", "absent", "eligible", "done", "refused", "unreached"),
        *("blocked", "waiting", "open", "todo", "tried", "visited_rate", "done_rate", "resolved", "planned"),
        *("behind", "agreeing", "rechecked"),
    ]  # fmt: skip


def test_a_campaign_from_draft_to_its_end(calls: Volunteer) -> None:
    def status() -> str:
        return str(calls.ok("campaign", "show", "hanchao", "-f", "json").json["status"])

    calls.ok("campaign", "close", "hanchao")
    assert status() == "closed"
    assert "Nothing changed" in calls.ok("campaign", "close", "hanchao").err
    for words in (
        ("deal", "hanchao", "--to", "赵样一"),
        ("include", "hanchao", "3-1-101"),
        ("open", "hanchao"),
    ):
        calls.refused("campaign_closed", "campaign", *words, exit_code=1)
    calls.ok("campaign", "reopen", "hanchao")
    assert status() == "running"
    calls.ok("campaign", "cancel", "hanchao")
    assert status() == "cancelled"
    calls.refused("wrong_state", "campaign", "reopen", "hanchao")
    calls.refused("conflict", "campaign", "add", "又", "--code", "hanchao", "--start", "2026-06-01")
    assert calls.rows("campaign", "list", "--running") == []


@pytest.mark.parametrize(
    ("preset", "method", "stages"),
    [("calls", "call", []), ("followup", "call", [("daily", 14, None)]),
     ("sweep", "door", [("first round", None, None), ("re-check", None, 0.05)])],
)  # fmt: skip
def test_presets(volunteer: Volunteer, preset: str, method: str, stages: list[Any]) -> None:
    words = ("campaign", "add", "普查", "--code", "c", "--preset", preset, "--start", "2026-06-01")
    shown = volunteer.ok(*words, "-f", "json").json
    assert shown["method"] == method
    assert [(row["name"], row["daily"], row["recheck"]) for row in shown["stages"]] == stages


# --- the sieve ------------------------------------------------------------


def test_the_sieve_narrows_and_every_part_adds_up(calls: Volunteer) -> None:
    calls.ok("household", "edit", "household:2", "--occupancy", "tenant")
    calls.ok("household", "edit", "household:3", "--occupancy", "tenant")
    record(calls, 2, "done")
    record(calls, 4, "moved")
    calls.ok(
        "campaign",
        "stage",
        "hanchao",
        "租户",
        "--where",
        "occupancy=tenant,shared",
        "--where",
        "result=open,todo",
    )
    calls.ok("campaign", "stage", "hanchao", "老人", "--where", "tag=独居老人", "--after", "all")
    calls.ok("campaign", "stage", "hanchao", "随访", "--daily", "3")
    calls.ok("person", "edit", "居民甲", "--add-tag", "elder_alone", "--since", "2026-01-01")
    for name, count in (("租户", 1), ("老人", 1)):
        calls.ok("campaign", "open", "hanchao", "--stage", name)
        rows = calls.rows("campaign", "targets", "hanchao", "--stage", name)
        assert len(rows) == count
    calls.ok("campaign", "open", "hanchao")
    stages = {row["stage"]: row for row in progress(calls, "--by", "stage")}
    assert [stages[name]["listed"] for name in ("all", "租户", "老人", "随访")] == [4, 1, 1, 1]
    assert calls.rows("campaign", "targets", "hanchao", "--stage", "随访")[0]["household_id"] == 1


def test_a_daily_stage_has_a_round_a_day(calls: Volunteer) -> None:
    calls.ok("campaign", "add", "随访", "--code", "daily", "--preset", "calls", "--start", "2026-06-01")
    calls.ok("campaign", "stage", "daily", "随访", "--daily", "2")
    calls.ok("campaign", "open", "daily")
    calls.ok("campaign", "record", "daily", "target:5", "--by", "赵样一", "--outcome", "done")
    calls.today = "2026-06-02T21:30"
    assert len(calls.rows("campaign", "deal", "daily", "--to", "赵样一", "--for", "1m")) == 4
    rows = calls.rows("campaign", "progress", "daily", "--by", "round")
    assert [(row["round"], row["done"], row["todo"]) for row in rows] == [
        ("2026-06-01", 1, 3),
        ("2026-06-02", 0, 4),
    ]
    calls.today = "2026-06-03T21:30"
    result = calls.ok("campaign", "deal", "daily", "--to", "赵样一", "-f", "json")
    assert result.json == []
    assert "no round today" in result.err


def test_a_recheck_is_drawn_by_its_seed_and_goes_to_somebody_else(
    settled: Callable[[int], Volunteer],
) -> None:
    volunteer = settled(20)
    volunteer.ok("campaign", "add", "摸排", "--code", "hanchao", "--method", "door", "--start", "2026-06-01")
    volunteer.ok("campaign", "stage", "hanchao", "初查")
    volunteer.ok("campaign", "stage", "hanchao", "复核", "--recheck", "10%", "--seed", "7")
    volunteer.ok("campaign", "open", "hanchao")
    everybody = [str(number) for number in range(1, 21)]
    volunteer.ok("campaign", "record", "hanchao", *everybody, "--by", "赵样一", "--outcome", "done")
    volunteer.today = "2026-06-02T09:00"
    volunteer.ok("campaign", "open", "hanchao", "--stage", "复核")
    drawn = [row["id"] for row in volunteer.rows("campaign", "targets", "hanchao", "--stage", "复核")]
    assert len(drawn) == 2
    volunteer.ok("undo")
    volunteer.ok("campaign", "open", "hanchao", "--stage", "复核")
    assert [row["id"] for row in volunteer.rows("campaign", "targets", "hanchao", "--stage", "复核")] == drawn
    told = ("campaign", "record", "hanchao", drawn[0], "--outcome", "done")
    volunteer.refused("not_independent", *told, "--by", "赵样一", exit_code=1)
    assert volunteer.rows("campaign", "deal", "hanchao", "--to", "赵样一") == []
    assert len(volunteer.rows("campaign", "deal", "hanchao", "--to", "蒋样一")) == 2
    volunteer.ok(*told)
    volunteer.ok("campaign", "record", "hanchao", drawn[1], "--outcome", "vacant", "--evidence", "meter")
    (row,) = progress(volunteer)
    assert (row["agreeing"], row["rechecked"], row["done"]) == (1, 2, 20)


# --- refusals ------------------------------------------------------------


def test_every_refusal_has_its_code(calls: Volunteer) -> None:
    calls.ok(
        "campaign",
        "add",
        "普查",
        "--code",
        "census",
        "--method",
        "door",
        "--coverage-only",
        "--start",
        "2026-06-01",
    )
    calls.refused("not_open", "campaign", "deal", "census", "--to", "赵样一", exit_code=1)
    calls.refused("not_open", "campaign", "plan", "census", "--days", "2026-06-01..2026-06-02", exit_code=1)
    calls.refused(
        "coverage_only", "campaign", "question", "census", "q", "几口人", "--type", "number", exit_code=1
    )
    calls.ok("campaign", "open", "census")
    census = ("campaign", "record", "census", "target:5", "--by", "赵样一")
    calls.refused("coverage_only", *census, "--outcome", "done", "--note", "密", exit_code=1)
    calls.refused("evidence_missing", *census, "--outcome", "vacant", exit_code=1)
    calls.refused("not_a_target", "campaign", "record", "census", "1", "--outcome", "done", exit_code=1)
    told = ("campaign", "record", "hanchao", "1", "--by", "赵样一", "--outcome")
    calls.refused("callback_needed", *told, "callback", exit_code=1)
    calls.refused("callback_needed", *told, "callback", "--callback", "2026-06-01 08:00", exit_code=1)
    calls.refused("missing_answer", "campaign", "record", "hanchao", "1", "--outcome", "done", exit_code=2)
    calls.refused("future", *told, "done", "--on", "2026-06-02", exit_code=1)
    calls.refused("out_of_order", *told, "done", "--on", "2026-05-31", exit_code=1)
    calls.refused("bad_choice", *told, "nonsense", exit_code=2)
    record(calls, 1, "done")
    calls.refused("already_done", *told, "done", "--on", "2026-06-01 08:30", exit_code=1)
    record(calls, 1, "done", "--on", "2026-06-01 08:30", "--again", "补登")


def test_questions_are_fixed_once_answered(calls: Volunteer) -> None:
    question = ("campaign", "question", "hanchao", "heat")
    calls.ok(*question, "暖气热吗", "--type", "yes_no")
    calls.ok(*question, "家里暖气热吗", "--type", "yes_no")
    calls.refused(
        "bad_choice",
        "campaign",
        "record",
        "hanchao",
        "1",
        "--by",
        "赵样一",
        "--outcome",
        "done",
        "--answer",
        "heat=也许",
    )
    calls.refused(
        "not_found",
        "campaign",
        "record",
        "hanchao",
        "1",
        "--by",
        "赵样一",
        "--outcome",
        "done",
        "--answer",
        "no=是",
    )
    assert record(calls, 1, "done", "--answer", "heat=是")["answers"] == {"heat": "yes"}
    fixed = calls.refused("has_answers", *question, "另一个问题", "--type", "yes_no", exit_code=1)
    assert "volunteer campaign question hanchao CODE" in fixed.err
    calls.ok("campaign", "stage", "hanchao", "热的", "--where", "answer:heat=yes")
    calls.ok("campaign", "open", "hanchao", "--stage", "热的")
    assert len(calls.rows("campaign", "targets", "hanchao", "--stage", "热的")) == 1


def test_blocked_passes_in_an_urgent_campaign_alone_and_keeps_why(calls: Volunteer) -> None:
    calls.ok("household", "block", "household:1", "--reason", "勿扰")
    told = ("campaign", "record", "hanchao", "1", "--by", "赵样一", "--outcome", "done")
    calls.refused("blocked", *told, exit_code=1)
    calls.refused("blocked", *told, "--override", "寒潮红色预警", exit_code=1)
    calls.ok("campaign", "edit", "hanchao", "--urgent")
    calls.ok(*told, "--override", "寒潮红色预警")
    assert progress(calls)[0]["done"] == 1


@pytest.mark.parametrize(
    "text", ["tag", "nothing=1", "answer=yes", "answer:no=yes", "result=odd", "min_age=old"]
)
def test_a_condition_that_cannot_be_read(calls: Volunteer, text: str) -> None:
    calls.refused("bad_choice", "campaign", "stage", "hanchao", "老人", "--where", text, exit_code=2)


# --- the list ------------------------------------------------------------


def test_card_11_a_sweep_with_its_plan(settled: Callable[[int], Volunteer]) -> None:
    volunteer = settled(60)
    volunteer.ok("campaign", "add", "摸排", "--code", "hanchao", "--method", "door", "--start", "2026-06-01")
    volunteer.ok("campaign", "open", "hanchao")
    rows = volunteer.ok("campaign", "plan", "hanchao", "--days", "2026-06-01..2026-06-08", "-f", "json").json
    assert [row["count"] for row in rows] == [8, 8, 8, 8, 7, 7, 7, 7]
    volunteer.ok("campaign", "found", "hanchao", "--building", "3", "--room", "900", "--grid", "07")
    volunteer.refused("conflict", "campaign", "found", "hanchao", "--building", "3", "--room", "900")
    volunteer.ok("campaign", "exclude", "hanchao", "3-1-101", "--reason", "门面")
    (row,) = progress(volunteer, "--by", "grid")
    assert (row["listed"], row["added"], row["out_of_scope"], row["eligible"]) == (60, 1, 1, 60)
    assert (row["planned"], row["resolved"], row["behind"]) == (8, 1, 7)
    volunteer.ok(
        "campaign", "plan", "hanchao", "--days", "2026-06-01..2026-06-02", "--grid", "07", "--count", "5"
    )
    assert progress(volunteer, "--by", "grid")[0]["planned"] == 3
    volunteer.today = "2026-06-02T09:00"
    (task,) = [row for row in volunteer.rows("report", "today") if row["task"] == "campaign_behind"]
    assert (task["count"], task["thing"]) == (2, "campaign:1")


def test_card_13_who_dies_is_out_of_scope_and_not_dealt(settled: Callable[[int], Volunteer]) -> None:
    volunteer = settled(2)
    words = ("campaign", "add", "寒潮", "--code", "hanchao", "--unit", "person", "--method", "call")
    volunteer.ok(*words, "--start", "2026-06-01")
    volunteer.ok("campaign", "include", "hanchao", "居民甲", "居民乙")
    volunteer.ok("campaign", "open", "hanchao")
    volunteer.today = "2026-06-03T09:00"
    volunteer.ok("person", "archive", "居民甲", "--reason", "died")
    assert [row["person"] for row in volunteer.rows("campaign", "deal", "hanchao", "--to", "赵样一")] == [
        "居民乙"
    ]
    (row,) = progress(volunteer)
    assert (row["listed"], row["out_of_scope"], row["todo"]) == (2, 1, 1)
    # The past stays as it was.
    assert progress(volunteer, "--as-of", "2026-06-02")[0]["out_of_scope"] == 0
    volunteer.ok("person", "erase", "居民乙", "--reason", "本人要求", "--yes")
    assert progress(volunteer)[0]["out_of_scope"] == 2
    assert volunteer.ok("check").code == 0


def test_what_is_included_before_makes_the_list(calls: Volunteer) -> None:
    calls.ok("campaign", "add", "名单", "--code", "few", "--start", "2026-06-01")
    calls.ok("campaign", "include", "few", "3-1-102", "居民丙", "3-1-102")
    calls.ok("campaign", "open", "few")
    calls.ok("campaign", "include", "few", "3-1-104")
    calls.ok("campaign", "include", "few", "3-1-104")
    rows = calls.rows("campaign", "targets", "few")
    assert [(row["household_id"], row["source"]) for row in rows] == [
        (2, "listed"),
        (3, "listed"),
        (4, "added"),
    ]
    calls.refused("missing_answer", "campaign", "exclude", "few", "3-1-104", exit_code=2)
    calls.ok("campaign", "exclude", "few", "3-1-104", "--reason", "重复")
    calls.ok("campaign", "include", "few", "3-1-104")
    assert calls.rows("campaign", "progress", "few")[0]["out_of_scope"] == 0


# --- one step, one request ------------------------------------------------------------


def test_what_a_household_needs_becomes_a_request_in_the_same_step(calls: Volunteer) -> None:
    calls.ok("household", "edit", "household:1", "--head", "居民甲")
    attempt = record(calls, 1, "done", "--request", "下水道堵了")
    (request,) = calls.rows("request", "list")
    assert attempt["request_id"] == request["id"]
    assert (request["text"], request["channel"], request["building"], request["grid"]) == (
        "下水道堵了",
        "phone",
        "3",
        "07",
    )
    (row,) = calls.rows("report", "callers")
    assert (row["person"], row["day"], row["tried"], row["reached"], row["done"], row["requests"]) == (
        "赵样一", "2026-06-01", 1, 1, 1, 1,
    )  # fmt: skip
    calls.ok("undo")
    assert calls.rows("request", "list") == []
    assert progress(calls)[0]["todo"] == 4


# --- undo, merge, worklist ------------------------------------------------------------


def test_undo_takes_back_and_is_refused_when_something_stands_on_it(calls: Volunteer) -> None:
    before = calls.dump()
    calls.ok("campaign", "deal", "hanchao", "--to", "赵样一")
    dealt = calls.rows("history", "list")[0]["id"]
    record(calls, 1, "done")
    calls.refused("changed_since", "undo", dealt)
    calls.refused("changed_since", "undo", dealt - 1)
    calls.ok("undo")
    calls.ok("undo")
    assert calls.dump() == before


def test_two_households_become_one_target_with_all_attempts(calls: Volunteer) -> None:
    record(calls, 1, "no_answer", "--on", "2026-06-01 08:00")
    record(calls, 2, "partial", "--on", "2026-06-01 08:30")
    before = calls.dump()
    calls.ok("household", "merge", "household:1", "household:2")
    (row,) = [row for row in calls.rows("campaign", "targets", "hanchao") if row["household_id"] == 1]
    assert (row["attempts"], row["last_outcome"]) == (2, "partial")
    assert progress(calls)[0]["listed"] == 3
    assert calls.ok("check").code == 0
    calls.ok("undo")
    assert calls.dump() == before


def test_two_people_become_one_caller_and_it_is_said(calls: Volunteer) -> None:
    record(calls, 1, "refused", "--on", "2026-06-01 08:00")
    record(calls, 1, "refused", "--on", "2026-06-01 08:30", by="蒋样一")
    assert progress(calls)[0]["refused"] == 1
    result = calls.ok("person", "merge", "赵样一", "蒋样一", "--yes")
    assert "refusals" in result.err
    assert (progress(calls)[0]["refused"], progress(calls)[0]["open"]) == (0, 1)


def test_what_waits_in_the_worklist(calls: Volunteer) -> None:
    record(calls, 1, "callback", "--callback", "2026-06-01 18:00")
    calls.ok("campaign", "deal", "hanchao", "--to", "蒋样一", "--take", "2")
    calls.today = "2026-06-01T14:00"
    tasks = {row["task"]: row for row in calls.rows("report", "today")}
    assert (tasks["promised_call"]["thing"], tasks["promised_call"]["due"]) == ("household:1", "2026-06-01")
    assert (tasks["lease_idle"]["what"], tasks["lease_idle"]["count"]) == ("蒋样一", 2)
    calls.ok(*tasks["lease_idle"]["next"].split()[1:])
    assert "lease_idle" not in {row["task"] for row in calls.rows("report", "today")}


def test_reports_of_progress_and_coverage(calls: Volunteer) -> None:
    record(calls, 1, "done")
    record(calls, 2, "no_answer")
    calls.ok("visit", "add", "3-1-101", "--by", "赵样一")
    calls.ok("visit", "add", "3-1-103", "--by", "赵样一")
    calls.ok("household", "add", "--building", "9", "--room", "101", "--occupancy", "vacant")
    (row,) = calls.rows("report", "progress")
    assert (row["campaign"], row["listed"], row["done"], row["tried"]) == ("寒潮电话排查", 4, 1, 2)
    row = calls.ok("report", "coverage", "-f", "json").json
    row = row[0] if isinstance(row, list) else row
    assert (row["households"], row["standing"], row["reached"], row["by_visit"], row["by_call"], row["by_door"]) == (
        5, 4, 2, 2, 1, 0,
    )  # fmt: skip
    assert row["rate"] == 0.5


def test_quality_names_vacancies_that_are_not_proved(calls: Volunteer) -> None:
    record(calls, 1, "vacant", "--evidence", "meter")
    flaws = {row["kind"]: row["records"] for row in calls.rows("report", "quality")}
    assert flaws["vacant_unproved"] == 1
    calls.today = "2026-06-02T09:00"
    record(calls, 1, "vacant", "--evidence", "light")
    assert "vacant_unproved" not in {row["kind"] for row in calls.rows("report", "quality")}


def test_who_is_met_in_a_campaign_that_counts_as_visits_is_visited(calls: Volunteer) -> None:
    calls.ok("person", "edit", "居民甲", "--add-tag", "elder_alone", "--since", "2026-05-01")
    (due,) = calls.rows("visit", "due", "--until", "2027-01-01")
    assert due["last_met_on"] is None
    record(calls, 1, "done")
    assert calls.rows("visit", "due", "--until", "2027-01-01")[0]["last_met_on"] is None
    calls.ok(
        "campaign",
        "add",
        "探访",
        "--code",
        "tan",
        "--counts-as-visit",
        "--method",
        "call",
        "--start",
        "2026-06-01",
    )
    calls.ok("campaign", "open", "tan")
    calls.ok("campaign", "record", "tan", "3-1-101", "--by", "赵样一", "--outcome", "done")
    (due,) = calls.rows("visit", "due", "--until", "2027-01-01")
    assert (due["last_met_on"], due["last_door_on"]) == ("2026-06-01", None)


# --- what was said in confidence ------------------------------------------------------------


def test_notes_and_text_answers_are_nowhere_without_a_reason(calls: Volunteer) -> None:
    calls.ok("campaign", "question", "hanchao", "say", "还有什么要说的", "--type", "text")
    record(calls, 1, "done", "--note", SECRET, "--answer", f"say={SECRET}", "--request", f"要{SECRET}")
    ways: list[tuple[str, ...]] = [
        *(("campaign", verb, "hanchao") for verb in ("targets", "attempts", "show", "progress")),
        ("campaign", "why", "hanchao", "1"),
        ("campaign", "find", "hanchao", "居民甲"),
        ("report", "callers"),
        ("report", "progress"),
        ("report", "coverage"),
        ("report", "today"),
        ("household", "show", "3-1-101"),
        ("history", "list"),
        ("history", "show", str(calls.rows("history", "list")[0]["id"])),
    ]
    for words in ways:
        for layout in ("json", "csv", "table", "html"):
            shown = calls.ok(*words, "-f", layout, "--fields", "all")
            assert SECRET not in shown.out + shown.err, (words, layout)
    (attempt,) = calls.rows("campaign", "attempts", "hanchao", "--reveal", "回访")
    assert (attempt["note"], attempt["answers"]) == (SECRET, {"say": SECRET})
    assert "回访" in {row["reason"] for row in calls.rows("report", "reveals")}


def test_a_door_of_two_communities_is_that_of_the_campaign(calls: Volunteer) -> None:
    calls.ok("community", "add", "另一社区", "--code", "other")
    calls.ok("household", "add", "--building", "3", "--unit", "1", "--room", "102", "--community", "other")
    calls.ok("campaign", "record", "hanchao", "3-1-102", "--by", "赵样一", "--outcome", "done")
    assert [row["result"] for row in calls.rows("campaign", "targets", "hanchao")].count("done") == 1


def test_a_time_alone_is_of_today_and_a_call_back_of_the_day_of_the_call(calls: Volunteer) -> None:
    words = ("campaign", "record", "hanchao", "1", "--by", "赵样一", "--outcome", "callback")
    row = calls.ok(*words, "--callback", "18:30", "--on", "8:50", "-f", "json").json
    assert (row["at"], row["callback_at"]) == ("2026-06-01T08:50:00+08:00", "2026-06-01T18:30:00+08:00")
    calls.refused("bad_time", *words, "--callback", "25:30", exit_code=2)


def test_an_import_goes_to_the_community_of_its_campaign(calls: Volunteer, tmp_path: Path) -> None:
    calls.ok("community", "add", "另一社区", "--code", "other")
    path = tmp_path / "back.csv"
    path.write_text("名单编号,联系结果,联系人\n1,已登记,赵样一\n", encoding="utf-8")
    calls.ok("import", "attempts", path, "--campaign", "hanchao")
    path.write_text("户号\n3-1-101\n", encoding="utf-8")
    calls.ok("import", "targets", path, "--campaign", "hanchao")


def test_a_list_of_persons_names_them(calls: Volunteer) -> None:
    calls.ok("campaign", "add", "逐人", "--code", "people", "--unit", "person", "--start", "2026-06-01")
    calls.ok("campaign", "open", "people")
    for words in (("targets", "people"), ("find", "people", "居民甲"), ("deal", "people", "--to", "赵样一")):
        assert "居民甲" in calls.ok("campaign", *words, "-f", "table").out, words
    assert "居民甲" not in calls.ok("campaign", "targets", "hanchao", "-f", "table").out


def test_a_stage_that_is_open_tells_how_many_it_has(calls: Volunteer) -> None:
    assert "with 4 targets" in calls.ok("campaign", "open", "hanchao").err


def test_a_published_report_on_callers_withholds_few(calls: Volunteer) -> None:
    record(calls, 1, "done")
    (row,) = calls.rows("report", "callers", "--publish")
    assert (row["tried"], row["dealt"]) == (None, 0)
    assert "tried" in row["suppressed"]
