"""`volunteer visit …`: `typed` holds what the verbs share, `recording` and `planning` change, `reading` lists."""

from volunteer_cli.care.commands import planning, reading, recording  # noqa: F401 - they add their verbs
from volunteer_cli.care.commands.typed import app

__all__ = ["app"]
