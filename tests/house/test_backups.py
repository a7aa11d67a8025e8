"""Backups that rotate, restores that say what they cost and how to go back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.core.rotation import BadKeep, read_keep, superfluous

NOW = datetime(2026, 6, 30, 18, 0)


def names(moments: list[datetime]) -> list[Path]:
    return [Path(f"binhu-{moment:%Y%m%d-%H%M%S}.db") for moment in moments]


def left(keep: str, moments: list[datetime]) -> list[str]:
    paths = names(moments)
    gone = superfluous(paths, "binhu", read_keep(keep), NOW)
    return sorted(path.name[6:14] for path in paths if path not in gone)


@pytest.mark.parametrize(
    ("keep", "days"),
    [
        ("1d", ["20260630"]),
        ("3d", ["20260628", "20260629", "20260630"]),
        # The weeks begin on Mondays: 22 and 29 June.
        ("2w", ["20260628", "20260630"]),
        ("3m", ["20260430", "20260531", "20260630"]),
        ("2d,2m", ["20260531", "20260629", "20260630"]),
        ("1y", ["20260630"]),
    ],
)
def test_the_newest_of_each_span_is_kept(keep: str, days: list[str]) -> None:
    daily = [NOW - timedelta(days=number, hours=1) for number in range(1, 100)]
    assert left(keep, [NOW - timedelta(hours=1), *daily]) == days


def test_backups_of_today_and_the_newest_are_kept_whatever_is_asked() -> None:
    today = [NOW - timedelta(hours=number) for number in range(5)]
    assert left("1d", today) == ["20260630"] * 5
    assert left("0d", [NOW - timedelta(days=400)]) == ["20250526"]


def test_other_files_are_nobodys_business() -> None:
    others = [Path("anda-20200101-000000.db"), Path("binhu.db"), Path("binhu-20209999-000000.db"), Path("x")]
    assert superfluous(others, "binhu", read_keep("1d"), NOW) == []


@pytest.mark.parametrize("text", ["", "7", "d", "7x", "7d,", "-1d", "7d 4w", "99999d"])
def test_what_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadKeep):
        read_keep(text)


def test_backup_rotates(volunteer: Volunteer, tmp_path: Path) -> None:
    folder = tmp_path / "volunteer-backups"
    folder.mkdir()
    for day in range(1, 29):
        (folder / f"volunteer-202001{day:02}-120000.db").touch()
    (folder / "mine.db").touch()
    volunteer.refused("bad_keep", "db", "backup", "--keep", "often", exit_code=2)
    volunteer.refused("usage", "db", "backup", tmp_path / "x.db", "--keep", "7d", exit_code=2)
    assert len(list(folder.iterdir())) == 29
    result = volunteer.ok("db", "backup", "--keep", "3d,1w")
    assert "Deleted 26 older backups." in result.err
    assert len(list(folder.iterdir())) == 4


def test_restoring_says_what_it_costs_and_how_to_go_back(volunteer: Volunteer, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    volunteer.ok("person", "add", "李明")
    volunteer.ok("person", "add", "王芳")
    before = volunteer.dump()
    trial = volunteer.ok("db", "restore", copy, "-n", "-f", "json")
    assert [row["command"] for row in trial.json] == ["person add", "person add"]
    assert "2 operations that it does not hold would be gone." in trial.err
    assert volunteer.dump() == before
    assert not (tmp_path / "volunteer-backups").exists()
    asked = volunteer("db", "restore", copy)
    assert (asked.code, "2 operations" in asked.err) == (2, True)
    told = volunteer.ok("db", "restore", copy, "--yes").err.splitlines()
    back = told[-1].removeprefix("To go back to it: volunteer ")
    assert volunteer.ok("person", "list", "-f", "ids").out == ""
    volunteer.ok(*back.split(), "--yes")
    assert volunteer.dump() == before


def test_a_trial_on_nothing_or_on_damage_says_only_that_the_backup_is_whole(
    volunteer: Volunteer, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    volunteer.ok("db", "backup", copy)
    for content in (None, b"", b"nothing of ours"):
        target = tmp_path / "other.db"
        target.unlink(missing_ok=True)
        if content is not None:
            target.write_bytes(content)
        assert "whole backup" in volunteer.ok("db", "restore", copy, "-n", "--db", target).err
