"""`volunteer db …`: the database file as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from typer import Argument

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell import ChangingCommand, confirm, noun, say, verb

app = noun("db")


@verb(app, "init", example="volunteer db init --db binhu.db")
def init() -> None:
    """Make an empty database that only you can read."""
    from volunteer_cli.core.schema import create
    from volunteer_cli.core.targets import named

    target = run().given.database
    create(target)
    say(
        _("Made the database {path}. Next: volunteer community add NAME --code CODE").format(
            path=named(target)
        )
    )


@verb(app, "upgrade", example="volunteer db upgrade")
def upgrade() -> None:
    """Bring an older database to this version's schema, after a backup."""
    from volunteer_cli.core import schema
    from volunteer_cli.core.backup import back_up
    from volunteer_cli.core.database import SCHEMA, DatabaseNew, file_of, named

    target = run().given.database
    found = schema.revision(target)
    if found == SCHEMA:
        say(
            _("The database {path} has the newest schema ({revision}) already.").format(
                path=named(target), revision=found
            )
        )
        return
    if found > SCHEMA:
        raise DatabaseNew(path=target, found=found, needed=SCHEMA)
    if file_of(target):
        say(_("Backup: {path}").format(path=back_up(target)))
    schema.upgrade(target)
    say(_("Upgraded {path} from {found} to {needed}.").format(path=named(target), found=found, needed=SCHEMA))


@verb(app, "info", example="volunteer db info -f json")
def info() -> None:
    """Show where the database is, its schema, its size and its latest backup."""
    from volunteer_cli.admin.database_info import DATABASE, database_info
    from volunteer_cli.output.render import show

    show(DATABASE, database_info(run().given.database), options())


@verb(app, "backup", example="volunteer db backup /mnt/usb/binhu.db")
def backup(
    file: Annotated[
        Path | None,
        Argument(metavar="[FILE]", help=N_("Where to; default a name from the time, beside the database")),
    ] = None,
) -> None:
    """Copy the database while it is in use, and verify the copy."""
    from volunteer_cli.core.backup import back_up

    say(_("Backup, verified: {path}").format(path=back_up(run().given.database, file)))


@verb(
    app,
    "restore",
    example="volunteer db restore binhu-backups/binhu-20260630-183000.db --yes",
    cls=ChangingCommand,
)
def restore(file: Annotated[Path, Argument(metavar="FILE", help=N_("A backup"))]) -> None:
    """Put a verified backup in the place of the database, keeping what was there."""
    from volunteer_cli.core.backup import restore, verify

    target: Any = run().given.database
    verify(file)
    confirm(_("Replace {path} by the backup {file}?").format(path=target, file=file))
    if run().given.dry_run:
        say(_("Dry run, nothing was written: {file} is a whole backup.").format(file=file))
        return
    revision, former = restore(target, file)
    say(
        _("Restored {path} (schema {revision}) from {file}.").format(
            path=target, revision=revision, file=file
        )
    )
    if former:
        say(_("What was there before: {path}").format(path=former))
