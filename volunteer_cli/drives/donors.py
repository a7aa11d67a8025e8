"""What the cell of a donor says: nobody to name, a person, an organization, or what only the office knows."""

from __future__ import annotations

import re
from enum import StrEnum

from volunteer_cli.core.text import clean_name, kept
from volunteer_cli.intake.addresses import CALLED_SO, without_courtesy
from volunteer_cli.intake.names import SEPARATORS, is_none, looks_like_person, remark_free


class DonorKind(StrEnum):
    """What a donor is by the name."""

    NOBODY = "nobody"
    PERSON = "person"
    ORGANIZATION = "organization"
    UNCLEAR = "unclear"


class DonorName(str):
    """A donor's name as it is looked for, what the donor is, and the name as it was written."""

    __slots__ = ("kind", "written")
    kind: DonorKind
    written: str


#: Firms and brands that begin with a family name and are as long as one person's name; nobody knows them all.
BRANDS = frozenset(
    {
        "全聚德", "王老吉", "周黑鸭", "金龙鱼", "张裕", "方太", "白象", "李宁", "安踏", "万科", "万达", "华润", "华为", "金利来", "金六福", "白猫",
        "周大福", "周大生", "周六福", "谢瑞麟", "六福", "谭木匠", "王致和", "张小泉", "马应龙", "雷允上", "康恩贝", "康师傅", "白云山", "古井贡",
        "安利", "安吉尔", "华联", "华帝", "万和", "万家乐", "乐百氏", "金锣", "金嗓子", "沙宣", "黄鹤楼", "柯达",
        "麦当劳", "麦德龙", "罗西尼", "高露洁", "江铃", "江小白", "徐福记", "马可波罗", "龙湖",
        "海底捞", "顾家", "贺利氏", "陈克明", "史丹利", "方回春堂", "胡庆余堂", "童涵春堂", "盛大", "盼盼", "齐鲁", "鲁花", "鲁商", "路劲", "温氏", "蓝月亮",
        "雷士", "雷柏", "毛戈平", "陶陶居", "于小菓", "胡姬花", "吉利", "乐购", "乐天",
    }
)  # fmt: skip
#: Words for nobody in particular, wherever they stand; and at the end, where no name follows.
NAMELESS = re.compile(
    "匿名|无名氏|無名氏|不愿留名|不願留名|未留名|未留姓名|不留名|不愿透露|不愿具名|佚名|好心人$|热心人$|爱心人$|有心人$|过路人|路人$|"
    "(?:爱心|热心|好心|社会|各界)(?:人士|市民|居民|群众|网友|村民|业主|邻居)|"
    "anonym|unknown|well-?wisher|good samaritan|^(?:an?|some|kind) (?:friend|neighbou?r|resident|citizen|person)s?$|^residents?$",
    re.IGNORECASE,
)
DWELLERS = re.compile(
    r"(?:号楼|栋|幢|单元|室|小区|社区|村|网格|街道|\d)的?(?:居民|业主|住户|群众|村民|市民|邻居)$|^(?:一位|某位?|\d+名|几位|数名|部分)?(?:居民|市民|业主|住户|群众|村民|网友|邻居)$"
)
#: What the name of an organization ends with; the short endings need a name of four characters.
ENDINGS = (
    "公司", "集团", "中学", "小学", "大学", "学校", "学院", "幼儿园", "协会", "商会", "学会", "基金会", "委员会", "居委会", "联合会",
    "社区", "街道", "办事处", "中心", "医院", "银行", "超市", "商店", "商行", "合作社", "工作室", "支部", "服务队", "志愿队",
    "党委", "物业", "政府", "书店", "酒店", "饭店", "药店", "俱乐部", "派出所", "事务所",
    "工会", "学生会", "红十字会", "慈善总会", "村委会", "业委会", "家委会", "妇联", "团委",
    "支行", "分行", "储蓄所", "党总支", "总支", "党支部", "药房", "诊所", "卫生室", "卫生院", "联盟", "合唱团", "艺术团", "舞蹈队", "车队", "乐队",
    "工作站", "服务站", "营业部", "项目部", "门市部", "商贸", "餐厅", "茶楼", "宾馆", "支教团", "志愿者协会", "促进会", "同乡会", "联谊会", "研究所",
    "研究院", "养老院", "福利院", "图书馆", "博物馆", "电影院", "健身房", "理发店", "面馆", "花店",
)  # fmt: skip
SHORT_ENDINGS = tuple("局厅部处所站院馆会店厂团队社班行")
LAST_WORDS = frozenset(
    {
        "company", "co", "ltd", "llc", "inc", "corp", "corporation", "gmbh", "school", "college", "university", "institute",
        "association", "foundation", "society", "committee", "council", "union", "trust", "club", "group", "team", "church",
        "bank", "hospital", "library", "shop", "store", "center", "centre", "pharmacy", "bakery", "choir", "alliance", "supermarket",
    }
)  # fmt: skip
#: Couples, families and groups, and forms of address: people, but not the name of one.
NOT_ONE = re.compile(
    "夫妇|夫妻|伉俪|一家|全家|家庭|家人|父子|父女|母子|母女|兄弟|姐妹|姊妹|爷孙|祖孙|等|们|全体|集体|师生|同学|同事|战友|小组|"
    rf"{CALLED_SO}|居民|业主|党员|志愿者|"
    r"\band\b|&|family|couple|brothers|sisters|colleagues|students|neighbou?rs|\bet al",
    re.IGNORECASE,
)
PREFIX = re.compile(r"^\s*(person|个人|organi[sz]ation|单位|组织|机构)\s*[:：]\s*(?=\S)", re.IGNORECASE)
REMARK = re.compile(r"[(\[【].*[)\]】]$")


def donor_of(text: str) -> DonorName:
    """The donor whom a cell names; an empty name when there is nobody to name.

    Raises:
        BadText: it has characters that must not be stored.
        MissingValue: nothing is left of it.
    """
    # The colon may be a full-width one, and the name is kept as it was written.
    if prefix := PREFIX.match(text):
        kind = DonorKind.PERSON if prefix[1].casefold() in ("person", "个人") else DonorKind.ORGANIZATION
        return _named(clean_name(text[prefix.end() :]), kind, text[prefix.end() :])
    kind = kind_of(clean_name(text))
    # An anonymous gift still has a slip, and the slip nobody.
    if kind is DonorKind.NOBODY:
        return _named("", kind, text)
    return _named(clean_name(remark_free(text) if kind is DonorKind.PERSON else text), kind, text)


def _named(name: str, kind: DonorKind, text: str) -> DonorName:
    donor = DonorName(name)
    donor.kind, donor.written = kind, kept(text)
    return donor


def kind_of(name: str) -> DonorKind:
    """What a donor is by the name: a person only where it looks like one, an organization by its ending."""
    bare = without_courtesy(REMARK.sub("", name).strip())
    if NAMELESS.search(name) or DWELLERS.search(bare):
        return DonorKind.NOBODY
    if NOT_ONE.search(bare) or SEPARATORS.search(bare):
        return DonorKind.UNCLEAR
    if is_organization(name):
        return DonorKind.ORGANIZATION
    return DonorKind.PERSON if _is_person(bare) else DonorKind.UNCLEAR


def is_organization(name: str) -> bool:
    """Whether a name ends as those of organizations do; a remark in brackets may follow."""
    name = REMARK.sub("", name).strip()
    if name.isascii():
        return bool(LAST_WORDS.intersection(name.casefold().replace(".", "").split()[-1:]))
    return name.endswith(ENDINGS) or (len(name) >= 4 and "·" not in name and name.endswith(SHORT_ENDINGS))


def _is_person(name: str) -> bool:
    """Whether a name is a person's: a family name and the usual length, or two to four capitalized words."""
    if name in BRANDS:
        return False
    if looks_like_person(name):
        return True
    words = name.split()
    latin = all(word[0].isalpha() and word[0] < "\u0250" for word in words)
    return latin and 2 <= len(words) <= 4 and not is_none(name) and all(word[:1].isupper() for word in words)
