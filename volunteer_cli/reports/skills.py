"""Reports on what people can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def skill_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Every skill that somebody has or an event asks for; those that nobody has come first."""
    from volunteer_cli.events.queries import beginning, skills_needed
    from volunteer_cli.training.queries import skill_holders

    needed = skills_needed(session, *beginning(scope.period, community_id=scope.community_id))
    holders: dict[str, list[Sequence[object]]] = defaultdict(list)
    for skill, *holder in skill_holders(session, scope.as_of, community_id=scope.community_id):
        holders[skill].append(holder)
    # A skill that is asked for and that nobody has is what the report is there for.
    rows = [_row(skill, holders.get(skill, []), needed.get(skill, 0)) for skill in {*holders, *needed}]
    return sorted(rows, key=_urgency)


def _urgency(row: Row) -> tuple[bool, int, int, str]:
    """What nobody can do comes first, then what is asked for most."""
    return row["able"] > 0, -row["needed"], -row["able"], row["skill"]


def _row(skill: str, holders: Sequence[Sequence[object]], needed: int) -> Row:
    people = {person_id: name for person_id, name, _volunteer, _trained in holders}
    return {
        "skill": skill,
        "able": len(people),
        "volunteers": len({holder[0] for holder in holders if holder[2]}),
        "trained": len({holder[0] for holder in holders if holder[3]}),
        "needed": needed,
        "who": list(people.values()),
    }


SKILLS = Report(
    name="skills",
    place=5,
    title=N_("Skills"),
    help=N_("Show who can do what, and what nobody can."),
    question=N_("Which skills do we have, who has them, and which are asked for and missing?"),
    rows=skill_rows,
    keys=("skill",),
    total=False,
    chart=Chart("able", ("skill",)),
    figures=(
        figure(
            "skill",
            N_("Skill"),
            Kind.TEXT,
            N_(
                "A skill that a person in use has, or that an event of the period asks for; those that nobody has come first."
            ),
            total=False,
        ),
        figure(
            "able",
            N_("Able"),
            Kind.COUNT,
            N_(
                "People in use who have the skill at the end of the period or today: by themselves, or by a training that is neither voided nor past its last day."
            ),
            total=False,
        ),
        figure(
            "volunteers",
            N_("Volunteers"),
            Kind.COUNT,
            N_("Of these, those who were registered as volunteers by then."),
            total=False,
        ),
        figure(
            "trained",
            N_("Trained"),
            Kind.COUNT,
            N_("Of the able, those who have it by a training."),
            total=False,
        ),
        figure(
            "needed",
            N_("Asked for"),
            Kind.COUNT,
            N_("Events that begin in the period and ask for the skill; cancelled ones are left out."),
            total=False,
        ),
        figure("who", N_("Who can"), Kind.LIST, N_("The names of the able."), total=False, personal=True),
    ),
)
REPORTS = (SKILLS,)
