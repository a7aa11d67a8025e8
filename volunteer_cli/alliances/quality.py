"""Pairings, topics and units that lack something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _nowhere(model: Any, scope: Scope) -> list[Any]:
    """What holds for records of alliances, which are in no community."""
    # No id is negative: asked for one community, nothing of an alliance is counted.
    return [] if scope.community_id is None else [model.id < 0]


def _never_contacted(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.alliances.models import Contact, Pairing
    from volunteer_cli.alliances.queries.pairings import holds_on

    contacted = exists().where(Contact.pairing_id == Pairing.id, Contact.made_on <= scope.as_of)
    return Pairing, [holds_on(scope.as_of), *_nowhere(Pairing, scope)], ~contacted


def _never_listed(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.alliances.models import Council, Topic
    from volunteer_cli.alliances.queries.councils import never_listed
    from volunteer_cli.alliances.terms import TopicStatus

    where: list[Any] = [Topic.status == TopicStatus.ACCEPTED]
    if scope.community_id is not None:
        where.append(
            exists().where(Council.id == Topic.council_id, Council.community_id == scope.community_id)
        )
    return Topic, where, never_listed(scope.today)


def _without_field(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.alliances.models import AllianceMembership
    from volunteer_cli.alliances.queries.alliances import holds_on
    from volunteer_cli.organizations.models import Organization

    # Without a field (审批, 监管, 执法, 信用) it stays hidden which of the four an alliance lacks.
    units = select(AllianceMembership.organization_id).where(holds_on(scope.as_of))
    where = [Organization.id.in_(units), *_nowhere(Organization, scope)]
    return Organization, where, Organization.field.is_(None)


FLAWS = (
    Flaw("pairing_without_contact", N_("Pairings without any contact"), _never_contacted),
    Flaw("topic_never_listed", N_("Accepted topics that were never on an agenda"), _never_listed),
    Flaw("unit_without_field", N_("Units of an alliance without a field"), _without_field),
)
