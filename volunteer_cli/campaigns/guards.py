"""What campaigns do when two households, or two people, become one: two targets of a campaign become one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.campaigns.models import Attempt, Lease, StageTarget, Target
from volunteer_cli.campaigns.terms import Outcome, Source
from volunteer_cli.core.history import delete_rows, update_all
from volunteer_cli.core.i18n import ngettext


def merge_households(session: Session, keep_id: int, drop_id: int) -> None:
    """Let the household that stays have all attempts of both, in the order in which they were made."""
    _unite_all(session, Target.household_id, keep_id, drop_id)


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """The same of two people."""
    _unite_all(session, Target.person_id, keep_id, drop_id)


def _unite_all(session: Session, key: Any, keep_id: int, drop_id: int) -> None:
    for kept, dropped in _pairs(session, key, keep_id, drop_id):
        _unite(session, kept, dropped)


def _pairs(session: Session, key: Any, keep_id: int, drop_id: int) -> list[tuple[Target, Target]]:
    """The targets of both in campaigns that have both on their list, the one that stays first."""
    other = aliased(Target)
    same = (other.campaign_id == Target.campaign_id) & (getattr(other, key.key) == drop_id)
    rows = session.execute(select(Target, other).join(other, same).where(key == keep_id))
    return [(kept, dropped) for kept, dropped in rows]


def _unite(session: Session, kept: Target, dropped: Target) -> None:
    """One target of two; excluded is it only where both were."""
    _move_stages(session, kept.id, dropped.id)
    for model in (Attempt, Lease):
        rows = session.scalars(select(model.id).where(model.target_id == dropped.id)).all()
        update_all(session, model, rows, {"target_id": kept.id})
    _take_over(kept, dropped)
    session.flush()
    key = dropped.id
    # Out of the session before its row goes, or the next flush would write it again.
    session.expunge(dropped)
    delete_rows(session, Target, [key])


def _take_over(kept: Target, dropped: Target) -> None:
    """On the list since the earlier day; found on the way only where neither was listed."""
    kept.listed_at = _earlier(kept.listed_at, dropped.listed_at)
    if Source.LISTED in (kept.source, dropped.source):
        kept.source = Source.LISTED
    if dropped.excluded_at is None:
        kept.excluded_at = kept.excluded_for = None


def _earlier(one: datetime, other: datetime) -> datetime:
    return min(one, other)


def _move_stages(session: Session, keep_id: int, drop_id: int) -> None:
    inside = set(session.scalars(select(StageTarget.stage_id).where(StageTarget.target_id == keep_id)))
    own = select(StageTarget.id, StageTarget.stage_id).where(StageTarget.target_id == drop_id)
    rows = session.execute(own).all()
    delete_rows(session, StageTarget, [row.id for row in rows if row.stage_id in inside])
    moved = [row.id for row in rows if row.stage_id not in inside]
    update_all(session, StageTarget, moved, {"target_id": keep_id})


def household_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """How many campaigns count one target where they counted two."""
    yield from _fewer_targets(session, Target.household_id, keep_id, drop_id)


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """The same of two people, and at how many targets both were refused: that may not be final any more."""
    yield from _fewer_targets(session, Target.person_id, keep_id, drop_id)
    yield from _refusals_of_one(session, keep_id, drop_id)


def _fewer_targets(session: Session, key: Any, keep_id: int, drop_id: int) -> Iterator[str]:
    if count := len(_pairs(session, key, keep_id, drop_id)):
        sentence = ngettext(
            "on the list of {count} campaign the two are one target then",
            "on the lists of {count} campaigns the two are one target then",
            count,
        )
        yield sentence.format(count=count)


def _refusals_of_one(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    both = select(Attempt.target_id).where(
        Attempt.outcome == Outcome.REFUSED, Attempt.by_id.in_((keep_id, drop_id))
    )
    twice = both.group_by(Attempt.target_id).having(func.count(Attempt.by_id.distinct()) > 1).subquery()
    count = session.scalar(select(func.count()).select_from(twice)) or 0
    if count:
        sentence = ngettext(
            "at {count} target of campaigns two refusals are those of one person then",
            "at {count} targets of campaigns two refusals are those of one person then",
            count,
        )
        yield sentence.format(count=count)
