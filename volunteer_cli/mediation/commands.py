"""`volunteer mediation …`: cases, from their acceptance to the closed file; what is confidential needs a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.shell import (
    DayText,
    OnStep,
    Reason,
    choose,
    confidential,
    confirm,
    day_option,
    hand_out,
    noun,
    overwrite_afterwards,
    read,
    show,
    show_list,
    tell,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy.orm import Session

    from volunteer_cli.mediation.models import Mediation
    from volunteer_cli.people.models import Person
    from volunteer_cli.shell import StepText

app = noun("mediation")

Named = Annotated[str, Argument(metavar="CASE", help=N_("Its number or id"))]
KIND_HELP = N_("family, neighbours, property, housing, labour, damages, consumer or other")
SOURCE_HELP = N_("applied, offered, request, police, court or government")
Text = Annotated[str | None, confidential("--text", text=N_("What was said; confidential"))]
Mediators = Annotated[list[str] | None, Option("--mediator", metavar="PERSON", help=N_("Who mediates"))]


@verb(
    app,
    "add",
    example="volunteer mediation add --kind neighbours --source applied --party 王样一 --party 李样二 --mediator 赵样三",
    changes=True,
)
def add(
    kind: Annotated[str, Option("--kind", metavar="KIND", help=KIND_HELP)],
    source: Annotated[str, Option("--source", metavar="SOURCE", help=SOURCE_HELP)],
    party: Annotated[
        list[str],
        confidential("--party", metavar="NAME", text=N_("A person, household, organization, or any name")),
    ],
    mediator: Annotated[list[str], Option("--mediator", metavar="PERSON", help=N_("Who mediates"))],
    request: Annotated[
        str | None, confidential("--request", metavar="REQUEST", text=N_("The request that it came from"))
    ] = None,
    household: Annotated[
        str | None,
        confidential("--household", metavar="HOUSEHOLD", text=N_("The household that it is about")),
    ] = None,
    facts: Annotated[str | None, confidential("--facts", text=N_("What it is about; confidential"))] = None,
    on: OnStep = None,
) -> None:
    """Accept a case: at least two parties, and mediators who are none of them."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.mediation.naming import read_party
    from volunteer_cli.mediation.rules import cases
    from volunteer_cli.mediation.terms import Kind, Source
    from volunteer_cli.people.queries import find_people

    # Read before the database is opened: a slip of the pen needs no lock.
    about = choose(Kind, kind, "--kind"), choose(Source, source, "--source")
    with work("mediation add") as session:
        draft = cases.Draft(
            *about,
            parties=[read_party(session, text) for text in party],
            mediators=find_people(session, mediator),
            on=_day(on),
            request_id=_request_id(session, request),
            household_id=_household_id(session, household),
            facts=facts,
        )
        accepted = cases.add_case(session, the_community(session), draft, now=run().clock.now)
        # By its number and nothing else: what is confidential stands in no sentence on a screen.
        sentence = _("Accepted {number}, to be decided by {due}.")
        _tell(session, accepted, sentence.format(number=accepted.number, due=accepted.due_on))


@verb(app, "party", example="volunteer mediation party BINHU-M2026-0003 王样一 --agrees", changes=True)
def party(
    case: Named,
    who: Annotated[
        str, confidential(metavar="NAME", text=N_("A person, household, organization, or any name"))
    ],
    agrees: Annotated[bool, Option("--agrees", help=N_("They agree to mediation"))] = False,
    refuses: Annotated[bool, Option("--refuses", help=N_("They refuse, which ends the case"))] = False,
    on: OnStep = None,
) -> None:
    """Record whether a party, perhaps a further one, agrees to mediation."""
    from volunteer_cli.core.work import work
    from volunteer_cli.mediation.naming import read_party
    from volunteer_cli.mediation.queries import find_case
    from volunteer_cli.mediation.rules.cases import note_party
    from volunteer_cli.requests.typed import require_one

    require_one({"--agrees": agrees, "--refuses": refuses})
    with work("mediation party") as session:
        of = find_case(session, case)
        named = read_party(session, who)
        note_party(session, of, named, agrees=agrees, on=_day(on), now=run().clock.now)
        # 人民调解法 (People's Mediation Law), art. 26: whoever cannot be mediated is told of the other ways.
        sentence = (
            _("Of {number} a party agrees to mediation.")
            if agrees
            else _(
                "Of {number} a party refuses; it has ended. Tell the parties of other ways: court, arbitration."
            )
        )
        _tell(session, of, sentence.format(number=of.number))


@verb(app, "session", example="volunteer mediation session BINHU-M2026-0003 --minutes 60", changes=True)
def session_(
    case: Named,
    minutes: Annotated[
        int | None, Option("--minutes", metavar="N", min=1, help=N_("How long it took"))
    ] = None,
    mediator: Mediators = None,
    text: Text = None,
    on: OnStep = None,
) -> None:
    """Record a session; every party must have agreed to mediation before."""
    from volunteer_cli.core.work import work
    from volunteer_cli.mediation.queries import find_case
    from volunteer_cli.mediation.rules.cases import add_session, moment

    with work("mediation session") as session:
        of = find_case(session, case)
        now = run().clock.now
        add_session(
            session,
            of,
            at=moment(_day(on), now),
            now=now,
            minutes=minutes,
            mediators=_people(session, mediator),
            text=text,
        )
        _tell(session, of, _("Recorded a session of {number}.").format(number=of.number))


@verb(app, "extend", example="volunteer mediation extend BINHU-M2026-0003 --days 15 --all-ask", changes=True)
def extend(
    case: Named,
    days: Annotated[int, Option("--days", metavar="N", min=1, max=366, help=N_("How many days more"))],
    all_ask: Annotated[bool, Option("--all-ask", help=N_("All parties ask for it"))] = False,
    on: OnStep = None,
) -> None:
    """Give a case more days, when all parties ask for it."""
    from volunteer_cli.mediation.rules import cases

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        cases.extend(session, of, days=days, all_ask=all_ask, on=day, now=now)
        return _("{number} is to be decided by {due}.").format(number=of.number, due=of.due_on)

    _step("mediation extend", case, on, step)


@verb(
    app,
    "danger",
    example="volunteer mediation danger BINHU-M2026-0003 --to 派出所 --reason '扬言伤人'",
    changes=True,
)
def danger(
    case: Named,
    to: Annotated[str, confidential("--to", text=N_("The office it was reported to"))],
    reason: Annotated[str, confidential("--reason", text=N_("What the danger is; confidential"))],
    on: OnStep = None,
) -> None:
    """Keep that a danger was reported to the police; from then on sessions need two mediators."""
    from volunteer_cli.mediation.rules import cases

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        cases.report_danger(session, of, to=to, reason=reason, on=day, now=now)
        return _("Kept with {number}; sessions need two mediators from now on.").format(number=of.number)

    _step("mediation danger", case, on, step)


@verb(
    app,
    "agree",
    example="volunteer mediation agree BINHU-M2026-0003 --written --signed 2026-06-01 --text '…' --term '付清=2026-07-01'",
    changes=True,
)
def agree(
    case: Named,
    written: Annotated[bool, Option("--written", help=N_("In writing, signed and sealed"))] = False,
    oral: Annotated[bool, Option("--oral", help=N_("By word of mouth; its content is recorded"))] = False,
    signed: Annotated[
        DayText | None, day_option("--signed", N_("The day on which the last one signed"))
    ] = None,
    sealed: Annotated[
        DayText | None, day_option("--sealed", N_("The day of the stamp; default as signed"))
    ] = None,
    text: Annotated[str | None, confidential("--text", text=N_("What was agreed; confidential"))] = None,
    term: Annotated[
        list[str] | None,
        confidential(
            "--term", metavar="WHAT=DATE", text=N_("Something that is to be done by a day; confidential")
        ),
    ] = None,
    wants_court: Annotated[
        bool, Option("--wants-court", help=N_("The parties want the court to confirm it"))
    ] = False,
    on: OnStep = None,
) -> None:
    """Record an agreement: in writing it holds once all have signed and it is sealed, an oral one at once."""
    from volunteer_cli.mediation.rules import agreements
    from volunteer_cli.mediation.terms import Form
    from volunteer_cli.mediation.typed import read_agreement, read_duty
    from volunteer_cli.requests.typed import require_one

    require_one({"--written": written, "--oral": oral})
    form = Form.WRITTEN if written else Form.ORAL

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        agreement = read_agreement(
            form=form,
            on=day,
            signed_on=read(signed),
            sealed_on=read(sealed),
            text=text,
            duties=[read_duty(each, now.date()) for each in term or ()],
            wants_court=wants_court,
        )
        agreements.agree(session, of, agreement, now=now)
        return _holds(of)

    _step("mediation agree", case, on, step)


TermNumber = Annotated[int, Option("--term", metavar="N", min=1, help=N_("The number of the term"))]


@verb(app, "perform", example="volunteer mediation perform BINHU-M2026-0003 --term 1", changes=True)
def perform(case: Named, term: TermNumber, on: OnStep = None) -> None:
    """Record that something agreed was done."""
    _settle("mediation perform", case, term, on, performed=True)


@verb(app, "break", example="volunteer mediation break BINHU-M2026-0003 --term 1", changes=True)
def break_(case: Named, term: TermNumber, on: OnStep = None) -> None:
    """Record that something agreed was not done."""
    _settle("mediation break", case, term, on, performed=False)


def _settle(command: str, case: str, n: int, on: StepText | None, *, performed: bool) -> None:
    from volunteer_cli.mediation.rules import agreements
    from volunteer_cli.mediation.terms import TermStatus

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        status = TermStatus.PERFORMED if performed else TermStatus.BROKEN
        agreements.settle_term(session, of, n=n, status=status, on=day, now=now)
        sentence = (
            _("Term {n} of {number} is performed.") if performed else _("Term {n} of {number} is broken.")
        )
        return sentence.format(n=n, number=of.number)

    _step(command, case, on, step)


@verb(app, "court", example="volunteer mediation court BINHU-M2026-0003 --filed", changes=True)
def court(
    case: Named,
    filed: Annotated[bool, Option("--filed", help=N_("Both parties have asked the court"))] = False,
    confirmed: Annotated[bool, Option("--confirmed", help=N_("The court has confirmed it"))] = False,
    refused: Annotated[bool, Option("--refused", help=N_("The court has refused it"))] = False,
    on: OnStep = None,
) -> None:
    """Record that the court was asked to confirm an agreement, and what it said."""
    from volunteer_cli.mediation.rules import agreements
    from volunteer_cli.mediation.terms import Court
    from volunteer_cli.requests.typed import require_one

    require_one({"--filed": filed, "--confirmed": confirmed, "--refused": refused})

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        if filed:
            agreements.file_with_court(session, of, on=day, now=now)
        else:
            verdict = Court.CONFIRMED if confirmed else Court.REFUSED
            agreements.decide_court(session, of, verdict=verdict, on=day, now=now)
        return _of_court(of)

    _step("mediation court", case, on, step)


def _of_court(of: Mediation) -> str:
    from volunteer_cli.mediation.terms import COURTS, Court

    sentence = _("{number}, confirmation by the court: {status}.")
    return sentence.format(number=of.number, status=_(COURTS[of.court or Court.FILED]))


@verb(app, "end", example="volunteer mediation end BINHU-M2026-0003 --reason no_agreement", changes=True)
def end(
    case: Named,
    reason: Annotated[
        str, Option("--reason", metavar="REASON", help=N_("refused, no_agreement, withdrawn or other"))
    ],
    on: OnStep = None,
) -> None:
    """End a case without an agreement; the parties are told of other ways."""
    from volunteer_cli.mediation.rules import cases
    from volunteer_cli.mediation.terms import End

    why = choose(End, reason, "--reason")

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        cases.end_case(session, of, reason=why, on=day, now=now)
        sentence = _("{number} has ended. Tell the parties of other ways: court, arbitration.")
        return sentence.format(number=of.number)

    _step("mediation end", case, on, step)


@verb(app, "followup", example="volunteer mediation followup BINHU-M2026-0003 --performed yes", changes=True)
def followup(
    case: Named,
    performed: Annotated[
        str, Option("--performed", metavar="ANSWER", help=N_("Is it kept: yes, partly or no"))
    ],
    satisfied: Annotated[
        str | None, Option("--satisfied", metavar="ANSWER", help=N_("Are they content: yes, mostly or no"))
    ] = None,
    text: Text = None,
    on: OnStep = None,
) -> None:
    """Record what the parties of an agreement say when they are asked again."""
    from volunteer_cli.mediation.rules import agreements
    from volunteer_cli.mediation.terms import Performed, Satisfied

    kept = choose(Performed, performed, "--performed")
    content = choose(Satisfied, satisfied, "--satisfied")

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        agreements.follow_up(session, of, performed=kept, satisfied=content, text=text, on=day, now=now)
        return _("Followed up {number}.").format(number=of.number)

    _step("mediation followup", case, on, step)


@verb(app, "close", example="volunteer mediation close BINHU-M2026-0003", changes=True)
def close(case: Named, on: OnStep = None) -> None:
    """Close the file of a case; after an agreement the parties have been asked again before."""
    from volunteer_cli.mediation.rules import agreements

    def step(session: Session, of: Mediation, day: date, now: datetime) -> str:
        agreements.close_case(session, of, on=day, now=now)
        return _("Closed {number}.").format(number=of.number)

    _step("mediation close", case, on, step)


@verb(app, "erase", example="volunteer mediation erase BINHU-M2026-0003 --reason '保管期满'", changes=True)
def erase(case: Named, reason: Reason) -> None:
    """Erase parties and content of a case for good; number, kind, dates and outcome stay."""
    from volunteer_cli.core.work import work
    from volunteer_cli.mediation.erasing import erase_case
    from volunteer_cli.mediation.queries import find_case

    with work("mediation erase", reason=reason) as session:
        # The number or id as it is: what is erased cannot be brought back.
        of = find_case(session, case, exact=True)
        confirm(_("Erase parties and content of {number}? This cannot be undone.").format(number=of.number))
        erase_case(session, of, on=run().clock.today)
        overwrite_afterwards()
        sentence = _("Erased the content of {number}. Backups made before still hold what was known.")
        _tell(session, of, sentence.format(number=of.number))


@verb(
    app,
    "print",
    example="volunteer mediation print BINHU-M2026-0003 --form record -o record.html --reveal 归档",
)
def print_(
    case: Named,
    form: Annotated[
        str,
        Option(
            "--form",
            metavar="FORM",
            help=N_("cover, acceptance, rights, record, agreement, oral, ending or followup"),
        ),
    ],
) -> None:
    """Read a form of the paper file out; with -o FILE.html, write it as a page to print."""
    from volunteer_cli.core.work import reading, record_reveal
    from volunteer_cli.mediation.documents import form_of
    from volunteer_cli.mediation.queries import find_case
    from volunteer_cli.mediation.rules.errors import RevealNeeded
    from volunteer_cli.mediation.terms import Paper
    from volunteer_cli.mediation.views import CASES

    paper = choose(Paper, form, "--form")
    # A paper is nothing but what is confidential, so that without a reason there is nothing to print.
    if not (reason := options().reveal):
        raise RevealNeeded
    with reading() as session:
        document = form_of(session, find_case(session, case, changing=False), paper)
        record_reveal(session, CASES.name, reason)
        hand_out(document)


@verb(app, "list", example="volunteer mediation list --overdue")
def list_(
    status: Annotated[
        str | None, Option("--status", metavar="STATUS", help=N_("accepted, agreed, ended or closed"))
    ] = None,
    kind: Annotated[str | None, Option("--kind", metavar="KIND", help=KIND_HELP)] = None,
    source: Annotated[str | None, Option("--source", metavar="SOURCE", help=SOURCE_HELP)] = None,
    mediator: Annotated[
        str | None, Option("--mediator", metavar="PERSON", help=N_("Only those that they mediate"))
    ] = None,
    overdue: Annotated[bool, Option("--overdue", help=N_("Only those that are past their day"))] = False,
) -> None:
    """List cases without anything confidential, the earliest first."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.mediation import queries
    from volunteer_cli.mediation.terms import Kind, Source, Status
    from volunteer_cli.mediation.views import CASES
    from volunteer_cli.people.queries import find_person

    state, about = choose(Status, status, "--status"), choose(Kind, kind, "--kind")
    origin = choose(Source, source, "--source")
    with reading() as session:
        community = chosen_community(session)
        # No search by party or word: a list that can be asked who has a case answers who has one.
        cases = queries.cases(
            session,
            today=run().clock.today,
            community_id=community.id if community else None,
            status=state,
            kind=about,
            source=origin,
            mediator_id=find_person(session, mediator, changing=False).id if mediator else None,
            overdue=overdue,
        )
        show_list(session, CASES, cases)


@verb(app, "show", example="volunteer mediation show BINHU-M2026-0003 --reveal 调解")
def show_(case: Named) -> None:
    """Show a case; parties and content with --reveal alone."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.mediation.queries import find_case
    from volunteer_cli.mediation.views import CASES

    with reading() as session:
        show(session, CASES, find_case(session, case, changing=False))


# --- what the verbs share ------------------------------------------------------------


def _holds(of: Mediation) -> str:
    """Since when an agreement holds, and until when the court can be asked (人民调解法, art. 33)."""
    if of.court_by is None:
        return _("{number}: the agreement holds since {day}.").format(number=of.number, day=of.effective_on)
    sentence = _("{number}: the agreement holds since {day}; the court can be asked until {last}.")
    return sentence.format(number=of.number, day=of.effective_on, last=of.court_by)


def _step(
    command: str,
    case: str,
    on: StepText | None,
    step: Callable[[Session, Mediation, date, datetime], str],
) -> None:
    """Take one step of a case in a unit of work of its own, and tell what came of it."""
    from volunteer_cli.core.work import work
    from volunteer_cli.mediation.queries import find_case

    with work(command) as session:
        of = find_case(session, case)
        _tell(session, of, step(session, of, _day(on), run().clock.now))


def _day(on: StepText | None) -> date:
    """When a step happened: the moment or day that was typed, else today."""
    return read(on) or run().clock.today


def _people(session: Session, texts: Iterable[str] | None) -> Sequence[Person]:
    from volunteer_cli.people.queries import find_people

    return find_people(session, texts or ())


def _request_id(session: Session, text: str | None) -> int | None:
    if not text:
        return None
    from volunteer_cli.requests.queries import find_request

    return find_request(session, text).id


def _household_id(session: Session, text: str | None) -> int | None:
    from volunteer_cli.households.queries import find_household

    return find_household(session, text).id if text else None


def _tell(session: Session, of: Mediation, sentence: str) -> None:
    from volunteer_cli.mediation.views import CASES

    tell(session, CASES, of, sentence)
