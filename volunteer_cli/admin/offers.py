"""What an import offers: columns that it can only guess, fields for those that nobody knows, and the order of day and month."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from volunteer_cli.core.errors import AmbiguousDate, VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run, running
from volunteer_cli.fields.terms import FIELD_KINDS
from volunteer_cli.intake.headings import normal
from volunteer_cli.shell import say
from volunteer_cli.shell.asking import agreed, ask, wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from volunteer_cli.fields.guessing import Proposal
    from volunteer_cli.intake.guess import Draft, Guess
    from volunteer_cli.intake.refusals import Refusals
    from volunteer_cli.intake.run import Request
    from volunteer_cli.intake.sheet import Sheet

#: Days of which day and month can be told apart by their order alone.
_TWO_WAYS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
#: What a list of people may say of their households, as headings are compared.
OF_HOUSEHOLDS = frozenset(
    (
        "户主",
        "户主姓名",
        "户主名称",
        "与户主关系",
        "与户主的关系",
        "家庭关系",
        "成员关系",
        "headofhousehold",
        "householdhead",
        "relationtohead",
        "relation",
    )
)
#: A column without a heading, by its letter: none that a field could be called.
NAMELESS = re.compile(r"|\([A-Z]+\)")
_ORDERS = {"d": "dmy", "日": "dmy", "m": "mdy", "月": "mdy"}


def with_guesses(sheet: Sheet, request: Request) -> Request:
    """The request with the columns that are agreed to; what is known by its heading is not asked about."""
    sheet = known_here(sheet)
    guesses = _guesses(sheet, request)
    columns = {each.heading: str(each.field) for each in guesses if each.field and _is_it(sheet, each)}
    for each in guesses:
        if each.heading not in columns:
            _offer_field(sheet, each)
    return replace(request, map=replace(request.map, columns={**request.map.columns, **columns}))


def known_here(sheet: Sheet) -> Sheet:
    """The sheet with the custom fields of the database, where there is one."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.fields.guessing import noun_of
    from volunteer_cli.intake.sheet import Options

    if noun_of(sheet.kind) is None:
        return sheet
    try:
        with reading() as session:
            return sheet.completed(session, Options())
    except VolunteerError:
        return sheet


def advised(draft: Draft) -> Draft:
    """The draft with the command that makes a custom field of each column that nobody knows."""
    advice = {each.heading: _command(each, draft.kind) for each in draft.guesses}
    guesses = [replace(each, advice=advice[each.heading]) for each in draft.guesses]
    return replace(draft, guesses=guesses)


def say_advice(draft: Draft) -> None:
    """Say which command makes a field of each column that nobody knows."""
    for each in draft.guesses:
        if each.advice:
            say(_("{heading}: {command}").format(heading=each.heading, command=each.advice))


def _command(guess: Guess, kind: str) -> str:
    from volunteer_cli.shell.quoting import quoted

    offer = _proposal(guess, kind)
    return f"volunteer {' '.join(map(quoted, offer.words))}" if offer else ""


def _proposal(guess: Guess, kind: str) -> Proposal | None:
    """The field that a column could be of which nobody knows what it is; None where it says nothing."""
    from volunteer_cli.fields.guessing import noun_of, proposal

    noun = noun_of(kind)
    return proposal(noun, guess.heading, guess.values) if noun and guess.values else None


def _offer_field(sheet: Sheet, guess: Guess) -> None:
    """Make a custom field of a column that nobody knows, if somebody wants one."""
    offer = None if run().given.dry_run else _proposal(guess, sheet.kind)
    if offer is None:
        return
    question = _(
        "{heading} ({example}) is a column that nobody knows: make a field of it, of the kind {kind}?"
    )
    words = {"heading": guess.heading, "example": guess.example, "kind": _(FIELD_KINDS[offer.kind])}
    if wanted(question.format(**words)):
        with running(run().line(offer.words)) as line:
            line.perform(offer.words)


def remarks_on(sheet: Sheet, headings: Sequence[str], file: str) -> list[str]:
    """How columns that were passed over are kept: what households say of themselves by their own import."""
    family = [each for each in headings if sheet.kind == "people" and normal(each) in OF_HOUSEHOLDS]
    others = [each for each in headings if each not in family]
    remarks = [_of_households(file)] if family else []
    field = _of_field(sheet, others)
    return [*remarks, field] if field else remarks


def _of_households(file: str) -> str:
    from volunteer_cli.shell.quoting import quoted

    sentence = _(
        "Who lives together, who heads them and what the others are to them is kept by: "
        "volunteer import households {file}"
    )
    return sentence.format(file=quoted(file))


def _of_field(sheet: Sheet, headings: Sequence[str]) -> str | None:
    """How a column that nobody knows is kept as a field; None for a kind of sheet without custom fields."""
    from volunteer_cli.fields.guessing import Proposal, noun_of
    from volunteer_cli.fields.terms import FieldKind
    from volunteer_cli.shell.quoting import quoted

    noun = noun_of(sheet.kind)
    heading = next((each for each in headings if not NAMELESS.fullmatch(each.strip())), None)
    if noun is None or heading is None:
        return None
    words = map(quoted, Proposal(noun, heading, FieldKind.TEXT).words)
    sentence = _("To keep such a column, make a field of it and import again: volunteer {words}")
    return sentence.format(words=" ".join(words))


def _guesses(sheet: Sheet, request: Request) -> list[Guess]:
    """What may be columns of the sheet although nobody knows their headings, and those that nothing is like."""
    from volunteer_cli.intake.guess import SURE, guess
    from volunteer_cli.intake.headings import Heading, Vocabulary

    search, vocabulary = request.search, Vocabulary.of(sheet.fields)
    today = run().given.machine_clock.today
    try:
        draft = guess(request.file, [sheet], today, sheet=search.sheet, encoding=search.encoding)
    except VolunteerError:
        # The import itself will say what is wrong with the file.
        return []
    mapped = request.map.columns
    unknown = (each for each in draft.guesses if not vocabulary.knows(Heading(0, each.heading)))
    return [each for each in unknown if (each.sure >= SURE or not each.field) and each.heading not in mapped]


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
