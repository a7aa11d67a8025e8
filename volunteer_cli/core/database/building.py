"""Statements that are put together once: for an office that takes longer than asking them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
Built = TypeVar("Built")
#: How many of a kind are kept: those of the days, the policies and the community that one session asks for.
KEPT = 32


def built_once(build: Callable[P, Built]) -> Callable[P, Built]:
    """Keep what a function made for the same arguments; a part of a statement is never changed, only added to.

    It must know nothing but its arguments, and no session.
    """
    return cast(Callable[P, Built], lru_cache(maxsize=KEPT)(cast(Callable[..., Any], build)))
