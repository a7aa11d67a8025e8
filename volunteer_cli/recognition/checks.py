"""What must always hold of stars, certificates, honours and evaluations."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Executable, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.records import IssuedNumber
from volunteer_cli.hours.queries import minutes_of_people
from volunteer_cli.hours.terms import Evidence
from volunteer_cli.recognition.models import Award, Certificate, CertificateLine, Evaluation
from volunteer_cli.recognition.queries import ALIKE, latest_grants
from volunteer_cli.recognition.terms import RATINGS


def stars_below(session: Session) -> Iterator[Finding]:
    """People whose hours no longer reach what their star level asked for; nobody is demoted by this."""
    grants = latest_grants(session)
    minutes = minutes_of_people(session, list(grants))
    for person_id, grant in grants.items():
        if (now := minutes.get(person_id, 0)) < grant.threshold:
            problem = _("holds star level {level}, which asked for {needed} hours, but has {hours}")
            sentence = problem.format(
                level=grant.level, needed=format_minutes(grant.threshold), hours=format_minutes(now)
            )
            yield Finding(f"person:{person_id}", sentence)


def wrong_sums(session: Session) -> Iterator[Finding]:
    """Certificates whose lines or kinds of evidence do not add up to the total."""
    problem = _("{number}: the lines do not add up to the total")
    for row in session.execute(_wrong_sums()):
        yield Finding(f"certificate:{row.id}", problem.format(number=row.number))


def _wrong_sums() -> Executable:
    total = Certificate.minutes
    lines = select(CertificateLine.certificate_id, func.sum(CertificateLine.minutes).label("minutes"))
    sums = lines.group_by(CertificateLine.certificate_id).subquery()
    evidence = sum((getattr(Certificate, kind) for kind in Evidence), start=0)
    # A certificate without any line has no row there, and its total must be zero.
    differs = or_(func.coalesce(sums.c.minutes, 0) != total, evidence != total)
    query = select(Certificate.id, Certificate.number)
    return query.outerjoin(sums, sums.c.certificate_id == Certificate.id).where(differs)


def unaccounted_numbers(session: Session) -> Iterator[Finding]:
    """Numbers of certificates that were given out and have none, or that are in no register."""
    issued = select(IssuedNumber.text).where(IssuedNumber.series.like("certificate:%"))
    numbers = select(Certificate.number)
    for number in session.scalars(issued.where(IssuedNumber.text.not_in(numbers))):
        yield Finding(f"certificate:{number}", _("the number was given out, but there is no certificate"))
    for number in session.scalars(numbers.where(Certificate.number.not_in(issued))):
        yield Finding(f"certificate:{number}", _("the number is not in the register"))


def replaced_but_valid(session: Session) -> Iterator[Finding]:
    """Certificates that another one replaces although they are not void, or are another person's."""
    former, later = aliased(Certificate), aliased(Certificate)
    wrong = or_(former.voided_on.is_(None), former.person_id != later.person_id)
    query = select(former.id, former.number, later.number.label("other"))
    problem = _("{number} is replaced by {other}, but is not void or not of the same person")
    for key, number, other in session.execute(query.join(later, later.replaces_id == former.id).where(wrong)):
        yield Finding(f"certificate:{key}", problem.format(number=number, other=other))


def shared_awards(session: Session) -> Iterator[Finding]:
    """Honours that name a person and a team at once."""
    both = and_(Award.person_id.is_not(None), Award.team_id.is_not(None))
    for row in session.execute(select(Award.id, Award.title).where(both)):
        problem = _("{title} belongs to a person and to a team").format(title=row.title)
        yield Finding(f"award:{row.id}", problem)


def off_scale(session: Session) -> Iterator[Finding]:
    """Evaluations with a rating that is not from 1 to 5."""
    outside = [~getattr(Evaluation, name).between(1, 5) for name in RATINGS]
    for key in session.scalars(select(Evaluation.id).where(or_(*outside))):
        yield Finding(f"evaluation:{key}", _("a rating is not from 1 to 5"))


def told_twice(session: Session) -> Iterator[Finding]:
    """Honours and evaluations that are there already, in the same words and of the same holder."""
    holders = {Award: (Award.person_id, Award.team_id), Evaluation: (Evaluation.person_id,)}
    problem = _("It says the same as {other}, which holds as well.")
    for model, names in ALIKE.items():
        content = [*holders[model], *(getattr(model, name) for name in names)]
        alike = select(func.min(model.id), func.max(model.id)).where(model.voided_on.is_(None))
        for first, last in session.execute(alike.group_by(*content).having(func.count() > 1)):
            thing = model.__tablename__
            yield Finding(f"{thing}:{last}", problem.format(other=f"{thing}:{first}"))


CHECKS = (
    Check("awards_twice", N_("No honour and no evaluation is recorded twice"), told_twice, code="conflict"),
    Check(
        "star_levels", N_("Hours reach what the star level asked for"), stars_below, code="below_threshold"
    ),
    Check("certificate_sums", N_("Lines of a certificate add up to its total"), wrong_sums),
    Check("certificate_numbers", N_("Numbers of certificates are accounted for"), unaccounted_numbers),
    Check("certificate_replacements", N_("Only a void certificate is replaced"), replaced_but_valid),
    Check("award_holders", N_("An honour has one holder"), shared_awards),
    Check("evaluation_ratings", N_("Ratings go from 1 to 5"), off_scale),
)
