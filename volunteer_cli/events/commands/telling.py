"""Whom to tell of an event that has changed, and what to write to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.events.commands.typed import Named, app
from volunteer_cli.events.terms import Audience, SignupStatus
from volunteer_cli.output.options import options
from volunteer_cli.shell import choose, show_list, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event, Shift

#: Who counts on an event that lies ahead.
CONCERNED = (SignupStatus.SIGNED_UP, SignupStatus.WAITING)


def whom_to_tell(session: Session, events: Sequence[Event], *, shift: Shift | None = None) -> str:
    """Those who have a place at events or wait for one, or who are in a shift, with their numbers to call.

    Numbers are masked unless they are revealed with a reason, which the history keeps.
    """
    from volunteer_cli.core.text import mask_phone
    from volunteer_cli.core.work import record_reveal
    from volunteer_cli.events.queries import roster

    rows = [row for event in events for row in roster(session, event.id) if row.status in CONCERNED]
    concerned = {row.person_id: row for row in rows if shift is None or shift.name in row.shifts}
    if not concerned:
        return ""
    reason = options().reveal
    if reason:
        record_reveal(session, "roster", reason)
    named = (
        f"{row.person} {row.phone if reason else mask_phone(row.phone)}" if row.phone else row.person
        for row in concerned.values()
    )
    return _("To tell: {people}.").format(people=listed(named))


@verb(app, "message", example="volunteer event message 清洁日 --to places -o 通知.csv --reveal 群发通知")
def message(
    event: Named,
    to: Annotated[
        str, Option("--to", metavar="WHOM", help=N_("places, waiting, promoted, absent or all"))
    ] = "all",
    template: Annotated[
        Path | None,
        Option(
            "--template", metavar="FILE", help=N_("Text with {name}, {title}, {place}, {start} and {end}")
        ),
    ] = None,
) -> None:
    """List names, phones, e-mail and texts of messages to people of an event, to send with whatever sends them."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.events import documents
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.people.documents import template_of
    from volunteer_cli.people.views import MESSAGES

    audience = choose(Audience, to, "--to") or Audience.ALL
    text = template_of(template) if template else None
    with reading() as session:
        addressed = find_event(session, event, changing=False)
        show_list(session, MESSAGES, documents.messages(session, addressed, audience, text))
