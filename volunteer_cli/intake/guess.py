"""A first map of a file whose headings are not all known: by headings that look alike, and by values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from itertools import islice

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import mask_digits
from volunteer_cli.core.worded import Worded
from volunteer_cli.intake.cells import Cell, is_blank, text_of
from volunteer_cli.intake.finding import Search, find_table
from volunteer_cli.intake.headings import OTHERS, Heading, Vocabulary, forms, is_part_of_day
from volunteer_cli.intake.locating import OF_DATES, Located, counts_rows
from volunteer_cli.intake.mapping import Mapper, Mapping, looks_like_day
from volunteer_cli.intake.maps import MapFile
from volunteer_cli.intake.rotas import is_called_shift
from volunteer_cli.intake.sheet import Column, Field, Sheet
from volunteer_cli.intake.sorting import Sorter
from volunteer_cli.intake.source import Source, opened
from volunteer_cli.intake.strays import SECTIONS, reads
from volunteer_cli.intake.unfolding import Part
from volunteer_cli.output.view import Column as Shown
from volunteer_cli.output.view import Kind, View

#: Fields whose values tell what they are, whatever the heading says.
TELLING = ("id_number", "phone", "political_status", "sex", "birth", "date", "minutes")
#: From here on two headings resemble each other: half of the characters of 服务时长 and 志愿时长 do not.
ALIKE = 0.6
#: Rows that are looked at: enough for a share of values, and quick.
SAMPLE = 200
#: A guess that is less sure is written down as a question: values alone never are.
SURE, VALUES_ALONE = 0.5, 0.45
#: Characters of a heading of days that is whole, so that a longer one says the same: 出生年月 in 出生年月日期.
WHOLE = 4
#: How sure the same heading but for some characters makes, and the share of values that must be readable for it.
RESEMBLANCE, MOST = 0.7, 0.8


@dataclass(frozen=True)
class Guess:
    """What one column may be, and how sure that is, of 1."""

    heading: str
    field: str | None
    sure: float
    example: str
    values: tuple[str, ...] = ()
    """Of a column that nobody knows, what stands in its cells."""
    advice: str = ""
    """What to do about it, as whoever asked knows."""


@dataclass
class Draft:
    """The guesses for one file, with what a map file says besides.

    Attributes:
        asks: whether more columns are known once it is said which campaign is meant: its questions.
    """

    kind: str
    sheet: str | None
    encoding: str | None
    header_row: int | None
    guesses: list[Guess] = field(default_factory=list)
    asks: bool = False

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
        pairs = {(guess.heading, guess.field) for guess in self.guesses}
        several = {heading for heading, times in Counter(each for each, _field in pairs).items() if times > 1}
        for guess in {guess.heading: guess for guess in self.guesses}.values():
            # A map names headings without their groups: of 姓名 under 学生 and 监护人 it could only say one thing.
            if guess.heading in several:
                yield f"# {_quoted(guess.heading)}  # {_('known by what stands above it')}"
            elif self.asks and guess.sure < SURE:
                yield f"# {_line(guess)}"
            else:
                yield _line(guess)


def _line(guess: Guess) -> str:
    # What is not sure is written as empty: a map that was not read over brings nothing wrong in.
    name = guess.field if guess.sure >= SURE else None
    return f"{_quoted(guess.heading)} = {_quoted(name or '')}  # {_remark(guess, name)}"


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
        search = Search(sheet=sheet, encoding=encoding, chat=any(kind.chat for kind in kinds))
        located = find_table(source, search, _everything(kinds))
        if located.of_chat:
            kinds = [kind for kind in kinds if kind.chat]
        best = max(kinds, key=lambda kind: _fit(kind, located))
        return _draft(source, best, kinds, located, today)


def _remark(guess: Guess, name: str | None) -> str:
    """What is said beside a column: how sure it is, and what else it might be."""
    sure = f"{guess.sure:.0%}"
    if guess.field and not name:
        return _("perhaps {field}, {sure}").format(field=guess.field, sure=sure)
    remark = sure if name else _("passed over")
    return f"{remark}; {guess.advice}" if guess.advice else remark


def _fit(kind: Sheet, located: Located) -> tuple[int, int, int]:
    """How well a kind fits: required fields that are there, then all that are known, then how much it requires."""
    vocabulary = Vocabulary.of(kind.fields)
    columns = _columns_of(kind, located, vocabulary)
    given = columns | _fields_above(located, vocabulary)
    # The times of an event may stand beside its day: 活动时间.
    given |= {name for each in kind.fields if each.name in columns for name in each.fills}
    required = [(each.name, *each.unless) for each in kind.fields if each.required]
    missing = sum(given.isdisjoint(names) for names in (*required, *kind.one_of))
    return -missing, len(columns), len(required)


def _columns_of(kind: Sheet, located: Located, vocabulary: Vocabulary) -> set[str]:
    """The fields that the columns bring, by themselves or together."""
    columns = _fields_of(located.headings, vocabulary)
    # A name in two columns, 姓 and 名, is a name.
    columns |= {each.name for each in kind.fields if each.parts and columns >= set(each.parts)}
    return columns | _across(kind, located, columns)


def _across(kind: Sheet, located: Located, columns: set[str]) -> set[str]:
    """The fields that several columns bring together, a column a day or a team, or a cell of goods with their numbers."""
    headings = [heading.text.strip() for heading in located.headings]
    # One alone may be a remark that happens to be a day, or the name of the sheet.
    of_days = "date" in kind.across and sum(map(looks_like_day, headings)) > 1
    of_days |= "date" in kind.across and any(map(is_part_of_day, headings))
    of_teams = "team" in kind.across and sum(map(bool, map(SECTIONS["team"].fullmatch, headings))) > 1
    of_goods = "item" in columns.intersection(kind.across)
    return set(kind.across) if of_days or of_teams or of_goods else set()


def _fields_of(headings: Iterable[Heading], vocabulary: Vocabulary) -> set[str]:
    """The names of the fields that headings stand for."""
    fields = map(vocabulary.field_of, headings)
    return {each.name for each in fields if each}


def _fields_above(located: Located, vocabulary: Vocabulary) -> set[str]:
    """The names of the fields that a cell above the table gives to all its rows."""
    labels = (Heading(0, label) for label in located.details)
    fields = map(vocabulary.field_of, labels)
    return {each.name for each in fields if each and each.above}


def _empty_draft(kind: Sheet, located: Located) -> Draft:
    # A form has no row of headings that could be named; where none is known they are found by what stands below.
    named = located.header_rows and located.recognised and not located.of_form
    header_row = located.header_rows[-1] if named else None
    asks = kind.stored is not None and kind.place is not None
    return Draft(kind.kind, located.table.sheet, located.table.encoding, header_row, asks=asks)


def _draft(source: Source, kind: Sheet, kinds: Sequence[Sheet], located: Located, today: date) -> Draft:
    chunk = next(iter(Sorter(located).chunks(SAMPLE)), None)
    cells = chunk.columns if chunk else []
    mapper = Mapper(source.name, kind, MapFile(), {"today": today, "year": today.year})
    draft = _empty_draft(kind, located)
    # All exact headings first: a column further right that is sure must not lose its field to one that resembles it.
    exact = _fields_of(located.headings, mapper.vocabulary)
    guesser = _Guesser(mapper, _everything(kinds), exact)
    for heading in _guessable(mapper, located):
        column = cells[heading.index] if cells else ()
        draft.guesses.append(guesser.guess(heading, column))
    return draft


def _everything(kinds: Iterable[Sheet]) -> Vocabulary:
    """The headings of all kinds of sheets together."""
    return Vocabulary.of(each for kind in kinds for each in kind.fields)


def _guessable(mapper: Mapper, located: Located) -> Iterator[Heading]:
    """The headings that a map can say something of: not what counts the rows, nor a column a day."""
    spread = _spread(mapper, located)
    for heading in located.headings:
        if not counts_rows(heading, located.first_rows) and heading.index not in spread:
            yield heading


def _is_told(part: Part) -> bool:
    """Whether the heading of a record is a value itself: a day, an item, a part of the day."""
    return bool(part.cells) or is_part_of_day("".join(part.label[-1:]))


def _spread(mapper: Mapper, located: Located) -> set[int]:
    """The columns that are a record each, as a column a day, or count people: a map has nothing to say of them."""
    try:
        mapping = mapper.map_columns(located)
    except VolunteerError:
        # A rota lacks its times, which a map may say: it must not say that the shifts are passed over.
        return {heading.index for heading in located.headings if is_called_shift(heading.text)}
    unfolding = mapping.unfolding
    counting = set() if mapping.headcount is None else {mapping.headcount}
    parts = [part for part in unfolding.parts if _is_told(part)] if unfolding else []
    total = {unfolding.total} if unfolding and unfolding.total is not None else set()
    return (
        _made_clear(mapper, mapping, located)
        | counting
        | total
        | {index for part in parts for index in part.sources.values()}
    )


def _made_clear(mapper: Mapper, mapping: Mapping, located: Located) -> set[int]:
    """The columns that another one makes clear, as days make clear that of shifts."""
    unknown = (heading.index for heading in located.headings if mapper.vocabulary.field_of(heading) is None)
    return set(unknown).intersection(mapping.columns)


def _worded(name: str | None, each: Field | None) -> str | None:
    return Worded(name, _(each.title)) if name and each else name


def _titled(heading: Heading) -> str:
    # Of a table without headings the first row of people stands where they would be.
    return mask_digits(heading.text.strip())


@dataclass
class _Guesser:
    """Says what each column may be: what the import knows first, then what its heading resembles, then its values.

    Attributes:
        everything: the headings of all kinds: what another kind knows exactly is no misspelling.
        taken: fields that a column brings already.
    """

    mapper: Mapper
    everything: Vocabulary
    taken: set[str] = field(default_factory=set)

    def guess(self, heading: Heading, column: Sequence[Cell]) -> Guess:
        """What one column may be."""
        values = list(islice((cell for cell in column if not is_blank(cell)), SAMPLE))
        name, score = self._best(heading, values)
        self.taken.add(name or "")
        each = self.mapper.sheet.field(name) if name else None
        # The heading counts for more than the values: a column of few or bad values is still what it is called.
        sure = round(score * (0.6 + 0.4 * _readable(self.mapper, each, heading, values)), 2)
        texts = () if name else tuple(map(text_of, values))
        return Guess(_titled(heading), _worded(name, each), sure, _example(each, values), texts)

    def _best(self, heading: Heading, values: Sequence[Cell]) -> tuple[str | None, float]:
        """The field that a column most probably brings, and how sure its heading makes that."""
        exact = self.mapper.vocabulary.field_of(heading)
        if exact:
            return exact.name, 1.0
        scores = self._by_values(heading, values)
        if not self.everything.knows(heading):
            scores |= self._by_resemblance(heading, values)
        free = {name: score for name, score in scores.items() if name not in self.taken}
        return max(free.items(), key=lambda each: each[1], default=(None, 0.0))

    def _by_resemblance(self, heading: Heading, values: Sequence[Cell]) -> dict[str, float]:
        """Fields with a heading like this one whose values can be read."""
        text = next(forms(heading.text))
        scores: dict[str, float] = {}
        for form, each in self.mapper.vocabulary.fields.items():
            alike = SequenceMatcher(None, text, form).ratio() if text else 0.0
            if alike >= ALIKE and _readable(self.mapper, each, heading, values) >= MOST:
                score = VALUES_ALONE if _may_be_other(text, form) else RESEMBLANCE * alike
                scores[each.name] = max(scores.get(each.name, 0.0), score)
        return scores

    def _by_values(self, heading: Heading, values: Sequence[Cell]) -> dict[str, float]:
        """The field whose values these could be: a remark, for a day of joining is no birth date."""
        for name in TELLING:
            each = self.mapper.sheet.field(name)
            if each and values and _readable(self.mapper, each, heading, values) > MOST:
                return {name: VALUES_ALONE}
        return {}


def _may_be_other(text: str, form: str) -> bool:
    """Whether a heading that resembles a known one may well be something else: another day, another person's phone.

    The day of joining the Party (入党时间) is written much like that of joining a team (入队时间).
    """
    if OTHERS.search(text):
        return True
    return OF_DATES.search(text) is not None and not (len(form) >= WHOLE and form in text)


def _readable(mapper: Mapper, each: Field | None, heading: Heading, values: Sequence[Cell]) -> float:
    """The share of the values that the field's parser reads."""
    if each is None or not values:
        return 0.5  # Nothing speaks for it or against it.
    # Days without a year are days too; 2000 was a leap year, so that 2月29日 can be read.
    settings = {**mapper.settings, "year": 2000}
    column = Column(each, heading.text, remark=heading.remark, **settings)
    return sum(reads(column, value) for value in values) / len(values)


def _example(each: Field | None, values: Sequence[Cell]) -> str:
    if not values:
        return ""
    text = mask_digits(text_of(values[0]))
    return each.mask(text) if each and each.mask else text[:20]


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
