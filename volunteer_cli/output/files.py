"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.drafts import draft_of, remove_leftovers
from volunteer_cli.output.errors import CannotWrite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path, *, binary: bool = False) -> Iterator[IO[Any]]:
    """Write a file that takes the place of `path` only once it is complete; raises CannotWrite."""
    target = path.resolve()
    # A device or a pipe cannot be replaced by a file, only written to.
    direct = target.exists() and not target.is_file()
    draft = target if direct else draft_of(target)
    try:
        remove_leftovers(target.parent, target.name)
        with _open(draft, binary=binary) as file:
            yield file
        if not direct:
            _take_place(draft, target)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror or error) from error
    finally:
        if not direct:
            _forget(draft)


def _forget(draft: Path) -> None:
    """Take away what is left of a draft; what went wrong is told already, and not that this did too."""
    with suppress(OSError):
        draft.unlink()


def require_writable(path: Path) -> None:
    """Refuse a path that cannot be written before anything is done for it; raises CannotWrite."""
    target = path.resolve()
    if target.is_dir():
        fault = errno.EISDIR
    elif not target.parent.is_dir():
        fault = errno.ENOENT
    elif not os.access(target if target.exists() else target.parent, os.W_OK):
        fault = errno.EACCES
    else:
        return
    raise CannotWrite(path=path, reason=os.strerror(fault))


def _open(path: Path, *, binary: bool) -> IO[Any]:
    """Open a file for writing; a new one can be read by its owner only, for there may be people in it."""

    def private(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    return (
        open(path, "wb", opener=private)
        if binary
        else open(path, "w", encoding="utf-8", newline="", opener=private)
    )


def _take_place(draft: Path, target: Path) -> None:
    if target.exists():
        draft.chmod(target.stat().st_mode & 0o7777)
    draft.replace(target)
