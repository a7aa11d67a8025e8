"""What actions hold against taking an organization out of use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from volunteer_cli.actions import queries
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, listed

if TYPE_CHECKING:
    from volunteer_cli.core.history import Recorder

#: How many actions a refusal names.
NAMED = 10


class OwnsActions(RuleError):
    """{name} still has to do {actions}"""

    code = "in_use"
    hint = N_("Hand them over first: volunteer council assign {first} --owner ORGANIZATION")


def refuse_owners(session: Session, _recorder: Recorder) -> Iterator[str]:
    """Refuse that an organization is archived while it has something to do; raises OwnsActions."""
    for name, ids in queries.archived_owners(session).items():
        raise OwnsActions(name=name, actions=listed(f"action:{key}" for key in ids[:NAMED]), first=ids[0])
    yield from ()
