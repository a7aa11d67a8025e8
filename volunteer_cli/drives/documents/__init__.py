"""What the public may read of a drive: the figures of its notice, masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks
from volunteer_cli.communities.models import Community
from volunteer_cli.core.database import chunks
from volunteer_cli.core.history import Row, plain
from volunteer_cli.core.policies import SMALL_CELL, policy_value
from volunteer_cli.core.text import mask_name
from volunteer_cli.drives import queries
from volunteer_cli.drives.models import Drive, DriveNotice, Shipment
from volunteer_cli.drives.queries.disclosure import content_of, latest_notice
from volunteer_cli.drives.terms import NoticeStatus
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.output.view import Column, Kind
from volunteer_cli.people.queries import person_names

COUNT = Column("quantity", kind=Kind.QUANTITY)


def notice_content(session: Session, drive: Drive) -> Row:
    """What the public may read of a drive: names masked, refusals respected, no phone and no address."""
    gifts, sent = _gifts(session, drive), _shipments(session, drive)
    return {
        **_of_drive(session, drive),
        "slips": _slips(gifts),
        # Who refused to be named is counted among those who gave no name: a notice tells neither apart.
        "anonymous_slips": _slips(gift for gift in gifts if gift["donor"] is None),
        "totals": [_total(row) for row in queries.stock(session, drive)],
        **_households(session, drive),
        "gifts": gifts,
        "shipments": sent,
        # Money of its own beside the goods: the carrier's gift.
        "freight_waived_fen": sum(each["freight_fen"] or 0 for each in sent if each["waived"]),
    }


def _of_drive(session: Session, drive: Drive) -> Row:
    """Which drive it is, whose, for what and for whom."""
    community = session.get_one(Community, drive.community_id)
    beneficiary = session.get(Organization, drive.beneficiary_id) if drive.beneficiary_id else None
    return {
        "drive": drive.name,
        "drive_id": drive.id,
        "code": drive.code,
        "community": community.name,
        "purpose": drive.purpose,
        "start": plain(drive.starts_on),
        "end": plain(drive.ends_on or drive.closed_on),
        "beneficiary": beneficiary.name if beneficiary else None,
    }


def _slips(gifts: Iterable[Row]) -> int:
    """How many slips lines of gifts stand on."""
    return len({gift["slip"] for gift in gifts})


# Whoever reads that three families got rice may know which: small numbers of households are not published.
def _households(session: Session, drive: Drive) -> Row:
    """To how many households goods were given; a number that tells too much of too few is withheld."""
    count = sum(given(session, drive.id) for given in hooks("households_given"))
    limit = policy_value(session, SMALL_CELL)
    if 0 < count < limit:
        return {"households_given": None, "suppressed": ["households_given"], "sign": f"<{limit}"}
    return {"households_given": count, "suppressed": [], "sign": None}


def draft(session: Session, drive: Drive) -> Row:
    """The notice as it would be published now."""
    former = latest_notice(session, drive)
    content = notice_content(session, drive)
    return {
        "id": None,
        "number": None,
        "status": NoticeStatus.DRAFT,
        "published_on": None,
        "corrects": former.number if former else None,
        "corrects_id": former.id if former else None,
        **content,
    }


def published(session: Session, notice: DriveNotice) -> Row:
    """A notice as it was published."""
    former = session.get(DriveNotice, notice.corrects_id) if notice.corrects_id else None
    return {
        "id": notice.id,
        "number": notice.number,
        "status": NoticeStatus.PUBLISHED,
        "published_on": notice.published_on,
        "corrects": former.number if former else None,
        "corrects_id": notice.corrects_id,
        **content_of(notice),
    }


def _total(row: queries.Stock) -> Row:
    return {**asdict(row), "approximate": row.approximate, "direction": row.direction}


def _gifts(session: Session, drive: Drive) -> list[Row]:
    """The lines of slips less what went back; those who gave without a name, or refuse it, have none."""
    found = []
    for lines in chunks(queries.gift_lines(session, drive)):
        found += _public_lines(session, lines)
    return found


def _public_lines(session: Session, lines: list[queries.GiftLine]) -> list[Row]:
    stock = queries.line_stock(session, [line.id for line in lines])
    donors = _public_donors(session, lines)
    # What went back to its donor was no gift in the end.
    kept = {line.id: stock[line.id].received - stock[line.id].returned for line in lines}
    return [_public_line(line, donors[line.id], kept[line.id]) for line in lines if kept[line.id]]


def _public_donors(session: Session, lines: Sequence[queries.GiftLine]) -> dict[int, str | None]:
    """Who gave each line, as the public may read it: people by 张**, nobody who refused to be named."""
    people = person_names(session, (line.donor_person_id for line in lines))
    organizations = organization_names(session, (line.donor_organization_id for line in lines))
    donors: dict[int, str | None] = {line.id: None for line in lines}
    for line in lines:
        if line.publish:
            person = people.get(line.donor_person_id or 0)
            organization = organizations.get(line.donor_organization_id or 0)
            donors[line.id] = mask_name(person) if person else organization
    return donors


def _public_line(line: queries.GiftLine, donor: str | None, quantity: int) -> Row:
    return {
        "slip": line.slip,
        "date": plain(line.date),
        "donor": donor,
        "item": line.item,
        "unit": line.unit,
        "quantity": quantity,
        "approximate": line.approximate,
        "direction": line.direction,
    }


def _shipments(session: Session, drive: Drive) -> list[Row]:
    """Where the boxes went; freight that the carrier waived is the carrier's gift, apart from the goods."""
    shipments = queries.shipments(session, drive)
    boxes = queries.boxes_shipped(session, [shipment.id for shipment in shipments])
    # One that came back has no boxes any more, and went nowhere that the public need be told of.
    sent = [shipment for shipment in shipments if boxes[shipment.id]]
    ids = [key for shipment in sent for key in (shipment.recipient_id, shipment.carrier_id)]
    names = organization_names(session, ids)
    return [_shipment(shipment, names, len(boxes[shipment.id])) for shipment in sent]


def _shipment(shipment: Shipment, names: Mapping[int, str], boxes: int) -> Row:
    return {
        "shipment": shipment.code,
        "date": plain(shipment.shipped_on),
        "to": names[shipment.recipient_id],
        "boxes": boxes,
        "carrier": names.get(shipment.carrier_id or 0),
        "waived": shipment.waived,
        "freight_fen": shipment.freight,
        "delivered_on": plain(shipment.delivered_on),
    }
