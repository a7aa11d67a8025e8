"""The run: pushed and popped in one way, with a clock only where a database is open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.core import clock
from volunteer_cli.core.errors import AmbiguousDate, BadDate, BadPeriod, BadTime
from volunteer_cli.core.i18n import language
from volunteer_cli.core.run import NoClockError, Run, run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.core.work import reading, work
from volunteer_cli.shell import DayText, MomentText, PeriodText, TimeText, read


def test_there_is_no_clock_before_a_database_is_open_and_none_after(volunteer: Volunteer) -> None:
    with running(Run(Given({"db": str(volunteer.database)}))):
        with pytest.raises(NoClockError):
            run().clock  # noqa: B018
        with pytest.raises(NoClockError):
            read(DayText("2026-06-30"))
        with reading():
            assert run().clock.zone == "Asia/Shanghai"
        with pytest.raises(NoClockError):
            run().clock  # noqa: B018


def test_a_line_of_a_batch_goes_on_with_what_was_given_and_changes_nothing_above_it() -> None:
    with running(Run(Given({"db": "a.db"}, quiet=True), language="zh")) as whole:
        with running(whole.line(["team", "list"])) as line:
            line.given.options["db"] = "b.db"
            line.given.dry_run = True
            assert (line.given.quiet, language(), run().arguments) == (True, "zh", ("team", "list"))
        assert (run().given.options, run().given.dry_run, run().arguments) == ({"db": "a.db"}, False, ())


def test_a_line_knows_whether_the_batch_is_one_operation(volunteer: Volunteer) -> None:
    with running(Run(Given({"db": str(volunteer.database)}))):
        assert not run().line([]).batched
        with work("batch") as session:
            assert run().line([]).batched
            assert run().line([]).session is session
        assert run().session is None


def test_the_clock_of_a_run_stands_still(volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(datetime(2026, 6, 30, 15, minute, tzinfo=UTC) for minute in (59, 0))
    monkeypatch.setattr(clock, "instant", lambda: next(moments))
    with running(Run(Given({"db": str(volunteer.database)}))):
        with reading():
            first = run().clock.now
        with reading():
            assert run().clock.now == first == datetime(2026, 6, 30, 23, 59)


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        (DayText, "someday", BadDate),
        (DayText, "2026-02-30", BadDate),
        (DayText, "03/05/2025", AmbiguousDate),
        (MomentText, "2026-06-30", BadTime),
        (MomentText, "today 25:00", BadTime),
        (TimeText, "noonish", BadTime),
        (PeriodText, "2026-Q5", BadPeriod),
    ],
)
def test_what_no_day_makes_sense_of_is_refused_before_any_database_is_open(
    kind: type[DayText], text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        kind(text)


@pytest.mark.parametrize(
    "text",
    [
        "2-29",
        "去年2月29日",
        "明年2月29日",
        "前年2月29日",
        "后年2月29日",
        "上月31日",
        "下个月31日",
        "今天",
        "-3d",
    ],
)
def test_what_some_day_makes_sense_of_is_left_to_the_clock(text: str) -> None:
    assert DayText(text).text == text


def test_a_day_is_read_by_the_clock_that_it_is_read_on() -> None:
    assert DayText("yesterday").on(date(2026, 3, 1)) == date(2026, 2, 28)


def test_what_a_line_asked_for_afterwards_is_done_in_its_own_run(
    volunteer: Volunteer, tmp_path: Path
) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名\n李明\n", encoding="utf-8")
    spoken = volunteer.ok("batch", stdin=f"import people {sheet}\n")
    assert "people.csv" in spoken.err
    volunteer.ok("undo")
    assert volunteer.ok("batch", stdin=f"import people {sheet} --quiet\n").err.count("\n") == 1


def test_the_history_keeps_the_command_line_of_the_batch(volunteer: Volunteer, tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名\n李明\n", encoding="utf-8")
    volunteer.ok("batch", "-", stdin=f"import people {sheet}\nperson add 王芳\n")
    (latest,) = volunteer.ok("history", "list", "--limit", 1, "-f", "json").json
    assert (latest["command"], latest["arguments"]) == ("batch", "batch -")
