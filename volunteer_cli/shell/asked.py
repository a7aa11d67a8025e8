"""What a command asks for on a terminal, where it stands alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

#: The words that were answered so far, by the name of the parameter.
Answers: TypeAlias = dict[str, list[str]]


class Asked(NamedTuple):
    """A parameter that is asked for, on a terminal, where its command stands alone.

    Attributes:
        needed: without it the command is refused, though it may be left out for another one.
        when: whether it is asked for after what was answered before.
    """

    name: str
    needed: bool = False
    when: Callable[[Answers], bool] = lambda _given: True
