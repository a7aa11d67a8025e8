"""`volunteer household block|unblock|gift|return|handin|gifts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.households.commands.typed import Named, app, read_day
from volunteer_cli.households.terms import BlockMethod
from volunteer_cli.shell import DayText, OnStep, Reason, choose, day_option, read, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.households.models import Household, HouseholdGift
    from volunteer_cli.people.models import Person

Thing = Annotated[
    str, Argument(metavar="THING", help=N_("A household or a person; household:12 and person:12 say which"))
]
Method = Annotated[str | None, Option("--method", metavar="METHOD", help=N_("call or door; without it both"))]
Until = Annotated[
    DayText | None,
    day_option("--until", N_("The day before which it ends; without it until it is lifted"), ahead=True),
]
Gift = Annotated[str, Argument(metavar="GIFT", help=N_("Its id or number"))]


@verb(
    app,
    "block",
    example="volunteer household block 3-2-501 --reason 夜班白天休息 --method call",
    changes=True,
)
def block(
    thing: Thing, reason: Reason, method: Method = None, until: Until = None, on: OnStep = None
) -> None:
    """Note that a household, or one person, is not to be contacted.

    It stays on lists and is counted as blocked; namesakes and others of the family are not touched.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_blockable

    way = choose(BlockMethod, method, "--method")
    with work("household block") as session:
        whom, day = find_blockable(session, thing), rules.past_day(read_day(on), run().clock.today)
        rules.block(session, whom, reason, day, method=way, until=read(until))
        _tell(session, whom, _("{thing} is not to be contacted."))


@verb(app, "unblock", example="volunteer household unblock 3-2-501", changes=True)
def unblock(thing: Thing, on: OnStep = None) -> None:
    """Lift what was noted against contacting a household or a person."""
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_blockable

    with work("household unblock") as session:
        whom = find_blockable(session, thing)
        rules.unblock(session, whom, rules.past_day(read_day(on), run().clock.today))
        _tell(session, whom, _("{thing} may be contacted."))


def _tell(session: Session, thing: Household | Person, sentence: str) -> None:
    from volunteer_cli.households.models import Household
    from volunteer_cli.households.queries import shown_household
    from volunteer_cli.households.views import HOUSEHOLDS
    from volunteer_cli.people.views import PEOPLE

    if isinstance(thing, Household):
        tell(session, HOUSEHOLDS, thing, sentence.format(thing=shown_household(thing)))
    else:
        tell(session, PEOPLE, thing, sentence.format(thing=with_detail(thing.name, thing.id)))


@verb(app, "gift", example="volunteer household gift 3-2-501 --to 林样一 --value 300", changes=True)
def gift(
    household: Named,
    to: Annotated[str, Option("--to", metavar="PERSON", help=N_("Who was to get it"))],
    value: Annotated[str | None, Option("--value", metavar="AMOUNT", help=N_("What it is worth"))] = None,
    what: Annotated[str | None, Option("--what", metavar="TEXT", help=N_("What it was"))] = None,
    declined: Annotated[bool, Option("--declined", help=N_("It was not taken"))] = False,
    on: OnStep = None,
) -> None:
    """Register what a household gave somebody who works for the community.

    It is never a donation: it was declined, or is held until it is returned or handed in.
    """
    from volunteer_cli.core.text import kept, parse_yuan
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_household
    from volunteer_cli.people.queries import find_person

    with work("household gift") as session:
        received = rules.receive_gift(
            session,
            find_household(session, household),
            find_person(session, to),
            rules.past_day(read_day(on), run().clock.today),
            value_fen=parse_yuan(value) if value else None,
            what=kept(what, _("What")) if what else None,
            declined=declined,
        )
        refused, held = (
            _("Registered gift {number}; it was declined."),
            _("Registered gift {number}; it is held until {due}."),
        )
        _tell_gift(session, received, refused if declined else held)


def _tell_gift(session: Session, gift: HouseholdGift, sentence: str) -> None:
    from volunteer_cli.households.views import GIFTS

    tell(session, GIFTS, gift, sentence.format(number=gift.number, due=gift.due_on))


@verb(app, "return", example="volunteer household return BINHU-G2026-0001", changes=True)
def return_(
    gift: Gift,
    visit: Annotated[
        str | None, Option("--visit", metavar="VISIT", help=N_("The visit on which it was given back"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Note that a gift was given back."""
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_gift, find_visit

    with work("household return") as session:
        held, today = find_gift(session, gift), run().clock.today
        visit_id = find_visit(session, visit) if visit else None
        rules.return_gift(session, held, read_day(on) or today, today=today, visit_id=visit_id)
        _tell_gift(session, held, _("Gift {number} was returned."))


@verb(app, "handin", example="volunteer household handin BINHU-G2026-0001 --to 街道纪工委", changes=True)
def handin(
    gift: Gift,
    to: Annotated[str, Option("--to", metavar="TEXT", help=N_("To whom it was handed in"))],
    on: OnStep = None,
) -> None:
    """Note that a gift was handed in that could not be given back."""
    from volunteer_cli.core.text import required
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_gift

    with work("household handin") as session:
        held, today = find_gift(session, gift), run().clock.today
        rules.hand_in(session, held, required(to, _("Handed to")), read_day(on) or today, today=today)
        _tell_gift(session, held, _("Gift {number} was handed in."))


@verb(app, "gifts", example="volunteer household gifts --held")
def gifts(
    household: Annotated[
        str | None, Argument(metavar="[HOUSEHOLD]", help=N_("Of this household alone"))
    ] = None,
    held: Annotated[bool, Option("--held", help=N_("Only those that are held"))] = False,
) -> None:
    """List what households gave, and what became of it."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.households import queries
    from volunteer_cli.households.views import GIFTS

    with reading() as session:
        community = chosen_community(session)
        key = queries.find_household(session, household, changing=False).id if household else None
        rows = queries.gifts(
            session, household_id=key, community_id=community.id if community else None, held=held
        )
        show_list(session, GIFTS, rows)
