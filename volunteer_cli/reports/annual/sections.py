"""The parts of the year's report: each asks a few reports and says in words what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from volunteer_cli.core.i18n import _
from volunteer_cli.reporting.declaration import Row
from volunteer_cli.reports.annual import sentences
from volunteer_cli.reports.annual.contents import Asking, Section


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


def service(ask: Asking) -> Section:
    """How much service was given, month by month and of which kind."""
    columns = ("minutes", "records", "people")
    by_month = ask.table("hours", _("Hours by month"), ("month", *columns), by="month", drawn=True)
    by_category = ask.table(
        "hours", _("Hours by category"), ("category", *columns), by="category", drawn=True
    )
    said = sentences.service(ask.overview, by_month.rows)
    return Section("service", _("Service through the year"), tuple(said), (by_month, by_category))


def teams(ask: Asking) -> Section:
    """What the teams did, those that did nothing left out."""
    table = ask.table(
        "teams",
        _("Members, events and hours of the teams"),
        ("team", "kind", "members", "active_members", "events", "minutes", "minutes_per_member"),
        drawn=True,
        having=("members", "events", "minutes"),
    )
    return Section("teams", _("Teams"), tuple(sentences.teams(ask.overview, table)), (table,))


def volunteers(ask: Asking) -> Section:
    """Who the volunteers are and what they can do."""
    columns = ("volunteers", "new", "active")
    return Section(
        "volunteers",
        _("Volunteers"),
        tuple(sentences.volunteers(ask.overview)),
        (
            ask.table("volunteers", _("By age"), ("age", *columns), by="age", drawn=True),
            ask.table("volunteers", _("By sex"), ("sex", *columns), by="sex"),
            ask.table(
                "skills",
                _("What they can do"),
                ("skill", "able", "volunteers", "trained", "needed"),
                having=("volunteers", "needed"),
            ),
        ),
    )


def events(ask: Asking) -> Section:
    """Which events were held, and which gave the most service."""
    by_kind = ask.table(
        "events",
        _("Events by kind"),
        ("kind", "events", "done", "cancelled", "attended", "absent", "absence_rate"),
        by="kind",
        drawn=True,
    )
    largest = ask.table(
        "hours",
        _("Events with the most hours"),
        ("event", "minutes", "people"),
        by="event",
        whole=False,
        having=("event",),
    )
    return Section("events", _("Events"), tuple(sentences.events(by_kind.rows)), (by_kind, largest))


def recognition(ask: Asking) -> Section:
    """Who was honoured, and who holds a star."""
    columns = ("title", "level", "person", "team", *ask.whose, "by", "date")
    honours = ask.table("honours", _("Honours"), columns)
    stars = ask.table(
        "stars", _("Stars"), ("level", "threshold", "holders", "granted"), having=("holders", "granted")
    )
    return Section("recognition", _("Recognition"), (), (honours, stars))


def drives(ask: Asking) -> Section:
    """What was given and passed on, with what was told the public."""
    columns = ("drive", "item", "unit", "goal", "received", "shipped", "remaining")
    shares = ("donors", "anonymous_share", "freight_waived")
    table = ask.table("drives", _("What was given and passed on"), (*columns, *shares), drawn=True)
    return Section(
        "drives",
        _("Donation drives"),
        tuple(sentences.drives(ask.overview)),
        (table,),
        tuple(_notices(ask)),
    )


def _notices(ask: Asking) -> Iterator[Row]:
    """The newest public notice of each drive of the period, as it was published."""
    from volunteer_cli.drives.documents import published
    from volunteer_cli.drives.queries.disclosure import notices
    from volunteer_cli.drives.queries.periods import drives_between

    first, last = ask.period.first, ask.period.last
    found = drives_between(ask.session, first, last, community_id=ask.scope.community_id)
    for told in notices(ask.session, [drive.id for drive in found]).values():
        if told:
            yield published(ask.session, told[-1])


SECTIONS: tuple[Callable[[Asking], Section], ...] = (
    community,
    service,
    teams,
    volunteers,
    events,
    recognition,
    drives,
)
"""In the order in which they are read."""
