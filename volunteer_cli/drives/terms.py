"""The words of a donation drive."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number
from volunteer_cli.core.quantity import Direction

DIRECTIONS: Mapping[str, str] = {
    Direction.AT_LEAST: N_("at least"),
    Direction.AT_MOST: N_("at most"),
    Direction.ABOUT: N_("about"),
}


class State(StrEnum):
    """Where a piece is. What is outside has not come yet, or was never there."""

    # received + found = unsorted + on hand + boxed + shipped + given + rejected + recycled + returned + lost,
    # at every past instant: a piece leaves one of these only for another.

    OUTSIDE = "outside"
    UNSORTED = "unsorted"
    ON_HAND = "on_hand"
    BOXED = "boxed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    GIVEN = "given"
    REJECTED = "rejected"
    RECYCLED = "recycled"
    RETURNED = "returned"
    LOST = "lost"


class Step(StrEnum):
    """What moves pieces from one state to another."""

    RECEIVE = "receive"
    SORT = "sort"
    PACK = "pack"
    UNPACK = "unpack"
    SHIP = "ship"
    DELIVER = "deliver"
    GIVE = "give"
    RETURN = "return"
    CORRECT = "correct"
    COUNT = "count"
    VOID = "void"
    BACK = "back"


class Verdict(StrEnum):
    """What sorting finds a piece to be."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RECYCLED = "recycled"


class DriveStatus(StrEnum):
    """Whether a drive still moves goods."""

    OPEN = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"


class BoxStatus(StrEnum):
    """How far a box has come."""

    EMPTY = "empty"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class ShipmentStatus(StrEnum):
    """How far a shipment has come."""

    SHIPPED = "shipped"
    DELIVERED = "delivered"
    BACK = "back"


class NoticeStatus(StrEnum):
    """Whether a notice can still change."""

    # There is no "corrected": what was published stays as it was, and another one corrects it in public.

    DRAFT = "draft"
    PUBLISHED = "published"


class Disclosure(StrEnum):
    """Why the public is to be told by a day."""

    FINAL = "final"
    REGULAR = "regular"
    EMERGENCY = "emergency"


#: The state that sorting brings a piece to.
SORTED_INTO = {
    Verdict.ACCEPTED: State.ON_HAND,
    Verdict.REJECTED: State.REJECTED,
    Verdict.RECYCLED: State.RECYCLED,
}
#: States in which a piece is in a box, which then belongs to the place where it is: 2 in box A and 3 in box B
#: are two balances, and neither may go below zero.
IN_BOX = frozenset({State.BOXED, State.SHIPPED, State.DELIVERED})
#: States from which a gift can go back to its donor.
RETURNABLE = (State.UNSORTED, State.ON_HAND, State.REJECTED)
#: States from which a correction takes pieces that never came. What was counted as lost goes first: it may be
#: just what never was, and what the stock-take saw stays as it saw it.
CORRECTABLE = (State.LOST, State.UNSORTED, State.ON_HAND, State.REJECTED, State.RECYCLED)

VERDICTS: dict[str, str] = {
    Verdict.ACCEPTED: NC_("goods", "accepted"),
    Verdict.REJECTED: N_("rejected as unfit"),
    Verdict.RECYCLED: N_("recycled"),
}
STATES: Mapping[str, str] = {
    State.OUTSIDE: N_("not here"),
    State.UNSORTED: N_("unsorted"),
    State.ON_HAND: N_("on hand"),
    State.BOXED: N_("boxed"),
    State.SHIPPED: N_("shipped"),
    State.DELIVERED: N_("delivered"),
    State.GIVEN: N_("given to households"),
    State.REJECTED: N_("rejected as unfit"),
    State.RECYCLED: N_("recycled"),
    State.RETURNED: N_("returned"),
    State.LOST: N_("lost"),
}
STEPS: Mapping[str, str] = {
    Step.RECEIVE: N_("receipt"),
    Step.SORT: N_("sorting"),
    Step.PACK: N_("packing"),
    Step.UNPACK: N_("unpacking"),
    Step.SHIP: N_("shipping"),
    Step.DELIVER: N_("delivery"),
    Step.GIVE: N_("giving"),
    Step.RETURN: N_("return"),
    Step.CORRECT: N_("correction"),
    Step.COUNT: N_("stock-take"),
    Step.VOID: N_("voiding"),
    Step.BACK: N_("coming back"),
}
DRIVE_STATUSES: Mapping[str, str] = {
    DriveStatus.OPEN: N_("collecting"),
    DriveStatus.CLOSED: N_("ended"),
    DriveStatus.ARCHIVED: N_("archived"),
}
BOX_STATUSES: Mapping[str, str] = {
    BoxStatus.EMPTY: N_("empty"),
    BoxStatus.PACKED: N_("packed"),
    BoxStatus.SHIPPED: N_("shipped"),
    BoxStatus.DELIVERED: N_("delivered"),
}
SHIPMENT_STATUSES: Mapping[str, str] = {
    ShipmentStatus.SHIPPED: N_("shipped"),
    ShipmentStatus.DELIVERED: N_("delivered"),
    ShipmentStatus.BACK: N_("came back"),
}
NOTICE_STATUSES: Mapping[str, str] = {
    NoticeStatus.DRAFT: N_("draft"),
    NoticeStatus.PUBLISHED: N_("published"),
}
DISCLOSURES: Mapping[str, str] = {
    Disclosure.FINAL: N_("report at the end"),
    Disclosure.REGULAR: N_("regular report"),
    Disclosure.EMERGENCY: N_("emergency report"),
}

# 慈善法 (Charity Law): within three months of the end the whole is told, and where a drive takes more than six
# months, something every three months. A community is no charity and does as charities must, so that nobody
# has to ask; each is a policy, for what a community promises is its own.
DISCLOSURE_FINAL_MONTHS = Policy(
    "disclosure_final_months",
    N_("After the end of a drive, its notice is due within so many months"),
    "3",
    whole_number,
    N_("whole months"),
)
DISCLOSURE_LONG_MONTHS = Policy(
    "disclosure_long_months",
    N_("A drive longer than so many months must report while it runs"),
    "6",
    whole_number,
    N_("whole months"),
)
DISCLOSURE_EVERY_MONTHS = Policy(
    "disclosure_every_months",
    N_("A long drive publishes a notice every so many months"),
    "3",
    whole_number,
    N_("whole months"),
)
# While people wait for help from day to day, so do those who gave for what became of it.
DISCLOSURE_EMERGENCY_DAYS = Policy(
    "disclosure_emergency_days",
    N_("In an emergency a notice is due every so many days"),
    "5",
    whole_number,
    N_("days"),
)
# Bags stand at the door before the posters hang. Much earlier it is a date typed wrongly, most often the year.
DRIVE_EARLY_DAYS = Policy(
    "drive_early_days",
    N_("Gifts may come so many days before their drive begins"),
    "30",
    whole_number,
    N_("whole days"),
)
NOTICE_DAYS = Policy(
    "notice_days",
    N_("A public notice hangs out for so many days, in which anybody may object"),
    "7",
    whole_number,
    N_("days"),
)
POLICIES = (
    DISCLOSURE_FINAL_MONTHS,
    DISCLOSURE_LONG_MONTHS,
    DISCLOSURE_EVERY_MONTHS,
    DISCLOSURE_EMERGENCY_DAYS,
    DRIVE_EARLY_DAYS,
    NOTICE_DAYS,
)
