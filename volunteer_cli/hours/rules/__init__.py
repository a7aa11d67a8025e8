"""What may happen to service hours.

`times` reads day, times and duration, `once` says when two services are one, `recorded` knows who served
when, `recording` adds records,
`deciding` confirms, rejects, voids and corrects them, `following` lets them follow attendance that was
corrected, `closing` closes periods.
"""

from volunteer_cli.hours.rules.closing import close, reopen, require_decided, require_open
from volunteer_cli.hours.rules.deciding import (
    confirm,
    confirm_event,
    confirm_period,
    correct,
    reject,
    void,
)
from volunteer_cli.hours.rules.following import follow_attendance, records_of_absent
from volunteer_cli.hours.rules.recording import (
    add_columns,
    add_records,
    late_before,
    record,
    record_from_attendance,
)
from volunteer_cli.hours.rules.times import Times, elapsed, times_of

__all__ = [
    "Times",
    "add_columns",
    "add_records",
    "close",
    "confirm",
    "confirm_event",
    "confirm_period",
    "correct",
    "elapsed",
    "follow_attendance",
    "late_before",
    "record",
    "record_from_attendance",
    "records_of_absent",
    "reject",
    "reopen",
    "require_decided",
    "require_open",
    "times_of",
    "void",
]
