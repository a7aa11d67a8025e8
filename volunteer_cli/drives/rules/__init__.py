"""What may happen to a drive and its goods.

`drives` begins and ends a drive and says when its goods may move, `gifts` takes gifts in, corrects
them and gives them back, `sorting` sorts and takes stock, `shipping` packs, sends and delivers,
`publishing` freezes notices.
"""

from volunteer_cli.core.rules import archive
from volunteer_cli.drives.rules.drives import add_drive, checked_day, close, edit_drive, reopen, require_open
from volunteer_cli.drives.rules.gifts import Gift, Line, correct_slip, receive, require_two, return_gift
from volunteer_cli.drives.rules.publishing import publish
from volunteer_cli.drives.rules.shipping import deliver, pack, ship, unpack
from volunteer_cli.drives.rules.sorting import count, sort

__all__ = [
    "Gift",
    "Line",
    "add_drive",
    "archive",
    "checked_day",
    "close",
    "correct_slip",
    "count",
    "deliver",
    "edit_drive",
    "pack",
    "publish",
    "receive",
    "reopen",
    "require_open",
    "require_two",
    "return_gift",
    "ship",
    "sort",
    "unpack",
]
