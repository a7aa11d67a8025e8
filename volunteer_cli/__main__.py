"""`python -m volunteer_cli`, and what `volunteer` starts with, before anything heavy is imported."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` imports enums, which takes as long as all of this
import os
import sys

INTERRUPTED = 130


def stop_early(_number: int, _frame: object) -> None:
    """End at once while nothing has begun; there are no words in other languages yet."""
    os.write(2, b"Interrupted; nothing was changed.\n")
    os._exit(INTERRUPTED)


def speak_utf8() -> None:
    """Begin again in UTF-8 where no locale says how names of files and people are written."""
    if sys.flags.utf8_mode or sys.getfilesystemencoding() != "ascii":
        return
    environment = {**os.environ, "PYTHONUTF8": "1"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606 - ourselves


def main() -> None:
    """Run the command line of this process."""
    _signal.signal(_signal.SIGINT, stop_early)
    speak_utf8()
    from volunteer_cli.app import main as run

    run()


if __name__ == "__main__":
    main()
