"""What both sides know of an export: the folder's own page, the types of columns, the driver."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer

from volunteer_cli.province.errors import DuckdbMissing

#: The page of a folder, which says what is in it; written last.
PAGE = "export.json"
#: Where rows go that belong to no community, or to no year.
WHOLE = "all"
#: DuckDB's types; whatever is none of these is text.
TYPES: tuple[tuple[type[Any], str], ...] = (
    (Integer, "BIGINT"),
    (Boolean, "BOOLEAN"),
    (DateTime, "TIMESTAMP"),
    (Date, "DATE"),
)


@dataclass(frozen=True)
class Page:
    """What an export says of itself.

    Attributes:
        database: tells this database from others, for good.
        operation: the newest operation of the history that is in it.
        written_by: the version that wrote it, with its schema.
        small_cell: from which number on counts may be published.
        timezone: the zone of the communities.
    """

    database: str
    operation: int
    written_by: str
    small_cell: str
    timezone: str

    @classmethod
    def of(cls, folder: Path) -> Page | None:
        """The page of a folder; None where there is none."""
        path = folder / PAGE
        return cls(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None

    def text(self) -> str:
        """The page as it is kept."""
        return json.dumps(asdict(self), indent=1) + "\n"


def type_of(column: Any) -> str:
    """DuckDB's type for a column."""
    return next((name for kind, name in TYPES if isinstance(column.type, kind)), "VARCHAR")


def driver() -> Any:
    """DuckDB's module; raises DuckdbMissing."""
    try:
        import duckdb
    except ImportError as error:
        raise DuckdbMissing from error
    return duckdb
