"""Progress: how many of each result, whatever part is looked at, as of any past instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, null, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Attempt, Campaign, PlanDay, Target
from volunteer_cli.campaigns.queries.finding import opened_stages, rounds
from volunteer_cli.campaigns.queries.results import Limits, Part, judged
from volunteer_cli.campaigns.terms import RESOLVED, Result, Source

#: A group of targets and its figures.
Row = dict[str, Any]
COUNTS = (
    "listed", "added", "out_of_scope", "vacant", "absent", "eligible", "done", "refused", "unreached",
    "blocked", "waiting", "open", "todo", "tried", "visited_rate", "done_rate", "resolved", "planned",
    "behind", "agreeing", "rechecked",
)  # fmt: skip
#: Of how the plan stands against what was done, by what the plan is made by.
PLANNED_BY = frozenset({None, "grid", "day"})


#: By what re-checks are parted that belong to a row of a target, a stage or a person.
CHECKED_BY: dict[str, Any] = {
    "grid": Target.grid,
    "building": Target.building,
    "stage": Attempt.stage_id,
    "person": Attempt.by_id,
}


def progress(session: Session, campaign: Campaign, by: str | None, now: datetime) -> list[Row]:
    """The figures of a campaign up to a moment, by grid, building, day, stage, round, person, or in all."""
    whole = Part(campaign, opened_stages(session, campaign, now))
    ways = {"day": _by_day, "stage": _by_stage, "round": _by_round}
    if by in ways:
        return list(ways[by](session, whole, now))
    return _by_value(session, whole, by, now)


def _by_value(session: Session, part: Part, by: str | None, now: datetime) -> list[Row]:
    groups = figures(session, part, by, now)
    checks = _checks(session, part, by, now)
    plans = _plans(session, part.campaign, by, now.date())
    keys = sorted({*groups, *plans}, key=_as_counted) if by else [None]
    return [
        _completed({by: key} if by else {}, groups.get(key, {}), plans.get(key), checks.get(key), by)
        for key in keys
    ]


def _as_counted(key: Any) -> tuple[bool, int, str]:
    """Numbers in their order, what has no value last."""
    text = str(key)
    return key is None, int(text) if text.isdecimal() else 0, text


def figures(session: Session, part: Part, by: str | None, now: datetime) -> dict[Any, Row]:
    """How many targets of each result a part has, by a value of them."""
    query, tried = judged(part, Limits.of(session), now)
    keys = {"grid": Target.grid, "building": Target.building, "person": tried.last_by_id}
    inner = query.add_columns(
        Target.source.label("source"),
        (func.coalesce(tried.attempts, 0) > 0).label("was_tried"),
        *([keys[by].label("key")] if by in keys else []),
    ).subquery()
    return _summed(session, _grouped(inner, keyed=by in keys))


def _grouped(inner: Any, *, keyed: bool) -> Select[Any]:
    parts = [inner.c.result, inner.c.source, inner.c.was_tried]
    key: list[ColumnElement[Any]] = [inner.c.key] if keyed else []
    return select(*parts, func.count().label("number"), *key).group_by(*parts, *key)


def _summed(session: Session, query: Select[Any]) -> dict[Any, Row]:
    groups: dict[Any, Row] = {}
    for row in session.execute(query):
        key = row.key if len(row) > 4 else None
        sums = groups.setdefault(key, dict.fromkeys((*Result, *Source, "tried", "seen"), 0))
        sums[row.result] += row.number
        sums[row.source] += row.number
        if row.was_tried:
            sums["tried"] += row.number
            # Visited of those in scope (走访率): who has moved away cannot have been missed.
            sums["seen"] += row.number if row.result != Result.OUT_OF_SCOPE else 0
    return groups


def _completed(
    head: Row, sums: Row, planned: int | None, checks: tuple[int, int] | None, by: str | None
) -> Row:
    """A row with all that follows from its counts."""
    counts = dict.fromkeys((*Result, *Source, "tried", "seen"), 0) | sums
    agreeing, rechecked = checks or (0, 0)
    row = head | {str(name): counts[name] for name in (*Source, *Result, "tried")} | _rated(counts)
    # A plan is made by grid and day: of a building or a stage nothing was planned, which is not zero.
    planned_here = (planned or 0) if by in PLANNED_BY else None
    return row | _against_plan(counts, planned_here) | {"agreeing": agreeing, "rechecked": rechecked}


def _against_plan(counts: Row, planned: int | None) -> Row:
    resolved = sum(counts[result] for result in RESOLVED)
    behind = None if planned is None else max(planned - resolved, 0)
    return {"resolved": resolved, "planned": planned, "behind": behind}


# 走访率, 登记率: what is not known yet stays in the denominator, and who does not belong is in neither part.
def _rated(counts: Row) -> Row:
    """What of the list is to be asked, and which share of it was."""
    within = counts[Source.LISTED] + counts[Source.ADDED] - counts[Result.OUT_OF_SCOPE]
    eligible = within - counts[Result.VACANT] - counts[Result.ABSENT]
    return {
        "eligible": eligible,
        "visited_rate": counts["seen"] / within if within else None,
        "done_rate": counts[Result.DONE] / eligible if eligible else None,
    }


# --- by time, by stage, by round ------------------------------------------------------------


def _by_day(session: Session, whole: Part, now: datetime) -> Iterator[Row]:
    """A row for each day since the list was frozen, as it stood at its end."""
    campaign = whole.campaign
    if campaign.opened_at is None or campaign.opened_at > now:
        return
    day, last = campaign.opened_at.date(), min(now.date(), campaign.closed_on or now.date())
    while day <= last:
        yield _on_day(session, whole, day, min(now, datetime.combine(day, time.max)))
        day += timedelta(days=1)


def _on_day(session: Session, whole: Part, day: date, until: datetime) -> Row:
    part = replace(whole, among=opened_stages(session, whole.campaign, until))
    sums = figures(session, part, None, until).get(None, {})
    planned = _plans(session, whole.campaign, None, day).get(None)
    return _completed({"day": day}, sums, planned, _checks(session, part, None, until).get(None), "day")


def _by_stage(session: Session, whole: Part, now: datetime) -> Iterator[Row]:
    for stage in whole.among:
        part = replace(whole, stage=stage)
        checks = _checks(session, whole, "stage", now).get(stage.id)
        yield _completed(
            {"stage": stage.name}, figures(session, part, None, now).get(None, {}), None, checks, "stage"
        )


def _by_round(session: Session, whole: Part, now: datetime) -> Iterator[Row]:
    """A row for each day of each daily stage; what a past one left open or to do was missed."""
    for stage in whole.among:
        for day in rounds(stage, now):
            part = replace(whole, stage=stage, round=day.date())
            sums = figures(session, part, None, min(now, datetime.combine(day, time.max)))
            yield _completed(
                {"stage": stage.name, "round": day.date()}, sums.get(None, {}), None, None, "round"
            )


# --- the plan, and re-checks ------------------------------------------------------------


def _plans(session: Session, campaign: Campaign, by: str | None, day: date) -> dict[Any, int]:
    """How many were planned up to a day, by grid or in all."""
    if by not in PLANNED_BY:
        return {}
    query = select(PlanDay.grid, func.sum(PlanDay.count)).where(
        PlanDay.campaign_id == campaign.id, PlanDay.day <= day
    )
    by_grid = {grid: int(count) for grid, count in session.execute(query.group_by(PlanDay.grid))}
    if by == "grid":
        return by_grid
    return {None: sum(by_grid.values())}


def _checks(session: Session, part: Part, by: str | None, now: datetime) -> dict[Any, tuple[int, int]]:
    """Of targets that were re-checked by a moment, how many agreed and how many there are, by a value of them."""
    if not part.checks:
        return {}
    rows = session.execute(_checked(part, CHECKED_BY.get(by or "", null()), now))
    # Of several checks of a target the latest counts, which comes last and stays.
    return _counted({row.target_id: (row.key, bool(row.agrees)) for row in rows}.values())


def _checked(part: Part, key: Any, now: datetime) -> Select[Any]:
    query: Select[Any] = select(Attempt.target_id, Attempt.agrees, key.label("key"))
    query = query.join(Target, Target.id == Attempt.target_id).where(*part.own(), Attempt.at <= now)
    query = query.where(Attempt.stage_id.in_(part.checks), Attempt.agrees.is_not(None))
    return query.order_by(Attempt.at, Attempt.id)


def _counted(checks: Iterable[tuple[Any, bool]]) -> dict[Any, tuple[int, int]]:
    counted: dict[Any, tuple[int, int]] = {}
    for key, agrees in checks:
        agreeing, every = counted.get(key, (0, 0))
        counted[key] = agreeing + agrees, every + 1
    return counted


def behind(session: Session, campaign: Campaign, now: datetime) -> Sequence[Row]:
    """The grids of a campaign in which less was resolved than planned up to yesterday."""
    yesterday = datetime.combine(now.date() - timedelta(days=1), time.max)
    plans = _plans(session, campaign, "grid", yesterday.date())
    if not plans:
        return []
    return [row for row in progress(session, campaign, "grid", now) if _lags(row, plans)]


def _lags(row: Row, plans: dict[Any, int]) -> bool:
    row["planned"] = plans.get(row["grid"], 0)
    row["behind"] = max(row["planned"] - row["resolved"], 0)
    return bool(row["behind"])
