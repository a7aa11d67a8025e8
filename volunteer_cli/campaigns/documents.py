"""The call sheet: what is with somebody, with room to fill in, as a workbook that comes back or as a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from volunteer_cli.campaigns.terms import OUTCOMES, Method
from volunteer_cli.core.i18n import N_, NC_, _, listed
from volunteer_cli.output.view import Column, Kind, View

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.campaigns.models import Campaign
    from volunteer_cli.output.document import Document


@dataclass(frozen=True)
class Line:
    """A target on a call sheet; what came of it is blank until it is filled in."""

    row: Any
    head: str | None = None
    before: str | None = None
    blank: None = field(default=None, repr=False)

    def __getattr__(self, name: str) -> Any:
        """What is known of the target itself."""
        return getattr(self.row, name)


def call_sheet(session: Session, campaign: Campaign, person_id: int, now: datetime) -> list[Line]:
    """What is with somebody, in the order of the list."""
    from volunteer_cli.campaigns.queries.finding import current_parts
    from volunteer_cli.campaigns.queries.listing import leased_to, target_rows

    own = leased_to(person_id, now)
    rows = [
        row
        for part in current_parts(session, campaign, now)
        for row in target_rows(session, part, now, own, numbers=True)
    ]
    names, before = _names(session, rows), _before(session, rows)
    return [Line(row, names.get(row.person_id or row.head_id or 0), before.get(row.id)) for row in rows]


def _names(session: Session, rows: Sequence[Any]) -> Mapping[int, str]:
    from volunteer_cli.people.queries import person_names

    return person_names(session, {row.person_id or row.head_id for row in rows})


def _before(session: Session, rows: Sequence[Any]) -> dict[int, str]:
    """The attempts before, by day and outcome."""
    from volunteer_cli.campaigns.queries.listing import attempts_of

    made = attempts_of(session, [row.id for row in rows])
    return {
        key: listed(f"{each.at:%m-%d} {_(OUTCOMES[each.outcome])}" for each in attempts)
        for key, attempts in made.items()
    }


def _blank(name: str, title: str) -> Column:
    return Column(name, title, value=lambda _line: None)


def _star(name: str) -> Any:
    return lambda line: "*" if getattr(line, name) else None


#: Who is to be called or seen; what comes after it is for a pen.
WHO = (
    Column("target", NC_("target", "Number on the list"), Kind.ID, value=lambda line: line.id),
    Column("household", N_("Household"), Kind.CODE),
    Column("grid", N_("Grid")),
    Column("building", N_("Building")),
    Column("unit", N_("Unit"), Kind.ADDRESS, masked=_star("unit")),
    Column("room", N_("Room"), Kind.ADDRESS, masked=_star("room")),
    Column("head", N_("Lives here")),
    Column("phone", N_("Phone"), Kind.PHONE),
    Column("before", N_("Attempts before")),
)
PEN = (
    _blank("outcome", NC_("attempt", "Outcome")),
    _blank("at", NC_("attempt", "Time")),
    _blank("callback", N_("Call again at")),
    _blank("evidence", N_("Proof of vacancy")),
)
CALL_SHEET = View("call_sheet", N_("Call sheet"), (*WHO, *PEN), identity="target", to_fill=True)


def sheet_view(session: Session, campaign: Campaign) -> View:
    """The columns of a campaign's sheet: who it is, then what is to be filled in, each question with its text."""
    from volunteer_cli.campaigns.queries.finding import questions

    asked = [_blank(f"answer_{question.code}", question.text) for question in questions(session, campaign)]
    # A census takes no notes, so its sheet has no room for any.
    note = [] if campaign.coverage_only else [_blank("note", N_("Note"))]
    return replace(CALL_SHEET, columns=(*WHO, *PEN, *asked, *note))


CALLER = NC_("campaign", "Caller")
#: What stands above the columns on paper.
HEADINGS = (
    N_("No."),
    N_("Household"),
    N_("Address"),
    N_("Lives here"),
    N_("Phone"),
    N_("Attempts before"),
    NC_("attempt", "Outcome"),
    NC_("attempt", "Time"),
    N_("Call again at"),
)


def sheet_page(
    session: Session, campaign: Campaign, person: str, lines: Sequence[Line], now: datetime, *, reveal: bool
) -> Document:
    """The sheet as a paper."""
    from volunteer_cli.campaigns.queries.finding import questions
    from volunteer_cli.communities.queries import community_names
    from volunteer_cli.output.document import Document, Grid, Section

    # That a flat is vacant is proved at the door; nobody proves it on the phone.
    proof = () if campaign.method == Method.CALL else (N_("Proof of vacancy"),)
    asked = [question.text for question in questions(session, campaign)]
    headings = [*map(_, (*HEADINGS, *proof)), *asked]
    rows = [_cells(line, len(headings), reveal=reveal) for line in lines]
    facts = ((_(CALLER), person), (_("Outcomes"), listed(map(_, OUTCOMES.values()))))
    section = Section(facts=facts, grid=Grid(headings, rows))
    return Document(
        title=campaign.name,
        sections=(section,),
        # Callers of such lists sign for confidence, as those of the emergencies did.
        signatures=(_(CALLER),),
        issuer=community_names(session)[campaign.community_id],
        day=now.date().isoformat(),
        notes=(_("What you write here is confidential: hand the sheet in."),),
        wide=True,
    )


def _cells(line: Line, width: int, *, reveal: bool) -> tuple[str, ...]:
    from volunteer_cli.core.text import mask_phone

    phone = line.phone or ""
    cells = (
        # The number on the list, by which the sheet finds its target when it comes back.
        str(line.id),
        line.household or "",
        _address(line, reveal=reveal),
        line.head or "",
        phone if reveal or not phone else mask_phone(phone),
        line.before or "",
    )
    return (*cells, *[""] * (width - len(cells)))


def _address(line: Line, *, reveal: bool) -> str:
    """The door of a target, or without --reveal its building alone."""
    from volunteer_cli.households.queries import address_of

    if not (reveal and line.room):
        return line.building or ""
    return address_of({"building": line.building or "", "unit": line.unit, "room": line.room})
