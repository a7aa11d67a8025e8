"""From records to rows of values: which columns, in which order, how many, and masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.looking import looking
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.run import current_run, run
from volunteer_cli.core.text.cleaning import searched
from volunteer_cli.core.worded import Worded
from volunteer_cli.output.view import Column, Kind, View, pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from volunteer_cli.output.charts import Chart
    from volunteer_cli.output.options import OutputOptions

#: Kinds that say themselves how they are masked.
MASKED = frozenset({Kind.PHONE, Kind.ID_NUMBER, Kind.ADDRESS})
#: Digits that a phone number has at least.
LONG = 7
#: The fields of a record that are not shown for want of a reason.
NAMED_HIDDEN = Column("hidden", N_("Hidden"), Kind.LIST, table=False)
#: Where Chinese characters begin: whatever stands before them has letters, which have an order of their own.
CJK = "\u2e80"
#: Records read at a time: enough for one query, few enough to hold.
CHUNK = 1000


class Anew:
    """Records or rows that are made anew each time they are read, for they may be too many to hold."""

    def __init__(self, count: int, read: Callable[[], Iterator[Any]]) -> None:
        self.count = count
        self.read = read

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Any]:
        return self.read()


@dataclass(frozen=True)
class Rows:
    """Values by row and column, masked but not yet formatted; `values` may be read only once."""

    view: View
    columns: tuple[Column, ...]
    values: Iterable[tuple[Any, ...]]
    #: One record, shown whole.
    single: bool = False
    totals: bool = False
    #: Fields without a value may be left out where people read.
    sparse: bool = False
    #: Somebody asked for just these columns.
    whole: bool = False
    #: What they are of: whose, when, narrowed by what.
    about: tuple[str, ...] = ()
    #: A chart of the rows, for the formats that hold one.
    chart: Chart | None = None


#: The columns of which the first that there is names a record.
NAMING = ("name", "title", "number", "code", "slip", "person", "enterprise")


def titled(rows: Rows) -> tuple[str, Rows]:
    """What a page of rows is called, and the rows as it has them.

    The page of one record is called after it, and is without ids, which only commands take.
    """
    if not rows.single:
        return rows.view.heading, rows
    rows = replace(rows, values=list(rows.values))
    name = _name(rows)
    if name is None:
        return rows.view.heading, rows
    title = _("{title}: {value}").format(title=_(rows.view.record) or rows.view.heading, value=name)
    # Whose it is stands on it; what was typed to find it is nobody's business.
    return title, replace(rows if rows.whole else _without_ids(rows), about=rows.about[-1:])


def _name(rows: Rows) -> object:
    """What the one record is named by; nothing where it has no name, as a report has none."""
    names = [column.name for column in rows.columns]
    place = next((names.index(name) for name in NAMING if name in names), None)
    return next((row[place] for row in rows.values), None) if place is not None else None


def without_inner_ids(rows: Rows) -> Rows:
    """One record without the ids of what it belongs to, which no command takes; its own, and those of lists, stay.

    Whoever asks for fields, and every script, has them.
    """
    if not rows.single or rows.whole:
        return rows
    places = [place for place, column in enumerate(rows.columns) if not _is_inner(column)]
    return replace(
        rows,
        columns=tuple(rows.columns[place] for place in places),
        values=[tuple(_bare_list(row[place]) for place in places) for row in rows.values],
    )


def _is_inner(column: Column) -> bool:
    """Whether a column holds the id of another record; that of a household's person is named as they are."""
    return column.kind is Kind.ID and column.name.endswith("_id")


def _bare_list(value: Any) -> Any:
    if not isinstance(value, Rows):
        return value
    # The id of a membership or a stay is that of no thing: its list has it for scripts alone.
    places = [
        place
        for place, column in enumerate(value.columns)
        if not _is_inner(column) and not (column.kind is Kind.ID and not column.table)
    ]
    return replace(
        value,
        columns=tuple(value.columns[place] for place in places),
        values=[tuple(row[place] for place in places) for row in value.values],
    )


def _without_ids(rows: Rows) -> Rows:
    places = [place for place, column in enumerate(rows.columns) if column.kind is not Kind.ID]
    return replace(
        rows,
        columns=tuple(rows.columns[place] for place in places),
        values=[tuple(_bare(row[place]) for place in places) for row in rows.values],
    )


def _bare(value: Any) -> Any:
    return _without_ids(value) if isinstance(value, Rows) else value


def read(view: View, records: Iterable[Any], options: OutputOptions, session: Any, *, single: bool) -> Rows:
    """The rows of `records` that `options` asks for; takes no more records than are shown."""
    columns, reveal = chosen(view, options, single=single), bool(options.reveal)
    in_order = _asked_for(view, records, options, session, single=single)
    values = shown_values(columns, islice(in_order, options.limit), session, reveal=reveal)
    asked = bool(options.fields)
    return Rows(view, columns, values, single=single, sparse=not asked, whole=asked, about=options.about)


def _asked_for(
    view: View, records: Iterable[Any], options: OutputOptions, session: Any, *, single: bool
) -> Iterable[Any]:
    """The records that meet the condition, in their order: conditions first, for sorting reads them all."""
    reveal = bool(options.reveal)
    if options.where and not single:
        records = matching(view, records, options.where, session, reveal=reveal)
    return ordered(view, records, options.sort, session, single=single, reveal=reveal)


def _today() -> date:
    """The community's day; of a list that needs no database, such as the settings, the day of the machine."""
    current = run()
    return (current.clock if current.session else current.given.machine_clock).today


def matching(view: View, records: Iterable[Any], where: str, session: Any, *, reveal: bool) -> Iterator[Any]:
    """The records that meet a condition on what is shown of them.

    Raises:
        BadCondition, NotComparable, UnknownField: it cannot be read.
    """
    from volunteer_cli.output.conditions import condition

    view, today = view.completed(session), _today()
    asked = condition(where, available(view, single=False), today)
    names = [column.name for column in asked.columns]
    return (
        record
        for part in _chunks(records)
        for record, values in zip(
            part, shown_values(asked.columns, part, session, reveal=reveal), strict=True
        )
        if asked.holds(dict(zip(names, values, strict=True)))
    )


def available(view: View, *, single: bool) -> tuple[Column, ...]:
    """The columns that may be named: all of one record, of a list those that lists have.

    Where some are said in confidence, a last one names them.
    """
    columns = tuple(column for column in view.columns if single or not column.show_only)
    if not any(column.hidden for column in columns):
        return columns
    names = tuple(Worded(column.name, column.heading) for column in columns if column.hidden)
    return (*columns, replace(NAMED_HIDDEN, value=lambda _record: (), masked=lambda _record: names))


def chosen(view: View, options: OutputOptions, *, single: bool) -> tuple[Column, ...]:
    """The columns to show: those named, else all of one record or of JSON, else those of a table."""
    columns = available(view, single=single)
    if options.format and options.format.only_ids:
        return (pick(columns, view.identity),) if view.identity else ()
    if options.fields and tuple(options.fields) != ("all",):
        return tuple(pick(columns, name) for name in dict.fromkeys(options.fields))
    objects = bool(options.format and options.format.whole)
    columns = _unnamed(columns, objects=objects)
    if options.fields or single or objects:
        return columns
    return tuple(column for column in columns if column.table)


def _unnamed(columns: Iterable[Column], *, objects: bool) -> tuple[Column, ...]:
    """The columns that are shown where nobody names one: an object as a whole, or its parts beside each other."""
    left_out = attrgetter("part" if objects else "whole")
    current = current_run()
    abroad = current is not None and current.abroad and not objects
    return tuple(
        column
        for column in columns
        if not (column.only_named or left_out(column) or (abroad and column.at_home))
    )


def ordered(
    view: View,
    records: Iterable[Any],
    sort: str | None,
    session: Any,
    *,
    single: bool,
    reveal: bool = False,
) -> Iterable[Any]:
    """The records by field `sort` (`-field` downwards), unknown values last; as given without one."""
    if not sort:
        return records
    column = pick(available(view, single=single), sort.removeprefix("-"))
    if column.hidden and not reveal:
        # An order would tell what the values are.
        return records
    pairs = [
        pair for part in _chunks(records) for pair in zip(values_of(column, part, session), part, strict=True)
    ]
    return _sorted(column, pairs, downwards=sort.startswith("-"))


def _sorted(column: Column, pairs: Sequence[tuple[Any, Any]], *, downwards: bool) -> list[Any]:
    """Records by their values; of two ways to sort neither puts those first of which nothing is known."""
    unknown = [record for value, record in pairs if value is None]
    key_of = _key_of(column)
    keyed = [(key_of(value, record), record) for value, record in pairs if value is not None]
    # By the key alone: records do not compare. Sorting is stable, so equal ones stay in their order.
    keyed.sort(key=itemgetter(0), reverse=downwards)
    return [record for _key, record in keyed] + unknown


def _key_of(column: Column) -> Callable[[Any, Any], tuple[int, Any]]:
    """What the values of a column are ordered by, with the records that have them: words by their sound."""
    if column.kind is not Kind.TEXT:
        return lambda value, _record: sort_key(value)
    sound = f"{column.name}_pinyin"

    def key_of(value: Any, record: Any) -> tuple[Any, ...]:
        if not isinstance(value, str):
            return sort_key(value)
        # Where a record keeps the sound of its name, nobody needs to work it out for each of many.
        kept = None if value.isascii() else getattr(record, sound, None)
        return 2, kept if kept and value[0] >= CJK else _sound(value), value

    return key_of


def _sound(text: str) -> str:
    if text.isascii() or max(text) < CJK:
        return searched(text)
    from volunteer_cli.core.text.names import pinyin_of

    return searched(pinyin_of(text)[0])


def sort_key(value: Any) -> tuple[int, Any]:
    """What `value` is ordered by: numbers before dates before texts, each among their own."""
    if isinstance(value, tuple | list):
        return (4, tuple(sort_key(part) for part in value))
    if isinstance(value, int | float):
        return (0, value)
    if isinstance(value, Quantity):
        return (0, value.number)
    if isinstance(value, date):
        return (1, value.isoformat() if isinstance(value, datetime) else f"{value.isoformat()}T")
    return (2, str(value))


def values_of(column: Column, records: Sequence[Any], session: Any) -> list[Any]:
    """The column's value of each record."""
    if column.load:
        loaded = column.load(session, records)
        return [loaded.get(key, column.default) for key in _ids(records)]
    if column.value:
        return [column.value(record) for record in records]
    if records and isinstance(records[0], Mapping):
        return [record.get(column.name, column.default) for record in records]
    return list(map(attrgetter(column.name), records))


def shown_values(
    columns: Sequence[Column], records: Iterable[Any], session: Any, *, reveal: bool
) -> Iterator[tuple[Any, ...]]:
    """The values of the columns of each record, masked unless there is a reason to reveal them."""
    # In one place for all formats: what a table masks must not stand in a workbook.
    columns = columns if reveal else [_masked(column) for column in columns]
    for part in _chunks(records):
        yield from zip(*_by_column(columns, part, session, reveal=reveal), strict=True)


def _by_column(
    columns: Sequence[Column], part: Sequence[Any], session: Any, *, reveal: bool
) -> list[list[Any]]:
    # Several columns ask for the same figures of a record.
    with looking(session):
        return [
            _finished(column, values_of(column, part, session), part, session, reveal=reveal)
            for column in columns
        ]


def whole_and_shown(
    columns: Sequence[Column], records: Sequence[Any], session: Any
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Of each record its values, and what of them is shown to those who gave no reason; each is loaded once."""
    for part in _chunks(records):
        whole, shown = [], []
        for column in columns:
            values = values_of(column, part, session)
            whole.append(_finished(column, values, part, session, reveal=True))
            if column.hidden or column.masked:
                values = values_of(_masked(column), part, session)
            shown.append(_finished(_masked(column), values, part, session, reveal=False))
        yield from zip(zip(*whole, strict=True), zip(*shown, strict=True), strict=True)


def _finished(
    column: Column, values: list[Any], records: Sequence[Any], session: Any, *, reveal: bool
) -> list[Any]:
    change = _finisher(column, records[0], session, reveal=reveal)
    return [value and change(value) for value in values] if change else values


def _masked(column: Column) -> Column:
    """The column as those see it who gave no reason to see all of it."""
    if column.hidden:
        return replace(column, load=None, value=lambda _record: None)
    return replace(column, value=column.masked) if column.masked else column


def _finisher(column: Column, record: Any, session: Any, *, reveal: bool) -> Callable[[Any], Any] | None:
    if column.kind is Kind.ROWS:
        return lambda records: nested(column, records, session, reveal=reveal)
    if column.kind is Kind.JSON and column.view:
        return lambda values: _object(column, values, session, reveal=reveal)
    return None if reveal else _mask_of_model(column, record) or mask(column.kind)


def _mask_of_model(column: Column, record: Any) -> Callable[[Any], str] | None:
    """What hides a stored value that its model calls private, where the view has no word on it."""
    table = getattr(record, "__table__", None)
    if table is None or column.load or column.value or column.shown or column.kind in MASKED:
        return None
    from volunteer_cli.core.privacy import hidden, is_masked

    stored = table.columns.get(column.name)
    return (lambda value: hidden(str(value))) if stored is not None and is_masked(stored) else None


def mask(kind: Kind) -> Callable[[str], str] | None:
    """What hides a value of this kind from those who gave no reason to see it."""
    if kind is Kind.ADDRESS:
        return lambda _value: "*"
    if kind in (Kind.PHONE, Kind.ID_NUMBER):
        from volunteer_cli.core.text import mask_id_number, mask_phone

        return mask_phone if kind is Kind.PHONE else mask_id_number
    return _text if kind is Kind.TEXT else None


def _text(value: Any) -> Any:
    """A text as anybody may have written it: with the ends of the numbers that stand in it."""
    if not isinstance(value, str) or len(value) < LONG:
        return value
    from volunteer_cli.core.text import mask_digits

    # A code that lost its words here would be read as the code.
    if isinstance(value, Worded):
        return Worded(mask_digits(value), mask_digits(value.words))
    return mask_digits(value)


def nested(column: Column, records: Iterable[Any], session: Any, *, reveal: bool) -> Rows:
    """The rows within a cell; without a view of their own they are mappings and shown as they are."""
    rows = records if isinstance(records, Anew) else list(records)
    columns = (column.view or _view_of(column, rows)).columns
    values: Anew | list[tuple[Any, ...]] = Anew(
        len(rows), lambda: shown_values(columns, rows, session, reveal=reveal)
    )
    if not isinstance(rows, Anew):
        # What a query loads must be read while its session is open.
        values = list(values)
    return Rows(View(column.name, column.title or column.heading, columns), columns, values)


def _object(column: Column, values: Mapping[str, Any], session: Any, *, reveal: bool) -> dict[str, Any]:
    """The values of an object as the columns of its view show them."""
    (row,) = nested(column, [values], session, reveal=reveal).values
    assert column.view is not None  # noqa: S101 - only an object with a view comes here
    return {each.name: value for each, value in zip(column.view.columns, row, strict=True)}


def _view_of(column: Column, rows: Iterable[Mapping[str, Any]]) -> View:
    names = dict.fromkeys(name for row in rows for name in row)
    return View(column.name, column.title, tuple(Column(name) for name in names))


def _ids(records: Sequence[Any]) -> Iterator[Any]:
    # Records of one list are of one kind.
    is_mapping = bool(records) and isinstance(records[0], Mapping)
    return map(itemgetter("id") if is_mapping else attrgetter("id"), records)


def _chunks(records: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(records)
    while part := list(islice(source, CHUNK)):
        yield part
