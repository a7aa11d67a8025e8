"""The prompt of the shell, where somebody sits at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory

from volunteer_cli.admin.session.completing import suggestions
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.run import run

PROMPT = "volunteer> "
#: Command lines of before that the arrow keys bring back.
REMEMBERED = 200


class LineCompleter(Completer):
    """Completes a line by the command tree and the database."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - the library's signature
        """What the word before the cursor may become."""
        line = document.text_before_cursor
        for text, start, meaning in suggestions(self.root, line):
            yield Completion(text, start_position=start - len(line), display_meta=meaning)


def prompted(root: Any) -> Iterator[str]:
    """The lines that are typed until the end of the input; an interruption only drops the line."""
    session: PromptSession[str] = PromptSession(
        PROMPT,
        completer=LineCompleter(root),
        complete_in_thread=True,
        history=InMemoryHistory(list(remembered())),
    )
    while True:
        try:
            yield session.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def remembered() -> Iterable[str]:
    """The command lines of the same user that the history of the database holds, the earliest first.

    No file beside the database keeps them: erasing a person would not reach it. Those with something masked are left
    out, since they would not do what they did.
    """
    try:
        return _remembered()
    except VolunteerError:
        # Whoever makes the database from here has no history yet.
        return ()


def _remembered() -> Iterable[str]:
    from sqlalchemy import select

    from volunteer_cli.areas import load_models
    from volunteer_cli.core.privacy import masked_line
    from volunteer_cli.core.records import Operation
    from volunteer_cli.core.work import reading

    load_models()
    query = select(Operation.arguments).where(Operation.actor == run().given.actor)
    with reading() as session:
        latest = session.scalars(query.order_by(Operation.id.desc()).limit(REMEMBERED)).all()
    lines = dict.fromkeys(line for line in latest if line and masked_line(line) == line)
    return reversed(lines)
