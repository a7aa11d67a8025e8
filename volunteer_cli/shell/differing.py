"""What an edit changes, field by field: from what to what, as the record is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, listed, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.output.view import View

#: The verbs of which is said what they change; others say themselves what they do.
EDITING = frozenset({"edit", "assign", "extend", "hand", "correct", "role", "price", "grid", "figure"})
#: Records whose changes are told one by one, and those that are looked at at all.
MOST_TOLD, MOST_COMPARED = 8, 500
#: Lists within a record that its edit changes.
EDITED_ROWS = frozenset({"goals"})
#: What stands for no value.
NOTHING = "—"

Row = Sequence[Any]


def differences(session: Session, view: View, records: Any) -> str:
    """The sentences that say what changes of the records, each change once: Places: 2 → 3."""
    several = records if isinstance(records, list) else [records]
    if not _tells(several):
        return ""
    changes: dict[str, list[Any]] = {}
    for record, change in _changes(session, view, several):
        changes.setdefault(change, []).append(record)
    return typography().sentences(_told(changes, len(several)))


def differences_of_each(session: Session, view: View, records: Sequence[Any]) -> list[tuple[Any, str]]:
    """What changes of each of many records, which are looked at up to a number."""
    return list(_changes(session, view, records[:MOST_COMPARED])) if records else []


def _tells(records: Sequence[Any]) -> bool:
    opened = run().work
    return (
        opened is not None
        and opened.command.rpartition(" ")[2] in EDITING
        and 0 < len(records) <= MOST_COMPARED
        and all(hasattr(record, "__table__") for record in records)
    )


def _told(changes: dict[str, list[Any]], count: int) -> Iterator[str]:
    """Each change with the records that it is of, unless all are alike."""
    for change, records in list(changes.items())[:MOST_TOLD]:
        whose = "" if len(records) == count else ", ".join(str(record.id) for record in records[:MOST_TOLD])
        yield _("{title}: {value}").format(title=whose, value=change) if whose else change
    if (left := len(changes) - MOST_TOLD) > 0:
        yield ngettext("{count} more change.", "{count} more changes.", left).format(count=left)


def _changes(session: Session, view: View, records: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    columns = tuple(filter(_is_told, view.completed(session).columns))
    after = _rows(session, columns, records)
    former = _former(columns, records)
    for record, new in zip(records, after, strict=True):
        old = former.get(record.id)
        fields = [] if old is None else list(_fields(columns, old, new))
        if fields:
            yield record, _("{changes}.").format(changes=_("; ").join(fields))


def _is_told(column: Column) -> bool:
    """Ids stand beside what they are of, rows are records of their own, and what is in confidence stays so."""
    if column.kind is Kind.ROWS:
        return column.name in EDITED_ROWS
    return column.kind is not Kind.ID and not (column.hidden or column.whole or column.only_named)


def _former(columns: Sequence[Column], records: Sequence[Any]) -> dict[int, tuple[Row, Row]]:
    """The rows of the records as they are for everybody else until this is committed, by id."""
    from volunteer_cli.core.work import session_on

    with session_on(run().given.database, writing=False) as before:
        model = type(records[0])
        there = [one for record in records if (one := before.get(model, record.id)) is not None]
        rows = _rows(before, columns, there)
        return {record.id: row for record, row in zip(there, rows, strict=True)}


def _rows(session: Session, columns: Sequence[Column], records: Sequence[Any]) -> list[tuple[Row, Row]]:
    """Of each record its values, and what of them is shown."""
    from volunteer_cli.output.rows import shown_values

    whole = shown_values(columns, records, session, reveal=True)
    return list(zip(whole, shown_values(columns, records, session, reveal=False), strict=True))


def _fields(columns: Sequence[Column], old: tuple[Row, Row], new: tuple[Row, Row]) -> Iterator[str]:
    """What differs; of what is masked that it does, and as much as is shown."""
    for column, was, becomes, was_shown, is_shown in zip(columns, *_pairs(old, new), strict=True):
        if was != becomes:
            values = [_text(column, value) or NOTHING for value in (was_shown, is_shown)]
            yield _("{field}: {old} → {new}").format(field=column.heading, old=values[0], new=values[1])


def _text(column: Column, value: Any) -> str:
    """A value as people read it; of rows what stands in them."""
    from volunteer_cli.output.cells import shown
    from volunteer_cli.output.rows import Rows

    if not isinstance(value, Rows):
        return shown(column, value)
    return listed(" ".join(filter(None, map(shown, value.columns, row))) for row in value.values)


def _pairs(old: tuple[Row, Row], new: tuple[Row, Row]) -> tuple[Row, Row, Row, Row]:
    return old[0], new[0], old[1], new[1]
