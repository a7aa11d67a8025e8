"""Making one household of two records of one flat."""

from __future__ import annotations

from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks, load_models
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Row, delete_rows, table_of
from volunteer_cli.core.lookup import label
from volunteer_cli.core.uniting import move_reference, references_to
from volunteer_cli.households import queries
from volunteer_cli.households.models import FormerHousehold, Household
from volunteer_cli.households.rules.living import take_address, wake
from volunteer_cli.households.terms import Occupancy

#: What KEEP gets of DROP where it has none.
FILLED = ("grid", "head_id", "phone", "visit_every", "two_people")


class SameHousehold(RuleError):
    """{household} is one record; name two"""

    code = "same_household"


class TwoCommunities(RuleError):
    """{keep} and {drop} belong to two communities"""

    code = "other_community"


def losses(session: Session, keep: Household, drop: Household) -> list[str]:
    """What counts once when the two are one, in sentences, for whoever merges them.

    Raises:
        SameHousehold, TwoCommunities: the two cannot be one.
    """
    _require_mergeable(keep, drop)
    load_models()
    return [sentence for lost in hooks("household_losses") for sentence in lost(session, keep.id, drop.id)]


def merge_households(session: Session, keep: Household, drop: Household) -> int:
    """Move all that belongs to `drop` to `keep`, fill what `keep` lacks, and answer how many rows moved.

    The number and id of `drop` mean `keep` from now on.

    Raises:
        SameHousehold, TwoCommunities: the two cannot be one.
    """
    _require_mergeable(keep, drop)
    load_models()
    for settle in hooks("merge_households"):
        settle(session, keep.id, drop.id)
    session.flush()
    columns = references_to(table_of(Household))
    moved = sum(move_reference(session, column, keep.id, drop.id) for column in columns)
    _take_over(session, keep, drop)
    if living := queries.living_ids(session, keep.id):
        wake(keep)
        take_address(session, keep, living)
    return moved


def _take_over(session: Session, keep: Household, drop: Household) -> None:
    """Let the record of `drop` go: what `keep` lacks is taken from it, and its number goes on to work."""
    values = _united(keep, drop)
    former = FormerHousehold(former_id=drop.id, number=drop.number, household_id=keep.id)
    session.expunge(drop)
    delete_rows(session, Household, [drop.id])
    for name, value in values.items():
        setattr(keep, name, value)
    session.add(former)
    session.flush()


def _require_mergeable(keep: Household, drop: Household) -> None:
    if keep.id == drop.id:
        raise SameHousehold(household=label(queries.HOUSEHOLD, keep))
    if keep.community_id != drop.community_id:
        raise TwoCommunities(keep=keep.number, drop=drop.number)


def _united(keep: Household, drop: Household) -> Row:
    in_use = keep.archived_on is None or drop.archived_on is None
    filled = {name: getattr(keep, name) or getattr(drop, name) for name in FILLED}
    return filled | {
        "note": _note(keep, drop),
        "occupancy": _use(keep, drop),
        "founded_on": min(keep.founded_on, drop.founded_on),
        "archived_on": None if in_use else keep.archived_on,
    }


def _note(keep: Household, drop: Household) -> str | None:
    """What was noted of either, each once: nothing that somebody wrote is lost by a merge."""
    return "; ".join(dict.fromkeys(filter(None, (keep.note, drop.note)))) or None


def _use(keep: Household, drop: Household) -> str:
    """How the flat is used: what is known counts more, and nobody knows of a vacant one that somebody left it."""
    if keep.occupancy in (Occupancy.UNKNOWN, Occupancy.VACANT):
        return drop.occupancy
    return keep.occupancy
