"""Conditions on the fields of records, as `--where` takes them: building=3 and age>=60.

A field is compared as it is shown: what is masked cannot be asked for bit by bit.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple, NoReturn, TypeAlias

from volunteer_cli.core.errors import BadPeriod, UsageFault
from volunteer_cli.core.grammar import plain
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.kinds import Kind
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.output.view import Column, pick

#: From the values of a record by field to whether it is meant.
Test: TypeAlias = Callable[[Mapping[str, Any]], bool]
#: From the value of one field to whether it is meant.
ValueTest: TypeAlias = Callable[[Any], bool]


class BadCondition(UsageFault):
    """The condition cannot be read at '{place}'"""

    code = "bad_condition"
    hint = N_("Write it like building=3 and age>=60; texts with spaces stand in quotes.")
    explanation = N_(
        "Fields are named as in JSON or as they are headed. There are = != < <= > >= and ~ for what is contained, and, or, "
        "not and brackets; an empty text means that nothing is known: phone=''."
    )


class NotComparable(UsageFault):
    """{field} cannot be compared by {sign} with '{value}'"""

    code = "bad_condition"


_SIGNS = r"<=|>=|!=|<>|==|!~|[=<>~]"
_TOKEN = re.compile(
    rf"\s*(?:(?P<sign>{_SIGNS})|(?P<bracket>[()])|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<word>[^\s()=<>!~'\"]+))"
)
#: Signs as Chinese keyboards have them.
_PLAIN = str.maketrans(
    {"＝": "=", "＜": "<", "＞": ">", "≥": ">=", "≤": "<=", "≠": "!=", "（": "(", "）": ")", "～": "~"}
)
_SAME = {"==": "=", "<>": "!="}
_NOT = {"!=": "=", "!~": "~"}
_ORDERS: dict[str, Callable[[Any, Any, Any], bool]] = {
    "=": lambda value, first, last: bool(first <= value <= last),
    "<": lambda value, first, _last: bool(value < first),
    "<=": lambda value, _first, last: bool(value <= last),
    ">": lambda value, _first, last: bool(value > last),
    ">=": lambda value, first, _last: bool(value >= first),
}
_WORDS = {"and": ("and", "且", "并且"), "or": ("or", "或", "或者"), "not": ("not", "非")}


class Condition(NamedTuple):
    """What is asked of records, and the columns whose values that takes."""

    columns: tuple[Column, ...]
    holds: Test


def condition(text: str, columns: Sequence[Column], today: date) -> Condition:
    """The condition that a person wrote, on fields among `columns`.

    Raises:
        BadCondition, NotComparable, UnknownField: as their sentences say.
        BadDate, BadDuration …: a value cannot be read.
    """
    reader = _Reader(text, columns, today)
    holds = reader.read()
    return Condition(tuple(reader.used.values()), holds)


# --- reading ------------------------------------------------------------


class _Reader:
    """Reads a condition word by word: or binds less than and, and that less than not."""

    def __init__(self, text: str, columns: Sequence[Column], today: date) -> None:
        self.columns = columns
        self.today = today
        self.used: dict[str, Column] = {}
        self.tokens = list(_tokens(text.translate(_PLAIN)))
        self.place = 0

    def read(self) -> Test:
        test = self._any()
        if self.place < len(self.tokens):
            self._refuse()
        return test

    def _any(self) -> Test:
        tests = [self._all()]
        while self._skips("or"):
            tests.append(self._all())
        return lambda values: any(test(values) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._skips("and"):
            tests.append(self._one())
        return lambda values: all(test(values) for test in tests)

    def _one(self) -> Test:
        if self._skips("not"):
            inner = self._one()
            return lambda values: not inner(values)
        if self._next("bracket") == "(":
            self.place += 1
            inner = self._any()
            if self._next("bracket") != ")":
                self._refuse()
            self.place += 1
            return inner
        return self._comparison()

    def _comparison(self) -> Test:
        column = pick(self.columns, self._take("word", "single", "double"))
        sign = self._take("sign")
        test = value_test(column, _SAME.get(sign, sign), self._take("word", "single", "double"), self.today)
        self.used[column.name] = column
        return lambda values: test(values[column.name])

    def _next(self, kind: str) -> str | None:
        """The token that comes next, where it is of a kind."""
        if self.place == len(self.tokens):
            return None
        found, text = self.tokens[self.place]
        return text if found == kind else None

    def _skips(self, word: str) -> bool:
        """Whether a joining word comes next, which is then passed over."""
        comes = (self._next("word") or "").lower() in _WORDS[word]
        self.place += comes
        return comes

    def _take(self, *kinds: str) -> str:
        """The next token, which must be of one of these kinds."""
        for kind in kinds:
            if (text := self._next(kind)) is not None:
                self.place += 1
                return text
        return self._refuse()

    def _refuse(self) -> NoReturn:
        raise BadCondition(place=" ".join(text for _kind, text in self.tokens[self.place :]) or _("the end"))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place, text = 0, text.rstrip()
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise BadCondition(place=text[place:])
        place = token.end()
        kind = str(token.lastgroup)
        yield kind, token[kind]


# --- comparing ------------------------------------------------------------


def value_test(column: Column, sign: str, text: str, today: date) -> ValueTest:
    """Whether a value of the column stands in the relation `sign` to what a text means."""
    if sign in _NOT:
        same = value_test(column, _NOT[sign], text, today)
        return lambda value: not same(value)
    # `phone=` asks for those of whom no phone is known.
    if text == "" and sign == "=":
        return _unknown
    if text == "" or column.kind in (Kind.ROWS, Kind.JSON):
        _refused(column, sign, text)
    test = _contains(text) if sign == "~" else _ordered(column, sign, text, today)
    if column.kind is Kind.LIST:
        return lambda values: any(test(value) for value in values or ())
    return lambda value: not _unknown(value) and test(value)


def _unknown(value: Any) -> bool:
    return value in (None, "", [], ())


def _refused(column: Column, sign: str, text: str) -> NoReturn:
    raise NotComparable(field=column.heading, sign=sign, value=text)


def _contains(text: str) -> ValueTest:
    part = plain(text)
    return lambda value: part in plain(str(value))


def _one_of_few(column: Column, sign: str, text: str) -> ValueTest:
    """A yes or no, or a choice: which of two comes first means nothing."""
    if sign != "=":
        _refused(column, sign, text)
    same = _flag(column, text) if column.kind is Kind.FLAG else _choice(column, text)
    return lambda value: value == same


def _ordered(column: Column, sign: str, text: str, today: date) -> ValueTest:
    if column.kind is Kind.FLAG or column.choices:
        return _one_of_few(column, sign, text)
    span = _span(column, sign, text, today)
    if span is None:
        return _as_text(sign, text)
    holds = _ORDERS[sign]
    return lambda value: holds(_comparable(value), *span)


def _choice(column: Column, text: str) -> Any:
    """The value that is called so, by its id or its title; any other word is one that is simply not there."""
    word = plain(text)
    titles = column.choices or {}
    return next(
        (value for value, title in titles.items() if word in (plain(str(value)), plain(_(title)))), text
    )


def _flag(column: Column, text: str) -> bool:
    words = {
        "yes": True,
        "true": True,
        "1": True,
        "是": True,
        "no": False,
        "false": False,
        "0": False,
        "否": False,
    }
    if plain(text) not in words:
        _refused(column, "=", text)
    return words[plain(text)]


def _span(column: Column, sign: str, text: str, today: date) -> tuple[Any, Any] | None:
    """The first and the last value that a text means in a column; None where values are texts."""
    if column.kind in (Kind.DATE, Kind.DATETIME):
        return _days(column, text, today)
    if column.kind is Kind.TIME:
        from volunteer_cli.core.dates import parse_time

        return parse_time(text), parse_time(text)
    reader = _READERS.get(column.kind)
    if reader is None:
        return None
    try:
        number = reader(text)
    except (ValueError, OverflowError):
        _refused(column, sign, text)
    return number, number


def _days(column: Column, text: str, today: date) -> tuple[Any, Any]:
    """The days of a period, or a moment, in the form of the column's values."""
    from volunteer_cli.core.dates import parse_datetime, parse_period

    try:
        period = parse_period(text, today)
    except BadPeriod:
        moment = parse_datetime(text, today)
        return (moment, moment) if column.kind is Kind.DATETIME else (moment.date(), moment.date())
    if column.kind is Kind.DATE:
        return period.first, period.last
    return datetime.combine(period.first, time.min), datetime.combine(period.last, time.max)


def _minutes(text: str) -> float:
    """A duration in minutes, of any length: 600, 10h, 1:30."""
    from volunteer_cli.core.dates import parse_duration

    if match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:h|hours?|小时)", plain(text)):
        return float(match[1]) * 60
    return float(text) if text.isascii() and text.isdigit() else parse_duration(text)


def _fen(text: str) -> int:
    from volunteer_cli.core.text import parse_yuan

    return parse_yuan(text)


def _share(text: str) -> float:
    return float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)


_READERS: dict[Kind, Callable[[str], float]] = {
    **dict.fromkeys((Kind.COUNT, Kind.NUMBER, Kind.ID, Kind.QUANTITY), float),
    Kind.MINUTES: _minutes,
    Kind.MONEY: _fen,
    Kind.PERCENT: _share,
}


def _comparable(value: Any) -> Any:
    """A value as spans are made of: a quantity by its number, a day that is written by itself."""
    if isinstance(value, Quantity):
        return value.number
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return date.fromisoformat(value) if isinstance(value, str) else value


_TEXT_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _as_text(sign: str, text: str) -> ValueTest:
    """Whether a text is equal, or stands before or behind: numbers such as buildings by what they count."""
    holds, meant = _TEXT_ORDERS[sign], plain(text)

    def test(value: Any) -> bool:
        word = plain(str(value))
        if word.isdecimal() and meant.isdecimal():
            return holds(int(word), int(meant))
        return holds(word, meant)

    return test
