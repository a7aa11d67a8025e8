"""Which person a row of a sheet means: the one definition for every kind of import.

A volunteer number decides, else an identity number, else the name with a phone (either of two), else
the name with the birth date; a bare name only when exactly one person has it. Of several candidates a
sex or the end of a phone that all others contradict tells the one; otherwise they are ambiguous and never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import starmap
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from volunteer_cli.core.database import chunks
from volunteer_cli.core.dates import birth_agrees
from volunteer_cli.core.errors import Ambiguous, Conflict, NotFound
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.text import mask_id_number
from volunteer_cli.intake.sheet import Batch, Rejected
from volunteer_cli.people.models import FormerPerson, Person
from volunteer_cli.people.terms import NOBODY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Fields of a row that name a person, in the order of `Roster.find`.
NAMING = ("name", "phone", "volunteer_no", "id_number", "birth", "sex", "phone_end")
#: Columns by which somebody is known besides the name.
KNOWN_BY = frozenset({"phone", "phone_alt", "birth", "volunteer_no", "id_number"})
SHOWN = 5
WHOLE_DATE = len("1965-03-05")
#: Rows that name nobody who is known, and are remembered: a file has the same names over and over.
REMEMBERED = 5000


@dataclass(slots=True)
class Known:
    """What tells one person from another; `row` is the row of the file that brought or met them."""

    id: int | None
    name: str
    phone: str | None = None
    phone_alt: str | None = None
    birth: str | None = None
    volunteer_no: str | None = None
    id_number: str | None = None
    community_id: int | None = None
    in_use: bool = True
    sex: str | None = None
    row: int | None = None
    phone_end: str | None = None

    @property
    def label(self) -> str:
        """The person as a message names them: by name and number."""
        number = self.volunteer_no or self.id or _("row {row}").format(row=self.row)
        return with_detail(self.name, number)

    @property
    def phones(self) -> tuple[str, ...]:
        """The phone numbers that are known."""
        return tuple(phone for phone in (self.phone, self.phone_alt) if phone)


class Naming(NamedTuple):
    """By what some rows name people."""

    names: AbstractSet[str]
    volunteer_nos: AbstractSet[str]
    id_numbers: AbstractSet[str]


class Roster:
    """People held in memory by what identifies them: all for the length of one import, or those whom some rows name."""

    def __init__(self, session: Session, community_id: int, naming: Naming | None = None) -> None:
        self.community_id = community_id
        self.by_id: dict[int, Known] = {}
        self.by_volunteer_no: dict[str, Known] = {}
        self.by_id_number: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = {}
        self._answers: dict[tuple[str, ...], _Answers] = {}
        # Old rosters have the numbers of records that were merged: they mean who stays.
        former = _former(session, naming)
        for person in _load(session, naming, former.values()):
            self.add(person)
        # Of the erased only the number is left: it is taken for ever, and names nobody.
        for person in _erased(session, naming):
            self._number(person)
        self._number_merged(former)

    def _number_merged(self, former: Mapping[str, int]) -> None:
        """Let the numbers of merged records mean the one who stayed, unless somebody has them now."""
        for volunteer_no, person_id in former.items():
            person = self.by_id.get(person_id) or _nobody(volunteer_no)
            self.by_volunteer_no.setdefault(volunteer_no, person)

    def add(self, known: Known) -> None:
        """Take in one more person, stored or about to be."""
        if known.id is not None:
            self.by_id[known.id] = known
        self._number(known)
        self.by_name.setdefault(known.name, []).append(known)

    def _number(self, known: Known) -> None:
        if known.volunteer_no:
            self.by_volunteer_no[known.volunteer_no] = known
        if known.id_number:
            self.by_id_number[known.id_number] = known

    def learn(self, known: Known, changes: Mapping[str, Any]) -> None:
        """Know a person by what a row has changed too, so that no later row takes the same number."""
        for name in KNOWN_BY & changes.keys():
            setattr(known, name, changes[name])
        self._number(known)

    def match(self, person: Mapping[str, Any]) -> Known | None:
        """The one whom the columns of a person mean, or None when it is nobody known.

        Raises:
            Rejected: a number belongs to somebody of another name, or several people may be meant.
        """
        said = person.get
        phones = tuple(phone for phone in (said("phone"), said("phone_alt")) if phone)
        return self._match(
            person["name"], phones, said("volunteer_no"), said("id_number"), said("birth"), said("sex")
        )

    def _match(
        self,
        name: str | None,
        phones: Sequence[str],
        volunteer_no: str | None,
        id_number: str | None,
        birth: str | None,
        sex: str | None = None,
        phone_end: str | None = None,
    ) -> Known | None:
        numbered = self._by_numbers(name, volunteer_no, id_number) if volunteer_no or id_number else None
        if numbered or name is None:
            return numbered
        namesakes = self._namesakes(name)
        if not namesakes:
            return None
        # A number outweighs a phone, a phone a birth: phones are shared in a family, a day of birth by chance.
        person = Known(
            None,
            name,
            birth=birth,
            volunteer_no=volunteer_no,
            id_number=id_number,
            sex=sex,
            phone_end=phone_end,
        )
        by_phone = _reached_by(namesakes, phones, id_number)
        if by_phone:
            return _only(_by_birth_too(by_phone, birth), person)
        if by_birth := _born_with(person, namesakes, phones):
            return _only(by_birth, person)
        if archived := self._archived(person, phones):
            return _only(archived, person)
        return self._by_bare_name(namesakes, phones, person)

    def numbered(self, volunteer_no: str | None, id_number: str | None) -> Known | None:
        """The one whom numbers alone mean, as the lists of platforms give them.

        Raises:
            Rejected: the two are those of two people.
        """
        return self._by_numbers(None, volunteer_no, id_number)

    def _by_numbers(self, name: str | None, volunteer_no: str | None, id_number: str | None) -> Known | None:
        match = None
        for column, number, people in (
            ("volunteer_no", volunteer_no, self.by_volunteer_no),
            ("id_number", id_number, self.by_id_number),
        ):
            person = people.get(number) if number else None
            # Under another name a number is mistyped, or the card was borrowed: neither is ours to decide.
            if person and (name not in (None, person.name) or (match and match is not person)):
                raise Rejected(column, Conflict(field=_(TITLES[column]), value=number, owner=person.label))
            match = match or person
        return match

    def _namesakes(self, name: str) -> list[Known]:
        """People of this name: those in use before archived ones, those of this community before others."""
        namesakes = self.by_name.get(name, [])
        if len(namesakes) < 2:
            return namesakes
        namesakes = [person for person in namesakes if person.in_use] or namesakes
        return [person for person in namesakes if person.community_id == self.community_id] or namesakes

    def _archived(self, wanted: Known, phones: Sequence[str]) -> list[Known]:
        """The archived people whom a phone or a birth means where the name alone means somebody in use."""
        people = [
            person
            for person in self.by_name[wanted.name]
            if not person.in_use and person.community_id == self.community_id
        ]
        by_phone = _reached_by(people, phones, wanted.id_number)
        return _by_birth_too(by_phone, wanted.birth) if by_phone else _born_with(wanted, people, phones)

    def _by_bare_name(self, namesakes: list[Known], phones: Sequence[str], wanted: Known) -> Known | None:
        """Somebody by the name alone: only where the two have nothing by which they could differ."""
        details = phones or wanted.birth or wanted.volunteer_no or wanted.id_number
        if not details:
            return _only(namesakes, wanted)
        if len(namesakes) > 1 or (namesake := namesakes[0]) is None:
            return None
        comparable = (
            (phones and namesake.phones)
            or (wanted.birth and namesake.birth)
            or _other_number(namesake, wanted)
        )
        return None if comparable else namesake

    def find(
        self,
        name: str | None = None,
        phone: tuple[str, str | None] | None = None,
        volunteer_no: str | None = None,
        id_number: str | None = None,
        birth: str | None = None,
        sex: str | None = None,
        phone_end: str | None = None,
    ) -> int:
        """The id of the stored person whom a row of another kind names.

        Raises:
            Rejected: nobody, somebody of another name, or several.
        """
        phones = tuple(each for each in phone or () if each)
        person = self._match(name, phones, volunteer_no, id_number, birth, sex, phone_end)
        if person is None or person.id is None:
            hint = N_("Import or add the person first: volunteer person add NAME")
            column, text = _naming(name, volunteer_no, id_number)
            raise Rejected(column, NotFound(kind=_("person"), text=text, hint=hint))
        return person.id

    def find_all(self, batch: Batch) -> list[int | Rejected]:
        """The id for each row of a batch, or why there is none; equal rows are looked up once."""
        names = tuple(name for name in NAMING if name in batch.columns)
        answers = self._answers.setdefault(names, _Answers(self, names))
        columns = [batch[name] for name in names]
        values = columns[0] if len(columns) == 1 else zip(*columns, strict=True)
        return list(map(answers.__getitem__, values))

    def one_of(self, name: str | None, people: Container[int]) -> int | None:
        """The only one of a name among some people: two namesakes are told apart by where they belong."""
        namesakes = (person.id for person in self.by_name.get(name or "", ()) if person.in_use)
        ids = [key for key in namesakes if key is not None and key in people]
        return ids[0] if len(ids) == 1 else None

    def answer(self, **named: Any) -> int | Rejected:
        """The id of the stored person whom values of `NAMING` mean, or why there is none."""
        try:
            return self.find(**named)
        except Rejected as rejected:
            return rejected.with_traceback(None)


class _Answers(dict[Any, "int | Rejected"]):
    """Whom the columns that a file has mean: a dictionary that fills itself.

    Of those whom nobody knows it remembers some only: a file of another community may name nobody else.
    """

    def __init__(self, roster: Roster, names: tuple[str, ...]) -> None:
        super().__init__()
        self.roster = roster
        self.names = names
        self.refused = 0

    def __missing__(self, said: Any) -> int | Rejected:
        values = said if len(self.names) > 1 else (said,)
        answer = self.roster.answer(**dict(zip(self.names, values, strict=True)))
        self.refused += isinstance(answer, Rejected)
        if self.refused < REMEMBERED or not isinstance(answer, Rejected):
            self[said] = answer
        return answer


def _naming(name: str | None, volunteer_no: str | None, id_number: str | None) -> tuple[str, str]:
    """The field that says whom a row means, and what it says."""
    if name is not None:
        return "name", name
    return ("volunteer_no", volunteer_no) if volunteer_no else ("id_number", mask_id_number(id_number or ""))


TITLES = {"volunteer_no": N_("Volunteer number"), "id_number": N_("Identity number")}


def stored_people(session: Session, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """All columns of people, by id."""
    return {
        row["id"]: dict(row)
        for keys in chunks(ids)
        for row in session.execute(select(Person.__table__).where(Person.id.in_(keys))).mappings()
    }


#: What is known of people, in the order of `Known`.
KNOWN = (
    Person.id,
    Person.name,
    Person.phone,
    Person.phone_alt,
    Person.birth,
    Person.volunteer_no,
    Person.id_number,
    Person.community_id,
    Person.archived_on.is_(None),
    Person.sex,
)


def _load(session: Session, naming: Naming | None, former: Iterable[int]) -> Iterator[Known]:
    """Those whom the rows name, `former` numbers included, or all; in the order of their ids."""
    query = select(*KNOWN).where(Person.erased_on.is_(None))
    if naming is None:
        rows: Iterable[Any] = session.execute(query.order_by(Person.id))
    else:
        columns = (Person.name, Person.volunteer_no, Person.id_number, Person.id)
        by_column = zip(columns, (*naming, former), strict=True)
        people = (row for column, values in by_column for row in _having(session, query, column, values))
        rows = sorted({row.id: row for row in people}.values(), key=itemgetter(0))
    return starmap(Known, rows)


def _former(session: Session, naming: Naming | None) -> dict[str, int]:
    """Who stayed where records were merged, by the number of the other."""
    query = select(FormerPerson.volunteer_no, FormerPerson.person_id)
    query = query.where(FormerPerson.volunteer_no.is_not(None))
    numbers = naming and naming.volunteer_nos
    return {row[0]: row[1] for row in _having(session, query, FormerPerson.volunteer_no, numbers)}


def _erased(session: Session, naming: Naming | None) -> Iterator[Known]:
    """Those whose number stays theirs, though nobody knows any more who they were."""
    query = select(Person.volunteer_no).where(Person.erased_on.is_not(None), Person.volunteer_no.is_not(None))
    numbers = naming and naming.volunteer_nos
    return (_nobody(row[0]) for row in _having(session, query, Person.volunteer_no, numbers))


def _having(session: Session, query: Any, column: Any, values: Iterable[Any] | None) -> Iterator[Any]:
    """The rows of a query of which a column has one of these values; of None all rows."""
    if values is None:
        yield from session.execute(query)
    else:
        for part in chunks(values):
            yield from session.execute(query.where(column.in_(part)))


def _nobody(volunteer_no: str | None) -> Known:
    return Known(None, NOBODY, volunteer_no=volunteer_no)


def _other_number(known: Known, wanted: Known) -> bool:
    """Whether two people have different numbers of the same kind, and so are two."""
    return _differ(known.volunteer_no, wanted.volunteer_no) or _differ(known.id_number, wanted.id_number)


def _same_birth(known: Known, birth: str | None, phones: Sequence[str]) -> bool:
    """Whether the birth dates agree; where the phones do not, only whole dates tell that much."""
    if not birth or not known.birth:
        return False
    if phones and known.phones:
        return birth == known.birth and len(birth) == WHOLE_DATE
    return birth_agrees(known.birth, birth)


def _born_with(wanted: Known, people: Iterable[Known], phones: Sequence[str]) -> list[Known]:
    """Those whose birth dates agree; but two cards are two people, whatever else agrees."""
    return [
        person
        for person in people
        if not _other_number(person, wanted) and _same_birth(person, wanted.birth, phones)
    ]


def _reached_by(people: Iterable[Known], phones: Sequence[str], id_number: str | None) -> list[Known]:
    """Those with one of these phones, and not with another identity number."""
    reached = [person for person in people if any(phone in phones for phone in person.phones)]
    return [person for person in reached if not _differ(person.id_number, id_number)]


def _by_birth_too(people: list[Known], birth: str | None) -> list[Known]:
    # Mother and daughter may share a phone; the birth date tells them apart.
    if len(people) == 1:
        return people
    return [person for person in people if _same_birth(person, birth, ())] or people


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _may_be(person: Known, wanted: Known) -> bool:
    """Whether what a row says of somebody beside the name contradicts nothing that is known of a namesake."""
    if wanted.phone_end and person.phones and not any(map(_ends_in(wanted.phone_end), person.phones)):
        return False
    return not _differ(person.sex, wanted.sex)


def _ends_in(digits: str) -> Callable[[str], bool]:
    return lambda phone: phone.endswith(digits)


def _only(candidates: Iterable[Known], wanted: Known) -> Known:
    people = list(candidates)
    possible = [person for person in people if _may_be(person, wanted)]
    if len(people) == 1 or len(possible) == 1:
        return (people if len(people) == 1 else possible)[0]
    labels = listed(person.label for person in people[:SHOWN])
    hint = N_("Add a phone number, a volunteer number or a birth date to the row.")
    raise Rejected("name", Ambiguous(kind=_("person"), text=wanted.name, candidates=labels, hint=hint))
