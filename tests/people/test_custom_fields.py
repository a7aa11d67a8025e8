"""Fields that an office defines: given, listed, asked for, merged, erased, undone and checked like built-in ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

#: One field of each kind, and one that is said in confidence.
FIELDS = (
    ("vehicle", "--title", "车辆", "--choice", "小汽车", "--choice", "电动车"),
    ("height", "--kind", "number"),
    ("consent", "--kind", "yes-no", "--title", "同意书"),
    ("insured", "--kind", "date", "--title", "保险到期"),
    ("shirt", "--title", "T-shirt size"),
    ("bank", "--title", "银行卡", "--private"),
)


@pytest.fixture
def fields(volunteer: Volunteer) -> Volunteer:
    """Two people, and the fields."""
    volunteer.ok("person", "add", "林一", "--phone", "19900000001", "--volunteer")
    volunteer.ok("person", "add", "林二", "--volunteer")
    for words in FIELDS:
        volunteer.ok("field", "add", "person", *words)
    return volunteer


def values(volunteer: Volunteer, person: object = 1, *words: object) -> dict[str, Any]:
    shown = volunteer.ok("person", "show", person, "-f", "json", "--fields", "fields", *words).json
    held: dict[str, Any] = shown["fields"]
    return held


def test_a_value_of_each_kind_is_read_kept_and_shown(fields: Volunteer) -> None:
    typed = ("vehicle=小汽车", "height=1,234.50", "consent=√", "保险到期=2026年7月1日", "T-shirt size=XL")
    fields.ok("person", "edit", "林一", *(word for text in typed for word in ("--set", text)))
    plain = {"vehicle": "小汽车", "height": 1234.5, "consent": True, "insured": "2026-07-01", "shirt": "XL"}
    assert values(fields) == {**plain, "bank": None}
    row = fields.rows("person", "list", "--fields", "id,车辆,height,consent", "--where", "height>1000")
    assert row == [{"id": 1, "vehicle": "小汽车", "height": 1234.5, "consent": True}]
    assert "1,234.50" in fields.ok("person", "show", "林一", "-f", "table").out
    assert (
        fields.ok("person", "list", "--fields", "name,height", "-f", "csv").out.splitlines()[1]
        == "林一,1234.5"
    )


def test_numbers_and_days_are_sorted_and_asked_for_as_such(fields: Volunteer) -> None:
    for name, height, day in (("林一", "9", "2026-10-01"), ("林二", "10.0", "2026-09-30")):
        fields.ok("person", "edit", name, "--set", f"height={height}", "--set", f"insured={day}")
    assert [row["id"] for row in fields.rows("person", "list", "--sort", "height")] == [1, 2]
    assert [row["id"] for row in fields.rows("person", "list", "--sort", "-insured")] == [1, 2]
    assert [row["id"] for row in fields.rows("person", "list", "--where", "保险到期<2026-10")] == [2]
    assert [row["id"] for row in fields.rows("person", "list", "--where", "height=''")] == []


def test_a_value_is_set_when_added_cleared_and_given_to_many(fields: Volunteer) -> None:
    fields.ok("person", "add", "林三", "--set", "consent=否", "--set", "vehicle=电动车")
    assert values(fields, 3)["consent"] is False
    fields.ok("person", "edit", "--where", "id>1", "--set", "shirt=M")
    assert [values(fields, key)["shirt"] for key in (1, 2, 3)] == [None, "M", "M"]
    fields.ok("person", "edit", "林三", "--set", "vehicle=")
    assert values(fields, 3)["vehicle"] is None
    assert "Nothing changed" in fields.ok("person", "edit", "林二", "--set", "shirt=M").err


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("bad_choice", "vehicle=大卡车"),
        ("bad_number", "height=tall"),
        ("bad_number", "height=12 kg"),
        ("bad_choice", "consent=maybe"),
        ("bad_date", "insured=soon"),
        ("too_long", f"shirt={'L' * 501}"),
        ("not_found", "vehicel=小汽车"),
        ("usage", "vehicle"),
        ("usage", "=小汽车"),
    ],
)
def test_what_is_no_value_is_refused(fields: Volunteer, code: str, text: str) -> None:
    fields.refused(code, "person", "edit", "林一", "--set", text)
    assert not any(values(fields).values())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("built_in", ("phone",)),
        ("built_in", ("电话",)),
        ("built_in", ("mobile", "--title", "姓名")),
        ("duplicate", ("Vehicle",)),
        ("duplicate", ("plate", "--title", "车 辆")),
        ("bad_name", ("3d",)),
        ("bad_name", ("a=b",)),
        ("bad_name", ("x" * 41,)),
        ("missing_value", ("colour", "--kind", "choice")),
        ("bad_choice", ("colour", "--kind", "text", "--choice", "red")),
        ("bad_choice", ("colour", "--kind", "colour")),
    ],
)
def test_what_cannot_be_a_field_is_refused(fields: Volunteer, code: str, words: tuple[str, ...]) -> None:
    fields.refused(code, "field", "add", "person", *words)
    assert len(fields.rows("field", "list")) == len(FIELDS)


def test_words_of_both_languages_name_a_kind_and_a_noun(volunteer: Volunteer) -> None:
    volunteer.language = "zh"
    volunteer.ok("field", "add", "人员", "驾照 到期", "--kind", "日期")
    (field,) = volunteer.rows("field", "list", "志愿者")
    assert (field["noun"], field["name"], field["kind"]) == ("person", "驾照到期", "date")


def test_words_of_an_office_are_no_words_of_ours(volunteer: Volunteer) -> None:
    """A title or a choice that is a message of the program too is not translated."""
    volunteer.language = "zh"
    volunteer.ok("person", "add", "林一", "--volunteer")
    volunteer.ok(
        "field", "add", "person", "mood", "--title", "Score", "--choice", "other", "--choice", "text"
    )
    volunteer.ok("person", "edit", "林一", "--set", "mood=other")
    for words in (
        ("person", "list", "--fields", "mood"),
        ("person", "show", "1", "--fields", "mood"),
        ("report", "volunteers", "--by", "mood"),
        ("field", "show", "mood"),
    ):
        shown = volunteer.ok(*words, "-f", "table").out
        assert "Score" in shown, words
        assert "other" in shown, words


def test_a_field_is_removed_only_without_values(fields: Volunteer) -> None:
    fields.ok("person", "edit", "林一", "--set", "vehicle=小汽车")
    refused = fields.refused("values_stand", "field", "remove", "vehicle")
    assert "volunteer field archive person vehicle" in refused.err
    fields.ok("field", "remove", "person", "height")
    fields.ok("undo")
    assert "height" in values(fields)


def test_an_archived_field_keeps_its_values_and_takes_none(fields: Volunteer) -> None:
    fields.ok("person", "edit", "林一", "--set", "vehicle=小汽车")
    fields.ok("field", "archive", "vehicle")
    assert "vehicle" not in values(fields)
    fields.refused("archived", "person", "edit", "林一", "--set", "vehicle=电动车")
    fields.ok("check")
    fields.ok("field", "restore", "vehicle")
    assert values(fields)["vehicle"] == "小汽车"


def test_kind_and_choices_change_only_with_values_that_fit(fields: Volunteer) -> None:
    fields.ok("person", "edit", "林一", "--set", "vehicle=小汽车", "--set", "shirt=3.50")
    fields.refused("values_stand", "field", "edit", "vehicle", "--remove-choice", "小汽车")
    fields.refused("not_found", "field", "edit", "vehicle", "--remove-choice", "飞机")
    fields.ok("field", "edit", "vehicle", "--remove-choice", "电动车", "--add-choice", "货车")
    assert fields.ok("field", "show", "车辆", "-f", "json").json["choices"] == ["小汽车", "货车"]
    fields.ok("field", "edit", "shirt", "--kind", "number")
    assert values(fields)["shirt"] == 3.5
    fields.refused("values_stand", "field", "edit", "shirt", "--kind", "date")


def test_a_choice_typed_with_a_space_is_the_same_choice(fields: Volunteer) -> None:
    fields.ok("person", "edit", "林一", "--set", "vehicle=小汽车")
    fields.ok("field", "edit", "vehicle", "--choice", " 小汽车", "--choice", "货车")
    assert fields.ok("field", "show", "vehicle", "-f", "json").json["choices"] == ["小汽车", "货车"]


def test_what_is_private_is_seen_with_a_reason_alone(fields: Volunteer) -> None:
    fields.ok("person", "edit", "林一", "--set", "bank=6222020200112233", "--set", "shirt=19900000009")
    for words in (("list", "--fields", "fields,bank,hidden"), ("show", "1")):
        shown = fields.ok("person", *words, "-f", "json").out
        assert "6222" not in shown
        assert '"hidden": ["bank"]' in " ".join(shown.split()).replace("[ ", "[").replace(" ]", "]")
    assert values(fields)["shirt"] == "199****0009"
    assert values(fields, 1, "--reveal", "核对")["bank"] == "6222020200112233"
    assert not fields.rows("person", "list", "--where", "bank~6222")
    assert "6222" not in fields.ok("history", "show", "9", "-f", "json").out
    fields.ok("field", "edit", "bank", "--public")
    assert values(fields)["bank"] == "622****2233"


def test_adding_changing_and_archiving_are_undone(fields: Volunteer) -> None:
    fields.ok("person", "edit", "林一", "--set", "height=1.80", "--set", "bank=1")
    before = values(fields)
    fields.ok("person", "edit", "林一", "--set", "height=2", "--set", "bank=")
    fields.ok("undo")
    assert values(fields) == before
    fields.ok("field", "edit", "height", "--kind", "text")
    fields.ok("undo")
    assert values(fields) == before
    fields.ok("field", "add", "person", "colour")
    fields.ok("undo")
    assert "colour" not in values(fields)


def test_of_two_that_become_one_what_is_filled_wins(fields: Volunteer) -> None:
    fields.ok("person", "edit", "林一", "--set", "vehicle=小汽车", "--set", "bank=1")
    fields.ok("person", "edit", "林二", "--set", "vehicle=电动车", "--set", "height=2", "--set", "bank=77")
    told = fields.ok("person", "merge", 1, 2, "--yes").err
    assert "车辆 of 林二 (2): 电动车" in told
    assert "银行卡 of 林二 (2)" in told
    assert "77" not in told
    held = values(fields, 1, "--reveal", "核对")
    assert (held["vehicle"], held["height"], held["bank"]) == ("小汽车", 2, "1")
    fields.ok("undo")
    assert values(fields, 2)["vehicle"] == "电动车"


def test_what_was_known_of_somebody_erased_is_nowhere(fields: Volunteer) -> None:
    secrets = ("XXXXXL-7", "4321234")
    fields.ok("person", "edit", 1, "--set", f"shirt={secrets[0]}", "--set", f"bank={secrets[1]}")
    fields.ok("person", "edit", 1, "--set", "shirt=S", "--set", "bank=")
    fields.ok("person", "edit", 2, "--set", "shirt=wie 林一人")
    fields.ok("person", "erase", 1, "--reason", "本人要求", "--yes")
    fields.ok("check")
    file = fields.database if isinstance(fields.database, Path) else None
    content = file.read_bytes().decode("utf-8", "replace") if file else str(fields.dump())
    assert not [secret for secret in secrets if secret in content]
    assert values(fields, 2)["shirt"] == "wie 林一人"


def test_others_are_taken_out_of_a_text_when_they_are_erased(fields: Volunteer) -> None:
    fields.ok("person", "add", "样例明")
    fields.ok("person", "edit", 2, "--set", "shirt=wie 样例明")
    fields.ok("person", "erase", 3, "--reason", "本人要求", "--yes")
    assert values(fields, 2)["shirt"] == "wie *"


def test_names_and_choices_are_completed(fields: Volunteer) -> None:
    from volunteer_cli.core.run import Run, running
    from volunteer_cli.core.settings import Given
    from volunteer_cli.fields.contributed import completed

    with running(Run(Given({"db": str(fields.database)}))):
        assert completed("veh") == ["vehicle="]
        assert completed("vehicle=电") == ["vehicle=电动车"]
        assert completed("consent=") == ["consent=yes", "consent=no"]


@pytest.mark.parametrize(
    ("noun", "add"),
    [
        ("organization", ("样例公司",)),
        ("team", ("红队",)),
        ("event", ("清洁日", "--start", "2026-07-04 9:00", "--end", "11:00")),
    ],
)
def test_other_records_have_fields_too(fields: Volunteer, noun: str, add: tuple[str, ...]) -> None:
    fields.refused("built_in", "field", "add", noun, "kind")
    fields.ok("field", "add", noun, "vehicle", "--kind", "number")
    fields.ok(noun, "add", *add, "--set", "vehicle=2.50")
    (row,) = fields.rows(noun, "list", "--where", "vehicle>2")
    assert row["fields"] == {"vehicle": 2.5}
    fields.ok(noun, "edit", row["id"], "--set", "vehicle=")
    assert fields.ok(noun, "show", row["id"], "-f", "json", "--fields", "vehicle").json == {"vehicle": None}
    fields.ok("undo")
    fields.refused("ambiguous", "field", "show", "vehicle")
    assert fields.ok("field", "show", noun, "vehicle", "-f", "json").json["values"] == 1


def test_other_tools_read_the_values(fields: Volunteer) -> None:
    given = ("vehicle=小汽车", "height=1,234.50", "bank=1", "shirt=199 0000 0009", "insured=2026-07-01")
    fields.ok("person", "edit", "林一", *(word for text in given for word in ("--set", text)))
    fields.ok("field", "archive", "insured")
    with closing(sqlite3.connect(fields.database)) as connection:
        rows = connection.execute(
            "SELECT record, field, value, number FROM field_values ORDER BY 2"
        ).fetchall()
    assert rows == [
        ("林一", "height", "1,234.50", 1234.5),
        ("林一", "shirt", "*", None),
        ("林一", "vehicle", "小汽车", None),
    ]
