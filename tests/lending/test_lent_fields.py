"""Custom fields and their values come back with a lent copy, by the writers that bring everything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer


def test_fields_and_values_travel_and_what_was_archived_here_takes_none(
    volunteer: Volunteer, tmp_path: Path
) -> None:
    if not isinstance(volunteer.database, Path):
        pytest.skip("only a file is lent")
    for name in ("样一", "样二"):
        volunteer.ok("person", "add", name)
    for name in ("vehicle", "plate"):
        volunteer.ok("field", "add", "person", name)
    file = tmp_path / "village.db"
    volunteer.ok("db", "lend", file, "--site", "2")
    laptop = Volunteer(file)
    laptop.ok("person", "edit", "样一", "--set", "vehicle=车")
    laptop.ok("field", "add", "person", "shirt", "--private")
    laptop.ok("person", "edit", "样二", "--set", "shirt=L")
    laptop.ok("person", "edit", "样二", "--set", "vehicle=船")
    laptop.ok("person", "edit", "样一", "--set", "plate=A1")
    volunteer.ok("person", "edit", "样二", "--set", "vehicle=车")
    volunteer.ok("field", "archive", "plate")
    refused = volunteer.refused("conflicts", "db", "merge", file, "-f", "json").json
    assert [row["code"] for row in refused] == ["duplicate", "changed_since"]
    volunteer.ok("db", "merge", file, "--skip")
    shown = volunteer.rows("person", "list", "--fields", "vehicle,shirt", "--reveal", "test")
    assert shown == [{"vehicle": "车", "shirt": None}, {"vehicle": "车", "shirt": "L"}]
    volunteer.ok("check")
