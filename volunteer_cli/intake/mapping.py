"""Which column brings which field, as headings and a map file say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
from functools import cached_property, cmp_to_key
from itertools import chain
from typing import Any

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import _, listed
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake.cells import Cell, is_blank, text_of
from volunteer_cli.intake.dated_headings import day_of_all, with_day_above
from volunteer_cli.intake.errors import (
    DaysWithoutYear,
    MissingColumn,
    MoneyOnly,
    MonthlyTotals,
    NoHeadings,
    PeopleAcross,
    ShiftsWithoutTimes,
    SideBySide,
    TimesMissing,
)
from volunteer_cli.intake.halves import parts_of_days, with_halves
from volunteer_cli.intake.headings import OURS, PRINTED, SIGNATURES, Heading, Vocabulary, normal
from volunteer_cli.intake.items import ItemsApart
from volunteer_cli.intake.locating import DATED, Located, counts_rows, texts
from volunteer_cli.intake.maps import MapFile
from volunteer_cli.intake.names import looks_like_person
from volunteer_cli.intake.rotas import SHIFTS, is_called_shift, rota_parts
from volunteer_cli.intake.sheet import Column, Fault, Field, Sheet
from volunteer_cli.intake.spans import Span
from volunteer_cli.intake.spreading import (
    Outline,
    day_in_brackets,
    has_times,
    spread_parts,
    with_days,
    with_times,
)
from volunteer_cli.intake.strays import FOREIGN, SECTIONS, Strays, parts_of_section, reads, worded
from volunteer_cli.intake.ticked import ticked_parts
from volunteer_cli.intake.titled import day_in_titles
from volunteer_cli.intake.unfolding import Part, Placed, Unfolding, makers_of, repeated_parts

#: How a remark gives the order of dates, in small letters without signs.
REMARKED = {"dmy": re.compile("d+m+y"), "mdy": re.compile("m+d+y")}
DATE_SIGNS = str.maketrans("年月日", "ymd")
#: The fields that say when.
TIMING = ("start", "end", "minutes")
#: Headings of columns of months, and of sums over many days.
MONTHS = frozenset({"月份", "年月", "所属月份", "统计月份", "month", "年度", "year", "季度", "quarter"})
OF_MONTH = re.compile(
    r"(?:(?:19|20)?\d\d年?)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:时长|工时|小时|时数)?|(?:第?[一二三四1-4]|上半|下半|全)(?:季度|年)|q[1-4]|"
    r"(?:累计|合计|总|年度|本月|当月|本期|本年|月度?)(?:服务|志愿|志愿服务|新增)?(?:时长|时数|工时|小时数?)|"
    # What a ledger carries over: 上期结余, 本月新增, 累计.
    r"(?:上期|上月|上年|年初|期初|期末|历年)(?:结余|余额|累计|结转|数)?(?:时长|工时)?|(?:本月|本期|本年)新增|累计|结余|openingbalance|carriedover|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|totalhours|hoursintotal"
)
#: Headings of how many people came to an event.
HEADCOUNTS = frozenset(
    (
        "人数",
        "参加人数",
        "参与人数",
        "志愿者人数",
        "服务人数",
        "到场人数",
        "出勤人数",
        "人次",
        "people",
        "headcount",
    )
)
#: Headings of sums of money, which may stand where goods should.
MONEY = frozenset(
    {
        "捐款金额",
        "捐赠金额",
        "捐款",
        "捐款数额",
        "善款",
        "善款金额",
        "金额",
        "捐资",
        "捐资金额",
        "amount",
        "sum",
        "donationamount",
    }
)
#: A day as a heading, which may lack its year, and its month too.
DAY_HEADING = re.compile(r"(?:(?:(?:19|20)\d\d\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*)?\d{1,2}\s*[日号]?")
#: How the names of teams end, where a sheet is called like one.
TEAMS = ("队", "队伍", "团", "组", "协会", "社", "team", "Team", "group", "Group")


@dataclass
class Mapping:
    """The columns of a located table and what each brings.

    Attributes:
        columns: column of the file to what it brings, from the left.
        also: columns that bring a field once more, to the same; blanks are filled from them.
        items: how a cell with several goods is parted into them.
        unfolding: how a row that holds several records is parted into them.
        constants: fields whose value is the same in every row, already parsed.
        defaults: values of blank cells by field, already parsed.
        unknown: headings that nobody knows.
        overruled: headings of fields for which the map file gives a value.
        counting: the column that counts the rows.
        headcount: the column that counts the people of each row.
        signature: the column in which those signed who came at the times above the table.
        spanned: fields that stand in one cell with others.
        ours: the columns that our own rejects file added, by name.
        details: fields whose value stands above the table.
        sectioned: fields that rows alone, among the first, give to those below them.
        titled: whether the title says one of them: 绿化队名单.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    also: dict[int, Column] = field(default_factory=dict)
    unfolding: Unfolding | None = None
    items: ItemsApart | None = None
    constants: dict[str, Any] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    unknown: list[Heading] = field(default_factory=list)
    overruled: list[Heading] = field(default_factory=list)
    counting: int | None = None
    headcount: int | None = None
    signature: int | None = None
    spanned: frozenset[str] = frozenset()
    ours: dict[str, int] = field(default_factory=dict)
    details: frozenset[str] = frozenset()
    sectioned: frozenset[str] = frozenset()
    titled: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """Heading to field, as the summary shows it."""
        fields: dict[str, str] = {}
        for index, column in sorted((self.columns | self.also).items()):
            # In a file without headings the first row may be a person's.
            heading = mask_digits(column.heading)
            name = heading if heading not in fields else f"{heading} ({index + 1})"
            fields[name] = column.field.name
        return fields

    @property
    def in_columns(self) -> frozenset[str]:
        """The names of the fields that columns bring."""
        return frozenset(column.field.name for column in self.columns.values())

    @property
    def mapped(self) -> frozenset[str]:
        """The names of all fields that get values, from columns or elsewhere."""
        return self.in_columns.union(self.constants, self.defaults, self.spanned, self.sectioned)

    @property
    def brought(self) -> frozenset[int]:
        """The columns of which something is kept."""
        return frozenset((*self.columns, *self.also))

    @cached_property
    def unreadable(self) -> list[str]:
        """Fields that stand above the table in a way that cannot be read: each row lacks them."""
        return [name for name, value in self.constants.items() if value.__class__ is Fault]

    def place_of(self, field: Field) -> int | None:
        """The column that brings a field, or the leftmost of its parts; None when there is none."""
        for names in ((field.name,), field.parts):
            for index, column in self.columns.items():
                if column.field.name in names:
                    return index
        return None

    def place_called(self, name: str) -> int | None:
        """The column that brings the field of that name; None when there is none."""
        places = (index for index, column in self.columns.items() if column.field.name == name)
        return next(places, None)

    def places(self, fields: Iterable[Field]) -> dict[str, int]:
        """The columns by the fields that they bring."""
        places = {each.name: self.place_of(each) for each in fields}
        return {name: place for name, place in places.items() if place is not None}

    @property
    def headings(self) -> dict[str, str]:
        """What the file calls its columns, by field."""
        return {column.field.name: column.heading for column in self.columns.values()}

    def heading_of(self, field: Field) -> str | None:
        """The heading of the column that brings a field."""
        place = self.place_of(field)
        return None if place is None else self.columns[place].heading


@dataclass(frozen=True)
class Mapper:
    """Finds the mapping of a file: its kind, its map file, and what holds for all of its columns."""

    file: str
    sheet: Sheet
    map: MapFile
    settings: dict[str, Any]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The headings that are known, those of the map file first."""
        of_sheet = Vocabulary.of(self.sheet.fields)
        of_map = {normal(heading): self.sheet.field(name) for heading, name in self.map.columns.items()}
        fields = {heading: each for heading, each in of_map.items() if each}
        return Vocabulary({**of_sheet.fields, **fields})

    def map_columns(self, located: Located) -> Mapping:
        """The mapping of a table.

        Raises:
            MissingColumn: a required field has no column.
            SideBySide: a required one has two.
            VolunteerError: a default or a constant cannot be read.
        """
        mapping = Mapping()
        self._enter_columns(mapping, located)
        self._count_once(mapping)
        self._count_people(mapping)
        self._put_in_constants(mapping, located)
        mapping.defaults = self._values(self.map.defaults)
        mapping.spanned = frozenset(self._spanned(mapping, located))
        mapping.sectioned = frozenset(self._in_sections(located))
        self._check(mapping, located)
        return mapping

    def _placed(self, mapping: Mapping, located: Located) -> list[Placed]:
        """The columns that bring a field; what the others are is noted in the mapping."""
        every = map(self._with_day, located.headings)
        headings = [heading for heading in every if not self._is_aside(mapping, heading, located)]
        mapping.unknown = [heading for heading in headings if self._field(heading) is None]
        return [Placed(heading, each) for heading in headings if (each := self._field(heading))]

    def _with_day(self, heading: Heading) -> Heading:
        """The heading with the day that it names above it, in sheets that may have a column a day."""
        if "date" not in self.sheet.across:
            return heading
        dated, name = with_day_above(heading, self._field), self._said(heading)
        # A map may say something else of the whole heading.
        as_said = name is None or (each := self._field(dated)) is None or each.name == name
        return dated if as_said else heading

    def _enter_columns(self, mapping: Mapping, located: Located) -> None:
        """Let each column bring its field: first it must be known of which columns a record is made."""
        placed = self._times_beside_days(self._placed(mapping, located), located)
        placed = self._times_of_shifts(mapping, located, placed)
        placed = self._unfolded(mapping, located, placed)
        placed = self._with_quantities(mapping, located, placed)
        for column in self._the_exact_first(placed):
            self._enter(mapping, column)
        mapping.columns = dict(sorted(mapping.columns.items()))
        mapping.unknown += _without_heading(located)
        if mapping.unfolding:
            read = mapping.unfolding.columns_read()
            mapping.unknown = [heading for heading in mapping.unknown if heading.index not in read]

    def _times_beside_days(self, placed: list[Placed], located: Located) -> list[Placed]:
        """The columns, of two for the day the one as the start whose cells are times of a day alone: 活动日期 and 活动时间."""
        start = self.sheet.field("start")
        days = [each for each in placed if each.field.name == "date"]
        if start is None or len(days) == 1:
            return placed
        column = self._column(start, start.title)
        timed = [each for each in days if _are_times(_cells_of(each.heading.index, located), column)]
        if len(timed) == len(days):
            return placed
        return [replace(each, field=start) if each in timed else each for each in placed]

    def _times_of_shifts(self, mapping: Mapping, located: Located, placed: list[Placed]) -> list[Placed]:
        """The columns, with that of shifts as the start, where it alone says when: 班次 over 早班 8:00-12:00.

        Its cells are times, or words of which the map says at what times they are.
        """
        has = {each.field.name for each in placed}
        if "date" not in self.sheet.across or not has.isdisjoint(TIMING):
            return placed
        start = self._column_called("start")
        for heading in located.headings:
            if normal(heading.text) in SHIFTS and self._say_when(_cells_of(heading.index, located), start):
                mapping.unknown = [each for each in mapping.unknown if each.index != heading.index]
                return [*placed, Placed(heading, start.field)]
        return placed

    def _say_when(self, cells: Iterable[Cell], start: Column) -> bool:
        """Whether most cells are a start and an end, or words that the map translates."""
        words = [text_of(cell).strip() for cell in cells if not is_blank(cell)]
        timed = sum(has_times(text, start) or text in (start.words or {}) for text in words)
        return timed * 2 > len(words)

    def _unfolded(self, mapping: Mapping, located: Located, placed: list[Placed]) -> list[Placed]:
        """The columns that are read of a record, where a row holds several."""
        mapping.unfolding = repeated_parts(self.sheet, placed, located.width)
        if mapping.unfolding:
            return self._repeated(mapping.unfolding, located, placed)
        outline = Outline(self.sheet, located, placed, mapping.unknown, self._column_called)
        spread = (
            rota_parts(outline, self.file)
            or ticked_parts(outline)
            or spread_parts(outline)
            or parts_of_days(outline)
        )
        if spread is None:
            return self._of_one_day(mapping, located, placed)
        mapping.unfolding, placed = spread
        mapping.unfolding.file = self.file
        return placed

    def _of_one_day(self, mapping: Mapping, located: Located, placed: list[Placed]) -> list[Placed]:
        """The columns, with one of the day that stands above all times, or in their headings: 签到（3月5日）."""
        day = day_of_all(placed) if "date" in self.sheet.across else None
        if day is None:
            return placed
        timed = {each.heading.index for each in placed if each.field.name in TIMING}
        one = Unfolding([Part({index: index for index in timed}, (day,))], located.width)
        dated = with_days(one, placed, located, self._column_called("date"))
        mapping.unfolding = None if dated is placed else one
        return dated

    def _repeated(self, unfolding: Unfolding, located: Located, placed: list[Placed]) -> list[Placed]:
        """The columns that are read where those of a record are repeated, with the days that stand above them."""
        first = unfolding.first_of(placed)
        if self.sheet.across[:1] != ("date",):
            return first
        timed = with_times(unfolding, first, located, self._column_called("start"))
        if timed is not first:
            return timed
        dated = with_days(unfolding, first, located, self._column_called("date"))
        return with_halves(unfolding, dated, located, self._column_called("work"))

    def _with_quantities(self, mapping: Mapping, located: Located, placed: list[Placed]) -> list[Placed]:
        """The columns, with one for the numbers that stand in the cells of the goods: 棉衣3件、书籍5套."""
        if "item" not in self.sheet.across or mapping.unfolding:
            return placed
        items, quantities = (_indexes_of(name, placed) for name in self.sheet.across)
        # Of two columns of goods, or of numbers, nobody can say which belongs to which.
        if len(items) != 1 or len(quantities) > 1:
            return placed
        quantity = quantities[0] if quantities else located.width
        mapping.items = ItemsApart(items[0], quantity, located.width)
        return placed if quantities else [*placed, self._behind(located, self.sheet.across[1])]

    def _behind(self, located: Located, name: str) -> Placed:
        """A column of that field behind the last one of the table."""
        each = self._column_called(name).field
        return Placed(Heading(located.width, _(each.title)), each)

    def _count_once(self, mapping: Mapping) -> None:
        """Let what counts once a row, such as its value, stand with the first of its records only."""
        once = [index for index, column in mapping.columns.items() if column.field.once]
        if mapping.items:
            mapping.items.once = once
        if mapping.unfolding:
            mapping.unfolding.once = once

    def _count_people(self, mapping: Mapping) -> None:
        """Know the column that counts the people of its row, where those of an event may stand in one cell."""
        counts = [each for each in mapping.unknown if normal(each.text) in HEADCOUNTS]
        if len(counts) == 1 and self.sheet.field("event"):
            mapping.headcount = counts[0].index
            mapping.unknown.remove(counts[0])

    def _column_called(self, name: str) -> Column:
        """A column that brings the field of that name."""
        each = next(each for each in self.sheet.fields if each.name == name)
        return self._column(each, each.title)

    def _is_aside(self, mapping: Mapping, heading: Heading, located: Located) -> bool:
        """Whether a column brings no field, and nobody needs to hear of it."""
        if self._field(heading) is not None:
            return False
        if normal(heading.text) in _OURS:
            mapping.ours[heading.text] = heading.index
            return True
        if normal(heading.text) in PRINTED:
            return True
        # A map file may name a heading and leave the field empty: the column is passed over.
        if self._said(heading) is not None:
            return True
        if counts_rows(heading, located.first_rows):
            mapping.counting = heading.index if mapping.counting is None else mapping.counting
            return True
        return False

    def _enter(self, mapping: Mapping, placed: Placed) -> None:
        """Let a column bring its field, the second field of its heading, or the same as another column."""
        heading, each = placed.heading, placed.field
        if each.name in self.map.constants:
            mapping.overruled.append(heading)
            return
        by_name = {column.field.name: column for column in mapping.columns.values()}
        if each.name in by_name:
            each = self._second(by_name[each.name], placed)
        columns = mapping.also if each.name in by_name else mapping.columns
        columns[heading.index] = self._column(each, heading.text, heading.remark)

    def _second(self, first: Column, placed: Placed) -> Field:
        """The field of the second column of a field: a phone has one of its own, a name must agree with the first."""
        each = placed.field
        if not each.unite:
            self._refuse_repetition(first, placed)
        return (self.sheet.field(each.second) if each.second else None) or each

    def _refuse_repetition(self, column: Column, placed: Placed) -> None:
        """Two tables side by side, or two services of one row, must not be taken for one."""
        first = Placed(Heading(0, column.heading), column.field)
        if placed.field.name in makers_of(self.sheet) and placed.bare == first.bare:
            raise SideBySide(file=self.file, heading=placed.heading.text.strip())

    def _the_exact_first(self, placed: Iterable[Placed]) -> list[Placed]:
        """The columns, of several that bring one field the one first whose heading says it more exactly."""
        by_field: dict[str, list[Placed]] = {}
        for each in placed:
            by_field.setdefault(each.field.name, []).append(each)
        columns = (sorted(each, key=cmp_to_key(self._exactness)) for each in by_field.values())
        return list(chain.from_iterable(columns))

    def _exactness(self, one: Placed, other: Placed) -> int:
        """Below zero where `one` goes first: what the map file names, 服务日期 before 日期, 姓名 before 志愿者."""
        from_the_left = one.heading.index - other.heading.index
        if one.field.second:
            return from_the_left
        by_map = bool(self._said(other.heading)) - bool(self._said(one.heading))
        return by_map or _length_beyond(one, other) or one.rank - other.rank or from_the_left

    def _field(self, heading: Heading) -> Field | None:
        """The field of a heading: as the map file says, word for word, or as the headings of the kind."""
        name = self._said(heading)
        return self.vocabulary.field_of(heading) if name is None else self.sheet.field(name)

    def _said(self, heading: Heading) -> str | None:
        """What the map file says of a heading; None when it says nothing."""
        columns = self.map.columns
        return columns.get(heading.text, columns.get(heading.text.strip()))

    def strays(self, mapping: Mapping, located: Located) -> Strays:
        """What tells rows of a table that are no records of the kind."""
        key = next((each for each in self.sheet.fields if each.required), None)
        columns = {index: column.field.name for index, column in mapping.columns.items()}
        names = (key.name, *key.parts) if key else ()
        keys = _bringing(names, columns)
        return Strays(
            self.file,
            self.sheet,
            self.vocabulary,
            columns,
            self._section_columns(mapping).get,
            keys=mapping.unfolding.sources_of(keys) if mapping.unfolding else keys,
            numbers=_bringing(key.unless if key else (), columns),
            people=bool(key and key.remark),
            in_parts=len(keys) > 1,
            signature=mapping.signature,
            labels=self._labels(mapping, located),
            titled=mapping.titled,
            spanned=mapping.spanned,
        )

    def _labels(self, mapping: Mapping, located: Located) -> dict[str, str | None]:
        """What a label below the headings gives to the rows under it, by its normal form.

        A label that stands above the table too says something new of what follows; another one that could give
        a value is no more than a remark (日期：… at a foot), so that nothing may follow it: None.
        """
        has = mapping.in_columns.union(self.map.constants)
        free = {each.name for each in self.sheet.fields if each.above} - has
        labels: dict[str, str | None] = {
            form: None for form, each in self.vocabulary.fields.items() if each.name in free
        }
        for label in located.details:
            each = self._field(Heading(0, label))
            if each and each.name in free:
                labels[normal(label)] = each.name
        return labels

    def _section_columns(self, mapping: Mapping) -> dict[str, Column]:
        """How the values of section rows are read, by the fields of the kind."""
        free = [each.name for each in self.sheet.fields if each.above and each.name not in self.map.constants]
        names = {*free, *(name for name in SECTIONS if name not in mapping.constants)}
        # A writer of hours looks for teams only where it was told that there are some.
        names -= {"team"} - mapping.mapped
        fields = map(self.sheet.field, names)
        return {each.name: self._column(each, each.title) for each in fields if each}

    def fits(self, located: Located) -> bool:
        """Whether a table has all columns that are required."""
        try:
            self.map_columns(located)
        except VolunteerError:
            return False
        return True

    def _column(self, each: Field, heading: str, remark: str = "") -> Column:
        # What somebody wrote down for the whole file goes before what a heading says.
        order = self.settings.get("order") or order_said(remark)
        settings = {**self.settings, "order": order}
        words = self.map.values.get(each.name, {})
        fills = each.name in self.map.fill_down
        return Column(each, heading, remark=remark, words=words, fills_down=fills, **settings)

    def _values(self, values: dict[str, Cell]) -> dict[str, Any]:
        parsed = {}
        for name, cell in values.items():
            if each := self.sheet.field(name):
                parsed[name] = each.parse(cell, self._column(each, name))
        return parsed

    def _details(self, located: Located, mapping: Mapping) -> dict[str, Any]:
        """Values of loose cells above the table, where the table has no column for them."""
        details: dict[str, Any] = {}
        for label, text in located.details.items():
            each = self._of_day(self._field(Heading(0, label)))
            if (
                each
                and each.above
                and each.name not in details
                and not self._is_in_rows(each, mapping, located)
            ):
                details[each.name] = _parse_detail(each, text, self._column(each, label))
        return self._with_times(located, mapping, self._of_rows(details))

    def _of_day(self, each: Field | None) -> Field | None:
        """The field of a label: times that stand above a table, 时间：2025年3月5日, are those of its day."""
        if each is None or each.above or "date" not in each.fills:
            return each
        return self.sheet.field("date")

    def _put_in_constants(self, mapping: Mapping, located: Located) -> None:
        """Give the mapping what holds for all rows: what stands above them, the sheet's name, what the map says."""
        details = self._details(located, mapping)
        details |= self._of_sheet(located, mapping, details)
        of_title = self._of_title(located, mapping, details)
        of_title |= self._day_of_title(located, mapping, {*details, *of_title})
        mapping.titled = bool(of_title)
        details |= of_title
        mapping.details = frozenset(details)
        mapping.constants = details | self._values(self.map.constants)

    def _of_sheet(self, located: Located, mapping: Mapping, details: Collection[str]) -> dict[str, Any]:
        """What the name of the sheet says of its rows, where they do not say it themselves."""
        name = (located.table.sheet or "").strip()
        if not located.named or not name:
            return {}
        has = mapping.in_columns.union(details)
        # A beginning says the day too.
        has |= {"date"} if "start" in has else set()
        for each in self._fields_of_names():
            value = _parse_detail(each, name, self._column(each, each.title))
            if each.name not in has and value.__class__ is not Fault and _fits_name(each, name):
                return {each.name: value}
        return {}

    def _of_title(self, located: Located, mapping: Mapping, has: Collection[str]) -> dict[str, Any]:
        """The team in whose list people stand, where only the title says it: 绿化队队员名单."""
        each = self.sheet.field("team")
        if each is None or not each.required or each.name in {*mapping.mapped, *has}:
            return {}
        titles = [text for text in located.title.split("\n") if SECTIONS[each.name].fullmatch(text)]
        # Two titles may be an association and its team: nobody can tell which of them is meant.
        return {each.name: worded(titles[0])[0]} if len(titles) == 1 else {}

    def _day_of_title(self, located: Located, mapping: Mapping, has: Collection[str]) -> dict[str, Any]:
        """The day, where only the title says it, with the times where the table has signatures and no times of its own."""
        each = self.sheet.field("date") or self.sheet.field("at")
        if each is None or not each.above or not {each.name, "start"}.isdisjoint(has):
            return {}
        if self._is_dated(each, mapping, located):
            return {}
        text = day_in_titles(located.titles)
        value = _parse_detail(each, text, self._column(each, each.title)) if text else None
        if value is None or value.__class__ is Fault:
            return {}
        return self._with_times(located, mapping, {each.name: value})

    def _is_dated(self, each: Field, mapping: Mapping, located: Located) -> bool:
        """Whether a column, or what the map gives, says the day: a column of times may have it too."""
        elsewhere = {*mapping.mapped, *self.map.constants, *self.map.defaults} - mapping.in_columns
        return each.name in elsewhere or self._is_in_rows(each, mapping, located)

    def _is_in_rows(self, each: Field, mapping: Mapping, located: Located) -> bool:
        """Whether a column brings a field, and not a part of it only: of a moment the time without its day."""
        place = mapping.place_called(each.name)
        if place is None or each.completed is None:
            return place is not None
        return not _are_times(_cells_of(place, located), mapping.columns[place])

    def _fields_of_names(self) -> list[Field]:
        """The fields that the name of a sheet may be: what the map says, else day, building, grid, team, what is needed."""
        if self.map.sheet_name:
            return [each for each in self.sheet.fields if each.name == self.map.sheet_name]
        needed = [each.name for each in self.sheet.fields if each.required and each.above]
        names = dict.fromkeys(("date", *SECTIONS, "team", *needed))
        return [each for name in names if (each := self.sheet.field(name)) and each.above]

    def _of_rows(self, details: dict[str, Any]) -> dict[str, Any]:
        """The details without those that would mean somebody else: the phone of the office, where no name stands."""
        beside = {each.name: each.beside for each in self.sheet.fields if each.beside}
        return {name: value for name, value in details.items() if beside.get(name, name) in details}

    def _with_times(self, located: Located, mapping: Mapping, details: dict[str, Any]) -> dict[str, Any]:
        """The details with the times of the activity where the table has signatures and no times of its own."""
        span = details.get("date")
        if span.__class__ is not Span:
            return details
        mapping.signature = self._signature(located, mapping)
        if mapping.signature is None:
            return details | {"date": span.date}
        mapping.columns.pop(mapping.signature, None)
        return details | span._asdict()

    def _signature(self, located: Located, mapping: Mapping) -> int | None:
        """The column in which people signed, where no column has times or lengths."""
        timing = {index: column for index, column in mapping.columns.items() if column.field.name in TIMING}
        signatures = _signature_columns(located)
        if not signatures or not signatures.issuperset(timing):
            return None
        index = min(signatures)
        # 签到 is a heading of times too: where times stand under it, nobody signed there.
        if index in timing and _reads_any(timing[index], _cells_of(index, located)):
            return None
        mapping.unknown = [heading for heading in mapping.unknown if heading.index not in signatures]
        return index

    def _spanned(self, mapping: Mapping, located: Located) -> set[str]:
        """The fields that stand in one cell with others, as the first rows show."""
        spanned = set()
        for index, column in mapping.columns.items():
            cells = _cells_of(index, located)
            if column.field.fills and any(has_times(cell, column) for cell in cells):
                spanned |= set(column.field.fills)
        return spanned

    def _check(self, mapping: Mapping, located: Located) -> None:
        has = set(mapping.mapped)
        has |= {each.name for each in self.sheet.fields if each.parts and has >= set(each.parts)}
        for names in self._required(located):
            if has.isdisjoint(names):
                raise self._missing(names, located, has)

    def _required(self, located: Located) -> Iterator[Sequence[str]]:
        """The fields of which one each must be there."""
        yield from ((each.name, *each.unless) for each in self.sheet.fields if each.required)
        yield from self.sheet.one_of
        # What stands beside a month without a day is a total of it.
        of_months = any(normal(heading.text) in MONTHS for heading in located.headings)
        if of_months and "date" in self.sheet.across:
            yield ("date", "start")

    def _in_sections(self, located: Located) -> set[str]:
        """The fields that rows alone, among the first, give to those below them."""
        rows = (texts(cells) for _number, cells in located.first_rows)
        lone = [part for row in rows if len(row) == 1 for part in parts_of_section(row[0][1])]
        return {
            name
            for name, pattern in SECTIONS.items()
            if self.sheet.field(name) and any(map(pattern.fullmatch, lone))
        }

    def _other_columns(self, located: Located) -> VolunteerError | None:
        """What refuses a table whose columns are sums over many days, or days of which the year is not known."""
        totals = [heading.text.strip() for heading in located.headings if is_of_month(heading.text)]
        if totals:
            return MonthlyTotals(file=self.file, headings=listed(totals))
        days = [heading.text.strip() for heading in located.headings if looks_like_day(heading.text)]
        # A day with its year is no heading without one, but a cell of a table that has no headings.
        dated = any(DATED.match(day) for day in days)
        return DaysWithoutYear(file=self.file, headings=listed(days)) if len(days) > 1 and not dated else None

    def _shown(self, located: Located) -> list[str]:
        """The headings that a message may name: what nobody knows may be a row of data, with somebody's name in it."""
        texts = [heading.text.strip() for heading in located.headings]
        known = [text for text in texts if self._field(Heading(0, text)) or normal(text) in FOREIGN]
        return known if any(_may_be_value(text) for text in texts if text not in known) else texts

    def _missing(self, names: Sequence[str], located: Located, has: Collection[str]) -> VolunteerError:
        """The refusal of a table without any of these fields, with the headings that it has."""
        if "date" in self.sheet.across and (refusal := self._other_columns(located)):
            return refusal
        if "item" in names and (sums := _sums_of_money(located)):
            return MoneyOnly(file=self.file, headings=listed(sums))
        # What is no heading may be somebody's number: a table without headings shows its first row here.
        headings = listed(mask_digits(text) for text in self._shown(located))
        error = _missing_of(names, located, has) or (MissingColumn if headings else NoHeadings)
        return error(
            file=self.file,
            field=self._titles(names),
            found=headings or _("none that is known"),
            kind=self.sheet.kind,
        )

    def _titles(self, names: Sequence[str]) -> str:
        return _(" or ").join(_(each.title) for each in self.sheet.fields if each.name in names)


def _missing_of(names: Sequence[str], located: Located, has: Collection[str]) -> type[MissingColumn] | None:
    """The refusal that says what the layout is, where one does; None for all others."""
    if "minutes" in names and _are_on_duty(located):
        return ShiftsWithoutTimes
    if "date" in has and _are_times_of_days(names):
        return TimesMissing
    return PeopleAcross if "name" in names and _people_across(located) else None


def _are_times_of_days(names: Sequence[str]) -> bool:
    """Whether a start or an end is missing, and no length would do in its place."""
    return not {"start", "end"}.isdisjoint(names) and "minutes" not in names


def _are_on_duty(located: Located) -> bool:
    """Whether the columns are shifts, or one of them says in which shift somebody was."""
    headings = [heading.text for heading in located.headings]
    return any(normal(text) in SHIFTS or is_called_shift(text) for text in headings)


def _people_across(located: Located) -> bool:
    """Whether people stand side by side above the columns, where each has a row in other tables."""
    people = [heading for heading in located.headings if looks_like_person(heading.text.strip())]
    # A row of data in the place of headings has one name, or two in halves side by side, and a number beside each.
    return len(people) > 1 and not any(map(_has_digit, located.headings))


def _has_digit(heading: Heading) -> bool:
    return any(map(str.isdigit, heading.text))


def _may_be_value(text: str) -> bool:
    """Whether what stands among headings is rather a name, an address or a number."""
    words = text.split()
    is_titled = len(words) > 1 and all(word[:1].isupper() for word in words)
    return is_titled or looks_like_person(text) or any(map(str.isdigit, text))


def _sums_of_money(located: Located) -> list[str]:
    """The headings of columns with money."""
    return [heading.text.strip() for heading in located.headings if normal(heading.text) in MONEY]


def looks_like_day(text: str) -> bool:
    """Whether a heading is a day, with its year or without it (3月5日, 3/5), or even without its month (5日)."""
    return DAY_HEADING.fullmatch(text.strip()) is not None or day_in_brackets(text) is not None


def _signature_columns(located: Located) -> set[int]:
    return {heading.index for heading in located.headings if normal(heading.text) in SIGNATURES}


def _indexes_of(name: str, placed: Iterable[Placed]) -> list[int]:
    """The columns that bring a field."""
    return [each.heading.index for each in placed if each.field.name == name]


def _are_times(cells: Iterable[Cell], column: Column) -> bool:
    """Whether cells hold times of a day without the day; blanks say nothing, and rows below a table may not either."""
    read = [_time_in(cell, column) for cell in cells if not is_blank(cell)]
    return bool(read) and sum(read) * 2 > len(read)


def _time_in(cell: Cell, column: Column) -> bool:
    try:
        value = column.field.parse(cell, column)
    except VolunteerError:
        return False
    return value.date is None if value.__class__ is Span else value.__class__ is time


def _without_heading(located: Located) -> list[Heading]:
    """Columns that have cells in rows of the table and nothing above them, each by its letter: (D)."""
    headed = {heading.index for heading in located.headings}
    rows = [texts(cells) for _number, cells in located.first_rows]
    filled = Counter(index for row in rows if len(row) > 1 for index, _text in row)
    nameless = [Heading(index, "") for index in sorted(filled) if index not in headed]
    counts = {each.index for each in nameless if counts_rows(each, located.first_rows)}
    return [
        Heading(each.index, f"({letter_of(each.index)})") for each in nameless if each.index not in counts
    ]


def letter_of(index: int) -> str:
    """The letters by which spreadsheets call a column, counted from 0: A, Z, AA."""
    before, place = divmod(index, 26)
    return (letter_of(before - 1) if before else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


def _bringing(names: Sequence[str], columns: dict[int, str]) -> frozenset[int]:
    """The columns that bring one of these fields."""
    return frozenset(index for index, name in columns.items() if name in names)


def _cells_of(index: int, located: Located) -> list[Cell]:
    """The first cells of a column; a row may be shorter than the table."""
    return [cells[index] for _number, cells in located.first_rows if index < len(cells)]


def _length_beyond(one: Placed, other: Placed) -> int:
    """How much longer the other heading is, where one of the two holds the other."""
    name, other_name = normal(one.heading.text), normal(other.heading.text)
    if name in other_name or other_name in name:
        return len(other_name) - len(name)
    return 0


def _reads_any(column: Column, cells: Iterable[Cell]) -> bool:
    """Whether one of the cells that are not blank can be read."""
    return any(reads(column, cell) for cell in cells if not is_blank(cell))


def order_said(remark: str) -> str | None:
    """The order of day and month that a heading gives in brackets: dmy for dd/mm/yyyy; None where it gives none."""
    signs = normal(remark).translate(DATE_SIGNS)
    return next((order for order, pattern in REMARKED.items() if pattern.match(signs)), None)


def _fits_name(each: Field, name: str) -> bool:
    """Whether the name of a sheet looks like a value of a field that takes any text."""
    if each.name == "team":
        return each.required or name.endswith(TEAMS)
    pattern = SECTIONS.get(each.name)
    return each.name == "date" or pattern is None or pattern.fullmatch(name.replace(" ", "")) is not None


def is_of_month(heading: str) -> bool:
    """Whether a heading is that of months, or of totals over many days."""
    name = normal(heading)
    return name in MONTHS or OF_MONTH.fullmatch(name) is not None


_OURS = frozenset(normal(each) for each in OURS)


def _parse_detail(each: Field, text: str, column: Column) -> Any:
    """The value of a loose cell, or what is at fault; a time may follow the day: 2024年3月5日 9:00-11:00."""
    faults: list[VolunteerError] = []
    for attempt in _attempts(text):
        try:
            return each.parse(attempt, column)
        except VolunteerError as error:
            faults.append(error)
    return Fault(faults[0])


def _attempts(text: str) -> Iterable[str]:
    """A text and its beginnings, the longest first: 2024年3月5日上午（周二） is a day, with more said of it."""
    yield text
    words = re.split(r"[\s(（,，;；]+", text)
    yield from (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    yield from (text.partition(mark)[0] for mark in ("上午", "下午", "晚上", "上", "下") if mark in text)
    yield from ("".join(text.partition(mark)[:2]) for mark in ("日", "号", "號") if mark in text)
