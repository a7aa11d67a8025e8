"""The verbs of an action, which hang on `council` and on `pairing` alike: there is one series of ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.alliances.commands.typed import (
    By,
    Due,
    OptionalDue,
    OwnerNeeded,
    Text,
    organization,
    when,
)
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.shell import Noun, OnStep, Reason, read, show, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.actions.models import Action

ActionNamed = Annotated[str, Argument(metavar="ACTION", help=N_("Id of an action or of a need"))]
Result = Annotated[str, Option("--result", metavar="TEXT", help=N_("What was done, and what came of it"))]


def change_action(
    command: str,
    text: str,
    sentence: str,
    change: Callable[[Session, Action], Any],
    *,
    reason: str | None = None,
) -> None:
    """Change one action and say so."""
    from volunteer_cli.actions.queries import find_action
    from volunteer_cli.core.work import note_reason, work

    with work(command) as session:
        note_reason(reason)
        action = find_action(session, text)
        change(session, action)
        tell_action(session, action, _(sentence))


def tell_action(session: Session, action: Action, sentence: str) -> None:
    """Say what was done to an action; a need is shown as needs are."""
    from volunteer_cli.actions.terms import ActionSource
    from volunteer_cli.actions.views import ACTIONS
    from volunteer_cli.alliances.views.pairings import NEEDS

    # There is one series of ids, so that `council done 7` may well reach a need.
    view = NEEDS if action.source == ActionSource.NEED else ACTIONS
    tell(session, view, action, sentence.format(id=action.id, due=action.due_on))


def hang_verbs(app: Noun, noun: str) -> None:
    """Give a noun the verbs of an action."""
    _hang_progress(app, noun)
    _hang_extend(app, noun)
    _hang_assign(app, noun)
    _hang_done(app, noun)
    _hang_return(app, noun)
    _hang_drop(app, noun)
    _hang_steps(app, noun)


def _hang_progress(app: Noun, noun: str) -> None:
    @verb(app, "progress", example=f"volunteer {noun} progress 3 --text 已与两个窗口对接", changes=True)
    def progress(action: ActionNamed, text: Text, by: By = None, on: OnStep = None) -> None:
        """Keep what was done of an action so far."""
        from volunteer_cli.actions import rules

        change_action(
            f"{noun} progress",
            action,
            N_("Noted the progress of action {id}."),
            lambda session, record: rules.progress(session, record, text, when(on, by)),
        )


def _hang_extend(app: Noun, noun: str) -> None:
    @verb(
        app,
        "extend",
        example=f"volunteer {noun} extend 3 --due 2026-05-15 --reason 系统改造未完",
        changes=True,
    )
    def extend(action: ActionNamed, due: Due, reason: Reason, on: OnStep = None) -> None:
        """Give an action a later day; the old one is kept with the reason."""
        from volunteer_cli.actions import rules

        change_action(
            f"{noun} extend",
            action,
            N_("Action {id} is due on {due} now."),
            lambda session, record: rules.extend(session, record, read(due), reason, when(on)),
            reason=reason,
        )


def _hang_assign(app: Noun, noun: str) -> None:
    @verb(app, "assign", example=f"volunteer {noun} assign 3 --owner 区行政审批服务局", changes=True)
    def assign(action: ActionNamed, owner: OwnerNeeded, due: OptionalDue = None, on: OnStep = None) -> None:
        """Hand an action to another organization, which may get another day."""
        from volunteer_cli.actions import rules

        def change(session: Session, record: Action) -> None:
            unit = organization(session, owner)
            assert unit is not None  # noqa: S101 - for the type checker; the option must be given
            rules.assign(session, record, unit, when(on), due_on=read(due))

        change_action(f"{noun} assign", action, N_("Handed over action {id}, due on {due}."), change)


def _hang_done(app: Noun, noun: str) -> None:
    @verb(app, "done", example=f"volunteer {noun} done 3 --result 三个窗口并为一个", changes=True)
    def done(action: ActionNamed, result: Result, by: By = None, on: OnStep = None) -> None:
        """Say that an action is done; whoever raised it is to confirm."""
        from volunteer_cli.actions import rules

        change_action(
            f"{noun} done",
            action,
            N_("Action {id} is done and waits to be confirmed by who raised it."),
            lambda session, record: rules.finish(session, record, result, when(on, by)),
        )


def _hang_return(app: Noun, noun: str) -> None:
    @verb(app, "return", example=f"volunteer {noun} return 3 --reason 仍要跑两个窗口", changes=True)
    def return_(action: ActionNamed, reason: Reason, on: OnStep = None) -> None:
        """Put an action that is not done well enough back to its owner."""
        from volunteer_cli.actions import rules

        change_action(
            f"{noun} return",
            action,
            N_("Returned action {id} to its owner, due on {due}."),
            lambda session, record: rules.give_back(session, record, reason, when(on)),
            reason=reason,
        )


def _hang_drop(app: Noun, noun: str) -> None:
    @verb(app, "drop", example=f"volunteer {noun} drop 3 --reason 企业已迁出", changes=True)
    def drop(action: ActionNamed, reason: Reason, on: OnStep = None) -> None:
        """End an action that nobody needs any more."""
        from volunteer_cli.actions import rules

        change_action(
            f"{noun} drop",
            action,
            N_("Dropped action {id}."),
            lambda session, record: rules.drop(session, record, reason, when(on)),
            reason=reason,
        )


def _hang_steps(app: Noun, noun: str) -> None:
    @verb(app, "steps", example=f"volunteer {noun} steps 3")
    def steps(action: ActionNamed) -> None:
        """Show an action or a need with all that happened to it."""
        from volunteer_cli.actions.queries import find_action
        from volunteer_cli.actions.terms import ActionSource
        from volunteer_cli.actions.views import ACTIONS
        from volunteer_cli.alliances.views.pairings import NEEDS
        from volunteer_cli.core.work import reading

        with reading() as session:
            record = find_action(session, action, changing=False)
            show(session, NEEDS if record.source == ActionSource.NEED else ACTIONS, record)
