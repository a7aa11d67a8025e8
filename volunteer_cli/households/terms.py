"""The words of a household."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class Occupancy(StrEnum):
    """What a flat is used for (房屋性质); an empty one is a household too, for a sweep must prove it empty."""

    OWNER = "owner"
    TENANT = "tenant"
    SHARED = "shared"
    VACANT = "vacant"
    NOT_DWELLING = "not_dwelling"
    UNKNOWN = "unknown"


class StayKind(StrEnum):
    """How somebody belongs to a household: living there, or only registered there (人户分离)."""

    # Whoever has two flats is registered in one of them and the other is empty, so the sample census of
    # 2015 answers enumerators; lists of who is to be reached go by where people live.

    LIVES = "lives"
    REGISTERED = "registered"


class Relation(StrEnum):
    """What somebody is to the head of the household (与户主关系)."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


# 勿扰: what holds for calls need not hold for the door, where the same family may well open.
class BlockMethod(StrEnum):
    """By which way a household or a person does not want to be contacted."""

    CALL = "call"
    DOOR = "door"


class Settlement(StrEnum):
    """What became of a gift that was held."""

    # There is no "kept": taking gifts of a party removes even a mediator (人民调解法, article 15).

    RETURNED = "returned"
    HANDED_IN = "handed_in"


OCCUPANCIES: dict[str, str] = {
    Occupancy.OWNER: N_("owner"),
    Occupancy.TENANT: N_("tenant"),
    Occupancy.SHARED: N_("shared"),
    Occupancy.VACANT: N_("vacant"),
    Occupancy.NOT_DWELLING: N_("not a dwelling"),
    Occupancy.UNKNOWN: N_("unknown"),
}
STAYS: dict[str, str] = {StayKind.LIVES: N_("lives here"), StayKind.REGISTERED: N_("registered here")}
BLOCK_METHODS: dict[str, str] = {
    BlockMethod.CALL: NC_("block", "call"),
    BlockMethod.DOOR: NC_("block", "door"),
}
RELATIONS: dict[str, str] = {
    Relation.HEAD: N_("head"),
    Relation.SPOUSE: N_("spouse"),
    Relation.CHILD: N_("child"),
    Relation.PARENT: N_("parent"),
    Relation.OTHER: N_("other relation"),
}
GIFT_STATUSES: dict[str, str] = {
    "declined": N_("declined"),
    "held": N_("held"),
    Settlement.RETURNED: N_("returned"),
    Settlement.HANDED_IN: N_("handed in"),
}
HOUSEHOLD_STATUSES: dict[str, str] = {"active": N_("active"), "archived": N_("archived")}
#: What base lists (户主底册) write for them.
OCCUPANCY_WORDS: dict[str, tuple[str, ...]] = {
    Occupancy.OWNER: ("自住", "自有", "自有住房", "业主", "常住"),
    Occupancy.TENANT: ("出租", "租住", "租赁", "租户", "租房", "整租"),
    Occupancy.SHARED: ("群租", "合租"),
    Occupancy.VACANT: ("空置", "空户", "空房", "无人居住", "空关"),
    Occupancy.NOT_DWELLING: ("非住宅", "商用", "门面", "商铺", "门市", "办公", "仓库", "店铺"),
    Occupancy.UNKNOWN: ("不详", "未知", "不清楚"),
}
RELATION_WORDS: dict[str, tuple[str, ...]] = {
    Relation.HEAD: ("户主", "本人", "户主本人"),
    Relation.SPOUSE: ("配偶", "妻", "妻子", "夫", "丈夫", "爱人", "老伴"),
    Relation.CHILD: ("子", "女", "儿子", "女儿", "长子", "次子", "三子", "长女", "次女", "三女", "子女", "独生子", "独生女"),
    Relation.PARENT: ("父", "母", "父亲", "母亲", "父母", "岳父", "岳母", "公公", "婆婆"),
    Relation.OTHER: (
        "其他", "其他关系", "孙子", "孙女", "外孙", "外孙女", "孙", "祖父", "祖母", "爷爷", "奶奶", "外公", "外婆",
        "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "儿媳", "女婿", "侄子", "侄女", "保姆", "租客", "亲属", "非亲属",
    ),
}  # fmt: skip


def cadence(text: str) -> dict[str, int]:
    """Days between visits by tag, from `elder_alone=7,empty_nest=30`."""
    # A comma is often the full-width one, which Chinese keyboards write between two words.
    pairs = (part.split("=") for part in text.replace("，", ",").split(",") if part.strip())
    days = {tag.strip(): whole_number(number) for tag, number in pairs}
    if not all(tag and number for tag, number in days.items()):
        raise ValueError(text)
    return days


# 十部门《关于开展特殊困难老年人探访关爱服务的指导意见》 (ten ministries, October 2022) asks for a visit a month;
# a week for the very old alone is what districts practise.
VISIT_CADENCE = Policy(
    "visit_cadence",
    N_("Households with these tags are visited every so many days"),
    "elder_alone=7,empty_nest=30,disability=30,child_hardship=30,tekun=30,dibao=90,youfu=90",
    cadence,
    N_("tags with days, like elder_alone=7,empty_nest=30"),
    dated=True,
    # The others name what Chinese law grants: 特困, 低保, 优抚.
    abroad="elder_alone=7,empty_nest=30,disability=30,child_hardship=30",
)
# 中办发〔1995〕7号: a gift that could not be refused is registered within one month and handed in.
GIFT_DAYS = Policy(
    "gift_days",
    N_("A gift that was held is returned or handed in within so many days"),
    "30",
    whole_number,
    N_("whole days"),
)
POLICIES = (VISIT_CADENCE, GIFT_DAYS)
