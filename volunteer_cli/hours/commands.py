"""`volunteer hours …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, _, listed, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.shell import (
    Asked,
    DayText,
    PeriodText,
    Reason,
    TimeText,
    choose,
    day_option,
    noun,
    period_option,
    prints_records,
    read,
    read_minutes,
    show,
    show_list,
    tell,
    tell_each,
    verb,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.rules.deciding import Confirmation
    from volunteer_cli.hours.rules.times import Times
    from volunteer_cli.people.models import Person

app = noun("hours")


class HowLong(UsageFault):
    """How long was it? Give --start and --end, or --hours"""

    code = "missing_value"


class WhichDay(UsageFault):
    """On which day was it? Give --date"""

    code = "missing_value"


class WhichRecords(UsageFault):
    """Name the records by their ids, or all of them with one of --event and --period"""

    code = "usage"


def _time_option(name: str, text: str) -> Any:
    return Option(name, parser=TimeText, metavar="TIME", help=text)


Record = Annotated[str, Argument(metavar="ID", help=N_("Id of the record"))]
Records = Annotated[list[str], Argument(metavar="ID...", help=N_("Ids of records; 232-240,245 is ten"))]
Start = Annotated[TimeText | None, _time_option("--start", N_("When it began: a time, or day and time"))]
End = Annotated[TimeText | None, _time_option("--end", N_("When it ended: a time, or day and time"))]
Hours = Annotated[
    int | None,
    Option(
        "--hours",
        parser=read_minutes,
        metavar="DURATION",
        help=N_("How long it was, like 1h30m or 90 minutes"),
    ),
]
EventOption = Annotated[str | None, Option("--event", metavar="EVENT", help=N_("The event it was at"))]
TeamOption = Annotated[str | None, Option("--team", metavar="TEAM", help=N_("The team it was for"))]
PeriodArgument = Annotated[
    PeriodText, Argument(metavar="PERIOD", parser=PeriodText, help=N_("Like 2025-09, 2025-Q3 or last-month"))
]
PeriodOption = Annotated[PeriodText | None, period_option(N_("Of these days, like 2025-09"))]


@verb(
    app,
    "add",
    example="volunteer hours add 李明 --date 2025-03-05 --start 9:00 --end 11:30 --work 清扫楼道",
    changes=True,
    asks=(
        *(Asked("person"), Asked("on", needed=True), Asked("start")),
        Asked("end", needed=True, when=lambda given: bool(given["start"])),
        Asked("hours", needed=True, when=lambda given: not given["start"]),
        *(Asked("event"), Asked("team"), Asked("work_text")),
    ),
)
def add(
    person: Annotated[
        list[str], Argument(metavar="PERSON...", help=N_("Who served; several people served alike"))
    ],
    on: Annotated[DayText | None, day_option("--date", N_("The day it was on, or began on"))] = None,
    start: Start = None,
    end: End = None,
    hours: Hours = None,
    event: EventOption = None,
    team: TeamOption = None,
    work_text: Annotated[str | None, Option("--work", metavar="TEXT", help=N_("What was done"))] = None,
    evidence: Annotated[
        str | None,
        Option(
            "--evidence", metavar="KIND", help=N_("signed, scanned, reported or backfilled; default reported")
        ),
    ] = None,
) -> None:
    """Record hours that a person served, or that several people served together.

    A service past midnight has day and time in --start and --end, and counts on the day it began.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.hours import rules
    from volunteer_cli.hours.terms import Evidence
    from volunteer_cli.people.queries import find_people

    proof = choose(Evidence, evidence, "--evidence") or Evidence.REPORTED
    # A start alone is a check-in without a check-out, which only a sheet has.
    if hours is None and (start is None or end is None):
        raise HowLong
    with work("hours add") as session:
        people = find_people(session, person)
        times = rules.times_of(*_day_and_start(on, start), read(end), hours, rules.elapsed)
        what_for = {**_what_for(session, event, team), "work": work_text, "evidence": proof}
        _record_each(session, people, times, what_for)


def _what_for(session: Session, event: str | None, team: str | None) -> dict[str, Any]:
    """The event and the team of a service, where they were named."""
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.teams.queries import find_team

    return {
        "event": find_event(session, event) if event else None,
        "team": find_team(session, team) if team else None,
    }


def _record_each(session: Session, people: Sequence[Person], times: Times, what_for: dict[str, Any]) -> None:
    """Record the same service of each of several people, and say so."""
    from volunteer_cli.hours import rules

    today, actor = run().clock.today, run().given.actor
    records = [rules.record(session, who, times, today=today, actor=actor, **what_for) for who in people]
    _tell_each(session, records, [_recorded(record) for record in records])


def _day_and_start(on: DayText | None, start: TimeText | None) -> tuple[date | None, Any]:
    """The day and the start of a service as typed; a start that is day and time tells its day itself.

    Raises:
        WhichDay: neither says the day.
    """
    day, begin = read(on), read(start)
    if day is None and not isinstance(begin, datetime):
        raise WhichDay
    return day, begin


def _recorded(record: HoursRecord) -> str:
    """What was recorded, and whether somebody has to look at it; its fields still open."""
    from volunteer_cli.hours.terms import HoursStatus

    sentences = [_("Recorded {minutes} of {person} ({id}).")]
    if record.status == HoursStatus.NEEDS_REVIEW:
        sentences.append(
            _("It needs review, for it does not fit what else is recorded of them at this event.")
        )
    return typography().sentences(sentences)


@verb(app, "list", example="volunteer hours list --person 李明 --period this-year")
def list_(
    person: Annotated[str | None, Option("--person", metavar="PERSON", help=N_("Of this person"))] = None,
    team: Annotated[str | None, Option("--team", metavar="TEAM", help=N_("Of this team"))] = None,
    event: Annotated[str | None, Option("--event", metavar="EVENT", help=N_("Of this event"))] = None,
    status: Annotated[
        str | None,
        Option(
            "--status",
            metavar="STATUS",
            help=N_("pending, needs_review, confirmed, rejected or voided; several separated by commas"),
        ),
    ] = None,
    period: PeriodOption = None,
) -> None:
    """List records of service hours."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.hours.queries import records
    from volunteer_cli.hours.terms import HoursStatus
    from volunteer_cli.hours.views import HOURS
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.teams.queries import find_team

    wanted = [choose(HoursStatus, word, "--status") for word in re.split("[,，、]", status or "") if word]
    with reading() as session:
        community = chosen_community(session)
        found = records(
            session,
            community_id=community.id if community else None,
            person_id=find_person(session, person, changing=False).id if person else None,
            team_id=find_team(session, team, changing=False).id if team else None,
            event_id=find_event(session, event, changing=False).id if event else None,
            statuses=wanted,
            period=read(period),
        )
        show_list(session, HOURS, found, totals=True)


@verb(app, "show", example="volunteer hours show 12")
def show_(record: Record) -> None:
    """Show a record of service hours."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.hours.queries import find_record
    from volunteer_cli.hours.views import HOURS

    with reading() as session:
        show(session, HOURS, find_record(session, record, changing=False))


@verb(app, "confirm", example="volunteer hours confirm --event 清洁日", changes=True)
def confirm(
    records: Annotated[
        list[str] | None, Argument(metavar="[ID]...", help=N_("Ids of records; 232-240,245 is ten"))
    ] = None,
    event: Annotated[
        str | None, Option("--event", metavar="EVENT", help=N_("All that is pending of this event"))
    ] = None,
    period: Annotated[PeriodText | None, period_option(N_("All that is pending of these days"))] = None,
) -> None:
    """Confirm records, so that they count; what needs review is skipped and named."""
    from volunteer_cli.core.work import work

    if sum((bool(records), event is not None, period is not None)) != 1:
        raise WhichRecords
    with work("hours confirm") as session:
        done = _confirm(session, records or [], event, period)
        _tell_confirmation(session, done)


def _confirm(
    session: Session, records: list[str], event: str | None, period: PeriodText | None
) -> Confirmation:
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.lookup import all_named
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.hours import rules
    from volunteer_cli.hours.queries import find_record

    actor = run().given.actor
    if event is not None:
        return rules.confirm_event(session, find_event(session, event).id, actor=actor)
    if period is not None:
        return rules.confirm_period(session, the_community(session).id, read(period), actor=actor)
    ids = [record.id for record in all_named(session, find_record, records)]
    return rules.confirm(session, ids, actor=actor)


def _tell_confirmation(session: Session, done: Confirmation) -> None:
    from volunteer_cli.hours.queries import records_of
    from volunteer_cli.hours.views import HOURS

    sentence = _("{count} confirmed.").format(count=len(done.confirmed))
    if done.skipped:
        ids = listed(done.skipped[:50]) + (" …" if len(done.skipped) > 50 else "")
        skipped = ngettext(
            "{count} skipped, for it needs review: {ids}.",
            "{count} skipped, for they need review: {ids}.",
            len(done.skipped),
        )
        sentence = typography().sentences([sentence, skipped.format(count=len(done.skipped), ids=ids)])
    tell(session, HOURS, records_of(session, done.confirmed) if prints_records() else [], sentence)


@verb(app, "reject", example="volunteer hours reject 12 --reason 当天未到岗", changes=True)
def reject(record: Records, reason: Reason) -> None:
    """Refuse records that are pending or need review."""
    from volunteer_cli.hours import rules

    with _changing("hours reject", record, reason) as (session, records):
        for each in records:
            rules.reject(session, each, reason=reason)
        _tell_each(session, records, [_("Rejected {minutes} of {person} ({id}).")] * len(records))


@verb(app, "void", example="volunteer hours void 12 --reason 重复登记", changes=True)
def void(record: Records, reason: Reason) -> None:
    """Take records out of all figures; they are kept with the reason."""
    from volunteer_cli.hours import rules

    with _changing("hours void", record, reason) as (session, records):
        for each in records:
            rules.void(session, each, reason=reason)
        _tell_each(session, records, [_("Voided {minutes} of {person} ({id}).")] * len(records))


@verb(app, "correct", example="volunteer hours correct 12 --end 11:00 --reason 提前离开", changes=True)
def correct(
    record: Record, reason: Reason, start: Start = None, end: End = None, hours: Hours = None
) -> None:
    """Correct the time of a record.

    A confirmed record is voided, and a new one that points back to it is confirmed by the same act. Of
    two times the one that is not given stays; --hours alone clears both.
    """
    from volunteer_cli.hours import rules

    if hours is None and start is None and end is None:
        raise HowLong
    with _changing("hours correct", [record], reason) as (session, [wrong]):
        held = rules.correct(
            session,
            wrong,
            reason=reason,
            start=read(start),
            end=read(end),
            minutes=hours,
            today=run().clock.today,
            actor=run().given.actor,
        )
        _tell_each(session, [held], [_("Corrected to {minutes} of {person} ({id}).")])


@verb(app, "close", example="volunteer hours close 2025-09", changes=True)
def close(period: PeriodArgument) -> None:
    """Close a period, so that its figures do not change any more."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.hours import rules

    with work("hours close") as session:
        community, closing = the_community(session), read(period)
        rules.close(session, community, closing, today=run().clock.today)
        _tell_closings(
            session,
            community,
            _("Closed {period} in {community}.").format(period=closing, community=community.name),
        )


@verb(app, "reopen", example="volunteer hours reopen 2025-09 --reason 补录一份签到表", changes=True)
def reopen(period: PeriodArgument, reason: Reason) -> None:
    """Open a closed period again, to correct something in it."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.hours import rules
    from volunteer_cli.hours.rules.deciding import checked_reason

    with work("hours reopen", reason=checked_reason(reason)) as session:
        community, opening = the_community(session), read(period)
        rules.reopen(session, community, opening)
        _tell_closings(
            session,
            community,
            _("Reopened {period} in {community}.").format(period=opening, community=community.name),
        )


@verb(app, "closed", example="volunteer hours closed")
def closed() -> None:
    """List the closed periods."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.hours.queries import closings
    from volunteer_cli.hours.views import CLOSED_PERIODS

    with reading() as session:
        community = chosen_community(session)
        show_list(session, CLOSED_PERIODS, closings(session, community.id if community else None))


@contextmanager
def _changing(command: str, texts: Sequence[str], reason: str) -> Iterator[tuple[Session, list[HoursRecord]]]:
    """A unit of work on records, with its reason in the history."""
    from volunteer_cli.core.lookup import all_named
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.hours.queries import find_record

    with work(command) as session:
        note_reason(reason)
        yield session, all_named(session, find_record, texts)


def _tell_each(session: Session, records: Sequence[HoursRecord], sentences: Sequence[str]) -> None:
    """Say what was done with each record, in sentences whose fields are still open."""
    from volunteer_cli.core.dates import format_minutes
    from volunteer_cli.hours.views import HOURS
    from volunteer_cli.people.queries import person_names

    names = person_names(session, [record.person_id for record in records])
    outcomes = [
        sentence.format(minutes=format_minutes(record.minutes), person=names[record.person_id], id=record.id)
        for record, sentence in zip(records, sentences, strict=True)
    ]
    tell_each(session, HOURS, records, outcomes)


def _tell_closings(session: Session, community: Any, sentence: str) -> None:
    from volunteer_cli.hours.queries import closings
    from volunteer_cli.hours.views import CLOSED_PERIODS

    tell(session, CLOSED_PERIODS, list(closings(session, community.id)), sentence)
