"""What events hand out: messages, the sheet to sign, and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.countries import paper_used
from volunteer_cli.core.history import Recorder, Row, plain
from volunteer_cli.core.i18n import _, listed
from volunteer_cli.core.run import run
from volunteer_cli.core.visible import harmless
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, Shift, Signup
from volunteer_cli.events.terms import AHEAD, HOLDING, Audience, EventStatus, SignupStatus
from volunteer_cli.people.documents import Message, Recipient
from volunteer_cli.people.documents import messages as written_to

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from icalendar import Event as Entry
    from sqlalchemy.orm import Session

    from volunteer_cli.output.document import Document

# --- whom to call ------------------------------------------------------------

#: What everybody who comes must know, and what calls an event off or lets it take place after all.
WHEN_AND_WHERE = frozenset({"starts_at", "ends_at", "place"})
WHETHER = frozenset({"status", "archived_on"})
#: Marks a unit of work whose command has named whom to call.
CALLED = "called"
#: Who counts on an event that lies ahead.
CONCERNED = (SignupStatus.SIGNED_UP, SignupStatus.WAITING)


def whom_else_to_call(session: Session, recorder: Recorder) -> Iterator[str]:
    """Name those to call about what a sheet, an undo, a merge or a batch has changed; a command says it itself."""
    if not session.info.get(CALLED):
        yield from whom_to_call(session, recorder)


def whom_to_call(session: Session, recorder: Recorder) -> Iterator[str]:
    """Name those to whom somebody must say what was changed.

    They have a place at an event ahead, or wait for one, whose time or place is another now, that was
    called off or takes place after all; or their shift is at another time, or their place is gone.
    """
    concerned = [*_at_changed_events(session, recorder), *_in_moved_shifts(session, recorder)]
    concerned += _back_in_the_line(session, recorder)
    if concerned:
        yield _("To tell: {people}.").format(people=listed(_numbers_of(session, concerned)))


def _at_changed_events(session: Session, recorder: Recorder) -> Iterator[queries.RosterRow]:
    """Those who count on events of which something else holds now."""
    now = plain(run().clock.now)
    for key, (before, after) in recorder.updated.get("event", {}).items():
        event = session.get(Event, key)
        if event is None or max(before.get("ends_at", ""), plain(event.ends_at)) <= now:
            continue
        if _calls_off(before, after) or (WHEN_AND_WHERE & set(after) and _stands(event)):
            yield from _counting_on(session, event)


def _calls_off(before: Row, after: Row) -> bool:
    """Whether an event was called off, or takes place after all: opened or done, it is what everybody knew."""
    states = (before.get("status"), after.get("status"))
    return "archived_on" in after or EventStatus.CANCELLED in states


def _stands(event: Event) -> bool:
    return event.status in AHEAD and event.archived_on is None


def _in_moved_shifts(session: Session, recorder: Recorder) -> Iterator[queries.RosterRow]:
    """Those in shifts ahead that are at another time now."""
    for key, (_before, after) in recorder.updated.get("shift", {}).items():
        shift = session.get(Shift, key)
        if shift is not None and WHEN_AND_WHERE & set(after) and shift.ends_at > run().clock.now:
            event = session.get_one(Event, shift.event_id)
            yield from (row for row in _counting_on(session, event) if shift.name in row.shifts)


def _back_in_the_line(session: Session, recorder: Recorder) -> Iterator[queries.RosterRow]:
    """Those who wait again for a place that they had, as an undo may leave them."""
    for key, (before, after) in recorder.updated.get("signup", {}).items():
        states = (before.get("status"), after.get("status"))
        if states == (SignupStatus.SIGNED_UP, SignupStatus.WAITING):
            event = session.get_one(Event, session.get_one(Signup, key).event_id)
            yield from (row for row in _counting_on(session, event) if row.id == key)


def _counting_on(session: Session, event: Event) -> Iterator[queries.RosterRow]:
    return (row for row in queries.roster(session, event.id) if row.status in CONCERNED)


def _numbers_of(session: Session, rows: Iterable[queries.RosterRow]) -> Iterator[str]:
    """People with their numbers to call, each once: masked, unless revealed with a reason that the history keeps."""
    from volunteer_cli.core.text import mask_phone
    from volunteer_cli.core.work import record_reveal
    from volunteer_cli.output.options import options

    reason = options().reveal
    if reason:
        record_reveal(session, "roster", reason)
    for row in {row.person_id: row for row in rows}.values():
        number = row.phone if reason or not row.phone else mask_phone(row.phone)
        yield f"{row.person} {number}" if number else row.person


# --- messages ------------------------------------------------------------


def messages(session: Session, event: Event, audience: Audience, template: str | None) -> list[Message]:
    """A message to each person of an event who is among those to be written to.

    Raises:
        UnknownBlank: the template has a blank that is none of those that can be filled.
    """
    promoted = queries.promoted(session, event.id)
    recipients = (
        Recipient(row.id, row.person_id, row.person, row.phone)
        for row in queries.roster(session, event.id)
        if _is_addressed(row, audience, row.person_id in promoted)
    )
    return written_to(session, recipients, template or _usual(event), _values(event))


def _is_addressed(row: queries.RosterRow, audience: Audience, promoted: bool) -> bool:
    status = SignupStatus(row.status)
    addressed = {
        Audience.PLACES: status in HOLDING,
        Audience.WAITING: status == SignupStatus.WAITING or row.waits_for is not None,
        Audience.PROMOTED: promoted and status in HOLDING,
        Audience.ABSENT: status == SignupStatus.ABSENT,
        Audience.ALL: status in (*HOLDING, SignupStatus.WAITING),
    }
    return addressed[audience]


def _usual(event: Event) -> str:
    if event.status == EventStatus.CANCELLED:
        return _("{name}: {title} on {start} is cancelled.")
    if event.place:
        return _("{name}: {title} is from {start} to {end} at {place}.")
    return _("{name}: {title} is from {start} to {end}.")


def _values(event: Event) -> dict[str, str]:
    """What a text about an event may be filled with."""
    times = {"start": f"{event.starts_at:%Y-%m-%d %H:%M}", "end": f"{event.ends_at:%Y-%m-%d %H:%M}"}
    if event.starts_at.date() == event.ends_at.date():
        times["end"] = f"{event.ends_at:%H:%M}"
    return {"title": event.title, "place": event.place or "", **times}


# --- the sheet to sign ------------------------------------------------------------


@dataclass(frozen=True)
class SignInSheet:
    """A sheet that is filled in at an event and comes back as hours.

    The headings and the cells above them are words that `import hours` knows.
    """

    title: str
    above: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


#: Empty lines at least for people who come without having signed up; without a number, so that an import passes
#: them over. They go on to the end of the page.
SPARE = 5
#: Lines of 10 mm on A4 across (ISO 216): on a page alone, on the first of several, on one between, on the last.
ALONE, FIRST, BETWEEN, LAST = 13, 15, 17, 15
FRAMED = {"border": 1, "valign": "vcenter"}
#: The place of the volunteer number among the columns.
VOLUNTEER_NO = 2
#: Widths of the columns of the sheet in characters, so that times and signatures fit.
WIDTHS = (6, 14, 24, 11, 11, 10, 20, 10, 20, 14)
#: The same on paper in millimetres; what is left is for notes.
MILLIMETRES = (10, 25, 36, 18, 20, 20, 38, 20, 38, 0)


def sign_in_sheet(session: Session, event: Event, *, reveal: bool = False) -> SignInSheet:
    """The sheet of everyone who has a place; of a phone only the end unless `reveal`."""
    # Who waits, withdrew or was absent has nothing to sign, and would come in as somebody who served.
    holders = [row for row in queries.roster(session, event.id) if row.status in HOLDING]
    lines = [_line(number, row, reveal=reveal) for number, row in enumerate(holders, start=1)]
    blank = [("",) * len(WIDTHS)] * _spare(len(holders))
    return SignInSheet(
        title=_("Sign-in sheet"),
        above=tuple(_above(event)),
        headings=_headings(reveal=reveal),
        rows=(*lines, *blank),
    )


def _headings(*, reveal: bool) -> tuple[str, ...]:
    """The headings of the columns, in words that an import knows."""
    phone = _("Phone") if reveal else _("Phone ends in")
    person = (_("No."), _("Name"), _("Volunteer no"), phone)
    # Who comes and who leaves signs beside the time; both are 签名, as lists of offices have them.
    signed = _("Signature")
    return (*person, _("Shift"), _("Check-in"), signed, _("Check-out"), signed, _("Note"))


def _above(event: Event) -> Iterator[str]:
    """What stands above the columns; the code names the event when the sheet comes back."""
    yield _("Activity: {title}").format(title=event.title)
    if event.code:
        yield _("Event code: {code}").format(code=event.code)
    yield _("Date: {day}").format(day=f"{event.starts_at:%Y-%m-%d}")
    yield _("Time: {start} to {end}").format(start=f"{event.starts_at:%H:%M}", end=f"{event.ends_at:%H:%M}")
    if event.place:
        yield _("Place: {place}").format(place=event.place)


def _line(number: int, row: queries.RosterRow, *, reveal: bool) -> tuple[str, ...]:
    phone = (row.phone or "") if reveal else (row.phone or "")[-4:]
    came, left = _clock(row.checked_in_at), _clock(row.checked_out_at)
    return (str(number), row.person, row.volunteer_no or "", phone, row.shift or "", came, "", left, "", "")


def _clock(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _spare(people: int) -> int:
    """Empty lines behind so many people, to the end of their last page."""
    needed = people + SPARE
    if needed <= ALONE:
        return ALONE - people
    between = max(ceil((needed - FIRST - LAST) / BETWEEN), 0)
    return FIRST + BETWEEN * between + LAST - people


def sheet_as_paper(sheet: SignInSheet) -> Document:
    """The sheet as a paper to print."""
    from volunteer_cli.output.document import Document, Grid, Section
    from volunteer_cli.output.qr import with_qr

    # The number stands as a code too: a scanner at the door reads it for `event checkin EVENT -`.
    rows = [(*row[:VOLUNTEER_NO], with_qr(row[VOLUNTEER_NO]), *row[VOLUNTEER_NO + 1 :]) for row in sheet.rows]
    grid = Grid(sheet.headings, rows, widths=MILLIMETRES, tall=True)
    return Document(
        title=sheet.title,
        sections=(Section(band=sheet.above, grid=grid),),
        signatures=(_("Who led it"), _("People in all")),
        wide=True,
    )


def sheet_as_xlsx(sheet: SignInSheet) -> bytes:
    """The sheet as a workbook to print, to fill in and to import."""
    from volunteer_cli.output.xlsx import workbook

    content = BytesIO()
    with workbook(content) as book:
        page = book.add_worksheet(_("Sign-in"))
        page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 14}))
        page.write_column(1, 0, sheet.above)
        _write_lines(book, page, sheet, len(sheet.above) + 1)
    return content.getvalue()


def _write_lines(book: Any, page: Any, sheet: SignInSheet, first_row: int) -> None:
    """The headings and the lines to sign in, framed."""
    cell = book.add_format(FRAMED)
    _lay_out(page, first_row=first_row)
    _write_row(
        page, first_row, sheet.headings, book.add_format({**FRAMED, "bold": True, "bg_color": "#F2F2F2"})
    )
    for line, row in enumerate(sheet.rows, start=first_row + 1):
        _write_row(page, line, row, cell)
        if row[VOLUNTEER_NO]:
            _insert_qr(page, line, row[VOLUNTEER_NO])


def _insert_qr(page: Any, line: int, number: str) -> None:
    """The number as a code at the end of its cell, as it stands on paper: 7 mm, which moves with the cell."""
    from volunteer_cli.output.qr import qr_picture

    place = {"x_offset": 140, "y_offset": 5, "x_scale": 0.32, "y_scale": 0.32, "object_position": 1}
    picture = {"image_data": qr_picture(number), "description": number}
    page.insert_image(line, VOLUNTEER_NO, "qr.png", {**picture, **place})


def _write_row(page: Any, line: int, texts: Iterable[str], look: Any) -> None:
    """One row of cells; as text, so that a number keeps its zeros and nothing becomes a formula."""
    for place, text in enumerate(texts):
        page.write_string(line, place, text, look)


def _lay_out(page: Any, *, first_row: int) -> None:
    """On its side, as wide as the paper, the headings on every page; at its foot who led it signs."""
    page.set_landscape()
    page.set_paper(paper_used().number)
    page.fit_to_pages(1, 0)
    page.repeat_rows(first_row)
    # 10 mm, as on the page.
    page.set_default_row(28)
    page.set_footer(f"&L{_('Who led it')} ____________&C{_('People in all')} ______&R&P / &N")
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)


# --- the calendar ------------------------------------------------------------

CALENDAR_STATUS = {
    EventStatus.PLANNED: "TENTATIVE",
    EventStatus.OPEN: "CONFIRMED",
    EventStatus.DONE: "CONFIRMED",
    EventStatus.CANCELLED: "CANCELLED",
}


def calendar(session: Session, events: Sequence[Event], *, name: str, zone: str) -> bytes:
    """The events as iCalendar (RFC 5545) in the time zone `zone`.

    An event keeps its UID; every change of it raises SEQUENCE, so that a calendar which reads the
    file again follows.
    """
    from icalendar import Calendar

    whole = Calendar()
    for key, value in (
        ("prodid", "-//volunteer-cli//EN"),
        ("version", "2.0"),
        ("x-wr-calname", harmless(name)),
    ):
        whole.add(key, value)
    for entry in _entries(session, events, zone):
        whole.add_component(entry)
    if events:
        whole.add_missing_timezones()
    return bytes(whole.to_ical())


def _entries(session: Session, events: Sequence[Event], zone: str) -> Iterator[Entry]:
    from zoneinfo import ZoneInfo

    from icalendar import Event as Entry

    revisions, clock = queries.revisions(session), ZoneInfo(zone)
    for event in events:
        entry = Entry()
        for name, value in _properties(event, revisions[event.id], clock):
            entry.add(name, value)
        yield entry


def _properties(event: Event, revision: queries.Revision, clock: tzinfo) -> Iterator[tuple[str, Any]]:
    """What RFC 5545 (3.6.1) has of an event: UID and SEQUENCE say which event this is, and which state of it."""
    yield "uid", f"{event.uid}@volunteer-cli"
    yield "summary", harmless(event.title)
    yield "dtstart", event.starts_at.replace(tzinfo=clock)
    yield "dtend", event.ends_at.replace(tzinfo=clock)
    yield "status", CALENDAR_STATUS[EventStatus(event.status)]
    yield "sequence", revision.number
    yield "dtstamp", revision.changed_at
    yield "last-modified", revision.changed_at
    if event.place:
        yield "location", harmless(event.place)
    if event.category:
        yield "categories", harmless(event.category)
