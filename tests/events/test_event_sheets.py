"""Importing events and sign-ups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

EVENTS = """活动名称,活动代码,活动类型,活动日期,开始时间,结束时间,地点,名额,负责人
清洁日,clean,志愿服务,2026-07-04,9:00,11:00,中心广场,2,李明
合唱,,课堂,2026-07-05,上午9点,11点半,,,
守夜,,,2026-12-31,20:00,0:00,,,
"""


@pytest.fixture
def import_(volunteer: Any, tmp_path: Path) -> Any:
    """Import a text as a CSV file; answers the summary."""

    def run(kind: str, text: str, *options: object, code: int = 0) -> Any:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, encoding="utf-8")
        result = volunteer("import", kind, path, *options, "-f", "json")
        assert result.code == code, result.err + result.out
        return result.json

    return run


def test_events(hall: Any, volunteer: Any, import_: Any) -> None:
    assert import_("events", EVENTS)["rows"] == {
        "read": 4,
        "skipped": 1,
        "new": 3,
        "updated": 0,
        "same": 0,
        "rejected": 0,
    }
    rows = volunteer.ok("event", "list", "-f", "json").json
    assert [(row["title"], row["kind"]) for row in rows] == [
        ("清洁日", "service"),
        ("合唱", "class"),
        ("守夜", "service"),
    ]
    assert rows[0]["capacity"] == 2
    assert rows[1]["ends_at"] == "2026-07-05T11:30:00+08:00"
    assert rows[2]["ends_at"] == "2027-01-01T00:00:00+08:00"
    assert volunteer.ok("event", "show", "clean", "-f", "json").json["leader"] == "李明"
    again = import_("events", EVENTS)["rows"]
    assert (again["same"], again["new"]) == (3, 0)


def test_events_that_would_change(hall: Any, volunteer: Any, import_: Any) -> None:
    import_("events", EVENTS)
    other = EVENTS.replace("中心广场,2", "南广场,3").replace("11点半,,", "11点半,教室,")
    (rejected,) = import_("events", other, "--on-error", "skip", code=5)["rejected"]
    assert (rejected["row"], rejected["reason"], rejected["column"]) == (2, "conflict", "地点")
    assert volunteer.ok("event", "show", "合唱", "-f", "json").json["place"] == "教室"
    assert import_("events", other, "--on-conflict", "keep")["rows"]["same"] == 3
    assert import_("events", other, "--on-conflict", "update")["rows"]["updated"] == 1
    assert volunteer.ok("event", "show", "clean", "-f", "json").json["capacity"] == 3


def test_refused_update_leaves_the_event_as_it_was(hall: Any, volunteer: Any, import_: Any) -> None:
    import_("events", EVENTS)
    volunteer.ok("event", "open", "clean")
    volunteer.ok("event", "signup", "clean", "李明", "王芳")
    before = volunteer.dump()
    other = EVENTS.replace("中心广场,2", "南广场,1")
    (rejected,) = import_("events", other, "--on-conflict", "update", "--on-error", "skip", code=5)[
        "rejected"
    ]
    assert (rejected["reason"], "over_capacity" in rejected["message"]) == ("refused", True)
    assert volunteer.dump()["event"] == before["event"]


@pytest.mark.parametrize(
    ("row", "reason", "column"),
    [
        ("清洁日,,志愿服务,2026-07-04,9:00,9:00,,,", "bad_time", "结束时间"),
        ("清洁日,,聚餐,2026-07-04,9:00,10:00,,,", "bad_choice", "活动类型"),
        ("清洁日,,,2026-07-04,9:00,10:00,,,赵敏", "not_found", "负责人"),
        ("清洁日,,,,9:00,10:00,,,", "missing_value", "活动日期"),
        (",,,2026-07-04,9:00,10:00,,,", "missing_value", "活动名称"),
        ("清洁日,,聚餐,,9:00,10:00,,,", "bad_choice", "活动类型"),
        ("清洁日,,,2026-07-04,11:00,10:00,,多,赵敏", "bad_time", "结束时间"),
        ("清洁日,,,2026-07-04,9:00,10:00,,多,赵敏", "bad_quantity", "名额"),
        ("合唱,,,2026-07-05,9:00,10:00,,,", "duplicate_in_file", None),
    ],
)
def test_events_rejected(
    hall: Any, volunteer: Any, import_: Any, row: str, reason: str, column: str | None
) -> None:
    head, *rest = EVENTS.splitlines()
    text = "\n".join([head, rest[1], row])
    (rejected,) = import_("events", text, code=5)["rejected"]
    assert (rejected["row"], rejected["reason"], rejected["column"]) == (3, reason, column)


SIGNUPS = """姓名,活动名称,活动日期,报名时间
李明,清洁日,2026-07-04,2026-07-01 8:00
王芳,清洁日,2026-07-04,2026-07-01 9:00
张伟,清洁日,2026-07-04,
"""


def test_signups(hall: Any, volunteer: Any, import_: Any) -> None:
    hall.event("清洁日", "--capacity", 2)
    hall.event("清洁日", start="2026-07-11 9:00")
    told = import_("signups", SIGNUPS)
    assert told["rows"]["new"] == 3
    assert hall.statuses(1) == {"李明": "signed_up", "王芳": "signed_up", "张伟": "waiting"}
    volunteer.ok("event", "withdraw", 1, "李明")
    assert import_("signups", SIGNUPS)["rows"]["same"] == 3
    assert hall.statuses(1)["李明"] == "withdrawn"


def test_signups_refused(hall: Any, volunteer: Any, import_: Any) -> None:
    event = hall.event("清洁日", opened=False)
    found = import_("signups", SIGNUPS + "赵敏,清洁日,2026-07-04,\n李明,合唱,,\n", code=5)["rejected"]
    assert [one["reason"] for one in found] == ["refused", "refused", "refused", "not_found", "not_found"]
    assert "[not_open]" in found[0]["message"]
    volunteer.ok("event", "open", event)
    twice = "姓名\n李明\n李明\n"
    (rejected,) = import_("signups", twice, "--event", "清洁日", "--on-error", "skip", code=5)["rejected"]
    assert (rejected["row"], rejected["reason"]) == (3, "duplicate_in_file")
    assert hall.statuses(event) == {"李明": "signed_up"}


def test_signups_without_any_event_are_stopped(hall: Any, volunteer: Any, tmp_path: Path) -> None:
    path = tmp_path / "signups.csv"
    path.write_text("姓名\n李明\n王芳\n", "utf-8")
    assert "--event" in volunteer.refused("event_needed", "import", "signups", path, exit_code=2).err


def test_signups_by_the_day_of_the_form(hall: Any, volunteer: Any, import_: Any) -> None:
    hall.event("清洁日")
    rows = "姓名,活动名称,报名时间\n李明,清洁日,2026-06-01\n王芳,清洁日,2026年6月1日 8:30\n张伟,清洁日,9:00\n"
    assert import_("signups", rows)["rows"]["new"] == 3
    rows = "报名时间,姓名,活动名称\n6月1日,没人,清洁日\n,没人,没开过\n2026-06-01,张伟,没开过\n"
    found = import_("signups", rows, code=5)["rejected"]
    assert [(one["reason"], one["column"]) for one in found] == [
        ("bad_date", "报名时间"),
        ("not_found", "姓名"),
        ("not_found", "活动名称"),
    ]
    rows = "活动名称,姓名,电话\n没开过,没人,\n没开过,王芳,12\n"
    found = import_("signups", rows, code=5)["rejected"]
    assert [(one["reason"], one["column"]) for one in found] == [("not_found", "活动名称")] * 2


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_our_own_list_of_events_is_nothing_new(
    hall: Any, volunteer: Any, import_: Any, tmp_path: Path, kind: str, language: str
) -> None:
    import_("events", EVENTS)
    volunteer.ok("event", "open", "clean")
    volunteer.language = language
    file = tmp_path / f"list.{kind}"
    volunteer.ok("event", "list", "-o", file)
    rows = volunteer.ok("import", "events", file, "-f", "json").json["rows"]
    assert (rows["same"], rows["new"], rows["updated"]) == (3, 0, 0)


def test_places_of_events(hall: Any, volunteer: Any, import_: Any) -> None:
    head, rows = "活动名称,活动日期,开始时间,结束时间,名额", ("不限", "二十人", "30名", "若干", "-3")
    text = "\n".join([head, *(f"活动{said},2026-07-04,9:00,10:00,{said}" for said in rows)])
    found = import_("events", text, "--on-error", "skip", code=5)["rejected"]
    assert [(one["row"], one["reason"]) for one in found] == [(5, "bad_quantity"), (6, "bad_quantity")]
    events = volunteer.ok("event", "list", "-f", "json").json
    assert [row["capacity"] for row in events] == [None, 20, 30]
