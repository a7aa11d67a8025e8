"""Addresses within a community: building, unit, room; outside China street, house and flat stand for them."""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import NamedTuple

from volunteer_cli.core.grammar import MOST_DIGITS, NUMBER, number
from volunteer_cli.core.text.cleaning import clean

_BUILDING = rf"(?P<building>{NUMBER}|[a-z])(?:号楼|栋楼?|幢楼?|座|#楼?|楼(?=.*单元))"
_UNIT = rf"(?P<unit>{NUMBER}|[a-z东中西])单元"
_ROOM = r"(?P<room>\d{2,4}[a-z]?)(?:室|户|号)?"
_FORMS = (
    rf"{_BUILDING}[-,]?(?:{_UNIT}[-,]?(?:{_ROOM})?)?",
    rf"{_BUILDING}[-,]?(?:(?P<unit>\d{{1,2}})-)?{_ROOM}",
    rf"(?P<building>\d{{1,3}})-(?P<unit>\d{{1,2}})-{_ROOM}",
    r"(?P<building>\d{1,3})-(?P<room>\d{3,4})(?:室|户)?",
    rf"{_UNIT}[-,]?{_ROOM}",
)
_PLACE = r"(?:(?P<place>.*[^\d零一二三四五六七八九十百\-a-z#]),? ?)?"
_FLAT = r"(?:flat|apartment|apt|unit|suite|ste|#)[. ]*(?P<{}>\w{{1,6}})"
_HOUSE = r"(?P<house>\d{1,5} ?[a-z]?)"
#: A street has a word of letters and no number of its own; behind the comma come town and postcode.
_STREET = r"(?P<street>[^\d,#]*[^\W\d_]{2}[^\d,#]*?)"
_BEHIND = r"(?P<place>,.*)?"
#: 7 Quay Street; Flat 2, 7 Quay Street; 1200 Main St Apt 4B; Hauptstraße 7a.
_ELSEWHERE = (
    rf"(?:{_FLAT.format('before')},? +)?{_HOUSE},? +{_STREET}(?:,? +{_FLAT.format('after')})?{_BEHIND}",
    rf"(?:{_FLAT.format('before')},? +)?{_STREET},? +{_HOUSE}(?:,? +{_FLAT.format('after')})?{_BEHIND}",
)
_KINDS_OF_STREET = (
    "street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|way|court|ct|place|pl|square|sq|terrace|crescent|gardens?|grove|"
    "hill|row|walk|quay|boulevard|blvd|parade|mews|park|rise|view|rue|chemin|via|viale|calle|avenida|rua|weg|platz|allee"
)
#: What is a street beyond doubt; a title may begin with a number too: 5 Mile Run, 4 october.
STREET = re.compile(
    rf"\b(?:{_KINDS_OF_STREET})\b|(?:stra(?:ße|sse|at)|str\.?|laan|gatan|gade|vej)$", re.IGNORECASE
)


class Address(NamedTuple):
    """Where somebody lives; `address` is the text where building, unit and room do not say it all."""

    building: str | None
    unit: str | None
    room: str | None
    address: str | None


def parse_address(text: str) -> Address:
    """The building, unit and room that an address names: 3号楼2单元501, 3-2-501, 3#2-501. Raises BadText.

    Outside China the street stands for the building, and its house for the room or, with flats, for the unit.
    """
    from volunteer_cli.core.run import current_run

    run = current_run()
    return _parsed(clean(text), abroad=run is not None and run.abroad)


@lru_cache(maxsize=1 << 16)
def _parsed(written: str, *, abroad: bool) -> Address:
    for form in _FORMS:
        if match := re.fullmatch(_PLACE + form, written.replace(" ", "") or " ", re.IGNORECASE):
            parts = match.groupdict()
            building, unit, room = (plain_number(parts.get(name)) for name in ("building", "unit", "room"))
            return Address(building, unit, room, written if parts["place"] else None)
    return (_in_street(written) if abroad else None) or Address(None, None, None, written or None)


def _in_street(written: str) -> Address | None:
    for form in _ELSEWHERE:
        if match := re.fullmatch(form, written, re.IGNORECASE):
            street, house = (
                plain_number(match["street"].strip()),
                plain_number(match["house"].replace(" ", "")),
            )
            flat = plain_number(match["before"] or match["after"])
            unit, room = (house, flat) if flat else (None, house)
            return Address(street, unit, room, written if match["place"] else None)
    return None


def is_door(address: Address) -> bool:
    """Whether an address says for certain which door is meant; a title may begin with a number: 5 Mile Run."""
    if not (address.building and address.room):
        return False
    return bool(STREET.search(address.building)) or (len(address.building) <= 3 and not address.address)


def parse_place(part: str, text: str) -> Address:
    """One part of an address, such as its room; 门牌号 may hold all of it. Raises BadText."""
    address = parse_address(text)
    if address.building or address.unit or address.room:
        return address
    return Address(**{**dict.fromkeys(Address._fields), part: place_number(text)})


def place_number(text: str) -> str | None:
    """A building, unit or room by its number alone: 3号楼 and 三栋 are 3. Raises BadText."""
    return plain_number(re.sub(r"(?<=\w)(号楼|栋|幢|座|#|单元|室|户|号)$", "", clean(text)))


def plain_number(text: str | None) -> str | None:
    """The number of a building, unit or room without leading zeros and in digits; letters in capitals."""
    if text and len(text) <= MOST_DIGITS and re.fullmatch(NUMBER, text):
        return str(number(text))
    # A name is written like one, however it was typed: quay street and QUAY STREET are the same.
    if text and re.search(r"[^\W\d_\u2e80-\uffff]{4}", text):
        return string.capwords(text)
    return text.upper() if text else None
