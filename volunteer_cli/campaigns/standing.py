"""Where one target stands: its result, and what is between it and being dealt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.campaigns.explaining import standing
from volunteer_cli.campaigns.models import Campaign
from volunteer_cli.campaigns.queries.dealing import Wish, locks, unfinished
from volunteer_cli.campaigns.queries.finding import current_parts
from volunteer_cli.campaigns.queries.leases import leases
from volunteer_cli.campaigns.queries.listing import target_rows
from volunteer_cli.people.queries import person_names


@dataclass(frozen=True)
class Standing:
    """A target, and what stands against dealing it now."""

    row: Any
    obstacle: str | None
    says: str

    def __getattr__(self, name: str) -> Any:
        """What is known of the target itself."""
        return getattr(self.row, name)


def standing_of(session: Session, campaign: Campaign, target_id: int, now: datetime) -> Standing:
    """The target in the stage in which it is worked, and what stands against dealing it to anybody."""
    parts = [replace(part, targets=(target_id,)) for part in current_parts(session, campaign, now)]
    row = [row for part in parts for row in target_rows(session, part, now)][-1]
    # To anybody: the locks of all leases count, also those of whoever asks.
    wish = Wish(now, among=(target_id,), locks=locks(session, now, None))
    waiting = list(unfinished(session, campaign, wish))
    obstacle = waiting[-1].obstacle if waiting else None
    return Standing(row, obstacle, standing(obstacle, row, *_holder(session, target_id, now)))


def _holder(session: Session, target_id: int, now: datetime) -> tuple[str | None, datetime | None]:
    """Who has a target until when."""
    lease = leases(session, [target_id], now).get(target_id)
    if lease is None:
        return None, None
    return person_names(session, [lease.person_id]).get(lease.person_id), lease.until
