"""Why a copy is not lent, and why what was done in one does not come back."""

from __future__ import annotations

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.targets import DatabaseFault


class CopyExists(DatabaseFault):
    """{path} exists already; a lent copy never replaces a file"""

    code = "file_exists"
    hint = N_("Name another file.")


class SiteLent(RuleError):
    """Site {site} has a copy since {day} that has not come back: {file}"""

    code = "site_lent"
    hint = N_("Bring it back: volunteer db merge {file}. Another laptop is another site: --site N")


class IsLent(RuleError):
    """This database is itself a lent copy, of site {site}"""

    code = "lent_copy"
    hint = N_("Do this where the copy came from: volunteer db merge FILE brings back what was done here.")


class NotLent(RuleError):
    """{file} is no copy that this database lent"""

    code = "not_lent"
    hint = N_("See what it is: volunteer --db {file} db info. What is out: volunteer report today")
    explanation = N_(
        "Only a copy that db lend made numbers its records apart, so that what was done in it can be told "
        "from what was done here. A plain copy, a backup or another office's database cannot be merged; "
        "nor can a copy whose loan was undone."
    )


class LentBackup(RuleError):
    """{file} is a lent copy of site {site}; in the place of the database it would take away all done here since"""

    code = "lent_copy"
    hint = N_("Bring back what was done in it: volunteer db merge {file}")


class SameFile(RuleError):
    """{file} is this database itself"""

    code = "same_file"
    hint = N_("Name the file that came back, as db lend called it: volunteer report today")


class Superseded(RuleError):
    """{file} came back on {day}, and site {site} has a newer copy since"""

    code = "already_merged"
    hint = N_("Work in the newer copy; what this one brought: volunteer history list")


class Twofold(RuleError):
    """{file} is not the file that came back on {day}: its operation {number} is another one"""

    code = "already_merged"
    hint = N_("A lent copy must not be copied and worked in twice; enter by hand what only this file has.")


class ChangedHere(RuleError):
    """Operation {operation} ({command}) changed {record} here since the copy was lent"""

    code = "changed_since"
    hint = N_("Say which holds, --keep ours or --keep theirs, or leave it out: --skip")
    explanation = N_(
        "The copy changed something that is no longer as the copy knew it. --keep decides for plain fields, "
        "such as notes and phones; what counts, and where a record stands, is set right by hand."
    )


class GoneHere(RuleError):
    """{record} is gone here since the copy was lent"""

    code = "changed_since"
    hint = N_("See what became of it: volunteer history list --thing {record}. Or leave it out: --skip")


class BuildsOn(RuleError):
    """It builds on {record}, which does not come back"""

    code = "depends"
    hint = N_("Look at the operation of the copy that added it, which is listed above.")


class TakenHere(RuleError):
    """What it adds has a name, code or number that is taken here by now"""

    code = "duplicate"
    hint = N_("Give what is here another, or leave it out: --skip. One person twice: volunteer person merge")


class RuleBroken(RuleError):
    """{title}: {record}: {problem}"""

    hint = N_("Set right what is here, or leave it out: --skip")

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(**fields)
        self.code = code  # type: ignore[misc]


class MergeRefused(RuleError):
    """{count} operations of {file} cannot be brought in, and nothing was: {conflicts}"""

    code = "conflicts"
    counted = "count"
    one = "{count} operation of {file} cannot be brought in, and nothing was: {conflicts}"
    hint = N_(
        "--keep ours or --keep theirs decides for fields such as notes and phones; --skip leaves out what cannot be"
        " brought in, and what builds on it."
    )
