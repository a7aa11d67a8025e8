"""`volunteer db …`: the database file as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from volunteer_cli.completion import beginning
from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.lending.sites import MOST_SITES, Side
from volunteer_cli.core.run import run
from volunteer_cli.core.targets import named
from volunteer_cli.shell import (
    ChangingCommand,
    DayText,
    confirm,
    day_option,
    noun,
    read,
    say,
    show,
    show_list,
    verb,
)

app = noun("db")


class NotKept(UsageFault):
    """--keep is for backups without a name, which are made beside the database"""

    code = "usage"


class OnlyEncrypted(UsageFault):
    """--key-file and --keyring are for a database that is encrypted: add --encrypted"""

    code = "usage"


KeyFile = Annotated[
    Path | None,
    Option(
        "--key-file", metavar="FILE", help=N_("Where the key is; a file that is not there is made with one")
    ),
]
Keyring = Annotated[bool, Option("--keyring", help=N_("Let this system's keyring keep the key"))]


def _countries(incomplete: str) -> list[str]:
    from volunteer_cli.core.countries import countries

    return beginning(countries(), incomplete.upper())


def _zones(incomplete: str) -> list[str]:
    from zoneinfo import available_timezones

    return beginning(sorted(available_timezones()), incomplete)


@verb(app, "init", example="volunteer db init --db binhu.db")
def init(
    encrypted: Annotated[
        bool, Option("--encrypted", help=N_("Encrypt it; the key is asked for, or in a file"))
    ] = False,
    key_file: KeyFile = None,
    keyring: Keyring = False,
    country: Annotated[
        str | None,
        Option(
            "--country",
            metavar="CC",
            help=N_("Its two letters, like GB: sets zone, phones, holidays, money; default CN"),
            autocompletion=_countries,
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        Option(
            "--timezone",
            metavar="ZONE",
            help=N_("The time zone, where the country has several"),
            autocompletion=_zones,
        ),
    ] = None,
    currency: Annotated[
        str | None, Option("--currency", metavar="CODE", help=N_("The money by its three letters, like GBP"))
    ] = None,
) -> None:
    """Make an empty database that only you can read."""
    from volunteer_cli.admin.usages import chosen_usages, keep_usages

    target = run().given.database
    if not encrypted and (key_file or keyring):
        raise OnlyEncrypted
    values = chosen_usages(country, timezone, currency)
    _init(target, key_file, keyring=keyring, encrypted=encrypted)
    keep_usages(values)
    say(
        _("Made the database {path}. Next: volunteer community add NAME --code CODE").format(
            path=named(target)
        )
    )


def _init(target: str, key_file: Path | None, *, keyring: bool, encrypted: bool) -> None:
    from volunteer_cli.core.schema import create

    if encrypted:
        _init_encrypted(target, key_file, keyring=keyring)
    else:
        create(target)


def _init_encrypted(target: str, key_file: Path | None, *, keyring: bool) -> None:
    from volunteer_cli.core.backup import file_to_copy
    from volunteer_cli.core.database import DatabaseExists
    from volunteer_cli.core.database.ciphers import new_key
    from volunteer_cli.core.schema import create

    path = file_to_copy(target)
    # Before a key is asked for or made that would then open nothing.
    if path.exists():
        raise DatabaseExists(path=path)
    key = new_key(path, key_file)
    create(target, key)
    _keep_key(path, key, key_file, keyring=keyring)


def _keep_key(path: Path, key: str, key_file: Path | None, *, keyring: bool) -> None:
    from volunteer_cli.core.database import keep_in_keyring

    if keyring:
        keep_in_keyring(path, key)
        say(_("The keyring keeps the key."))
    if key_file is not None:
        say(_("Before each command: export VOLUNTEER_KEY_FILE={file}").format(file=key_file))
    say(_("Who loses the key loses the database: keep a copy of it elsewhere."))


@verb(app, "encrypt", example="volunteer db encrypt --key-file ~/binhu.key", cls=ChangingCommand)
def encrypt(key_file: KeyFile = None, keyring: Keyring = False) -> None:
    """Encrypt the database file, so that a stolen laptop tells nothing about anybody."""
    from volunteer_cli.core import encryption
    from volunteer_cli.core.backup import file_to_copy
    from volunteer_cli.core.database.ciphers import new_key

    target = run().given.database
    path = file_to_copy(target)
    encryption.require_open(target)
    # Asked for, since whoever loses the key has lost the data.
    confirm(_("Encrypt {path}?").format(path=named(target)))
    if run().given.dry_run:
        say(_("Dry run, nothing was written."))
        return
    key = new_key(path, key_file)
    encryption.encrypt(target, key)
    say(_("Encrypted {path}.").format(path=named(target)))
    _keep_key(path, key, key_file, keyring=keyring)
    _warn_of_open(encryption.open_backups(target))


def _say_tried(file: Path, numbers: list[int]) -> None:
    _show_operations(numbers)
    whole = _("Dry run, nothing was written: {file} is a whole backup.").format(file=file)
    say(f"{whole} {_cost(numbers)}")


def _warn_of_open(backups: Sequence[Path]) -> None:
    """Name what a thief would read instead: encrypting the file does nothing for the copies made before."""
    if backups:
        sentence = ngettext(
            "{count} older backup can still be read without the key: {folder}",
            "{count} older backups can still be read without the key: {folder}",
            len(backups),
        )
        say(sentence.format(count=len(backups), folder=backups[0].parent))


@verb(app, "decrypt", example="volunteer db decrypt --yes", cls=ChangingCommand)
def decrypt() -> None:
    """Write the database without encryption again."""
    from volunteer_cli.core import encryption

    target = run().given.database
    encryption.require_encrypted(target)
    confirm(_("Write {path} so that everybody who gets the file can read it?").format(path=named(target)))
    if run().given.dry_run:
        say(_("Dry run, nothing was written."))
        return
    encryption.decrypt(target)
    say(_("Decrypted {path}.").format(path=named(target)))


@verb(app, "upgrade", example="volunteer db upgrade")
def upgrade() -> None:
    """Bring an older database to this version's schema, after a backup."""
    from volunteer_cli.core import schema
    from volunteer_cli.core.database import SCHEMA, DatabaseNew

    target = run().given.database
    revision = schema.revision(target)
    if revision > SCHEMA:
        raise DatabaseNew(path=target, found=revision, needed=SCHEMA)
    if revision == SCHEMA:
        sentence = _("The database {path} has the newest schema ({revision}) already.")
        say(sentence.format(path=named(target), revision=revision))
        return
    _upgrade(target, revision)


def _upgrade(target: str, revision: str) -> None:
    from volunteer_cli.core import schema
    from volunteer_cli.core.backup import back_up
    from volunteer_cli.core.database import SCHEMA

    say(_("Backup: {path}").format(path=back_up(target)))
    schema.upgrade(target)
    sentence = _("Upgraded {path} from {found} to {needed}.")
    say(sentence.format(path=named(target), found=revision, needed=SCHEMA))


@verb(app, "info", example="volunteer db info -f json")
def info() -> None:
    """Show where the database is, its schema, its size and its latest backup."""
    from volunteer_cli.admin.database_info import DATABASE, database_info

    show(None, DATABASE, database_info(run().given.database))


@verb(app, "backup", example="volunteer db backup --keep 7d,4w,12m")
def backup(
    file: Annotated[
        Path | None,
        Argument(metavar="[FILE]", help=N_("Where to; default a name from the time, beside the database")),
    ] = None,
    keep: Annotated[
        str | None,
        Option("--keep", metavar="SPANS", help=N_("Then delete older ones but one a day, week, month, year")),
    ] = None,
) -> None:
    """Copy the database while it is in use, and verify the copy."""
    from volunteer_cli.core.backup import back_up, rotate
    from volunteer_cli.core.rotation import read_keep

    if keep is not None:
        if file is not None:
            raise NotKept
        read_keep(keep)
    target = run().given.database
    say(_("Backup, verified: {path}").format(path=back_up(target, file)))
    if keep is not None and (old := rotate(target, keep)):
        sentence = ngettext("Deleted {count} older backup.", "Deleted {count} older backups.", len(old))
        say(sentence.format(count=len(old)))


@verb(
    app,
    "restore",
    example="volunteer db restore binhu-backups/binhu-20260630-183000.db --yes",
    cls=ChangingCommand,
)
def restore(file: Annotated[Path, Argument(metavar="FILE", help=N_("A backup"))]) -> None:
    """Put a verified backup in the place of the database, keeping what was there."""
    from volunteer_cli.admin.lending.copies import require_no_copy
    from volunteer_cli.core.backup import restore, verify

    target = run().given.database
    # First of all: a backup that cannot be read must not cost the database.
    verify(file)
    require_no_copy(target, file)
    # What is done since the backup goes, and is named before anybody says yes.
    numbers = _operations_gone(target, file)
    if run().given.dry_run:
        _say_tried(file, numbers)
        return
    question = _("Replace {path} by the backup {file}?").format(path=named(target), file=file)
    confirm(f"{question} {_cost(numbers)}")
    _say_restored(target, file, *restore(target, file, _tables(target)))


def _tables(target: str) -> list[str]:
    """Those that make room on a server; a file is replaced as a whole."""
    from volunteer_cli.areas import load_models
    from volunteer_cli.core.database import file_of
    from volunteer_cli.core.models import Base

    if file_of(target):
        return []
    load_models()
    return list(Base.metadata.tables)


def _say_restored(target: str, file: Path, revision: str, former: Path | None) -> None:
    sentence = _("Restored {path} (schema {revision}) from {file}.")
    say(sentence.format(path=named(target), revision=revision, file=file))
    if former:
        say(_("What was there before: {path}").format(path=former))
        say(_("To go back to it: volunteer db restore {path}").format(path=former))


def _operations_gone(target: str, file: Path) -> list[int]:
    """What would be lost; of what cannot be read nothing can be told, and restoring says why or keeps it."""
    from volunteer_cli.core.backup import operations_gone
    from volunteer_cli.core.database import DatabaseFault

    try:
        return operations_gone(target, file)
    except DatabaseFault:
        return []


def _cost(numbers: list[int]) -> str:
    """How many operations would be gone."""
    sentence = ngettext(
        "{count} operation that it does not hold would be gone.",
        "{count} operations that it does not hold would be gone.",
        len(numbers),
    )
    return sentence.format(count=len(numbers))


def _show_operations(numbers: list[int]) -> None:
    """Show what was done since the backup was made, as the history does."""
    from sqlalchemy import select

    from volunteer_cli.admin.views import OPERATIONS
    from volunteer_cli.core.database import DatabaseOld
    from volunteer_cli.core.records import Operation
    from volunteer_cli.core.work import reading

    if not numbers:
        return
    with suppress(DatabaseOld), reading() as session:
        query = select(Operation).where(Operation.id >= min(numbers)).order_by(Operation.id.desc())
        lost = set(numbers)
        show_list(session, OPERATIONS, [each for each in session.scalars(query) if each.id in lost])


@verb(app, "lend", example="volunteer db lend village.db --site 2 --until 2026-07-05", changes=True)
def lend(
    file: Annotated[Path, Argument(metavar="FILE", help=N_("Where to make the copy"))],
    site: Annotated[
        int,
        Option(
            "--site",
            metavar="N",
            min=1,
            max=MOST_SITES,
            help=N_("The laptop or place, each with a number of its own"),
        ),
    ],
    until: Annotated[
        DayText | None, day_option("--until", N_("The day by which it is to be back"), ahead=True)
    ] = None,
) -> None:
    """Make a copy to work in where there is no network; db merge brings back what was done in it."""
    from volunteer_cli.admin.lending.views import LOANS
    from volunteer_cli.areas import load_models
    from volunteer_cli.core.lending.copying import copy_to_lend
    from volunteer_cli.core.lending.loans import new_loan
    from volunteer_cli.core.work import work
    from volunteer_cli.shell import tell

    load_models()
    with work("db lend") as session:
        loan = new_loan(session, file, site, read(until), run().clock.today)
        if not run().given.dry_run:
            copy_to_lend(run().given.database, loan)
        sentence = _(
            "Lent {file} to site {site}. There: volunteer --db {file} …; back here: volunteer db merge {file}."
        )
        tell(session, LOANS, loan, sentence.format(file=file, site=site))


@verb(app, "merge", example="volunteer db merge village.db -n", changes=True)
def merge(
    file: Annotated[Path, Argument(metavar="FILE", help=N_("A copy that db lend made"))],
    keep: Annotated[
        Side | None,
        Option("--keep", help=N_("Whose notes, phones and such hold where both changed them")),
    ] = None,
    skip: Annotated[
        bool, Option("--skip", help=N_("Leave out what cannot be brought in, and what builds on it"))
    ] = False,
) -> None:
    """Bring back what was done in a lent copy.

    Each operation of the copy becomes one here, with the same person, words and time, as long as the rules
    allow it. When they do not, the reasons are listed and nothing is written, unless --skip leaves it out.
    A merge is undone as a whole, and the same file merged again brings nothing.
    """
    from volunteer_cli.admin.lending.returning import merge_file

    merge_file(file, keep=keep, skip=skip)


@verb(app, "export", example="volunteer db export /srv/figures/binhu")
def export(
    folder: Annotated[Path, Argument(metavar="DIR", help=N_("The folder of this database's figures"))],
) -> None:
    """Write figures without names, numbers or free words, for a city or province.

    Parquet files by table, community and year; only what changed since the last export is written again. Ask them with
    volunteer report hours --from DIR, or those of many databases with --from 'ABOVE/**'.
    """
    from volunteer_cli.core.work import reading
    from volunteer_cli.province.writing import export

    with reading() as session:
        outcome = export(session, folder)
    sentence = ngettext(
        "Exported to {folder}, up to operation {operation}: {written} of {count} file written, {removed} taken away.",
        "Exported to {folder}, up to operation {operation}: {written} of {count} files written, {removed} taken away.",
        outcome.partitions,
    )
    say(sentence.format(folder=folder, count=outcome.partitions, **vars(outcome)))
