"""How names sound."""

from __future__ import annotations

import re
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
    from pypinyin import Style, lazy_pinyin

    surname = next((name[:length] for length in (2, 1) if name[:length] in _surnames()), "")
    rest = lazy_pinyin(name[len(surname) :], style=Style.NORMAL)
    return _surnames().get(surname, []) + [
        word for part in rest for word in re.findall(r"\w+", part.casefold())
    ]
