"""When the steps of a record happen: none in the future, none before the one that it follows."""

from __future__ import annotations

from datetime import date, datetime, time

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_


class StepAhead(RuleError):
    """{day} is yet to come"""

    code = "future"
    hint = N_("Record it once it has happened.")


class OutOfOrder(RuleError):
    """Of {thing} a step of {last} is recorded; none can follow it on {day}"""

    code = "out_of_order"
    hint = N_("Give the day on which it really happened with --on, or undo the later step first.")
    explanation = N_(
        "The steps of a record are entered in the order in which they happened, so that what was true on a "
        "past day does not change behind the back of whoever acted on it."
    )


def require_step(on: date, *, now: datetime, last: date | None, thing: str) -> None:
    """Refuse a step that is yet to come, or that would lie before the last one; both days or moments alike.

    Raises:
        StepAhead, OutOfOrder: as their sentences say.
    """
    if _moment(on) > now:
        raise StepAhead(day=_shown(on))
    # On one day the order is known only where both have their time.
    if last is not None and _before(on, last):
        raise OutOfOrder(thing=thing, last=_shown(last), day=_shown(on))


def _before(on: date, last: date) -> bool:
    both = isinstance(on, datetime) and isinstance(last, datetime)
    return _moment(on) < _moment(last) if both else _day(on) < _day(last)


def _moment(on: date) -> datetime:
    return on if isinstance(on, datetime) else datetime.combine(on, time())


def _day(on: date) -> date:
    return on.date() if isinstance(on, datetime) else on


def _shown(on: date) -> str:
    return f"{on:%Y-%m-%d %H:%M}" if isinstance(on, datetime) else on.isoformat()
