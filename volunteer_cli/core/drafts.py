"""Files that are made beside their place and moved there when they are whole, and what killed commands leave."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from volunteer_cli.core.targets import DatabaseFault

_DRAFT = re.compile(r"\.(?P<name>.+?)(?:\.(?P<process>\d+))?\.part(?:-wal|-shm|-journal)?")
#: Longer than any command takes; the number of its process may be another's by then.
LONGEST_SECONDS = 24 * 3600


def draft_of(path: Path) -> Path:
    """Where this process makes the file that is to stand at `path`."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


@contextmanager
def made_beside(path: Path, *, replacing: bool = False) -> Iterator[Path]:
    """An empty file that only its owner can read, which takes its place when the block ends well.

    Args:
        path: the place.
        replacing: whether it takes the place of what stands there.

    Raises:
        FileExistsError: something stands there by then, which is not to be replaced.
        OSError: the folder cannot be made or written.
    """
    place = path.resolve()
    _prepare_folder(place.parent)
    remove_leftovers(place.parent, place.name)
    draft = draft_of(place)
    try:
        # Made with the narrow rights at once: a file that is narrowed later can be opened in between.
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield draft
        if replacing:
            draft.replace(place)
        else:
            _take_place(draft, place)
    except DatabaseFault as fault:
        _name_place(fault, draft, path)
        raise
    finally:
        remove_file(draft)


def _name_place(fault: DatabaseFault, draft: Path, path: Path) -> None:
    """Let a fault of the draft name the file that was asked for: nobody knows the draft, and it is gone."""
    if fault.fields.get("path") == str(draft):
        fault.fields["path"] = str(path)


def _prepare_folder(folder: Path) -> None:
    if folder.is_file():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _take_place(draft: Path, place: Path) -> None:
    if sys.platform == "win32":
        draft.rename(place)  # which replaces nothing there
        return
    import fcntl

    folder = os.open(place.parent, os.O_RDONLY)
    try:
        # rename replaces what stands there: two commands that look at the same moment both see nothing.
        fcntl.flock(folder, fcntl.LOCK_EX)
        if place.exists():
            raise FileExistsError(place)
        draft.rename(place)
        # The new name is on the disk only when the folder is.
        os.fsync(folder)
    finally:
        os.close(folder)


def remove_file(path: Path) -> None:
    """Delete a SQLite file with what stands beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def leftovers(folder: Path, name: str | None = None) -> list[Path]:
    """The drafts in a folder, of one file or of any, whose commands were killed."""
    if not folder.is_dir():
        return []
    drafts = [(path, _DRAFT.fullmatch(path.name)) for path in sorted(folder.iterdir())]
    return [
        path
        for path, draft in drafts
        if draft and name in (None, draft["name"]) and not _at_work(path, draft["process"])
    ]


def remove_leftovers(folder: Path, name: str | None = None) -> int:
    """Delete the drafts of killed commands and answer how many there were."""
    paths = leftovers(folder, name)
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)


def _at_work(path: Path, process: str | None) -> bool:
    """Whether the process that makes a draft may still be at it."""
    try:
        young = time.time() - path.stat().st_mtime < LONGEST_SECONDS
    except OSError:
        return False
    return young and process is not None and _alive(int(process))


def _alive(process: int) -> bool:
    if sys.platform == "win32":
        return True  # to ask with a signal would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
