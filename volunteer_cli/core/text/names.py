"""How names sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from volunteer_cli.core.text.cleaning import CHINESE

# Surnames that sound otherwise than the character usually does.
_SURNAMES = """
单:shan 曾:zeng 解:xie 仇:qiu 区:ou 朴:piao 查:zha 盖:ge 乐:yue 翟:zhai
缪:miao 牟:mu 覃:qin 召:shao 洗:xian 员:yun 黑:he 秘:bi 种:chong 祭:zhai 繁:po 折:she 那:na 车:che 隗:wei
能:nai 逄:pang 句:gou 谌:chen 宓:mi 幺:yao 藏:zang 盛:sheng 尉:wei 都:du 重:chong 薄:bo 柏:bai 晁:chao
尉迟:yu,chi 万俟:mo,qi 长孙:zhang,sun 澹台:tan,tai 单于:chan,yu
"""
_CHINESE = f"[{CHINESE}]"


#: As much of them is kept; nobody types more to find somebody.
_MOST_SOUND, _MOST_INITIALS = 400, 60
#: Characters of a name in which words are looked for one by one.
LONGEST = 8


@lru_cache(maxsize=1 << 12)
def pinyin_of(name: str) -> tuple[str, str]:
    """The sound of a name and its initials: liming and lm for 李明; of other names the letters they have."""
    words = _syllables(name) if re.search(_CHINESE, name) else re.findall(r"\w+", name.casefold())
    return "".join(words)[:_MOST_SOUND], "".join(word[0] for word in words)[:_MOST_INITIALS]


@cache
def _surnames() -> dict[str, list[str]]:
    return {
        name: sound.split(",") for name, _colon, sound in (word.partition(":") for word in _SURNAMES.split())
    }


def _syllables(name: str) -> list[str]:
    surname = next((name[:length] for length in (2, 1) if name[:length] in _surnames()), "")
    rest = _sounds(name[len(surname) :])
    return _surnames().get(surname, []) + [
        word for part in rest for word in re.findall(r"\w+", part.casefold())
    ]


def _sounds(text: str) -> Sequence[str]:
    """The syllables of a text: where no word of several characters is in it, those of its characters one by one."""
    from pypinyin.constants import PHRASES_DICT

    ends = range(2, len(text) + 1)
    words = (text[start:end] for end in ends for start in range(end - 1))
    # Parting a text into words takes seven times as long as looking whether there are any.
    if len(text) > LONGEST or any(word in PHRASES_DICT for word in words):
        return _parted(text)
    return [sound for character in text for sound in _sounds_of_one(character)]


@lru_cache(maxsize=1 << 13)
def _sounds_of_one(character: str) -> Sequence[str]:
    return _parted(character)


def _parted(text: str) -> Sequence[str]:
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.NORMAL)
