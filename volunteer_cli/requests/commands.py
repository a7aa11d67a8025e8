"""`volunteer request …`: from the call to the closed matter, with every caller answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.completion import chosen, named
from volunteer_cli.core.i18n import N_, _, listed, ngettext, typography
from volunteer_cli.core.run import run
from volunteer_cli.requests.terms import Category
from volunteer_cli.shell import (
    DayText,
    OnStep,
    PeriodText,
    Reason,
    choose,
    confidential,
    day_option,
    hand_out_or_show,
    noun,
    period_option,
    read,
    show,
    show_list,
    tell,
    tell_each,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from volunteer_cli.requests.leads import Lead
    from volunteer_cli.requests.models import Request
    from volunteer_cli.requests.rules.callers import Call
    from volunteer_cli.requests.rules.steps import When
    from volunteer_cli.shell import StepText

app = noun("request")

Named = Annotated[str, Argument(metavar="REQUEST", help=N_("Its number, id or external number"))]
Several = Annotated[
    list[str], Argument(metavar="REQUEST...", help=N_("Their numbers, ids or external numbers"))
]
KIND_HELP = N_("enquiry, help, suggestion, complaint or tipoff")
CATEGORY_HELP = N_("What it is about, such as heating, water, smell or noise")
URGENCY_HELP = N_("urgent, ordinary or complex")
CHANNEL_HELP = N_("visit, phone, hotline, grid, online, letter or passed_on")
Caller = Annotated[
    str | None, confidential("--caller", metavar="PERSON", text=N_("Who called, somebody on file"))
]
CallerName = Annotated[
    str | None, confidential("--caller-name", metavar="NAME", text=N_("The name of who called"))
]
CallerPhone = Annotated[
    str | None, confidential("--caller-phone", metavar="PHONE", text=N_("The phone of who called"))
]
Anonymous = Annotated[bool, Option("--anonymous", help=N_("The caller does not say who they are"))]
Confidential = Annotated[
    bool, Option("--confidential", help=N_("Who called is shown to nobody without a reason"))
]
NoCallback = Annotated[bool, Option("--no-callback", help=N_("The caller wants no answer"))]
Home = Annotated[
    str | None,
    confidential("--household", metavar="HOUSEHOLD", text=N_("The household from which the call comes")),
]
ChannelText = Annotated[str | None, Option("--channel", metavar="CHANNEL", help=CHANNEL_HELP)]
OneCaller = Annotated[
    str | None,
    confidential(
        "--caller",
        metavar="CALLER",
        text=N_("The name of the caller, or the number that show gives them"),
        autocompletion=named("person"),
    ),
]
Text = Annotated[str | None, Option("--text", metavar="TEXT", help=N_("What was done or said"))]


# --- receiving ------------------------------------------------------------


@verb(
    app,
    "add",
    example="volunteer request add 地下车库大蒜味很浓 --category smell --caller 王样三 --building 7 --place 地下车库",
    changes=True,
)
def add(
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What was reported"))],
    kind: Annotated[str, Option("--kind", metavar="KIND", help=KIND_HELP)] = "help",
    category: Annotated[
        str, Option("--category", metavar="CATEGORY", help=CATEGORY_HELP, autocompletion=chosen(Category))
    ] = "other",
    urgency: Annotated[str, Option("--urgency", metavar="URGENCY", help=URGENCY_HELP)] = "ordinary",
    channel: ChannelText = None,
    caller: Caller = None,
    caller_name: CallerName = None,
    caller_phone: CallerPhone = None,
    anonymous: Anonymous = False,
    confidential: Confidential = False,
    no_callback: NoCallback = False,
    household: Home = None,
    place: Annotated[str | None, Option("--place", metavar="TEXT", help=N_("Where it is"))] = None,
    building: Annotated[str | None, Option("--building", metavar="B", help=N_("In which building"))] = None,
    grid: Annotated[str | None, Option("--grid", metavar="GRID", help=N_("In which grid"))] = None,
    about: Annotated[
        str | None, Option("--about", metavar="ORGANIZATION", help=N_("The organization that it is about"))
    ] = None,
    external: Annotated[
        str | None, Option("--external", metavar="NO", help=N_("The number of a hotline or another office"))
    ] = None,
    recurs: Annotated[
        str | None, Option("--recurs", metavar="REQUEST", help=N_("The earlier request that comes again"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Register a request, and name those like it."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.requests.rules import callers
    from volunteer_cli.requests.typed import Place, read_external

    words = _words(kind, category, urgency, channel, external)
    with work("request add") as session:
        when = _when(on)
        community = the_community(session)
        call = _call(
            session, caller, caller_name, caller_phone, household,
            anonymous=anonymous, secret=confidential, no_callback=no_callback, when=when,
        )  # fmt: skip
        where = Place.of(session, call, building=building, grid=grid, place=place)
        draft = callers.Draft(
            text,
            [call],
            about_id=_organization_id(session, about),
            external=read_external(session, community.id, external),
            recurs_id=_earlier_id(session, recurs),
            **words,
            **vars(where),
        )
        _tell_new(session, callers.register(session, community, draft, when))


@verb(app, "caller", example="volunteer request caller BINHU-R2026-0031 --caller 李样二", changes=True)
def caller_(
    request: Named,
    caller: Caller = None,
    caller_name: CallerName = None,
    caller_phone: CallerPhone = None,
    anonymous: Anonymous = False,
    confidential: Confidential = False,
    no_callback: NoCallback = False,
    household: Home = None,
    channel: ChannelText = None,
    on: OnStep = None,
) -> None:
    """Record another caller of a request, or that the same one called again."""
    from volunteer_cli.requests.rules import callers
    from volunteer_cli.requests.terms import Channel

    way = choose(Channel, channel, "--channel") or Channel.VISIT

    def step(session: Session, of: Request, when: When) -> str:
        call = _call(
            session, caller, caller_name, caller_phone, household,
            anonymous=anonymous, secret=confidential, no_callback=no_callback, when=when,
        )  # fmt: skip
        called = callers.add_call(session, of, call, way, when)
        return _("{number}: calls of this caller: {calls}.").format(number=of.number, calls=called.calls)

    _step("request caller", request, on, step, follow=True)


@verb(app, "answer", example="volunteer request answer BINHU-R2026-0031 --text 已派人查看", changes=True)
def answer(request: Named, caller: OneCaller = None, text: Text = None, on: OnStep = None) -> None:
    """Record a first answer: to one caller, or to all who wait."""
    from volunteer_cli.requests.rules import callers
    from volunteer_cli.requests.typed import caller_number

    def step(session: Session, of: Request, when: When) -> str:
        answered = callers.answer(session, of, when, n=caller_number(session, of, caller), text=text)
        return _("{number}: callers answered: {count}.").format(number=of.number, count=len(answered))

    _step("request answer", request, on, step, follow=True)


# --- handling ------------------------------------------------------------


@verb(app, "assign", example="volunteer request assign BINHU-R2026-0031 --to 样例物业公司", changes=True)
def assign(
    requests: Several,
    to: Annotated[str, Option("--to", metavar="THING", help=N_("An organization, a team or a person"))],
    helper: Annotated[list[str] | None, Option("--helper", metavar="THING", help=N_("Who helps"))] = None,
    final: Annotated[bool, Option("--final", help=N_("It cannot be returned"))] = False,
    on: OnStep = None,
) -> None:
    """Give requests to a lead; a handover does not start the clock again."""
    from volunteer_cli.core.work import work
    from volunteer_cli.requests.leads import find_lead, lead_names
    from volunteer_cli.requests.queries import find_requests
    from volunteer_cli.requests.rules import handling
    from volunteer_cli.requests.views import REQUESTS

    with work("request assign") as session:
        named, lead = find_requests(session, requests), find_lead(session, to)
        helpers = [find_lead(session, each) for each in helper or ()]
        for of in named:
            handling.assign(session, of, lead, _when(on), helpers=helpers, final=final)
        name, sentence = lead_names(session, [lead])[lead], _("{number} is led by {lead}, due {due}.")
        sentences = (sentence.format(number=of.number, lead=name, due=of.due_on) for of in named)
        tell_each(session, REQUESTS, named, sentences)


@verb(
    app, "release", example="volunteer request release BINHU-R2026-0031 --helper 样例物业公司", changes=True
)
def release(
    request: Named,
    helper: Annotated[str, Option("--helper", metavar="THING", help=N_("Who helps no more"))],
    on: OnStep = None,
) -> None:
    """Let a helper of a request go."""
    from volunteer_cli.requests.leads import find_lead
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.release(session, of, find_lead(session, helper), when)
        return _("{number}: a helper less.").format(number=of.number)

    _step("request release", request, on, step)


@verb(app, "return", example="volunteer request return BINHU-R2026-0031 --reason 立管归公司", changes=True)
def return_(request: Named, reason: Reason, on: OnStep = None) -> None:
    """Give a request back: it is not the lead's; within two working days."""
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.return_request(session, of, when, reason=reason)
        return _("{number} was returned and has no lead.").format(number=of.number)

    _step("request return", request, on, step)


@verb(
    app,
    "escalate",
    example="volunteer request escalate BINHU-R2026-0031 --to 街道 --reason 推诿",
    changes=True,
)
def escalate(
    request: Named,
    to: Annotated[str, Option("--to", metavar="THING", help=N_("An organization, a team or a person"))],
    reason: Reason,
    on: OnStep = None,
) -> None:
    """Keep that a request was brought before somebody higher; its lead stays."""
    from volunteer_cli.requests.leads import find_lead, lead_names
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        lead = find_lead(session, to)
        handling.escalate(session, of, lead, when, reason=reason)
        name = lead_names(session, [lead])[lead]
        return _("{number} was brought before {lead}.").format(number=of.number, lead=name)

    _step("request escalate", request, on, step)


@verb(app, "note", example="volunteer request note BINHU-R2026-0031 夜里到现场查看", changes=True)
def note(
    request: Named,
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What was done or seen"))],
    on: OnStep = None,
) -> None:
    """Write down what was done or seen."""
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.note(session, of, text, when)
        return _("Noted with {number}.").format(number=of.number)

    _step("request note", request, on, step, follow=True)


@verb(
    app,
    "cause",
    example="volunteer request cause BINHU-R2026-0031 冲洗管道释放加臭剂 --by 样例供热公司",
    changes=True,
)
def cause(
    request: Named,
    text: Annotated[str, Argument(metavar="TEXT", help=N_("What caused it"))],
    by: Annotated[
        str | None, Option("--by", metavar="ORGANIZATION", help=N_("The organization that caused it"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Keep the cause apart from what was reported."""
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.set_cause(session, of, text, _organization_id(session, by), when)
        return _("The cause of {number} is on file.").format(number=of.number)

    _step("request cause", request, on, step, follow=True)


# --- the clock ------------------------------------------------------------


@verb(
    app, "extend", example="volunteer request extend BINHU-R2026-0031 --days 3 --reason 等配件", changes=True
)
def extend(
    request: Named,
    days: Annotated[int, Option("--days", metavar="N", min=1, help=N_("How many working days more"))],
    reason: Reason,
    on: OnStep = None,
) -> None:
    """Give a request more working days, on its due day at the latest."""
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.extend(session, of, when, days=days, reason=reason)
        return _due(of)

    _step("request extend", request, on, step)


@verb(
    app,
    "suspend",
    example="volunteer request suspend BINHU-R2026-0031 --until 2026-10-15 --reason 等栽植季",
    changes=True,
)
def suspend(
    request: Named,
    until: Annotated[DayText, day_option("--until", N_("The last day that does not count"), ahead=True)],
    reason: Reason,
    on: OnStep = None,
) -> None:
    """Stop the clock of a request until a day, for a season or a condition."""
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.suspend(session, of, when, until=read(until), reason=reason)
        return _due(of)

    _step("request suspend", request, on, step)


@verb(app, "resume", example="volunteer request resume BINHU-R2026-0031", changes=True)
def resume(request: Named, on: OnStep = None) -> None:
    """Let the clock of a suspended request run again."""
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.resume(session, of, when)
        return _due(of)

    _step("request resume", request, on, step)


# --- the end ------------------------------------------------------------


@verb(app, "finish", example="volunteer request finish BINHU-R2026-0031 --result solved", changes=True)
def finish(
    request: Named,
    result: Annotated[
        str,
        Option("--result", metavar="RESULT", help=N_("solved, partly, explained, not_ours or withdrawn")),
    ],
    text: Text = None,
    on: OnStep = None,
) -> None:
    """Finish a request; every caller is still to be asked."""
    from volunteer_cli.requests.rules import handling
    from volunteer_cli.requests.rules.closing import to_ask
    from volunteer_cli.requests.terms import Result

    # Finished is not solved: what became of it is said apart from how far it has come.
    outcome = choose(Result, result, "--result")

    def step(session: Session, of: Request, when: When) -> str:
        handling.finish(session, of, outcome, when, text=text)
        left = len(to_ask(session, of))
        return _("Finished {number}; callers to be asked: {count}.").format(number=of.number, count=left)

    _step("request finish", request, on, step)


@verb(
    app,
    "callback",
    example="volunteer request callback BINHU-R2026-0031 --caller 王样三 --solved yes --satisfied yes",
    changes=True,
)
def callback(
    request: Named,
    caller: OneCaller = None,
    unreached: Annotated[bool, Option("--unreached", help=N_("Nobody was reached"))] = False,
    solved: Annotated[
        str | None, Option("--solved", metavar="ANSWER", help=N_("Is it solved: yes, partly or no"))
    ] = None,
    satisfied: Annotated[
        str | None, Option("--satisfied", metavar="ANSWER", help=N_("Are they content: yes, mostly or no"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Record that a caller was asked whether it is solved, or tried in vain."""
    from volunteer_cli.requests.rules import closing
    from volunteer_cli.requests.terms import Satisfied, Solved
    from volunteer_cli.requests.typed import caller_number, require_one

    # Nobody answered is not the same as somebody said no: unreached stands beside the rates, never inside.
    require_one({"--unreached": unreached, "--solved": solved is not None})
    said = choose(Solved, solved, "--solved")
    content = choose(Satisfied, satisfied, "--satisfied")

    def step(session: Session, of: Request, when: When) -> str:
        n = caller_number(session, of, caller)
        closing.call_back(session, of, when, n=n, solved=said, satisfied=content)
        left = len(closing.to_ask(session, of))
        return _("{number}: callers still to be asked: {count}.").format(number=of.number, count=left)

    _step("request callback", request, on, step, follow=True)


@verb(app, "close", example="volunteer request close BINHU-R2026-0031", changes=True)
def close(
    requests: Several,
    explained: Annotated[
        str | None,
        Option("--explained", metavar="REASON", help=N_("Why it cannot be done, for callers who say no")),
    ] = None,
    on: OnStep = None,
) -> None:
    """Close finished requests whose callers have been asked."""
    from volunteer_cli.core.work import work
    from volunteer_cli.requests.queries import find_requests
    from volunteer_cli.requests.rules import closing
    from volunteer_cli.requests.views import REQUESTS

    with work("request close") as session:
        named = find_requests(session, requests)
        for of in named:
            closing.close(session, of, _when(on), explained=explained)
        sentence = _("Closed {numbers}.").format(numbers=listed(of.number for of in named))
        tell(session, REQUESTS, named[0] if len(named) == 1 else named, sentence)


@verb(app, "reopen", example="volunteer request reopen BINHU-R2026-0031 --reason 又漏了", changes=True)
def reopen(
    request: Named,
    reason: Reason,
    to: Annotated[
        str | None, Option("--to", metavar="THING", help=N_("Another lead; default the one it had"))
    ] = None,
    on: OnStep = None,
) -> None:
    """Take a request up again, with a new clock."""
    from volunteer_cli.requests.leads import find_lead
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        lead = find_lead(session, to) if to else None
        handling.reopen(session, of, when, reason=reason, lead=lead)
        return _due(of)

    _step("request reopen", request, on, step)


@verb(
    app,
    "reject",
    example="volunteer request reject BINHU-R2026-0031 --reason 非社区职责 --refer 区城管局",
    changes=True,
)
def reject(
    request: Named,
    reason: Reason,
    refer: Annotated[str | None, Option("--refer", metavar="TEXT", help=N_("Where to go instead"))] = None,
    on: OnStep = None,
) -> None:
    """Refuse a request that is not for this office."""
    from volunteer_cli.requests.rules import handling

    def step(session: Session, of: Request, when: When) -> str:
        handling.reject(session, of, when, reason=reason, refer=refer)
        return _("Rejected {number}. Tell the callers where to go.").format(number=of.number)

    _step("request reject", request, on, step)


# --- several about one thing ------------------------------------------------------------


@verb(app, "merge", example="volunteer request merge BINHU-R2026-0029 BINHU-R2026-0031", changes=True)
def merge(
    keep: Annotated[
        str, Argument(metavar="KEEP", help=N_("The request that stays"), autocompletion=named("request"))
    ],
    drop: Annotated[
        list[str],
        Argument(
            metavar="DROP...", help=N_("Requests that become part of it"), autocompletion=named("request")
        ),
    ],
    on: OnStep = None,
) -> None:
    """Make one matter of several: all callers stay, the earliest due date holds."""
    from volunteer_cli.core.work import work
    from volunteer_cli.requests.queries import find_request, find_requests
    from volunteer_cli.requests.rules import merging

    with work("request merge") as session:
        of = find_request(session, keep)
        merging.merge(session, of, find_requests(session, drop), _when(on))
        _tell(session, of, _due(of))


@verb(app, "split", example="volunteer request split BINHU-R2026-0031", changes=True)
def split(request: Named, on: OnStep = None) -> None:
    """Take a merged request out again, with its callers, its state and its lead."""
    from volunteer_cli.requests.rules import merging

    def step(session: Session, of: Request, when: When) -> str:
        keep = merging.split(session, of, when)
        sentence = _("Split off {number}, due {due}; {keep} is due {other}.")
        return sentence.format(number=of.number, due=of.due_on, keep=keep.number, other=keep.due_on)

    _step("request split", request, on, step)


# --- looking ------------------------------------------------------------


@verb(app, "similar", example="volunteer request similar BINHU-R2026-0031")
def similar(
    request: Annotated[
        str | None, Argument(metavar="REQUEST", help=N_("Its number, id or external number; without, all"))
    ] = None,
) -> None:
    """List open requests that may be one: the same category and place, few days apart."""
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.core.work import reading
    from volunteer_cli.requests.terms import SIMILAR_DAYS
    from volunteer_cli.requests.views import SIMILAR, similar_row

    with reading() as session:
        days = policy_value(session, SIMILAR_DAYS)
        # Named and never merged by itself: two smells of one day may come from two kitchens.
        pairs = _alike(session, request, days) if request else _all_alike(session, days)
        show_list(session, SIMILAR, [similar_row(one, other) for one, other in pairs])


def _alike(session: Session, text: str, days: int) -> Iterable[tuple[Request, Request]]:
    from volunteer_cli.requests import queries

    of = queries.survivor(session, queries.find_request(session, text, changing=False))
    return [(of, other) for other in queries.similar(session, of, days, limit=100)]


def _all_alike(session: Session, days: int) -> Iterable[tuple[Request, Request]]:
    from datetime import timedelta

    from volunteer_cli.requests import queries

    since = run().clock.today - timedelta(days)
    return queries.similar_pairs(session, days, since=since, community_id=_community_id(session))


@verb(app, "why", example="volunteer request why BINHU-R2026-0031")
def why(request: Named) -> None:
    """Explain the due date of a request day by day."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.requests.explaining import why_rows
    from volunteer_cli.requests.queries import find_request, survivor
    from volunteer_cli.requests.views import WHY

    with reading() as session:
        of = survivor(session, find_request(session, request, changing=False))
        show_list(session, WHY, why_rows(session, of))


@verb(app, "slip", example="volunteer request slip BINHU-R2026-0031 -o order.html")
def slip(request: Named) -> None:
    """Read the order for the lead out; with -o FILE.html, write it as a page to print."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.output.options import options
    from volunteer_cli.requests.documents import order_of
    from volunteer_cli.requests.queries import find_request, survivor
    from volunteer_cli.requests.views import REQUESTS

    with reading() as session:
        of = survivor(session, find_request(session, request, changing=False))
        # A paper leaves the office: with a reason it holds more, and that is kept in the history.
        document = order_of(session, of, reveal=bool(options().reveal))
        hand_out_or_show(session, REQUESTS, of, document)


@verb(app, "list", example="volunteer request list --overdue")
def list_(
    status: Annotated[
        str | None,
        Option(
            "--status",
            metavar="STATUS",
            help=N_("registered, assigned, finished, closed, rejected or merged"),
        ),
    ] = None,
    open_: Annotated[bool, Option("--open", help=N_("Only registered, assigned and finished ones"))] = False,
    overdue: Annotated[bool, Option("--overdue", help=N_("Only those that are past their day"))] = False,
    due: Annotated[
        DayText | None, day_option("--due", N_("Only unfinished ones that are due on this day"))
    ] = None,
    lead: Annotated[
        str | None, Option("--lead", metavar="THING", help=N_("Only those that they lead"))
    ] = None,
    helper: Annotated[
        str | None, Option("--helper", metavar="THING", help=N_("Only those that they help with"))
    ] = None,
    category: Annotated[
        str | None,
        Option("--category", metavar="CATEGORY", help=CATEGORY_HELP, autocompletion=chosen(Category)),
    ] = None,
    channel: ChannelText = None,
    building: Annotated[str | None, Option("--building", metavar="B", help=N_("In which building"))] = None,
    grid: Annotated[str | None, Option("--grid", metavar="GRID", help=N_("In which grid"))] = None,
    urgency: Annotated[str | None, Option("--urgency", metavar="URGENCY", help=URGENCY_HELP)] = None,
    suspended: Annotated[bool, Option("--suspended", help=N_("Only suspended ones"))] = False,
    recurs: Annotated[bool, Option("--recurs", help=N_("Only those that come again"))] = False,
    period: Annotated[PeriodText | None, period_option(N_("Received in this period"))] = None,
    search: Annotated[
        str | None,
        Option("--search", metavar="TEXT", help=N_("Text in the request, its place, number or cause")),
    ] = None,
) -> None:
    """List requests, the earliest first."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.requests import queries
    from volunteer_cli.requests.terms import Channel, Status, Urgency
    from volunteer_cli.requests.views import REQUESTS

    equal = {
        "status": choose(Status, status, "--status"),
        "category": choose(Category, category, "--category"),
        "channel": choose(Channel, channel, "--channel"),
        "urgency": choose(Urgency, urgency, "--urgency"),
        "building": building,
        "grid": grid,
    }
    with reading() as session:
        query = queries.requests(
            open_=open_,
            due_on=read(due),
            recurs=recurs,
            today=run().clock.today,
            community_id=_community_id(session),
            lead=_lead(session, lead),
            helper=_lead(session, helper),
            period=read(period),
            search=search,
            overdue=overdue,
            suspended=suspended,
            **equal,
        )
        show_list(session, REQUESTS, session.scalars(query.execution_options(yield_per=1000)))


@verb(app, "show", example="volunteer request show BINHU-R2026-0031")
def show_(request: Named) -> None:
    """Show a request with its callers and all that was done; the number of a merged one shows where it went."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.requests.queries import find_request, survivor
    from volunteer_cli.requests.views import REQUESTS

    # Whoever cites the number of a merged one must learn where it went, not that it is gone.
    with reading() as session:
        show(session, REQUESTS, survivor(session, find_request(session, request, changing=False)))


# --- what the verbs share ------------------------------------------------------------


def _step(
    command: str,
    text: str,
    on: StepText | None,
    step: Callable[[Session, Request, When], str],
    *,
    follow: bool = False,
) -> None:
    """Take one step of a request in a unit of work of its own, and tell what came of it.

    `follow`: of a merged one it is taken for the one that stayed.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.requests.queries import find_request, survivor

    with work(command) as session:
        of = find_request(session, text)
        if follow:
            of = survivor(session, of)
        _tell(session, of, step(session, of, _when(on)))


def _when(on: StepText | None) -> When:
    from volunteer_cli.requests.rules.steps import When

    now = run().clock.now
    return When(read(on) or now, now, run().given.actor)


def _call(
    session: Session,
    caller: str | None,
    name: str | None,
    phone: str | None,
    household: str | None,
    *,
    anonymous: bool,
    secret: bool,
    no_callback: bool,
    when: When,
) -> Call:
    from volunteer_cli.requests.typed import read_call

    return read_call(
        session,
        caller=caller,
        name=name,
        phone=phone,
        household=household,
        anonymous=anonymous,
        confidential=secret,
        wants_callback=not no_callback,
        day=when.day,
    )


def _words(
    kind: str, category: str, urgency: str, channel: str | None, external: str | None
) -> dict[str, Any]:
    """What a new request is, as it was typed."""
    from volunteer_cli.requests.terms import Channel, Kind, Urgency

    return {
        "kind": choose(Kind, kind, "--kind"),
        "category": choose(Category, category, "--category"),
        "urgency": choose(Urgency, urgency, "--urgency"),
        # Who gives the number of a hotline's order means that it came from there.
        "channel": choose(Channel, channel or ("hotline" if external else "visit"), "--channel"),
    }


def _community_id(session: Session) -> int | None:
    from volunteer_cli.communities.queries import chosen_community

    community = chosen_community(session)
    return community.id if community else None


def _lead(session: Session, text: str | None) -> Lead | None:
    from volunteer_cli.requests.leads import find_lead

    return find_lead(session, text, changing=False) if text else None


def _organization_id(session: Session, text: str | None) -> int | None:
    from volunteer_cli.organizations.queries import find_organization

    return find_organization(session, text).id if text else None


def _earlier_id(session: Session, text: str | None) -> int | None:
    from volunteer_cli.requests.queries import find_request, survivor

    return survivor(session, find_request(session, text)).id if text else None


def _tell_new(session: Session, request: Request) -> None:
    _tell(session, request, _registered(session, request))


def _registered(session: Session, request: Request) -> str:
    """What is said of a new request: its number, its date, and those that it may be one with."""
    from volunteer_cli.core.dates import shown_day
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.requests.queries import similar
    from volunteer_cli.requests.terms import SIMILAR_DAYS

    sentence = _("Registered {number}, due {due}.").format(
        number=request.number, due=shown_day(request.due_on)
    )
    alike = similar(session, request, policy_value(session, SIMILAR_DAYS), limit=3)
    if not alike:
        return sentence
    return typography().sentences([sentence, _like(request, alike)])


def _like(request: Request, alike: Sequence[Request]) -> str:
    names = listed(_beside(request, other) for other in alike)
    sentence = _("Like it: {names}: request merge {keep} @last")
    return sentence.format(names=names, keep=alike[0].id)


def _beside(request: Request, other: Request) -> str:
    """Another request with how far it is away: in days, and whether it is the same place."""
    days = (request.received_at.date() - other.received_at.date()).days
    if request.place is not None and request.place == other.place:
        sentence = ngettext(
            "{number} ({days} day ago, same place)", "{number} ({days} days ago, same place)", days
        )
    else:
        sentence = ngettext(
            "{number} ({days} day ago, same building)", "{number} ({days} days ago, same building)", days
        )
    return sentence.format(number=other.number, days=days)


def _due(of: Request) -> str:
    from volunteer_cli.core.dates import shown_day

    return _("{number} is due {due}.").format(number=of.number, due=shown_day(of.due_on))


def _tell(session: Session, of: Request, sentence: str) -> None:
    from volunteer_cli.requests.views import REQUESTS

    tell(session, REQUESTS, of, sentence)
