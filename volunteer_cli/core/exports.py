"""What of a table may leave the office for the figures of a city or province: no names, numbers or free words.

An area says it in `exports.py`, column by column: what is not named there stays. Reports that only add up are
answered from such files by the same queries; columns that are not there are empty then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.models import Base

#: In the `info` of a session on exports: minutes are those that count, and an office's own fields are not there.
EXPORTED = "exported"


@dataclass(frozen=True)
class Export:
    """The rows of a table that are exported, and where each of them goes.

    Attributes:
        columns: the names of the columns as they are; `id` is among them.
        community: the id of the community that a row belongs to; without one it is of the whole office.
        day: the day whose year a row belongs to; without one it is of no year.
        computed: columns whose values are others than those that are stored, or coarser.
        joined: from the select to one with the tables that these speak of.
    """

    model: type[Base]
    columns: tuple[str, ...]
    community: Any = None
    day: Any = None
    computed: Mapping[str, Callable[[Session], Any]] = field(default_factory=lambda: MappingProxyType({}))
    joined: Callable[[Session, Any], Any] = lambda _session, query: query

    @property
    def name(self) -> str:
        """The name of the table, and of the folder."""
        return str(self.model.__tablename__)

    def values(self, session: Session) -> dict[str, Any]:
        """What is exported of a row, by column."""
        table = self.model.__table__.columns
        computed = {name: compute(session) for name, compute in self.computed.items()}
        return {name: computed.get(name, table.get(name)) for name in (*self.columns, *computed)}
