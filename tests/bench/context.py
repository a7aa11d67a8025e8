"""What a benchmark is given: the installed tool, big databases, and ways to make tasks of them."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .data import Databases
from .installed import Installed
from .measure import Result, Ruler, Task


@dataclass(frozen=True)
class Context(Ruler):
    """The frame of all benchmarks of one run; `within`, `faster`, `memory` and `skipped` judge."""

    installed: Installed = field(kw_only=True)
    folder: Path = field(kw_only=True)
    databases: Databases = field(kw_only=True)
    _numbers: Any = field(default_factory=itertools.count, kw_only=True)

    def size(self, full: int, small: int) -> int:
        """A size that `--small` reduces."""
        return small if self.small else full

    def path(self, ending: str) -> Path:
        """A new path in the folder of this run."""
        return self.folder / f"{next(self._numbers)}{ending}"

    def copy(self, database: Path) -> Path:
        """A copy of a database that may be written."""
        target = self.path(".db")
        shutil.copy(database, target)
        return target

    def copying(self, database: Path, target: Path) -> Callable[[], object]:
        """What puts a fresh copy in the place of what the last round wrote, and of its journals."""

        def copy() -> None:
            removing(target)()
            shutil.copy(database, target)

        return copy

    def beside_empty(
        self, allowed: float, words: Sequence[object], big: Path, small: Path, size: str, *, today: str
    ) -> Result:
        """A command on a big database beside the same one on an almost empty database."""
        name = f"volunteer {words[0]} {words[1]}"
        ours = self.volunteer(*words, database=big, name=name, today=today)
        empty = self.volunteer(*words, database=small, name="almost empty database", today=today)
        return self.within(allowed, f"{name}, {size}", ours, empty)

    def volunteer(
        self, *words: object, database: Path, name: str = "", today: str = "", **options: Any
    ) -> Task:
        """The installed tool with a command line on a database."""
        said = [str(word) for word in words]
        environment = self.environment | {"VOLUNTEER_DB": str(database)} | options.pop("environment", {})
        if today:
            environment["VOLUNTEER_TODAY"] = today
        return Task(
            name or f"volunteer {' '.join(said)}",
            [str(self.installed.volunteer), *said],
            environment,
            **options,
        )

    def python(self, name: str, code: str, *words: object, **options: Any) -> Task:
        """A script to run beside ours, in the same environment."""
        module = self.path(".py")
        module.write_text(code, encoding="utf-8")
        given = [str(word) for word in words]
        return Task(name, [str(self.installed.python), str(module), *given], self.environment, **options)

    def sqlite(self, name: str, sql: str, database: Path, **options: Any) -> Task:
        """The sqlite3 shell with hand-written SQL.

        Raises:
            FileNotFoundError: there is no sqlite3 shell.
        """
        shell = shutil.which("sqlite3")
        if shell is None:
            raise FileNotFoundError("sqlite3 (the shell)")
        return Task(name, [shell, "-batch", str(database), sql], self.environment, **options)

    def startup(self) -> Task:
        """What it costs to start, load the database library, open a database and read next to nothing."""
        database = self.databases.activities(small=True)
        return self.volunteer("community", "list", database=database, name="start-up")

    @property
    def environment(self) -> dict[str, str]:
        """An environment in which nothing of the user's is seen."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "VOLUNTEER_LANG": "en",
        }


def removing(path: Path) -> Callable[[], object]:
    """Remove a database with its journals."""

    def remove() -> None:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    return remove


def note(sentence: str) -> None:
    """Say on stderr how far the run has come."""
    print(sentence, file=sys.stderr, flush=True)
