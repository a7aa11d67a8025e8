"""The views that other tools read say what the lists and reports say, and hold nothing that is masked."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

from volunteer_cli.areas import gathered
from volunteer_cli.core.database import SCHEMA
from volunteer_cli.core.sql_views import SqlView

VIEWS: list[SqlView] = list(gathered("sql_views"))
GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def rows(path: Path, query: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def one(path: Path, query: str) -> Any:
    return next(iter(rows(path, query)[0].values()))


@pytest.fixture(scope="module")
def shown(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Volunteer:
    """The example, one day cut short by the cap, others rounded, from days on."""
    import shutil

    path = tmp_path_factory.mktemp("views") / "views.db"
    shutil.copy(demo_file, path)
    volunteer = Volunteer(path)
    day = ("--community", "binhu", "--today", "2026-06-30")
    for start, end in (("6:00", "13:10"), ("13:30", "20:25")):
        volunteer.ok("hours", "add", "赵样一", "--date", "2026-06-29", "--start", start, "--end", end, *day)
    volunteer.ok("hours", "confirm", "--period", "2026-06-29", *day)
    volunteer.ok("field", "add", "person", "vehicle", *day)
    volunteer.ok("person", "edit", "赵样一", "--set", "vehicle=小汽车", *day)
    volunteer.ok("policy", "set", "round_minutes", "30", "--from", "2026-06-01", *day)
    volunteer.ok("policy", "set", "hours_per_day_cap", "7.5", "--from", "2026-06-15", *day)
    return volunteer


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_the_columns_that_it_explains(view: SqlView, shown: Volunteer) -> None:
    columns = [row["name"] for row in rows(shown.database, f"PRAGMA table_info({view.name})")]
    assert columns == list(view.columns)
    assert all(meaning.endswith(".") for meaning in (view.meaning, *view.columns.values()))
    assert one(shown.database, f"SELECT count(*) FROM {view.name}"), "the example has none of these"


@pytest.mark.parametrize("by", ["", "team", "person", "month", "event", "category", "community"])
def test_hours_are_those_of_the_report(shown: Volunteer, by: str) -> None:
    key = {"month": "substr(date, 1, 7)", "category": "category"}.get(by, f"{by}_id") if by else "0"
    query = f"""SELECT {key} AS key, sum(counted_minutes) AS minutes, count(*) AS records,
        count(DISTINCT person_id) AS people FROM hours WHERE status = 'confirmed' GROUP BY 1"""
    counted = {row.pop("key"): row for row in rows(shown.database, query)}
    report = shown.rows("report", "hours", *(("--by", by) if by else ()))
    name = by if by in ("month", "category") else f"{by}_id"
    figures = ("minutes", "records", "people")
    assert counted == {row.get(name) if by else 0: {each: row[each] for each in figures} for row in report}


def test_each_record_counts_as_in_the_list(shown: Volunteer) -> None:
    listed = {row["id"]: row["counted_minutes"] for row in shown.rows("hours", "list")}
    counted = {row["id"]: row["counted_minutes"] for row in rows(shown.database, "SELECT * FROM hours")}
    assert counted == listed
    assert any(
        row["minutes"] != row["counted_minutes"] for row in rows(shown.database, "SELECT * FROM hours")
    )


def test_hours_agree_on_random_records(volunteer: Volunteer) -> None:
    source = random.Random(7)
    volunteer.ok("batch", "-", stdin="".join(f"person add 样人{number}\n" for number in range(6)))
    lines = []
    for _each in range(120):
        begins = source.randrange(0, 1200)
        ends = begins + source.randrange(5, 400)
        times = f"--start {begins // 60}:{begins % 60:02} --end {ends // 60 % 24}:{ends % 60:02}"
        person, day = source.randrange(1, 7), source.randrange(1, 9)
        lines.append(f"hours add {person} --date 2026-05-0{day} {times} --team 1\n")
    volunteer.ok("team", "add", "红队")
    volunteer("batch", "-", "--each", stdin="".join(lines))
    volunteer.ok("hours", "confirm", "--period", "2026-05")
    volunteer.ok("policy", "set", "round_minutes", "15", "--from", "2026-05-04")
    volunteer.ok("policy", "set", "hours_per_day_cap", "3.5", "--from", "2026-05-06")
    listed = {row["id"]: row["counted_minutes"] for row in volunteer.rows("hours", "list")}
    counted = {row["id"]: row["counted_minutes"] for row in rows(volunteer.database, "SELECT * FROM hours")}
    assert counted == listed
    assert len(counted) > 20


@pytest.mark.parametrize(
    ("words", "view", "columns"),
    [
        ("person list --fields all", "people", "id volunteer_no name sex building grid status community"),
        ("person list --archived --fields all", "people", "id name status"),
        ("team list --fields all", "teams", "id code name kind founded_on community"),
        ("event list --fields all", "events", "id code title kind category team capacity status community"),
        ("household list --fields all", "households", "id number grid building occupancy head head_id"),
        ("account list --fields all", "balances", "id person_id kind balance counts_from status community"),
        ("request list", "requests", "id number kind category urgency channel due_on status"),
    ],
)
def test_a_view_says_what_the_list_says(shown: Volunteer, words: str, view: str, columns: str) -> None:
    names = columns.split()
    by_id = {row["id"]: row for row in rows(shown.database, f"SELECT * FROM {view}")}
    listed = shown.rows(*words.split())
    for row in listed:
        assert {name: by_id[row["id"]][name] for name in names} == {name: row[name] for name in names}
    assert "archived" in words or listed


def test_phones_are_masked(shown: Volunteer) -> None:
    listed = {row["id"]: row["phone"] for row in shown.rows("person", "list")}
    for row in rows(shown.database, "SELECT id, phone FROM people WHERE status = 'active'"):
        assert listed[row["id"]] == row["phone"] or listed[row["id"]].endswith(row["phone"])


def test_stock_is_that_of_each_drive(shown: Volunteer) -> None:
    for code in ("winter", "weiwen"):
        query = f"SELECT * FROM stock WHERE code = '{code}'"
        stock = {(row["item"], row["unit"]): row for row in rows(shown.database, query)}
        for row in shown.rows("drive", "stock", code):
            own = stock[row["item"], row["unit"]]
            names = own.keys() & row.keys()
            assert len(names) > 12
            assert {name: own[name] for name in names} == {name: row[name] for name in names}


def test_members_and_rosters_are_those_of_the_lists(shown: Volunteer) -> None:
    holds = "since <= '2026-06-30' AND (until IS NULL OR until > '2026-06-30') AND person_archived_on IS NULL"
    counts = {
        row["team_id"]: row["n"]
        for row in rows(
            shown.database, f"SELECT team_id, count(*) AS n FROM members WHERE {holds} GROUP BY 1"
        )
    }
    for team in shown.rows("team", "list"):
        assert counts.get(team["id"], 0) == team["members"]
    for event in shown.rows("event", "list", "--limit", "12"):
        roster = shown.rows("event", "roster", event["id"])
        query = f"SELECT person, status FROM rosters WHERE event_id = {event['id']}"
        states = {(row["person"], row["status"]) for row in rows(shown.database, query)}
        assert {(row["person"], row["status"]) for row in roster} <= states


def test_sums_of_the_newer_areas_are_those_of_their_reports(shown: Volunteer) -> None:
    database = shown.database
    matters = shown.rows("report", "requests")[0]
    assert one(database, "SELECT count(*) FROM requests WHERE status <> 'merged'") == matters["matters"]
    assert one(database, "SELECT sum(late) FROM requests WHERE status <> 'merged'") == matters["late"]
    account = shown.rows("report", "credits")[0]
    assert one(database, "SELECT sum(balance) FROM balances WHERE kind = 'person'") == account["outstanding"]
    earned = "SELECT sum(minutes) FROM credits WHERE kind = 'earn' AND reverses_id IS NULL"
    assert one(database, earned) >= account["earned"]
    for campaign in shown.rows("campaign", "list"):
        query = f"SELECT count(*) AS listed, sum(done) AS done FROM targets WHERE excluded_at IS NULL AND campaign_id = {campaign['id']}"
        progress = shown.rows("campaign", "progress", campaign["code"])
        assert rows(database, query)[0] == {
            "listed": sum(row["listed"] + row["added"] for row in progress),
            "done": sum(row["done"] for row in progress),
        }
    on_list = "SELECT count(*) FROM visits WHERE outcome = 'met' AND voided_on IS NULL"
    assert one(database, on_list) == len(
        [row for row in shown.rows("visit", "list") if row["outcome"] == "met"]
    )


def test_nothing_private_is_in_a_view(shown: Volunteer) -> None:
    numbers = {
        row["phone"] for row in rows(shown.database, "SELECT phone FROM person WHERE phone IS NOT NULL")
    }
    secret = numbers | {
        row["id_number"] for row in rows(shown.database, "SELECT id_number FROM person WHERE id_number <> ''")
    }
    for view in VIEWS:
        for row in rows(shown.database, f"SELECT * FROM {view.name}"):
            assert not secret & {value for value in row.values() if isinstance(value, str)}


@pytest.mark.skipif(not (GOLDEN / f"{SCHEMA}.db").exists(), reason="no golden file of this schema yet")
def test_a_view_changes_with_a_revision_of_its_own(empty_database: Path) -> None:
    """Old files get a new view by an upgrade alone, and nothing upgrades a file of the same revision."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name"
    assert rows(empty_database, query) == rows(GOLDEN / f"{SCHEMA}.db", query)


def test_an_upgrade_makes_the_views_of_an_old_file(volunteer: Volunteer, tmp_path: Path) -> None:
    import shutil

    path = tmp_path / "old.db"
    shutil.copy(GOLDEN / "0002.db", path)
    volunteer.ok("db", "upgrade", "--db", path)
    assert one(path, "SELECT count(*) FROM sqlite_master WHERE type = 'view'") == len(VIEWS)
    assert one(path, "SELECT sum(counted_minutes) FROM hours") == 120
