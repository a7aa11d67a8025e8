"""`volunteer drive add`, `edit`, `close` and what else is done to a drive itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.drives.commands.typed import (
    DriveNamed,
    app,
    change_drive,
    day_of,
    goods_of,
    organization_id,
)
from volunteer_cli.shell import Archived, DayText, OnDay, day_option, read, show, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.drives.models import Drive

Goals = Annotated[
    list[str] | None, Option("--goal", metavar="ITEM=N", help=N_("What is hoped for, like coats=700pcs"))
]
Purpose = Annotated[str | None, Option("--purpose", metavar="TEXT", help=N_("What it is for"))]
Beneficiary = Annotated[
    str | None, Option("--beneficiary", metavar="ORGANIZATION", help=N_("Who the gifts are collected for"))
]
Start = Annotated[DayText | None, day_option("--start", N_("The first day"))]
End = Annotated[DayText | None, day_option("--end", N_("The last day, if it is known"), ahead=True)]


@verb(
    app,
    "add",
    example="volunteer drive add 暖冬公益捐助 --code winter --start 2021-11-01 --goal 衣物=700件",
    changes=True,
)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the drive"))],
    start: Annotated[DayText, day_option("--start", N_("The first day"))],
    code: Annotated[str | None, Option("--code", metavar="CODE", help=N_("Short code"))] = None,
    end: End = None,
    purpose: Purpose = None,
    beneficiary: Beneficiary = None,
    goal: Goals = None,
    emergency: Annotated[
        bool, Option("--emergency", help=N_("In an emergency: the public is told every few days"))
    ] = False,
) -> None:
    """Add a donation drive, open from now on."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import rules
    from volunteer_cli.drives.views.drives import DRIVES

    goals = [goods_of(text) for text in goal or ()]
    with work("drive add") as session:
        drive = rules.add_drive(
            session,
            the_community(session),
            name=name,
            code=code,
            goals=goals,
            beneficiary_id=organization_id(session, beneficiary),
            purpose=purpose,
            starts_on=read(start),
            ends_on=read(end),
            emergency=emergency,
        )
        tell(session, DRIVES, drive, _("Added drive {name} ({id}).").format(name=drive.name, id=drive.id))


@verb(app, "list", example="volunteer drive list -f json")
def list_(archived: Archived = False) -> None:
    """List the drives with the day their next notice is due."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.drives import DRIVES

    with reading() as session:
        community = chosen_community(session)
        show_list(session, DRIVES, queries.drives(session, community=community, archived=archived))


@verb(app, "show", example="volunteer drive show winter")
def show_(drive: DriveNamed) -> None:
    """Show a drive with its goals, stock, notices and the next notice due."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.drives import DRIVES

    with reading() as session:
        show(session, DRIVES, queries.find_drive(session, drive, changing=False))


@verb(app, "edit", example="volunteer drive edit winter --end 2021-12-31 --goal 书籍文具=100套", changes=True)
def edit(
    drive: DriveNamed,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    start: Start = None,
    end: End = None,
    purpose: Purpose = None,
    beneficiary: Beneficiary = None,
    goal: Goals = None,
    emergency: Annotated[
        bool | None, Option("--emergency/--no-emergency", help=N_("Whether it is run in an emergency"))
    ] = None,
) -> None:
    """Change what is known of a drive, or what it hopes for."""
    from volunteer_cli.drives import rules

    goals = [goods_of(text) for text in goal or ()]
    changes = {"name": name, "purpose": purpose, "emergency": emergency}

    def change(session: Session, found: Drive) -> None:
        beneficiary_id = "" if beneficiary == "" else organization_id(session, beneficiary)
        days = {"starts_on": read(start), "ends_on": read(end)}
        rules.edit_drive(session, found, goals=goals, beneficiary_id=beneficiary_id, **changes, **days)

    change_drive("drive edit", drive, N_("Changed drive {name} ({id})."), change)


@verb(app, "close", example="volunteer drive close winter", changes=True)
def close(drive: DriveNamed, on: OnDay = None) -> None:
    """End a drive: its goods stand still from now on."""
    from volunteer_cli.drives import rules

    change_drive(
        "drive close",
        drive,
        N_("Closed drive {name} ({id})."),
        lambda session, found: rules.close(session, found, day_of(on)),
    )


@verb(app, "reopen", example="volunteer drive reopen winter", changes=True)
def reopen(drive: DriveNamed, on: OnDay = None) -> None:
    """Let the goods of a closed drive move again."""
    from volunteer_cli.drives import rules

    change_drive(
        "drive reopen",
        drive,
        N_("Reopened drive {name} ({id})."),
        lambda session, found: rules.reopen(session, found, day_of(on)),
    )


@verb(app, "archive", example="volunteer drive archive winter", changes=True)
def archive(drive: DriveNamed) -> None:
    """Take a drive out of the lists."""
    from volunteer_cli.drives import rules

    change_drive(
        "drive archive",
        drive,
        N_("Archived drive {name} ({id})."),
        lambda session, found: rules.archive(session, found, run().clock.today),
    )


@verb(app, "restore", example="volunteer drive restore winter", changes=True)
def restore(drive: DriveNamed) -> None:
    """Bring an archived drive back into the lists."""
    from volunteer_cli.drives import rules

    change_drive(
        "drive restore",
        drive,
        N_("Restored drive {name} ({id})."),
        lambda session, found: rules.archive(session, found, None),
    )
