"""The fields of a household: each declared once, and all that commands, sheets and views have of it."""

from __future__ import annotations

from volunteer_cli.core.fields import Field, Place, choice, phone, word
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.kinds import Kind
from volunteer_cli.households.terms import OCCUPANCIES, OCCUPANCY_WORDS


def _number(text: str, place: Place) -> str | None:
    """A building, unit or room by its number alone: 3号楼 is 3."""
    from volunteer_cli.core.text import place_number

    return place_number(word(text, place))


def _days(text: str, place: Place) -> int:
    from volunteer_cli.core.errors import BadChoice
    from volunteer_cli.core.i18n import _

    # Short before it is read: Python refuses to read numbers of thousands of digits, in words of its own.
    if not (text.isascii() and text.isdigit() and len(text) < 16 and 0 < int(text) <= MOST_DAYS):
        raise BadChoice(value=text, field=_(place.field.title), choices=f"1–{MOST_DAYS}")
    return int(text)


#: A visit less often than once a year is no rhythm.
MOST_DAYS = 366

BUILDING = Field(
    "building",
    N_("Building"),
    _number,
    help=N_("Building"),
    needed=True,
    listed=True,
    headings=("楼栋", "所在楼栋", "楼号", "栋", "幢", "building"),
    most=40,
)
UNIT = Field(
    "unit",
    N_("Unit"),
    _number,
    Kind.ADDRESS,
    help=N_("Unit (entrance) of the building"),
    headings=("单元", "单元号", "unit"),
    most=40,
)
ROOM = Field(
    "room",
    N_("Room"),
    _number,
    Kind.ADDRESS,
    help=N_("Room"),
    needed=True,
    headings=("室", "房号", "室号", "房间号", "房间", "room", "flat", "apartment"),
    most=40,
)
GRID = Field(
    "grid",
    N_("Grid"),
    word,
    help=N_("Grid"),
    listed=True,
    headings=("网格", "所属网格", "所在网格", "网格名称", "网格号", "grid"),
    most=60,
)
#: The name of a person who lives there; rules find the record.
HEAD = Field("head", N_("Head"), word, help=N_("Who heads it and lives there"), metavar="PERSON", listed=True)
PHONE = Field(
    "phone",
    N_("Phone"),
    phone,
    Kind.PHONE,
    help=N_("Phone of the household, where it is not the head's"),
    metavar="NUMBER",
    listed=True,
)
OCCUPANCY = Field(
    "occupancy",
    N_("Occupancy"),
    choice(OCCUPANCIES, OCCUPANCY_WORDS),
    Kind.CHOICE,
    help=N_("owner, tenant, shared, vacant, not_dwelling or unknown"),
    metavar="OCCUPANCY",
    needed=True,
    listed=True,
    choices=OCCUPANCIES,
    headings=("居住情况", "房屋性质", "住房状况", "房屋状况", "居住状况", "住房性质", "occupancy"),
)
VISIT_EVERY = Field(
    "visit_every",
    N_("Visited every"),
    _days,
    Kind.NUMBER,
    help=N_("Days between visits, where the household needs more than its tags say"),
    metavar="DAYS",
)
TWO_PEOPLE = Field(
    "two_people",
    N_("Two people"),
    help=N_("Why nobody goes there alone"),
    metavar="REASON",
)
NOTE = Field(
    "note",
    N_("Note"),
    help=N_("Note"),
    headings=("备注", "说明", "note", "notes", "remark", "remarks"),
)
#: Of an address the building alone is shown; unit and room are masked as all that says which door it is.
ADDRESS = (BUILDING, UNIT, ROOM)
DETAILS = (GRID, HEAD, PHONE, OCCUPANCY, VISIT_EVERY, TWO_PEOPLE, NOTE)
FIELDS = (*ADDRESS, *DETAILS)
