"""Judging and writing rows of hours, by the rules of the command, a million as well as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import chain, compress
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from volunteer_cli.core.database import chunks, create_indexes, drop_indexes, read_columns
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import table_of, update_rows
from volunteer_cli.core.i18n import ngettext
from volunteer_cli.core.run import run
from volunteer_cli.events.queries import event_titles
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules import add_columns
from volunteer_cli.hours.rules.attending import mark_absent
from volunteer_cli.hours.rules.diary import Diary, Meeting, stored_id
from volunteer_cli.hours.rules.near import valid
from volunteer_cli.hours.rules.recording import COLUMNS, HoursOverlap, described
from volunteer_cli.hours.rules.reviewing import archived_then, review
from volunteer_cli.hours.sheet.fields import FIELDS, is_signed
from volunteer_cli.hours.sheet.places import NOWHERE, PLACING, Place, Places
from volunteer_cli.hours.sheet.times import (
    PENDING,
    TIMING,
    Day,
    Days,
    Service,
    Services,
    day_of,
    has_days,
    is_even,
)
from volunteer_cli.hours.terms import OPEN, Evidence
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
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

#: Records that are gathered before they are written.
GATHERED = 20_000
ORDINAL, MARK = itemgetter(Day._fields.index("ordinal")), itemgetter(Service._fields.index("mark"))
TABLE = table_of(HoursRecord)
#: What undecided records stand under. Made once: a statement for each batch would hold on to its keys.
UNDECIDED = select(HoursRecord.id, HoursRecord.event_id, HoursRecord.team_id).where(
    HoursRecord.status.in_(OPEN)
)
AMONG = UNDECIDED.where(HoursRecord.id.in_(bindparam("keys", expanding=True)))
BETWEEN = UNDECIDED.where(HoursRecord.id.between(bindparam("first"), bindparam("last")))


class OverlapInFile(RuleError):
    """{person} serves at that time already in row {row} of this file"""

    code = "overlap"


class HoursWriter(Writer):
    """Records service, each row judged in memory and written with thousands of others.

    What a day, a pair of times or an event means is worked out once for all the rows that say the same.
    """

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.people = Roster(session, importing.community.id)
        self.diary = Diary(session)
        self.days = Days(session, importing.today)
        signed = is_signed(importing)
        self.services = Services(self.diary, timed=signed or "minutes" not in importing.mapped)
        self.places = Places(session, importing)
        self.evidence = (Evidence.SIGNED if signed else Evidence.REPORTED).value
        self._records: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        self._bare = False
        """Whether the first large import into an empty table goes on, which has its indexes built at the end."""
        self._changes: dict[int, dict[str, Any]] = {}
        self._met: list[tuple[int, int, Place]] = []
        self._written: list[range] = []
        #: Events and people with a place there whose rows nobody filled in.
        self._blank: set[tuple[int, int]] = set()

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row, people and their earlier records being looked up together."""
        places = self.places.of(batch)
        named = self.people.find_all(batch)
        people = self._present(named, places)
        days, services = self._when(batch, places)
        people = self._in_use(people, days)
        self.diary.load_near(list(valid(people, days)))
        verdicts = self._judged(batch, people, places, days, services)
        self._pass_over_absent(batch, verdicts, named, places)
        self._make_events(verdicts, places, services)
        self._settle(verdicts)
        self._gather(batch, verdicts, (people, places, days, services))
        if len(self._records["minutes"]) >= GATHERED:
            self._write()
        return verdicts

    def _in_use(self, people: Sequence[Any], days: Sequence[Any]) -> Sequence[Any]:
        """The person of each row, or the refusal of one whose record was put away before the day."""
        archived = {key for key in set(people) if key.__class__ is int and not self.people.by_id[key].in_use}
        if not archived:
            return people
        since = archived_days(self.session, archived)
        return [self._archived(*each, since) or each[0] for each in zip(people, days, strict=True)]

    def _archived(self, person: Any, day: Any, since: dict[int, date]) -> Rejected | None:
        if isinstance(person, Rejected) or isinstance(day, Rejected) or day.on <= since.get(person, day.on):
            return None
        name = self.people.by_id[person].name
        return Rejected("date", archived_then(person, name, since[person], day.on))

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
        """The day and the service of each row."""
        days, dones = batch["date"], batch["work"]
        if self.places.named:
            days = [day or getattr(place, "day", None) for day, place in zip(days, places, strict=True)]
            dones = [done or getattr(place, "title", None) for done, place in zip(dones, places, strict=True)]
        said = zip(batch["start"], batch["end"], batch["minutes"], dones, self._under(places), strict=True)
        own_days = has_days({*map(type, batch["start"]), *map(type, batch["end"])})
        if own_days or not all(is_even(day, run().clock) for day in set(days)):
            dated = [self.services.dated(day, *each) for day, each in zip(days, said, strict=True)]
            return [self.days[day] for day, _service in dated], [service for _day, service in dated]
        return list(map(self.days.__getitem__, days)), list(map(self.services.__getitem__, said))

    def _under(self, places: Sequence[Any]) -> Sequence[int]:
        """What each row is done under."""
        if not self.places.named:
            return [0] * len(places)
        return [getattr(place, "under", 0) for place in places]

    def _judged(self, batch: Batch, *meant: Sequence[Any]) -> list[Verdict]:
        """The verdict on each row: together where nothing calls for a look at each."""
        numbers = batch.numbers
        if self.diary.begun or self.days.closings or any(Rejected in set(map(type, each)) for each in meant):
            rows = enumerate(zip(numbers, *meant, strict=True))
            return [
                self._fault(batch, position, row) or self._judge(position, *row) for position, row in rows
            ]
        people, places, days, services = meant
        ordinals, marks = map(ORDINAL, days), map(MARK, services)
        stored, met = self.diary.enter_all(people, ordinals, marks, numbers)
        verdicts: list[Verdict] = [NEW] * len(people)
        self.matched += len(stored)
        for position in stored:
            verdicts[position] = SAME
        if self.places.named:
            self._met += [(position, stored_id(each), places[position]) for position, each in stored.items()]
        for position, meeting in met.items():
            verdicts[position] = self._meets(position, people[position], meeting, places[position])
        return verdicts

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
        if unread.isdisjoint(NAMING):
            person = self.people.answer(**{name: row.get(name) for name in NAMING})
            yield from (person,) if isinstance(person, Rejected) else ()
        row = {**row, "date": day_of(row.get("date"), row.get("start"))}
        place = self.places.find(row) if unread.isdisjoint(PLACING) else None
        yield from (place,) if isinstance(place, Rejected) else ()
        day = row["date"] or (place.day if isinstance(place, Place) else None)
        if day and (ahead := self.days.ahead(day)):
            yield ahead
        if unread.isdisjoint(TIMING):
            found = self.services.faults(row, day)
            yield from (fault for fault in found if fault.field != "date" or isinstance(place, Place))

    def _judge(
        self, position: int, number: int, person: int, place: Place, day: Day, service: Service
    ) -> Verdict:
        diary, ordinal, mark = self.diary, day.ordinal, service.mark
        if diary.begun and (begun := diary.begun_at(person, ordinal, mark)):
            return self._ended(person, ordinal, service, number, begun)
        if self.days.closings and diary.met(person, ordinal, mark) is None:
            closed = self.days.closed(self._community(person, place), day.on)
            if closed is not None:
                return closed
        met = diary.enter(person, ordinal, mark, number)
        return NEW if met is None else self._meets(position, person, met, place)

    def _community(self, person: int, place: Place) -> int | None:
        return place.community_id or self.people.by_id[person].community_id

    def _meets(self, position: int, person: int, met: Meeting, place: Place) -> Verdict:
        """The verdict on a row that is a record already, or overlaps one."""
        if met.same and met.id is not None:
            self.matched += 1
            self._met.append((position, met.id, place))
            return SAME
        if met.same:
            return Rejected(None, DuplicateInFile(row=met.row))
        name = self.people.by_id[person].name
        if met.row is not None:
            return Rejected(None, OverlapInFile(person=name, row=met.row))
        other = described(self.session.get_one(HoursRecord, met.id))
        return Rejected(None, HoursOverlap(person=name, person_id=person, other=other))

    def _ended(self, person: int, day: int, service: Service, number: int, key: int) -> Verdict:
        """A row with an end for a stored record that had none: it is pending from now on."""
        met = self.diary.enter(person, day, service.mark, number)
        if met is not None:
            return self._meets(0, person, met, NOWHERE)
        self.matched += 1
        self.diary.end(person, day, service.mark)
        self._changes[key] = {"end_minute": service.end, "minutes": service.minutes, "status": PENDING}
        return UPDATED

    def _make_events(
        self, verdicts: Sequence[Verdict], places: Sequence[Any], services: Sequence[Any]
    ) -> None:
        if not self.importing.options.own["create_events"]:
            return
        for verdict, place, service in zip(verdicts, places, services, strict=True):
            if verdict is NEW and place.made is not None:
                self.places.make(place, service.start, service.end)

    # --- what was met ---

    def _settle(self, verdicts: list[Verdict]) -> None:
        """Fill or change the event and team of undecided records that rows of this batch have met."""
        differing = self._differing()
        events = event_titles(self.session, {event for _p, _k, _place, event, _t in differing if event})
        teams = team_names(self.session, {team for _p, _k, _place, _e, team in differing if team})
        for position, key, place, event, team in differing:
            verdicts[position] = self._filled(
                key, {"event": events.get(event or 0), "team": teams.get(team or 0)}, place
            )
        self._met = []

    def _differing(self) -> list[tuple[int, int, Place, int | None, int | None]]:
        """The undecided records met that stand under another event or team than their rows say."""
        stored: dict[int, tuple[int | None, int | None]] = {}
        for keys, *found in self._undecided(
            {key for _position, key, place in self._met if place is not NOWHERE}
        ):
            stored |= zip(keys, zip(*found, strict=True), strict=True)
        return [
            (position, key, place, *under)
            for position, key, place in self._met
            if (under := stored.get(key)) and under != (place.event_id, place.team_id)
        ]

    def _undecided(self, keys: set[int]) -> Iterator[list[tuple[Any, ...]]]:
        """Ids, events and teams of the undecided ones among records, and perhaps of others between them."""
        connection = self.session.connection()
        first, last = min(keys, default=0), max(keys, default=0)
        if last - first < 2 * len(keys):
            return read_columns(connection, BETWEEN, {"first": first, "last": last})
        return chain.from_iterable(read_columns(connection, AMONG, {"keys": part}) for part in chunks(keys))

    def _filled(self, key: int, known: dict[str, Any], place: Place) -> Verdict:
        said = {"event": place.title, "team": self.places.team_name(place)}
        try:
            changed = self.settled(known, said)
        except Rejected as rejected:
            return rejected.with_traceback(None)
        if not changed:
            return SAME
        ids = {"event": place.event_id, "team": place.team_id}
        self._changes.setdefault(key, {}).update({f"{name}_id": ids[name] for name in changed})
        return UPDATED

    # --- writing ---

    def _gather(self, batch: Batch, verdicts: Sequence[Verdict], meant: Sequence[Sequence[Any]]) -> None:
        """Put the new rows of a batch to the records that are to be written, column by column."""
        fresh = [verdict is NEW for verdict in verdicts]
        if True not in fresh:
            return
        given: Sequence[Any] = (*meant, batch["work"], batch["evidence"])
        if False in fresh:
            given = [list(compress(each, fresh)) for each in given]
        people, places, days, services, works, evidence = given
        count = len(people)
        on, _ordinals, late = zip(*days, strict=True)
        starts, ends, minutes, statuses, _marks = zip(*services, strict=True)
        known = self.people.by_id
        under: dict[str, Sequence[Any]] = {
            "event_id": [None] * count,
            "team_id": [None] * count,
            "community_id": [known[person].community_id for person in people],
        }
        if self.places.named:
            under["event_id"] = [place.event_id for place in places]
            under["team_id"] = [place.team_id for place in places]
            under["community_id"] = list(map(self._community, people, places))
        columns = under | {
            "person_id": people,
            "served_on": on,
            "start_minute": starts,
            "end_minute": ends,
            "minutes": minutes,
            "evidence": [each or self.evidence for each in evidence],
            "status": statuses,
            "late": late,
            "work": works,
            "recorded_by": [run().given.actor] * count,
        }
        for name, gathered in self._records.items():
            gathered.extend(columns.get(name) or [None] * count)

    def _write(self) -> None:
        count = len(self._records["minutes"])
        if self.diary.nothing_stored and not self._bare and count >= GATHERED:
            self._bare = True
            drop_indexes(self.session.connection(), TABLE)
        update_rows(self.session, HoursRecord, self._changes)
        self._written.append(add_columns(self.session, self._records))
        self._records, self._changes = {name: [] for name in COLUMNS}, {}

    def finish(self) -> None:
        """Write what is left, and give the events that were made their times."""
        self._write()
        mark_absent(self.session, self._blank)
        # Nothing that a dry run writes is ever looked for.
        if self._bare and not run().given.dry_run:
            # What was held in memory is needed no more, and sorting the indexes takes as much.
            self.diary = Diary(self.session)
            create_indexes(self.session.connection(), TABLE)
        self.remarks += self.places.finish()
        if self.places.named:
            self.remarks += self._reviewed()

    def _reviewed(self) -> list[str]:
        """Put up for review what says too much of an event, and say how many records do."""
        count = len(review(self.session, self._written))
        sentence = ngettext(
            "{count} record needs review: it does not fit others of the same person and event.",
            "{count} records need review: they do not fit others of the same person and event.",
            count,
        )
        return [sentence.format(count=count)] if count else []
