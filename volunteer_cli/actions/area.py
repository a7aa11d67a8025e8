"""What actions add to the whole: alliances stand on them, so their verbs hang on the nouns of those."""

from __future__ import annotations

from volunteer_cli.core.cards import Area, Rooms, Thing, Watch

here = Rooms(__name__)

AREA = Area(
    things=(Thing("action", here("queries:find_action")),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    watches=(Watch(here("guards:refuse_owners"), changed=("organization",)),),
    sql_views=(here("sql_views:SQL_VIEWS"),),
    exports=(here("exports:EXPORTS"),),
    titles=here("titles:TITLES"),
)
