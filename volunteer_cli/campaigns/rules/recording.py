"""Attempts on their way into a campaign: one, or those of a whole sheet, by the same rules.

What the rules ask of each target is read beforehand in a few queries, so that a million attempts ask for no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import compress, repeat
from operator import attrgetter, getitem, lshift, or_
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Answer, Attempt, Campaign, Lease, Question, Stage, Target
from volunteer_cli.campaigns.queries.entering import blockable, held, numbers_on, places_of, tried
from volunteer_cli.campaigns.queries.finding import name_of, questions, round_on, stages, thing_of
from volunteer_cli.campaigns.queries.results import Limits, Part, is_blocked, joined, judged
from volunteer_cli.campaigns.rules.answers import read_answers
from volunteer_cli.campaigns.rules.errors import (
    AlreadyDone,
    Blocked,
    CallbackNeeded,
    CoverageOnly,
    EvidenceMissing,
    Leased,
    NobodySaid,
    NotIndependent,
    NotTarget,
)
from volunteer_cli.campaigns.rules.journal import DAY, HOUR, OUTCOMES, PERSON, Journal
from volunteer_cli.campaigns.rules.moments import is_running, opened_on, require_running
from volunteer_cli.campaigns.terms import (
    AT_THE_DOOR,
    BAD_NUMBER,
    CONFIRMS,
    EVENING,
    Evidence,
    Method,
    Outcome,
)
from volunteer_cli.core.dates import is_working_day
from volunteer_cli.core.history import insert_columns, insert_rows, update_all
from volunteer_cli.core.steps import require_step
from volunteer_cli.people.models import Person

#: Outcomes for which nothing is asked but the target, the moment and the person.
DONE = Outcome.DONE.value
PLAIN = frozenset(each.value for each in set(Outcome) - BAD_NUMBER - {Outcome.VACANT, Outcome.CALLBACK})
#: The columns of an attempt that are gathered.
COLUMNS = (
    *("target_id", "stage_id", "round", "at", "by_id", "method", "outcome", "off_hours"),
    *("evidence", "callback_at", "number", "agrees", "note", "reason"),
)


@dataclass(frozen=True)
class Try:
    """One attempt as somebody tells it.

    Attributes:
        again: why somebody who is done was contacted once more.
        override: why an urgent campaign passed over a wish not to be contacted.
    """

    outcome: Outcome
    at: datetime
    by_id: int | None = None
    method: Method | None = None
    callback_at: datetime | None = None
    evidence: Sequence[Evidence] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    agrees: bool | None = None
    note: str | None = None
    request: str | None = None
    again: str | None = None
    override: str | None = None
    actor: str = ""


class Told(NamedTuple):
    """Attempts as a sheet tells them, column by column; ids are of who is known, and anything else where nobody is.

    Attributes:
        moments: `ats` as the journal counts them.
    """

    targets: Sequence[Any]
    people: Sequence[Any]
    ats: Sequence[Any]
    moments: Sequence[int]
    outcomes: Sequence[Any]
    methods: Sequence[str | None]
    notes: Sequence[str | None]

    def part(self, first: int, last: int) -> Told:
        """Some of them, from one place to before another."""
        return Told._make(column[first:last] for column in self)


class Entry(NamedTuple):
    """Who made an attempt, and whether it is a new one."""

    by_id: int
    is_new: bool


class Spot(NamedTuple):
    """Where attempts of a day belong: the stage, the day's round of it, and the way of each outcome."""

    stage: Stage
    stage_id: int
    mark: int
    round: date | None
    ways: Mapping[str, str]

    @property
    def is_check(self) -> bool:
        """Whether this is a re-check, which goes to somebody else."""
        return self.stage.share is not None


class _Spots(dict[int, "Spot | None"]):
    """Where targets of the same stages are tried, by the day: a dictionary that fills itself."""

    def __init__(self, campaign: Campaign, among: Sequence[Stage], journal: Journal) -> None:
        super().__init__()
        self.campaign, self.among, self.journal = campaign, among, journal
        self._places: dict[tuple[int, date | None], Spot] = {}

    @property
    def is_plain(self) -> bool:
        """Whether there is a stage on every day, and none of them is a re-check."""
        return bool(self.among) and all(stage.share is None for stage in self.among)

    def __missing__(self, day: int) -> Spot | None:
        spot = self[day] = self._spot(date.fromordinal(day))
        return spot

    def _spot(self, day: date) -> Spot | None:
        """The last stage that had opened by the day, else the first."""
        # By the day: calls of the morning on which a stage was opened are entered for that stage.
        by_then = [stage for stage in self.among if stage.opened_at and stage.opened_at.date() <= day]
        stage = next(iter([*by_then[-1:], *self.among[:1]]), None)
        if stage is None:
            return None
        daily = stage.days is not None and round_on(stage, datetime.combine(day, time()))
        spot = Spot(
            stage, stage.id, self.journal.mark_of(stage.id), day if daily else None, self._ways(stage)
        )
        # One for all days of a stage without rounds: of a batch of attempts all stand in one place, and it is seen at once.
        return self._places.setdefault((spot.stage_id, spot.round), spot)

    def _ways(self, stage: Stage) -> dict[str, str]:
        """How it was made: as the stage is worked, else as the outcome tells."""
        way = Method(stage.method or self.campaign.method)
        if way is not Method.EITHER:
            return {each.value: way.value for each in Outcome}
        return {each.value: (Method.DOOR if each in AT_THE_DOOR else Method.CALL).value for each in Outcome}


class Recording:
    """Attempts of a campaign that are entered, judged and then written together.

    Attributes:
        targets: those that attempts are told of; without any, all of the campaign.
        latest: a sheet may tell of the whole day, up to this moment.
    """

    def __init__(
        self,
        session: Session,
        campaign: Campaign,
        *,
        now: datetime,
        latest: datetime | None = None,
        targets: tuple[int, ...] = (),
    ) -> None:
        self.session, self.campaign = session, campaign
        self.now, self.latest = now, latest or now
        self._stages = stages(session, campaign)
        self._opened = tuple(stage for stage in self._stages if stage.opened_at)
        self.part = Part(campaign, self._opened, targets=targets)
        self._read_attempts()
        self._read_targets()
        self._first, self._last = self._bounds()
        self._off_hours = _OffHours()
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Gather what is written next."""
        self._columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        self._answers: list[tuple[int, Question, str | None, str | None]] = []
        self._ended: list[int] = []

    def _read_attempts(self) -> None:
        """Read what was tried so far, and which numbers were found wrong or dead."""
        self.journal = Journal(self._stages)
        self._numbers = _Numbers(self.session, self.part)
        for target, number in self.journal.read(tried(self.session, self.part)):
            self._numbers.burn(target, number)

    def _read_targets(self) -> None:
        """Read in which stages targets are, with whom, and of whom there is a wish not to be contacted."""
        shared: dict[tuple[int, ...], _Spots] = {}
        places = places_of(self.session, self.part)
        self.spots = {target: self._spots(shared, own) for target, own in places.items()}
        self._families = list(shared.values())
        self._held = held(self.session, self.part, self.now)
        self._blockable = blockable(self.session, self.part)
        odd = (target for target, spots in self.spots.items() if not spots.is_plain)
        self._watched = self._blockable.union(self._held, odd)

    def _spots(self, shared: dict[tuple[int, ...], _Spots], own: tuple[int, ...]) -> _Spots:
        if own not in shared:
            among = [stage for stage in self._opened if stage.id in own]
            shared[own] = _Spots(self.campaign, among, self.journal)
        return shared[own]

    def _bounds(self) -> tuple[int, int]:
        """The first and last moment of which attempts may be told; none of a campaign that is not running."""
        if not is_running(self.campaign):
            return 1, 0
        moments = self.journal.moments
        return moments[datetime.combine(self._begins, time())], moments[self.latest]

    @property
    def _begins(self) -> date:
        return min(opened_on(self.campaign) or self.campaign.starts_on, self.campaign.starts_on)

    def __len__(self) -> int:
        return len(self._columns["at"])

    # --- judging ---

    def odd(self, told: Told) -> set[int]:
        """The places of attempts that call for a closer look; for all others nothing that `enter` asks can refuse them."""
        odd = _unlike(told.targets, int) | _unlike(told.people, int)
        if not self._watched.isdisjoint(told.targets):
            odd |= {place for place, target in enumerate(told.targets) if target in self._watched}
        if not PLAIN.issuperset(told.outcomes):
            odd |= {place for place, outcome in enumerate(told.outcomes) if outcome not in PLAIN}
        if self.campaign.coverage_only:
            odd |= {place for place, note in enumerate(told.notes) if note}
        return odd | self._outside(told) | self._done_before(told)

    def _outside(self, told: Told) -> set[int]:
        """The places of moments of which nothing may be told."""
        moments, first, last = told.moments, self._first, self._last
        if first <= min(moments) <= max(moments) <= last:
            return set()
        return {place for place, moment in enumerate(moments) if not first <= moment <= last}

    def _done_before(self, told: Told) -> set[int]:
        """The places of targets that are done, and were before or are twice."""
        if DONE not in told.outcomes:
            return set()
        done = [place for place, outcome in enumerate(told.outcomes) if outcome == DONE]
        times = Counter(told.targets[place] for place in done)
        before = self.journal.done
        return {p for p in done if (target := told.targets[p]) in before or times[target] > 1}

    def enter_all(self, told: Told) -> list[bool]:
        """Enter attempts of which none is odd; answer which of them are new."""
        spots = self._spots_at(told)
        is_new = self.journal.enter_all(told.targets, told.moments, _marks(told, spots))
        self.journal.done |= _done_in(told)
        columns = self._columns_of(told, spots)
        if not all(is_new):
            columns = {name: list(compress(values, is_new)) for name, values in columns.items()}
        self._extend(columns)
        return is_new

    def _spots_at(self, told: Told) -> list[Any]:
        """Where each attempt belongs."""
        days = [moment // DAY for moment in told.moments]
        if len(self._families) == 1:
            # All targets are in the same stages, as in most campaigns.
            return list(map(self._families[0].__getitem__, days))
        return [self.spots[target][day] for target, day in zip(told.targets, days, strict=True)]

    def _columns_of(self, told: Told, spots: Sequence[Any]) -> dict[str, Sequence[Any]]:
        """Attempts column by column, as they are stored."""
        ways = list(map(getitem, _each(spots, "ways"), told.outcomes))
        if any(told.methods):
            ways = [said or way for said, way in zip(told.methods, ways, strict=True)]
        return {
            "target_id": told.targets,
            "stage_id": _each(spots, "stage_id"),
            "round": _each(spots, "round"),
            "at": told.ats,
            "by_id": told.people,
            "method": ways,
            "outcome": told.outcomes,
            "off_hours": list(map(self._off_hours.__getitem__, [moment // HOUR for moment in told.moments])),
            "note": told.notes,
        }

    def _extend(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """Put columns to those that are written next; what they do not say is nothing."""
        nothing = [None] * len(columns["at"])
        for name, gathered in self._columns.items():
            gathered.extend(columns.get(name, nothing))

    def enter(self, target: int, told: Try) -> Entry:
        """Enter an attempt; the same once more is no change.

        Raises:
            VolunteerError: as `attempts.record` says.
        """
        require_running(self.campaign)
        spot = self._placed(target, told)
        by_id = self.person_of(target, told)
        self._require_time(told)
        moment = self.journal.moments[told.at]
        if self.journal.has(target, moment, by_id, told.outcome):
            return Entry(by_id, is_new=False)
        way = told.method or Method(spot.ways[told.outcome])
        self._require_allowed(target, spot, told, by_id, way)
        answers = self._read_answers(told)
        self._gather(target, spot, told, by_id, way)
        self._answers += [(len(self) - 1, *answer) for answer in answers]
        return Entry(by_id, is_new=True)

    def _placed(self, target: int, told: Try) -> Spot:
        """Where an attempt belongs; raises NotTarget, CoverageOnly, Leased."""
        spot = self.spots[target][told.at.toordinal()]
        campaign = self.campaign
        if spot is None:
            raise NotTarget(thing=self._name(target), campaign=campaign.name, code=campaign.code)
        # Data of a census by which people can be told serve nothing else (普查条例, art. 33).
        if campaign.coverage_only and (told.answers or told.note):
            raise CoverageOnly(name=campaign.name)
        lease = self._held.get(target)
        if lease is not None and told.by_id not in (None, lease.person_id):
            raise self._leased(target, lease)
        return spot

    def person_of(self, target: int, told: Try) -> int:
        """Who made an attempt: whoever has the target, else whoever is said; raises NobodySaid."""
        lease = self._held.get(target)
        by_id: int | None = lease.person_id if lease else told.by_id
        if by_id is None:
            raise NobodySaid(target=self._name(target))
        return by_id

    def _leased(self, target: int, lease: Any) -> Leased:
        """The refusal of what is with somebody else, with who has it until when."""
        holder = self.session.get_one(Person, lease.person_id).name
        until = f"{lease.until:%Y-%m-%d %H:%M}"
        name, code = self._name(target), self.campaign.code
        return Leased(target=name, holder=holder, until=until, code=code, id=target)

    def _name(self, target: int) -> str:
        return name_of(thing_of(self.session, self.session.get_one(Target, target)))

    def _require_time(self, told: Try) -> None:
        """Attempts may be entered in any order, but none is yet to come or before the campaign; raises StepAhead, OutOfOrder."""
        require_step(told.at, now=self.latest, last=self._begins, thing=self.campaign.code)

    def _require_allowed(self, target: int, spot: Spot, told: Try, by_id: int, way: Method) -> None:
        """The refusals that depend on the target, in the order of the contract."""
        self._require_unfinished(target, spot, told)
        self._require_unblocked(target, spot, told, way)
        if told.outcome is Outcome.VACANT and not told.evidence:
            raise EvidenceMissing(target=self._name(target))
        # Without its time a promise would fall through to something worse.
        if told.outcome is Outcome.CALLBACK and not (told.callback_at and told.callback_at > told.at):
            raise CallbackNeeded(target=self._name(target))
        # A re-check by whoever was there first would agree with itself.
        if spot.is_check:
            self._require_independent(target, by_id)

    def _require_unfinished(self, target: int, spot: Spot, told: Try) -> None:
        """Refuse a second finish; a try of another kind changes nothing of the first. Raises AlreadyDone."""
        if told.outcome is not Outcome.DONE or told.again:
            return
        day = spot.round.toordinal() if spot.round else None
        first = self.journal.first_done(target, spot.stage_id, day)
        if first is not None:
            raise AlreadyDone(target=self._name(target), day=date.fromordinal(first // DAY))

    def _require_unblocked(self, target: int, spot: Spot, told: Try, way: Method) -> None:
        if target not in self._blockable or (told.override and self.campaign.urgent):
            return
        day, part = told.at.date(), Part(self.campaign, self._opened, spot.stage, spot.round)
        query = joined(part, select(Target.id).where(Target.id == target), day)
        if self.session.scalar(query.where(is_blocked(part, day, way))) is not None:
            row = self.session.get_one(Target, target)
            raise Blocked(target=self._name(target), thing=row.household_id or f"person:{row.person_id}")

    def _require_independent(self, target: int, by_id: int) -> None:
        """Refuse a re-check by somebody who made an attempt at the target before it; raises NotIndependent."""
        first = [stage.id for stage in self._stages if stage.share is None]
        if self.journal.tried_by(target, by_id, first):
            person = self.session.get_one(Person, by_id)
            raise NotIndependent(person=person.name, target=self._name(target))

    def _read_answers(self, told: Try) -> list[tuple[Question, str | None, str | None]]:
        if not told.answers:
            return []
        return read_answers(self.campaign, questions(self.session, self.campaign), told.answers)

    # --- written down ---

    def _gather(self, target: int, spot: Spot, told: Try, by_id: int, way: Method) -> None:
        """Put an attempt that may be made to those that are written next."""
        moment = self.journal.moments[told.at]
        more = _details(told)
        more["agrees"] = self._agrees(target, spot, told)
        more["number"] = self._numbers.called(target, told.at) if told.outcome in BAD_NUMBER else None
        row = Told([target], [by_id], [told.at], [moment], [told.outcome.value], [way.value], [told.note])
        self._extend(self._columns_of(row, [spot]) | {name: [more[name]] for name in more})
        self.journal.add(target, moment, by_id, spot.stage_id, told.outcome)
        self._end_lease(target)

    def _end_lease(self, target: int) -> None:
        """An attempt uses up what was dealt."""
        if lease := self._held.pop(target, None):
            self._ended.append(lease.id)

    def _agrees(self, target: int, spot: Spot, told: Try) -> bool | None:
        """What a re-check says of the first result: as said, else whether it comes to the same."""
        if not spot.is_check or told.agrees is not None:
            return told.agrees
        if told.outcome not in CONFIRMS:
            return None
        # The first result is asked of what is stored.
        self.write()
        whole = Part(self.campaign, self._opened, targets=(target,))
        query, _tried = judged(whole, Limits.of(self.session), told.at)
        row = self.session.execute(query).first()
        return row is not None and row.result == CONFIRMS[told.outcome]

    def write(self) -> None:
        """Write what was entered: attempts, their answers, and the end of the leases that they used."""
        if not len(self):
            return
        ids = insert_columns(self.session, Attempt, self._columns)
        insert_rows(self.session, Answer, [self._answer(ids, *answer) for answer in self._answers])
        if self._ended:
            update_all(self.session, Lease, self._ended, {"ended_at": self.now})
        self._begin_anew()

    def _answer(
        self, ids: range, place: int, question: Question, value: str | None, words: str | None
    ) -> dict[str, Any]:
        return {"attempt_id": ids[place], "question_id": question.id, "value": value, "words": words}


# A number found wrong or dead is kept, for it may be mended; until then the next one is called, or the door stays.
class _Numbers:
    """Which number of a target is called: the first that was not found wrong or dead."""

    def __init__(self, session: Session, part: Part) -> None:
        self.session, self.part = session, part
        self._bad: dict[int, set[str]] = {}
        self._on: dict[tuple[int, date], tuple[str, ...]] = {}

    def burn(self, target: int, number: str) -> None:
        """Note that a number is wrong or dead."""
        self._bad.setdefault(target, set()).add(number)

    def called(self, target: int, at: datetime) -> str | None:
        """The number that was called at a moment, and turned out to be wrong or dead."""
        key, bad = (target, at.date()), self._bad.get(target, ())
        if key not in self._on:
            self._on[key] = dict(numbers_on(self.session, self.part, [target], at)).get(target, ())
        number = next((each for each in self._on[key] if each not in bad), None)
        if number is not None:
            self.burn(target, number)
        return number


class _OffHours(dict[int, bool]):
    """Whether people who work are likely to be at home in an hour, which is counted from the first day of all.

    A dictionary that fills itself, for one recording: the office may change which days it works.
    """

    def __missing__(self, hour: int) -> bool:
        day, clock = divmod(hour, 24)
        is_off = self[hour] = clock >= EVENING or not is_working_day(date.fromordinal(day))
        return is_off


def _unlike(values: Sequence[Any], kind: type) -> set[int]:
    """The places of values that are of another type."""
    if set(map(type, values)) == {kind}:
        return set()
    return {place for place, value in enumerate(values) if value.__class__ is not kind}


def _each(spots: Sequence[Any], name: str) -> Sequence[Any]:
    """What the place of each attempt says; nearly always it is one place for all."""
    if spots.count(spots[0]) == len(spots):
        return [getattr(spots[0], name)] * len(spots)
    return list(map(attrgetter(name), spots))


def _done_in(told: Told) -> set[int]:
    """The targets that are done by some attempts."""
    if DONE not in told.outcomes:
        return set()
    return {target for target, outcome in zip(told.targets, told.outcomes, strict=True) if outcome == DONE}


def _marks(told: Told, spots: Sequence[Any]) -> list[int]:
    """The marks of attempts in the journal."""
    people = map(lshift, told.people, repeat(PERSON))
    outcomes = map(OUTCOMES.__getitem__, told.outcomes)
    return list(map(or_, people, map(or_, _each(spots, "mark"), outcomes)))


def _details(told: Try) -> dict[str, Any]:
    """What proves an attempt, follows from it or let it pass, as it is stored."""
    return {
        "evidence": ",".join(sorted(told.evidence)) or None,
        "callback_at": told.callback_at if told.outcome is Outcome.CALLBACK else None,
        "reason": "; ".join(filter(None, (told.again, told.override))) or None,
    }
