"""How an area says what it adds to the overview."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from volunteer_cli.core.cards import ANYWHERE
from volunteer_cli.reporting.declaration import Figure, Row, Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Part:
    """Figures of an area, and their values for a scope.

    Attributes:
        place: where they stand among those of the others: smaller first, tables after all of them.
    """

    figures: tuple[Figure, ...]
    row: Callable[[Session, Scope], Row]
    place: int = ANYWHERE
