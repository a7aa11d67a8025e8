"""Forms of one record each, its labels to the left of their values: 姓名 | 赵一凡 | 性别 | 女, and so on below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise
from typing import TypeAlias

from volunteer_cli.intake.errors import FormWithTable
from volunteer_cli.intake.headings import Heading, Vocabulary, normal
from volunteer_cli.intake.locating import DATED, LOOK, Located, Numbered, Skipped, texts
from volunteer_cli.intake.strays import FOREIGN
from volunteer_cli.intake.tables import Raw, Table

Pairs: TypeAlias = list[tuple[str, str]]
Loose: TypeAlias = list[tuple[int, str]]
#: Fields that a form must give to be one; a longer sheet is none.
FEWEST, MOST_ROWS = 3, 60
#: What keeps the place of a picture.
PICTURE = re.compile(r"(?:贴|粘贴)?(?:照片|相片|一寸|1寸|photo)", re.IGNORECASE)


def form(table: Table, vocabulary: Vocabulary) -> Located | None:
    """The forms of a sheet, one below the other, as a table of a row each; None where it is no form."""
    rows = _rows(table)
    if len(rows) > MOST_ROWS or any(_are_headings(cells, vocabulary) for _number, cells in rows):
        return None
    pairs = [(number, _pairs(cells, vocabulary)) for number, cells in rows]
    records = _records(pairs)
    if not records or not all(_is_form(record, vocabulary) for _number, record in records):
        return None
    return _located(table, records, [Skipped(number, "title_row") for number, found in pairs if not found])


def check_form(table: Table, vocabulary: Vocabulary, file: str) -> None:
    """Refuse a form of somebody in which rows of a table follow: its relatives, what they did.

    Raises:
        FormWithTable: they do.
    """
    rows = _rows(table)
    places = _places_of_labels(rows, vocabulary)
    number = next((number for number, cells in rows if _is_of_table(cells, places, vocabulary)), 0)
    above = [(row, cells) for row, cells in rows if row < number]
    records = _records([(row, _pairs(cells, vocabulary)) for row, cells in above])
    if len(records) == 1 and _is_form(records[0][1], vocabulary) and _names_it(records[0][1], vocabulary):
        raise FormWithTable(file=file, row=number)


def _places_of_labels(rows: Sequence[tuple[int, Loose]], vocabulary: Vocabulary) -> dict[str, int]:
    """The columns in which labels stand first."""
    labels = [
        (text, index) for _number, cells in rows for index, text in cells if _is_label(text, vocabulary)
    ]
    return dict(reversed(labels))


def _is_of_table(cells: Loose, places: Mapping[str, int], vocabulary: Vocabulary) -> bool:
    """Whether a row is one of a table: headings side by side or in other columns, or values behind no label."""
    words = [text for _index, text in cells]
    # The next form has each label in the column of the first one: of relatives the table begins elsewhere.
    if sum(places.get(text, index) != index for index, text in cells) > 1:
        return True
    labels = [word for word in words if _is_label(word, vocabulary) or normal(word) in FOREIGN]
    if _are_headings(cells, vocabulary) or len(labels) > max(2, len(words) / 2):
        return True
    return len(words) > 2 and (DATED.match(words[0]) is not None or (words[0].isdecimal() and not labels))


def _names_it(pairs: Pairs, vocabulary: Vocabulary) -> bool:
    """Whether a form gives what a record must have itself; what may stand above a table holds for its rows."""
    fields = [vocabulary.field_of(Heading(0, label)) for label, value in pairs if value]
    return any(each and each.required and not each.above for each in fields)


def _rows(table: Table) -> list[tuple[int, Loose]]:
    """The rows of a sheet in which something stands, without what keeps the place of a picture."""
    rows = ((number, texts(cells)) for number, cells in _head(table))
    bare = ((number, [cell for cell in cells if not PICTURE.match(cell[1])]) for number, cells in rows)
    return [(number, cells) for number, cells in bare if cells]


def _head(table: Table) -> list[Numbered]:
    """All rows of a sheet; of a longer one none, for it is no form."""
    rows = list(islice(table.rows(), LOOK + 1))
    return list(enumerate(rows, 0 if table.headless else 1)) if len(rows) <= LOOK else []


def _records(rows: Sequence[tuple[int, Pairs]]) -> list[tuple[int, Pairs]]:
    """The labels and values of each form, with its first row: the next one begins with the first label of them."""
    records: list[tuple[int, Pairs]] = []
    for number, pairs in rows:
        if pairs and (not records or pairs[0][0] == records[0][1][0][0]):
            records.append((number, []))
        if records:
            records[-1][1].extend(pairs)
    return records


def _located(table: Table, records: Sequence[tuple[int, Pairs]], skipped: list[Skipped]) -> Located:
    """A table with the labels for headings, and the values of each form in the row in which it begins."""
    labels = _labels(records)
    rows = {number: _row_of(dict(pairs), labels) for number, pairs in records}
    first, last = min(rows), max(rows)
    headings = [Heading(index, label) for index, label in enumerate(labels)]
    return Located(
        table,
        headings,
        header_rows=[first - 1] if first > 1 else [],
        of_form=True,
        recognised=len(labels),
        above=[(first - 1, [*labels])],
        skipped=skipped,
        first_rows=[(number, rows.get(number, [])) for number in range(first, last + 1)],
    )


def _labels(records: Sequence[tuple[int, Pairs]]) -> list[str]:
    """The labels of all forms, each once."""
    return list(dict.fromkeys(label for _number, pairs in records for label, _value in pairs))


def _row_of(told: dict[str, str], labels: Sequence[str]) -> Raw:
    """What a form says, in the order of the labels."""
    return [told.get(label) for label in labels]


def _pairs(cells: Sequence[tuple[int, str]], vocabulary: Vocabulary) -> Pairs:
    """The labels of a row with their values; a label before another one has none."""
    pairs, words = [], [text for _index, text in cells]
    while words:
        label, *words = words
        follows = bool(words) and not _is_label(words[0], vocabulary)
        if follows or _is_label(label, vocabulary):
            pairs.append((label, words.pop(0) if follows else ""))
    return pairs


def _is_label(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.field_of(Heading(0, text)) is not None


def _is_form(pairs: Pairs, vocabulary: Vocabulary) -> bool:
    """Whether labels stand beside values throughout, one of them what a record must have, and each field once."""
    filled = [label for label, value in pairs if value]
    known = [each for label in filled if (each := vocabulary.field_of(Heading(0, label)))]
    names = {each.name for each in known}
    enough = len(known) >= FEWEST and len(known) * 2 >= len(filled)
    return enough and len(names) == len(known) and any(each.required for each in known)


def _are_headings(cells: Sequence[tuple[int, str]], vocabulary: Vocabulary) -> bool:
    """Whether two labels stand in neighbouring cells, as headings do."""
    labels = [index for index, text in cells if _is_label(text, vocabulary)]
    return any(index + 1 == following for index, following in pairwise(labels))
