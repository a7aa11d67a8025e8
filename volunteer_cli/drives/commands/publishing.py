"""`volunteer drive feedback`, `notice` and `publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.drives.commands.typed import DriveNamed, app, day_of
from volunteer_cli.output.document import is_page
from volunteer_cli.output.options import options
from volunteer_cli.shell import OnDay, hand_out, show, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.history import Row


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
    """Show the draft of the public notice, or one that was published; with -o FILE.html, as it hangs out."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import documents, queries
    from volunteer_cli.drives.documents import papers
    from volunteer_cli.drives.views.public import NOTICE

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        if number:
            record = documents.published(session, queries.find_notice(session, found, number))
        else:
            record = documents.draft(session, found)
        if is_page(options().file) and not options().fields:
            hand_out(papers.notice_page(session, record, run().clock.today))
        else:
            show(session, NOTICE, record)


@verb(app, "publish", example="volunteer drive publish winter -o notice.html", changes=True)
def publish(drive: DriveNamed, on: OnDay = None) -> None:
    """Freeze the notice under a number; a second one corrects the first. With -o FILE.html, as it hangs out."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import documents, queries, rules
    from volunteer_cli.drives.views.public import NOTICE

    with work("drive publish") as session:
        found = queries.find_drive(session, drive)
        frozen = rules.publish(session, found, documents.notice_content(session, found), on=day_of(on))
        sentence = _("Published notice {number} ({id}).").format(number=frozen.number, id=frozen.id)
        record = documents.published(session, frozen)
        _hand_out_afterwards(session, record)
        tell(session, NOTICE, record, sentence)


def _hand_out_afterwards(session: Session, record: Row) -> None:
    """Once it is published write the notice as it hangs out, where -o names a page."""
    from volunteer_cli.core.work import afterwards
    from volunteer_cli.drives.documents import papers
    from volunteer_cli.output.files import require_writable

    path = options().file
    if not is_page(path) or options().fields:
        return
    assert path is not None  # noqa: S101 - it names a page
    require_writable(path)
    session.flush()
    page = papers.notice_page(session, record, run().clock.today)
    options().output = None
    afterwards(lambda _work: hand_out(page, path))
