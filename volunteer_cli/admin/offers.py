"""What an import offers to somebody at a terminal: columns that it can only guess, and the order of day and month."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from volunteer_cli.core.errors import AmbiguousDate, VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run
from volunteer_cli.shell.asking import agreed, ask

if TYPE_CHECKING:
    from volunteer_cli.intake.guess import Guess
    from volunteer_cli.intake.refusals import Refusals
    from volunteer_cli.intake.run import Request
    from volunteer_cli.intake.sheet import Sheet

#: Days of which day and month can be told apart by their order alone.
_TWO_WAYS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_ORDERS = {"d": "dmy", "日": "dmy", "m": "mdy", "月": "mdy"}


def with_guesses(sheet: Sheet, request: Request) -> Request:
    """The request with the columns that are agreed to; what is known by its heading is not asked about."""
    columns = {each.heading: str(each.field) for each in _guesses(sheet, request) if _is_it(sheet, each)}
    return replace(request, map=replace(request.map, columns={**request.map.columns, **columns}))


def _guesses(sheet: Sheet, request: Request) -> list[Guess]:
    """What may be columns of the sheet although nobody knows their headings."""
    from volunteer_cli.intake.guess import SURE, guess
    from volunteer_cli.intake.headings import Heading, Vocabulary

    search, vocabulary = request.search, Vocabulary.of(sheet.fields)
    today = run().given.machine_clock.today
    try:
        draft = guess(request.file, [sheet], today, sheet=search.sheet, encoding=search.encoding)
    except VolunteerError:
        # The import itself will say what is wrong with the file.
        return []
    return [
        each
        for each in draft.guesses
        if each.field and each.sure >= SURE and each.heading not in request.map.columns
        if not vocabulary.knows(Heading(0, each.heading))
    ]


def _is_it(sheet: Sheet, guess: Guess) -> bool:
    field = sheet.field(str(guess.field))
    title = _(field.title) if field else str(guess.field)
    question = _("{heading} ({example}): is this the {field}?")
    # The title stands in the middle of the sentence.
    words = {"heading": guess.heading, "example": guess.example, "field": title[:1].lower() + title[1:]}
    return agreed(question.format(**words))


def unclear_day(refusals: Refusals) -> str | None:
    """The first day of which nobody can tell whether the day or the month comes first."""
    values = (str(refusal.error.fields.get("value", "")) for refusal in refusals.of_code(AmbiguousDate.code))
    return next(filter(_TWO_WAYS.fullmatch, values), None)


def order_of(day: str) -> str | None:
    """The order that somebody says a day is written in; None where they leave it."""
    answer = ask(
        _("{day}: does the day come first, or the month? [d/m, Enter leaves it]").format(day=day) + " "
    )
    return _ORDERS.get(answer[:1].lower())
