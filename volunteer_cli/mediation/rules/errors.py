"""Why a step of a mediation is refused; no sentence names a party, for whoever reads it may not know of one."""

from __future__ import annotations

from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_


class TwoParties(RuleError):
    """A mediation needs two parties or more"""

    code = "two_parties"
    hint = N_("Name each of them with --party.")


class Interested(RuleError):
    """{name} is a party of this case, or lives with one, and cannot mediate it"""

    code = "interested"
    hint = N_("Choose another mediator.")
    explanation = N_(
        "A mediator stands between the parties. Who is one of them, or of a party's household, cannot, "
        "however good the intention (in China the People's Mediation Law, art. 15)."
    )


class OwnMatter(RuleError):
    """One of the two is concerned by what the other settles, so they cannot be one person"""

    code = "interested"
    explanation = N_(
        "Which matter it is stands in no message: who has a case is confidential, and whoever makes two people "
        "one need not know of it."
    )


class NoConsent(RuleError):
    """Not every party of {number} has agreed to mediation; still to be asked: {missing}"""

    code = "no_consent"
    hint = N_("Record who agrees: volunteer mediation party {number} NAME --agrees")
    explanation = N_(
        "Mediation is voluntary: no session before every party has agreed to it, and a party's clear "
        "refusal ends it (in China the People's Mediation Law, arts 3 and 17)."
    )


class NotAllAsk(RuleError):
    """{number} can take longer only when all parties ask for it"""

    code = "no_consent"
    hint = N_(
        "If they do, say so: --all-ask. Otherwise end it: volunteer mediation end {number} --reason no_agreement"
    )


class WrongState(RuleError):
    """{number} is {status}; that does not allow this step"""

    code = "wrong_state"
    hint = N_("Look at it: volunteer mediation show {number}")


class NotAgreed(RuleError):
    """{number} has no agreement"""

    code = "not_agreed"
    hint = N_("Record it first: volunteer mediation agree {number}")


class TooLate(RuleError):
    """{number} could be brought to the court until {last}; {day} is later"""

    code = "too_late"
    explanation = N_(
        "Both parties together may ask the court to confirm an agreement within 30 days of the day on which "
        "it takes effect; when the last day is a day off, the next working day is the last "
        "(in China the People's Mediation Law, art. 33)."
    )


class FollowupMissing(RuleError):
    """{number} has not been followed up"""

    code = "followup_missing"
    hint = N_("Ask the parties, and record it: volunteer mediation followup {number} --performed yes")


class TwoMediators(RuleError):
    """A danger was reported on {day}: nobody holds a session of {number} alone"""

    code = "two_people"
    hint = N_("Name both mediators with --mediator.")


class NoTerm(RuleError):
    """{number} has no term {n}"""

    code = "not_agreed"
    hint = N_("Look at them: volunteer mediation show {number} --reveal REASON")


class RevealNeeded(UsageFault):
    """A paper file holds what is confidential"""

    code = "reveal_needed"
    exit_code = 1
    hint = N_("Say why it is printed: --reveal REASON")


class CaseErased(RuleError):
    """The content of {number} was erased"""

    code = "erased"
    hint = N_("Number, kind, dates and outcome are all that is left.")


class TextMissing(UsageFault):
    """Of an oral agreement the content is recorded"""

    code = "missing_value"
    hint = N_("Add --text TEXT.")
