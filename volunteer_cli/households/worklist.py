"""What of households waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAME_HEAD, RETURN_GIFT = "name_head", "return_gift"


def heads_to_name(session: Session, scope: Scope) -> Iterator[Row]:
    """Households whose head left or died, each by itself, and how many others never had one."""
    from volunteer_cli.households import queries

    headless = queries.headless(scope.today)
    lost = list(queries.households(session, headless, queries.had_head(), community_id=scope.community_id))
    for household in lost:
        yield item(
            NAME_HEAD,
            queries.shown_household(household),
            1,
            f"household edit {household.number} --head PERSON",
            thing=f"household:{household.id}",
        )
    # Thousands have none after they were formed of addresses: one line says so.
    others = queries.count_households(session, headless, community_id=scope.community_id) - len(lost)
    if others:
        yield item(NAME_HEAD, None, others, "household list --without-head")


def gifts_to_return(session: Session, scope: Scope) -> Iterator[Row]:
    """Gifts that are held, with the day by which they are to be returned or handed in."""
    from volunteer_cli.households import queries

    gifts = queries.gifts(session, community_id=scope.community_id, held=True)
    numbers = queries.household_names(session, (gift.household_id for gift in gifts))
    for gift in gifts:
        yield item(
            RETURN_GIFT,
            f"{gift.number} {numbers[gift.household_id]}",
            1,
            f"household return {gift.number}",
            thing=f"household:{gift.household_id}",
            due=gift.due_on,
        )


TASKS = (
    Task(NAME_HEAD, N_("name the head of a household"), heads_to_name, place=30),
    Task(RETURN_GIFT, N_("return a gift, or hand it in"), gifts_to_return, place=31),
)
