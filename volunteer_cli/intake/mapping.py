"""Which column brings which field, as headings and a map file say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import _, listed
from volunteer_cli.intake.cells import Cell
from volunteer_cli.intake.errors import BadMap, MissingColumn, SideBySide
from volunteer_cli.intake.headings import OURS, Heading, Vocabulary, normal
from volunteer_cli.intake.locating import Located, counts_rows
from volunteer_cli.intake.sheet import Column, Fault, Field, Sheet
from volunteer_cli.intake.summary import mask_digits

#: What a map file may hold at the top, with the type of each.
KEYS: dict[str, type] = {
    "kind": str,
    "sheet": str,
    "encoding": str,
    "header_row": int,
    "year": int,
    "date_order": str,
    "columns": dict,
    "defaults": dict,
    "constants": dict,
}
ORDERS = ("ymd", "dmy", "mdy")
#: How a remark gives the order of dates, in small letters without signs.
REMARKED = {"dmy": re.compile("d+m+y"), "mdy": re.compile("m+d+y")}
DATE_SIGNS = str.maketrans("年月日", "ymd")


@dataclass(frozen=True)
class MapFile:
    """What a user wrote down about a file: see `docs/importing.md`.

    Attributes:
        columns: heading to field; an empty field means that the column is passed over.
        defaults: values for blank cells, by field.
        constants: values for every row, whatever the file has, by field.
    """

    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    year: int | None = None
    date_order: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Cell] = field(default_factory=dict)
    constants: dict[str, Cell] = field(default_factory=dict)


def read_map(path: Path, sheet: Sheet) -> MapFile:
    """The map file at `path`.

    Raises:
        BadMap: it is not there, no TOML, or names what does not exist.
    """
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMap(file=path, reason=getattr(error, "strerror", None) or str(error)) from error
    for reason in _faults(values, sheet):
        raise BadMap(file=path, reason=reason)
    values.pop("kind", None)
    for part in ("defaults", "constants"):
        values[part] = {name: _cell(value) for name, value in values.get(part, {}).items()}
    return MapFile(**values)


def _cell(value: Any) -> Any:
    return str(value) if isinstance(value, bool | int | float) else value


def _faults(values: dict[str, Any], sheet: Sheet) -> Iterator[str]:
    """What is wrong with a map, one sentence each."""
    for key, value in values.items():
        if key not in KEYS:
            yield _("there is no key '{key}'; the keys are {keys}").format(key=key, keys=listed(KEYS))
        elif not isinstance(value, KEYS[key]):
            yield _("'{key}' has a value of the wrong type").format(key=key)
    if values.get("kind", sheet.kind) != sheet.kind:
        yield _("it is for {kind}").format(kind=values["kind"])
    if values.get("date_order", "ymd") not in ORDERS:
        yield _("date_order is one of {orders}").format(orders=listed(ORDERS))
    yield from _unknown_fields(values, sheet)


def _unknown_fields(values: dict[str, Any], sheet: Sheet) -> Iterator[str]:
    fields = listed(each.name for each in sheet.fields)
    for name in [
        *values.get("columns", {}).values(),
        *values.get("defaults", {}),
        *values.get("constants", {}),
    ]:
        if name and sheet.field(name) is None:
            yield _("there is no field '{name}'; the fields are {fields}").format(name=name, fields=fields)


@dataclass
class Mapping:
    """The columns of a located table and what each brings.

    Attributes:
        columns: column of the file to what it brings, from the left.
        constants: fields whose value is the same in every row, already parsed.
        defaults: values of blank cells by field, already parsed.
        unknown: headings that nobody knows.
        counting: the column that counts the rows.
        ours: the columns that our own rejects file added, by name.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    unknown: list[Heading] = field(default_factory=list)
    counting: int | None = None
    ours: dict[str, int] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, str]:
        """Heading to field, as the summary shows it."""
        shown: dict[str, str] = {}
        for index, column in self.columns.items():
            name = column.heading if column.heading not in shown else f"{column.heading} ({index + 1})"
            shown[name] = column.field.name
        return shown

    @property
    def mapped(self) -> frozenset[str]:
        """The names of all fields that get values, from columns or elsewhere."""
        return frozenset(
            {column.field.name for column in self.columns.values()} | set(self.constants) | set(self.defaults)
        )

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
        known = Vocabulary.of(self.sheet.fields)
        said = {
            normal(heading): found
            for heading, name in self.map.columns.items()
            if (found := self.sheet.field(name))
        }
        return Vocabulary({**known.fields, **said})

    def map_columns(self, located: Located) -> Mapping:
        """The mapping of a table.

        Raises:
            MissingColumn: a required field has no column.
            SideBySide: a required one has two.
            VolunteerError: a default or a constant cannot be read.
        """
        mapping = Mapping()
        for heading in located.headings:
            self._place(mapping, heading, located)
        mapping.constants = self._details(located, mapping) | self._values(self.map.constants)
        mapping.defaults = self._values(self.map.defaults)
        self._check(mapping, located)
        return mapping

    def _place(self, mapping: Mapping, heading: Heading, located: Located) -> None:
        found = self._field(heading)
        if found is None and normal(heading.text) in _OURS:
            mapping.ours[heading.text] = heading.index
            return
        if found is None and self._said(heading) is not None:
            return
        if found is None and counts_rows(heading, located.first_rows):
            mapping.counting = heading.index if mapping.counting is None else mapping.counting
            return
        if found and any(column.field.name == found.name for column in mapping.columns.values()):
            found = self._second(mapping, found)
        if found is None or found.name in self.map.constants:
            self._refuse_repetition(mapping, heading)
            mapping.unknown.append(heading)
        else:
            mapping.columns[heading.index] = self._column(found, heading.text, heading.remark)

    def _refuse_repetition(self, mapping: Mapping, heading: Heading) -> None:
        """Two tables side by side must not lose the people of the second."""
        same = self._field(heading)
        for column in mapping.columns.values():
            if (
                same
                and same.required
                and same == column.field
                and normal(heading.text) == normal(column.heading)
            ):
                raise SideBySide(file=self.file, heading=heading.text.strip())

    def _field(self, heading: Heading) -> Field | None:
        """The field of a heading: as the map file says, word for word, or as the headings of the kind."""
        said = self._said(heading)
        return self.vocabulary.field_of(heading) if said is None else self.sheet.field(said)

    def _said(self, heading: Heading) -> str | None:
        """What the map file says of a heading; None when it says nothing."""
        columns = self.map.columns
        return columns.get(heading.text, columns.get(heading.text.strip()))

    def fits(self, located: Located) -> bool:
        """Whether a table has all columns that are required."""
        try:
            self.map_columns(located)
        except VolunteerError:
            return False
        return True

    def _second(self, mapping: Mapping, first: Field) -> Field | None:
        second = self.sheet.field(first.second) if first.second else None
        taken = second and any(column.field.name == second.name for column in mapping.columns.values())
        return None if taken else second

    def _column(self, found: Field, heading: str, remark: str = "") -> Column:
        settings = {**self.settings, "order": self.settings.get("order") or order_said(remark)}
        return Column(found, heading, remark=remark, **settings)

    def _values(self, values: dict[str, Cell]) -> dict[str, Any]:
        parsed = {}
        for name, cell in values.items():
            if found := self.sheet.field(name):
                parsed[name] = found.parse(cell, self._column(found, name))
        return parsed

    def _details(self, located: Located, mapping: Mapping) -> dict[str, Any]:
        """Values of loose cells above the table, where the table has no column for them."""
        found: dict[str, Any] = {}
        has = {column.field.name for column in mapping.columns.values()}
        for label, text in located.details.items():
            each = self._field(Heading(0, label))
            if each and each.above and each.name not in has | set(found):
                found[each.name] = _parse_detail(each, text, self._column(each, label))
        return found

    def _check(self, mapping: Mapping, located: Located) -> None:
        has = set(mapping.mapped)
        has |= {each.name for each in self.sheet.fields if each.parts and has >= set(each.parts)}
        wanted = [(each.name,) for each in self.sheet.fields if each.required] + list(self.sheet.one_of)
        for names in wanted:
            if not has & set(names):
                titles = [_(each.title) for each in self.sheet.fields if each.name in names]
                raise MissingColumn(
                    file=self.file,
                    field=_(" or ").join(titles),
                    found=listed(mask_digits(heading.text.strip()) for heading in located.headings)
                    or _("none"),
                )


def order_said(remark: str) -> str | None:
    """The order of day and month that a heading gives in brackets: dmy for dd/mm/yyyy; None where it gives none."""
    said = normal(remark).translate(DATE_SIGNS)
    return next((order for order, pattern in REMARKED.items() if pattern.match(said)), None)


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
    yield text
    words = re.split(r"[\s(（,，;；]+", text)
    yield from (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    for mark in ("上午", "下午", "晚上", "上", "下"):
        if mark in text:
            yield text.partition(mark)[0]
    for mark in ("日", "号", "號"):
        if mark in text:
            yield "".join(text.partition(mark)[:2])
