"""One look through everything: what is found where, and what is never shown."""

from __future__ import annotations

import pytest
from volunteering import Volunteer

SCRIPT = """\
person add 样一 --phone 19900000001 --note 会修伞
organization add 急救培训中心 --kind charity
team add 急救队 --code aid --leader 样一
event add 急救讲座 --code talk --start '2026-07-04 9:00' --end 11:00 --place 急救站
drive add 暖冬急救包 --code winter --start 2026-05-01
request add 楼道里要有急救箱 --anonymous
mediation add --kind family --source offered --party 急救甲 --party 乙某 --mediator 样一 --facts 急救之争
"""


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("batch", "-", stdin=SCRIPT)
    return volunteer


def found(volunteer: Volunteer, word: str, *more: str) -> list[tuple[str, str]]:
    return [(row["thing"], row["field"]) for row in volunteer.rows("find", word, *more)]


def test_a_word_in_records_of_all_kinds(office: Volunteer) -> None:
    assert found(office, "急救") == [
        ("organization:1", "name"),
        ("team:1", "name"),
        ("event:1", "title"),
        ("drive:1", "name"),
        ("request:1", "text"),
    ]
    assert found(office, "AID") == [("team:1", "code")], "whatever the case"
    assert found(office, "binhu-r2026-0001") == [("request:1", "number")]
    assert found(office, "无此词") == []


def test_a_status_of_the_office_is_no_match(office: Volunteer) -> None:
    assert found(office, "planned") == []


def test_notes_need_a_reason_and_confidences_are_never_found(office: Volunteer) -> None:
    assert found(office, "修伞") == []
    assert found(office, "修伞", "--reveal", "找修伞的人") == [("person:1", "note")]
    assert office.rows("history", "list")[0]["reason"] == "找修伞的人"
    assert found(office, "急救之争", "--reveal", "找") == []
    assert found(office, "急救甲", "--reveal", "找") == []


@pytest.mark.parametrize(("word", "thing"), [("100%", "event:2"), ("_", "event:3"), ("'", "event:4")])
def test_signs_of_patterns_are_letters(office: Volunteer, word: str, thing: str) -> None:
    for title in ("100%到场", "下_划线", "it's"):
        office.ok("event", "add", title, "--start", "2026-07-05 9:00", "--end", "10:00")
    assert [row[0] for row in found(office, word)] == [thing]


def test_nothing_is_no_word(office: Volunteer) -> None:
    office.refused("missing_value", "find", "")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_text_around_the_word(office: Volunteer, language: str) -> None:
    office.language = language
    office.ok("event", "add", "甲" * 50 + "雨伞" + "乙" * 50, "--start", "2026-07-05 9:00", "--end", "10:00")
    (row,) = office.rows("find", "雨伞")
    assert row["text"] == "…" + "甲" * 30 + "雨伞" + "乙" * 30 + "…"
