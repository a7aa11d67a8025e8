"""What holds for one run: option, else environment, else the user's file, else a default."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from volunteer_cli.core import i18n
from volunteer_cli.core.errors import BadChoice, UsageFault
from volunteer_cli.core.i18n import N_

#: The settings that have a global option, an environment twin VOLUNTEER_… and a place in the user's file.
NAMES = ("db", "community", "lang", "actor", "today")
COLORS = ("auto", "always", "never")


class BadSettings(UsageFault):
    """The settings file {path} cannot be read: {reason}"""

    code = "bad_settings"
    hint = N_("It is TOML with the keys db, community, lang, actor and today.")


@dataclass
class Settings:
    """The answers of options, environment and file for one run."""

    given: dict[str, str] = field(default_factory=dict)
    zone: str = "Asia/Shanghai"
    quiet: bool = False
    verbose: int = 0
    color: str = "auto"
    dry_run: bool = False
    yes: bool = False
    command: str = ""
    arguments: tuple[str, ...] = ()
    without_file: bool = False

    def _value(self, name: str) -> str | None:
        if value := self.given.get(name) or os.environ.get(f"VOLUNTEER_{name.upper()}"):
            return value
        if self.without_file or not (kept := user_file().get(name)):
            return None
        return str(kept)

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
        asked = self._value("lang")
        if asked is None:
            return i18n.language_of_environment()
        short = asked.lower().replace("-", "_").split("_")[0].split(".")[0]
        if short not in i18n.LANGUAGES:
            raise BadChoice(field="--lang", value=asked, choices=", ".join(i18n.LANGUAGES))
        return short

    @property
    def actor(self) -> str:
        """Who is doing this, as the history will have it."""
        return self._value("actor") or login_name()

    @property
    def now(self) -> datetime:
        """The wall clock of the community, to the minute; `--today` sets it.

        Raises:
            BadDate: `--today` is no date.
        """
        clock = datetime.now(ZoneInfo(self.zone)).replace(second=0, microsecond=0, tzinfo=None)
        if not (text := self._value("today")):
            return clock
        from volunteer_cli.core.dates import parse_date, parse_time

        day, sign, time = text.partition("T")
        if not sign:
            day, _, time = text.partition(" ")
        on = parse_date(day, clock.date(), year=clock.year)
        return datetime.combine(on, parse_time(time) if time else clock.time())

    def check(self) -> None:
        """Refuse a setting that cannot be read before anything is done with it.

        Raises:
            BadSettings: the user's file cannot be read.
            BadDate: `--today` is no date.
            BadText: the name of the actor holds what must not be stored.
        """
        if not self.without_file:
            user_file()
        if self._value("today"):
            self.now  # noqa: B018 - read for its error
        if not self.actor.isprintable():
            from volunteer_cli.core.text import clean

            clean(self.actor, "--actor")

    @property
    def today(self) -> date:
        """The day it is in the community."""
        return self.now.date()

    @property
    def colored(self) -> bool:
        """Whether messages on a terminal may carry colour."""
        if self.color != "auto":
            return self.color == "always"
        return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def config_file() -> Path:
    """Where the user's file of settings is, if there is one."""
    if named := os.environ.get("VOLUNTEER_CONFIG"):
        return Path(named)
    return _default_config_file()


@cache
def _default_config_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("volunteer", appauthor=False) / "config.toml"


@cache
def _read_settings(path: Path, _changed_at: int) -> dict[str, Any]:
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(path=path, reason=str(error)) from error
    if unknown := set(values) - set(NAMES):
        raise BadSettings(path=path, reason=", ".join(sorted(unknown)))
    return values


def user_file() -> dict[str, Any]:
    """The settings of the user's file; nothing when there is none.

    Raises:
        BadSettings: it is not TOML, or has an unknown key.
    """
    path = config_file()
    return _read_settings(path, path.stat().st_mtime_ns) if path.is_file() else {}


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


_current = Settings()


def settings() -> Settings:
    """The settings of the run that is going on."""
    return _current


@contextmanager
def fresh_settings(**changes: Any) -> Iterator[Settings]:
    """Start a run: settings that hold until the end of the block, then the former ones again."""
    global _current
    before, _current = _current, replace(Settings(), **changes)
    try:
        yield _current
    finally:
        _current = before
