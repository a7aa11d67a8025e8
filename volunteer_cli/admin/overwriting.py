"""What an import would overwrite, record by record: a column that was taken for another shows there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.areas import things
from volunteer_cli.core.cards import Thing
from volunteer_cli.core.history import recorder_of
from volunteer_cli.core.i18n import _, with_detail
from volunteer_cli.core.models import Base
from volunteer_cli.core.work import afterwards
from volunteer_cli.shell import say
from volunteer_cli.shell.differing import differences_of_each

#: Records that are told one by one.
SHOWN = 20


def list_updates(session: Session, kind: str) -> None:
    """Say of a dry run which values of the records that are there would become which."""
    session.flush()
    told = [line for thing in things().values() if thing.sheet == kind for line in _changes(session, thing)]
    afterwards(lambda _work: _say(told))


def _say(lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        say(line)
    if more := lines[SHOWN:]:
        say(_("… and {count} more").format(count=len(more)))


def _changes(session: Session, thing: Thing) -> Iterator[str]:
    assert thing.view is not None and thing.names is not None  # noqa: S101, PT018 - so has whatever a sheet brings
    changes = differences_of_each(session, thing.view.load(), _updated(session, thing.stored_in))
    names = thing.names.load()(session, [record.id for record, _change in changes])
    for record, change in changes:
        whose = with_detail(names.get(record.id), record.id)
        yield _("{title}: {value}").format(title=whose, value=change)


def _updated(session: Session, table: str) -> list[Any]:
    """The records of a table that were there before and are changed."""
    keys = recorder_of(session).updated.get(table, ())
    models: dict[str, Any] = {each.class_.__tablename__: each.class_ for each in Base.registry.mappers}
    return [session.get_one(models[table], key) for key in keys]
