"""`volunteer find WORD`: one look through all kinds of records, without what is masked or said in confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.output.options import options
from volunteer_cli.shell import command, show_list

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement, Table
    from sqlalchemy.orm import Session

    from volunteer_cli.core.cards import Thing

#: Plain columns that name a record; others, such as a status, would answer every word of the office's own.
NAMING = frozenset({"name", "title", "code", "number", "label", "external"})
#: Records of one kind that are listed; who wants more asks the list of that kind.
MOST = 50
#: A longer word stands nowhere, and databases refuse patterns of such a length.
LONGEST = 1000
#: Characters of a text on either side of the word.
AROUND = 30


def find_word(
    word: Annotated[str, Argument(metavar="WORD", help=N_("A word, or a part of one"))],
) -> None:
    """Look through people, teams, events, gifts, requests and all other records for a word.

    Phones, addresses and notes are looked through with --reveal REASON alone; what was said in confidence never is.
    """
    from volunteer_cli.admin.views import MATCHES
    from volunteer_cli.areas import load_models
    from volunteer_cli.core.text import required
    from volunteer_cli.core.work import reading

    text = required(word, _("word"))
    load_models()
    with reading() as session:
        show_list(session, MATCHES, matches(session, text, reveal=bool(options().reveal)))


def matches(session: Session, word: str, *, reveal: bool) -> Iterator[dict[str, Any]]:
    """A row for each record in which the word stands, by kind, with the text around it."""
    from volunteer_cli.areas import things
    from volunteer_cli.core.models import Base

    if len(word) > LONGEST:
        return
    for thing in things().values():
        table = Base.metadata.tables.get(thing.stored_in)
        if table is not None and table.info.get("keeps_history"):
            yield from _in_table(session, thing, table, word, reveal=reveal)


def _in_table(
    session: Session, thing: Thing, table: Table, word: str, *, reveal: bool
) -> Iterator[dict[str, Any]]:
    from sqlalchemy import select

    # What is masked is not searched either: a hit would tell the number that was typed.
    columns = [column for column in table.columns if _is_searched(column, reveal=reveal)]
    if not columns:
        return
    query = select(table.c.id, *columns).where(_any_contains(columns, word)).order_by(table.c.id)
    kind = thing.kind
    for row in session.execute(query.limit(MOST)).mappings():
        name = next(each.name for each in columns if _contains(row[each.name], word))
        yield {"thing": f"{kind}:{row['id']}", "kind": kind, "field": name, "text": around(row[name], word)}


def _any_contains(columns: Sequence[Column[Any]], word: str) -> ColumnElement[bool]:
    from sqlalchemy import or_

    from volunteer_cli.core.database import searched
    from volunteer_cli.core.text import searched as form

    return or_(*(searched(column).contains(form(word), autoescape=True) for column in columns))


def _is_searched(column: Column[Any], *, reveal: bool) -> bool:
    """Whether a column may be looked through: a text that names or tells something, and is not private."""
    from sqlalchemy import String

    from volunteer_cli.core.models import Holds
    from volunteer_cli.core.privacy import holds, is_hidden, is_masked

    if not isinstance(column.type, String) or is_hidden(column) or (is_masked(column) and not reveal):
        return False
    return holds(column) is not Holds.KEPT or column.name in NAMING


def _contains(text: str | None, word: str) -> bool:
    from volunteer_cli.core.text import searched

    return text is not None and searched(word) in searched(text)


def around(text: str, word: str) -> str:
    """The text on both sides of a word, on one line."""
    line = " ".join(text.split())
    place = max(line.casefold().find(word.casefold()), 0)
    first, last = max(place - AROUND, 0), place + len(word) + AROUND
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"


find = command(find_word, "find", example="volunteer find 急救")
