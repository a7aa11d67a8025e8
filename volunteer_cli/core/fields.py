"""A field of a record, declared once: how it is typed, read, found in sheets and shown.

    PHONE = Field("phone", N_("Phone"), phones, Kind.PHONE, help=N_("Phone number"), metavar="NUMBER",
                  headings=("联系电话", "phone"), listed=True)

The options of commands follow from it (`shell/taking.py`), the field of a sheet
(`intake/declared.py`) and the column of a view (`output/declared.py`). It is light: a reader imports
what it needs when it reads, so that help and completion pay nothing for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from volunteer_cli.core.i18n import _, listed
from volunteer_cli.core.kinds import Kind

if TYPE_CHECKING:
    from volunteer_cli.core.errors import VolunteerError


#: RFC 5321, 4.5.3.1.3, less the two angle brackets.
LONGEST_EMAIL = 254


class Titled(Protocol):
    """What has a title, by which errors name it."""

    @property
    def title(self) -> str:
        """Not yet translated."""


class Place(Protocol):
    """Where a text stands, as far as its meaning depends on that: a command line, a column of a sheet."""

    @property
    def field(self) -> Titled:
        """The field that the text is for."""

    @property
    def today(self) -> date:
        """The day on which it is read."""

    @property
    def region(self) -> str:
        """The country whose phone numbers need no prefix."""


class Typed(NamedTuple):
    """The place of a text that was typed as an option."""

    field: Titled
    today: date
    region: str


#: From a text that is not empty to the value; raises a VolunteerError.
Reader: TypeAlias = Callable[[str, Place], Any]

# --- readers that fields of all areas share ------------------------------------------------------------


def line(text: str, place: Place) -> str:
    """Text on one line as people read it: as it was written, without control characters."""
    from volunteer_cli.core.text import kept

    return kept(text, _(place.field.title))


def word(text: str, place: Place) -> str:
    """A word or a code that is compared with others: in the one form of all that look the same."""
    from volunteer_cli.core.text import clean

    return clean(text, _(place.field.title))


def title(text: str, place: Place) -> str:
    """What a thing is called, as it was written; other things of that name are found all the same."""
    from volunteer_cli.core.text import required

    return required(text, _(place.field.title))


def name(text: str, _place: Place) -> str:
    """A person's name, without the spaces that pad Chinese names."""
    from volunteer_cli.core.text import clean_name

    return clean_name(text)


def words(text: str, place: Place) -> list[str]:
    """Several words separated by 、 , ; / or line breaks, each once."""
    from volunteer_cli.core.text import split_list

    word(text, place)  # refuses what must not be stored, in the name of the field
    return split_list(text)


def day(text: str, place: Place) -> date:
    """A date, relative words included; a year that is missing is this year."""
    from volunteer_cli.core.dates import parse_date

    return parse_date(text, place.today, year=place.today.year)


def phones(text: str, place: Place) -> tuple[str, str | None]:
    """A phone number, and a second one where two are written."""
    from volunteer_cli.core.text import parse_phones

    return parse_phones(text, place.region)


def phone(text: str, place: Place) -> str:
    """The first phone number in the text."""
    return phones(text, place)[0]


def email(text: str, place: Place) -> str:
    """An e-mail address as it is stored: in small letters, as everybody compares them."""
    from volunteer_cli.core.errors import BadEmail

    address = word(text, place).removeprefix("mailto:").casefold()
    # RFC 5321, 4.5.3.1: 64 characters before the sign and 254 in all. What is between is the server's affair.
    if (
        not re.fullmatch(r"[^\s@,;]{1,64}@[^\s@,;.]+(?:\.[^\s@,;.]+)+", address)
        or len(address) > LONGEST_EMAIL
    ):
        raise BadEmail(value=text)
    return address


def choice(titles: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> Reader:
    """A reader of one of several values: by its id, its title, or another word that people use for it.

    Case, spaces and signs between words do not count.
    """

    # Made at the first reading: help and completion declare all choices and read none.
    @cache
    def values() -> dict[str, str]:
        return _by_word(titles, words)

    def read(text: str, place: Place) -> str:
        bare = _bare(text)
        value = values().get(bare) or _titled(titles, bare)
        if value is None:
            raise _no_choice(text, place, titles)
        return value

    return read


def _by_word(titles: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The values by all that they may be called."""
    values = {}
    for value, title in titles.items():
        for text in (value, title, *words.get(value, ())):
            values[_bare(text)] = str(value)
    return values


def _no_choice(text: str, place: Place, titles: Mapping[str, str]) -> VolunteerError:
    from volunteer_cli.core.choices import shown_choices
    from volunteer_cli.core.errors import BadChoice

    # Who types an option may use ids; a sheet is filled with words.
    choices = (
        shown_choices(titles) if isinstance(place, Typed) else listed(_(title) for title in titles.values())
    )
    title = _(place.field.title)
    # The title stands in the middle of the sentence there.
    return BadChoice(value=text, field=title[:1].lower() + title[1:], choices=choices)


def _titled(titles: Mapping[str, str], bare: str) -> str | None:
    """The value whose title in the user's language this is."""
    return next((str(value) for value, title in titles.items() if _bare(_(title)) == bare), None)


def _bare(text: str) -> str:
    from volunteer_cli.core.choices import bare

    return bare(text)


# --- fields ------------------------------------------------------------


class Field(NamedTuple):
    """A value that a record may have.

    Attributes:
        name: the key in rows, sheets, JSON and map files; where one column holds it, the column's name.
        help: of its option; a field without one cannot be typed.
        option: what the option is called where the name would not do.
        metavar: what stands for the value in help, and completes it (PERSON).
        more, less: help of the options that add to a list and take from it.
        headings: of a sheet's column, as people write them; a field without any has none.
        needed: an empty text does not clear it.
        listed: whether lists show it when no fields are named.
        shown: everybody in the office sees it, though its model says that it is private.
        at_home: only offices in China keep it.
        choices: the title of each value that may be stored.
        most: characters that are kept of it, of a list of each word; 0 of any number.
    """

    name: str
    title: str
    read: Reader = line
    kind: Kind = Kind.TEXT
    help: str = ""
    option: str = ""
    metavar: str = "TEXT"
    more: str = ""
    less: str = ""
    headings: tuple[str, ...] = ()
    needed: bool = False
    listed: bool = False
    shown: bool = False
    at_home: bool = False
    choices: Mapping[str, str] | None = None
    most: int = 0

    def taken(self, text: str, place: Place) -> Any:
        """The value that a text stands for; raises a VolunteerError, TooLong among them."""
        value = self.read(text, place)
        if self.most:
            _require_short(self, value)
        return value

    @property
    def typed(self) -> str:
        """The name of its option, as commands and details have it."""
        return self.option or self.name


def _require_short(field: Field, value: Any) -> None:
    words = value if isinstance(value, list) else [value]
    if any(isinstance(word, str) and len(word) > field.most for word in words):
        from volunteer_cli.core.errors import TooLong

        raise TooLong(field=_(field.title), most=field.most)


def values_of(
    fields: Iterable[Field], details: Mapping[str, Any], *, today: date, region: str
) -> dict[str, Any]:
    """The values by field that typed texts stand for; None is left out, an empty text clears.

    Raises:
        VolunteerError: a text cannot be read.
    """
    values = {}
    for field in fields:
        given = details.get(field.typed)
        if given is not None:
            values[field.name] = _value(field, given, Typed(field, today, region))
    return values


def _value(field: Field, given: Any, place: Place) -> Any:
    if field.kind is Kind.LIST:
        words = [word for text in given for word in field.taken(text, place)]
        return list(dict.fromkeys(words))
    given = given.strip()
    return field.taken(given, place) if given or field.needed else None
