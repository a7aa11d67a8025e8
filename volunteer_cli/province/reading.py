"""Reading exports: a session on DuckDB in which the tables are those of many databases, one below the other.

Ids of the second database and those behind it are moved up, so that no two records have the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volunteer_cli.areas import gathered, load_models
from volunteer_cli.core.exports import EXPORTED, Export
from volunteer_cli.core.policies import SMALL_CELL, TIMEZONE
from volunteer_cli.province.errors import NoExport
from volunteer_cli.province.parquet import PAGE, Page, driver, type_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: So far apart are the ids of two databases.
APART = 10**12
#: What begins a pattern in a path.
WILD = re.compile(r"[*?\[]")
#: What is counted in an export is rounded and capped already.
SETTLED = {"round_minutes": "1", "hours_per_day_cap": "24"}


def folders(pattern: str) -> list[Path]:
    """The exports that a folder, or a pattern such as 'DIR/**', means; raises NoExport."""
    # A folder may be called as a pattern is written: figures[2026].
    if Path(pattern).is_dir():
        return _exports_in(Path(pattern), f"{escape(pattern.rstrip('/'))}/*", pattern)
    plain, *_rest = WILD.split(pattern, maxsplit=1)
    base = Path(plain) if plain.endswith("/") or plain == pattern else Path(plain).parent
    return _exports_in(base, pattern, pattern)


def _exports_in(base: Path, meant: str, pattern: str) -> list[Path]:
    """The exports below a folder whose paths are meant."""
    # A page in a hidden folder is that of an export that is still being written.
    pages = sorted(
        path for path in base.rglob(PAGE) if fnmatch(str(path), str(Path(meant))) and _is_seen(path)
    )
    if not pages:
        raise NoExport(path=pattern)
    return [path.parent for path in pages]


def _is_seen(page: Path) -> bool:
    return not page.parent.name.startswith(".")


@contextmanager
def opened(pattern: str) -> Iterator[Session]:
    """A session on all exports that a pattern means, the run's own.

    Raises:
        DuckdbMissing, NoExport: as their sentences say.
    """
    from sqlalchemy.orm import Session

    from volunteer_cli.core.run import run

    duckdb = driver()
    places = folders(pattern)
    from volunteer_cli.province.dialect import engine_on

    load_models()
    current = run()
    before = current.session
    with duckdb.connect() as duck, Session(engine_on(duck), info={EXPORTED: True}) as session:
        _make_tables(duck, places)
        current.session = session
        try:
            yield session
        finally:
            current.session = before


#: What PostgreSQL calls a month, without what it costs to read a pattern for each row.
MONTHS = "CREATE MACRO to_char(day, pattern) AS left(CAST(day AS VARCHAR), 7)"


def _make_tables(duck: Any, places: Sequence[Path]) -> None:
    duck.execute(MONTHS)
    for each in gathered("exports"):
        duck.execute(f"CREATE VIEW {each.name} AS {_union(each, places)}")
    pages = [page for page in map(Page.of, places) if page is not None]
    # Of several offices the most careful one decides what may be shown.
    least = max(pages, key=lambda page: int(page.small_cell)).small_cell
    values = {**SETTLED, SMALL_CELL.name: least, TIMEZONE.name: pages[0].timezone}
    duck.execute("CREATE TABLE policy (id BIGINT, name VARCHAR, value VARCHAR, holds_from VARCHAR)")
    for number, (name, value) in enumerate(values.items()):
        duck.execute("INSERT INTO policy VALUES (?, ?, ?, '')", [number, name, value])


def _union(each: Export, places: Sequence[Path]) -> str:
    """The rows of a table in all exports."""
    parts = [
        f"SELECT {', '.join(_columns(each, number * APART))} FROM read_parquet('{path}', hive_partitioning = false)"
        for number, path in enumerate(
            f"{escape(str(place / each.name))}/*/*/*.parquet".replace("'", "''") for place in places
        )
        if any((places[number] / each.name).glob("*/*/*.parquet"))
    ]
    nothing = ", ".join(f"CAST(NULL AS {type_of(column)}) AS {column.name}" for column in _table(each))
    return " UNION ALL ".join(parts) or f"SELECT {nothing} WHERE false"


def _table(each: Export) -> Sequence[Any]:
    return list(each.model.__table__.columns)


def _columns(each: Export, offset: int) -> Iterator[str]:
    """The columns of the table; those that are not exported are empty, ids are moved."""
    exported = {*each.columns, *each.computed}
    for column in _table(each):
        if column.name not in exported:
            yield f"CAST(NULL AS {type_of(column)}) AS {column.name}"
        elif offset and (column.primary_key or column.foreign_keys):
            yield f"{column.name} + {offset} AS {column.name}"
        else:
            yield column.name
