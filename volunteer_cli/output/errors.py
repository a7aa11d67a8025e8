"""What can go wrong between a record and the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnknownWord(UsageFault):
    """'{value}' is not known; known are: {known}"""

    @classmethod
    def among(cls, value: str, titles: Mapping[str, str]) -> Self:
        """The error for `value`, naming the known words with their titles and the nearest of them."""
        from volunteer_cli.core.choices import shown_choices
        from volunteer_cli.core.text import did_you_mean

        words = list(titles)
        near = did_you_mean(value, words, n=1)
        hint = _("Did you mean '{near}'?").format(near=near[0]) if near else ""
        return cls(value=value, known=shown_choices(titles), hint=hint)


class UnknownField(UnknownWord):
    """There is no field '{value}'; the fields are: {known}"""

    code = "unknown_field"
    explanation = N_("Fields are named as in JSON; `--fields all` shows every one of them.")


class UnknownFormat(UnknownWord):
    """There is no format '{value}'; the formats are: {known}"""

    code = "unknown_format"
    explanation = N_("A format is named with --format, or by the extension of the file after --output.")


class BadLimit(UsageFault):
    """A limit is 0 or more; '{value}' is not"""

    code = "bad_limit"


class BinaryToTerminal(UsageFault):
    """A spreadsheet cannot be shown on a terminal"""

    code = "binary_to_terminal"
    hint = N_("Name a file: --output FILE.xlsx")


class TooManyRows(RuleError):
    """A spreadsheet holds {most} rows at most, and there are more"""

    code = "too_many_rows"
    hint = N_("Write --format csv, or fewer rows with --limit.")


class CannotWrite(RuleError):
    """'{path}' cannot be written: {reason}"""

    code = "cannot_write"
    hint = N_("Name a folder that exists and that you may write to.")
