"""The oracle of a target's result, of the reading word for word, and attempts as it and the command line take them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from volunteer_cli.core.dates import is_working_day

NONE = {"no_answer", "busy", "off", "no_access"}
RESULTS = (
    *("out_of_scope", "vacant", "absent", "done", "refused", "unreached", "blocked", "waiting", "open", "todo"),
)  # fmt: skip


@dataclass
class Attempt:
    """What somebody did, for the oracle."""

    at: datetime
    by: str
    outcome: str
    callback_at: datetime | None = None


@dataclass
class Target:
    """A target, for the oracle."""

    attempts: list[Attempt] = field(default_factory=list)
    excluded_at: datetime | None = None
    blocked_from: datetime | None = None

    def blocked(self, now: datetime) -> bool:
        return self.blocked_from is not None and self.blocked_from.date() <= now.date()


def result(target: Target, now: datetime) -> str:
    """The oracle of the reading, word for word."""
    if target.excluded_at and target.excluded_at <= now:
        return "out_of_scope"
    tried = [each for each in target.attempts if each.at <= now]
    last = tried[-1].outcome if tried else None
    if any(each.outcome == "done" for each in tried):
        return "done"
    if last in {"moved", "not_found", "not_dwelling"}:
        return "out_of_scope"
    if last == "absent":
        return "absent"
    if last == "vacant" and len({each.at.date() for each in tried if each.outcome == "vacant"}) >= 2:
        return "vacant"
    if len({each.by for each in tried if each.outcome == "refused"}) >= 2:
        return "refused"
    if target.blocked(now):
        return "blocked"
    none = [each for each in tried if each.outcome in NONE]
    spread = len({each.at.date() for each in none}) >= 2 and any(
        each.at.hour >= 18 or not is_working_day(each.at.date()) for each in none
    )
    if none and tried[-1] is none[-1] and len(none) >= 3 and spread:
        return "unreached"
    if last == "callback" and (tried[-1].callback_at or now) > now:
        return "waiting"
    return "open" if tried else "todo"


def line(target: int, attempt: Attempt) -> str:
    """The command that records an attempt."""
    words = f"campaign record all {target} --by {attempt.by} --outcome {attempt.outcome}"
    words += f" --method door --on '{attempt.at:%Y-%m-%d %H:%M}'"
    if attempt.outcome == "vacant":
        words += " --evidence meter"
    if attempt.outcome == "done":
        words += " --again 又"
    return f"{words} --callback '{attempt.callback_at:%Y-%m-%d %H:%M}'" if attempt.callback_at else words


OUTCOMES = (
    "no_answer", "busy", "off", "no_access", "vacant", "refused", "callback", "absent", "moved", "not_found",
    "not_dwelling", "partial", "unable", "wrong_number", "done",
)  # fmt: skip
#: Knocks in vain and refusals are what the rule is about; what ends it all comes seldom.
LIKELY = (*OUTCOMES, *NONE, *NONE, *NONE, "vacant", "vacant", "refused", "refused", "callback")
