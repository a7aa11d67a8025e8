"""Things of any kind, named as `person:12` or `organization:快递公司`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Where each kind of thing is looked up; imported only when that kind is named.
FINDERS = {
    "community": ("communities.queries", "find_community"),
    "organization": ("organizations.queries", "find_organization"),
    "person": ("people.queries", "find_person"),
    "team": ("teams.queries", "find_team"),
    "event": ("events.queries", "find_event"),
    "hours": ("hours.queries", "find_record"),
    "training": ("training.queries", "find_training"),
    "certificate": ("recognition.queries", "find_certificate"),
    "award": ("recognition.queries", "find_award"),
    "evaluation": ("recognition.queries", "find_evaluation"),
    "drive": ("drives.queries", "find_drive"),
}


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
    if not sign or kind not in FINDERS:
        raise UnknownThing(value=text, kinds=", ".join(FINDERS))
    room, name = FINDERS[kind]
    record: Any = getattr(import_module(f"volunteer_cli.{room}"), name)(session, rest, changing=False)
    return record.__tablename__, record.id
