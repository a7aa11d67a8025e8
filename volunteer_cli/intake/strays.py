"""Rows below the headings that are no records: sections, examples, instructions, feet, a second table.

A row is a person only if its name can be one. What stands alone in its row is a section, whose value
holds for the rows below, or it is a foot, when no row follows; anything else refuses the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import TypeAlias

from volunteer_cli.areas import imports
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake.cells import Cell, is_blank
from volunteer_cli.intake.errors import SecondTable, StraySection
from volunteer_cli.intake.headings import WEEKDAY, Heading, Vocabulary, normal
from volunteer_cli.intake.locating import DATED, DAY_ALONE, LABEL, OF_DATES, Located, texts
from volunteer_cli.intake.names import (
    CHINESE_ONLY,
    NO_PERSON,
    is_none,
    is_plainly_one,
    looks_like_person,
    remark_free,
    remark_in,
)
from volunteer_cli.intake.sheet import Column, Sheet
from volunteer_cli.intake.titled import day_in_titles

Loose: TypeAlias = Sequence[tuple[int, str]]
EXAMPLE = re.compile(
    r"[（(【\[]?(?:例|示例|样例|范例|举例|填写示例|example|sample|e\.?g\.?)[)）】\]]?[:：.]?", re.IGNORECASE
)
#: An example with what it is one of: 如：李明, e.g. John.
EXAMPLE_OF = re.compile(
    r"[（(【\[]?(?:(?:例|如|示例|样例|范例|例如|举例|example|sample)\s*[:：]|e\.\s?g\.?[:：]?\s)\s*\S",
    re.IGNORECASE,
)
INSTRUCTION = re.compile(
    r"[（(*]?(?:必填|选填|非必填|可选|可不填|请|如[:：]|例如|格式|下拉|单选|多选|文本|填写|不填|required|optional|e\.g\.|yyyy)",
    re.IGNORECASE,
)
#: What a cell for a name says that asks for one.
ASKS = re.compile(
    r"[（(*]?(?:请|必填|选填|非必填|例如|格式|下拉|单选|文本|填写|required|optional)", re.IGNORECASE
)
ENDS = re.compile(r"[（(]?(?:以下|此行以下|下面)?(?:空白|无正文|无内容)[)）]?|[-—=*]{2,}|end", re.IGNORECASE)
SECTION_OF_BUILDING = re.compile(
    r"[第]?[\d一二三四五六七八九十]{1,3}(?:号楼|栋|幢|#楼?|号院)[:：]?|[a-z](?:座|栋)", re.IGNORECASE
)
SECTION_OF_UNIT = re.compile(r"第?[\d一二三四五六七八九十]{1,2}单元[:：]?")
SECTION_OF_GRID = re.compile(r"第?[\d一二三四五六七八九十]{1,3}(?:号)?网格[:：]?")
SECTION_OF_TEAM = re.compile(
    r"[^\d\s、,，;；。]{1,14}(?:队|队伍|服务团|小组|组|协会|社|班|team|group|club)"
    r"(?:的?(?:队员|成员|人员|志愿者)?(?:名单|花名册|名册|登记表|一览表|签到表)|\s*(?:members|list))?[:：]?",
    re.IGNORECASE,
)
#: What teams, organizations and events are put into groups by: 文艺类, 党建系列.
SECTION_OF_KIND = re.compile(r"[^\d\s]{1,10}(?:类|类别|系列|板块|条线)[:：]?")
#: What says of a section only that it is one, or a list.
WORD_OF_SECTION = re.compile(
    r"(?:类别?|系列|板块|条线)$|(?<=[队团组会社班])的?(?:队员|成员|人员|志愿者)?(?:名单|花名册|名册|登记表|一览表|签到表)$"
    r"|\s+(?:members|list)$",
    re.IGNORECASE,
)
SECTION_OF_DAY = re.compile(
    r"(?:\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?|\d{1,2}月\d{1,2}[日号])[:：]?"
)
#: How many a section has, and the unit of a building in one section with it: 3号楼1单元（12户）.
COUNTED = re.compile(r"[(（]?\s*(?:共|计|合计)?\s*\d+\s*[人名户位家个]\s*[)）]?[:：]?$")
UNIT_OF_BUILDING = re.compile(rf"({SECTION_OF_BUILDING.pattern})({SECTION_OF_UNIT.pattern})", re.IGNORECASE)
#: Sections of any kind of table, as a cell alone may say them: 3号楼, 2单元, 第一网格, 3月5日, each with what it counts.
SECTION_OF_PLACE = re.compile(
    rf"(?:(?:{SECTION_OF_BUILDING.pattern})?(?:{SECTION_OF_UNIT.pattern})?|{SECTION_OF_GRID.pattern}|"
    rf"{SECTION_OF_DAY.pattern})(?:{COUNTED.pattern[:-1]})?",
    re.IGNORECASE,
)
#: The day that stands with an office below a table, also in Chinese figures or left to be filled in by hand.
DAY_OF_FOOT = re.compile(
    r"(?:(?:19|20)\d\d\s*[年./-]\s*\d{1,2}(?:\s*[月./-]\s*\d{1,2})?|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月"
    r"(?:[一二三四五六七八九十廿]{1,3})?|\d{1,2}月\d{1,2}|_*年\s*_*月)\s*_*[日号月]?"
)
#: An office by itself, as it stands below a list that it made.
OFFICE = re.compile(
    r"[^\d\s]{2,20}(?:居委会|村委会|居民委员会|村民委员会|街道办事处|街道办|街道|社区|党委|党工委|党总支|服务中心)(?:[（(](?:盖?章|公章)[)）])?"
)
#: The two in one cell: 滨湖社区居委会 2026年3月5日.
OFFICE_AND_DAY = re.compile(r"[^\d:：]{2,30}(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
NUMBER = re.compile(r"\d+(?:[./-]\d+)?")
#: Last characters of villages, roads, courts and groups, as people's names seldom have them.
PLACE_ENDINGS = tuple("庄村路街巷里坊苑园楼组队班站所部院区县镇乡屯寨沟店庙")
#: A section that is counted: 一、在职党员, （二）群众.
COUNTED_SECTION = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[)）]\s*[、.．]?|[一二三四五六七八九十]{1,3}\s*[、.．])\s*[^\W\d]{2,12}"
)
#: Who stands for anybody in examples, and the number that goes with them: a hotline of an operator.
ANYBODY = frozenset({"张三", "李四", "王五", "张三丰", "小明", "某某某", "john doe", "jane doe"})
NOBODYS_PHONES = frozenset({"13800138000", "12345678901", "12345678910", "11111111111", "13888888888"})
#: Headings of tables of any kind, by which a second table is known that is not of the kind that is imported.
FOREIGN = frozenset(
    map(
        normal,
        (
            "物资名称", "物品名称", "品名", "物资", "物品", "数量", "单位", "规格", "规格型号", "捐赠人", "捐赠方", "捐赠单位", "捐赠日期", "捐赠金额",
            "金额", "估价", "活动名称", "活动时间", "活动地点", "活动主题", "活动内容", "地点", "项目", "项目名称", "事项", "内容", "负责人", "联系人",
            "责任人", "完成情况", "完成时间", "序号", "备注", "日期", "时间", "职务", "队伍", "队伍名称", "团队名称", "单位名称", "机构名称", "地址", "电话",
            "联系电话", "类别", "类型", "人数", "户数", "姓名", "性别", "问题", "措施", "说明", "item", "quantity", "unit", "donor", "amount",
            "event", "place", "title", "date", "time", "note", "notes", "team", "organization", "name", "phone", "hours", "remarks",
        ),
    )
)  # fmt: skip
#: Words of English names of places and groups, which may stand alone in a row.
GROUP_WORDS = frozenset(
    [
        "team",
        "group",
        "district",
        "ward",
        "building",
        "block",
        "section",
        "zone",
        "north",
        "south",
        "east",
        "west",
        "volunteers",
        "members",
        "staff",
        "committee",
        "unit",
        "floor",
        "street",
        "road",
        "total",
        "notes",
        "new",
        "old",
        "young",
        "senior",
        "junior",
        "morning",
        "afternoon",
    ]
)


@cache
def headings_of_all() -> frozenset[str]:
    """The headings that some kind of sheet knows: a second table may be of any."""
    sheets = (kind.sheet.load() for kind in imports().values())
    return frozenset(word for sheet in sheets for word in Vocabulary.of(sheet.fields).fields)


@dataclass
class Strays:
    """Tells, of rows that are suspect, which are no records.

    Attributes:
        keys: the columns that name what a row is: one, or surname and given name.
        numbers: the columns by whose numbers a row without a name says whom it means.
        people: whether it names people.
        in_parts: whether a name is parted, surname and given name in columns of their own.
        others: the columns that bring anything else.
        section: the values by field that rows above give to those below them.
        titled: whether the title above the table says something of its rows.
        spanned: fields that stand in one cell with others.
        blank: the last row in which nothing stands.
        labels: what labels give to the rows below them, by normal form; see `Mapper.strays`.
        signature: the column of which a blank says that somebody did not come.
        pending: a row that stands alone, until the next row tells whether it is a foot.
    """

    file: str
    sheet: Sheet
    vocabulary: Vocabulary
    fields: dict[int, str]
    column: Callable[[str], Column | None]
    keys: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    people: bool = False
    in_parts: bool = False
    section: dict[str, Cell] = field(default_factory=dict)
    signature: int | None = None
    pending: tuple[int, str] | None = None
    sections: dict[int, str] = field(default_factory=dict)
    labels: dict[str, str | None] = field(default_factory=dict)
    titled: bool = False
    spanned: frozenset[str] = frozenset()
    blank: int = 0

    def check_days(self, number: int, loose: Loose) -> None:
        """Refuse a file in which other days begin below the headings: a second week below the first.

        Raises:
            SecondTable: the row has nothing but days.
        """
        if self.people and _are_days(loose):
            raise SecondTable(file=self.file, row=number)

    def reason(self, number: int, loose: Loose) -> str | None:
        """Why a row is no record, as it stands; None where it may be one."""
        if self._is_second_table(number, loose):
            return "header_row"
        if self._is_example(loose) or are_weekdays([text for _index, text in loose]):
            return "note_row"
        if self.signature is not None and self.signature not in dict(loose):
            return "note_row"
        return None

    def lone_reason(self, number: int, index: int, text: str) -> str | None:
        """Why a row with one cell is no record; None where it may be one."""
        if ENDS.fullmatch(text):
            return "footer_row"
        if sections := self._sections_of(text):
            for section in sections:
                self._begin_section(*section)
            self.sections[number] = text
            return "title_row"
        # Below a blank row an office signs the list, also one of offices.
        signs = self.blank == number - 1 and OFFICE.fullmatch(text) is not None
        if not signs and not is_of_foot(text) and (self._is_named(index, text) or _is_value(text)):
            return None
        self.pending = number, text
        return "footer_row"

    def _values_of(self, labelled: Mapping[str, Cell]) -> dict[str, Cell]:
        """What labels give to the rows below, by the fields that they mean."""
        named = ((self.labels.get(label), value) for label, value in labelled.items() if value)
        return {name: value for name, value in named if name}

    def _begin_section(self, name: str, value: Cell) -> None:
        # A unit is one of the building above it; any other section ends what stood above.
        stays = {*self.labels.values(), *(("building",) if name == "unit" else ())}
        above = {each: cell for each, cell in self.section.items() if each in stays}
        self.section = {**above, name: value}

    def labelled_reason(self, number: int, loose: Loose) -> str | None:
        """Why a row of labels and values is no record: it tells of the rows below as others above the table do."""
        labelled = self._labelled(loose)
        # A row that begins with something else is a foot: 领队签字： | 日期：2026.6.1.
        if not labelled or next(iter(labelled)) not in self.labels:
            return None
        values = self._values_of(labelled)
        if not values:
            self.pending = number, next(iter(labelled))
            return "footer_row"
        self.section = {**self.section, **values}
        self.sections[number] = " ".join(text for _index, text in loose)
        return "title_row"

    def _labelled(self, loose: Loose) -> dict[str, str]:
        """The values of a row by the normal forms of their labels, in one cell or side by side."""
        in_cells = {normal(label): value for _index, text in loose for label, value in LABEL.findall(text)}
        beside = {normal(label): value for (_index, label), (_next, value) in pairwise(loose)}
        pairs = {
            label: value
            for label, value in beside.items()
            if label in self.labels and normal(value) not in self.labels
        }
        return in_cells | pairs

    def _is_named(self, index: int, text: str) -> bool:
        """Whether a cell that stands alone may be the name of a record of the kind."""
        if self.people:
            return self._names_somebody(index, text)
        if not self.sheet.offices and OFFICE.fullmatch(text):
            return False
        if (len(self.required) > 1 or index not in self.keys) and self._is_foot(index, text):
            return False
        return index not in self.keys or SECTION_OF_KIND.fullmatch(text) is None

    @cached_property
    def required(self) -> frozenset[int]:
        """The columns of what a record cannot do without; of several, a cell alone is no record."""
        names = {each.name for each in self.sheet.fields if each.required}
        # A column with day, start and end in each cell brings all of them.
        filling = {
            each.name for each in self.sheet.fields if not self.spanned.isdisjoint(names & {*each.fills})
        }
        return frozenset(index for index, name in self.fields.items() if name in names | filling)

    def _is_foot(self, index: int, text: str) -> bool:
        """Whether a cell alone is an office, or words where its column has none: a day, a number."""
        column = self.column_at(index)
        return NO_PERSON.search(text) is not None or (column is not None and not reads(column, text))

    def column_at(self, index: int) -> Column | None:
        """How the cells of a column are read, where it is one that sections could give too."""
        return self.column(self.fields.get(index, ""))

    def _names_somebody(self, index: int, text: str) -> bool:
        """Whether a cell that stands alone is a person's name or number: half a name where names are in two columns."""
        if index in self.numbers:
            return any(sign.isdigit() for sign in text)
        if index not in self.keys:
            return False
        return not is_none(text) if self.in_parts else _may_be_alone(text)

    def check_above(self, located: Located) -> None:
        """Refuse a file in which another table stands above the one that was found.

        Raises:
            SecondTable: it does.
        """
        first = located.header_rows[0] if located.header_rows else 0
        rows = [(number, texts(cells)) for number, cells in located.above if 0 < number < first]
        for _number, loose in rows:
            if self._has_headings(loose):
                raise SecondTable(file=self.file, row=first)

    def _has_headings(self, loose: Loose) -> bool:
        """Whether most cells of a row are headings, one of them that of what a row is."""
        names = [name for _index, name in self._fields_of(loose)]
        required = {each.name for each in self.sheet.fields if each.required}
        return 2 <= len(names) >= len(loose) * 2 / 3 and not required.isdisjoint(names)

    def foot_reason(self, number: int, loose: Loose) -> str | None:
        """Why a row of two cells is no record: the office and the day below a table."""
        dated = [cell for cell in loose if DATED.match(cell[1]) or is_of_foot(cell[1])]
        named = [cell for cell in loose if NO_PERSON.search(cell[1])]
        if len(loose) != 2 or len(dated) != 1 or len(named) != 1:
            return None
        if not self.people and not self._may_sign(named[0][0], dated[0][0], loose):
            return None
        self.pending = number, named[0][1]
        return "footer_row"

    def _may_sign(self, office: int, day: int, loose: Loose) -> bool:
        """Whether an office and a day stand where a record has none: a body may have a day on which it was founded."""
        if not self._is_of_dates(day) or self._is_of_dates(office):
            return True
        return office in self.keys and not self.required.issubset(dict(loose))

    def _is_of_dates(self, index: int) -> bool:
        """Whether a column brings a day or a time."""
        return OF_DATES.search(self.fields.get(index, "")) is not None

    def record_follows(self) -> None:
        """Refuse the file where a record follows on a row that is no section known.

        Raises:
            StraySection: it does.
        """
        if self.pending:
            number, text = self.pending
            raise StraySection(file=self.file, row=number, value=mask_digits(text))

    def heading_follows(self) -> None:
        """What stood alone is the title of one more table.

        Raises:
            StraySection: the title of the first one said something of its rows, and nobody can tell what this one says.
        """
        if self.titled:
            self.record_follows()
        self.pending = None

    def is_section(self, text: str) -> bool:
        """Whether a row alone says something of the rows below it."""
        if self._sections_of(text):
            return True
        return self.people and COUNTED_SECTION.fullmatch(text) is not None

    def _sections_of(self, text: str) -> list[tuple[str, Cell]]:
        """What a row alone gives to the rows below it; nothing where a part of it cannot be told."""
        if self.titled and (day := self._day_of(text)):
            return [(self._dated, day)]
        sections = [self._section_of(part) for part in parts_of_section(text)]
        values = [section for section in sections if section]
        return values if len(values) == len(sections) else []

    @property
    def _dated(self) -> str:
        """The field that says when: a day of its own, or a moment."""
        return "date" if self.sheet.field("date") else "at"

    def _day_of(self, text: str) -> str | None:
        """The day that the title of one more table says, where that of the first said one."""
        column, day = self.column(self._dated), day_in_titles([text])
        return day if day and column and reads(column, day) else None

    def _section_of(self, text: str) -> tuple[str, Cell] | None:
        """The field and the value that a row alone gives to the rows below it."""
        for name, pattern in SECTIONS.items():
            column = self.column(name)
            if column is None or not pattern.fullmatch(text.replace(" ", "")):
                continue
            for value in worded(text):
                if reads(column, value):
                    return name, value
        return None

    def _is_second_table(self, number: int, loose: Loose) -> bool:
        """Whether the cells of a row are headings; raises SecondTable where they are others than those above."""
        if self._is_foreign(loose):
            raise SecondTable(file=self.file, row=number)
        fields = self._fields_of(loose)
        if len(fields) < 2 or len(fields) * 3 < len(loose) * 2:
            return False
        if all(self.fields.get(index, name) == name for index, name in fields):
            return True
        raise SecondTable(file=self.file, row=number)

    def _fields_of(self, loose: Loose) -> list[tuple[int, str]]:
        """The fields of those cells of a row that are headings."""
        known = [(index, self.vocabulary.field_of(Heading(index, text))) for index, text in loose]
        return [(index, each.name) for index, each in known if each]

    def _is_foreign(self, loose: Loose) -> bool:
        """Whether all cells of a row are headings, and some of them none that this kind knows."""
        words = [normal(text) for _index, text in loose]
        # A figure tells of most rows that they are data, before the words of all kinds are gathered.
        if len(words) < 2 or any(any(map(str.isdigit, word)) for word in words):
            return False
        if not all(
            word in FOREIGN or word in self.vocabulary.fields or word in headings_of_all() for word in words
        ):
            return False
        return not all(self.vocabulary.field_of(Heading(index, text)) for index, text in loose)

    def _is_example(self, loose: Loose) -> bool:
        """Whether a row shows how to fill in the sheet."""
        first = [text for index, text in loose if index in self.keys or index == loose[0][0]]
        if any(map(is_example, first)) or (self.people and any(map(ASKS.match, first))):
            return True
        return _is_anybody(loose) or _instructs([text for _index, text in loose])


def parts_of_section(text: str) -> list[str]:
    """What a section says, without how many it has: 3号楼 and 1单元 of 3号楼1单元（12户）."""
    bare = COUNTED.sub("", "".join(text.split()))
    parts = UNIT_OF_BUILDING.fullmatch(bare)
    return [parts[1], parts[2]] if parts else [bare or text]


def is_of_foot(text: str) -> bool:
    """Whether a cell alone is a day such as stands below a table, with the office that signs it or without."""
    return (
        DAY_OF_FOOT.fullmatch(text.strip()) is not None or OFFICE_AND_DAY.fullmatch(text.strip()) is not None
    )


def are_weekdays(words: Sequence[str]) -> bool:
    """Whether a row has nothing but days of the week."""
    return len(words) > 1 and all(map(WEEKDAY.fullmatch, words))


def _are_days(loose: Loose) -> bool:
    """Whether a row has nothing but days, which stand above columns; 3.5 is rather a number than a day."""
    words = [text.strip() for _index, text in loose]
    return len(words) > 1 and all(DAY_ALONE.fullmatch(word) and not NUMBER.fullmatch(word) for word in words)


def worded(text: str) -> tuple[str, str]:
    """What a section says, without the word that says it is one, and as it is written: 服务 and 服务类."""
    value = text.strip().rstrip(":：")
    return WORD_OF_SECTION.sub("", value), value


def reads(column: Column, cell: Cell) -> bool:
    """Whether a cell can be one of a column's."""
    try:
        column.field.parse(cell, column)
    except VolunteerError:
        return False
    return True


#: What a section row may say, by the field that it gives.
SECTIONS = {
    "building": SECTION_OF_BUILDING,
    "unit": SECTION_OF_UNIT,
    "grid": SECTION_OF_GRID,
    "date": SECTION_OF_DAY,
    "at": SECTION_OF_DAY,
    "team": SECTION_OF_TEAM,
    "kind": SECTION_OF_KIND,
}


def is_example(text: str) -> bool:
    """Whether a cell says, alone or in brackets, that its row is an example."""
    bare = text.strip()
    if EXAMPLE_OF.match(bare) or EXAMPLE.fullmatch(bare):
        return True
    # Few cells have a bracket, and what stands in it is dear to find.
    return not is_plainly_one(text) and EXAMPLE.fullmatch(remark_in(text)) is not None


def _instructs(words: Sequence[str]) -> bool:
    """Whether half of the cells of a row, and more than one, say how to fill them in."""
    instructions = sum(bool(INSTRUCTION.match(text)) for text in words)
    return instructions > 1 and instructions * 2 >= len(words)


def _is_anybody(loose: Loose) -> bool:
    """Whether a row is of 张三 with the number 13800000000: either may be somebody's, both are nobody's."""
    words = {text.strip().casefold() for _index, text in loose}
    return not words.isdisjoint(ANYBODY) and not words.isdisjoint(NOBODYS_PHONES)


def _may_be_alone(text: str) -> bool:
    """Whether a name without anything else in its row is so surely a person's that it is no section."""
    text = remark_free(text)
    if CHINESE_ONLY.fullmatch(text):
        return looks_like_person(text) and not text.endswith(PLACE_ENDINGS)
    words = text.split()
    if not 2 <= len(words) <= 4 or is_none(text):
        return "·" in text and looks_like_person(text)
    return all(word[:1].isupper() for word in words) and GROUP_WORDS.isdisjoint(text.casefold().split())


def _is_value(text: str) -> bool:
    """Whether a cell that stands alone is a number, a phone or a day rather than words."""
    return (
        is_blank(text) or sum(character.isdigit() for character in text) * 2 > len(text) or normal(text) == ""
    )
