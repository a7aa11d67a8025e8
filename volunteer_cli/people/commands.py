"""`volunteer person …`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.people.terms import LabelKind
from volunteer_cli.shell import (
    Archived,
    DayText,
    Reason,
    confirm,
    day_option,
    noun,
    read,
    say,
    show,
    show_list,
    tell,
    verb,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.people.models import Person

app = noun("person")


Named = Annotated[str, Argument(metavar="PERSON", help=N_("Id, volunteer number or name"))]
Phone = Annotated[
    str | None,
    Option("--phone", metavar="NUMBER", help=N_("Phone number; a second one may follow after a slash")),
]
PhoneAlt = Annotated[str | None, Option("--phone-alt", metavar="NUMBER", help=N_("Second phone number"))]
SexOption = Annotated[str | None, Option("--sex", metavar="SEX", help=N_("male or female"))]
Birth = Annotated[
    str | None, Option("--birth", metavar="DATE", help=N_("Birth date; a year or a month will do"))
]
IdNumber = Annotated[
    str | None, Option("--id-number", metavar="NUMBER", help=N_("Identity number; fills sex and birth date"))
]
Address = Annotated[
    str | None,
    Option("--address", metavar="TEXT", help=N_("Address, read into building, unit and room: 3号楼2单元501")),
]
Building = Annotated[str | None, Option("--building", metavar="TEXT", help=N_("Building"))]
Unit = Annotated[str | None, Option("--unit", metavar="TEXT", help=N_("Unit (entrance) of the building"))]
Room = Annotated[str | None, Option("--room", metavar="TEXT", help=N_("Room"))]
Grid = Annotated[str | None, Option("--grid", metavar="TEXT", help=N_("Grid"))]
Political = Annotated[
    str | None,
    Option(
        "--political-status",
        metavar="STATUS",
        help=N_("party_member, probationary_member, league_member or masses"),
    ),
]
Skills = Annotated[list[str] | None, Option("--skill", metavar="SKILL", help=N_("A skill"))]
Categories = Annotated[
    list[str] | None,
    Option("--category", metavar="CATEGORY", help=N_("A category of service they want to give")),
]
Tags = Annotated[
    list[str] | None, Option("--tag", metavar="TAG", help=N_("A tag, like elder_alone (独居老人)"))
]
Guardian = Annotated[str | None, Option("--guardian", metavar="PERSON", help=N_("Who answers for them"))]
Emergency = Annotated[
    str | None, Option("--emergency-contact", metavar="TEXT", help=N_("Whom to call in an emergency"))
]
NoteOption = Annotated[str | None, Option("--note", metavar="TEXT", help=N_("Note"))]
Volunteer = Annotated[bool, Option("--volunteer", help=N_("Register as a volunteer, with a number"))]
VolunteerNo = Annotated[
    str | None, Option("--volunteer-no", metavar="NUMBER", help=N_("A volunteer number they have already"))
]
Registered = Annotated[
    DayText | None, day_option("--registered", N_("The day they registered as a volunteer; default today"))
]


@verb(
    app, "add", example="volunteer person add 李明 --phone 13800000001 --skill 急救 --volunteer", changes=True
)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the person"))],
    phone: Phone = None,
    phone_alt: PhoneAlt = None,
    sex: SexOption = None,
    birth: Birth = None,
    id_number: IdNumber = None,
    address: Address = None,
    building: Building = None,
    unit: Unit = None,
    room: Room = None,
    grid: Grid = None,
    political_status: Political = None,
    skill: Skills = None,
    category: Categories = None,
    tag: Tags = None,
    guardian: Guardian = None,
    emergency_contact: Emergency = None,
    note: NoteOption = None,
    volunteer: Volunteer = False,
    volunteer_no: VolunteerNo = None,
    registered: Registered = None,
    allow_duplicate: Annotated[
        bool,
        Option("--allow-duplicate", help=N_("Somebody of this name and phone is on file, and is another")),
    ] = False,
) -> None:
    """Add a person.

    A volunteer without a number gets the next one. Who looks like somebody on file is mentioned.
    """
    details = _details(locals())
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.people import rules
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    labels = {LabelKind.SKILL: skill or (), LabelKind.CATEGORY: category or (), LabelKind.TAG: tag or ()}
    with work("person add") as session:
        person, others = rules.add_person(
            session,
            the_community(session),
            details,
            today=run().clock.today,
            region=_region(session),
            labels=labels,
            guardian=find_person(session, guardian) if guardian else None,
            registered_on=_registered(volunteer, registered),
            allow_duplicate=allow_duplicate,
        )
        _mention(person, others)
        tell(session, PEOPLE, person, _outcome(_("Added {name} ({id})."), person))


#: What a command line may say of a person, as it is.
DETAILS = (
    "name",
    "phone",
    "phone_alt",
    "sex",
    "birth",
    "id_number",
    "address",
    "building",
    "unit",
    "room",
    "grid",
    "political_status",
    "emergency_contact",
    "note",
    "volunteer_no",
)


def _details(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: typed[name] for name in DETAILS}


def _region(session: Session) -> str:
    from volunteer_cli.core.policies import PHONE_REGION, policy_value

    return policy_value(session, PHONE_REGION)


def _registered(volunteer: bool, registered: DayText | None) -> date | None:
    return read(registered) or (run().clock.today if volunteer else None)


def _mention(person: Person, others: list[str]) -> None:
    if others:
        say(_("{name} looks like {others}.").format(name=person.name, others=_(", ").join(others)))


def _outcome(sentence: str, person: Person) -> str:
    numbers = f"{person.id}, {person.volunteer_no}" if person.volunteer_no else str(person.id)
    return sentence.format(name=person.name, id=numbers)


@verb(app, "list", example="volunteer person list --volunteer --skill 急救")
def list_(
    volunteer: Annotated[bool, Option("--volunteer", help=N_("Only volunteers"))] = False,
    team: Annotated[
        str | None, Option("--team", metavar="TEAM", help=N_("Members of this team today"))
    ] = None,
    skill: Skills = None,
    category: Categories = None,
    tag: Tags = None,
    building: Building = None,
    search: Annotated[
        str | None,
        Option(
            "--search", metavar="TEXT", help=N_("Part of a name, its pinyin or initials, a phone, a number")
        ),
    ] = None,
    archived: Archived = False,
) -> None:
    """List people."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.people import queries, rules
    from volunteer_cli.people.views import PEOPLE
    from volunteer_cli.teams.queries import find_team, members_on

    given = {LabelKind.SKILL: skill, LabelKind.CATEGORY: category, LabelKind.TAG: tag}
    with reading() as session:
        community = chosen_community(session)
        found = queries.people(
            session,
            community_id=community.id if community else None,
            volunteers=volunteer,
            archived=archived,
            building=rules.read_place(building) if building else None,
            labels=[
                (kind, word) for kind, texts in given.items() for word in rules.read_labels(kind, texts or ())
            ],
            search=search,
            among=members_on(find_team(session, team, changing=False).id, run().clock.today)
            if team
            else None,
        )
        show_list(session, PEOPLE, found)


@verb(app, "show", example="volunteer person show lm --reveal '家访'")
def show_(
    person: Annotated[
        str, Argument(metavar="PERSON", help=N_("Id, number, name, phone, pinyin or initials"))
    ],
) -> None:
    """Show a person."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    with reading() as session:
        show(session, PEOPLE, find_person(session, person, changing=False))


@verb(app, "edit", example="volunteer person edit 李明 --phone 13800000002 --add-skill 理发", changes=True)
def edit(
    person: Named,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    phone: Phone = None,
    phone_alt: PhoneAlt = None,
    sex: SexOption = None,
    birth: Birth = None,
    id_number: IdNumber = None,
    address: Address = None,
    building: Building = None,
    unit: Unit = None,
    room: Room = None,
    grid: Grid = None,
    political_status: Political = None,
    skill: Skills = None,
    add_skill: Annotated[
        list[str] | None, Option("--add-skill", metavar="SKILL", help=N_("One skill more"))
    ] = None,
    remove_skill: Annotated[
        list[str] | None, Option("--remove-skill", metavar="SKILL", help=N_("One skill less"))
    ] = None,
    category: Categories = None,
    add_category: Annotated[
        list[str] | None, Option("--add-category", metavar="CATEGORY", help=N_("One category more"))
    ] = None,
    remove_category: Annotated[
        list[str] | None, Option("--remove-category", metavar="CATEGORY", help=N_("One category less"))
    ] = None,
    tag: Tags = None,
    add_tag: Annotated[list[str] | None, Option("--add-tag", metavar="TAG", help=N_("One tag more"))] = None,
    remove_tag: Annotated[
        list[str] | None, Option("--remove-tag", metavar="TAG", help=N_("One tag less"))
    ] = None,
    guardian: Guardian = None,
    emergency_contact: Emergency = None,
    note: NoteOption = None,
    volunteer: Volunteer = False,
    volunteer_no: VolunteerNo = None,
    registered: Registered = None,
) -> None:
    """Change what is known of a person.

    An empty text clears a value; --skill, --category and --tag replace the whole list.
    """
    details = _details(locals())
    from volunteer_cli.core.work import work
    from volunteer_cli.people import rules
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    labels = (
        (LabelKind.SKILL, skill, add_skill, remove_skill),
        (LabelKind.CATEGORY, category, add_category, remove_category),
        (LabelKind.TAG, tag, add_tag, remove_tag),
    )
    with work("person edit") as session:
        found = find_person(session, person)
        rules.edit_person(
            session,
            found,
            details,
            today=run().clock.today,
            region=_region(session),
            guardian=find_person(session, guardian) if guardian else None,
            clear_guardian=guardian == "",
            registered_on=read(registered)
            or (found.registered_on or run().clock.today if volunteer else None),
        )
        for kind, only, more, less in labels:
            if only or more or less:
                rules.change_labels(session, found, kind, only=only, add=more or (), remove=less or ())
        if name or phone or birth:
            _mention(found, rules.lookalikes(session, found))
        tell(session, PEOPLE, found, _outcome(_("Changed {name} ({id})."), found))


@verb(app, "archive", example="volunteer person archive 李明", changes=True)
def archive(person: Named) -> None:
    """Take a person out of use; hours and history stay."""
    _archive(person, archived=True)


@verb(app, "restore", example="volunteer person restore 李明", changes=True)
def restore(person: Named) -> None:
    """Bring an archived person back into use."""
    _archive(person, archived=False)


def _archive(person: str, *, archived: bool) -> None:
    from volunteer_cli.communities.rules import archive
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    with work("person archive" if archived else "person restore") as session:
        found = find_person(session, person)
        archive(session, found, run().clock.today if archived else None)
        sentence = _("Archived {name} ({id}).") if archived else _("Restored {name} ({id}).")
        tell(session, PEOPLE, found, _outcome(sentence, found))


@verb(app, "duplicates", example="volunteer person duplicates --dismiss 12 31", changes=True)
def duplicates(
    dismiss: Annotated[
        tuple[str, str] | None,
        Option("--dismiss", metavar="A B", help=N_("These two are two people; never name them again")),
    ] = None,
) -> None:
    """List pairs of records that may be one person, each with the reason."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.people.duplicates import duplicate_pairs
    from volunteer_cli.people.views import DUPLICATES

    if dismiss:
        _dismiss(*dismiss)
        return
    with reading() as session:
        community = chosen_community(session)
        show_list(session, DUPLICATES, duplicate_pairs(session, community.id if community else None))


def _dismiss(one: str, other: str) -> None:
    from volunteer_cli.core.work import work
    from volunteer_cli.people.duplicates import dismiss
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    with work("person duplicates") as session:
        pair = [find_person(session, text) for text in (one, other)]
        dismiss(session, *pair)
        sentence = _("{one} and {other} are two people.")
        tell(session, PEOPLE, pair, _outcome(sentence.format(one=pair[0].name, other=pair[1].name), pair[0]))


@verb(app, "merge", example="volunteer person merge 12 31", changes=True)
def merge(
    keep: Annotated[str, Argument(metavar="KEEP", help=N_("The record that stays"))],
    drop: Annotated[str, Argument(metavar="DROP", help=N_("The record that becomes part of it"))],
) -> None:
    """Make one person of two records.

    All that belongs to DROP moves to KEEP, and what KEEP lacks is taken from it; its id and number
    go on to work. Where both have a row that there can be only one of, that of KEEP stays.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.people.merging import merge
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    with work("person merge") as session:
        kept, dropped = (find_person(session, text, exact=True) for text in (keep, drop))
        pair = {"keep": _outcome("{name} ({id})", kept), "drop": _outcome("{name} ({id})", dropped)}
        confirm(_("Make {drop} part of {keep}?").format(**pair))
        moved = merge(session, kept, dropped)
        tell(
            session,
            PEOPLE,
            kept,
            _("Merged {drop} into {keep}; {count} rows moved.").format(**pair, count=moved),
        )


@verb(app, "erase", example="volunteer person erase 12 --reason 本人要求", changes=True)
def erase(person: Named, reason: Reason) -> None:
    """Erase who a person is, everywhere and for good.

    Name, numbers, phones and address go, from the history too. Hours, totals and issued numbers stay.
    """
    from volunteer_cli.core.lookup import find
    from volunteer_cli.core.work import work
    from volunteer_cli.people.erasing import erase
    from volunteer_cli.people.queries import PERSON
    from volunteer_cli.people.views import PEOPLE

    with work("person erase", reason=reason) as session:
        found = find(session, PERSON, person, exact=True)
        confirm(_("Erase {name} ({id})? This cannot be undone.").format(name=found.name, id=found.id))
        erase(session, found, on=run().clock.today)
        _overwrite_afterwards()
        sentence = _("Erased person {id}. Backups made before still hold what was known.")
        tell(session, PEOPLE, found, sentence.format(id=found.id))


def _overwrite_afterwards() -> None:
    from volunteer_cli.core.backup import overwrite_remains
    from volunteer_cli.core.work import afterwards

    def overwrite(work: object) -> None:
        if getattr(work, "committed", None) and not overwrite_remains(run().given.database):
            say(_("Traces may still stand in the file until it is rebuilt; it was busy just now."))

    afterwards(overwrite)
