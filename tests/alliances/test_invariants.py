"""Whatever is done in any order: nothing gets lost, nothing frozen changes, and what is overdue is so everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from chain_scripts import FIRST, NEED, UNITS, batch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, copied

pytestmark = pytest.mark.postgres

COMMANDS = [
    "council propose hall 新题",
    "council accept 2",
    "council withdraw 2 --reason 不提了",
    "council convene hall --start '2026-06-25 14:00' --end 16:00",
    "council attend 3 区行政审批服务局 区城市管理局 样例监管单位",
    "council decide 2 --session 3 --text 同意",
    "council decide 1 --session 3 --text 再议",
    "council defer 2 --session 3 --reason 再看",
    "council action 2 办 --owner 区城市管理局 --due 2026-07-01",
    "council close 3",
    "council cancel 3",
    "council done 2 --result 好",
    "council return 2 --reason 不行",
    "council confirm 2",
    "council drop 2 --reason 不办",
    "council extend 2 --due 2026-08-01 --reason 忙",
    "council reopen 1",
    "council answer 1 --text 已办",
    "pairing contact 1 --text 走访",
    "pairing hand 1 --official 样干部二",
    "pairing end 1 --reason 迁出",
    "pairing add 样例企业 --unit 区城市管理局 --official 样干部",
    "pairing confirm 1 --score 5",
    "alliance leave union 区城市管理局",
    "undo",
]


#: The chain by the folder of the test that walks it.
FILLED: dict[Path, Database] = {}


def page(volunteer: Volunteer, path: Path) -> bytes:
    volunteer.ok("council", "minutes", "UNION-2026-02", "-o", path)
    return path.read_bytes()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(COMMANDS), min_size=4, max_size=14))
def test_invariants(make_volunteer: Callable[[str], Volunteer], tmp_path: Path, steps: list[str]) -> None:
    if tmp_path not in FILLED:
        filled = make_volunteer("chain")
        batch(filled, UNITS, NEED, FIRST)
        FILLED.clear()
        FILLED[tmp_path] = filled.database
    template = FILLED[tmp_path]
    path = tmp_path / "tried.db"
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    volunteer = Volunteer(copied(template, path))
    frozen = page(volunteer, tmp_path / "minutes.html")
    for step in steps:
        volunteer("batch", "-", stdin=step) if "'" in step else volunteer(*step.split())
    # 14: closed minutes are the same, byte for byte; 16, 18 and the order of days are what `check` holds.
    assert page(volunteer, tmp_path / "minutes.html") == frozen
    assert volunteer("check").out == ""
    # 17: what is overdue is so in the list, the worklist and the report.
    listed = {row["id"] for row in volunteer.rows("council", "actions", "hall", "--overdue")}
    todo = volunteer.rows("report", "today")
    assert {int(row["thing"][7:]) for row in todo if row["task"] == "action_overdue"} == listed
    assert sum(row["overdue"] for row in volunteer.rows("report", "actions")) == len(listed)
    # 19: the next contact is never due before the last one.
    for pairing in volunteer.rows("pairing", "list"):
        if pairing["next_due_on"] and pairing["last_contact_on"]:
            assert pairing["next_due_on"] >= pairing["last_contact_on"]
    # 15: what is accepted is on the agenda of every session that is to come.
    accepted = {
        row["id"] for row in volunteer.rows("council", "topics", "hall") if row["status"] == "accepted"
    }
    for meeting in volunteer.rows("council", "sessions", "hall", "--open"):
        if meeting["starts_at"] >= "2026-06-25":
            assert accepted <= {row["id"] for row in volunteer.rows("council", "agenda", meeting["id"])}
