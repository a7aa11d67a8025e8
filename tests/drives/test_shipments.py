"""Boxes, shipments, signatures, and traces both ways."""

from __future__ import annotations

from pathlib import Path

from drives.conftest import Winter
from volunteering import Volunteer


def test_a_box_has_a_packing_list_and_goes_its_way(winter: Winter) -> None:
    winter.receive("衣物=12件", "书籍=3套")
    winter.receive("衣物=40余件", donor=None)
    winter.sort("衣物=52件")
    winter.sort("书籍=3套")
    winter.pack("衣物=20件")
    winter.pack("书籍=3套")
    (box,) = winter("boxes", "winter", "-f", "json").json
    assert (box["box"], box["status"], box["shipment"]) == ("B01", "packed", None)
    assert box["contents"] == [
        {"item": "书籍", "quantity": 3, "unit": "套", "approximate": False, "direction": None},
        {"item": "衣物", "quantity": 20, "unit": "件", "approximate": True, "direction": "at_least"},
    ]
    assert "书籍 3套, 衣物 ≥20件" in winter("boxes", "winter", "-f", "table").out
    sent = winter.ship(more=("--carrier", "爱心快递", "--waybill", "SF100", "--freight", "300", "--waived"))
    expected = {
        "code": "winter-1",
        "to": "四川大学研究生支教团",
        "carrier": "爱心快递公司",
        "waybill": "SF100",
        "freight_fen": 30000,
        "waived": True,
        "boxes": ["B01"],
        "status": "shipped",
        "contents": box["contents"],
    }
    assert expected.items() <= sent.items()
    done = winter("deliver", "SF100", "--signed-by", "王老师", "--on", "2021-11-20", "-f", "json").json
    assert (done["status"], done["delivered_on"], done["signed_by"]) == ("delivered", "2021-11-20", "王老师")
    assert (winter.stock()["shipped"], winter.stock()["delivered"], winter.stock()["boxed"]) == (20, 20, 0)
    assert winter("boxes", "winter", "-f", "json").json[0]["status"] == "delivered"


def test_goods_move_once(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter.sort("衣物=12件")
    winter.pack("衣物=5件")
    winter.ship(on="2021-11-13")
    winter.refused("already_shipped", "ship", "winter", "--box", "B01", "--to", "四川大学")
    winter.refused("already_shipped", "pack", "winter", "--box", "B01", "--item", "衣物=1件")
    winter.refused("already_shipped", "unpack", "winter", "--box", "B01")
    winter.refused("before_shipment", "deliver", "winter-1", "--signed-by", "王老师", "--on", "2021-11-12")
    winter("deliver", "winter-1", "--signed-by", "王老师", "--on", "2021-11-13")
    winter.refused("already_delivered", "deliver", "winter-1", "--signed-by", "王老师")


def test_what_is_no_box_is_not_shipped(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter.sort("衣物=12件")
    winter.pack("衣物=5件", "B01", on="2021-11-12")
    winter.pack("衣物=5件", "B02", on="2021-11-14")
    winter("unpack", "winter", "--box", "B02", "--on", "2021-11-15")
    words = ("winter", "--to", "四川大学")
    winter.refused("not_found", "ship", *words, "--box", "B09", exit_code=4)
    winter.refused("empty_box", "ship", *words, "--box", "B01", "--box", "B02")
    winter.refused("empty_box", "unpack", "winter", "--box", "B02")
    winter.refused("negative_stock", "ship", *words, "--box", "B01", "--on", "2021-11-11")
    winter.refused("not_found", "ship", "winter", "--box", "B01", "--to", "火星大学", exit_code=4)
    assert winter("boxes", "winter", "-f", "json").json[1]["status"] == "empty"
    winter.pack("衣物=1件", "B02", on="2021-11-16")
    sent = winter.ship("B01", "B02", "B01", on="2021-11-17", more=("--code", "first"))
    assert (sent["code"], sent["boxes"]) == ("first", ["B01", "B02"])
    winter.pack("衣物=1件", "B03", on="2021-11-18")
    winter.refused("conflict", "ship", *words, "--box", "B03", "--code", "FIRST")
    assert winter.ship("B03", on="2021-11-18")["code"] == "winter-2"


def test_a_slip_is_traced_down_to_the_signature_and_a_box_up_to_its_slips(winter: Winter) -> None:
    winter.receive("衣物=5件")
    winter.receive("衣物=5件", donor=None)
    winter.sort("衣物=10件")
    winter.pack("衣物=4件", "B01")
    winter.pack("衣物=4件", "B02")
    winter.ship("B01")
    winter("deliver", "winter-1", "--signed-by", "王老师", "--on", "2021-11-20")
    traced = winter("trace", "BINHU-S2021-0001", "-f", "json").json
    assert (traced["donor"], traced["lines"][0]["delivered"], traced["lines"][0]["boxed"]) == ("李明", 4, 1)
    assert [(row["box"], row["quantity"], row["shipment"], row["signed_by"]) for row in traced["boxes"]] == [
        ("B01", 4, "winter-1", "王老师"),
        ("B02", 1, None, None),
    ]
    steps = [(row["step"], row["quantity"], row["from"], row["to"], row["box"]) for row in traced["steps"]]
    assert steps[0] == ("receive", 5, "outside", "unsorted", None)
    assert ("deliver", 4, "shipped", "delivered", "B01") in steps
    box = winter("trace", "box:winter/B02", "-f", "json").json
    assert [(row["slip"], row["donor"], row["quantity"]) for row in box["slips"]] == [
        ("BINHU-S2021-0001", "李明", 1),
        ("BINHU-S2021-0002", None, 3),
    ]
    assert winter("trace", "1", "-f", "json").json == traced
    winter.refused("not_found", "trace", "box:winter/B09", exit_code=4)
    winter.refused("not_found", "trace", "99", exit_code=4)


def test_a_trace_never_changes_afterwards(winter: Winter) -> None:
    winter.receive("衣物=5件", on="2021-11-08")
    winter.sort("衣物=3件")
    winter.pack("衣物=3件")
    before = winter("trace", "box:winter/B01", "-f", "json").json
    winter.receive("衣物=5件", on="2021-11-01")
    assert winter("trace", "box:winter/B01", "-f", "json").json == before


def test_lists_come_in_every_format(winter: Winter, volunteer: Volunteer, tmp_path: Path) -> None:
    winter.receive("衣物=40余件")
    winter.sort("衣物=10件")
    winter.pack("衣物=5件")
    winter.ship()
    for verb in ("slips", "boxes", "shipments", "stock", "notice", "feedback"):
        for ending in ("txt", "csv", "tsv", "json", "ndjson", "md", "html", "xlsx"):
            winter(verb, "winter", "-o", tmp_path / f"{verb}.{ending}")
            assert (tmp_path / f"{verb}.{ending}").stat().st_size
    volunteer.language = "zh"
    assert "衣物" in winter("stock", "winter", "-f", "markdown").out


def test_a_box_is_found_by_its_label_however_it_is_typed(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter.sort("衣物=12件")
    winter.pack("衣物=1件", "Ｂ０１")
    winter.pack("衣物=1件", "b01")
    winter.pack("衣物=1件", "箱 一")
    assert [box["box"] for box in winter("boxes", "winter", "-f", "json").json] == ["B01", "箱一"]
    for typed in ("b01", "Ｂ０１", " B01 "):
        assert winter("trace", f"box:winter/{typed}", "-f", "json").json["packing_list"] == ["衣物 2件"]
    winter("unpack", "winter", "--box", "箱 一", "--on", "2021-11-13")
    winter.pack("衣物=1件", "箱 一", on="2021-11-14")
    assert winter.ship("Ｂ０１", "箱 一", on="2021-11-15")["boxes"] == ["B01", "箱一"]
    winter.refused("bad_text", "unpack", "winter", "--box", "B\x07")
    winter.refused("missing_value", "unpack", "winter", "--box", "")
    winter.pack("衣物=1件", "一.二", on="2021-11-16")
    winter("unpack", "winter", "--box", "一.二", "--on", "2021-11-16")


def test_a_batch_knows_the_box_it_packed_last(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=12件")
    winter.sort("衣物=12件")
    script = [
        "drive pack winter --box B01 --item 衣物=1件",
        "drive pack winter --box @last --item 衣物=2件",
        "drive unpack winter --box @last",
        "drive pack winter --box @last --item 衣物=3件",
        "drive ship winter --box @last --to 四川大学",
        "drive deliver @last --signed-by 王老师",
    ]
    volunteer.ok("batch", "-", stdin="\n".join(script))
    (box,) = winter("boxes", "winter", "-f", "json").json
    assert (box["box"], box["packing_list"], box["status"]) == ("B01", ["衣物 3件"], "delivered")
    alone = volunteer("batch", "-", stdin="drive pack winter --box @last --item 衣物=1件")
    assert (alone.code, "[not_found]" in alone.err) == (4, True)
    other = "drive add 春 --code spring --start 2022-03-01\ndrive ship spring --box @last --to 四川大学"
    assert (
        "[not_found]"
        in volunteer("batch", "-", stdin=f"drive pack winter --box B02 --item 衣物=1件\n{other}").err
    )


def test_what_was_packed_is_said_with_its_unit(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter.sort("衣物=12件")
    assert "Packed 衣物 5件 into box B01" in winter("pack", "winter", "--box", "B01", "--item", "衣物=5").err


def test_shipments_with_one_waybill_are_told_apart(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter.sort("衣物=12件")
    for box in ("B01", "B02"):
        winter.pack("衣物=5件", box)
        winter.ship(box, more=("--waybill", "SF100"))
    both = winter.refused("ambiguous", "deliver", "SF100", "--signed-by", "王老师", exit_code=4)
    assert "winter-1 (1, SF100), winter-2 (2, SF100)" in both.err
