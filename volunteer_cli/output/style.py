"""How a writer lays out rows; what depends on the place they go to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """Headings or not, colour or not, the width to fit in (None: any), and whether a file is written."""

    header: bool = True
    color: bool = False
    width: int | None = None
    to_file: bool = False
