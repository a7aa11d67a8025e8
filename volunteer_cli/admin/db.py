"""`volunteer db …`: the database file as a whole."""

from __future__ import annotations

from volunteer_cli.core.i18n import _
from volunteer_cli.core.settings import settings
from volunteer_cli.shell import noun, say, verb

app = noun("db")


@verb(app, "init", example="volunteer db init --db binhu.db")
def init() -> None:
    """Make an empty database that only you can read."""
    from volunteer_cli.core.schema import create

    target = settings().database
    create(target)
    say(_("Made the database {path}. Next: volunteer community add NAME --code CODE").format(path=target))
