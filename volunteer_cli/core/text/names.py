"""How names sound, and which may be one name written twice."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from volunteer_cli.core.text.cleaning import CHINESE, clean_name

# Surnames that sound otherwise than the character usually does.
_SURNAMES = """
单:shan 曾:zeng 解:xie 仇:qiu 区:ou 朴:piao 查:zha 盖:ge 乐:yue 翟:zhai
缪:miao 牟:mu 覃:qin 召:shao 洗:xian 员:yun 黑:he 秘:bi 种:chong 祭:zhai 繁:po 折:she 那:na 车:che 隗:wei
能:nai 逄:pang 句:gou 谌:chen 宓:mi 幺:yao 藏:zang 盛:sheng 尉:wei 都:du 重:chong 薄:bo 柏:bai 晁:chao
尉迟:yu,chi 万俟:mo,qi 长孙:zhang,sun 澹台:tan,tai 单于:chan,yu
"""
_CHINESE = f"[{CHINESE}]"


@lru_cache(maxsize=1 << 12)
def pinyin_of(name: str) -> tuple[str, str]:
    """The sound of a name and its initials: liming and lm for 李明; of other names the letters they have."""
    words = _syllables(name) if re.search(_CHINESE, name) else re.findall(r"\w+", name.casefold())
    return "".join(words), "".join(word[0] for word in words)


def similar_names(one: str, other: str) -> bool:
    """Whether two names may be one person's: equal when clean, in another order, one slip apart, or alike in sound.

    A slip is a letter or character more, less or other, in names of three or more. Raises BadText and MissingValue.
    """
    one, other = clean_name(one).casefold(), clean_name(other).casefold()
    if sorted(one.split()) == sorted(other.split()):
        return True
    if min(len(one), len(other)) >= 3 and _one_slip(one, other):
        return True
    return bool(re.search(_CHINESE, one + other)) and pinyin_of(one)[0] == pinyin_of(other)[0]


@cache
def _surnames() -> dict[str, list[str]]:
    return {
        name: sound.split(",") for name, _colon, sound in (word.partition(":") for word in _SURNAMES.split())
    }


def _syllables(name: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    surname = next((name[:length] for length in (2, 1) if name[:length] in _surnames()), "")
    rest = lazy_pinyin(name[len(surname) :], style=Style.NORMAL)
    return _surnames().get(surname, []) + [
        word for part in rest for word in re.findall(r"\w+", part.casefold())
    ]


def _one_slip(one: str, other: str) -> bool:
    start = 0
    for sign, other_sign in zip(one, other, strict=False):
        if sign != other_sign:
            break
        start += 1
    rest, other_rest = one[start:], other[start:]
    # One sign written otherwise, one too many, one too few: as in an edit distance of 1.
    return rest[1:] == other_rest[1:] or rest == other_rest[1:] or rest[1:] == other_rest
