"""CSV, TSV and JSON: encodings, separators, quotes."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from math import isfinite
from typing import Any

from volunteer_cli.core.i18n import _, listed
from volunteer_cli.intake.errors import (
    BadEncoding,
    EmptyFile,
    MixedEncodings,
    TooLarge,
    UnknownEncoding,
    UnreadableFile,
)
from volunteer_cli.intake.source import MAX_CELL, Source, check_cells, check_columns, check_rows
from volunteer_cli.intake.tables import Raw, Table

#: Byte order marks (Unicode Standard, 23.8), which Excel and the Windows editor write.
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SEPARATORS = (",", "\t", ";", "|")
#: GB 18030 comes after UTF-8: it holds GBK and GB 2312, and nearly any bytes make some sense in it.
GUESSES = ("utf-8", "gb18030")
#: From so many good lines for a bad one a file is UTF-8 with faults; and the lines that are named.
MOSTLY, SHOWN = 3, 10
#: Encodings of one byte a character, in which any file makes some sense.
SINGLE_BYTES = re.compile("cp125|iso8859|latin|mac|koi8")
#: JSON is read whole before its first row is known: records may leave out keys.
MAX_JSON = 1 << 30
#: Rows that are read at a time.
BLOCK = 2000
#: What is looked at to tell the separator.
SAMPLE = 1 << 16


def text_table(source: Source, encoding: str | None) -> Table:
    """The table of a text file.

    Raises:
        BadEncoding, UnknownEncoding, UnreadableFile, TooLarge: as their sentences say.
    """
    name, guessed = _encoding_of(source, encoding)
    shown = _shown(source, name)
    if rows := _json_rows(source, name):
        return Table(rows, encoding=shown, headless=True)
    separator = _separator(source, name)
    return Table(
        lambda: chain.from_iterable(_delimited(source, name, separator)),
        encoding=shown,
        guessed=guessed,
        share_of=lambda _row: source.handle.tell() / source.size,
    )


def _encoding_of(source: Source, asked: str | None) -> tuple[str, bool]:
    """The encoding, and whether it is a guess: a byte order mark, else strict UTF-8, else GB18030."""
    if asked:
        return _checked(source, _known(source, asked)), False
    for mark, name in BOMS.items():
        if source.head.startswith(mark):
            _decode_all(source, name)
            return name, False
    _no_zero_bytes(source)
    for name in GUESSES:
        try:
            _decode_all(source, name)
        except BadEncoding:
            _no_mixture(source)
            continue
        return name, name == "gb18030"
    raise UnknownEncoding(file=source.name)


def _no_mixture(source: Source) -> None:
    """Refuse a file whose lines are UTF-8 for the most part: read as another encoding the good ones are spoilt.

    Raises:
        MixedEncodings: some lines are no UTF-8, and most of those beyond ASCII are.
    """
    good, bad = 0, []
    source.handle.seek(0)
    for number, line in enumerate(source.handle, 1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            good += 1
        except UnicodeDecodeError:
            bad.append(number)
    if bad and good >= MOSTLY * len(bad):
        raise MixedEncodings(file=source.name, lines=listed(map(str, bad[:SHOWN])))


def _known(source: Source, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError) as error:
        raise BadEncoding(
            file=source.name, encoding=encoding, reason=_("there is no such encoding")
        ) from error
    return "utf-8-sig" if name == "utf-8" else name


def _decode_all(source: Source, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in source.blocks():
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except (UnicodeError, ValueError) as error:
        raise BadEncoding(
            file=source.name, encoding=encoding.removesuffix("-sig"), reason=str(error)
        ) from error


def _no_zero_bytes(source: Source) -> None:
    if any(b"\0" in block for block in source.blocks()):
        raise UnreadableFile(
            file=source.name, reason=_("it has zero bytes in it; if it is UTF-16, say --encoding utf-16-le")
        )


@contextmanager
def _text(source: Source, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The text from its beginning, line breaks kept as they are: the CSV reader needs those inside quotes."""
    source.handle.seek(0)
    wrapped = io.TextIOWrapper(source.handle, encoding=encoding, newline="")
    try:
        yield wrapped
    finally:
        # The file is closed already when an import stops half-way.
        with suppress(ValueError):
            wrapped.detach()


def _checked(source: Source, encoding: str) -> str:
    """An encoding that was named, if the whole file has it."""
    # One of single bytes reads anything, and would make signs of what is none.
    if SINGLE_BYTES.match(encoding):
        _no_mixture(source)
    _decode_all(source, encoding)
    return encoding


def _shown(source: Source, encoding: str) -> str:
    """What the encoding is called: utf-8-sig only where the file has a byte order mark."""
    marked = source.head.startswith(codecs.BOM_UTF8)
    return "utf-8" if encoding == "utf-8-sig" and not marked else encoding


def _delimited(source: Source, encoding: str, separator: str) -> Iterator[list[Raw]]:
    """The rows, many at a time: a million of them are not each handed through Python."""
    csv.field_size_limit(MAX_CELL)
    count = 0
    with _text(source, encoding) as text:
        reader = csv.reader(text, delimiter=separator, strict=True)
        try:
            while rows := list(islice(reader, BLOCK)):
                count += len(rows)
                _check_extent(source, max(map(len, rows)), count)
                yield rows  # type: ignore[misc]
        except csv.Error as error:
            raise _bad_csv(source, _row_of_fault(source, encoding, separator), str(error)) from error


def _row_of_fault(source: Source, encoding: str, separator: str) -> int:
    number = 0
    with _text(source, encoding) as text, suppress(csv.Error):
        for number, _row in enumerate(csv.reader(text, delimiter=separator, strict=True), 1):  # noqa: B007
            pass
    return number + 1


def _bad_csv(source: Source, row: int, said: str) -> Exception:
    if "field limit" in said:
        what = _("a cell in row {row}, where a quote may not be closed,").format(row=row)
        return TooLarge(file=source.name, what=what, found=f"> {MAX_CELL:,}", limit=f"{MAX_CELL:,}")
    if "end of data" in said:
        reason = _("a quote that opens in row {row} is never closed").format(row=row)
    else:
        reason = _("row {row}: {said}").format(row=row, said=said)
    return UnreadableFile(file=source.name, reason=reason)


def _separator(source: Source, encoding: str) -> str:
    """The separator that parts most rows, and most of them into the same number of cells."""
    with _text(source, encoding) as text:
        sample = text.read(SAMPLE)
    preferred = "\t" if source.name.lower().endswith((".tsv", ".tab")) else ","
    return max(SEPARATORS, key=lambda separator: (_evenness(sample, separator), separator == preferred))


def _evenness(sample: str, separator: str) -> tuple[int, int]:
    csv.field_size_limit(SAMPLE)
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths = Counter(len(row) for row in rows if row)
    parted = sum(count for width, count in widths.items() if width > 1)
    return parted, max((count * (width - 1) for width, count in widths.items()), default=0)


def _json_rows(source: Source, encoding: str) -> Callable[[], Iterator[Raw]] | None:
    """The rows of JSON or NDJSON as our lists are written, the keys first; None for other text."""
    start = _first_signs(source, encoding)
    if start not in ("[{", "[]", '{"', "{}"):
        return None
    if source.size > MAX_JSON:
        raise TooLarge(
            file=source.name, what=_("the file"), found=f"{source.size:,} B", limit=f"{MAX_JSON:,} B"
        )
    records = _all_records(source, encoding, whole=start[0] == "[")
    # A record may leave out what is empty: the headings are the keys of all, in the order of their first coming.
    keys = list(dict.fromkeys(key for record in records for key in record))
    _check_extent(source, len(keys), len(records))
    return lambda: _rows_of(source, keys, records)


def _first_signs(source: Source, encoding: str) -> str:
    with _text(source, encoding) as text:
        return "".join(text.read(1000).split())[:2]


def _check_extent(source: Source, columns: int, rows: int) -> None:
    check_columns(source.name, columns)
    check_rows(source.name, rows)


def _rows_of(source: Source, keys: list[str], records: list[dict[str, Any]]) -> Iterator[Raw]:
    """The keys as a row of headings, and a row for each record."""
    yield list(keys)
    for number, record in enumerate(records, 1):
        row = [_json_cell(record.get(key)) for key in keys]
        check_cells(source.name, number, row)
        yield row


def _all_records(source: Source, encoding: str, *, whole: bool) -> list[dict[str, Any]]:
    try:
        records = list(_records(source, encoding, whole=whole))
    except (ValueError, RecursionError) as error:
        reason = _("it is no proper JSON: {error}").format(error=error)
        raise UnreadableFile(file=source.name, reason=reason) from error
    if not records:
        raise EmptyFile(file=source.name)
    return records


def _records(source: Source, encoding: str, *, whole: bool) -> Iterator[dict[str, Any]]:
    with _text(source, encoding) as text:
        written = text.read()
    for record in json.loads(written) if whole else _objects(written):
        if not isinstance(record, dict):
            raise ValueError(_("a row is no object"))  # noqa: TRY004 - one kind of fault for the caller
        yield record


def _objects(text: str) -> Iterator[Any]:
    """Objects one after the other, a line each or spread over several."""
    decoder, place = json.JSONDecoder(), 0
    while (place := _next_sign(text, place)) < len(text):
        record, place = decoder.raw_decode(text, place)
        yield record


def _next_sign(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n\ufeff":
        place += 1
    return place


def _json_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, int | float):
        return json.dumps(value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value
