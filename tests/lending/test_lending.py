"""A copy that is lent, worked in where there is no network, and brought back."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

OFFICE = """\
person add 样一 --volunteer --phone 19900000001
person add 样二 --volunteer
person add 样三 --volunteer
team add 红队 --code red --leader 样一
event add 清洁日 --code jie --start '2026-07-02 9:00' --end '2026-07-02 11:00' --capacity 1
event open jie
drive add 暖冬 --code winter --start 2026-06-01
drive receive winter --donor person:样一 --item 衣物=10件 --on 2026-06-02
drive sort winter --item 衣物=10件 --as accepted --on 2026-06-03
household add --building 3 --unit 2 --room 501 --head 样二 --on 2026-05-01
"""


@dataclass
class Pair:
    """The office's database and the copy of it that is out."""

    office: Volunteer
    laptop: Volunteer

    @property
    def file(self) -> Path:
        path: Path = self.laptop.database
        return path

    def merge(self, *words: object) -> list[dict[str, Any]]:
        """What a merge that goes through says of each operation, with all checks silent afterwards."""
        outcomes: list[dict[str, Any]] = self.office.ok("db", "merge", self.file, *words, "-f", "json").json
        assert self.office("check").out == ""
        return outcomes

    def codes(self, *words: object) -> list[str | None]:
        """What is against the operations of the copy that cannot be brought; nothing is written."""
        before = self.office.dump()
        refused = self.office.refused("conflicts", "db", "merge", self.file, *words, "-f", "json")
        assert self.office.dump() == before
        return [row["code"] for row in refused.json]


@pytest.fixture(scope="module")
def lent_office(binhu_database: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with something to be lent, made once."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    if not isinstance(binhu_database, Path):
        pytest.skip("only a file is lent")
    shutil.copy(binhu_database, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOLUNTEER_CONFIG", "/nonexistent")
        patch.setenv("VOLUNTEER_ACTOR", "tester")
        Volunteer(path).ok("batch", stdin=OFFICE)
    return path


@pytest.fixture
def office(lent_office: Path, tmp_path: Path) -> Volunteer:
    path = tmp_path / "office.db"
    shutil.copy(lent_office, path)
    return Volunteer(path)


@pytest.fixture
def lend(office: Volunteer, tmp_path: Path) -> Callable[..., Pair]:
    def lend(site: int = 2, *words: object) -> Pair:
        file = tmp_path / f"site{site}-{len(list(tmp_path.iterdir()))}.db"
        office.ok("db", "lend", file, "--site", site, *words)
        return Pair(office, Volunteer(file))

    return lend


@pytest.fixture
def pair(lend: Callable[..., Pair]) -> Pair:
    return lend()


def history(volunteer: Volunteer, **conditions: object) -> list[dict[str, Any]]:
    rows = volunteer.rows("history", "list")
    return [row for row in rows if all(row[name] == value for name, value in conditions.items())]


# --- lending ---


def test_the_copy_numbers_records_and_papers_apart(pair: Pair) -> None:
    added = pair.laptop.ok("person", "add", "样四", "--volunteer", "-f", "json").json
    assert (added["id"], added["volunteer_no"]) == (200_000_001, "BINHU-V2000001")
    there = pair.office.ok("person", "add", "样五", "--volunteer", "-f", "json").json
    assert (there["id"], there["volunteer_no"]) == (4, "BINHU-V0004")
    assert [row["site"] for row in history(pair.laptop)][:2] == [2, None]
    assert pair.laptop("check").out == pair.office("check").out == ""


def test_what_is_lent_stands_on_the_worklist_until_it_is_back(lend: Callable[..., Pair]) -> None:
    pair = lend(3, "--until", "2026-07-05")
    (row,) = (row for row in pair.office.rows("report", "today") if row["task"] == "bring_back_copy")
    assert (row["what"], row["due"], row["overdue"]) == (f"site 3: {pair.file}", "2026-07-05", False)
    pair.office.today = "2026-07-06"
    (row,) = (row for row in pair.office.rows("report", "today") if row["task"] == "bring_back_copy")
    assert (row["overdue"], row["next"]) == (True, f"volunteer db merge {pair.file}")
    assert not [row for row in pair.laptop.rows("report", "today") if row["task"] == "bring_back_copy"]
    pair.merge()
    assert not [row for row in pair.office.rows("report", "today") if row["task"] == "bring_back_copy"]


def test_info_and_doctor_tell_a_copy_from_the_office(lend: Callable[..., Pair]) -> None:
    pair = lend(3, "--until", "2026-07-05")
    office, laptop = (each.ok("db", "info", "-f", "json").json for each in (pair.office, pair.laptop))
    assert (office["site"], office["until"], office["copies_out"]) == (None, None, 1)
    assert (laptop["site"], laptop["until"], laptop["copies_out"]) == (3, "2026-07-05", 0)
    assert "1 is out" in pair.office("doctor").out
    assert "copy of site 3" in pair.laptop("doctor").out


def test_lending_is_an_operation_with_the_last_common_one_in_both(pair: Pair) -> None:
    (loan,) = pair.office.dump()["loan"]
    (borrowed,) = pair.laptop.dump()["loan"]
    assert loan[:8] == borrowed[:8]
    assert history(pair.office)[0]["command"] == "db lend"
    assert history(pair.laptop)[0]["id"] == history(pair.office)[1]["id"]
    pair.office.ok("undo")
    pair.office.refused("not_lent", "db", "merge", pair.file)


def test_a_dry_run_lends_nothing(office: Volunteer, tmp_path: Path) -> None:
    before = office.dump()
    office.ok("db", "lend", tmp_path / "no.db", "--site", 2, "-n")
    assert office.dump() == before
    assert not (tmp_path / "no.db").exists()


def test_what_cannot_be_lent(pair: Pair, tmp_path: Path) -> None:
    before = pair.office.dump()
    pair.office.refused("site_lent", "db", "lend", tmp_path / "other.db", "--site", 2, exit_code=1)
    pair.office.refused("file_exists", "db", "lend", pair.file, "--site", 4, exit_code=7)
    pair.office.refused("folder_vanished", "db", "lend", "/proc/no/copy.db", "--site", 4)
    assert pair.office("db", "lend", tmp_path / "other.db", "--site", 21).code == 2
    pair.laptop.refused("lent_copy", "db", "lend", tmp_path / "other.db", "--site", 4)
    assert pair.office.dump() == before
    assert not (tmp_path / "other.db").exists()


def test_what_cannot_be_merged(
    pair: Pair, make_volunteer: Callable[[str], Volunteer], tmp_path: Path
) -> None:
    plain, other = tmp_path / "plain.db", make_volunteer("other")
    shutil.copy(pair.office.database, plain)
    foreign = tmp_path / "foreign.db"
    foreign.write_text("no database at all")
    for code, file in (
        ("not_lent", plain),
        ("not_lent", other.database),
        ("same_file", pair.office.database),
        ("database_foreign", foreign),
        ("database_missing", tmp_path / "nowhere.db"),
    ):
        pair.office.refused(code, "db", "merge", file)
    other.refused("not_lent", "db", "merge", pair.file)
    pair.laptop.refused("lent_copy", "db", "merge", pair.office.database)
    with sqlite3.connect(pair.file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    assert "db upgrade" in pair.office.refused("database_too_old", "db", "merge", pair.file).err
    with sqlite3.connect(pair.file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    pair.office.refused("database_too_new", "db", "merge", pair.file)


def test_a_copy_does_not_take_the_place_of_the_database(pair: Pair) -> None:
    pair.office.refused("lent_copy", "db", "restore", pair.file, "--yes")
    pair.laptop.ok("db", "backup", pair.file.with_name("backup.db"))
    pair.laptop.ok("db", "restore", pair.file.with_name("backup.db"), "--yes")


def test_check_finds_ids_of_another_site(pair: Pair) -> None:
    for volunteer, key in ((pair.office, 200_000_007), (pair.laptop, 300_000_007)):
        with sqlite3.connect(volunteer.database) as connection:
            connection.execute("UPDATE person_label SET id = id")
            connection.execute(
                "INSERT INTO community (id, code, name) VALUES (?, 'fremd', '样例社区')", (key,)
            )
        assert f"community:{key}" in volunteer("check", "site-ids").out


# --- bringing back ---


def test_what_was_done_comes_with_its_actor_words_and_time(pair: Pair) -> None:
    pair.laptop.ok("person", "add", "样四", "--volunteer", env={"VOLUNTEER_ACTOR": "村里"})
    pair.laptop.ok("hours", "add", "样四", "--date", "2026-06-29", "--hours", 2)
    pair.laptop.ok("team", "join", "red", "样四", "--on", "2026-06-30")
    pair.office.ok("person", "add", "样五", "--volunteer")
    there = {row["id"]: row for row in history(pair.laptop)}
    outcomes = pair.merge()
    assert [row["state"] for row in outcomes] == ["brought"] * 3
    for row in outcomes:
        (here,) = history(pair.office, id=row["operation"])
        for name in ("at", "actor", "command", "arguments", "rows"):
            assert here[name] == there[row["id"]][name], name
        shown = pair.office.ok("history", "show", row["operation"], "-f", "json").json
        assert (shown["site"], shown["origin"]) == (2, row["id"])
        assert shown["merge"] == history(pair.office)[0]["id"]
    person = pair.office.ok("person", "show", "样四", "-f", "json").json
    assert (person["id"], person["volunteer_no"]) == (5, "BINHU-V2000001")
    assert pair.office.ok("person", "show", 200_000_001, "-f", "json").json["id"] == 5
    assert (
        pair.office.ok("person", "add", "样六", "--volunteer", "-f", "json").json["volunteer_no"]
        == "BINHU-V0005"
    )


def test_a_second_merge_brings_nothing_and_an_undo_takes_all_back(pair: Pair) -> None:
    pair.laptop.ok("person", "add", "样四", "--volunteer")
    pair.laptop.ok("hours", "add", "样四", "--date", "2026-06-29", "--hours", 2)
    pair.laptop.ok("hours", "confirm", "--period", "2026-06")
    before = pair.office.dump()
    pair.merge()
    after, latest = pair.office.dump(), history(pair.office)[0]["id"]
    assert pair.merge() == []
    assert (pair.office.dump(), history(pair.office)[0]["id"]) == (after, latest)
    pair.office.ok("undo")
    assert pair.office.dump() == before
    assert pair.office("check").out == ""
    pair.office.ok("undo", latest + 1)
    assert pair.office.dump() == after
    assert pair.office("check").out == ""
    pair.office.ok("undo", latest)
    assert [row["state"] for row in pair.merge()] == ["brought"] * 3


def test_a_dry_run_says_what_would_become_of_each(pair: Pair) -> None:
    pair.laptop.ok("person", "add", "样四")
    pair.laptop.ok("person", "edit", "样一", "--note", "甲")
    pair.office.ok("person", "edit", "样一", "--note", "乙")
    before, operations = pair.office.dump(), history(pair.office)
    rows = pair.office.ok("db", "merge", pair.file, "-n", "-f", "json").json
    assert [(row["state"], row["code"]) for row in rows] == [("brought", None), ("refused", "changed_since")]
    assert (pair.office.dump(), history(pair.office)) == (before, operations)


def test_the_copy_goes_on_after_a_merge(pair: Pair) -> None:
    pair.laptop.ok("person", "add", "样四")
    pair.merge()
    pair.laptop.ok("hours", "add", "样四", "--date", "2026-06-29", "--hours", 2)
    assert [row["command"] for row in pair.merge()] == ["hours add"]
    assert len(pair.office.rows("hours", "list", "--person", "样四")) == 1


def test_a_site_lent_anew_supersedes_the_old_copy(lend: Callable[..., Pair]) -> None:
    old = lend()
    old.laptop.ok("person", "add", "样四")
    old.merge()
    new = lend()
    assert new.laptop.ok("person", "add", "样五", "-f", "json").json["id"] == 200_010_001
    old.office.refused("already_merged", "db", "merge", old.file)
    new.merge()


def test_a_copy_of_a_copy_that_came_back_is_another_file(pair: Pair, tmp_path: Path) -> None:
    twin = Volunteer(tmp_path / "twin.db")
    shutil.copy(pair.file, twin.database)
    pair.laptop.ok("person", "add", "样四")
    twin.ok("team", "add", "蓝队")
    pair.merge()
    pair.office.refused("already_merged", "db", "merge", twin.database)


def test_what_was_undone_in_the_copy_is_not_brought(pair: Pair) -> None:
    pair.laptop.ok("team", "add", "蓝队")
    pair.laptop.ok("undo")
    pair.laptop.ok("team", "add", "黄队")
    pair.laptop.ok("undo")
    pair.laptop.ok("undo", history(pair.laptop)[0]["id"])
    assert [row["command"] for row in pair.merge()] == ["team add"]
    assert [row["name"] for row in pair.office.rows("team", "list")] == ["红队", "黄队"]


def test_an_undo_of_what_both_knew_is_brought(office: Volunteer, lend: Callable[..., Pair]) -> None:
    office.ok("team", "add", "蓝队")
    number = history(office)[0]["id"]
    pair = lend()
    pair.laptop.ok("undo", number)
    assert [row["command"] for row in pair.merge()] == ["undo"]
    assert [row["name"] for row in office.rows("team", "list")] == ["红队"]
    (undone,) = history(office, id=number)
    assert undone["undone_by"] == history(office)[1]["id"]
    before = office.dump()
    office.ok("undo")
    assert len(office.rows("team", "list")) == 2
    assert history(office, id=number)[0]["undone_by"] is None
    assert office("check").out == ""
    pair.merge()
    assert office.dump()["team"] == before["team"]


def test_both_did_the_same(pair: Pair) -> None:
    for each in (pair.office, pair.laptop):
        each.ok("person", "edit", "样一", "--note", "甲")
    assert [row["state"] for row in pair.merge()] == ["same"]


@pytest.mark.parametrize(("side", "note", "state"), [("ours", "乙", "kept"), ("theirs", "甲", "brought")])
def test_keep_decides_for_plain_fields(pair: Pair, side: str, note: str, state: str) -> None:
    pair.laptop.ok("person", "edit", "样一", "--note", "甲")
    pair.office.ok("person", "edit", "样一", "--note", "乙")
    assert pair.codes() == ["changed_since"]
    assert [row["state"] for row in pair.merge("--keep", side)] == [state]
    shown = pair.office.ok("person", "show", "样一", "-f", "json", "--reveal", "核对").json
    assert shown["note"] == note


def test_skip_leaves_out_what_is_refused_and_what_builds_on_it(pair: Pair) -> None:
    pair.laptop.ok("person", "add", "样四", "--id-number", "11010519491231002X")
    pair.laptop.ok("hours", "add", "样四", "--date", "2026-06-29", "--hours", 2)
    pair.laptop.ok("team", "add", "蓝队")
    pair.office.ok("person", "add", "样四", "--id-number", "11010519491231002X")
    assert pair.codes() == ["duplicate", "depends"]
    assert [row["state"] for row in pair.merge("--skip")] == ["refused", "refused", "brought"]
    assert pair.merge() == []
    assert len(pair.office.rows("person", "list")) == 4


CONFLICTS: dict[str, tuple[list[str], list[str], str]] = {
    "the last place": (["event signup jie 样二"], ["event signup jie 样三"], "full"),
    "the same place twice": (["event signup jie 样二"], ["event signup jie 样二"], "duplicate"),
    "the same hours twice": (
        ["hours add 样一 --date 2026-06-29 --start 9:00 --end 11:00"],
        ["hours add 样一 --date 2026-06-29 --start 10:00 --end 12:00"],
        "overlap",
    ),
    "edited there, merged here": (
        ["person merge 样一 样三 --yes"],
        ["person edit 样三 --note 甲"],
        "changed_since",
    ),
    "a member of a team that was archived": (
        ["team archive red"],
        ["team join red 样二 --on 2026-06-29"],
        "changed_since",
    ),
    "a member twice": (
        ["team join red 样二 --on 2026-06-29"],
        ["team join red 样二 --on 2026-06-28"],
        "already_member",
    ),
    "two leaders": (
        ["team join red 样二 --on 2026-06-20", "team role red 样二 --role leader"],
        ["team join red 样三 --on 2026-06-20", "team role red 样三 --role leader"],
        "one_leader",
    ),
    "goods boxed twice": (
        ["drive pack winter --item 衣物=8件 --box 一号 --on 2026-06-10"],
        ["drive pack winter --item 衣物=8件 --box 二号 --on 2026-06-10"],
        "negative_stock",
    ),
    "hours of a period that was closed": (
        ["hours close 2026-05"],
        ["hours add 样一 --date 2026-05-04 --hours 2"],
        "period_closed",
    ),
    "a policy that would change a closed period": (
        ["hours close 2026-05"],
        ["policy set hours_per_day_cap 4 --from 2026-05-01"],
        "period_closed",
    ),
    "a notice that does not know what came here": (
        ["drive receive winter --donor person:样二 --item 图书=3本 --on 2026-06-10"],
        [
            "drive receive winter --donor person:样二 --item 衣物=2件 --on 2026-06-10",
            "drive publish winter --on 2026-06-29",
        ],
        "changed_since",
    ),
    "goods of a drive that was closed": (
        ["drive count winter --item 衣物=0件 --reason 盘点 --on 2026-06-05", "drive close winter"],
        ["drive pack winter --item 衣物=8件 --box 二号 --on 2026-06-10"],
        "changed_since",
    ),
    "the same household": (
        ["household add --building 3 --unit 2 --room 502 --on 2026-06-01"],
        ["household add --building 3 --unit 2 --room 502 --on 2026-06-01"],
        "duplicate",
    ),
    "a place at an event that was cancelled": (
        ["event cancel jie"],
        ["event signup jie 样二"],
        "changed_since",
    ),
    "a number typed by hand": (
        ["person edit 样一 --volunteer-no BINHU-V0077"],
        ["person edit 样二 --volunteer-no BINHU-V0077"],
        "duplicate",
    ),
    "a code of an event": (
        ["event add 义诊 --code clinic --start '2026-07-04 12:00' --end 13:00"],
        ["event add 合唱 --code clinic --start '2026-07-05 12:00' --end 13:00"],
        "duplicate",
    ),
    "somebody lives in two places": (
        ["household add --building 5 --room 101 --head 样三 --on 2026-06-01"],
        ["household add --building 6 --room 101 --head 样三 --on 2026-06-01"],
        "changed_since",
    ),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_rules_hold_for_what_comes_back(pair: Pair, name: str) -> None:
    here, there, code = CONFLICTS[name]
    pair.office.ok("organization", "add", "样例学校", "--kind", "school")
    pair.laptop.ok("batch", stdin="\n".join(there))
    pair.office.ok("batch", stdin="\n".join(here))
    assert code in pair.codes()
    pair.merge("--skip")


def test_hours_follow_somebody_who_was_merged_here(pair: Pair) -> None:
    pair.laptop.ok("hours", "add", "样三", "--date", "2026-06-29", "--hours", 2)
    pair.office.ok("person", "merge", "样一", "样三", "--yes")
    assert [row["state"] for row in pair.merge()] == ["brought"]
    assert len(pair.office.rows("hours", "list", "--person", "样一")) == 1


def test_somebody_merged_there_with_hours_here(pair: Pair) -> None:
    pair.laptop.ok("person", "merge", "样一", "样三", "--yes")
    pair.office.ok("hours", "add", "样三", "--date", "2026-06-29", "--hours", 2)
    assert pair.codes() == ["changed_since"]
    assert [row["state"] for row in pair.merge("--skip")] == ["refused"]


def test_certificates_of_both_keep_their_numbers(office: Volunteer, lend: Callable[..., Pair]) -> None:
    office.ok("hours", "add", "样一", "--date", "2026-06-01", "--hours", 2)
    office.ok("hours", "confirm", "--period", "2026-06")
    pair = lend()
    pair.laptop.ok("certificate", "issue", "样一")
    office.ok("certificate", "issue", "样一")
    pair.merge()
    numbers = [row["number"] for row in office.rows("certificate", "list")]
    assert sorted(numbers) == ["BINHU-2026-0001", "BINHU-2026-2000001"]
    office.refused("issued", "undo")


def test_the_number_of_what_was_left_out_is_never_given_again(
    office: Volunteer, lend: Callable[..., Pair]
) -> None:
    pair = lend()
    pair.laptop.ok("person", "add", "样四", "--volunteer", "--id-number", "11010519491231002X")
    office.ok("person", "add", "样四", "--id-number", "11010519491231002X")
    pair.merge("--skip")
    again = lend()
    added = again.laptop.ok("person", "add", "样五", "--volunteer", "-f", "json").json
    assert added["volunteer_no"] == "BINHU-V2000002"


def test_a_sheet_that_was_imported_there_is_known_here(pair: Pair, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名,手机\n样四,19900000004\n样五,19900000005\n", encoding="utf-8")
    pair.laptop.ok("import", "people", sheet)
    assert [row["state"] for row in pair.merge()] == ["brought"]
    assert len(pair.office.rows("person", "list")) == 5
    connection = sqlite3.connect(pair.office.database)
    assert connection.execute(
        "SELECT count(*) FROM import_log WHERE operation_id IS NOT NULL"
    ).fetchone() == (1,)


# --- erasing ---


def everything(path: Path) -> str:
    """All that a database file says, in words."""
    connection = sqlite3.connect(path)
    return "\n".join(connection.iterdump())


def test_who_was_erased_here_does_not_come_back(pair: Pair) -> None:
    pair.laptop.ok("person", "edit", "样二", "--note", "住在河边", "--phone", "19900000099")
    pair.laptop.ok("hours", "add", "样二", "--date", "2026-06-29", "--hours", 2)
    pair.laptop.ok("team", "edit", "red", "--focus", "负责人：样二")
    pair.laptop.ok("person", "add", "样四", "--note", "邻居：样二，电话 19900000099")
    pair.office.ok("person", "erase", "样二", "--reason", "本人要求", "--yes")
    pair.merge()
    assert len(pair.office.rows("hours", "list", "--person", 2)) == 1
    for words in ((), ("undo",), ("db", "merge", pair.file)):
        assert not words or pair.office(*words).code == 0
        text = everything(pair.office.database)
        for secret in ("住在河边", "19900000099", "样二"):
            assert secret not in text, (words, secret)


@pytest.mark.parametrize(
    "step",
    [
        "household register 样二 --at 3-2-501",
        "request add 漏水 --caller 样二",
        "visit add 3-2-501 --by 样二 --by 样一 --met 样三",
        "mediation add --kind neighbours --source applied --party 样二 --party 样三 --mediator 样一",
        "community grid binhu 07 --worker 样二",
        "household block person:样二 --reason 勿扰",
        "person edit 样二 --add-tag 独居老人",
        "team join red 样二",
    ],
)
def test_what_refers_to_who_was_erased_here_comes_without_them(pair: Pair, step: str) -> None:
    """What somebody did goes with them where it tells who they are; all else of the step comes."""
    pair.laptop.ok(*shlex.split(step))
    pair.office.ok("person", "erase", "样二", "--reason", "本人要求", "--yes")
    before = pair.office.dump()
    assert [row["state"] for row in pair.merge()] == ["brought"]
    assert "样二" not in everything(pair.office.database)
    pair.office.ok("undo")
    assert pair.office.dump() == before


def test_who_was_erased_there_is_erased_here(pair: Pair) -> None:
    pair.laptop.ok("hours", "add", "样二", "--date", "2026-06-28", "--hours", 2)
    pair.laptop.ok("person", "erase", "样二", "--reason", "本人要求", "--yes")
    pair.office.ok("person", "edit", "样二", "--note", "住在河边")
    pair.office.ok("team", "edit", "red", "--focus", "负责人：样二")
    pair.merge()
    text = everything(pair.office.database)
    for secret in ("住在河边", "样二"):
        assert secret not in text, secret


def test_a_merge_goes_on_when_what_somebody_forgot_is_taken_back(pair: Pair) -> None:
    """Forgetting asks for the merge's operation within a savepoint, which a check that is against it takes back."""
    parties = ("--party", "样二", "--party", "样三", "--mediator", "样一")
    pair.laptop.ok("mediation", "add", "--kind", "neighbours", "--source", "applied", *parties)
    pair.laptop.ok("person", "erase", "样二", "--reason", "本人要求", "--yes")
    pair.office.ok("person", "erase", "样三", "--reason", "本人要求", "--yes")
    states = [row["state"] for row in pair.merge("--skip", "--keep", "theirs")]
    assert len(states) == 2


def test_erased_on_both_sides(pair: Pair) -> None:
    for each in (pair.office, pair.laptop):
        each.ok("person", "erase", "样二", "--reason", "本人要求", "--yes")
    assert [row["state"] for row in pair.merge()] == ["same"]


# --- other languages, other files ---


def test_it_speaks_chinese(pair: Pair) -> None:
    pair.laptop.ok("team", "add", "蓝队")
    pair.office.language = "zh_CN"
    assert "已从" in pair.office.ok("db", "merge", pair.file).err


def test_two_laptops(lend: Callable[..., Pair]) -> None:
    one, other = lend(1), lend(2)
    one.laptop.ok("event", "signup", "jie", "样二")
    other.laptop.ok("event", "signup", "jie", "样三")
    one.laptop.ok("person", "add", "样四", "--volunteer")
    other.laptop.ok("person", "add", "样五", "--volunteer")
    one.merge()
    assert other.codes() == ["full"]
    other.merge("--skip")
    names = {row["name"]: row["volunteer_no"] for row in one.office.rows("person", "list")}
    assert (names["样四"], names["样五"]) == ("BINHU-V1000001", "BINHU-V2000001")


def test_an_encrypted_database_is_lent_encrypted(volunteer: Volunteer, tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3")
    key = {"VOLUNTEER_KEY_FILE": str(tmp_path / "key")}
    volunteer.ok("db", "encrypt", "--key-file", tmp_path / "key", "--yes", env=key)
    file = tmp_path / "lent.db"
    volunteer.ok("db", "lend", file, "--site", 2, env=key)
    assert not file.read_bytes().startswith(b"SQLite format 3")
    laptop = Volunteer(file)
    laptop.ok("person", "add", "样四", env=key)
    rows = volunteer.ok("db", "merge", file, "-f", "json", env=key).json
    assert [row["state"] for row in rows] == ["brought"]
    assert volunteer("check", env=key).out == ""
