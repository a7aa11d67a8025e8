"""`volunteer organization …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.typed import SetFields, give_set, read_set
from volunteer_cli.organizations.fields import DETAILS, FIELDS, FILTERS
from volunteer_cli.shell import Archived, noun, show, show_list, tell_each, verb
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from volunteer_cli.organizations.models import Organization

app = noun("organization")

Named = Annotated[str, Argument(metavar="ORGANIZATION", help=N_("Its id or name"))]
Several = Annotated[
    list[str], Argument(metavar="ORGANIZATION...", help=N_("Ids or names; 2-4,7 is four ids"))
]


@verb(
    app,
    "add",
    example="volunteer organization add 区行政审批服务局 --kind department --field approval",
    changes=True,
)
@takes(details=typed(DETAILS))
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the organization"))],
    *,
    details: Details,
    set_: SetFields = None,
) -> None:
    """Add an organization, for all communities."""
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations import rules

    with work("organization add") as session:
        organization = rules.add_organization(session, _read(session, {"name": name, **details}))
        give_set(session, Noun.ORGANIZATION, [organization], read_set(session, Noun.ORGANIZATION, set_))
        _tell(session, [organization], _("Added organization {name} ({id})."))


def _read(session: Session, details: Details) -> Details:
    from volunteer_cli.core.policies import PHONE_REGION, policy_value
    from volunteer_cli.organizations.rules import read_organization

    region = policy_value(session, PHONE_REGION)
    return read_organization(details, today=run().clock.today, region=region)


def _tell(session: Session, organizations: Sequence[Organization], sentence: str) -> None:
    from volunteer_cli.organizations.views import ORGANIZATIONS

    sentences = (sentence.format(name=each.name, id=each.id) for each in organizations)
    tell_each(session, ORGANIZATIONS, organizations, sentences)


@verb(app, "list", example="volunteer organization list --kind courier")
@takes(where=typed(FILTERS))
def list_(*, where: Details, archived: Archived = False) -> None:
    """List the organizations."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.organizations import queries
    from volunteer_cli.organizations.views import ORGANIZATIONS

    with reading() as session:
        conditions = _read(session, where)
        organizations = queries.organizations(session, **conditions, archived=archived)
        show_list(session, ORGANIZATIONS, organizations)


@verb(app, "show", example="volunteer organization show 快递公司")
def show_(organization: Named) -> None:
    """Show an organization."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.organizations.queries import find_organization
    from volunteer_cli.organizations.views import ORGANIZATIONS

    with reading() as session:
        show(session, ORGANIZATIONS, find_organization(session, organization, changing=False))


@verb(app, "edit", example="volunteer organization edit 快递公司 --phone 0531-84230001", changes=True)
@takes(details=typed(FIELDS))
def edit(organization: Named, *, details: Details, set_: SetFields = None) -> None:
    """Change what is known of an organization; an empty text clears a value."""
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations import queries, rules

    with work("organization edit") as session:
        edited = queries.find_organization(session, organization)
        rules.edit_organization(session, edited, _read(session, details))
        give_set(session, Noun.ORGANIZATION, [edited], read_set(session, Noun.ORGANIZATION, set_))
        _tell(session, [edited], _("Changed organization {name} ({id})."))


@verb(app, "archive", example="volunteer organization archive 快递公司", changes=True)
def archive(organization: Several) -> None:
    """Take organizations out of use."""
    _archive(organization, archived=True)


@verb(app, "restore", example="volunteer organization restore 快递公司", changes=True)
def restore(organization: Several) -> None:
    """Bring archived organizations back into use."""
    _archive(organization, archived=False)


def _archive(texts: Sequence[str], *, archived: bool) -> None:
    from volunteer_cli.core.lookup import all_named
    from volunteer_cli.core.rules import archive
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations.queries import find_organization

    with work("organization archive" if archived else "organization restore") as session:
        organizations = all_named(session, find_organization, texts)
        for organization in organizations:
            archive(session, organization, run().clock.today if archived else None)
        archiving, restoring = (
            _("Archived organization {name} ({id})."),
            _("Restored organization {name} ({id})."),
        )
        _tell(session, organizations, archiving if archived else restoring)
