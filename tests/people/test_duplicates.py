from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.linking import residents
from volunteering import Volunteer

ID_NUMBERS = ("11010519491231002X", "440524188001010014")


def pairs(volunteer: Volunteer) -> list[tuple[int, int, str]]:
    rows = volunteer.ok("person", "duplicates", "-f", "json").json
    return [(row["first_id"], row["second_id"], row["reason"]) for row in rows]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (["李明", "--phone", "13800000001"], ["李明", "--phone-alt", "13800000001"], "same_phone"),
        (["王小明", "--phone", "13800000001"], ["王晓明", "--phone", "13800000001"], "same_phone"),
        (["王小明", "--phone", "13800000001"], ["王小民", "--phone", "13800000001"], "same_phone"),
        (
            ["Anna Schmidt", "--phone", "13800000001"],
            ["Schmidt Anna", "--phone", "13800000001"],
            "same_phone",
        ),
        (["李明", "--birth", "1965"], ["李明", "--birth", "1965-03-05"], "same_birth"),
        (["李明"], ["黎明"], "same_sound"),
        (["李明"], ["李明"], "same_sound"),
        (["曾强"], ["层强"], None),
        (["李明", "--birth", "1965"], ["黎明", "--birth", "1966"], None),
        (["李明", "--phone", "13800000001"], ["王芳", "--phone", "13800000001"], None),
        (["李明", "--id-number", ID_NUMBERS[0]], ["李明", "--id-number", ID_NUMBERS[1]], None),
        (["李明", "--birth", "1965"], ["李鸣远", "--birth", "1965"], None),
    ],
)
def test_reasons(volunteer: Volunteer, one: list[Any], other: list[Any], reason: str | None) -> None:
    volunteer.ok("person", "add", *one, "--allow-duplicate")
    volunteer.ok("person", "add", *other, "--allow-duplicate")
    assert pairs(volunteer) == ([(1, 2, reason)] if reason else [])


#: One person, as the first and as the second list has them.
HOME = ("--address", "3-2-501")
BORN = ("--birth", "1962-03-05")
REACHED = ("--phone", "13800000012")


@pytest.mark.parametrize(
    ("one", "other", "field", "how"),
    [
        (["王小明", *REACHED, *BORN], ["王小亮", *REACHED, *BORN], "name", "sign_other"),
        (["王小明", *REACHED, *BORN], ["李小明", *REACHED, *BORN], "name", "sign_other"),
        (["王小明", *REACHED], ["王明", *REACHED], "name", "sign_missing"),
        (["王小明", *BORN], ["王小", *BORN], "name", "sign_missing"),
        (["王小明", *BORN], ["王明小", *BORN], "name", "signs_swapped"),
        (["王小明", *HOME], ["王晓明", *HOME], "name", "same_sound"),
        (["张伟", *BORN, *HOME], ["章炜", *BORN, *HOME], "name", "same_sound"),
        (["王小明", *BORN], ["Wang Xiaoming", *BORN], "name", "same_sound"),
        (["王样明", *HOME, *BORN], ["王样民", *HOME, *BORN], "name", "similar_sound"),
        (["王未清", *HOME, *BORN], ["王末清", *HOME, *BORN], "name", "similar_look"),
        (["李王成", *HOME, *BORN], ["李玉成", *HOME, *BORN], "name", "similar_look"),
        (["王小明", *BORN], ["小明王", *BORN], "name", "parts_swapped"),
        (["李明", *HOME], ["明李", *HOME], "name", "parts_swapped"),
        (["欧阳文静", *BORN], ["文静欧阳", *BORN], "name", "parts_swapped"),
        (["Anna Schmidt", *BORN], ["Schmidt Anna", *BORN], "name", "parts_swapped"),
        (["Anna Schmidt", *BORN], ["Anna Schmitt", *BORN], "name", "spelling"),
        (["Robert Sample", *BORN], ["Bob Sample", *BORN], "name", "nickname"),
        (["Anna Schmidt", *BORN], ["Schmidt", *BORN], "name", "part_missing"),
        (["張偉華", *HOME], ["张伟华", *HOME], "name", "other_script"),
        (["王小明", *REACHED], ["小明", *REACHED], "name", "nickname"),
        (["王小明", *BORN, *HOME], ["老王", *BORN, *HOME], "name", "nickname"),
        (["王小明", *BORN, *HOME], ["明明", *BORN, *HOME], "name", "nickname"),
        (
            ["王小明", "--birth", "1962-03-05"],
            ["王小明", "--birth", "1962-05-03"],
            "birth",
            "day_month_swapped",
        ),
        (["王小明", "--birth", "1962-03-05"], ["王小明", "--birth", "1962-03-06"], "birth", "digit_other"),
        (["王小明", "--birth", "1962-03-05"], ["王小明", "--birth", "1926-03-05"], "birth", "digits_swapped"),
        (["王小明", "--birth", "1962"], ["王小明", *BORN], "birth", "same_so_far"),
        (["王小明", *REACHED], ["王小明", "--phone", "13800000013"], "phone", "digit_other"),
        (["王小明", *REACHED], ["王小明", "--phone", "13800000021"], "phone", "digits_swapped"),
        (["王小明", *BORN, *HOME], ["王小明", "--birth", "1970-11-30", *HOME], "flat", "same"),
        (
            ["王小明", *BORN, "--address", "样板路12号楼下"],
            ["王小明", "--address", "样板路12号楼下"],
            "address",
            "same",
        ),
        (["王小明", "--email", "w@example.org"], ["王小明", "--email", "w@example.org"], "email", "same"),
    ],
)
def test_typed_otherwise(
    volunteer: Volunteer, one: list[Any], other: list[Any], field: str, how: str
) -> None:
    volunteer.ok("person", "add", *one, "--allow-duplicate")
    volunteer.ok("person", "add", *other, "--allow-duplicate")
    pair = volunteer.ok("person", "duplicates", "-f", "json").json[0]
    assert (field, how) in {(each["field"], each["how"]) for each in pair["agreeing"]}
    assert pair["score"] == pytest.approx(
        sum(row["weight"] for row in pair["agreeing"] + pair["disagreeing"])
    )


@pytest.mark.parametrize("digits", ["440524188001010041", "440524188001010015"])
def test_an_identity_number_with_a_slip(volunteer: Volunteer, digits: str) -> None:
    """A number that its check character refuses comes in by other ways than ours, from a former program."""
    volunteer.ok("person", "add", "王小明", "--id-number", ID_NUMBERS[1])
    volunteer.ok("person", "add", "王晓明", "--birth", "1880-01-01")
    with sqlite3.connect(volunteer.database) as database:
        database.execute("UPDATE person SET id_number = ? WHERE id = 2", [digits])
    pair = volunteer.ok("person", "duplicates", "-f", "json").json[0]
    assert {"digit_other", "digits_swapped"} & {each["how"] for each in pair["agreeing"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A household: what its people share says nothing of any two of them.
        (["王小明", *HOME], ["李小红", *HOME]),
        (["王小明", *REACHED], ["王晓红", *REACHED]),
        (["王小明", *REACHED, *HOME], ["王小红", *REACHED, *HOME]),
        # Twins and siblings.
        (["王小明", *BORN, *HOME], ["王小亮", *BORN, *HOME]),
        (["王小明", *BORN, *HOME, *REACHED], ["王小亮", *BORN, *HOME, *REACHED]),
        (["王明", *BORN, *HOME], ["王亮", *BORN, *HOME]),
        (["王明", *BORN, *REACHED], ["王亮", *BORN, *REACHED]),
        (["王大强", *BORN, *HOME], ["王小刚", *BORN, *HOME]),
        (["Anna Schmidt", *BORN, *HOME], ["Laura Schmidt", *BORN, *HOME]),
        # Father and son.
        (["王强", "--birth", "1962-03-05", *HOME], ["王强波", "--birth", "1990-11-12", *HOME]),
        # Namesakes.
        (["王小明", *BORN, *HOME], ["王小明", "--birth", "1980-11-12", "--address", "5-1-302"]),
        (["王小明", *BORN], ["王晓明", "--birth", "1980-11-12"]),
        # Valid numbers that differ in one digit and the check character.
        (
            ["王小明", *REACHED, "--id-number", "11010519491231002X"],
            ["王小明", *REACHED, "--id-number", "110105194912310038"],
        ),
    ],
)
def test_two_people(volunteer: Volunteer, one: list[Any], other: list[Any]) -> None:
    volunteer.ok("person", "add", *one, "--allow-duplicate")
    volunteer.ok("person", "add", *other, "--allow-duplicate")
    assert pairs(volunteer) == []


def test_scores_and_what_they_are_made_of(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "王小明", *BORN, *HOME, "--sex", "male")
    volunteer.ok("person", "add", "王晓明", *BORN, "--address", "5-1-302", "--sex", "male")
    volunteer.ok("person", "add", "李明")
    volunteer.ok("person", "add", "黎明")
    rows = volunteer.ok("person", "duplicates", "-f", "json").json
    assert [(row["first_id"], row["second_id"]) for row in rows] == [(1, 2), (3, 4)]
    assert [row["field"] for row in rows[0]["agreeing"]] == ["name", "birth", "sex"]
    assert [(row["field"], row["how"]) for row in rows[0]["disagreeing"]] == [("flat", "other")]
    assert rows[0]["score"] > rows[1]["score"]
    highest = str(rows[0]["score"])
    assert volunteer.ok("person", "duplicates", "--min-score", highest, "-f", "json").json == rows[:1]
    assert volunteer.ok("person", "duplicates", "--min-score", "99", "-f", "json").json == []
    volunteer.language = "zh"
    table = volunteer.ok("person", "duplicates", "-f", "markdown").out
    assert "姓名：读音相同" in table
    assert "住户：不同" in table


def test_an_import_mentions_whom_it_added(volunteer: Volunteer, tmp_path: Path) -> None:
    volunteer.ok("person", "add", "王小明", *BORN)
    volunteer.ok("person", "add", "李明")
    sheet, more = tmp_path / "new.csv", tmp_path / "more.csv"
    sheet.write_text("姓名,出生日期\n王晓明,1962-03-05\n赵样一,1970-01-02\n", encoding="utf-8")
    more.write_text("姓名,出生日期\n小明王,1962-03-05\n黎明,\n", encoding="utf-8")
    run = volunteer.ok("import", "people", sheet)
    assert "1 of those who were added may be on file twice; see: volunteer person duplicates" in run.err
    assert "on file twice" not in volunteer.ok("import", "people", sheet).err
    volunteer.language = "zh"
    summary = volunteer.ok("import", "people", more, "-f", "json").json
    assert summary["rows"]["new"] == 2
    assert summary["remarks"] == ["新增的人中有2人可能重复建档；查看：volunteer person duplicates"]


def test_lists_typed_twice(volunteer: Volunteer, tmp_path: Path) -> None:
    """A small form of the set that the benchmarks measure at full size."""
    accuracy = residents(lambda *words: volunteer(*words).out, tmp_path, people=1_500, copies=150)
    assert accuracy.recall >= 0.9
    assert accuracy.precision >= 0.98


def test_a_guardian_is_somebody_else(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "王小明", "--phone", "13800000001")
    volunteer.ok("person", "add", "王晓明", "--phone", "13800000001", "--guardian", "1")
    assert pairs(volunteer) == []


def test_strongest_reason_first_and_archived_ones_left_out(volunteer: Volunteer) -> None:
    for words in (["李明"], ["黎明", "--birth", "1965"], ["黎明", "--birth", "1965-03"]):
        volunteer.ok("person", "add", *words)
    assert pairs(volunteer) == [(2, 3, "same_birth"), (1, 2, "same_sound"), (1, 3, "same_sound")]
    volunteer.ok("person", "archive", "1")
    assert pairs(volunteer) == [(2, 3, "same_birth")]


def test_a_dismissed_pair_stays_away(volunteer: Volunteer) -> None:
    for name in ("李明", "黎明"):
        volunteer.ok("person", "add", name)
    volunteer.ok("person", "duplicates", "--dismiss", "2", "1")
    assert pairs(volunteer) == []
    assert "Nothing changed" in volunteer.ok("person", "duplicates", "--dismiss", "李明", "黎明").err
    volunteer.refused("same_person", "person", "duplicates", "--dismiss", "1", "1", exit_code=1)
    volunteer.refused("not_found", "person", "duplicates", "--dismiss", "1", "9", exit_code=4)
    volunteer.ok("undo")
    assert len(pairs(volunteer)) == 1


def test_a_phone_of_many_and_a_common_sound(volunteer: Volunteer) -> None:
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.people import rules

    with volunteer.writing() as session:
        names = [f"office{chr(97 + n // 26)}{chr(97 + n % 26)}xyz" for n in range(0, 400, 7)] + ["李明"] * 20
        rows = [rules.checked_person({"name": name, "phone": "053184230001"}) for name in names[:-20]]
        rows += [rules.checked_person({"name": name}) for name in names[-20:]]
        rows += [
            rules.checked_person({"name": name, "phone": "053184230001"}) for name in ("王小明", "王晓明")
        ]
        rules.add_people(session, the_community(session), rows, today=date(2026, 6, 30))
    reasons = {
        (row["first"], row["second"]) for row in volunteer.ok("person", "duplicates", "-f", "json").json
    }
    assert ("王小明", "王晓明") in reasons
    assert ("李明", "李明") not in reasons


def test_chinese_reason(volunteer: Volunteer) -> None:
    for name in ("李明", "黎明"):
        volunteer.ok("person", "add", name)
    volunteer.language = "zh"
    assert "姓名读音相同" in volunteer.ok("person", "duplicates", "-f", "markdown").out
