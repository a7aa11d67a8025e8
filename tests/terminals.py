"""Commands at a terminal of their own, for what is asked only there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from volunteering import TODAY

#: What moves the cursor and colours text.
CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A process at a terminal of its own: what is typed into it and what it shows."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.master = master
        self.seen = ""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def until(self, text: str, seconds: float = 20.0) -> str:
        """All that was shown up to a text that must come; what stood there is not looked at again."""
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < deadline, f"{text!r} does not come: {self.seen!r}"
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    self.seen += CONTROL.sub("", os.read(self.master, 65536).decode(errors="replace"))
                except OSError:
                    assert text in self.seen, self.seen
        shown, _text, self.seen = self.seen.partition(text)
        return shown

    def ends(self) -> int:
        """The exit code; what was shown until then stands in `seen`."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.1)[0]:
                try:
                    data = os.read(self.master, 65536)
                except OSError:
                    break
                self.seen += CONTROL.sub("", data.decode(errors="replace"))
            elif self.process.poll() is not None:
                break
        return self.process.wait(5)


@contextmanager
def terminal(database: Path, *words: str, env: dict[str, str] | None = None) -> Iterator[Terminal]:
    """A command that runs at a terminal of its own, 24 lines of 100 columns."""
    settings = {
        "VOLUNTEER_DB": str(database),
        "VOLUNTEER_TODAY": f"{TODAY}T22:05",
        "VOLUNTEER_LANG": "en",
        "TERM": "xterm",
    }
    settings |= {"PROMPT_TOOLKIT_NO_CPR": "1", "PAGER": "cat"}
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "volunteer_cli", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, **settings, **(env or {})},
        start_new_session=True,
        # Only the terminal of a session turns Ctrl-C into an interruption.
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads here
    ) as process:
        os.close(slave)
        try:
            yield Terminal(process, master)
        finally:
            process.kill()
            os.close(master)
