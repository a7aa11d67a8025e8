"""`volunteer council …`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.alliances.commands.actions import ActionNamed, change_action, hang_verbs, tell_action
from volunteer_cli.alliances.commands.typed import (
    By,
    CouncilNamed,
    Due,
    FieldOption,
    Organizations,
    Overdue,
    Owner,
    OwnerNeeded,
    Text,
    Waiting,
    field_of,
    organization,
    organizations,
    when,
)
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.shell import (
    Archived,
    OnStep,
    PlannedText,
    Reason,
    TimeText,
    noun,
    read,
    say,
    show,
    show_list,
    tell,
    verb,
)

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from volunteer_cli.actions.models import Action
    from volunteer_cli.alliances.models import Council, CouncilSession, Topic
    from volunteer_cli.alliances.rules.councils import Proposer
    from volunteer_cli.organizations.models import Organization

app = noun("council")

TopicNamed = Annotated[str, Argument(metavar="TOPIC", help=N_("Its id or title"))]
Topics = Annotated[list[str], Argument(metavar="TOPIC...", help=N_("Ids or titles of topics"))]
SessionNamed = Annotated[str, Argument(metavar="SESSION", help=N_("Its id or number"))]
SessionOption = Annotated[
    str, Option("--session", metavar="SESSION", help=N_("The session, by its id or number"))
]


# --- councils ------------------------------------------------------------


@verb(
    app, "add", example="volunteer council add 参柬·一心议事厅 --code yixin --alliance shenguan", changes=True
)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the council"))],
    code: Annotated[str, Option("--code", metavar="CODE", help=N_("Short code to name it by"))],
    alliance: Annotated[
        str | None, Option("--alliance", metavar="ALLIANCE", help=N_("The alliance whose council it is"))
    ] = None,
    for_community: Annotated[
        bool, Option("--for-community", help=N_("It is the council of the community"))
    ] = False,
) -> None:
    """Add a council of an alliance or of the community."""
    from volunteer_cli.alliances.rules import councils as rules
    from volunteer_cli.core.text import required
    from volunteer_cli.core.work import work

    rules.require_one_owner(alliance=alliance is not None, community=for_community)
    with work("council add") as session:
        row = {"name": required(name, _("Name")), "code": code, **_owner(session, alliance)}
        _tell(session, rules.add_council(session, row), _("Added council {name} ({id})."))


def _owner(session: Session, alliance: str | None) -> dict[str, int]:
    """What a council keeps of whose it is: that of an alliance, else of the community."""
    from volunteer_cli.alliances.queries.alliances import find_alliance
    from volunteer_cli.alliances.rules.alliances import require_in_use
    from volunteer_cli.communities.queries import the_community

    if alliance is None:
        return {"community_id": the_community(session).id}
    owner = find_alliance(session, alliance)
    require_in_use(owner)
    return {"alliance_id": owner.id}


def _tell(session: Session, council: Council, sentence: str) -> None:
    from volunteer_cli.alliances.views.councils import COUNCILS

    tell(session, COUNCILS, council, sentence.format(name=council.name, id=council.id))


@verb(app, "list", example="volunteer council list")
def list_(*, archived: Archived = False) -> None:
    """List the councils."""
    from volunteer_cli.alliances.queries.councils import councils
    from volunteer_cli.alliances.views.councils import COUNCILS
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading

    with reading() as session:
        community = chosen_community(session)
        here = community.id if community else None
        show_list(session, COUNCILS, councils(session, community_id=here, archived=archived))


@verb(app, "show", example="volunteer council show yixin")
def show_(council: CouncilNamed) -> None:
    """Show a council."""
    from volunteer_cli.alliances.queries.councils import find_council
    from volunteer_cli.alliances.views.councils import COUNCILS
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, COUNCILS, find_council(session, council, changing=False))


@verb(app, "edit", example="volunteer council edit yixin --name 一心议事厅", changes=True)
def edit(
    council: CouncilNamed,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    code: Annotated[str | None, Option("--code", metavar="CODE", help=N_("A new code"))] = None,
) -> None:
    """Change the name or the code of a council."""
    from volunteer_cli.alliances.queries.councils import find_council
    from volunteer_cli.alliances.rules import councils as rules
    from volunteer_cli.core.text import required
    from volunteer_cli.core.work import work

    with work("council edit") as session:
        edited = find_council(session, council)
        changes = {"name": required(name, _("Name"))} if name is not None else {}
        changes |= {"code": code} if code is not None else {}
        rules.edit_council(session, edited, changes)
        _tell(session, edited, _("Changed council {name} ({id})."))


@verb(app, "archive", example="volunteer council archive yixin", changes=True)
def archive(council: CouncilNamed) -> None:
    """Take a council out of use."""
    _archive(council, archived=True)


@verb(app, "restore", example="volunteer council restore yixin", changes=True)
def restore(council: CouncilNamed) -> None:
    """Bring an archived council back into use."""
    _archive(council, archived=False)


def _archive(text: str, *, archived: bool) -> None:
    from volunteer_cli.alliances.queries.councils import find_council
    from volunteer_cli.core.rules import archive
    from volunteer_cli.core.work import work

    with work("council archive" if archived else "council restore") as session:
        council = find_council(session, text)
        archive(session, council, run().clock.today if archived else None)
        archiving, restoring = _("Archived council {name} ({id})."), _("Restored council {name} ({id}).")
        _tell(session, council, archiving if archived else restoring)


# --- topics ------------------------------------------------------------


@verb(
    app, "propose", example="volunteer council propose yixin 注销要跑三个窗口 --by 样例企业一", changes=True
)
def propose(
    council: CouncilNamed,
    title: Annotated[str, Argument(metavar="TITLE", help=N_("What it is about"))],
    by: Annotated[
        str | None,
        Option(
            "--by", metavar="THING|TEXT", help=N_("Who proposes it: person:12, an organization, or a name")
        ),
    ] = None,
    field: FieldOption = None,
    text: Annotated[
        str | None, Option("--text", metavar="TEXT", help=N_("What there is to say of it"))
    ] = None,
    need: Annotated[
        str | None, Option("--need", metavar="NEED", help=N_("The need of an enterprise that it comes of"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Bring a topic to a council."""
    from volunteer_cli.actions.queries import find_action
    from volunteer_cli.alliances.queries.councils import find_council
    from volunteer_cli.alliances.rules import councils as rules
    from volunteer_cli.core.work import work

    with work("council propose") as session:
        action = find_action(session, need) if need else None
        topic = rules.propose(
            session,
            find_council(session, council),
            title,
            when(on),
            proposer=_proposer(session, by or _raised_by(action)),
            field=field_of(field),
            text=text,
            need=action,
        )
        tell_topics(session, [topic], _("Proposed topic {topics}."))


def _raised_by(need: Action | None) -> str | None:
    """The enterprise that raised a need, as `--by` would name it: who has the need proposes the topic."""
    return f"organization:{need.raised_by_id}" if need and need.raised_by_id else None


def _proposer(session: Session, text: str | None) -> Proposer:
    """Who was named: a person or an organization on file, else the words themselves."""
    from volunteer_cli.alliances.rules.councils import Proposer
    from volunteer_cli.core.text import clean_name
    from volunteer_cli.organizations.queries import find_organization
    from volunteer_cli.people.queries import find_person

    if not text:
        return Proposer()
    if text.startswith("person:"):
        return Proposer(person=find_person(session, text))
    if text.startswith("organization:"):
        return Proposer(organization=find_organization(session, text))
    # Bare digits would be somebody's id: a name is meant as it stands.
    on_file = None if text.isdigit() else _proposer_on_file(session, text)
    return on_file or Proposer(text=clean_name(text))


def _proposer_on_file(session: Session, name: str) -> Proposer | None:
    """The one organization, else the one person of that very name; of namesakes nobody is guessed."""
    from volunteer_cli.alliances.rules.councils import Proposer
    from volunteer_cli.core.lookup import matches
    from volunteer_cli.organizations.queries import ORGANIZATION
    from volunteer_cli.people.queries import PERSON

    organizations = matches(session, ORGANIZATION, name, exact=True)
    if len(organizations) == 1:
        return Proposer(organization=organizations[0])
    people = [] if organizations else matches(session, PERSON, name, exact=True)
    return Proposer(person=people[0]) if len(people) == 1 else None


def tell_topics(session: Session, topics: list[Topic], sentence: str) -> None:
    """Say what was done to topics; several are shown as a list."""
    from volunteer_cli.alliances.views.councils import TOPICS

    names = listed(with_detail(topic.title, topic.id) for topic in topics)
    records: Any = topics[0] if len(topics) == 1 else topics
    tell(session, TOPICS, records, sentence.format(topics=names))


def _change_topics(
    command: str,
    texts: list[str],
    sentence: str,
    change: Callable[[Session, Topic], Any],
    *,
    reason: str | None = None,
) -> None:
    from volunteer_cli.alliances.queries.councils import find_topic
    from volunteer_cli.core.lookup import all_named
    from volunteer_cli.core.work import note_reason, work

    with work(command) as session:
        note_reason(reason)
        topics = all_named(session, find_topic, texts)
        for topic in topics:
            change(session, topic)
        tell_topics(session, topics, _(sentence))


@verb(app, "accept", example="volunteer council accept 3", changes=True)
def accept(topics: Topics, on: OnStep = None) -> None:
    """Take topics up: they stand on the next agenda by themselves."""
    from volunteer_cli.alliances.rules import councils as rules

    _change_topics(
        "council accept",
        topics,
        N_("Accepted {topics}."),
        lambda session, topic: rules.accept(session, topic, when(on)),
    )


@verb(app, "reopen", example="volunteer council reopen 3", changes=True)
def reopen(topics: Topics, on: OnStep = None) -> None:
    """Bring topics that were decided, closed, declined or withdrawn back to the next agenda."""
    from volunteer_cli.alliances.rules import councils as rules

    _change_topics(
        "council reopen",
        topics,
        N_("Reopened {topics}."),
        lambda session, topic: rules.reopen(session, topic, when(on)),
    )


@verb(app, "decline", example="volunteer council decline 3 --reason 不属于联盟职责", changes=True)
def decline(topic: TopicNamed, reason: Reason, on: OnStep = None) -> None:
    """Decline a topic, with the reason."""
    from volunteer_cli.alliances.rules import councils as rules
    from volunteer_cli.alliances.terms import TopicStatus

    _change_topics(
        "council decline",
        [topic],
        N_("Declined {topics}."),
        lambda session, record: rules.end(session, record, TopicStatus.DECLINED, reason, when(on)),
        reason=reason,
    )


@verb(app, "withdraw", example="volunteer council withdraw 3 --reason 已自行解决", changes=True)
def withdraw(topic: TopicNamed, reason: Reason, on: OnStep = None) -> None:
    """Take a topic back for whoever proposed it, with the reason."""
    from volunteer_cli.alliances.rules import councils as rules
    from volunteer_cli.alliances.terms import TopicStatus

    _change_topics(
        "council withdraw",
        [topic],
        N_("Withdrew {topics}."),
        lambda session, record: rules.end(session, record, TopicStatus.WITHDRAWN, reason, when(on)),
        reason=reason,
    )


@verb(app, "topics", example="volunteer council topics yixin --open")
def topics_(
    council: CouncilNamed, waiting: Waiting = False, overdue: Overdue = False, owner: Owner = None
) -> None:
    """List the topics of a council."""
    from volunteer_cli.alliances.queries.councils import find_council, topics
    from volunteer_cli.alliances.views.councils import TOPICS
    from volunteer_cli.core.work import reading

    with reading() as session:
        key, unit = find_council(session, council, changing=False).id, organization(session, owner)
        today, owner_id = run().clock.today, unit.id if unit else None
        rows = topics(session, key, today, waiting=waiting, overdue=overdue, owner_id=owner_id)
        show_list(session, TOPICS, rows)


@verb(app, "topic", example="volunteer council topic 3")
def topic_(topic: TopicNamed) -> None:
    """Show a topic with all that happened to it."""
    from volunteer_cli.alliances.queries.councils import find_topic
    from volunteer_cli.alliances.views.councils import TOPICS
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, TOPICS, find_topic(session, topic, changing=False))


@verb(app, "answer", example="volunteer council answer 3 --text 三个窗口已并为一个", changes=True)
def answer(topic: TopicNamed, text: Text, on: OnStep = None) -> None:
    """Tell whoever proposed a topic what came of it, which closes it."""
    from volunteer_cli.alliances.queries.councils import find_topic
    from volunteer_cli.alliances.rules import councils as rules
    from volunteer_cli.core.work import work

    with work("council answer") as session:
        record = find_topic(session, topic)
        need = rules.answer(session, record, text, when(on))
        sentence = _("Closed {topics}.")
        if need is not None:
            asking = _("Ask the enterprise: volunteer pairing confirm {id} --score 1-5.")
            sentence = f"{sentence} {asking.format(id=need.id)}"
        tell_topics(session, [record], sentence)


# --- sessions ------------------------------------------------------------


@verb(
    app,
    "convene",
    example="volunteer council convene yixin --start '2026-04-10 14:00' --end 16:00 --place 政务服务中心",
    changes=True,
)
def convene(
    council: CouncilNamed,
    start: Annotated[
        PlannedText, Option("--start", parser=PlannedText, metavar="DATETIME", help=N_("When it begins"))
    ],
    end: Annotated[
        TimeText, Option("--end", parser=TimeText, metavar="TIME|DATETIME", help=N_("When it ends"))
    ],
    place: Annotated[str | None, Option("--place", metavar="TEXT", help=N_("Where it is"))] = None,
    on: OnStep = None,
) -> None:
    """Convene a session; accepted topics go on its agenda, oldest first."""
    from volunteer_cli.alliances.queries.councils import agenda, find_council
    from volunteer_cli.alliances.rules import sessions as rules
    from volunteer_cli.core.work import work

    with work("council convene") as session:
        starts_at = read(start)
        times = {"starts_at": starts_at, "ends_at": _end_of(starts_at, end)}
        meeting = rules.convene(session, find_council(session, council), when(on), **times, place=place)
        count = len(agenda(session, meeting))
        sentence = _("Convened session {id} of {when}; on its agenda: {count}.")
        if meeting.ends_at < run().clock.now:
            sentence = _("Convened session {id} of {when}, in the past; on its agenda: {count}.")
        _tell_session(session, meeting, sentence.replace("{count}", str(count)))


def _end_of(starts_at: datetime, end: TimeText) -> datetime:
    from datetime import datetime

    typed = read(end)
    return typed if isinstance(typed, datetime) else datetime.combine(starts_at.date(), typed)


def _tell_session(session: Session, meeting: CouncilSession, sentence: str) -> None:
    from volunteer_cli.alliances.views.councils import SESSIONS
    from volunteer_cli.core.dates import shown_span

    words = {"id": meeting.id, "number": meeting.number, "day": f"{meeting.starts_at:%Y-%m-%d}"}
    words["when"] = shown_span(meeting.starts_at, meeting.ends_at)
    tell(session, SESSIONS, meeting, sentence.format(**words))


@verb(app, "sessions", example="volunteer council sessions yixin")
def sessions_(council: CouncilNamed, waiting: Waiting = False, overdue: Overdue = False) -> None:
    """List the sessions of a council; overdue ones are over and not closed."""
    from volunteer_cli.alliances.queries.councils import find_council, sessions
    from volunteer_cli.alliances.views.councils import SESSIONS
    from volunteer_cli.core.work import reading

    with reading() as session:
        key = find_council(session, council, changing=False).id
        rows = sessions(session, key, run().clock.now, waiting=waiting, overdue=overdue)
        show_list(session, SESSIONS, rows)


@verb(app, "session", example="volunteer council session 1")
def session_(meeting: SessionNamed) -> None:
    """Show a session with its agenda and who was there."""
    from volunteer_cli.alliances.queries.councils import find_session
    from volunteer_cli.alliances.views.councils import SESSIONS
    from volunteer_cli.core.work import reading

    with reading() as session:
        show(session, SESSIONS, find_session(session, meeting, changing=False))


@verb(app, "agenda", example="volunteer council agenda 1 --first 3", changes=True)
def agenda_(
    meeting: SessionNamed,
    first: Annotated[
        list[str] | None, Option("--first", metavar="TOPIC", help=N_("A topic that comes first"))
    ] = None,
    without: Annotated[
        list[str] | None, Option("--without", metavar="TOPIC", help=N_("A topic that waits for the next one"))
    ] = None,
) -> None:
    """Show the agenda of a session, with what is due by then; or arrange it."""
    from volunteer_cli.alliances.queries.councils import find_session
    from volunteer_cli.alliances.rules import sessions as rules
    from volunteer_cli.core.work import work

    # To look at an agenda is no change: it opens the file for reading and writes no history.
    if not first and not without:
        _show_agenda(meeting)
        return
    with work("council agenda") as session:
        record = find_session(session, meeting)
        head, left_out = _topics(session, first), _topics(session, without)
        rules.arrange(session, record, first=head, without=left_out)
        _tell_session(session, record, _("Arranged the agenda of session {id} of {day}."))


def _topics(session: Session, texts: list[str] | None) -> list[Topic]:
    from volunteer_cli.alliances.queries.councils import find_topic

    return [find_topic(session, text) for text in texts or ()]


def _show_agenda(meeting: str) -> None:
    from volunteer_cli.alliances.queries.councils import agenda, find_session
    from volunteer_cli.alliances.views.councils import AGENDA
    from volunteer_cli.core.work import reading

    with reading() as session:
        record = find_session(session, meeting, changing=False)
        show_list(session, AGENDA, agenda(session, record))
        _say_due(session, record)


def _say_due(session: Session, meeting: CouncilSession) -> None:
    """Name the actions of the council that are overdue, or due by the policy's days after the session."""
    from volunteer_cli.alliances.queries.councils import actions_due_by

    for action in actions_due_by(session, meeting):
        say(_("Due on {due}: {text} (action {id})").format(due=action.due_on, text=action.text, id=action.id))


@verb(app, "attend", example="volunteer council attend 1 区城市管理局 区行政审批服务局", changes=True)
def attend(
    meeting: SessionNamed,
    units: Organizations,
    absent: Annotated[bool, Option("--absent", help=N_("They were not there"))] = False,
    by: Annotated[str | None, Option("--by", metavar="NAME", help=N_("Who spoke for them"))] = None,
) -> None:
    """Record who was at a session, and who was not."""
    from volunteer_cli.alliances.queries.councils import find_session
    from volunteer_cli.alliances.rules import sessions as rules
    from volunteer_cli.core.work import work

    with work("council attend") as session:
        record, present = find_session(session, meeting), organizations(session, units)
        for unit in present:
            rules.attend(session, record, unit, present=not absent, by=by)
        sentence = _("Recorded who was at session {id} of {day}.")
        _tell_session(session, record, sentence + _of_guests(session, record, present))


def _of_guests(session: Session, meeting: CouncilSession, units: list[Organization]) -> str:
    """A sentence that names those who are no members of a session's council on its day, if any is none."""
    from volunteer_cli.alliances.queries.councils import members_of

    members = members_of(session, meeting)
    guests = [unit.name for unit in units if unit.id not in members]
    sentence = _("Guests, who do not count for the quorum: {names}.")
    return f" {sentence.format(names=listed(guests))}" if guests else ""


@verb(
    app, "decide", example="volunteer council decide 3 --session 2 --text 三个窗口并为一个 --for 3 --against 0",
    changes=True,
)  # fmt: skip
def decide(
    topic: TopicNamed,
    meeting: SessionOption,
    text: Text,
    reason: Annotated[
        str | None, Option("--reason", metavar="TEXT", help=N_("Why it was so decided"))
    ] = None,
    votes_for: Annotated[int | None, Option("--for", min=0, metavar="N", help=N_("Votes for it"))] = None,
    against: Annotated[
        int | None, Option("--against", min=0, metavar="N", help=N_("Votes against it"))
    ] = None,
    abstain: Annotated[int | None, Option("--abstain", min=0, metavar="N", help=N_("Abstentions"))] = None,
    override: Annotated[
        str | None,
        Option("--override", metavar="REASON", help=N_("Decide without a quorum; kept in the minutes")),
    ] = None,
    on: OnStep = None,
) -> None:
    """Decide a topic at a session, by consensus unless votes are given."""
    from volunteer_cli.alliances.queries.councils import find_session, find_topic
    from volunteer_cli.alliances.rules import sessions as rules
    from volunteer_cli.core.work import work

    with work("council decide") as session:
        record, decided = find_session(session, meeting), find_topic(session, topic)
        votes = rules.Votes(votes_for, against, abstain)
        extras = {"reason": reason, "override": override}
        rules.decide(session, record, decided, text, when(on), votes=votes, **extras)
        sentence = _(
            "Decided {topics}. Who does it, and by when: volunteer council action {id} TEXT --owner ORGANIZATION --due DATE."
        )
        tell_topics(session, [decided], sentence.replace("{id}", str(decided.id)))


@verb(app, "defer", example="volunteer council defer 3 --session 1 --reason 不足法定人数", changes=True)
def defer(topic: TopicNamed, meeting: SessionOption, reason: Reason, on: OnStep = None) -> None:
    """Leave a topic to the next session, with the reason."""
    from volunteer_cli.alliances.queries.councils import find_session, find_topic
    from volunteer_cli.alliances.rules import sessions as rules
    from volunteer_cli.core.work import note_reason, work

    with work("council defer") as session:
        note_reason(reason)
        record, deferred = find_session(session, meeting), find_topic(session, topic)
        rules.defer(session, record, deferred, reason, when(on))
        tell_topics(session, [deferred], _("Deferred {topics} to the next session."))


@verb(app, "close", example="volunteer council close 2", changes=True)
def close(meeting: SessionNamed, on: OnStep = None) -> None:
    """Freeze a session under a number: its minutes never change again."""
    from volunteer_cli.alliances.queries.councils import find_session
    from volunteer_cli.alliances.rules import sessions as rules
    from volunteer_cli.core.work import work

    with work("council close") as session:
        record = find_session(session, meeting)
        rules.close(session, record, when(on))
        _tell_session(session, record, _("Closed session {id} of {day} as {number}."))


@verb(app, "cancel", example="volunteer council cancel 2", changes=True)
def cancel(meeting: SessionNamed) -> None:
    """Call a session off; its topics stand on the next agenda."""
    from volunteer_cli.alliances.queries.councils import find_session
    from volunteer_cli.alliances.rules import sessions as rules
    from volunteer_cli.core.work import work

    with work("council cancel") as session:
        record = find_session(session, meeting)
        rules.cancel(session, record)
        _tell_session(session, record, _("Cancelled session {id} of {day}."))


@verb(app, "minutes", example="volunteer council minutes YIXIN-2026-02 -o minutes.html")
def minutes_(meeting: SessionNamed) -> None:
    """Show a session; with -o, write its minutes as a page to print."""
    from volunteer_cli.alliances.documents import minutes
    from volunteer_cli.alliances.queries.councils import find_session
    from volunteer_cli.alliances.views.councils import SESSIONS
    from volunteer_cli.core.work import reading
    from volunteer_cli.output.document import is_page
    from volunteer_cli.output.options import options
    from volunteer_cli.shell import hand_out

    with reading() as session:
        record = find_session(session, meeting, changing=False)
        if is_page(options().file):
            hand_out(minutes(session, record))
            # The page is written; the view that follows goes to the screen and not over it.
            options().output = None
        show(session, SESSIONS, record)


# --- actions ------------------------------------------------------------


@verb(
    app, "action", example="volunteer council action 3 三个窗口并为一个 --owner 区行政审批服务局 --due 2026-04-30",
    changes=True,
)  # fmt: skip
def action_(
    topic: TopicNamed,
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What is to be done"))],
    owner: OwnerNeeded,
    due: Due,
    on: OnStep = None,
) -> None:
    """Add what has to be done after a decision, by whom and by when."""
    from volunteer_cli.alliances.queries.councils import find_topic, is_outside
    from volunteer_cli.alliances.rules import councils as rules
    from volunteer_cli.core.work import work

    with work("council action") as session:
        record, unit = find_topic(session, topic), organization(session, owner)
        action = rules.add_action(session, record, text, when(on), owner=unit, due_on=read(due))
        sentence = _("Added action {id}, due on {due}.")
        # Told and not refused: what has to be done may lie with an office outside of the alliance.
        if is_outside(session, record, action):
            warning = _("{owner} is no member of the alliance [not_member].")
            sentence = f"{sentence} {warning.format(owner=owner)}"
        tell_action(session, action, sentence)


@verb(app, "actions", example="volunteer council actions yixin --overdue")
def actions_(
    council: CouncilNamed, waiting: Waiting = False, overdue: Overdue = False, owner: Owner = None
) -> None:
    """List the actions of a council, due first."""
    from volunteer_cli.actions.views import ACTIONS
    from volunteer_cli.alliances.queries.councils import council_actions, find_council
    from volunteer_cli.core.work import reading

    with reading() as session:
        key, unit = find_council(session, council, changing=False).id, organization(session, owner)
        today, owner_id = run().clock.today, unit.id if unit else None
        rows = council_actions(session, key, today, waiting=waiting, overdue=overdue, owner_id=owner_id)
        show_list(session, ACTIONS, rows)


@verb(app, "confirm", example="volunteer council confirm 3 --by 样例企业一", changes=True)
def confirm(action: ActionNamed, by: By = None, on: OnStep = None) -> None:
    """Let whoever raised an action confirm that it is done."""
    from volunteer_cli.actions import rules

    change_action(
        "council confirm",
        action,
        N_("Action {id} is confirmed."),
        lambda session, record: rules.confirm(session, record, when(on, by)),
    )


hang_verbs(app, "council")
