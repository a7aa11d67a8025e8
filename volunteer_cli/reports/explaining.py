"""What the figures of a report mean, and the statements that the database is asked with."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.core.wrapping import measured, terminal_width, wrapped
from volunteer_cli.output.formats import TABLE
from volunteer_cli.output.options import options
from volunteer_cli.reporting.declaration import Group, Report
from volunteer_cli.reports.views import DEFINITIONS
from volunteer_cli.shell import show_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WIDTH = 100
FOLLOWED = N_("Lists the rows that it counts, by the same conditions and for the same --period.")


@dataclass(frozen=True)
class Definition:
    """A figure, or something a report is broken down by, in the user's words."""

    name: str
    title: str
    meaning: str


def definitions(report: Report) -> list[Definition]:
    """What a report can be broken down by, then its figures."""
    return [
        Definition(part.column.name, part.column.heading, _(part.meaning))
        for part in (*_groups(report), *report.figures)
    ]


def _groups(report: Report) -> list[Group]:
    """What a report can be broken down by where the office is."""
    return [group for group in report.groups if not (group.column.at_home and run().abroad)]


def explained(report: Report, sql: Sequence[str]) -> None:
    """Print the definitions of a report: for people as a page of text, for scripts as rows."""
    if options().resolved(sys.stdout.isatty()) is TABLE and options().file is None:
        sys.stdout.write("\n".join(page(report, sql)) + "\n")
        return
    rows = [
        *definitions(report),
        *_followed(report),
        *(Definition("sql", _("SQL"), statement) for statement in sql),
    ]
    show_list(None, DEFINITIONS, rows)


def _followed(report: Report) -> Iterator[Definition]:
    """The commands that list what was counted."""
    for name, title in (report.drill.names if report.drill else {}).items():
        yield Definition(f"volunteer report {report.name} --rows {name}", _(title), _(FOLLOWED))


def page(report: Report, sql: Sequence[str]) -> Iterator[str]:
    """The lines of the explanation, no wider than is good to read."""
    width = min(terminal_width(), WIDTH)
    yield wrapped(f"{_(report.title)} ({report.name})", width)
    yield wrapped(_(report.question), width)
    for title, parts in ((N_("Broken down by"), _groups(report)), (N_("Figures"), report.figures)):
        if parts:
            yield from ("", _(title))
            yield from _described(parts, width)
    yield from _commands(report, width)
    for statement in sql:
        # SQL minds no line break; who wants it as it is asks for json.
        yield from ("", wrapped(f"{statement};", width))


def _commands(report: Report, width: int) -> Iterator[str]:
    if commands := list(_followed(report)):
        yield from ("", _("Rows that are counted"), wrapped(_(FOLLOWED), width))
        yield from (f"  {each.name}" for each in commands)


def _described(parts: Iterable[Any], width: int) -> Iterator[str]:
    known = list(parts)
    room = max(len(part.column.name) for part in known) + 4
    for part in known:
        title = part.column.heading
        text = f"{title}: {_(part.meaning)}" if measured(title) else _(part.meaning)
        first, *others = wrapped(text, width - room).split("\n")
        yield f"  {part.column.name:<{room - 2}}{first}"
        yield from (f"{'':<{room}}{line}" for line in others)


def statements(report: Report) -> list[str]:
    """The statements that the report sends to this database, with their values."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.reporting.answer import answer
    from volunteer_cli.reports.running import read_scope

    with reading() as session:
        scope = read_scope(session, by=report.by or tuple(report.choices)[:1])
        with listening(session) as heard:
            answer(session, report, scope)
    return heard


@contextmanager
def listening(session: Session) -> Iterator[list[str]]:
    """Collect what is sent to the database inside the block, each statement once, values filled in."""
    from sqlalchemy import event

    heard: list[str] = []
    connection = session.connection()

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if (text := _filled(statement, values)) not in heard:
            heard.append(text)

    event.listen(connection, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(connection, "before_cursor_execute", hear)


def _filled(statement: str, values: Any) -> str:
    if isinstance(values, Mapping):  # as a server takes them, by name
        return statement % {name: _written(value) for name, value in values.items()}
    if not isinstance(values, tuple):
        return statement
    parts = statement.split("?")
    # A question mark within a text is none of the places: then the statement stays as it is.
    if len(parts) != len(values) + 1:
        return statement
    written = map(_written, values)
    return "".join(part + value for part, value in zip(parts, [*written, ""], strict=True))


def _written(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)
