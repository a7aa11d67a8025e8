"""Backups of a server's database: made and brought back by PostgreSQL's own programs.

They get the password by the environment: the words of a command line can be read by everybody on a machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from volunteer_cli.core.database import (
    DatabaseDamaged,
    DatabaseFault,
    DatabaseForeign,
    arguments_of,
    faults_explained,
    lock_timeout,
    make_engine,
    schema_used,
)
from volunteer_cli.core.i18n import N_

#: The first bytes of a dump in PostgreSQL's custom format.
HEAD = b"PGDMP"


class ProgramMissing(DatabaseFault):
    """{name}, which makes and restores backups of a server, is not on this machine; nothing was changed"""

    code = "program_missing"
    hint = N_("Install PostgreSQL's client programs: apt-get install postgresql-client")


class ProgramFailed(DatabaseFault):
    """{name} did not succeed with {path}; nothing was changed"""

    code = "program_failed"
    hint = N_("Is it as new as the server? Has the user the rights to read (to restore: to own) all tables?")


class OtherSchema(DatabaseFault):
    """The backup holds no schema {schema}, into which {path} is to be restored; nothing was changed"""

    code = "other_schema"
    hint = N_("Name the schema of the backup: --db 'postgresql://user@host/name?schema=NAME'")


def is_dump(file: Path) -> bool:
    """Whether a file is a backup of a server's database."""
    try:
        with file.open("rb") as opened:
            return opened.read(len(HEAD)) == HEAD
    except OSError:
        return False


def dump(target: str, draft: Path) -> None:
    """Write a database, as it was at one moment, to a file.

    Raises:
        ProgramMissing, ProgramFailed: there is no backup.
    """
    words = ("--format=custom", "--no-owner", f"--schema={_pattern(target)}", f"--file={draft}")
    _run(target, "pg_dump", words)


def _pattern(target: str) -> str:
    """A schema as pg_dump looks for it: in quotes nothing is a pattern."""
    return '"' + schema_used(target).replace('"', '""') + '"'


def revision_of(file: Path) -> str:
    """The revision of the schema of a dump, all of which is read.

    Raises:
        DatabaseForeign, DatabaseDamaged: it is no backup to rely on.
    """
    rows = list(_rows(file, "alembic_version", "version_num"))
    if not rows:
        raise DatabaseForeign(path=file)
    # A dump that is cut off at its end has a whole beginning: only reading all of it tells.
    _read(file, "pg_restore", (f"--file={os.devnull}", str(file)))
    return rows[0][0]


def operations_of(file: Path) -> dict[int, tuple[str, str]]:
    """When each operation of a dump was done, and with which command."""
    rows = _rows(file, "operation", "id", "at", "command")
    return {int(number): (at, command) for number, at, command in rows}


def _rows(file: Path, table: str, *names: str) -> Iterator[list[str]]:
    """Columns of a table in a dump, as texts; no value of these holds a sign that COPY would escape."""
    words = ("--data-only", f"--table={table}", "--file=-", str(file))
    places: list[int] = []
    for line in _read(file, "pg_restore", words).splitlines():
        if line.startswith("COPY "):
            columns = _columns_of(line)
            places = [columns.index(name) for name in names]
        elif line == "\\.":
            places = []
        elif places:
            values = line.split("\t")
            yield [values[place] for place in places]


def _columns_of(line: str) -> list[str]:
    """The columns that a statement COPY names, in the order in which the dump has their values."""
    return line.partition("(")[2].partition(")")[0].replace('"', "").split(", ")


def _read(file: Path, program: str, words: Sequence[str]) -> str:
    """What a program answers about a dump; raises DatabaseDamaged where it cannot be read."""
    command = [_found(program, file), *words]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - the words are ours
    if done.returncode:
        raise DatabaseDamaged(path=file)
    return done.stdout.decode()


def restore(target: str, file: Path, tables: Collection[str]) -> None:
    """Put what a dump holds in the place of our tables, in one transaction.

    Whoever reads meanwhile sees the former tables. Rights that roles were granted come with it, where those
    roles are on this server.

    Args:
        target: where.
        file: the dump.
        tables: the names of ours, whichever of them are there.

    Raises:
        OtherSchema: it was made of another schema.
        ProgramMissing, ProgramFailed: nothing was changed.
    """
    schema = schema_used(target)
    script = _script(file, schema)
    if f"CREATE TABLE {_quoted(schema)}." not in script and f"CREATE TABLE {schema}." not in script:
        raise OtherSchema(path=target, schema=schema)
    try:
        _replace(target, tables, script)
    except ProgramFailed:
        # Roles of the old server need not exist on the new one.
        _replace(target, tables, _script(file, schema, "--no-privileges"))


def _script(file: Path, schema: str, *words: str) -> str:
    more = ("--no-owner", f"--schema={schema}", *words, "--file=-", str(file))
    return _read(file, "pg_restore", more)


def _replace(target: str, tables: Iterable[str], script: str) -> None:
    emptied = "\n".join(_removals(target, tables))
    words = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-")
    _run(target, "psql", words, f"{emptied}\n{script}")


def _removals(target: str, tables: Iterable[str]) -> Iterator[str]:
    """Statements that take our tables away, with what others have built on them."""
    schema = _quoted(schema_used(target))
    yield f"SET lock_timeout = '{max(1, round(lock_timeout() * 1000))}ms';"
    # Whoever may not make schemas may not even say "if it does not exist".
    yield f"SELECT {_literal(f'CREATE SCHEMA {schema}')} WHERE to_regnamespace({_literal(schema)}) IS NULL \\gexec"
    for name in ("alembic_version", *tables):
        yield f"DROP TABLE IF EXISTS {schema}.{_quoted(name)} CASCADE;"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def held(target: str) -> Iterator[None]:
    """Let no other writer in until the end of the block; raises DatabaseLocked."""
    with faults_explained(target), make_engine(target, writing=True).begin():
        yield


def _run(target: str, program: str, words: Sequence[str], script: str = "") -> None:
    parts = arguments_of(target)
    secret = {"PGPASSWORD": parts.pop("password")} if "password" in parts else {}
    done = subprocess.run(  # noqa: S603 - the words are ours
        [_found(program, target), *words, f"--dbname={_place(parts)}"],
        input=script.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, **secret},
    )
    # What the program says can hold the values of a row.
    if done.returncode:
        raise ProgramFailed(name=program, path=target)


def _place(parts: Mapping[str, str]) -> str:
    """Where a database is, in libpq's own form, for a URL would hold its signs in another writing."""
    return " ".join(f"{name}={_conninfo(value)}" for name, value in parts.items())


def _conninfo(value: object) -> str:
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"


def _found(program: str, path: object) -> str:
    place = shutil.which(program)
    if place is None:
        raise ProgramMissing(name=program, path=path)
    return place
