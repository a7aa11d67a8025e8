"""Priced events with places that nobody has paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _unpaid(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.core.database import day_of
    from volunteer_cli.events.models import Event
    from volunteer_cli.exchange.models import EventPrice
    from volunteer_cli.exchange.places import unpaid_places

    among: list[Any] = [Event.id.in_(select(EventPrice.event_id))]
    if scope.period is not None:
        among.append(day_of(Event.starts_at).between(scope.period.first, scope.period.last))
    if scope.community_id is not None:
        among.append(Event.community_id == scope.community_id)
    lacking = unpaid_places().with_only_columns(Event.id)
    return Event, among, Event.id.in_(lacking)


FLAWS = (Flaw("place_unpaid", N_("Priced events with places that nobody has paid for"), _unpaid),)
