"""What of credits: accounts without names, and entries without reasons may leave the office."""

from __future__ import annotations

from volunteer_cli.core.exports import Export
from volunteer_cli.exchange.models import CreditAccount, CreditEntry

ACCOUNT = ("id", "community_id", "person_id", "counts_from", "frozen_on", "archived_on")
ENTRY = ("id", "community_id", "booked_on", "kind", "from_id", "to_id", "minutes", "reverses_id")
EXPORTS = (
    Export(CreditAccount, ACCOUNT, community=CreditAccount.community_id),
    Export(CreditEntry, ENTRY, community=CreditEntry.community_id, day=CreditEntry.booked_on),
)
