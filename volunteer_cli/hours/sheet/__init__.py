"""What sheets of hours and sign-in sheets may bring, and how it is recorded.

`fields` declares the columns, `times` and `places` read what rows mean, `writer` judges and writes them.
"""

from volunteer_cli.core.i18n import N_
from volunteer_cli.hours.sheet.fields import FIELDS
from volunteer_cli.hours.sheet.writer import HoursWriter
from volunteer_cli.intake.sheet import Sheet

HOURS = Sheet(
    "hours", N_("Hours"), FIELDS, HoursWriter, one_of=(("start", "minutes"),), across=("date", "minutes")
)
