"""The forms of a paper file: what stands on each, in the user's language.

Which belong into it follows the practice of people's mediation commissions: cover, acceptance, notice of rights,
record, agreement or register of an oral one, notice of ending, record of the follow-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import format_minutes, long_date
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.mediation import queries
from volunteer_cli.mediation.models import Mediation, MediationSession
from volunteer_cli.mediation.rules.errors import CaseErased, FollowupMissing, NotAgreed, WrongState
from volunteer_cli.mediation.terms import (
    ENDS,
    FORMS,
    KINDS,
    PAPERS,
    PERFORMED,
    SATISFIED,
    SOURCES,
    STATUSES,
    TERM_STATUSES,
    Form,
    Paper,
    Status,
)
from volunteer_cli.mediation.views import party_names
from volunteer_cli.output.document import Document, Grid, Section
from volunteer_cli.people.queries import person_names

#: 人民调解法 (People's Mediation Law), art. 23.
RIGHTS = (
    N_("You may choose the mediator, or accept the one who is proposed."),
    N_("You may accept mediation, refuse it, or ask at any time that it ends."),
    N_("You may ask that it is held in public or behind closed doors."),
    N_("You say freely what you want, and agree only to what you agree to."),
)
#: Art. 24.
DUTIES = (
    N_("You state the facts of the dispute truthfully."),
    N_("You keep the order of the session and respect the mediator."),
    N_("You respect that the other party uses its rights."),
)
#: Art. 26.
OTHER_WAYS = N_(
    "Mediation has ended without an agreement. You may take the dispute to arbitration, to an administrative "
    "authority, or to the court, according to the law."
)


def form_of(session: Session, case: Mediation, paper: Paper) -> Document:
    """A form of the file of a case.

    Raises:
        CaseErased, NotAgreed, WrongState, FollowupMissing: the case has not come that far, or has no content any more.
    """
    if case.erased_on is not None:
        raise CaseErased(number=case.number)
    _require_stage(case, paper)
    sections, signatures = FORMS_OF_FILE[paper](session, case)
    return Document(
        _(PAPERS[paper]),
        case.number,
        sections=sections,
        signatures=[_(name) for name in signatures],
        issuer=session.get_one(Community, case.community_id).signs_as,
        day=long_date(_day_of(case, paper)),
        notes=(_("Confidential. It belongs into the file, and to the parties."),),
    )


def _require_stage(case: Mediation, paper: Paper) -> None:
    # An agreement is signed or registered by word of mouth, never both: its paper says which one holds.
    form = {Paper.AGREEMENT: Form.WRITTEN, Paper.ORAL: Form.ORAL}.get(paper)
    if form and case.agreement != form:
        raise NotAgreed(number=case.number)
    if paper is Paper.ENDING and case.outcome != Status.ENDED:
        raise WrongState(number=case.number, status=_(STATUSES[case.status]))
    if paper is Paper.FOLLOWUP and case.followup_on is None:
        raise FollowupMissing(number=case.number)


def _day_of(case: Mediation, paper: Paper) -> date:
    """The day that a form bears: that of what it says."""
    days = {
        Paper.AGREEMENT: case.effective_on,
        Paper.ORAL: case.effective_on,
        Paper.ENDING: case.decided_on,
        Paper.FOLLOWUP: case.followup_on,
        Paper.COVER: case.closed_on or case.moved_on,
        Paper.RECORD: case.moved_on,
    }
    return days.get(paper) or case.accepted_on


# --- the forms ------------------------------------------------------------

Parts = tuple[Sequence[Section], Sequence[str]]


def _cover(session: Session, case: Mediation) -> Parts:
    # 人民调解法 (People's Mediation Law), art. 27: a file is made of each case, and its cover says what is in it.
    facts = [
        *_about(case),
        (_("Parties"), listed(_parties(session, case))),
        (_("Mediators"), listed(_mediators(session, case))),
        (_("Accepted on"), long_date(case.accepted_on)),
        *_end_of(case),
    ]
    return [Section(facts=facts)], (N_("Filed by"),)


def _end_of(case: Mediation) -> Iterator[tuple[str, str]]:
    """How and when a case ended, as far as it has."""
    if case.decided_on:
        yield _("Decided on"), long_date(case.decided_on)
    if case.outcome:
        yield _("Outcome"), _outcome(case)
    if case.closed_on:
        yield _("Closed on"), long_date(case.closed_on)


def _acceptance(session: Session, case: Mediation) -> Parts:
    facts = [
        *_about(case),
        (_("Accepted on"), long_date(case.accepted_on)),
        (_("Due"), long_date(case.due_on)),
    ]
    return [Section(facts=facts), _party_table(session, case), *_facts(case)], (
        N_("Applicant"),
        N_("Mediator"),
    )


def _rights(session: Session, case: Mediation) -> Parts:
    parts = (
        Section(paragraphs=(_("Mediation is voluntary and free of charge."),)),
        Section(_("Your rights"), paragraphs=_numbered(RIGHTS)),
        Section(_("Your duties"), paragraphs=_numbered(DUTIES)),
        Section(facts=((_("Mediators"), listed(_mediators(session, case))),)),
    )
    return parts, (N_("Party"), N_("Party"))


def _record(session: Session, case: Mediation) -> Parts:
    return [_party_table(session, case), *_facts(case), *_sessions(session, case)], (
        N_("Party"),
        N_("Party"),
        N_("Mediator"),
    )


def _agreement(session: Session, case: Mediation) -> Parts:
    """What 人民调解法 (People's Mediation Law), art. 29, lists: parties, facts, what was agreed, how and by when."""
    signatures = (N_("Party"), N_("Party"), N_("Mediator"), N_("Keeper of the record"))
    return [_party_table(session, case), *_facts(case), *_agreed(session, case)], signatures


def _oral(session: Session, case: Mediation) -> Parts:
    return [_party_table(session, case), *_facts(case), *_agreed(session, case)], (N_("Mediator"),)


def _ending(session: Session, case: Mediation) -> Parts:
    facts = [
        (_("Parties"), listed(_parties(session, case))),
        (_("Accepted on"), long_date(case.accepted_on)),
        (_("Ended for"), _ending_of(case)),
    ]
    return [Section(facts=facts, paragraphs=(_(OTHER_WAYS),))], (N_("Mediator"),)


def _followup(session: Session, case: Mediation) -> Parts:
    # Performance is supervised (人民调解法, art. 31), and a follow-up asks whether people are content with it.
    performed = _(PERFORMED[case.performed]) if case.performed else ""
    facts = [
        (_("Parties"), listed(_parties(session, case))),
        (_("In effect since"), long_date(case.effective_on or case.accepted_on)),
        (_("Performed"), performed),
    ]
    if case.satisfied:
        facts.append((_("Satisfied"), _(SATISFIED[case.satisfied])))
    paragraphs = (case.followup_text,) if case.followup_text else ()
    return [Section(facts=facts, paragraphs=paragraphs), *_terms(session, case)], (N_("Asked by"),)


FORMS_OF_FILE: Mapping[Paper, Callable[[Session, Mediation], Parts]] = {
    Paper.COVER: _cover,
    Paper.ACCEPTANCE: _acceptance,
    Paper.RIGHTS: _rights,
    Paper.RECORD: _record,
    Paper.AGREEMENT: _agreement,
    Paper.ORAL: _oral,
    Paper.ENDING: _ending,
    Paper.FOLLOWUP: _followup,
}


# --- what several forms have ------------------------------------------------------------


def _about(case: Mediation) -> list[tuple[str, str]]:
    return [(_("Kind"), _(KINDS[case.kind])), (_("Source"), _(SOURCES[case.source]))]


def _outcome(case: Mediation) -> str:
    return _(FORMS[case.agreement]) if case.agreement else _ending_of(case)


def _ending_of(case: Mediation) -> str:
    return _(ENDS[case.ended_for]) if case.ended_for else ""


def _parties(session: Session, case: Mediation) -> list[str]:
    return list(party_names(session, queries.parties(session, case.id)).values())


def _mediators(session: Session, case: Mediation) -> list[str]:
    ids = queries.mediators(session, [case.id])[case.id]
    names = person_names(session, ids)
    return [names[key] for key in ids]


def _party_table(session: Session, case: Mediation) -> Section:
    parties = queries.parties(session, case.id)
    names = party_names(session, parties)
    rows = [(str(n), names[party.id], _consent(party)) for n, party in enumerate(parties, 1)]
    return Section(
        _("Parties"), grid=Grid((_("No."), _("Party"), _("Agrees to mediation")), rows, frozenset({0}))
    )


def _consent(party: Any) -> str:
    return long_date(party.agreed_on) if party.agreed_on and not party.refused_on else ""


def _facts(case: Mediation) -> Iterator[Section]:
    if case.facts:
        yield Section(_("Facts"), paragraphs=(case.facts,))


def _sessions(session: Session, case: Mediation) -> Iterator[Section]:
    records = queries.sessions(session, case.id)
    mediators = queries.session_mediators(session, [record.id for record in records])
    names = person_names(session, {key for ids in mediators.values() for key in ids})
    for n, record in enumerate(records, 1):
        people = listed(names[key] for key in mediators[record.id])
        yield _session(n, record, people)


def _session(n: int, record: MediationSession, people: str) -> Section:
    facts = [(_("Time"), f"{record.held_at:%Y-%m-%d %H:%M}"), (_("Mediators"), people)]
    if record.minutes:
        facts.append((_("Duration"), format_minutes(record.minutes)))
    paragraphs = (record.text,) if record.text else ()
    return Section(_("Session {n}").format(n=n), facts=facts, paragraphs=paragraphs)


def _agreed(session: Session, case: Mediation) -> Iterator[Section]:
    paragraphs = (case.agreement_text,) if case.agreement_text else ()
    facts = ((_("In effect since"), long_date(case.effective_on or case.accepted_on)),)
    yield Section(_("Agreement"), facts=facts, paragraphs=paragraphs)
    yield from _terms(session, case)


def _terms(session: Session, case: Mediation) -> Iterator[Section]:
    terms = queries.terms(session, case.id)
    if terms:
        rows = [
            (str(term.n), term.duty or "", long_date(term.due_on), _(TERM_STATUSES[term.status]))
            for term in terms
        ]
        headings = (_("No."), _("Duty"), _("Due"), _("Status"))
        yield Section(_("Terms"), grid=Grid(headings, rows, frozenset({0})))


def _numbered(sentences: Sequence[str]) -> list[str]:
    return [f"{n}. {_(sentence)}" for n, sentence in enumerate(sentences, 1)]
