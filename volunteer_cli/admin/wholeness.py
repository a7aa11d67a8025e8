"""What must always hold, asked before something is committed that no rule of its own has looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.areas import gathered
from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.core.work import session_on

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class WouldBreak(RuleError):
    """{title}; that would not hold any more: {thing}: {problem}"""

    code = "changed_since"
    hint = N_("Undo what came later first, or set it right: volunteer history list --thing {thing}")

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(**fields)
        self.code = code or type(self).code  # type: ignore[misc]


def require_whole(session: Session) -> None:
    """Refuse what would leave something that `volunteer check` finds and did not find before.

    Raises:
        WouldBreak: it would.
    """
    findings = list(_findings(session))
    if not findings:
        return
    # Others read what was committed last; a database in order is looked at only once.
    with session_on(run().given.database, writing=False) as before:
        earlier = {finding for _check, finding in _findings(before)}
    for check, finding in findings:
        if finding not in earlier:
            fields = {
                "title": _(check.title),
                "thing": finding.thing,
                "problem": finding.problem.rstrip(".。"),
            }
            raise WouldBreak(check.code, **fields)


def _findings(session: Session) -> Iterator[tuple[Check, Finding]]:
    for check in gathered("checks"):
        for finding in check.find(session):
            yield check, finding
