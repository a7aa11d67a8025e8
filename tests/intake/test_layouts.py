"""Sheets as offices lay them out: the cases of tests/samples/layouts, each with what must come of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parents[1] / "samples" / "layouts"
#: What is listed of each kind, unless a case says which fields.
LISTS = {
    "people": (("person", "list", "--reveal", "test"), "name,phone,birth,note"),
    "members": (("team", "members"), "name,role,since"),
    "teams": (("team", "list"), "name,kind"),
    "organizations": (("organization", "list", "--reveal", "test"), "name,kind"),
    "events": (("event", "list"), "title,starts_at,ends_at"),
    "signups": (("event", "roster", "yizhen"), "person,status"),
    "hours": (("hours", "list"), "person,date,minutes"),
    "requests": (("request", "list"), "text"),
    "donations": (("drive", "slips"), "date,donor,items"),
    "attempts": (("campaign", "attempts", "cold", "--reveal", "test"), "target,at,by,outcome,note"),
    "visits": (("visit", "list", "--reveal", "test"), "household,at,visitors,outcome,note"),
    "mediations": (("mediation", "list"), "number,accepted_on,mediators"),
    "accounts": (("account", "list", "--kind", "person"), "person,balance"),
    "households": (("household", "list", "--reveal", "test"), "head,building,unit,room"),
}


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.toml"))
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


@pytest.mark.parametrize("rule", range(1, 11))
def test_each_rule_of_layouts_has_its_cases(rule: int) -> None:
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CASES.parent.rglob("*.toml")]
    assert sum(len(table["case"]) for table in tables if table.get("rule") == rule) >= 10


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


@pytest.mark.parametrize("case", cases())
def test_a_sheet_gives_these_records_and_no_others(volunteer: Any, tmp_path: Path, case: Any) -> None:
    for command in lines(case.get("before", "")):
        volunteer.ok(*command.split())
    file = tmp_path / case.get("file", "sheet.csv")
    file.write_text(case["sheet"].lstrip("\n"), encoding="utf-8")
    words = ["import", case["kind"], file, *case.get("options", [])]
    if "map" in case:
        (tmp_path / "map.toml").write_text(case["map"], encoding="utf-8")
        words += ["--map", tmp_path / "map.toml"]
    before = volunteer.dump()
    result = volunteer(*words)
    assert result.code == case.get("exit", 2 if "refused" in case else 0), result.err + result.out
    for part in case.get("says", []):
        assert part in result.err + result.out
    for part in case.get("never", []):
        assert part not in result.err + result.out
    if "refused" in case:
        assert f"[{case['refused']}]" in result.err, result.err
        assert volunteer.dump() == before
    else:
        assert listed(volunteer, case) == sorted(lines(case["records"]))


def listed(volunteer: Any, case: Any) -> list[str]:
    words, fields = LISTS[case["kind"]]
    words = case.get("list", words)
    result = volunteer.ok(*words, "--fields", case.get("fields", fields), "-f", "csv", "--no-header")
    return sorted(lines(result.out))
