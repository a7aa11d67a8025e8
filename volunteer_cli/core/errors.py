"""The errors a user can meet.

The docstring of a class is the sentence that the user reads, with `{fields}` filled from the
keywords it was raised with; it is translated when shown. `code` is stable and stands in brackets,
`hint` says what to do next, `explanation` is what `volunteer explain CODE` adds. A sentence that
counts names the field in `counted`, and says in `one` how it reads for a single thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from volunteer_cli.core.i18n import N_, _, listed, ngettext

#: Scripts read them, so that none is ever given another meaning.
REFUSED = 1
UNREADABLE = 2
CANCELLED = 3
NOT_FOUND = 4
ROWS_REJECTED = 5
PROBLEM_FOUND = 6
DATABASE = 7
#: EX_SOFTWARE of sysexits.h; below it the numbers are ours.
BUG = 70
#: What a shell answers for a program ended by Ctrl-C: 128 and the number of the signal.
INTERRUPTED = 130
#: What each exit code says, for `volunteer help exit-codes`.
EXIT_CODES: dict[int, str] = {
    0: N_("done, also when there was nothing to list or to change"),
    REFUSED: N_("understood, and refused by a rule, or it failed; the code in brackets says why"),
    UNREADABLE: N_("the command line cannot be read: an option, a field, a date, a number, a missing answer"),
    CANCELLED: N_("cancelled by the user"),
    NOT_FOUND: N_("not found, or more than one record may be meant"),
    ROWS_REJECTED: N_("rows of an import were rejected"),
    PROBLEM_FOUND: N_("check or doctor found a problem"),
    DATABASE: N_("the database: missing, locked, damaged, not writable, too old or too new"),
    BUG: N_("a bug of ours; the line names the file with the details"),
    INTERRUPTED: N_("interrupted; nothing was changed"),
}


#: Fields that name a file or a record of a lent copy, which nobody finds when they are masked.
WHOLE = frozenset({"file", "path", "record", "conflicts"})
#: Digits that a phone number has at least.
LONG = 7


class VolunteerError(Exception):
    """Something was refused"""

    code: ClassVar[str] = "refused"
    exit_code: ClassVar[int] = REFUSED
    hint: ClassVar[str] = ""
    explanation: ClassVar[str] = ""
    #: The option that is missing, where the field `choices` offers its values: on a terminal it is asked for.
    option: ClassVar[str] = ""
    counted: ClassVar[str] = ""
    one: ClassVar[str] = ""

    def __init__(self, **fields: Any) -> None:
        super().__init__()
        self.fields = fields

    @property
    def message(self) -> str:
        """The sentence in the user's language, without code and hint; of long numbers only the ends."""
        return self.quoting()

    def quoting(self, *, revealed: bool = False) -> str:
        """The same sentence; `revealed` quotes what was typed and stored as it is."""
        number = self.fields[self.counted] if self.counted else 0
        return _filled(self.worded(number), self.fields, revealed=revealed)

    @property
    def advice(self) -> str:
        """The hint in the user's language, or nothing."""
        return _filled(_(str(self.fields.get("hint") or self.hint)), self.fields)

    @classmethod
    def sentence(cls) -> str:
        """The untranslated sentence: the first paragraph of the docstring on one line."""
        return " ".join((cls.__doc__ or "").split("\n\n")[0].split())

    @classmethod
    def worded(cls, number: int = 0) -> str:
        """The sentence in the user's language, its fields still open, for `number` things if it counts."""
        sentence = cls.sentence()
        return ngettext(cls.one, sentence, number) if cls.counted else _(sentence)

    def __str__(self) -> str:
        """`message [code]. advice`, as the user reads it after `Error:`."""
        line = f"{self.message} [{self.code}]"
        if advice := self.advice:
            line += _(". {advice}").format(advice=advice)
        return line


#: Longer than any list of choices; what somebody pasted is not repeated whole.
LONGEST_VALUE = 1000


def _filled(sentence: str, fields: Mapping[str, Any], *, revealed: bool = False) -> str:
    """The sentence with its `{fields}` filled; braces that came in with a value stay as they are."""

    def value(match: re.Match[str]) -> str:
        text = str(fields.get(match[1], match[0]))
        text = text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
        return text if revealed or match[1] in WHOLE else _quoted(text)

    # Not str.format: what people typed may hold braces, and is data.
    return re.sub(r"\{(\w+)\}", value, sentence)


def _quoted(text: str) -> str:
    """A value as a message may quote it, whatever it was meant to be: a sheet may be shifted by a column."""
    if sum(map(str.isdigit, text)) < LONG:
        return text
    from volunteer_cli.core.masking import mask_digits

    return mask_digits(text)


def all_errors(root: type[VolunteerError] = VolunteerError) -> Iterator[type[VolunteerError]]:
    """Every error class known so far, the root's subclasses first met first."""
    for kind in root.__subclasses__():
        yield kind
        yield from all_errors(kind)


class RuleError(VolunteerError):
    """A rule refused this"""


class UsageFault(VolunteerError):
    """This command line cannot be read"""

    code = "usage"
    exit_code = UNREADABLE


class BadText(RuleError):
    """{field} '{value}' contains control characters or a change of text direction"""

    code = "bad_text"
    hint = N_("Type it without them; line breaks and tabs count as spaces.")
    explanation = N_("Invisible characters can hide what a name really is, so they are never stored.")


class TooLong(RuleError):
    """{field} is too long: {most} characters are kept at most"""

    code = "too_long"
    hint = N_("Shorten it; what is to be told at length belongs into a note.")


class MissingValue(RuleError):
    """{field} is missing"""

    code = "missing_value"


class BadChoice(UsageFault):
    """'{value}' is no {field}; the choices are: {choices}"""

    code = "bad_choice"


class BadDate(UsageFault):
    """'{value}' is no date"""

    code = "bad_date"
    hint = N_("Write it like 2025-03-05, 5 March 2025, today, yesterday or +3d.")


class AmbiguousDate(UsageFault):
    """'{value}' can be read as more than one date"""

    code = "ambiguous_date"
    hint = N_("Write the whole date, like 2025-03-05.")
    explanation = N_(
        "A number cell 6.3 may have been 6.3 or 6.30, and a spreadsheet shows both alike; "
        "the day cannot be known, so it is not guessed."
    )


class BadTime(UsageFault):
    """'{value}' is no time"""

    code = "bad_time"
    hint = N_("Write it like 9:00, 14:30 or 2:30 pm.")


class BadDuration(UsageFault):
    """'{value}' is no duration"""

    code = "bad_duration"
    hint = N_("Write it like 2h, 1h30m, 90 minutes or 1.5 hours; half a day has no fixed length.")


class BadPeriod(UsageFault):
    """'{value}' is no period"""

    code = "bad_period"
    hint = N_("Write it like 2025, 2025-09, 2025-Q3, 2025-09-01..2025-09-30, this-month or last year.")


class DurationRefused(RuleError):
    """A duration must be more than nothing and at most 24 hours; '{value}' is not"""

    code = "bad_duration"


class BadQuantity(UsageFault):
    """'{value}' is no quantity"""

    code = "bad_quantity"
    hint = N_("Write a whole number with its unit, like 12pcs.")


class QuantityRefused(RuleError):
    """A quantity must be a whole number from 1 to 1000000000; '{value}' is not"""

    code = "bad_quantity"


class BadAmount(UsageFault):
    """'{value}' is no amount of money"""

    code = "bad_quantity"
    hint = N_("Write it like 12, 12.50 or 1,200.")


class AmountRefused(RuleError):
    """An amount is from 0 to 1000000000 and has at most two decimals; '{value}' does not"""

    code = "bad_quantity"


class BadNumber(UsageFault):
    """'{value}' is no number"""

    code = "bad_number"
    hint = N_("Write it in digits, without a unit, like 12, 3.5 or 1,200.")


class BadPhone(RuleError):
    """'{value}' is no phone number"""

    code = "bad_phone"
    hint = N_(
        "A mobile number has 11 digits; a land line its area code; another country's number begins with +, "
        "or that country is the policy phone_region."
    )


class BadEmail(RuleError):
    """'{value}' is no e-mail address"""

    code = "bad_email"
    hint = N_("Write it like ming@example.org.")


class BadIdNumber(RuleError):
    """'{value}' is no valid identity number"""

    code = "bad_id_number"
    hint = N_("It has 17 digits and a check character; numbers of 15 digits are no longer valid.")


class DamagedByExcel(RuleError):
    """'{value}' was damaged by a spreadsheet: its last digits are lost"""

    code = "damaged_by_excel"
    hint = N_("Copy it again from the paper; format the column as text first.")
    explanation = N_(
        "Spreadsheets keep 15 digits of a number. A longer one ends in zeros or turns into 3.7E+17, "
        "and what is lost cannot be computed back."
    )


class FileFault(RuleError):
    """'{path}' cannot be read or written: {reason}"""

    code = "file_fault"
    hint = N_("Look whether there is such a place, and whether you may use it.")


class NotFound(VolunteerError):
    """{kind} '{text}' does not exist"""

    code = "not_found"
    exit_code = NOT_FOUND


class Ambiguous(VolunteerError):
    """{kind} '{text}' may be any of: {candidates}"""

    code = "ambiguous"
    exit_code = NOT_FOUND
    hint = N_("Name it by its id or number.")

    @classmethod
    def between(cls, kind: str, text: str, choices: Mapping[str, str]) -> Ambiguous:
        """The error for a text that may mean several things, each by what to type instead of it."""
        return cls(kind=kind, text=text, candidates=listed(choices.values()), choices=choices)


class Conflict(RuleError):
    """{field} '{value}' already belongs to {owner}"""

    code = "conflict"


class Cancelled(VolunteerError):
    """Cancelled; nothing was changed"""

    code = "cancelled"
    exit_code = CANCELLED
