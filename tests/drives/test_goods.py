"""Sorting, packing, counting, returning, correcting, and undoing each of them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from drives.conftest import Winter
from volunteering import Volunteer


def test_sorting_draws_first_in_first_out_and_says_so_in_the_trace(winter: Winter) -> None:
    winter.receive("衣物=5件", on="2021-11-08")
    winter.receive("衣物=4件", on="2021-11-06")
    winter.sort("衣物=6件")
    by_slip = {
        line["slip"]: winter("trace", line["slip"], "-f", "json").json
        for line in winter("slips", "winter", "-f", "json").json
    }
    assert by_slip["BINHU-S2021-0002"]["lines"][0]["on_hand"] == 4
    assert by_slip["BINHU-S2021-0001"]["lines"][0]["on_hand"] == 2


def test_the_balance_of_the_contract_holds_at_every_day(winter: Winter) -> None:
    winter.receive("衣物=20件")
    winter.sort("衣物=12件", on="2021-11-07")
    winter.sort("衣物=2件", on="2021-11-08", verdict="rejected")
    winter.sort("衣物=1件", on="2021-11-08", verdict="recycled")
    winter.pack("衣物=6件", on="2021-11-09")
    winter.ship("B01", on="2021-11-10")
    winter("count", "winter", "--item", "衣物=5件", "--reason", "counted", "--on", "2021-11-11")
    winter("count", "winter", "--item", "衣物=9件", "--reason", "found some", "--on", "2021-11-12")
    expected = {"received": 20, "found": 4, "unsorted": 5, "on_hand": 9, "boxed": 0, "shipped": 6}
    expected |= {"rejected": 2, "recycled": 1, "returned": 0, "lost": 1, "goal": 700, "delivered": 0}
    assert {key: winter.stock()[key] for key in expected} == expected
    for day in range(5, 14):
        row = winter.stock(as_of=f"2021-11-{day:02}")
        there = (
            "unsorted",
            "on_hand",
            "boxed",
            "shipped",
            "given",
            "rejected",
            "recycled",
            "returned",
            "lost",
        )
        assert row["received"] + row["found"] == sum(row[name] for name in there)


def test_more_than_there_is_is_refused_with_the_step_and_what_there_was(winter: Winter) -> None:
    winter.receive("衣物=5件")
    refused = winter.refused(
        "negative_stock", "sort", "winter", "--item", "衣物=6件", "--as", "accepted", "--on", "2021-11-10"
    )
    assert "sorting of 衣物 6件 on 2021-11-10 would find only 5 件 unsorted" in refused.err
    winter.refused(
        "negative_stock", "sort", "winter", "--item", "衣物=1件", "--as", "accepted", "--on", "2021-11-05"
    )
    winter.refused("negative_stock", "pack", "winter", "--box", "B01", "--item", "衣物=1件")


def test_a_step_in_the_past_must_leave_later_steps_their_pieces_and_names_the_first(winter: Winter) -> None:
    winter.receive("衣物=10件", on="2021-11-01")
    winter.sort("衣物=10件", on="2021-11-02")
    winter.pack("衣物=4件", "B01", on="2021-11-10")
    winter.pack("衣物=5件", "B02", on="2021-11-12")
    words = ("winter", "--box", "B03", "--on", "2021-11-05", "--item")
    assert (
        "entry 4, the packing of 衣物 5件 on 2021-11-12,"
        in winter.refused("negative_stock", "pack", *words, "衣物=2件").err
    )
    assert (
        "entry 3, the packing of 衣物 4件 on 2021-11-10,"
        in winter.refused("negative_stock", "pack", *words, "衣物=7件").err
    )
    winter("pack", *words, "衣物=1件")


def test_what_a_later_step_took_from_one_slip_is_not_taken_from_it_before(winter: Winter) -> None:
    winter.receive("衣物=5件", on="2021-11-01")
    winter.sort("衣物=5件", on="2021-11-10")
    winter.receive("衣物=5件", on="2021-11-02")
    winter.sort("衣物=5件", on="2021-11-05")
    assert winter("trace", "2", "-f", "json").json["lines"][0]["on_hand"] == 5
    winter.refused(
        "negative_stock", "sort", "winter", "--item", "衣物=1件", "--as", "accepted", "--on", "2021-11-05"
    )


def test_a_stock_take_sets_what_is_on_hand_and_only_that_item(winter: Winter) -> None:
    winter.receive("衣物=5件", "书籍=3套")
    winter.sort("衣物=5件")
    winter.sort("书籍=3套")
    winter("count", "winter", "--item", "衣物=0件", "--reason", "flood", "--on", "2021-11-20")
    assert (winter.stock()["on_hand"], winter.stock()["lost"]) == (0, 5)
    assert winter.stock("书籍", "套")["on_hand"] == 3
    winter("count", "winter", "--item", "书籍=3套", "--reason", "same", "--on", "2021-11-20")
    assert (
        "Nothing changed"
        in winter("count", "winter", "--item", "书籍=3套", "--reason", "same", "--on", "2021-11-20").err
    )
    winter("count", "winter", "--item", "书籍=4套", "--reason", "one more", "--on", "2021-11-21")
    winter("pack", "winter", "--box", "B01", "--item", "书籍=4套", "--on", "2021-11-22")
    assert [row["slip"] for row in winter("trace", "box:winter/B01", "-f", "json").json["slips"]] == [
        "BINHU-S2021-0001",
        None,
    ]
    winter.refused("usage", "count", "winter", "--item", "书籍=4套", exit_code=2)


def test_a_stock_take_in_the_past_leaves_later_steps_their_pieces(winter: Winter) -> None:
    winter.receive("衣物=5件")
    winter.sort("衣物=5件", on="2021-11-07")
    winter.pack("衣物=5件", on="2021-11-10")
    words = ("winter", "--reason", "late", "--on", "2021-11-08", "--item")
    assert "entry 3, the packing" in winter.refused("negative_stock", "count", *words, "衣物=4件").err
    winter("count", *words, "衣物=6件")


def test_a_gift_can_be_returned_until_it_is_boxed(winter: Winter) -> None:
    winter.receive("衣物=5件", "书籍=3套")
    winter.sort("衣物=4件")
    winter.pack("衣物=1件")
    winter.refused("already_boxed", "return", "1")
    winter("unpack", "winter", "--box", "B01", "--on", "2021-11-14")
    winter("return", "1", "--on", "2021-11-15", "--reason", "wanted back")
    assert (winter.stock()["returned"], winter.stock("书籍", "套")["returned"]) == (5, 3)
    winter.refused("nothing_to_return", "return", "1")


def test_a_correction_sets_what_came_in_but_not_below_what_was_drawn(winter: Winter) -> None:
    winter.receive("衣物=40余件")
    winter("correct", "1", "--item", "衣物=43件", "--reason", "counted", "--on", "2021-11-07")
    assert (winter.stock()["received"], winter.stock()["approximate"]) == (43, False)
    assert winter.stock(as_of="2021-11-06")["received"] == 40
    winter.sort("衣物=41件")
    winter("correct", "1", "--item", "衣物=41件", "--reason", "again", "--on", "2021-11-12")
    assert "Nothing changed" in winter("correct", "1", "--item", "衣物=41件", "--reason", "again").err
    winter("correct", "1", "--item", "衣物=40件", "--reason", "again", "--on", "2021-11-12")
    assert (winter.stock()["received"], winter.stock()["on_hand"]) == (40, 40)
    winter.pack("衣物=38件")
    short = winter.refused("negative_stock", "correct", "1", "--item", "衣物=37件", "--reason", "again").err
    assert "correction of 衣物 1件" in short
    winter.refused(
        "negative_stock", "correct", "1", "--item", "衣物=37件", "--reason", "again", "--on", "2021-11-08"
    )
    winter.refused("not_found", "correct", "1", "--item", "衣物=3袋", "--reason", "unit", exit_code=4)
    winter.refused("bad_quantity", "correct", "1", "--item", "衣物=0件", "--reason", "none")


def test_undo_takes_a_step_back_and_dates_of_others_stay(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=5件")
    before = volunteer.dump()
    winter.sort("衣物=3件")
    volunteer.ok("undo")
    assert volunteer.dump() == before
    winter.sort("衣物=3件")
    winter.pack("衣物=2件")
    operation = next(
        row["id"]
        for row in volunteer.ok("history", "list", "-f", "json").json
        if row["command"] == "drive sort"
    )
    refused = volunteer.refused("negative_stock", "undo", operation, exit_code=1)
    assert "the packing of 衣物 2件 on 2021-11-12, would find only 0" in refused.err
    volunteer.ok("undo")
    volunteer.ok("undo", operation)
    assert winter.stock()["unsorted"] == 5


def test_undo_of_a_receipt_withdraws_its_number(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=5件")
    volunteer.ok("undo")
    assert winter.receive("衣物=5件")["slip"] == "BINHU-S2021-0002"
    volunteer.refused("withdrawn", "drive", "trace", "BINHU-S2021-0001", exit_code=4)


def test_undo_moves_nothing_in_a_closed_drive(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=5件")
    winter("close", "winter")
    operation = next(
        row["id"]
        for row in volunteer.ok("history", "list", "-f", "json").json
        if row["command"] == "drive receive"
    )
    volunteer.refused("drive_closed", "undo", operation)
    volunteer.ok("undo")
    volunteer.ok("undo", operation)


def test_a_batch_is_one_operation_and_knows_what_it_added_last(winter: Winter, volunteer: Volunteer) -> None:
    lines = "drive receive winter --anonymous --item 衣物=5件\ndrive correct @last --item 衣物=4件 --reason recount\n"
    volunteer.ok("batch", "-", stdin=lines)
    assert winter.stock()["received"] == 4
    volunteer.ok("undo")
    assert winter.stock()["received"] == 0


def test_of_two_processes_that_pack_the_last_ten_pieces_one_succeeds(
    winter: Winter, volunteer: Volunteer
) -> None:
    winter.receive("衣物=10件")
    winter.sort("衣物=10件")
    command = [
        sys.executable,
        "-m",
        "volunteer_cli",
        "--db",
        str(volunteer.database),
        "--today",
        "2026-06-30",
    ]
    packers = [
        subprocess.Popen(
            [*command, "drive", "pack", "winter", "--box", box, "--item", "衣物=10件"],
            stderr=subprocess.PIPE,
            text=True,
        )
        for box in ("B01", "B02")
    ]
    said = [packer.communicate(timeout=60)[1] for packer in packers]
    assert sorted(packer.returncode for packer in packers) == [0, 1]
    assert sum("[negative_stock]" in text for text in said) == 1
    assert winter.stock()["boxed"] == 10


def test_the_pure_ledger_names_the_first_entry_below_zero() -> None:
    from volunteer_cli.drives.ledger import Movement, balances, first_below_zero, least_from

    def movement(day: int, source: str, target: str, quantity: int, key: int) -> Movement:
        return Movement(1, date(2021, 11, day), "sort", source, target, quantity, None, None, key)

    came = movement(1, "outside", "unsorted", 5, 1)
    late, early = movement(3, "unsorted", "on_hand", 4, 2), movement(2, "unsorted", "rejected", 2, 3)
    assert first_below_zero([came, late]) is None
    assert first_below_zero([came, late, early]) == (late, 3)
    assert balances([came, late]) == {(1, "unsorted", None): 1, (1, "on_hand", None): 4}
    assert [least_from([came, late], (1, "unsorted", None), date(2021, 11, day)) for day in (1, 2, 3)] == [
        1,
        1,
        1,
    ]


@pytest.mark.parametrize("verdict", ["kept", ""])
def test_a_verdict_is_one_of_three(winter: Winter, verdict: str) -> None:
    winter.refused("bad_choice", "sort", "winter", "--item", "衣物=1件", "--as", verdict, exit_code=2)


def test_entries_do_not_come_back_to_a_slip_that_is_gone(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=12件")
    winter.sort("衣物=12件")
    volunteer.ok("undo")
    volunteer.ok("undo")
    before = volunteer.dump()
    refused = volunteer.refused("changed_since", "undo", 6, exit_code=1)
    assert "volunteer undo 7" in refused.err
    volunteer.ok("undo", 6, "--keep-edited")
    assert volunteer.dump() == before
