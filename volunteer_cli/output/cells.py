"""One value as JSON holds it, as a script reads it, and as people read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, listed
from volunteer_cli.core.quantity import Quantity, number_of, quantity_of
from volunteer_cli.core.visible import harmless
from volunteer_cli.core.withheld import Withheld
from volunteer_cli.core.worded import Worded
from volunteer_cli.output.rows import Anew, Rows
from volunteer_cli.output.view import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

#: What begins a formula in the spreadsheets that there are (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@")
SEVERAL = (list, tuple, set, frozenset, Anew)
PARTED = (*SEVERAL, Mapping)
PLAIN = frozenset({str, int, float, bool, type(None)})


def guarded(text: str) -> str:
    """The text so that a spreadsheet reading it takes it for no formula; our importer undoes it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(value: Any, moment: Callable[[datetime], str] | None = None) -> Any:
    """The value as JSON holds it: ISO dates, enums as their values, rows as objects; never translated.

    `moment` writes a day with a time; without it that is the time on the wall, as in csv.
    """
    if type(value) in PLAIN:
        # Nearly all values are: asked first, a million cells cost half as much.
        return value
    if isinstance(value, Withheld):
        return None
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Rows):
        return [named(value, row) for row in value.values]
    if isinstance(value, Quantity):
        return [value.number, value.direction]
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(part, moment) for key, part in value.items()}
    if isinstance(value, SEVERAL):
        return [plain(part, moment) for part in in_order(value)]
    return moment(value) if moment is not None and type(value) is datetime else _simple(value)


def in_order(values: Any) -> Any:
    """Several values as they are given; of a set, which has no order, sorted, so that each run answers alike."""
    return sorted(values) if isinstance(values, set | frozenset) else values


def _moment(value: datetime | time) -> str:
    """ISO 8601 (GB/T 7408), to the minute where it was not kept more exactly."""
    exact = value.second or value.microsecond
    return value.isoformat(timespec="seconds" if exact else "minutes")


def _simple(value: Any) -> Any:
    if isinstance(value, datetime | time):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        # A number that knows how it was written; a script reads the number.
        return int(value) if isinstance(value, int) else float(value)
    if isinstance(value, Decimal):
        # What PostgreSQL answers for a sum of integers.
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def named(rows: Rows, row: tuple[Any, ...]) -> dict[str, Any]:
    """A row as a JSON object; moments say their offset."""
    return {
        column.name: plain(number_of(value) if column.kind is Kind.QUANTITY else value, _with_offset)
        for column, value in zip(rows.columns, row, strict=True)
    }


def _with_offset(moment: datetime) -> str:
    # Only rows with a day and a time in them pay for what knows zones.
    from volunteer_cli.core.offsets import with_offset

    return with_offset(moment)


def flat(column: Column, value: Any) -> Any:
    """The value as csv and tsv hold it: plain, lists joined by `; `, rows as their count."""
    if value is None or type(value) is int:
        return value
    if isinstance(value, Withheld):
        return value.sign
    text = value if type(value) is str else _flattened(column, value)
    return guarded(harmless(text)) if isinstance(text, str) else text


def _flattened(column: Column, value: Any) -> Any:
    if column.kind is Kind.ROWS:
        return _size(value)
    value = plain(number_of(value) if column.kind is Kind.QUANTITY else value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict) or column.kind is Kind.JSON:
        return _compact(value)
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _compact(value: Any) -> str:
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shown(column: Column, value: Any) -> str:
    """The value as people read it, on one line and in their language; for an unknown one what its column says."""
    if value is None:
        return _(column.blank)
    if isinstance(value, Withheld):
        return value.sign
    return harmless(WRITTEN.get(column.kind, written)(column, value))


def written(column: Column, value: Any) -> str:
    """A value of any kind by its type."""
    if isinstance(value, Worded):
        return value.words
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return str(_simple(value)).replace("T", " ")
    return _written_parts(column, value) if isinstance(value, PARTED) else str(plain(value))


def _written_parts(column: Column, value: Any) -> str:
    if isinstance(value, Mapping):
        return listed(_named(column, name, part) for name, part in value.items())
    return listed(_choice(column, part) for part in in_order(value))


def _named(column: Column, name: str, value: Any) -> str:
    """One field of an object as people read it: its title and its value."""
    title = (
        name.words if isinstance(name, Worded) and name.words else _(str(name).replace("_", " ").capitalize())
    )
    return _("{title}: {value}").format(title=title, value="—" if value is None else written(column, value))


def _choice(column: Column, value: Any) -> str:
    if isinstance(value, Worded):
        return value.words
    word = str(plain(value))
    return _((column.choices or {}).get(word, word))


def _minutes(_column: Column, value: int) -> str:
    from volunteer_cli.core.dates import format_minutes

    return format_minutes(value)


def _money(_column: Column, value: int) -> str:
    yuan, fen = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{yuan}.{fen:02}"


def _quantity(_column: Column, value: Any) -> str:
    sign = quantity_of(value).sign
    return f"{sign} {number_of(value)}" if sign else str(number_of(value))


def _number(_column: Column, value: float) -> str:
    if written := getattr(value, "written", ""):
        return str(written)
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float | Decimal) else str(value)


def _percent(_column: Column, value: float) -> str:
    return f"{value * 100:.1f}".removesuffix(".0") + "%"


def _rows(_column: Column, value: Any) -> str:
    return str(_size(value))


def _size(value: Any) -> int:
    return len(list(value.values if isinstance(value, Rows) else value))


def _json(column: Column, value: Any) -> str:
    return written(column, value) if isinstance(value, Mapping) else _compact(plain(value))


WRITTEN: dict[Kind, Callable[[Column, Any], str]] = {
    Kind.CHOICE: _choice,
    Kind.MINUTES: _minutes,
    Kind.MONEY: _money,
    Kind.QUANTITY: _quantity,
    Kind.NUMBER: _number,
    Kind.COUNT: _number,
    Kind.PERCENT: _percent,
    Kind.ROWS: _rows,
    Kind.JSON: _json,
}
