"""What can be wrong with a whole file; what is wrong with one row is in `core.errors`."""

from __future__ import annotations

import shlex

from volunteer_cli.core.errors import ROWS_REJECTED, NotFound, RuleError, UsageFault, VolunteerError
from volunteer_cli.core.i18n import N_


class FileMissing(NotFound):
    """There is no file {file}"""

    hint = N_("Check the name; a name with spaces needs quotes.")


class UnreadableFile(RuleError):
    """{file} cannot be read: {reason}"""

    code = "unreadable_file"
    hint = N_("Open it in your spreadsheet program and save it again as XLSX or as CSV UTF-8.")


class TableInDocument(UnreadableFile):
    """{file} cannot be read: {reason}"""

    hint = N_(
        "Copy the table, paste it into an empty sheet of your spreadsheet program, and save that as XLSX or CSV UTF-8."
    )


class EmptyFile(RuleError):
    """{file} is empty"""

    code = "empty_file"


class EncryptedFile(RuleError):
    """{file} is protected by a password"""

    code = "encrypted"
    hint = N_("Open it in your spreadsheet program and save a copy without the password.")


class TooLarge(RuleError):
    """{file} is too large: {what} is {found}, and the limit is {limit}"""

    code = "too_large"
    hint = N_("Split it into several files and import them one after the other.")
    explanation = N_(
        "The limits keep a damaged or malicious file from filling the memory: the file itself, "
        "what it unpacks to, its rows, its columns and the length of a cell."
    )


class OfFile:
    """A fault of a file, whose hint names it as it has to be typed."""

    def __init__(self, **fields: object) -> None:
        super().__init__(typed=shlex.quote(str(fields["file"])), **fields)  # type: ignore[call-arg]


class UnknownEncoding(OfFile, UsageFault):
    """The characters of {file} cannot be told: it is no UTF-8, and read as GB18030 it makes no sense"""

    code = "unknown_encoding"
    hint = N_(
        "Name the encoding, like --encoding big5 or cp1252, or save the file as CSV UTF-8. "
        "A sheet of another kind looks like this too: volunteer import guess {typed}"
    )


class BadEncoding(UsageFault):
    """{file} is not encoded as {encoding}: {reason}"""

    code = "bad_encoding"
    hint = N_("Try without --encoding, or name another: utf-8, gb18030, utf-16, big5.")


class MixedEncodings(UsageFault):
    """{file} is UTF-8 but for some lines: {lines}"""

    code = "bad_encoding"
    hint = N_(
        "Type the names in these lines anew, or save the file as CSV UTF-8 in your spreadsheet program."
    )


class WhichSheet(UsageFault):
    """{file} has several sheets that could be meant: {sheets}"""

    code = "which_sheet"
    hint = N_("Name one of them with --sheet, or take all that are of one shape with --sheet all.")


class OtherShape(RuleError):
    """The sheets {first} and {sheet} of {file} are not of one shape: only one of them has {fields}"""

    code = "other_shape"
    hint = N_("Import them one by one with --sheet NAME.")


class RejectsOfOneSheet(UsageFault):
    """The refused rows of several sheets do not go into one file"""

    code = "usage"
    hint = N_("Leave out --rejects, or import the sheets one by one with --sheet NAME.")


class SheetMissing(NotFound):
    """{file} has no sheet '{sheet}'; its sheets are: {sheets}"""


class MissingColumn(OfFile, RuleError):
    """No column of {file} is the {field}; the headings found are: {found}"""

    code = "missing_column"
    hint = N_(
        "Say which column it is: volunteer import guess {typed} -o map.toml, then edit it and pass --map map.toml. "
        "Headings that are known: volunteer import headings {kind}. A sheet without headings needs a row of them above."
    )
    explanation = N_(
        "An import needs to know where the important values stand. Headings are compared with the usual "
        "words in English and Chinese, without spaces, signs and bracketed remarks."
    )


class NoHeadings(MissingColumn):
    """No column of {file} is the {field}; the headings found are: {found}"""

    hint = N_(
        "Write a row of headings above the data, and import it again; headings that are known: volunteer import headings {kind}"
    )


class PeopleAcross(MissingColumn):
    """No column of {file} is the {field}; the headings found are: {found}"""

    hint = N_(
        "People stand side by side above the columns. Copy the table and paste it transposed, so that each has a row of their own."
    )


class TimesMissing(MissingColumn):
    """{file} has days of events, but no {field}; the headings found are: {found}"""

    hint = N_(
        "Add columns for start and end, or write into a file times.toml at what times all of them are, "
        'as [defaults] and below it start = "9:00" and end = "11:00", and pass it: --map times.toml'
    )


class ShiftsWithoutTimes(MissingColumn):
    """Who was on duty stands in {file}, but not for how long"""

    hint = N_(
        "Write the times into the headings or the column of shifts, like Morning (8:00-11:00), or into a file duty.toml, "
        'as [values.start] and below it "Early" = "8:00-12:00" for each shift, and pass it: --map duty.toml'
    )


class RotaOfWeek(MissingColumn):
    """{file} has people below days of the week ({headings}), and of which week they are cannot be told"""

    hint = N_("Write the days into the headings, like 2026-03-02 in place of Monday.")


class FormWithTable(RuleError):
    """{file} is a form of one person with a table inside it, in row {row}"""

    code = "second_table"
    hint = N_("Cut the table out into a file of its own, and import each of the two.")


class DaysWithoutYear(RuleError):
    """{file} has a column a day ({headings}), and of which year or month they are cannot be told"""

    code = "days_without_year"
    hint = N_(
        "Pass --year YEAR. Where the headings are days of a month alone, write year and month above the table, like March 2025."
    )
    explanation = N_(
        "Days without their year could be those of this year or the last one, and nothing in the file says so."
    )


class MonthlyTotals(RuleError):
    """{file} has totals over many days ({headings}), and hours are recorded by the day"""

    code = "monthly_totals"
    hint = N_(
        "Import the lists from which the totals were made: the sign-in sheets, or a list with a day in each row."
    )
    explanation = N_(
        "Of a total nobody can say whether it overlaps with other records, falls into a closed period or was counted twice, "
        "so that it could never be confirmed or certified."
    )


class MoneyOnly(RuleError):
    """{file} has sums of money ({headings}), and donation drives count goods"""

    code = "money_only"
    hint = N_(
        "Sums of money belong into the accounts. What was bought with them is received as goods: "
        "volunteer drive receive DRIVE --item ITEM=N --donor THING"
    )
    explanation = N_(
        "A drive keeps a balance of each item, which is sorted, boxed and sent; money has none of these steps, "
        "and a sum taken for a number of pieces would stand in every total."
    )


class SideBySide(RuleError):
    """{file} has the heading '{heading}' more than once; the columns after the first would be lost"""

    code = "ambiguous_column"
    hint = N_(
        "Put tables that stand side by side below each other, or give the other columns headings of their own."
    )


class ColumnsDisagree(OfFile, RuleError):
    """{file} has two columns for one thing, {one} and {other}, and they say something different in row {row}"""

    code = "ambiguous_column"
    hint = N_(
        'Correct the sheet, or say in a map file which column holds: "HEADING" = "" passes one over. '
        "A map to start from: volunteer import guess {typed} -o map.toml"
    )


class PhonesDisagree(RuleError):
    """The phone behind the name, {name}, is another one than in its own column"""

    code = "conflict"
    hint = N_("Delete the wrong one of the two; a second number has a column of its own.")


class TotalDisagrees(RuleError):
    """In row {row} of {file} the total is {total}, but its cells add up to {sum}"""

    code = "total_disagrees"
    hint = N_("Correct the cell that is wrong, or delete the column of totals.")


class PeopleDisagree(TotalDisagrees):
    """In row {row} of {file} the number of people is {count}, but that of the names is {names}"""

    hint = N_("Add the names that are missing, or correct the number.")


class SecondTable(RuleError):
    """In row {row} of {file} a second table begins, with other headings"""

    code = "second_table"
    hint = N_(
        "Move it to a sheet or a file of its own and import each, with --sheet NAME for a sheet of a workbook."
    )


class StraySection(RuleError):
    """In row {row} of {file} '{value}' stands alone above rows of data, and what it says of them cannot be told"""

    code = "unknown_section"
    hint = N_(
        "Give what it says a column of its own, or delete the row. If it is a person, fill in another cell of the row."
    )
    explanation = N_(
        "A row with one cell is a section of the table (Building 3), a foot, or a person of whom nothing else is known. "
        "Building, grid and day hold for the rows below; anything else might become a person who does not exist."
    )


class RejectsOverFile(UsageFault):
    """--rejects would replace {file}, the file to import"""

    code = "usage"
    hint = N_("Name another file for the refused rows.")


class RejectsAreText(UsageFault):
    """The refused rows are written as CSV, and {file} is named like a workbook"""

    code = "usage"
    hint = N_("Give --rejects a name that ends with .csv.")


class RejectsBeside(UsageFault):
    """The refused rows and the account of the import cannot both go to the standard output"""

    code = "usage"
    hint = N_("Name a file for one of them: --rejects FILE.csv or --output FILE.")


class BadMap(UsageFault):
    """The map {file} cannot be used: {reason}"""

    code = "bad_map"
    hint = N_("Write one to start from: volunteer import guess FILE -o map.toml")


class NoHeadingsThere(UsageFault):
    """{file} has no headings that end in row {row}"""

    code = "bad_map"
    hint = N_("In the map file, header_row is the last row of the headings; without it they are looked for.")


class RowsRejected(VolunteerError):
    """{count} of {rows} were refused, so nothing was written"""

    code = "rows_rejected"
    counted = "count"
    one = "{count} of {rows} was refused, so nothing was written"
    exit_code = ROWS_REJECTED
    hint = N_(
        "Correct them, or write the good rows with --on-error skip and keep the others with --rejects FILE."
    )


class NotCalculated(RuleError):
    """The cell has a formula without a value ({value})"""

    code = "not_calculated"
    hint = N_("Open the file in your spreadsheet program, let it calculate, and save it again.")
    explanation = N_(
        "A program that writes workbooks leaves formulas to be calculated when somebody opens them. Until then "
        "the cell is no blank and no zero."
    )


class NothingAbove(RuleError):
    """There is no row above that '{value}' could repeat"""

    code = "missing_value"


class DuplicateInFile(RuleError):
    """The same as row {row} of this file"""

    code = "duplicate_in_file"
    hint = N_("Delete one of the two rows.")


class WouldChange(RuleError):
    """{field} is '{stored}' already; this row says '{value}'"""

    code = "conflict"
    hint = N_("Keep what is stored with --on-conflict keep, or replace it with --on-conflict update.")
