"""What is dated is true on its date, and what is entered late changes nothing that was established."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from drives.conftest import Winter
from volunteering import Volunteer


@pytest.mark.parametrize(
    ("verb", "words"),
    [("publish", ("winter",)), ("close", ("winter",))],
)
@pytest.mark.parametrize(
    ("steps", "last"),
    [
        ((), "2021-11-28"),
        ((("sort", "winter", "--item", "衣物=2件", "--as", "rejected", "--on", "2021-11-29"),), "2021-11-29"),
        ((("return", "1", "--on", "2021-11-30"),), "2021-11-30"),
        (
            (("correct", "1", "--item", "衣物=3件", "--reason", "recount", "--on", "2021-12-01"),),
            "2021-12-01",
        ),
        ((("void", "1", "--reason", "twice", "--on", "2021-12-02"),), "2021-12-02"),
    ],
    ids=["receipt", "sorting", "return", "correction", "voiding"],
)
def test_nothing_is_published_or_closed_before_what_it_contains(
    winter: Winter, verb: str, words: Sequence[str], steps: Sequence[Sequence[str]], last: str
) -> None:
    winter.receive("衣物=5件", on="2021-11-28")
    for step in steps:
        winter(*step)
    assert last in winter.refused("before_content", verb, *words, "--on", "2021-11-20").err
    winter(verb, *words, "--on", last)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("1994-11-01", "before_drive"),
        ("2021-10-01", "before_drive"),
        ("2021-10-02", None),
        ("2021-11-01", None),
    ],
)
def test_gifts_come_at_most_somewhat_before_their_drive(winter: Winter, day: str, code: str | None) -> None:
    words = ("winter", "--anonymous", "--item", "衣物=5件", "--on", day)
    if code:
        assert "2021-11-01" in winter.refused(code, "receive", *words).err
    else:
        winter("receive", *words)


def test_how_much_before_is_a_policy_and_the_start_may_be_earlier(
    winter: Winter, volunteer: Volunteer
) -> None:
    winter.receive("衣物=5件", on="2021-11-06")
    winter.refused("before_drive", "correct", "1", "--received", "2021-09-01", "--reason", "recount")
    winter.refused("before_drive", "edit", "winter", "--start", "2022-01-01")
    volunteer.ok("policy", "set", "drive_early_days", "0")
    words = ("receive", "winter", "--anonymous", "--item", "衣物=1件", "--on")
    winter.refused("before_drive", *words, "2021-10-31")
    winter("edit", "winter", "--start", "2021-10-31")
    winter(*words, "2021-10-31")


@pytest.mark.parametrize(
    "words",
    [
        ("sort", "winter", "--item", "衣物=1件", "--as", "accepted"),
        ("pack", "winter", "--box", "B01", "--item", "衣物=1件"),
        ("count", "winter", "--item", "衣物=9件", "--reason", "late"),
        ("return", "1"),
        ("void", "1", "--reason", "twice"),
        ("sort", "winter", "--item", "衣物=1件", "--as", "rejected", "--from", "accepted"),
    ],
)
def test_what_is_entered_late_does_not_change_a_stock_take(winter: Winter, words: Sequence[str]) -> None:
    winter.receive("衣物=8件")
    winter.sort("衣物=5件", on="2021-11-07")
    winter("count", "winter", "--item", "衣物=4件", "--reason", "stock-take", "--on", "2021-11-20")
    if words[0] in ("return", "void"):
        winter.refused("counted" if words[0] == "return" else "negative_stock", *words, "--on", "2021-11-10")
    else:
        assert "2021-11-20" in winter.refused("counted", *words, "--on", "2021-11-10").err
    winter(*words, "--on", "2021-11-20")


def test_what_was_counted_is_not_undone_before_the_stock_take(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=8件")
    winter.sort("衣物=5件", on="2021-11-07")
    sorting = volunteer.ok("history", "list", "-f", "json").json[0]["id"]
    winter("count", "winter", "--item", "衣物=6件", "--reason", "stock-take", "--on", "2021-11-20")
    volunteer.refused("counted", "undo", str(sorting), "-y")
    volunteer.ok("undo", "-y")
    volunteer.ok("undo", "-y")
    assert winter.stock()["unsorted"] == 8


def test_a_stock_take_without_a_difference_leaves_its_trace(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=8件")
    winter.sort("衣物=5件", on="2021-11-07")
    count = ("drive", "count", "winter", "--item", "衣物=5件", "--reason", "月底", "--on", "2021-11-20")
    assert "Nothing changed" not in volunteer.ok(*count).err
    (row,) = volunteer.rows("drive", "counts", "winter")
    assert row == {
        "id": 1,
        "date": "2021-11-20",
        "item": "衣物",
        "quantity": 5,
        "unit": "件",
        "booked": 5,
        "difference": 0,
        "reason": "月底",
    }
    assert "Nothing changed" in volunteer.ok(*count).err, "the same count again is one count"
    volunteer.ok("undo", "-y")
    assert volunteer.rows("drive", "counts", "winter") == []


SORT = ("sort", "winter", "--item", "衣物=2件", "--as", "accepted", "--on")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*SORT, "2021-11-19"), "counted"),
        (("pack", "winter", "--box", "B9", "--item", "衣物=1件", "--on", "2021-11-19"), "counted"),
        (("correct", "1", "--rename", "衣物=棉衣", "--reason", "x"), "counted"),
        (("correct", "1", "--unit", "衣物=袋", "--reason", "x"), "counted"),
        (("return", "1", "--on", "2021-11-19"), "counted"),
        (("void", "1", "--reason", "x", "--on", "2021-11-19"), "counted"),
    ],
)
def test_no_way_leads_around_a_stock_take(
    winter: Winter, volunteer: Volunteer, words: tuple[str, ...], code: str
) -> None:
    winter.receive("衣物=8件")
    winter.sort("衣物=5件", on="2021-11-07")
    winter("count", "winter", "--item", "衣物=5件", "--reason", "月底", "--on", "2021-11-20")
    before = volunteer.dump()
    volunteer.refused(code, "drive", *words)
    assert volunteer.dump() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*SORT, "2021-11-20"), True),
        ((*SORT, "2021-11-21"), False),
        (("sort", "winter", "--item", "衣物=1件", "--as", "rejected", "--on", "2021-11-20"), False),
        (("pack", "winter", "--box", "B9", "--item", "衣物=1件", "--on", "2021-11-20"), True),
        (("receive", "winter", "--anonymous", "--item", "衣物=1件", "--on", "2021-11-20"), False),
    ],
)
def test_what_is_late_for_the_very_day_says_that_it_came_after_the_count(
    winter: Winter, volunteer: Volunteer, words: tuple[str, ...], said: bool
) -> None:
    winter.receive("衣物=8件")
    winter.sort("衣物=5件", on="2021-11-07")
    winter("count", "winter", "--item", "衣物=5件", "--reason", "月底", "--on", "2021-11-20")
    result = volunteer.ok("drive", *words)
    assert ("衣物 was counted on 2021-11-20 (5件); this is booked as after that count." in result.err) is said
    assert volunteer("check").code == 0
    volunteer.language = "zh"
    assert "盘点" not in volunteer.ok("drive", "receive", "winter", "--anonymous", "--item", "衣物=1件").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("receive", "winter", "--anonymous", "--item", "衣物=1件", "--on", "2021-11-09"), True),
        (("receive", "winter", "--anonymous", "--item", "衣物=1件", "--on", "2021-11-10"), True),
        (("receive", "winter", "--anonymous", "--item", "衣物=1件", "--on", "2021-11-11"), False),
        (("sort", "winter", "--item", "衣物=1件", "--as", "accepted", "--on", "2021-11-10"), True),
        (("correct", "1", "--item", "衣物=9件", "--reason", "x"), True),
        (("correct", "1", "--rename", "衣物=棉衣", "--reason", "x"), True),
        (("correct", "1", "--anonymous", "--reason", "x"), True),
        (("void", "1", "--reason", "x"), True),
    ],
)
def test_what_a_published_notice_does_not_tell_is_said(
    winter: Winter, volunteer: Volunteer, words: tuple[str, ...], said: bool
) -> None:
    winter.receive("衣物=8件")
    winter("publish", "winter", "--on", "2021-11-10")
    sentence = "does not tell this; correct it in public: volunteer drive publish winter"
    assert (sentence in volunteer.ok("drive", *words, "-n").err) is said
    assert (sentence in volunteer.ok("drive", *words).err) is said
