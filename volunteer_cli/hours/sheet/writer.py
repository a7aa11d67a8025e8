"""Judging and writing rows of hours, by the rules of the command, a million as well as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache, cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from volunteer_cli.core.database import create_indexes, drop_indexes
from volunteer_cli.core.errors import Ambiguous, RuleError
from volunteer_cli.core.history import insert_selected, table_of, update_rows
from volunteer_cli.core.i18n import ngettext
from volunteer_cli.core.lengths import require_short
from volunteer_cli.core.run import run
from volunteer_cli.events.queries import event_titles
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules.attending import mark_absent
from volunteer_cli.hours.rules.once import Meeting, Service, Services
from volunteer_cli.hours.rules.recorded import Former, former_of, former_states, service_of, stored_service
from volunteer_cli.hours.rules.recording import HoursOverlap, described
from volunteer_cli.hours.rules.reviewing import archived_then, review
from volunteer_cli.hours.sheet.fields import FIELDS, is_signed
from volunteer_cli.hours.sheet.places import NOWHERE, PLACING, Place, Places
from volunteer_cli.hours.sheet.staging import MANY, Staging, new_records
from volunteer_cli.hours.sheet.times import (
    PENDING,
    TIMING,
    Days,
    Saying,
    Sayings,
    day_of,
    has_days,
    is_even,
)
from volunteer_cli.hours.terms import OPEN, Evidence
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.several import SheetRow
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    STAGED,
    UPDATED,
    Batch,
    Importing,
    PassedOver,
    Rejected,
    Row,
    Verdict,
    Writer,
)
from volunteer_cli.people.matching import NAMING, Roster
from volunteer_cli.people.queries import archived_days
from volunteer_cli.teams.queries import team_names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: More rows than a sheet has: the number of a row in a file of several sheets is that of its sheet times this, and its own.
SHEET = 2**31
#: Rows that are settled together.
SETTLED = 5_000


class OverlapInFile(RuleError):
    """{person} serves at that time already in row {row} of this file"""

    code = "overlap"


class HoursWriter(Writer):
    """Records service: each row is read as it comes, and judged when all are known.

    What a day, a pair of times or an event means is worked out once for all the rows that say the same.
    """

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.people = Roster(session, importing.community.id)
        self.days = Days(session, importing.today)
        signed = is_signed(importing)
        evidence = (Evidence.SIGNED if signed else Evidence.REPORTED).value
        self.sayings = Sayings(evidence, timed=signed or "minutes" not in importing.mapped)
        self.places = Places(session, importing)
        self.staging = Staging(session)
        self._changes: dict[int, dict[str, Any]] = {}
        #: The names of several sheets, in their order.
        self._sheets: list[str] = []
        self._settled: list[int] = []
        #: How many rows bring a new record.
        self._left = 0
        #: Events and people with a place there whose rows nobody filled in.
        self._blank: set[tuple[int, int]] = set()

    # --- reading rows ---

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row, most of which wait; people are looked up together."""
        places = self.places.of(batch)
        named = self._told_apart(batch, self.people.find_all(batch), places)
        people = self._present(named, places)
        days, services = self._when(batch, places)
        people = self._in_use(people, days)
        columns = (people, places, days, services)
        verdicts = self._readable(batch, columns)
        self._pass_over_absent(batch, verdicts, named, places)
        self._stage(batch, verdicts, (people, days, services))
        return verdicts

    def _told_apart(self, batch: Batch, named: Sequence[Any], places: Sequence[Any]) -> Sequence[Any]:
        """The people of rows; of namesakes the one who belongs to the event or team that the row names."""
        if not self.places.named or Rejected not in set(map(type, named)):
            return named
        rows = zip(named, batch["name"], places, batch["date"], strict=True)
        return [self._of_place(*row) or row[0] for row in rows]

    def _of_place(self, person: Any, name: str | None, place: Any, day: date | None) -> int | None:
        is_ambiguous = isinstance(person, Rejected) and isinstance(person.error, Ambiguous)
        if not is_ambiguous or not isinstance(place, Place):
            return None
        return self.people.one_of(name, self.places.people_at(place.number, day or place.day))

    def _readable(self, batch: Batch, columns: Sequence[Sequence[Any]]) -> list[Verdict]:
        """The refusals of rows that name people, places, days or times in vain; all others wait."""
        if not any(Rejected in set(map(type, column)) for column in columns):
            return [STAGED] * len(batch)
        rows = enumerate(zip(*columns, strict=True))
        return [self._fault(batch, position, row) or STAGED for position, row in rows]

    def _stage(self, batch: Batch, verdicts: Sequence[Verdict], columns: Sequence[Sequence[Any]]) -> None:
        """Put the rows that wait to the others in the database."""
        self._stage_services()
        waiting = [verdict is STAGED for verdict in verdicts]
        given: Sequence[Sequence[Any]] = (batch.numbers, *columns)
        if False in waiting:
            given = [list(compress(column, waiting)) for column in given]
        numbers, people, days, services = given
        if not len(numbers):
            return
        if sheet := getattr(numbers[0], "sheet", None):
            numbers = self._of_sheet(sheet, numbers)
        rows = {"row": numbers, "person_id": people, "served_on": days, "service": services}
        self.staging.add_rows(rows, self.days.late_before)

    def _of_sheet(self, sheet: str, numbers: Sequence[int]) -> list[int]:
        """The numbers of rows of one of several sheets, as the database keeps them."""
        if sheet not in self._sheets:
            self._sheets.append(sheet)
        return [self._sheets.index(sheet) * SHEET + number for number in numbers]

    def _stage_services(self) -> None:
        """Hand over the services that were not met before."""
        first, sayings = self.sayings.take_new()
        if not sayings:
            return
        columns: dict[str, Sequence[Any]] = dict(zip(Saying._fields, zip(*sayings, strict=True), strict=True))
        require_short(table_of(HoursRecord), {"work": columns["work"]})
        places = [self.places.numbered[number] for number in columns.pop("place")]
        columns["id"] = range(first, first + len(sayings))
        columns["done"] = [said or place.title for said, place in zip(columns["work"], places, strict=True)]
        columns["event_id"] = [place.under.event for place in places]
        columns["team_id"] = [place.team_id for place in places]
        columns["community_id"] = [place.community_id for place in places]
        self.staging.add_services(columns)

    def _in_use(self, people: Sequence[Any], days: Sequence[Any]) -> Sequence[Any]:
        """The person of each row, or the refusal of one whose record was put away before the day."""
        archived = {key for key in set(people) if key.__class__ is int and not self.people.by_id[key].in_use}
        if not archived:
            return people
        since = archived_days(self.session, archived)
        return [self._archived(*each, since) or each[0] for each in zip(people, days, strict=True)]

    def _archived(self, person: Any, day: Any, since: dict[int, date]) -> Rejected | None:
        if isinstance(person, Rejected) or isinstance(day, Rejected) or day <= since.get(person, day):
            return None
        name = self.people.by_id[person].name
        return Rejected("date", archived_then(person, name, since[person], day))

    def _present(self, people: Sequence[Any], places: Sequence[Any]) -> Sequence[Any]:
        """The person of each row, or the refusal of one who was absent at its event."""
        if not self.places.absences:
            return people
        return [self._absent(*each) or each[0] for each in zip(people, places, strict=True)]

    def _absent(self, person: Any, place: Any) -> Rejected | None:
        """The refusal of a row about somebody who was marked absent at its event."""
        if isinstance(person, Rejected) or isinstance(place, Rejected) or not place.absent:
            return None
        return self.places.absent(place, person, self.people.by_id[person].name)

    def knows(self, name: str) -> bool:
        """Whether somebody of this name is on file."""
        return name in self.people.by_name

    def _when(self, batch: Batch, places: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
        """The day and the number of the service of each row."""
        days, said = self._days_of(batch, places), self._said_in(batch, places)
        if self._depends_on_day(batch, days):
            dated = [self.sayings.dated(day, *each) for day, each in zip(days, said, strict=True)]
            return [self.days[day] for day, _service in dated], [service for _day, service in dated]
        return list(map(self.days.__getitem__, days)), list(map(self.sayings.__getitem__, said))

    def _days_of(self, batch: Batch, places: Sequence[Any]) -> Sequence[date | None]:
        """The day that each row says, else that of its event."""
        days = batch["date"]
        if not self.places.named:
            return days
        return [day or getattr(place, "day", None) for day, place in zip(days, places, strict=True)]

    def _said_in(self, batch: Batch, places: Sequence[Any]) -> Iterator[Any]:
        """What each row says but for person and day, as `Sayings` knows it."""
        numbers = [0] * len(batch)
        if self.places.named:
            numbers = [getattr(place, "number", 0) for place in places]
        columns = (batch[name] for name in ("start", "end", "minutes", "work", "evidence"))
        return zip(*columns, numbers, strict=True)

    def _depends_on_day(self, batch: Batch, days: Sequence[date | None]) -> bool:
        """Whether times have days of their own, or a clock is changed on one of the days."""
        own_days = has_days({*map(type, batch["start"]), *map(type, batch["end"])})
        return own_days or not all(is_even(day, run().clock) for day in set(days))

    def _pass_over_absent(
        self, batch: Batch, verdicts: list[Verdict], people: Sequence[Any], places: Sequence[Any]
    ) -> None:
        """Let rows of people with a place say that they did not come, where nothing was filled in."""
        if not self.places.named:
            return
        blank = zip(batch["start"], batch["end"], batch["minutes"], strict=True)
        for position, said in enumerate(blank):
            place, person = places[position], people[position]
            if any(each is not None for each in said) or not isinstance(place, Place):
                continue
            if person in place.expected or person in place.absent:
                verdicts[position] = PassedOver("absent")
                self._blank.add((place.event_id or 0, person))

    def _fault(self, batch: Batch, position: int, row: Sequence[Any]) -> Rejected | None:
        """The first fault of a row from the left, if it has one."""
        faults = [each for each in row if isinstance(each, Rejected)]
        if not faults:
            return None
        said = {name: values[position] for name, values in batch.columns.items()}
        return self.first([*faults, *self.faults(said)])

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:
        """Whom, what and when a row names in vain."""
        row = {**row, "date": day_of(row.get("date"), row.get("start"))}
        place = self.places.find(row) if unread.isdisjoint(PLACING) else None
        yield from (place,) if isinstance(place, Rejected) else ()
        if unread.isdisjoint(NAMING):
            yield from self._unknown(row, place)
        day = row["date"] or (place.day if isinstance(place, Place) else None)
        if day and (ahead := self.days.ahead(day)):
            yield ahead
        if unread.isdisjoint(TIMING):
            found = self.sayings.faults(row, day)
            yield from (fault for fault in found if fault.field != "date" or isinstance(place, Place))

    def _unknown(self, row: Row, place: Any) -> Iterator[Rejected]:
        """The refusal of a row that names nobody, or one of several who do not belong to its place alone."""
        person = self.people.answer(**{name: row.get(name) for name in NAMING})
        if isinstance(person, Rejected) and not self._of_place(person, row.get("name"), place, row["date"]):
            yield person

    # --- judging them ---

    def settle(self, verdicts: Counter[str]) -> Iterator[tuple[int, Rejected]]:
        """Judge the rows that waited: which are records already, which stand in the way of each other."""
        former = former_states(self.session) if self._is_anything_stored else None
        known = self.staging.compare(former)
        self.matched += known
        verdicts[SAME] += known
        self._left = self.staging.count - known
        for person, rows, stored in self.staging.crowds():
            yield from self._judged(person, rows, _services(stored, former or {}), verdicts)
        self._flush_settled()
        if self.days.closings:
            for row in self.staging.closed():
                yield self._refused(row, self.days.closed_on(row.served_on))
        self._flush_settled()
        verdicts[NEW] += self._left

    @cached_property
    def _is_anything_stored(self) -> bool:
        """Whether there was any record when this was first asked."""
        return self.session.scalar(select(HoursRecord.id).limit(1)) is not None

    def _judged(
        self, person: int, rows: Sequence[Any], services: Services, verdicts: Counter[str]
    ) -> Iterator[tuple[int, Rejected]]:
        """Judge the rows of one person in the order of the file: counts those accepted, answers the others."""
        for row in rows:
            place = self._place_of(row.service)
            verdict = self._judge(person, row, services, place)
            if isinstance(verdict, Rejected):
                yield self._refused(row, verdict)
            elif verdict is not NEW:
                verdicts[verdict] += 1
                self._settle_row(row.id)

    def _judge(self, person: int, row: Any, services: Services, place: Place) -> str | Rejected:
        service = service_of(row, row=self._number_of(row))
        if begun := services.begun(service):
            return self._ended(person, row, services, service, begun)
        if self.days.closings and services.meets(service) is None:
            closed = self.days.closed(self._community(person, place), row.served_on)
            if closed is not None:
                return closed
        met = services.enter(service)
        return NEW if met is None else self._meets(person, met, place)

    def _ended(
        self, person: int, row: Any, services: Services, service: Service, begun: Service
    ) -> str | Rejected:
        """A row with an end for a stored record that had none: it is pending from now on."""
        met = services.enter(service)
        if met is not None:
            return self._meets(person, met, NOWHERE)
        self.matched += 1
        begun.row = service.row
        self._changes[begun.id or 0] = {
            "end_minute": row.end_minute,
            "minutes": row.minutes,
            "status": PENDING,
        }
        return UPDATED

    def _meets(self, person: int, met: Meeting, place: Place) -> str | Rejected:
        """The verdict on a row that is a record already, or overlaps one."""
        if met.same and met.id is not None:
            self.matched += 1
            return self._filled(met.other.stored, place)
        if met.same:
            return Rejected(None, DuplicateInFile(row=met.row))
        name = self.people.by_id[person].name
        if met.row is not None:
            return Rejected(None, OverlapInFile(person=name, row=met.row))
        other = described(met.other.stored)
        return Rejected(None, HoursOverlap(person=name, person_id=person, other=other))

    def _filled(self, stored: Any, place: Place) -> str | Rejected:
        """Fill or change the event and team of an undecided record that a row is."""
        under = (stored.event_id, stored.team_id)
        if place is NOWHERE or place.made or stored.status not in OPEN:
            return SAME
        if under == (place.event_id, place.team_id):
            return SAME
        known = self._names_of(*under)
        said = {"event": place.title, "team": self.places.team_name(place)}
        try:
            changed = self.settled(known, said)
        except Rejected as rejected:
            return rejected.with_traceback(None)
        if not changed:
            return SAME
        ids = {"event": place.event_id, "team": place.team_id}
        self._changes.setdefault(stored.id, {}).update({f"{name}_id": ids[name] for name in changed})
        return UPDATED

    @cache  # noqa: B019 - lives as long as the import
    def _names_of(self, event: int | None, team: int | None) -> dict[str, str | None]:
        """How the event and team of a record are called."""
        events = event_titles(self.session, [event] if event else [])
        teams = team_names(self.session, [team] if team else [])
        return {"event": events.get(event or 0), "team": teams.get(team or 0)}

    def _community(self, person: int, place: Place) -> int | None:
        return place.community_id or self.people.by_id[person].community_id

    def _place_of(self, service: int) -> Place:
        """What the service of a number is given under."""
        return self.places.numbered[self.sayings.places[service - 1]]

    def _number_of(self, row: Any) -> int:
        """The number of a row as messages name it, with its sheet where there are several."""
        sheet, number = divmod(int(row.row), SHEET)
        return SheetRow.of(number, self._sheets[sheet]) if self._sheets else number

    def _refused(self, row: Any, why: Rejected) -> tuple[int, Rejected]:
        self._settle_row(row.id)
        return self._number_of(row), why

    def _settle_row(self, key: int) -> None:
        """Note that a row brings no new record."""
        self._left -= 1
        self._settled.append(key)
        if len(self._settled) >= SETTLED:
            self._flush_settled()

    def _flush_settled(self) -> None:
        self.staging.settle(self._settled)
        self._settled = []

    # --- writing them ---

    def finish(self) -> None:
        """Write the records that are left, and put up for review what says too much of an event."""
        self._make_events()
        update_rows(self.session, HoursRecord, self._changes)
        written = self._write()
        mark_absent(self.session, self._blank)
        self.remarks += self.places.remarks()
        if self.places.named:
            self.remarks += self._reviewed(written)

    def _make_events(self) -> None:
        """Make the events that new records are of, as long as those say."""
        if not self.importing.options.own["create_events"]:
            return
        for number, first, last in self.staging.new_events():
            self.staging.place_at(number, self.places.make(-number, first, last))

    def _write(self) -> range:
        """Write the new records; the first million of a database have their indexes built at the end."""
        actor, connection = run().given.actor, self.session.connection()
        table = table_of(HoursRecord)
        require_short(table, {"recorded_by": [actor]})
        bare = self._left >= MANY and not self._is_anything_stored
        if bare:
            drop_indexes(connection, table)
        rows = new_records(actor, self.staging.count)
        written = insert_selected(self.session, HoursRecord, rows, self._left)
        # Nothing that a dry run writes is ever looked for.
        if bare and not run().given.dry_run:
            create_indexes(connection, table)
        return written

    def _reviewed(self, written: range) -> list[str]:
        """Put up for review what says too much of an event, and say how many records do."""
        count = len(review(self.session, [written]))
        sentence = ngettext(
            "{count} record needs review: it does not fit others of the same person and event.",
            "{count} records need review: they do not fit others of the same person and event.",
            count,
        )
        return [sentence.format(count=count)] if count else []


def _services(stored: Sequence[Any], former: Former) -> Services:
    """What is recorded of a person, and what those records said before they were corrected."""
    services = Services(map(stored_service, stored))
    for row in stored if former else ():
        for state in former_of(row, former):
            services.add(state)
    return services
