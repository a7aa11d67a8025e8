"""`volunteer batch`: many commands in one process and, unless `--each`, one operation."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from typer import Argument, Exit, Option, echo

from volunteer_cli.admin.lines import Line, lines_of
from volunteer_cli.core.errors import NOT_FOUND, ROWS_REJECTED, RuleError, UsageFault, VolunteerError
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.run import run, running
from volunteer_cli.output.colors import BAD
from volunteer_cli.shell import command, say
from volunteer_cli.shell.telling import describe, tell_line
from volunteer_cli.shell.typer_private import UsageError

#: Commands that make no sense in the middle of an open transaction.
REFUSED = ("undo", "db", "batch", "demo", "shell")


class NotInBatch(RuleError):
    """'{noun}' cannot be run inside a batch"""

    code = "not_in_batch"


class HoldsForAll(UsageFault):
    """{option} holds for a whole batch, not for one line of it"""

    code = "not_in_batch"
    hint = N_("Give it to batch itself, or run line by line with --each.")


class OpenQuote(UsageFault):
    """A quote is opened here and never closed; what stands below was not read"""

    code = "usage"
    hint = N_("Put texts with spaces in quotes, and close them.")


class HoldsNul(UsageFault):
    """This line holds a NUL character, which no text and no file name can have"""

    code = "usage"


class NoBatchFile(VolunteerError):
    """There is no readable file {file}"""

    code = "not_found"
    exit_code = NOT_FOUND


class LineFailed(VolunteerError):
    """Line {number}: {line}"""

    def __init__(self, number: int, line: str, code: str, exit_code: int) -> None:
        super().__init__(number=number, line=line)
        self.exit_code = exit_code  # type: ignore[misc]
        self.code = code  # type: ignore[misc]

    def __str__(self) -> str:
        """The line of the error as the command itself would have said it, with its place in the batch."""
        return self.message


@dataclass
class Outcome:
    """What became of one line."""

    line: int
    command: str
    exit: int
    code: str | None = None
    message: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the line did not do what it says; an import that wrote its good rows ends without an error."""
        return self.exit != 0 and (self.exit, self.code) != (ROWS_REJECTED, None)


def run_batch(
    file: Annotated[
        str,
        Argument(
            metavar="[FILE]", help=N_("One command a line, without 'volunteer'; - is the standard input")
        ),
    ] = "-",
    each: Annotated[bool, Option("--each", help=N_("Commit line by line and go on after a failure"))] = False,
    as_json: Annotated[bool, Option("--json", help=N_("Report a line of JSON per command"))] = False,
) -> None:
    """Run a file of commands as one.

    All lines are one operation, and the first that fails rolls everything back. In a line, @last is
    the record of the needed kind that the batch added last; # begins a comment.
    """
    run_each(file, as_json=as_json) if each else run_whole(file, as_json=as_json)


def run_whole(file: str, *, as_json: bool = False) -> int:
    """Run all lines in one unit of work and answer how many there were.

    Raises:
        LineFailed: a line failed; nothing was changed.
    """
    from volunteer_cli.core.work import afterwards, work

    run().added.clear()
    count = 0
    with work("batch"):
        for line in lines_of(read_script(file)):
            outcome = run_line(line)
            _report(outcome, as_json=as_json)
            if outcome.failed:
                raise LineFailed(line.number, outcome.message or "", outcome.code or "", outcome.exit)
            count += 1
        afterwards(lambda done: say(_summary(count, done)))
    return count


def _summary(count: int, done: Any) -> str:
    if run().given.dry_run:
        sentence = ngettext(
            "Dry run, nothing was written: {count} command would run.",
            "Dry run, nothing was written: {count} commands would run.",
            count,
        )
        return sentence.format(count=count)
    if done.committed is None:
        sentence = ngettext(
            "Ran {count} command. Nothing changed.", "Ran {count} commands. Nothing changed.", count
        )
        return sentence.format(count=count)
    sentence = ngettext(
        "Ran {count} command. Operation {number}.", "Ran {count} commands. Operation {number}.", count
    )
    return sentence.format(count=count, number=done.committed)


def run_each(file: str, *, as_json: bool = False) -> None:
    """Run each line as a unit of work of its own; exit 1 if any failed."""
    run().added.clear()
    # Lines before an interruption are done, and the message must say so.
    run().commits.unfinished = True
    failed = 0
    for line in lines_of(read_script(file)):
        outcome = run_line(line)
        _report(outcome, as_json=as_json)
        if outcome.failed:
            failed += 1
            _complain(outcome)
    run().commits.unfinished = False
    if failed:
        sentence = ngettext(
            "{failed} command failed; the others are done.",
            "{failed} commands failed; the others are done.",
            failed,
        )
        say(sentence.format(failed=failed))
        raise Exit(1)


def _complain(outcome: Outcome) -> None:
    sentence = _("Line {number}: {line}").format(number=outcome.line, line=outcome.message)
    tell_line(_("Error: {line}").format(line=sentence), color=BAD)


def read_script(file: str) -> str:
    """The text of a script, with the ends of its lines as they stand.

    Raises:
        NoBatchFile: the file is not there or is no text.
    """
    try:
        if file == "-":
            # As bytes: a console may think that it is in another encoding. Editors on Windows write a mark
            # first.
            return sys.stdin.buffer.read().decode("utf-8-sig")
        with open(file, "rb") as source:  # noqa: PTH123 - a name may be /dev/stdin
            return source.read().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, AttributeError) as error:  # without a standard input there is None
        raise NoBatchFile(file=file) from error


def run_line(line: Line) -> Outcome:
    """Run one line; an error becomes its outcome."""
    words: list[str] = []
    try:
        words = words_of(line)
        _run(words)
    except Exit as stop:
        return Outcome(line.number, shlex.join(words), stop.exit_code)
    except (VolunteerError, UsageError) as error:
        message, exit_code = describe(error)
        return Outcome(line.number, line.text, exit_code, getattr(error, "code", "usage"), message)
    return Outcome(line.number, shlex.join(words), 0)


def words_of(line: Line) -> list[str]:
    """The words of a line without the program's name; raises OpenQuote, HoldsNul."""
    if line.words is None:
        raise OpenQuote
    if "\0" in line.text:
        raise HoldsNul
    return list(line.words[1:] if line.words[0] == "volunteer" else line.words)


def _run(words: list[str]) -> None:
    if words:
        with running(run().line(words, _admission())) as line:
            line.perform(words)


def _admission() -> Callable[[str], None]:
    """What refuses a line, once it is read, that cannot be run inside a batch.

    Lines of one transaction cannot mean another database or be a trial each for itself.
    """
    whole = run()
    database, dry_run = whole.given.database, whole.given.dry_run

    def admit(noun: str) -> None:
        line = run()
        if noun in REFUSED:
            raise NotInBatch(noun=noun)
        if line.batched and line.given.database != database:
            raise HoldsForAll(option="--db")
        if line.batched and line.given.dry_run != dry_run:
            raise HoldsForAll(option="--dry-run")

    return admit


def _report(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        from volunteer_cli.areas import load_models
        from volunteer_cli.core.privacy import masked_line

        load_models()
        line = asdict(outcome) | {"command": masked_line(outcome.command)}
        echo(json.dumps(line, ensure_ascii=False))


batch = command(run_batch, "batch", example="volunteer batch night.txt", changes=True)
