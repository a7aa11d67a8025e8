"""What the tables of people and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "person": NC_("table", "Person"),
        "person_label": NC_("table", "Person label"),
        "former_person": NC_("table", "Former person"),
        "dismissed_pair": NC_("table", "Dismissed pair"),
        "person_value": NC_("table", "Person value"),
    },
    columns={
        "archived_for": NC_("column", "Archived for"),
        "erased_on": NC_("column", "Erased on"),
        "former_id": NC_("column", "Former id"),
        "name_initials": NC_("column", "Name initials"),
        "name_pinyin": NC_("column", "Name pinyin"),
        "person_id": NC_("column", "Person id"),
    },
)
