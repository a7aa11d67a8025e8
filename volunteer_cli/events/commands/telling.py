"""What to write to the people of an event."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.events.commands.typed import Named, app
from volunteer_cli.events.terms import Audience
from volunteer_cli.shell import choose, show_list, verb


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
