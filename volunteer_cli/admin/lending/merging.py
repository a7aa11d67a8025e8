"""Bringing back what was done in a lent copy: as much at once as all checks still hold for.

The steps are brought one after the other, each by the guards of the areas. Then all checks run. When one of them
finds what it did not find before, the steps are taken back to a savepoint and brought by halves, so that in the
end each step is brought or refused by itself, and a copy in which all is well costs the checks once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from volunteer_cli.admin.check import FOREIGN_KEYS
from volunteer_cli.areas import gathered, hooks
from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import recorder_of
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lending.bringing import Bringing, Rules, done_here
from volunteer_cli.core.lending.errors import RuleBroken
from volunteer_cli.core.lending.ids import Ids
from volunteer_cli.core.lending.numbers import Numbers
from volunteer_cli.core.lending.sites import Side
from volunteer_cli.core.lending.steps import Step, read_steps
from volunteer_cli.core.records import Loan, Operation
from volunteer_cli.core.run import run
from volunteer_cli.people.models import Person
from volunteer_cli.people.returning import erased_on_either_side

#: What became of an operation of the copy.
BROUGHT, SAME, KEPT, REFUSED = "brought", "same", "kept", "refused"
STATES = {
    BROUGHT: N_("brought in"),
    SAME: N_("is here already"),
    KEPT: N_("ours was kept"),
    REFUSED: N_("cannot be brought in"),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one operation of the copy.

    Attributes:
        id: its number in the copy.
        operation: its number here, if it was brought.
        error: what is against it, if it was refused.
    """

    step: Step
    state: str
    operation: int | None = None
    error: RuleError | None = None

    @property
    def id(self) -> int:
        """Its number in the copy."""
        return self.step.number


@dataclass(frozen=True)
class Merged:
    """What a merge has brought, and what it leaves."""

    outcomes: list[Outcome]
    forgotten: int

    @property
    def refused(self) -> list[Outcome]:
        """What cannot be brought."""
        return [outcome for outcome in self.outcomes if outcome.state == REFUSED]

    @property
    def brought(self) -> list[int]:
        """The numbers here of what was brought."""
        return [outcome.operation for outcome in self.outcomes if outcome.operation is not None]


def bring_back(session: Session, copy: Session, loan: Loan, keep: Side | None) -> Merged:
    """Do here what was done in a copy since it was lent or came back last, whatever of it can be done."""
    # A copy may come back several times: only what is new since the last time is brought.
    steps = read_steps(copy, loan.returned_operation or loan.last_operation)
    forgetting = erased_on_either_side(session, copy)
    ids, numbers = Ids(session, loan), Numbers(session, copy)
    here = done_here(session, loan.last_operation, loan.site)
    rules = Rules(hooks("before_bring"), hooks("after_bring"), _follow)
    bringing = Bringing(session, ids, numbers, here, forgetting, rules, keep)
    outcomes = _Walk(session, bringing, ids).walk(steps) if steps else []
    # After all is brought: what came along of somebody erased goes with them.
    forgetting.forget(session)
    numbers.keep(loan.site)
    ids.keep()
    _note_return(loan, copy, steps)
    return Merged(outcomes, len(forgetting.people))


def _follow() -> None:
    """Let the areas act on what one operation changed, as they did when it was done."""
    opened = run().work
    if opened is not None:
        opened.run.before_commit(opened)


def _note_return(loan: Loan, copy: Session, steps: Sequence[Step]) -> None:
    if steps or loan.returned_on is None:
        loan.returned_on = run().clock.today
        loan.returned_operation = copy.scalar(select(Operation.id).order_by(Operation.id.desc()).limit(1))


def seal(session: Session, merged: Merged, merge: Operation) -> None:
    """Let what was brought belong to the merge, which takes it along when it is undone."""
    own = update(Operation).where(Operation.id.in_(merged.brought))
    session.execute(own.values(merge_id=merge.id))


class _Walk:
    """Walks the steps of a copy, in halves where a check is against them."""

    def __init__(self, session: Session, bringing: Bringing, ids: Ids) -> None:
        self.session, self.bringing, self.ids = session, bringing, ids
        self.checks = [FOREIGN_KEYS, *gathered("checks")]
        self.before = {finding for _check, finding in self._findings()}

    def walk(self, steps: Sequence[Step]) -> list[Outcome]:
        """What becomes of some steps, one after the other."""
        mark = self.ids.mark
        with self.session.begin_nested() as savepoint:
            outcomes = [self._outcome(step) for step in steps]
            brought = [outcome for outcome in outcomes if outcome.state == BROUGHT]
            broken = self._broken() if brought else None
            if broken is None:
                return outcomes
            savepoint.rollback()
        self.ids.forget_since(mark)
        recorder_of(self.session).begin_anew()
        return self._in_halves(outcomes, brought, broken)

    def _in_halves(
        self, outcomes: list[Outcome], brought: list[Outcome], broken: RuleBroken
    ) -> list[Outcome]:
        """The same steps again, as two lots; one that is alone is what the check is against."""
        if len(brought) == 1:
            return [_refused(outcome, broken) if outcome in brought else outcome for outcome in outcomes]
        steps = [outcome.step for outcome in outcomes]
        middle = outcomes.index(brought[len(brought) // 2])
        return [*self.walk(steps[:middle]), *self.walk(steps[middle:])]

    def _outcome(self, step: Step) -> Outcome:
        if _is_erased_here(self.session, step):
            return Outcome(step, SAME)
        try:
            operation = self.bringing.bring(step)
        except RuleError as error:
            return Outcome(step, REFUSED, error=error)
        if operation is not None:
            return Outcome(step, BROUGHT, operation.id)
        return Outcome(step, KEPT if step.number in self.bringing.overruled else SAME)

    def _broken(self) -> RuleBroken | None:
        """What a check finds that it did not find before."""
        for check, finding in self._findings():
            if finding not in self.before:
                fields = {"title": _(check.title), "record": finding.thing, "problem": finding.problem}
                return RuleBroken(check.code or check.name, **fields)
        return None

    def _findings(self) -> Iterator[tuple[Check, Finding]]:
        self.session.flush()
        for check in self.checks:
            for finding in check.find(self.session):
                yield check, finding


def _refused(outcome: Outcome, error: RuleError) -> Outcome:
    return Outcome(outcome.step, REFUSED, error=error)


def _is_erased_here(session: Session, step: Step) -> bool:
    """Whether all that a step did is to erase people who are erased here too."""
    if step.operation.command != "person erase":
        return False
    keys = [key for key, (_before, after) in step.updated.get("person", {}).items() if after.get("erased_on")]
    query = select(Person.id).where(Person.id.in_(keys), Person.erased_on.is_not(None))
    return bool(keys) and len(session.scalars(query).all()) == len(keys)
