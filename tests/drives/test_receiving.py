"""Drives and what comes in: slips, donors, quantities."""

from __future__ import annotations

from pathlib import Path

import pytest
from drives.conftest import Winter
from volunteering import Volunteer


def test_a_drive_is_open_with_its_goal_from_the_day_it_is_added(winter: Winter) -> None:
    shown = winter("show", "winter", "-f", "json").json
    assert {key: shown[key] for key in ("code", "name", "status", "start", "end", "slips", "community")} == {
        "code": "winter",
        "name": "暖冬公益捐助",
        "status": "open",
        "start": "2021-11-01",
        "end": None,
        "slips": 0,
        "community": "滨湖社区",
    }
    assert shown["goals"] == [{"item": "衣物", "quantity": 700, "unit": "件"}]
    assert winter.stock()["goal"] == 700


def test_a_code_belongs_to_one_drive_and_a_missing_one_is_made(winter: Winter, volunteer: Volunteer) -> None:
    winter.refused("conflict", "add", "Another", "--code", "winter", "--start", "2022-01-01")
    winter.refused("bad_period", "add", "Another", "--start", "2022-01-02", "--end", "2022-01-01")
    volunteer.ok("drive", "add", "Another", "--start", "2022-01-01")
    assert [row["code"] for row in volunteer.ok("drive", "list", "-f", "json").json] == ["drive-2", "winter"]
    volunteer.ok("drive", "add", "Third", "--code", "drive-4", "--start", "2022-01-01")
    added = volunteer.ok("drive", "add", "Fourth", "--start", "2022-01-01", "-f", "json").json
    assert added["code"] == "drive-5"
    volunteer.language = "zh"
    assert "缺少捐赠活动名称" in winter.refused("missing_value", "add", "", "--start", "2022-01-01").err
    assert (
        "缺少箱号" in winter.refused("missing_value", "pack", "winter", "--box", "", "--item", "衣物=1件").err
    )


def test_edit_close_archive(winter: Winter, volunteer: Volunteer) -> None:
    winter("edit", "winter", "--end", "2021-12-31", "--goal", "书籍文具=100套", "--beneficiary", "四川大学")
    shown = winter("show", "winter", "-f", "json").json
    assert (shown["end"], shown["beneficiary"], len(shown["goals"])) == (
        "2021-12-31",
        "四川大学研究生支教团",
        2,
    )
    winter("close", "winter")
    assert "Nothing changed" in winter("close", "winter").err
    winter("archive", "winter")
    assert volunteer.ok("drive", "list", "-f", "json").json == []
    assert winter("show", "winter", "-f", "json").json["status"] == "archived"
    winter("restore", "winter")
    winter("reopen", "winter")
    assert winter("show", "winter", "-f", "json").json["status"] == "open"


def test_a_gift_gets_a_slip_with_a_number_by_community_and_year(winter: Winter) -> None:
    slip = winter.receive(
        "衣物=12件", "书籍文具=3套", more=("--handler", "王芳", "--witness", "䶮小川", "--value", "120.5")
    )
    assert (slip["slip"], slip["donor"], slip["handler"], slip["witness"], slip["value_fen"]) == (
        "BINHU-S2021-0001",
        "李明",
        "王芳",
        "䶮小川",
        12050,
    )
    assert [(line["item"], line["quantity"], line["unit"]) for line in slip["lines"]] == [
        ("衣物", 12, "件"),
        ("书籍文具", 3, "套"),
    ]
    assert winter.receive("衣物=1件", on="2022-01-02")["slip"] == "BINHU-S2022-0001"
    assert winter.receive("衣物=1件")["slip"] == "BINHU-S2021-0002"


def test_the_rows_of_slips_are_those_of_the_contract(winter: Winter) -> None:
    winter.receive("衣物=40余件", donor=None, more=("--condition", "八成新", "--handler", "王芳"))
    (row,) = winter("slips", "winter", "-f", "json").json
    expected = {
        "id": 1,
        "slip": "BINHU-S2021-0001",
        "date": "2021-11-06",
        "donor": None,
        "item": "衣物",
        "quantity": 40,
        "unit": "件",
        "approximate": True,
        "condition": "八成新",
        "handler": "王芳",
    }
    assert expected.items() <= row.items()
    assert "≥ 40" in winter("slips", "winter", "-f", "table").out


@pytest.mark.parametrize(
    ("parts", "received", "direction", "sentence"),
    [
        (["衣物=40余件"], "≥ 40", "at_least", "衣物 ≥40件"),
        (["衣物=近百件"], "≤ 100", "at_most", "衣物 ≤100件"),
        (["衣物=约50件"], "≈ 50", "about", "衣物 ≈50件"),
        (["衣物=近百件", "衣物=12件"], "≤ 112", "at_most", "衣物 12件"),
        (["衣物=近百件", "衣物=40余件"], "≈ 140", "about", "衣物 ≥40件"),
    ],
)
def test_a_direction_stays_with_every_total(
    winter: Winter, parts: list[str], received: str, direction: str, sentence: str
) -> None:
    for part in parts:
        told = winter("receive", "winter", "--anonymous", "--item", part, "--on", "2021-11-06")
    assert sentence in told.err
    row = winter.stock()
    assert (row["approximate"], row["direction"]) == (True, direction)
    assert received in winter("stock", "winter", "-f", "table").out
    assert received in winter("notice", "winter", "-f", "table").out
    assert received in winter.volunteer.ok("report", "drives", "--chart", "-f", "table").out
    winter("correct", "BINHU-S2021-0001", "--item", "衣物=9件", "--reason", "重新清点")
    assert winter("slips", "winter", "-f", "json").json[0]["direction"] is None


def test_an_approximate_line_marks_every_total_that_contains_it(winter: Winter) -> None:
    winter.receive("衣物=12件")
    assert winter.stock()["approximate"] is False
    winter.receive("衣物=40件", more=("--approx",), on="2021-11-07")
    assert winter.stock()["approximate"] is True
    assert winter.stock(as_of="2021-11-06")["approximate"] is False
    winter.sort("衣物=12件")
    table = winter("stock", "winter", "-f", "table").out
    assert "≥ 52" in table
    assert "≥ 40" in table
    assert "≥ 12" not in table


def test_donors_are_people_or_organizations_and_said_plainly_when_both_fit(
    winter: Winter, volunteer: Volunteer
) -> None:
    assert winter.receive("衣物=1件", donor="爱心快递公司")["donor_organization_id"] == 1
    assert winter.receive("衣物=1件", donor="person:1")["donor_person_id"] == 1
    assert winter.receive("衣物=1件", donor="organization:四川大学")["donor"] == "四川大学研究生支教团"
    words = ("winter", "--item", "衣物=1件")
    assert "person:1" in winter.refused("ambiguous", "receive", *words, "--donor", "1", exit_code=4).err
    winter.refused("not_found", "receive", *words, "--donor", "张三丰", exit_code=4)
    winter.refused("which_donor", "receive", *words, exit_code=2)
    winter.refused("which_donor", "receive", *words, "--donor", "李明", "--anonymous", exit_code=2)


@pytest.mark.parametrize(
    ("quantity", "code", "exit_code"),
    [
        ("0件", "bad_quantity", 1),
        ("-3件", "bad_quantity", 1),
        ("1.5件", "bad_quantity", 1),
        ("1000000000000件", "bad_quantity", 1),
        ("若干件", "bad_quantity", 2),
        ("七八件", "bad_quantity", 2),
        ("", "bad_quantity", 2),
    ],
)
def test_quantities_that_are_none_are_refused(
    winter: Winter, quantity: str, code: str, exit_code: int
) -> None:
    winter.refused(
        code, "receive", "winter", "--anonymous", "--item", f"衣物={quantity}", exit_code=exit_code
    )


def test_units_are_never_guessed_between_two_and_never_added(winter: Winter) -> None:
    winter.refused("missing_unit", "receive", "winter", "--anonymous", "--item", "书籍=3", exit_code=2)
    winter.receive("书籍=3套")
    assert winter.receive("书籍=3")["lines"][0]["unit"] == "套"
    winter.receive("书籍=5本")
    winter.refused("missing_unit", "sort", "winter", "--item", "书籍=1", "--as", "accepted", exit_code=2)
    assert (winter.stock("书籍", "套")["received"], winter.stock("书籍", "本")["received"]) == (6, 5)
    winter.refused("not_found", "sort", "winter", "--item", "书籍=1件", "--as", "accepted", exit_code=4)


def test_nothing_is_received_in_the_future_or_by_one_person_alone(winter: Winter) -> None:
    words = ("winter", "--anonymous", "--item", "衣物=1件")
    winter.refused("future", "receive", *words, "--on", "2026-07-01")
    winter.refused("same_witness", "receive", *words, "--handler", "王芳", "--witness", "王芳")


def test_a_closed_drive_moves_nothing(winter: Winter) -> None:
    winter.receive("衣物=5件")
    winter.sort("衣物=3件")
    winter.pack("衣物=1件")
    winter.ship("B01")
    winter("close", "winter")
    for verb, *words in (
        ("receive", "winter", "--anonymous", "--item", "衣物=1件"),
        ("sort", "winter", "--item", "衣物=1件", "--as", "accepted"),
        ("count", "winter", "--item", "衣物=1件", "--reason", "x"),
        ("pack", "winter", "--box", "B02", "--item", "衣物=1件"),
        ("unpack", "winter", "--box", "B01"),
        ("ship", "winter", "--box", "B01", "--to", "四川大学"),
        ("deliver", "winter-1", "--signed-by", "王老师"),
        ("return", "1"),
        ("correct", "1", "--item", "衣物=6件", "--reason", "x"),
    ):
        winter.refused("drive_closed", verb, *words)


def test_a_slip_is_printed_as_a_page_with_its_summary_on_stdout(winter: Winter, tmp_path: Path) -> None:
    slip = winter.receive("衣物=40余件", more=("--condition", "<新>"))
    page = tmp_path / "slip.html"
    assert winter("slip", slip["slip"], "-o", page, "-f", "json").json == slip
    text = page.read_text(encoding="utf-8")
    assert "BINHU-S2021-0001" in text
    assert "李明" in text
    assert "&lt;新&gt;" in text
    assert "≥\N{NO-BREAK SPACE}40" in text
    assert text.count("BINHU-S2021-0001</p>") == 3, "for the file, the donor and the accounts"
    winter.refused("unknown_format", "slip", "1", "-o", tmp_path / "slip.docx", exit_code=2)


def test_a_dry_run_keeps_nothing(winter: Winter, volunteer: Volunteer) -> None:
    before = volunteer.dump()
    assert (
        "Dry run" in volunteer.ok("drive", "receive", "winter", "--anonymous", "--item", "衣物=1件", "-n").err
    )
    assert volunteer.dump() == before
    assert winter.receive("衣物=1件")["slip"] == "BINHU-S2021-0001"


def test_a_drive_is_reopened_on_a_day_that_has_come_and_not_before_it_was_closed(winter: Winter) -> None:
    winter("close", "winter", "--on", "2022-01-05")
    winter.refused("future", "reopen", "winter", "--on", "2026-07-01")
    winter.refused("before_closing", "reopen", "winter", "--on", "2022-01-04")
    assert winter("reopen", "winter", "--on", "2022-01-05", "-f", "json").json["status"] == "open"
    assert "Nothing changed" in winter("reopen", "winter", "--on", "2022-01-01").err
