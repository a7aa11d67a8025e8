"""What must always hold of campaigns."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import (
    Answer,
    Attempt,
    Campaign,
    Lease,
    Question,
    Stage,
    StageTarget,
    Target,
)
from volunteer_cli.campaigns.queries.leases import live
from volunteer_cli.campaigns.terms import Outcome, Unit
from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run


def _lists(session: Session) -> Iterator[Finding]:
    """Targets that are not what their campaign has on its list."""
    # One kind a list: a household and one of its people on the same list would be reached twice.
    a_household = Target.household_id.is_not(None) & Target.person_id.is_(None)
    a_person = Target.person_id.is_not(None) & Target.household_id.is_(None)
    wrong = (Campaign.unit == Unit.HOUSEHOLD) & ~a_household | (Campaign.unit == Unit.PERSON) & ~a_person
    query = select(Campaign.id, Target.id).join(Campaign, Campaign.id == Target.campaign_id)
    for key, target in session.execute(query.where(wrong)):
        yield Finding(f"campaign:{key}", _("Target {id} is no unit of its list.").format(id=target))


def _attempts(session: Session) -> Iterator[Finding]:
    """Attempts in a stage of another campaign, or in a round of a stage that has none."""
    stray = or_(Stage.campaign_id != Target.campaign_id, (Stage.days.is_(None)) & Attempt.round.is_not(None))
    query = select(Target.campaign_id, Attempt.id).join(Target, Target.id == Attempt.target_id)
    query = query.join(Stage, Stage.id == Attempt.stage_id).where(stray)
    problem = _("Attempt {id} is in a stage where it cannot be.")
    for key, attempt in session.execute(query):
        yield Finding(f"campaign:{key}", problem.format(id=attempt))


def _proofs(session: Session) -> Iterator[Finding]:
    """Vacant flats without what proves it, and promised calls without a time."""
    # 一查二看三问: of 809 flats called empty in 渝中 (Yuzhong, 2020), people were found behind sixteen doors.
    unproved = (Attempt.outcome == Outcome.VACANT) & Attempt.evidence.is_(None)
    untimed = (Attempt.outcome == Outcome.CALLBACK) & Attempt.callback_at.is_(None)
    query = select(Target.campaign_id, Attempt.id).join(Target, Target.id == Attempt.target_id)
    problem = _("Attempt {id} lacks its evidence or its time.")
    for key, attempt in session.execute(query.where(or_(unproved, untimed))):
        yield Finding(f"campaign:{key}", problem.format(id=attempt))


def _census(session: Session) -> Iterator[Finding]:
    """Campaigns that only count, and yet keep what somebody said."""
    said = select(Answer.id).where(Answer.attempt_id == Attempt.id).exists()
    query = select(Campaign.id).join(Target, Target.campaign_id == Campaign.id)
    query = query.join(Attempt, Attempt.target_id == Target.id)
    for key in session.scalars(
        query.where(Campaign.coverage_only, or_(Attempt.note.is_not(None), said)).distinct()
    ):
        yield Finding(f"campaign:{key}", _("It only counts coverage, and has notes or answers."))


def _answers(session: Session) -> Iterator[Finding]:
    """Answers to questions of another campaign."""
    query = select(Target.campaign_id, Answer.id).join(Attempt, Attempt.target_id == Target.id)
    query = query.join(Answer, Answer.attempt_id == Attempt.id).join(
        Question, Question.id == Answer.question_id
    )
    for key, answer in session.execute(query.where(Question.campaign_id != Target.campaign_id)):
        yield Finding(
            f"campaign:{key}", _("Answer {id} is to a question of another campaign.").format(id=answer)
        )


def _leases(session: Session) -> Iterator[Finding]:
    """Households that are with two people now."""
    query = select(Target.household_id).join(Lease, Lease.target_id == Target.id)
    query = query.where(live(run().clock.now), Target.household_id.is_not(None)).group_by(Target.household_id)
    for key in session.scalars(query.having(func.count(Lease.person_id.distinct()) > 1)):
        yield Finding(f"household:{key}", _("It is with two people at once."))


def _end_leases(session: Session) -> None:
    """Leave a household with whom it was dealt to first: a lease only holds it, and ending one loses nothing."""
    now = run().clock.now
    query = select(Lease, Target.household_id).join(Target, Target.id == Lease.target_id)
    dealt = query.where(live(now), Target.household_id.is_not(None)).order_by(Lease.dealt_at, Lease.id)
    first: dict[int | None, int] = {}
    for lease, household_id in session.execute(dealt):
        if first.setdefault(household_id, lease.person_id) != lease.person_id:
            lease.ended_at = now


def _stages(session: Session) -> Iterator[Finding]:
    """Targets in a stage of another campaign, or in one that was never opened."""
    query = select(Target.campaign_id, Target.id).join(StageTarget, StageTarget.target_id == Target.id)
    query = query.join(Stage, Stage.id == StageTarget.stage_id)
    stray = or_(Stage.campaign_id != Target.campaign_id, Stage.opened_at.is_(None))
    for key, target in session.execute(query.where(stray)):
        yield Finding(
            f"campaign:{key}", _("Target {id} is in a stage that does not have it.").format(id=target)
        )


CHECKS = (
    Check("campaign-lists", N_("Lists hold what their campaign is made of"), _lists),
    Check("campaign-stages", N_("Targets are in stages of their campaign that were opened"), _stages),
    Check("campaign-attempts", N_("Attempts are in a stage of their target's campaign"), _attempts),
    Check("campaign-proofs", N_("Vacancies are proved and promised calls have their time"), _proofs),
    Check("campaign-census", N_("What only counts coverage keeps no notes and answers"), _census),
    Check("campaign-answers", N_("Answers are to questions of their campaign"), _answers),
    Check(
        "campaign-leases",
        N_("No household is with two people at once"),
        _leases,
        repair=_end_leases,
        code="leased",
    ),
)
