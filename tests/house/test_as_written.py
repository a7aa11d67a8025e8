"""What people read is kept as they wrote it, and found in whichever form it is typed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from volunteering import Volunteer

TITLE = "文明课堂：垃圾分类（第一期）！①"
FOLDED = "文明课堂:垃圾分类(第一期)!1"
PLACE = "三楼，会议室 ㎡"


@pytest.fixture
def planned(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "李明", "--note", "①先电话；再上门 ℃")
    volunteer.ok("team", "add", "绿色家园（一队）", "--focus", "楼道、花园：清洁！")
    times = ("--start", "2026-06-20 09:00", "--end", "11:00")
    volunteer.ok("event", "add", f" {TITLE} \t", "--place", PLACE, "--team", "绿色家园(一队)", *times)
    return volunteer


def test_it_is_kept_as_it_was_written(planned: Volunteer) -> None:
    (event,) = planned.rows("event", "list")
    assert (event["title"], event["place"], event["team"]) == (TITLE, PLACE, "绿色家园（一队）")
    assert (
        planned.rows("person", "list", "--fields", "note", "--reveal", "test")[0]["note"]
        == "①先电话；再上门 ℃"
    )
    assert planned.rows("team", "list", "--fields", "focus") == [{"focus": "楼道、花园：清洁！"}]


@pytest.mark.parametrize("typed", [TITLE, FOLDED, "文明课堂:垃圾", "文明课堂：垃圾"])
def test_it_is_found_in_any_form(planned: Volunteer, typed: str) -> None:
    assert planned.rows("event", "show", typed)["id"] == 1  # type: ignore[call-overload]


@pytest.mark.parametrize("word", ["(第一期)", "（第一期）", "会议室", "m2", "㎡"])
def test_find_and_where_compare_the_forms(planned: Volunteer, word: str) -> None:
    assert [row["thing"] for row in planned.rows("find", word)] == ["event:1"]
    narrowed = planned.rows("event", "list", "--where", f"title~'{word}' or place~'{word}'")
    assert len(narrowed) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("team", "add", "绿色家园(一队)"),
        ("organization", "add", "样例(济南)公司"),
        ("community", "add", "滨湖(新)社区", "--code", "neu"),
    ],
)
def test_two_names_that_fold_the_same_are_the_same(planned: Volunteer, words: tuple[str, ...]) -> None:
    planned.ok("organization", "add", "样例（济南）公司")
    planned.ok("community", "add", "滨湖（新）社区", "--code", "xin")
    refused = planned(*words, "--community", "binhu") if words[0] == "team" else planned(*words)
    assert refused.code == 1, refused.err
    assert "[conflict]" in refused.err or "[duplicate]" in refused.err


def test_control_characters_and_line_ends_are_no_text(planned: Volunteer) -> None:
    planned.refused("bad_text", "event", "edit", "1", "--place", "a\x07b")
    planned.ok("event", "edit", "1", "--place", " a \r\n b\t ")
    assert planned.rows("event", "list")[0]["place"] == "a b"


SHEETS = {
    "events": "活动名称,活动日期,开始时间,结束时间,地点\n文明课堂（第二期）！,2026-06-21,9:00,11:00,三楼，②号厅\n",
    "teams": "队伍名称,服务方向\n红队（二）,门前三包：清洁！\n",
    "organizations": "单位名称,地址\n样例（济南）公司,经十路①号，二楼\n",
    "people": "姓名,电话,备注,所属服务队\n王芳,19900000002,①先电话；℃,蓝队（三）\n",
    "hours": "姓名,活动名称,日期,开始时间,结束时间,服务内容\n李明,植树（一）！,2026-06-22,9:00,11:00,浇水；①号坡\n",
}
OPTIONS = {"people": ["--create-teams"], "hours": ["--create-events"]}


def _brought(volunteer: Volunteer, kind: str, file: Path) -> dict[str, int]:
    rows: dict[str, int] = volunteer.ok("import", kind, file, *OPTIONS.get(kind, []), "-f", "json").json[
        "rows"
    ]
    return rows


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("stored", ["now", "before"])
def test_a_sheet_keeps_it_and_brings_nothing_again(
    planned: Volunteer, tmp_path: Path, kind: str, stored: str
) -> None:
    file = tmp_path / f"{kind}.csv"
    file.write_text(SHEETS[kind].replace("，", "，") if kind != "events" else SHEETS[kind], encoding="utf-8")
    assert _brought(planned, kind, file)["new"] == 1
    if stored == "before":
        _fold(planned.database)
    else:
        columns = {str(value) for rows in planned.dump().values() for row in rows for value in row}
        for text in file.read_text(encoding="utf-8").splitlines()[1].split(","):
            assert not any(sign in text for sign in "（①") or text in columns
    again = _brought(planned, kind, file)
    assert (again["new"], again["updated"], again["same"], again["rejected"]) == (0, 0, 1, 0)


def _fold(database: Path) -> None:
    """Make the texts what they were when everything was stored in the form in which it is compared."""
    import unicodedata

    columns = {
        "event": ("title", "place"), "team": ("name", "focus"), "organization": ("name", "address"),
        "person": ("note",), "hours_record": ("work",),
    }  # fmt: skip
    with sqlite3.connect(database) as connection:
        connection.create_function("nfkc", 1, lambda text: text and unicodedata.normalize("NFKC", text))
        for table, names in columns.items():
            for name in names:
                connection.execute(f"UPDATE {table} SET {name} = nfkc({name})")
    connection.close()


def test_pictures_of_several_signs_stay_one(planned: Volunteer) -> None:
    """What cannot be seen is taken out, but not the joiner that makes a family of four people."""
    title = "家庭日👩‍👩‍👧‍👦❤️‍🔥"
    planned.ok("event", "add", f"{title}\u200b", "--start", "2026-08-01 9:00", "--end", "11:00")
    assert planned.rows("event", "list")[-1]["title"] == title
    assert planned.rows("event", "show", title)["title"] == title  # type: ignore[call-overload]
