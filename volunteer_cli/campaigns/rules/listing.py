"""The list of a campaign: frozen when a stage opens, added to on the way, never shortened."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Campaign, Stage, StageTarget, Target
from volunteer_cli.campaigns.queries.conditions import matching, results_in
from volunteer_cli.campaigns.queries.finding import (
    find_stage,
    opened_stages,
    stages,
    target_of,
)
from volunteer_cli.campaigns.queries.results import Limits, Part, judged
from volunteer_cli.campaigns.rules.moments import (
    When,
    opened_on,
    require_after,
    require_not_over,
    require_running,
)
from volunteer_cli.campaigns.rules.setup import add_stage
from volunteer_cli.campaigns.terms import Result, Source, Unit
from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import MissingValue
from volunteer_cli.core.history import Row, insert_rows
from volunteer_cli.core.i18n import _
from volunteer_cli.core.text import required
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import household_of, lives_at
from volunteer_cli.households.rules import add_household
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import in_use_on

#: Results from which a re-check draws: both say that somebody was there and looked.
RECHECKED = (Result.DONE, Result.VACANT)


def open_campaign(session: Session, campaign: Campaign, stage: str | None, when: When) -> tuple[Stage, int]:
    """Open a stage and freeze its list; answer the stage and how many targets it has got.

    Without a name it is the next one; a campaign without stages gets one of all.

    Raises:
        CampaignClosed, NoStage, StepAhead, OutOfOrder: as their sentences say.
    """
    require_not_over(campaign)
    chosen = _next_stage(session, campaign, stage)
    if chosen.opened_at is not None:
        return chosen, _count(session, chosen)
    require_after(campaign, when, _last_opening(session, campaign))
    # Frozen now: who is on the list on this day is on it in every later figure.
    members = _members(session, campaign, chosen, when)
    chosen.opened_at = when.at
    campaign.opened_at = campaign.opened_at or when.at
    session.flush()
    _enter(session, chosen, members, when.at)
    return chosen, len(members)


def _count(session: Session, stage: Stage) -> int:
    """How many targets an open stage has."""
    query = select(func.count()).select_from(StageTarget).where(StageTarget.stage_id == stage.id)
    return session.scalar(query) or 0


def _next_stage(session: Session, campaign: Campaign, name: str | None) -> Stage:
    if name is not None:
        return find_stage(session, campaign, name)
    present = stages(session, campaign)
    if not present:
        return add_stage(session, campaign, _("all"))
    return next((stage for stage in present if stage.opened_at is None), present[-1])


def _members(session: Session, campaign: Campaign, stage: Stage, when: When) -> Sequence[int]:
    """The ids of the targets that a stage takes in; the first one makes them."""
    opened = opened_stages(session, campaign)
    if not opened:
        return _first_list(session, campaign, stage, when)
    before = next((each for each in opened if each.id == stage.after_id), opened[-1])
    if stage.share is not None:
        # A sample is drawn from what the campaign found, whichever stage found it.
        return _sample(session, Part(campaign, opened), stage, when)
    return _of_stage(session, Part(campaign, opened, before), stage, when.at)


def _of_stage(session: Session, part: Part, stage: Stage, at: datetime) -> list[int]:
    """What of the stage before fulfils the conditions; what turned out not to belong comes along nowhere."""
    query, _tried = judged(part, Limits.of(session), at)
    query = query.where(*matching(session, part.campaign, stage.conditions, at.date())).order_by(Target.id)
    asked = results_in(stage.conditions)
    return [
        row.id
        for row in session.execute(query)
        if (all(row.result in values for values in asked) if asked else row.result != Result.OUT_OF_SCOPE)
    ]


def _last_opening(session: Session, campaign: Campaign) -> date | None:
    moments = (stage.opened_at for stage in opened_stages(session, campaign) if stage.opened_at)
    last = max(moments, default=None)
    return last.date() if last else None


def _sample(session: Session, part: Part, stage: Stage, when: When) -> list[int]:
    """A share of what is done or vacant, grid by grid, drawn by a seed so that anybody can draw it again."""
    query, _tried = judged(part, Limits.of(session), when.at, Target.grid)
    query = query.where(*matching(session, part.campaign, stage.conditions, when.day))
    by_grid: dict[str, list[int]] = {}
    for row in session.execute(query.order_by(Target.id)):
        if row.result in RECHECKED:
            by_grid.setdefault(row.grid or "", []).append(row.id)
    # Grid by grid, or a small one might never be looked at again.
    drawn = (_draw(keys, stage, grid) for grid, keys in sorted(by_grid.items()))
    return sorted(key for keys in drawn for key in keys)


def _draw(keys: list[int], stage: Stage, grid: str) -> list[int]:
    # Some check of every grid: a share of a small one is rounded up.
    count = ceil(round(len(keys) * (stage.share or 0), 6))
    return random.Random(f"{stage.seed}:{grid}").sample(keys, count)  # noqa: S311 - a sample, no secret


# --- the first list ------------------------------------------------------------


def _first_list(session: Session, campaign: Campaign, stage: Stage, when: When) -> Sequence[int]:
    """The targets of the first stage: those that were put on the list before, else all that the community has."""
    listed = select(Target.id).where(Target.campaign_id == campaign.id)
    if session.scalar(listed.limit(1)) is not None:
        part = Part(campaign, ())
        return _of_stage(session, part, stage, when.at)
    conditions = matching(session, campaign, stage.conditions, when.day)
    rows = session.execute(_standing(campaign, when.day).where(*conditions)).all()
    return _list(session, campaign, rows, Source.LISTED, when.at)


def _standing(campaign: Campaign, day: date) -> Select[Any, Any, Any]:
    """The households, or the people, of a community on a day, in the order in which one walks."""
    return _homes(campaign, day) if campaign.unit == Unit.HOUSEHOLD else _people(campaign, day)


def _homes(campaign: Campaign, day: date) -> Select[Any, Any, Any]:
    in_use = or_(Household.archived_on.is_(None), Household.archived_on > day)
    homes = select(Household.id, Household.grid, Household.building)
    query = homes.where(Household.community_id == campaign.community_id, in_use)
    return query.where(Household.founded_on <= day).order_by(Household.id)


def _people(campaign: Campaign, day: date) -> Select[Any, Any, Any]:
    home = lives_at(day).subquery()
    # Where they live; of who is placed nowhere what the record says.
    grid = func.coalesce(Household.grid, Person.grid).label("grid")
    building = func.coalesce(Household.building, Person.building).label("building")
    people = select(Person.id, grid, building).outerjoin(home, home.c.person_id == Person.id)
    people = people.outerjoin(Household, Household.id == home.c.household_id)
    return people.where(Person.community_id == campaign.community_id, in_use_on(day)).order_by(Person.id)


def _list(
    session: Session, campaign: Campaign, rows: Iterable[Any], source: Source, at: datetime
) -> Sequence[int]:
    key = "household_id" if campaign.unit == Unit.HOUSEHOLD else "person_id"
    common: Row = {"campaign_id": campaign.id, "source": source, "listed_at": at}
    targets = [{key: row.id, "grid": row.grid, "building": row.building, **common} for row in rows]
    return insert_rows(session, Target, targets)


def _enter(session: Session, stage: Stage, target_ids: Iterable[int], at: datetime) -> None:
    rows = [{"stage_id": stage.id, "target_id": key, "since": at} for key in target_ids]
    insert_rows(session, StageTarget, rows)


# --- on the way ------------------------------------------------------------


def include(
    session: Session, campaign: Campaign, thing: Household | Person, when: When, stage: str | None = None
) -> Target:
    """Put a household or a person on the list, once; one that was excluded comes back.

    Before the list is frozen it makes the list, afterwards it was added on the way.

    Raises:
        CampaignClosed, NoStage, StepAhead, OutOfOrder: as their sentences say.
    """
    require_not_over(campaign)
    require_after(campaign, when, opened_on(campaign))
    target = target_of(session, campaign, thing) or _put_on_list(session, campaign, thing, when)
    target.excluded_at = target.excluded_for = None
    session.flush()
    _enter_open(session, campaign, target, stage, when)
    return target


def _put_on_list(session: Session, campaign: Campaign, thing: Household | Person, when: When) -> Target:
    source = Source.LISTED if campaign.opened_at is None else Source.ADDED
    place = _place(session, thing, when.day)
    (key,) = _list(session, campaign, [place], source, when.at)
    return session.get_one(Target, key)


def add_found(
    session: Session, campaign: Campaign, values: Mapping[str, Any], when: When, *, second: bool
) -> tuple[Household, Target]:
    """Add a household that was met on the way, and put it on the list.

    Raises:
        NotOpen, CampaignClosed, StepAhead, OutOfOrder: as their sentences say.
        Conflict, Occupied: as those of a household that is added.
    """
    require_running(campaign)
    community = session.get_one(Community, campaign.community_id)
    household = add_household(session, community, values, when.day, second=second)
    return household, include(session, campaign, household, when)


def _enter_open(session: Session, campaign: Campaign, target: Target, stage: str | None, when: When) -> None:
    """Let a target into a stage that is open: the one that was said, else the first, which is of all."""
    opened = opened_stages(session, campaign)
    if stage is None and not opened:
        return
    chosen = find_stage(session, campaign, stage) if stage else opened[0]
    # Found on the way it enters one stage at least, or nobody would ever be sent there.
    inside = _is_inside(session, target, chosen if stage else None)
    if chosen.opened_at is not None and not inside:
        _enter(session, chosen, [target.id], when.at)


def _is_inside(session: Session, target: Target, stage: Stage | None) -> bool:
    """Whether a target is in a stage, or in any."""
    inside = select(StageTarget.id).where(StageTarget.target_id == target.id)
    if stage is not None:
        inside = inside.where(StageTarget.stage_id == stage.id)
    return session.scalar(inside.limit(1)) is not None


def _place(session: Session, thing: Household | Person, day: date) -> Any:
    from types import SimpleNamespace

    home = household_of(session, thing.id, day) if isinstance(thing, Person) else thing
    where: Any = home or thing
    return SimpleNamespace(id=thing.id, grid=where.grid, building=where.building)


def exclude(session: Session, campaign: Campaign, target: Target, reason: str | None, when: When) -> None:
    """Take a target out of the count, with the reason; it stays on the list as out of scope.

    Raises:
        CampaignClosed, MissingValue, StepAhead, OutOfOrder: as their sentences say.
    """
    require_not_over(campaign)
    if not reason:
        raise MissingValue(field="--reason")
    require_after(campaign, when, target.listed_at.date())
    if target.excluded_at is None:
        target.excluded_at, target.excluded_for = when.at, required(reason, _("Reason"))
        session.flush()
