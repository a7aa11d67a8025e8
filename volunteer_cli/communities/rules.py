"""What may happen to a community."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community, CommunityFigure
from volunteer_cli.core.errors import Conflict, RuleError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import clean, clean_name

CODE = re.compile(r"[a-z][a-z0-9-]{0,19}")


class BadCode(RuleError):
    """'{value}' is no code"""

    code = "bad_code"
    hint = N_("A code begins with a letter and has up to 20 small letters, digits and dashes, like binhu.")


class NegativeFigure(RuleError):
    """A count of a community cannot be negative; {value} is"""

    code = "bad_quantity"


def checked_code(text: str) -> str:
    """A code that can stand in numbers such as BINHU-2025-0003.

    Raises:
        BadCode: it cannot.
    """
    if not CODE.fullmatch(text.lower()):
        raise BadCode(value=text)
    return text.lower()


def add_community(session: Session, *, name: str, code: str, **details: Any) -> Community:
    """A new community.

    Raises:
        BadCode, BadText: the code or a text is not allowed.
        Conflict: the code or the name is another community's.
    """
    community = Community(name=clean_name(name), code=checked_code(code), **_cleaned(details))
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
        changes["name"] = clean_name(changes["name"])
    for name, value in _cleaned(changes).items():
        if value is not None:
            setattr(community, name, value or None)
    with session.no_autoflush:
        _require_own(session, community)
    session.flush()
    return community


def record_figure(
    session: Session, community: Community, *, name: str, value: int, as_of: date, source: str | None
) -> CommunityFigure:
    """A count of something in the community on a day; the same count again is no change.

    Raises:
        NegativeFigure: the value is below zero.
    """
    if value < 0:
        raise NegativeFigure(value=value)
    source = clean(source) if source else None
    same = select(CommunityFigure).filter_by(
        community_id=community.id, name=name, value=value, as_of=as_of, source=source
    )
    if known := session.scalar(same):
        return known
    figure = CommunityFigure(community_id=community.id, name=name, value=value, as_of=as_of, source=source)
    session.add(figure)
    session.flush()
    return figure


def archive(session: Session, record: Any, on: date | None) -> None:
    """Take a record out of use on a day, or with None back into use."""
    if (record.archived_on is None) != (on is None):
        record.archived_on = on
        session.flush()


def _cleaned(details: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value, name) if isinstance(value, str) else value for name, value in details.items()}


def _require_own(session: Session, community: Community) -> None:
    for column, title in ((Community.code, _("code")), (Community.name, _("name"))):
        value = getattr(community, column.key)
        other = session.scalar(select(Community).where(column == value, Community.id != (community.id or 0)))
        if other:
            raise Conflict(field=title, value=value, owner=f"{other.name} ({other.id})")
