"""`volunteer visit plan|cancel`."""

from __future__ import annotations

from typing import Annotated

from volunteer_cli.care.commands.typed import (
    HomesNamed,
    Visitors,
    VisitsNamed,
    app,
    ids_of,
    tell_visits,
    visits_of,
)
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.shell import DayText, OnStep, Reason, day_option, read, tell, verb


@verb(
    app,
    "plan",
    example="volunteer visit plan 3-1-101 3-1-102 --by 赵样一 --on 2026-07-03",
    changes=True,
)
def plan(
    household: HomesNamed,
    by: Visitors,
    on: Annotated[DayText, day_option("--on", N_("The day to go"), ahead=True)],
) -> None:
    """Plan visits: who goes where on which day."""
    from volunteer_cli.care.rules.visits import plan_visit
    from volunteer_cli.care.views import VISITS
    from volunteer_cli.core.dates import shown_day
    from volunteer_cli.core.work import work
    from volunteer_cli.households.queries import find_households

    with work("visit plan") as session:
        homes = find_households(session, household)
        visitors, day, today = ids_of(session, by), read(on), run().clock.today
        plans = [plan_visit(session, home, visitors, day, today=today) for home in homes]
        count = len(plans)
        sentence = ngettext("Planned {count} visit for {day}.", "Planned {count} visits for {day}.", count)
        tell(session, VISITS, plans, sentence.format(count=count, day=shown_day(day)))


@verb(app, "cancel", example="volunteer visit cancel 12 --reason 下雨", changes=True)
def cancel(visit: VisitsNamed, reason: Reason, on: OnStep = None) -> None:
    """Drop plans."""
    from volunteer_cli.care.rules.visits import cancel_plan
    from volunteer_cli.core.work import work

    with work("visit cancel", reason=reason) as session:
        plans, clock = visits_of(session, visit), run().clock
        for each in plans:
            cancel_plan(session, each, read(on) or clock.today, now=clock.now)
        tell_visits(session, plans, _("Cancelled plan {id} for {household}."))
