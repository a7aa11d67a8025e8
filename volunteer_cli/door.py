"""The door for Python: a database, units of work on it, and the rules of the areas.

    from volunteer_cli import open_database

    with open_database("binhu.db", actor="nightly") as office:
        with office.work("nightly import") as session:
            ...

`docs/python.md` shows what can be done; all that holds of commands holds here: one unit of work is one transaction
and one operation of the history, the same rules decide, and `volunteer undo` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from os import PathLike, fspath
from typing import TYPE_CHECKING

from volunteer_cli.core.run import Run, run, running
from volunteer_cli.core.settings import Given

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from volunteer_cli.core.work import Work


class Office:
    """An open database.

    Attributes:
        remarks: what the areas said they did about changes, such as a note of hours that were written.
    """

    def __init__(self) -> None:
        self.remarks: list[str] = []

    def work(self, command: str, *, reason: str | None = None) -> AbstractContextManager[Session]:
        """Change data in one transaction, kept in the history under the name `command`.

        It is committed when the block ends well; within the block of another one it joins that one.

        Raises:
            VolunteerError: a rule refuses; nothing is changed then.
        """
        from volunteer_cli.core.work import work

        return work(command, reason=reason)

    def reading(self) -> AbstractContextManager[Session]:
        """A session that only reads."""
        from volunteer_cli.core.work import reading

        return reading()

    @property
    def today(self) -> date:
        """The day it is in the zone of the communities; within the block of a session only."""
        return run().clock.today

    @property
    def operations(self) -> list[int]:
        """The numbers of the operations that were committed, oldest first; `volunteer undo` takes them."""
        return list(run().commits.operations)


@contextmanager
def open_database(
    target: str | PathLike[str], *, actor: str | None = None, today: str | None = None, language: str = "en"
) -> Iterator[Office]:
    """Open a database for a script: a path, or a URL like postgresql://user@host/name.

    Neither the environment nor the user's configuration file is asked for another one.

    Args:
        target: where it is; it must be there already.
        actor: who is doing this, as the history keeps it; the login name if None.
        today: the day, or day and time, that is taken as now; the clock if None.
        language: of sentences and errors.
    """
    given = {"db": fspath(target), "actor": actor, "today": today}
    options = {name: value for name, value in given.items() if value is not None}
    office = Office()

    def follow(work: Work) -> None:
        from volunteer_cli.areas import followed

        office.remarks.extend(followed(work))

    # The user's own file may name another database: a script says itself which one it means.
    whole = Run(Given(options, without_file=True), language=language, before_commit=follow)
    with running(whole):
        try:
            yield office
        finally:
            # A file that is still open cannot be moved on Windows.
            for engine in whole.engines.values():
                engine.dispose()
