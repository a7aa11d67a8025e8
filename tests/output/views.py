from __future__ import annotations

from volunteer_cli.output.view import Column, Kind, View

ROSTER = View("roster", "Roster", (Column("person"), Column("phone", kind=Kind.PHONE)))

PEOPLE = View(
    "people",
    "People",
    (
        Column("id", "Id", Kind.ID),
        Column("name", "Name"),
        Column("phone", "Phone", Kind.PHONE),
        Column("id_number", "Identity number", Kind.ID_NUMBER, table=False),
        Column("room", "Room", Kind.ADDRESS),
        Column("sex", "Sex", Kind.CHOICE, choices={"male": "man", "female": "woman"}),
        Column("minutes", "Hours", Kind.MINUTES, total=True),
        Column("pieces", "Pieces", Kind.QUANTITY, total=True),
        Column("skills", "Skills", Kind.LIST, table=False),
        Column("active", "Active", Kind.FLAG, table=False),
        Column("freight", "Freight", Kind.MONEY, table=False),
        Column("share", "Share", Kind.PERCENT, table=False),
        Column("registered_on", "Registered", Kind.DATE),
        Column("seen_at", "Seen", Kind.DATETIME, table=False),
        Column("roster", "Roster", Kind.ROWS, show_only=True, view=ROSTER),
    ),
)
