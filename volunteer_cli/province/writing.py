"""Writing an export: each table as Parquet, partitioned by community and year.

The database composes lines, which cost a tenth of rows of values; DuckDB makes Parquet of them. What came out as it
was is left alone, so that a copy by rsync moves only what changed.
"""

from __future__ import annotations

import filecmp
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, cast, func, literal, select

from volunteer_cli import __version__
from volunteer_cli.areas import gathered
from volunteer_cli.core.database import SCHEMA
from volunteer_cli.core.exports import Export
from volunteer_cli.core.models import Base
from volunteer_cli.core.policies import SMALL_CELL, TIMEZONE, policy_text
from volunteer_cli.province.errors import OtherExport
from volunteer_cli.province.parquet import PAGE, WHOLE, Page, driver, type_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Lines that are fetched at a time.
MANY = 5000
#: More than communities of a district times years.
MOST_PARTITIONS = 100_000
PARTITIONED = "FORMAT parquet, PARTITION_BY (community, year), FILENAME_PATTERN 'part', COMPRESSION zstd"


@dataclass
class Outcome:
    """What came of an export: how many partitions there are, and what became of them."""

    operation: int
    partitions: int = 0
    written: int = 0
    removed: int = 0


def export(session: Session, folder: Path) -> Outcome:
    """Bring a folder up to date with the database.

    Raises:
        DuckdbMissing: DuckDB is not installed.
        OtherExport: the folder has the figures of another database.
    """
    driver()
    page, former = _page(session), Page.of(folder)
    if former is not None and former.database != page.database:
        raise OtherExport(path=folder)
    outcome = Outcome(page.operation)
    if former == page:
        outcome.partitions = sum(1 for _each in folder.glob("*/*/*/*.parquet"))
    else:
        _bring_up_to_date(session, folder, page, outcome)
    return outcome


def _bring_up_to_date(session: Session, folder: Path, page: Page, outcome: Outcome) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as temporary, driver().connect() as duck:
        for each in gathered("exports"):
            draft = Path(temporary) / each.name
            _write_draft(session, duck, each, draft)
            _take_over(draft, folder / each.name, outcome)
        # Last of all: what broke off before is done again.
        _put(Path(temporary) / PAGE, folder / PAGE, page.text())


def _page(session: Session) -> Page:
    from volunteer_cli.core.records import Operation

    first = session.execute(select(Operation.at, Operation.command).order_by(Operation.id).limit(1)).first()
    return Page(
        database=blake2b(repr(tuple(first or ())).encode(), digest_size=8).hexdigest(),
        operation=session.scalar(select(func.max(Operation.id))) or 0,
        written_by=f"{__version__} {SCHEMA}",
        small_cell=policy_text(session, SMALL_CELL),
        timezone=policy_text(session, TIMEZONE),
    )


# --- from rows to Parquet ------------------------------------------------------------


def _write_draft(session: Session, duck: Any, each: Export, draft: Path) -> None:
    """Write a table's partitions into a folder of their own."""
    lines = draft.with_suffix(".csv")
    with lines.open("w", encoding="utf-8") as file:
        for part in _lines(session, each):
            file.write(part)
    draft.mkdir()
    if lines.stat().st_size:
        table = each.model.__table__.columns
        types = {"community": "VARCHAR", "year": "VARCHAR"}
        types |= {name: type_of(table[name]) for name in each.values(session)}
        # One thread writes the same rows always in the same order, hence the same file.
        duck.execute("SET threads = 1")
        # A partition that is closed before the end would go on in a second file.
        duck.execute(f"SET partitioned_write_max_open_files = {MOST_PARTITIONS}")
        source = f"read_csv({_quoted(lines)}, columns = {types!r}, header = false, auto_detect = false, quote = '\"')"
        duck.execute(f"COPY (SELECT * FROM {source}) TO {_quoted(draft)} ({PARTITIONED})")
    lines.unlink()


def _lines(session: Session, each: Export) -> Iterator[str]:
    """The rows as lines of CSV, some thousands at a time."""
    query = _query(session, each).execution_options(yield_per=MANY)
    for part in session.connection().execute(query).scalars().partitions():
        yield "\n".join(part) + "\n"


def _query(session: Session, each: Export) -> Any:
    """A select of one column: the line of a row, which begins with its community and year."""
    # An alias, for the communities are exported too.
    community = Base.metadata.tables["community"].alias()
    # What belongs to no community stands in a partition of its own, so that no row is lost.
    home = literal(WHOLE) if each.community is None else func.coalesce(community.c.code, WHOLE)
    fields = [_text(home), _year(each.day), *map(_field, each.values(session).values())]
    query = each.joined(session, select(_joined(fields)).select_from(each.model))
    if each.community is not None:
        query = query.outerjoin(community, community.c.id == each.community)
    return query.order_by(each.model.id)


def _year(day: Any) -> Any:
    return literal(WHOLE) if day is None else func.coalesce(func.substr(cast(day, String), 1, 4), WHOLE)


def _joined(fields: Sequence[Any]) -> Any:
    line, *others = fields
    for value in others:
        line = line.concat(literal(",")).concat(value)
    return line


def _field(value: Any) -> Any:
    """A value in a line: numbers and days as they are, texts in quotes, nothing for what is unknown."""
    text = _text(value) if type_of(value) == "VARCHAR" else cast(value, String)
    return func.coalesce(text, "") if getattr(value, "nullable", True) else text


def _text(value: Any) -> Any:
    return literal('"').concat(func.replace(value, '"', '""')).concat(literal('"'))


def _quoted(path: Path) -> str:
    text = str(path).replace("'", "''")
    return f"'{text}'"


# --- into the folder ------------------------------------------------------------


def _take_over(draft: Path, goal: Path, outcome: Outcome) -> None:
    """Put the partitions that are new or others than before in their places, and take away those that are no more."""
    places = {goal / path.relative_to(draft): path for path in sorted(draft.glob("*/*/*.parquet"))}
    for place, path in places.items():
        outcome.partitions += 1
        # The same rows make the same bytes: whoever copies the folder each night copies what has changed.
        if not (place.is_file() and filecmp.cmp(path, place, shallow=False)):
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
            outcome.written += 1
    for old in goal.glob("*/*/*.parquet"):
        if old not in places:
            old.unlink()
            outcome.removed += 1


def _put(draft: Path, place: Path, text: str) -> None:
    draft.write_text(text, encoding="utf-8")
    draft.replace(place)
