"""What the tables that every area uses, and their columns, are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "operation": NC_("table", "Operation"),
        "change": NC_("table", "Change"),
        "issued_number": NC_("table", "Issued number"),
        "policy": NC_("table", "Policy"),
        "import_log": NC_("table", "Import log"),
        "loan": NC_("table", "Loan"),
        "brought": NC_("table", "Brought"),
    },
    columns={
        "actor": NC_("column", "Actor"),
        "arguments": NC_("column", "Arguments"),
        "at": NC_("column", "At"),
        "borrowed": NC_("column", "Borrowed"),
        "first_id": NC_("column", "First id"),
        "first_key": NC_("column", "First key"),
        "last_key": NC_("column", "Last key"),
        "loan_id": NC_("column", "Loan id"),
        "merge_id": NC_("column", "Merge id"),
        "name": NC_("column", "Name"),
        "operation_id": NC_("column", "Operation id"),
        "origin_id": NC_("column", "Origin id"),
        "own_key": NC_("column", "Own key"),
        "returned_on": NC_("column", "Returned on"),
        "returned_operation": NC_("column", "Returned operation"),
        "table_name": NC_("column", "Table name"),
        "token": NC_("column", "Token"),
        "undoes_id": NC_("column", "Undoes id"),
        "undone_by_id": NC_("column", "Undone by id"),
    },
)
