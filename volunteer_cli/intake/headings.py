"""Headings as people write them, and which field each column is.

Compared are normal forms: NFKC, small letters, no spaces, signs or bracketed remarks, traditional
characters of headings as simplified ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import _

if TYPE_CHECKING:
    from volunteer_cli.intake.sheet import Field

#: What stands in brackets, of any width; the closing one is often forgotten.
REMARK = re.compile(r"[(（\[【〔<《{]([^)）\]】〕>》}]*)[)）\]】〕>》}]?")
SIGNS = re.compile(r"[\W_]+")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z0-9]+")
PARTS = re.compile(r"[/|\n\r]+")
TRADITIONAL = str.maketrans(
    "別證號碼電話機聯絡繫時間備註說屬隊務動題項稱點數單類開結簽離崗長內齡編報額質規購與會員職責導樓棟門區網專業總計種贈捐參經辦審價值態級團體國際黨員歲處蔵領問記錄終應從製覈負據",
    "别证号码电话机联络系时间备注说属队务动题项称点数单类开结签离岗长内龄编报额质规购与会员职责导楼栋门区网专业总计种赠捐参经办审价值态级团体国际党员岁处藏领问记录终应从制核负据",
)
#: Headings of a column that only counts the rows, and of one that may.
ROW_NUMBER = frozenset({"序号", "序", "行号", "no", "nr", "number", "row", "serialno", "sn", "项次"})
MAYBE_ROW_NUMBER = frozenset({"编号", "号", "id", ""})
#: What tells headings apart that are otherwise the same: 上午签到 and 下午签到.
PART_OF_DAY = re.compile(
    r"^(上午|中午|下午|晚上|晚间|早上|morning|afternoon|evening|第?[一二三四五六1-9][次场节天])(?=\D)"
)
#: The parts of a day as headings by themselves.
PARTS_OF_DAY = frozenset(
    (
        "上午",
        "中午",
        "下午",
        "晚上",
        "晚间",
        "早上",
        "傍晚",
        "morning",
        "noon",
        "afternoon",
        "evening",
        "am",
        "pm",
    )
)
#: The days of the week above or below those of a month.
WEEKDAY = re.compile(
    "(?:星期|周|礼拜)?[一二三四五六日天]|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:[a-z]*day)?|[mtwfs]",
    re.IGNORECASE,
)
#: A day with its month, which stands before or behind a heading, in brackets, or alone.
DAY = r"(?:(?:19|20)?\d\d\s*[年./-]\s*)?\d{1,2}\s*(?:月\s*\d{1,2}\s*[日号]?|[./-]\s*\d{1,2}\s*[日号]?)|\d{1,2}\s*[日号]"
#: A length with its unit, which a column a day has in its cells.
LENGTH = re.compile(r"\s*\d+(?:\.\d+)?\s*(?:个?小时|分钟|h|hrs?|hours?|mins?|minutes?)\s*", re.IGNORECASE)
#: How a questionnaire asks: 1、您的姓名：, 3.请填写您的联系电话.
QUESTION = re.compile(
    r"^\d*(?:请(?:填写|选择|输入|问)?)?(?:您|你)?(?:所在|居住)?的?|(?:是什么|是多少|是哪.{0,3}|是)$"
)
#: Groups whose columns are about somebody else than the row.
OTHERS = re.compile(
    "监护|家长|紧急|家属|父|母|配偶|子女|推荐|介绍|审核|guardian|emergency|parent|nextofkin|spouse"
)
#: What a group of columns is called behind whom it tells of: 监护人信息 over 姓名 is 监护人姓名.
OF_GROUP = re.compile("(?:基本)?(?:信息|情况|资料|details|information)$")
#: Columns that our own rejects file adds; read back, they are passed over.
OURS = ("import_row", "import_column", "import_reason", "import_message")
#: Headings of columns in which people sign.
SIGNATURES = frozenset(
    {"签名", "签字", "本人签名", "本人签字", "签到", "签到签名", "签名确认", "signature", "signed"}
)
#: Columns of the rosters that we print: they are read by people, or signed, and bring nothing back.
PRINTED = frozenset(
    {
        "phoneendsin",
        "手机尾号",
        "signature",
        "签名",
        "签字",
        "本人签字",
        "本人签名",
        "shift",
        "班次",
    }
)


@lru_cache(maxsize=1 << 14)
def normal(text: str) -> str:
    """The form in which headings are compared."""
    # Of Chinese characters alone, as nearly all names are, nothing is to be taken off.
    if CHINESE.fullmatch(text):
        return text.translate(TRADITIONAL)
    bare = REMARK.sub("", unicodedata.normalize("NFKC", text))
    return SIGNS.sub("", bare).casefold().translate(TRADITIONAL)


def remark_of(text: str) -> str:
    """What stands in brackets in a heading: 分钟 in 时长（分钟）."""
    return " ".join(REMARK.findall(unicodedata.normalize("NFKC", text))).strip()


def is_part_of_day(text: str) -> bool:
    """Whether a heading says no more than a part of the day."""
    return normal(text) in PARTS_OF_DAY


def forms(text: str) -> Iterator[str]:
    """The normal forms by which a heading may be known: with its remark, whole, without a count or number, in each language."""
    whole = normal(text)
    if LENGTH.fullmatch(text):
        yield whole  # A value: 小时 is a heading, and 2小时 is none.
        return
    # With its remark a heading may mean something else: 服务时间（小时） is no day.
    yield SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(TRADITIONAL)
    yield whole
    yield whole.strip("0123456789")
    yield PART_OF_DAY.sub("", whole).strip("0123456789")
    yield QUESTION.sub("", whole)
    plain = REMARK.sub("", unicodedata.normalize("NFKC", text))
    yield from (normal(part) for part in PARTS.split(plain))
    yield from _languages(whole)
    yield from _translation(text, whole)


def _translation(text: str, whole: str) -> Iterator[str]:
    """A translation in brackets: Name (姓名). Other remarks are no headings: 负责人（姓名）."""
    remark = normal(remark_of(text))
    if whole.isascii() != remark.isascii() and not whole.isdecimal():
        yield remark


def _languages(whole: str) -> Iterator[str]:
    chinese, latin = ("".join(pattern.findall(whole)) for pattern in (CHINESE, LATIN))
    # Two letters are an addition that changes the meaning (志愿者ID), not a translation.
    if chinese and len(latin) > 2:
        yield from (chinese, latin)


@dataclass(frozen=True)
class Heading:
    """The heading of one column: its lowest text, and the groups above it from the top."""

    index: int
    text: str
    groups: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """What stands in brackets in it, or else in the nearest group."""
        remarks = map(remark_of, (self.text, *reversed(self.groups)))
        return next(filter(None, remarks), "")

    def forms(self) -> Iterator[str]:
        """How it may be known: by itself, then together with its groups (时间 over 开始)."""
        for group in reversed(self.groups):
            yield normal(group + self.text)
            yield normal(self.text + group)
            yield OF_GROUP.sub("", normal(group)) + normal(self.text)
        if not any(OTHERS.search(normal(group)) for group in self.groups):
            yield from forms(self.text)


@dataclass(frozen=True)
class Vocabulary:
    """The fields of a kind by the normal forms of their headings."""

    fields: dict[str, Field] = field(default_factory=dict)
    _found: dict[tuple[str, tuple[str, ...]], Field | None] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, fields: Iterable[Field]) -> Vocabulary:
        """The vocabulary of these fields; the first that claims a heading has it."""
        known: dict[str, Field] = {}
        for each in fields:
            for heading in (each.name, _(each.title), each.title, *each.headings):
                known.setdefault(normal(heading), each)
        return cls(known)

    def field_of(self, heading: Heading) -> Field | None:
        """The field that a heading means, or None."""
        key = (heading.text, heading.groups)
        if key not in self._found:
            found = (self.fields[form] for form in heading.forms() if form in self.fields)
            self._found[key] = next(found, None)
        return self._found[key]

    def knows(self, heading: Heading) -> bool:
        """Whether a heading is a field's, or a row number's."""
        return self.field_of(heading) is not None or normal(heading.text) in ROW_NUMBER

    def recognised(self, headings: Sequence[Heading]) -> int:
        """How many headings are known; the same under the same group, and row numbers, count once.

        Those about somebody else (监护人 over 姓名) count too: they are headings all the same.
        """
        known = {
            (heading.groups, found.name)
            for heading in headings
            if (found := self.field_of(heading) or self.field_of(Heading(heading.index, heading.text)))
        }
        return len(known) + any(normal(heading.text) in ROW_NUMBER for heading in headings)
