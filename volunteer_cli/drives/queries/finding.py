"""What people name: drives, slips, boxes, shipments, notices, donors, and goods with their units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import Ambiguous, NotFound, UsageFault
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.lookup import Reference, find, matches, missing, names_of
from volunteer_cli.core.text import clean_name, did_you_mean
from volunteer_cli.core.work import last_added
from volunteer_cli.drives.ledger import Goods
from volunteer_cli.drives.models import Box, Drive, DriveGoal, DriveNotice, Shipment, Slip, SlipLine
from volunteer_cli.drives.queries.goods import goals
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.queries import ORGANIZATION
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import PERSON

DRIVE = Reference(N_("drive"), Drive, "volunteer drive list")
SLIP = Reference(N_("slip"), Slip, "volunteer drive slips DRIVE", codes=("number",), name=None)
SHIPMENT = Reference(
    N_("shipment"), Shipment, "volunteer drive shipments DRIVE", codes=("code", "waybill"), name=None
)
BOX = Reference(N_("box"), Box, "volunteer drive boxes DRIVE", codes=("label",), name=None)
NOTICE = Reference(N_("notice"), DriveNotice, "volunteer drive show DRIVE", codes=("number",), name=None)


class NoSuchGoods(NotFound):
    """{drive} has no {goods}"""

    hint = N_("It has: {known}. List them: volunteer drive stock {code}")


class UnitNeeded(UsageFault):
    """'{item}' needs a unit, as in {item}=12pcs"""

    code = "missing_unit"


class WhichDonor(UsageFault):
    """Say who gave: either --donor or --anonymous"""

    code = "which_donor"


class NoBox(NotFound):
    """Box '{label}' does not exist in {drive}"""

    hint = N_("List them: volunteer drive boxes {code}")


class NoSuchDonor(NotFound):
    """No person and no organization is called '{text}'"""

    hint = N_("Add one: volunteer person add NAME, or volunteer organization add NAME. Or say --anonymous.")


def find_drive(session: Session, text: str, *, changing: bool = True) -> Drive:
    """The drive that `text` names; raises NotFound, Ambiguous."""
    return find(session, DRIVE, text, changing=changing)


def find_slip(session: Session, text: str, *, changing: bool = True) -> Slip:
    """The slip that `text` names by id or number; raises NotFound."""
    return find(session, SLIP, text, changing=changing)


def find_shipment(session: Session, text: str, *, changing: bool = True) -> Shipment:
    """The shipment that `text` names by id, code or waybill; raises NotFound, Ambiguous."""
    return find(session, SHIPMENT, text, changing=changing)


def find_notice(session: Session, drive: Drive, text: str) -> DriveNotice:
    """The published notice of a drive with an id or number; raises NotFound."""
    notice = find(session, NOTICE, text, changing=False)
    if notice.drive_id != drive.id:
        raise missing(session, NOTICE, text)
    return notice


def find_box(session: Session, drive: Drive, label: str) -> Box:
    """The box of a drive with a label, or `@last` of a batch; raises NoBox, BadText, MissingValue."""
    box = box_called(session, drive, clean_name(label, _("Box")))
    if box is None:
        raise NoBox(label=label, drive=drive.name, code=drive.code)
    return box


def box_called(session: Session, drive: Drive, label: str) -> Box | None:
    """The box of a drive with a clean label, if there is one; small and capital letters are the same."""
    if label == "@last":
        return _last_box(session, drive)
    spellings = {label, label.upper(), label.lower()}
    found = session.scalars(select(Box).where(Box.drive_id == drive.id, Box.label.in_(spellings))).all()
    return next((box for box in found if box.label == label), found[0] if found else None)


def _last_box(session: Session, drive: Drive) -> Box:
    box = find(session, BOX, "@last")
    if box.drive_id != drive.id:
        raise NoBox(label=box.label, drive=drive.name, code=drive.code)
    return box


def find_donor(session: Session, text: str) -> Person | Organization:
    """The person or organization that gave: `person:12`, `organization:快递公司`, or a name that one of them has.

    Raises:
        NoSuchDonor, Ambiguous: neither, or both.
    """
    for exact in (True, False):
        found = _donors(session, text, exact=exact)
        if len(found) == 1:
            return found[0]
        if found:
            words = ((f"{donor.__tablename__}:{donor.id}", donor.name) for donor in found)
            raise Ambiguous.between(_("donor"), text, {word: f"{word} {name}" for word, name in words})
    raise NoSuchDonor(text=text)


def _donors(session: Session, text: str, *, exact: bool) -> list[Person | Organization]:
    references = _kinds_of_donors(text)
    return [record for reference in references for record in matches(session, reference, text, exact=exact)]


def _kinds_of_donors(text: str) -> tuple[Reference[Any], ...]:
    """Whether a donor is looked for among people, among organizations, or among both."""
    both: tuple[Reference[Any], ...] = (PERSON, ORGANIZATION)
    kind = text.partition(":")[0]
    named = tuple(reference for reference in both if reference.kind == kind)
    if text == "@last":
        # What this batch added last may be of either.
        return tuple(each for each in both if last_added(each.model.__tablename__)) or both
    return named or both


def settled(session: Session, drive: Drive, goods: Goods, *, known: bool = True) -> Goods:
    """The goods with their unit filled in, where the drive uses only one for the item.

    Raises:
        UnitNeeded: no unit was given and it is not clear which.
        NoSuchGoods: `known` goods are asked for, and the drive never saw such.
    """
    unit = goods.unit or only_units(session, drive).get(goods.item)
    if not unit:
        raise UnitNeeded(item=goods.item)
    whole = Goods(goods.item, replace(goods.amount, unit=unit))
    if known and not _is_known(session, drive, whole):
        raise _no_such_goods(session, drive, with_detail(whole.item, unit))
    return whole


def _no_such_goods(session: Session, drive: Drive, name: str) -> NoSuchGoods:
    """The error for goods that a drive never saw, with such as look like them, else with what there is."""
    used = [with_detail(item, unit) for item, unit in goods_of(session, drive)]
    near = did_you_mean(name, used) or used
    return NoSuchGoods(drive=drive.name, code=drive.code, goods=name, known=listed(near[:5]) or "-")


def only_units(session: Session, drive: Drive) -> dict[str, str]:
    """The unit of each item that a drive counts in one unit only."""
    pairs = goods_of(session, drive)
    uses = Counter(item for item, _unit in pairs)
    return {item: unit for item, unit in pairs if uses[item] == 1}


def units_of_goals(session: Session, drive: Drive) -> dict[str, str]:
    """The unit of each item of which a drive hopes for so many in one unit only."""
    hoped = goals(session, [drive.id])[drive.id]
    uses = Counter(goal.item for goal in hoped)
    return {goal.item: goal.unit for goal in hoped if uses[goal.item] == 1}


def _is_known(session: Session, drive: Drive, goods: Goods) -> bool:
    return any(
        session.scalar(
            select(model.id).filter_by(drive_id=drive.id, item=goods.item, unit=goods.unit).limit(1)
        )
        for model in (SlipLine, DriveGoal)
    )


def goods_of(session: Session, drive: Drive) -> list[tuple[str, str]]:
    """Every item and unit that a drive has met or hopes for."""
    pairs = set()
    for model in (SlipLine, DriveGoal):
        query = select(model.item, model.unit).where(model.drive_id == drive.id).distinct()
        pairs |= {(item, unit) for item, unit in session.execute(query)}
    return sorted(pairs)


def drive_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of drives by id."""
    return names_of(session, DRIVE, ids)
