"""`volunteer doctor`: the environment the tool runs in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer import Exit

from volunteer_cli.core.errors import PROBLEM_FOUND, VolunteerError
from volunteer_cli.core.i18n import N_, _, listed, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.core.settings import BadSettings, config_file, user_file
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.shell import Command, command, show_list

if TYPE_CHECKING:
    from volunteer_cli.core.database.servers import Traits

STATES = {"ok": N_("ok"), "note": N_("note"), "problem": N_("problem")}
REPORT = View(
    "doctor",
    N_("Environment"),
    (
        Column("what", N_("What")),
        Column("state", N_("State"), Kind.CHOICE, choices=STATES),
        Column("details", N_("Details")),
    ),
)
OLD_BACKUP_DAYS = 7
#: The oldest version that PostgreSQL's makers still mend, https://www.postgresql.org/support/versioning/.
OLDEST_SERVER = 14


@dataclass(frozen=True)
class Symptom:
    """One thing that was looked at: ok, worth a note, or a problem."""

    what: str
    state: str
    details: str

    @property
    def id(self) -> str:
        """What it is about."""
        return self.what


def examine() -> None:
    """Look at the environment: versions, database, backups, words, fonts, holidays."""
    file = _settings_file()
    symptoms = [file, *symptoms_of(run().given.database)]
    show_list(None, REPORT, symptoms)
    if any(symptom.state == "problem" for symptom in symptoms):
        raise Exit(PROBLEM_FOUND)


class DoctorCommand(Command):
    """It looks at the settings too, so it runs without them."""

    needs_settings = False


def _settings_file() -> Symptom:
    """The user's file; one that cannot be read is left out of what follows."""
    file = config_file()
    try:
        user_file()
    except BadSettings as error:
        run().given.without_file = True
        return Symptom(_("Settings file"), "problem", str(error))
    return Symptom(
        _("Settings file"), "ok", str(file) if file.is_file() else _("none ({path})").format(path=file)
    )


def symptoms_of(target: str) -> Iterator[Symptom]:
    """Everything that is looked at, in order."""
    import platform

    import sqlalchemy
    import typer

    from volunteer_cli import __version__

    versions = f"volunteer {__version__}, Python {platform.python_version()}, Typer {typer.__version__}"
    yield Symptom(_("Versions"), "ok", f"{versions}, SQLAlchemy {sqlalchemy.__version__}")
    yield from _database(target)
    yield _leftovers(target)
    yield _words()
    yield _holidays()
    yield _font()
    yield _terminal()


def _schema(info: Mapping[str, Any], needed: str) -> Symptom:
    details = f"{info['path']}, {info['schema']}"
    if info["schema"] == needed:
        return Symptom(_("Database"), "ok", details)
    advice = _("; needed is {needed}: volunteer db upgrade").format(needed=needed)
    return Symptom(_("Database"), "problem", details + advice)


def _database(target: str) -> Iterator[Symptom]:
    from volunteer_cli.admin.database_info import database_info
    from volunteer_cli.core.database import SCHEMA, file_of

    try:
        info = database_info(target)
    except VolunteerError as error:
        yield Symptom(_("Database"), "problem", str(error))
        return
    yield _schema(info, SCHEMA)
    yield from _lending(info)
    yield _backup(info["last_backup_at"])
    if file := file_of(target):
        yield _privacy(file)
    else:
        yield from _server(target)


def _server(target: str) -> Iterator[Symptom]:
    """What a server is like, and whether its programs for backups are on this machine."""
    from volunteer_cli.core.database import faults_explained, traits_of

    with faults_explained(target):
        traits = traits_of(target)
    old = int(traits.version.partition(".")[0]) < OLDEST_SERVER
    yield Symptom(_("Server"), "problem" if old else "ok", f"PostgreSQL {traits.version}")
    yield _collation(traits)
    yield Symptom(_("Rights"), "ok" if traits.may_write else "note", _rights(traits))
    yield _programs()


def _programs() -> Symptom:
    import shutil

    missing = [name for name in ("pg_dump", "pg_restore", "psql") if not shutil.which(name)]
    absent = _("{programs} are missing: no backups are made here").format(programs=listed(missing))
    return Symptom(_("Backup programs"), "note" if missing else "ok", absent if missing else "pg_dump")


def _collation(traits: Traits) -> Symptom:
    order, others = _("texts in the order of their code points"), traits.sorted_otherwise
    if others:
        order = ngettext("{count} column in another order", "{count} columns in another order", others)
    state = "ok" if traits.encoding == "UTF8" and not others else "problem"
    details = f"{traits.encoding}, {traits.collation}; {order.format(count=others)}"
    return Symptom(_("Collation"), state, details)


def _rights(traits: Traits) -> str:
    if traits.may_alter:
        return _("you may read, write and upgrade")
    return _("you may read and write") if traits.may_write else _("you may only read")


def _lending(info: dict[str, Any]) -> Iterator[Symptom]:
    """That this is a lent copy, or that some are out: nobody should take the one for the other."""
    if info["site"]:
        sentence = _("this is the lent copy of site {site}: what is done here is brought back by db merge")
        yield Symptom(_("Lent copy"), "note", sentence.format(site=info["site"]))
    elif count := info["copies_out"]:
        sentence = ngettext(
            "{count} is out: volunteer report today", "{count} are out: volunteer report today", count
        )
        yield Symptom(_("Lent copies"), "note", sentence.format(count=count))


def _backup(made_at: object) -> Symptom:
    from datetime import datetime

    if not isinstance(made_at, datetime):
        return Symptom(_("Backup"), "note", _("none yet: volunteer db backup"))
    age = (datetime.now() - made_at).days  # noqa: DTZ005 - local, as the file's time was read
    details = ngettext("{days} day old", "{days} days old", age).format(days=age)
    return Symptom(_("Backup"), "note" if age > OLD_BACKUP_DAYS else "ok", details)


def _leftovers(target: str) -> Symptom:
    """Take away what killed commands have left of databases and backups."""
    from volunteer_cli.admin.check import sentence_of_leftovers
    from volunteer_cli.core.backup import leftovers_of
    from volunteer_cli.core.targets import BadFileUrl

    paths: list[Path] = []
    with suppress(BadFileUrl, OSError, ValueError):
        paths = leftovers_of(target)
        for path in paths:
            path.unlink(missing_ok=True)
    if not paths:
        return Symptom(_("Leftovers"), "ok", _("none"))
    return Symptom(_("Leftovers"), "note", sentence_of_leftovers(len(paths)))


def _privacy(path: Path) -> Symptom:
    others = path.stat().st_mode & 0o077
    if others and sys.platform != "win32":
        return Symptom(
            _("Privacy"), "note", _("others can read the file: chmod 600 {path}").format(path=path)
        )
    return Symptom(_("Privacy"), "ok", _("only you can read the file"))


def _words() -> Symptom:
    from volunteer_cli.core.i18n import LOCALE_FOLDER, languages

    folders = [folder for folder in languages().values() if folder]
    missing = [
        name for name in folders if not (LOCALE_FOLDER / name / "LC_MESSAGES" / "volunteer.mo").is_file()
    ]
    if missing:
        details = _("the catalogue of {languages} is missing: install again").format(
            languages=listed(missing)
        )
        return Symptom(_("Languages"), "problem", details)
    return Symptom(_("Languages"), "ok", listed(folders))


def _holidays() -> Symptom:
    from chinese_calendar import is_workday

    today = run().given.machine_clock.today
    try:
        is_workday(today.replace(month=1, day=1))
    except NotImplementedError:
        return Symptom(
            _("Holidays"),
            "note",
            _("those of {year} are not known; weekends count as free").format(year=today.year),
        )
    return Symptom(_("Holidays"), "ok", str(today.year))


def _font() -> Symptom:
    from volunteer_cli.output.fonts import installed

    font = next(iter(installed()), None)
    nothing = _("no Chinese font is installed; HTML works without")
    return Symptom(_("PDF"), "ok" if font else "note", str(font) if font else nothing)


def _terminal() -> Symptom:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    fine = encoding in ("utf8", "gb18030", "gbk")
    return Symptom(_("Terminal"), "ok" if fine else "note", sys.stdout.encoding or "")


doctor = command(examine, "doctor", cls=DoctorCommand, example="volunteer doctor")
