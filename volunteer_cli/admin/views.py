"""How operations, policies, findings and error codes are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from volunteer_cli.areas import load_models, titles
from volunteer_cli.core.i18n import N_, NC_, _
from volunteer_cli.core.lending.sites import site_of
from volunteer_cli.core.offsets import wall_of
from volunteer_cli.core.privacy import masked_line, masked_values
from volunteer_cli.core.records import Change, Operation
from volunteer_cli.core.undo import changes_of
from volunteer_cli.core.worded import Worded
from volunteer_cli.output.view import Column, Kind, View

#: What became of rows.
CHANGE_KINDS = {
    "insert": NC_("change", "added"),
    "update": NC_("change", "changed"),
    "delete": NC_("change", "deleted"),
}


def masked_arguments(operation: Operation) -> str:
    """A command line as it was typed, with what is private in it masked."""
    load_models()
    return masked_line(operation.arguments)


def _table(change: Change) -> Worded:
    return Worded(change.table_name, _(titles().tables.get(change.table_name, change.table_name)))


def _titled(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Values by their columns, which people read by their titles."""
    if values is None:
        return None
    # A column without a title of its own has that of a field, which the writer of objects knows.
    columns = titles().columns
    return {Worded(name, _(columns.get(name, ""))): value for name, value in values.items()}


def _masked(change: Change, values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    load_models()
    return _titled(masked_values(change.table_name, values))


CHANGES = View(
    "changes",
    N_("Changes"),
    (
        Column("table", N_("Table"), Kind.CODE, value=_table),
        Column("kind", N_("What happened"), Kind.CHOICE, choices=CHANGE_KINDS),
        Column("first", N_("From"), Kind.ID, value=lambda change: change.first_key),
        Column("last", N_("To"), Kind.ID, value=lambda change: change.last_key),
        Column(
            "before",
            N_("Before"),
            Kind.JSON,
            value=lambda change: _titled(change.before),
            masked=lambda change: _masked(change, change.before),
        ),
        Column(
            "after",
            N_("After"),
            Kind.JSON,
            value=lambda change: _titled(change.after),
            masked=lambda change: _masked(change, change.after),
        ),
    ),
)


def _grouped(session: Any, operations: Sequence[Operation]) -> dict[int, list[Change]]:
    changes: dict[int, list[Change]] = {operation.id: [] for operation in operations}
    for change in changes_of(session, list(changes)):
        changes[change.operation_id].append(change)
    return changes


def _counts(session: Any, operations: Sequence[Operation]) -> dict[int, int]:
    grouped = _grouped(session, operations)
    return {key: sum(c.last_key - c.first_key + 1 for c in changes) for key, changes in grouped.items()}


OPERATIONS = View(
    "operations",
    N_("Operations"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("at", N_("Time"), Kind.DATETIME, value=lambda operation: wall_of(operation.at)),
        Column("actor", N_("Who")),
        Column("command", N_("Command")),
        Column("arguments", N_("As typed"), masked=masked_arguments),
        Column("reason", N_("Reason")),
        Column(
            "site", N_("Site"), Kind.COUNT, value=lambda operation: operation.site or site_of(operation.id)
        ),
        Column("rows", N_("Rows"), Kind.COUNT, load=_counts),
        Column("undoes", N_("Undoes"), Kind.ID, value=lambda operation: operation.undoes_id),
        Column("undone_by", N_("Undone by"), Kind.ID, value=lambda operation: operation.undone_by_id),
        Column(
            "origin", N_("Number at the site"), Kind.ID, value=lambda each: each.origin_id, show_only=True
        ),
        Column("merge", N_("Brought by"), Kind.ID, value=lambda each: each.merge_id, show_only=True),
        Column("changes", N_("Changes"), Kind.ROWS, load=_grouped, view=CHANGES, show_only=True),
    ),
)

MATCHES = View(
    "matches",
    N_("Matches"),
    (
        Column("thing", NC_("change", "Record"), Kind.CODE),
        Column("kind", N_("Kind"), Kind.CODE, table=False),
        Column("field", N_("Field"), Kind.CODE),
        Column("text", N_("Text")),
    ),
    identity="thing",
)
POLICIES = View(
    "policies",
    N_("Policies"),
    (
        Column("name", NC_("policy", "Name"), Kind.CODE),
        Column("value", NC_("policy", "Value"), keep=True),
        Column("from", N_("Holds from"), Kind.DATE),
        Column("default", N_("Default")),
        Column("meaning", N_("Meaning"), keep=True),
        Column("expected", N_("Allowed"), table=False),
    ),
    identity="name",
)

FINDINGS = View(
    "findings",
    N_("Findings"),
    (
        Column("check", N_("Check"), Kind.CODE),
        Column("thing", N_("Thing"), Kind.CODE),
        Column("problem", N_("Problem")),
    ),
)

EXPLANATIONS = View(
    "explanations",
    N_("Explanations"),
    (
        Column("code", N_("Code"), Kind.CODE),
        Column("exit_code", N_("Exit code"), Kind.COUNT),
        Column("message", N_("Message")),
        Column("explanation", N_("Explanation")),
        Column("hint", N_("What to do")),
    ),
    identity="code",
)
