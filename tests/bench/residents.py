"""Lists of people some of whom were typed twice, and differently: what finding duplicates is measured by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

FAMILY_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
GIVEN_SIGNS = (
    "明国建文华小志军平海林春生永德红玉英秀梅兰芳丽霞云桂凤珍燕玲雪琴娟艳敏静洁慧倩莹晓佳欣怡雨晨思梦"
    "宇浩轩涛强伟刚勇杰峰磊鹏飞辉斌超龙波亮东胜利成光新民忠义仁诚信安康宁福寿喜庆荣贵清泉江河山川松柏竹"
    "菊莲荷桃杏青蓝紫丹彤彦颖颜瑞祥和睦温良恭俭让礼乐诗书画棋学智远达通旭阳星辰月天地风"
)
#: Signs that are taken for each other by whoever copies a list from paper.
LOOKALIKES = {
    "王": "玉", "玉": "王", "刘": "刻", "陈": "阵", "朱": "未", "林": "材", "何": "河", "余": "佘", "明": "朋", "国": "囯",
    "建": "健", "文": "交", "华": "毕", "军": "车", "平": "乎", "海": "梅", "梅": "海", "永": "水", "秀": "季", "丽": "两",
    "云": "去", "桂": "柱", "玲": "冷", "雪": "雷", "宇": "字", "伟": "伪", "刚": "钢", "勇": "男", "涛": "铸", "斌": "赋",
    "龙": "尤", "波": "彼", "亮": "亭", "东": "车", "光": "先", "新": "斩", "民": "氏", "忠": "志", "志": "忠", "仁": "伫",
    "信": "倍", "宁": "字", "荣": "荥", "贵": "责", "清": "请", "泉": "泵", "江": "汪", "松": "枚", "竹": "什", "青": "胄",
    "丹": "舟", "和": "知", "良": "食", "礼": "札", "书": "韦", "学": "字", "远": "还", "旭": "旮", "月": "用", "天": "夭",
}  # fmt: skip
TYPED = ("姓名", "性别", "出生日期", "电话", "楼栋", "单元", "房号")


@dataclass(frozen=True)
class Resident:
    """One row of a list of residents, as somebody typed it."""

    name: str
    sex: str
    birth: str
    phone: str
    building: str
    unit: str
    room: str


def typed_twice(people: int, copies: int, seed: int = 13) -> tuple[list[Resident], set[tuple[int, int]]]:
    """Residents in their families and behind them disturbed copies of some, and the places of each pair.

    Among the people are twins, namesakes, and families that share a phone.
    """
    chance = Random(seed)
    residents = _families(chance, people)
    ways = _disturbances()
    pairs: set[tuple[int, int]] = set()
    for place in chance.sample(range(people), copies):
        disturb = ways[len(pairs) % len(ways)]
        while (copy := disturb(chance, residents[place])) is None:
            disturb = chance.choice(ways)
        pairs.add((place, len(residents)))
        residents.append(_worn(chance, copy))
    return residents, pairs


def _worn(chance: Random, copy: Resident) -> Resident:
    """A copy that lacks something now and then, as lists do."""
    lacking = chance.random()
    if lacking < 0.08:
        return replace(copy, phone="")
    return replace(copy, birth="") if lacking < 0.12 else copy


def _families(chance: Random, people: int) -> list[Resident]:
    """So many residents, flat by flat."""
    residents: list[Resident] = []
    for door in range(people):
        flat = (str(door // 300 + 1), str(door // 75 % 4 + 1), f"{door % 25 + 1}0{door // 25 % 3 + 1}")
        residents += _family(chance, flat)
        if len(residents) >= people:
            break
    return residents[:people]


def _family(chance: Random, flat: tuple[str, str, str]) -> Iterator[Resident]:
    surname, mothers = (_frequent(chance, FAMILY_NAMES) for _ in range(2))
    phone, year = _phone(chance), chance.randint(1938, 1995)
    yield Resident(surname + _given(chance), "男", _birth(chance, year), phone, *flat)
    if chance.random() < 0.8:
        own = phone if chance.random() < 0.25 else _phone(chance)
        yield Resident(mothers + _given(chance), "女", _birth(chance, year + 1), own, *flat)
    for _child in range(chance.choice((0, 0, 1, 1, 2))):
        child = Resident(
            surname + _given(chance), chance.choice("男女"), _birth(chance, year + 27), phone, *flat
        )
        yield child
        if chance.random() < 0.04:
            twin = child.name[:-1] + chance.choice([sign for sign in GIVEN_SIGNS if sign not in child.name])
            yield replace(child, name=twin)


def _frequent(chance: Random, signs: str) -> str:
    """One of the signs, the first of them most often."""
    return signs[min(int(chance.paretovariate(0.6) * 2) - 2, len(signs) - 1)]


def _given(chance: Random) -> str:
    return "".join(chance.choices(GIVEN_SIGNS, k=1 if chance.random() < 0.2 else 2))


def _phone(chance: Random) -> str:
    return f"1{chance.randint(3_000_000_000, 9_999_999_999)}"


def _birth(chance: Random, year: int) -> str:
    day = date(year, 1, 1) + timedelta(days=chance.randint(0, 364))
    return "" if chance.random() < 0.05 else day.isoformat()


def _disturbances() -> tuple[Callable[[Random, Resident], Resident | None], ...]:
    return (
        _sign_other, _sign_missing, _signs_swapped, _homophone, _lookalike, _parts_swapped, _traditional, _nickname,
        _day_month_swapped, _birth_digit, _phone_digit, _phone_swapped, _other_phone,
    )  # fmt: skip


def _renamed(resident: Resident, name: str) -> Resident | None:
    return replace(resident, name=name) if name != resident.name else None


def _sign_other(chance: Random, resident: Resident) -> Resident | None:
    place = chance.randrange(len(resident.name))
    signs = FAMILY_NAMES if place == 0 else GIVEN_SIGNS
    name = resident.name[:place] + chance.choice(signs) + resident.name[place + 1 :]
    return _renamed(resident, name) if len(name) > 2 else None


def _sign_missing(chance: Random, resident: Resident) -> Resident | None:
    place = chance.randrange(1, 3)
    return (
        _renamed(resident, resident.name[:place] + resident.name[place + 1 :])
        if len(resident.name) > 2
        else None
    )


def _signs_swapped(_chance: Random, resident: Resident) -> Resident | None:
    name = resident.name
    return _renamed(resident, name[0] + name[2] + name[1]) if len(name) > 2 else None


def _homophone(chance: Random, resident: Resident) -> Resident | None:
    place = chance.randrange(len(resident.name))
    sign = chance.choice(_sounding_alike().get(resident.name[place], resident.name[place]))
    return _renamed(resident, resident.name[:place] + sign + resident.name[place + 1 :])


@cache
def _sounding_alike() -> dict[str, list[str]]:
    """By sign, others that sound the same."""
    from pypinyin import lazy_pinyin

    # The first level of GB 2312: the 3,755 signs that a keyboard offers first.
    signs = bytes(
        byte
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF if high < 0xD7 else 0xFA)
        for byte in (high, low)
    ).decode("gb2312")
    by_sound: dict[str, list[str]] = {}
    for sign in signs:
        by_sound.setdefault(lazy_pinyin(sign)[0], []).append(sign)
    return {
        sign: [other for other in group if other != sign] for group in by_sound.values() for sign in group
    }


def _lookalike(_chance: Random, resident: Resident) -> Resident | None:
    places = [place for place, sign in enumerate(resident.name) if sign in LOOKALIKES]
    if not places:
        return None
    place = places[-1]
    name = resident.name[:place] + LOOKALIKES[resident.name[place]] + resident.name[place + 1 :]
    return _renamed(resident, name)


def _parts_swapped(_chance: Random, resident: Resident) -> Resident | None:
    return _renamed(resident, resident.name[1:] + resident.name[0])


def _traditional(_chance: Random, resident: Resident) -> Resident | None:
    return _renamed(resident, str(_to_traditional().convert(resident.name)))


@cache
def _to_traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def _nickname(chance: Random, resident: Resident) -> Resident | None:
    name = resident.name
    return _renamed(
        resident,
        chance.choice(
            (f"小{name[-1]}", f"阿{name[-1]}", f"老{name[0]}", name[-1] * 2, name[1:].rjust(2, "小"))
        ),
    )


def _day_month_swapped(_chance: Random, resident: Resident) -> Resident | None:
    year, _dash, rest = resident.birth.partition("-")
    month, _dash, day = rest.partition("-")
    if not day or day == month or int(day) > 12:
        return None
    return replace(resident, birth=f"{year}-{day}-{month}")


def _birth_digit(chance: Random, resident: Resident) -> Resident | None:
    if not resident.birth:
        return None
    place = chance.choice((2, 3, 6, 9))
    birth = _other_digit(chance, resident.birth, place)
    try:
        return replace(resident, birth=birth) if date.fromisoformat(birth).year < 2027 else None
    except ValueError:
        return None


def _other_digit(chance: Random, digits: str, place: int) -> str:
    digit = chance.choice([each for each in "0123456789" if each != digits[place]])
    return digits[:place] + digit + digits[place + 1 :]


def _phone_digit(chance: Random, resident: Resident) -> Resident | None:
    return replace(resident, phone=_other_digit(chance, resident.phone, chance.randrange(2, 11)))


def _phone_swapped(chance: Random, resident: Resident) -> Resident | None:
    place = chance.randrange(2, 10)
    digits = resident.phone
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    return replace(resident, phone=swapped) if swapped != digits else None


def _other_phone(chance: Random, resident: Resident) -> Resident | None:
    return replace(resident, phone=_phone(chance))
