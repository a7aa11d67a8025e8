"""Stories: command lines and what each answers, told one after the other, with all checks at the end.

A line is a command and, behind `=>`, what it answers: a code in brackets, or words; `!` before words says that
they must not be there. `@` sets the clock, `~` the language, `<` writes the sheet that `{sheet}` names.
"""

from __future__ import annotations

import shlex
import shutil
from hashlib import sha256
from pathlib import Path

from volunteering import Volunteer


class Told:
    """Runs the lines of a story."""

    def __init__(self, volunteer: Volunteer, sheet: Path) -> None:
        self.volunteer, self.sheet = volunteer, sheet

    def line(self, line: str) -> None:
        """One line: a moment, a language, a sheet, or a command with what it answers."""
        if line.startswith("@"):
            self.volunteer.today = line[1:]
        elif line.startswith("~"):
            self.volunteer.language = line[1:].strip()
        elif line.startswith("<"):
            self.sheet.write_text(line[1:].strip().replace("\\n", "\n") + "\n", encoding="utf-8")
        elif line:
            self.command(*line.partition(" => ")[::2])

    def command(self, line: str, expected: str) -> None:
        """A command succeeds unless a refusal is expected, and says what is expected."""
        result = self.volunteer(*shlex.split(line.replace("{sheet}", str(self.sheet))))
        said = f"{line}\n{result.code}\n{result.err}\n{result.out}"
        if expected.startswith("!") or not expected:
            assert result.code == 0, said
        there = expected.removeprefix("!") in result.err + result.out
        assert there is not expected.startswith("!"), f"{said}\nexpected: {expected}"


def begin(volunteer: Volunteer, kept: Path, before: str) -> None:
    """Do what went before; where another story of this run began in the same way, its beginning is taken over."""
    if kept.exists():
        volunteer.database.write_bytes(kept.read_bytes())
        return
    volunteer.ok("batch", stdin=before)
    if isinstance(volunteer.database, Path):
        shutil.copy(volunteer.database, kept)


def tell(volunteer: Volunteer, folder: Path, before: str, lines: str) -> None:
    """A story from its beginning, on 3 July 2026 at eight; what stands at its end breaks nothing."""
    volunteer.today = "2026-07-03T08:00"
    begin(volunteer, folder.parent / f"story-{sha256(before.encode()).hexdigest()[:12]}.db", before)
    told = Told(volunteer, folder / "sheet.csv")
    for line in lines.splitlines():
        told.line(line.strip())
    assert volunteer.ok("check").out == ""
