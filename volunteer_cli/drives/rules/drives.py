"""Drives from the day they are added until they are closed, and what must be so for goods to move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import Conflict, RuleError
from volunteer_cli.core.i18n import N_, _, with_detail
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.text import kept, required
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import Goods
from volunteer_cli.drives.models import Drive, DriveGoal
from volunteer_cli.drives.terms import DRIVE_EARLY_DAYS


class DriveClosed(RuleError):
    """Drive {name} was closed on {day}"""

    code = "drive_closed"
    hint = N_("Open it again: volunteer drive reopen {code}")


class DriveArchived(RuleError):
    """Drive {name} is archived"""

    code = "archived"
    hint = N_("Bring it back first: volunteer drive restore {code_typed}")


class BeforeClosing(RuleError):
    """Drive {name} was closed on {day}; it cannot be reopened before that"""

    code = "before_closing"


class InFuture(RuleError):
    """{day} is after today"""

    code = "future"
    hint = N_("Only what has happened is recorded; if today's date is wrong, say --today.")


class EndsEarly(RuleError):
    """The drive would end on {end}, before it starts on {start}"""

    code = "bad_period"


class BeforeLastStep(RuleError):
    """Drive {name} moved goods on {day}; it cannot be closed before that"""

    code = "before_content"
    hint = N_("Close it on that day or later: volunteer drive close {code_typed} --on {day}")
    explanation = N_(
        "What is dated is true on its date: a drive ends after its last step, and a notice is published after "
        "all that it tells. What came in later is dated on its own day."
    )


class LongBefore(RuleError):
    """A gift of {day} came long before drive {name} began on {start}"""

    code = "before_drive"
    hint = N_(
        "If it is true, let the drive begin earlier: volunteer drive edit {code_typed} --start DATE. "
        "How many days before are allowed is the policy drive_early_days."
    )


def add_drive(
    session: Session,
    community: Community,
    *,
    name: str,
    code: str | None = None,
    goals: Sequence[Goods] = (),
    **details: Any,
) -> Drive:
    """A new drive, open from now on; without a code it gets `drive-` and its number.

    Raises:
        BadCode, BadText: the code or a text is not allowed.
        Conflict: the code is another drive's.
        EndsEarly: it would end before it starts.
    """
    code = _free_code(session, code) if code else _next_code(session)
    name = required(name, _("Name of the drive"))
    drive = Drive(community_id=community.id, name=name, code=code, **cleaned(details))
    _require_order(drive)
    session.add(drive)
    session.flush()
    set_goals(session, drive, goals)
    return drive


def _free_code(session: Session, text: str) -> str:
    """A code as it is stored; raises BadCode, and Conflict where it is another drive's."""
    code = checked_code(text)
    if other := session.scalar(select(Drive).where(Drive.code == code)):
        raise Conflict(field=_("Code"), value=code, owner=with_detail(other.name, other.id))
    return code


def edit_drive(session: Session, drive: Drive, *, goals: Sequence[Goods] = (), **changes: Any) -> Drive:
    """Give a drive other values, "" for none; those that are None stay, and so do goals that are not named."""
    if changes.get("name") is not None:
        changes["name"] = required(changes["name"], _("Name of the drive"))
    _set(drive, cleaned(changes))
    _require_order(drive)
    # A later start must not leave gifts behind that came long before it.
    if first := queries.first_receipt(session, drive):
        require_begun(drive, first, earliest_day(session, drive))
    session.flush()
    set_goals(session, drive, goals)
    return drive


def _set(drive: Drive, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        if value is not None:
            setattr(drive, name, value if value != "" else None)


def earliest_day(session: Session, drive: Drive) -> date:
    """The first day on which a gift may come to a drive: somewhat before it begins."""
    return drive.starts_on - timedelta(days=policy_value(session, DRIVE_EARLY_DAYS))


def require_begun(drive: Drive, day: date, earliest: date) -> None:
    """Raises LongBefore when a gift came before the earliest day for its drive."""
    if day < earliest:
        raise LongBefore(day=day, name=drive.name, start=drive.starts_on, code_typed=drive.code)


def set_goals(session: Session, drive: Drive, goals: Iterable[Goods]) -> None:
    """Set what a drive hopes for, item by item."""
    for goods in goals:
        goods = queries.settled(session, drive, goods, known=False)  # noqa: PLW2901 - now with its unit
        key = {"drive_id": drive.id, "item": goods.item, "unit": goods.unit}
        goal = session.scalar(select(DriveGoal).filter_by(**key))
        if goal is None:
            session.add(DriveGoal(**key, quantity=goods.quantity))
        else:
            goal.quantity = goods.quantity
        session.flush()


def close(session: Session, drive: Drive, on: date) -> None:
    """End a drive: from now on its goods stand still. What is closed already stays as it is.

    Raises:
        EndsEarly: that day is before its start.
        BeforeLastStep: goods moved after that day.
    """
    if drive.closed_on is None:
        if (last := queries.last_day(session, drive)) and on < last:
            raise BeforeLastStep(name=drive.name, day=last, code_typed=drive.code)
        drive.closed_on = on
        _require_order(drive)
        session.flush()


def reopen(session: Session, drive: Drive, on: date) -> None:
    """Let the goods of a closed drive move again. What is open already stays as it is.

    Raises:
        BeforeClosing: as its sentence says.
    """
    if drive.closed_on and on < drive.closed_on:
        raise BeforeClosing(name=drive.name, day=drive.closed_on)
    drive.closed_on = None
    session.flush()


def require_open(drive: Drive) -> None:
    """Raises DriveArchived or DriveClosed when the goods of a drive stand still."""
    if drive.archived_on:
        raise DriveArchived(name=drive.name, code_typed=drive.code)
    if drive.closed_on:
        raise DriveClosed(name=drive.name, code=drive.code, day=drive.closed_on)


def checked_day(on: date | None, today: date) -> date:
    """The day on which something happened: `today` unless another was named.

    Raises:
        InFuture: it has not come yet.
    """
    if on and on > today:
        raise InFuture(day=on)
    return on or today


def _require_order(drive: Drive) -> None:
    for end in (drive.ends_on, drive.closed_on):
        if end and end < drive.starts_on:
            raise EndsEarly(start=drive.starts_on, end=end)


def _next_code(session: Session) -> str:
    """`drive-` and the next number that no code has."""
    number = (session.scalar(select(func.max(Drive.id))) or 0) + 1
    while session.scalar(select(Drive.id).where(Drive.code == f"drive-{number}")):
        number += 1
    return f"drive-{number}"


def cleaned(details: dict[str, Any]) -> dict[str, Any]:
    """Details with their texts as they are stored; raises BadText."""
    return {name: kept(value, name) if isinstance(value, str) else value for name, value in details.items()}
