"""`volunteer visit …`: `typed` holds what the verbs share, `changing` and `planning` change, `reading` lists."""

from volunteer_cli.care.commands import changing, planning, reading  # noqa: F401 - they add their verbs
from volunteer_cli.care.commands.typed import app

__all__ = ["app"]
