"""A sheet of attempts comes to what the same lines come to, given one by one to `campaign record`."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from campaigning import settle
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, copied, fewer

START = datetime(2026, 6, 1, 9)
#: A sheet may tell of the whole day, a command only up to now: at the end of the day the two are the same.
EVENING = "2026-06-09T23:59"
CALLERS = ("赵样一", "蒋样一", "卫样一")
NOBODY = "查无此"
OUTCOMES = (
    *("done", "done", "partial", "callback", "refused", "unable", "no_answer", "busy", "no_access"),
    *("wrong_number", "dead_number", "vacant", "vacant", "absent", "moved"),
)
HEADINGS = ("名单编号", "联系结果", "联系时间", "联系人", "空户依据", "再联系时间", "备注", "热吗")


class Line(NamedTuple):
    """An attempt as a row and as a command tell it."""

    target: str
    outcome: str
    at: datetime
    by: str
    evidence: bool
    ahead: int
    note: bool
    answer: str

    @property
    def callback(self) -> str:
        """A promise that may lie before the attempt itself."""
        return f"{self.at + timedelta(hours=self.ahead):%Y-%m-%d %H:%M}" if self.outcome == "callback" else ""

    @property
    def cells(self) -> tuple[str, ...]:
        at, evidence = f"{self.at:%Y-%m-%d %H:%M}", "电表" if self.evidence else ""
        note = "备注甲" if self.note else ""
        return self.target, self.outcome, at, self.by, evidence, self.callback, note, self.answer

    @property
    def command(self) -> str:
        words = f"campaign record hanchao {self.target} --outcome {self.outcome} --by {self.by}"
        words += f" --on '{self.at:%Y-%m-%d %H:%M}'" + (" --evidence meter" if self.evidence else "")
        words += f" --callback '{self.callback}'" if self.callback else ""
        words += " --note 备注甲" if self.note else ""
        return words + (f" --answer heat={self.answer}" if self.answer else "")


#: Mornings and evenings of the days around those on which the stages opened, the day before the campaign and tomorrow.
MOMENTS = st.integers(-2, 21).map(lambda half_days: START + timedelta(hours=12 * half_days))
LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(["1", "2", "3", "4", "5", "5", "6", "9", "3-1-101"]),
        st.sampled_from(OUTCOMES),
        MOMENTS,
        st.sampled_from([*CALLERS, *CALLERS, NOBODY]),
        st.booleans(),
        st.integers(-3, 40),
        st.booleans(),
        st.sampled_from(["", "", "", "是", "也许"]),
        # Where neither the target nor the caller is known, the command names the one first and the sheet the other.
    ).filter(lambda line: line.target != "9" or line.by != NOBODY),
    min_size=1,
    max_size=40,
    # Of one moment and person a sheet has one outcome, and a command may have two.
    unique_by=lambda line: (line.target.replace("3-1-101", "1"), line.at, line.by),
)


@pytest.fixture(scope="module")
def listed(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Six households of which one is with a caller, one is not to be called, and one is in a daily second stage."""
    volunteer = Volunteer(copied(binhu_database, tmp_path_factory.mktemp("template") / "listed.db"))
    volunteer.today = "2026-06-01T08:00"
    settle(volunteer, 6)
    lines = [
        "campaign add 寒潮 --code hanchao --method either --start 2026-06-01",
        "campaign question hanchao heat 热吗 --type yes_no",
        "campaign stage hanchao 全部",
        "campaign stage hanchao 每日 --after 全部 --where result=open --daily 3",
        "campaign open hanchao --stage 全部",
        "campaign record hanchao 5 --by 卫样一 --outcome partial",
    ]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    volunteer.today = "2026-06-04T08:00"
    volunteer.ok("campaign", "open", "hanchao", "--stage", "每日")
    volunteer.ok("household", "block", "household:3", "--reason", "勿扰", "--method", "call")
    volunteer.today = EVENING
    volunteer.ok("campaign", "deal", "hanchao", "--to", "蒋样一", "--take", "1", "--for", "2h")
    database: Database = volunteer.database
    return database


#: A failing sheet is read as it is: to make it smaller takes minutes.
UNSHRUNK: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.generate,),
}


@settings(max_examples=6, **UNSHRUNK)
@given(lines=LINES, first=st.integers(0, 12))
def test_a_sheet_is_its_lines(
    listed: Database, tmp_path_factory: pytest.TempPathFactory, lines: list[Line], first: int
) -> None:
    _compare(listed, tmp_path_factory.mktemp("sheet"), lines, first)


@pytest.mark.faults
def test_a_sheet_is_its_lines_for_long(listed: Database, tmp_path_factory: pytest.TempPathFactory) -> None:
    @settings(max_examples=fewer(listed, 100), **UNSHRUNK)
    @given(lines=LINES, first=st.integers(0, 12))
    def compare(lines: list[Line], first: int) -> None:
        _compare(listed, tmp_path_factory.mktemp("sheet"), lines, first)

    compare()


def _compare(listed: Database, folder: Path, lines: list[Line], first: int) -> None:
    """Bring the lines as one sheet, whose first lines are on file already, and one by one."""
    one, other = (Volunteer(copied(listed, folder / f"{name}.db")) for name in ("sheet", "lines"))
    one.today = other.today = EVENING
    for volunteer in (one, other):
        script = "\n".join(line.command for line in lines[:first])
        volunteer("batch", "--each", "--json", "-", stdin=script)
    with (path := folder / "back.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *(line.cells for line in lines)])
    words = ("import", "attempts", path, "--campaign", "hanchao", "--on-error", "skip", "-f", "json")
    summary = one(*words).json
    answers = other("batch", "--each", "--json", "-", stdin="\n".join(line.command for line in lines))
    refused = {number + 2: code for number, code in enumerate(_codes(answers.out)) if code}
    assert {row["row"]: _code(row) for row in summary["rejected"]} == refused
    assert _attempts(one) == _attempts(other)
    assert one.rows("campaign", "progress", "hanchao", "--by", "stage") == other.rows(
        "campaign", "progress", "hanchao", "--by", "stage"
    )
    # What was refused because somebody had it may come once they have used it up.
    if "leased" not in refused.values():
        again = one(*words).json["rows"]
        assert (again["new"], again["rejected"]) == (0, len(refused))


def _codes(out: str) -> list[str | None]:
    """The code of each line that was refused."""
    return [json.loads(line).get("code") for line in out.splitlines()]


def _code(row: dict[str, str]) -> str:
    """The code of the rule behind a refusal: that in brackets where the reason is only that it was refused."""
    codes = re.findall(r"\[([a-z_]+)\]", row["message"])
    return codes[0] if codes else row["reason"]


def _attempts(volunteer: Volunteer) -> list[tuple[object, ...]]:
    """All attempts, with their answers and the leases that they ended, whatever the order of their entry."""
    columns = "target_id, stage_id, round, at, by_id, method, outcome, off_hours, evidence, callback_at, number, note, reason"
    made = volunteer.ask(
        f"SELECT {columns}, (SELECT value FROM answer WHERE attempt_id = attempt.id) FROM attempt"
    )
    leases = volunteer.ask("SELECT target_id, person_id, ended_at FROM lease")
    return sorted([*made, *leases], key=repr)
