"""What an edit changes, field by field: from what to what, as the record is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, listed, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.history import Recorder
    from volunteer_cli.core.work import Work
    from volunteer_cli.output.view import View

#: The verbs of which is said what they change; others say themselves what they do.
EDITING = frozenset({"edit", "assign", "extend", "hand", "correct", "role", "shift"})
#: Records whose changes are told one by one, and those that are looked at at all.
MOST_TOLD, MOST_COMPARED = 8, 500
#: The list within a record that a verb changes.
EDITED_ROWS = {"edit": "goals", "shift": "shifts"}
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


def between(session: Session, view: View, was: Any, becomes: Any) -> str:
    """What differs between a row as it was and as it is, for what is shown and is no record of its own."""
    columns = tuple(column for column in view.completed(session).columns if _is_told(column, ""))
    old, new = (next(iter(_rows(session, columns, [row]))) for row in (was, becomes))
    fields = list(_fields(columns, old, new))
    return _("{changes}.").format(changes=_("; ").join(fields)) if fields else ""


def _tells(records: Sequence[Any]) -> bool:
    opened = run().work
    return (
        opened is not None
        and _verb(opened) in EDITING
        and 0 < len(records) <= MOST_COMPARED
        and all(hasattr(record, "__table__") for record in records)
    )


def _verb(opened: Work) -> str:
    return opened.command.rpartition(" ")[2]


def _told(changes: dict[str, list[Any]], count: int) -> Iterator[str]:
    """Each change with the records that it is of, unless all are alike."""
    for change, records in list(changes.items())[:MOST_TOLD]:
        whose = "" if len(records) == count else ", ".join(str(record.id) for record in records[:MOST_TOLD])
        yield _("{title}: {value}").format(title=whose, value=change) if whose else change
    if (left := len(changes) - MOST_TOLD) > 0:
        yield ngettext("{count} more change.", "{count} more changes.", left).format(count=left)


def _changes(session: Session, view: View, records: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    opened = run().work
    if opened is None or not _touched(opened.recorder):
        return
    columns, former = _before(opened, _told_columns(opened, session, view, records), records)
    for record, new in zip(records, _rows(session, columns, records), strict=True):
        old = former.get(record.id)
        fields = [] if old is None else list(_fields(columns, old, new))
        if fields:
            yield record, _("{changes}.").format(changes=_("; ").join(fields))


def _told_columns(opened: Work, session: Session, view: View, records: Sequence[Any]) -> tuple[Column, ...]:
    areas = _areas({records[0].__tablename__, *_touched(opened.recorder)})
    return tuple(
        column
        for column in view.completed(session).columns
        if _is_told(column, _verb(opened)) and not _is_of_others(column, areas)
    )


def _before(
    opened: Work, columns: tuple[Column, ...], records: Sequence[Any]
) -> tuple[tuple[Column, ...], dict[int, tuple[Row, Row]]]:
    """The columns that may differ, and the rows of the records as they were."""
    if not _stands_alone(opened.recorder, records[0].__tablename__, columns):
        return columns, _former(columns, records)
    # What is loaded stands in other tables, or follows from these values.
    own = tuple(column for column in columns if not column.load)
    return own, _remembered(opened.recorder, own, records)


def _touched(recorder: Recorder) -> set[str]:
    """The tables of which something has changed."""
    return {table for table, _key, _count in recorder.counts()}


def _is_told(column: Column, verb: str) -> bool:
    """Ids stand beside what they are of, rows are records of their own, and what is in confidence stays so."""
    if column.kind is Kind.ROWS:
        return column.name == EDITED_ROWS.get(verb)
    return column.kind is not Kind.ID and not (column.hidden or column.whole or column.only_named)


def _is_of_others(column: Column, areas: set[str]) -> bool:
    """Whether another area adds a column to the view, of which no table has changed."""
    module = getattr(column.load, "__module__", None) or ""
    return module.endswith(".contributed") and module.split(".")[1] not in areas


def _areas(tables: Collection[str]) -> set[str]:
    """The areas whose models these tables are."""
    from volunteer_cli.core.models import Base

    modules = {mapper.local_table.key: mapper.class_.__module__ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    return {modules[table].split(".")[1] for table in tables}


def _stands_alone(recorder: Recorder, table: str, columns: Iterable[Column]) -> bool:
    """Whether nothing but values of this table has changed, each of which is shown as it is stored."""
    if _touched(recorder) != {table} or recorder.inserted.get(table) or recorder.deleted.get(table):
        return False
    plain = {column.name for column in columns if not (column.load or column.value)}
    return all(before.keys() <= plain for before, _after in recorder.updated[table].values())


def _remembered(
    recorder: Recorder, columns: Sequence[Column], records: Sequence[Any]
) -> dict[int, tuple[Row, Row]]:
    """The rows of the records as they were, by what the history keeps of the change; no database is asked."""
    updates = recorder.updated[records[0].__tablename__]
    there = [_as_it_was(record, updates[record.id][0]) for record in records if record.id in updates]
    return {record.id: row for record, row in zip(there, _rows(run().session, columns, there), strict=True)}


def _as_it_was(record: Any, before: Mapping[str, Any]) -> Any:
    """A record as it was before some of its columns changed; it stands in no session."""
    from sqlalchemy import inspect

    from volunteer_cli.core.history import restored

    attributes = inspect(record).mapper.column_attrs
    former = restored(record.__table__, before)
    return type(record)(
        **{each.key: former.get(each.columns[0].name, getattr(record, each.key)) for each in attributes}
    )


def _former(columns: Sequence[Column], records: Sequence[Any]) -> dict[int, tuple[Row, Row]]:
    """The rows of the records as they are for everybody else until this is committed, by id."""
    from volunteer_cli.core.work import session_on

    with session_on(run().given.database, writing=False) as before:
        model = type(records[0])
        there = [one for record in records if (one := before.get(model, record.id)) is not None]
        return {record.id: row for record, row in zip(there, _rows(before, columns, there), strict=True)}


def _rows(session: Any, columns: Sequence[Column], records: Sequence[Any]) -> Iterable[tuple[Row, Row]]:
    """Of each record its values, and what of them is shown."""
    from volunteer_cli.output.rows import whole_and_shown

    return whole_and_shown(columns, records, session)


def _fields(columns: Sequence[Column], old: tuple[Row, Row], new: tuple[Row, Row]) -> Iterator[str]:
    """What differs; of what is masked that it does, and as much as is shown."""
    for column, was, becomes, was_shown, is_shown in zip(columns, *_pairs(old, new), strict=True):
        if was != becomes:
            yield from _changed(column, was_shown, is_shown)


def _changed(column: Column, was: Any, becomes: Any) -> Iterator[str]:
    """A value as it was and as it is; rows are compared one by one."""
    from volunteer_cli.output.cells import shown

    if _are_rows(was) or _are_rows(becomes):
        yield from _changed_rows(column, was, becomes)
    else:
        yield _arrow(column, shown(column, was), shown(column, becomes))


def _changed_rows(column: Column, was: Any, becomes: Any) -> Iterator[str]:
    """Of rows with ids what has changed in each, for the sentence says which one is new; of others those that differ."""
    identity = column.view.identity if column.view else ""
    old, new = _by_id(was, identity), _by_id(becomes, identity)
    if any(isinstance(key, int) for key in (*old, *new)):
        for key in old.keys() & new.keys():
            yield from _changed_row(becomes.columns, old[key], new[key])
    else:
        gone = listed(_line(was, row) for key, row in old.items() if key not in new)
        yield _arrow(column, gone, listed(_line(becomes, row) for key, row in new.items() if key not in old))


def _are_rows(value: Any) -> bool:
    from volunteer_cli.output.rows import Rows

    return isinstance(value, Rows)


def _arrow(column: Column, old: str, new: str) -> str:
    return _("{field}: {old} → {new}").format(field=column.heading, old=old or NOTHING, new=new or NOTHING)


def _by_id(rows: Any, identity: str) -> dict[Any, Row]:
    """Rows by their id, or by what stands in them where they have none."""
    if not _are_rows(rows):
        return {}
    names = [column.name for column in rows.columns]
    place = names.index(identity) if identity in names else None
    return {tuple(map(str, row)) if place is None else row[place]: row for row in rows.values}


def _changed_row(columns: Sequence[Column], old: Row, new: Row) -> Iterator[str]:
    from volunteer_cli.output.cells import shown

    name = next((value for value in new if isinstance(value, str)), "")
    for column, was, becomes in zip(columns, old, new, strict=True):
        if was != becomes and column.kind is not Kind.ID:
            yield f"{name} {_arrow(column, shown(column, was), shown(column, becomes))}".strip()


def _line(rows: Any, row: Row) -> str:
    """What stands in a row, without its ids."""
    from volunteer_cli.output.cells import shown

    values = zip(rows.columns, row, strict=True)
    return " ".join(
        filter(None, (shown(column, value) for column, value in values if column.kind is not Kind.ID))
    )


def _pairs(old: tuple[Row, Row], new: tuple[Row, Row]) -> tuple[Row, Row, Row, Row]:
    return old[0], new[0], old[1], new[1]
