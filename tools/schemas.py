"""What the JSON of every command looks like, made from the views that commands show: `docs/schemas.json`, or `--check`.

python tools/schemas.py [--check]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from inspect import isfunction, unwrap
from itertools import count
from pathlib import Path
from typing import Any

from typer import Context

from volunteer_cli.app import command_tree
from volunteer_cli.areas import imports, nouns
from volunteer_cli.core.i18n import CONTEXT_SIGN
from volunteer_cli.core.kinds import Kind
from volunteer_cli.intake.summary import SUMMARY
from volunteer_cli.output.rows import available
from volunteer_cli.output.view import Column, View
from volunteer_cli.reporting.catalogue import reports
from volunteer_cli.reporting.declaration import Report

TARGET = Path(__file__).resolve().parents[1] / "docs" / "schemas.json"
Schema = dict[str, Any]
#: What a known value of a kind is; any may be unknown, and then it is null.
TYPES: Mapping[Kind, Schema] = {
    Kind.ID: {"type": "integer"},
    Kind.FLAG: {"type": "boolean"},
    Kind.LIST: {"type": "array"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.TIME: {"type": "string"},
    Kind.MINUTES: {"type": "integer"},
    Kind.COUNT: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.MONEY: {
        "type": "integer",
        "description": "Hundredths of the money that the policy currency names: fen, pence, cents.",
    },
    Kind.PERCENT: {"type": "number"},
    Kind.QUANTITY: {"type": "integer"},
    Kind.JSON: {},
}
TEXT: Schema = {"type": "string"}


#: What writes a record, and what several.
ONE, SEVERAL, DONE = {"show"}, {"show_list"}, {"tell", "tell_each"}


class Shapes:
    """The shapes of records by name, each once however many commands show it."""

    def __init__(self) -> None:
        self.by_name: dict[str, Schema] = {}

    def of_view(self, view: View, *, single: bool) -> Schema:
        """A record as it is shown whole, or as one of a list."""
        return self._kept(view.name, self.of_columns(available(view, single=single)))

    def _kept(self, name: str, schema: Schema) -> Schema:
        """A reference to a shape, which gets a number where another one has its name."""
        numbers = count(2)
        key = name
        while self.by_name.setdefault(key, schema) != schema:
            key = f"{name}-{next(numbers)}"
        return {"$ref": f"#/$defs/{key}"}

    def of_columns(self, columns: Iterable[Column]) -> Schema:
        """An object with a value for each column."""
        listed = list(columns)
        return {
            "type": "object",
            "properties": {column.name: self._of_column(column) for column in listed},
            "required": [column.name for column in listed if not column.only_named],
            "additionalProperties": False,
        }

    def _of_column(self, column: Column) -> Schema:
        title = column.title or column.name.replace("_", " ").capitalize()
        # A word that has another meaning elsewhere is marked by where it stands.
        title = title.rpartition(CONTEXT_SIGN)[2]
        return {"title": title, **self._value(column)}

    def _value(self, column: Column) -> Schema:
        if column.kind is Kind.ROWS:
            rows = self.of_view(column.view, single=True) if column.view else {"type": "object"}
            return {"type": ["array", "null"], "items": rows}
        known = TYPES.get(column.kind, TEXT)
        return {**known, "type": [known["type"], "null"]} if known else {}

    def of_report(self, report: Report) -> Schema:
        """Its figures and what `--by` asked for; with `--compare` the period before beside them."""
        figures = [figure.column for figure in report.figures]
        groups = [column for group in report.groups for column in group.columns]
        row = self.of_columns([*groups, *figures])
        row["required"] = [column.name for column in figures if not column.only_named]
        row["properties"]["suppressed"] = {"type": "array", "items": TEXT}
        row["patternProperties"] = {"_(before|change)$": {}}
        return self._kept(f"report-{report.name}", row)


# --- which command shows what ------------------------------------------------------------


def commands(tree: Any = None, path: tuple[str, ...] = (), ctx: Any = None) -> Iterator[tuple[str, Any]]:
    """Every command by its words, in the order of the help."""
    tree = tree or command_tree()
    ctx = ctx or Context(tree, info_name="volunteer")
    for name in tree.list_commands(ctx) if path else nouns():
        child = tree.get_command(ctx, name)
        if hasattr(child, "list_commands"):
            yield from commands(child, (*path, name), Context(child, info_name=name, parent=ctx))
        elif not child.hidden:
            yield " ".join((*path, name)), child


def of_command(words: str, command: Any, shapes: Shapes) -> Schema | None:
    """What a command writes with `-f json`; nothing where it writes no record."""
    noun, _space, verb = words.partition(" ")
    if noun == "report" and verb in reports():
        row = shapes.of_report(reports()[verb])
        return row if reports()[verb].single else {"type": "array", "items": row}
    if noun == "import" and verb in imports():
        return shapes.of_view(SUMMARY, single=True)
    names = list(dict.fromkeys(_names(unwrap(command.callback))))
    views = {view.name: view for view in _views(names)}.values()
    shown = [schema for view in views if (schema := _written(view, set(names), shapes))]
    # A few show one of several things, such as the way of a gift or of a box.
    return {"anyOf": shown} if len(shown) > 1 else next(iter(shown), None)


def _written(view: View, names: set[str], shapes: Shapes) -> Schema | None:
    record = shapes.of_view(view, single=True)
    rows = {"type": "array", "items": shapes.of_view(view, single=False)}
    if names & DONE:
        # One that was changed is shown as `show` does, several as a list.
        return {"anyOf": [record, rows]}
    if names & SEVERAL:
        return rows
    return record if names & ONE else None


def _names(function: Any, seen: frozenset[Any] = frozenset()) -> Iterator[str]:
    """What a function names in its code, with what its helpers of the same area do."""
    area = function.__module__.split(".")[:2]
    for name in function.__code__.co_names:
        yield name
        helper = unwrap(function.__globals__.get(name))
        if isfunction(helper) and helper.__module__.split(".")[:2] == area and helper not in seen:
            yield from _names(helper, seen | {helper})


def _views(names: Sequence[str]) -> Iterator[View]:
    """The views that a function imports, in the order in which it names them."""
    rooms = [import_module(name) for name in names if "." in name and "view" in _text_of(name)]
    for name in names:
        values = (getattr(room, name, None) for room in rooms)
        yield from (value for value in values if isinstance(value, View))


def _text_of(module: str) -> str:
    """Rooms that hold a view say so; the others stay unread."""
    specification = find_spec(module) if module.startswith("volunteer_cli.") else None
    path = specification.origin if specification else None
    return Path(path).read_text(encoding="utf-8").lower() if path else ""


def schemas() -> Schema:
    """The schema of every command that writes records, and the shapes that they share."""
    shapes = Shapes()
    written = {words: of_command(words, command, shapes) for words, command in commands()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `volunteer NOUN VERB -f json` writes; with --fields only what was asked for",
        "commands": {words: schema for words, schema in written.items() if schema},
        "$defs": dict(sorted(shapes.by_name.items())),
    }


def written() -> str:
    """The file."""
    return json.dumps(schemas(), ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    made = written()
    if "--check" in sys.argv:
        fresh = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == made
        if not fresh:
            print("docs/schemas.json is not up to date: make docs", file=sys.stderr)
        return 0 if fresh else 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
