"""How cases are shown: what is confidential to those alone who say why they look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from volunteer_cli.communities.queries import COMMUNITY
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.core.run import run
from volunteer_cli.households.queries import household_names
from volunteer_cli.mediation import queries
from volunteer_cli.mediation.terms import (
    CONSENTS,
    COURTS,
    ENDS,
    FORMS,
    KINDS,
    PERFORMED,
    SATISFIED,
    SOURCES,
    STATUSES,
    TERM_STATUSES,
    Status,
)
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import person_names
from volunteer_cli.people.terms import NOBODY
from volunteer_cli.requests.queries import request_numbers


def _mediators(session: Any, cases: Sequence[Any]) -> dict[int, list[str]]:
    ids = queries.mediators(session, [case.id for case in cases])
    names = person_names(session, {key for each in ids.values() for key in each})
    return {case_id: [names[key] for key in each] for case_id, each in ids.items()}


# Of parties a list shows how many there are, never who: a name beside a case says what nobody may know.
def _count(name: str) -> Callable[[Any, Sequence[Any]], dict[int, int]]:
    """What loads one of the counts of cases."""

    def load(session: Any, cases: Sequence[Any]) -> dict[int, int]:
        counts = queries.counts(session, [case.id for case in cases], run().clock.today)
        return {key: getattr(each, name) for key, each in counts.items()}

    return load


def _overdue(case: Any) -> bool:
    return bool(case.status == Status.ACCEPTED and case.due_on < run().clock.today)


# --- what is confidential ------------------------------------------------------------


def party_names(session: Any, parties: Sequence[Any]) -> dict[int, str]:
    """What each party is called, by the id of its row; of who was erased `*`."""
    people = person_names(session, {party.person_id for party in parties})
    households = household_names(session, {party.household_id for party in parties})
    bodies = organization_names(session, {party.organization_id for party in parties})
    return {
        party.id: people.get(party.person_id)
        or households.get(party.household_id)
        or bodies.get(party.organization_id)
        or party.name
        or NOBODY
        for party in parties
    }


def _party_rows(session: Any, cases: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    return {
        key: _shown_parties(session, parties)
        for key, parties in queries.parties_of(session, [case.id for case in cases])
    }


def _shown_parties(session: Any, parties: Sequence[Any]) -> list[dict[str, Any]]:
    names = party_names(session, parties)
    return [
        {
            "party": names[party.id],
            "person_id": party.person_id,
            "household_id": party.household_id,
            "organization_id": party.organization_id,
            "consent": _consent(party),
            "on": party.refused_on or party.agreed_on,
        }
        for party in parties
    ]


# Nobody's silence is consent: 人民调解法 (People's Mediation Law), art. 3, makes mediation voluntary.
def _consent(party: Any) -> str:
    if party.refused_on:
        return "refuses"
    return "agrees" if party.agreed_on else "not_asked"


def _session_rows(session: Any, cases: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    return {case.id: _shown_sessions(session, case.id) for case in cases}


def _shown_sessions(session: Any, case_id: int) -> list[dict[str, Any]]:
    records = queries.sessions(session, case_id)
    mediators = queries.session_mediators(session, [record.id for record in records])
    names = person_names(session, {key for ids in mediators.values() for key in ids})
    return [
        {
            "at": record.held_at,
            "minutes": record.minutes,
            "mediators": [names[key] for key in mediators[record.id]],
            "text": record.text,
        }
        for record in records
    ]


def _term_rows(session: Any, cases: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    return {
        case.id: [
            {
                "n": term.n,
                "duty": term.duty,
                "due_on": term.due_on,
                "status": term.status,
                "settled_on": term.settled_on,
            }
            for term in queries.terms(session, case.id)
        ]
        for case in cases
    }


def _request(session: Any, cases: Sequence[Any]) -> dict[int, str | None]:
    numbers = request_numbers(session, {case.request_id for case in cases})
    return {case.id: numbers.get(case.request_id) for case in cases}


def _household(session: Any, cases: Sequence[Any]) -> dict[int, str | None]:
    names = household_names(session, {case.household_id for case in cases})
    return {case.id: names.get(case.household_id) for case in cases}


PARTIES = View(
    "parties",
    N_("Parties"),
    (
        Column("party", N_("Party")),
        Column("person_id", N_("Person id"), Kind.ID),
        Column("household_id", N_("Household id"), Kind.ID),
        Column("organization_id", N_("Organization id"), Kind.ID),
        Column("consent", N_("Mediation"), Kind.CHOICE, choices=CONSENTS),
        Column("on", NC_("mediation", "Since"), Kind.DATE),
    ),
)
SESSIONS = View(
    "sessions",
    N_("Sessions"),
    (
        Column("at", N_("Time"), Kind.DATETIME),
        Column("minutes", N_("Duration"), Kind.MINUTES),
        Column("mediators", N_("Mediators"), Kind.LIST),
        Column("text", N_("Text")),
    ),
)
TERMS = View(
    "terms",
    N_("Terms"),
    (
        Column("n", N_("No."), Kind.COUNT),
        Column("duty", N_("Duty")),
        Column("due_on", N_("Due"), Kind.DATE),
        Column("status", N_("Status"), Kind.CHOICE, choices=TERM_STATUSES),
        Column("settled_on", N_("Settled on"), Kind.DATE),
    ),
)
CASES = View(
    "mediations",
    N_("Mediation cases"),
    record=NC_("record", "Mediation case"),
    parts={
        NC_("record", "In short"): (
            "number",
            "kind",
            "source",
            "status",
            "danger",
            "community",
        ),
        NC_("record", "Who takes part"): (
            "mediators",
            "parties",
            "sessions",
            "minutes",
        ),
        NC_("record", "When"): (
            "accepted_on",
            "due_on",
            "decided_on",
            "effective_on",
            "court_by",
            "followup_on",
            "closed_on",
            "overdue",
        ),
        NC_("record", "How it ended"): (
            "ended_for",
            "agreement",
            "court",
            "terms_due",
            "terms_done",
            "terms_broken",
            "performed",
            "satisfied",
            "followup_text",
        ),
    },
    columns=(
        Column("id", N_("Id"), Kind.ID),
        Column("number", N_("Number"), Kind.CODE),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=KINDS),
        Column("source", N_("Source"), Kind.CHOICE, choices=SOURCES, table=False),
        Column("status", N_("Status"), Kind.CHOICE, choices=STATUSES),
        Column("accepted_on", N_("Accepted on"), Kind.DATE),
        Column("due_on", N_("Due"), Kind.DATE),
        Column("decided_on", N_("Decided on"), Kind.DATE),
        Column("ended_for", N_("Ended for"), Kind.CHOICE, choices=ENDS, table=False),
        Column("mediators", N_("Mediators"), Kind.LIST, load=_mediators),
        Column("parties", N_("Parties"), Kind.COUNT, load=_count("parties"), default=0),
        Column("sessions", N_("Sessions"), Kind.COUNT, load=_count("sessions"), default=0),
        Column("minutes", N_("Duration"), Kind.MINUTES, load=_count("minutes"), default=0, table=False),
        Column("agreement", N_("Agreement"), Kind.CHOICE, choices=FORMS, table=False),
        Column("effective_on", N_("In effect since"), Kind.DATE, table=False),
        Column("court_by", N_("To the court by"), Kind.DATE, table=False),
        Column("court", N_("Court"), Kind.CHOICE, choices=COURTS, table=False),
        Column("terms_due", N_("Terms due"), Kind.COUNT, load=_count("terms_due"), default=0, table=False),
        Column(
            "terms_done", N_("Terms performed"), Kind.COUNT, load=_count("terms_done"), default=0, table=False
        ),
        Column(
            "terms_broken",
            N_("Terms broken"),
            Kind.COUNT,
            load=_count("terms_broken"),
            default=0,
            table=False,
        ),
        Column("followup_on", N_("Followed up on"), Kind.DATE, table=False),
        Column("closed_on", N_("Closed on"), Kind.DATE, table=False),
        Column("overdue", NC_("mediation", "Overdue"), Kind.FLAG, value=_overdue),
        Column(
            "danger",
            N_("Danger reported"),
            Kind.FLAG,
            value=lambda case: case.danger_on is not None,
            table=False,
        ),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY), table=False),
        Column(
            "party_rows",
            N_("Each party"),
            Kind.ROWS,
            load=_party_rows,
            view=PARTIES,
            show_only=True,
            hidden=True,
        ),
        Column("facts", N_("Facts"), show_only=True, hidden=True),
        Column("danger_to", N_("Danger reported to"), show_only=True, hidden=True),
        Column("danger_reason", N_("The danger"), show_only=True, hidden=True),
        Column(
            "session_rows",
            N_("Each session"),
            Kind.ROWS,
            load=_session_rows,
            view=SESSIONS,
            show_only=True,
            hidden=True,
        ),
        Column("term_rows", N_("Terms"), Kind.ROWS, load=_term_rows, view=TERMS, show_only=True, hidden=True),
        Column(
            "text", N_("Agreement text"), value=lambda case: case.agreement_text, show_only=True, hidden=True
        ),
        Column("performed", N_("Performed"), Kind.CHOICE, choices=PERFORMED, show_only=True),
        Column("satisfied", N_("Satisfied"), Kind.CHOICE, choices=SATISFIED, show_only=True),
        Column("followup_text", N_("Follow-up text"), show_only=True, hidden=True),
        Column("request", N_("Request"), load=_request, show_only=True, hidden=True),
        Column("household", N_("Household"), load=_household, show_only=True, hidden=True),
    ),
)
