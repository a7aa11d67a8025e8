"""Certificates: issued, shown, voided, replaced and verified."""

from __future__ import annotations

from typing import Any

import pytest
from recognition.conftest import Serve
from volunteering import Volunteer

ISSUE = ("certificate", "issue", "陈样一")


def test_a_certificate_freezes_figures_and_lines(served: Volunteer) -> None:
    issued = served.ok(*ISSUE, "--handler", "赵样三", "--contact", "0531-00000000", "-f", "json").json
    code = issued.pop("code")
    assert issued == {
        "id": 1,
        "number": "BINHU-2026-0001",
        "person": "陈样一",
        "person_id": 1,
        "period": "2025-03-01..2026-06-30",
        "minutes": 330,
        "issued_on": "2026-06-30",
        "status": "valid",
        "replaces": None,
        "replaces_id": None,
        "handler": "赵样三",
        "contact": "0531-00000000",
        "scanned_minutes": 120,
        "signed_minutes": 120,
        "reported_minutes": 90,
        "backfilled_minutes": 0,
        "corrected_since": False,
        "voided_on": None,
        "reason": None,
        "lines": [
            {
                "date": "2025-03-01",
                "place": None,
                "activity": "送餐",
                "minutes": 120,
                "evidence": "signed",
                "hours_id": 1,
            },
            {
                "date": "2025-05-01",
                "place": None,
                "activity": "陪诊",
                "minutes": 90,
                "evidence": "reported",
                "hours_id": 2,
            },
            {
                "date": "2026-06-01",
                "place": "3号楼",
                "activity": "楼道清洁",
                "minutes": 120,
                "evidence": "scanned",
                "hours_id": 3,
            },
        ],
        "community": "滨湖社区",
        "community_id": 1,
    }
    assert len(code) == 9
    assert served.ok("certificate", "show", "binhu-2026-0001", "-f", "json").json == {**issued, "code": code}


def test_a_period_takes_its_days_only(served: Volunteer) -> None:
    issued = served.ok(*ISSUE, "--period", "2025", "-f", "json").json
    assert (issued["period"], issued["minutes"], len(issued["lines"])) == ("2025", 210, 2)
    assert served.ok(*ISSUE, "--period", "2025-03-02..2025-05-01", "-f", "json").json["minutes"] == 90


def test_the_cap_of_a_day_holds_on_certificates(served: Volunteer, serve: Serve) -> None:
    serve(served, ("2025-03-01", 420))
    issued = served.ok(*ISSUE, "--period", "2025-03", "-f", "json").json
    assert (issued["minutes"], [line["minutes"] for line in issued["lines"]]) == (480, [120, 360])


@pytest.mark.parametrize("status", ["pending", "needs_review", "rejected", "voided"])
def test_what_is_not_confirmed_is_not_certified(served: Volunteer, serve: Serve, status: str) -> None:
    serve(served, ("2024-01-01", 60), status=status)
    served.refused("no_hours", *ISSUE, "--period", "2024", exit_code=1)


def test_a_community_certifies_its_own_hours_only(served: Volunteer, serve: Serve) -> None:
    served.ok("community", "add", "安大社区", "--code", "anda")
    serve(served, ("2025-07-01", 60), community_id=2)
    assert served.ok(*ISSUE, "-f", "json").json["minutes"] == 330
    other = served.ok(*ISSUE, "--community", "anda", "-f", "json").json
    assert (other["number"], other["minutes"], other["community"]) == ("ANDA-2026-0001", 60, "安大社区")


def test_nobody_without_hours_gets_a_certificate(served: Volunteer) -> None:
    result = served.refused("no_hours", "certificate", "issue", "李样二", exit_code=1)
    assert "volunteer hours list --person 2" in result.err


def test_handler_and_contact_have_defaults(served: Volunteer) -> None:
    first = served.ok(*ISSUE, "--contact", "0531-00000000", "-f", "json").json
    second = served.ok(*ISSUE, "-f", "json").json
    assert (first["handler"], second["contact"]) == ("tester", "0531-00000000")


def test_numbers_go_on_by_year_and_survive_a_dry_run(served: Volunteer) -> None:
    served.ok(*ISSUE)
    assert "Dry run" in served.ok(*ISSUE, "-n").err
    assert served.ok(*ISSUE, "-f", "json").json["number"] == "BINHU-2026-0002"
    served.today = "2027-01-01"
    assert served.ok(*ISSUE, "-f", "json").json["number"] == "BINHU-2027-0001"


def test_a_refused_issue_uses_no_number(served: Volunteer) -> None:
    served.refused("no_hours", *ISSUE, "--period", "2020")
    assert served.ok(*ISSUE, "-f", "json").json["number"] == "BINHU-2026-0001"


def test_a_voided_certificate_keeps_its_number_and_is_replaced(served: Volunteer) -> None:
    served.ok(*ISSUE, "--period", "2025")
    voided = served.ok("certificate", "void", "BINHU-2026-0001", "--reason", "姓名有误", "-f", "json").json
    assert (voided["status"], voided["reason"], voided["minutes"]) == ("voided", "姓名有误", 210)
    assert served.ok(*ISSUE, "-f", "json").json["replaces"] is None
    replacement = served.ok(*ISSUE, "--period", "2025", "-f", "json").json
    assert (replacement["number"], replacement["replaces"]) == ("BINHU-2026-0003", "BINHU-2026-0001")
    assert served.ok(*ISSUE, "--period", "2025", "-f", "json").json["replaces"] is None
    assert served.ok("check").code == 0


def test_voiding_twice_is_no_change(served: Volunteer) -> None:
    served.ok(*ISSUE)
    served.ok("certificate", "void", 1, "--reason", "一")
    assert "Nothing changed" in served.ok("certificate", "void", 1, "--reason", "二").err


def test_an_issue_is_not_undone(served: Volunteer) -> None:
    served.ok(*ISSUE)
    result = served.refused("issued", "undo", exit_code=1)
    assert "volunteer certificate void BINHU-2026-0001" in result.err


def test_a_void_is_undone_unless_replaced(served: Volunteer) -> None:
    served.ok(*ISSUE)
    served.ok("certificate", "void", 1, "--reason", "一")
    served.ok("undo")
    assert served.ok("certificate", "show", 1, "-f", "json").json["status"] == "valid"
    served.ok("certificate", "void", 1, "--reason", "一")
    operation = served.ok("history", "list", "--limit", 1, "-f", "ids").out.strip()
    served.ok(*ISSUE)
    served.refused("replaced", "undo", operation, exit_code=1)


def test_hours_on_a_certificate_are_not_torn_away(served: Volunteer, serve: Serve) -> None:
    serve(served, ("2024-02-29", 60))
    operation = served.ok("history", "list", "--limit", 1, "-f", "ids").out.strip()
    served.ok(*ISSUE)
    served.refused("changed_since", "undo", operation)


def test_verify_tells_period_total_and_status_only(served: Volunteer) -> None:
    code = served.ok(*ISSUE, "--period", "2025", "-f", "json").json["code"]
    typed = code.lower().replace("-", " ")
    assert served.ok("certificate", "verify", "BINHU-2026-0001", "--code", typed, "-f", "json").json == {
        "number": "BINHU-2026-0001",
        "period": "2025",
        "minutes": 210,
        "status": "valid",
        "corrected_since": False,
    }
    served.ok("certificate", "void", 1, "--reason", "一")
    assert served.ok("certificate", "verify", "BINHU-2026-0001", "-f", "json").json["status"] == "voided"


def test_a_wrong_code_is_refused(served: Volunteer) -> None:
    served.ok(*ISSUE)
    for code in ("ABCD-EFGH", "", "校验"):
        served.refused("wrong_code", "certificate", "verify", "BINHU-2026-0001", "--code", code, exit_code=1)


def test_an_unknown_number_is_not_found(served: Volunteer) -> None:
    served.refused("not_found", "certificate", "verify", "BINHU-2026-0009", exit_code=4)


@pytest.mark.parametrize("change", [{"status": "voided"}, {"minutes": 30}])
def test_verify_says_when_hours_were_corrected(served: Volunteer, change: dict[str, Any]) -> None:
    from volunteer_cli.core.history import update_all
    from volunteer_cli.hours.models import HoursRecord

    served.ok(*ISSUE, "--period", "2025")
    served.ok(*ISSUE, "--period", "2026")
    with served.writing("hours correct") as session:
        update_all(session, HoursRecord, [2], change)
    verified = served.ok("certificate", "verify", "BINHU-2026-0001", "-f", "json")
    assert (verified.json["corrected_since"], verified.json["minutes"]) == (True, 210)
    assert "corrected after it was issued" in verified.err
    assert (
        served.ok("certificate", "verify", "BINHU-2026-0002", "-f", "json").json["corrected_since"] is False
    )


def test_certificates_move_with_a_merged_person(served: Volunteer) -> None:
    served.ok(*ISSUE)
    served.ok("person", "merge", 2, 1, "--yes")
    assert (
        served.ok("certificate", "list", "--person", 2, "-f", "json").json[0]["number"] == "BINHU-2026-0001"
    )


def test_an_erased_person_keeps_number_and_figures(served: Volunteer) -> None:
    served.ok(*ISSUE)
    served.ok("person", "erase", "陈样一", "--reason", "本人要求", "--yes")
    row = served.ok("certificate", "list", "-f", "json").json[0]
    assert (row["number"], row["minutes"]) == ("BINHU-2026-0001", 330)
    assert "陈样一" not in str(row)
    served.refused("erased", "certificate", "issue", 1, exit_code=1)


def test_a_list_can_be_limited_to_a_person(served: Volunteer) -> None:
    served.ok(*ISSUE)
    assert served.ok("certificate", "list", "--person", "李样二", "-f", "json").json == []
    rows = served.ok("certificate", "list", "--person", "cyy", "-f", "json").json
    assert {"id", "number", "person", "period", "minutes", "issued_on", "status", "replaces"} <= set(rows[0])


def test_checks_find_what_was_tampered_with(served: Volunteer) -> None:
    import sqlite3

    served.ok(*ISSUE)
    with sqlite3.connect(served.database) as connection:
        connection.execute("UPDATE certificate SET minutes = 999")
    result = served("check")
    assert result.code == 6
    assert "BINHU-2026-0001" in result.out + result.err


def test_a_correction_shows_on_stars_and_certificates(volunteer: Volunteer) -> None:
    """The whole way through commands: recorded, confirmed, granted, certified, corrected, flagged."""
    volunteer.ok("policy", "set", "star_thresholds", "3,10")
    volunteer.ok("person", "add", "陈样一", "--volunteer")
    volunteer.ok("hours", "add", "陈样一", "--date", "2026-05-01", "--hours", "2h", "--work", "送餐")
    volunteer.ok("hours", "add", "陈样一", "--date", "2026-05-02", "--hours", "1h", "--work", "送餐")
    volunteer.refused("no_hours", *ISSUE)
    volunteer.ok("hours", "confirm", 1, 2)
    volunteer.ok("star", "grant", "陈样一", 1)
    assert volunteer.ok(*ISSUE, "-f", "json").json["minutes"] == 180
    assert volunteer("check").code == 0
    volunteer.ok("hours", "correct", 1, "--hours", "30m", "--reason", "签到表为准")
    verified = volunteer.ok("certificate", "verify", "BINHU-2026-0001", "-f", "json").json
    assert (verified["minutes"], verified["corrected_since"]) == (180, True)
    assert "person:1" in volunteer("check").out
    assert volunteer.ok(*ISSUE, "-f", "json").json["minutes"] == 90
