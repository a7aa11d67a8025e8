"""What was given for a run: option, else environment, else the user's file, else a default."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from volunteer_cli.core import i18n
from volunteer_cli.core.errors import BadChoice, UsageFault
from volunteer_cli.core.i18n import N_, listed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.clock import Clock


class Setting(NamedTuple):
    """What is given by an option, an environment variable or the user's file.

    Attributes:
        key: its name in the file.
        meaning: what it is, not yet translated.
        quiet: without an option, since others see the words of a command line.
    """

    key: str
    meaning: str
    quiet: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that says the same."""
        return f"VOLUNTEER_{self.key.upper()}"

    @property
    def option(self) -> str:
        """The global option that says the same, if there is one."""
        return "" if self.quiet else f"--{self.key}"


SETTINGS = (
    Setting("db", N_("The database: a path, or a URL like postgresql://user@host/name")),
    Setting("community", N_("The community to work in, by its code")),
    Setting("lang", N_("The language of all sentences: en or zh")),
    Setting("actor", N_("Who is doing this, as the history keeps it")),
    Setting("today", N_("The day, or day and time, that is taken as now")),
    Setting("key_file", N_("The file whose first line is the key of an encrypted database"), quiet=True),
)
#: A key that is not among them is a typing error, and is refused rather than passed over.
KEYS = tuple(setting.key for setting in SETTINGS)
COLORS = ("auto", "always", "never")


class BadSettings(UsageFault):
    """The settings file {path} cannot be read: {reason}"""

    code = "bad_settings"
    hint = N_("It is TOML with the keys db, community, lang, actor, today and key_file.")


class Answer(NamedTuple):
    """What was given for a setting, and where: option, environment or file; nothing is default."""

    value: str | None
    source: str


@dataclass
class Given:
    """The answers of options, environment and file; `options` has the texts of the options by name."""

    options: dict[str, str] = field(default_factory=dict)
    quiet: bool = False
    verbose: int = 0
    color: str = "auto"
    pages: bool = True
    dry_run: bool = False
    yes: bool = False
    without_file: bool = False

    def copy(self) -> Given:
        """The same once more, to be changed without this one."""
        return replace(self, options=dict(self.options))

    def answer(self, name: str) -> Answer:
        """What holds for a setting and who said so, before any default.

        Raises:
            BadSettings: the user's file cannot be read.
        """
        # The order on which programs agree (Command Line Interface Guidelines): what is said now, here,
        # always.
        if value := self.options.get(name):
            return Answer(value, "option")
        if value := os.environ.get(f"VOLUNTEER_{name.upper()}"):
            return Answer(value, "environment")
        value = None if self.without_file else user_file().get(name)
        return Answer(str(value), "file") if value else Answer(None, "default")

    def _value(self, name: str) -> str | None:
        return self.answer(name).value

    @property
    def database(self) -> str:
        """The path or URL of the database."""
        return self._value("db") or str(default_database())

    @property
    def community(self) -> str | None:
        """The code of the community to work in, when one was named."""
        return self._value("community")

    @property
    def language(self) -> str:
        """The language of the user: en or zh.

        Raises:
            BadChoice: another language was asked for.
        """
        text = self._value("lang")
        if text is None:
            return i18n.language_of_environment()
        if (language := i18n.language_called(text)) is None:
            raise BadChoice(field="--lang", value=text, choices=listed(i18n.languages()))
        return language

    @property
    def actor(self) -> str:
        """Who is doing this, as the history will have it."""
        return self._value("actor") or login_name()

    @property
    def key_file(self) -> str | None:
        """The file whose first line is the key of an encrypted database."""
        return self._value("key_file")

    def clock(self, session: Session) -> Clock:
        """The clock of the communities in an open database; `--today` stands for it."""
        from volunteer_cli.core.clock import Clock

        return Clock.of(session, self._value("today"))

    def usages(self, session: Session) -> dict[str, str]:
        """Country, days off, money and paper of an open database, as far as they are not those of home."""
        from sqlalchemy import text

        # As text: a command that only reads is spared the mapped classes of the history.
        usages = (
            "SELECT name, value FROM policy WHERE name IN ('country', 'currency', 'working_days', 'paper')"
        )
        stored = session.execute(text(usages))
        return {row.name: row.value for row in stored}

    @property
    def machine_clock(self) -> Clock:
        """The clock for what needs no database: the machine's own; `--today` stands for it too."""
        from volunteer_cli.core.clock import Clock

        return Clock("", self._value("today"))

    def check(self) -> None:
        """Refuse a setting that cannot be read before anything is done with it.

        Raises:
            BadSettings: the user's file cannot be read.
            BadDate, BadTime: `--today` is no moment, whatever day it is.
            BadText: the name of the actor holds what must not be stored.
        """
        # Before anything else: half of a command with the wrong database is worse than none.
        if not self.without_file:
            user_file()
        if today := self._value("today"):
            from datetime import datetime, time

            from volunteer_cli.core.clock import on_wall, read_now, refuse_nonsense

            refuse_nonsense(lambda day: read_now(on_wall(today, None), datetime.combine(day, time())))
        # It is kept in the history, and shown on screens.
        if not self.actor.isprintable():
            from volunteer_cli.core.text import clean

            clean(self.actor, "--actor")

    def colors(self, stream: IO[Any]) -> bool:
        """Whether what goes to the stream carries colour: on a terminal, unless somebody says otherwise."""
        if self.color != "auto":
            return self.color == "always"
        # https://bixense.com/clicolors and https://no-color.org say what programs agree on.
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
            return True
        return stream.isatty() and os.environ.get("TERM") != "dumb"


def config_file() -> Path:
    """Where the user's file of settings is, if there is one."""
    if path := os.environ.get("VOLUNTEER_CONFIG"):
        return Path(path)
    return _default_config_file()


@cache
def _default_config_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("volunteer", appauthor=False) / "config.toml"


@cache
def _read_settings(path: Path, _state: tuple[int, int, int]) -> dict[str, Any]:
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(path=path, reason=str(error)) from error
    if unknown := set(values) - set(KEYS):
        raise BadSettings(path=path, reason=listed(sorted(unknown)))
    return values


def user_file() -> dict[str, Any]:
    """The settings of the user's file; nothing when there is none.

    Raises:
        BadSettings: it is not TOML, or has an unknown key.
    """
    path = config_file()
    if not path.is_file():
        return {}
    # The clock of a file system may stand still for some milliseconds, so the time alone does not tell.
    state = path.stat()
    return _read_settings(path, (state.st_mtime_ns, state.st_ino, state.st_size))


def default_database() -> Path:
    """The database that is used when none is named: in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("volunteer", appauthor=False) / "volunteer.db"


def login_name() -> str:
    """The name of the user as the system knows it."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
