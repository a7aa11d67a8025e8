"""Reports on alliances, actions, pairings and needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from volunteer_cli.alliances.terms import FORMS, Form
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.organizations.terms import ALLIANCE_FIELDS
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Exported, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from volunteer_cli.alliances.models import CouncilSession, Pairing


def _in_period(column: Any, scope: Scope) -> list[Any]:
    return [column.between(scope.period.first, scope.period.last)] if scope.period else []


def _grouped(rows: Iterable[Row], keys: Sequence[str]) -> Mapping[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def _summed(
    rows: Iterable[Row], keys: Sequence[str], most: str, figures: Callable[[list[Row]], Row]
) -> Sequence[Row]:
    """A row for each group with its figures; without a group one row of all."""
    if not keys:
        return [figures(list(rows))]
    sums = [
        dict(zip(keys, values, strict=True)) | figures(members)
        for values, members in _grouped(rows, keys).items()
    ]
    return in_order(sums, keys, most)


def _named(session: Session, rows: Sequence[Row], name: str) -> Sequence[Row]:
    """The rows with the name of the organization whose id stands in them."""
    from volunteer_cli.organizations.queries import organization_names

    key = f"{name}_id"
    names = organization_names(session, (row[key] for row in rows if key in row))
    for row in rows:
        if key in row:
            row[name] = names.get(row[key])
    return rows


# --- alliance ------------------------------------------------------------


def alliance_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Activities by what was asked for; councils and pairings are counted from their own records."""
    if scope.community_id is not None:
        return []
    keys = ALLIANCE.row_keys(scope)
    records = [*_activities(session, scope), *_sessions(session, scope), *_contacts(session, scope)]
    if "unit_id" in keys:
        # One activity stands in the row of each unit: such rows do not add up, and no total is drawn.
        records = [record | {"unit_id": unit} for record in records for unit in record["units"]]
    missing = _fields_without(session, scope)
    rows = _summed(records, keys, "activities", lambda group: _activity_figures(group, missing))
    return _named(session, rows, "unit")


def _activity_figures(records: list[Row], missing: list[str]) -> Row:
    enterprises = {key for record in records for key in record["enterprises"]}
    return {
        "activities": len(records),
        "enterprises": len(enterprises),
        "people": sum(record["people"] or 0 for record in records),
        "fields_without_member": missing,
    }


def _activities(session: Session, scope: Scope) -> list[Row]:
    from sqlalchemy import select

    from volunteer_cli.alliances.models import AllianceActivity
    from volunteer_cli.alliances.queries.alliances import line_names, units_of

    where = [AllianceActivity.voided_on.is_(None), *_in_period(AllianceActivity.held_on, scope)]
    activities = session.scalars(select(AllianceActivity).where(*where)).all()
    lines = line_names(session, (each.line_id for each in activities))
    took_part = units_of(session, (each.id for each in activities))
    return [
        {
            "form": each.form,
            "line": lines.get(each.line_id or 0),
            "people": each.people,
            **_partners(took_part.get(each.id, ())),
        }
        for each in activities
    ]


def _partners(organizations: Iterable[Any]) -> Row:
    """Who took part, units of the alliance apart from enterprises."""
    units: list[int] = []
    enterprises: list[int] = []
    for each in organizations:
        (enterprises if each.enterprise else units).append(each.organization_id)
    return {"units": units, "enterprises": enterprises}


def _sessions(session: Session, scope: Scope) -> list[Row]:
    """Closed sessions of the councils of alliances, with the units that were present."""
    from sqlalchemy import select

    from volunteer_cli.alliances.models import Council, CouncilSession
    from volunteer_cli.alliances.terms import SessionStatus
    from volunteer_cli.core.database import day_of

    # A session that is not closed may still be called off; what it decided is not final either.
    where = [
        Council.alliance_id.is_not(None),
        CouncilSession.status == SessionStatus.CLOSED,
        *_in_period(day_of(CouncilSession.starts_at), scope),
    ]
    query = select(CouncilSession).join(Council, Council.id == CouncilSession.council_id).where(*where)
    record: Row = {"form": Form.COUNCIL.value, "line": None, "enterprises": [], "people": None}
    return [record | {"units": _present(session, meeting)} for meeting in session.scalars(query)]


def _present(session: Session, meeting: CouncilSession) -> list[int]:
    from volunteer_cli.alliances.queries.councils import attendance

    return [row.organization_id for row in attendance(session, meeting) if row.present]


def _contacts(session: Session, scope: Scope) -> list[Row]:
    """Contacts with paired enterprises, each of the unit in charge then."""
    from sqlalchemy import select

    from volunteer_cli.alliances.models import Contact, Pairing, PairingOfficial

    query = (
        select(PairingOfficial.unit_id, Pairing.enterprise_id)
        .select_from(Contact)
        .join(Pairing, Pairing.id == Contact.pairing_id)
        .join(PairingOfficial, _in_charge_then())
        .where(*_in_period(Contact.made_on, scope))
    )
    record: Row = {"form": Form.PAIRING.value, "line": None, "people": None}
    return [record | {"units": [unit], "enterprises": [firm]} for unit, firm in session.execute(query)]


def _in_charge_then() -> ColumnElement[bool]:
    """Whether a row of a pairing's officials is the one that held when a contact was made."""
    from sqlalchemy import and_, func, select
    from sqlalchemy.orm import aliased

    from volunteer_cli.alliances.models import Contact, PairingOfficial

    later = aliased(PairingOfficial)
    since = select(func.max(later.since)).where(
        later.pairing_id == Contact.pairing_id, later.since <= Contact.made_on
    )
    return and_(
        PairingOfficial.pairing_id == Contact.pairing_id, PairingOfficial.since == since.scalar_subquery()
    )


def _fields_without(session: Session, scope: Scope) -> list[str]:
    """The fields of which no unit of any alliance is on the last day."""
    from sqlalchemy import select

    from volunteer_cli.alliances.models import AllianceMembership
    from volunteer_cli.alliances.queries.alliances import holds_on
    from volunteer_cli.organizations.models import Organization

    query = select(Organization.field).join(
        AllianceMembership, AllianceMembership.organization_id == Organization.id
    )
    present = set(session.scalars(query.where(holds_on(scope.as_of)).distinct()))
    return [field for field in ALLIANCE_FIELDS if field not in present]


ALLIANCE = Report(
    name="alliance",
    title=N_("Activities of alliances"),
    help=N_("Count the activities of alliances by form, line of work or unit."),
    question=N_("What do the alliances do, who takes part, and which field is missing?"),
    rows=alliance_rows,
    by=("form",),
    chart=Chart("activities"),
    groups=(
        group("form", N_("Form"), N_("The form of activity."), kind=Kind.CHOICE, choices=FORMS),
        group(
            "line",
            N_("Line of work"),
            N_("The line of work; one row is for activities without."),
            blank=N_("no line"),
        ),
        group(
            "unit",
            NC_("alliance", "Unit"),
            N_("A unit that took part; an activity stands in the row of each of them."),
            reference=True,
            whole=False,
        ),
    ),
    figures=(
        figure(
            "activities",
            N_("Activities"),
            Kind.COUNT,
            N_(
                "Activities of the period that were not voided; of the council closed sessions, of pairings the contacts with enterprises, each from its own records."
            ),
        ),
        figure(
            "enterprises",
            N_("Enterprises"),
            Kind.COUNT,
            N_("Enterprises that took part or were contacted, each once in a row."),
            total=False,
        ),
        figure("people", N_("People"), Kind.COUNT, N_("People who came, where that was counted.")),
        figure(
            "fields_without_member",
            N_("Fields without a unit"),
            Kind.LIST,
            N_("Fields of which no unit belongs to an alliance on the last day; the same in every row."),
            total=False,
            compared=False,
        ),
    ),
)


# --- actions ------------------------------------------------------------


def action_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Actions of councils that were raised in the period, by what was asked for."""
    from volunteer_cli.actions.queries import extensions

    actions = _council_actions(session, scope)
    counts = extensions(session, (action.id for action, _council in actions))
    records = [
        _of_action(action, scope) | {"council_id": council, "extended": action.id in counts}
        for action, council in actions
    ]
    sums = _summed(records, ACTIONS.row_keys(scope), "raised", _action_figures)
    return _named(session, sums, "owner")


def _council_actions(session: Session, scope: Scope) -> Sequence[Any]:
    """The actions of councils that were raised in the period, each with its council's id."""
    from sqlalchemy import select

    from volunteer_cli.actions.models import Action
    from volunteer_cli.actions.terms import ActionSource
    from volunteer_cli.alliances.models import Council, Topic, TopicAction
    from volunteer_cli.alliances.queries.councils import in_scope

    query = (
        select(Action, Topic.council_id)
        .join(TopicAction, TopicAction.action_id == Action.id)
        .join(Topic, Topic.id == TopicAction.topic_id)
        .join(Council, Council.id == Topic.council_id)
        .where(Action.source == ActionSource.TOPIC, *_in_period(Action.raised_on, scope))
        .where(*in_scope(scope.community_id))
    )
    return session.execute(query).all()


def _of_action(action: Any, scope: Scope) -> Row:
    from volunteer_cli.actions.terms import ActionStatus

    in_hand = action.status == ActionStatus.OPEN
    return {
        "owner_id": action.owner_id,
        "field": action.field,
        "open": in_hand,
        "overdue": in_hand and action.due_on < scope.today,
        **_of_its_end(action),
    }


def _of_its_end(action: Any) -> Row:
    """When and how an action was done; an overdue one that is done at last is late, and no longer overdue."""
    from volunteer_cli.actions.terms import FINISHED

    # Returned or dropped it may still have a day on which it was once done.
    done_on = action.done_on if action.status in FINISHED else None
    return {
        "done_in_time": bool(done_on and done_on <= action.due_on),
        "done_late": bool(done_on and done_on > action.due_on),
        "days": (done_on - action.raised_on).days if done_on else None,
    }


def _count(records: Iterable[Row], name: str) -> int:
    return sum(bool(record[name]) for record in records)


def _action_figures(records: list[Row]) -> Row:
    names = ("done_in_time", "done_late", "open", "overdue", "extended")
    days = [record["days"] for record in records if record["days"] is not None]
    # The middle one and not the mean: one action of three years would hide how long things take.
    counts = {name: _count(records, name) for name in names}
    return {"raised": len(records), **counts, "median_days": median(days) if days else None}


OWNER = group("owner", N_("Responsible unit"), N_("The organization that has to do it."), reference=True)
FIELD = group(
    "field",
    N_("Alliance field"),
    N_("The field of the topic or need; one row is for those without."),
    kind=Kind.CHOICE,
    choices=ALLIANCE_FIELDS,
    blank=N_("no field"),
)
ACTIONS = Report(
    name="actions",
    title=N_("Actions of councils"),
    help=N_("Count what councils had done, in time, late and not at all."),
    question=N_("Is what councils decide done, by whom, and in time?"),
    rows=action_rows,
    exported=Exported(("field",)),
    by=("owner",),
    chart=Chart("raised"),
    groups=(
        OWNER,
        group("council", N_("Council"), N_("The council whose decision it follows from."), reference=True),
        FIELD,
    ),
    figures=(
        figure("raised", N_("Raised"), Kind.COUNT, N_("Actions that were raised in the period.")),
        figure(
            "done_in_time",
            N_("Done in time"),
            Kind.COUNT,
            N_("Of these, those last done by their day, extensions taken in."),
        ),
        figure("done_late", N_("Done late"), Kind.COUNT, N_("Of these, those last done after their day.")),
        figure("open", N_("In hand"), Kind.COUNT, N_("Of these, those neither done nor dropped.")),
        figure("overdue", N_("Overdue"), Kind.COUNT, N_("Of those in hand, those whose day is past today.")),
        figure("extended", N_("Extended"), Kind.COUNT, N_("Of these, those that were given a later day.")),
        figure(
            "median_days",
            N_("Median days"),
            Kind.NUMBER,
            N_("Days from raising an action to when it was last done; the middle one of those done."),
            total=False,
        ),
    ),
)


# --- pairings ------------------------------------------------------------


def pairing_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Pairings that hold on the last day, by what was asked for."""
    from sqlalchemy import select

    from volunteer_cli.alliances.models import Pairing
    from volunteer_cli.alliances.queries import pairings as queries

    if scope.community_id is not None:
        return []
    active = session.scalars(select(Pairing).where(queries.holds_on(scope.as_of))).all()
    officials = queries.officials(session, (pairing.id for pairing in active), scope.as_of)
    records = [
        {**contacts, "unit_id": officials[key].unit_id, "official": officials[key].official}
        for key, contacts in _contact_records(session, active, scope)
    ]
    sums = _summed(records, PAIRINGS.row_keys(scope), "enterprises", _pairing_figures)
    return _named(session, sums, "unit")


def _contact_records(
    session: Session, pairings: Sequence[Pairing], scope: Scope
) -> Iterator[tuple[int, Row]]:
    """Of each pairing its contacts in the period, the last of all, and whether the next is not overdue."""
    from volunteer_cli.alliances.queries.pairings import Cadence, last_contacts

    day = scope.as_of
    # Up to that day, so that a report of last year says what it said then.
    lasts = last_contacts(session, (pairing.id for pairing in pairings), day)
    cadence, counts = Cadence.on(session, day), _contact_counts(session, scope)
    for pairing in pairings:
        last = lasts.get(pairing.id)
        in_cadence = cadence.next_due(pairing, last) >= day
        yield pairing.id, {"in_cadence": in_cadence, "contacts": counts.get(pairing.id, 0), "last": last}


def _contact_counts(session: Session, scope: Scope) -> dict[int, int]:
    from sqlalchemy import func, select

    from volunteer_cli.alliances.models import Contact

    query = select(Contact.pairing_id, func.count()).where(*_in_period(Contact.made_on, scope))
    return {row[0]: row[1] for row in session.execute(query.group_by(Contact.pairing_id))}


def _pairing_figures(records: list[Row]) -> Row:
    days = [record["last"] for record in records if record["last"]]
    return {
        "enterprises": len(records),
        "contacted_in_cadence": _count(records, "in_cadence"),
        "contacts": sum(record["contacts"] for record in records),
        "last_contact": max(days, default=None),
    }


PAIRINGS = Report(
    name="pairings",
    title=N_("Pairings with enterprises"),
    help=N_("Count paired enterprises and the contacts with them, by unit or official."),
    question=N_("Is somebody in contact with every paired enterprise, as often as promised?"),
    rows=pairing_rows,
    by=("unit",),
    chart=Chart("enterprises"),
    groups=(
        group("unit", NC_("alliance", "Unit"), N_("The unit in charge on the last day."), reference=True),
        group("official", N_("Official"), N_("The official in charge on the last day.")),
    ),
    figures=(
        figure(
            "enterprises",
            N_("Enterprises"),
            Kind.COUNT,
            N_("Enterprises whose pairing holds on the last day of the period, or today."),
        ),
        figure(
            "contacted_in_cadence",
            N_("In cadence"),
            Kind.COUNT,
            N_("Of these, those whose next contact is not overdue on that day."),
        ),
        figure("contacts", N_("Contacts"), Kind.COUNT, N_("Contacts with these enterprises in the period.")),
        figure(
            "last_contact",
            N_("Last contact"),
            Kind.DATE,
            N_("The day of the last contact with any of them up to that day."),
            total=False,
            compared=False,
        ),
    ),
)


# --- needs ------------------------------------------------------------


def need_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Needs of enterprises that were raised in the period."""
    from sqlalchemy import select

    from volunteer_cli.actions.models import Action
    from volunteer_cli.actions.terms import ActionSource

    if scope.community_id is not None:
        return []
    where = [Action.source == ActionSource.NEED, *_in_period(Action.raised_on, scope)]
    records = [_of_need(need, scope) for need in session.scalars(select(Action).where(*where))]
    rows = _summed(records, NEEDS.row_keys(scope), "raised", _need_figures)
    return _named(session, rows, "owner")


def _of_need(need: Any, scope: Scope) -> Row:
    from volunteer_cli.actions.terms import FINISHED, ActionStatus

    # What was solved at once needs no answer before.
    answered = need.answered_on or need.done_on
    in_time = answered and need.answer_due_on and answered <= need.answer_due_on
    return _of_action(need, scope) | {
        "answered_in_time": bool(in_time),
        "solved": need.status in FINISHED,
        "confirmed": need.status == ActionStatus.CONFIRMED,
        "score": need.score,
    }


def _need_figures(records: list[Row]) -> Row:
    names = ("answered_in_time", "solved", "confirmed", "overdue")
    scores = [record["score"] for record in records if record["score"]]
    days = [record["days"] for record in records if record["days"] is not None]
    return {
        "raised": len(records),
        **{name: _count(records, name) for name in names},
        "mean_score": round(fmean(scores), 2) if scores else None,
        "days": median(days) if days else None,
    }


NEEDS = Report(
    name="needs",
    title=N_("Needs of enterprises"),
    help=N_("Count what enterprises need, and how it was answered and solved."),
    question=N_("Are enterprises answered, helped and content?"),
    rows=need_rows,
    groups=(OWNER, FIELD),
    figures=(
        figure("raised", N_("Raised"), Kind.COUNT, N_("Needs that were raised in the period.")),
        figure(
            "answered_in_time",
            N_("Answered in time"),
            Kind.COUNT,
            N_("Of these, those answered, or solved at once, within the policy need_answer_days."),
        ),
        figure("solved", N_("Solved"), Kind.COUNT, N_("Of these, those that are done, confirmed or not.")),
        figure(
            "confirmed",
            NC_("alliance", "Confirmed"),
            Kind.COUNT,
            N_("Of these, those the enterprise confirmed."),
        ),
        figure("overdue", N_("Overdue"), Kind.COUNT, N_("Of these, those in hand whose day is past today.")),
        figure(
            "mean_score",
            N_("Mean score"),
            Kind.NUMBER,
            N_("The mean of the scores from 1 to 5 that enterprises gave."),
            total=False,
        ),
        figure(
            "days",
            N_("Median days"),
            Kind.NUMBER,
            N_("Days from raising a need to when it was last done; the middle one of those done."),
            total=False,
        ),
    ),
)
REPORTS = (ALLIANCE, ACTIONS, PAIRINGS, NEEDS)
