"""What may happen to a pairing: officials, contacts, needs, and the policies brought to enterprises."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.actions import rules as action_rules
from volunteer_cli.actions.models import Action
from volunteer_cli.actions.rules import When, require_active
from volunteer_cli.actions.terms import ActionSource
from volunteer_cli.alliances.models import (
    Alliance,
    Contact,
    Council,
    Delivery,
    Need,
    Pairing,
    PairingOfficial,
    Topic,
)
from volunteer_cli.alliances.queries import pairings as queries
from volunteer_cli.alliances.rules.alliances import require_enterprise
from volunteer_cli.alliances.rules.alliances import require_in_use as require_alliance_in_use
from volunteer_cli.alliances.rules.councils import Proposer, propose
from volunteer_cli.alliances.terms import NEED_ANSWER_DAYS, NEED_SOLVE_DAYS, ContactKind, Outcome
from volunteer_cli.core.dates.working_days import add_working_days
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, pgettext
from volunteer_cli.core.policies import Policy, policy_value
from volunteer_cli.core.steps import OutOfOrder, require_step
from volunteer_cli.core.text import clean_name, required
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.queries import organization_names

__all__ = ["add_pairing", "contact", "deliver", "end", "hand", "need", "outcome", "raise_need"]


class AlreadyPaired(RuleError):
    """{enterprise} is paired already since {since}: pairing {id}"""

    code = "already_paired"
    hint = N_(
        "Change the official: volunteer pairing hand {id} --official NAME; or end it first: "
        "volunteer pairing end {id} --reason TEXT"
    )


class PairingEnded(RuleError):
    """Pairing {id} ended on {until}"""

    code = "pairing_ended"
    hint = N_(
        "Pair the enterprise anew: volunteer pairing add ENTERPRISE --unit ORGANIZATION --official NAME"
    )


class BadSpan(RuleError):
    """A pairing that began on {since} cannot end on {until}"""

    code = "out_of_order"


def add_pairing(
    session: Session,
    enterprise: Organization,
    unit: Organization,
    official: str,
    when: When,
    *,
    alliance: Alliance | None = None,
    every_days: int | None = None,
) -> Pairing:
    """Pair an enterprise with an official of a unit, from a day on.

    Raises:
        NotEnterprise: the organization is none.
        AlreadyPaired: within the alliance somebody looks after it on that day or later.
        StepAhead, OrganizationArchived, AllianceArchived, MissingValue: as their sentences say.
    """
    _require_partners(enterprise, unit, alliance)
    require_step(when.on, now=when.now, last=None, thing=enterprise.name)
    alliance_id = alliance.id if alliance else None
    _require_unpaired(session, enterprise, alliance_id, when.day)
    pairing = Pairing(
        enterprise_id=enterprise.id, alliance_id=alliance_id, since=when.day, every_days=every_days
    )
    session.add(pairing)
    session.flush()
    _add_official(session, pairing, unit, official, when.day)
    return pairing


def _require_partners(enterprise: Organization, unit: Organization, alliance: Alliance | None) -> None:
    """Raises NotEnterprise, OrganizationArchived, AllianceArchived."""
    require_enterprise(enterprise)
    require_active(unit)
    if alliance is not None:
        require_alliance_in_use(alliance)


def _require_unpaired(
    session: Session, enterprise: Organization, alliance_id: int | None, since: date
) -> None:
    """Raises AlreadyPaired: one enterprise, one official (包挂); with two each leaves it to the other."""
    for other in queries.others_of(session, enterprise.id, alliance_id, since, None):
        raise AlreadyPaired(enterprise=enterprise.name, since=other.since, id=other.id)


def _add_official(session: Session, pairing: Pairing, unit: Organization, official: str, since: date) -> None:
    name = clean_name(official, _("Official"))
    session.add(PairingOfficial(pairing_id=pairing.id, unit_id=unit.id, official=name, since=since))
    session.flush()


def require_active_on(pairing: Pairing, day: date) -> None:
    """Refuse a day on which a pairing no longer holds; raises PairingEnded."""
    if pairing.until is not None and day >= pairing.until:
        raise PairingEnded(id=pairing.id, until=pairing.until)


def _require_day(session: Session, pairing: Pairing, when: When) -> None:
    """Raises PairingEnded, StepAhead, and OutOfOrder for a day before the pairing began."""
    require_active_on(pairing, when.day)
    require_step(when.on, now=when.now, last=pairing.since, thing=_thing(session, pairing))


def _thing(session: Session, pairing: Pairing) -> str:
    name = organization_names(session, [pairing.enterprise_id])[pairing.enterprise_id]
    return _("the pairing of {enterprise}").format(enterprise=name)


def edit_pairing(session: Session, pairing: Pairing, *, every_days: int | None) -> bool:
    """Give a pairing a rhythm of its own, or with None that of the policy; answers whether that is new."""
    if pairing.every_days == every_days:
        return False
    pairing.every_days = every_days
    session.flush()
    return True


def hand(
    session: Session, pairing: Pairing, official: str, when: When, *, unit: Organization | None = None
) -> bool:
    """Put another official in charge from a day on, and answer whether that is new; what was done keeps its name.

    Raises:
        PairingEnded, StepAhead, OrganizationArchived: as their sentences say.
        OutOfOrder: another change of official is later.
    """
    require_active_on(pairing, when.day)
    last = queries.last_official(session, pairing.id)
    require_step(when.on, now=when.now, last=last.since, thing=_thing(session, pairing))
    name, unit_id = clean_name(official, _("Official")), unit.id if unit else last.unit_id
    if (last.official, last.unit_id) == (name, unit_id):
        return False
    if unit is not None:
        require_active(unit)
    _put_in_charge(session, last, unit_id, name, when.day)
    return True


def _put_in_charge(session: Session, last: PairingOfficial, unit_id: int, name: str, since: date) -> None:
    """Another official looks after the enterprise of the last one from a day on."""
    if last.since < since:
        row = PairingOfficial(pairing_id=last.pairing_id, unit_id=unit_id, official=name, since=since)
        session.add(row)
    else:
        # On one day there is one official: who was named first that day was in charge of nothing yet.
        last.official, last.unit_id = name, unit_id
    session.flush()


def end(session: Session, pairing: Pairing, reason: str, when: When) -> None:
    """End a pairing on a day, which itself no longer counts, with the reason.

    Raises:
        PairingEnded: it has ended already.
        BadSpan: it began later, or somebody took charge later.
        OutOfOrder: there was a contact, or a need was heard, after that day.
    """
    if pairing.until is not None:
        raise PairingEnded(id=pairing.id, until=pairing.until)
    require_step(when.on, now=when.now, last=None, thing="")
    _require_nothing_after(session, pairing, when.day)
    pairing.until, pairing.end_reason = when.day, required(reason, _("Reason"))
    session.flush()


def _require_nothing_after(session: Session, pairing: Pairing, day: date) -> None:
    """Raises BadSpan, OutOfOrder."""
    if day < queries.last_official(session, pairing.id).since:
        raise BadSpan(since=pairing.since, until=day)
    contacted = queries.last_contacts(session, [pairing.id]).get(pairing.id)
    # A contact on the very day may have been the farewell, and a need the last that was heard.
    for last in (contacted, queries.last_need(session, pairing.id)):
        if last is not None and last > day:
            raise OutOfOrder(thing=_thing(session, pairing), last=last, day=day)


def contact(
    session: Session, pairing: Pairing, text: str, when: When, *, kind: ContactKind, by: str | None = None
) -> tuple[Contact, bool]:
    """Record a contact, under the name of who was in charge that day; answers it and whether it is new.

    Raises:
        PairingEnded: the pairing had ended by then.
        OutOfOrder: it had not begun.
        StepAhead, MissingValue: as their sentences say.
    """
    _require_day(session, pairing, when)
    words = required(text, pgettext("alliance", "Text"))
    # The same contact once more is no second one: sheets are imported again and again.
    if same := queries.same_contact(session, pairing.id, when.day, kind.value, words):
        return same, False
    # Under the name of that day, so that the next official is not credited with it, nor blamed for it.
    name = clean_name(by or _in_charge(session, pairing, when.day).official)
    row = Contact(pairing_id=pairing.id, made_on=when.day, kind=kind.value, text=words, by=name)
    session.add(row)
    session.flush()
    return row, True


# --- needs ------------------------------------------------------------


def working_day_after(session: Session, policy: Policy[int], day: date) -> date:
    """The working day by which something of that day is due, by the calendar and the office's own days."""
    return add_working_days(day, policy_value(session, policy, day))


def need(
    session: Session,
    pairing: Pairing,
    text: str,
    when: When,
    *,
    field: str | None = None,
    owner: Organization | None = None,
    due_on: date | None = None,
) -> Action:
    """A need of a paired enterprise: to be answered first, then solved, then confirmed.

    Whoever heard it first owns it until it is assigned (首接负责制): without an owner that is the unit in charge.

    Raises:
        PairingEnded, OutOfOrder, StepAhead, BadDeadline, OrganizationArchived, MissingValue: as their sentences say.
    """
    _require_day(session, pairing, when)
    row = {
        **_need_days(session, when.day, due_on),
        "source": ActionSource.NEED.value,
        "text": text,
        "field": field,
        "raised_by_id": pairing.enterprise_id,
        "owner_id": require_active(owner).id if owner else _in_charge(session, pairing, when.day).unit_id,
    }
    action = action_rules.raise_action(session, when, row)
    session.add(Need(pairing_id=pairing.id, action_id=action.id))
    session.flush()
    return action


def _need_days(session: Session, raised_on: date, due_on: date | None) -> dict[str, date]:
    # Answered first, then solved: an enterprise that hears nothing for ten days has been forgotten.
    return {
        "answer_due_on": working_day_after(session, NEED_ANSWER_DAYS, raised_on),
        "due_on": due_on or working_day_after(session, NEED_SOLVE_DAYS, raised_on),
    }


def _in_charge(session: Session, pairing: Pairing, day: date) -> Any:
    """Who looks after the enterprise of a pairing on a day, and of which unit."""
    return queries.officials(session, [pairing.id], day)[pairing.id]


def raise_need(session: Session, action: Action, council: Council, when: When) -> Topic:
    """Bring a need to a council as a topic that points back to it.

    Raises:
        NotNeed, AlreadyRaised, NotOpen, CouncilArchived, StepAhead: as their sentences say.
    """
    enterprise = session.get(Organization, action.raised_by_id) if action.raised_by_id else None
    proposer = Proposer(organization=enterprise)
    return propose(session, council, action.text, when, proposer=proposer, need=action)


# --- deliveries ------------------------------------------------------------


def deliver(
    session: Session, enterprise: Organization, policy: str, when: When, *, document: str | None = None
) -> tuple[Delivery, bool]:
    """Record that a policy was brought to an enterprise; answers it and whether it is new.

    Raises:
        NotEnterprise, StepAhead, OrganizationArchived, MissingValue: as their sentences say.
    """
    require_enterprise(enterprise)
    require_step(when.on, now=when.now, last=None, thing="")
    name = required(policy, _("Policy"))
    if same := queries.same_delivery(session, enterprise.id, name, when.day):
        return same, False
    row = Delivery(enterprise_id=enterprise.id, policy=name, delivered_on=when.day)
    if document:
        row.document = required(document, pgettext("alliance", "Document"))
    session.add(row)
    session.flush()
    return row, True


def outcome(
    session: Session, delivery: Delivery, result: Outcome, when: When, *, value: int | None = None
) -> bool:
    """Record what came of a policy that was brought, and answer whether that is new; `value` is in fen.

    Raises:
        StepAhead, OutOfOrder: it is yet to come, or lies before the delivery or its last outcome.
    """
    last = delivery.outcome_on or delivery.delivered_on
    require_step(when.on, now=when.now, last=last, thing=_("delivery {id}").format(id=delivery.id))
    if (delivery.outcome, delivery.value) == (result.value, value):
        return False
    delivery.outcome, delivery.value = result.value, value
    delivery.outcome_on = when.day
    session.flush()
    return True
