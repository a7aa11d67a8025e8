"""What households do when people move, leave, are merged or erased, and when two households become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows
from volunteer_cli.core.i18n import _, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.households import queries
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.rules.living import drop_heads, settle
from volunteer_cli.households.terms import StayKind
from volunteer_cli.people.identity import places
from volunteer_cli.people.models import Person

Span = tuple[date, date | None]


def after_address(session: Session, person_ids: Iterable[int], on: date) -> None:
    """Let people live where the address says that was written."""
    settle(session, person_ids, on)


def address_remarks(session: Session, person_ids: Sequence[int]) -> Iterator[str]:
    """Say of whose address no single household stands, where households are kept at all."""
    # An office that keeps no households must not be told of each address that none stands there.
    if session.scalar(select(Household.id).limit(1)) is None:
        return
    count = len(queries.unplaced_among(session, person_ids))
    if count:
        sentence = ngettext(
            "{count} person has an address at which no single household stands, and is placed nowhere: volunteer household form",
            "{count} people have an address at which no single household stands, and are placed nowhere: volunteer household form",
            count,
        )
        yield sentence.format(count=count)


def after_leaving(session: Session, person_id: int, on: date | None) -> None:
    """End the stays of somebody whose record goes out of use; a household whose head it was has none."""
    if on is None:
        return
    left = list(session.scalars(select(Stay).where(Stay.person_id == person_id, Stay.until.is_(None))))
    # Archived with a day before they moved in, they lived there for no day, and never for a negative time.
    for stay in left:
        stay.until = max(on, stay.since)
    drop_heads(session, [stay.household_id for stay in left], on)


def before_erase(session: Session, person_id: int, on: date) -> None:
    """End the stays of somebody who is erased; that somebody lived there goes on to count."""
    after_leaving(session, person_id, on)


# --- two people become one ------------------------------------------------------------


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """The households of the one who goes for days on which the one who stays lives elsewhere."""
    for stay in _clashing(session, keep_id, drop_id):
        household = session.get_one(Household, stay.household_id)
        yield _("the stay in {household} from {since}").format(household=household.number, since=stay.since)


def _clashing(session: Session, keep_id: int, drop_id: int) -> list[Stay]:
    """The stays of the one who goes that share days with one of the one who stays, of the same kind elsewhere."""
    kept = _stays(session, keep_id)
    return [
        stay
        for stay in _stays(session, drop_id)
        if any(
            other.kind == stay.kind and other.household_id != stay.household_id and _share_days(stay, other)
            for other in kept
        )
    ]


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Of days on which both stay somewhere KEEP's count; whose address KEEP has not keeps no stay of DROP's."""
    kept, dropped = _stays(session, keep_id), _stays(session, drop_id)
    households = {stay.household_id for stay in (*kept, *dropped)}
    for stay in dropped:
        _cut(session, stay, [other for other in kept if other.kind == stay.kind])
    today = run().clock.today
    _agree_on_address(session, keep_id, drop_id, today)
    drop_heads(session, households, today)


def _stays(session: Session, person_id: int) -> Sequence[Stay]:
    return session.scalars(
        select(Stay).where(Stay.person_id == person_id).order_by(Stay.since, Stay.id)
    ).all()


def _share_days(one: Stay, other: Stay) -> bool:
    return one.since < (other.until or date.max) and other.since < (one.until or date.max)


def _cut(session: Session, stay: Stay, taken: Sequence[Stay]) -> None:
    """Leave of a stay the days on which the one who stays is nowhere else."""
    overlapping = [other for other in taken if _share_days(stay, other)]
    if not overlapping:
        return
    first = min(other.since for other in overlapping)
    if stay.since < first:
        stay.until = first
    else:
        session.delete(stay)
    session.flush()


def _agree_on_address(session: Session, keep_id: int, drop_id: int, today: date) -> None:
    """Let no address be put together of two: that of the household counts, else that of the one who stays."""
    keep, drop = session.get_one(Person, keep_id), session.get_one(Person, drop_id)
    stay = queries.open_stay(session, drop_id)
    if queries.open_stay(session, keep_id) is not None:
        for name in places():
            setattr(drop, name, getattr(keep, name))
    elif stay and _contradicts(keep, drop):
        stay.until = max(stay.since, today)
    session.flush()


def _contradicts(keep: Person, drop: Person) -> bool:
    """Whether the one who stays has an address that is not that of the one who goes."""
    return any(getattr(keep, name) not in (None, getattr(drop, name)) for name in places())


# --- two households become one ------------------------------------------------------------


def merge_households(session: Session, keep_id: int, drop_id: int) -> None:
    """Let who is registered at both be registered once."""
    kept = {stay.person_id for stay in _registered(session, keep_id)}
    twice = [stay for stay in _registered(session, drop_id) if stay.person_id in kept]
    # Out of the session first: rows that it still holds would be written again at the next flush.
    for stay in twice:
        session.expunge(stay)
    delete_rows(session, Stay, [stay.id for stay in twice])


def _registered(session: Session, household_id: int) -> Sequence[Stay]:
    query = select(Stay).where(Stay.household_id == household_id, Stay.kind == StayKind.REGISTERED)
    return session.scalars(query.where(Stay.until.is_(None))).all()
