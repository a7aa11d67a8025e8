"""What a list or a report is of: whose, of when, narrowed by what, and as of which day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import NC_, _, pgettext, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.output.options import options
from volunteer_cli.output.view import Column
from volunteer_cli.shell.typer_private import is_confidential

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.output.view import View

#: So many digits may be somebody's number, which is not repeated on a page that is handed on.
DIGITS = re.compile(r"\d{7}")
LONGEST = 40
#: What is typed to shape an answer, not to narrow it; and words to look for, which may be said in confidence.
SHAPING = frozenset({"compare", "chart", "by", "publish", "foreword", "search"})
TITLES = {
    "period": NC_("filter", "Period"),
    "on": NC_("filter", "Day"),
    "as_of": NC_("filter", "As of"),
    "until": NC_("filter", "Until"),
    "archived": NC_("filter", "Archived too"),
    "to": NC_("filter", "For whom"),
    "campaign": NC_("filter", "Campaign"),
    "leased_to": NC_("filter", "Dealt to"),
    "below": NC_("filter", "Below"),
    "blocked": NC_("filter", "Do not contact"),
    "helper": NC_("filter", "Helping unit"),
    "never_spent": NC_("filter", "Never spent"),
    "noun_name": NC_("filter", "Kind of record"),
    "on_list": NC_("filter", "On a list"),
    "open_": NC_("filter", "Open"),
    "owner": NC_("filter", "Owner"),
    "running": NC_("filter", "Running"),
    "without_head": NC_("filter", "Without a head"),
    "actor": NC_("filter", "By whom"),
    "meeting": NC_("filter", "Meeting"),
    "target": NC_("filter", "Target"),
    "template": NC_("filter", "Text"),
    "rows": NC_("filter", "Rows of"),
}


def typed(context: Any, parameters: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The command's own arguments and options that somebody typed, by name, less what was said in confidence."""
    hidden = {each.name for each in parameters if is_confidential(each)} | SHAPING
    for name, value in context.params.items():
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE" and name not in hidden:
            yield name, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    # A period and a day stay texts until the day is known.
    return "" if value is True else str(getattr(value, "text", value))


def about(session: Session | None, view: View) -> tuple[str, ...]:
    """The facts of a page, in the order in which people read them."""
    # Without a database there is no day that figures are as of.
    return tuple(_facts(session, view)) if session is not None else ()


def _condition() -> Iterator[str]:
    # Digits may be a phone or an identity number, which do not belong above a list that is passed on.
    if options().where and not DIGITS.search(options().where or ""):
        yield _("{title}: {value}").format(title=pgettext("filter", "Condition"), value=options().where)


def _facts(session: Session, view: View) -> Iterator[str]:
    from volunteer_cli.core.dates import long_date

    yield _whose(session)
    for name, value in options().narrowed:
        if not DIGITS.search(value):
            title = _(TITLES[name]) if name in TITLES else _title(view, name)
            yield _("{title}: {value}").format(title=title, value=_taken(value)) if value else title
    yield from _condition()
    yield _("as of {day}").format(day=long_date(run().clock.today))


def _taken(text: str) -> str:
    """What was typed; of a day or a period in words also what it was taken for."""
    meant = run().understood.get(text.strip())
    return text[:LONGEST] if meant is None or str(meant) == text else with_detail(text[:LONGEST], meant)


def _title(view: View, name: str) -> str:
    """An option by the heading of the column that it is about, else by the word for its name."""
    titles = {column.name: column.heading for column in view.columns}
    return titles.get(name) or titles.get(f"{name}s") or Column(name).heading


def _whose(session: Session) -> str:
    """The community that was named, else that it is of all."""
    from volunteer_cli.areas import things

    code = run().given.community
    if not code:
        return _("all communities")
    community = things()["community"]
    return str(community.find.load()(session, code).name)
