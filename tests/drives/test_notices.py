"""What donors and the public are told, and by when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drives.conftest import Winter
from volunteering import Volunteer

from volunteer_cli.drives.models import Drive, DriveNotice
from volunteer_cli.drives.queries.disclosure import DisclosureTerms, next_disclosure

TERMS = DisclosureTerms(final_months=3, long_months=6, every_months=3, emergency_days=5)


def _notice(winter: Winter, *words: object) -> Any:
    return winter("notice", "winter", *words, "-f", "json").json


def test_a_notice_masks_names_and_respects_refusals(winter: Winter) -> None:
    winter.receive("衣物=12件", more=("--value", "88"))
    winter.receive("衣物=7件", donor="王芳", more=("--no-publish",))
    winter.receive("衣物=40余件", donor=None)
    winter.receive("衣物=5件", donor="爱心快递公司")
    draft = _notice(winter)
    assert [(row["donor"], row["quantity"], row["approximate"]) for row in draft["gifts"]] == [
        ("李**", 12, False),
        (None, 7, False),
        (None, 40, True),
        ("爱心快递公司", 5, False),
    ]
    assert (draft["slips"], draft["anonymous_slips"], draft["status"], draft["number"]) == (
        4,
        2,
        "draft",
        None,
    )
    assert (draft["totals"][0]["received"], draft["totals"][0]["approximate"]) == (64, True)
    text = winter("notice", "winter", "-f", "html").out
    for secret in ("李明", "王芳", "19900001001", "8800"):
        assert secret not in text


def test_what_went_back_is_not_published_as_given(winter: Winter) -> None:
    winter.receive("衣物=12件")
    winter.receive("衣物=3件", donor=None)
    winter("return", "1")
    assert [row["slip"] for row in _notice(winter)["gifts"]] == ["BINHU-S2021-0002"]


def test_waived_freight_stands_apart_from_the_goods(winter: Winter) -> None:
    winter.receive("衣物=5件")
    winter.sort("衣物=5件")
    winter.pack("衣物=5件")
    winter.ship(more=("--carrier", "爱心快递", "--freight", "300", "--waived"))
    winter("deliver", "winter-1", "--signed-by", "王老师", "--on", "2021-11-20")
    (sent,) = _notice(winter)["shipments"]
    assert _notice(winter)["freight_waived_fen"] == 30000
    assert (sent["carrier"], sent["waived"], sent["freight_fen"], sent["delivered_on"]) == (
        "爱心快递公司",
        True,
        30000,
        "2021-11-20",
    )
    assert "王老师" not in str(sent)


def test_a_published_notice_is_frozen_and_corrected_by_another(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=12件")
    first = winter("publish", "winter", "--on", "2022-01-05", "-f", "json").json
    assert (first["number"], first["status"], first["corrects"]) == ("BINHU-N2022-0001", "published", None)
    assert "Nothing changed" in winter("publish", "winter").err
    winter("correct", "1", "--item", "衣物=11件", "--reason", "recount")
    assert _notice(winter, "--number", "BINHU-N2022-0001") == first
    second = winter("publish", "winter", "-f", "json").json
    assert (second["number"], second["corrects"]) == ("BINHU-N2026-0001", "BINHU-N2022-0001")
    assert [row["quantity"] for row in second["gifts"]] == [11]
    assert [row["number"] for row in winter("show", "winter", "-f", "json").json["notices"]] == [
        "BINHU-N2022-0001",
        "BINHU-N2026-0001",
    ]
    winter.refused("not_found", "notice", "winter", "--number", "BINHU-N2022-0009", exit_code=4)


def test_what_is_published_is_not_undone(winter: Winter, volunteer: Volunteer) -> None:
    winter.receive("衣物=12件")
    receipt = volunteer.ok("history", "list", "-f", "json").json[0]["id"]
    winter("publish", "winter")
    volunteer.refused("published", "undo", exit_code=1)
    volunteer.refused("published", "undo", receipt, exit_code=1)
    winter.receive("衣物=1件")
    volunteer.ok("undo")


def test_feedback_tells_donors_what_became_of_their_gifts_and_names_no_family(winter: Winter) -> None:
    winter.receive("衣物=5件")
    winter.receive("衣物=5件", donor=None)
    winter.sort("衣物=7件")
    winter.pack("衣物=4件")
    winter.ship()
    winter("deliver", "winter-1", "--signed-by", "王老师", "--on", "2021-11-20")
    (row,) = winter("feedback", "winter", "-f", "json").json
    expected = {"donor": "李明", "quantity": 5, "on_hand": 1, "delivered": 4, "to": ["四川大学研究生支教团"]}
    assert (expected | {"delivered_on": ["2021-11-20"]}).items() <= row.items()
    assert "王老师" not in str(row)
    assert row["phone"] == "199****1001"


def _drive(
    start: str, end: str | None = None, *, closed: str | None = None, emergency: bool = False
) -> Drive:
    day = date.fromisoformat
    return Drive(
        starts_on=day(start), ends_on=end and day(end), closed_on=closed and day(closed), emergency=emergency
    )


@pytest.mark.parametrize(
    ("drive", "published", "today", "due"),
    [
        (_drive("2021-11-01", "2021-12-31"), [], "2021-11-10", ("final", "2022-03-31")),
        (_drive("2021-11-01", "2021-12-31"), [], "2022-02-10", ("final", "2022-03-31")),
        (_drive("2021-11-01", "2021-12-31"), ["2022-01-05"], "2022-02-10", None),
        (_drive("2021-11-01", "2021-12-31"), ["2021-12-05"], "2022-02-10", ("final", "2022-03-31")),
        (_drive("2021-11-01", closed="2021-11-30"), [], "2022-02-10", ("final", "2022-02-28")),
        (_drive("2021-11-01"), [], "2021-12-01", None),
        (_drive("2021-11-01"), [], "2022-05-02", ("regular", "2022-02-01")),
        (_drive("2021-01-01", "2021-12-31"), [], "2021-02-01", ("regular", "2021-04-01")),
        (_drive("2021-01-01", "2021-12-31"), ["2021-04-03"], "2021-05-01", ("regular", "2021-07-03")),
        (_drive("2021-01-01", "2021-12-31"), ["2021-10-03"], "2021-11-01", ("final", "2022-03-31")),
        (_drive("2021-07-01", emergency=True), [], "2021-07-02", ("emergency", "2021-07-06")),
        (_drive("2021-07-01", emergency=True), ["2021-07-04"], "2021-07-05", ("emergency", "2021-07-09")),
    ],
)
def test_the_public_is_told_in_time(
    drive: Any, published: list[Any], today: str, due: tuple[str, ...] | None
) -> None:
    found = next_disclosure(
        drive, [date.fromisoformat(day) for day in published], TERMS, date.fromisoformat(today)
    )
    assert (found and (found.kind, found.due_on.isoformat())) == due


def test_what_is_due_stands_in_show_and_in_the_worklist(winter: Winter, volunteer: Volunteer) -> None:
    from volunteer_cli.drives.queries.disclosure import disclosures_due

    winter("edit", "winter", "--end", "2021-12-31")
    shown = winter("show", "winter", "-f", "json").json
    assert (shown["disclosure_due"], shown["disclosure"]) == ("2022-03-31", "final")
    with volunteer.writing() as session:
        assert [each.drive.code for each in disclosures_due(session, date(2022, 3, 31))] == ["winter"]
        assert disclosures_due(session, date(2022, 3, 30)) == []
        assert len(disclosures_due(session, date(2022, 3, 30), within_days=1)) == 1
    volunteer.ok("policy", "set", "disclosure_final_months", "1")
    assert winter("show", "winter", "-f", "json").json["disclosure_due"] == "2022-01-31"
    winter("publish", "winter")
    assert winter("show", "winter", "-f", "json").json["disclosure_due"] is None


@pytest.mark.parametrize(
    "name",
    [
        "disclosure_final_months",
        "disclosure_long_months",
        "disclosure_every_months",
        "disclosure_emergency_days",
    ],
)
def test_a_term_of_disclosure_ends_within_the_calendar(
    winter: Winter, volunteer: Volunteer, name: str
) -> None:
    volunteer.refused("bad_policy_value", "policy", "set", name, "10001", exit_code=2)
    volunteer.ok("policy", "set", name, "10000")
    winter("edit", "winter", "--end", "2021-12-31", "--emergency")
    winter("show", "winter")
    winter("close", "winter", "--on", "2022-01-10")
    winter("show", "winter")
    volunteer.ok("report", "today")


def test_a_notice_of_before_directions_reads_as_it_did(winter: Winter) -> None:
    winter.receive("衣物=40余件", donor=None)
    winter("publish", "winter", "--on", "2021-12-31")
    with winter.volunteer.writing("as it was written then") as session:
        notice = session.get_one(DriveNotice, 1)
        content = json.loads(json.dumps(notice.content))
        for row in (*content["totals"], *content["gifts"]):
            row.pop("direction")
        content["totals"][0].pop("directions")
        content["totals"][0]["marked"] = ["received", "unsorted"]
        notice.content = content
    text = winter("notice", "winter", "--number", "BINHU-N2021-0001", "-f", "markdown").out
    assert text.count("≥ 40") == 3
    assert "Nothing changed" in winter("publish", "winter").err


def test_a_notice_hangs_out_as_a_text_with_who_gave_as_an_annex(
    winter: Winter, volunteer: Volunteer, tmp_path: Path
) -> None:
    volunteer.ok(
        "community", "edit", "binhu", "--legal-name", "滨湖社区居民委员会", "--phone", "0531-84230002"
    )
    winter.receive("衣物=12件")
    winter.receive("衣物=40余件", donor=None)
    page = tmp_path / "notice.html"
    volunteer.language = "zh"
    winter("publish", "winter", "-o", page)
    text = page.read_text(encoding="utf-8")
    number = winter("notice", "winter", "--number", "BINHU-N2026-0001", "-f", "json").json["number"]
    for told in (
        "公示</h1>",
        number,
        "公示期为2026年6月30日至2026年7月6日",
        "0531-84230002",
        "滨湖社区居民委员会",
        "附件",
        "匿名",
    ):
        assert told in text
    for internal in ("草稿", "winter", ">序号<", "约数"):
        assert internal not in text.split("<main>")[1]
    winter("notice", "winter", "-o", page)
    assert "草稿" in page.read_text(encoding="utf-8")
    volunteer.ok("policy", "set", "notice_days", "10")
    winter("notice", "winter", "-o", page)
    assert "至2026年7月9日" in page.read_text(encoding="utf-8")
    assert "<h1>" in winter("notice", "winter", "-f", "html", "--fields", "number,slips").out


#: What happens after a notice of 2021-11-10, and whether the day's worklist says that it is to be corrected.
LATER: list[tuple[str, list[tuple[str, ...]], bool]] = [
    ("nothing", [], False),
    ("a gift of a later day", [("receive", "winter", "--anonymous", "--item", "衣物=2件", "--on", "2021-11-11")], False),
    ("a gift of an earlier day", [("receive", "winter", "--anonymous", "--item", "衣物=2件", "--on", "2021-11-08")], True),
    ("sorted on an earlier day", [("sort", "winter", "--item", "衣物=1件", "--as", "rejected", "--on", "2021-11-08")], True),
    ("sorted later", [("sort", "winter", "--item", "衣物=1件", "--as", "accepted", "--on", "2021-11-12")], False),
    ("a slip corrected", [("correct", "1", "--item", "衣物=4件", "--reason", "x", "--on", "2021-11-12")], True),
    ("a slip voided", [("void", "1", "--reason", "x", "--on", "2021-11-12")], True),
    ("a line that never came", [("correct", "1", "--remove-item", "衣物", "--reason", "x", "--on", "2021-11-12")], True),
    ("a later slip corrected", [
        ("receive", "winter", "--anonymous", "--item", "衣物=2件", "--on", "2021-11-11"),
        ("correct", "2", "--item", "衣物=1件", "--reason", "x", "--on", "2021-11-12"),
    ], False),
    ("corrected in public", [
        ("correct", "1", "--item", "衣物=4件", "--reason", "x", "--on", "2021-11-12"),
        ("publish", "winter", "--on", "2021-11-13"),
    ], False),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "listed"), [case[1:] for case in LATER], ids=[case[0] for case in LATER])
def test_a_notice_that_was_overtaken_is_in_the_worklist(
    winter: Winter, volunteer: Volunteer, steps: list[tuple[str, ...]], *, listed: bool
) -> None:
    winter.receive("衣物=5件", on="2021-11-06")
    number = winter("publish", "winter", "--on", "2021-11-10", "-f", "json").json["number"]
    for words in steps:
        winter(*words)
    rows = [row for row in volunteer.rows("report", "today") if row["task"] == "correct_notice"]
    wanted = [(number, "volunteer drive publish winter")] if listed else []
    assert [(row["what"], row["next"]) for row in rows] == wanted
    volunteer.ok("check")
