"""What events hand out: the sheet to sign, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _
from volunteer_cli.core.visible import escaped, harmless
from volunteer_cli.events import queries
from volunteer_cli.events.terms import HOLDING, EventStatus

if TYPE_CHECKING:
    from datetime import datetime

    from icalendar import Event as Entry
    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event

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


#: Empty lines for people who come without having signed up; without a number, so that an import passes them over.
SPARE = 5
#: Widths of the columns of the sheet in characters, so that times and signatures fit.
WIDTHS = (6, 14, 16, 14, 10, 12, 12, 16, 14)


def sign_in_sheet(session: Session, event: Event, *, reveal: bool = False) -> SignInSheet:
    """The sheet of everyone who has a place; of a phone only the end unless `reveal`."""
    holders = [row for row in queries.roster(session, event.id) if row.status in HOLDING]
    lines = [_line(number, row, reveal=reveal) for number, row in enumerate(holders, start=1)]
    return SignInSheet(
        title=_("Sign-in sheet"),
        above=tuple(filter(None, _above(event))),
        headings=_headings(reveal=reveal),
        rows=(*lines, *[("",) * len(WIDTHS)] * SPARE),
    )


def _headings(*, reveal: bool) -> tuple[str, ...]:
    phone = _("Phone") if reveal else _("Phone ends in")
    about = (_("No."), _("Name"), _("Volunteer no"), phone)
    return (*about, _("Shift"), _("Check-in"), _("Check-out"), _("Signature"), _("Note"))


def _above(event: Event) -> Iterator[str]:
    """What stands above the table; an empty text where nothing is known."""
    yield _("Activity: {title}").format(title=event.title)
    yield _("Event code: {code}").format(code=event.code) if event.code else ""
    yield _("Date: {day}").format(day=f"{event.starts_at:%Y-%m-%d}")
    start, end = _clock(event.starts_at), _clock(event.ends_at)
    yield _("Time: {start} to {end}").format(start=start, end=end)
    yield _("Place: {place}").format(place=event.place) if event.place else ""


def _line(number: int, row: queries.RosterRow, *, reveal: bool) -> tuple[str, ...]:
    phone = (row.phone or "") if reveal else (row.phone or "")[-4:]
    times = (_clock(row.checked_in_at), _clock(row.checked_out_at))
    return (str(number), row.person, row.volunteer_no or "", phone, row.shift or "", *times, "", "")


def _clock(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


def sheet_as_html(sheet: SignInSheet) -> str:
    """The sheet as a page to print."""
    from volunteer_cli.output.html import page

    above = "".join(f"<p>{escaped(text)}</p>" for text in sheet.above)
    head = "".join(f"<th>{escaped(heading)}</th>" for heading in sheet.headings)
    body = "\n".join(f"<tr>{''.join(f'<td>{escaped(cell)}</td>' for cell in row)}</tr>" for row in sheet.rows)
    table = f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'
    return page(sheet.title, f"{above}\n{table}")


def sheet_as_xlsx(sheet: SignInSheet) -> bytes:
    """The sheet as a workbook to print, to fill in and to import."""
    from volunteer_cli.output.xlsx import workbook

    content = BytesIO()
    with workbook(content) as book:
        page = book.add_worksheet(_("Sign-in"))
        _lay_out(page, first_row=len(sheet.above) + 1)
        bold, cell = book.add_format({"bold": True, "font_size": 14}), book.add_format({"border": 1})
        page.write_string(0, 0, sheet.title, bold)
        for line, text in enumerate(sheet.above, start=1):
            page.write_string(line, 0, text)
        head = book.add_format({"bold": True, "border": 1})
        for line, row in enumerate((sheet.headings, *sheet.rows), start=len(sheet.above) + 1):
            for place, text in enumerate(row):
                page.write_string(line, place, text, head if row is sheet.headings else cell)
    return content.getvalue()


def _lay_out(page: Any, *, first_row: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(first_row)
    page.set_default_row(22)
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
        revision = revisions[event.id]
        entry = Entry()
        entry.add("uid", f"{event.uid}@volunteer-cli")
        entry.add("summary", harmless(event.title))
        entry.add("dtstart", event.starts_at.replace(tzinfo=clock))
        entry.add("dtend", event.ends_at.replace(tzinfo=clock))
        entry.add("status", CALENDAR_STATUS[EventStatus(event.status)])
        entry.add("sequence", revision.number)
        for name in ("dtstamp", "last-modified"):
            entry.add(name, revision.changed_at)
        for name, value in (("location", event.place), ("categories", event.category)):
            if value:
                entry.add(name, harmless(value))
        yield entry
