"""A campaign from its plan on paper to its end: name and marks, stages, questions, opened, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Answer, Campaign, Question, Stage
from volunteer_cli.campaigns.queries.conditions import read_condition
from volunteer_cli.campaigns.queries.finding import find_stage, questions, stages, status_of
from volunteer_cli.campaigns.rules.errors import CoverageOnly, HasAnswers, StageTaken
from volunteer_cli.campaigns.rules.moments import (
    When,
    opened_on,
    require_after,
    require_not_over,
    require_status,
)
from volunteer_cli.campaigns.terms import (
    PRESETS,
    AnswerType,
    CampaignStatus,
    Method,
    Preset,
    Setup,
    Unit,
)
from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import BadChoice, BadPeriod, Conflict, MissingValue
from volunteer_cli.core.i18n import _
from volunteer_cli.core.lookup import label
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.text import clean, is_same, kept, required

#: The seed of a re-check that a preset brings: anybody can draw the same sample again.
SEED = 1
#: What a campaign may be given later, too.
DETAILS = ("name", "starts_on", "ends_on", "purpose", "urgent", "counts_as_visit")


def add_campaign(
    session: Session,
    community: Community,
    name: str,
    code: str,
    *,
    unit: Unit = Unit.HOUSEHOLD,
    method: Method | None = None,
    preset: Preset | None = None,
    **details: Any,
) -> Campaign:
    """A new campaign, a draft until its list is frozen.

    Raises:
        BadCode, Conflict, BadPeriod: the code is none or taken, or it would end before it starts.
    """
    setup = PRESETS[preset] if preset else None
    campaign = Campaign(
        community_id=community.id,
        code=_free_code(session, community.id, code),
        name=required(name, _("Name")),
        unit=unit,
        method=method or (setup.method if setup else Method.EITHER),
        **details,
    )
    _require_order(campaign)
    session.add(campaign)
    session.flush()
    if setup:
        _add_stages(session, campaign, setup)
    return campaign


def _add_stages(session: Session, campaign: Campaign, setup: Setup) -> None:
    """The stages of a preset; one without any opens as one stage of all."""
    if setup.days:
        add_stage(session, campaign, _("daily"), days=setup.days)
    if setup.recheck:
        add_stage(session, campaign, _("first round"))
        add_stage(session, campaign, _("re-check"), share=setup.recheck, seed=SEED)


def _free_code(session: Session, community_id: int, text: str) -> str:
    from volunteer_cli.campaigns.queries.finding import CAMPAIGN

    code = checked_code(text)
    owner = session.scalar(select(Campaign).filter_by(community_id=community_id, code=code))
    if owner is not None:
        raise Conflict(field=_("Code"), value=code, owner=label(CAMPAIGN, owner))
    return code


def _require_order(campaign: Campaign) -> None:
    if campaign.ends_on is not None and campaign.ends_on < campaign.starts_on:
        raise BadPeriod(value=f"{campaign.starts_on}..{campaign.ends_on}")


def edit_campaign(session: Session, campaign: Campaign, changes: Mapping[str, Any]) -> None:
    """Give a campaign other values; what its list rests on stays as it is. Raises BadPeriod, CampaignClosed."""
    require_not_over(campaign)
    for name in DETAILS:
        if changes.get(name) is not None:
            setattr(campaign, name, changes[name])
    _require_order(campaign)
    session.flush()


# --- stages ------------------------------------------------------------


def add_stage(
    session: Session,
    campaign: Campaign,
    name: str,
    *,
    where: Sequence[str] = (),
    after: str | None = None,
    method: Method | None = None,
    days: int | None = None,
    share: float | None = None,
    seed: int | None = None,
) -> Stage:
    """Another stage of a campaign, behind the last one unless said.

    Raises:
        CampaignClosed, StageTaken, BadCondition, NoStage: as their sentences say.
    """
    require_not_over(campaign)
    title, present = _free_name(session, campaign, name), stages(session, campaign)
    before = find_stage(session, campaign, after) if after else next(iter(present[-1:]), None)
    stage = Stage(campaign_id=campaign.id, name=title, method=method, days=days, share=share)
    asked = questions(session, campaign)
    stage.conditions = [read_condition(text, asked) for text in where]
    stage.after_id = before.id if before else None
    stage.seed = SEED if share is not None and seed is None else seed
    session.add(stage)
    session.flush()
    return stage


def _free_name(session: Session, campaign: Campaign, name: str) -> str:
    title = kept(name, _("stage"))
    if any(is_same(stage.name, title) for stage in stages(session, campaign)):
        raise StageTaken(campaign=campaign.name, name=title)
    return title


# --- questions ------------------------------------------------------------


def ask(
    session: Session, campaign: Campaign, code: str, text: str, kind: AnswerType, choices: Sequence[str]
) -> Question:
    """A question of a campaign, or another wording of one that nobody has answered yet.

    Raises:
        CampaignClosed, CoverageOnly, HasAnswers: as their sentences say.
        MissingValue, BadChoice: choices are missing, or there are some where none are asked for.
    """
    require_not_over(campaign)
    if campaign.coverage_only:
        raise CoverageOnly(name=campaign.name)
    key = {"campaign_id": campaign.id, "code": checked_code(code)}
    question = session.scalar(select(Question).filter_by(**key)) or Question(**key)
    _word(session, question, text=required(text, _("question")), type=kind, choices=_choices(kind, choices))
    session.add(question)
    session.flush()
    return question


def _word(session: Session, question: Question, **values: Any) -> None:
    """Give a question its words, as long as nobody has answered others; raises HasAnswers."""
    if any(getattr(question, name) != value for name, value in values.items()):
        _require_unanswered(session, question)
        for name, value in values.items():
            setattr(question, name, value)


def _require_unanswered(session: Session, question: Question) -> None:
    if session.scalar(select(Answer.id).where(Answer.question_id == question.id).limit(1)):
        campaign = session.get_one(Campaign, question.campaign_id)
        raise HasAnswers(question=question.code, code=campaign.code)


def _choices(kind: AnswerType, choices: Sequence[str]) -> str | None:
    if kind is AnswerType.CHOICE and len(choices) < 2:
        raise MissingValue(field="--choice")
    if kind is not AnswerType.CHOICE and choices:
        raise BadChoice(field="--type", value=kind, choices=AnswerType.CHOICE)
    return "\n".join(clean(choice, _("choice")) for choice in choices) or None


# --- the end ------------------------------------------------------------


def close(session: Session, campaign: Campaign, when: When) -> None:
    """End a campaign; what was found stands. Raises NotRunning, StepAhead, OutOfOrder."""
    if status_of(campaign) is not CampaignStatus.CLOSED:
        _require_step(campaign, when, CampaignStatus.RUNNING)
        campaign.closed_on = when.day
        session.flush()


def reopen(session: Session, campaign: Campaign, when: When) -> None:
    """Take a closed campaign up again. Raises NotRunning, StepAhead, OutOfOrder."""
    if status_of(campaign) is CampaignStatus.RUNNING:
        return
    require_status(campaign, CampaignStatus.CLOSED)
    require_after(campaign, when, campaign.closed_on)
    campaign.closed_on = None
    session.flush()


def cancel(session: Session, campaign: Campaign, when: When) -> None:
    """Drop a campaign that was not finished. Raises NotRunning, StepAhead, OutOfOrder."""
    if status_of(campaign) is not CampaignStatus.CANCELLED:
        _require_step(campaign, when, CampaignStatus.DRAFT, CampaignStatus.RUNNING)
        campaign.cancelled_on = when.day
        session.flush()


def _require_step(campaign: Campaign, when: When, *statuses: CampaignStatus) -> None:
    require_status(campaign, *statuses)
    require_after(campaign, when, opened_on(campaign))
