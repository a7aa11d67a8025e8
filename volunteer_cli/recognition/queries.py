"""What is asked of stars, certificates, honours and evaluations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.dates import Period
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.terms import HOLDING
from volunteer_cli.hours.counting import CONFIRMED, sums
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.queries import counted_minutes, served_in
from volunteer_cli.hours.terms import DAY, LIVE
from volunteer_cli.people.models import Person
from volunteer_cli.recognition.models import Award, Certificate, CertificateLine, Evaluation, StarGrant
from volunteer_cli.recognition.terms import RATINGS
from volunteer_cli.teams.models import Team

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period

CERTIFICATE = Reference(
    N_("certificate"), Certificate, "volunteer certificate list", codes=("number",), name=None
)
AWARD = Reference(N_("honour"), Award, "volunteer award list", codes=(), name="title", folds=True)
EVALUATION = Reference(N_("evaluation"), Evaluation, "volunteer evaluation list", codes=(), name=None)

#: What makes two honours, or two evaluations, one.
ALIKE: dict[type[Award | Evaluation], tuple[str, ...]] = {
    Award: ("community_id", "title", "level", "by", "awarded_on", "document"),
    Evaluation: ("event_id", "by", "text", *RATINGS),
}

#: What the definition of counted minutes asks of a record.
RECORD = (HoursRecord.id, HoursRecord.person_id, HoursRecord.served_on, HoursRecord.status)


def find_certificate(session: Session, text: str, *, changing: bool = True) -> Certificate:
    """The certificate that `text` names, by id or number.

    Raises:
        NotFound: there is none.
    """
    return find(session, CERTIFICATE, text, changing=changing)


def find_award(session: Session, text: str, *, changing: bool = True, exact: bool = False) -> Award:
    """The honour that `text` names, by id or title.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return find(session, AWARD, text, changing=changing, exact=exact)


def find_evaluation(session: Session, text: str, *, changing: bool = True) -> Evaluation:
    """The evaluation with an id.

    Raises:
        NotFound: there is none.
    """
    return find(session, EVALUATION, text, changing=changing)


# --- stars ------------------------------------------------------------


def stars_of_people(session: Session, ids: Iterable[int]) -> dict[int, int | None]:
    """The highest star level granted to each of these people; None for who has none."""
    levels: dict[int, int | None] = dict.fromkeys(ids)
    query = select(StarGrant.person_id, func.max(StarGrant.level)).group_by(StarGrant.person_id)
    for keys in chunks(levels):
        levels |= {row[0]: row[1] for row in session.execute(query.where(StarGrant.person_id.in_(keys)))}
    return levels


def grants(session: Session, person_id: int | None = None) -> Sequence[StarGrant]:
    """The star levels granted to a person, or to anyone, lowest first."""
    query = select(StarGrant).order_by(StarGrant.person_id, StarGrant.level)
    if person_id is not None:
        query = query.where(StarGrant.person_id == person_id)
    return session.scalars(query).all()


def latest_grants(session: Session) -> dict[int, StarGrant]:
    """The grant of the highest level of everybody who holds a star, by person."""
    return {grant.person_id: grant for grant in grants(session)}


def minutes_reaching(session: Session, least: int) -> dict[int, int]:
    """The counted minutes of everybody who has at least so many, by person."""
    everyone = sums(session, HoursRecord.person_id).subquery()
    query = select(everyone.c.person_id, everyone.c.minutes).where(everyone.c.minutes >= least)
    return {row.person_id: int(row.minutes) for row in session.execute(query)}


def holders(session: Session, ids: Iterable[int], community_id: int | None = None) -> list[Person]:
    """Those of these people who are in use, and of a community where one is named."""
    in_use = (Person.archived_on.is_(None), Person.erased_on.is_(None))
    conditions = [*in_use, *_given(Person, community_id=community_id)]
    return [
        person
        for keys in chunks(ids)
        for person in session.scalars(select(Person).where(Person.id.in_(keys), *conditions))
    ]


# --- certificates ------------------------------------------------------------


@dataclass(frozen=True)
class Service:
    """A confirmed record of hours as a certificate has it; `minutes` are those that count."""

    id: int
    date: date
    place: str | None
    activity: str | None
    minutes: int
    evidence: str


_SERVICES = (
    select(
        *RECORD,
        HoursRecord.evidence,
        Event.place,
        # What an event is called says more than the work at it, and that more than whose team did it.
        func.coalesce(Event.title, HoursRecord.work, Team.name).label("activity"),
    )
    .outerjoin(Event, Event.id == HoursRecord.event_id)
    .outerjoin(Team, Team.id == HoursRecord.team_id)
)


def services(session: Session, person_id: int, community_id: int, period: Period | None) -> list[Service]:
    """What a person's confirmed hours in a community were, those that count, in the order of time."""
    # 志愿服务条例 (State Council Decree 685, 2017), art. 19: only what was recorded is certified, by who
    # organised it. Of other communities' hours this one knows nothing by itself.
    query = _SERVICES.where(
        HoursRecord.person_id == person_id, HoursRecord.community_id == community_id, CONFIRMED
    )
    if period is not None:
        query = query.where(served_in(period))
    # Without a time of day it comes last on its day, as the cap of the day counts it.
    start = func.coalesce(HoursRecord.start_minute, DAY)
    rows = session.execute(query.order_by(HoursRecord.served_on, start, HoursRecord.id)).all()
    minutes = counted_minutes(session, rows)
    return [
        Service(row.id, row.served_on, row.place, row.activity, minutes[row.id], row.evidence)
        for row in rows
        if minutes[row.id]
    ]


@dataclass(frozen=True)
class YearOfService:
    """What a person served in a year; the records are the confirmed ones."""

    year: int
    records: int
    minutes: int
    last_on: date


def service_by_year(session: Session, person_id: int) -> list[YearOfService]:
    """What a person served, year by year."""
    mine = (HoursRecord.person_id == person_id,)
    days = sums(session, HoursRecord.served_on, where=mine, days=mine).subquery()
    years: dict[int, YearOfService] = {}
    for day in session.execute(select(days).order_by(days.c.served_on)):
        number = day.served_on.year
        so_far = years.get(number, YearOfService(number, 0, 0, day.served_on))
        years[number] = YearOfService(
            number, so_far.records + day.records, so_far.minutes + day.minutes, day.served_on
        )
    return list(years.values())


def corrected_since(session: Session, certificate_ids: Collection[int]) -> set[int]:
    """Those of these certificates that have a line whose hours count otherwise by now, or not any more."""
    corrected: set[int] = set()
    frozen = CertificateLine.minutes.label("frozen")
    lines = select(*RECORD, CertificateLine.certificate_id, frozen)
    query = lines.join(CertificateLine, CertificateLine.hours_id == HoursRecord.id)
    for keys in chunks(certificate_ids):
        rows = session.execute(query.where(CertificateLine.certificate_id.in_(keys))).all()
        counted = counted_minutes(session, rows)
        corrected |= {row.certificate_id for row in rows if counted[row.id] != row.frozen}
    return corrected


def replaceable(
    session: Session, person_id: int, community_id: int, period: Period | None
) -> Certificate | None:
    """The latest voided certificate of a person that was asked for in this way and is not replaced yet."""
    # NULL within NOT IN would make the whole condition unknown, and find nothing.
    replaced = select(Certificate.replaces_id).where(Certificate.replaces_id.is_not(None))
    query = select(Certificate).where(
        Certificate.person_id == person_id,
        Certificate.community_id == community_id,
        Certificate.voided_on.is_not(None),
        Certificate.all_time == (period is None),
        Certificate.id.not_in(replaced),
    )
    if period is not None:
        query = query.where(covers(period))
    return session.scalar(query.order_by(Certificate.id.desc()).limit(1))


def covers(period: Period) -> ColumnElement[bool]:
    """Whether a certificate was asked for with a period: it covers that, or what of it had passed at the issue."""
    running = and_(Certificate.last_on == Certificate.issued_on, Certificate.issued_on <= period.last)
    return and_(Certificate.first_on == period.first, or_(Certificate.last_on == period.last, running))


def still_valid(session: Session, issued: Certificate) -> Sequence[Certificate]:
    """Other valid certificates of the same person and community: asked for in the same way, or of some of the same service."""
    query = select(Certificate).where(
        Certificate.person_id == issued.person_id,
        Certificate.community_id == issued.community_id,
        Certificate.voided_on.is_(None),
        Certificate.id != issued.id,
        or_(_asked_alike(issued), _of_the_same_service(issued)),
    )
    return session.scalars(query.order_by(Certificate.id)).all()


def _asked_alike(issued: Certificate) -> ColumnElement[bool]:
    alike = Certificate.all_time == issued.all_time
    return alike if issued.all_time else alike & covers(Period(issued.first_on, issued.last_on))


def _of_the_same_service(issued: Certificate) -> ColumnElement[bool]:
    own = select(CertificateLine.hours_id).where(CertificateLine.certificate_id == issued.id)
    both = CertificateLine.hours_id.in_(own)
    return Certificate.id.in_(select(CertificateLine.certificate_id).where(both))


def valid_certificates(session: Session, community_id: int | None = None) -> Sequence[Certificate]:
    """All certificates that are valid, in the order of issue."""
    wanted = _given(Certificate, community_id=community_id)
    query = select(Certificate).where(Certificate.voided_on.is_(None), *wanted)
    return session.scalars(query.order_by(Certificate.id)).all()


def certificates(
    session: Session, *, person_id: int | None = None, community_id: int | None = None
) -> Sequence[Certificate]:
    """The certificates of a person and a community, or all, in the order of issue; voided ones too."""
    conditions = _given(Certificate, person_id=person_id, community_id=community_id)
    return session.scalars(select(Certificate).where(*conditions).order_by(Certificate.id)).all()


def replacement(session: Session, certificate_id: int) -> str | None:
    """The number of the valid certificate that stands in the place of one."""
    return session.scalar(
        select(Certificate.number).where(
            Certificate.replaces_id == certificate_id, Certificate.voided_on.is_(None)
        )
    )


def certificate_lines(session: Session, certificate_id: int) -> Sequence[CertificateLine]:
    """The lines of a certificate in their order."""
    lines = select(CertificateLine).where(CertificateLine.certificate_id == certificate_id)
    return session.scalars(lines.order_by(CertificateLine.id)).all()


def replacement_of(session: Session, certificate_id: int) -> Certificate | None:
    """The certificate that replaces a voided one, if there is one."""
    return session.scalar(select(Certificate).where(Certificate.replaces_id == certificate_id))


def last_contact(session: Session, community_id: int) -> str | None:
    """The contact on the latest certificate of a community that has one."""
    contacts = select(Certificate.contact).where(
        Certificate.community_id == community_id, Certificate.contact.is_not(None)
    )
    return session.scalar(contacts.order_by(Certificate.id.desc()).limit(1))


# --- honours and evaluations ------------------------------------------------------------


def awards(
    session: Session,
    *,
    person_id: int | None = None,
    team_id: int | None = None,
    community_id: int | None = None,
    level: str | None = None,
) -> Sequence[Award]:
    """Honours, the latest last; voided ones too."""
    conditions = _given(Award, person_id=person_id, team_id=team_id, community_id=community_id, level=level)
    return session.scalars(select(Award).where(*conditions).order_by(Award.awarded_on, Award.id)).all()


def evaluations(
    session: Session,
    *,
    person_id: int | None = None,
    event_id: int | None = None,
    community_id: int | None = None,
) -> Sequence[Evaluation]:
    """Evaluations in the order in which they were recorded; voided ones too."""
    query = select(Evaluation).where(*_given(Evaluation, person_id=person_id, event_id=event_id))
    if community_id is not None:
        query = query.where(Evaluation.person_id.in_(_people_of(community_id)))
    return session.scalars(query.order_by(Evaluation.id)).all()


def took_part(session: Session, event: Event, person_id: int) -> bool:
    """Whether a place, hours or the lead of an event say that a person was there."""
    from volunteer_cli.events.queries import signup_of

    place = signup_of(session, event.id, person_id)
    if event.leader_id == person_id or (place and place.status in HOLDING):
        return True
    served = select(HoursRecord.id).filter_by(event_id=event.id, person_id=person_id)
    return session.scalar(served.where(HoursRecord.status.in_(LIVE)).limit(1)) is not None


def was_there(row: Any) -> ColumnElement[bool]:
    """Whether a place, hours or the lead say that the person of a row was at its event; as `took_part`, in a query."""
    place = (Signup.event_id == row.event_id, Signup.person_id == row.person_id)
    served = (HoursRecord.event_id == row.event_id, HoursRecord.person_id == row.person_id)
    led = exists().where(Event.id == row.event_id, Event.leader_id == row.person_id)
    came = exists().where(*place, Signup.status.in_(HOLDING))
    return or_(led, came, exists().where(*served, HoursRecord.status.in_(LIVE)))


@dataclass(frozen=True)
class AverageRating:
    """What a person's evaluations come to, each average over the ratings given; `count` evaluations are in it."""

    id: int
    punctuality: float | None
    attitude: float | None
    skill: float | None
    average: float | None
    count: int

    @property
    def person_id(self) -> int:
        """The person's id, which is the row's own."""
        return self.id


def average_ratings(
    session: Session, person_ids: Collection[int] | None = None, *, community_id: int | None = None
) -> dict[int, AverageRating]:
    """The averages of everybody who was evaluated, or of some people; voided evaluations are out."""
    person = Evaluation.person_id
    query = _sums_of_ratings()
    if person_ids is not None:
        query = query.where(person.in_(person_ids))
    if community_id is not None:
        query = query.where(person.in_(_people_of(community_id)))
    averages = {}
    for person_id, number, *figures in session.execute(query.group_by(person).order_by(person)):
        averages[person_id] = _average_rating(person_id, number, figures[0::2], figures[1::2])
    return averages


def _sums_of_ratings() -> Select[Any]:
    columns = [getattr(Evaluation, name) for name in RATINGS]
    # Sum and number of each, for who leaves a rating out says nothing, and not zero.
    sums = [part for column in columns for part in (func.sum(column), func.count(column))]
    return select(Evaluation.person_id, func.count(), *sums).where(Evaluation.voided_on.is_(None))


def _average_rating(person_id: int, count: int, sums: list[int | None], counts: list[int]) -> AverageRating:
    each = (_mean(total or 0, number) for total, number in zip(sums, counts, strict=True))
    ratings = dict(zip(RATINGS, each, strict=True))
    average = _mean(sum(filter(None, sums)), sum(counts))
    return AverageRating(id=person_id, average=average, count=count, **ratings)


def _mean(total: int, number: int) -> float | None:
    return round(float(total) / number, 1) if number else None


def _people_of(community_id: int) -> Select[int]:
    return select(Person.id).where(Person.community_id == community_id)


def _given(model: Any, **values: Any) -> list[ColumnElement[bool]]:
    """The columns of a model that must have these values; None asks for nothing."""
    return [getattr(model, name) == value for name, value in values.items() if value is not None]
