"""What a picture must be able to do, so that a format can set it beside its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from volunteer_cli.output.view import Column


class Picture(Protocol):
    """A chart of some rows, ready to be drawn."""

    def text(self) -> str:
        """The picture in signs, for a terminal."""

    def svg(self) -> str:
        """The picture as an element of a page."""

    def insert(self, book: Any, sheet: Any, columns: Sequence[Column]) -> None:
        """Put the picture beside the rows of a worksheet."""
