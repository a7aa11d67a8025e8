"""What a long import is about: a bar with the rows read, and what comes after; on a terminal only, after a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run
from volunteer_cli.intake.sorting import Chunk
from volunteer_cli.intake.tables import Table

#: Seconds without a bar: most imports are over before anybody would have read it.
PATIENCE = 1.0
#: In how many steps a bar moves; how many rows there are, a file tells only when it is read.
STEPS = 1000
#: Rows that are compared in less than a second.
MANY = 200_000


def say_phase(rows: int) -> None:
    """Say, at a terminal, that all rows are read and many are compared now."""
    if _is_watched() and rows >= MANY:
        sentence = _("All is read. Comparing {count} with each other and with what is stored.")
        sys.stderr.write(sentence.format(count=f"{rows:,}") + "\n")


def _is_watched() -> bool:
    return not run().given.quiet and sys.stderr.isatty()


def watched(chunks: Iterable[Chunk], table: Table) -> Iterator[Chunk]:
    """The chunks, with a bar that moves as they are taken."""
    if not _is_watched():
        yield from chunks
        return
    bar = _Bar()
    for chunk in chunks:
        yield chunk
        bar.reach(chunk.numbers[-1], table.share_of(chunk.numbers[-1]))
    bar.close()


class _Bar:
    """A bar that is drawn only when there is something to wait for: most sheets are read before it would be seen."""

    def __init__(self) -> None:
        self._started = monotonic()
        self._done = 0
        self._bar: Any = None

    def reach(self, row: int, share: float) -> None:
        """Move on to a row, at a share of the file."""
        if self._bar is None and monotonic() - self._started > PATIENCE:
            self._bar = _bar()
        if self._bar is not None:
            self._bar.label = _("Reading row {row}").format(row=f"{row:,}")
            reached = int(STEPS * min(1.0, share))
            self._bar.update(reached - self._done)
            self._done = reached

    def close(self) -> None:
        """Leave the line behind the bar, where there is one."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


def _bar() -> Any:
    """A bar that is drawn from now on."""
    from typer import progressbar

    return progressbar(length=STEPS, file=sys.stderr).__enter__()
