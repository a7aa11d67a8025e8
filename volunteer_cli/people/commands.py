"""`volunteer person …`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.areas import hooks
from volunteer_cli.completion import named
from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, _, listed, ngettext, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.typed import SetFields, give_set, read_set
from volunteer_cli.output.options import options
from volunteer_cli.people.fields import (
    ADDRESS,
    BIRTH,
    BUILDING,
    DETAILS,
    LISTS,
    NAME,
    PHONE,
    REGISTRATION,
    ROOM,
    UNIT,
)
from volunteer_cli.people.terms import LEAST_SCORE, Leaving
from volunteer_cli.shell import (
    Archived,
    Asked,
    AsOf,
    DayText,
    OnDay,
    Reason,
    choose,
    confirm,
    day_option,
    hand_out,
    noun,
    overwrite_afterwards,
    read,
    say,
    show,
    show_list,
    tell,
    tell_each,
    verb,
)
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.output.view import View
    from volunteer_cli.people.erasing import Mention
    from volunteer_cli.people.models import Person

app = noun("person")

#: People who are named in one sentence.
MOST_NAMES = 20
#: What makes two records alike.
LIKENESS = (NAME, PHONE, BIRTH)

Named = Annotated[str, Argument(metavar="PERSON", help=N_("Id, volunteer number or name"))]
Several = Annotated[
    list[str], Argument(metavar="PERSON...", help=N_("Ids, volunteer numbers or names; 12-15,18 is five ids"))
]
Volunteer = Annotated[bool, Option("--volunteer", help=N_("Register as a volunteer, with a number"))]


@verb(
    app,
    "add",
    example="volunteer person add 李明 --phone 13800000001 --skill 急救 --volunteer",
    changes=True,
    asks=tuple(
        map(Asked, ("name", "phone", "sex", "birth", "building", "unit", "room", "skill", "volunteer"))
    ),
)
@takes(details=typed(DETAILS), registration=typed(REGISTRATION))
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the person"))],
    *,
    details: Details,
    volunteer: Volunteer = False,
    registration: Details,
    set_: SetFields = None,
    allow_duplicate: Annotated[
        bool,
        Option("--allow-duplicate", help=N_("Somebody of this name and phone is on file, and is another")),
    ] = False,
) -> None:
    """Add a person.

    A volunteer without a number gets the next one. Who looks like somebody on file is mentioned.
    """
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.people import rules
    from volunteer_cli.people.views import PEOPLE

    with work("person add") as session:
        values = read_set(session, Noun.PERSON, set_)
        person, others = rules.add_person(
            session,
            the_community(session),
            {"name": name, **details, **registration},
            today=run().clock.today,
            region=_region(session),
            volunteer=volunteer,
            allow_duplicate=allow_duplicate,
        )
        give_set(session, Noun.PERSON, [person], values)
        _mention(person, others)
        _remark_address(session, person)
        tell(session, PEOPLE, person, _outcome(_("Added {name} ({id})."), person))


def _region(session: Session) -> str:
    from volunteer_cli.core.policies import PHONE_REGION, policy_value

    return policy_value(session, PHONE_REGION)


def _mention(person: Person, others: list[str]) -> None:
    if others:
        say(_("{name} looks like {others}.").format(name=person.name, others=listed(others)))


def _remark_address(session: Session, person: Person) -> None:
    """Say what the areas above know of an address that was written."""
    for remarks in hooks("address_remarks"):
        for sentence in remarks(session, [person.id]):
            say(sentence)


def _outcome(sentence: str, person: Person) -> str:
    numbers = listed(filter(None, [person.id, person.volunteer_no]))
    return sentence.format(name=person.name, id=numbers)


@verb(app, "list", example="volunteer person list --volunteer --skill 急救")
@takes(labels=typed(LISTS), where=typed([BUILDING]))
def list_(
    *,
    volunteer: Annotated[bool, Option("--volunteer", help=N_("Only volunteers"))] = False,
    team: Annotated[
        str | None, Option("--team", metavar="TEAM", help=N_("Members of this team today"))
    ] = None,
    labels: Details,
    where: Details,
    search: Annotated[
        str | None,
        Option(
            "--search", metavar="TEXT", help=N_("Part of a name, its pinyin or initials, a phone, a number")
        ),
    ] = None,
    archived: Archived = False,
    as_of: AsOf = None,
) -> None:
    """List people.

    With --as-of a tag is asked for as it was on that day, and who was archived later is listed.
    """
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.text import place_number
    from volunteer_cli.core.work import reading
    from volunteer_cli.people import queries
    from volunteer_cli.people.labels import read_labels
    from volunteer_cli.people.views import PEOPLE

    words = read_labels(labels)
    with reading() as session:
        community = chosen_community(session)
        people = queries.people(
            session,
            read(as_of) or run().clock.today,
            community_id=community.id if community else None,
            volunteers=volunteer,
            archived=archived,
            building=place_number(where["building"] or ""),
            labels=[(kind, word) for kind in words for word in words[kind]],
            search=search,
            among=_members(session, team) if team else None,
        )
        show_list(session, PEOPLE, people)


def _members(session: Session, team: str) -> Any:
    """Those who belong to a team today, which the area of teams knows."""
    (members,) = hooks("members")
    return members(session, team, run().clock.today)


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


class WhichPeople(UsageFault):
    """Name the people, or all of them who meet a condition with --where"""

    code = "usage"


@verb(
    app,
    "edit",
    example="volunteer person edit 李明 --phone 13800000002 --add-skill 理发\n"
    "volunteer person edit --where 'building=3 and age>=60' --add-tag 老年人 -n",
    changes=True,
)
@takes(details=typed((NAME, *DETAILS), editing=True), registration=typed(REGISTRATION))
def edit(
    person: Annotated[
        list[str] | None,
        Argument(metavar="[PERSON]...", help=N_("Ids, volunteer numbers or names; 12-15,18 is five ids")),
    ] = None,
    *,
    details: Details,
    volunteer: Volunteer = False,
    registration: Details,
    set_: SetFields = None,
    since: Annotated[
        DayText | None, day_option("--since", N_("The day from which a tag holds; default today"))
    ] = None,
    on: OnDay = None,
    where: Annotated[
        str | None,
        Option("--where", metavar="CONDITION", help=N_("All who meet a condition on fields of the list")),
    ] = None,
) -> None:
    """Change what is known of a person, or of several alike.

    An empty text clears a value; --skill, --category and --tag replace the whole list. A tag that is
    taken away is closed on the day --on, and still answers for the days before.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.people.labels import TagDays
    from volunteer_cli.people.queries import find_people, people_of
    from volunteer_cli.people.views import PEOPLE

    # Neither is everybody, and both is a contradiction.
    if bool(person) == (where is not None):
        raise WhichPeople
    # Asked before the database is locked for others.
    meant = None if where is None else _meant(where, PEOPLE)
    with work("person edit") as session:
        people = find_people(session, person or ()) if meant is None else people_of(session, meant)
        values = read_set(session, Noun.PERSON, set_)
        days = TagDays(run().clock.today, read(since), read(on))
        for edited in people:
            _edit(session, edited, {**details, **registration}, volunteer=volunteer, tag_days=days)
        give_set(session, Noun.PERSON, people, values)
        _tell_edited(session, people, where)


def _edit(session: Session, person: Person, details: Details, **more: Any) -> None:
    """Change one person, and say what is worth a look then."""
    from volunteer_cli.people import rules

    rules.edit_person(session, person, details, today=run().clock.today, region=_region(session), **more)
    _remark(session, person, details)


def _meant(where: str, view: View) -> list[int]:
    """The ids of people in use who meet a condition; somebody at a terminal is shown them and asked."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.output.rows import matching
    from volunteer_cli.people.queries import people

    with reading() as session:
        community = chosen_community(session)
        rows = people(session, run().clock.today, community_id=community.id if community else None)
        chosen = list(matching(view, rows, where, session, reveal=bool(options().reveal)))
    # A script says -n first; somebody at a terminal sees here whom a condition means.
    if chosen and run().attended:
        confirm(_question(chosen))
    return [row.id for row in chosen]


def _question(people: Sequence[Any]) -> str:
    question = ngettext("Change {count} person: {people}?", "Change {count} people: {people}?", len(people))
    return question.format(count=len(people), people=_names(people))


def _names(people: Sequence[Any]) -> str:
    """Who people are, of many the first ones."""
    names = listed(with_detail(person.name, person.id) for person in people[:MOST_NAMES])
    return names if len(people) <= MOST_NAMES else f"{names} …"


def _tell_edited(session: Session, people: list[Person], where: str | None) -> None:
    """Say who was changed: each of those who were named, and how many met a condition."""
    from volunteer_cli.people.views import PEOPLE

    if where is None:
        _tell_people(session, people, _("Changed {name} ({id})."))
        return
    if not people:
        tell(session, PEOPLE, people, _("Nobody meets the condition."))
        return
    sentence = ngettext("Changed {count} person: {people}.", "Changed {count} people: {people}.", len(people))
    tell(session, PEOPLE, people, sentence.format(count=len(people), people=_names(people)))


def _remark(session: Session, person: Person, details: Details) -> None:
    """Say what is worth a look after a name, a phone or an address was written."""
    from volunteer_cli.people import rules

    if any(details[field.typed] for field in LIKENESS):
        _mention(person, rules.lookalikes(session, person))
    if any(details[field.typed] is not None for field in (ADDRESS, BUILDING, UNIT, ROOM)):
        _remark_address(session, person)


@verb(app, "archive", example="volunteer person archive 李明 --reason moved", changes=True)
def archive(
    person: Several,
    reason: Annotated[
        str | None, Option("--reason", metavar="REASON", help=N_("Why: died, moved or other"))
    ] = None,
    on: OnDay = None,
) -> None:
    """Take people out of use; hours and history stay."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.people.rules import archive_person

    leaving = choose(Leaving, reason, "--reason")
    with work("person archive") as session:
        people = find_people(session, person)
        for whom in people:
            archive_person(session, whom, read(on), leaving, today=run().clock.today)
        _tell_people(session, people, _("Archived {name} ({id})."))


@verb(app, "restore", example="volunteer person restore 李明", changes=True)
def restore(person: Several) -> None:
    """Bring archived people back into use."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.people.rules import restore_person

    with work("person restore") as session:
        people = find_people(session, person)
        for whom in people:
            restore_person(session, whom, run().clock.today)
        _tell_people(session, people, _("Restored {name} ({id})."))


def _tell_people(session: Session, people: Sequence[Person], sentence: str) -> None:
    from volunteer_cli.people.views import PEOPLE

    tell_each(session, PEOPLE, people, (_outcome(sentence, person) for person in people))


@verb(app, "badge", example="volunteer person badge 李明 王芳 -o badges.html")
def badge(person: Several) -> None:
    """Write badges to print and cut, each with the volunteer number as a QR code.

    A scanner at the door reads it: volunteer event checkin EVENT -
    """
    from volunteer_cli.core.work import reading
    from volunteer_cli.output.document import is_page
    from volunteer_cli.people.documents import BadgesNeedPage, badges
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.people.views import PEOPLE

    if not is_page(options().file):
        raise BadgesNeedPage
    with reading() as session:
        people = find_people(session, person, changing=False)
        hand_out(badges(session, people))
        options().output = None
        show_list(session, PEOPLE, people)


@verb(app, "duplicates", example="volunteer person duplicates --dismiss 12 31", changes=True)
def duplicates(
    dismiss: Annotated[
        tuple[str, str] | None,
        Option("--dismiss", metavar="A B", help=N_("These two are two people; never name them again")),
    ] = None,
    min_score: Annotated[
        float,
        Option("--min-score", metavar="SCORE", help=N_("Only pairs of at least this score")),
    ] = LEAST_SCORE,
) -> None:
    """List pairs of records that may be one person, the likeliest first, with what agrees and what does not.

    The score adds up, in bits, how much likelier each agreement is for one person than for two.
    """
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.people.duplicates import duplicate_pairs
    from volunteer_cli.people.views import DUPLICATES

    if dismiss:
        _dismiss(*dismiss)
        return
    with reading() as session:
        community = chosen_community(session)
        pairs = duplicate_pairs(session, community.id if community else None, min_score)
        show_list(session, DUPLICATES, pairs)


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
    keep: Annotated[
        str, Argument(metavar="KEEP", help=N_("The record that stays"), autocompletion=named("person"))
    ],
    drop: Annotated[
        str,
        Argument(
            metavar="DROP", help=N_("The record that becomes part of it"), autocompletion=named("person")
        ),
    ],
) -> None:
    """Make one person of two records.

    All that belongs to DROP moves to KEEP, and what KEEP lacks is taken from it; its id and number
    go on to work. Where there can be only one of two rows, the one that is worth more stays; what is
    left out is named before it happens.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.people.merging import losses, merge
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    with work("person merge") as session:
        # Whole names only: the beginning of one is too little to merge somebody by.
        stays, goes = (find_person(session, text, exact=True) for text in (keep, drop))
        # Named while both are there: afterwards one of the two is gone.
        pair = {"keep": _outcome("{name} ({id})", stays), "drop": _outcome("{name} ({id})", goes)}
        left_out = _left_out(losses(session, stays, goes))
        question = _("Make {drop} part of {keep}?").format(**pair)
        confirm(" ".join([question, *left_out]))
        outcome = _merged(merge(session, stays, goes), pair)
        tell(session, PEOPLE, stays, " ".join([outcome, *left_out]))


def _merged(count: int, pair: Mapping[str, str]) -> str:
    sentence = ngettext(
        "Merged {drop} into {keep}; {count} row moved.",
        "Merged {drop} into {keep}; {count} rows moved.",
        count,
    )
    return sentence.format(**pair, count=count)


def _left_out(losses: list[str]) -> list[str]:
    """The sentence that names what a merge leaves out, if it leaves out anything."""
    return [_("Left out: {losses}.").format(losses=listed(losses))] if losses else []


@verb(app, "erase", example="volunteer person erase 12 --reason 本人要求", changes=True)
def erase(
    person: Named,
    reason: Reason,
    doubtful: Annotated[
        bool,
        Option("--doubtful", help=N_("The name also where it may be a word, as in 'a rose garden' for Rose")),
    ] = False,
) -> None:
    """Erase who a person is, everywhere and for good.

    Name, numbers, phones and address go, from the history too. Hours, totals and issued numbers stay.

    Texts of others in which the name stands are listed first. Somebody whose record was undone can
    be erased by their id.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.people.erasing import erasable, erase
    from volunteer_cli.people.views import PEOPLE

    with work("person erase", reason=reason) as session:
        whom = erasable(session, person)
        question = _("Erase {name} ({id})? This cannot be undone.").format(name=whom.name, id=whom.key)
        done = _("Erased person {id}. Backups made before still hold what was known.").format(id=whom.key)
        if remark := _list_mentions(session, whom.key, doubtful=doubtful):
            question, done = f"{remark}\n{question}", f"{remark}\n{done}"
        confirm(question)
        erase(session, whom.key, on=run().clock.today, doubtful=doubtful)
        # What is deleted stays in free pages of the file until they are written over.
        overwrite_afterwards()
        tell(session, PEOPLE, whom.record or [], done)


_NAME_STAYS = N_("The name stays, for it may be a word: {thing}: {text}")
_NAME_SHARED = N_("The name stays, for somebody else is called so too: {thing}: {text}")
_NAME_GOES = N_("The name is erased: {thing}: {text}")


def _list_mentions(session: Session, key: int, *, doubtful: bool) -> str:
    """List the texts of others in which the name stands, and answer in how many it is erased and stays."""
    from volunteer_cli.people.erasing import mentions

    texts = mentions(session, key, doubtful=doubtful)
    for each in texts:
        _say_mention(each)
    if not texts:
        return ""
    summary = _("Texts where the name is erased: {erased}; where it stays: {staying}.")
    if any(each.doubtful for each in texts):
        summary = _(
            "Texts where the name is erased: {erased}; where it stays: {staying} (--doubtful erases it too)."
        )
    staying = sum(each.doubtful or each.shared for each in texts)
    return summary.format(erased=sum(each.erased for each in texts), staying=staying)


def _say_mention(mention: Mention) -> None:
    """Say what becomes of the name in a text; it may stand there several times."""
    from volunteer_cli.core.text import mask_digits

    kinds = ((mention.erased, _NAME_GOES), (mention.doubtful, _NAME_STAYS), (mention.shared, _NAME_SHARED))
    for sentence in (sentence for holds, sentence in kinds if holds):
        # What stands beside the name may be the phone of somebody else.
        say(_(sentence).format(thing=f"{mention.table}:{mention.key}", text=mask_digits(mention.text)))
