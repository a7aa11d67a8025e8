"""An issued paper never changes, and one that was overtaken is in a list."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def served(volunteer: Any) -> Any:
    """李明 (1) with two confirmed hours of May."""
    volunteer.ok("person", "add", "李明", "--phone", "19900000001", "--volunteer")
    volunteer.ok(
        "hours", "add", "李明", "--date", "2026-05-05", "--start", "9:00", "--end", "11:00", "--work", "清扫"
    )
    volunteer.ok("hours", "confirm", "--period", "2026-05")
    return volunteer


def show(volunteer: Any, number: str) -> dict[str, Any]:
    shown: dict[str, Any] = volunteer.ok("certificate", "show", number, "-f", "json").json
    return shown


@pytest.mark.parametrize(
    "words",
    [
        ("person", "edit", "李明", "--name", "李小明"),
        ("hours", "correct", "1", "--end", "10:00", "--reason", "记错"),
        ("hours", "void", "1", "--reason", "重复"),
        ("person", "archive", "李明"),
        ("person", "edit", "李明", "--phone", "19900000009"),
    ],
)
def test_nothing_changes_a_certificate(served: Any, words: tuple[str, ...]) -> None:
    served.ok("certificate", "issue", "李明")
    before = show(served, "BINHU-2026-0001")
    served.ok(*words)
    after = show(served, "BINHU-2026-0001")
    assert {**after, "corrected_since": None} == {**before, "corrected_since": None}
    assert after["person"] == "李明"


def test_the_paper_keeps_the_name_and_a_new_one_has_the_new(served: Any, tmp_path: Any) -> None:
    served.ok("certificate", "issue", "李明")
    served.ok("person", "edit", "李明", "--name", "王小明")
    page = tmp_path / "again.html"
    served.ok("certificate", "show", "BINHU-2026-0001", "-o", page)
    assert "李明" in page.read_text(encoding="utf-8")
    assert "王小明" not in page.read_text(encoding="utf-8")
    served.ok("certificate", "issue", "王小明", "--replaces", "BINHU-2026-0001")
    assert [row["person"] for row in served.rows("certificate", "list")] == ["李明", "王小明"]


def test_erasing_takes_the_name_from_the_paper(served: Any) -> None:
    served.ok("certificate", "issue", "李明")
    served.ok("person", "erase", "李明", "--reason", "本人要求", "-y")
    assert "李明" not in str(served.dump()["certificate"])
    assert "李明" not in served.ok("certificate", "show", "BINHU-2026-0001").out
    assert served.ok("check").code == 0


def test_a_merge_keeps_the_name_as_issued(served: Any) -> None:
    served.ok("person", "add", "李明明", "--phone", "19900000002", "--volunteer")
    served.ok("certificate", "issue", "李明")
    served.ok("person", "merge", "李明明", "1", "-y")
    assert show(served, "BINHU-2026-0001")["person"] == "李明"


@pytest.mark.parametrize("period", [(), ("--period", "2026-05"), ("--period", "2026")])
def test_issuing_over_a_valid_one_says_so(served: Any, period: tuple[str, ...]) -> None:
    assert "stays valid" not in served.ok("certificate", "issue", "李明", *period).err
    told = served.ok("certificate", "issue", "李明", *period)
    assert "BINHU-2026-0001 stays valid too" in told.err
    assert "--replaces" in told.err
    told = served.ok("certificate", "issue", "李明", *period, "--replaces", "BINHU-2026-0001")
    rows = served.rows("certificate", "list")
    assert [row["status"] for row in rows] == ["voided", "valid", "valid"]
    assert rows[2]["replaces"] == "BINHU-2026-0001"
    served.refused("replaced", "certificate", "issue", "李明", *period, "--replaces", "BINHU-2026-0001")
    assert served.ok("check").code == 0


def test_nobody_elses_certificate_is_replaced(served: Any) -> None:
    served.ok("person", "add", "王芳", "--volunteer")
    served.ok("hours", "add", "王芳", "--date", "2026-05-05", "--hours", "2")
    served.ok("hours", "confirm", "--period", "2026-05")
    served.ok("certificate", "issue", "李明")
    served.refused("not_theirs", "certificate", "issue", "王芳", "--replaces", "BINHU-2026-0001")
    assert len(served.rows("certificate", "list")) == 1


@pytest.mark.parametrize(
    ("period", "last"), [("2026", "06-30"), ("2026-Q2", "06-30"), ("2026-05", "05-31"), ("2026-06", "06-30")]
)
def test_a_running_period_is_certified_up_to_today(served: Any, period: str, last: str) -> None:
    served.today = "2026-06-30"
    served.ok("hours", "add", "李明", "--date", "2026-06-05", "--hours", "1")
    served.ok("hours", "confirm", "--period", "2026-06")
    served.ok("certificate", "issue", "李明", "--period", period)
    assert served.dump()["certificate"]
    assert f"2026-{last}" in str(served.dump()["certificate"])
    served.ok("certificate", "void", "BINHU-2026-0001", "--reason", "写错")
    served.today = "2026-07-02"
    served.ok("certificate", "issue", "李明", "--period", period)
    assert served.rows("certificate", "list")[1]["replaces"] == "BINHU-2026-0001"


def test_what_was_overtaken_is_in_the_list_of_the_day(served: Any) -> None:
    served.ok("policy", "set", "star_thresholds", "1,300,600,1000,1500")
    served.ok("star", "grant", "李明", "1")
    served.ok("certificate", "issue", "李明")
    kinds = {row["task"] for row in served.rows("report", "today")}
    assert not kinds & {"reissue_certificate", "star_below"}
    served.ok("hours", "correct", "1", "--end", "9:30", "--reason", "记错")
    rows = {row["task"]: row for row in served.rows("report", "today")}
    assert rows["reissue_certificate"]["next"] == "volunteer certificate issue 1 --replaces BINHU-2026-0001"
    assert rows["star_below"]["thing"] == "person:1"
    served.ok(*rows["reissue_certificate"]["next"].split()[1:])
    assert "reissue_certificate" not in {row["task"] for row in served.rows("report", "today")}


#: What is changed of whom and whose service a certificate tells; the page is the same before and after.
CHANGES = [
    ("community", "edit", "binhu", "--name", "滨江社区"),
    ("community", "edit", "binhu", "--legal-name", "滨江社区居民委员会"),
    ("community", "edit", "binhu", "--head", "王主任"),
    ("community", "edit", "binhu", "--phone", "053112345678"),
    ("person", "edit", "李明", "--name", "李小明"),
    ("event", "edit", "清洁日", "--title", "大扫除", "--place", "北门"),
    ("hours", "void", "1", "--reason", "重复"),
    ("policy", "set", "hours_per_day_cap", "1"),
]


@pytest.mark.parametrize("legal_name", ["", "滨湖社区居民委员会"])
@pytest.mark.parametrize("words", CHANGES, ids=[" ".join(words[:4:3]) for words in CHANGES])
def test_nothing_changes_the_page(
    served: Any, tmp_path: Any, words: tuple[str, ...], legal_name: str
) -> None:
    served.ok("community", "edit", "binhu", "--legal-name", legal_name, "--head", "李主任")
    served.ok("event", "add", "清洁日", "--start", "2026-05-06 9:00", "--end", "11:00", "--place", "南门")
    served.ok("hours", "add", "李明", "--date", "2026-05-06", "--hours", "2", "--event", "清洁日")
    served.ok("hours", "confirm", "--event", "清洁日")
    page, again = tmp_path / "page.html", tmp_path / "again.html"
    served.ok("certificate", "issue", "李明", "--contact", "053187654321")
    served.ok("certificate", "show", "BINHU-2026-0001", "-o", page)
    served.ok(*words)
    served.ok("certificate", "show", "BINHU-2026-0001", "-o", again)
    assert page.read_text(encoding="utf-8") == again.read_text(encoding="utf-8")


def printed(volunteer: Any, folder: Any) -> str:
    """The first certificate as it is written again today, with all its numbers."""
    page = folder / "again.html"
    volunteer.ok("certificate", "show", "BINHU-2026-0001", "-o", page, "--reveal", "核对")
    text: str = page.read_text(encoding="utf-8")
    return text


@pytest.mark.parametrize("number", ["11010519491231002X", ""])
@pytest.mark.parametrize(
    "words",
    [
        ("person", "edit", "李明", "--id-number", "440524188001010014"),
        ("person", "edit", "李明", "--id-number", ""),
        ("person", "edit", "李明", "--volunteer-no", "370000000009"),
        ("person", "edit", "李明", "--birth", "1950", "--sex", "male"),
        ("community", "edit", "binhu", "--name", "另一社区", "--head", "另一人"),
        ("batch", "numbers"),
        ("import", "people", "people.csv", "--on-conflict", "update"),
        ("person", "merge", "2", "1", "-y"),
    ],
)
def test_a_paper_goes_on_saying_what_stood_on_record(
    served: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, number: str, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text("姓名,电话,身份证号\n李明,19900000001,440524188001010014\n", "utf-8")
    (tmp_path / "numbers").write_text(
        "person edit 1 --id-number 440524188001010014\nperson edit 1 --volunteer-no 370000000009\n", "utf-8"
    )
    served.ok("person", "edit", "李明", "--id-number", number)
    served.ok("person", "add", "李小明", "--volunteer", "--phone", "19900000002")
    served.ok("certificate", "issue", "李明")
    before = printed(served, tmp_path)
    assert ("身份" in before or "identity" in before) is bool(number)
    served(*words)
    assert printed(served, tmp_path) == before
    served.ok("check")


def test_erasing_takes_the_numbers_from_the_paper(served: Any, tmp_path: Any) -> None:
    served.ok("person", "edit", "李明", "--id-number", "11010519491231002X")
    served.ok("certificate", "issue", "李明")
    served.ok("person", "erase", "李明", "--reason", "本人要求", "-y")
    assert "11010519491231002X" not in printed(served, tmp_path) + str(served.dump())
    served.ok("check")
