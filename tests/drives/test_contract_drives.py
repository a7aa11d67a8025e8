"""What an auditor, a script and a tired worker met in donation drives, and must not meet again."""

from __future__ import annotations

from pathlib import Path

from drives.conftest import Winter
from volunteering import Volunteer


def test_an_undo_of_several_drives_looks_at_the_notices_of_each(winter: Winter, volunteer: Volunteer) -> None:
    volunteer.ok("drive", "add", "夏令捐书", "--code", "summer", "--start", "2021-06-01")
    lines = [
        f"drive receive {drive} --anonymous --item 衣物=3件 --on 2021-11-06" for drive in ("summer", "winter")
    ]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    winter("publish", "winter")
    volunteer.refused("published", "undo", "--", volunteer.ok("history", "list", "-f", "json").json[1]["id"])
    assert winter.stock()["received"] == 3


def test_an_undo_takes_back_what_only_another_drive_published(winter: Winter, volunteer: Volunteer) -> None:
    volunteer.ok("drive", "add", "夏令捐书", "--code", "summer", "--start", "2021-06-01")
    winter.receive("衣物=3件")
    volunteer.ok("drive", "publish", "summer")
    volunteer.ok("undo", volunteer.ok("history", "list", "-f", "json").json[1]["id"])
    assert winter.stock()["received"] == 0


def test_a_sheet_goes_to_a_drive_of_its_community_only(
    winter: Winter, volunteer: Volunteer, tmp_path: Path
) -> None:
    volunteer.ok("community", "add", "安大社区", "--code", "anda")
    sheet = tmp_path / "gifts.csv"
    sheet.write_text("日期,捐赠人,物品名称,数量（件）\n2021-11-08,好人甲,衣物,3\n", encoding="utf-8")
    words = ("import", "donations", sheet, "--drive", "winter", "--create-donors")
    before = volunteer.dump()
    volunteer.refused("other_community", *words, "--community", "anda", exit_code=1)
    assert volunteer.dump() == before
    volunteer.ok(*words, "--community", "binhu")


def test_the_donor_may_be_the_one_just_added(winter: Winter, volunteer: Volunteer) -> None:
    receive = "drive receive winter --item 衣物=1件 --on 2021-11-06 --donor"
    script = [
        "person add 新样一",
        f"{receive} @last",
        "organization add 新样商店",
        f"{receive} organization:@last",
        f"{receive} person:@last",
    ]
    volunteer.ok("batch", "-", stdin="\n".join(script))
    donors = [row["donor"] for row in winter("slips", "winter", "-f", "json").json]
    assert donors == ["新样一", "新样商店", "新样一"]
    both = "person add 新样二\norganization add 新样超市\n" + f"{receive} @last"
    assert "[ambiguous]" in volunteer("batch", "-", stdin=both).err
    assert "[not_found]" in volunteer("batch", "-", stdin=f"{receive} @last").err


def test_nothing_is_corrected_before_it_came_in(winter: Winter) -> None:
    winter.receive("衣物=12件", on="2021-11-06")
    words = ("correct", "1", "--item", "衣物=15件", "--reason", "recount", "--on")
    winter.refused("before_receipt", *words, "2021-11-05")
    winter(*words, "2021-11-06")
    assert winter.stock(as_of="2021-11-06")["received"] == 15


def test_an_empty_text_clears_what_may_be_unknown_and_never_a_name(winter: Winter) -> None:
    winter("edit", "winter", "--beneficiary", "四川大学", "--purpose", "暖冬")
    winter.refused("missing_value", "edit", "winter", "--name", "")
    cleared = winter("edit", "winter", "--beneficiary", "", "--purpose", "", "-f", "json").json
    assert (cleared["beneficiary"], cleared["beneficiary_id"], cleared["purpose"]) == (None, None, None)


def test_a_correction_is_not_published_before_what_it_corrects(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter("publish", "winter", "--on", "2022-01-05")
    winter.receive("衣物=1件")
    winter.refused("before_notice", "publish", "winter", "--on", "2022-01-04")
    winter("publish", "winter", "--on", "2022-01-05")


def test_a_drive_does_not_end_before_it_starts(winter: Winter) -> None:
    winter.refused("bad_period", "close", "winter", "--on", "2021-10-31")
    winter("close", "winter", "--on", "2021-11-01")
    winter.refused("bad_period", "edit", "winter", "--start", "2021-11-02")


def test_an_archived_drive_takes_nothing_until_it_is_restored(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter("archive", "winter")
    winter.refused("archived", "receive", "winter", "--anonymous", "--item", "衣物=1件")
    winter.refused("archived", "sort", "winter", "--item", "衣物=1件", "--as", "accepted")
    winter.refused("archived", "return", "1")
    assert winter.stock()["received"] == 12
    winter("restore", "winter")
    winter.sort("衣物=1件")


def test_ids_of_slips_are_what_return_and_trace_take(winter: Winter) -> None:
    winter.receive("衣物=12件", "书籍文具=3套")
    winter.receive("衣物=1件")
    assert winter("slips", "winter", "-f", "ids").out.split() == ["1", "2"]
    assert winter("feedback", "winter", "-f", "ids").out.split() == ["1", "2"]
    assert [row["id"] for row in winter("slips", "winter", "-f", "json").json] == [1, 2, 3]


def test_a_draft_has_no_id(winter: Winter) -> None:
    assert winter("notice", "winter", "-f", "ids").out == ""


def test_messages_keep_units_and_the_approximate_mark(winter: Winter) -> None:
    words = ("receive", "winter", "--anonymous", "--item", "衣物=40余件", "--on", "2021-11-06")
    assert "衣物 ≥40件" in winter(*words).err
    assert "衣物 45件" in winter("correct", "1", "--item", "衣物=45", "--reason", "recount").err


def test_who_published_on_the_last_day_owes_nothing_more(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter("close", "winter")
    assert winter("show", "winter", "-f", "json").json["disclosure"] == "final"
    winter("publish", "winter")
    assert winter("show", "winter", "-f", "json").json["disclosure_due"] is None


def test_a_correction_never_adds_units_up(winter: Winter) -> None:
    winter.receive("衣物=3件", "衣物=2双")
    winter.refused("missing_unit", "correct", "1", "--item", "衣物=10", "--reason", "recount", exit_code=2)
    winter("correct", "1", "--item", "衣物=4双", "--reason", "recount")
    assert (winter.stock()["received"], winter.stock(unit="双")["received"]) == (3, 4)
