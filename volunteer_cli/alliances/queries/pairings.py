"""What is asked of pairings, of contacts, needs and deliveries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.actions.models import Action
from volunteer_cli.actions.terms import SETTLED, ActionSource, ActionStatus
from volunteer_cli.alliances.models import Contact, Delivery, Need, Pairing, PairingOfficial, Topic
from volunteer_cli.alliances.queries.councils import action_conditions
from volunteer_cli.alliances.terms import PAIRING_EVERY_DAYS
from volunteer_cli.core.database import chunks, folded
from volunteer_cli.core.errors import NotFound
from volunteer_cli.core.i18n import N_, NC_, _
from volunteer_cli.core.lookup import Reference, ambiguous, find, matches
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import name_key
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.queries import ORGANIZATION

PAIRING = Reference(N_("pairing"), Pairing, "volunteer pairing list", codes=(), name=None)
DELIVERY = Reference(
    NC_("alliance", "delivery"), Delivery, "volunteer pairing deliveries", codes=(), name=None
)


def find_pairing(session: Session, text: str, *, changing: bool = True) -> Pairing:
    """The pairing with an id, or that of the enterprise of that name: the one that holds, else the last.

    Raises:
        NotFound, Ambiguous: none, or several that hold.
    """
    pairings: Sequence[Pairing] = matches(session, PAIRING, text, changing=changing)
    if not pairings:
        enterprises = matches(session, ORGANIZATION, text, changing=changing)
        pairings = _in_force(_of_enterprises(session, [each.id for each in enterprises]))
    if len(pairings) > 1:
        raise ambiguous(PAIRING, text, pairings)
    if not pairings:
        raise NotFound(kind=_("pairing"), text=text, hint=N_("List them: volunteer pairing list"))
    return pairings[0]


def _of_enterprises(session: Session, ids: Sequence[int]) -> Sequence[Pairing]:
    query = select(Pairing).where(Pairing.enterprise_id.in_(ids)).order_by(Pairing.since, Pairing.id)
    return session.scalars(query).all()


def _in_force(pairings: Sequence[Pairing]) -> Sequence[Pairing]:
    """Those that have no end, where there are any; else the last one."""
    return [pairing for pairing in pairings if pairing.until is None] or pairings[-1:]


def find_delivery(session: Session, text: str, *, changing: bool = True) -> Delivery:
    """The delivery that `text` names by its id; raises NotFound."""
    return find(session, DELIVERY, text.removeprefix("delivery:"), changing=changing)


def holds_on(day: date) -> ColumnElement[bool]:
    """Whether a pairing holds on a day."""
    return and_(Pairing.since <= day, or_(Pairing.until.is_(None), Pairing.until > day))


# Joined by the day and not by a flag, so that a change of official needs no more than a row.
_LATER = aliased(PairingOfficial)


def official_on(day: date) -> ColumnElement[bool]:
    """Whether a row of a pairing's officials is the one that holds on a day, the first one before it begins."""
    # A contact from before the pairing was entered is that of the first official on file, not of nobody.
    later = select(func.max(_LATER.since)).where(
        _LATER.pairing_id == PairingOfficial.pairing_id, _LATER.since <= day
    )
    first = select(func.min(_LATER.since)).where(_LATER.pairing_id == PairingOfficial.pairing_id)
    return PairingOfficial.since == func.coalesce(later.scalar_subquery(), first.scalar_subquery())


def officials(session: Session, ids: Iterable[int], on: date) -> dict[int, Any]:
    """Who looks after each of these pairings on a day: unit, its id and the official's name."""
    query = select(
        PairingOfficial.pairing_id,
        PairingOfficial.official,
        PairingOfficial.unit_id,
        Organization.name.label("unit"),
    ).join(Organization, Organization.id == PairingOfficial.unit_id)
    rows: dict[int, Any] = {}
    for keys in chunks(ids):
        own = query.where(PairingOfficial.pairing_id.in_(keys), PairingOfficial.since <= on)
        # The latest comes last and is the one that stays.
        rows |= {row.pairing_id: row for row in session.execute(own.order_by(PairingOfficial.since))}
    return rows


def official_rows(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """All who looked after each of these pairings, earliest first."""
    query = (
        select(
            PairingOfficial.id,
            PairingOfficial.pairing_id,
            PairingOfficial.official,
            Organization.name.label("unit"),
            PairingOfficial.since,
        )
        .join(Organization, Organization.id == PairingOfficial.unit_id)
        .order_by(PairingOfficial.since)
    )
    rows: dict[int, list[Any]] = {}
    for keys in chunks(ids):
        for row in session.execute(query.where(PairingOfficial.pairing_id.in_(keys))):
            rows.setdefault(row.pairing_id, []).append(row)
    return rows


def last_official(session: Session, pairing_id: int) -> PairingOfficial:
    """The row of a pairing's official that begins last."""
    own = select(PairingOfficial).where(PairingOfficial.pairing_id == pairing_id)
    return session.scalars(own.order_by(PairingOfficial.since.desc()).limit(1)).one()


def pairings(
    session: Session,
    today: date,
    *,
    status: str | None = None,
    alliance_id: int | None = None,
    unit_id: int | None = None,
) -> Sequence[Pairing]:
    """Pairings by id: active or ended ones, those of an alliance, or those that a unit looks after now."""
    where = [] if status is None else [_in_state(status, today)]
    if alliance_id is not None:
        where.append(Pairing.alliance_id == alliance_id)
    if unit_id is not None:
        own = select(PairingOfficial.pairing_id).where(PairingOfficial.unit_id == unit_id, official_on(today))
        where.append(Pairing.id.in_(own))
    return session.scalars(select(Pairing).where(*where).order_by(Pairing.id)).all()


def _in_state(status: str, today: date) -> ColumnElement[bool]:
    # One that is yet to begin has not ended, and is listed among the active ones.
    ended = Pairing.until <= today
    return ended if status == "ended" else or_(Pairing.until.is_(None), Pairing.until > today)


def others_of(
    session: Session, enterprise_id: int, alliance_id: int | None, since: date, until: date | None
) -> Sequence[Pairing]:
    """The pairings of an enterprise within an alliance that share a day with a span."""
    where: list[ColumnElement[bool]] = [
        Pairing.enterprise_id == enterprise_id,
        _within(alliance_id),
        or_(Pairing.until.is_(None), and_(Pairing.until > since, Pairing.until > Pairing.since)),
    ]
    if until is not None:
        where.append(Pairing.since < until)
    return session.scalars(select(Pairing).where(*where).order_by(Pairing.since)).all()


def _within(alliance_id: int | None) -> ColumnElement[bool]:
    # Pairings outside every alliance are one lot of their own: NULL equals nothing in SQL.
    return Pairing.alliance_id.is_(None) if alliance_id is None else Pairing.alliance_id == alliance_id


def archived_partners(session: Session) -> Sequence[Any]:
    """Archived organizations of pairings that have no end, as enterprise or as the unit in charge: id and pairing."""
    partner = or_(Organization.id == Pairing.enterprise_id, Organization.id == PairingOfficial.unit_id)
    query = (
        select(Organization.id, Pairing.id)
        .select_from(Pairing)
        .join(PairingOfficial, PairingOfficial.pairing_id == Pairing.id)
        .join(Organization, partner)
        .where(Organization.archived_on.is_not(None), Pairing.until.is_(None), _is_last_official())
    )
    return session.execute(query.order_by(Pairing.id)).all()


def _is_last_official() -> ColumnElement[bool]:
    # Units that were in charge earlier may be archived: what they did stays under their name.
    latest = select(func.max(_LATER.since)).where(_LATER.pairing_id == PairingOfficial.pairing_id)
    return PairingOfficial.since == latest.scalar_subquery()


# --- contacts ------------------------------------------------------------


def last_contacts(session: Session, ids: Iterable[int], until: date | None = None) -> dict[int, date]:
    """The day of the last contact of each of these pairings, up to a day."""
    query = select(Contact.pairing_id, func.max(Contact.made_on)).group_by(Contact.pairing_id)
    if until is not None:
        query = query.where(Contact.made_on <= until)
    days: dict[int, date] = {}
    for keys in chunks(ids):
        own = query.where(Contact.pairing_id.in_(keys))
        days |= {row[0]: row[1] for row in session.execute(own)}
    return days


def last_need(session: Session, pairing_id: int) -> date | None:
    """The day of the last need that was heard within a pairing."""
    raised = select(func.max(Action.raised_on)).join(Need, Need.action_id == Action.id)
    return session.scalar(raised.where(Need.pairing_id == pairing_id))


def contact_counts(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """How many contacts each of these pairings had."""
    counts: dict[int, int] = {}
    for keys in chunks(ids):
        query = select(Contact.pairing_id, func.count()).where(Contact.pairing_id.in_(keys))
        counts |= {row[0]: row[1] for row in session.execute(query.group_by(Contact.pairing_id))}
    return counts


@dataclass(frozen=True)
class Cadence:
    """How often officials are in contact: each pairing's own days, else those of the policy."""

    usual: int

    @classmethod
    def on(cls, session: Session, day: date) -> Cadence:
        """The cadence as the policy has it on a day."""
        return cls(policy_value(session, PAIRING_EVERY_DAYS, day))

    def days(self, pairing: Any) -> int:
        """Days between two contacts of a pairing."""
        return pairing.every_days or self.usual

    def next_due(self, pairing: Any, last: date | None) -> date:
        """When the next contact is due: after the last one, else after the pairing began."""
        # Computed and never stored: a contact that is entered late moves it by itself.
        return (last or pairing.since) + timedelta(self.days(pairing))


@dataclass(frozen=True)
class DueContact:
    """A pairing whose next contact is due."""

    pairing: Pairing
    last: date | None
    due_on: date


def contacts_due(session: Session, today: date, *, until: date | None = None) -> list[DueContact]:
    """The pairings that hold today and whose next contact is due by a day, the longest overdue first."""
    cadence, last_day = Cadence.on(session, today), until or today
    active = session.scalars(select(Pairing).where(holds_on(today))).all()
    waiting = _not_contacted(session, cadence, last_day, active)
    due = _due_contacts(session, cadence, waiting)
    return sorted((each for each in due if each.due_on <= last_day), key=_longest_first)


def _not_contacted(
    session: Session, cadence: Cadence, last_day: date, active: Sequence[Pairing]
) -> list[Pairing]:
    """The pairings whose next contact may be due by a day."""
    # Who was in contact lately is left out by the index, so that ten years of contacts are not read.
    recent = _contacted_since(session, last_day, {cadence.days(pairing) for pairing in active})
    return [pairing for pairing in active if pairing.id not in recent[cadence.days(pairing)]]


def _due_contacts(session: Session, cadence: Cadence, pairings: Sequence[Pairing]) -> Iterator[DueContact]:
    lasts = last_contacts(session, (pairing.id for pairing in pairings))
    for pairing in pairings:
        last = lasts.get(pairing.id)
        yield DueContact(pairing, last, cadence.next_due(pairing, last))


def _contacted_since(session: Session, last_day: date, every: Iterable[int]) -> dict[int, set[int]]:
    """For each number of days, the pairings whose next contact is due after the last day all the same."""
    return {
        days: set(
            session.scalars(select(Contact.pairing_id).where(Contact.made_on > last_day - timedelta(days)))
        )
        for days in every
    }


def _longest_first(due: DueContact) -> tuple[date, int]:
    return due.due_on, due.pairing.id


def contacts(session: Session, pairing_id: int | None = None) -> Iterator[Contact]:
    """The contacts of a pairing, or of all, earliest first."""
    own = [] if pairing_id is None else [Contact.pairing_id == pairing_id]
    # Streamed: ten years of contacts with a few hundred enterprises do not fit on a screen, nor into memory.
    query = select(Contact).where(*own).order_by(Contact.made_on, Contact.id)
    return iter(session.scalars(query.execution_options(yield_per=1000)))


def same_contact(session: Session, pairing_id: int, made_on: date, kind: str, text: str) -> Contact | None:
    """The contact of that pairing, day, kind and text, if it is there."""
    own = select(Contact).where(Contact.pairing_id == pairing_id, Contact.made_on == made_on)
    return session.scalar(own.where(Contact.kind == kind, folded(Contact.text) == name_key(text)).limit(1))


# --- needs ------------------------------------------------------------


@dataclass(frozen=True)
class NeedCounts:
    """How many needs a pairing raised, and how many of them are neither confirmed nor dropped."""

    needs: int
    open_needs: int


_NEED_COUNTS = select(
    Need.pairing_id,
    func.count(Action.id),
    func.count(Action.id).filter(Action.status.not_in(SETTLED)),
).join(Action, Action.id == Need.action_id)


def need_counts(session: Session, ids: Iterable[int]) -> dict[int, NeedCounts]:
    """The needs of each of these pairings."""
    counts: dict[int, NeedCounts] = {}
    for keys in chunks(ids):
        own = _NEED_COUNTS.where(Need.pairing_id.in_(keys)).group_by(Need.pairing_id)
        counts |= {row[0]: NeedCounts(row[1], row[2]) for row in session.execute(own)}
    return counts


def needs(
    session: Session,
    today: date,
    *,
    pairing_id: int | None = None,
    waiting: bool = False,
    overdue: bool = False,
    owner_id: int | None = None,
) -> Iterator[Action]:
    """The needs of a pairing, or of all, by the day they were raised: `waiting` ones are not settled."""
    query = select(Action).join(Need, Need.action_id == Action.id)
    where = action_conditions(today, waiting=waiting, overdue=overdue, owner_id=owner_id)
    # Said again, so that an index has them in their order and no more are read than are shown.
    where.append(Action.source == ActionSource.NEED)
    if pairing_id is not None:
        where.append(Need.pairing_id == pairing_id)
    ordered = query.where(*where).order_by(Action.raised_on, Action.id)
    return iter(session.scalars(ordered.execution_options(yield_per=1000)))


def pairings_of_needs(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """The pairing and the enterprise of each of these needs."""
    query = (
        select(Need.action_id, Need.pairing_id, Pairing.enterprise_id, Organization.name.label("enterprise"))
        .join(Pairing, Pairing.id == Need.pairing_id)
        .join(Organization, Organization.id == Pairing.enterprise_id)
    )
    rows: dict[int, Any] = {}
    for keys in chunks(ids):
        rows |= {row.action_id: row for row in session.execute(query.where(Need.action_id.in_(keys)))}
    return rows


def topics_of_needs(session: Session, ids: Iterable[int]) -> Mapping[int, Any]:
    """The topic that each of these needs was raised as."""
    rows: dict[int, Any] = {}
    for keys in chunks(ids):
        query = select(Topic.need_id, Topic.id, Topic.title).where(Topic.need_id.in_(keys))
        rows |= {row.need_id: row for row in session.execute(query)}
    return rows


def same_need(session: Session, pairing_id: int, raised_on: date, text: str) -> Action | None:
    """The need of that pairing, day and text, if it is there."""
    query = select(Action).join(Need, Need.action_id == Action.id).where(Need.pairing_id == pairing_id)
    return session.scalar(
        query.where(Action.raised_on == raised_on, folded(Action.text) == name_key(text)).limit(1)
    )


def is_unanswered() -> ColumnElement[bool]:
    """Whether a need waits for its first answer."""
    return and_(Action.status == ActionStatus.OPEN, Action.answered_on.is_(None))


# --- deliveries ------------------------------------------------------------


def deliveries(session: Session, enterprise_id: int | None = None) -> Sequence[Delivery]:
    """The policies brought to an enterprise, or to all, earliest first."""
    own = [] if enterprise_id is None else [Delivery.enterprise_id == enterprise_id]
    return session.scalars(select(Delivery).where(*own).order_by(Delivery.delivered_on, Delivery.id)).all()


def same_delivery(session: Session, enterprise_id: int, policy: str, on: date) -> Delivery | None:
    """The delivery of that policy to an enterprise on a day, if it is there."""
    own = (
        Delivery.enterprise_id == enterprise_id,
        Delivery.delivered_on == on,
        Delivery.policy == policy,
    )
    return session.scalar(select(Delivery).where(*own).limit(1))


def enterprises_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The names of the enterprises of these pairings."""
    query = select(Pairing.id, Organization.name).join(Organization, Organization.id == Pairing.enterprise_id)
    names: dict[int, str] = {}
    for keys in chunks(set(ids)):
        names |= {row.id: row.name for row in session.execute(query.where(Pairing.id.in_(keys)))}
    return names
