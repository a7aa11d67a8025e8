"""`volunteer drive …`; help lists the verbs in the order in which they are imported here."""

from volunteer_cli.drives.commands.typed import app  # noqa: I001 - the order of help
from volunteer_cli.drives.commands import running, receiving, sorting, shipping, publishing

__all__ = ["app", "publishing", "receiving", "running", "shipping", "sorting"]
