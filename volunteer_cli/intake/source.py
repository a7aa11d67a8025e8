"""A file to import: open, of bearable size, its digest known, its kind told by its content.

It is opened once and read through the same handle, so that a file which is replaced or removed
meanwhile is read as it was.
"""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.intake.errors import EmptyFile, FileMissing, TableInDocument, TooLarge, UnreadableFile

#: What stands for the name of a sheet where all of a workbook are meant.
ALL = "all"
#: Bytes of the largest file, and of what a workbook may unpack to.
MAX_FILE = 4 << 30
MAX_UNPACKED = 1 << 30
MAX_ROWS = 20_000_000
#: The last column of two letters is ZZ.
MAX_COLUMNS = 702
#: What Excel allows in a cell.
MAX_CELL = 32_767
#: Cells of the rectangle that a workbook's sheet spans.
MAX_AREA = 30_000_000
BLOCK = 1 << 20
#: As many bytes as tell what a file is, whatever its name ends in.
HEAD = 4096
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How files begin that are often given a spreadsheet's name.
OTHER_FILES = {
    b"\x89PNG": N_("it is a picture (PNG)"),
    b"\xff\xd8\xff": N_("it is a picture (JPEG)"),
    b"GIF8": N_("it is a picture (GIF)"),
    b"SQLite format 3": N_("it is a database"),
    b"Rar!": N_("it is an archive (RAR)"),
    b"\x1f\x8b": N_("it is an archive (gzip)"),
}
#: How documents begin in which a table may stand.
DOCUMENTS = {b"%PDF": N_("it is a PDF document"), b"{\\rtf": N_("it is a text document (RTF)")}
#: How texts begin, after spaces and in small letters, that spreadsheet programs take for workbooks.
MARKED_UP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<head", b"<meta")


@dataclass
class Source:
    """An open file.

    Attributes:
        name: as the user wrote it, for messages.
        digest: SHA-256 of the content, in hexadecimal digits.
        head: its first bytes.
    """

    name: str
    handle: IO[bytes]
    size: int
    digest: str
    head: bytes

    @property
    def file(self) -> str:
        """The name without its folder."""
        return self.name if self.name == "-" else Path(self.name).name

    def blocks(self) -> Iterator[bytes]:
        """The content from the beginning, in blocks."""
        self.handle.seek(0)
        while block := self.handle.read(BLOCK):
            yield block


@contextmanager
def opened(name: str) -> Iterator[Source]:
    """Open a file, or standard input for `-`.

    Raises:
        FileMissing, EmptyFile, TooLarge, UnreadableFile: as their sentences say.
    """
    try:
        with _open(name) as handle:
            yield _examined(name, handle)
    except FileNotFoundError as error:
        raise FileMissing(file=name) from error
    except IsADirectoryError as error:
        raise UnreadableFile(file=name, reason=_("it is a folder")) from error
    except OSError as error:
        raise UnreadableFile(file=name, reason=(error.strerror or str(error)).lower()) from error


def _open(name: str) -> IO[bytes]:
    return _spooled(sys.stdin.buffer) if name == "-" else Path(name).open("rb")


def _spooled(stream: IO[bytes]) -> IO[bytes]:
    """What comes in through a pipe, on disk, for it is read more than once."""
    from tempfile import TemporaryFile

    kept = TemporaryFile()  # noqa: SIM115 - the caller closes it
    size = 0
    while block := stream.read(BLOCK):
        size += len(block)
        _bearable("-", size)
        kept.write(block)
    kept.seek(0)
    return kept


def _examined(name: str, handle: IO[bytes]) -> Source:
    if not handle.seekable():
        handle = _spooled(handle)
    digest, size, head = sha256(), 0, b""
    while block := handle.read(BLOCK):
        digest.update(block)
        size += len(block)
        head = head or block[:HEAD]
        _bearable(name, size)
    if not size:
        raise EmptyFile(file=name)
    _no_other_file(name, head)
    return Source(name, handle, size, digest.hexdigest(), head)


def _bearable(name: str, size: int) -> None:
    if size > MAX_FILE:
        raise TooLarge(file=name, what=_("the file"), found=f"{size:,} B", limit=f"{MAX_FILE:,} B")


def _no_other_file(name: str, head: bytes) -> None:
    for beginning, reason in OTHER_FILES.items():
        if head.startswith(beginning):
            raise UnreadableFile(file=name, reason=_(reason))
    for beginning, reason in DOCUMENTS.items():
        if head.startswith(beginning):
            raise TableInDocument(file=name, reason=_(reason))
    if head.removeprefix(BOM_UTF8).lstrip().lower().startswith(MARKED_UP):
        raise TableInDocument(file=name, reason=_("it is a web page or XML, whatever its name says"))


def check_columns(name: str, number: int) -> None:
    """Refuse a table of more columns than `MAX_COLUMNS`."""
    if number > MAX_COLUMNS:
        raise TooLarge(file=name, what=_("the number of columns"), found=number, limit=MAX_COLUMNS)


def check_rows(name: str, number: int) -> None:
    """Refuse a table of more rows than `MAX_ROWS`."""
    if number > MAX_ROWS:
        raise TooLarge(file=name, what=_("the number of rows"), found=f"{number:,}", limit=f"{MAX_ROWS:,}")


def check_cells(name: str, number: int, cells: Iterable[Any]) -> None:
    """Refuse a row with a cell longer than `MAX_CELL`."""
    for cell in cells:
        if cell.__class__ is str and len(cell) > MAX_CELL:
            what = _("a cell in row {row}").format(row=number)
            raise TooLarge(file=name, what=what, found=len(cell), limit=MAX_CELL)
