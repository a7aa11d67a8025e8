"""`volunteer star …`, `certificate …`, `award …` and `evaluation …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, listed, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell import (
    DayText,
    PeriodText,
    Reason,
    choose,
    day_option,
    noun,
    period_option,
    read,
    say,
    show,
    show_list,
    tell,
    tell_each,
    verb,
    write_file,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from volunteer_cli.communities.models import Community
    from volunteer_cli.people.models import Person
    from volunteer_cli.recognition.models import Certificate

star, certificate, award, evaluation = noun("star"), noun("certificate"), noun("award"), noun("evaluation")

PersonNamed = Annotated[str, Argument(metavar="PERSON", help=N_("Who it is about"))]
OfPerson = Annotated[str | None, Option("--person", metavar="PERSON", help=N_("Only this person's"))]


def _community_id(session: Session) -> int | None:
    from volunteer_cli.communities.queries import chosen_community

    community = chosen_community(session)
    return community.id if community else None


def _person_id(session: Session, text: str | None) -> int | None:
    from volunteer_cli.people.queries import find_person

    return find_person(session, text, changing=False).id if text else None


def _or_actor(name: str | None) -> str:
    """Who was named, else whoever runs the command; a name left empty is for the rule to refuse."""
    return run().given.actor if name is None else name


# --- stars ------------------------------------------------------------


@verb(star, "list", example="volunteer star list --proposed")
def list_stars(
    proposed: Annotated[
        bool, Option("--proposed", help=N_("Only those who have reached a new level"))
    ] = False,
    held: Annotated[bool, Option("--held", help=N_("Only those who hold a star"))] = False,
) -> None:
    """List those who hold a star, and those whose hours reach the next one."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition.rules.stars import star_standings
    from volunteer_cli.recognition.views import STARS

    with reading() as session:
        standings = star_standings(session, _community_id(session))
        show_list(
            session,
            STARS,
            [row for row in standings if row.proposed or not proposed if row.level or not held],
        )


@verb(star, "show", example="volunteer star show 李明")
def show_star(person: PersonNamed) -> None:
    """Show a person's stars, the next level and what is missing for it."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.recognition.rules.stars import star_standing
    from volunteer_cli.recognition.views import STARS

    with reading() as session:
        show(session, STARS, star_standing(session, find_person(session, person, changing=False)))


@verb(star, "grant", example="volunteer star grant 李明 1", changes=True)
def grant_star(
    person: Annotated[
        list[str], Argument(metavar="PERSON...", help=N_("Whose hours reach it, one or several"))
    ],
    level: Annotated[int, Argument(metavar="1-5", help=N_("The level, from 1"))],
    by: Annotated[
        str | None, Option("--by", metavar="NAME", help=N_("Who grants it; default whoever records it"))
    ] = None,
) -> None:
    """Grant a star level to people whose confirmed hours reach it."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.recognition.rules import stars
    from volunteer_cli.recognition.views import STARS

    with work("star grant") as session:
        people, today = find_people(session, person), run().clock.today
        reached = [
            (whom, stars.grant_star(session, whom, level, by=_or_actor(by), today=today).level)
            for whom in people
        ]
        sentence = _("{person} ({id}) holds star level {level}.")
        sentences = (sentence.format(person=whom.name, id=whom.id, level=star) for whom, star in reached)
        tell_each(session, STARS, [stars.star_standing(session, whom) for whom in people], sentences)


# --- certificates ------------------------------------------------------------

CertificateNamed = Annotated[str, Argument(metavar="CERTIFICATE", help=N_("Its number or id"))]
Covered = Annotated[PeriodText | None, period_option(N_("The time that it covers; default all up to today"))]


@verb(
    certificate, "issue", example="volunteer certificate issue 李明 --period 2025 -o 李明.html", changes=True
)
def issue(
    person: PersonNamed,
    period: Covered = None,
    handler: Annotated[
        str | None, Option("--handler", metavar="TEXT", help=N_("Who signs it; default whoever issues it"))
    ] = None,
    contact: Annotated[
        str | None,
        Option(
            "--contact",
            metavar="TEXT",
            help=N_("How to reach the community; default as on its latest certificate"),
        ),
    ] = None,
    replaces: Annotated[
        str | None,
        Option("--replaces", metavar="CERTIFICATE", help=N_("A certificate that it makes void")),
    ] = None,
) -> None:
    """Certify a person's confirmed hours under a number, of a running period those up to today.

    With -o the certificate is written to a file ending in .html, which can be printed, or in .pdf.
    """
    from volunteer_cli.core.work import afterwards, record_reveal, work
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.rules import certificates
    from volunteer_cli.recognition.views import CERTIFICATES

    sentence = _("Issued certificate {number} to {person} ({id}): {hours} hours.")
    with work("certificate issue") as session:
        whom = find_person(session, person)
        issued = certificates.issue_certificate(
            session,
            whom,
            _issuer(session, whom),
            period=read(period),
            handler=_or_actor(handler),
            contact=contact,
            today=run().clock.today,
            replaces=queries.find_certificate(session, replaces) if replaces else None,
        )
        afterwards(_document(session, issued))
        if reason := options().reveal:
            record_reveal(session, CERTIFICATES.name, reason)
        sentences = [_told_of(issued, sentence, whom.name), *_still_valid(session, issued)]
        tell(session, CERTIFICATES, issued, typography().sentences(sentences))


def _still_valid(session: Session, issued: Certificate) -> Iterator[str]:
    """Say which certificate of the same person and time stays valid beside a new one."""
    from volunteer_cli.recognition.queries import still_valid

    others = [other.number for other in still_valid(session, issued)]
    if others:
        sentence = ngettext(
            "Of the same time {others} stays valid too: void it, or use --replaces NUMBER to do both at once.",
            "Of the same time {others} stay valid too: void them, or use --replaces NUMBER to do both at once.",
            len(others),
        )
        yield sentence.format(others=listed(others))


def _told_of(issued: Certificate, sentence: str, person: str) -> str:
    from volunteer_cli.core.dates import format_minutes

    hours = format_minutes(issued.minutes)
    return sentence.format(number=issued.number, person=person, id=issued.id, hours=hours)


def _issuer(session: Session, person: Person) -> Community:
    """The community that was named, else the person's own: only the body that recorded certifies."""
    from volunteer_cli.communities.models import Community
    from volunteer_cli.communities.queries import chosen_community

    return chosen_community(session) or session.get_one(Community, person.community_id)


def _document(session: Session, issued: Certificate) -> Callable[[Any], None]:
    """Where -o names a document, make it now and answer what writes it; stdout is left to the summary."""
    from volunteer_cli.output.files import require_writable
    from volunteer_cli.recognition.documents import certificate_document, is_document

    path = options().file
    if path is None or not is_document(path):
        return lambda _work: None
    require_writable(path)
    options().output = None
    document = certificate_document(session, issued, path, reveal=bool(options().reveal))
    return lambda _work: _save(path, document)


def _save(path: Path, document: bytes) -> None:
    if not run().given.dry_run:
        write_file(document, path)


@verb(certificate, "list", example="volunteer certificate list --person 李明")
def list_certificates(person: OfPerson = None) -> None:
    """List certificates in the order of issue, voided ones too."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.views import CERTIFICATES

    with reading() as session:
        certificates = queries.certificates(
            session, person_id=_person_id(session, person), community_id=_community_id(session)
        )
        show_list(session, CERTIFICATES, certificates)


@verb(certificate, "show", example="volunteer certificate show BINHU-2025-0003 -o certificate.pdf")
def show_certificate(certificate: CertificateNamed) -> None:
    """Show a certificate with its lines, or with -o write it again to an .html or .pdf file."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.views import CERTIFICATES

    with reading() as session:
        record = queries.find_certificate(session, certificate, changing=False)
        # The paper first: whoever reads the summary may go half-way, and takes nothing of the paper along.
        _document(session, record)(None)
        show(session, CERTIFICATES, record)


@verb(
    certificate,
    "void",
    example="volunteer certificate void BINHU-2025-0003 --reason 'wrong period'",
    changes=True,
)
def void_certificate(certificate: CertificateNamed, reason: Reason) -> None:
    """Declare a certificate void; its number and figures stay on record."""
    from volunteer_cli.core.work import work
    from volunteer_cli.recognition import queries, rules
    from volunteer_cli.recognition.views import CERTIFICATES

    with work("certificate void", reason=reason) as session:
        record = queries.find_certificate(session, certificate)
        rules.void(session, record, reason=reason, on=run().clock.today)
        outcome = _("Voided certificate {number} ({id}).").format(number=record.number, id=record.id)
        tell(session, CERTIFICATES, record, outcome)


@verb(certificate, "verify", example="volunteer certificate verify BINHU-2025-0003 --code 7K4M-9PQR")
def verify(
    number: Annotated[str, Argument(metavar="NUMBER", help=N_("The number on the paper"))],
    code: Annotated[
        str | None, Option("--code", metavar="CODE", help=N_("The verification code on the paper"))
    ] = None,
) -> None:
    """Tell the period, the total and the status of a certificate, and nothing else."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.rules.certificates import check_code
    from volunteer_cli.recognition.views import VERIFICATIONS

    with reading() as session:
        record = queries.find_certificate(session, number)
        if code is not None:
            check_code(record, code)
        show(session, VERIFICATIONS, record)
        if queries.corrected_since(session, [record.id]):
            say(_("Hours on it were corrected after it was issued."))


# --- honours ------------------------------------------------------------

AwardNamed = Annotated[str, Argument(metavar="AWARD", help=N_("Its id or title"))]


@verb(
    award,
    "add",
    example="volunteer award add 市级优秀社区 --for-community --level municipal --by 济南市民政局 --on 2025-12-05",
    changes=True,
)
def add_award(
    title: Annotated[str, Argument(metavar="TITLE", help=N_("Name of the honour"))],
    level: Annotated[
        str,
        Option(
            "--level",
            metavar="LEVEL",
            help=N_("national, provincial, municipal, district, subdistrict or community"),
        ),
    ],
    by: Annotated[str, Option("--by", metavar="BODY", help=N_("Who awarded it"))],
    on: Annotated[DayText, day_option("--on", N_("The day it was awarded"))],
    person: Annotated[str | None, Option("--person", metavar="PERSON", help=N_("Who received it"))] = None,
    team: Annotated[
        str | None, Option("--team", metavar="TEAM", help=N_("The team that received it"))
    ] = None,
    for_community: Annotated[
        bool, Option("--for-community", help=N_("The community itself received it"))
    ] = False,
    document: Annotated[
        str | None, Option("--document", metavar="TEXT", help=N_("Number of the document that says so"))
    ] = None,
) -> None:
    """Record an honour of a person, a team or the community."""
    from volunteer_cli.core.work import work
    from volunteer_cli.recognition.rules import awards
    from volunteer_cli.recognition.terms import AwardLevel
    from volunteer_cli.recognition.views import AWARDS

    # Before the database is opened: it is the command line that is wrong.
    awards.require_one_holder(person, team, for_community=for_community)
    details: dict[str, Any] = {
        "title": title,
        "level": choose(AwardLevel, level, "--level"),
        "by": by,
        "document": document,
    }
    with work("award add") as session:
        holder = _holder(session, person, team)
        added = awards.add_award(session, holder, on=read(on), today=run().clock.today, **details)
        sentence = _("Recorded {title} for {holder} ({id}).")
        tell(session, AWARDS, added, sentence.format(title=added.title, holder=holder.name, id=added.id))


def _holder(session: Session, person: str | None, team: str | None) -> Any:
    """The person, the team, or else the community that an honour goes to."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.teams.queries import find_team

    if person is not None:
        return find_person(session, person)
    return find_team(session, team) if team is not None else the_community(session)


@verb(award, "list", example="volunteer award list --level municipal")
def list_awards(
    person: OfPerson = None,
    team: Annotated[str | None, Option("--team", metavar="TEAM", help=N_("Only this team's"))] = None,
    level: Annotated[
        str | None,
        Option(
            "--level",
            metavar="LEVEL",
            help=N_("national, provincial, municipal, district, subdistrict or community"),
        ),
    ] = None,
) -> None:
    """List honours, the latest last."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.terms import AwardLevel
    from volunteer_cli.recognition.views import AWARDS
    from volunteer_cli.teams.queries import find_team

    rank = choose(AwardLevel, level, "--level")
    with reading() as session:
        awards = queries.awards(
            session,
            person_id=_person_id(session, person),
            team_id=find_team(session, team, changing=False).id if team else None,
            community_id=_community_id(session),
            level=rank,
        )
        show_list(session, AWARDS, awards)


@verb(award, "show", example="volunteer award show 市级优秀社区")
def show_award(award: AwardNamed) -> None:
    """Show an honour."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.views import AWARDS

    with reading() as session:
        show(session, AWARDS, queries.find_award(session, award, changing=False))


@verb(award, "void", example="volunteer award void 4 --reason 'entered twice'", changes=True)
def void_award(award: AwardNamed, reason: Reason) -> None:
    """Take an honour out of account; it stays on record."""
    from volunteer_cli.core.work import work
    from volunteer_cli.recognition import queries, rules
    from volunteer_cli.recognition.views import AWARDS

    with work("award void", reason=reason) as session:
        record = queries.find_award(session, award, exact=True)
        rules.void(session, record, reason=reason, on=run().clock.today)
        outcome = _("Voided {title} ({id}).").format(title=record.title, id=record.id)
        tell(session, AWARDS, record, outcome)


# --- evaluations ------------------------------------------------------------

EventNamed = Annotated[str, Argument(metavar="EVENT", help=N_("The event it is about"))]
EvaluationNamed = Annotated[str, Argument(metavar="EVALUATION", help=N_("Its id"))]
Punctuality = Annotated[
    int | None, Option("--punctuality", metavar="1-5", help=N_("Whether the person came in time, out of 5"))
]
Attitude = Annotated[
    int | None, Option("--attitude", metavar="1-5", help=N_("How the person went about it, out of 5"))
]
Skill = Annotated[
    int | None, Option("--skill", metavar="1-5", help=N_("How well the person did it, out of 5"))
]


@verb(
    evaluation,
    "add",
    example="volunteer evaluation add 楼道清洁 李明 --punctuality 5 --attitude 5 --skill 4 --text 细致耐心",
    changes=True,
)
def add_evaluation(
    event: EventNamed,
    person: PersonNamed,
    punctuality: Punctuality = None,
    attitude: Attitude = None,
    skill: Skill = None,
    text: Annotated[str | None, Option("--text", metavar="TEXT", help=N_("In words"))] = None,
    by: Annotated[
        str | None, Option("--by", metavar="NAME", help=N_("Whose view it is; default whoever records it"))
    ] = None,
) -> None:
    """Record how a person did at an event."""
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.rules import evaluations
    from volunteer_cli.recognition.views import EVALUATIONS

    ratings = {"punctuality": punctuality, "attitude": attitude, "skill": skill}
    with work("evaluation add") as session:
        at, whom = find_event(session, event), find_person(session, person)
        names = {"person": whom.name, "event": at.title}
        # Said and not refused: who came without a sign-up is often on no list.
        if not queries.took_part(session, at, whom.id):
            say(_("Note: nothing on file says that {person} was at {event}.").format(**names))
        added = evaluations.add_evaluation(
            session, at, whom, ratings=ratings, text=text, by=_or_actor(by), today=run().clock.today
        )
        tell(session, EVALUATIONS, added, _recorded(late=added.late).format(**names, id=added.id))


def _recorded(*, late: bool) -> str:
    if late:
        return _("Recorded the evaluation of {person} at {event} ({id}), late.")
    return _("Recorded the evaluation of {person} at {event} ({id}).")


@verb(evaluation, "list", example="volunteer evaluation list --person 李明")
def list_evaluations(
    person: OfPerson = None,
    event: Annotated[str | None, Option("--event", metavar="EVENT", help=N_("Only at this event"))] = None,
) -> None:
    """List evaluations, the latest last."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.events.queries import find_event
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.views import EVALUATIONS

    with reading() as session:
        evaluations = queries.evaluations(
            session,
            person_id=_person_id(session, person),
            event_id=find_event(session, event, changing=False).id if event else None,
            community_id=_community_id(session),
        )
        show_list(session, EVALUATIONS, evaluations)


@verb(evaluation, "averages", example="volunteer evaluation averages --sort -average")
def averages(person: OfPerson = None) -> None:
    """List the average of each person's evaluations, with their number."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.views import AVERAGES

    with reading() as session:
        whose = _person_id(session, person)
        among = None if whose is None else [whose]
        averages = queries.average_ratings(session, among, community_id=_community_id(session))
        show_list(session, AVERAGES, averages.values())


@verb(evaluation, "show", example="volunteer evaluation show 7")
def show_evaluation(evaluation: EvaluationNamed) -> None:
    """Show an evaluation."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.recognition import queries
    from volunteer_cli.recognition.views import EVALUATIONS

    with reading() as session:
        show(session, EVALUATIONS, queries.find_evaluation(session, evaluation, changing=False))


@verb(evaluation, "void", example="volunteer evaluation void 7 --reason 'wrong person'", changes=True)
def void_evaluation(evaluation: EvaluationNamed, reason: Reason) -> None:
    """Take an evaluation out of account; it stays on record."""
    from volunteer_cli.core.work import work
    from volunteer_cli.recognition import queries, rules
    from volunteer_cli.recognition.views import EVALUATIONS

    with work("evaluation void", reason=reason) as session:
        record = queries.find_evaluation(session, evaluation)
        rules.void(session, record, reason=reason, on=run().clock.today)
        tell(session, EVALUATIONS, record, _("Voided evaluation {id}.").format(id=record.id))
