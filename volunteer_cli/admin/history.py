"""`volunteer history …` and `volunteer undo`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.shell import command, noun, show, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.records import Operation

app = noun("history")


@verb(app, "list", example="volunteer history list --thing person:12 --limit 10")
def list_(
    thing: Annotated[
        str | None, Option("--thing", metavar="THING", help=N_("Only what changed this, as person:12"))
    ] = None,
    actor: Annotated[
        str | None, Option("--actor", metavar="NAME", help=N_("Only what this person did"))
    ] = None,
) -> None:
    """List the operations, the latest first."""
    from volunteer_cli.admin.things import find_thing
    from volunteer_cli.admin.views import OPERATIONS
    from volunteer_cli.core.undo import operations
    from volunteer_cli.core.work import reading

    with reading() as session:
        table, key = find_thing(session, thing) if thing else (None, None)
        show_list(session, OPERATIONS, operations(session, table=table, key=key, actor=actor))


@verb(app, "show", example="volunteer history show 7")
def show_(operation: Annotated[int, Argument(metavar="OPERATION", help=N_("Its number"))]) -> None:
    """Show an operation with everything it changed."""
    from volunteer_cli.admin.views import OPERATIONS
    from volunteer_cli.core.undo import find_operation
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, OPERATIONS, find_operation(session, operation))


def take_back(
    operation: Annotated[
        int | None, Argument(metavar="[OPERATION]", help=N_("Its number; default the latest change"))
    ] = None,
    keep_edited: Annotated[
        bool, Option("--keep-edited", help=N_("Leave records that were changed since, undo the rest"))
    ] = False,
) -> None:
    """Take back an operation.

    Without a number it is the latest change of data that is not undone, so that twice walks back.
    An undo is an operation too, and can be undone.
    """
    from volunteer_cli.admin.views import OPERATIONS
    from volunteer_cli.areas import load_models
    from volunteer_cli.core.undo import find_operation, latest_operation
    from volunteer_cli.core.work import work

    load_models()
    with work("undo") as session:
        target = latest_operation(session) if operation is None else find_operation(session, operation)
        undoing = _take_back(session, target, keep_edited=keep_edited)
        rows = listed(_taken_back(session, undoing))
        sentence = _("Undid operation {number} ({command}): {rows}.")
        outcome = sentence.format(number=target.id, command=target.command, rows=rows)
        tell(session, OPERATIONS, undoing, outcome)


def _taken_back(session: Session, undoing: Operation) -> Iterator[str]:
    """What an undo changes, by table: which row it is, or how many they are."""
    from volunteer_cli.areas import titles

    counts: Counter[str] = Counter()
    keys: dict[str, int] = {}
    for table, key, count in _changed_rows(session, undoing):
        counts[table] += count
        keys[table] = key
    for table, count in counts.items():
        title = _(titles().tables.get(table, table))
        yield (
            with_detail(title, keys[table])
            if count == 1
            else _("{title} × {count}").format(title=title, count=count)
        )


def _changed_rows(session: Session, undoing: Operation) -> Iterator[tuple[str, int, int]]:
    """The changes of an open operation: the table, a key and how many rows."""
    from volunteer_cli.core.history import recorder_of
    from volunteer_cli.core.undo import changes_of

    session.flush()
    # What needs much memory is written already, all else is still gathered.
    for change in changes_of(session, [undoing.id]):
        yield change.table_name, change.first_key, change.last_key - change.first_key + 1
    yield from recorder_of(session).counts()


def _take_back(session: Session, target: Operation, *, keep_edited: bool) -> Operation:
    from volunteer_cli.admin.wholeness import require_whole
    from volunteer_cli.areas import hooks
    from volunteer_cli.core.undo import restores_exactly, undo

    opened = run().work
    assert opened is not None  # noqa: S101 - for the type checker; the caller has opened it
    # What was so before is sound already; any other mix of operations nobody has seen yet.
    if keep_edited or not restores_exactly(session, target):
        opened.require(require_whole)
    guards = {"before": hooks("before_undo"), "after": hooks("after_undo")}
    undo(session, target, opened.operation, **guards, keep_edited=keep_edited)
    return opened.operation


undo = command(take_back, "undo", example="volunteer undo 7", changes=True)
