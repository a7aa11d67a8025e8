"""What the shell hands over: the streams, the words and the interruptions of this process, made fit to work with."""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys
from collections.abc import Iterable
from typing import Any

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_
from volunteer_cli.output.errors import CannotWrite


class NotUtf8(UsageFault):
    """The word '{value}' of this command line is not UTF-8"""

    code = "bad_encoding"
    hint = N_("Rename the file, or let the terminal speak UTF-8.")


class OutputLost(CannotWrite):
    """What there is to print cannot be written: {reason}"""

    hint = N_("Look at where the output goes: it may be full, or closed.")


# --- words ------------------------------------------------------------


def readable_words(words: Iterable[str]) -> list[str]:
    """The words of a command line; raises NotUtf8 for bytes that are no text, which cannot be stored or shown."""
    readable = list(words)
    for word in readable:
        # Python keeps bytes that are no UTF-8 as halves of characters, which no database takes.
        if not word.isascii() and any("\ud800" <= sign <= "\udfff" for sign in word):
            raise NotUtf8(value=word)
    return readable


# --- streams ------------------------------------------------------------


class _Output(io.FileIO):
    """Standard output whose faults are told apart from those of other files; a reader that has gone is none."""

    def write(self, data: Any) -> int:
        """Write as much as goes; raises OutputLost."""
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLost(reason=(error.strerror or "").lower()) from error


def prepare_streams() -> None:
    """Take the places of streams that are closed, and let output hold every character and name its faults.

    Without it the next file that is opened, the database, would be standard output.
    """
    codecs.register_error("volunteer", _escaped)
    for number, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
    sys.stdout = _prepared_output()
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _prepared_output() -> Any:
    """Standard output as it was, but for its faults and for characters that its encoding lacks."""
    before: Any = sys.stdout
    if sys.platform == "win32" and before is not None:
        before.reconfigure(errors="volunteer")
        return before
    encoding = before.encoding if before is not None else "utf-8"
    raw = _Output(1, "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=encoding, errors="volunteer", line_buffering=raw.isatty()
    )


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """A character that an encoding lacks as JSON escapes it, so that a list goes on and JSON stays JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    # As JSON writes them: two halves for what lies beyond the first plane.
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4)), error.end


def discard_output() -> None:
    """Let what is left to print go nowhere: Python would complain once more when it flushes at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    # In the place of the closed pipe, so that the flush at exit meets no fault.
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


# --- interruptions ------------------------------------------------------------


def hear_interruptions() -> None:
    """From here on an interruption is an exception, which is told at the root; before it ends the process."""
    if getattr(signal.getsignal(signal.SIGINT), "__name__", "") == "stop_early":
        signal.signal(signal.SIGINT, signal.default_int_handler)


def ignore_interruptions() -> None:
    """Everything is done or rolled back: an interruption now could only make the exit code lie."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
