"""How a command talks: sentences on stderr, records on stdout, errors as one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from typer import echo

from volunteer_cli import __version__
from volunteer_cli.core.errors import (
    BUG,
    INTERRUPTED,
    REFUSED,
    UNREADABLE,
    Cancelled,
    UsageFault,
    VolunteerError,
)
from volunteer_cli.core.i18n import N_, _, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.core.visible import harmless
from volunteer_cli.output.colors import BAD, painted
from volunteer_cli.output.options import options
from volunteer_cli.shell.about import about
from volunteer_cli.shell.typer_private import UsageError, usage_sentence

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from volunteer_cli.output.document import Document
    from volunteer_cli.output.options import OutputOptions
    from volunteer_cli.output.view import View


#: What means yes where a question ends in [y/N].
YES = ("y", "yes", "是", "好")


class NeedsAnswer(UsageFault):
    """{question} There is no terminal to ask on"""

    code = "needs_yes"
    hint = N_("Answer beforehand with --yes.")


def say(sentence: str) -> None:
    """A message for the person at the terminal, on stderr; `--quiet` silences it."""
    if not run().given.quiet:
        tell_line(sentence)


def tell_line(sentence: str, *, color: str = "", ends: bool = True) -> None:
    """One line on stderr, safe for a terminal and within its width; where nobody listens it is lost, and nothing fails."""
    line = harmless(sentence)
    if sys.stderr.isatty():
        from volunteer_cli.core.wrapping import terminal_width, wrapped

        line = wrapped(line, terminal_width(), indent="  ")
    colored = run().given.colors(sys.stderr)
    with suppress(OSError):
        # What is asked for by --color or CLICOLOR_FORCE stays in a pipe.
        echo(painted(line, color) if colored else line, err=True, nl=ends, color=colored)


def show(session: Session | None, view: View, record: Any) -> None:
    """Print one record in the format that was asked for; without a session it stands in no database."""
    from volunteer_cli.output.render import show as render

    _reveal(session, view)
    options().about = about(session, view)
    render(view, record, options(), session)
    if path := options().file:
        say(_("Wrote {file}.").format(file=path))


def show_list(session: Session | None, view: View, records: Iterable[Any], *, totals: bool = False) -> None:
    """Print records in the format that was asked for."""
    from volunteer_cli.output.render import show_list as render

    # Before the first row: what was shown stands in the history even when the reader goes half-way.
    _reveal(session, view)
    say_about(session, view)
    # Counted on the way, for a list is streamed and never there as a whole.
    counted = _Counted(records)
    render(view, counted, options(), session, totals=totals)
    if options().file is not None:
        say_written(counted.count)
    elif not counted.count and sys.stderr.isatty():
        say(_("Nothing found."))


def say_about(session: Session | None, view: View) -> None:
    """Keep for the page what a list is of, and say it in a line above a table on a terminal."""
    options().about = about(session, view)
    if options().about and options().file is None and sys.stdout.isatty() and sys.stderr.isatty():
        say(f"{view.heading} · {' · '.join(options().about)}")


def say_written(records: int, path: Path | None = None) -> None:
    """Name the file that was written, and its rows."""
    rows = records if options().limit is None else min(records, options().limit or 0)
    sentence = ngettext("Wrote {file}: {count} row.", "Wrote {file}: {count} rows.", rows)
    say(sentence.format(file=path or options().file, count=rows))


def write_file(content: str | bytes, path: Path, records: int | None = None) -> None:
    """Write a paper to a file, and name it, with its rows where it has some.

    Raises:
        CannotWrite: it cannot be written.
    """
    from volunteer_cli.output.files import replacing

    with replacing(path, binary=isinstance(content, bytes)) as file:
        file.write(content)
    if records is None:
        say(_("Wrote {file}.").format(file=path))
    else:
        say_written(records, path)


class Outcome(NamedTuple):
    """What a command that changes data says once it is committed."""

    sentence: str
    differences: str
    following: str


def understood(outcome: Outcome) -> str:
    """What days, moments and periods were taken for that were typed in words, and are not said anyway."""
    from volunteer_cli.core.dates import shown_moment

    sentence = _("'{text}' is {day}.")
    return typography().sentences(
        sentence.format(text=text, day=shown_moment(value) if isinstance(value, date) else value)
        for text, value in run().understood.items()
        if not _is_said(value, outcome.sentence)
    )


def _is_said(value: object, sentence: str) -> bool:
    """Whether a sentence names a day, and its time if it has one; a time alone needs no words."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" in sentence and f"{value:%H:%M}" in sentence
    return isinstance(value, time) or str(value) in sentence


class _Counted:
    """Records that remember how many they were."""

    def __init__(self, records: Iterable[Any]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        for record in self._records:
            self.count += 1
            yield record


def _reveal(session: Session | None, view: View) -> None:
    reason = options().reveal
    if reason and session is not None:
        from volunteer_cli.core.work import record_reveal

        record_reveal(session, view.name, reason)


def tell(session: Session, view: View, records: Any, sentence: str, *, in_batch: bool = False) -> None:
    """Say what was done once it is committed and, where a format was asked for, print the records.

    `records` is one record, printed as `show` would, or a list of them, printed as `list` would. A
    batch says its own sentence; `in_batch` is for what must be read there too.
    """
    from volunteer_cli.core.work import afterwards

    printed = _rendered(session, view, records)
    left_to_batch = run().batched and not in_batch
    session.flush()
    if printed is None and left_to_batch:
        # A line of a batch mostly has nothing to say: ten thousand of them would be kept until the end.
        return
    outcome = None if left_to_batch else Outcome(sentence, *_around(session, view, records))
    afterwards(lambda work: _finish(work, printed, outcome))


def tell_each(session: Session, view: View, records: Sequence[Any], sentences: Iterable[str]) -> None:
    """Say what was done with each of several records; a single one is printed as one, several as a list."""
    told = records[0] if len(records) == 1 else list(records)
    tell(session, view, told, typography().sentences(sentences))


def _around(session: Session, view: View, records: Any) -> tuple[str, str]:
    """What is said beside the sentence of a command: what changed to what, and which command follows."""
    from volunteer_cli.shell.differing import differences
    from volunteer_cli.shell.leading import next_step

    # Now, for the session is closed when all is safe.
    return differences(session, view, records), next_step(session, records)


def _finish(work: Any, printed: IO[Any] | None, outcome: Outcome | None) -> None:
    if printed is not None:
        _emit(printed, options().file)
    if outcome is not None:
        for line in _outcome(outcome, work):
            say(line)


def in_dry_run(sentence: str) -> str:
    """What would have happened, in words that say it did not."""
    return _("Dry run, nothing was written: {sentence}").format(sentence=sentence)


def _outcome(outcome: Outcome, work: Any) -> list[str]:
    """The lines that say what was done."""
    parts = [outcome.sentence, outcome.differences, understood(outcome)]
    sentence = typography().sentences(filter(None, parts))
    if run().given.dry_run:
        return [in_dry_run(sentence)]
    # Said again and nothing new: the same command twice must not look like two operations.
    if work is None or work.committed is None:
        return [_("{sentence} Nothing changed.").format(sentence=sentence)]
    return _with_next(sentence, outcome.following, work.committed)


def _with_next(sentence: str, following: str, number: int) -> list[str]:
    """What was done, as which operation, and the command that follows; on a terminal that has a line to be copied."""
    done = _("{sentence} Operation {number}.")
    if not following:
        return [done.format(sentence=sentence, number=number)]
    if sys.stderr.isatty():
        return [done.format(sentence=sentence, number=number), _("Next: {command}").format(command=following)]
    whole = typography().sentences([sentence, _("Next: {command}.").format(command=following)])
    return [done.format(sentence=whole, number=number)]


def overwrite_afterwards() -> None:
    """Once what was erased is committed, rebuild the file, so that nothing of it can be read from free pages."""
    from volunteer_cli.core.backup import overwrite_remains
    from volunteer_cli.core.work import afterwards

    def overwrite(work: Any) -> None:
        if getattr(work, "committed", None) and not overwrite_remains(run().given.database):
            say(_("Traces may still stand in the file until it is rebuilt; it was busy just now."))

    afterwards(overwrite)


def prints_records() -> bool:
    """Whether a command that changes data was asked to print what it changed."""
    output = options()
    return (output.format, output.output, output.fields) != (None, None, None)


def _rendered(session: Session, view: View, records: Any) -> IO[Any] | None:
    """What `show` or `list` would print, made before the commit so that it is what was committed."""
    if not prints_records():
        return None
    from volunteer_cli.output.files import require_writable
    from volunteer_cli.output.render import printed, style_of

    # A file that cannot be written must stop the command while nothing is committed.
    if (path := options().file) is not None:
        require_writable(path)
    session.flush()
    _reveal(session, view)
    many = isinstance(records, list)
    rows = records if many else [records]
    return printed(view, rows, _to_text(), session, single=not many, style=style_of(options()))


def _to_text() -> OutputOptions:
    """What was asked for, without the file: it is written when the work is safe."""
    return replace(options(), output=None, format=options().resolved(sys.stdout.isatty()))


def _emit(printed: IO[Any], path: Path | None) -> None:
    from shutil import copyfileobj

    binary = isinstance(printed.read(0), bytes)
    if path is None:
        copyfileobj(printed, sys.stdout.buffer if binary else sys.stdout)
    elif not run().given.dry_run:
        from volunteer_cli.output.files import replacing

        with replacing(path, binary=binary) as file:
            copyfileobj(printed, file)
        say(_("Wrote {file}.").format(file=path))


def hand_out(document: Document, path: Path | None = None) -> None:
    """Write a paper as a page to a file, by default that which -o names, and say so; without one it is read out.

    Raises:
        CannotWrite: the file cannot be written.
        UnknownFormat: its ending is not that of a page.
    """
    from volunteer_cli.output.document import ENDINGS, content, is_page
    from volunteer_cli.output.errors import UnknownFormat
    from volunteer_cli.output.formats import HTML

    file = path or options().file
    if file is not None and not is_page(file):
        raise UnknownFormat.among(file.suffix or file.name, dict.fromkeys((ENDINGS[0], ENDINGS[-1]), ""))
    if file is None and options().format is not HTML:
        from volunteer_cli.output.reading import read_out
        from volunteer_cli.output.render import style_of

        _emit(StringIO(read_out(document, style_of(options()))), None)
    else:
        made = content(document, file)
        _emit(BytesIO(made) if isinstance(made, bytes) else StringIO(made), file)


def hand_out_or_show(session: Session, view: View, record: Any, document: Document) -> None:
    """Hand out a paper; what it is of is printed beside its file, and instead of it in another format.

    Raises:
        CannotWrite, UnknownFormat: the file cannot be written, or is no page.
    """
    output = options()
    reads = output.file is None and (output.format is None or output.format.name in ("table", "html"))
    if output.file is not None or reads:
        hand_out(document)
    if not reads:
        output.output = None
        show(session, view, record)
    else:
        _reveal(session, view)


def show_file(path: Path) -> None:
    """Show a file, once it is written, with the program that the system has for it."""
    from typer import launch

    from volunteer_cli.core.work import afterwards

    def show(_work: Any) -> None:
        if path.is_file() and not run().given.dry_run and launch(str(path)) != 0:
            say(_("{file} is written, but there is no program to show it.").format(file=path))

    afterwards(show)


def confirm(question: str) -> None:
    """Ask before something big; `--yes` answers, and a dry run needs no answer.

    Raises:
        NeedsAnswer: there is no terminal.
        Cancelled: the answer was no.
    """
    if run().given.yes or run().given.dry_run:
        return
    # Nobody there is no consent: a script has to say --yes itself.
    if not sys.stdin.isatty():
        raise NeedsAnswer(question=question)
    tell_line(f"{question} {_('[y/N]')} ", ends=False)
    if sys.stdin.readline().strip().lower() not in YES:
        raise Cancelled


def ask_secret(question: str) -> str | None:
    """Ask for a key at the terminal without showing it; None where there is none, or nothing was typed."""
    if not sys.stdin.isatty():
        return None
    from getpass import getpass

    return getpass(question, stream=sys.stderr).strip() or None


def report(error: VolunteerError | UsageError) -> int:
    """Say in one line what is wrong, and answer the exit code."""
    if os.environ.get("VOLUNTEER_DEBUG"):
        import traceback

        traceback.print_exc()
    line, exit_code = describe(error)
    for part in _hint_apart(_("Error: {line}").format(line=line)):
        tell_line(part, color=BAD)
    return exit_code


def _hint_apart(line: str) -> list[str]:
    """On a terminal what to do next has a line of its own; a script reads one line."""
    message, sign, hint = line.partition("]" + _(". {advice}").format(advice=""))
    return [f"{message}]", hint] if sign and sys.stderr.isatty() else [line]


def describe(error: VolunteerError | UsageError) -> tuple[str, int]:
    """The line of an error without its first word, and its exit code."""
    if isinstance(error, VolunteerError):
        return " ".join(str(error).split("\n")), error.exit_code
    path = error.ctx.command_path if error.ctx else "volunteer"
    advice = _("How it is used: {path} --help").format(path=path)
    return f"{usage_sentence(error)} [usage]" + _(". {advice}").format(advice=advice), UNREADABLE


def report_bug(error: Exception) -> int:
    """Write the traceback to a file and say where."""
    if os.environ.get("VOLUNTEER_DEBUG"):
        raise error
    sentence = _("Error: this is a bug of ours ({kind}) [bug]. The details are in {file}")
    tell_line(sentence.format(kind=type(error).__name__, file=_written_down(error)), color=BAD)
    return BUG


def _written_down(error: Exception) -> str:
    """The file in which the traceback stands now: a user sends it, and never has to read it."""
    import tempfile
    import traceback

    try:
        descriptor, name = tempfile.mkstemp(".txt", "volunteer-bug-")
        # `mkstemp` makes it readable by its owner alone: a traceback may hold what somebody typed.
        with os.fdopen(descriptor, "w", encoding="utf-8") as log:
            log.write(f"volunteer {__version__}, Python {sys.version}\n")
            log.writelines(traceback.format_exception(error))
    except OSError:
        return os.devnull
    return name


# --- what the exit code says of the changes ------------------------------------------------------------


def tell_remarks() -> None:
    """Say what went wrong after something was committed."""
    remarks = run().commits.remarks
    for remark in remarks:
        tell_line(remark)
    remarks.clear()


def interrupted() -> int:
    """Say what is done and what is not; only where all is done the exit code is that of success."""
    commits = run().commits
    # An interruption inside a string that was executed (named tuples are made so) leaves a flag by which `python -m`
    # ends with the signal instead of our exit code; the next executed string clears it.
    exec("")  # noqa: S102 - nothing is in it
    if not commits.operations:
        tell_line(_("Interrupted; nothing was changed."))
        return INTERRUPTED
    first, last = commits.operations[0], commits.operations[-1]
    if commits.unfinished:
        sentence = _("Interrupted; operations {first} to {last} are done, what follows them is not.")
        tell_line(sentence.format(first=first, last=last))
        return INTERRUPTED
    sentence = _("Operation {number} is done; only what follows it was interrupted.")
    tell_line(sentence.format(number=last))
    return 0


def reader_gone() -> int:
    """The exit code when whatever read the output has gone: a fault only where changes went with it."""
    commits = run().commits
    # `volunteer person list | head` is no fault of anybody's.
    if not (commits.rolled_back or commits.unfinished):
        return 0
    tell_line(_("The reader of the output has gone; what was not done by then was given up."))
    return REFUSED


def lost_after_commit(error: VolunteerError) -> int:
    """Say that output was lost; the exit code is still that of what was committed."""
    commits = run().commits
    if commits.operations and not (commits.rolled_back or commits.unfinished):
        sentence = _("Operation {number} is done, but: {error}")
        tell_line(sentence.format(number=commits.operations[-1], error=error))
        return 0
    return report(error)
