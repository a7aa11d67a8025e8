"""The flow of requests: open before + received + reopened + split = closed + rejected + merged + open after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from volunteer_cli.requests.counting import Asked, flow_counts
from volunteer_cli.requests.terms import Step

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


#: The figure of what happened, by its name among the steps.
COMING = {"received": "received", Step.REOPEN: "reopened", Step.SPLIT: "split"}
GOING = {Step.CLOSE: "closed", Step.REJECT: "rejected", Step.MERGE: "merged"}
#: Stands for the whole period.
WHOLE = "all"
FIGURES = (*COMING.values(), *GOING.values())
Row: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[Any, ...]


def flow_rows(session: Session, scope: Asked, names: Sequence[str]) -> Iterator[Row]:
    """One row a month, or of the whole period, for each value of what else was asked for."""
    others = [name for name in names if name != "month"]
    monthly = "month" in names
    counts = _counts(session, scope, others, monthly=monthly)
    for key, by_month in counts.items():
        named = dict(zip(others, key, strict=True))
        for month, row in _rows(by_month, monthly=monthly):
            yield named | ({"month": month} if monthly else {}) | row


def _counts(
    session: Session, scope: Asked, names: Sequence[str], *, monthly: bool
) -> dict[Key, dict[str, Counter[str]]]:
    """How often each thing happened, by key and month; what lies before the period stands under no month."""
    # Asked for neither groups nor months there is one row, also where nothing ever came in.
    counts: dict[Key, dict[str, Counter[str]]] = {} if names or monthly else {(): {}}
    for month, what, *key, count in flow_counts(session, scope, names):
        # Without months the whole period is one.
        place = month if monthly or not month else WHOLE
        by_month = counts.setdefault(tuple(key), {})
        by_month.setdefault(place, Counter())[(COMING | GOING)[what]] += count
    return counts


def _rows(by_month: Mapping[str, Counter[str]], *, monthly: bool) -> Iterator[tuple[str, Row]]:
    """The months in their order, each beginning with what was open at the end of the one before."""
    before = _balance(by_month.get("", Counter()))
    months = sorted(month for month in by_month if month)
    # Of a period in which nothing happened what is open still stands.
    for month in months or ([] if monthly else [WHOLE]):
        counts = by_month.get(month, Counter())
        after = before + _balance(counts)
        figures = {name: counts[name] for name in FIGURES}
        yield month, {"open_before": before, **figures, "open_after": after}
        before = after


def _balance(counts: Counter[str]) -> int:
    coming = sum(counts[name] for name in COMING.values())
    return coming - sum(counts[name] for name in GOING.values())
