"""What of drives: gifts by item, and nobody who gave may leave the office."""

from __future__ import annotations

from volunteer_cli.core.exports import Export
from volunteer_cli.drives.models import Drive, StockEntry

STOCK = ("id", "drive_id", "item", "unit", "moved_on", "from_state", "to_state", "quantity")
# The ledger has neither slips nor reasons here: what a piece is and where it went names nobody.
EXPORTS = (
    Export(Drive, ("id", "community_id", "starts_on", "ends_on", "closed_on"), community=Drive.community_id),
    Export(
        StockEntry,
        STOCK,
        community=Drive.community_id,
        day=StockEntry.moved_on,
        joined=lambda _session, query: query.join(Drive, Drive.id == StockEntry.drive_id),
    ),
)
