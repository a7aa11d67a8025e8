"""Reports on credits and promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.exchange.terms import ENTRY_KINDS
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Exported, Report, Row, Scope, figure, group
from volunteer_cli.reporting.ordering import in_order

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from volunteer_cli.exchange.promises import Promise

MINUTES = (
    "earned",
    "granted",
    "spent",
    "given",
    "donated",
    "expired",
    "moved_in",
    "moved_out",
    "outstanding",
)
#: The figure of entries of a kind, and whether they add to it or take from it.
FIGURES = {
    "earn": ("earned", 1),
    "correct": ("earned", -1),
    "grant": ("granted", 1),
    "spend": ("spent", 1),
    "refund": ("spent", -1),
    "gift": ("given", 1),
    "donate": ("donated", 1),
    "surplus": ("donated", 1),
    "expire": ("expired", 1),
    "close": ("donated", 1),
    "move_in": ("moved_in", 1),
    "move_out": ("moved_out", 1),
}


def credit_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """What was earned, spent and moved in the period, by what was asked for."""
    from volunteer_cli.exchange.movements import movements, participants

    keys = CREDITS.row_keys(scope)
    names = tuple(name.removesuffix("_id") for name in keys)
    asked: dict[str, Any] = {"period": scope.period, "community_id": scope.community_id}
    # Asked for no group there is one row, also where nothing was ever booked.
    rows: dict[tuple[Any, ...], Row] = {} if keys else {(): _blank((), ())}
    for movement in movements(session, names, **asked):
        _count(rows.setdefault(movement.keys, _blank(keys, movement.keys)), movement)
    for part in participants(session, names, **asked):
        row = rows.setdefault(part.keys, _blank(keys, part.keys))
        row["holders"], row["never_spent"] = part.holders, part.never_spent
    counted = [row | {"turnover": _share(row["spent"], row["earned"])} for row in rows.values()]
    return in_order(counted, keys, "earned")


def _blank(keys: Sequence[str], values: Sequence[Any]) -> Row:
    return dict(zip(keys, values, strict=True)) | dict.fromkeys((*MINUTES, "holders", "never_spent"), 0)


def _count(row: Row, movement: Any) -> None:
    """Add a sum of entries: to the figure of its kind, and to what people hold."""
    name, sign = FIGURES[movement.kind]
    backwards = -1 if movement.reverses else 1
    between_people = movement.net == 0
    # Between people it is the same from both sides; to and from the pool the direction tells its sign.
    minutes = movement.minutes if between_people or name not in DIRECTED else abs(movement.net)
    if movement.kind in DIRECTED_KINDS and movement.net:
        sign = DIRECTED_KINDS[movement.kind] * (1 if movement.net > 0 else -1) * backwards
    if movement.kind == "close" and between_people:
        minutes = 0
    row[name] += sign * backwards * minutes
    row["outstanding"] += movement.net


DIRECTED = frozenset({"donated", "moved_in", "moved_out"})
#: Kinds that may go either way, for a debt is moved as well: the direction that counts as more.
DIRECTED_KINDS = {"move_in": 1, "move_out": -1, "close": -1}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None


CREDITS = Report(
    name="credits",
    place=70,
    title=N_("Credits"),
    help=N_("Count what was earned and spent of credits."),
    question=N_("Are credits for service spent, or only saved?"),
    rows=credit_rows,
    exported=Exported(("month", "community", "kind"), ("holders", "never_spent")),
    chart=Chart("earned"),
    groups=(
        group("month", N_("Month"), N_("The month in which entries were booked."), kind=Kind.CODE),
        group("community", N_("Community"), N_("The community of the accounts."), reference=True),
        group(
            "kind",
            N_("Kind"),
            N_("The kind of the entries; a reversal counts as what it takes back."),
            kind=Kind.CHOICE,
            choices=ENTRY_KINDS,
        ),
    ),
    figures=(
        figure(
            "earned",
            NC_("account", "Earned"),
            Kind.MINUTES,
            N_("Booked for service, less what was corrected."),
        ),
        figure("granted", NC_("account", "Granted"), Kind.MINUTES, N_("Given by the pool.")),
        figure(
            "spent", NC_("account", "Spent"), Kind.MINUTES, N_("Paid for places and services, less refunds.")
        ),
        figure("given", NC_("account", "Given"), Kind.MINUTES, N_("Given from person to person.")),
        figure(
            "donated",
            NC_("account", "Donated"),
            Kind.MINUTES,
            N_(
                "Given to the pool, what was above the maximum and what was left of closed accounts included."
            ),
        ),
        figure("expired", NC_("account", "Expired"), Kind.MINUTES, N_("Not used in time.")),
        figure("moved_in", NC_("account", "Moved in"), Kind.MINUTES, N_("Brought from other communities.")),
        figure("moved_out", NC_("account", "Moved out"), Kind.MINUTES, N_("Taken to other communities.")),
        figure(
            "outstanding",
            NC_("account", "Outstanding"),
            Kind.MINUTES,
            N_("What these entries left with people; without a period all that people hold."),
        ),
        figure(
            "holders",
            NC_("account", "Holders"),
            Kind.COUNT,
            N_("People whose accounts have such entries."),
            total=False,
        ),
        figure(
            "never_spent",
            NC_("account", "Never spent"),
            Kind.COUNT,
            N_("Those of them who have never spent up to now."),
            total=False,
        ),
        figure(
            "turnover",
            NC_("account", "Turnover"),
            Kind.PERCENT,
            N_("Spent over earned."),
            total=False,
            ratio=("spent", "earned"),
            over=(),
        ),
    ),
)


# --- promises ------------------------------------------------------------


def promise_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """What became of the promises that were made in the period."""
    row: Row = dict.fromkeys(("made", "kept", "late", "open", "overdue", "minutes"), 0)
    for promise, late in _judged(session, scope):
        row["made"] += 1
        row["minutes"] += promise.exchange.minutes
        row[_outcome(promise, scope.today, late=late)] += 1
    return [row]


def _outcome(promise: Promise, today: date, *, late: bool) -> str:
    if promise.outstanding:
        return "overdue" if promise.until < today else "open"
    return "late" if late else "kept"


def _judged(session: Session, scope: Scope) -> Iterator[tuple[Promise, bool]]:
    """The promises of the period, each with whether something was owed when its day had passed."""
    from volunteer_cli.exchange.promises import standing

    for promise in standing(session):
        made = promise.exchange.booked_on
        here = scope.community_id in (None, promise.exchange.community_id)
        if here and (scope.period is None or made in scope.period):
            yield promise, promise.until < scope.today and _was_owed(session, promise)


def _was_owed(session: Session, promise: Promise) -> bool:
    from volunteer_cli.exchange.promises import standing

    then = standing(session, [promise.exchange.payer_id], promise.until)
    return any(each.outstanding for each in then if each.exchange.id == promise.exchange.id)


PROMISES = Report(
    name="promises",
    place=71,
    title=N_("Promises"),
    help=N_("Count promises to serve and what became of them."),
    question=N_("Do people serve for what they took on a promise?"),
    rows=promise_rows,
    single=True,
    figures=(
        figure(
            "made",
            NC_("promises", "Made"),
            Kind.COUNT,
            N_("Promises made in the period that were neither cancelled nor waived."),
        ),
        figure("kept", NC_("promises", "Kept"), Kind.COUNT, N_("Of these, served for by their day.")),
        figure("late", NC_("promises", "Late"), Kind.COUNT, N_("Of these, served for after their day.")),
        figure(
            "open", NC_("promises", "Open"), Kind.COUNT, N_("Of these, still owed, their day not passed.")
        ),
        figure(
            "overdue", NC_("promises", "Overdue"), Kind.COUNT, N_("Of these, still owed after their day.")
        ),
        figure("minutes", NC_("account", "Credits"), Kind.MINUTES, N_("What was promised in all.")),
    ),
)
REPORTS = (CREDITS, PROMISES)
