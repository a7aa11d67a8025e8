"""Notices that were published, and those that drives owe the public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.communities.models import Community
from volunteer_cli.core.database import built_once
from volunteer_cli.core.dates import add_months
from volunteer_cli.core.history import Row
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.quantity import Direction, united
from volunteer_cli.drives.models import Drive, DriveNotice, StockEntry
from volunteer_cli.drives.queries.goods import drives
from volunteer_cli.drives.terms import (
    DISCLOSURE_EMERGENCY_DAYS,
    DISCLOSURE_EVERY_MONTHS,
    DISCLOSURE_FINAL_MONTHS,
    DISCLOSURE_LONG_MONTHS,
    Disclosure,
    Step,
)


def notices(session: Session, drive_ids: Iterable[int]) -> dict[int, list[DriveNotice]]:
    """The published notices of drives, by drive, oldest first."""
    found: dict[int, list[DriveNotice]] = {key: [] for key in drive_ids}
    for notice in session.scalars(
        select(DriveNotice).where(DriveNotice.drive_id.in_(list(found))).order_by(DriveNotice.id)
    ):
        found[notice.drive_id].append(notice)
    return found


def latest_notice(session: Session, drive: Drive) -> DriveNotice | None:
    """The notice in force, if one was published."""
    query = select(DriveNotice).where(DriveNotice.drive_id == drive.id)
    return session.scalar(query.order_by(DriveNotice.id.desc()).limit(1))


def content_of(notice: DriveNotice) -> Row:
    """What a notice says, as it would be frozen today.

    Until numbers had directions, a notice named its inexact figures alone, and they meant at least.
    """
    content = {"households_given": 0, "suppressed": [], "sign": None, **notice.content}
    totals = [_total(row) for row in content["totals"]]
    return {**content, "totals": totals, "gifts": [_gift(row) for row in content["gifts"]]}


def _total(row: Row) -> Row:
    # Until visits gave goods to households, no notice said how many.
    row = {"given": 0, **row}
    if "directions" in row:
        return row
    directions = dict.fromkeys(row["marked"], Direction.AT_LEAST)
    figures = {name: value for name, value in row.items() if name != "marked"}
    return {**figures, "directions": directions, "direction": united(directions.values())}


def _gift(row: Row) -> Row:
    former = Direction.AT_LEAST if row["approximate"] else None
    return {"direction": former, **row}


def overtaken_notices(
    session: Session, community: Community | None = None
) -> list[tuple[Drive, DriveNotice]]:
    """The notices in force that do not tell what was entered later for days before them, or set right since."""
    newest = select(func.max(DriveNotice.id)).group_by(DriveNotice.drive_id)
    query = select(Drive, DriveNotice).join(DriveNotice, DriveNotice.drive_id == Drive.id)
    if community is not None:
        query = query.where(Drive.community_id == community.id)
    query = query.where(DriveNotice.id.in_(newest), _came_to_light())
    return [(drive, notice) for drive, notice in session.execute(query.order_by(DriveNotice.id))]


@built_once
def _came_to_light() -> ColumnElement[bool]:
    """Whether the ledger has something of days before a notice, or against what it counts, that was entered later."""
    told = aliased(StockEntry)
    counted = exists().where(told.line_id == StockEntry.line_id, told.id <= DriveNotice.last_entry_id)
    set_right = and_(StockEntry.step.in_((Step.CORRECT, Step.VOID)), counted)
    since = (StockEntry.drive_id == DriveNotice.drive_id, StockEntry.id > DriveNotice.last_entry_id)
    return exists().where(*since, or_(StockEntry.moved_on < DriveNotice.published_on, set_right))


def last_entry(session: Session) -> int:
    """The newest entry of the ledger, 0 when it is empty."""
    return session.scalar(select(func.max(StockEntry.id))) or 0


@dataclass(frozen=True)
class DisclosureDue:
    """A notice that a drive owes the public by a day."""

    drive: Drive
    kind: Disclosure
    due_on: date


@dataclass(frozen=True)
class DisclosureTerms:
    """How often the public is to be told, as the office has set it."""

    final_months: int
    long_months: int
    every_months: int
    emergency_days: int


def disclosure_terms(session: Session) -> DisclosureTerms:
    """The office's terms of disclosure."""
    return DisclosureTerms(
        policy_value(session, DISCLOSURE_FINAL_MONTHS),
        policy_value(session, DISCLOSURE_LONG_MONTHS),
        policy_value(session, DISCLOSURE_EVERY_MONTHS),
        policy_value(session, DISCLOSURE_EMERGENCY_DAYS),
    )


def next_disclosure(
    drive: Drive, published: Sequence[date], terms: DisclosureTerms, today: date
) -> DisclosureDue | None:
    """The next notice that a drive owes, given the days on which it published; None when it owes none."""
    end = drive.closed_on or drive.ends_on
    if end and (end < today or drive.closed_on):
        # One notice after the end tells the whole; what is corrected later is no new duty.
        told = any(day >= end for day in published)
        return None if told else _final(drive, end, terms)
    last = max([drive.starts_on, *published])
    return _while_it_runs(drive, last, terms, end or today) or (_final(drive, end, terms) if end else None)


def _while_it_runs(drive: Drive, last: date, terms: DisclosureTerms, until: date) -> DisclosureDue | None:
    """The notice that a drive owes before its end, so long after it began or after its last one."""
    if drive.emergency:
        return DisclosureDue(drive, Disclosure.EMERGENCY, last + timedelta(days=terms.emergency_days))
    regular = add_months(last, terms.every_months)
    # Of a regular one that would come with the end, or after it, the report at the end takes the place.
    before_end = not (drive.closed_on or drive.ends_on) or regular < until
    if _is_long(drive, until, terms) and before_end:
        return DisclosureDue(drive, Disclosure.REGULAR, regular)
    return None


def _final(drive: Drive, end: date, terms: DisclosureTerms) -> DisclosureDue:
    return DisclosureDue(drive, Disclosure.FINAL, add_months(end, terms.final_months))


def _is_long(drive: Drive, until: date, terms: DisclosureTerms) -> bool:
    """Whether a drive runs longer than so many months; without an end, by how long it has run."""
    return add_months(drive.starts_on, terms.long_months) < until


def disclosures(session: Session, drives: Sequence[Drive], today: date) -> dict[int, DisclosureDue]:
    """The next notice that each drive owes, by drive; those that owe none are left out."""
    terms = disclosure_terms(session)
    told = notices(session, [drive.id for drive in drives])
    found = {}
    for drive in drives:
        days = [notice.published_on for notice in told[drive.id]]
        if due := next_disclosure(drive, days, terms, today):
            found[drive.id] = due
    return found


def disclosures_due(
    session: Session, today: date, *, community: Community | None = None, within_days: int = 0
) -> list[DisclosureDue]:
    """Notices due by today, or within so many days, the most urgent first: for the day's worklist."""
    due = disclosures(session, drives(session, community=community), today).values()
    limit = today + timedelta(days=within_days)
    return sorted(
        (each for each in due if each.due_on <= limit), key=lambda each: (each.due_on, each.drive.id)
    )
