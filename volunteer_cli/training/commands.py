"""`volunteer training …`."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.shell import (
    DayText,
    Reason,
    day_option,
    noun,
    read,
    show,
    show_list,
    tell,
    tell_each,
    verb,
)

app = noun("training")

Named = Annotated[str, Argument(metavar="TRAINING", help=N_("Its id or topic"))]
Skills = Annotated[
    list[str] | None,
    Option("--skill", metavar="SKILL", help=N_("A skill that it gives as long as it counts")),
]


@verb(
    app,
    "add",
    example="volunteer training add 李明 --topic 急救 --by 区红十字会 --on 2026-05-09 --minutes 180 --skill 急救",
    changes=True,
)
def add(
    person: Annotated[list[str], Argument(metavar="PERSON...", help=N_("Who was trained, one or several"))],
    topic: Annotated[str, Option("--topic", metavar="TEXT", help=N_("What it was about"))],
    by: Annotated[str, Option("--by", metavar="BODY", help=N_("Who held it"))],
    on: Annotated[DayText, day_option("--on", N_("The day it was held"))],
    minutes: Annotated[int, Option("--minutes", metavar="N", help=N_("How long it took, in minutes"))],
    skill: Skills = None,
    until: Annotated[
        DayText | None, day_option("--until", N_("The last day on which it counts"), ahead=True)
    ] = None,
) -> None:
    """Record a training that people have had."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.training import rules
    from volunteer_cli.training.views import TRAININGS

    details: dict[str, Any] = {
        "topic": topic,
        "by": by,
        "minutes": minutes,
        "skills": skill or (),
    }
    with work("training add") as session:
        people = find_people(session, person)
        details |= {"on": read(on), "until": read(until), "today": run().clock.today}
        trainings = [(whom.name, rules.add_training(session, whom, **details)) for whom in people]
        sentence = _("Recorded training {topic} of {person} ({id}).")
        sentences = (sentence.format(topic=each.topic, person=name, id=each.id) for name, each in trainings)
        tell_each(session, TRAININGS, [each for _name, each in trainings], sentences)


@verb(app, "list", example="volunteer training list --person 李明")
def list_(
    person: Annotated[str | None, Option("--person", metavar="PERSON", help=N_("Only this person's"))] = None,
    skill: Annotated[
        str | None, Option("--skill", metavar="SKILL", help=N_("Only those that give it"))
    ] = None,
) -> None:
    """List trainings, the latest last."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.training import queries
    from volunteer_cli.training.views import TRAININGS

    with reading() as session:
        whose = find_person(session, person, changing=False).id if person else None
        community = chosen_community(session)
        within = community.id if community else None
        trainings = queries.trainings(session, person_id=whose, skill=skill, community_id=within)
        show_list(session, TRAININGS, trainings)


@verb(app, "show", example="volunteer training show 3")
def show_(training: Named) -> None:
    """Show a training."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.training import queries
    from volunteer_cli.training.views import TRAININGS

    with reading() as session:
        show(session, TRAININGS, queries.find_training(session, training, changing=False))


@verb(app, "void", example="volunteer training void 3 --reason 'entered twice'", changes=True)
def void(training: Named, reason: Reason) -> None:
    """Take a training out of account; it stays on record."""
    from volunteer_cli.core.work import work
    from volunteer_cli.training import queries, rules
    from volunteer_cli.training.views import TRAININGS

    with work("training void", reason=reason) as session:
        record = queries.find_training(session, training, exact=True)
        rules.void_training(session, record, reason=reason, on=run().clock.today)
        tell(
            session,
            TRAININGS,
            record,
            _("Voided training {topic} ({id}).").format(topic=record.topic, id=record.id),
        )
