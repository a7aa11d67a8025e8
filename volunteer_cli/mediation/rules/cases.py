"""Accepting a case, its parties and mediators, and the sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates.working_days import rolled
from volunteer_cli.core.i18n import _
from volunteer_cli.core.numbers import issue_number
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.steps import require_step
from volunteer_cli.core.text import kept, required
from volunteer_cli.households.queries import household_of
from volunteer_cli.mediation import queries
from volunteer_cli.mediation.models import (
    Mediation,
    MediationParty,
    MediationSession,
    Mediator,
    SessionMediator,
)
from volunteer_cli.mediation.rules.errors import (
    CaseErased,
    Interested,
    NoConsent,
    NotAllAsk,
    TwoMediators,
    TwoParties,
    WrongState,
)
from volunteer_cli.mediation.terms import MEDIATION_DAYS, STATUSES, End, Kind, Source, Status
from volunteer_cli.people.models import Person


@dataclass(frozen=True)
class PartyOf:
    """Who disputes: a person, a household, an organisation, or somebody who is known by name alone."""

    person_id: int | None = None
    household_id: int | None = None
    organization_id: int | None = None
    name: str | None = None

    def same(self, party: MediationParty) -> bool:
        """Whether a party on file is this one."""
        return self == PartyOf(party.person_id, party.household_id, party.organization_id, party.name)


@dataclass(frozen=True)
class Draft:
    """What is known of a case when it is accepted; without a number it gets the next one."""

    kind: Kind
    source: Source
    parties: Sequence[PartyOf]
    mediators: Sequence[Person]
    on: date
    request_id: int | None = None
    household_id: int | None = None
    facts: str | None = None
    number: str | None = None


def add_case(session: Session, community: Community, draft: Draft, *, now: datetime) -> Mediation:
    """Accept a case.

    Raises:
        StepAhead, TwoParties, Interested: as their sentences say.
    """
    parties = list(dict.fromkeys(draft.parties))
    require_step(draft.on, now=now, last=None, thing=draft.number or _("the case"))
    if len(parties) < 2:
        raise TwoParties
    accepted = _accepted(session, community, draft)
    session.add(accepted)
    session.flush()
    for party in parties:
        session.add(MediationParty(mediation_id=accepted.id, named_on=draft.on, **vars(party)))
    session.flush()
    # Once the parties are on file: whether a mediator is one of them is asked of what stands there.
    _appoint(session, accepted, draft.mediators)
    return accepted


def _accepted(session: Session, community: Community, draft: Draft) -> Mediation:
    return Mediation(
        community_id=community.id,
        number=_number(session, community, draft),
        kind=draft.kind,
        source=draft.source,
        status=Status.ACCEPTED,
        accepted_on=draft.on,
        due_on=_due(session, draft.on),
        moved_on=draft.on,
        request_id=draft.request_id,
        household_id=draft.household_id,
        facts=kept(draft.facts, _("facts")) if draft.facts else None,
    )


def _number(session: Session, community: Community, draft: Draft) -> str:
    """The number that a register gives, else the next one of the year."""
    if draft.number:
        return required(draft.number, _("number"))
    year = draft.on.year
    code = community.code.upper()
    return issue_number(session, f"mediation:{community.code}:{year}", f"{code}-M{year}-{{:04}}")


def _due(session: Session, accepted_on: date) -> date:
    # 宁波市人民调解条例 (Ningbo's regulations on people's mediation), art. 27: normally one month; a last day
    # that is a day off gives way to the next working day, as for every term that is counted in days.
    return rolled(accepted_on + timedelta(policy_value(session, MEDIATION_DAYS)))


# --- mediators ------------------------------------------------------------


def _appoint(session: Session, accepted: Mediation, people: Iterable[Person]) -> None:
    """Let people mediate a case, whoever does already among them; raises Interested."""
    appointed = set(queries.mediators(session, [accepted.id])[accepted.id])
    everybody = list(people)
    _require_impartial(session, accepted, everybody)
    new = [person for person in everybody if person.id not in appointed]
    session.add_all(Mediator(mediation_id=accepted.id, person_id=person.id) for person in new)
    session.flush()


def _require_impartial(session: Session, accepted: Mediation, people: Iterable[Person]) -> None:
    parties = queries.parties(session, accepted.id)
    persons = {party.person_id for party in parties if party.person_id is not None}
    # Whoever lives with a party is no mediator either; those who live nowhere on file share no home.
    homes = {party.household_id for party in parties}
    homes |= {_home(session, key, accepted.moved_on) for key in persons}
    for person in people:
        home = _home(session, person.id, accepted.moved_on)
        if person.id in persons or (home is not None and home in homes):
            raise Interested(name=person.name)


def _home(session: Session, person_id: int, on: date) -> int | None:
    home = household_of(session, person_id, on)
    return home.id if home else None


# --- parties ------------------------------------------------------------


def note_party(
    session: Session, of: Mediation, party: PartyOf, *, agrees: bool, on: date, now: datetime
) -> None:
    """Record that a party, perhaps a further one, agrees to mediation or refuses it; a refusal ends the case.

    Raises:
        CaseErased, WrongState, StepAhead, OutOfOrder, Interested: as their sentences say.
    """
    require_open(of)
    # Two records of one person, made one since, are that party twice.
    records = [each for each in queries.parties(session, of.id) if party.same(each)]
    if agrees and records and all(each.agreed_on for each in records):
        return
    step(of, on, now=now)
    for record in records or [_further(session, of, party)]:
        _say(of, record, agrees=agrees)
    session.flush()


def _say(of: Mediation, record: MediationParty, *, agrees: bool) -> None:
    """Keep what a party said; who clearly refuses is not mediated (人民调解法, People's Mediation Law, art. 17)."""
    if agrees:
        record.agreed_on = record.agreed_on or of.moved_on
    else:
        record.refused_on = of.moved_on
        _end(of, End.REFUSED)


def _further(session: Session, of: Mediation, party: PartyOf) -> MediationParty:
    """A party that comes to a case later; raises Interested where a mediator is close to it."""
    record = MediationParty(mediation_id=of.id, named_on=of.moved_on, **vars(party))
    session.add(record)
    session.flush()
    _require_impartial(session, of, _people(session, of))
    return record


def _people(session: Session, of: Mediation) -> list[Person]:
    ids = queries.mediators(session, [of.id])[of.id]
    return [session.get_one(Person, key) for key in ids]


def require_consent(session: Session, of: Mediation) -> None:
    """Refuse what needs the consent of every party; raises NoConsent."""
    parties = queries.parties(session, of.id)
    missing = sum(party.agreed_on is None for party in parties)
    if missing:
        raise NoConsent(number=of.number, missing=missing)


# --- sessions ------------------------------------------------------------


def add_session(
    session: Session,
    of: Mediation,
    *,
    at: datetime,
    now: datetime,
    minutes: int | None = None,
    mediators: Sequence[Person] = (),
    text: str | None = None,
) -> MediationSession:
    """Record a session; without mediators those of the case held it, and who is new joins the case.

    Raises:
        CaseErased, WrongState, StepAhead, OutOfOrder, NoConsent, Interested, TwoMediators.
    """
    require_open(of)
    step(of, at, now=now)
    require_consent(session, of)
    people = list(mediators) or _people(session, of)
    # 人民调解法 (People's Mediation Law), art. 25: what may turn violent is prevented; nobody sits there alone.
    if of.danger_on is not None and len({person.id for person in people}) < 2:
        raise TwoMediators(number=of.number, day=of.danger_on)
    _appoint(session, of, people)
    return _hold(session, of, at, people, minutes, text)


def _hold(
    session: Session,
    of: Mediation,
    at: datetime,
    people: Sequence[Person],
    minutes: int | None,
    text: str | None,
) -> MediationSession:
    record = MediationSession(
        mediation_id=of.id, held_at=at, minutes=minutes, text=kept(text, _("text")) if text else None
    )
    session.add(record)
    session.flush()
    session.add_all(SessionMediator(session_id=record.id, person_id=person.id) for person in people)
    session.flush()
    return record


# --- longer, dangerous, without result ------------------------------------------------------------


def extend(session: Session, of: Mediation, *, days: int, all_ask: bool, on: date, now: datetime) -> None:
    """Give a case more days; the new last day rolls to a working day.

    Raises:
        CaseErased, WrongState, StepAhead, OutOfOrder, NotAllAsk: as their sentences say.
    """
    require_open(of)
    step(of, on, now=now)
    if not all_ask:
        raise NotAllAsk(number=of.number)
    of.due_on = rolled(of.due_on + timedelta(days))
    session.flush()


def report_danger(session: Session, of: Mediation, *, to: str, reason: str, on: date, now: datetime) -> None:
    """Keep that a danger was reported, when and to whom; from then on sessions need two mediators.

    Raises:
        CaseErased, WrongState, StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    require_open(of)
    step(of, on, now=now)
    of.danger_on = of.moved_on
    of.danger_to, of.danger_reason = required(to, _("office")), required(reason, _("Reason"))
    session.flush()


def end_case(session: Session, of: Mediation, *, reason: End, on: date, now: datetime) -> None:
    """End a case without an agreement.

    Raises:
        CaseErased, WrongState, StepAhead, OutOfOrder: as their sentences say.
    """
    require_open(of)
    step(of, on, now=now)
    _end(of, reason)
    session.flush()


def _end(of: Mediation, reason: End) -> None:
    of.status, of.outcome, of.ended_for = Status.ENDED, Status.ENDED, reason
    of.decided_on = of.moved_on


# --- states and days ------------------------------------------------------------


def require_open(of: Mediation) -> None:
    """Refuse a step for a case that is decided, or whose content is gone; raises CaseErased, WrongState."""
    require_status(of, Status.ACCEPTED)


def require_status(of: Mediation, *statuses: Status) -> None:
    """Refuse a step for a case in another state; raises CaseErased, WrongState."""
    if of.erased_on is not None:
        raise CaseErased(number=of.number)
    if of.status not in statuses:
        raise WrongState(number=of.number, status=_(STATUSES[of.status]))


def step(of: Mediation, on: date, *, now: datetime) -> None:
    """Note the day of a step of a case.

    Raises:
        StepAhead, OutOfOrder: it is yet to come, or lies before the last one.
    """
    require_step(on, now=now, last=of.moved_on, thing=of.number)
    of.moved_on = on.date() if isinstance(on, datetime) else on


def moment(on: date, now: datetime) -> datetime:
    """The moment of a step: of today without a time now, of another day its beginning."""
    if isinstance(on, datetime):
        return on
    return now if on == now.date() else datetime.combine(on, time())
