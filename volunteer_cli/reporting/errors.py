"""What a report cannot be asked for."""

from __future__ import annotations

from volunteer_cli.core.errors import NotFound, RuleError, UsageFault
from volunteer_cli.core.i18n import N_


class UnknownGroup(UsageFault):
    """The report {report} is not broken down by '{value}'; it can be by: {choices}"""

    code = "unknown_field"


class UnknownRows(UsageFault):
    """The report {report} does not count '{value}'; it can list the rows of: {choices}"""

    code = "unknown_field"


class NotWithRows(UsageFault):
    """--rows lists what was counted as it is; leave out {option}"""

    code = "usage"


class NothingBefore(UsageFault):
    """--compare needs --period: only a period has one before it"""

    code = "usage"


class NoPicture(UsageFault):
    """A chart is drawn in table, html or xlsx, not in {format}"""

    code = "usage"
    hint = N_("Leave out --chart, or choose another --format.")


class NoReport(NotFound):
    """There is no report '{text}'"""

    hint = N_("List them: volunteer report list")


class NotKept(RuleError):
    """The report {report} tells what is to be done now; there is nothing in it to keep"""

    code = "not_kept"


class SnapshotDamaged(RuleError):
    """Snapshot {number} is not what was kept: its figures no longer match their digest"""

    code = "snapshot_damaged"
    hint = N_("Bring back a backup: volunteer db restore FILE")
    explanation = N_(
        "A snapshot is kept with a digest of its figures. When the two differ, somebody changed the stored "
        "figures outside of this program, and they are not shown as if they were last year's."
    )


class AnnualNeedsFile(UsageFault):
    """The annual report is a document: name its file with -o, ending in .html or .xlsx"""

    code = "usage"


class CannotReadForeword(UsageFault):
    """The foreword {path} cannot be read as a text in UTF-8"""

    code = "usage"
