"""A database from before households: tags and addresses are all there, and households can be formed of them."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from volunteering import Volunteer

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "0009.db"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    answer = connection.execute(query).fetchall()
    connection.close()
    return answer


def write(path: Path, statement: str) -> None:
    """Fill in, as the version of that file did, what the file lacks."""
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_tags_hold_since_ever_and_addresses_become_households(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copy(GOLDEN, path)
    write(path, "UPDATE person SET building = '3', unit = '2', room = '501', grid = '07' WHERE id = 2")
    before = rows(path, "SELECT person_id, kind, value FROM person_label ORDER BY id")
    homes = rows(
        path,
        "SELECT DISTINCT community_id, building, unit, room FROM person WHERE building > '' AND room > ''",
    )
    volunteer = Volunteer(path)
    volunteer.ok("db", "upgrade")
    assert rows(path, "SELECT person_id, kind, value FROM person_label ORDER BY id") == before
    assert rows(path, "SELECT DISTINCT since, until FROM person_label") == [(None, None)]
    (tag,) = rows(path, "SELECT value FROM person_label WHERE kind = 'tag' LIMIT 1")[0]
    assert volunteer.rows("person", "list", "--tag", str(tag), "--as-of", "2020-01-01")
    for code in {row["code"] for row in volunteer.rows("community", "list")}:
        volunteer.ok("household", "form", "--community", code)
    households = rows(path, "SELECT community_id, building, unit, room FROM household")
    assert sorted(map(str, households)) == sorted(map(str, homes))
    assert households == [(1, "3", "2", "501")]
    person = volunteer.ok("person", "show", "2", "-f", "json").json
    assert (person["household"] is None, person["tags"], person["grid"]) == (False, ["elder_alone"], "07")
    volunteer.ok("check")
