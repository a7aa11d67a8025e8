"""What is stored as a code is read in words on paper and screen, and stays a code for scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

#: What people read a list with; the others are for scripts.
FORMATS = ("table", "markdown", "html")


@pytest.fixture
def office(volunteer: Volunteer, tmp_path: Path) -> Volunteer:
    """An office where something of most kinds happened."""
    sheet = tmp_path / "roster.csv"
    sheet.write_text("姓名,手机\n李样二,19900000002\n", encoding="utf-8")
    volunteer.ok(
        "person", "add", "王样一", "--volunteer", "--tag", "elder_alone", "--building", 1, "--room", 101
    )
    volunteer.ok("import", "people", sheet)
    volunteer.ok("household", "form")
    volunteer.ok("event", "add", "清洁日", "--start", "2026-07-04 9:00", "--end", "11:00")
    volunteer.ok("team", "add", "红队")
    volunteer.ok("team", "members", "红队", "--reveal", "通知")
    volunteer.ok("person", "archive", "李样二")
    volunteer.language = "zh"
    return volunteer


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("household", "list"), "elder_alone", "独居老人"),
        (("event", "why", 1, "王样一"), "not_open", "开放报名"),
        (("import", "log"), "people", "居民名单"),
        (("history", "show", "@archive"), "update", "修改"),
        (("history", "show", "@archive"), "archived_on", "归档日期"),
        (("report", "quality"), "person:1", "王样一"),
        (("report", "reveals", "--fields", "what"), "members", "队员"),
    ],
)
def test_people_read_words(
    office: Volunteer, words: tuple[Any, ...], code: str, said: str, form: str
) -> None:
    archive = office.ok("history", "list", "-f", "json").json[0]["id"]
    words = tuple(archive if word == "@archive" else word for word in words)
    shown = re.sub(
        r"<style>.*?</style>|<script.*?</script>", "", office.ok(*words, "-f", form).out, flags=re.DOTALL
    )
    assert said in shown
    assert not re.search(rf"(?<![\w-]){code}(?![\w-])", shown)
    assert code in office.ok(*words, "-f", "json").out
