"""Why something is refused in a campaign."""

from __future__ import annotations

from volunteer_cli.core.errors import Conflict, NotFound, RuleError, UsageFault
from volunteer_cli.core.i18n import N_


class NotOpen(RuleError):
    """Campaign {name} has no list yet"""

    code = "not_open"
    hint = N_("Open it, which freezes its list: volunteer campaign open {code}")
    explanation = N_(
        "Nobody is dealt or recorded before it is settled who is on the list, and in which stage."
    )


class CampaignClosed(RuleError):
    """Campaign {name} is over since {day}"""

    code = "campaign_closed"
    hint = N_("A closed one goes on with: volunteer campaign reopen {code}")
    explanation = N_("What was found in a campaign stands once it is closed, and no new attempts come to it.")


class NotTarget(RuleError):
    """{thing} is not on the list of {campaign}"""

    code = "not_a_target"
    hint = N_(
        "Put it there: volunteer campaign include {code} THING. The list: volunteer campaign targets {code}"
    )


class CoverageOnly(RuleError):
    """{name} only counts who was reached: it takes no questions, answers or notes"""

    code = "coverage_only"
    explanation = N_(
        "Data of a census by which people can be told serve nothing else (in China Regulations on the "
        "national census, art. 33), so a campaign marked --coverage-only keeps that somebody was reached and no more."
    )


class HasAnswers(RuleError):
    """Question {question} has been answered, and is fixed since then"""

    code = "has_answers"
    hint = N_(
        "Ask something else under another code: volunteer campaign question {code} CODE TEXT --type TYPE"
    )


class Leased(RuleError):
    """{target} is with {holder} until {until}"""

    code = "leased"
    hint = N_(
        "Record it for whoever has it, with --by, or take it back: volunteer campaign giveback {code} {id}"
    )
    explanation = N_(
        "A household, and a phone number, is with one caller at a time, so that nobody is called twice in an evening."
    )


class AlreadyDone(RuleError):
    """{target} is done already, since {day}"""

    code = "already_done"
    hint = N_("If it had to be done once more, say why: --again REASON")


class Blocked(RuleError):
    """{target} does not want to be contacted"""

    code = "blocked"
    hint = N_(
        "An urgent campaign may pass with --override REASON, which is kept. To lift it: volunteer household unblock {thing}"
    )
    explanation = N_(
        "Who asked not to be contacted stays on the list and in its denominators; only an urgent campaign may pass over it."
    )


class EvidenceMissing(RuleError):
    """What proves that {target} is vacant is missing"""

    code = "evidence_missing"
    hint = N_("Say what was looked at: --evidence meter, light, neighbour or property")
    explanation = N_(
        "An empty flat is proved: by its meters, by windows and light, by neighbours or the property firm."
    )


class CallbackNeeded(RuleError):
    """When {target} is to be called again is missing"""

    code = "callback_needed"
    hint = N_("Say when, after the call itself: --callback '2026-07-01 18:00'")


class NotIndependent(RuleError):
    """{person} was at {target} before, and cannot check it"""

    code = "not_independent"
    explanation = N_("A re-check is made by somebody else than the first result, or it proves nothing.")


# --- beside those of the contract ------------------------------------------------------------


class NoStage(NotFound):
    """{campaign} has no stage '{name}'"""

    hint = N_("Its stages: volunteer campaign show {code}")


class NoQuestion(NotFound):
    """{campaign} asks no question '{name}'"""

    hint = N_("Its questions: volunteer campaign show {code}")


class StageTaken(Conflict):
    """{campaign} has a stage '{name}' already"""


class NotRunning(RuleError):
    """{name} is {status}"""

    code = "wrong_state"
    hint = N_("Where it stands: volunteer campaign show {code}")


class NobodySaid(UsageFault):
    """Nobody has {target}, so who made the attempt must be said"""

    code = "missing_answer"
    hint = N_("Name the person: --by PERSON")


class BadCondition(UsageFault):
    """'{value}' is no condition of a stage"""

    code = "bad_choice"
    hint = N_(
        "Write KEY=VALUE with one of tag, occupancy, grid, building, min_age, result or answer:CODE, like tag=elder_alone."
    )


class BadAnswer(RuleError):
    """'{value}' is no answer to {question}: {choices}"""

    code = "bad_choice"


class BadOutcome(RuleError):
    """'{value}' is not one outcome; the choices are: {choices}"""

    code = "bad_outcome"
    explanation = N_(
        "What cannot be read is refused and never taken for something worse: a slip of the pen would burn a good number."
    )


class OtherHousehold(Conflict):
    """Number {target} of the list is {household}, and beside it stands {value}"""

    hint = N_(
        "A column was sorted without the others, or a cell was overwritten: put number and household together again."
    )


class NothingNamed(UsageFault):
    """Whose targets are given back must be said"""

    code = "usage"
    hint = N_("Name a person with --from, or the targets.")


class ReasonMissing(UsageFault):
    """Why a target is excluded must be said"""

    code = "missing_answer"
    hint = N_("Say why: --reason TEXT")


class CampaignNeeded(UsageFault):
    """Which campaign the rows are of must be said"""

    code = "missing_answer"
    hint = N_("Name it: --campaign CAMPAIGN")
