"""Why a target has its result, and why it is, or is not, dealt now, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from volunteer_cli.campaigns.terms import NO_CONTACT, OUTCOMES, Obstacle, Outcome, Result
from volunteer_cli.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from volunteer_cli.campaigns.queries.results import Limits


def why(row: Any, limits: Limits) -> str:
    """Why a target has its result."""
    return _WHY.get(row.result, _open)(row, limits)


def _out_of_scope(row: Any, _limits: Limits) -> str:
    if row.excluded_at is not None:
        return _("excluded from the list")
    if row.last_outcome in (Outcome.MOVED, Outcome.NOT_FOUND, Outcome.NOT_DWELLING):
        return _(OUTCOMES[row.last_outcome])
    return _("the record is out of use")


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)


def _vacant(row: Any, _limits: Limits) -> str:
    return _("found vacant on {days}").format(days=_days(row.vacancies))


def _refused(row: Any, _limits: Limits) -> str:
    sentence = ngettext("refused to {count} person", "refused to {count} people", row.refusals)
    return sentence.format(count=row.refusals)


def _unreached(row: Any, _limits: Limits) -> str:
    sentence = ngettext("{count} attempt without contact", "{count} attempts without contact", row.missed)
    return sentence.format(count=row.missed)


def _waiting(row: Any, _limits: Limits) -> str:
    return _("a call is promised for {time}").format(time=f"{row.next_at:%Y-%m-%d %H:%M}")


def _open(row: Any, limits: Limits) -> str:
    """What is missing until an open target is finished."""
    if row.last_outcome in NO_CONTACT:
        return _not_yet_unreached(row, limits)
    if row.last_outcome == Outcome.VACANT:
        needed = _days(limits.vacancies)
        return _("found vacant on {days}; {needed} are needed").format(
            days=_days(row.vacancies), needed=needed
        )
    if row.last_outcome == Outcome.REFUSED:
        sentence = _("{refused}; final after {count}")
        return sentence.format(refused=_refused(row, limits), count=limits.refusals)
    return _("the last attempt: {outcome}").format(outcome=_(OUTCOMES[row.last_outcome]))


def _not_yet_unreached(row: Any, limits: Limits) -> str:
    tries = _unreached(row, limits)
    if row.missed < limits.attempts:
        return _("{tries}; unreached after {count}").format(tries=tries, count=limits.attempts)
    if row.missed_days < 2:
        return _("{tries}, all of one day; another day is still to be tried").format(tries=tries)
    return _("{tries}; evening or day off is still to be tried").format(tries=tries)


_WHY: Mapping[str, Callable[[Any, Limits], str]] = {
    Result.OUT_OF_SCOPE: _out_of_scope,
    Result.VACANT: _vacant,
    Result.ABSENT: lambda _row, _limits: _("registered there, living elsewhere for now"),
    Result.DONE: lambda _row, _limits: _("done in an attempt"),
    Result.REFUSED: _refused,
    Result.BLOCKED: lambda _row, _limits: _("does not want to be contacted"),
    Result.UNREACHED: _unreached,
    Result.WAITING: _waiting,
    Result.TODO: lambda _row, _limits: _("not tried yet"),
}


def standing(obstacle: str | None, row: Any, holder: str | None, until: datetime | None) -> str:
    """What stands against dealing a target now, or that nothing does."""
    if row.result not in (Result.TODO, Result.OPEN, Result.WAITING, Result.BLOCKED):
        return _("It is finished, so it is not dealt.")
    if obstacle == Obstacle.LEASED and holder and until:
        return _("It is with {holder} until {until}.").format(holder=holder, until=f"{until:%Y-%m-%d %H:%M}")
    return _(_STANDING[obstacle])


_STANDING: Mapping[str | None, str] = {
    None: N_("Nothing stands against it: it is dealt in its turn."),
    Obstacle.NO_ROUND: N_("Its stage has no round today."),
    Obstacle.LEASED: N_("Its household, or a number of it, is with somebody else."),
    Obstacle.WAITING: N_("It waits for the call that was promised."),
    Obstacle.BLOCKED: N_("It does not want to be contacted."),
    Obstacle.RESTING: N_(
        "It was tried, or reached, too lately: see the policies attempt_gap_hours and contact_gap_hours."
    ),
    Obstacle.WITHOUT_NUMBER: N_("There is no number to call it under."),
    Obstacle.NOT_INDEPENDENT: N_("It must be re-checked by somebody else."),
}
