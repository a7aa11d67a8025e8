"""What a reader of rows may ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.run import run
from volunteer_cli.output.errors import BadLimit
from volunteer_cli.output.formats import TABLE, TSV, Format, format_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass
class OutputOptions:
    """The options of every reading command."""

    format: Format | None = None
    output: Path | None = None
    fields: tuple[str, ...] | None = None
    sort: str | None = None
    limit: int | None = None
    #: The condition that records of a list must meet.
    where: str | None = None
    header: bool = True
    #: Whether the file that is written is shown with the program of the system for it.
    opens: bool = False
    #: What a list is of, as a page says it: whose, when, narrowed by what.
    about: tuple[str, ...] = ()
    #: The command's own options that were typed, with their values.
    narrowed: tuple[tuple[str, str], ...] = ()
    #: What its parameters are, typed or not, by name.
    typed: Mapping[str, Any] = field(default_factory=dict)
    #: The reason for showing what is masked otherwise.
    reveal: str | None = None

    def __post_init__(self) -> None:
        """Refuse a negative limit before anything is computed."""
        if self.limit is not None and self.limit < 0:
            raise BadLimit(value=self.limit)

    @property
    def file(self) -> Path | None:
        """The file to write; None for standard output, which `-` also names."""
        return None if self.output is None or str(self.output) == "-" else self.output

    def resolved(self, stdout_is_terminal: bool) -> Format:
        """The format to write: the one asked for, else the file's, else table for people and tsv for pipes."""
        if self.format is not None:
            return self.format
        if self.file is not None:
            return format_of(self.file)
        return TABLE if stdout_is_terminal else TSV


def options() -> OutputOptions:
    """The output options of the run that is going on."""
    current = run()
    if not isinstance(current.output, OutputOptions):
        current.output = OutputOptions()
    return current.output
