"""What may happen to a household."""

from volunteer_cli.households.rules.blocks import block, unblock
from volunteer_cli.households.rules.doors import (
    add_household,
    archive_household,
    edit_household,
    read_household,
    require_in_use,
    restore_household,
)
from volunteer_cli.households.rules.forming import Formed, form_households
from volunteer_cli.households.rules.gifts import hand_in, receive_gift, return_gift
from volunteer_cli.households.rules.grids import post_grid
from volunteer_cli.households.rules.living import move_in, move_out, past_day, settle
from volunteer_cli.households.rules.merging import losses, merge_households
from volunteer_cli.households.rules.registering import register

__all__ = [
    "Formed",
    "add_household",
    "archive_household",
    "block",
    "edit_household",
    "form_households",
    "hand_in",
    "losses",
    "merge_households",
    "move_in",
    "move_out",
    "past_day",
    "post_grid",
    "read_household",
    "receive_gift",
    "register",
    "require_in_use",
    "restore_household",
    "return_gift",
    "settle",
    "unblock",
]
