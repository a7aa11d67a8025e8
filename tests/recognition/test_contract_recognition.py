"""Stars, certificates, honours and evaluations as the contract has them, word by word."""

from __future__ import annotations

from volunteering import Volunteer

AWARD = (
    "award",
    "add",
    "最美志愿者",
    "--person",
    "1",
    "--level",
    "municipal",
    "--by",
    "市文明办",
    "--on",
    "2025-12-05",
)


def test_blanks_are_no_evaluation(served: Volunteer) -> None:
    served.refused("missing_value", "evaluation", "add", "楼道清洁", 1, "--text", "  ", exit_code=2)
    added = served.ok("evaluation", "add", "楼道清洁", 1, "--skill", 4, "--text", "\n", "-f", "json").json
    assert added["text"] is None
    again = served.ok("evaluation", "add", "楼道清洁", 1, "--skill", 4)
    assert "Nothing changed" in again.err


def test_blanks_are_no_document(served: Volunteer) -> None:
    assert served.ok(*AWARD, "--document", "  ", "-f", "json").json["document"] is None
    assert "Nothing changed" in served.ok(*AWARD).err


def test_all_time_goes_up_to_today_and_no_further(served: Volunteer) -> None:
    served.today = "2025-04-01"
    issued = served.ok("certificate", "issue", 1, "-f", "json").json
    assert (issued["period"], issued["minutes"]) == ("2025-03-01..2025-04-01", 120)
    served.today = "2025-02-01"
    served.refused("no_hours", "certificate", "issue", 1, exit_code=1)


def test_a_name_left_empty_is_not_the_actors(served: Volunteer) -> None:
    served.refused("missing_value", "certificate", "issue", 1, "--handler", "", exit_code=1)
    served.refused("missing_value", "evaluation", "add", 1, 1, "--skill", 4, "--by", "", exit_code=1)
    served.ok("policy", "set", "star_thresholds", "1")
    served.refused("missing_value", "star", "grant", 1, 1, "--by", "", exit_code=1)


def test_what_a_person_received_can_be_named_by_its_id(served: Volunteer) -> None:
    served.ok(*AWARD)
    served.ok("evaluation", "add", "楼道清洁", 1, "--skill", 4)
    served.ok(
        *("training", "add", 1, "--topic", "急救", "--by", "红十字会", "--on", "2026-01-05", "--minutes", 60)
    )
    shown = served.ok("person", "show", 1, "-f", "json").json
    assert shown["awards"][0]["id"] == shown["trainings"][0]["id"] == 1
    assert (shown["evaluations"][0]["id"], shown["evaluations"][0]["event_id"]) == (1, 1)
