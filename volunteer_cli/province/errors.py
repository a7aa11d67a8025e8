"""What can go wrong with exported figures."""

from __future__ import annotations

from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_


class DuckdbMissing(RuleError):
    """Exported figures are written and read by DuckDB, which is not installed"""

    code = "duckdb_missing"
    hint = N_("Run: pip install 'volunteer-cli[province]'")


class OtherExport(RuleError):
    """The folder {path} has the export of another database"""

    code = "other_export"
    hint = N_("Give each database a folder of its own; report --from 'ABOVE/**' reads them all.")


class NoExport(RuleError):
    """There is no export under {path}"""

    code = "no_export"
    hint = N_("Write one: volunteer db export DIR. Then: volunteer report hours --from 'DIR/**'")


class NotExported(UsageFault):
    """An export cannot answer report {report} by {value}; it can by: {choices}"""

    code = "not_exported"
    hint = N_("Names of people, teams and events do not leave the office.")
