"""How pairings, contacts, needs and deliveries are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from volunteer_cli.actions.queries import answers
from volunteer_cli.actions.views import COURSE, ids_of
from volunteer_cli.alliances.contributed import need_in_words
from volunteer_cli.alliances.queries import pairings as queries
from volunteer_cli.alliances.queries.alliances import ALLIANCE
from volunteer_cli.alliances.terms import CONTACT_KINDS, OUTCOMES, PAIRING_STATUSES, PairingStatus
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.core.run import run
from volunteer_cli.organizations.queries import ORGANIZATION, organization_names
from volunteer_cli.organizations.terms import ALLIANCE_FIELDS
from volunteer_cli.output.view import Column, Kind, View

Load: TypeAlias = Callable[[Any, Sequence[Any]], Mapping[int, Any]]


def _official(name: str) -> Load:
    def load(session: Any, pairings: Sequence[Any]) -> Mapping[int, Any]:
        rows = queries.officials(session, ids_of(pairings), run().clock.today)
        return {key: getattr(row, name) for key, row in rows.items()}

    return load


def _status(pairing: Any) -> str:
    ended = pairing.until is not None and pairing.until <= run().clock.today
    return PairingStatus.ENDED if ended else PairingStatus.ACTIVE


def _lasts(session: Any, pairings: Sequence[Any]) -> Mapping[int, Any]:
    return queries.last_contacts(session, ids_of(pairings))


def _next_due(session: Any, pairings: Sequence[Any]) -> Mapping[int, Any]:
    """When the next contact is due; of what has ended never."""
    cadence, lasts = queries.Cadence.on(session, run().clock.today), _lasts(session, pairings)
    active = [pairing for pairing in pairings if _status(pairing) == "active"]
    return {pairing.id: cadence.next_due(pairing, lasts.get(pairing.id)) for pairing in active}


def _every(session: Any, pairings: Sequence[Any]) -> Mapping[int, Any]:
    cadence = queries.Cadence.on(session, run().clock.today)
    return {pairing.id: cadence.days(pairing) for pairing in pairings}


def _needs(name: str) -> Load:
    def load(session: Any, pairings: Sequence[Any]) -> Mapping[int, Any]:
        counts = queries.need_counts(session, ids_of(pairings))
        return {key: getattr(each, name) for key, each in counts.items()}

    return load


OFFICIALS = View(
    "officials",
    N_("Officials"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("official", N_("Official")),
        Column("unit", NC_("alliance", "Unit")),
        Column("since", NC_("alliance", "Since"), Kind.DATE),
    ),
)
PAIRINGS = View(
    "pairings",
    N_("Pairings"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("enterprise", N_("Enterprise"), load=named_by("enterprise_id", ORGANIZATION)),
        Column("enterprise_id", N_("Enterprise id"), Kind.ID, table=False),
        Column("unit", NC_("alliance", "Unit"), load=_official("unit")),
        Column("unit_id", NC_("alliance", "Unit id"), Kind.ID, load=_official("unit_id"), table=False),
        Column("official", N_("Official"), load=_official("official")),
        Column("alliance", N_("Alliance"), load=named_by("alliance_id", ALLIANCE), table=False),
        Column("alliance_id", N_("Alliance id"), Kind.ID, table=False),
        Column("since", NC_("alliance", "Since"), Kind.DATE, table=False),
        Column("until", NC_("alliance", "Until"), Kind.DATE, table=False),
        Column("every_days", N_("Every days"), Kind.COUNT, load=_every, table=False),
        Column("last_contact_on", N_("Last contact"), Kind.DATE, load=_lasts),
        Column("next_due_on", N_("Next due"), Kind.DATE, load=_next_due),
        Column(
            "contacts",
            N_("Contacts"),
            Kind.COUNT,
            load=lambda session, pairings: queries.contact_counts(session, ids_of(pairings)),
            default=0,
        ),
        Column("needs", N_("Needs"), Kind.COUNT, load=_needs("needs"), default=0),
        Column("open_needs", N_("Open needs"), Kind.COUNT, load=_needs("open_needs"), default=0),
        Column("status", N_("Status"), Kind.CHOICE, value=_status, choices=PAIRING_STATUSES),
        Column("end_reason", N_("Reason of the end"), table=False),
        Column(
            "officials",
            N_("Officials"),
            Kind.ROWS,
            load=lambda session, pairings: queries.official_rows(session, ids_of(pairings)),
            default=(),
            view=OFFICIALS,
            show_only=True,
        ),
    ),
)


def _enterprises_of(session: Any, contacts: Sequence[Any]) -> Mapping[int, Any]:
    names = queries.enterprises_of(session, (contact.pairing_id for contact in contacts))
    return {contact.id: names.get(contact.pairing_id) for contact in contacts}


CONTACTS = View(
    "contacts",
    N_("Contacts"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("pairing_id", N_("Pairing id"), Kind.ID, table=False),
        Column("enterprise", N_("Enterprise"), load=_enterprises_of),
        Column("on", NC_("alliance", "Day"), Kind.DATE, value=lambda contact: contact.made_on),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=CONTACT_KINDS),
        Column("text", NC_("alliance", "Text")),
        Column("by", N_("By")),
    ),
)


def _of_need(name: str) -> Load:
    def load(session: Any, needs: Sequence[Any]) -> Mapping[int, Any]:
        rows = queries.pairings_of_needs(session, ids_of(needs))
        return {key: getattr(row, name) for key, row in rows.items()}

    return load


def _topics(name: str) -> Load:
    def load(session: Any, needs: Sequence[Any]) -> Mapping[int, Any]:
        rows = queries.topics_of_needs(session, ids_of(needs))
        return {key: getattr(row, name) for key, row in rows.items()}

    return load


def _raisers(session: Any, needs: Sequence[Any]) -> Mapping[int, Any]:
    names = organization_names(session, (need.raised_by_id for need in needs))
    return {need.id: names.get(need.raised_by_id) for need in needs}


NEEDS = View(
    "needs",
    N_("Needs"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("text", N_("Need")),
        Column("source", N_("Source"), Kind.CODE, value=lambda need: need_in_words(need.id), table=False),
        Column("raised_by", N_("Raised by"), load=_raisers, table=False),
        Column("pairing_id", N_("Pairing id"), Kind.ID, load=_of_need("pairing_id"), table=False),
        Column("enterprise", N_("Enterprise"), load=_of_need("enterprise")),
        Column("enterprise_id", N_("Enterprise id"), Kind.ID, load=_of_need("enterprise_id"), table=False),
        Column("field", N_("Alliance field"), Kind.CHOICE, choices=ALLIANCE_FIELDS, table=False),
        Column("answer_due_on", N_("Answer due"), Kind.DATE, table=False),
        Column("answered_on", N_("Answered on"), Kind.DATE),
        Column(
            "answer",
            N_("Answer"),
            load=lambda session, needs: answers(session, ids_of(needs)),
            table=False,
        ),
        *COURSE,
        Column("topic", NC_("alliance", "Topic"), load=_topics("title"), table=False),
        Column("topic_id", N_("Topic id"), Kind.ID, load=_topics("id"), table=False),
    ),
)
DELIVERIES = View(
    "deliveries",
    N_("Deliveries"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("enterprise", N_("Enterprise"), load=named_by("enterprise_id", ORGANIZATION)),
        Column("enterprise_id", N_("Enterprise id"), Kind.ID, table=False),
        Column("policy", N_("Policy")),
        Column("document", NC_("alliance", "Document")),
        Column("on", NC_("alliance", "Day"), Kind.DATE, value=lambda delivery: delivery.delivered_on),
        Column("outcome", NC_("alliance", "Outcome"), Kind.CHOICE, choices=OUTCOMES),
        Column("outcome_on", N_("Outcome on"), Kind.DATE, table=False),
        Column("value", N_("Benefit"), Kind.MONEY),
    ),
)
