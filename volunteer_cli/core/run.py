"""The run: all that holds while one command line is at work, in one object.

    with running(Run(Given(), arguments=("team", "list"))):
        run().given.database

The process, each line of a batch, the demo and the tests push a run and pop it in this one way. It
stands below everything else of the core, so that words can be asked for their language anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlalchemy.orm import Session

    from volunteer_cli.core.clock import Clock
    from volunteer_cli.core.settings import Given
    from volunteer_cli.core.work import Work


class NoRunError(RuntimeError):
    """Something was asked of the run while none is going on: a fault of the program."""


class NoClockError(RuntimeError):
    """The time was asked for while no database is open, whose policy says in which zone: a fault of the program."""


def _admit_all(_noun: str) -> None:
    """Outside a batch every command may run."""


def _perform_nothing(_words: list[str]) -> None:
    """Without the root command there is nobody who could carry out a line."""
    raise NoRunError


def _ask_nobody(_question: str) -> str | None:
    """Without a terminal nobody can be asked for a key."""
    return None


def _leave_alone(_work: Work) -> None:
    """Without areas nothing follows from a change."""


# Shared, for an interruption in the third line must say what the first two have done.
@dataclass
class Commits:
    """What has become of the changes so far; the lines of a batch share it with the batch.

    Attributes:
        operations: the numbers of the operations that are committed.
        remarks: what went wrong after a commit, which the exit code must not deny.
        unfinished: whether lines follow that commit for themselves.
        rolled_back: whether changes were made and taken back.
    """

    operations: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unfinished: bool = False
    rolled_back: bool = False


@dataclass
class Run:
    """One command line at work.

    Attributes:
        arguments: the words of the command line, as the history keeps them.
        output: what it was told about its output; `output.options` makes it and knows its type.
        attended: whether somebody sits at the terminal who is asked for what is missing; never in a line of a batch.
        batched: whether it is a line of a batch that is one operation, which says itself what was done.
        admit: asked with the noun once the line is read and before it runs; a batch refuses some.
        perform: carries out the words of a line, as the root command does; batch and demo ask it to.
        before_commit: what follows in the areas from what a unit of work has changed.
        ask_secret: asks whoever sits at the terminal for a key; nobody there is None.
        keys: the keys of files by their places, None for one that is not encrypted, for as long as the process lives.
        engines: what has been opened and what it has compiled, for the lines of a session or a batch.
        added: the record that each table got last, for `@last` in a batch that commits line by line.
        understood: days, moments and periods that were typed in words, with what they were taken for.
        session: the session that is open, be it for reading or for the work.
    """

    given: Given
    arguments: tuple[str, ...] = ()
    language: str = "en"
    output: object = None
    attended: bool = False
    batched: bool = False
    admit: Callable[[str], None] = _admit_all
    perform: Callable[[list[str]], None] = _perform_nothing
    before_commit: Callable[[Work], None] = _leave_alone
    ask_secret: Callable[[str], str | None] = _ask_nobody
    keys: dict[str, str | None] = field(default_factory=dict, repr=False)
    engines: dict[Hashable, Engine] = field(default_factory=dict, repr=False)
    added: dict[str, int] = field(default_factory=dict)
    commits: Commits = field(default_factory=Commits)
    session: Session | None = None
    work: Work | None = None
    # Not passed on to a line of a batch: what that one means by a day is its own.
    understood: dict[str, object] = field(default_factory=dict, init=False)
    # Nor is this: a line may have a day of its own, or follow a change of the zone.
    _clock: Clock | None = field(default=None, init=False)
    _usages: dict[str, str] = field(default_factory=dict, init=False)

    @property
    def clock(self) -> Clock:
        """The community's wall clock; it stands still as long as the run lasts.

        Raises:
            NoClockError: no database is open.
        """
        if self.session is None:
            raise NoClockError
        # Read once: a command that runs over midnight has one today.
        if self._clock is None:
            self._clock = self.given.clock(self.session)
        return self._clock

    @property
    def country(self) -> str:
        """The country whose public holidays hold; at home while no database was open."""
        return self._usages.get("country", "CN")

    @property
    def abroad(self) -> bool:
        """Whether the office is outside China, where what only offices in China keep is left out."""
        return self.country.partition("-")[0] != "CN"

    @property
    def currency(self) -> str:
        """The money of amounts; that of home while no database was open."""
        return self._usages.get("currency", "CNY")

    @property
    def working_days(self) -> str:
        """What the office says of single days, as the policy keeps it; nothing while no database was open."""
        return self._usages.get("working_days", "")

    @property
    def paper(self) -> str:
        """The size of paper that the office has set; nothing where it is that of its country."""
        return self._usages.get("paper", "")

    def remember_usages(self) -> None:
        """Read what the open database says of country, days off, money and paper."""
        if self.session is not None:
            self._usages = self.given.usages(self.session)

    def line(self, words: Sequence[str], admit: Callable[[str], None] = _admit_all) -> Run:
        """The run of one line below this one: it goes on with what was given and with the work that is open."""
        below = replace(
            self,
            # Options of one line, such as its own day, must not hold for the next.
            given=self.given.copy(),
            arguments=tuple(words),
            output=None,
            # In the middle of a file nobody can be asked.
            attended=False,
            batched=self.work is not None,
            admit=admit,
        )
        # Where the database is open already, nothing else would; a line before may have changed it.
        below.remember_usages()
        return below


_current: ContextVar[Run] = ContextVar("run")


def current_run() -> Run | None:
    """The run that is going on, if one is."""
    return _current.get(None)


def run() -> Run:
    """The run that is going on.

    Raises:
        NoRunError: none is.
    """
    current = current_run()
    if current is None:
        raise NoRunError
    return current


@contextmanager
def running(new: Run) -> Iterator[Run]:
    """Make a run the one that is going on until the end of the block, then the former one again."""
    # Popped as it was pushed, whatever is raised: a test or a line that fails leaves nothing behind.
    token = _current.set(new)
    try:
        yield new
    finally:
        _current.reset(token)
