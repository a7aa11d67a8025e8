from __future__ import annotations

import pytest
from volunteering import Volunteer

ID_NUMBER, OTHER_ID_NUMBER = "11010519491231002X", "440524188001010014"


@pytest.fixture
def pair(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "李明", "--phone", "13800000001", "--skill", "急救", "--birth", "1949")
    volunteer.ok(
        "person", "add", "李明", "--phone", "13800000002", "--skill", "急救", "--skill", "理发", "--id-number", ID_NUMBER,
        "--volunteer", "--address", "3-2-501",
    )  # fmt: skip
    return volunteer


@pytest.mark.postgres
def test_everything_moves_and_blanks_are_filled(pair: Volunteer) -> None:
    pair.ok("person", "add", "李小", "--guardian", "2")
    pair.ok("team", "add", "歌队", "--leader", "2")
    pair.ok("person", "merge", "1", "2", "--yes")
    shown = pair.ok("person", "show", "1", "-f", "json", "--reveal", "test").json
    assert (shown["phone"], shown["phone_alt"]) == ("13800000001", "13800000002")
    assert (shown["birth"], shown["id_number"], shown["volunteer_no"]) == (
        "1949-12-31",
        ID_NUMBER,
        "BINHU-V0001",
    )
    assert (shown["building"], shown["room"], shown["skills"]) == ("3", "501", ["急救", "理发"])
    assert shown["teams"] == ["歌队"]
    assert pair.ok("person", "show", "李小", "-f", "json").json["guardian_id"] == 1
    for former in ("2", "BINHU-V0001"):
        assert pair.ok("person", "show", former, "-f", "ids").out == "1\n"
    pair.ok("person", "edit", "2", "--note", "found by the former id")
    pair.ok("check")


def test_the_number_of_the_dropped_one_goes_on_to_work(pair: Volunteer) -> None:
    pair.ok("person", "edit", "1", "--volunteer")
    pair.ok("person", "merge", "1", "2", "--yes")
    shown = pair.ok("person", "show", "BINHU-V0001", "-f", "json").json
    assert (shown["id"], shown["volunteer_no"]) == (1, "BINHU-V0002")
    pair.refused("conflict", "person", "add", "王芳", "--volunteer-no", "BINHU-V0001", exit_code=1)


def test_merging_twice_leads_all_former_ids_to_the_last(pair: Volunteer) -> None:
    pair.ok("person", "add", "李明", "--phone", "13800000003")
    pair.ok("person", "merge", "1", "2", "--yes")
    pair.ok("person", "merge", "3", "1", "--yes")
    for former in ("1", "2", "3"):
        assert pair.ok("person", "show", former, "-f", "ids").out == "3\n"


def test_memberships_of_the_same_team_never_overlap(pair: Volunteer) -> None:
    pair.ok("team", "add", "歌队")
    pair.ok("team", "join", "歌队", "1", "--on", "2025-01-01")
    pair.ok("team", "leave", "歌队", "1", "--on", "2025-06-01")
    pair.ok("team", "join", "歌队", "2", "--on", "2024-01-01", "--role", "deputy")
    before = pair.dump()
    pair.ok("person", "merge", "1", "2", "--yes")
    spans = sorted((row[4], row[5], row[3]) for row in pair.dump()["membership"])
    assert spans == [("2024-01-01", None, "deputy")], "a deputy is worth more than a member"
    pair.ok("check")
    pair.ok("undo")
    assert pair.dump() == before


def test_dismissed_pairs_follow(pair: Volunteer) -> None:
    pair.ok("person", "add", "黎明")
    pair.ok("person", "duplicates", "--dismiss", "2", "3")
    pair.ok("person", "duplicates", "--dismiss", "1", "2")
    pair.ok("person", "merge", "3", "2", "--yes")
    assert [row[1:] for row in pair.dump()["dismissed_pair"]] == [(1, 3)]


def test_a_guardian_merged_into_the_ward_is_no_guardian(pair: Volunteer) -> None:
    pair.ok("person", "edit", "1", "--guardian", "2")
    pair.ok("person", "merge", "1", "2", "--yes")
    assert pair.ok("person", "show", "1", "-f", "json").json["guardian_id"] is None
    pair.ok("check")


def test_it_asks_first(pair: Volunteer) -> None:
    before = pair.dump()
    pair.refused("needs_yes", "person", "merge", "1", "2", exit_code=2)
    pair.ok("person", "merge", "1", "2", "--dry-run")
    assert pair.dump() == before


@pytest.mark.parametrize(
    ("code", "exit_code", "words"),
    [
        ("same_person", 1, ["1", "1"]),
        ("two_people", 1, ["2", "3"]),
        ("not_found", 4, ["1", "李"]),
        ("ambiguous", 4, ["3", "李明"]),
        ("contradicts_id", 1, ["4", "3"]),
    ],
)
def test_refusals(pair: Volunteer, code: str, exit_code: int, words: list[str]) -> None:
    pair.ok("person", "add", "王芳", "--id-number", OTHER_ID_NUMBER)
    pair.ok("person", "add", "王方", "--birth", "1990")
    before = pair.dump()
    pair.refused(code, "person", "merge", *words, "--yes", exit_code=exit_code)
    assert pair.dump() == before


def test_events_move(pair: Volunteer) -> None:
    pair.ok(
        "event", "add", "义诊", "--start", "2026-07-01 9:00", "--end", "2026-07-01 11:00", "--leader", "2"
    )
    pair.ok("event", "open", "义诊")
    pair.ok("event", "signup", "义诊", "2")
    before = pair.dump()
    pair.ok("person", "merge", "1", "2", "--yes")
    assert [row["person_id"] for row in pair.ok("event", "roster", "义诊", "-f", "json").json] == [1]
    pair.ok("undo")
    assert pair.dump() == before
