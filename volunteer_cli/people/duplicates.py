"""Who may be on file twice, found by grouping people by what they share, never by comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.dates import birth_agrees
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.text import similar_names
from volunteer_cli.people.models import DismissedPair, Person
from volunteer_cli.people.terms import DUPLICATE_REASONS

#: A sound that more people's names have says nothing of any two of them.
COMMON_SOUND = 12
#: From so many people on one phone, names are compared only where they share a spelling but for one slip.
CROWD = 30

COLUMNS = (
    Person.id,
    Person.name,
    Person.name_pinyin,
    Person.phone,
    Person.phone_alt,
    Person.birth,
    Person.id_number,
    Person.guardian_id,
)
#: Built once, for a batch adds thousands of people.
NEAR = select(*COLUMNS, Person.volunteer_no, Person.archived_on).where(
    or_(
        Person.name_pinyin == bindparam("sound"),
        Person.phone.in_(bindparam("phones", expanding=True)),
        Person.phone_alt.in_(bindparam("phones", expanding=True)),
    )
)
PAIR = (DismissedPair.first_id, DismissedPair.second_id)
Found = Iterator[tuple[Any, Any, str]]


class SamePerson(RuleError):
    """{name} is one record; name two"""

    code = "same_person"


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person's, the lower id first, and the strongest reason."""

    first_id: int
    first: str
    second_id: int
    second: str
    reason: str


def duplicate_pairs(session: Session, community_id: int | None = None) -> list[Pair]:
    """Pairs of people in use that may be one person, by reason, strongest first, then by id.

    Left out are dismissed pairs, those with different identity numbers, and a child with the guardian.
    """
    query = select(*COLUMNS).where(Person.archived_on.is_(None))
    if community_id is not None:
        query = query.where(Person.community_id == community_id)
    reasons = _reasons(session.execute(query.order_by(Person.id)).all())
    # Somebody has looked at these two before: to ask again would bury the pairs that are new.
    for row in session.execute(select(*PAIR)):
        reasons.pop((row[0], row[1]), None)
    pairs = [Pair(one.id, one.name, other.id, other.name, reason) for one, other, reason in reasons.values()]
    return sorted(pairs, key=_by_strength)


def _by_strength(pair: Pair) -> tuple[int, int, int]:
    # The reasons are declared strongest first, and the office works from the top of the list.
    return list(DUPLICATE_REASONS).index(pair.reason), pair.first_id, pair.second_id


def near(session: Session, row: Mapping[str, Any]) -> Sequence[Any]:
    """Those whose names sound like a person's, or who have one of the phones: archived ones too."""
    phones = [row[name] for name in ("phone", "phone_alt") if row.get(name)]
    return session.execute(NEAR, {"sound": row["name_pinyin"], "phones": phones}).all()


def resembling(person: Person, others: Iterable[Any]) -> list[Any]:
    """Those in use among the others who may be the same as this person."""
    people = [other for other in others if other.archived_on is None and other.id != person.id]
    pairs = _reasons([*people, person]).values()
    return [one if other is person else other for one, other, _reason in pairs if person in (one, other)]


def dismiss(session: Session, one: Person, other: Person) -> None:
    """Keep for good that two people that look alike are two.

    Raises:
        SamePerson: they are one record.
    """
    if one.id == other.id:
        raise SamePerson(name=one.name)
    first, second = sorted((one.id, other.id))
    if not session.scalar(select(DismissedPair).filter_by(first_id=first, second_id=second)):
        session.add(DismissedPair(first_id=first, second_id=second))
        session.flush()


def _reasons(people: Sequence[Any]) -> dict[tuple[int, int], tuple[Any, Any, str]]:
    """By pair of ids, lower first, the two people and the strongest reason that they may be one."""
    reasons: dict[tuple[int, int], tuple[Any, Any, str]] = {}
    # Strongest first: a pair that has a reason already keeps it.
    for search in (_by_id_number, _by_phone, _by_birth, _by_sound):
        for one, other, reason in search(people):
            first, second = (one, other) if one.id <= other.id else (other, one)
            pair = first.id, second.id
            if pair not in reasons and not _told_apart(first, second):
                reasons[pair] = (first, second, reason)
    return reasons


def _told_apart(one: Any, other: Any) -> bool:
    numbers = one.id_number and other.id_number and one.id_number != other.id_number
    return bool(numbers or one.guardian_id == other.id or other.guardian_id == one.id)


def _by_id_number(people: Sequence[Any]) -> Found:
    for group in _groups((person.id_number, person) for person in people):
        for one, other in combinations(group, 2):
            yield one, other, "same_id_number"


def _by_phone(people: Sequence[Any]) -> Found:
    phones = ((phone, person) for person in people for phone in {person.phone, person.phone_alt} if phone)
    for group in _groups(phones):
        for part in [group] if len(group) < CROWD else _groups(_spellings(group)):
            for one, other in combinations(part, 2):
                if similar_names(one.name, other.name):
                    yield one, other, "same_phone"


def _spellings(people: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Keys of which two similar names have at least one in common."""
    for person in people:
        name = person.name.casefold()
        keys = {name, " ".join(sorted(name.split())), f"~{person.name_pinyin}"}
        if len(name) >= 3:
            keys |= {name[:place] + name[place + 1 :] for place in range(len(name))}
        for key in keys:
            yield key, person


def _by_birth(people: Sequence[Any]) -> Found:
    born = (((person.name, person.birth[:4]), person) for person in people if person.birth)
    for group in _groups(born):
        for one, other in combinations(group, 2):
            if birth_agrees(one.birth, other.birth):
                yield one, other, "same_birth"


def _by_sound(people: Sequence[Any]) -> Found:
    for group in _groups((person.name_pinyin, person) for person in people):
        for one, other in combinations(group, 2) if len(group) <= COMMON_SOUND else ():
            if not (one.birth and other.birth) or birth_agrees(one.birth, other.birth):
                yield one, other, "same_sound"


def _groups(keyed: Iterable[tuple[Any, Any]]) -> Iterator[list[Any]]:
    """The people of each key that at least two of them have."""
    groups: Mapping[Any, list[Any]] = defaultdict(list)
    for key, person in keyed:
        if key:
            groups[key].append(person)
    return (group for group in groups.values() if len(group) > 1)
