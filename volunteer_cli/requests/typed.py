"""What was typed of a call and its place, as the rules take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import BadChoice, Conflict
from volunteer_cli.core.i18n import _
from volunteer_cli.core.policies import PHONE_REGION, policy_value
from volunteer_cli.core.text import clean, clean_name, parse_phone, place_number
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import find_household, household_of
from volunteer_cli.people.queries import find_person
from volunteer_cli.requests import queries
from volunteer_cli.requests.rules.callers import Call


def require_one(given: Mapping[str, bool]) -> None:
    """Refuse options of which exactly one is needed; raises BadChoice."""
    names = [name for name, value in given.items() if value]
    if len(names) != 1:
        raise BadChoice(field=_("the choice"), value=" ".join(names), choices=", ".join(given))


def read_call(
    session: Session,
    *,
    caller: str | None,
    name: str | None,
    phone: str | None,
    household: str | None,
    anonymous: bool,
    confidential: bool,
    wants_callback: bool,
    day: date,
) -> Call:
    """Who calls, as it was typed; somebody on file calls from where they live unless another household is named.

    Raises:
        NotFound, Ambiguous, BadPhone, BadChoice: as their sentences say.
    """
    given = {"--caller": caller is not None, "--caller-name": bool(name or phone), "--anonymous": anonymous}
    if any(given.values()):
        require_one(given)
    person = find_person(session, caller) if caller else None
    home = find_household(session, household) if household else None
    if person is not None and home is None:
        home = household_of(session, person.id, day)
    return Call(
        person_id=person.id if person else None,
        name=clean_name(name) if name else None,
        phone=parse_phone(phone, policy_value(session, PHONE_REGION)) if phone else None,
        household_id=home.id if home else None,
        confidential=confidential,
        wants_callback=wants_callback,
    )


def read_external(session: Session, community_id: int, text: str | None) -> str | None:
    """The number that another office gave, which one request alone has.

    Raises:
        Conflict: another one has it.
    """
    if not text:
        return None
    external = clean(text, _("External number")).replace(" ", "")
    if other := queries.with_external(session, community_id, external):
        raise Conflict(field=_("External number"), value=external, owner=other.number)
    return external


@dataclass(frozen=True)
class Place:
    """Where a request is about, as far as it may be shown."""

    building: str | None
    grid: str | None
    place: str | None

    @classmethod
    def of(
        cls, session: Session, call: Call, *, building: str | None, grid: str | None, place: str | None
    ) -> Place:
        """What was typed, else building and grid of the caller's household; of one in confidence nothing."""
        home = session.get(Household, call.household_id) if call.household_id else None
        own = (home.building, home.grid) if home and not call.confidential else (None, None)
        return cls(place_number(building) if building else own[0], grid or own[1], place)
