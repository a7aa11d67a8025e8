"""What of stars and certificates waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import once
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.recognition.rules.stars import StarStanding

GRANT_STAR, STAR_BELOW, REISSUE_CERTIFICATE = "grant_star", "star_below", "reissue_certificate"


def _standings(session: Session, scope: Scope) -> Sequence[StarStanding]:
    from volunteer_cli.recognition.rules.stars import star_standings

    own = scope.community_id
    return once(session, ("recognition.standings", own), lambda: star_standings(session, own))


def stars_to_grant(session: Session, scope: Scope) -> Iterator[Row]:
    """People whose hours reach a star that they do not hold."""
    for one in _standings(session, scope):
        if one.proposed:
            yield item(
                GRANT_STAR,
                one.person,
                1,
                f"star grant {one.id} {one.proposed}",
                thing=f"person:{one.id}",
            )


def certificates_corrected(session: Session, scope: Scope) -> Iterator[Row]:
    """Valid certificates of which hours count otherwise by now."""
    from volunteer_cli.recognition.queries import corrected_since, valid_certificates

    valid = valid_certificates(session, scope.community_id)
    corrected = corrected_since(session, [certificate.id for certificate in valid])
    for one in valid:
        if one.id in corrected:
            step = f"certificate issue {one.person_id} --replaces {one.number}"
            yield item(REISSUE_CERTIFICATE, one.number, 1, step, thing=f"certificate:{one.id}")


def stars_below(session: Session, scope: Scope) -> Iterator[Row]:
    """People whose hours no longer reach what their star asked for; nobody is demoted by this."""
    for one in _standings(session, scope):
        if one.below:
            step, thing = f"hours list --person {one.id}", f"person:{one.id}"
            yield item(STAR_BELOW, one.person, 1, step, thing=thing)


TASKS = (
    Task(GRANT_STAR, N_("decide on a star"), stars_to_grant, place=7, brief=False),
    Task(
        REISSUE_CERTIFICATE,
        N_("issue a certificate anew, for its hours were corrected"),
        certificates_corrected,
        place=8,
        brief=False,
    ),
    Task(STAR_BELOW, N_("look at a star above the hours by now"), stars_below, place=9, brief=False),
)
