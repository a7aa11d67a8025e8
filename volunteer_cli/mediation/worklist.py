"""What of cases waits for somebody to do it; a case is named by its number alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import once
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import AHEAD_DAYS, Task, item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from volunteer_cli.mediation.models import Mediation

MEDIATION_DUE, TERM_DUE, COURT_WINDOW, FOLLOWUP_DUE = (
    "mediation_due",
    "term_due",
    "court_window",
    "followup_due",
)


def _horizon(scope: Scope) -> date:
    from datetime import timedelta

    return scope.today + timedelta(AHEAD_DAYS)


def _agreed(session: Session, scope: Scope) -> Sequence[Mediation]:
    from volunteer_cli.mediation.queries import cases
    from volunteer_cli.mediation.terms import Status

    own = scope.community_id
    return once(
        session,
        ("mediation.agreed", own),
        lambda: cases(session, today=scope.today, community_id=own, status=Status.AGREED),
    )


def mediations_due(session: Session, scope: Scope) -> Iterator[Row]:
    """Cases that are to be decided soon, or should have been."""
    from volunteer_cli.mediation.queries import cases

    for case in cases(session, today=scope.today, community_id=scope.community_id, undecided=True):
        if case.due_on <= _horizon(scope):
            step, thing = f"mediation show {case.number}", f"mediation:{case.id}"
            yield item(MEDIATION_DUE, case.number, 1, step, thing=thing, due=case.due_on)


def terms_due(session: Session, scope: Scope) -> Iterator[Row]:
    """Terms of an agreement that are to be performed soon, or should have been."""
    from volunteer_cli.mediation.queries import open_terms

    for term in open_terms(session, _horizon(scope), scope.community_id):
        step = f"mediation perform {term.number} --term {term.n}"
        yield item(TERM_DUE, term.number, 1, step, thing=f"mediation:{term.id}", due=term.due_on)


# Once the day has passed the court refuses, and reminding anybody would only mislead.
def court_windows(session: Session, scope: Scope) -> Iterator[Row]:
    """Agreements that the parties want confirmed, and that the court can still be asked to confirm."""
    for case in _agreed(session, scope):
        open_window = case.court is None and case.court_by is not None and case.court_by >= scope.today
        if case.wants_court and open_window:
            step, thing = f"mediation court {case.number} --filed", f"mediation:{case.id}"
            yield item(COURT_WINDOW, case.number, 1, step, thing=thing, due=case.court_by)


def followups_due(session: Session, scope: Scope) -> Iterator[Row]:
    """Agreements whose parties have not been asked again."""
    for case in _agreed(session, scope):
        if case.followup_on is None and case.followup_by is not None and case.followup_by <= _horizon(scope):
            step, thing = f"mediation followup {case.number} --performed ANSWER", f"mediation:{case.id}"
            yield item(FOLLOWUP_DUE, case.number, 1, step, thing=thing, due=case.followup_by)


TASKS = (
    Task(MEDIATION_DUE, N_("decide a case of mediation"), mediations_due, place=40),
    Task(TERM_DUE, N_("see that a term of an agreement is performed"), terms_due, place=41),
    Task(COURT_WINDOW, N_("bring an agreement to the court in time"), court_windows, place=42),
    Task(FOLLOWUP_DUE, N_("ask the parties of an agreement again"), followups_due, place=43),
)
