"""A visit as somebody tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from volunteer_cli.care.terms import Method, Outcome, VisitKind
from volunteer_cli.drives.ledger import Goods
from volunteer_cli.drives.models import Drive


@dataclass(frozen=True)
class Draft:
    """A visit as it is told: when, how and for what, who went and who was met, what was given."""

    at: datetime
    visitor_ids: Sequence[int]
    method: Method = Method.DOOR
    outcome: Outcome = Outcome.MET
    kind: VisitKind = VisitKind.CARE
    met_ids: Sequence[int] = ()
    given: Sequence[Goods] = ()
    drive: Drive | None = None
    request_id: int | None = None
    note: str | None = None
    override: str | None = None
    #: Refusals that the override let pass.
    passed: list[str] = field(default_factory=list)
