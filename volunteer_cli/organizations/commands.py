"""`volunteer organization …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.organizations.terms import AllianceField, OrganizationKind
from volunteer_cli.shell import Archived, choose, noun, show, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

app = noun("organization")

Named = Annotated[str, Argument(metavar="ORGANIZATION", help=N_("Its id or name"))]
KindOption = Annotated[
    str | None,
    Option(
        "--kind",
        metavar="KIND",
        help=N_("department, enterprise, charity, school, property, courier or other"),
    ),
]
FieldOption = Annotated[
    str | None,
    Option("--field", metavar="FIELD", help=N_("approval, regulation, enforcement or credit")),
]
Contact = Annotated[str | None, Option("--contact", metavar="NAME", help=N_("Whom to ask for"))]
Phone = Annotated[str | None, Option("--phone", metavar="NUMBER", help=N_("Phone number"))]


@verb(
    app,
    "add",
    example="volunteer organization add 区行政审批服务局 --kind department --field approval",
    changes=True,
)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the organization"))],
    kind: KindOption = None,
    field: FieldOption = None,
    contact: Contact = None,
    phone: Phone = None,
) -> None:
    """Add an organization, for all communities."""
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations import rules
    from volunteer_cli.organizations.views import ORGANIZATIONS

    details = {"name": name, "kind": _kind(kind), "field": _field(field), "contact": contact, "phone": phone}
    with work("organization add") as session:
        row = rules.read_organization(details, region=_region(session))
        found = rules.add_organization(session, row)
        sentence = _("Added organization {name} ({id}).")
        tell(session, ORGANIZATIONS, found, sentence.format(name=found.name, id=found.id))


def _kind(text: str | None) -> str | None:
    return choose(OrganizationKind, text, "--kind") if text else text


def _field(text: str | None) -> str | None:
    return choose(AllianceField, text, "--field") if text else text


def _region(session: Session) -> str:
    from volunteer_cli.core.policies import PHONE_REGION, policy_value

    return policy_value(session, PHONE_REGION)


@verb(app, "list", example="volunteer organization list --kind courier")
def list_(kind: KindOption = None, field: FieldOption = None, archived: Archived = False) -> None:
    """List the organizations."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.organizations import queries
    from volunteer_cli.organizations.views import ORGANIZATIONS

    chosen = {"kind": _kind(kind), "field": _field(field)}
    with reading() as session:
        show_list(session, ORGANIZATIONS, queries.organizations(session, **chosen, archived=archived))


@verb(app, "show", example="volunteer organization show 快递公司")
def show_(organization: Named) -> None:
    """Show an organization."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.organizations.queries import find_organization
    from volunteer_cli.organizations.views import ORGANIZATIONS

    with reading() as session:
        show(session, ORGANIZATIONS, find_organization(session, organization, changing=False))


@verb(app, "edit", example="volunteer organization edit 快递公司 --phone 0531-84230001", changes=True)
def edit(
    organization: Named,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    kind: KindOption = None,
    field: FieldOption = None,
    contact: Contact = None,
    phone: Phone = None,
) -> None:
    """Change what is known of an organization; an empty text clears a value."""
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations import queries, rules
    from volunteer_cli.organizations.views import ORGANIZATIONS

    details = {"name": name, "kind": _kind(kind), "field": _field(field), "contact": contact, "phone": phone}
    with work("organization edit") as session:
        found = queries.find_organization(session, organization)
        row = rules.read_organization(details, region=_region(session))
        rules.edit_organization(session, found, row)
        sentence = _("Changed organization {name} ({id}).")
        tell(session, ORGANIZATIONS, found, sentence.format(name=found.name, id=found.id))


@verb(app, "archive", example="volunteer organization archive 快递公司", changes=True)
def archive(organization: Named) -> None:
    """Take an organization out of use."""
    _archive(organization, archived=True)


@verb(app, "restore", example="volunteer organization restore 快递公司", changes=True)
def restore(organization: Named) -> None:
    """Bring an archived organization back into use."""
    _archive(organization, archived=False)


def _archive(organization: str, *, archived: bool) -> None:
    from volunteer_cli.communities.rules import archive
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations import queries
    from volunteer_cli.organizations.views import ORGANIZATIONS

    with work("organization archive" if archived else "organization restore") as session:
        found = queries.find_organization(session, organization)
        archive(session, found, run().clock.today if archived else None)
        sentence = (
            _("Archived organization {name} ({id}).")
            if archived
            else _("Restored organization {name} ({id}).")
        )
        tell(session, ORGANIZATIONS, found, sentence.format(name=found.name, id=found.id))
