"""What may happen to an event, a shift and a sign-up.

`planning` makes events and moves them from state to state, `ladder` says who may take a place,
`signing_up` gives and frees places, `together` does so for the many of a sheet, `attendance` says who came.
"""

from volunteer_cli.events.rules.attendance import check_in, check_out, mark_absent
from volunteer_cli.events.rules.ladder import Asked, Rung, advise, climb
from volunteer_cli.events.rules.lines import tell_later
from volunteer_cli.events.rules.planning import (
    add_event,
    add_shift,
    cancel_event,
    copy_event,
    edit_event,
    edit_series,
    finish_event,
    moment_within,
    open_event,
    open_series,
    repeat_event,
)
from volunteer_cli.events.rules.signing_up import (
    Promotion,
    move_to_shift,
    promote,
    require_in_use,
    series_ahead,
    settle_line,
    sign_up,
    withdraw,
    withdraw_from_series,
    withdraw_from_shift,
)
from volunteer_cli.events.rules.together import SigningUp

__all__ = [
    "Asked",
    "Promotion",
    "Rung",
    "SigningUp",
    "add_event",
    "add_shift",
    "advise",
    "cancel_event",
    "check_in",
    "check_out",
    "climb",
    "copy_event",
    "edit_event",
    "edit_series",
    "finish_event",
    "mark_absent",
    "moment_within",
    "move_to_shift",
    "open_event",
    "open_series",
    "promote",
    "repeat_event",
    "require_in_use",
    "series_ahead",
    "settle_line",
    "sign_up",
    "tell_later",
    "withdraw",
    "withdraw_from_series",
    "withdraw_from_shift",
]
