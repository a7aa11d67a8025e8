"""A first map of a file whose headings are not all known: by headings that look alike, and by values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import islice

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.intake.cells import Cell, is_blank, text_of
from volunteer_cli.intake.finding import Search, find_table
from volunteer_cli.intake.headings import Heading, Vocabulary, forms
from volunteer_cli.intake.locating import Located, counts_rows
from volunteer_cli.intake.mapping import Mapper
from volunteer_cli.intake.maps import MapFile
from volunteer_cli.intake.sheet import Column, Field, Sheet
from volunteer_cli.intake.sorting import Sorter
from volunteer_cli.intake.source import Source, opened
from volunteer_cli.intake.summary import mask_digits
from volunteer_cli.output.view import Column as Shown
from volunteer_cli.output.view import Kind, View

#: Fields whose values tell what they are, whatever the heading says.
TELLING = ("id_number", "phone", "political_status", "sex", "birth", "date", "minutes")
#: From here on two headings resemble each other: half of the characters of 服务时长 and 志愿时长 do not.
ALIKE = 0.6
#: Rows that are looked at: enough for a share of values, and quick.
SAMPLE = 200
#: A guess that is less sure is written down as a question.
SURE = 0.5


@dataclass(frozen=True)
class Guess:
    """What one column may be, and how sure that is, of 1."""

    heading: str
    field: str | None
    sure: float
    example: str


@dataclass
class Draft:
    """The guesses for one file, with what a map file says besides."""

    kind: str
    sheet: str | None
    encoding: str | None
    header_row: int | None
    guesses: list[Guess] = field(default_factory=list)

    def toml(self) -> str:
        """The draft as a map file."""
        head = {
            "kind": self.kind,
            "sheet": self.sheet,
            "encoding": self.encoding,
            "header_row": self.header_row,
        }
        lines = [f"{key} = {_quoted(value)}" for key, value in head.items() if value is not None]
        lines += ["", "[columns]", *self._columns()]
        lines += [
            "",
            "# [defaults]    # " + _("values for blank cells"),
            "# [constants]   # " + _("values for every row"),
        ]
        return "\n".join(lines) + "\n"

    def _columns(self) -> Iterator[str]:
        for guess in {guess.heading: guess for guess in self.guesses}.values():
            known = guess.field if guess.sure >= SURE else None
            remark = f"{guess.sure:.0%}" if known else _("passed over")
            if guess.field and not known:
                remark = _("perhaps {field}, {sure}").format(field=guess.field, sure=f"{guess.sure:.0%}")
            yield f"{_quoted(guess.heading)} = {_quoted(known or '')}  # {remark}"


GUESSES = View(
    "guess",
    N_("Columns"),
    (
        Shown("heading", N_("Heading")),
        Shown("field", N_("Field"), kind=Kind.CODE),
        Shown("sure", N_("Sure"), kind=Kind.PERCENT),
        Shown("example", N_("Example")),
    ),
)


def guess(
    file: str, sheets: Iterable[Sheet], today: date, *, sheet: str | None, encoding: str | None
) -> Draft:
    """What the columns of a file are, as a sheet of the kind that fits best.

    Raises:
        VolunteerError: of `intake.errors`, as an import would.
    """
    with opened(file) as source:
        kinds = list(sheets)
        everything = Vocabulary.of(each for kind in kinds for each in kind.fields)
        located = find_table(source, Search(sheet=sheet, encoding=encoding), everything)
        best = max(kinds, key=lambda kind: _fit(kind, located))
        return _draft(source, best, located, today)


def _fit(kind: Sheet, located: Located) -> tuple[int, int]:
    """How well a kind fits: required fields that are there, then all that are known; the first kind wins a tie."""
    vocabulary = Vocabulary.of(kind.fields)
    known = {found.name for heading in located.headings if (found := vocabulary.field_of(heading))}
    required = {each.name for each in kind.fields if each.required}
    missing_choices = sum(not known & set(names) for names in kind.one_of)
    return len(known & required) - len(required) - missing_choices, len(known)


def _draft(source: Source, kind: Sheet, located: Located, today: date) -> Draft:
    chunk = next(iter(Sorter(located).chunks(SAMPLE)), None)
    cells = chunk.columns if chunk else []
    mapper = Mapper(source.name, kind, MapFile(), {"today": today})
    header_row = located.header_rows[-1] if located.header_rows else None
    draft = Draft(kind.kind, located.table.sheet, located.table.encoding, header_row)
    taken: set[str] = set()
    for heading in located.headings:
        if counts_rows(heading, located.first_rows):
            continue
        column = cells[heading.index] if cells else ()
        draft.guesses.append(_guess(mapper, heading, column, taken))
        taken.add(draft.guesses[-1].field or "")
    return draft


def _guess(mapper: Mapper, heading: Heading, column: Sequence[Cell], taken: set[str]) -> Guess:
    values = list(islice((cell for cell in column if not is_blank(cell)), SAMPLE))
    known = mapper.vocabulary.field_of(heading)
    scores = {known.name: 1.0} if known else _scores(mapper, heading, values)
    scores = {name: score for name, score in scores.items() if name not in taken}
    name = max(scores, key=lambda each: scores[each]) if scores else None
    found = mapper.sheet.field(name) if name else None
    sure = scores[name] * (0.6 + 0.4 * _readable(mapper, found, heading, values)) if name and found else 0.0
    return Guess(heading.text.strip(), name if sure else None, round(sure, 2), _example(found, values))


def _scores(mapper: Mapper, heading: Heading, values: Sequence[Cell]) -> dict[str, float]:
    """How well each field fits a heading that nobody knows."""
    said = next(forms(heading.text))
    scores: dict[str, float] = {}
    for known, each in mapper.vocabulary.fields.items():
        alike = SequenceMatcher(None, said, known).ratio() if said else 0.0
        if alike >= ALIKE:
            scores[each.name] = max(scores.get(each.name, 0.0), 0.7 * alike)
    for name in TELLING:
        each_field = mapper.sheet.field(name)
        if each_field and values and _readable(mapper, each_field, heading, values) > 0.8:
            scores[name] = max(scores.get(name, 0.0), 0.7)
            break
    return scores


def _readable(mapper: Mapper, found: Field | None, heading: Heading, values: Sequence[Cell]) -> float:
    """The share of the values that the field's parser reads."""
    if found is None or not values:
        return 0.5
    column = Column(found, heading.text, remark=heading.remark, **{**mapper.settings, "year": 2000})
    return sum(_reads(found, column, value) for value in values) / len(values)


def _reads(found: Field, column: Column, value: Cell) -> bool:
    try:
        found.parse(value, column)
    except VolunteerError:
        return False
    return True


def _example(found: Field | None, values: Sequence[Cell]) -> str:
    if not values:
        return ""
    text = text_of(values[0])
    # A column that nobody knows may hold numbers that must not be seen.
    long_number = sum(sign.isdigit() for sign in text) > 6
    return mask_digits(text) if long_number or (found and found.mask) else text[:20]


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
