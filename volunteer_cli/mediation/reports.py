"""The report on mediation: counts and shares, never what a case was about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.mediation.terms import KINDS, SOURCES
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from volunteer_cli.mediation.models import Mediation

COUNTS = (
    "accepted",
    "decided",
    "agreed",
    "ended",
    "within_month",
    "due_agreements",
    "performed",
    "confirmed",
)


def mediation_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """How many cases were accepted and decided, and how, by what was asked for."""
    keys = MEDIATION.row_keys(scope)
    # Asked for no group there is one row, also in a year without a case.
    rows: dict[tuple[Any, ...], Row] = {} if keys else {(): dict.fromkeys(COUNTS, 0)}
    for day, case, counted in _in_period(session, scope):
        named = {key: _key(key, case, day) for key in keys}
        row = rows.setdefault(tuple(named.values()), named | dict.fromkeys(COUNTS, 0))
        for name in counted:
            row[name] += 1
    return in_order([row | _shares(row) for row in rows.values()], keys, "accepted")


def _in_period(session: Session, scope: Scope) -> Iterator[tuple[date, Mediation, list[str]]]:
    """What counts in the period: each figure by a day of its own, so that years can be added up."""
    for day, case, counted in _counted(session, scope):
        if scope.period is None or day in scope.period:
            yield day, case, counted


def _key(name: str, case: Mediation, day: date) -> Any:
    return f"{day:%Y-%m}" if name == "month" else getattr(case, name)


def _counted(session: Session, scope: Scope) -> Iterator[tuple[date, Mediation, list[str]]]:
    """Each case with a day of it and what it counts as on that day: acceptance, decision, court."""
    from volunteer_cli.mediation.queries import cases, settled_agreements

    month = _month_of(session)
    # An agreement says how it was kept once all that it asks for is due.
    kept = settled_agreements(session, scope.as_of)
    for case in cases(session, today=scope.today, community_id=scope.community_id):
        yield case.accepted_on, case, ["accepted"]
        if (decided_on := case.decided_on) is not None and case.outcome is not None:
            in_time = decided_on <= min(case.due_on, month(case.accepted_on))
            yield decided_on, case, _decided(case.outcome, kept.get(case.id), in_time=in_time)
        if case.court == "confirmed" and case.court_decided_on is not None:
            yield case.court_decided_on, case, ["confirmed"]


def _month_of(session: Session) -> Callable[[date], date]:
    """The last day of the month that a case normally takes, by the day of its acceptance."""
    from datetime import timedelta

    from volunteer_cli.core.dates.working_days import rolled
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.mediation.terms import MEDIATION_DAYS

    normal = timedelta(policy_value(session, MEDIATION_DAYS))
    # Days for which all parties asked make a case no quicker.
    return lambda accepted_on: rolled(accepted_on + normal)


def _decided(outcome: str, performed: bool | None, *, in_time: bool) -> list[str]:
    """What a case counts as on the day of its decision; of an agreement that is not all due nothing is known yet."""
    counted = ["decided", outcome]
    counted += ["within_month"] if in_time else []
    counted += ["due_agreements"] if performed is not None else []
    return [*counted, "performed"] if performed else counted


def _shares(row: Row) -> Row:
    return {
        "agreement_rate": _share(row["agreed"], row["decided"]),
        "performance_rate": _share(row["performed"], row["due_agreements"]),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


MEDIATION = Report(
    name="mediation",
    place=60,
    title=N_("Mediation"),
    help=N_("Count cases of mediation and how they were decided."),
    question=N_("How many disputes were mediated, how many were settled, and were the agreements kept?"),
    rows=mediation_rows,
    private=COUNTS,
    chart=Chart("accepted"),
    groups=(
        group("kind", N_("Kind"), N_("What the case is about."), kind=Kind.CHOICE, choices=KINDS),
        group("source", N_("Source"), N_("How the case came."), kind=Kind.CHOICE, choices=SOURCES),
        group("month", N_("Month"), N_("The month of each day that is counted."), kind=Kind.CODE),
    ),
    figures=(
        figure("accepted", N_("Accepted"), Kind.COUNT, N_("Cases accepted in the period.")),
        figure("decided", N_("Decided"), Kind.COUNT, N_("Cases agreed or ended in the period, by that day.")),
        figure("agreed", N_("Agreed"), Kind.COUNT, N_("Of those decided, the ones with an agreement.")),
        figure("ended", N_("Ended"), Kind.COUNT, N_("Of those decided, the ones without.")),
        figure(
            "agreement_rate",
            N_("Agreement rate"),
            Kind.PERCENT,
            N_("Agreed over agreed and ended, by the day of decision."),
            ratio=("agreed", "decided"),
        ),
        figure(
            "within_month",
            N_("Within a month"),
            Kind.COUNT,
            N_(
                "Of those decided, the ones within the policy mediation_days, without days that were asked for."
            ),
        ),
        figure(
            "due_agreements",
            N_("Agreements due"),
            Kind.COUNT,
            N_("Agreements of the period with terms, all of which are due by its last day."),
        ),
        figure(
            "performed",
            NC_("agreements", "Performed"),
            Kind.COUNT,
            N_("Of these, the ones of which every term was performed."),
        ),
        figure(
            "performance_rate",
            N_("Performance rate"),
            Kind.PERCENT,
            N_("Performed over agreements due."),
            ratio=("performed", "due_agreements"),
        ),
        figure(
            "confirmed", N_("Confirmed"), Kind.COUNT, N_("Agreements that the court confirmed in the period.")
        ),
    ),
)
REPORTS = (MEDIATION,)
