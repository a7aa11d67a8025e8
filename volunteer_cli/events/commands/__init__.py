"""`volunteer event …`; help lists the verbs in the order in which they are imported here."""

from volunteer_cli.events.commands.typed import app  # noqa: I001 - the order of help
from volunteer_cli.events.commands import planning, reading, changing, attending, telling

__all__ = ["app", "attending", "changing", "planning", "reading", "telling"]
