"""What the parties agreed: when it takes effect, what is due, the court, the follow-up, and the end of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from volunteer_cli.core.dates.working_days import rolled
from volunteer_cli.core.i18n import _
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import kept, required
from volunteer_cli.mediation import queries
from volunteer_cli.mediation.models import Mediation, MediationTerm
from volunteer_cli.mediation.rules.cases import require_consent, require_open, require_status, step
from volunteer_cli.mediation.rules.errors import (
    FollowupMissing,
    NotAgreed,
    NoTerm,
    TextMissing,
    TooLate,
    WrongState,
)
from volunteer_cli.mediation.terms import (
    COURT_DAYS,
    COURTS,
    MEDIATION_FOLLOWUP_DAYS,
    Court,
    Form,
    Performed,
    Satisfied,
    Status,
    TermStatus,
)


@dataclass(frozen=True)
class Agreement:
    """What was agreed: a written one is signed and sealed, an oral one is recorded with its content.

    Attributes:
        form: None where a register does not say.
        duties: what is to be done, each with its day.
        on_paper: its content stands in a paper file and is not repeated here.
    """

    form: Form | None
    on: date
    text: str | None = None
    signed_on: date | None = None
    sealed_on: date | None = None
    duties: Sequence[tuple[str, date]] = ()
    wants_court: bool = False
    on_paper: bool = False

    @property
    def effective_on(self) -> date:
        """The day from which it holds.

        人民调解法 (People's Mediation Law), arts 29 and 30: a written one once parties and mediator have signed
        and the commission has sealed it, an oral one at once.
        """
        return max(self.signed_on or self.on, self.sealed_on or self.signed_on or self.on)


def agree(session: Session, of: Mediation, agreement: Agreement, *, now: datetime) -> None:
    """Record what the parties agreed.

    Raises:
        CaseErased, WrongState, NoConsent, StepAhead, OutOfOrder, TextMissing: as their sentences say.
    """
    require_open(of)
    require_consent(session, of)
    step(of, agreement.effective_on, now=now)
    # 人民调解法 (People's Mediation Law), art. 28: an oral agreement is recorded by the mediator.
    if agreement.form is Form.ORAL and not (agreement.text or agreement.on_paper):
        raise TextMissing
    _note(of, agreement)
    _set_terms(session, of, agreement.effective_on)
    for n, (duty, due_on) in enumerate(agreement.duties, 1):
        session.add(_term(of, n, duty, due_on))
    session.flush()


def _term(of: Mediation, n: int, duty: str, due_on: date | None) -> MediationTerm:
    """A duty of an agreement; numbered, so that it can be named without saying what it is."""
    words = required(duty, _("term"))
    return MediationTerm(mediation_id=of.id, n=n, duty=words, due_on=due_on, status=TermStatus.OPEN)


def _note(of: Mediation, agreement: Agreement) -> None:
    of.status, of.outcome = Status.AGREED, Status.AGREED
    of.agreement = agreement.form
    of.agreement_text = kept(agreement.text, _("text")) if agreement.text else None
    of.signed_on, of.sealed_on = agreement.signed_on, agreement.sealed_on
    of.wants_court = agreement.wants_court


def _set_terms(session: Session, of: Mediation, effective_on: date) -> None:
    """Set the day of the decision, and the last days for the court and for asking the parties again."""
    of.decided_on = of.effective_on = effective_on
    # Art. 33, and 民事诉讼法 (Civil Procedure Law), art. 85: a term that ends on a day off ends on the day after.
    days = policy_value(session, COURT_DAYS)
    of.court_by = rolled(effective_on + timedelta(days)) if days else None
    of.followup_by = effective_on + timedelta(policy_value(session, MEDIATION_FOLLOWUP_DAYS))


# --- terms ------------------------------------------------------------


def settle_term(
    session: Session, of: Mediation, *, n: int, status: TermStatus, on: date, now: datetime
) -> MediationTerm:
    """Record that a term was performed or broken.

    Raises:
        CaseErased, NotAgreed, NoTerm, WrongState, StepAhead, OutOfOrder: as their sentences say.
    """
    require_agreed(of)
    term = next((each for each in queries.terms(session, of.id) if each.n == n), None)
    if term is None:
        raise NoTerm(number=of.number, n=n)
    if term.status != status:
        step(of, on, now=now)
        term.status, term.settled_on = status, of.moved_on
    session.flush()
    return term


# --- the court ------------------------------------------------------------


def file_with_court(session: Session, of: Mediation, *, on: date, now: datetime) -> None:
    """Record that both parties asked the court to confirm the agreement.

    Raises:
        CaseErased, NotAgreed, WrongState, StepAhead, OutOfOrder, TooLate: as their sentences say.
    """
    require_agreed(of)
    if of.court is not None:
        raise WrongState(number=of.number, status=_(COURTS[of.court]))
    step(of, on, now=now)
    if of.court_by is not None and of.moved_on > of.court_by:
        raise TooLate(number=of.number, last=of.court_by, day=of.moved_on)
    of.court, of.filed_on = Court.FILED, of.moved_on
    session.flush()


def decide_court(session: Session, of: Mediation, *, verdict: Court, on: date, now: datetime) -> None:
    """Record that the court confirmed the agreement, or refused to.

    Raises:
        CaseErased, NotAgreed, WrongState, StepAhead, OutOfOrder: as their sentences say.
    """
    require_agreed(of)
    if of.court != Court.FILED:
        raise WrongState(
            number=of.number, status=_(COURTS[of.court]) if of.court else _("not before the court")
        )
    step(of, on, now=now)
    of.court, of.court_decided_on = verdict, of.moved_on
    session.flush()


# --- afterwards ------------------------------------------------------------


def follow_up(
    session: Session,
    of: Mediation,
    *,
    performed: Performed | None,
    on: date,
    now: datetime,
    satisfied: Satisfied | None = None,
    text: str | None = None,
) -> None:
    """Record what the parties of an agreement say when they are asked again.

    Raises:
        CaseErased, NotAgreed, WrongState, StepAhead, OutOfOrder: as their sentences say.
    """
    require_agreed(of)
    step(of, on, now=now)
    of.followup_on = of.moved_on
    of.performed, of.satisfied = performed, satisfied
    of.followup_text = kept(text, _("text")) if text else None
    session.flush()


def close_case(session: Session, of: Mediation, *, on: date, now: datetime) -> None:
    """Close the file of a case that is decided; after an agreement the parties have been asked again.

    Raises:
        CaseErased, WrongState, FollowupMissing, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(of, Status.AGREED, Status.ENDED)
    if of.status == Status.AGREED and of.followup_on is None:
        raise FollowupMissing(number=of.number)
    step(of, on, now=now)
    of.status, of.closed_on = Status.CLOSED, of.moved_on
    session.flush()


def require_agreed(of: Mediation) -> None:
    """Refuse what needs an agreement whose file is not closed; raises CaseErased, NotAgreed, WrongState."""
    if of.erased_on is None and of.outcome != Status.AGREED:
        raise NotAgreed(number=of.number)
    require_status(of, Status.AGREED)
