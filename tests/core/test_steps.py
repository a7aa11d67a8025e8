"""When the steps of a record may happen."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from volunteer_cli.core.steps import OutOfOrder, StepAhead, require_step
from volunteer_cli.shell.typed import StepText

NOW = datetime(2026, 6, 30, 14, 0)


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 6, 30), None),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 6, 29), datetime(2026, 6, 29, 18, 0)),
        (datetime(2026, 6, 29, 9, 0), date(2026, 6, 29)),
        (datetime(2026, 6, 30, 14, 0), datetime(2026, 6, 30, 14, 0)),
    ],
)
def test_steps_in_order(on: date, last: date | None) -> None:
    require_step(on, now=NOW, last=last, thing="BINHU-M2026-0001")


@pytest.mark.parametrize("on", [date(2026, 7, 1), datetime(2026, 6, 30, 14, 1)])
def test_a_step_that_is_yet_to_come(on: date) -> None:
    with pytest.raises(StepAhead):
        require_step(on, now=NOW, last=None, thing="BINHU-M2026-0001")


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 6, 28), date(2026, 6, 29)),
        (datetime(2026, 6, 28, 23, 59), date(2026, 6, 29)),
        (datetime(2026, 6, 29, 17, 59), datetime(2026, 6, 29, 18, 0)),
    ],
)
def test_a_step_before_the_last_one(on: date, last: date) -> None:
    with pytest.raises(OutOfOrder):
        require_step(on, now=NOW, last=last, thing="BINHU-M2026-0001")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-29", date(2026, 6, 29)),
        ("yesterday", date(2026, 6, 29)),
        ("2026-06-29T09:30", datetime(2026, 6, 29, 9, 30)),
        ("6月29日 晚7点半", datetime(2026, 6, 29, 19, 30)),
    ],
)
def test_a_day_with_or_without_a_time(text: str, moment: date) -> None:
    assert StepText(text).on(NOW.date()) == moment
