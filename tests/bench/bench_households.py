"""Households: what lists cost beside a script with one query, and forming them of 35,000 addresses."""

from __future__ import annotations

from collections.abc import Iterator

from .bench_house import ONE_QUERY
from .context import Context
from .filling import TODAY
from .measure import Result

#: What `household list` shows: of each household its head, how many live there and the tags of those.
LIST = """
SELECT household.id, household.number, household.grid, household.building, household.occupancy, head.name, head.phone,
living.members, tagged.tags FROM household LEFT JOIN person head ON head.id = household.head_id
LEFT JOIN (SELECT household_id, count(*) members FROM stay WHERE kind = 'lives' AND until IS NULL GROUP BY household_id)
 living ON living.household_id = household.id
LEFT JOIN (SELECT household_id, group_concat(DISTINCT value) tags FROM person_label CROSS JOIN stay
 ON stay.person_id = person_label.person_id WHERE person_label.kind = 'tag' AND stay.until IS NULL GROUP BY household_id)
 tagged ON tagged.household_id = household.id
WHERE household.archived_on IS NULL {where}
"""
SHOW = "SELECT * FROM household WHERE number = 'BINHU-H00005'"
TAGGED = """AND household.id IN (SELECT household_id FROM person_label label CROSS JOIN stay ON stay.person_id = label.person_id
WHERE label.kind = 'tag' AND label.value = 'elder_alone' AND stay.until IS NULL)"""


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 15 names of households."""
    households, homes = context.databases.households(), context.databases.homes()
    size = f"{context.databases.full.people // 4:,} households"
    for words, query in (
        (("household", "show", "BINHU-H00005"), SHOW),
        (("household", "list", "--grid", "7"), LIST.format(where="AND household.grid = '7'")),
        (("household", "list", "--tag", "elder_alone"), LIST.format(where=TAGGED)),
        (("household", "list"), LIST.format(where="")),
    ):
        script = context.python("script with one query", ONE_QUERY, households, query)
        ours = context.volunteer(*words, database=households, today=TODAY)
        yield context.within(1.4, f"{ours.name}, {size}", ours, script, prize=1.15)
    form = context.volunteer("household", "form", "--dry-run", database=homes, today=TODAY)
    yield context.at_most(5, f"{form.name} from {context.databases.full.people:,} people", form)
