"""`volunteer drive feedback`, `notice` and `publish`."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.drives.commands.typed import DriveNamed, app, day_of
from volunteer_cli.shell import OnDay, show, show_list, tell, verb


@verb(app, "feedback", example="volunteer drive feedback winter -o feedback.xlsx")
def feedback(drive: DriveNamed) -> None:
    """List what became of each donor's gifts, to tell them."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.public import FEEDBACK

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, FEEDBACK, queries.named_lines(session, found))


@verb(app, "notice", example="volunteer drive notice winter -o notice.html")
def notice(
    drive: DriveNamed,
    number: Annotated[
        str | None, Option("--number", metavar="NUMBER", help=N_("A published notice instead of the draft"))
    ] = None,
) -> None:
    """Show the draft of the public notice, or one that was published."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import documents, queries
    from volunteer_cli.drives.views.public import NOTICE

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        if number:
            record = documents.published(session, queries.find_notice(session, found, number))
        else:
            record = documents.draft(session, found)
        show(session, NOTICE, record)


@verb(app, "publish", example="volunteer drive publish winter", changes=True)
def publish(drive: DriveNamed, on: OnDay = None) -> None:
    """Freeze the notice under a number; a second one corrects the first."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import documents, queries, rules
    from volunteer_cli.drives.views.public import NOTICE

    with work("drive publish") as session:
        found = queries.find_drive(session, drive)
        frozen = rules.publish(session, found, documents.notice_content(session, found), on=day_of(on))
        sentence = _("Published notice {number} ({id}).").format(number=frozen.number, id=frozen.id)
        tell(session, NOTICE, documents.published(session, frozen), sentence)
