"""Badges and sheets to sign carry the volunteer number as a QR code."""

from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.output.qr import qr_code


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "李样明", "--volunteer")
    volunteer.ok("person", "add", "王样<b>红", "--volunteer")
    volunteer.ok("person", "add", "赵样一")
    return volunteer


@pytest.mark.parametrize("language", ["en", "zh"])
def test_badges_hold_name_number_and_code(office: Volunteer, tmp_path: Path, language: str) -> None:
    page = tmp_path / "badges.html"
    office.language = language
    shown = office.ok("person", "badge", "1-2", "-o", page, "-f", "json")
    text = page.read_text(encoding="utf-8")
    assert text.count('<article class="badge">') == 2
    assert qr_code("BINHU-V0001").decode() in text
    assert qr_code("BINHU-V0002").decode() in text
    assert "王样&lt;b&gt;红" in text
    assert "滨湖社区" in text
    assert [row["volunteer_no"] for row in shown.json] == ["BINHU-V0001", "BINHU-V0002"]
    assert str(page) in shown.err


def test_who_has_no_number_gets_no_badge(office: Volunteer, tmp_path: Path) -> None:
    result = office.refused("no_number", "person", "badge", 1, 3, "-o", tmp_path / "a.html", exit_code=1)
    assert "volunteer person edit 3 --volunteer" in result.err
    assert not (tmp_path / "a.html").exists()
    office.refused("usage", "person", "badge", 1, exit_code=2)


def test_the_sheet_to_sign_has_the_code_beside_the_number(office: Volunteer, tmp_path: Path) -> None:
    office.ok("event", "add", "清洁日", "--start", "2026-07-05 9:00", "--end", "11:00")
    office.ok("event", "open", 1)
    office.ok("event", "signup", 1, 1, 3)
    page = tmp_path / "roster.html"
    office.ok("event", "roster", 1, "-o", page)
    text = page.read_text(encoding="utf-8")
    assert f'<span class="qr">{qr_code("BINHU-V0001").decode()}</span>BINHU-V0001' in text
    assert text.count('class="qr"') == 1, "who has no number has no code"
