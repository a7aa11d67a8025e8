"""Why a visit is refused."""

from __future__ import annotations

from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_


class SameVisit(RuleError):
    """{household} has this visit of {day} already: {id}"""

    code = "duplicate"
    hint = N_(
        "Look at it: volunteer visit show {id}. If it is wrong: volunteer visit void {id} --reason TEXT"
    )


class SamePlan(RuleError):
    """{household} has a plan for {day} already: {id}"""

    code = "duplicate"
    hint = N_("Look at it: volunteer visit show {id}. To drop it: volunteer visit cancel {id} --reason TEXT")


class NobodyMet(RuleError):
    """Nobody was met at {household}, so nothing can have been given and nobody can be named"""

    code = "nobody_met"
    hint = N_("Leave out --give and --met, or say --outcome met.")
    explanation = N_(
        "Goods go from hand to hand: a bag left at a closed door has been given to nobody, and stays in stock."
    )


class TwoPeople(RuleError):
    """A visit like this to {household} needs two people at the door"""

    code = "two_people"
    hint = N_("Name both with --by, or let it pass with --override REASON, which is kept.")
    explanation = N_(
        "Visits of the kinds in the policy two_people_kinds, and those to a household marked with "
        "--two-people, are made by two people, for the safety and the good name of everybody."
    )


class OverLimit(RuleError):
    """{household} would get {quantity} {unit} of {item} within {days} days; the limit is {limit}"""

    code = "over_limit"
    counted = "days"
    one = "{household} would get {quantity} {unit} of {item} within {days} day; the limit is {limit}"
    hint = N_("A leader may let it pass with --override REASON, which is kept.")
    explanation = N_(
        "How much a household may get of an item, of all drives together, is the policy supply_limits."
    )


class NotPlan(RuleError):
    """Visit {id} took place; only a plan is cancelled"""

    code = "wrong_state"
    hint = N_("If it never took place: volunteer visit void {id} --reason TEXT")


class IsPlan(RuleError):
    """{id} is a plan; it never took place"""

    code = "wrong_state"
    hint = N_("To drop it: volunteer visit cancel {id} --reason TEXT")


class AlreadyOut(RuleError):
    """{id} was taken back already, on {day}"""

    code = "wrong_state"


class NoAlarm(RuleError):
    """There is no alarm at {household}"""

    code = "no_alarm"
    hint = N_("Where there are some: volunteer visit due --alarm")


class FromWithoutGoods(UsageFault):
    """--from says where goods come from, and none are named"""

    code = "usage"
    hint = N_("Say what was given: --give rice=1bag")
