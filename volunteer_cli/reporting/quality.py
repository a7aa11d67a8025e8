"""How an area says which of its records are incomplete or hard to believe: not broken, but worth a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from volunteer_cli.core.cards import ANYWHERE
from volunteer_cli.reporting.declaration import Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: A model, what holds for the records looked at, and what is wrong with the faulty ones.
Population: TypeAlias = tuple[Any, list[Any], Any]


@dataclass(frozen=True)
class Flaw:
    """A kind of incomplete or implausible record.

    Attributes:
        place: where it stands among flaws of the same share: smaller first.
    """

    name: str
    title: str
    population: Callable[[Session, Scope], Population]
    place: int = ANYWHERE
