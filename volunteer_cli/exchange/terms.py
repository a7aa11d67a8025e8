"""The words of accounts, entries and exchanges, and what differs between places."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number

#: What the pool is called on the command line.
POOL = "pool"


class AccountKind(StrEnum):
    """Whose an account is."""

    PERSON = "person"
    POOL = "pool"


class AccountStatus(StrEnum):
    """What an account may do: a frozen one earns and does not spend."""

    ACTIVE = "active"
    FROZEN = "frozen"
    ARCHIVED = "archived"


class EntryKind(StrEnum):
    """Why credits moved."""

    # A kind is never left out: of movements without one no report could say what they were for.

    EARN = "earn"
    CORRECT = "correct"
    SPEND = "spend"
    REFUND = "refund"
    GIFT = "gift"
    DONATE = "donate"
    GRANT = "grant"
    SURPLUS = "surplus"
    EXPIRE = "expire"
    REVERSE = "reverse"
    MOVE_OUT = "move_out"
    MOVE_IN = "move_in"
    CLOSE = "close"


class ExchangeStatus(StrEnum):
    """What became of an exchange; whether a promise is kept or overdue is computed."""

    # Stored, "overdue" would be wrong on the first day on which nobody ran anything.

    BOOKED = "booked"
    PROMISED = "promised"
    KEPT = "kept"
    OVERDUE = "overdue"
    WAIVED = "waived"
    CANCELLED = "cancelled"


class GiftTo(StrEnum):
    """To whom credits may be given."""

    # 直系亲属 in Nanjing (2019) and Beijing (2022), 亲友 in Shanghai (2026), nobody in most other places.

    FAMILY = "family"
    ANYONE = "anyone"
    NONE = "none"


ACCOUNT_KINDS: dict[str, str] = {
    AccountKind.PERSON: NC_("account", "person"),
    AccountKind.POOL: NC_("account", "pool"),
}
ACCOUNT_STATUSES: dict[str, str] = {
    AccountStatus.ACTIVE: NC_("account", "active"),
    AccountStatus.FROZEN: NC_("account", "frozen"),
    AccountStatus.ARCHIVED: NC_("account", "archived"),
}
ENTRY_KINDS: dict[str, str] = {
    EntryKind.EARN: NC_("credits", "earned"),
    EntryKind.CORRECT: NC_("credits", "corrected"),
    EntryKind.SPEND: NC_("credits", "spent"),
    EntryKind.REFUND: NC_("credits", "refunded"),
    EntryKind.GIFT: NC_("credits", "given"),
    EntryKind.DONATE: NC_("credits", "donated"),
    EntryKind.GRANT: NC_("credits", "granted"),
    EntryKind.SURPLUS: NC_("credits", "above the maximum"),
    EntryKind.EXPIRE: NC_("credits", "expired"),
    EntryKind.REVERSE: NC_("credits", "reversed"),
    EntryKind.MOVE_OUT: NC_("credits", "moved out"),
    EntryKind.MOVE_IN: NC_("credits", "moved in"),
    EntryKind.CLOSE: NC_("credits", "closed"),
}
EXCHANGE_STATUSES: dict[str, str] = {
    ExchangeStatus.BOOKED: NC_("exchange", "paid"),
    ExchangeStatus.PROMISED: NC_("exchange", "promised"),
    ExchangeStatus.KEPT: NC_("exchange", "promise kept"),
    ExchangeStatus.OVERDUE: NC_("exchange", "promise overdue"),
    ExchangeStatus.WAIVED: NC_("exchange", "waived"),
    ExchangeStatus.CANCELLED: NC_("exchange", "cancelled"),
}

#: More hours than anybody can serve in a life: what is above was typed wrong.
MOST_HOURS = 100_000


def minutes_of_credits(text: str) -> int:
    """The minutes of a whole number of hours, which may be more than a day has."""
    if not 0 <= (hours := int(text.strip().removesuffix("h").strip())) <= MOST_HOURS:
        raise ValueError(text)
    return hours * 60


def percentage(text: str) -> int:
    """A whole number from 0 to 100."""
    if not 0 <= (number := int(text.strip().removesuffix("%"))) <= 100:
        raise ValueError(text)
    return number


def gift_to(text: str) -> GiftTo:
    """To whom credits may be given; raises ValueError."""
    return GiftTo(text.strip().lower())


# The debt that is allowed is the only lever of mutual credit. It is 0, and a promise with a day takes its
# place: debts without a date are one of the two ways in which such systems die.
CREDIT_LIMIT = Policy(
    "credit_limit",
    N_("So far below zero accounts may go that have no limit of their own"),
    "0",
    minutes_of_credits,
    N_("whole hours"),
    dated=True,
)
# 1,500 hours are the ceiling of Nanjing (2019) and Guangzhou; hoarding is the other way to die.
CREDIT_MAXIMUM = Policy(
    "credit_maximum",
    N_("What posting finds above this balance goes to the pool; 0 for no maximum"),
    "1500",
    minutes_of_credits,
    N_("whole hours"),
    dated=True,
)
PROMISE_LIMIT = Policy(
    "promise_limit",
    N_("So far below zero accounts may go by promises to serve"),
    "20",
    minutes_of_credits,
    N_("whole hours"),
    dated=True,
)
GIFT_TO = Policy(
    "gift_to",
    N_("To whom credits may be given"),
    GiftTo.FAMILY,
    gift_to,
    N_("family, anyone or none"),
)
# Never by default, and never by itself: it is a run that somebody starts after it was announced.
CREDIT_EXPIRY_MONTHS = Policy(
    "credit_expiry_months",
    N_("Months after which credits that were not used expire; 0 for never"),
    "0",
    whole_number,
    N_("months"),
    dated=True,
)
CREDIT_WARN_DAYS = Policy(
    "credit_warn_days",
    N_("Days before credits expire, from which on the worklist says so"),
    "60",
    whole_number,
    N_("days"),
)
# 易存难兑: what was earned in one community and is worth nothing in the next is what people resent most.
MOVE_RECOGNITION = Policy(
    "move_recognition",
    N_("How much of a balance another community recognizes when it is moved there"),
    "100",
    percentage,
    N_("per cent"),
    dated=True,
)
POLICIES = (
    CREDIT_LIMIT,
    CREDIT_MAXIMUM,
    PROMISE_LIMIT,
    GIFT_TO,
    CREDIT_EXPIRY_MONTHS,
    CREDIT_WARN_DAYS,
    MOVE_RECOGNITION,
)
