"""What may happen to a custom field, and to the values of records in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import BadChoice, MissingValue, RuleError, VolunteerError
from volunteer_cli.core.fields import Typed
from volunteer_cli.core.history import Row, delete_rows, insert_rows, update_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import label
from volunteer_cli.core.text import clean, kept, name_key
from volunteer_cli.fields import queries
from volunteer_cli.fields.models import CustomField
from volunteer_cli.fields.terms import NOUNS, FieldKind
from volunteer_cli.fields.values import choices_of, declared, shown_value, stored

#: Of a name and of a title.
#: A heading of a column that is longer makes tables that no screen is wide enough for.
LONGEST = 40
#: What the name of a field may be: a word that stands before = and between commas, in any script.
NAME = re.compile(r"[^\W\d_][\w-]*")
#: Values by field of one record; None clears.
Values: TypeAlias = Mapping[int, Any]
#: A record and a field.
Place: TypeAlias = tuple[int, int]


class BadFieldName(RuleError):
    """'{value}' cannot be the name of a field"""

    code = "bad_name"
    hint = N_(
        "A name is up to 40 letters, digits, - and _ and begins with a letter, like t-shirt; "
        "what stands above the column is its --title."
    )


class BuiltIn(RuleError):
    """'{value}' is built in already: the field {title} ({name}) of {noun}"""

    code = "built_in"
    hint = N_("Use that one, or give yours another name.")


class SameField(RuleError):
    """'{value}' is a field of {noun} already: {owner}"""

    code = "duplicate"
    hint = N_("See what it is: volunteer field show {noun_word} {name}")


class ValuesStand(RuleError):
    """{count} records have a value in the field {field}"""

    code = "values_stand"
    one = "{count} record has a value in the field {field}"
    counted = "count"
    hint = N_("Take it out of use instead, which keeps them: volunteer field archive {noun} {name}")


class ChoiceStands(RuleError):
    """{count} records have '{choice}' in the field {field}"""

    code = "values_stand"
    one = "{count} record has '{choice}' in the field {field}"
    counted = "count"
    hint = N_("See who: volunteer {noun} list --where '{name}={choice}'")


class UnlikeKind(RuleError):
    """The value '{value}' in the field {field} is none of the new kind; {count} records have such values"""

    code = "values_stand"
    one = "The value '{value}' in the field {field} is none of the new kind"
    counted = "count"
    hint = N_("See what stands in it: volunteer {noun} list --where 'not {name}=\"\"' --fields id,{name}")


class FieldArchived(RuleError):
    """The field {field} is out of use"""

    code = "archived"
    hint = N_("Bring it back into use: volunteer field restore {noun} {name}")


class NoSuchChoice(RuleError):
    """'{choice}' is no choice of the field {field}"""

    code = "not_found"
    hint = N_("See them: volunteer field show {noun} {name}")


@dataclass(frozen=True)
class Sketch:
    """What a field is to be, before it is kept."""

    name: str
    title: str
    kind: str
    choices: str | None


@dataclass(frozen=True)
class Choices:
    """What the choices of a field are to be: only these, or some more and some less."""

    only: Sequence[str] = ()
    more: Sequence[str] = ()
    less: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.only or self.more or self.less)

    def of(self, former: Sequence[str]) -> list[str]:
        """The choices, of a field that has had some."""
        return [choice for choice in (*(self.only or former), *self.more) if choice not in self.less]


# --- defining ------------------------------------------------------------


def add_field(
    session: Session,
    noun: str,
    name: str,
    *,
    title: str | None = None,
    kind: FieldKind | None = None,
    choices: Sequence[str] = (),
    private: bool = False,
    builtins: Mapping[str, str],
) -> CustomField:
    """A new field of a noun; `builtins` are the names and titles that are built in, each with the name it belongs to.

    Raises:
        BadFieldName, BuiltIn, SameField, MissingValue, BadChoice: as their sentences say.
    """
    word = _name(name)
    heading = _title(title if title is not None else name) or word
    _require_free(session, noun, (word, heading), builtins)
    kind = kind or (FieldKind.CHOICE if choices else FieldKind.TEXT)
    values = {"kind": kind, "choices": _choices(kind, choices), "private": private}
    field = CustomField(noun=noun, name=word, title=heading, **values)
    session.add(field)
    session.flush()
    return field


def _name(text: str) -> str:
    """The name that was meant: spaces join, and capitals do not count."""
    name = re.sub(r"\s+", "_", clean(text, _("Name"))).lower()
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise BadFieldName(value=text)
    return name


def _title(text: str) -> str:
    title = kept(text, _("Title"))
    if len(title) > LONGEST:
        raise BadFieldName(value=text)
    return title


def _choices(kind: str, choices: Sequence[str]) -> str | None:
    """The choices as they are stored; raises MissingValue and BadChoice where they do not go with the kind."""
    words = list(dict.fromkeys(filter(None, (clean(choice, _("choice")) for choice in choices))))
    if kind == FieldKind.CHOICE and not words:
        raise MissingValue(field="--choice")
    if kind != FieldKind.CHOICE and words:
        raise BadChoice(field="--kind", value=kind, choices=FieldKind.CHOICE)
    return "\n".join(words) or None


def key_of(text: str) -> str:
    """The form in which names and titles are compared: case, spaces and lines between words do not count."""
    return re.sub(r"[\s_-]+", "", name_key(text).casefold())


def _require_free(
    session: Session, noun: str, words: Iterable[str], builtins: Mapping[str, str], besides: int | None = None
) -> None:
    """Refuse a name or a title that something else has, or columns and sheets could not tell them apart."""
    # Archived ones too: brought back, there would be two of one name.
    others = [field for field in queries.fields_of(session, noun, archived=None) if field.id != besides]
    for word in words:
        if builtin := builtins.get(key_of(word)):
            name, _sign, title = builtin.partition("\t")
            raise BuiltIn(value=word, name=name, title=title, noun=_(NOUNS[noun]))
        for other in others:
            _require_other(word, other)


def _require_other(word: str, other: CustomField) -> None:
    """Raises SameField where a word is the name or the title of a field."""
    if key_of(word) in (key_of(other.name), key_of(other.title)):
        owner, noun = label(queries.FIELD, other), other.noun
        raise SameField(value=word, owner=owner, noun=_(NOUNS[noun]), noun_word=noun, name=other.name)


def edit_field(
    session: Session,
    field: CustomField,
    *,
    name: str | None = None,
    title: str | None = None,
    kind: FieldKind | None = None,
    choices: Choices | None = None,
    private: bool | None = None,
    builtins: Mapping[str, str],
    today: date,
) -> None:
    """Change what a field is; all values that stand must fit.

    Raises:
        BadFieldName, BuiltIn, SameField, MissingValue, BadChoice, NoSuchChoice, ChoiceStands, UnlikeKind.
    """
    if name is not None or title is not None:
        _rename(session, field, name, title, builtins)
    if kind is not None or choices:
        _change_kind(session, field, kind or FieldKind(field.kind), choices or Choices(), today)
    if private is not None and private != field.private:
        _move_values(session, field, private=private)
    session.flush()


def _rename(
    session: Session, field: CustomField, name: str | None, title: str | None, builtins: Mapping[str, str]
) -> None:
    word = field.name if name is None else _name(name)
    heading = field.title if title is None else _title(title) or word
    _require_free(session, field.noun, (word, heading), builtins, besides=field.id)
    field.name, field.title = word, heading


def _change_kind(
    session: Session, field: CustomField, kind: FieldKind, choices: Choices, today: date
) -> None:
    """Give a field another kind or other choices, and store its values as that kind does."""
    sketch = _sketch(field, kind, choices)
    going = [choice for choice in choices_of(field) if choice not in choices_of(sketch)]
    _require_unused(session, field, going)
    texts = _read_anew(session, field, sketch, today)
    field.kind, field.choices = sketch.kind, sketch.choices
    update_rows(session, _table(field), {key: _columns(field, text) for key, text in texts.items()})


def _sketch(field: CustomField, kind: FieldKind, choices: Choices) -> Sketch:
    """What a field is to be; raises NoSuchChoice, MissingValue, BadChoice."""
    former = choices_of(field)
    for choice in set(choices.less) - set(former):
        raise NoSuchChoice(choice=choice, **_words(field))
    # Of a field that is to be no choice any more the former ones go, and new ones are refused below.
    words = choices.of(former) if kind == FieldKind.CHOICE else [*choices.only, *choices.more]
    return Sketch(field.name, field.title, kind, _choices(kind, words))


def _require_unused(session: Session, field: CustomField, going: Sequence[str]) -> None:
    """Refuse to take away a choice that somebody has; raises ChoiceStands."""
    standing = [text for _key, text in queries.values_standing(session, field)] if going else []
    for choice in going:
        if count := standing.count(choice):
            raise ChoiceStands(count=count, choice=choice, **_words(field))


def _read_anew(session: Session, field: CustomField, sketch: Sketch, today: date) -> dict[int, str]:
    """The values of a field as another kind stores them, by the id of their row; raises UnlikeKind."""
    new = declared(sketch)
    texts: dict[int, str] = {}
    unlike: list[str] = []
    for key, text in queries.values_standing(session, field):
        try:
            texts[key] = stored(new.taken(text, Typed(new, today, "")))
        except VolunteerError:
            unlike.append(text)
    # All are read before one is refused: the office wants to know how many there are to mend.
    if unlike:
        raise _unlike_kind(field, unlike)
    return texts


def _unlike_kind(field: CustomField, texts: Sequence[str]) -> UnlikeKind:
    # Not even one value of what was said in confidence stands in an error.
    value = "*" if field.private else texts[0]
    return UnlikeKind(count=len(texts), value=value, **_words(field))


def _move_values(session: Session, field: CustomField, *, private: bool) -> None:
    """Let a field be said in confidence, or to everybody: its values change the column."""
    texts = queries.values_standing(session, field)
    field.private = private
    update_rows(session, _table(field), {key: _columns(field, text) for key, text in texts})


def remove_field(session: Session, field: CustomField) -> None:
    """Take away a field that nobody has a value in.

    Raises:
        ValuesStand: somebody has.
    """
    if count := len(queries.values_standing(session, field)):
        raise ValuesStand(count=count, **_words(field))
    session.delete(field)
    session.flush()


def _table(field: CustomField) -> Any:
    return queries.table_for(field.noun)


def _words(field: CustomField) -> dict[str, str]:
    """What sentences and hints say of a field."""
    return {"field": field.title, "noun": field.noun, "name": field.name}


# --- values ------------------------------------------------------------


def read_values(
    session: Session, noun: str, texts: Mapping[str, str], *, today: date, region: str
) -> dict[CustomField, Any]:
    """The values by field that typed texts stand for; an empty text clears, which None says.

    Raises:
        NoSuchField, FieldArchived: no field is called so, or it is out of use.
        BadNumber, BadDate, BadChoice, BadText, TooLong: a text is no value of it.
    """
    values = {}
    for name, text in texts.items():
        field = queries.field_called(session, noun, name)
        # What stands in a field out of use may be cleared, for whoever asks for it to be forgotten.
        if field.archived_on is not None and text.strip():
            raise FieldArchived(**_words(field))
        reading = declared(field)
        values[field] = reading.taken(text.strip(), Typed(reading, today, region)) if text.strip() else None
    return values


def stored_values(session: Session, noun: str, ids: Sequence[int]) -> dict[int, dict[int, Any]]:
    """What records have in fields in use: values by field, by record."""
    fields = {field.id: field for field in queries.fields_of(session, noun)}
    values: dict[int, dict[int, Any]] = {key: {} for key in ids}
    # Where no field is defined nothing is asked: every list of people comes by here.
    for row in queries.rows_of(session, noun, ids) if fields else ():
        if field := fields.get(row.field_id):
            text = row.confidence if row.value is None else row.value
            values[getattr(row, f"{noun}_id")][field.id] = shown_value(field, text)
    return values


def give_values(session: Session, noun: str, values: Mapping[int, Values]) -> None:
    """Give records values by field, one record or a whole sheet of them; None takes one away."""
    # Flushed first, so that records of this very command have their ids, and the history its order.
    session.flush()
    table = queries.table_for(noun)
    given = _by_place(session, noun, values)
    rows = _rows_by_place(session, noun, list(values))
    present = {place: key for place, key in rows.items() if place in given}
    _change_rows(session, table, {key: given[place] for place, key in present.items()})
    new = [place for place, columns in given.items() if columns and place not in present]
    insert_rows(session, table, [_row(noun, place, given[place]) for place in new])


def _change_rows(session: Session, table: Any, given: Mapping[int, Row]) -> None:
    """Give rows that are there other columns; what has none is taken away, for a blank value is no value."""
    delete_rows(session, table, [key for key, columns in given.items() if not columns])
    update_rows(session, table, {key: columns for key, columns in given.items() if columns})


def _row(noun: str, place: Place, columns: Row) -> Row:
    return {f"{noun}_id": place[0], "field_id": place[1], **columns}


def _rows_by_place(session: Session, noun: str, ids: Sequence[int]) -> dict[Place, int]:
    """The rows of values that records have, by record and field."""
    rows = queries.rows_of(session, noun, ids)
    return {(getattr(row, f"{noun}_id"), row.field_id): row.id for row in rows}


def _by_place(session: Session, noun: str, values: Mapping[int, Values]) -> dict[Place, Row]:
    """The columns that each value is to stand in; none for one that is taken away."""
    fields = {field.id: field for field in queries.fields_of(session, noun, archived=None)}
    return {
        (key, field_id): {} if value is None else _columns(fields[field_id], value)
        for key, record in values.items()
        for field_id, value in record.items()
    }


def _columns(field: CustomField, value: Any) -> Row:
    # One of the two is always NULL: what is hidden must not be left behind in the column that is shown.
    text = stored(value)
    return {"value": None, "confidence": text} if field.private else {"value": text, "confidence": None}
