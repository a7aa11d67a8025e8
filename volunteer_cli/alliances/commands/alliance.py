"""`volunteer alliance …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.alliances.commands.typed import (
    AllianceNamed,
    From,
    OrganizationNamed,
    Organizations,
    day_or_today,
    organizations,
    when,
)
from volunteer_cli.alliances.fields import DETAILS, FIELDS, LINES
from volunteer_cli.alliances.terms import FORMS, HELD_FORMS, UNIT_ROLES, Form, UnitRole
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import run
from volunteer_cli.shell import (
    Archived,
    AsOf,
    DayText,
    OnDay,
    PeriodText,
    Reason,
    StepText,
    choose,
    noun,
    period_option,
    read,
    show,
    show_list,
    tell,
    verb,
)
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.alliances.models import Alliance, AllianceActivity
    from volunteer_cli.organizations.models import Organization

app = noun("alliance")

RoleOption = Annotated[str, Option("--role", metavar="ROLE", help=N_("lead or member"))]


@verb(
    app,
    "add",
    example="volunteer alliance add 审管执信互动党建联盟 --code shenguan --lead 区行政审批服务局 --line 联办助企活动",
    changes=True,
)
@takes(details=typed(DETAILS))
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the alliance"))],
    code: Annotated[str, Option("--code", metavar="CODE", help=N_("Short code to name it by"))],
    *,
    lead: Annotated[
        str | None,
        Option("--lead", metavar="ORGANIZATION", help=N_("Who leads it, from the founding date or today")),
    ] = None,
    details: Details,
) -> None:
    """Add an alliance."""
    from volunteer_cli.alliances.rules import alliances as rules
    from volunteer_cli.core.work import work

    with work("alliance add") as session:
        row = _read({"name": name, "code": code, **details})
        alliance = rules.add_alliance(session, row, lines=row.pop("lines", ()))
        # Who leads at the beginning has led since the founding, also where that is entered years later.
        since = alliance.founded_on or run().clock.today
        for unit in organizations(session, [lead] if lead else None):
            rules.join(session, alliance, unit, role=UnitRole.LEAD, on=since)
        _tell(session, alliance, _("Added alliance {name} ({id})."))


def _read(details: Details) -> dict[str, Any]:
    from volunteer_cli.core.fields import values_of

    return values_of((*FIELDS, LINES), details, today=run().clock.today, region="")


def _tell(session: Session, alliance: Alliance, sentence: str) -> None:
    from volunteer_cli.alliances.views.alliances import ALLIANCES

    tell(session, ALLIANCES, alliance, sentence.format(name=alliance.name, id=alliance.id))


@verb(app, "list", example="volunteer alliance list -f json")
def list_(*, archived: Archived = False) -> None:
    """List the alliances."""
    from volunteer_cli.alliances.queries.alliances import alliances
    from volunteer_cli.alliances.views.alliances import ALLIANCES
    from volunteer_cli.core.work import reading

    with reading() as session:
        show_list(session, ALLIANCES, alliances(session, archived=archived))


@verb(app, "show", example="volunteer alliance show shenguan")
def show_(alliance: AllianceNamed) -> None:
    """Show an alliance with its units."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.views.alliances import ALLIANCES
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, ALLIANCES, find_alliance(session, alliance, changing=False))


@verb(app, "edit", example="volunteer alliance edit shenguan --motto 济水凝心·阳光服务", changes=True)
@takes(details=typed((*FIELDS, LINES)))
def edit(alliance: AllianceNamed, *, details: Details) -> None:
    """Change what is known of an alliance; lines of work are added to those there are."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.rules import alliances as rules
    from volunteer_cli.core.work import work

    with work("alliance edit") as session:
        edited, changes = find_alliance(session, alliance), _read(details)
        lines = changes.pop("lines", ())
        rules.edit_alliance(session, edited, changes)
        rules.add_lines(session, edited, lines)
        _tell(session, edited, _("Changed alliance {name} ({id})."))


@verb(app, "join", example="volunteer alliance join shenguan 区城市管理局 --on 2026-03-01", changes=True)
def join(
    alliance: AllianceNamed, members: Organizations, role: RoleOption = "member", on: From = None
) -> None:
    """Take organizations into an alliance."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.rules import alliances as rules
    from volunteer_cli.core.work import work

    rank = choose(UnitRole, role, "--role")
    with work("alliance join") as session:
        joined, units = find_alliance(session, alliance), organizations(session, members)
        for unit in units:
            rules.join(session, joined, unit, role=rank, on=day_or_today(on))
        sentence = _("{units} joined {alliance}.")
        _tell(session, joined, sentence.format(units=_names(units), alliance=joined.name))


def _names(units: list[Organization]) -> str:
    return listed(unit.name for unit in units)


@verb(app, "role", example="volunteer alliance role shenguan 区城市管理局 --role lead", changes=True)
def role_(alliance: AllianceNamed, unit: OrganizationNamed, role: RoleOption, on: From = None) -> None:
    """Give a unit of an alliance another role from a day on."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.rules import alliances as rules
    from volunteer_cli.core.work import work
    from volunteer_cli.organizations.queries import find_organization

    rank = choose(UnitRole, role, "--role")
    with work("alliance role") as session:
        whole, member = find_alliance(session, alliance), find_organization(session, unit)
        old = _role_on(session, whole, member, on) or rank
        rules.change_role(session, whole, member, rank, on=day_or_today(on))
        words = {"unit": member.name, "old": _(UNIT_ROLES[old]), "role": _(UNIT_ROLES[rank])}
        _tell(session, whole, _changed_role(old, rank).format(alliance=whole.name, **words))


def _changed_role(old: str, rank: UnitRole) -> str:
    """From which role a unit came to which, in a sentence whose names are still open."""
    return _("{unit} is {role} of {alliance}.") if old == rank else _("{unit} of {alliance}: {old} → {role}.")


def _role_on(session: Session, alliance: Alliance, unit: Organization, on: DayText | None) -> str | None:
    from volunteer_cli.alliances.queries.alliances import rosters

    rows = rosters(session, [alliance.id], day_or_today(on)).get(alliance.id, ())
    return next((row.role for row in rows if row.organization_id == unit.id), None)


@verb(app, "leave", example="volunteer alliance leave shenguan 区城市管理局 --on 2026-12-31", changes=True)
def leave(alliance: AllianceNamed, members: Organizations, on: From = None) -> None:
    """End the membership of organizations in an alliance; the day itself no longer counts."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.rules import alliances as rules
    from volunteer_cli.core.work import work

    with work("alliance leave") as session:
        left, units = find_alliance(session, alliance), organizations(session, members)
        for unit in units:
            rules.leave(session, left, unit, on=day_or_today(on))
        sentence = _("{units} left {alliance}.")
        _tell(session, left, sentence.format(units=_names(units), alliance=left.name))


@verb(app, "members", example="volunteer alliance members shenguan --as-of 2025-12-31")
def members_(alliance: AllianceNamed, as_of: AsOf = None) -> None:
    """List the units of an alliance, the lead first."""
    from volunteer_cli.alliances.queries.alliances import find_alliance, rosters
    from volunteer_cli.alliances.views.alliances import UNITS
    from volunteer_cli.core.work import reading

    with reading() as session:
        key = find_alliance(session, alliance, changing=False).id
        rows = rosters(session, [key], day_or_today(as_of))
        show_list(session, UNITS, rows.get(key, []))


@verb(
    app,
    "hold",
    example="volunteer alliance hold shenguan 惠企政策进园区 --form policy_visit --on 2026-05-20 --enterprise 样例企业一",
    changes=True,
)
def hold(
    alliance: AllianceNamed,
    title: Annotated[str, Argument(metavar="TITLE", help=N_("What it was called"))],
    form: Annotated[str, Option("--form", metavar="FORM", help=N_("symposium, party_plus or policy_visit"))],
    on: Annotated[
        StepText, Option("--on", parser=StepText, metavar="DATE", help=N_("The day it took place"))
    ],
    line: Annotated[
        str | None, Option("--line", metavar="TEXT", help=N_("The line of work it is of"))
    ] = None,
    units: Annotated[
        list[str] | None, Option("--with", metavar="ORGANIZATION", help=N_("A unit that took part"))
    ] = None,
    enterprises: Annotated[
        list[str] | None,
        Option("--enterprise", metavar="ORGANIZATION", help=N_("An enterprise that took part")),
    ] = None,
    people: Annotated[
        int | None, Option("--people", min=0, metavar="N", help=N_("How many people came"))
    ] = None,
    event: Annotated[
        str | None, Option("--event", metavar="EVENT", help=N_("The event of a community that it was"))
    ] = None,
) -> None:
    """Record an activity of an alliance; sessions and pairings are counted from their own records."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.rules import alliances as rules
    from volunteer_cli.core.work import work
    from volunteer_cli.events.queries import find_event

    kind = _form(form)
    with work("alliance hold") as session:
        whole = find_alliance(session, alliance)
        activity = rules.hold(
            session,
            whole,
            when(on),
            title=title,
            form=kind,
            line=rules.find_line(session, whole, line) if line else None,
            units=organizations(session, units),
            enterprises=organizations(session, enterprises),
            people=people,
            event=find_event(session, event) if event else None,
        )
        _tell_activity(session, activity, _("Recorded activity {title} ({id})."))


def _tell_activity(session: Session, activity: AllianceActivity, sentence: str) -> None:
    from volunteer_cli.alliances.views.alliances import ACTIVITIES

    tell(session, ACTIVITIES, activity, sentence.format(title=activity.title, id=activity.id))


def _form(text: str) -> Form:
    from volunteer_cli.core.choices import shown_choices
    from volunteer_cli.core.errors import BadChoice

    form: Form = choose(Form, text, "--form")
    # Council and pairing are forms too, and are counted from their own records.
    if form not in HELD_FORMS:
        raise BadChoice(
            field="--form", value=text, choices=shown_choices({each: FORMS[each] for each in HELD_FORMS})
        )
    return form


@verb(app, "activities", example="volunteer alliance activities shenguan --period 2026")
def activities_(
    alliance: AllianceNamed,
    period: Annotated[PeriodText | None, period_option(N_("Only those of this period"))] = None,
) -> None:
    """List the activities of an alliance."""
    from volunteer_cli.alliances.queries.alliances import activities, find_alliance
    from volunteer_cli.alliances.views.alliances import ACTIVITIES
    from volunteer_cli.core.work import reading

    with reading() as session:
        key = find_alliance(session, alliance, changing=False).id
        show_list(session, ACTIVITIES, activities(session, key, read(period)))


@verb(app, "void", example="volunteer alliance void 3 --reason 重复登记", changes=True)
def void(
    activity: Annotated[str, Argument(metavar="ACTIVITY", help=N_("Its id"))],
    reason: Reason,
    on: OnDay = None,
) -> None:
    """Let an activity count no more."""
    from volunteer_cli.alliances.queries.alliances import find_activity
    from volunteer_cli.alliances.rules import alliances as rules
    from volunteer_cli.core.work import note_reason, work

    with work("alliance void") as session:
        note_reason(reason)
        voided = find_activity(session, activity)
        rules.void(session, voided, reason, day_or_today(on))
        _tell_activity(session, voided, _("Voided activity {title} ({id})."))


@verb(app, "archive", example="volunteer alliance archive shenguan", changes=True)
def archive(alliance: AllianceNamed) -> None:
    """Take an alliance out of use."""
    _archive(alliance, archived=True)


@verb(app, "restore", example="volunteer alliance restore shenguan", changes=True)
def restore(alliance: AllianceNamed) -> None:
    """Bring an archived alliance back into use."""
    _archive(alliance, archived=False)


def _archive(text: str, *, archived: bool) -> None:
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.core.rules import archive
    from volunteer_cli.core.work import work

    with work("alliance archive" if archived else "alliance restore") as session:
        alliance = find_alliance(session, text)
        archive(session, alliance, run().clock.today if archived else None)
        archiving = _("Archived alliance {name} ({id}).")
        restoring = _("Restored alliance {name} ({id}).")
        _tell(session, alliance, archiving if archived else restoring)
