"""What is asked of cases of mediation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.mediation.models import (
    Mediation,
    MediationParty,
    MediationSession,
    MediationTerm,
    Mediator,
    SessionMediator,
)
from volunteer_cli.mediation.terms import Status, TermStatus

CASE = Reference(N_("case"), Mediation, "volunteer mediation list", codes=("number",), name=None)
#: Whether a case is not decided yet.
UNDECIDED = Mediation.status == Status.ACCEPTED


def find_case(session: Session, text: str, *, changing: bool = True, exact: bool = False) -> Mediation:
    """The case that `text` names, by id or number; never by a party, which would say that there is one.

    Raises:
        NotFound, Withdrawn: none, or one whose record was undone.
    """
    return find(session, CASE, text.removeprefix("mediation:"), changing=changing, exact=exact)


def case_numbered(session: Session, number: str) -> Mediation | None:
    """The case of a number, if there is one."""
    return session.scalar(select(Mediation).where(Mediation.number == number))


def cases(
    session: Session,
    *,
    today: date,
    community_id: int | None = None,
    status: str | None = None,
    kind: str | None = None,
    source: str | None = None,
    mediator_id: int | None = None,
    overdue: bool = False,
    undecided: bool = False,
) -> Sequence[Mediation]:
    """Cases in the order of their acceptance, those that fit all that is asked for."""
    conditions = _equal(
        {
            Mediation.community_id: community_id,
            Mediation.status: status,
            Mediation.kind: kind,
            Mediation.source: source,
        }
    )
    if mediator_id is not None:
        own = select(Mediator.mediation_id).where(Mediator.person_id == mediator_id)
        conditions.append(Mediation.id.in_(own))
    if overdue:
        conditions += [UNDECIDED, Mediation.due_on < today]
    if undecided:
        conditions.append(UNDECIDED)
    in_order = select(Mediation).order_by(Mediation.accepted_on, Mediation.id)
    return session.scalars(in_order.where(*conditions)).all()


def _equal(values: Mapping[Any, Any]) -> list[ColumnElement[bool]]:
    """That columns have the values that were asked for; of None nothing is asked."""
    return [column == value for column, value in values.items() if value is not None]


# --- what belongs to a case ------------------------------------------------------------


def parties(session: Session, case_id: int) -> Sequence[MediationParty]:
    """The parties of a case, in the order in which they were named."""
    query = select(MediationParty).filter_by(mediation_id=case_id).order_by(MediationParty.id)
    return session.scalars(query).all()


def terms(session: Session, case_id: int) -> Sequence[MediationTerm]:
    """What was agreed, by its number."""
    query = select(MediationTerm).filter_by(mediation_id=case_id).order_by(MediationTerm.n)
    return session.scalars(query).all()


def sessions(session: Session, case_id: int) -> Sequence[MediationSession]:
    """The sessions of a case, the latest last."""
    query = select(MediationSession).filter_by(mediation_id=case_id)
    return session.scalars(query.order_by(MediationSession.held_at, MediationSession.id)).all()


def mediators(session: Session, case_ids: Collection[int]) -> dict[int, list[int]]:
    """The ids of those who mediate each case."""
    query = select(Mediator.mediation_id, Mediator.person_id).order_by(Mediator.mediation_id, Mediator.id)
    return _by_first(session, query, Mediator.mediation_id, case_ids)


def session_mediators(session: Session, session_ids: Collection[int]) -> dict[int, list[int]]:
    """The ids of those who mediated in each session."""
    query = select(SessionMediator.session_id, SessionMediator.person_id)
    ordered = query.order_by(SessionMediator.session_id, SessionMediator.id)
    return _by_first(session, ordered, SessionMediator.session_id, session_ids)


def _by_first(session: Session, query: Any, column: Any, keys: Collection[int]) -> dict[int, list[int]]:
    ids: dict[int, list[int]] = {key: [] for key in keys}
    for part in chunks(keys):
        for key, value in session.execute(query.where(column.in_(part))):
            ids[key].append(value)
    return ids


class Counts(NamedTuple):
    """How much there is of a case: parties, sessions, their minutes, and terms by what became of them."""

    parties: int = 0
    sessions: int = 0
    minutes: int = 0
    terms_due: int = 0
    terms_done: int = 0
    terms_broken: int = 0


def counts(session: Session, case_ids: Collection[int], today: date) -> dict[int, Counts]:
    """How much there is of each case on a day."""
    # Three queries instead of one join: parties, sessions and terms would multiply each other.
    numbers: dict[int, dict[str, int]] = {key: {} for key in case_ids}
    for part in chunks(case_ids):
        for query in _count_queries(today):
            for row in session.execute(query.where(query.selected_columns[0].in_(part))).mappings():
                figures = dict(row)
                case_id = figures.pop("mediation_id")
                numbers[case_id] |= {name: value or 0 for name, value in figures.items()}
    return {key: Counts(**values) for key, values in numbers.items()}


def _count_queries(today: date) -> tuple[Any, ...]:
    how_many = func.count().label("parties")
    held = (func.count().label("sessions"), func.sum(MediationSession.minutes).label("minutes"))
    agreed = _term_counts(today)
    return (
        select(MediationParty.mediation_id, how_many).group_by(MediationParty.mediation_id),
        select(MediationSession.mediation_id, *held).group_by(MediationSession.mediation_id),
        select(MediationTerm.mediation_id, *agreed).group_by(MediationTerm.mediation_id),
    )


def _term_counts(today: date) -> list[Any]:
    performed = MediationTerm.status == TermStatus.PERFORMED
    broken = MediationTerm.status == TermStatus.BROKEN
    # Due is what has come due, kept or not; what was kept before its day is due as well.
    due = or_(MediationTerm.due_on <= today, performed, broken)
    conditions = {"terms_due": due, "terms_done": performed, "terms_broken": broken}
    return [func.sum(case((holds, 1), else_=0)).label(name) for name, holds in conditions.items()]


# --- who takes part ------------------------------------------------------------


def parties_of(session: Session, case_ids: Iterable[int]) -> Iterator[tuple[int, list[MediationParty]]]:
    """The parties of several cases."""
    for part in chunks(list(case_ids)):
        query = select(MediationParty).where(MediationParty.mediation_id.in_(part))
        ordered = session.scalars(query.order_by(MediationParty.mediation_id, MediationParty.id))
        for key, group in groupby(ordered, attrgetter("mediation_id")):
            yield key, list(group)


# --- what waits ------------------------------------------------------------


def open_terms(session: Session, until: date, community_id: int | None) -> Sequence[Any]:
    """Terms of open cases that are due up to a day and neither kept nor broken: with the case's number."""
    query = (
        select(MediationTerm.n, MediationTerm.due_on, Mediation.id, Mediation.number)
        .join(Mediation, Mediation.id == MediationTerm.mediation_id)
        .where(MediationTerm.status == TermStatus.OPEN, MediationTerm.due_on <= until)
        .where(Mediation.status == Status.AGREED)
    )
    if community_id is not None:
        query = query.where(Mediation.community_id == community_id)
    return session.execute(query.order_by(MediationTerm.due_on, Mediation.id, MediationTerm.n)).all()


# --- for reports ------------------------------------------------------------


def settled_agreements(session: Session, on: date) -> dict[int, bool]:
    """Agreements of which every term is due by a day, and whether all of them were performed by then."""
    by_then = MediationTerm.settled_on <= on
    performed = (MediationTerm.status == TermStatus.PERFORMED) & by_then
    settled = (MediationTerm.status != TermStatus.OPEN) & by_then
    query = select(MediationTerm.mediation_id, _every(performed)).group_by(MediationTerm.mediation_id)
    # What is not due yet is neither kept nor broken: such an agreement stands beside the rate, not inside.
    query = query.having(_every(or_(MediationTerm.due_on <= on, settled)) == 1)
    return {key: bool(value) for key, value in session.execute(query)}


def _every(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where a condition holds for all rows of a group, else 0."""
    return func.min(case((condition, 1), else_=0))
