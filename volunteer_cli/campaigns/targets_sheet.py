"""What a list of targets from above may bring: households or people, by names, numbers or addresses."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, or_, select

from volunteer_cli.campaigns.queries.finding import (
    status_of,
    target_of,
)
from volunteer_cli.campaigns.rules.listing import include
from volunteer_cli.campaigns.rules.moments import When
from volunteer_cli.campaigns.sheet import chosen, community_of
from volunteer_cli.campaigns.terms import (
    CampaignStatus,
    Unit,
)
from volunteer_cli.core.errors import Ambiguous, MissingValue, NotFound, VolunteerError
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.text import mask_digits, mask_id_number, parse_id_number
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import doors_in, find_household, household_of
from volunteer_cli.households.rules import add_household
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import text_of
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    Field,
    Importing,
    Rejected,
    Row,
    Sheet,
    Writer,
)
from volunteer_cli.people.models import Person
from volunteer_cli.people.rules import add_people, checked_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.intake.cells import Cell
    from volunteer_cli.intake.sheet import Column


def _identity(cell: Cell, _column: Column) -> str:
    return parse_id_number(parsers.digits(cell))


def _who(cell: Cell, column: Column) -> str:
    """A name; an identity number in its place says all the better who is meant."""
    return _number_of(text_of(cell)) or parsers.person(cell, column)


def _number_of(text: str) -> str | None:
    try:
        return parse_id_number(text)
    except VolunteerError:
        return None


TARGET_FIELDS = (
    Field("name", N_("Name"), ("姓名", "户主", "户主姓名", "名字", "name"), _who, phone="phone"),
    Field(
        "phone",
        N_("Phone"),
        ("联系电话", "联系方式", "手机", "手机号", "手机号码", "电话", "phone"),
        parsers.phones,
        mask=mask_digits,
    ),
    Field(
        "id_number",
        N_("Identity number"),
        ("身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "id number"),
        _identity,
        mask=mask_id_number,
    ),
    Field(
        "address",
        N_("Address"),
        ("住址", "家庭住址", "居住地址", "门牌号", "户号", "address", "household"),
        parsers.text,
    ),
    Field("grid", N_("Grid"), ("网格", "所属网格", "grid"), parsers.word),
)


class TargetWriter(Writer):
    """Puts households or people on the list of a campaign; who is on it already is the same."""

    fields = TARGET_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.campaign = chosen(session, importing.options)
        self.when = When(None, datetime.combine(importing.today, time()))
        if status_of(self.campaign) is CampaignStatus.RUNNING and self.campaign.opened_at:
            self.when = When(None, max(self.when.now, self.campaign.opened_at))

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New or the same; raises Rejected, or a rule's error for the whole row."""
        thing = self._thing(row)
        target = target_of(self.session, self.campaign, thing)
        if target is not None and target.excluded_at is None:
            self.matched += 1
            return SAME
        include(self.session, self.campaign, thing, self.when, self.importing.options.own["stage"])
        return NEW

    def _thing(self, row: Row) -> Household | Person:
        """The household or person of a row: by identity number, name and phone, else by the address."""
        person = self._person(_named_by_number(row))
        if self.campaign.unit == Unit.PERSON:
            if person is None:
                raise Rejected("name", MissingValue(field=_("Name")))
            return person
        home = household_of(self.session, person.id, self.importing.today) if person else None
        return home or self._at_address(row, person.name if person else _("Address"))

    def _at_address(self, row: Row, shown: str) -> Household:
        """The household of a row by its address; names are often missing in what comes from above."""
        if not row.get("address"):
            raise Rejected("address", NotFound(kind=_("household"), text=shown))
        try:
            return find_household(self.session, row["address"], community_id=self.campaign.community_id)
        except NotFound as error:
            return self._new_household(row, error)
        except VolunteerError as error:
            raise Rejected("address", error) from None

    def _new_household(self, row: Row, error: NotFound) -> Household:
        """The household of an address that is not on file, where that was asked for; raises Rejected."""
        doors = doors_in(row["address"])
        if not doors or not self.importing.options.own["create_households"]:
            raise Rejected("address", error) from None
        building, unit, room, ordinal = doors[0]
        values = {"building": building, "unit": unit, "room": room, "grid": row.get("grid")}
        day = self.when.day
        return add_household(self.session, self.importing.community, values, day, second=ordinal > 1)

    def _person(self, row: Row) -> Person | None:
        """Who is meant, or nobody where nothing of a person is said.

        Raises:
            Rejected: nobody on file, or several people, may be meant.
        """
        people = self._people(row)
        if len(people) == 1 or not people:
            return next(iter(people), None) if people or not self._must_exist(row) else self._missing(row)
        names = listed(with_detail(person.name, person.id) for person in people)
        raise Rejected("name", Ambiguous(kind=_("person"), text=row.get("name") or "", candidates=names))

    def _must_exist(self, row: Row) -> bool:
        return any(row.get(name) for name in ("name", "phone", "id_number")) and not row.get("address")

    def _missing(self, row: Row) -> Person | None:
        """Who is not on file: a new person with a name and a number, where that was asked for; raises Rejected."""
        phones = row.get("phone")
        if self.importing.options.own["create_people"] and row.get("name") and phones:
            return self._new_person(row["name"], phones[0])
        field = next(name for name in ("id_number", "name", "phone") if row.get(name))
        titles = {"id_number": _("Identity number"), "phone": _("Phone")}
        raise Rejected(field, NotFound(kind=_("person"), text=row.get("name") or titles[field]))

    def _new_person(self, name: str, phone: str) -> Person:
        importing, person = self.importing, checked_person({"name": name, "phone": phone})
        (key,) = add_people(self.session, importing.community, [person], today=importing.today)
        return self.session.get_one(Person, key)

    def _people(self, row: Row) -> list[Person]:
        """The people in use whom the cells of a row may mean, by what says most."""
        phones = [phone for phone in row.get("phone") or () if phone]
        if row.get("id_number"):
            return self._with(Person.id_number == row["id_number"])
        if not row.get("name"):
            reached = or_(Person.phone.in_(phones), Person.phone_alt.in_(phones))
            return self._with(reached) if phones else []
        namesakes = self._with(Person.name == row["name"])
        # A number tells namesakes apart; one that has changed since must not hide the only person of a name.
        return [each for each in namesakes if {each.phone, each.phone_alt} & set(phones)] or namesakes

    def _with(self, condition: ColumnElement[bool]) -> list[Person]:
        query = select(Person).where(Person.archived_on.is_(None), condition).order_by(Person.id)
        return list(self.session.scalars(query))


def _named_by_number(row: Row) -> Row:
    """A row whose name is an identity number, with the number where it belongs."""
    number = _number_of(row.get("name") or "")
    return row | {"name": None, "id_number": row.get("id_number") or number} if number else row


TARGETS = Sheet(
    "targets",
    N_("Targets"),
    TARGET_FIELDS,
    TargetWriter,
    one_of=(("name", "phone", "id_number", "address"),),
    place=community_of,
)
