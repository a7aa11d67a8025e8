"""What a community signs papers with: its legal name, its head, the telephone of its office."""

from __future__ import annotations

from pathlib import Path

from volunteering import Volunteer


def test_a_community_keeps_what_it_signs_with(volunteer: Volunteer) -> None:
    words = ("--legal-name", "样例街道样例社区居民委员会", "--head", "林样", "--phone", "0531-55550000")
    made = volunteer.ok("community", "add", "另一社区", "--code", "other", *words, "-f", "json").json
    assert (made["legal_name"], made["head"], made["phone"]) == (words[1], words[3], words[5])
    volunteer.ok("community", "edit", "other", "--head", "", "--phone", "0531-55550001")
    row = volunteer.ok("community", "show", "other", "-f", "json").json
    assert (row["legal_name"], row["head"], row["phone"]) == (words[1], None, "0531-55550001")


def test_papers_bear_it_as_it_was_on_the_day(volunteer: Volunteer, tmp_path: Path) -> None:
    legal = "样例街道样例社区居民委员会"
    volunteer.ok(
        "community", "edit", "binhu", "--legal-name", legal, "--head", "林样", "--phone", "0531-55550000"
    )
    volunteer.ok("person", "add", "李明", "--volunteer")
    volunteer.ok("hours", "add", "李明", "--date", "2026-06-01", "--hours", "2")
    volunteer.ok("hours", "confirm", "1")
    page = tmp_path / "certificate.html"
    issued = volunteer.ok("certificate", "issue", "李明", "-o", page, "-f", "json").json
    assert issued["contact"] == "0531-55550000"
    volunteer.ok("community", "edit", "binhu", "--legal-name", "改了名的居民委员会", "--head", "蒋样")
    again = tmp_path / "again.html"
    volunteer.ok("certificate", "show", issued["number"], "-o", again)
    for text in (page.read_text(encoding="utf-8"), again.read_text(encoding="utf-8")):
        assert legal in text
        assert "林样" in text
        assert "蒋样" not in text


def test_a_slip_is_a_form_with_its_value_in_capitals(volunteer: Volunteer, tmp_path: Path) -> None:
    volunteer.ok("drive", "add", "暖冬", "--code", "winter", "--start", "2026-05-01")
    volunteer.ok("person", "add", "李明")
    volunteer.ok(
        "drive",
        "receive",
        "winter",
        "--donor",
        "李明",
        "--item",
        "衣物=3件",
        "--value",
        "1005.50",
        "--handler",
        "李明",
    )
    page = tmp_path / "slip.html"
    volunteer.language = "zh"
    volunteer.ok("drive", "slip", "1", "-o", page)
    text = page.read_text(encoding="utf-8")
    assert "¥1,005.50（人民币壹仟零伍元伍角）" in text
    assert "经手人 李明" in text
    for copy in ("第一联：存根", "第二联：捐赠人", "第三联：财务"):
        assert copy in text
    volunteer.language = "en"
    volunteer.ok("drive", "slip", "1", "-o", page)
    assert "人民币" not in page.read_text(encoding="utf-8")
