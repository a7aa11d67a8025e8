"""Texts to people: what is written to each of them, to send with whatever sends them. Nothing is sent from here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from volunteer_cli.core.errors import NotFound, RuleError, UsageFault
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.people.queries import emails

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.output.document import Document
    from volunteer_cli.people.models import Person


class NoNumber(RuleError):
    """{person} has no volunteer number to put on a badge"""

    code = "no_number"
    hint = N_("Register them first: volunteer person edit {id} --volunteer")


class BadgesNeedPage(UsageFault):
    """Badges are a page to print: name its file with -o, ending in .html"""

    code = "usage"


def badges(session: Session, people: Sequence[Person]) -> Document:
    """A badge for each of several volunteers, with the number as a QR code.

    Raises:
        NoNumber: one of them has none.
    """
    from volunteer_cli.communities.queries import community_names
    from volunteer_cli.output.document import Badge, Document
    from volunteer_cli.output.qr import drawn

    names = community_names(session)
    cards = []
    for person in people:
        number = person.volunteer_no
        if not number:
            raise NoNumber(person=person.name, id=person.id)
        of = names[person.community_id] if person.community_id else ""
        cards.append(Badge(person.name, number, of, _("Volunteer"), drawn(number)))
    return Document(title=_("Volunteer badges"), badges=cards)


#: What is filled in; a template steers nothing else.
BLANK = re.compile(r"\{([^{}]*)\}")


class NoTemplate(NotFound):
    """There is no template {path}, or it cannot be read as text"""

    code = "file_not_found"


class UnknownBlank(RuleError):
    """The template has {blank}, which nobody can fill"""

    code = "bad_template"
    hint = N_("It may have: {blanks}.")


@dataclass(frozen=True)
class Recipient:
    """Somebody to write to; `id` is that of the sign-up or the membership."""

    id: int
    person_id: int
    person: str
    phone: str | None


@dataclass(frozen=True)
class Message:
    """What to write to one person, and where."""

    id: int
    person_id: int
    person: str
    phone: str | None
    email: str | None
    text: str


def template_of(path: Path) -> str:
    """The text of a template; raises NoTemplate."""
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoTemplate(path=path) from error


def messages(
    session: Session, recipients: Iterable[Recipient], template: str, values: Mapping[str, str]
) -> list[Message]:
    """A message to each recipient: the template with their `name` and the values filled in.

    Raises:
        UnknownBlank: the template has a blank that is none of those that can be filled.
    """
    to = list(recipients)
    addresses = emails(session, [each.person_id for each in to])
    # A template that cannot be filled is refused also where nobody is to be written to.
    filled(template, {"name": "", **values})
    return [
        Message(
            each.id,
            each.person_id,
            each.person,
            each.phone,
            addresses.get(each.person_id),
            filled(template, {"name": each.person, **values}),
        )
        for each in to
    ]


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its blanks filled; raises UnknownBlank."""
    return BLANK.sub(lambda blank: _value(values, blank.group(1)), template)


def _value(values: Mapping[str, str], blank: str) -> str:
    if blank not in values:
        raise UnknownBlank(blank=blank, blanks=listed(f"{{{name}}}" for name in values))
    return values[blank]
