"""A golden file per report and language; `UPDATE_GOLDENS=1` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.reporting.catalogue import reports

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "reports"
ASKED = {
    "hours": ("--by", "team,month", "--period", "2025"),
    "overview": ("--period", "2025", "--compare"),
    "volunteers": ("--by", "age,sex", "--period", "2025"),
    "attendance": ("--by", "team"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", reports())
def test_each_report_reads_as_it_did(story: Volunteer, name: str, language: str) -> None:
    story.language = language
    words = ("report", name, *ASKED.get(name, ()))
    answers = (story.ok(*words, "-f", form).out for form in ("table", "json"))
    found = "\n".join((*answers, story.ok("report", "explain", name, "-f", "table").out))
    golden = FOLDER / f"{name}.{language}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
