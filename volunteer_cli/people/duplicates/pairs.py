"""Who may be on file twice: the pairs, with what speaks for and against each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.people.duplicates.sharing import COLUMNS, sharing
from volunteer_cli.people.models import DismissedPair, Person
from volunteer_cli.people.terms import LEAST_SCORE

if TYPE_CHECKING:
    from volunteer_cli.people.duplicates.comparing import Agreement
    from volunteer_cli.people.duplicates.traits import Traits

#: Built once, for a batch adds thousands of people.
NEAR = select(*COLUMNS, Person.volunteer_no, Person.archived_on).where(
    or_(
        Person.name_pinyin == bindparam("sound"),
        Person.phone.in_(bindparam("phones", expanding=True)),
        Person.phone_alt.in_(bindparam("phones", expanding=True)),
    )
)
PART = 2_000
#: So many people are looked up by what they share with others; for more it is cheaper to read all.
FEW = 1_000
PAIR = (DismissedPair.first_id, DismissedPair.second_id)
#: Fields that two people of one household share by nature.
AT_HOME = ("flat", "address")


class SamePerson(RuleError):
    """{name} is one record; name two"""

    code = "same_person"


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person's, the lower id first."""

    first_id: int
    first: str
    second_id: int
    second: str
    score: float
    agreements: tuple[Agreement, ...]

    @property
    def agreeing(self) -> list[Agreement]:
        """What speaks for one person."""
        return [each for each in self.agreements if each.weight > 0]

    @property
    def disagreeing(self) -> list[Agreement]:
        """What speaks for two."""
        return [each for each in self.agreements if each.weight <= 0]

    @property
    def reason(self) -> str:
        """The one of DUPLICATE_REASONS that says most of it."""
        ways = {each.field: each.how for each in self.agreeing}
        same = {field for field, how in ways.items() if how.startswith("same")}
        if shared := next((field for field in ("id_number", "phone") if field in same), None):
            return f"same_{shared}"
        if "birth" in same:
            return "same_birth" if ways.get("name") == "same" else "similar_name"
        if same.intersection(AT_HOME):
            return "same_flat"
        return "same_sound" if not ways.keys() - {"name", "sex"} and "name" in same else "similar"


def duplicate_pairs(
    session: Session, community_id: int | None = None, least: float = LEAST_SCORE
) -> list[Pair]:
    """Pairs of people in use that may be one person, by score, highest first, then by id.

    Left out are dismissed pairs, those with different identity numbers, twins, and a child with the guardian.
    """
    return _undismissed(session, _pairs(_in_use(session, community_id), least))


def pairs_of(session: Session, ids: AbstractSet[int], community_id: int) -> list[Pair]:
    """The pairs of `duplicate_pairs` in which one of some people takes part."""
    few = list(ids) if len(ids) <= FEW else None
    return _undismissed(session, _pairs(_in_use(session, community_id, few), LEAST_SCORE, ids))


def _undismissed(session: Session, likely: list[Pair]) -> list[Pair]:
    # Somebody has looked at these two before: to ask again would bury the pairs that are new.
    dismissed = {tuple(row) for row in session.execute(select(*PAIR))} if likely else set()
    left = [pair for pair in likely if (pair.first_id, pair.second_id) not in dismissed]
    return sorted(left, key=lambda pair: (-pair.score, pair.first_id, pair.second_id))


def _in_use(session: Session, community_id: int | None, near_to: Sequence[int] | None = None) -> list[Traits]:
    """The traits of all in use; with `near_to` only of these and of those who share something with one of them."""
    from volunteer_cli.people.duplicates.traits import traits_of

    query = select(*COLUMNS).where(Person.archived_on.is_(None))
    if community_id is not None:
        query = query.where(Person.community_id == community_id)
    if near_to is not None:
        query = query.where(sharing(session, near_to))
    # In parts, so that the rows are gone when the pairs are looked for.
    parts = session.execute(query.order_by(Person.id)).partitions(PART)
    return [traits for rows in parts for traits in traits_of(rows)]


def _pairs(people: Sequence[Traits], least: float, among: AbstractSet[int] | None = None) -> list[Pair]:
    """The pairs that score so much, each once; with `among`, those in which one of these ids takes part."""
    from volunteer_cli.people.duplicates.blocking import candidates
    from volunteer_cli.people.duplicates.comparing import agreements, commonness

    bearers = Counter(person.sound for person in people)
    common = {sound: commonness(count) for sound, count in bearers.items()}
    pairs: dict[tuple[int, int], Pair] = {}
    for one, other in candidates(people, among):
        compared = agreements(one, other, max(common[one.sound], common[other.sound]), least)
        if compared:
            pairs[one.id, other.id] = _pair(one, other, compared)
    return [pair for pair in pairs.values() if pair.score >= least]


def _pair(one: Traits, other: Traits, compared: Sequence[Agreement]) -> Pair:
    score = round(sum(each.weight for each in compared), 1)
    return Pair(one.id, one.name, other.id, other.name, score, tuple(compared))


def near(session: Session, row: Mapping[str, Any]) -> Sequence[Any]:
    """Those whose names sound like a person's, or who have one of the phones: archived ones too."""
    phones = [row[name] for name in ("phone", "phone_alt") if row.get(name)]
    return session.execute(NEAR, {"sound": row["name_pinyin"], "phones": phones}).all()


def resembling(person: Person, others: Iterable[Any]) -> list[Any]:
    """Those in use among the others who may be the same as this person."""
    people = {other.id: other for other in others if other.archived_on is None and other.id != person.id}
    # Most who are added resemble nobody, and need no library that compares.
    if not people:
        return []
    from volunteer_cli.people.duplicates.traits import traits_of

    pairs = _pairs(traits_of([*people.values(), person]), LEAST_SCORE, {person.id})
    ids = [pair.first_id + pair.second_id - person.id for pair in pairs]
    return [people[key] for key in sorted(ids)]


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
