"""`volunteer community grid|grids`: who answers for a grid, which the noun of communities gets from households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, typography
from volunteer_cli.core.run import run
from volunteer_cli.shell import noun, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.communities.models import Community
    from volunteer_cli.people.models import Person

app = noun("community")

Named = Annotated[str, Argument(metavar="COMMUNITY", help=N_("Its id, code or name"))]


@verb(app, "grid", example="volunteer community grid binhu 07 --worker 蒋样一 --head 赵样一", changes=True)
def grid(
    community: Named,
    grid: Annotated[str, Argument(metavar="GRID", help=N_("Name of the grid"))],
    worker: Annotated[str, Option("--worker", metavar="PERSON", help=N_("Who works in it"))],
    head: Annotated[str | None, Option("--head", metavar="PERSON", help=N_("Who heads it"))] = None,
) -> None:
    """Say who answers for a grid; without --head the head stays."""
    from volunteer_cli.communities.queries import find_community
    from volunteer_cli.core.text import clean
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.people.queries import find_person

    with work("community grid") as session:
        place, name = find_community(session, community), clean(grid, _("Grid"))
        who, before = find_person(session, worker), _row(session, place, name)
        rules.post_grid(session, place, name, who, find_person(session, head) if head else None)
        _tell(session, place, _row(session, place, name), before, who)


def _row(session: Session, place: Community, grid: str) -> Any:
    """A grid with what stands in it; None where nobody and nothing is in it yet."""
    from volunteer_cli.households.queries import grids

    return next((row for row in grids(session, place.id, run().clock.today) if row.grid == grid), None)


def _tell(session: Session, place: Community, row: Any, before: Any, worker: Person) -> None:
    """Say who works in a grid, and who did; show it with what stands in it."""
    from volunteer_cli.households.views import GRIDS
    from volunteer_cli.shell.differing import between

    sentence = _("Grid {grid} of {community}: {worker}.")
    told = sentence.format(worker=worker.name, grid=row.grid, community=place.name)
    changes = between(session, GRIDS, before, row) if before else ""
    tell(session, GRIDS, row, typography().sentences(filter(None, (told, changes))))


@verb(app, "grids", example="volunteer community grids binhu")
def grids_(community: Named) -> None:
    """List the grids of a community with who answers for them and what is in them."""
    from volunteer_cli.communities.queries import find_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.households.queries import grids
    from volunteer_cli.households.views import GRIDS

    with reading() as session:
        place = find_community(session, community, changing=False)
        show_list(session, GRIDS, grids(session, place.id, run().clock.today), totals=True)
