"""How households, who stays in them and their gifts are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from volunteer_cli.areas import contributed
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.run import run
from volunteer_cli.households import queries
from volunteer_cli.households.fields import (
    BUILDING,
    GRID,
    HEAD,
    NOTE,
    OCCUPANCY,
    PHONE,
    ROOM,
    TWO_PEOPLE,
    UNIT,
    VISIT_EVERY,
)
from volunteer_cli.households.terms import GIFT_STATUSES, HOUSEHOLD_STATUSES, RELATIONS, STAYS, StayKind
from volunteer_cli.output.declared import columns
from volunteer_cli.output.view import Column, Kind, View, extended
from volunteer_cli.people.queries import person_names
from volunteer_cli.people.terms import TAGS

Load = Callable[[Any, Sequence[Any]], Mapping[int, Any]]

PEOPLE = View(
    "members",
    NC_("household", "People"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("person", N_("Name")),
        Column("person_id", N_("Person id"), Kind.ID),
        Column("relation", N_("Relation"), Kind.CHOICE, choices=RELATIONS),
        Column("stay", N_("Stay"), Kind.CHOICE, choices=STAYS),
        Column("since", NC_("household", "Since"), Kind.DATE),
        Column("until", NC_("household", "Until"), Kind.DATE),
    ),
    identity="person_id",
)


def _ids(records: Sequence[Any]) -> list[int]:
    return [record.id for record in records]


def _heads(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    names = person_names(session, (household.head_id for household in households))
    return {each.id: names.get(each.head_id) for each in households if each.head_id}


def _phones(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    """The household's own phone, else that of its head."""
    # Looked up and not copied: a head who gives a new number has given it for the household too.
    heads = {each.id: each.head_id for each in households if each.head_id and not each.phone}
    of_heads = queries.phones(session, heads.values())
    return {each.id: each.phone or of_heads.get(heads.get(each.id, 0)) for each in households}


def on_day(ask: Callable[..., Mapping[int, Any]], *more: Any) -> Load:
    """What loads something of households as it is on the day of the list."""
    return lambda session, households: ask(session, _ids(households), run().clock.today, *more)


def _blocked(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    return dict.fromkeys(queries.blocks(session, _ids(households), run().clock.today), True)


def _blocked_until(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    """The last of the days before which blocks end; of one without an end none is known."""
    # Blocks for calls and for the door may end on two days; it may be contacted freely after both.
    blocks = queries.blocks(session, _ids(households), run().clock.today)
    last = {key: max(block.until or date.max for block in each) for key, each in blocks.items()}
    return {key: day for key, day in last.items() if day != date.max}


def _gifts_held(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    return queries.gifts_held(session, _ids(households))


def _communities(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.communities.queries import community_names

    names = community_names(session)
    return {household.id: names[household.community_id] for household in households}


def status(household: Any) -> str:
    """Whether a household is in use."""
    return "archived" if household.archived_on else "active"


#: Visits add their rhythm, what is due and what was given.
HOUSEHOLDS = View(
    "households",
    N_("Households"),
    record=NC_("record", "Household"),
    parts={
        NC_("record", "In short"): (
            "number",
            "occupancy",
            "founded_on",
            "status",
            "community",
            "note",
        ),
        NC_("record", "Where it is"): (
            "grid",
            "building",
            "unit",
            "room",
            "ordinal",
        ),
        NC_("record", "Who lives there"): (
            "head",
            "phone",
            "members",
            "registered_only",
            "tags",
        ),
        NC_("record", "Visits"): (
            "visit_every",
            "interval",
            "last_met_on",
            "visit_due_on",
            "overdue_days",
            "level",
            "two_people",
            "blocked",
            "blocked_until",
            "visits",
            "gifts_held",
        ),
    },
    columns=extended(
        Column("id", N_("Id"), Kind.ID),
        Column("number", N_("Number"), Kind.CODE),
        *columns((GRID, BUILDING, UNIT, ROOM)),
        Column("ordinal", N_("Of the flat"), Kind.NUMBER, table=False),
        *columns((OCCUPANCY, HEAD), {"head": _heads}),
        Column("head_id", N_("Head id"), Kind.ID, table=False),
        *columns((PHONE,), {"phone": _phones}),
        Column("members", NC_("household", "Members"), Kind.COUNT, load=on_day(queries.counts), default=0),
        Column(
            "registered_only",
            N_("Only registered"),
            Kind.COUNT,
            load=on_day(queries.counts, StayKind.REGISTERED),
            default=0,
            table=False,
        ),
        Column("tags", N_("Tags"), Kind.LIST, load=on_day(queries.tags_on), default=(), choices=TAGS),
        *columns((VISIT_EVERY, TWO_PEOPLE)),
        Column("blocked", N_("Do not contact"), Kind.FLAG, load=_blocked, default=False, table=False),
        Column("blocked_until", NC_("block", "Until"), Kind.DATE, load=_blocked_until, table=False),
        Column(
            "people",
            NC_("household", "People"),
            Kind.ROWS,
            load=on_day(queries.people_of),
            default=(),
            view=PEOPLE,
            show_only=True,
        ),
        Column("gifts_held", N_("Gifts held"), Kind.COUNT, load=_gifts_held, default=0, show_only=True),
        Column("founded_on", N_("On file since"), Kind.DATE, table=False),
        Column("status", N_("Status"), Kind.CHOICE, value=status, choices=HOUSEHOLD_STATUSES, table=False),
        Column("community", N_("Community"), load=_communities, table=False),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
        *columns((NOTE,)),
        added=contributed("household"),
    ),
)


def _households(session: Any, gifts: Sequence[Any]) -> Mapping[int, Any]:
    names = queries.household_names(session, (gift.household_id for gift in gifts))
    return {gift.id: names.get(gift.household_id) for gift in gifts}


def _receivers(session: Any, gifts: Sequence[Any]) -> Mapping[int, Any]:
    names = person_names(session, (gift.to_id for gift in gifts))
    return {gift.id: names.get(gift.to_id) for gift in gifts}


def gift_status(gift: Any) -> str:
    """Whether a gift was declined, is held, or what became of it."""
    return gift.settlement or ("declined" if gift.declined else "held")


GIFTS = View(
    "gifts",
    N_("Gifts of households"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("number", N_("Number"), Kind.CODE),
        Column("household", N_("Household"), load=_households),
        Column("household_id", N_("Household id"), Kind.ID, table=False),
        Column("to", NC_("gift", "To"), load=_receivers),
        Column("to_id", N_("To id"), Kind.ID, table=False),
        Column("value_fen", N_("Value in yuan"), Kind.MONEY),
        Column("what", NC_("gift", "What")),
        Column("received_on", N_("Received on"), Kind.DATE),
        Column("due_on", N_("Due on"), Kind.DATE),
        Column("status", N_("Status"), Kind.CHOICE, value=gift_status, choices=GIFT_STATUSES),
        Column("settled_on", NC_("gift", "Settled on"), Kind.DATE),
        Column("handed_to", N_("Handed to"), table=False),
    ),
)


def _post_names(name: str) -> Load:
    def load(session: Any, rows: Sequence[Any]) -> Mapping[Any, Any]:
        names = person_names(session, (getattr(row, name) for row in rows))
        return {row.id: names.get(getattr(row, name)) for row in rows}

    return load


GRIDS = View(
    "grids",
    N_("Grids"),
    (
        Column("grid", N_("Grid")),
        Column("worker", N_("Grid worker"), load=_post_names("worker_id")),
        Column("worker_id", N_("Worker id"), Kind.ID, table=False),
        Column("head", N_("Grid head"), load=_post_names("head_id")),
        Column("head_id", N_("Head id"), Kind.ID, table=False),
        Column("households", N_("Households"), Kind.COUNT, total=True),
        Column("vacant", N_("Vacant"), Kind.COUNT, total=True),
        Column("people", NC_("household", "People"), Kind.COUNT, total=True),
        Column("on_list", N_("On the visiting list"), Kind.COUNT, total=True),
    ),
    identity="grid",
)
