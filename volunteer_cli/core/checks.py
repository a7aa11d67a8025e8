"""Broken invariants: how an area declares what must always hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Finding:
    """One record that breaks an invariant, as `person:12`, and how."""

    thing: str
    problem: str


@dataclass(frozen=True)
class Check:
    """Something that must always hold, whatever people type; `find` answers what breaks it.

    Attributes:
        repair: sets right what `find` found where nothing can be lost by it; None where people must decide.
        advice: the command that helps where they must.
        code: of the refusal by which commands keep it; where none has one, its name tells.
    """

    name: str
    title: str
    find: Callable[[Session], Iterable[Finding]]
    repair: Callable[[Session], None] | None = None
    advice: str = ""
    code: str = ""
