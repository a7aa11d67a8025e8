"""`volunteer check`: broken invariants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from typer import Argument, Exit

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.errors import NOT_FOUND, PROBLEM_FOUND, VolunteerError
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.shell import command, show_list


class UnknownCheck(VolunteerError):
    """There is no check '{name}'; there are: {known}"""

    code = "not_found"
    exit_code = NOT_FOUND


def run_checks(
    names: Annotated[list[str] | None, Argument(metavar="[NAME]...", help=N_("Only these checks"))] = None,
) -> None:
    """Look for broken invariants; silent when all hold.

    What is merely due or incomplete is no finding: see volunteer report today and report quality.
    """
    from volunteer_cli.admin.views import FINDINGS
    from volunteer_cli.core.work import reading

    chosen = choose_checks(names or [])
    with reading() as session:
        findings = list(findings_of(session, chosen))
        if findings:
            show_list(session, FINDINGS, findings)
    if findings:
        raise Exit(PROBLEM_FOUND)


def choose_checks(names: list[str]) -> list[Check]:
    """The checks of these names, or all; raises UnknownCheck."""
    known = {found.name: found for found in all_checks()}
    for name in names:
        if name not in known:
            raise UnknownCheck(name=name, known=listed(known))
    return [known[name] for name in names] or list(known.values())


def all_checks() -> Iterator[Check]:
    """The checks of the whole, then those of the areas."""
    from volunteer_cli.areas import gathered

    yield from (INTEGRITY, FOREIGN_KEYS, HISTORY)
    yield from gathered("checks")


def findings_of(session: Any, checks: Iterable[Check]) -> Iterator[dict[str, Any]]:
    """What the checks find, as rows."""
    for found in checks:
        for finding in found.find(session):
            yield {
                "id": finding.thing,
                "check": found.name,
                "thing": finding.thing,
                "problem": finding.problem,
            }


def _integrity(session: Any) -> Iterator[Finding]:
    from volunteer_cli.core.database import integrity_faults

    for fault in integrity_faults(session.connection()):
        yield Finding("database", fault)


def _foreign_keys(session: Any) -> Iterator[Finding]:
    from volunteer_cli.core.database import dangling_rows

    for table, key, parent in dangling_rows(session.connection()):
        yield Finding(
            f"{table}:{key}", _("points at a row of {table} that does not exist").format(table=parent)
        )


def _history(session: Any) -> Iterator[Finding]:
    from sqlalchemy import select

    from volunteer_cli.core.records import Operation

    query = select(Operation.id, Operation.undoes_id).where(Operation.undoes_id.is_not(None))
    undoes = dict(session.execute(query).all())
    marked = select(Operation.id, Operation.undone_by_id).where(Operation.undone_by_id.is_not(None))
    for number, other in session.execute(marked):
        origin, back = _began(undoes, number)
        if _began(undoes, other) != (origin, not back):
            yield Finding(
                f"operation:{number}",
                _("is marked undone by {other}, which undoes another").format(other=other),
            )


def _began(undoes: dict[int, int], number: int) -> tuple[int, bool]:
    """The operation that a chain of undos goes back to, and whether the one at its end takes it back."""
    back = False
    while (former := undoes.get(number, number)) < number:
        number, back = former, not back
    return number, back


INTEGRITY = Check("integrity", N_("The file is whole"), _integrity)
FOREIGN_KEYS = Check("foreign-keys", N_("Every row that is referred to exists"), _foreign_keys)
HISTORY = Check("history", N_("Operations and their undos belong together"), _history)

check = command(run_checks, "check", example="volunteer check")
