"""Slips set right, voided slips, pieces sorted anew, shipments that come back, things that were never booked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from drives.conftest import Winter
from volunteering import Volunteer

WHY = ("--reason", "recount")
FIGURES = ("received", "unsorted", "on_hand", "rejected", "lost")
SORT_REJECTED = ("sort", "winter", "--item", "衣物=2件", "--as", "rejected", "--on", "2021-11-10")
COUNT_TWELVE = ("count", "winter", "--item", "衣物=12件", "--reason", "stock-take", "--on", "2021-11-11")


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ([], 12, (12, 12, 0, 0, 0)),
        ([("sort", "winter", "--item", "衣物=156件", "--as", "accepted")], 12, (12, 0, 12, 0, 0)),
        (
            [("sort", "winter", "--item", "衣物=156件", "--as", "accepted"), COUNT_TWELVE],
            12,
            (12, 0, 12, 0, 0),
        ),
        ([SORT_REJECTED], 12, (12, 10, 0, 2, 0)),
        ([SORT_REJECTED], 1, (1, 0, 0, 1, 0)),
        ([SORT_REJECTED], 160, (160, 158, 0, 2, 0)),
    ],
    ids=["unsorted", "sorted", "counted as lost", "some rejected", "rejected too", "more"],
)
def test_a_correction_takes_back_what_is_here_sorted_or_not(
    winter: Winter, before: list[Sequence[str]], number: int, after: tuple[int, ...]
) -> None:
    winter.receive("衣物=156件")
    for words in before:
        winter(*words, *(() if "--on" in words else ("--on", "2021-11-10")))
    winter("correct", "1", "--item", f"衣物={number}件", *WHY, "--on", "2021-11-12")
    assert tuple(winter.stock()[name] for name in FIGURES) == after


def test_a_correction_names_all_that_is_short(winter: Winter) -> None:
    winter.receive("衣物=5件", "帽子=3顶")
    for item in ("衣物=5件", "帽子=3顶"):
        winter.sort(item)
        winter.pack(item)
    words = ("--item", "衣物=2件", "--item", "帽子=1顶")
    said = winter.refused("negative_stock", "correct", "1", *words, *WHY, "--on", "2021-11-12").err
    assert "衣物 3件" in said
    assert "帽子 2顶" in said
    said = winter.refused(
        "negative_stock", "pack", "winter", "--box", "B02", *words, "--on", "2021-11-12"
    ).err
    assert "衣物 2件" in said
    assert "帽子 1顶" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--donor", "王芳"), {"donor": "王芳"}),
        (("--donor", "爱心快递公司"), {"donor": "爱心快递公司"}),
        (("--anonymous",), {"donor": None}),
        (("--received", "2021-11-08"), {"date": "2021-11-08"}),
        (("--condition", "八成新"), {"condition": "八成新"}),
        (("--rename", "衣物=羽绒服"), {"item": "羽绒服"}),
        (("--unit", "衣物=袋"), {"unit": "袋"}),
        (
            ("--unit", "衣物=袋", "--rename", "衣物=被子", "--size", "大"),
            {"item": "被子", "unit": "袋", "size": "大"},
        ),
        (("--rename", "衣物=被子", "--item", "被子=3件"), {"item": "被子", "quantity": 3}),
    ],
)
def test_what_a_slip_says_is_set_right_and_back(
    winter: Winter, volunteer: Volunteer, words: Sequence[str], expected: dict[str, object]
) -> None:
    winter.receive("衣物=5件", on="2021-11-06")
    winter.sort("衣物=2件")
    before = winter("slips", "winter", "-f", "json").json
    winter("correct", "1", *words, *WHY)
    row = winter("slips", "winter", "-f", "json").json[0]
    assert {name: row[name] for name in expected} == expected
    assert volunteer.ok("check")
    volunteer.ok("undo", "-y")
    assert winter("slips", "winter", "-f", "json").json == before


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("--received", "2021-11-11"), "negative_stock", 1),
        (("--rename", "帽子=被子"), "not_found", 4),
        (("--unit", "帽子=袋"), "not_found", 4),
        (("--rename", "衣物"), "bad_pair", 2),
        ((), "nothing_corrected", 2),
        (("--donor", "王芳", "--anonymous"), "which_donor", 2),
    ],
)
def test_what_a_slip_cannot_say(winter: Winter, words: Sequence[str], code: str, status: int) -> None:
    winter.receive("衣物=5件", on="2021-11-06")
    winter.sort("衣物=2件", on="2021-11-10")
    winter.refused(code, "correct", "1", *words, *WHY, exit_code=status)


def test_a_forgotten_line_came_on_the_day_of_its_slip(winter: Winter) -> None:
    winter.receive("衣物=5件", on="2021-11-06")
    winter("correct", "1", "--add-item", "帽子=2顶", *WHY)
    assert winter.stock("帽子", "顶", as_of="2021-11-06")["received"] == 2
    assert [row["item"] for row in winter("slips", "winter", "-f", "json").json] == ["衣物", "帽子"]


@pytest.mark.parametrize(
    "words", [("--donor", "王芳"), ("--add-item", "帽子=2顶"), ("--received", "2021-11-05")]
)
def test_what_is_boxed_stands_as_it_is(winter: Winter, words: Sequence[str]) -> None:
    winter.receive("衣物=5件", on="2021-11-06")
    winter.sort("衣物=5件")
    winter.pack("衣物=1件")
    winter.refused("already_boxed", "correct", "1", *words, *WHY)
    winter.refused("already_boxed", "void", "1", *WHY)
    winter("unpack", "winter", "--box", "B01", "--on", "2021-11-13")
    winter("correct", "1", *words, *WHY)


def test_a_void_slip_counts_nowhere_and_keeps_its_number(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=5件")
    winter.receive("衣物=7件", on="2021-11-07")
    winter.sort("衣物=6件")
    winter("void", "1", "--reason", "written twice", "--on", "2021-11-11")
    row = winter.stock()
    assert (row["received"], row["on_hand"] + row["unsorted"]) == (7, 7)
    assert winter.stock(as_of="2021-11-10")["received"] == 12
    assert winter("show", "winter", "-f", "json").json["slips"] == 1
    assert [gift["slip"] for gift in winter("notice", "winter", "-f", "json").json["gifts"]] == [
        "BINHU-S2021-0002"
    ]
    winter.refused("already_void", "void", "1", *WHY)
    winter.refused("before_receipt", "void", "2", *WHY, "--on", "2021-11-06")
    assert winter.receive("衣物=1件")["slip"] == "BINHU-S2021-0003"
    volunteer.ok("undo", "-y")
    volunteer.ok("undo", "-y")
    assert volunteer.ok("check")
    assert winter.stock()["received"] == 12


@pytest.mark.parametrize("verdict", ["rejected", "recycled"])
def test_what_was_rejected_can_be_accepted_after_all(winter: Winter, verdict: str) -> None:
    winter.receive("衣物=5件")
    winter.sort("衣物=3件", verdict=verdict)
    words = ("winter", "--as", "accepted", "--from", verdict, "--on", "2021-11-11", "--item")
    winter("sort", *words, "衣物=2件")
    assert (winter.stock()["on_hand"], winter.stock()[verdict], winter.stock()["unsorted"]) == (2, 1, 2)
    winter.refused("negative_stock", "sort", *words, "衣物=2件")
    winter.refused(
        "same_verdict",
        "sort",
        "winter",
        "--as",
        verdict,
        "--from",
        verdict,
        "--item",
        "衣物=1件",
        exit_code=2,
    )


@pytest.mark.parametrize("signed", [False, True])
def test_a_shipment_comes_back_and_its_boxes_stand_here_again(
    winter: Winter, volunteer: Volunteer, *, signed: bool
) -> None:
    winter.receive("衣物=5件")
    winter.sort("衣物=5件")
    winter.pack("衣物=3件", "B01")
    winter.pack("衣物=2件", "B02")
    winter.ship("B01", "B02", on="2021-11-13")
    if signed:
        winter("deliver", "winter-1", "--signed-by", "王老师", "--on", "2021-11-14")
    sent = winter.stock()
    winter.refused("before_shipment", "back", "winter-1", *WHY, "--on", "2021-11-12")
    winter("back", "winter-1", "--reason", "nobody there", "--on", "2021-11-15")
    assert {name: winter.stock()[name] for name in ("boxed", "shipped", "delivered")} == {
        "boxed": 5,
        "shipped": 0,
        "delivered": 0,
    }
    assert winter.stock(as_of="2021-11-14") == sent
    assert winter("shipments", "winter", "-f", "json").json[0]["status"] == "back"
    assert winter("notice", "winter", "-f", "json").json["shipments"] == []
    winter.refused("came_back", "back", "winter-1", *WHY)
    winter.refused("came_back", "deliver", "winter-1", "--signed-by", "王老师")
    volunteer.ok("check")
    volunteer.ok("undo", "-y")
    assert winter.stock() == sent
    winter("back", "winter-1", "--reason", "nobody there", "--on", "2021-11-15")
    winter.ship("B01", on="2021-11-16")
    winter("unpack", "winter", "--box", "B02", "--on", "2021-11-16")
    volunteer.ok("check")
    assert (winter.stock()["shipped"], winter.stock()["on_hand"]) == (3, 2)


def test_what_was_never_booked_is_found(winter: Winter) -> None:
    winter.receive("衣物=5件")
    winter("count", "winter", "--item", "手套=4双", "--reason", "behind the shelf", "--on", "2021-11-20")
    assert (winter.stock("手套", "双")["found"], winter.stock("手套", "双")["on_hand"]) == (4, 4)
    winter.refused("missing_unit", "count", "winter", "--item", "被子=4", *WHY, exit_code=2)
    winter.refused("not_found", "count", "winter", "--item", "被子=0床", *WHY, exit_code=4)


def test_a_unit_is_not_set_back_under_later_steps(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=5件")
    winter("correct", "1", "--unit", "衣物=袋", *WHY)
    correction = volunteer.ok("history", "list", "-f", "json").json[0]["id"]
    winter("sort", "winter", "--item", "衣物=2袋", "--as", "accepted")
    volunteer.refused("corrected_since", "undo", str(correction), "-y")
    volunteer.ok("undo", "-y")
    volunteer.ok("undo", "-y")
    assert winter.stock()["unsorted"] == 5


ROWS = ("日期,捐赠人,物品名称,数量,单位", "2026-06-03,李明,衣物,3,件", "2026-06-03,李明,书籍,2,套")


@pytest.mark.parametrize(
    "correction",
    [
        ("--rename", "衣物=棉衣"),
        ("--unit", "书籍=本"),
        ("--received", "2026-06-05"),
        ("--donor", "person:王芳"),
        ("--anonymous",),
        ("--condition", "八成新"),
        ("--item", "衣物=4件"),
        ("--add-item", "帽子=1顶"),
    ],
)
def test_the_sheet_of_a_slip_that_was_corrected_brings_nothing_again(
    winter: Winter, volunteer: Volunteer, tmp_path: Path, correction: tuple[str, ...]
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    volunteer.ok("import", "donations", path, "--drive", "winter")
    winter("correct", "1", *correction, "--reason", "写错")
    again = volunteer.ok("import", "donations", path, "--drive", "winter", "-f", "json").json
    assert (again["rows"]["new"], again["rows"]["same"]) == (0, 2)


#: What happened to 衣物 (5件) and 帽子 (3顶) of a slip, the line that never came, and what stands on the slip then.
REMOVALS: list[tuple[list[Sequence[str]], tuple[str, ...], str | list[tuple[str, int]]]] = [
    ([], ("帽子",), [("衣物", 5), ("帽子", 0)]),
    ([], ("帽子=顶",), [("衣物", 5), ("帽子", 0)]),
    ([("sort", "winter", "--item", "帽子=3顶", "--as", "accepted")], ("帽子",), [("衣物", 5), ("帽子", 0)]),
    ([("sort", "winter", "--item", "帽子=2顶", "--as", "recycled")], ("帽子",), [("衣物", 5), ("帽子", 0)]),
    ([("count", "winter", "--item", "帽子=0顶", "--reason", "x")], ("帽子",), [("衣物", 5), ("帽子", 0)]),
    ([], ("帽子", "衣物"), [("衣物", 0), ("帽子", 0)]),
    ([], ("帽子=件",), "not_found"),
    ([], ("手套",), "not_found"),
    (
        [
            ("sort", "winter", "--item", "帽子=3顶", "--as", "accepted"),
            ("pack", "winter", "--box", "B01", "--item", "帽子=1顶"),
        ],
        ("帽子",),
        "negative_stock",
    ),
]


@pytest.mark.parametrize(("before", "items", "wanted"), REMOVALS)
def test_a_line_that_never_came_is_taken_off(
    winter: Winter,
    volunteer: Volunteer,
    before: list[Sequence[str]],
    items: tuple[str, ...],
    wanted: str | list[tuple[str, int]],
) -> None:
    winter.receive("衣物=5件", "帽子=3顶", on="2021-11-06")
    for words in before:
        winter(*words, "--on", "2021-11-07")
    state = volunteer.dump()
    words = ("correct", "1", *(word for item in items for word in ("--remove-item", item)), *WHY)
    if isinstance(wanted, str):
        exit_code = 4 if wanted == "not_found" else 1
        winter.refused(wanted, *words, "--on", "2021-11-08", exit_code=exit_code)
        assert volunteer.dump() == state
        return
    winter(*words, "--on", "2021-11-08")
    rows = winter("slips", "winter", "-f", "json").json
    assert [(row["item"], row["quantity"]) for row in rows] == wanted
    assert winter.stock("帽子", "顶")["lost"] == 0
    volunteer.ok("check")
    volunteer.ok("undo")
    assert volunteer.dump() == state


def test_none_is_no_number_and_the_way_out_is_named(winter: Winter) -> None:
    winter.receive("衣物=5件")
    told = winter.refused("bad_quantity", "correct", "1", "--item", "衣物=0件", *WHY).err
    assert "--remove-item" in told


def test_a_void_slip_lacks_no_witness(winter: Winter, volunteer: Volunteer) -> None:
    def kinds() -> set[str]:
        return {row["kind"] for row in volunteer.rows("report", "quality")}

    winter.receive("衣物=5件")
    assert "slip_without_witness" in kinds()
    winter("void", "1", "--reason", "重复")
    assert "slip_without_witness" not in kinds()
    volunteer.ok("undo", "-y")
    assert "slip_without_witness" in kinds()
