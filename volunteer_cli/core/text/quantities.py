"""Numbers of things, and money."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from volunteer_cli.core.errors import (
    AmountRefused,
    BadAmount,
    BadQuantity,
    QuantityRefused,
)
from volunteer_cli.core.grammar import NUMBER, Grammar, number, plain
from volunteer_cli.core.i18n import _
from volunteer_cli.core.text.cleaning import clean, clean_name

MOST = 10**9
"""The largest number of pieces of one line, and of yuan of one amount."""

_NUMERAL = rf"(?P<amount>[-+−]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|{NUMBER})(?P<scale>[百千万亿])?"
_ABOUT = r"(?P<about>大约|约|大概|将近|近|超过|逾|至少|不少于|about|approx\.?|ca\.?|over|more than|at least|>=?|≥|≈|~)?"
_UNIT = r"(?P<unit>[a-z]{1,12}|(?!左右|上下|以上)[^\W\d_a-z半一二三四五六七八九十百千万亿]{1,3}?)?"

_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

_SEVERAL = re.compile("[一二两三四五六七八九]{2,}")
"""Seven or eight, 七八, is no number."""

_VAGUE = frozenset({"些", "点", "点儿"})
"""Some, 一些, is no number either."""

_quantity: Grammar[tuple[Decimal, str | None, bool]] = Grammar()
_yuan: Grammar[tuple[Decimal, bool]] = Grammar()


class Quantity(NamedTuple):
    """So many of a unit; `approximate` when the text said about, more than or nearly."""

    number: int
    unit: str | None = None
    approximate: bool = False


def parse_quantity(text: str) -> Quantity:
    """The quantity that a person wrote: 12, 3袋, 40余件, ≥90套.

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
        found = _quantity.read(plain(clean(text)))
    except ValueError:
        found = None
    if found is None:
        raise BadQuantity(value=text)
    amount, unit, approximate = found
    if not 1 <= amount <= MOST or amount != int(amount):
        raise QuantityRefused(value=text)
    return Quantity(int(amount), unit, approximate)


@lru_cache(maxsize=1 << 14)
def _parse_yuan(text: str, scale: int) -> int:
    try:
        found = _yuan.read(plain(clean(text)))
    except ValueError:
        found = None
    if found is None:
        raise BadAmount(value=text)
    amount = found[0] if found[1] else found[0] * scale
    if not 0 <= amount <= MOST or amount * 100 != int(amount * 100):
        raise AmountRefused(value=text)
    return int(amount * 100)


@_quantity.form(rf"{_ABOUT} ?{_NUMERAL} ?(?P<more>余|多|来|\+)? ?{_UNIT}(?P<around>左右|上下|以上)?")
def _so_many(
    *,
    amount: str,
    scale: str | None,
    unit: str | None,
    about: str | None,
    more: str | None,
    around: str | None,
) -> tuple[Decimal, str | None, bool]:
    if unit in _VAGUE or (amount, unit) == ("一", "批"):
        raise ValueError(unit)
    return _amount(amount, scale), unit, bool(about or more or around)


@_yuan.form(rf"(?:人民币|rmb|cny)? ?[¥]? ?{_NUMERAL} ?(?P<unit>元整?|块钱?|圆整?|yuan|rmb|cny)?")
def _so_much(amount: str, scale: str | None, unit: str | None) -> tuple[Decimal, bool]:
    return _amount(amount, scale), bool(scale or unit)


def _amount(text: str, scale: str | None) -> Decimal:
    digits = text.replace(",", "").replace("−", "-")
    if _SEVERAL.fullmatch(digits):
        raise ValueError(text)
    value = Decimal(digits) if digits[-1].isdecimal() else Decimal(number(digits))
    return value * _SCALES[scale] if scale else value
