"""Where in a sheet the table is: what stands above it, and the one to three rows of its headings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import TypeAlias

from volunteer_cli.intake.cells import Cell, is_blank, text_of
from volunteer_cli.intake.headings import (
    DAY,
    MAYBE_ROW_NUMBER,
    OURS,
    ROW_NUMBER,
    TRADITIONAL,
    WEEKDAY,
    Heading,
    Vocabulary,
    is_part_of_day,
    normal,
)
from volunteer_cli.intake.tables import Range, Raw, Table

Numbered: TypeAlias = tuple[int, Raw]
#: Rows in which the headings are looked for: notes above a table are long, but fit on two printed pages;
#: and the most levels they have.
LOOK, LEVELS = 100, 3
LABEL = re.compile(r"([^\W\d]{2,12})\s*[:：]\s*(.*?)(?=[\s,，;；]+[^\W\d]{2,12}\s*[:：]|$)")
TOTAL = re.compile(
    r"(?:(?:.{0,10}?(?:合计|总计|小计)|共计|累计|共(?=\d)|합계|총계|(?:sub|grand)?-?totals?|summe|gesamt|totale|итого)"
    r"(?:[:：(（\d人次件套数/=].*)?|(?:sub|grand)?-?total(?:[a-z]{1,30}[:：=].*|"
    r"(?:numberof)?(?:hours|minutes|people|persons|members|volunteers|participants|quantity|amount|count|number)))",
    re.IGNORECASE,
)
#: What says by itself, in whichever of the first columns, that a row is a total.
BARE_TOTAL = re.compile(r"(?:总?合计|总计|小计|(?:sub|grand)?-?totals?)[:：]?", re.IGNORECASE)
FOOTER = re.compile(
    r"(?:填表|填报|制表|制单|审核|审批|复核|经办|经手|负责|登记|统计|签字|签名|签章|盖章|日期|单位|说明|备注|附注|注|声明|"
    r"notes?|remarks?|prepared|checked|approved|signed|signature|date|reviewed).{0,12}[:：]|"
    r"第\d+页|page\d+(?:of\d+)?$",
    re.IGNORECASE,
)
#: What stands below a table in a cell of its own, the name of the signer in the next one.
SIGNED = re.compile(
    r"(?:填表|填报|制表|制单|审核|审批|复核|统计)(?:人|员|日期|时间|单位)|经办人|制表|说明|附注|注|备注|声明|[(（]?(?:盖章|签章|签字|签名)[)）]?|"
    r"(?:prepared|checked|approved|reviewed)by|signature|notes?",
    re.IGNORECASE,
)
#: A label with its value; the colon of a time is none.
LABELLED = re.compile(r"[^\W\d][^:：]{0,20}(?<!\d)[:：]")
NOTE = re.compile(
    r"注(?!册)|说明(?!会)|备注|截[至止]|要求|提示|请(?!假)|(?:单位|日期)\s|\d{1,2}[、.．](?!\d)|"
    r"(?:填报|填表|制表)(?:单位|部门|人|日期|时间|说明|要求)|(?:notes?|please)\b|.*(?<!\d)[:：]|.*。",
    re.IGNORECASE,
)
#: What numbers a sheet among those sent together; the title follows.
ENCLOSURE = re.compile(r"附[件表]\s*\d*\s*[:：]?\s*")
#: What a date beside a title or below a table looks like, and a heading that dates stand under.
DATED = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}")
OF_DATES = re.compile("日|期|时|時|年|生|date|time|birth|dob|since|until|founded|start|end", re.IGNORECASE)
DIGIT = re.compile(r"\d")
DAY_ALONE = re.compile(
    rf"{DAY}|\d{{1,2}}\s+[a-z]{{3,9}}\.?(?:\s+\d{{4}})?|[a-z]{{3,9}}\.?\s+\d{{1,2}}(?:,?\s+\d{{4}})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Skipped:
    """A row that is no data, and why: title_row, note_row, header_row, total_row or footer_row."""

    row: int
    reason: str


@dataclass
class Located:
    """A table that was found.

    Attributes:
        recognised: how many of its headings are known; 0 when none is.
        above: all rows up to the last heading, for a rejects file.
        details: values of loose cells above the table by their labels.
        first_rows: those next to the headings, with their numbers.
        rest: those after them.
        named: whether the name of its sheet is a value of its rows.
        of_chat: whether it was made of the numbered lines of a chat.
        of_form: whether it was made of labels beside their values.
    """

    table: Table
    headings: list[Heading]
    header_rows: list[int]
    recognised: int
    above: list[Numbered] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)
    first_rows: list[Numbered] = field(default_factory=list)
    rest: Iterator[Raw] = field(default_factory=lambda: iter(()))
    named: bool = False
    of_chat: bool = False
    of_form: bool = False

    @property
    def width(self) -> int:
        """How many columns have headings, or stand to the left of one that has."""
        return max((heading.index for heading in self.headings), default=-1) + 1

    @property
    def title(self) -> str:
        """All texts above the headings, a line each."""
        loose = (
            text
            for number, cells in self.above
            if number and number not in self.header_rows
            for _i, text in texts(cells)
        )
        return "\n".join(loose)

    @property
    def titles(self) -> list[str]:
        """The texts of rows above the headings that are titles, not notes."""
        rows = {skipped.row for skipped in self.skipped if skipped.reason == "title_row"}
        return [text for number, cells in self.above if number in rows for _index, text in texts(cells)]

    def read_anew(self) -> None:
        """Open the rows that are left once more: another reading of a text file goes through the same handle."""
        read = len(self.above) + len(self.first_rows)
        self.rest = islice(self.table.rows(), read, None)

    @property
    def rows(self) -> Iterator[Raw]:
        """The rows below the headings, each once; the first follows on the last of `above`."""
        return chain((cells for _number, cells in self.first_rows), self.rest)


def locate(table: Table, vocabulary: Vocabulary, header_row: int | None = None) -> Located:
    """Find the headings: the rows among the first in which most fields are recognised."""
    rows = table.rows()
    # A table without headings gets a row of them as row 0, which is no row of the file.
    head = list(enumerate(islice(rows, LOOK), 0 if table.headless else 1))
    place = _header_rows(head, table, vocabulary, header_row or _row_of_ours(head))
    located = _located(table, head, place, vocabulary)
    located.rest = rows
    _look_above(located, head[: place.start], vocabulary)
    located.skipped += [Skipped(number, "header_row") for number in located.header_rows]
    return located


def _located(table: Table, head: list[Numbered], place: slice, vocabulary: Vocabulary) -> Located:
    header = head[place]
    headings = _headings(header, table.merged)
    return Located(
        table,
        headings,
        header_rows=[number for number, _cells in header if number],
        recognised=vocabulary.recognised(headings),
        above=head[: place.stop],
        first_rows=head[place.stop :],
    )


def _header_rows(
    head: Sequence[Numbered], table: Table, vocabulary: Vocabulary, header_row: int | None
) -> slice:
    """Where among the rows the headings stand, in all their languages and with their groups."""
    first, last = _header(head, table.merged, vocabulary, header_row)
    first, last = _in_each_language(head, first, last, vocabulary, ends=header_row is not None)
    last += header_row is None and _are_parted(head, last, vocabulary)
    return slice(_with_groups(head, first, table.merged, vocabulary), last + 1)


def _row_of_ours(head: Sequence[Numbered]) -> int | None:
    """The last row of the headings in a file of our own making: why rows were refused stands in columns of it."""
    return next((number for number, cells in head if set(OURS) <= set(cells)), None)


def _header(
    head: Sequence[Numbered], merged: list[Range], vocabulary: Vocabulary, header_row: int | None
) -> tuple[int, int]:
    """The places of the first and last row of the headings; without any known, the fullest row."""
    scores = _scores(head, merged, vocabulary, header_row)
    loose = {place for place in range(len(head)) if _is_loose(head, place, vocabulary)}
    sure = {
        (first, last): score
        for (first, last), score in scores.items()
        if loose.isdisjoint(range(first, last + 1))
    }
    # Details that look like headings are taken for them only where nothing else does.
    spans = sure or scores
    return max(spans, key=spans.__getitem__) if spans else _fullest(head, header_row)


def _scores(
    head: Sequence[Numbered], merged: list[Range], vocabulary: Vocabulary, header_row: int | None
) -> dict[tuple[int, int], tuple[int, int, int]]:
    """How well rows would do as headings, by the first and the last: most fields, fewest rows, nearest the top."""
    scores = {}
    for first, last in _spans(head, merged):
        if header_row and head[last][0] != header_row:
            continue
        if score := vocabulary.recognised(_headings(head[first : last + 1], merged)):
            scores[first, last] = score, first - last, -first
    return scores


def _in_each_language(
    head: Sequence[Numbered], first: int, last: int, vocabulary: Vocabulary, *, ends: bool
) -> tuple[int, int]:
    """The headings with those rows next to them that say them once more, in other words; `ends` at the last."""
    while (
        not ends
        and last + 1 < len(head)
        and last - first + 1 < LEVELS
        and _says_again(head[last + 1], head[last], vocabulary)
    ):
        last += 1
    while first and last - first + 1 < LEVELS and _says_again(head[first - 1], head[first], vocabulary):
        first -= 1
    return first, last


def _says_again(row: Numbered, headings: Numbered, vocabulary: Vocabulary) -> bool:
    cells = texts(row[1])
    words = {normal(text) for _index, text in cells}
    headings_words = {normal(text) for _index, text in texts(headings[1])}
    # The same words once more are no translation of them.
    if len(cells) < 2 or not words.isdisjoint(headings_words):
        return False
    return all(vocabulary.knows(Heading(index, text)) for index, text in cells)


def _are_parted(head: Sequence[Numbered], last: int, vocabulary: Vocabulary) -> bool:
    """Whether the row below the headings is one of them: units of a length, or parts of the days above."""
    below = texts(head[last + 1][1]) if last + 1 < len(head) else []
    halves = len(below) > 1 and all(is_part_of_day(text) for _index, text in below)
    return halves or _are_days_of_week(head, last) or _is_parted_below(head, last, vocabulary)


def _are_days_of_week(head: Sequence[Numbered], last: int) -> bool:
    """Whether the row below the headings has the days of the week above it, and nothing else: 周一 over 3月2日."""
    above, below = dict(texts(head[last][1])), texts(head[last + 1][1]) if last + 1 < len(head) else []
    return len(below) > 1 and all(
        WEEKDAY.fullmatch(above.get(index, "")) and DAY_ALONE.fullmatch(text) for index, text in below
    )


def _is_parted_below(head: Sequence[Numbered], last: int, vocabulary: Vocabulary) -> bool:
    """Whether the row below the headings parts some of them, and holds nothing else: 服务时长 over 时 and 分.

    Headings that are parted have no others to their right, and what parts them is neither number nor value.
    """
    below = texts(head[last + 1][1]) if last + 1 < len(head) else []
    if len(below) < 2 or any(map(_is_value, below)):
        return False
    above = dict(texts(head[last][1]))
    # A cell without a heading belongs to the nearest one to its left.
    over = Counter(max((place for place in above if place <= index), default=None) for index, _text in below)
    known = all(each is not None and vocabulary.field_of(Heading(0, above[each])) for each in over)
    return known and min(over.values()) > 1


def _is_value(cell: tuple[int, str]) -> bool:
    """Whether a cell is rather a value than a heading: it has digits, or is a tick or a stroke."""
    return DIGIT.search(cell[1]) is not None or not any(map(str.isalpha, cell[1]))


def squeezed(text: str) -> str:
    """The text of a cell as totals and footers are told by: without spaces, in simplified characters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(TRADITIONAL)


def is_total(text: str) -> bool:
    """Whether a cell says that the figures beside it are a total."""
    return TOTAL.fullmatch(squeezed(text)) is not None


def is_footer(text: str) -> bool:
    """Whether a cell is the beginning of a footer: 填表人：… or the label alone."""
    plain = squeezed(text)
    return bool(FOOTER.match(plain) or SIGNED.fullmatch(plain))


def is_total_or_footer(text: str) -> bool:
    """Whether a cell is one of the two."""
    return bool(TOTAL.fullmatch(squeezed(text))) or is_footer(text)


def is_bare_total(text: str) -> bool:
    """Whether a cell says 合计 and no more, as no value does."""
    return BARE_TOTAL.fullmatch(squeezed(text)) is not None


def _is_loose(head: Sequence[Numbered], place: int, vocabulary: Vocabulary) -> bool:
    """Whether a row tells details of the table in cells side by side: 活动名称 | 楼道清扫 | 活动时间 | 2024-03-05.

    Headings stand beside headings more often than beside what could be a value of theirs.
    """
    cells, below = texts(head[place][1]), _texts_below(head, place)
    details, beside = sum(_is_told(text, vocabulary) for _index, text in cells), 0
    for (index, label), (following, value) in pairwise(cells):
        # A heading that is merged downwards stands beside a group of others: 姓名 beside 3月5日 over 签到.
        if index not in below and vocabulary.knows(Heading(0, below.get(following, ""))):
            continue
        if not vocabulary.knows(Heading(0, value)):
            details += _is_detail(label, value, below.get(index, ""), vocabulary)
        elif vocabulary.knows(Heading(0, label)):
            beside += 1
    return 0 < details >= beside


def _texts_below(head: Sequence[Numbered], place: int) -> dict[int, str]:
    """The texts of the row below one, by their columns."""
    return dict(texts(head[place + 1][1])) if place + 1 < len(head) else {}


def _is_told(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell has a label with a figure behind it: 活动日期：2026-03-05."""
    label = LABEL.fullmatch(text)
    return label is not None and DIGIT.search(label[2]) is not None and vocabulary.knows(Heading(0, label[1]))


def _is_detail(label: str, value: str, below: str, vocabulary: Vocabulary) -> bool:
    """Whether two cells side by side are a label and its value; `below` the label may be a heading."""
    each = vocabulary.field_of(Heading(0, label))
    if each is None or not each.above:
        return False
    # A name has no figures: 姓名 beside 8:00-10:00 is a heading beside another.
    figures = DIGIT.search(value) is not None and each.remark is None
    return label.endswith((":", "：")) or figures or vocabulary.knows(Heading(0, below))


def _spans(head: Sequence[Numbered], merged: list[Range]) -> Iterator[tuple[int, int]]:
    """First and last of up to three rows one below the other, none of them blank, no merged cell cut below."""
    depth = _depths(merged)
    for first in range(len(head)):
        reach = 0
        for last in range(first, min(first + LEVELS, len(head))):
            number, cells = head[last]
            if blank_row(cells):
                break
            reach = max(reach, depth.get(number, 0))
            if reach <= number:
                yield first, last


def _depths(merged: list[Range]) -> dict[int, int]:
    """Down to which row the merged cells reach that begin in a row."""
    depths: dict[int, int] = {}
    for (top, _left), (bottom, _right) in merged:
        depths[top + 1] = max(depths.get(top + 1, 0), bottom + 1)
    return depths


def _fullest(head: Sequence[Numbered], header_row: int | None) -> tuple[int, int]:
    counts = [(number == header_row, len(texts(cells))) for number, cells in head]
    place = counts.index(max(counts)) if counts else 0
    return place, place


def blank_row(cells: Iterable[Cell]) -> bool:
    """Whether there is nothing in a row but spaces."""
    return all(map(is_blank, cells))


def texts(cells: Iterable[Cell]) -> list[tuple[int, str]]:
    """The cells that are not blank, as text, with their columns."""
    return [(index, text_of(cell).strip()) for index, cell in enumerate(cells) if not is_blank(cell)]


def _with_groups(head: Sequence[Numbered], first: int, merged: list[Range], vocabulary: Vocabulary) -> int:
    """The first row of the headings when group headings stand above that add nothing by themselves."""
    lowest = {index for index, _text in texts(head[first][1])} if head else set()
    while first and _is_group(head[first - 1], lowest, merged, vocabulary):
        first -= 1
    return first


def _is_group(row: Numbered, lowest: set[int], merged: list[Range], vocabulary: Vocabulary) -> bool:
    number, cells = row[0], texts(row[1])
    if len(cells) < 2 or any(_is_no_group(text) for _index, text in cells):
        return False
    # Where a table has merged cells at all, a group is one; a text file cannot have any.
    if merged:
        return any(top == number - 1 for (top, _left), _end in merged)
    return {index for index, _text in cells} <= lowest and not _pairs(cells, vocabulary)


def _is_no_group(text: str) -> bool:
    return ":" in text or "：" in text or is_total(text) or DATED.search(text) is not None


def _pairs(cells: list[tuple[int, str]], vocabulary: Vocabulary) -> dict[str, str]:
    """Labels with the values in the cells to their right: 活动名称 | 楼道清扫."""
    values = {}
    for (_index, label), (_next, value) in pairwise(cells):
        if vocabulary.knows(Heading(0, label)) and not vocabulary.knows(Heading(0, value)):
            values[label] = value
    return values


def _headings(rows: Sequence[Numbered], merged: list[Range]) -> list[Heading]:
    """The heading of each column: its lowest text, with the groups that span it."""
    own = [dict(texts(cells)) for _number, cells in rows]
    width = max((len(cells) for _number, cells in rows), default=0)
    spread = [
        _spread(own[place], number, own[place + 1 :], merged) for place, (number, _cells) in enumerate(rows)
    ]
    headings = (_heading(index, own, spread) for index in range(width))
    return [heading for heading in headings if heading]


def _heading(index: int, own: list[dict[int, str]], spread: list[dict[int, str]]) -> Heading | None:
    """The heading of one column; None where nothing stands above it."""
    depth = max((place for place, level in enumerate(own) if index in level), default=None)
    if depth is None:
        return None
    groups = [level[index] for level in spread[:depth] if index in level]
    return Heading(index, own[depth][index], tuple(dict.fromkeys(groups)))


def _spread(
    level: dict[int, str], number: int, below: list[dict[int, str]], merged: list[Range]
) -> dict[int, str]:
    """A level's texts over all the columns that they span."""
    filled = dict(level)
    spans = _spans_of(number, merged)
    for left, right in spans:
        if left in level:
            filled |= dict.fromkeys(range(left, right + 1), level[left])
    if not spans:
        _reach(filled, set[int]().union(*below))
    return filled


def _reach(filled: dict[int, str], below: set[int]) -> None:
    """Without merged ranges, as in a text file, a group reaches to the next one, over headings below it."""
    for index in sorted(below):
        if index not in filled and index - 1 in filled:
            filled[index] = filled[index - 1]


def _spans_of(number: int, merged: list[Range]) -> list[tuple[int, int]]:
    """First and last column of the ranges, wider than a cell, that begin in a row."""
    columns = ((left, right) for (top, left), (_bottom, right) in merged if top == number - 1)
    return [(left, right) for left, right in columns if right > left]


def _look_above(located: Located, rows: Sequence[Numbered], vocabulary: Vocabulary) -> None:
    """Tell title rows from notes, and read the details in loose cells."""
    for number, cells in rows:
        loose = texts(cells)
        if not loose:
            continue
        details = {label: value for _index, text in loose for label, value in LABEL.findall(text) if value}
        pairs = _pairs(loose, vocabulary)
        located.details |= details | pairs
        reason = _reason_above([text for _index, text in loose], paired=bool(pairs))
        located.skipped.append(Skipped(number, reason))


def _reason_above(loose: list[str], *, paired: bool) -> str:
    if is_total(loose[0]):
        return "total_row"
    if (
        paired
        or any(not DATED.match(text) for text in loose[1:])
        or NOTE.match(ENCLOSURE.sub("", loose[0], count=1).lstrip("（(*"))
    ):
        return "note_row"
    return "title_row"


def counts_rows(heading: Heading, rows: Iterable[Numbered]) -> bool:
    """Whether a column only counts the rows: by its heading, or 编号 over 1, 2, 3."""
    name = normal(heading.text)
    if name in ROW_NUMBER:
        return True
    if name not in MAYBE_ROW_NUMBER:
        return False
    return _count_up(text_of(cells[heading.index]) for _number, cells in rows if heading.index < len(cells))


def _count_up(values: Iterable[str]) -> bool:
    numbers = [int(text) for text in values if text.isdecimal()]
    if not numbers or numbers[0] not in (0, 1):
        return False
    # Each part of a sheet may be counted anew.
    return all(number in (before + 1, 1) for before, number in pairwise(numbers))
