"""What is asked of communities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community, CommunityFigure
from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_, listed
from volunteer_cli.core.looking import once
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.core.run import run

COMMUNITY = Reference(N_("community"), Community, "volunteer community list")


class NoCommunity(UsageFault):
    """There is no community yet"""

    code = "no_community"
    hint = N_("Add the first: volunteer community add NAME --code CODE")


class CommunityNeeded(UsageFault):
    """There are several communities; say which one"""

    code = "community_needed"
    option = "--community"
    hint = N_("Add --community with one of: {codes}")


class CommunityArchived(RuleError):
    """{community} is archived; nothing new comes into it"""

    code = "archived"
    hint = N_("Bring it back first: volunteer community restore {code_typed}")


def find_community(session: Session, text: str, *, changing: bool = True) -> Community:
    """The community that `text` names.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return find(session, COMMUNITY, text, changing=changing)


def communities(session: Session, *, archived: bool = False) -> Sequence[Community]:
    """All communities in use, or the archived ones, by code."""
    in_use = Community.archived_on.is_not(None) if archived else Community.archived_on.is_(None)
    return session.scalars(select(Community).where(in_use).order_by(Community.code)).all()


def the_community(session: Session) -> Community:
    """The one to work in: the one named by `--community`, else the only one there is.

    Raises:
        NoCommunity, CommunityNeeded: there is none, or more than one and none was named.
        CommunityArchived: the one that was named is out of use.
    """
    if text := run().given.community:
        community = find_community(session, text)
        if community.archived_on:
            raise CommunityArchived(community=community.name, code_typed=community.code)
        return community
    every = communities(session)
    if not every:
        raise NoCommunity
    # Never the first of several: what is recorded in the wrong one is certified by the wrong one.
    if len(every) > 1:
        choices = {community.code: community.name for community in every}
        raise CommunityNeeded(codes=listed(choices), choices=choices)
    return every[0]


def chosen_community(session: Session) -> Community | None:
    """The community that a list is limited to: the one that was named, if one was."""
    # Without a name a list is of all, where a change has to know its one place.
    code = run().given.community
    return (
        once(session, ("communities.chosen", code), lambda: find_community(session, code)) if code else None
    )


def community_names(session: Session, _ids: Iterable[int | None] = ()) -> dict[int, str]:
    """The name of each community by its id; there are few, so that it is of all of them."""
    return {row.id: row.name for row in session.execute(select(Community.id, Community.name))}


def figure_of(session: Session, community: Community, name: str, day: date) -> CommunityFigure | None:
    """The count of something in a community on a day, the latest that was recorded."""
    query = select(CommunityFigure).filter_by(community_id=community.id, name=name, as_of=day)
    return session.scalars(query.order_by(CommunityFigure.id.desc())).first()


def figures(session: Session, community_ids: Sequence[int]) -> Sequence[CommunityFigure]:
    """All figures of these communities, each name's oldest first."""
    order = (CommunityFigure.name, CommunityFigure.as_of, CommunityFigure.id)
    return session.scalars(
        select(CommunityFigure).where(CommunityFigure.community_id.in_(community_ids)).order_by(*order)
    ).all()
