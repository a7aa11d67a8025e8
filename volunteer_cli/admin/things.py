"""Things of any kind, named as `person:12` or `organization:快递公司`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.areas import things
from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, listed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class UnknownThing(UsageFault):
    """'{value}' names no thing"""

    code = "bad_thing"
    hint = N_("Write kind and id, as person:12; the kinds are: {kinds}")


def find_thing(session: Session, text: str) -> tuple[str, int]:
    """The table and key of a thing.

    Raises:
        UnknownThing: there is no kind before a colon.
        NotFound, Ambiguous: there is none, or several.
    """
    kind, sign, rest = text.partition(":")
    if not sign or kind not in things():
        raise UnknownThing(value=text, kinds=listed(things()))
    record: Any = things()[kind].find.load()(session, rest, changing=False)
    return record.__tablename__, record.id
