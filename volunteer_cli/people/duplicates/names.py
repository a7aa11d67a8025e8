"""How two names compare: what may have happened to the one that it became the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import Any

from rapidfuzz.distance import OSA, JaroWinkler

from volunteer_cli.people.duplicates.traits import Traits

#: 小李, 老李, 阿明: what stands before a name among neighbours.
FAMILIAR = "小老阿大"
#: Shares of a word that must be alike for it to be the same, spelt otherwise.
SPELT_ALIKE = 0.88
#: The four-corner method gives a digit to each corner of a character and one to its middle.
CORNERS = 4
TWO_SURNAMES = 2


def compare_names(one: Traits, other: Traits) -> str:
    """The way of OUTCOMES["name"] in which two names compare."""
    if one.plain == other.plain:
        return "same" if one.name.casefold() == other.name.casefold() or not one.chinese else "other_script"
    if one.chinese and other.chinese:
        return _chinese(one, other)
    if one.sound == other.sound:
        return "same_sound"
    return "other" if one.chinese or other.chinese else compare_words(one.parts, other.parts)


def _chinese(one: Traits, other: Traits) -> str:
    distance = OSA.distance(one.plain, other.plain, score_cutoff=1)
    # Most pairs differ in their signs, and need not be turned.
    if one.signs == other.signs and _turned(one.plain, other.plain):
        return "parts_swapped"
    if one.sound == other.sound:
        return "same_sound"
    if distance == 1:
        return _one_slip(one, other)
    if one.loose_sound == other.loose_sound:
        return "similar_sound"
    return "nickname" if _is_nickname(*sorted((one.plain, other.plain), key=len)) else "other"


def _turned(one: str, other: str) -> bool:
    """Whether the family name of one stands behind: 明李, 小明王, 文静欧阳."""
    return any(
        one[length:] + one[:length] == other or other[length:] + other[:length] == one
        for length in range(1, min(TWO_SURNAMES, len(one) - 1) + 1)
    )


def _one_slip(one: Traits, other: Traits) -> str:
    if len(one.plain) != len(other.plain):
        return _one_longer(*sorted((one.plain, other.plain), key=len))
    # 李明华 and 李华明: whoever types by sound swaps signs.
    if one.signs == other.signs:
        return "signs_swapped"
    if one.loose_sound == other.loose_sound:
        return "similar_sound"
    # 末 and 未, 己 and 已: mistaken in handwriting.
    if alike(*next((a, b) for a, b in zip(one.plain, other.plain, strict=True) if a != b)):
        return "similar_look"
    # Of a name of two characters one is all that tells a person from a cousin.
    return "sign_other" if len(one.plain) > TWO_SURNAMES else "part_other"


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Whether two characters look alike: of four corners and the middle at most one is another.

    Twins are often named with two characters of one radical, which shares two corners and no more.
    """
    corners, other_corners = (_corners().get(sign, "") for sign in (one, other))
    same = sum(digit == other_digit for digit, other_digit in zip(corners, other_corners, strict=False))
    return same >= CORNERS


@cache
def _corners() -> dict[str, str]:
    from four_corner_method import FourCornerMethod

    corners: dict[str, str] = FourCornerMethod().data
    return corners


def _one_longer(short: str, long: str) -> str:
    return "nickname" if _is_nickname(short, long) else "sign_missing"


def _is_nickname(short: str, long: str) -> bool:
    """Whether neighbours call one so: 小明, 明明, 老王, 阿明 for 王小明, and the given name alone."""
    given = long[1:]
    if len(long) > TWO_SURNAMES and short in (given, long[2:]) and len(short) >= TWO_SURNAMES:
        return True
    if len(short) != TWO_SURNAMES:
        return False
    # 明明, as small children are called.
    doubled = short[0] == short[1] and short[0] in given
    return doubled or (short[0] in FAMILIAR and short[1] in (long[0], long[-1]))


def compare_words(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """The same of names in letters, whose words may stand in another order."""
    if sorted(one) == sorted(other):
        return "parts_swapped"
    short, long = sorted((one, other), key=len)
    pairs = _paired(short, long)
    if any(likeness == "other" for likeness in pairs):
        return _partly(short, long, pairs)
    if len(short) < len(long):
        return "part_missing"
    return "nickname" if "nickname" in pairs else "spelling"


def _partly(short: tuple[str, ...], long: tuple[str, ...], pairs: list[str]) -> str:
    """Words that do not pair: run together or torn apart, or one of them another."""
    joined, other_joined = "".join(short), "".join(long)
    if OSA.distance(joined, other_joined, score_cutoff=2) <= min(2, len(joined) // 4):
        return "spelling"
    return "other" if all(likeness == "other" for likeness in pairs) else "part_other"


def _paired(short: tuple[str, ...], long: tuple[str, ...]) -> list[str]:
    """How the words of two names compare, the likeliest with each other."""
    left, other_left = set(range(len(short))), set(range(len(long)))
    ways = []
    for _likeness, place, other_place in _likest_first(short, long):
        if place in left and other_place in other_left:
            left.remove(place)
            other_left.remove(other_place)
            ways.append(compare_word(short[place], long[other_place]))
    return ways


def _likest_first(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[float, int, int]]:
    """Each word of the one name with each of the other: how like they are, and their places."""
    pairs = ((JaroWinkler.similarity(one, other), *places) for places, (one, other) in _crossed(short, long))
    return sorted(pairs, reverse=True)


def _crossed(
    short: tuple[str, ...], long: tuple[str, ...]
) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    for (place, one), (other_place, other) in product(enumerate(short), enumerate(long)):
        yield (place, other_place), (one, other)


@lru_cache(maxsize=1 << 16)
def compare_word(one: str, other: str) -> str:
    """Same, alike, nickname or other."""
    if one == other:
        return "same"
    if other in _nicknames(one) or one in _nicknames(other):
        return "nickname"
    short = min(len(one), len(other))
    if short >= 3 and OSA.distance(one, other, score_cutoff=1) == 1:
        return "alike"
    return "alike" if short >= 4 and JaroWinkler.similarity(one, other) >= SPELT_ALIKE else "other"


def _nicknames(name: str) -> set[str]:
    return set(_namer().nicknames_of(name))


@cache
def _namer() -> Any:
    from nicknames import NickNamer

    return NickNamer()
