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
