"""Addresses within a community: building, unit, room."""

from __future__ import annotations

import re
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


class Address(NamedTuple):
    """Where somebody lives; `address` is the text where building, unit and room do not say it all."""

    building: str | None
    unit: str | None
    room: str | None
    address: str | None


@lru_cache(maxsize=1 << 16)
def parse_address(text: str) -> Address:
    """The building, unit and room that an address names: 3号楼2单元501, 3-2-501, 3#2-501. Raises BadText."""
    written = clean(text)
    for form in _FORMS:
        if match := re.fullmatch(_PLACE + form, written.replace(" ", "") or " ", re.IGNORECASE):
            parts = match.groupdict()
            building, unit, room = (plain_number(parts.get(name)) for name in ("building", "unit", "room"))
            return Address(building, unit, room, written if parts["place"] else None)
    return Address(None, None, None, written or None)


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
    return text.upper() if text else None
