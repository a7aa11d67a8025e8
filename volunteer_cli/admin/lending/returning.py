"""`volunteer db merge`: one transaction, and what is said about it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from volunteer_cli.admin.lending.copies import copy_opened, loan_of
from volunteer_cli.admin.lending.merging import Merged, Outcome, bring_back, seal
from volunteer_cli.admin.lending.views import OUTCOMES
from volunteer_cli.areas import load_models
from volunteer_cli.core.i18n import _, ngettext, typography, with_detail
from volunteer_cli.core.lending.errors import MergeRefused
from volunteer_cli.core.lending.loans import require_own
from volunteer_cli.core.lending.sites import Side
from volunteer_cli.core.run import run
from volunteer_cli.core.work import work
from volunteer_cli.shell import overwrite_afterwards, prints_records, show_list, tell

#: So many refusals are named in the error itself; all of them stand in the list.
NAMED = 5


def merge_file(file: Path, *, keep: Side | None, skip: bool) -> None:
    """Bring back what was done in a lent copy, or say why not.

    Raises:
        MergeRefused: something cannot be brought, and is not to be left out; the list is shown.
    """
    load_models()
    with work("db merge") as session, copy_opened(file) as copy:
        require_own(session)
        merged = bring_back(session, copy, loan_of(session, copy, file), keep)
        if merged.refused and not skip and not run().given.dry_run:
            show_list(session, OUTCOMES, merged.refused)
            raise _refusal(file, merged.refused)
        _seal(session, merged)
        if merged.forgotten:
            overwrite_afterwards()
        _tell(session, file, merged)


def _seal(session: Session, merged: Merged) -> None:
    opened = run().work
    assert opened is not None  # noqa: S101 - for the type checker; the caller has opened it
    if merged.brought:
        seal(session, merged, opened.operation)


def _refusal(file: Path, refused: list[Outcome]) -> MergeRefused:
    named = [_reason(outcome) for outcome in refused[:NAMED]]
    return MergeRefused(count=len(refused), file=file, conflicts="; ".join(named))


def _reason(outcome: Outcome) -> str:
    assert outcome.error is not None  # noqa: S101 - for the type checker; it was refused
    operation = outcome.step.operation
    return f"{with_detail(operation.id, operation.command)}: {outcome.error.message} [{outcome.error.code}]"


def _tell(session: Session, file: Path, merged: Merged) -> None:
    if prints_records():
        tell(session, OUTCOMES, merged.outcomes, _sentence(file, merged))
        return
    if merged.refused or run().given.dry_run:
        show_list(session, OUTCOMES, merged.outcomes if run().given.dry_run else merged.refused)
    tell(session, OUTCOMES, merged.outcomes, _sentence(file, merged))


def _sentence(file: Path, merged: Merged) -> str:
    if not merged.outcomes:
        return _("There is nothing new in {file}.").format(file=file)
    count = len(merged.brought)
    sentence = ngettext(
        "Brought back {count} operation from {file}.", "Brought back {count} operations from {file}.", count
    )
    sentences = [sentence.format(count=count, file=file)]
    if merged.refused:
        count = len(merged.refused)
        left_out = ngettext("{count} was left out.", "{count} were left out.", count)
        sentences.append(left_out.format(count=count))
    return typography().sentences(sentences)
