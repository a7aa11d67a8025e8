"""`volunteer check`: broken invariants."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import Annotated, Any

from typer import Argument, Exit, Option

from volunteer_cli.completion import beginning
from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.errors import NOT_FOUND, PROBLEM_FOUND, VolunteerError
from volunteer_cli.core.i18n import N_, _, listed, ngettext
from volunteer_cli.core.resources import said_in_sources
from volunteer_cli.core.run import run
from volunteer_cli.core.targets import file_of
from volunteer_cli.core.worded import Worded
from volunteer_cli.shell import command, say, show_list

#: Bytes of a file whose indexes are compared whenever everything is checked.
SMALL = 256 * 2**20


class UnknownCheck(VolunteerError):
    """There is no check '{name}'; there are: {known}"""

    code = "not_found"
    exit_code = NOT_FOUND


def _names(incomplete: str) -> list[str]:
    return beginning(said_in_sources(r'\bCheck\(\s*"([\w-]+)"', "check*.py"), incomplete)


def run_checks(
    names: Annotated[
        list[str] | None,
        Argument(metavar="[NAME]...", help=N_("Only these checks"), autocompletion=_names),
    ] = None,
    fix: Annotated[
        bool, Option("--fix", help=N_("Make the repairs that are safe, each an operation; -n shows them"))
    ] = False,
) -> None:
    """Look for broken invariants; silent when all hold.

    What is merely due or incomplete is no finding: see volunteer report today and report quality.
    The indexes of a file above 256 MiB are compared with its tables when they are named: volunteer check indexes
    """
    from volunteer_cli.admin.views import FINDINGS
    from volunteer_cli.core.work import reading

    checks = choose_checks(names or [])
    if fix:
        repair(checks)
        take_leftovers_away()
    with reading() as session:
        findings = list(findings_of(session, checks))
        if findings:
            show_list(session, FINDINGS, findings)
    if fix:
        advise(checks, findings)
    if findings:
        raise Exit(PROBLEM_FOUND)


def repair(checks: Iterable[Check]) -> None:
    """Set right what the checks find and is safe to set right, each check in an operation of its own."""
    from volunteer_cli.core.work import afterwards, work

    for each in checks:
        if each.repair is None:
            continue
        with work(f"check --fix {each.name}") as session:
            count = len(list(each.find(session)))
            if count:
                each.repair(session)
                afterwards(partial(_say_repaired, each, count))


def take_leftovers_away() -> None:
    """Delete what killed commands have left beside the database and its backups."""
    from volunteer_cli.core.backup import leftovers_of

    paths = leftovers_of(run().given.database)
    if not paths:
        return
    if not run().given.dry_run:
        for path in paths:
            path.unlink(missing_ok=True)
    say(sentence_of_leftovers(len(paths)))


def sentence_of_leftovers(count: int) -> str:
    """How many files of killed commands there were."""
    sentence = ngettext(
        "{count} file of an interrupted command, taken away",
        "{count} files of interrupted commands, taken away",
        count,
    ).format(count=count)
    return (
        _("Dry run, nothing was written: {sentence}").format(sentence=sentence)
        if run().given.dry_run
        else sentence
    )


def _say_repaired(check: Check, count: int, work: Any) -> None:
    sentence = ngettext("{title}: {count} repaired.", "{title}: {count} repaired.", count)
    outcome = sentence.format(title=_(check.title), count=count)
    if run().given.dry_run:
        say(_("Dry run, nothing was written: {sentence}").format(sentence=outcome))
    else:
        say(_("{sentence} Operation {number}.").format(sentence=outcome, number=work.committed))


def advise(checks: Iterable[Check], findings: Iterable[dict[str, Any]]) -> None:
    """Say of what is left why nobody but people can set it right, and with which command they do."""
    left = {finding["check"] for finding in findings}
    for each in checks:
        if each.name in left and each.repair is None:
            advice = _(each.advice) if each.advice else _(ADVICE)
            say(f"{each.name}: {advice}")


def choose_checks(names: list[str]) -> list[Check]:
    """The checks of these names, or all; raises UnknownCheck."""
    by_name = {check.name: check for check in all_checks()}
    for name in names:
        if name not in by_name:
            raise UnknownCheck(name=name, known=listed(by_name))
    if names:
        return [by_name[name] for name in names]
    return [check for check in by_name.values() if check is not INDEXES or _is_small(run().given.database)]


def _is_small(target: str) -> bool:
    """Whether comparing all indexes of a file takes a second or two at most; a server keeps its own."""
    path = file_of(target)
    return path is None or not path.is_file() or path.stat().st_size <= SMALL


def all_checks() -> Iterator[Check]:
    """The checks of the whole, then those of the areas."""
    from volunteer_cli.areas import gathered

    yield from (INTEGRITY, INDEXES, FOREIGN_KEYS, HISTORY, COMMAND_LINES)
    yield from gathered("checks")


def findings_of(session: Any, checks: Iterable[Check]) -> Iterator[dict[str, Any]]:
    """What the checks find, as rows."""
    for check in checks:
        for finding in check.find(session):
            yield {
                "id": finding.thing,
                "check": Worded(check.name, _(check.title)),
                "thing": finding.thing,
                "problem": finding.problem,
            }


def _integrity(session: Any) -> Iterator[Finding]:
    from volunteer_cli.core.database import page_faults

    for fault in page_faults(session.connection()):
        yield Finding("database", fault)


def _indexes(session: Any) -> Iterator[Finding]:
    from volunteer_cli.core.database import index_faults

    for fault in index_faults(session.connection()):
        yield Finding("database", fault)


def _write_indexes_anew(session: Any) -> None:
    from sqlalchemy import text

    session.execute(text("REINDEX"))
    _keep_operation()


def _foreign_keys(session: Any) -> Iterator[Finding]:
    from volunteer_cli.core.database import dangling_rows

    for table, key, parent in dangling_rows(session.connection()):
        yield Finding(
            f"{table}:{key}", _("points at a row of {table} that does not exist").format(table=parent)
        )


def _known(*columns: Any) -> Any:
    """A query for columns of operations where the last of them is known."""
    from sqlalchemy import select

    return select(*columns).where(columns[-1].is_not(None))


def _history(session: Any) -> Iterator[Finding]:
    from volunteer_cli.core.records import Operation

    undoes = dict(session.execute(_known(Operation.id, Operation.undoes_id)).all())
    # What a copy brought is undone with the merge that brought it, by one undo.
    merges = set(session.scalars(_known(Operation.merge_id)))
    marked = _known(Operation.id, Operation.undone_by_id)
    problem = _("is marked undone by {other}, which undoes another")
    for number, other in session.execute(marked):
        if not _belong_together(undoes, merges, number, other):
            yield Finding(f"operation:{number}", problem.format(other=other))


def _belong_together(undoes: dict[int, int], merges: set[int], number: int, other: int) -> bool:
    """Whether an operation may be marked undone by another, or goes and comes with a merge that it undoes."""
    # An undo may itself be undone, and that again: what counts is where the chain began, and its direction.
    origin, back = _began(undoes, number)
    began = _began(undoes, other)
    return began == (origin, not back) or began[0] in merges


def _began(undoes: dict[int, int], number: int) -> tuple[int, bool]:
    """The operation that a chain of undos goes back to, and whether the one at its end takes it back."""
    back = False
    while (former := undoes.get(number, number)) < number:
        number, back = former, not back
    return number, back


def _command_lines(session: Any) -> Iterator[Finding]:
    problem = _("keeps the address of a database, which may hold a password")
    for operation, _words in _lines_with_databases(session):
        yield Finding(f"operation:{operation.id}", problem)


def _forget_databases(session: Any) -> None:
    for operation, words in _lines_with_databases(session):
        operation.arguments = shlex.join(words)
    _keep_operation()


def _keep_operation() -> None:
    """Keep the operation in the history though no row that it could take back was changed."""
    opened = run().work
    if opened is not None:
        opened.kept = True


def _lines_with_databases(session: Any) -> list[tuple[Any, list[str]]]:
    """Operations whose command line, as versions before kept it, names a database, and the words without it."""
    from sqlalchemy import select

    from volunteer_cli.core.records import Operation
    from volunteer_cli.core.targets import without_target

    lines = []
    for operation in session.scalars(select(Operation).where(Operation.arguments.contains("--db"))):
        with suppress(ValueError):  # a line that is no shell's was not kept by us
            words = shlex.split(operation.arguments)
            if (rest := list(without_target(words))) != words:
                lines.append((operation, rest))
    return lines


ADVICE = N_(
    "nothing is changed by itself here, for it could lose what is true; explain and correct each one."
)
INTEGRITY = Check(
    "integrity",
    N_("The file is whole"),
    _integrity,
    advice=N_("bring back a backup: volunteer db restore FILE -n shows what that would cost."),
)
INDEXES = Check(
    "indexes",
    N_("The indexes hold what the tables hold"),
    _indexes,
    repair=_write_indexes_anew,
)
FOREIGN_KEYS = Check(
    "foreign-keys",
    N_("Every row that is referred to exists"),
    _foreign_keys,
    advice=N_(
        "see who wrote the row: volunteer history list --thing THING; then undo that, or restore a backup."
    ),
)
HISTORY = Check("history", N_("Operations and their undos belong together"), _history)
COMMAND_LINES = Check(
    "command-lines", N_("No command line keeps a password"), _command_lines, repair=_forget_databases
)

check = command(run_checks, "check", example="volunteer check --fix -n", changes=True)
