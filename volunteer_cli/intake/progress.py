"""A bar for imports that take long: on a terminal only, and only after a second."""

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


def watched(chunks: Iterable[Chunk], table: Table) -> Iterator[Chunk]:
    """The chunks, with a bar that moves as they are taken."""
    if run().given.quiet or not sys.stderr.isatty():
        yield from chunks
        return
    bar: Any = None
    done, started = 0, monotonic()
    for chunk in chunks:
        yield chunk
        if bar is None and monotonic() - started > PATIENCE:
            bar = _bar()
        if bar is not None:
            reached = int(STEPS * min(1.0, table.share_of(chunk.numbers[-1])))
            bar.update(reached - done)
            done = reached
    if bar is not None:
        bar.__exit__(None, None, None)


def _bar() -> Any:
    """A bar that is drawn from now on."""
    from typer import progressbar

    return progressbar(length=STEPS, label=_("Importing"), file=sys.stderr).__enter__()
