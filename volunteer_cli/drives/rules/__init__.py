"""What may happen to a drive and its goods.

`drives` begins and ends a drive and says when its goods may move, `gifts` takes gifts in
and gives them back, `corrections` sets slips right, `sorting` sorts, `stocktaking` takes stock, `shipping` packs, sends and delivers,
`publishing` freezes notices.
"""

from volunteer_cli.core.rules import archive
from volunteer_cli.drives.rules.corrections import (
    Amendment,
    add_lines,
    amend_slip,
    correct_slip,
    require_correction,
    void_slip,
)
from volunteer_cli.drives.rules.drives import (
    add_drive,
    checked_day,
    close,
    earliest_day,
    edit_drive,
    reopen,
    require_begun,
    require_open,
)
from volunteer_cli.drives.rules.gifts import Gift, Line, receive, require_two, return_gift
from volunteer_cli.drives.rules.publishing import publish
from volunteer_cli.drives.rules.shipping import bring_back, deliver, pack, ship, unpack
from volunteer_cli.drives.rules.sorting import sort
from volunteer_cli.drives.rules.stocktaking import count

__all__ = [
    "Amendment",
    "Gift",
    "Line",
    "add_drive",
    "add_lines",
    "amend_slip",
    "archive",
    "bring_back",
    "checked_day",
    "close",
    "correct_slip",
    "count",
    "deliver",
    "earliest_day",
    "edit_drive",
    "pack",
    "publish",
    "receive",
    "reopen",
    "require_begun",
    "require_correction",
    "require_open",
    "require_two",
    "return_gift",
    "ship",
    "sort",
    "unpack",
    "void_slip",
]
