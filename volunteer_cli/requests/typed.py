"""What was typed of a call and its place, as the rules take it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import Ambiguous, Conflict
from volunteer_cli.core.i18n import _, listed
from volunteer_cli.core.policies import PHONE_REGION, policy_value
from volunteer_cli.core.text import clean, clean_name, parse_phone, place_number
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import find_household, household_of
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import find_person, person_names
from volunteer_cli.requests import queries
from volunteer_cli.requests.models import Request
from volunteer_cli.requests.rules.callers import Call
from volunteer_cli.requests.rules.errors import ExactlyOne, NoCaller


def require_one(given: Mapping[str, bool]) -> None:
    """Refuse options of which exactly one is needed; raises ExactlyOne."""
    if sum(given.values()) != 1:
        raise ExactlyOne(choices=listed(given))


def _home(session: Session, typed: str | None, person: Person | None, day: date) -> Household | None:
    if typed:
        return find_household(session, typed)
    return household_of(session, person.id, day) if person else None


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
        NotFound, Ambiguous, BadPhone, ExactlyOne: as their sentences say.
    """
    given = {"--caller": caller is not None, "--caller-name": bool(name or phone), "--anonymous": anonymous}
    if any(given.values()):
        require_one(given)
    person = find_person(session, caller) if caller else None
    home = _home(session, household, person, day)
    return Call(
        person_id=person.id if person else None,
        name=clean_name(name) if name else None,
        phone=parse_phone(phone, policy_value(session, PHONE_REGION)) if phone else None,
        household_id=home.id if home else None,
        confidential=confidential,
        wants_callback=wants_callback,
    )


def caller_number(session: Session, request: Request, text: str | None) -> int | None:
    """The number of the caller whom a text names: that number, their name, or how only one name begins.

    Whoever asked for confidence is found by the number alone: no name that is tried tells who called.

    Raises:
        NoCaller, Ambiguous: nobody, or several.
    """
    if text is None:
        return None
    typed = unicodedata.normalize("NFKC", text).strip()
    return int(typed) if typed.isdigit() else _by_name(session, request, clean_name(typed))


def _by_name(session: Session, request: Request, text: str) -> int:
    names = _open_names(session, request)
    numbers = [n for n, name in names.items() if name == text]
    numbers = numbers or [n for n, name in names.items() if name.startswith(text)]
    if not numbers:
        raise NoCaller(number=request.number, n=text)
    if len(numbers) > 1:
        raise Ambiguous.between(_("caller"), text, {str(n): f"{n} {names[n]}" for n in numbers})
    return numbers[0]


def _open_names(session: Session, request: Request) -> dict[int, str]:
    """The names of callers who did not ask for confidence, by the numbers of all."""
    callers = queries.callers(session, request.id)
    people = person_names(session, {caller.person_id for caller in callers})
    names = {n: people.get(each.person_id or 0) or each.name for n, each in enumerate(callers, 1)}
    return {n: name for n, name in names.items() if name and not callers[n - 1].confidential}


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
