"""Exports: no names, only what changed, and reports that say what the database says."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pytest
from volunteering import Volunteer

from volunteer_cli import open_database
from volunteer_cli.areas import gathered
from volunteer_cli.core.dates import Period
from volunteer_cli.core.exports import Export
from volunteer_cli.core.models import Holds
from volunteer_cli.province.reading import opened
from volunteer_cli.reporting.answer import answer
from volunteer_cli.reporting.catalogue import reports
from volunteer_cli.reporting.declaration import Report, Scope

EXPORTS: list[Export] = list(gathered("exports"))
REPORTS = [report for report in reports().values() if report.exported is not None]
#: What is exported although it tells of people, and why: counts by sex, grid and year of birth name nobody.
COARSE = {"person.sex", "person.grid", "person.birth", "stock_entry.item"}


def scopes(report: Report) -> Iterator[Scope]:
    """A report by all that exports know, alone and two at a time, ever and in a period."""
    assert report.exported is not None
    now = datetime(2026, 6, 30, 18, 30)
    for count in (0, 1, 2):
        for by in combinations(report.exported.by, count):
            yield Scope(now, by=by)
    yield Scope(now, Period(date(2026, 3, 1), date(2026, 6, 30)), by=report.exported.by[:1])


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_an_export_answers_what_the_database_answers(open_office: Volunteer, report: Report) -> None:
    asked = list(scopes(report))
    with open_database(open_office.database, today="2026-06-30 18:30") as office, office.reading() as session:
        here = [answer(session, report, scope).rows for scope in asked]
    with opened(str(folder(open_office))) as session:
        there = [answer(session, report, scope).rows for scope in asked]
    assert there == here
    assert all(here)


def folder(volunteer: Volunteer) -> Path:
    return Path(volunteer.database).parent / "figures"


def files(place: Path) -> dict[Path, int]:
    """The files of an export with the moment at which each was written."""
    return {path.relative_to(place): path.stat().st_mtime_ns for path in place.rglob("*.parquet")}


def export(volunteer: Volunteer) -> str:
    return volunteer.ok("db", "export", folder(volunteer)).err


def test_formats_are_those_of_every_report(open_office: Volunteer, tmp_path: Path) -> None:
    there = ("--from", f"{folder(open_office)}/**")
    for form in ("csv", "table"):
        words = ("report", "hours", "--by", "month", "-f", form)
        assert open_office.ok(*words, *there).out == open_office.ok(*words).out
    open_office.ok("report", "hours", "--by", "month", *there, "-o", tmp_path / "hours.xlsx")
    assert (tmp_path / "hours.xlsx").stat().st_size


def test_only_what_changed_is_written_again(office: Volunteer) -> None:
    assert "37 of 37" in export(office)
    first = files(folder(office))
    assert "0 of 37" in export(office)
    office.ok("person", "edit", "赵样一", "--note", "not exported")
    export(office)
    assert files(folder(office)) == first
    office.ok("hours", "add", "赵样一", "--date", "2026-06-29", "--hours", "2h", "--community", "binhu")
    export(office)
    assert files(folder(office)) == first, "a pending record does not count"
    office.ok("hours", "confirm", "--period", "2026-06-29", "--community", "binhu")
    export(office)
    second = files(folder(office))
    changed = {str(path) for path in first.keys() | second.keys() if first.get(path) != second.get(path)}
    assert changed == {"hours_record/community=binhu/year=2026/part0.parquet"}


def test_a_partition_goes_with_its_last_record(office: Volunteer) -> None:
    export(office)
    before = files(folder(office))
    add = ("--start", "2019-05-01 9:00", "--end", "2019-05-01 10:00", "--community", "anda")
    office.ok("event", "add", "旧活动", *add)
    export(office)
    assert len(files(folder(office))) == len(before) + 1
    office.ok("undo")
    assert "1 taken away" in export(office)
    assert files(folder(office)) == before


def test_each_of_many_partitions_is_one_file(volunteer: Volunteer) -> None:
    """DuckDB keeps a hundred files open unless it is told otherwise."""
    from volunteer_cli.core.history import insert_rows
    from volunteer_cli.events.models import Event

    with volunteer.writing() as session:
        moments = [datetime(1880 + number % 140, 1, 1, number % 24) for number in range(2000)]
        common = {"community_id": 1, "title": "x", "kind": "service", "status": "done", "members_only": False}
        rows = [
            {**common, "starts_at": at, "ends_at": at, "uid": str(number)}
            for number, at in enumerate(moments)
        ]
        insert_rows(session, Event, rows)
    export(volunteer)
    events = [path for path in files(folder(volunteer)) if path.parts[0] == "event"]
    assert len(events) == 140
    assert volunteer.rows("report", "events", "--by", "", "--from", folder(volunteer))[0]["events"] == 2000


def test_the_count_is_capped_before_it_leaves(office: Volunteer) -> None:
    day = ("--community", "binhu")
    for times in (("--start", "6:00", "--end", "13:00"), ("--start", "13:30", "--end", "20:00")):
        office.ok("hours", "add", "赵样一", "--date", "2026-06-29", *times, *day)
    office.ok("hours", "confirm", "--period", "2026-06-29", *day)
    office.ok("policy", "set", "hours_per_day_cap", "10", "--from", "2026-06-29")
    office.ok("policy", "set", "small_cell", "0")
    export(office)
    words = ("report", "hours", "--period", "2026-06-29")
    assert office.rows(*words, "--from", folder(office))[0]["minutes"] == 600
    assert office.rows(*words)[0]["minutes"] == 600


def test_small_counts_are_withheld_by_policy(office: Volunteer) -> None:
    export(office)
    words = ("report", "volunteers", "--by", "grid", "--from", folder(office))
    rows = office.rows(*words)
    assert any(row["suppressed"] for row in rows)
    assert all(row["volunteers"] is None or row["volunteers"] >= 5 or row["volunteers"] == 0 for row in rows)
    assert "<5" in office.ok(*words, "-f", "table").out
    hours = office.rows("report", "hours", "--by", "month", "--from", folder(office))
    assert all(row["people"] is None or row["people"] >= 5 for row in hours)


# --- what does not leave ------------------------------------------------------------


def values(place: Path) -> set[str]:
    """Every text in an export."""
    texts: set[str] = set()
    for path in place.rglob("*.parquet"):
        with duckdb.connect() as duck:
            rows = duck.execute(f"SELECT * FROM read_parquet('{path}', hive_partitioning = false)").fetchall()
        texts |= {value for row in rows for value in row if isinstance(value, str)}
    return texts


def test_no_name_number_or_word_leaves(open_office: Volunteer) -> None:
    texts = values(folder(open_office))
    people = open_office.rows("person", "list", "--reveal", "test", "--fields", "all")
    secret: set[Any] = {
        row[key] for row in people for key in ("name", "phone", "volunteer_no", "id_number", "note")
    }
    secret |= {row["title"] for row in open_office.rows("event", "list")}
    secret |= {row["name"] for row in open_office.rows("team", "list")}
    assert texts
    assert not texts & secret
    assert {row["birth"][:4] for row in people if row["birth"]} <= texts


@pytest.mark.parametrize("each", EXPORTS, ids=lambda each: each.name)
def test_a_column_leaves_that_is_kept_whoever_is_erased(each: Export) -> None:
    for name in (*each.columns, *each.computed):
        column = each.model.__table__.columns[name]
        plain = column.primary_key or column.info.get("holds") is Holds.KEPT
        assert plain or f"{each.name}.{name}" in COARSE, f"{each.name}.{name}"


# --- what is refused ------------------------------------------------------------


def test_names_cannot_be_asked_of_an_export(open_office: Volunteer) -> None:
    source = ("--from", folder(open_office))
    for words in (("hours", "--by", "team"), ("hours", "--team", "1"), ("attendance", "--by", "person")):
        open_office.refused("not_exported", "report", *words, *source, exit_code=2)
    open_office.refused("usage", "report", "stars", *source, exit_code=2)
    open_office.refused("no_export", "report", "hours", "--from", folder(open_office) / "none", exit_code=1)


@pytest.mark.parametrize("name", ["figures[2026]", "what? *", "it's"])
def test_a_folder_may_be_called_as_patterns_are(office: Volunteer, tmp_path: Path, name: str) -> None:
    office.ok("db", "export", tmp_path / name)
    minutes = [row["minutes"] for row in office.rows("report", "hours", "--by", "month")]
    exported = office.rows("report", "hours", "--by", "month", "--from", tmp_path / name)
    assert [row["minutes"] for row in exported] == minutes


def test_two_databases_do_not_share_a_folder(office: Volunteer, volunteer: Volunteer) -> None:
    export(office)
    before = files(folder(office))
    volunteer.refused("other_export", "db", "export", folder(office), exit_code=1)
    assert files(folder(office)) == before


def test_without_duckdb_it_says_what_to_install(
    office: Volunteer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    export(office)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    for words in (("db", "export", tmp_path / "other"), ("report", "hours", "--from", folder(office))):
        said = office.refused("duckdb_missing", *words, exit_code=1).err
        assert "pip install 'volunteer-cli[province]'" in said
        assert said.count("\n") == 1


def test_an_export_that_broke_off_is_gone_on_with(office: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    export(office)
    office.ok("hours", "add", "赵样一", "--date", "2026-06-29", "--hours", "2h", "--community", "binhu")
    office.ok("hours", "confirm", "--period", "2026-06-29", "--community", "binhu")
    from volunteer_cli.province import writing

    def broken(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "_put", broken)
    assert office("db", "export", folder(office)).code == 130
    monkeypatch.undo()
    export(office)
    words = ("report", "hours", "--by", "community")
    there = office.rows(*words, "--from", folder(office))
    assert [row["minutes"] for row in there] == [row["minutes"] for row in office.rows(*words)]
    assert not [path for path in folder(office).iterdir() if path.name.startswith(".")]
    shutil.rmtree(folder(office))
