"""Why a step of a request is refused."""

from __future__ import annotations

from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_


class Merged(RuleError):
    """{number} is part of {survivor} by now"""

    code = "merged"
    hint = N_("Do it there, or take it out again: volunteer request split {number}")
    explanation = N_(
        "Several reports of one cause are one matter, with one lead and one clock. The number of one that was "
        "merged goes on to work: what is noted or answered under it goes to the matter that stayed."
    )


class WrongState(RuleError):
    """{number} is {status}; that does not allow this step"""

    code = "wrong_state"
    hint = N_("Look at it: volunteer request show {number}")


class RequestClosed(RuleError):
    """{number} is closed"""

    code = "request_closed"
    hint = N_(
        "Reopen it: volunteer request reopen {number} --reason TEXT. Or register it anew with --recurs {number}"
    )


class NotAssigned(RuleError):
    """{number} has no lead"""

    code = "not_assigned"
    hint = N_("Assign it first: volunteer request assign {number} --to THING")


class Interested(RuleError):
    """{number} is a tip-off about {name}, and never goes there"""

    code = "interested"
    hint = N_("Assign it to somebody else.")
    explanation = N_(
        "A tip-off never goes to whom it is about, nor is the caller shown to them "
        "(Jinan's hotline regulations, arts 29 and 32)."
    )


class ReturnClosed(RuleError):
    """{number} was assigned for good and cannot be returned"""

    code = "return_closed"
    hint = N_("Ask for help instead: volunteer request escalate {number} --to THING --reason TEXT")
    explanation = N_(
        "A return is decided once; after that there is no second one, and whoever has it leads until it is "
        "finished (Weifang's hotline regulations, art. 22)."
    )


class TooLate(RuleError):
    """The last day for this was {last}; {day} is later"""

    code = "too_late"


class CallbackMissing(RuleError):
    """Callers of {number} have not been reached, nor tried often enough: {callers}"""

    code = "callback_missing"
    hint = N_("Call them: volunteer request callback {number} --caller N --solved yes, or --unreached")
    explanation = N_(
        "Closed means that every caller who wanted an answer was asked whether it is solved, or tried so often as "
        "the policy callback_attempts says, on two days at least."
    )


class Unsolved(RuleError):
    """Callers of {number} say that it is not solved: {callers}"""

    code = "unsolved"
    hint = N_(
        "Do it again: volunteer request reopen {number} --reason TEXT. Or close it as explained: --explained REASON"
    )


class TooManyExtensions(RuleError):
    """{number} cannot be extended so: at most so often: {extensions}, by so many working days: {days}"""

    code = "too_many_extensions"


class LeadsRequests(RuleError):
    """{name} leads open requests: {numbers}"""

    code = "leads_requests"
    hint = N_("Hand them over first: volunteer request assign {first} --to THING")


class BadUntil(RuleError):
    """{until} is not after {day}"""

    code = "bad_date"
    hint = N_("Name a later day.")


class ExactlyOne(UsageFault):
    """Give one of these, and not more than one: {choices}"""

    code = "bad_choice"


class WhichCaller(UsageFault):
    """Several callers of {number} wait: {callers}"""

    code = "missing_value"
    hint = N_("Say which, by number or name: --caller CALLER")


class NoCaller(RuleError):
    """{number} has no caller {n}"""

    code = "not_found"
    exit_code = 4
    hint = N_("Look at them: volunteer request show {number}")
