"""How names sound."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from operator import add

from volunteer_cli.core.text.cleaning import CHINESE

# Surnames that sound otherwise than the character usually does.
_SURNAMES = """
单:shan 曾:zeng 解:xie 仇:qiu 区:ou 朴:piao 查:zha 盖:ge 乐:yue 翟:zhai
缪:miao 牟:mu 覃:qin 召:shao 洗:xian 员:yun 黑:he 秘:bi 种:chong 祭:zhai 繁:po 折:she 那:na 车:che 隗:wei
能:nai 逄:pang 句:gou 谌:chen 宓:mi 幺:yao 藏:zang 盛:sheng 尉:wei 都:du 重:chong 薄:bo 柏:bai 晁:chao
尉迟:yu,chi 万俟:mo,qi 长孙:zhang,sun 澹台:tan,tai 单于:chan,yu
"""
_CHINESE = re.compile(f"[{CHINESE}]")
_WORD = re.compile(r"\w+")


#: As much of them is kept; nobody types more to find somebody.
_MOST_SOUND, _MOST_INITIALS = 400, 60
#: Characters of a name in which words are looked for one by one.
LONGEST = 8


@lru_cache(maxsize=1 << 12)
def pinyin_of(name: str) -> tuple[str, str]:
    """The sound of a name and its initials: liming and lm for 李明; of other names the letters they have."""
    words = _syllables(name) if _CHINESE.search(name) else _words(name)
    return "".join(words)[:_MOST_SOUND], "".join([word[0] for word in words])[:_MOST_INITIALS]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


@cache
def _surnames() -> dict[str, list[str]]:
    return {
        name: sound.split(",") for name, _colon, sound in (word.partition(":") for word in _SURNAMES.split())
    }


def _syllables(name: str) -> list[str]:
    surnames = _surnames()
    for length in (2, 1):
        if surname := surnames.get(name[:length]):
            return surname + _sounds(name[length:])
    return _sounds(name)


def _sounds(text: str) -> list[str]:
    """The syllables of a text: where no word of several characters is in it, those of its characters one by one."""
    words = _words_of(text) if len(text) > LONGEST or _has_words(text) else text
    return [sound for word in words for sound in _sounds_of(word)]


def _has_words(text: str) -> bool:
    """Whether a word of several characters is in a text; few names have even two that begin one."""
    beginnings = _beginnings()
    if beginnings.isdisjoint(map(add, text, text[1:])):
        return False
    words, last = _dictionary(), len(text)
    starts = (start for start in range(last - 1) if text[start : start + 2] in beginnings)
    return any(text[start:end] in words for start in starts for end in range(start + 2, last + 1))


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of all words of several characters."""
    return frozenset(word[:2] for word in _dictionary())


@cache
def _dictionary() -> Mapping[str, object]:
    """The words of several characters, which sound otherwise than their characters may."""
    from pypinyin.constants import PHRASES_DICT

    return PHRASES_DICT


def _words_of(text: str) -> Sequence[str]:
    from pypinyin.seg.simpleseg import seg

    words: list[str] = seg(text)
    return words


@lru_cache(maxsize=1 << 13)
def _sounds_of(word: str) -> Sequence[str]:
    """The syllables of a word or a character: looked up once, for the same come in name after name."""
    from pypinyin import Style, lazy_pinyin

    return tuple(sound for part in lazy_pinyin(word, style=Style.NORMAL) for sound in _words(part))
