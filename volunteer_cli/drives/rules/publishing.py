"""Notices: frozen under a number, and corrected by another notice."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Row
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.numbers import issue_number
from volunteer_cli.drives.models import Drive, DriveNotice
from volunteer_cli.drives.queries import last_day
from volunteer_cli.drives.queries.disclosure import content_of, last_entry, latest_notice


class BeforeNotice(RuleError):
    """Notice {number} was published on {day}; its correction cannot be published before that"""

    code = "before_notice"


class BeforeContent(RuleError):
    """The notice tells of {day}; it cannot be published before that"""

    code = "before_content"
    hint = N_("Publish it on that day or later: volunteer drive publish {code_typed} --on {day}")


def publish(session: Session, drive: Drive, content: Row, *, on: date) -> DriveNotice:
    """Freeze the draft of a notice under a number; a second one corrects the first and names it.

    With nothing new to say, the notice in force stays the one in force.

    Raises:
        BeforeContent: something in it happened after that day.
        BeforeNotice: it would be dated before the one that it corrects.
    """
    former = latest_notice(session, drive)
    if former and content_of(former) == content:
        return former
    _require_order(session, drive, former, on)
    notice = DriveNotice(
        drive_id=drive.id,
        number=_number(session, drive, on.year),
        published_on=on,
        corrects_id=former.id if former else None,
        last_entry_id=last_entry(session),
        content=content,
    )
    session.add(notice)
    session.flush()
    return notice


def _number(session: Session, drive: Drive, year: int) -> str:
    code = session.get_one(Community, drive.community_id).code.upper()
    return issue_number(session, f"notice:{code.lower()}:{year}", f"{code}-N{year}-{{:04}}")


def _require_order(session: Session, drive: Drive, former: DriveNotice | None, on: date) -> None:
    """Raises BeforeNotice or BeforeContent when a notice would be dated before what it corrects or tells."""
    if former and on < former.published_on:
        raise BeforeNotice(number=former.number, day=former.published_on)
    if (last := last_day(session, drive)) and on < last:
        raise BeforeContent(day=last, code_typed=drive.code)
