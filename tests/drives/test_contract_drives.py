"""What an auditor, a script and a tired worker met in donation drives, and must not meet again."""

from __future__ import annotations


def test_an_undo_of_several_drives_looks_at_the_notices_of_each(winter, volunteer):
    volunteer.ok("drive", "add", "夏令捐书", "--code", "summer", "--start", "2021-06-01")
    lines = [
        f"drive receive {drive} --anonymous --item 衣物=3件 --on 2021-11-06" for drive in ("summer", "winter")
    ]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    winter("publish", "winter")
    volunteer.refused("published", "undo", "--", volunteer.ok("history", "list", "-f", "json").json[1]["id"])
    assert winter.stock()["received"] == 3


def test_an_undo_takes_back_what_only_another_drive_published(winter, volunteer):
    volunteer.ok("drive", "add", "夏令捐书", "--code", "summer", "--start", "2021-06-01")
    winter.receive("衣物=3件")
    volunteer.ok("drive", "publish", "summer")
    volunteer.ok("undo", volunteer.ok("history", "list", "-f", "json").json[1]["id"])
    assert winter.stock()["received"] == 0
