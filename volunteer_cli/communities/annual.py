"""What the year's report tells of the communities."""

from __future__ import annotations

from collections.abc import Iterator

from volunteer_cli.core.i18n import _
from volunteer_cli.reporting.annual import Asking, Chapter, Section


def community(ask: Asking) -> Section:
    """What the community is, and how large."""
    columns = (*ask.whose, "figure", "value", "as_of", "source")
    figures = ask.table("profile", _("Figures and their dates"), columns)
    return Section("community", _("The community"), tuple(_about(ask)), (figures,))


def _about(ask: Asking) -> Iterator[str]:
    """What each community is, in one line."""
    from volunteer_cli.communities.queries import communities
    from volunteer_cli.communities.terms import COMMUNITY_KINDS

    for one in communities(ask.session):
        facts = [one.subdistrict, _(COMMUNITY_KINDS.get(one.kind or "", "")), one.party_branch]
        if ask.scope.community_id in (None, one.id) and any(facts):
            yield " · ".join([one.name, *(fact for fact in facts if fact)])


CHAPTERS = (Chapter(community, place=1),)
