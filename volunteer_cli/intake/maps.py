"""A map file: what a user wrote down about the columns of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from volunteer_cli.core.i18n import _, listed
from volunteer_cli.intake.cells import Cell
from volunteer_cli.intake.errors import BadMap
from volunteer_cli.intake.sheet import Sheet

#: What a map file may hold at the top, with the type of each.
KEYS: dict[str, type] = {
    "kind": str,
    "sheet": str,
    "sheet_name": str,
    "encoding": str,
    "header_row": int,
    "year": int,
    "date_order": str,
    "columns": dict,
    "defaults": dict,
    "constants": dict,
    "values": dict,
    "fill_down": list,
}
#: ISO 8601 and China, most of Europe, the United States.
ORDERS = ("ymd", "dmy", "mdy")


@dataclass(frozen=True)
class MapFile:
    """What a user wrote down about a file: see `docs/importing.md`.

    Attributes:
        columns: heading to field; an empty field means that the column is passed over.
        defaults: values for blank cells, by field.
        constants: values for every row, whatever the file has, by field.
        values: what words of a column mean, by field: "Mr." is male.
        sheet_name: the field that the name of the sheet is, where several are read.
        fill_down: fields whose blank cells repeat the cell above, as where merged cells were parted.
    """

    sheet: str | None = None
    sheet_name: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    year: int | None = None
    date_order: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, Cell] = field(default_factory=dict)
    constants: dict[str, Cell] = field(default_factory=dict)
    values: dict[str, dict[str, Cell]] = field(default_factory=dict)
    fill_down: list[str] = field(default_factory=list)


def read_map(path: Path, sheet: Sheet) -> MapFile:
    """The map file at `path`.

    Raises:
        BadMap: it is not there, no TOML, or names what does not exist.
    """
    values = _toml_of(path)
    for reason in _faults(values, sheet):
        raise BadMap(file=path, reason=reason)
    values.pop("kind", None)
    for part in ("defaults", "constants"):
        values[part] = _cells(values.get(part, {}))
    values["values"] = {name: _words(each) for name, each in values.get("values", {}).items()}
    return MapFile(**values)


def _words(values: dict[str, Any]) -> dict[str, Any]:
    # Spaces around a word are seen by nobody, in a cell and in a map.
    return _cells({word.strip(): value for word, value in values.items()})


def _toml_of(path: Path) -> dict[str, Any]:
    """What a file says in TOML; raises BadMap."""
    import tomllib

    try:
        # An editor of Windows may put a byte order mark before it, which TOML does not allow.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMap(file=path, reason=getattr(error, "strerror", None) or str(error)) from error


def _cells(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: Any) -> Any:
    """The value as a cell would hold it; a number is text, for one in a workbook may be a date."""
    return str(value) if isinstance(value, bool | int | float) else value


def _faults(values: dict[str, Any], sheet: Sheet) -> Iterator[str]:
    """What is wrong with a map, one sentence each."""
    yield from _wrong_keys(values)
    if values.get("kind", sheet.kind) != sheet.kind:
        yield _("it is for {kind}").format(kind=values["kind"])
    if values.get("date_order", "ymd") not in ORDERS:
        yield _("date_order is one of {orders}").format(orders=listed(ORDERS))
    yield from _no_words(values)
    yield from _unknown_fields(values, sheet)


def _no_words(values: dict[str, Any]) -> Iterator[str]:
    for name, words in values.get("values", {}).items():
        if not isinstance(words, dict):
            yield _("'{key}' has a value of the wrong type").format(key=f"values.{name}")


def _wrong_keys(values: dict[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if key not in KEYS:
            yield _("there is no key '{key}'; the keys are {keys}").format(key=key, keys=listed(KEYS))
        elif not isinstance(value, KEYS[key]):
            yield _("'{key}' has a value of the wrong type").format(key=key)


def _unknown_fields(values: dict[str, Any], sheet: Sheet) -> Iterator[str]:
    fields = listed(each.name for each in sheet.fields)
    for name in [
        *values.get("columns", {}).values(),
        *values.get("defaults", {}),
        *values.get("constants", {}),
        *values.get("values", {}),
        *values.get("fill_down", []),
        values.get("sheet_name", ""),
    ]:
        if name and sheet.field(name) is None:
            yield _("there is no field '{name}'; the fields are {fields}").format(name=name, fields=fields)
