"""`volunteer campaign …`: `setting` plans it, `working` deals and records, `reading` lists and counts."""

from volunteer_cli.campaigns.commands import setting, working, reading  # noqa: F401, I001 - they add their verbs, in this order
from volunteer_cli.campaigns.commands.typed import app

__all__ = ["app"]
