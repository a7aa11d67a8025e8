"""Which table of a file is meant: of several sheets the one with the headings of a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from volunteer_cli.core.i18n import listed
from volunteer_cli.intake.chats import chat_list
from volunteer_cli.intake.errors import EmptyFile, NoHeadingsThere, UnknownEncoding, WhichSheet
from volunteer_cli.intake.forms import form
from volunteer_cli.intake.headings import Vocabulary
from volunteer_cli.intake.locating import Located, locate
from volunteer_cli.intake.reading import tables
from volunteer_cli.intake.several import sheets_to_read
from volunteer_cli.intake.source import ALL, Source

#: The share of common Chinese characters (level 1 and 2 of GB 2312, which cover 99.75 % of running text)
#: from which a text is Chinese; bytes of another encoding read as GB18030 give rare characters at random.
COMMON = 0.75


@dataclass(frozen=True)
class Search:
    """Where a table is to be looked for.

    Attributes:
        sheet: name of the sheet of a workbook; None where any may be meant.
        encoding: of a text file; None where it is to be told from the bytes.
        header_row: the last row of the headings; None where they are to be found.
        chat: whether the numbered lines of a chat may be meant.
    """

    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    chat: bool = False


def find_table(
    source: Source, search: Search, vocabulary: Vocabulary, fits: Callable[[Located], bool] | None = None
) -> Located:
    """The table of a file, with its headings; of several that `fits` holds for, if there is one.

    Raises:
        EmptyFile, UnknownEncoding, WhichSheet: there is none, or it cannot be told.
        NoHeadingsThere: the search names a row where none are.
    """
    located = _only_one(source, _candidates(source, search, vocabulary), fits)
    _check_encoding(source, located, vocabulary)
    _check_header_row(source, located, search.header_row)
    return located


def _only_one(source: Source, candidates: list[Located], fits: Callable[[Located], bool] | None) -> Located:
    """The one table; raises WhichSheet where there are several: which of them is meant is not ours to guess."""
    if fits and len(candidates) > 1:
        candidates = list(filter(fits, candidates)) or candidates
    if len(candidates) > 1:
        sheets = listed(each.table.sheet or "" for each in candidates)
        raise WhichSheet(file=source.name, sheets=sheets)
    return candidates[0]


def find_tables(
    source: Source, search: Search, vocabulary: Vocabulary, fits: Callable[[Located], bool] | None = None
) -> tuple[list[Located], list[str]]:
    """The one table that is meant, or those of all sheets, with the names of sheets that are left out.

    Raises:
        VolunteerError: as `find_table`.
    """
    if search.sheet != ALL:
        return [find_table(source, search, vocabulary, fits)], []
    sheets = [each for each in _located(source, search, vocabulary) if each.headings]
    if [each.table.sheet for each in sheets] in ([ALL], [None]):
        return [find_table(source, search, vocabulary, fits)], []
    parts, left_out = sheets_to_read(sheets)
    if not parts:
        raise EmptyFile(file=source.name)
    return parts, left_out


def _located(source: Source, search: Search, vocabulary: Vocabulary) -> list[Located]:
    """All tables of a file, or of a sheet."""
    sheets = tables(source, sheet=search.sheet, encoding=search.encoding)
    if search.chat and len(sheets) == 1 and (lines := chat_list(sheets[0], vocabulary)):
        return [lines]
    if search.header_row is not None:
        return [locate(table, vocabulary, search.header_row) for table in sheets]
    return [form(table, vocabulary) or locate(table, vocabulary) for table in sheets]


def _candidates(source: Source, search: Search, vocabulary: Vocabulary) -> list[Located]:
    """The tables with the most headings that are known."""
    located = _located(source, search, vocabulary)
    located = [each for each in located if each.headings]
    if not located:
        raise EmptyFile(file=source.name)
    # A sheet of remarks may have a heading or two that are known, so half of the best is asked for.
    most = max(each.recognised for each in located)
    return [each for each in located if each.recognised * 2 > most] or located


def _check_encoding(source: Source, located: Located, vocabulary: Vocabulary) -> None:
    if located.table.guessed and not _makes_sense(located, vocabulary):
        raise UnknownEncoding(file=source.name)


def _check_header_row(source: Source, located: Located, header_row: int | None) -> None:
    if header_row is not None and located.header_rows[-1:] != [header_row]:
        raise NoHeadingsThere(file=source.name, row=header_row)


def _makes_sense(located: Located, vocabulary: Vocabulary) -> bool:
    """Whether a guess of GB18030, which decodes almost anything, makes sense.

    Chinese headings that are known speak for it; with others that are, common Chinese characters below them.
    """
    recognised = [heading for heading in located.headings if vocabulary.knows(heading)]
    if any(not heading.text.isascii() for heading in recognised):
        return True
    characters = _foreign_characters(located)
    common = sum(bool(character.encode("gb2312", "ignore")) for character in characters)
    return bool(recognised and characters) and common >= COMMON * len(characters)


def _foreign_characters(located: Located) -> list[str]:
    """All characters beyond ASCII in the first rows of a table."""
    texts = [cell for _number, cells in located.first_rows for cell in cells if isinstance(cell, str)]
    return [character for text in texts for character in text if not character.isascii()]
