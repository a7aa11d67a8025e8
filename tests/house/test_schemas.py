"""The schemas of JSON output are up to date, and what commands really write on the example meets them."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from volunteering import Volunteer

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import schemas  # noqa: E402

from volunteer_cli.reporting.catalogue import reports  # noqa: E402

SCHEMAS: dict[str, Any] = json.loads(schemas.TARGET.read_text(encoding="utf-8"))
#: Commands that need to be told of what, each with something of the example.
TOLD = """\
community show binhu | person show 赵样一 | team show 1 | team members 绿色 | event show camp
event roster camp | event why camp 沈样二 | event suggest camp | household show 8-1-101
household members 8-1-101 | drive show winter | drive stock winter | drive slips winter
drive boxes winter | drive shipments winter | drive trace 1 | drive notice winter | account show 陶样一
account entries 陶样一 | exchange show 2 | request show 1 | request why 1 | campaign show hanchao
campaign targets hanchao | visit show 1 | alliance show 1
alliance members 1 | alliance activities 1 | council topics 1 | council sessions 1 | council actions 1 | pairing show 1
pairing contacts | pairing needs | pairing deliveries | certificate show 1 | history show 3 | find 样一 | explain overlap
"""
#: What changes something, one command an area.
CHANGING = """\
person add 新样人 --volunteer | person edit 新样人 --birth 1970 | team add 新队 | team join 新队 新样人
event add 新活动 --start 2026-07-09T09:00 --end 2026-07-09T10:00 --code new | event open new
event signup new 新样人 | hours add 新样人 --date 2026-06-30 --hours 2h
drive add 新募集 --code xin --start 2026-06-30 | drive receive xin --anonymous --item 衣物=3件
household add --building 9 --unit 1 --room 101 | community figure binhu --name grids --value 33 --as-of 2026-06-01
policy set round_minutes 5 --from 2026-06-01 | undo
"""


def lines(text: str) -> list[str]:
    return [part.strip() for line in text.splitlines() for part in line.split(" | ")]


@pytest.fixture(scope="module")
def office(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Volunteer:
    path = tmp_path_factory.mktemp("schemas") / "office.db"
    shutil.copy(demo_file, path)
    return Volunteer(path)


def command_of(words: list[str]) -> str:
    """The longest beginning of a command line that is a command."""
    return next(
        name for end in range(len(words), 0, -1) if (name := " ".join(words[:end])) in SCHEMAS["commands"]
    )


def faults(command: str, answer: Any) -> list[str]:
    schema = {**SCHEMAS["commands"][command], "$defs": SCHEMAS["$defs"]}
    return [
        f"{'.'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"
        for fault in Draft202012Validator(schema).iter_errors(answer)
    ]


def test_the_schemas_are_up_to_date() -> None:
    assert schemas.TARGET.read_text(encoding="utf-8") == schemas.written(), "make docs"


def test_they_are_schemas() -> None:
    for schema in (*SCHEMAS["commands"].values(), *SCHEMAS["$defs"].values()):
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "command", [name for name in SCHEMAS["commands"] if name.endswith((" list", " due"))]
)
def test_lists_meet_their_schemas(office: Volunteer, command: str) -> None:
    answer = office(*command.split(), "--limit", "40", "-f", "json")
    if answer.code == 2:
        answer = office(*command.split(), "-f", "json")
    assert answer.code == 0, answer.err
    assert faults(command, answer.json) == []


@pytest.mark.parametrize("report", reports())
def test_reports_meet_their_schemas(office: Volunteer, report: str) -> None:
    asked: list[tuple[str, ...]] = [()]
    asked += [("--by", name) for name in reports()[report].choices]
    if reports()[report].comparable:
        asked.append(("--compare", "--period", "2026-05"))
    for words in asked:
        assert faults(f"report {report}", office.ok("report", report, *words, "-f", "json").json) == []


@pytest.mark.parametrize("line", [*lines(TOLD), *lines(CHANGING)])
def test_answers_meet_their_schemas(office: Volunteer, line: str) -> None:
    words = shlex.split(line)
    chosen = ("--community", "binhu") if line in lines(CHANGING) else ()
    answer = office.ok(*words, *chosen, "-f", "json")
    assert faults(command_of(words), answer.json) == []
