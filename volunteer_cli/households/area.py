"""What households add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import Area, Rooms, Thing
from volunteer_cli.core.i18n import N_  # noqa: F401

here = Rooms(__name__)

AREA = Area(
    things=(Thing("household", here("queries:find_household"), here("queries:household_names"), "number"),),
)
