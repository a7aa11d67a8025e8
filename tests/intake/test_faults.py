"""Whatever happens to an import, all of it is there or nothing, and nobody sees a traceback."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import string
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake.sheets import csv_file, name_of, xlsx_file

ROWS = 800


def roster(path: Path, count: int = ROWS) -> Path:
    rows = [[name_of(n), "男", "1965-03", f"199{n:08}", "剪纸、合唱", f"{n % 30}号队"] for n in range(count)]
    return csv_file(path, [["姓名", "性别", "出生年月", "手机", "特长", "所属队伍"], *rows])


def environment(database: Path) -> dict[str, str]:
    return {
        **os.environ,
        "VOLUNTEER_DB": str(database),
        "VOLUNTEER_LANG": "en",
        "VOLUNTEER_TODAY": "2026-06-30",
    }


def counts(database: Path) -> tuple[int, ...]:
    connection = sqlite3.connect(database)
    tables = ("person", "person_label", "membership", "team", "change", "import_log")
    found = tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return found


def import_in_a_process(path: Path, database: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "volunteer_cli", "import", "people", str(path), "--create-teams"]
    return subprocess.Popen(
        words, env=environment(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def kill_at_random_moments(make: Callable[[str], Any], folder: Path, times: int) -> None:
    path = roster(folder / "roster.csv")
    whole = make("whole")
    before = counts(whole.database)
    started = time.monotonic()
    assert import_in_a_process(path, whole.database).wait() == 0
    length, after = time.monotonic() - started, counts(whole.database)
    chance, killed = random.Random(3), 0
    for number in range(times):
        volunteer = make(f"killed{number}")
        running = import_in_a_process(path, volunteer.database)
        time.sleep(chance.uniform(0.3, 1.05) * length)
        running.send_signal(signal.SIGKILL)
        killed += running.wait() != 0
        assert counts(volunteer.database) in (before, after)
    assert killed
    volunteer.ok("check")


@pytest.fixture
def make(make_volunteer: Callable[[str], Any]) -> Callable[[str], Any]:
    return make_volunteer


def test_an_import_that_is_killed(make: Callable[[str], Any], tmp_path: Path) -> None:
    kill_at_random_moments(make, tmp_path, 12)


@pytest.mark.faults
def test_an_import_that_is_killed_very_often(make: Callable[[str], Any], tmp_path: Path) -> None:
    kill_at_random_moments(make, tmp_path, 200)


@pytest.mark.skipif(not shutil.which("sh"), reason="needs a shell with ulimit")
def test_a_full_disk(volunteer: Any, tmp_path: Path) -> None:
    before = counts(volunteer.database)
    limit = volunteer.database.stat().st_size // 512 + 100
    words = f"ulimit -f {limit}; exec {sys.executable} -m volunteer_cli import people {roster(tmp_path / 'a.csv', 4000)} --create-teams"
    script = f"import signal, os; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); os.execvp('sh', ['sh', '-c', {words!r}])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(volunteer.database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert counts(volunteer.database) == before


def test_faults_of_files_are_one_line_each(volunteer: Any, tmp_path: Path) -> None:
    before = volunteer.dump()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "blank.csv").write_text("\n\n , ,\n", encoding="utf-8")
    (tmp_path / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "open.csv").write_text('姓名\n"李明\n', encoding="utf-8")
    (tmp_path / "zero.csv").write_bytes(b"a\0b\n")
    (tmp_path / "garbage.xlsx").write_bytes(b"PK\x03\x04" + bytes(200))
    xlsx_file(tmp_path / "nothing.xlsx", [])
    for name, code in {
        "none.csv": "not_found",
        ".": "unreadable_file",
        "empty.csv": "empty_file",
        "blank.csv": "empty_file",
        "picture.xlsx": "unreadable_file",
        "open.csv": "unreadable_file",
        "zero.csv": "unreadable_file",
        "garbage.xlsx": "unreadable_file",
        "nothing.xlsx": "empty_file",
    }.items():
        told = volunteer.refused(code, "import", "people", tmp_path / name)
        assert told.err.count("\n") == 1
        assert told.err.startswith("Error: ")
    assert volunteer.dump() == before


def test_headings_without_rows_are_an_import_of_nothing(volunteer: Any, tmp_path: Path) -> None:
    found = volunteer.ok("import", "people", csv_file(tmp_path / "a.csv", [["姓名"]]), "-f", "json").json
    assert found["rows"]["read"] == found["rows"]["skipped"] == 1
    assert found["operation"] is None


# --- any sheet at all ------------------------------------------------------------

VALUES = [
    *(
        "",
        " ",
        "同上",
        "〃",
        "合计",
        "小计：3",
        "说明：无",
        "姓名",
        "手机",
        "李明",
        "王 芳",
        "阿依古丽•买买提",
        "男",
        "F",
        "是",
    ),
    *(
        "1965.3",
        "65年3月",
        "44990",
        "2023-02-30",
        "19900001001",
        "1.99E+10",
        "0531-8423 0001 / 19900001002",
        "123",
    ),
    *(
        "3-2-501",
        "11010519491231002X",
        "370115197001010000",
        "=1+1",
        "'-5",
        "a\u202eb",
        "x" * 300,
        "BINHU-V0001",
        "剪纸；合唱",
    ),
]
HEADINGS = [
    "姓名",
    "性别",
    "出生年月",
    "手机",
    "电话",
    "家庭住址",
    "身份证号",
    "志愿者编号",
    "特长",
    "备注",
    "爱好",
    "序号",
    "",
    "姓",
    "名",
]
cells = st.one_of(
    st.sampled_from(VALUES),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.integers(-5, 10**17).map(str),
    st.text(alphabet=string.printable, max_size=8),
)
sheets = st.tuples(
    st.lists(st.lists(cells, max_size=3), max_size=3),
    st.lists(st.sampled_from(HEADINGS), min_size=1, max_size=8),
    st.lists(st.lists(cells, max_size=9), max_size=12),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sheet=sheets, skip=st.booleans(), encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_sheet_is_accounted_for(
    volunteer: Any, tmp_path: Path, sheet: Any, skip: bool, encoding: str
) -> None:
    title, headings, rows = sheet
    path = csv_file(tmp_path / "any.csv", [*title, ["姓名", *headings], *rows], encoding=encoding)
    result = volunteer(
        "import",
        "people",
        path,
        "-n",
        "-f",
        "json",
        "--create-teams",
        *(["--on-error", "skip"] if skip else []),
    )
    assert result.code in (0, 1, 2, 4, 5), result.err
    assert "Traceback" not in result.err
    if result.code in (0, 5):
        counted = result.json["rows"]
        assert counted["read"] == sum(value for name, value in counted.items() if name != "read")
        assert (counted["rejected"] > 0) == (result.code == 5)
        numbers = [row["row"] for part in ("skipped", "rejected") for row in result.json[part]]
        assert len(numbers) == len(set(numbers))
