"""The order for the lead of a request 交办单: what it is about, by when, and whom to answer."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import long_date
from volunteer_cli.core.i18n import N_, _, listed, pgettext
from volunteer_cli.core.masking import mask_phone
from volunteer_cli.output.document import Document, Grid, Section
from volunteer_cli.people.queries import person_names
from volunteer_cli.requests import queries, shown
from volunteer_cli.requests.leads import Lead, lead_names, lead_of
from volunteer_cli.requests.models import Request, RequestCaller
from volunteer_cli.requests.terms import CATEGORIES, KINDS, STEPS, URGENCIES, Step

#: Steps that the lead reads on the order.
TOLD = (Step.NOTE, Step.CAUSE, Step.EXTEND, Step.SUSPEND, Step.RESUME, Step.RETURN, Step.REOPEN)


def order_of(session: Session, request: Request, *, reveal: bool) -> Document:
    """The order of a request; `reveal` shows phones and who asked for confidence, but never to whom it is about."""
    lead = shown.leads(session, [request]).get(request.id)
    sections = [
        _matter(session, request, lead),
        *_callers(session, request, lead, reveal=reveal),
        *_steps(session, request),
    ]
    return Document(
        _("Order to handle a request"),
        request.number,
        sections=sections,
        signatures=(_("Issued by"), _("Received by")),
        issuer=session.get_one(Community, request.community_id).signs_as,
        day=long_date(request.moved_at.date()),
        notes=(_("Who called is told to nobody beyond those who handle it."),),
    )


def _matter(session: Session, request: Request, lead: Lead | None) -> Section:
    facts = [*_about(request), *_handlers(session, request, lead)]
    return Section(facts=[fact for fact in facts if fact[1]], paragraphs=(request.text,))


def _about(request: Request) -> list[tuple[str, str]]:
    place = filter(None, (request.building, request.place))
    return [
        (_("Kind"), _(KINDS[request.kind])),
        (pgettext("request", "Category"), _(CATEGORIES[request.category])),
        (_("Urgency"), _(URGENCIES[request.urgency])),
        (_("Received at"), f"{request.received_at:%Y-%m-%d %H:%M}"),
        (_("Due"), long_date(request.due_on)),
        (_("Place"), listed(place)),
        (_("External number"), request.external or ""),
    ]


def _handlers(session: Session, request: Request, lead: Lead | None) -> list[tuple[str, str]]:
    helpers = [lead_of(row) for row in queries.helpers(session, [request.id])]
    names = lead_names(session, [each for each in (lead, *helpers) if each])
    return [
        (_("Lead"), names[lead] if lead else ""),
        (_("Helpers"), listed(names[helper] for helper in helpers)),
    ]


def _callers(session: Session, request: Request, lead: Lead | None, *, reveal: bool) -> Iterator[Section]:
    # 济南市12345市民服务热线条例 (Jinan's hotline regulations), arts 29 and 32: callers may ask for confidence, and
    # whoever a complaint is about never learns of them.
    is_about = bool(request.about_id) and lead == Lead(organization_id=request.about_id)
    callers = queries.callers(session, request.id)
    people = {caller.person_id for caller in callers}
    known = person_names(session, people), queries.phones(session, people)
    # Numbered before any is left out, so that caller 3 is the same one on every slip.
    rows = [
        (str(n), *_shown(caller, *known, reveal=reveal), _wish(caller))
        for n, caller in enumerate(callers, 1)
        if not (caller.confidential and is_about)
    ]
    if rows:
        headings = (_("No."), _("Name"), _("Phone"), _("Wants an answer"))
        yield Section(_("Callers"), grid=Grid(headings, rows, frozenset({0})))


def _wish(caller: RequestCaller) -> str:
    return _("yes") if caller.wants_callback else _("no")


# An order is copied and lies on desks: phones keep their ends, and who asked for confidence a star.
def _shown(
    caller: RequestCaller, names: dict[int, str], phones: dict[int, str], *, reveal: bool
) -> tuple[str, str]:
    """Name and phone of a caller, as far as they may be seen."""
    if caller.confidential and not reveal:
        return "*", "*"
    name = names.get(caller.person_id or 0) or caller.name or _(N_("anonymous"))
    phone = caller.phone or phones.get(caller.person_id or 0) or ""
    return name, phone if reveal or not phone else mask_phone(phone)


def _steps(session: Session, request: Request) -> Iterator[Section]:
    rows = [
        (f"{step.taken_at:%Y-%m-%d}", _(STEPS[step.step]), step.text or step.reason or "")
        for step in queries.steps(session, request.id, TOLD)
    ]
    if rows:
        yield Section(
            pgettext("request", "What was done"), grid=Grid((_("Date"), _("Step"), _("Text")), rows)
        )
