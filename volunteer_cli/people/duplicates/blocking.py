"""Which records are compared at all: those that share one of several keys, never all with all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations
from operator import attrgetter

from volunteer_cli.people.duplicates.traits import NUMBERS, Traits

Keys = Callable[[Traits], Iterable[object]]
#: From so many people on a phone, behind a door, born on a day, only those whose names are alike are compared.
CROWD = 30
#: A name that more people bear says too little: who of them is one person shares another key as well.
NAMESAKES = 100


def candidates(
    people: Sequence[Traits], among: AbstractSet[int] | None = None
) -> Iterator[tuple[Traits, Traits]]:
    """Pairs worth comparing, the lower id first; with `among`, those that one of these ids takes part in.

    A pair that shares several keys comes several times: few do, and to remember all would take most of the memory.
    """
    in_order = sorted(people, key=attrgetter("id"))
    # Comparing everybody with everybody would take hours in a district: only those who share something are.
    return chain.from_iterable(_pairs(group, among) for group in _blocks(in_order))


def _pairs(group: list[Traits], among: AbstractSet[int] | None) -> Iterator[tuple[Traits, Traits]]:
    if among is None or all(person.id in among for person in group):
        return combinations(group, 2)
    return ((one, other) for one, other in combinations(group, 2) if one.id in among or other.id in among)


def _blocks(people: Sequence[Traits]) -> Iterator[list[Traits]]:
    for keys in NAME_KEYS:
        yield from (group for group in groups(people, keys) if len(group) <= NAMESAKES)
    for keys in OTHER_KEYS:
        for group in groups(people, keys):
            if len(group) <= CROWD:
                yield group
            else:
                yield from _alike(group)


def _alike(crowd: list[Traits]) -> Iterator[list[Traits]]:
    for keys in CROWD_KEYS:
        yield from groups(crowd, keys)


def groups(people: Iterable[Traits], keys: Keys) -> Iterator[list[Traits]]:
    """The people of each key that at least two of them have."""
    # Most keys are one person's: a list for each, and the keys themselves, would take most of the memory.
    first: dict[int, Traits] = {}
    shared: dict[int, list[Traits]] = {}
    for person in people:
        for key in map(hash, keys(person)):
            other = first.setdefault(key, person)
            if other is not person:
                shared.setdefault(key, [other]).append(person)
    return iter(shared.values())


def _sounds(person: Traits) -> Iterable[object]:
    return {person.plain, person.loose_sound}


def _signs(person: Traits) -> Iterable[object]:
    return (person.signs,) if person.chinese else person.parts


def _slips(person: Traits) -> Iterable[object]:
    """What is left of a Chinese name without one of its signs: two names that are one slip apart share one."""
    name = person.plain
    return {name, *(name[:place] + name[place + 1 :] for place in range(len(name)) if len(name) > 2)}


def _slips_by_year(person: Traits) -> Iterable[object]:
    # A slip in a name is too little alone: of all who share one, those may be one person who share more.
    return ((slip, person.birth[:4]) for slip in _slips(person)) if person.birth and person.chinese else ()


def _births(person: Traits) -> Iterable[object]:
    if person.birth is None or person.birth.count("-") < 2:
        return ()
    year, month, day = person.birth.split("-")
    return ((year, *sorted((month, day))),)


def _phones(person: Traits) -> Iterable[object]:
    return person.phones


def _doors(person: Traits) -> Iterable[object]:
    if person.flat:
        yield person.flat
    if person.address and (numbers := NUMBERS.findall(person.address)):
        yield tuple(sorted(numbers))
        yield person.address


def _papers(person: Traits) -> Iterable[object]:
    return [each for each in (person.id_number, person.email) if each]


NAME_KEYS: tuple[Keys, ...] = (_sounds, _signs, _slips_by_year)
OTHER_KEYS: tuple[Keys, ...] = (_births, _phones, _doors, _papers)
#: Of a crowd, whoever may be one person shares one of these.
CROWD_KEYS: tuple[Keys, ...] = (_sounds, _signs, _slips)
