"""From the need of an enterprise to its confirmation: the worked example, and every refusal on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from chain_scripts import CARRIED_OUT, FIRST, NEED, UNITS, batch
from volunteering import Volunteer


@pytest.fixture
def filled(volunteer: Volunteer) -> Volunteer:
    batch(volunteer, UNITS)
    return volunteer


def test_the_worked_example(filled: Volunteer) -> None:
    batch(filled, NEED)
    need = filled.rows("pairing", "needs")[0]
    assert (need["answer_due_on"], need["due_on"]) == ("2026-03-05", "2026-03-16")
    filled.refused("no_quorum", "council", "decide", 1, "--session", 1, "--text", "同意")
    batch(filled, FIRST, CARRIED_OUT)
    topic = filled.ok("council", "topic", 1, "-f", "json").json
    assert (topic["status"], topic["deferrals"], topic["session"]) == ("closed", 1, "UNION-2026-02")
    action = filled.rows("council", "actions", "hall")[0]
    assert (action["extended"], action["days"], action["score"]) == (1, 40, 4)
    (figures,) = filled.rows("report", "actions")
    expected = {"raised": 1, "done_in_time": 0, "done_late": 1, "extended": 1, "median_days": 40}
    assert {name: figures[name] for name in expected} == expected
    # Closing the topic asks the enterprise.
    assert filled.rows("pairing", "needs")[0]["status"] == "done"
    filled.ok("pairing", "confirm", 1, "--score", 5)
    assert filled.rows("report", "needs")[0]["mean_score"] == 5
    assert filled.ok("check").out == ""


def test_closed_minutes_stay_as_they_were(filled: Volunteer, tmp_path: Path) -> None:
    batch(filled, NEED, FIRST)
    pages = []
    for name, script in (
        ("before", CARRIED_OUT),
        ("after", "council reopen 1\nalliance leave union 区城市管理局"),
    ):
        page = tmp_path / f"{name}.html"
        filled.ok("council", "minutes", "UNION-2026-02", "-o", page, "--lang", "zh")
        pages.append(page.read_bytes())
        batch(filled, script)
    last = tmp_path / "last.html"
    filled.ok("council", "minutes", "UNION-2026-02", "-o", last, "--lang", "zh")
    assert pages[0] == pages[1] == last.read_bytes()
    assert "应到4，实到3" in pages[0].decode()


OTHER = """\
council add 社区厅 --code other --for-community
council propose other 别的题
council accept 2
"""
#: What is done first, the code, and the command that is refused.
REFUSALS = [
    ("", "already_member", "alliance join union 区城市管理局 --role lead"),
    ("", "has_lead", "alliance role union 区城市管理局 --role lead"),
    ("", "not_member", "alliance role union 样例企业 --role member"),
    ("", "before_joining", "alliance leave union 区城市管理局 --on 2025-12-01"),
    (
        "",
        "not_enterprise",
        "alliance hold union 座谈 --form symposium --on 2026-02-01 --enterprise 区城市管理局",
    ),
    ("", "future", "alliance hold union 座谈 --form symposium --on 2026-07-01"),
    ("", "not_enterprise", "pairing add 区城市管理局 --unit 区行政审批服务局 --official 样干部"),
    ("", "already_paired", "pairing add 样例企业 --unit 区城市管理局 --official 样干部"),
    ("pairing end 1 --reason 迁出", "pairing_ended", "pairing contact 1 --text 走访"),
    ("pairing end 1 --reason 迁出", "pairing_ended", "pairing end 1 --reason 迁出"),
    ("", "future", "pairing contact 1 --text 走访 --on 2026-07-01"),
    ("", "out_of_order", "pairing contact 1 --text 走访 --on 2025-12-01"),
    (NEED, "out_of_order", "pairing end 1 --reason 迁出 --on 2026-03-01"),
    (NEED, "already_raised", "pairing raise 1 --council hall"),
    (NEED, "not_done", "pairing confirm 1 --score 5"),
    (NEED, "not_done", "council return 1 --reason 不行"),
    (NEED, "undecided", "council close 1"),
    (NEED, "not_decided", "council action 1 办 --owner 区城市管理局 --due 2026-07-30"),
    (NEED, "not_decided", "council answer 1 --text 好"),
    (NEED, "wrong_state", "council reopen 2"),
    (NEED + FIRST, "session_closed", "council attend 1 样例监管单位"),
    (NEED + FIRST, "session_closed", "council decide 1 --session 2 --text 同意"),
    (NEED + FIRST, "open_actions", "council answer 1 --text 好"),
    (NEED + FIRST, "bad_deadline", "council extend 2 --due 2026-04-20 --reason 忙"),
    (NEED + FIRST, "out_of_order", "council done 2 --result 好 --on 2026-04-01"),
    (NEED + FIRST, "not_need", "pairing raise 2 --council hall"),
    (NEED + FIRST, "wrong_state", "council decline 1 --reason 不办"),
    (NEED + FIRST + CARRIED_OUT, "already_confirmed", "council confirm 2"),
    (NEED + FIRST + CARRIED_OUT, "already_confirmed", "council drop 2 --reason 不办"),
    (NEED + FIRST + CARRIED_OUT, "not_open", "council progress 2 --text 好"),
    (NEED + FIRST, "in_use", "organization archive 区行政审批服务局"),
    ("", "in_use", "organization archive 区城市管理局"),
    ("", "in_use", "organization archive 样例企业"),
    ("", "which_council", "council add 又一厅 --code second"),
    (NEED + OTHER, "other_council", "council defer 2 --session 1 --reason 再看"),
    ("alliance archive union", "archived", "alliance join union 样例企业"),
    ("council archive hall", "archived", "council propose hall 题"),
]


@pytest.mark.parametrize(("script", "code", "command"), REFUSALS, ids=[f"{c}: {w}" for _s, c, w in REFUSALS])
def test_every_refusal_has_its_code(filled: Volunteer, script: str, code: str, command: str) -> None:
    batch(filled, script or "organization list\n")
    if "topic 2" in command or "reopen 2" in command:
        filled.ok("council", "propose", "hall", "另一题")
    filled.refused(code, *command.split())


def test_a_score_beyond_five_is_refused_at_the_door_too(filled: Volunteer) -> None:
    from datetime import datetime

    from volunteer_cli.actions.models import Action
    from volunteer_cli.actions.rules import BadScore, When, confirm

    batch(filled, NEED, "council done 1 --result 好\n")
    now = datetime.fromisoformat("2026-06-30T12:00")
    with pytest.raises(BadScore, match="from 1 to 5"), filled.writing() as session:
        confirm(session, session.get_one(Action, 1), When(now, now), score=9)


def test_a_sheet_of_units_says_of_which_alliance(filled: Volunteer, tmp_path: Path) -> None:
    filled.ok("alliance", "add", "又一联盟", "--code", "two")
    path = tmp_path / "units.csv"
    path.write_text("成员单位,职责\n区城市管理局,成员\n", encoding="utf-8")
    filled.refused("alliance_needed", "import", "units", path, exit_code=2)


def test_a_decided_topic_is_decided_once(filled: Volunteer) -> None:
    batch(filled, NEED, FIRST.rpartition("council close")[0])
    filled.refused("already_decided", *["council", "decide", "1", "--session", "2", "--text", "改"])
    filled.refused("already_decided", *["council", "cancel", "2"])
    filled.ok(*["council", "propose", "hall", "第二题", "--on", "2026-04-10"])
    filled.refused("not_accepted", *["council", "decide", "2", "--session", "2", "--text", "同意"])


def test_a_closed_session_is_not_undone(filled: Volunteer) -> None:
    batch(filled, NEED)
    filled.ok(*["council", "defer", "1", "--session", "1", "--reason", "不足", "--on", "2026-03-20"])
    filled.ok(*["council", "close", "1", "--on", "2026-03-20"])
    before = filled.dump()
    filled.refused("session_closed", "undo")
    assert filled.dump() == before


def test_an_undo_takes_a_need_away(filled: Volunteer) -> None:
    before = filled.dump()
    filled.ok(*["pairing", "need", "样例企业", "用工难"])
    filled.ok("undo")
    assert filled.dump() == before


def test_what_waits_is_what_lists_and_reports_say(filled: Volunteer) -> None:
    batch(filled, NEED, FIRST)
    listed = [row["id"] for row in filled.rows("council", "actions", "hall", "--overdue")]
    todo = filled.rows("report", "today")
    waiting = [int(row["thing"][7:]) for row in todo if row["task"] == "action_overdue"]
    assert listed == waiting == [2]
    assert filled.rows("report", "actions")[0]["overdue"] == 1
    assert {"need_overdue", "contact_enterprise"} <= {row["task"] for row in todo}


def test_the_ledger_is_in_the_columns_of_the_offices(filled: Volunteer, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    batch(filled, NEED)
    path = tmp_path / "台账.xlsx"
    filled.ok("pairing", "needs", "-o", path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "企业诉求问题台账"
    assert rows[1][:5] == ["序号", "企业名称", "包挂单位", "包挂干部", "问题诉求"]
    assert rows[2][10] == "否"
