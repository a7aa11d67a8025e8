"""`volunteer household add|form|edit|archive|restore|merge`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.completion import named
from volunteer_cli.core.i18n import N_, _, listed, ngettext, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.households.commands.typed import (
    Named,
    Several,
    app,
    read_day,
    region,
    tell_household,
    tell_households,
)
from volunteer_cli.households.fields import ADDRESS, BUILDING, DETAILS, FIELDS, GRID
from volunteer_cli.shell import OnStep, say, tell, verb
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.households.rules import Formed

#: So many people are named of those who cannot be placed; a list has them all.
NAMED = 12


@verb(
    app,
    "add",
    example="volunteer household add --building 3 --unit 2 --room 501 --grid 07 --head 赵样一",
    changes=True,
)
@takes(door=typed(ADDRESS), details=typed(DETAILS))
def add(
    *,
    door: Details,
    second: Annotated[bool, Option("--second", help=N_("Another household of a flat that has one"))] = False,
    details: Details,
    on: OnStep = None,
) -> None:
    """Add a household: a door and who lives behind it.

    Whoever has this address and lives in no household lives here from now on. An empty flat is a
    household with --occupancy vacant.
    """
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules

    with work("household add") as session:
        today = run().clock.today
        values = rules.read_household({**door, **details}, today=today, region=region(session))
        day = rules.past_day(read_day(on), today)
        household = rules.add_household(session, the_community(session), values, day, second=second)
        tell_household(session, household, _("Added household {household}."))


@verb(app, "form", example="volunteer household form --building 3", changes=True)
@takes(where=typed([GRID, BUILDING]))
def form(*, where: Details, on: OnStep = None) -> None:
    """Make households of the addresses that people have.

    Who lacks a building or a room is listed, never guessed; a second time nothing is new.
    """
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.views import HOUSEHOLDS

    with work("household form") as session:
        today = run().clock.today
        limits = rules.read_household(where, today=today, region="")
        formed = rules.form_households(
            session, the_community(session), rules.past_day(read_day(on), today), **limits
        )
        _name_unplaced(formed)
        tell(session, HOUSEHOLDS, _new(session, formed), _formed(formed))


def _new(session: Session, formed: Formed) -> list[object]:
    from volunteer_cli.households.models import Household
    from volunteer_cli.households.queries import households
    from volunteer_cli.shell import prints_records

    # Thousands of them are read again only for those who want to have them.
    if not prints_records() or not formed.ids:
        return []
    return list(households(session, Household.id.between(formed.ids[0], formed.ids[-1])))


def _formed(formed: Formed) -> str:
    made = ngettext("Formed {count} household", "Formed {count} households", len(formed.ids))
    placed = ngettext("{count} person placed", "{count} people placed", formed.placed)
    parts = {
        "made": made.format(count=len(formed.ids)),
        "placed": placed.format(count=formed.placed),
        "left": len(formed.without_room) + len(formed.undecided),
    }
    return _("{made}; {placed}, {left} not placed.").format(**parts)


def _name_unplaced(formed: Formed) -> None:
    """List those who cannot be placed, with the reason."""
    for people, sentence in (
        (formed.without_room, _("Without building or room: {people}.")),
        (formed.undecided, _("Of a flat with several households, so move them by hand: {people}.")),
    ):
        if people:
            few = [with_detail(person.name, person.id) for person in people[:NAMED]]
            more = [f"+{len(people) - NAMED}"] if len(people) > NAMED else []
            say(sentence.format(people=listed([*few, *more])))


@verb(app, "edit", example="volunteer household edit 3-2-501 --occupancy tenant --head 李明", changes=True)
@takes(details=typed(FIELDS))
def edit(household: Named, *, details: Details, on: OnStep = None) -> None:
    """Change what is known of a household; an empty text clears a value.

    With a new address its people move along, for it is theirs. A head must live there.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_household

    with work("household edit") as session:
        today, edited = run().clock.today, find_household(session, household)
        changes = rules.read_household(details, today=today, region=region(session))
        day = rules.past_day(read_day(on), today)
        rules.edit_household(session, edited, changes, day, today=today)
        tell_household(session, edited, _("Changed household {household}."))


@verb(app, "archive", example="volunteer household archive 3-2-501", changes=True)
def archive(household: Several, on: OnStep = None) -> None:
    """Put households away in which nobody lives; their numbers and history stay."""
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_households

    with work("household archive") as session:
        households, day = find_households(session, household), rules.past_day(read_day(on), run().clock.today)
        for each in households:
            rules.archive_household(session, each, day)
        tell_households(session, households, _("Archived household {household}."))


@verb(app, "restore", example="volunteer household restore BINHU-H00417", changes=True)
def restore(household: Several) -> None:
    """Bring archived households back into use."""
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_households

    with work("household restore") as session:
        households = find_households(session, household)
        for each in households:
            rules.restore_household(session, each)
        tell_households(session, households, _("Restored household {household}."))


@verb(app, "merge", example="volunteer household merge BINHU-H00417 BINHU-H00418", changes=True)
def merge(
    keep: Annotated[
        str, Argument(metavar="KEEP", help=N_("The household that stays"), autocompletion=named("household"))
    ],
    drop: Annotated[
        str,
        Argument(
            metavar="DROP", help=N_("The record that becomes part of it"), autocompletion=named("household")
        ),
    ],
) -> None:
    """Make one household of two records of one flat.

    All that belongs to DROP moves to KEEP, and what KEEP lacks is taken from it; its number and id
    go on to work.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_household

    with work("household merge") as session:
        stays, goes = find_household(session, keep), find_household(session, drop)
        # Both are asked while there still are two.
        number, changes = goes.number, rules.losses(session, stays, goes)
        count = rules.merge_households(session, stays, goes)
        tell_household(session, stays, _merged(count, changes), drop=number, count=count)


def _merged(count: int, changes: list[str]) -> str:
    sentence = ngettext(
        "Merged {drop} into household {household}; {count} row moved.",
        "Merged {drop} into household {household}; {count} rows moved.",
        count,
    )
    note = _("To note: {changes}.").format(changes=listed(changes)) if changes else ""
    return f"{sentence} {note}".rstrip()
