"""Whatever is done in any order: nothing gets lost, nothing frozen changes, and what is overdue is so everywhere.

Invariants 13 to 19 of the alliance, through the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
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
    "alliance join union 样例新单位",
    "alliance role union 区城市管理局 --role lead",
    "alliance hold union 座谈 --form symposium --on 2026-06-20 --with 区城市管理局",
    "pairing need 1 用工难",
    "pairing answer 3 --text 已转",
    "pairing raise 3 --council hall",
    "council decline 3 --reason 不归本会",
    "council accept 3",
    "pairing deliver 样例企业 --policy 稳岗返还",
    # What a page shows is called something else from now on, and other people belong to it.
    "organization edit 区行政审批服务局 --name 区审批局",
    "organization edit 样例企业 --name 样例实业",
    "organization archive 样例监管单位",
    "council edit hall --name 新厅 --code new",
    "alliance edit union --name 新联盟",
    "policy set council_quorum 1/3",
    "tomorrow",
    "undo",
]


#: The chain by the folder of the test that walks it.
FILLED: dict[Path, Database] = {}


def page(volunteer: Volunteer, path: Path) -> bytes:
    pages = []
    for language in ("en", "zh"):
        volunteer.ok("council", "minutes", "UNION-2026-02", "-o", path, "--lang", language)
        pages.append(path.read_bytes())
    return b"".join(pages)


def do(volunteer: Volunteer, step: str, undone: bool) -> None:
    """One step; 13: what is undone leaves no trace, and what is refused changes nothing."""
    if step == "tomorrow":
        volunteer.today = (datetime.fromisoformat(volunteer.today) + timedelta(1)).isoformat()
        return
    before = volunteer.dump()
    result = volunteer("batch", "-", stdin=step) if "'" in step else volunteer(*step.split())
    assert result.code in (0, 1, 2, 4), result.err
    after = volunteer.dump()
    if result.code:
        assert after == before, step
    elif undone and after != before and step != "undo":
        back = volunteer("undo")
        assert volunteer.dump() == (after if back.code else before), (step, back.err)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(COMMANDS), st.booleans()), min_size=4, max_size=14))
def test_invariants(
    make_volunteer: Callable[[str], Volunteer], tmp_path: Path, steps: list[tuple[str, bool]]
) -> None:
    if tmp_path not in FILLED:
        filled = make_volunteer("chain")
        batch(filled, UNITS, NEED, FIRST, "organization add 样例新单位 --kind department\n")
        FILLED.clear()
        FILLED[tmp_path] = filled.database
    template = FILLED[tmp_path]
    path = tmp_path / "tried.db"
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    volunteer = Volunteer(copied(template, path))
    frozen = page(volunteer, tmp_path / "minutes.html")
    for step, undone in steps:
        do(volunteer, step, undone)
    # 14: closed minutes are the same, byte for byte; 16, 18 and the order of days are what `check` holds.
    assert page(volunteer, tmp_path / "minutes.html") == frozen
    assert volunteer("check").out == ""
    # 17: what is overdue is so in the list, the worklist and the report.
    listed = {row["id"] for row in volunteer.rows("council", "actions", "1", "--overdue")}
    todo = volunteer.rows("report", "today")
    assert {int(row["thing"][7:]) for row in todo if row["task"] == "action_overdue"} == listed
    assert sum(row["overdue"] for row in volunteer.rows("report", "actions")) == len(listed)
    # 19: the next contact is never due before the last one.
    for pairing in volunteer.rows("pairing", "list"):
        if pairing["next_due_on"] and pairing["last_contact_on"]:
            assert pairing["next_due_on"] >= pairing["last_contact_on"]
    # 15: what is accepted is on the agenda of every session that is to come.
    accepted = {row["id"] for row in volunteer.rows("council", "topics", "1") if row["status"] == "accepted"}
    for meeting in volunteer.rows("council", "sessions", "1", "--open"):
        if meeting["starts_at"] >= "2026-06-25":
            assert accepted <= {row["id"] for row in volunteer.rows("council", "agenda", meeting["id"])}
