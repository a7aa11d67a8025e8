"""What of a person is compared, brought into a form in which like things are equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from volunteer_cli.core.text.cleaning import CHINESE
from volunteer_cli.people.terms import SAID_ALONE

#: Sounds that many people neither speak nor type apart: those of retroflexes, of final n and ng, of n and l.
MERGED_SOUNDS = str.maketrans({"l": "n"})
RETROFLEX = re.compile("(?<=[zcs])h")
NASAL = re.compile("(?<=[aei]n)g(?![aeiou])")
_CHINESE = re.compile(f"[{CHINESE}]")
WORDS = re.compile(r"\w+")
NUMBERS = re.compile(r"\d+")


@dataclass(slots=True, eq=False)
class Traits:
    """One person, as the comparison sees them."""

    id: int
    name: str
    plain: str
    """The name in simplified characters and small letters, without what stands between its parts."""
    signs: str
    """The signs of the plain name in one order: those of 李明华 and 李华明 are equal."""
    parts: tuple[str, ...]
    """The words of a name in letters."""
    chinese: bool
    sound: str
    loose_sound: str
    sex: str | None
    birth: str | None
    phones: tuple[str, ...]
    email: str | None
    id_number: str | None
    flat: tuple[str | None, ...] | None
    address: str | None
    guardian_id: int | None


def traits_of(people: Sequence[Any]) -> list[Traits]:
    """The traits of people, given with the columns of `COLUMNS`."""
    names = simplified([person.name.casefold() for person in people])
    return [_traits(person, name) for person, name in zip(people, names, strict=True)]


def simplified(names: list[str]) -> list[str]:
    """Names in simplified characters."""
    if not any(map(_CHINESE.search, names)):
        return names
    # At once for all: a call for each name costs more than the conversion. Names hold no line breaks.
    return str(_simplifier().convert("\n".join(names))).split("\n")


@cache
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _traits(person: Any, name: str) -> Traits:
    words = WORDS.findall(name)
    plain = "".join(words)
    return Traits(
        id=person.id,
        name=person.name,
        plain=plain,
        signs="".join(sorted(plain)),
        parts=tuple(words),
        chinese=_CHINESE.search(name) is not None,
        sound=person.name_pinyin,
        loose_sound=loosely(person.name_pinyin),
        sex=None if person.sex in SAID_ALONE else person.sex,
        birth=person.birth,
        phones=tuple(filter(None, (person.phone, person.phone_alt))),
        email=person.email,
        id_number=person.id_number,
        flat=_flat(person),
        address=" ".join(WORDS.findall(person.address.casefold())) if person.address else None,
        guardian_id=person.guardian_id,
    )


def _flat(person: Any) -> tuple[Any, ...] | None:
    """The door behind which somebody lives; a building alone is shared by hundreds."""
    return (person.community_id, person.building, person.unit, person.room) if person.room else None


def loosely(sound: str) -> str:
    """A sound without what is often not told apart: zhang is zang, ming is min, ning is lin."""
    return NASAL.sub("", RETROFLEX.sub("", sound)).translate(MERGED_SOUNDS)


def swapped(birth: str) -> str:
    """A birth date with day and month swapped."""
    return f"{birth[:4]}-{birth[8:]}-{birth[5:7]}"
