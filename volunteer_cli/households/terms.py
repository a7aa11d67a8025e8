"""The words of a household."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_


class Occupancy(StrEnum):
    """What a flat is used for (房屋性质); an empty one is a household too, for a sweep must prove it empty."""

    OWNER = "owner"
    TENANT = "tenant"
    SHARED = "shared"
    VACANT = "vacant"
    NOT_DWELLING = "not_dwelling"
    UNKNOWN = "unknown"


class StayKind(StrEnum):
    """How somebody belongs to a household: living there, or only registered there (人户分离)."""

    LIVES = "lives"
    REGISTERED = "registered"


class Relation(StrEnum):
    """What somebody is to the head of the household (与户主关系)."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


# 勿扰: what holds for calls need not hold for the door, where the same family may well open.
class BlockMethod(StrEnum):
    """By which way a household or a person does not want to be contacted."""

    CALL = "call"
    DOOR = "door"


# 中办发〔1995〕7号: a gift that could not be refused is registered and handed in within one month.
class Settlement(StrEnum):
    """What became of a gift that was held."""

    RETURNED = "returned"
    HANDED_IN = "handed_in"


OCCUPANCIES: dict[str, str] = {
    Occupancy.OWNER: N_("owner"),
    Occupancy.TENANT: N_("tenant"),
    Occupancy.SHARED: N_("shared"),
    Occupancy.VACANT: N_("vacant"),
    Occupancy.NOT_DWELLING: N_("not a dwelling"),
    Occupancy.UNKNOWN: N_("unknown"),
}
STAYS: dict[str, str] = {StayKind.LIVES: N_("lives here"), StayKind.REGISTERED: N_("registered here")}
RELATIONS: dict[str, str] = {
    Relation.HEAD: N_("head"),
    Relation.SPOUSE: N_("spouse"),
    Relation.CHILD: N_("child"),
    Relation.PARENT: N_("parent"),
    Relation.OTHER: N_("other relation"),
}
