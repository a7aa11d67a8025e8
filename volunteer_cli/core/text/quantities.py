"""Numbers of things, and money."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from volunteer_cli.core.errors import (
    AmountRefused,
    BadAmount,
    BadQuantity,
    QuantityRefused,
)
from volunteer_cli.core.grammar import NUMBER, Grammar, number, plain
from volunteer_cli.core.i18n import _
from volunteer_cli.core.quantity import Direction, Quantity, united
from volunteer_cli.core.text.cleaning import clean, clean_name

#: The largest number of pieces of one line, and of yuan of one amount.
MOST = 10**9

_NUMERAL = rf"(?P<amount>[-+−]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|{NUMBER})(?P<scale>[百千万亿])?"
#: What is written before a number, and the direction in which the number is then not exact.
_BEFORE = {
    Direction.AT_LEAST: ("超过", "逾", "至少", "不少于", "over", "more than", "at least", ">=", ">", "≥"),
    Direction.AT_MOST: (
        *("将近", "近", "不到", "不足", "不满", "至多", "不超过", "不多于"),
        *("nearly", "almost", "under", "less than", "up to", "at most", "<=", "<", "≤"),
    ),
    Direction.ABOUT: ("大约", "约", "大概", "about", "approx.", "approx", "ca.", "ca", "≈", "~"),
}
#: The same behind it.
_BEHIND = {
    Direction.AT_LEAST: ("以上",),
    Direction.AT_MOST: ("以下", "以内"),
    Direction.ABOUT: ("左右", "上下"),
}
_DIRECTIONS = {word: key for words in (_BEFORE, _BEHIND) for key in words for word in words[key]}


def _one_of(name: str, words: dict[Direction, tuple[str, ...]]) -> str:
    """A pattern for one of the words or none, the longest that fits first."""
    longest_first = sorted((word for parts in words.values() for word in parts), key=len, reverse=True)
    return f"(?P<{name}>{'|'.join(map(re.escape, longest_first))})?"


_UNIT = r"(?P<unit>[a-z]{1,12}|(?!左右|上下|以上|以下|以内)[^\W\d_a-z半一二三四五六七八九十百千万亿]{1,3}?)?"

_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

#: 45,50 and 1.234,50, as most of Europe writes money: of thousands three digits follow.
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+|\d{1,3}(?:\.\d{3})+),(\d{1,2})(?![\d.,])")
#: Monies by their three letters that people write beside an amount.
_MONEY = "gbp|eur|usd|aud|cad|chf|hkd|inr|jpy|kes|nzd|sgd|zar"

#: Seven or eight, 七八, is no number.
_SEVERAL = re.compile("[一二两三四五六七八九]{2,}")

#: Some, 一些, is no number either.
_VAGUE = frozenset({"些", "点", "点儿"})

_quantity: Grammar[tuple[Decimal, str | None, Direction | None]] = Grammar()
_yuan: Grammar[tuple[Decimal, bool]] = Grammar()


def parse_quantity(text: str) -> Quantity:
    """The quantity that a person wrote: 12, 3袋, 40余件, 近百件, 约50, ≥90套.

    Raises BadQuantity when it is none, and QuantityRefused when it is not a whole number from 1 to 10^9.
    """
    return _parse_quantity(text)


def parse_item(text: str) -> tuple[str, Quantity]:
    """The item and quantity of `衣物=12件`. Raises MissingValue, BadText and as `parse_quantity`."""
    item, _sign, quantity = clean(text).partition("=")
    if not quantity:
        raise BadQuantity(value=text)
    return clean_name(item, _("Item")), parse_quantity(quantity)


def parse_yuan(text: str, *, scale: int = 1) -> int:
    """The fen of an amount in yuan: 12.5, ¥1,200, 1.2万元; a bare number counts `scale` yuan.

    Raises BadAmount and AmountRefused.
    """
    return _parse_yuan(text, scale)


@lru_cache(maxsize=1 << 14)
def _parse_quantity(text: str) -> Quantity:
    try:
        quantity = _quantity.read(plain(clean(text)))
    except ValueError:
        quantity = None
    if quantity is None:
        raise BadQuantity(value=text)
    amount, unit, direction = quantity
    if not 1 <= amount <= MOST or amount != int(amount):
        raise QuantityRefused(value=text)
    return Quantity(int(amount), unit, direction)


@lru_cache(maxsize=1 << 14)
def _parse_yuan(text: str, scale: int) -> int:
    try:
        reading = _yuan.read(_DECIMAL_COMMA.sub(_with_point, plain(clean(text))))
    except ValueError:
        reading = None
    if reading is None:
        raise BadAmount(value=text)
    amount, has_unit = reading
    # A heading such as 金额（万元） scales bare numbers alone: 500元 below it is 500 yuan.
    fen = amount * 100 if has_unit else amount * scale * 100
    if not 0 <= fen <= MOST * 100 or fen != int(fen):
        raise AmountRefused(value=text)
    return int(fen)


def _with_point(amount: re.Match[str]) -> str:
    return f"{amount[1].replace('.', '')}.{amount[2]}"


@_quantity.form(
    rf"{_one_of('before', _BEFORE)} ?{_NUMERAL} ?(?P<more>余|多|来|\+)? ?{_UNIT}{_one_of('behind', _BEHIND)}"
)
def _so_many(
    *,
    amount: str,
    scale: str | None,
    unit: str | None,
    before: str | None,
    more: str | None,
    behind: str | None,
) -> tuple[Decimal, str | None, Direction | None]:
    if unit in _VAGUE or (amount, unit) == ("一", "批"):
        raise ValueError(unit)
    more_than = Direction.AT_LEAST if more else None
    direction = united((_DIRECTIONS.get(before or ""), more_than, _DIRECTIONS.get(behind or "")))
    return _amount(amount, scale), unit, direction


@_yuan.form(
    rf"(?:人民币|rmb|cny|{_MONEY})? ?[¥£€$₹₩]? ?{_NUMERAL} ?(?P<unit>元整?|块钱?|圆整?|yuan|rmb|cny|{_MONEY}|[£€])?"
)
def _so_much(amount: str, scale: str | None, unit: str | None) -> tuple[Decimal, bool]:
    return _amount(amount, scale), bool(scale or unit)


def _amount(text: str, scale: str | None) -> Decimal:
    digits = text.replace(",", "").replace("−", "-")
    if _SEVERAL.fullmatch(digits):
        raise ValueError(text)
    value = Decimal(digits) if digits[-1].isdecimal() else Decimal(number(digits))
    return value * _SCALES[scale] if scale else value
