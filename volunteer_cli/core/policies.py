"""Policies: what differs between places is a setting with a type, a default and an explanation.

Areas declare theirs in `terms.POLICIES`; values that an office sets live in the database. One that
changes figures holds from a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import once

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")


class BadPolicyValue(UsageFault):
    """'{value}' is no value for the policy {name}: {expected}"""

    code = "bad_policy_value"
    hint = N_("Read what it means: volunteer policy list")


@dataclass(frozen=True)
class Policy(Generic[T]):
    """A setting of the office.

    Attributes:
        read: from the stored text to the value; raises ValueError for a text that is none.
        expected: what may be typed, for the message.
        dated: whether it changes figures and so holds from a date.
        abroad: what a new database outside China begins with, where the default follows Chinese law or custom.
    """

    name: str
    title: str
    default: str
    read: Callable[[str], T]
    expected: str
    dated: bool = False
    abroad: str | None = None


#: The most days or months that a term has.
MOST = 10_000


def whole_number(text: str) -> int:
    """A whole number from 0 to MOST: a longer term would end after the last day of the calendar."""
    if not 0 <= (number := int(text)) <= MOST:
        raise ValueError(text)
    return number


def whole_numbers(text: str) -> tuple[int, ...]:
    """Rising whole numbers separated by commas, or none."""
    numbers = tuple(int(part) for part in text.split(",")) if text.strip() else ()
    if list(numbers) != sorted(set(numbers)) or min(numbers, default=0) < 0:
        raise ValueError(text)
    return numbers


def time_zone(text: str) -> str:
    """The name of a time zone that the system knows."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(text) from error


def phone_region(text: str) -> str:
    """A country's two letters."""
    if len(text) != 2 or not text.isalpha() or not text.isascii():
        raise ValueError(text)
    return text.upper()


def country(text: str) -> str:
    """A country's two letters, maybe with a part of it that has holidays of its own: GB-SCT."""
    nation, _sign, part = text.upper().partition("-")
    if not part.isalnum() and _sign:
        raise ValueError(text)
    return f"{phone_region(nation)}{_sign}{part}"


def currency(text: str) -> str:
    """The three letters of a currency (ISO 4217)."""
    if len(text) != 3 or not text.isalpha() or not text.isascii():
        raise ValueError(text)
    return text.upper()


def paper(text: str) -> str:
    """A size of paper, or nothing."""
    from volunteer_cli.core.countries import Paper

    sizes = {size.lower(): size.value for size in Paper} | {"": ""}
    if text.strip().lower() not in sizes:
        raise ValueError(text)
    return sizes[text.strip().lower()]


@cache
def days_overridden(text: str) -> Mapping[date, bool]:
    """Days that are working days or not, whatever the calendar says: 2027-01-01=off,2027-01-02=on."""
    words = {"on": True, "off": False}
    pairs = (part.strip().partition("=") for part in text.split(",") if part.strip())
    try:
        return {date.fromisoformat(day.strip()): words[word.strip().lower()] for day, _sign, word in pairs}
    except KeyError as error:
        raise ValueError(text) from error


def names(text: str) -> tuple[str, ...]:
    """Words separated by commas, or none."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


def cell_limit(text: str) -> int:
    """From which number on a count is printed: 0 for all, or at least 3, for of `<2` everybody knows that it is 1."""
    limit = int(text)
    if limit != 0 and not 3 <= limit <= 100:
        raise ValueError(text)
    return limit


TIMEZONE = Policy(
    "timezone",
    N_("Time zone of the community's wall clocks"),
    "Asia/Shanghai",
    time_zone,
    N_("a zone like Europe/London"),
)
PHONE_REGION = Policy(
    "phone_region",
    N_("Country whose phone numbers need no prefix"),
    "CN",
    phone_region,
    N_("two letters, like GB"),
)
COUNTRY = Policy(
    "country",
    N_("Country whose public holidays are no working days"),
    "CN",
    country,
    N_("two letters, like GB, or with a part of it: GB-SCT"),
)
# The State Council announces the days off of a year in the autumn before it; until then the office says what
# it knows.
WORKING_DAYS = Policy(
    "working_days",
    N_("Days that are working days or not, whatever the public calendar says"),
    "",
    days_overridden,
    N_("days like 2027-01-01=off,2027-01-02=on"),
)
CURRENCY = Policy(
    "currency", N_("Currency of amounts of money"), "CNY", currency, N_("three letters, like EUR")
)
PAPER = Policy(
    "paper",
    N_("Size of the paper that is printed on; none: what is usual in the country"),
    "",
    paper,
    N_("A4 or letter, or none"),
)
QUALITY_IGNORED = Policy(
    "quality_ignored",
    N_("Faults that the report on quality passes over"),
    "",
    names,
    N_("kinds of faults separated by commas, or none"),
)
# Counts of a few people tell of these people: 统计法 (Statistics Law), art. 25, lets nothing be published by
# which a single one could be made out.
SMALL_CELL = Policy(
    "small_cell",
    N_("In what is published counts below this number are hidden"),
    "5",
    cell_limit,
    N_("0, or a whole number from 3 to 100"),
)
#: The policies of the core; those of the areas stand in their `terms`.
POLICIES: tuple[Policy[Any], ...] = (
    COUNTRY,
    WORKING_DAYS,
    TIMEZONE,
    PHONE_REGION,
    CURRENCY,
    PAPER,
    QUALITY_IGNORED,
    SMALL_CELL,
)


def policy_value(session: Session, policy: Policy[T], on: date | None = None) -> T:
    """The value of a policy, for a dated one the value that holds on the day `on`."""
    return policy.read(policy_text(session, policy, on))


def policy_text(session: Session, policy: Policy[Any], on: date | None = None) -> str:
    """The stored text of a policy's value, or its default."""
    # ISO days compare as texts.
    stored = _stored_texts(session, policy)
    texts = [text for day, text in stored if on is None or day <= on.isoformat()]
    # An empty text is a value where one may be set: none of the kinds, none of the tags.
    return texts[-1] if texts else policy.default


def texts_ever(session: Session, policy: Policy[Any]) -> set[str]:
    """Every text that a policy has had, by what stands and by the history; its default among them."""
    return {
        policy.default,
        *(text for _day, text in _stored_texts(session, policy)),
        *_former(session, policy),
    }


def _former(session: Session, policy: Policy[Any]) -> Iterator[str]:
    """The texts of a policy that the history keeps."""
    from sqlalchemy import select

    from volunteer_cli.core.records import Change, PolicyValue

    keys = set(session.scalars(select(PolicyValue.id).where(PolicyValue.name == policy.name)))
    changes = session.scalars(select(Change).where(Change.table_name == PolicyValue.__tablename__)).all()
    # A row that an undo took away is known by the whole of it, as it was then.
    keys |= {change.first_key for change in changes if (change.before or {}).get("name") == policy.name}
    for change in changes:
        sides = (change.before, change.after) if change.first_key in keys else ()
        yield from (side["value"] for side in sides if side and "value" in side)


def policy_timeline(session: Session, policy: Policy[T]) -> list[tuple[date, T]]:
    """All values of a dated policy with the day each holds from, earliest first; the default from the first day."""
    values = [
        (date.fromisoformat(day) if day else date.min, policy.read(text))
        for day, text in _stored_texts(session, policy)
    ]
    if not values or values[0][0] > date.min:
        values.insert(0, (date.min, policy.read(policy.default)))
    return values


def _stored_texts(session: Session, policy: Policy[Any]) -> Sequence[tuple[str, str]]:
    """What a policy was set to, each with the day from which on, earliest first."""
    return once(session, "policies", lambda: _all_stored(session)).get(policy.name, ())


def _all_stored(session: Session) -> dict[str, list[tuple[str, str]]]:
    """The texts of all policies, which are few: a list that asks many places asks for them once."""
    from sqlalchemy import select

    from volunteer_cli.core.records import PolicyValue

    query = select(PolicyValue.name, PolicyValue.holds_from, PolicyValue.value)
    stored: dict[str, list[tuple[str, str]]] = {}
    for name, day, text in session.execute(query.order_by(PolicyValue.holds_from)):
        stored.setdefault(name, []).append((day, text))
    return stored
