"""Why something cannot be booked, one class for each reason."""

from __future__ import annotations

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_


class NoAccount(RuleError):
    """{person} has no account of credits in {community}"""

    code = "no_account"
    hint = N_("Open one: volunteer account add {person_id} --community {code_typed}")


class InsufficientCredit(RuleError):
    """{account} has {balance}; {minutes} would go below {floor}, {missing} are missing"""

    code = "insufficient_credit"
    hint = N_("See what can be spent: volunteer account show {account_typed}")
    explanation = N_(
        "An account goes no further below zero than its limit. Earn more first (volunteer account post books "
        "what was confirmed), or take a place on a promise to serve: --promise --until DATE."
    )


class CanPromise(InsufficientCredit):
    """{account} has {balance}; {minutes} would go below {floor}, {missing} are missing"""

    hint = N_("Take it on a promise to serve: add --promise --until DATE")


class PromiseLimit(RuleError):
    """{account} has {balance}; {minutes} more would be promised beyond {floor}"""

    code = "promise_limit"
    hint = N_("Serve first, or look at the policy promise_limit: volunteer policy list")


class PromiseOverdue(RuleError):
    """{payer} promised to serve until {until}, and {outstanding} of it are still owed"""

    code = "promise_overdue"
    hint = N_(
        "See the exchange: volunteer exchange show {exchange}; a leader may pass it with --override REASON"
    )


class BadDeadline(RuleError):
    """{day} is not after today"""

    code = "bad_deadline"
    hint = N_("A promise is for a day that lies ahead: --until DATE")


class NotFamily(RuleError):
    """{giver} and {receiver} are not of one family as far as is on file"""

    code = "not_family"
    hint = N_(
        "Guardian and ward, or the same building, unit and room; otherwise with --override REASON, or set the policy gift_to"
    )


class GiftsOff(RuleError):
    """Credits are not given from person to person here"""

    code = "gifts_off"
    hint = N_("Donate to the pool: volunteer account donate {account} --hours DURATION")


class OtherCommunity(RuleError):
    """The accounts of {giver} and {receiver} are in different communities"""

    code = "other_community"
    hint = N_("Move one of them first: volunteer account move PERSON --to COMMUNITY")


class SameAccount(RuleError):
    """{account} would give to itself"""

    code = "same_account"


class AccountFrozen(RuleError):
    """{account} is frozen: it earns, and does not spend"""

    code = "account_frozen"
    hint = N_("Let it spend again: volunteer account unfreeze {account_typed} --reason TEXT")


class AccountArchived(RuleError):
    """{account} is archived"""

    code = "archived"
    hint = N_("Bring it back: volunteer account restore {account_typed}")


class AccountNotEmpty(RuleError):
    """{account} has {balance}, and promises of {promised}"""

    code = "account_not_empty"
    hint = N_(
        "Give or donate what is left, or waive what is owed: volunteer account donate {account_typed} --hours DURATION"
    )


class AlreadyReversed(RuleError):
    """Entry {entry} was reversed already, or is a reversal itself"""

    code = "already_reversed"


class CorrectHours(RuleError):
    """What hours have booked is mended at the hours: entry {entry}"""

    code = "correct_hours"
    hint = N_("Correct or void record {hours}, then post: volunteer hours correct {hours} --reason TEXT")


class CancelExchange(RuleError):
    """What an exchange has booked is mended there: entry {entry}"""

    code = "cancel_exchange"
    hint = N_("Cancel it: volunteer exchange cancel {exchange} --reason TEXT")


class NotReversible(RuleError):
    """Entry {entry} moved or closed an account, and cannot be reversed alone"""

    code = "not_reversible"
    hint = N_("Move the account back: volunteer account move PERSON --to COMMUNITY")


class BeforeLastEntry(RuleError):
    """{account} has an entry of {last}; nothing can be booked before it, on {day}"""

    code = "before_last_entry"
    explanation = N_(
        "What an account held on a past day never changes, so that nothing is booked before its last entry."
    )


class EntriesSince(RuleError):
    """{account} has later entries; this one cannot be taken back any more"""

    code = "entries_since"
    hint = N_("Reverse it instead: volunteer account reverse {entry} --reason TEXT")


class StatementIssued(RuleError):
    """Statement {number} with this entry has been handed out"""

    code = "issued"
    hint = N_("Reverse the entry instead: volunteer account reverse {entry} --reason TEXT")


class NoExpiry(RuleError):
    """Credits do not expire here"""

    code = "no_expiry"
    hint = N_("If they shall: volunteer policy set credit_expiry_months N --from DATE")


class NotPriced(RuleError):
    """{event} has no price"""

    code = "not_priced"
    hint = N_("Give it one: volunteer exchange price {event_id} --hours DURATION")


class AlreadyTaken(RuleError):
    """{person} has taken a place at {event} already: exchange {exchange}"""

    code = "already_taken"


class TooLate(RuleError):
    """{event} has begun, and exchange {exchange} cannot be cancelled any more"""

    code = "too_late"
    explanation = N_("A place is refunded in full until the event begins, or when the event was cancelled.")


class NothingOwed(RuleError):
    """Of exchange {exchange} nothing is owed"""

    code = "nothing_owed"
