"""`volunteer community …`."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.shell import Archived, PeriodText, choose, noun, read, show, show_list, tell, verb

app = noun("community")

Named = Annotated[str, Argument(metavar="COMMUNITY", help=N_("Its id, code or name"))]
KindOption = Annotated[str | None, Option("--kind", metavar="KIND", help=N_("resettlement, urban or mixed"))]
Subdistrict = Annotated[
    str | None, Option("--subdistrict", metavar="TEXT", help=N_("The subdistrict it belongs to"))
]
PartyBranch = Annotated[
    str | None, Option("--party-branch", metavar="TEXT", help=N_("Its party organization"))
]

LegalName = Annotated[
    str | None, Option("--legal-name", metavar="TEXT", help=N_("Its full name, as its seal has it"))
]
Head = Annotated[str | None, Option("--head", metavar="NAME", help=N_("Who heads it, as papers name them"))]
Phone = Annotated[
    str | None, Option("--phone", metavar="NUMBER", help=N_("The telephone of its office, for everybody"))
]


@verb(app, "add", example="volunteer community add 滨湖社区 --code binhu --kind mixed", changes=True)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the community"))],
    code: Annotated[str, Option("--code", metavar="CODE", help=N_("Short code, part of its numbers"))],
    kind: KindOption = None,
    subdistrict: Subdistrict = None,
    party_branch: PartyBranch = None,
    legal_name: LegalName = None,
    head: Head = None,
    phone: Phone = None,
) -> None:
    """Add a community."""
    from volunteer_cli.communities import rules
    from volunteer_cli.communities.terms import CommunityKind
    from volunteer_cli.communities.views import COMMUNITIES
    from volunteer_cli.core.work import work

    details = {
        "kind": choose(CommunityKind, kind, "--kind"),
        "subdistrict": subdistrict,
        "party_branch": party_branch,
        "legal_name": legal_name,
        "head": head,
        "phone": phone,
    }
    with work("community add") as session:
        community = rules.add_community(session, name=name, code=code, **details)
        tell(
            session,
            COMMUNITIES,
            community,
            _("Added community {name} ({id}).").format(name=community.name, id=community.id),
        )


@verb(app, "list", example="volunteer community list -f json")
def list_(archived: Archived = False) -> None:
    """List the communities."""
    from volunteer_cli.communities import queries
    from volunteer_cli.communities.views import COMMUNITIES
    from volunteer_cli.core.work import reading

    with reading() as session:
        show_list(session, COMMUNITIES, queries.communities(session, archived=archived))


@verb(app, "show", example="volunteer community show binhu")
def show_(community: Named) -> None:
    """Show a community with all its figures."""
    from volunteer_cli.communities import queries
    from volunteer_cli.communities.views import COMMUNITIES
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, COMMUNITIES, queries.find_community(session, community, changing=False))


@verb(app, "edit", example="volunteer community edit binhu --party-branch 滨湖社区党总支", changes=True)
def edit(
    community: Named,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    kind: KindOption = None,
    subdistrict: Subdistrict = None,
    party_branch: PartyBranch = None,
    legal_name: LegalName = None,
    head: Head = None,
    phone: Phone = None,
) -> None:
    """Change what is known of a community."""
    from volunteer_cli.communities import queries, rules
    from volunteer_cli.communities.terms import CommunityKind
    from volunteer_cli.communities.views import COMMUNITIES
    from volunteer_cli.core.work import work

    changes = {
        "name": name,
        "kind": choose(CommunityKind, kind, "--kind"),
        "subdistrict": subdistrict,
        "party_branch": party_branch,
        "legal_name": legal_name,
        "head": head,
        "phone": phone,
    }
    with work("community edit") as session:
        record = rules.edit_community(session, queries.find_community(session, community), **changes)
        tell(
            session,
            COMMUNITIES,
            record,
            _("Changed community {name} ({id}).").format(name=record.name, id=record.id),
        )


@verb(app, "archive", example="volunteer community archive binhu", changes=True)
def archive(community: Named) -> None:
    """Take a community out of use."""
    _archive(community, archived=True)


@verb(app, "restore", example="volunteer community restore binhu", changes=True)
def restore(community: Named) -> None:
    """Bring an archived community back into use."""
    _archive(community, archived=False)


def _archive(community: str, *, archived: bool) -> None:
    from volunteer_cli.communities import queries
    from volunteer_cli.communities.views import COMMUNITIES
    from volunteer_cli.core.rules import archive as put_away
    from volunteer_cli.core.work import work

    with work("community archive" if archived else "community restore") as session:
        record = queries.find_community(session, community)
        put_away(session, record, run().clock.today if archived else None)
        sentence = (
            _("Archived community {name} ({id}).") if archived else _("Restored community {name} ({id}).")
        )
        tell(session, COMMUNITIES, record, sentence.format(name=record.name, id=record.id))


@verb(
    app,
    "figure",
    example="volunteer community figure binhu --name population --value 26000 --as-of 2020-03",
    changes=True,
)
def figure(
    community: Named,
    name: Annotated[
        str, Option("--name", metavar="NAME", help=N_("population, households, grids or checkpoints"))
    ],
    value: Annotated[int, Option("--value", metavar="N", help=N_("The count"))],
    as_of: Annotated[
        PeriodText,
        Option(
            "--as-of",
            parser=PeriodText,
            metavar="DATE",
            help=N_("The day it was true on; a month means its first day"),
        ),
    ],
    source: Annotated[str | None, Option("--source", metavar="TEXT", help=N_("Where it was read"))] = None,
) -> None:
    """Record a figure of a community with its date; earlier ones are kept."""
    from volunteer_cli.communities import queries, rules
    from volunteer_cli.communities.terms import FigureName
    from volunteer_cli.communities.views import COMMUNITIES
    from volunteer_cli.core.work import work

    figure = choose(FigureName, name, "--name")
    with work("community figure") as session:
        day = read(as_of).first
        place = queries.find_community(session, community)
        former = queries.figure_of(session, place, figure, day)
        counts = [former.value, value] if former and former.value != value else [value]
        rules.record_figure(session, place, name=figure, value=value, as_of=day, source=source)
        tell(
            session,
            COMMUNITIES,
            place,
            _("{name}: {figure} {value} as of {day}.").format(
                name=place.name, figure=figure, value=" → ".join(map(str, counts)), day=day
            ),
        )
