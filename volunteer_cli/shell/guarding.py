"""Around one command line: its language, and every error as its line and its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from typer import Abort, Exit, echo

from volunteer_cli.core import i18n
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.run import run
from volunteer_cli.core.settings import BadSettings
from volunteer_cli.shell.asking import answered
from volunteer_cli.shell.process import OutputLost, discard_output, hear_interruptions, readable_words
from volunteer_cli.shell.telling import (
    interrupted,
    lost_after_commit,
    reader_gone,
    report,
    report_bug,
    tell_remarks,
)
from volunteer_cli.shell.typer_private import NoArgsIsHelpError, UsageError


def guarded(words: Sequence[str], perform: Callable[[list[str]], None]) -> int:
    """Run a command line and turn every error into its line and its exit code."""
    try:
        hear_interruptions()
        code = _code_of(words, perform)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        return reader_gone()
    except (KeyboardInterrupt, Abort):
        return interrupted()
    except OutputLost as error:
        discard_output()
        return lost_after_commit(error)
    except (VolunteerError, UsageError) as error:
        return report(error)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a bug becomes one line
        return report_bug(error)
    return code


def _code_of(words: Sequence[str], perform: Callable[[list[str]], None]) -> int:
    try:
        _choose_language(words)
        answered(readable_words(words), perform)
    except Exit as stop:
        return stop.exit_code
    except NoArgsIsHelpError as asked:
        echo(asked.ctx.get_help())
    finally:
        tell_remarks()
    return 0


def _choose_language(words: Sequence[str]) -> None:
    """Speak the language that is asked for before anything of the command line is parsed."""
    current = run()
    current.language = i18n.language_of_environment()
    if language := _asked_language(words):
        current.given.options["lang"] = language
    # A file that cannot be read is told when a command runs; help and doctor do without it.
    with suppress(BadSettings):
        current.language = current.given.language


def _asked_language(words: Sequence[str]) -> str | None:
    """The `--lang` of a command line, needed before anything of it is parsed."""
    for index, word in enumerate(words):
        if word == "--":
            return None
        if word == "--lang" and index + 1 < len(words):
            return words[index + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return None
