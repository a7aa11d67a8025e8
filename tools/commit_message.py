"""Refuse a commit message without a body that says why: a hook, see `make hooks`.

    python tools/commit_message.py FILE

The change itself shows what was done. Its reason is nowhere else, and is what is asked for years later.
"""

from __future__ import annotations

import sys
from pathlib import Path

#: What needs no reason of its own: it is made by git, or says which commit it belongs to.
EXCUSED = ("Merge ", "Revert ", "fixup! ", "squash! ", "Release ")
LONGEST = 100


def fault(message: str) -> str | None:
    """What is wrong with a message, in a sentence; nothing when it may stay."""
    lines = [line.rstrip() for line in message.splitlines() if not line.startswith("#")]
    subject, *body = lines or [""]
    if subject.startswith(EXCUSED):
        return None
    if not subject or len(subject) > LONGEST:
        return f"The first line names the area and what changes, in at most {LONGEST} characters."
    if not any(body):
        return "Say why, in a line or two below the first one and a blank line."
    if body[0]:
        return "Leave the second line blank."
    return None


if __name__ == "__main__":
    if problem := fault(Path(sys.argv[1]).read_text(encoding="utf-8")):
        raise SystemExit(problem)
