"""From an open file to its tables, by the reader for its kind of file."""

from __future__ import annotations

from volunteer_cli.intake.source import OLE, ZIP, Source
from volunteer_cli.intake.tables import Table


def tables(source: Source, *, sheet: str | None = None, encoding: str | None = None) -> list[Table]:
    """The tables of a file that may be meant; several only in a workbook whose sheet was not named.

    Raises:
        SheetMissing, EncryptedFile, UnreadableFile, TooLarge, BadEncoding, UnknownEncoding: as they say.
    """
    if source.head.startswith((ZIP, OLE)):
        from volunteer_cli.intake.workbooks import workbook_tables

        return workbook_tables(source, sheet)
    from volunteer_cli.intake.texts import text_table

    return [text_table(source, encoding)]
