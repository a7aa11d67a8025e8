"""Drives: what stock and a trace cost beside hand-written SQL, and a gift beside one in an empty drive."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .filling import TODAY, Sizes
from .measure import Result

#: The same answer as `drive stock`: pieces by item, unit and state, and which of them are approximate.
STOCK = """
SELECT item, unit, from_state, to_state, sum(quantity) FROM stock_entry
WHERE drive_id = 1 {until} GROUP BY item, unit, from_state, to_state;
SELECT line.direction, entry.item, entry.unit, from_state, to_state, sum(quantity)
FROM slip_line line JOIN stock_entry entry ON entry.line_id = line.id
WHERE line.drive_id = 1 AND line.direction IS NOT NULL {until} GROUP BY line.direction, entry.item, entry.unit, from_state, to_state;
"""
#: The same answer as `drive trace`: the slip, its lines, all its entries with box, shipment and signature.
TRACE = """
SELECT slip.*, person.name FROM slip LEFT JOIN person ON person.id = donor_person_id WHERE slip.id = {slip};
SELECT entry.*, box.label, shipment.code, shipment.delivered_on, shipment.signed_by, recipient.name
FROM slip_line line JOIN stock_entry entry ON entry.line_id = line.id
LEFT JOIN box ON box.id = entry.box_id LEFT JOIN shipment ON shipment.id = box.shipment_id
LEFT JOIN organization recipient ON recipient.id = shipment.recipient_id
WHERE line.slip_id = {slip} ORDER BY moved_on, entry.id;
"""
DAY = "2024-06-30"


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 5 names."""
    big, small = context.databases.drives(), context.databases.drives(small=True)
    sizes = context.databases.full
    size = f"{sizes.slips:,} slips and about {sizes.slips * 5:,} entries"
    for words, sql in asked(sizes):
        name = f"volunteer {' '.join(words)}"
        ours = context.volunteer(*words, database=big, name=name, today=TODAY)
        # The same command on next to nothing is what starting costs it.
        start = context.volunteer(*words, database=small, name="start-up", today=TODAY)
        beside = context.sqlite("sqlite3, SQL by hand", sql, big)
        yield context.within(1.3, f"{name}, {size}", ours, beside, less=start)
    yield receiving(context, size)


def asked(sizes: Sizes) -> Iterator[tuple[tuple[str, ...], str]]:
    """Commands with the SQL that answers the same."""
    slip = sizes.slips // 2
    yield ("drive", "stock", "winter"), STOCK.format(until="")
    yield ("drive", "stock", "winter", "--as-of", DAY), STOCK.format(until=f"AND moved_on <= '{DAY}'")
    yield ("drive", "trace", str(min(slip, 50))), TRACE.format(slip=min(slip, 50))


def receiving(context: Context, size: str) -> Result:
    """A gift, in a dry run so that it can be done again."""
    words = ("drive", "receive", "winter", "--anonymous", "--item", "衣物=12件", "--dry-run")
    ours, empty = (
        context.volunteer(*words, database=context.databases.drives(small=small), name=name, today=TODAY)
        for small, name in ((False, "volunteer drive receive"), (True, "almost empty drive"))
    )
    return context.within(1.2, f"volunteer drive receive, {size}", ours, empty)
