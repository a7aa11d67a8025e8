"""What was named as the database: a file, by its path or by a URL, or a server; and how to say its name.

Light, so that completion needs no database library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from volunteer_cli.core.errors import DATABASE, VolunteerError
from volunteer_cli.core.i18n import N_

#: As SQLAlchemy reads it: what stands behind the third slash is the path, as it is.
_SQLITE = re.compile(r"sqlite(?:\+pysqlite)?://(?:/(?P<path>[^?]*))?(?:\?(?P<query>.*))?", re.DOTALL)
#: As SQLAlchemy reads them: a password may hold any sign but @, also those that begin a path or options elsewhere.
_USER = re.compile(r"\A[^:/]*(?::[^@]*)?@")
_OPTIONS = re.compile(r"\?(?=\w+=)")
#: What was meant for the address of a server and is none: whatever a password may be in goes.
_NEARLY = re.compile(r"(?is)((?:\Apostgres\w*(?:\+\w+)?:|\bpassword\s*=)).*(?=@|\s|\Z)")
_OPTION = "--db"


class DatabaseFault(VolunteerError):
    """The database {path} cannot be used: {reason}"""

    code = "database"
    exit_code = DATABASE

    def __init__(self, **fields: Any) -> None:
        if "path" in fields:
            fields["path"] = named(str(fields["path"]))
        super().__init__(**fields)


class BadUrl(DatabaseFault):
    """'{path}' names no kind of database that is known"""

    code = "bad_url"
    hint = N_("Give a path, or a URL like postgresql://user@host/name.")


class BadFileUrl(DatabaseFault):
    """'{path}' names no file, or has options that are not known here"""

    code = "bad_url"
    hint = N_("Give the path alone, as in --db harbour.db")


def is_url(target: str) -> bool:
    """Whether a database was named by URL and not by path."""
    return "://" in target


def file_of(target: str) -> Path | None:
    """The SQLite file that a target names, in whichever form, or None for the database of a server.

    Raises:
        BadFileUrl: it is a URL of SQLite that names no file, or asks to open one in another way.
    """
    if not is_url(target):
        return Path(target)
    if not target.partition(":")[0].lower().startswith("sqlite"):
        return None
    path, options = _path_and_options(target)
    if path in ("", ":memory:") or options:
        raise BadFileUrl(path=target)
    return Path(path)


def _path_and_options(target: str) -> tuple[str, dict[str, str]]:
    """What a URL of SQLite names, an empty path where it names none; a path may be a URI of its own."""
    url = _SQLITE.fullmatch(target)
    if url is None:
        return "", {}
    path, options = url["path"] or "", dict(parse_qsl(url["query"] or ""))
    if not path.startswith("file:"):
        return path, options
    options.pop("uri", None)
    return unquote(urlsplit(path).path), options


def named(target: str) -> str:
    """How a target is told to people: a path as it is, a URL without user, password and any option but its schema."""
    if not is_url(target):
        return _NEARLY.sub(r"\1…", target)
    scheme, _sign, rest = target.partition("://")
    place, *options = _OPTIONS.split(_USER.sub("", rest), maxsplit=1)
    schema = dict(parse_qsl("".join(options))).get("schema")
    return f"{scheme}://{place.rpartition('@')[2]}" + (f"?schema={schema}" if schema else "")


def without_schema(target: str) -> tuple[str, str | None]:
    """The URL of a server as PostgreSQL's own programs read it, and the schema that ours may name."""
    place, *options = _OPTIONS.split(target, maxsplit=1)
    pairs = parse_qsl("".join(options))
    query = urlencode([pair for pair in pairs if pair[0] != "schema"])
    scheme, _sign, rest = place.partition("://")
    return f"{scheme.partition('+')[0]}://{rest}?{query}", dict(pairs).get("schema")


def search_path(schema: str) -> str:
    """The option of a connection that looks up and makes tables in a schema alone; it ends at a space."""
    name = '"' + schema.replace('"', '""') + '"'
    return "-csearch_path=" + name.replace("\\", "\\\\").replace(" ", "\\ ")


def without_target(words: Sequence[str]) -> Iterator[str]:
    """The words of a command line as they may be kept: without the database, whose URL can hold a password."""
    follows = False
    for place, word in enumerate(words):
        if word == "--":
            yield from words[place:]
            return
        if not follows and word != _OPTION and not word.startswith(f"{_OPTION}="):
            yield word
        follows = word == _OPTION and not follows
