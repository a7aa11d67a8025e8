"""What may happen to a community."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community, CommunityFigure
from volunteer_cli.communities.queries import figure_of
from volunteer_cli.core.errors import Conflict, RuleError
from volunteer_cli.core.i18n import _, with_detail
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.text import kept, required


class NegativeFigure(RuleError):
    """A count of a community cannot be negative; {value} is"""

    code = "bad_quantity"


def add_community(session: Session, *, name: str, code: str, **details: Any) -> Community:
    """A new community.

    Raises:
        BadCode, BadText: the code or a text is not allowed.
        Conflict: the code or the name is another community's.
    """
    known = {name: value or None for name, value in _cleaned(details).items()}
    community = Community(name=required(name, _("Name")), code=checked_code(code), **known)
    _require_own(session, community)
    session.add(community)
    session.flush()
    return community


def edit_community(session: Session, community: Community, **changes: Any) -> Community:
    """Give a community other values; those that are None stay, an empty text clears one.

    Raises:
        BadText, MissingValue, Conflict: as `add_community`.
    """
    if changes.get("name") is not None:
        changes["name"] = required(changes["name"], _("Name"))
    for name, value in _cleaned(changes).items():
        if value is not None:
            setattr(community, name, value or None)
    # The question would write the new name first, and meet the other one as a fault of the database.
    with session.no_autoflush:
        _require_own(session, community)
    session.flush()
    return community


def record_figure(
    session: Session, community: Community, *, name: str, value: int, as_of: date, source: str | None
) -> CommunityFigure:
    """A count of something in the community on a day; another count of the same day takes its place.

    Raises:
        NegativeFigure: the value is below zero.
    """
    # Zero is a count: a community may have no checkpoint any more.
    if value < 0:
        raise NegativeFigure(value=value)
    source = kept(source) if source else None
    # Of one day there is one: the latest that was typed is meant, as for any correction. Those of other days stay
    # beside it, for a figure without its day says nothing, and past reports are made of them.
    figure = figure_of(session, community, name, as_of)
    if figure is None:
        figure = CommunityFigure(community_id=community.id, name=name, as_of=as_of)
        session.add(figure)
    figure.value, figure.source = value, source or figure.source
    session.flush()
    return figure


def _cleaned(details: dict[str, Any]) -> dict[str, Any]:
    return {name: kept(value, name) if isinstance(value, str) else value for name, value in details.items()}


def _require_own(session: Session, community: Community) -> None:
    # The code stands in every number that the community issues, so that no two may have the same.
    for column, title in ((Community.code, _("code")), (Community.name_key, _("name"))):
        value = getattr(community, column.key)
        other = session.scalar(select(Community).where(column == value, Community.id != (community.id or 0)))
        if other:
            raise Conflict(field=title, value=value, owner=with_detail(other.name, other.id))
