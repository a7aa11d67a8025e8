"""Files whose pages are encrypted with SQLCipher: which these are, by which driver and with which key.

A key is never on a command line and never in the history. It is looked for in this order: a file that
VOLUNTEER_KEY_FILE or the user's settings name, the system's keyring, the person at the terminal.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.database.faults import (
    CipherMissing,
    DatabaseEncrypted,
    KeyNeeded,
    KeyringMissing,
    KeysDiffer,
    KeyTooShort,
    KeyUnreadable,
)
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import current_run, run

if TYPE_CHECKING:
    from types import ModuleType

SQLITE_HEAD = b"SQLite format 3\0"
#: SQLCipher's default page, https://www.zetetic.net/sqlcipher/design/: the file is a whole number of them.
PAGE = 4096
#: Of 256 bytes a page of cipher text has nearly all (on average one in ten million lacks ten), a page of words few.
FEWEST_BYTES = 240
#: The digits of a key of 256 bits that is used as it is; any other text goes through PBKDF2 at each opening.
RAW_DIGITS = 64
KEYRING = "volunteer-cli"
#: What can be tried out one after the other at home in a few hours is no key.
SHORTEST_KEY = 12


def is_encrypted(path: Path) -> bool:
    """Whether a file looks like one of SQLCipher: whole pages that only chance could have written."""
    try:
        size = path.stat().st_size
        if not size or size % PAGE:
            return False
        with path.open("rb") as file:
            page = file.read(PAGE)
    except OSError:
        return False
    return not page.startswith(SQLITE_HEAD) and len(set(page)) >= FEWEST_BYTES


def driver_of(key: str | None) -> ModuleType:
    """The module that opens a file: Python's own, or SQLCipher's for one with a key.

    Raises:
        CipherMissing: SQLCipher is not installed.
    """
    if key is None:
        return sqlite3
    try:
        return import_module("sqlcipher3.dbapi2")
    except ImportError as error:
        raise CipherMissing from error


def driver_errors() -> tuple[type[Exception], ...]:
    """The errors of all drivers that may have been used by now."""
    module = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, module.Error) if module else (sqlite3.Error,)


def primary_code(error: Exception) -> int:
    """SQLite's result code of a driver's error without its details; 0 for an error that has none."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def unlock(connection: Any, key: str | None) -> None:
    """Give a new connection the key of its file; a wrong one shows with the first page that is read."""
    if key is None:
        return
    # It would write to the terminal by itself what we say in a sentence.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = {as_literal(key)}")
    # Somebody who is erased must not be found in a spilled sort; SQLCipher encrypts no temporary files.
    connection.execute("PRAGMA temp_store = MEMORY")


def as_literal(key: str) -> str:
    """A key as SQLCipher reads it in a statement."""
    if len(key) == RAW_DIGITS and not set(key.lower()) - set("0123456789abcdef"):
        return f"\"x'{key}'\""
    return "'" + key.replace("'", "''") + "'"


def key_for(path: Path) -> str | None:
    """The key of a file, or None for one that is not encrypted.

    Raises:
        DatabaseEncrypted: it is encrypted, and nobody is there to ask for the key.
        KeyUnreadable: the file that should hold the key does not.
    """
    place = str(path.resolve())
    keys = _keys()
    if place not in keys:
        # Looked at once, before the file is opened: closing a file drops all locks that the process has on it,
        # https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
        keys[place] = _looked_up(path, place) if is_encrypted(path) else None
    return keys[place]


def _looked_up(path: Path, place: str) -> str:
    # A backup is made with the key of its database, whose place the keyring knows.
    database = str(Path(run().given.database).resolve())
    return key_from_file() or _key_of_keyring(place) or _key_of_keyring(database) or _asked(path)


def use_key(path: Path, key: str | None) -> None:
    """From here on a file is opened with this key, also one that is still empty; None is without one."""
    _keys()[str(path.resolve())] = key


def _keys() -> dict[str, str | None]:
    current = current_run()
    return current.keys if current else {}


def key_from_file() -> str | None:
    """The key in the file that the settings name, if they name one; raises what `read_key` does."""
    name = run().given.key_file
    return None if name is None else read_key(Path(name))


def read_key(file: Path) -> str:
    """The key that a file holds.

    Raises:
        KeyUnreadable: the file cannot be read, or its first line is empty.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise KeyUnreadable(
            path=file, reason=getattr(error, "strerror", None) or _("it is no text")
        ) from error
    if not lines or not lines[0].strip() or "\0" in lines[0]:
        raise KeyUnreadable(path=file, reason=_("its first line is empty"))
    return lines[0].strip()


def _key_of_keyring(place: str) -> str | None:
    if find_spec("keyring") is None:
        return None
    keyring = import_module("keyring")
    try:
        key = keyring.get_password(KEYRING, place)
    except keyring.errors.KeyringError:
        return None
    return str(key) if key else None


def keep_in_keyring(path: Path, key: str) -> None:
    """Let the system's keyring keep the key of a file.

    Raises:
        KeyringMissing: there is none that would.
    """
    if find_spec("keyring") is None:
        raise KeyringMissing
    keyring = import_module("keyring")
    try:
        keyring.set_password(KEYRING, str(path.resolve()), key)
    except keyring.errors.KeyringError as error:
        raise KeyringMissing from error


def new_key(path: Path, file: Path | None) -> str:
    """The key for a file that is to be encrypted: out of a key file, which is made if it is not there, or asked for.

    Raises:
        KeyUnreadable, KeyTooShort: what is there is no key.
        KeyNeeded, KeysDiffer: nobody is there to ask, or they typed two keys.
    """
    if file is not None and not file.exists():
        return _made_key(file)
    key = read_key(file) if file is not None else key_from_file()
    key = key or _asked_twice(path)
    if len(key) < SHORTEST_KEY:
        raise KeyTooShort
    return key


def _asked_twice(path: Path) -> str:
    ask = run().ask_secret
    key = ask(_("A new key for {path}: ").format(path=path))
    if key is None:
        raise KeyNeeded(path=path)
    if ask(_("The same once more: ")) != key:
        raise KeysDiffer
    return key


def _made_key(file: Path) -> str:
    key = secrets.token_hex(RAW_DIGITS // 2)
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as place:
            place.write(key + "\n")
    except OSError as error:
        raise KeyUnreadable(path=file, reason=error.strerror) from error
    return key


def _asked(path: Path) -> str:
    ask: Callable[[str], str | None] = run().ask_secret
    if key := ask(_("Key of {path}: ").format(path=path)):
        return key
    raise DatabaseEncrypted(path=path)
