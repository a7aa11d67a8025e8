"""How two records compare, field by field, and what makes two people of them whatever else agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import log2
from operator import attrgetter
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_sort_ratio

from volunteer_cli.core.dates import birth_agrees
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.text import parse_id_number
from volunteer_cli.people.duplicates.names import compare_names
from volunteer_cli.people.duplicates.traits import NUMBERS, Traits, swapped
from volunteer_cli.people.duplicates.weights import WEIGHTS

WHOLE_DATE = len("1965-03-05")
#: A score is shown to a tenth, and its sum may miss that by less than this.
ROUNDED = 0.05
#: Of a hundred, how much of an address must be alike.
SIMILAR = 75
#: Ways in which the name of one person compares with itself.
SAME_NAME = frozenset({"same", "other_script", "parts_swapped"})
#: Ways in which names compare that leave open whether a child or its brother is meant.
OTHER_GIVEN_NAME = frozenset({"sign_other", "part_other"})


class Agreement(NamedTuple):
    """How one field of two records compares, and the weight of that in bits."""

    field: str
    how: str
    weight: float


@cache
def commonness(bearers: int) -> float:
    """The weight that goes off an agreement of names that so many people bear: a bit each time they double."""
    return round(log2(max(bearers, 2) / 2), 1)


def agreements(one: Traits, other: Traits, common: float, least: float) -> list[Agreement] | None:
    """How the fields of two people compare that both have; None when they are two, or score less than `least`.

    `common` is the commonness of the name.
    """
    if told_apart(one, other):
        return None
    name = compare_names(one, other)
    # Most pairs of a family end here.
    if name == "other" and not _at_home(one, other):
        return None
    # A name that thousands bear proves little; a rare one much.
    compared = _compared(one, other, Agreement("name", name, WEIGHTS["name"][name] - common), least)
    # Father and daughter share door, phone and family name.
    if compared and _relatives(one, other, {each.field: each.how for each in compared}):
        return None
    return compared


def told_apart(one: Traits, other: Traits) -> bool:
    """Whether two people are two for certain: valid identity numbers that differ, a child and its guardian."""
    if one.guardian_id == other.id or other.guardian_id == one.id:
        return True
    numbers = (one.id_number, other.id_number)
    return None not in numbers and numbers[0] != numbers[1] and all(valid(number) for number in numbers)


def _at_home(one: Traits, other: Traits) -> bool:
    """Whether two people were born on one day and live at one address, whatever they are called.

    Names in letters change by marriage; of Chinese ones another is another person.
    """
    return not (one.chinese or other.chinese) and one.birth == other.birth and bool(one.address)


@lru_cache(maxsize=1 << 16)
def valid(number: str | None) -> bool:
    """Whether an identity number is as GB 11643 asks: its check character finds every slip of one digit."""
    try:
        return bool(number and parse_id_number(number))
    except RuleError:
        return False


def _relatives(one: Traits, other: Traits, compared: dict[str, str]) -> bool:
    """Twins and siblings, parent and child: one household, one surname, another given name."""
    name = compared["name"]
    if name in SAME_NAME or not _same_surname(one, other):
        return False
    at_home = compared.get("flat") == "same" or compared.get("address") == "same"
    if name in OTHER_GIVEN_NAME:
        return at_home or (name == "part_other" and compared.get("phone") == "same")
    # 赵强 and 赵强波 of one door: a slip in the name or father and son, which another birth date decides.
    return one.chinese and at_home and compared.get("birth") == "other"


def _same_surname(one: Traits, other: Traits) -> bool:
    if one.chinese and other.chinese:
        return one.plain[0] == other.plain[0]
    return one.parts[-1] == other.parts[-1]


def _compared(one: Traits, other: Traits, name: Agreement, least: float) -> list[Agreement] | None:
    """The name and the other fields that both have; None once the fields that are left cannot make up for it."""
    # What one of the two lacks says neither yes nor no.
    both = [each for each in zip(COMPARERS, _values(one), _values(other), strict=True) if each[1] and each[2]]
    hope, ways = name.weight + sum(MOST[field] for field, _value, _other in both), [name]
    for field, value, other_value in both:
        # Most pairs end here: of two namesakes the birth dates say enough.
        if hope < least - ROUNDED:
            return None
        ways.append(_compare(field, value, other_value))
        hope += ways[-1].weight - MOST[field]
    return ways if hope >= least - ROUNDED else None


def _compare(field: str, value: Any, other_value: Any) -> Agreement:
    how = COMPARERS[field][1](value, other_value)
    return Agreement(field, how, WEIGHTS[field][how])


def compare_births(one: str, other: str) -> str:
    """The way in which two birth dates compare; either may be a year or a month alone."""
    if birth_agrees(one, other):
        return "same" if min(len(one), len(other)) == WHOLE_DATE else "same_so_far"
    if min(len(one), len(other)) < WHOLE_DATE:
        return "other"
    if one == swapped(other):
        return "day_month_swapped"
    return compare_numbers(one.replace("-", ""), other.replace("-", ""))


def compare_phones(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """The way in which the likest of the phones of two people compare."""
    if set(one) & set(other):
        return "same"
    ways = {compare_numbers(number, other_number) for number in one for other_number in other}
    return next(way for way in ("digits_swapped", "digit_other", "other") if way in ways)


def compare_numbers(one: str, other: str) -> str:
    """Whether digits are the same, two neighbours swapped, one other, or more."""
    if one == other:
        return "same"
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return "other"
    return "digits_swapped" if sorted(one) == sorted(other) else "digit_other"


def compare_addresses(one: str, other: str) -> str:
    """The way in which two addresses compare that are mere text."""
    if one == other:
        return "same"
    if max(ratio(one, other), token_sort_ratio(one, other)) < SIMILAR:
        return "other"
    numbers, other_numbers = (NUMBERS.findall(address) for address in (one, other))
    if sorted(numbers) == sorted(other_numbers):
        return "similar"
    # 12号3单元501 and 12号3单元502 are two doors; where words say where it is, a number is soon mistyped.
    return "partly" if one.isascii() else "other"


def compare_values(one: object, other: object) -> str:
    """Whether two values are the same that are not typed but chosen, or mean nothing with a slip."""
    return "same" if one == other else "other"


#: By field, the trait that is compared, and how.
COMPARERS: dict[str, tuple[str, Callable[[Any, Any], str]]] = {
    "birth": ("birth", compare_births),
    "phone": ("phones", compare_phones),
    "id_number": ("id_number", compare_numbers),
    "email": ("email", compare_values),
    "flat": ("flat", compare_values),
    "address": ("address", compare_addresses),
    "sex": ("sex", compare_values),
}
#: The most that each of them may say for one person.
MOST = {field: max(WEIGHTS[field].values()) for field in COMPARERS}
_values = attrgetter(*(trait for trait, _compare in COMPARERS.values()))
