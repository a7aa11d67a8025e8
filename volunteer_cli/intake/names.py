"""Whether a cell holds the name of one person: what is counted, marked or bracketed, and what is none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.text import clean_name
from volunteer_cli.intake.addresses import (
    CALLED_SO,
    COMPOUND,
    SURNAMES,
    is_called,
    is_called_in_english,
    without_courtesy,
)

BRACKETED = re.compile(r"[(\[【〔{<《]([^)\]】〕}>》]*)[)\]】〕}>》]?")
#: Signs that office lists put beside names: party members, team leaders, those who came.
MARKS = '★☆*●○◎◆◇■□▲△▼▽※√✓✔✗×#·•“”「」『』"'
COUNTING = re.compile(r"^\d{1,3}\s*[.、．,:：)）\-]*\s*(?=[^\W\d])")
SEPARATORS = re.compile(
    r"[、,，;；/／\\|+&＋\n\r┋]|\s(?:and|und|et)\s|(?<=[\u3400-\u9fff]{2})\s*[-–—~]+\s*(?=[\u3400-\u9fff]{2})",
    re.IGNORECASE,
)
#: What may part the names of several people in a cell.
PARTED = re.compile(rf"{SEPARATORS.pattern}|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", re.IGNORECASE)
#: What somebody wrote in brackets beside a name that is not to count, or of more people than the name.
ABSENT = re.compile(
    r"取消|作废|请假|缺席|缺勤|未到|没来|未参加|不参加|cancell?ed|absent|no[- ]show|^[+＋]\s*\d|^等",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[。!！?？:：=@]")
#: A full stop behind a Chinese name, and a sex beside one.
STOP = re.compile(r"(?<=[\u3400-\u9fff])[.。]$")
SEX = frozenset("男女")
CHINESE_ONLY = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
#: Words that stand in a column of names and are none: places, groups, labels and remarks.
NO_PERSON = re.compile(
    "号楼|单元|网格|组|队|小区|社区|街道|居委|村委|业委|公司|集团|中心|支部|党委|学校|大学|中学|小学|幼儿园|医院|协会|委员会|"
    "空白|无正文|合计|总计|小计|共计|名单|填表|制表|审核|说明|备注|示例|样例|范例|例如|签名|签字|盖章|负责人|联系人|志愿者|党员|群众|"
    "居民|业主|住户|物业|单位|姓名|日期|必填|选填|请填|其他人员|测试|某|夫妇|夫妻|伉俪|一家|全家|家属|父子|父女|母子|母女|兄弟|姐妹|"
    # What a list of flats has where nobody is named.
    "空户|空房|空置|租户|租客|房客|出租|无人居住|商铺|门面|车库|仓库|闲置|待售|^无人$|^未入住$|^无户主$|"
    # What somebody is to a person who is named, whose own name nobody wrote.
    ".(?:妻子|丈夫|爱人|老伴|老婆|老公|媳妇|母亲|父亲|妈妈|爸爸|儿子|女儿|孙子|孙女|女婿|儿媳|家人|亲戚|朋友|同学|同事|邻居|保姆|监护人)$|"
    # An office, a shift, a state of the list: alone in a cell, for as parts of names they are common.
    "^(?:各|副|正|原)*(?:楼栋|楼|栋|片|巷|户|层)长$|^(?:副|正|原)?社长$|^(?:干事|门卫|保安|保洁|值班|代班|替班)$|"
    "^(?:早|中|晚|夜|白|日)班$|^(?:上午|下午|晚上|全天|半天|轮休|调休|休息)$|"
    "^(?:新增|新加|退出|已退|退队|离开|变更|注销|撤销|取消|请假|缺席|缺岗|空岗|空缺|暂缺|待补|待填|待核|候补|替补|机动|临时)$|"
    "^(?:无名氏|佚名|匿名|本人|代签|补签|全体|全部|大家|各位|所有人|若干|其他|其它|其余)$|"
    # What became of somebody, written behind the name; several more of whom one is named; whose relative somebody is.
    "(?:搬走|搬离|迁走|迁出|已故|去世|病故|请假|外出|离职|退出|退队|未到|缺席|缺勤|等)$|..之[母父子女妻夫]$|"
    # What a template says of the cells below, and what else stands over columns of people.
    "身份证|户口|手机|电话|一致$|^(?:中文|汉字|全称|实名|真名|文字|文本)$|"
    "^(?:性别|年龄|民族|学历|籍贯|住址|地址|生日|特长|职业|职务|邮箱|照片|政治面貌|出生年月)$|"
    # What somebody is called whose name is not written: 王阿姨, 小陈.
    f"{CALLED_SO}"
)
#: A name of which a list shows a part only: 陈*明, 李XX, 王×.
MASKED = re.compile(r"[\u3400-\u9fff]\s*[*×xX○□_]|[*×xX○□_]\s*[\u3400-\u9fff]")
WORDS = frozenset(
    {
        "yes",
        "no",
        "true",
        "false",
        "name",
        "test",
        "total",
        "subtotal",
        "sum",
        "example",
        "sample",
        "required",
        "optional",
        "blank",
        "tbd",
        "tba",
        "unknown",
        "unbekannt",
        "anonymous",
        "nobody",
        "vacant",
        "empty",
        "cancelled",
        "absent",
        "volunteer",
        "volunteers",
        "member",
        "leader",
        "gesamt",
        "summe",
        "end",
        "none",
        "null",
        "nan",
        "nil",
        "guest",
        "guests",
        "everyone",
        "everybody",
        "all",
        "staff",
        "sex",
        "gender",
        "age",
        "phone",
        "mobile",
        "address",
        "email",
    }
)
#: First and last words of families and groups.
OF_GROUPS = re.compile(r"(?:the|team|group|class|grade)\s.+|.+\s(?:family|families|team|group|committee)")
#: The heavenly stems, by which people are called who are not to be named.
INVENTED = frozenset("甲乙丙丁戊己庚辛壬癸")
#: Last characters of shops and bodies, and of what somebody is called who is known (李姐, 王总): of a name they are rare.
CALLED = tuple("姐哥嫂婶叔伯姨爷奶爸妈总班办记馆局店厂社部处室厅坊铺居客井吧院站所队联藤")
#: Chinese characters of the longest name without a dot; those of minorities are longer than the usual two to four.
LONGEST = 6
#: A letter beside a Chinese name, by which a list of its own tells two of that name apart: 陈立群A.
LETTERED = re.compile(
    r"[\u3400-\u9fff]{2,6}\s*[-_.]?\s*[A-Z]{1,2}|[A-Z]\s*[-_.、]?\s*[\u3400-\u9fff]{2,6}", re.IGNORECASE
)
#: Words of the longest other name.
MOST_WORDS = 7


#: Counting before the name of a body, which may begin with a number of its own: 3号楼服务队.
COUNTING_OF_BODIES = re.compile(r"^[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、．:：)）]\s*(?=[^\W\d])")
#: What parts several bodies in a cell.
BODIES = re.compile(r"[、;；\n\r┋]")
#: What may part the names of several bodies in a cell, where each of them is known.
BODIES_PARTED = re.compile(r"[、,，;；/／|+&＋\n\r┋]|\s+")
SLASHED = re.compile(r"[\u3400-\u9fff]{2,}(?:\s*[/／]\s*[\u3400-\u9fff]{2,})+")
#: What somebody is in a team, where it stands in brackets behind the team's name.
ROLE = re.compile(
    "(?:副|正)?(?:队长|组长|会长|团长|班长|社长)|负责人|队员|成员|骨干|leader|deputy|member", re.IGNORECASE
)


#: A name with a phone behind it, or two: 赵一凡19900010001, 赵一凡/199-0001-0001, 赵一凡（电话：19900010001）.
NUMBER = r"\+?\d[\d\s\-]{5,}\d"
WITH_PHONE = re.compile(
    r"(?P<name>\D*?[^\W\d])[\s/、,，:：;；()（）\-]*(?:手机号?码?|联系电话|电话|tel|mobile|phone)?\.?[\s:：]*"
    rf"(?P<phone>{NUMBER}(?:\s*[/、,，;；]\s*{NUMBER})?)\s*[)）]?",
    re.IGNORECASE,
)


class NotOneBody(RuleError):
    """'{value}' is not one name"""

    code = "bad_name"
    hint = N_("Give each its own row; what somebody is there has a column of its own, such as Role.")


class NotOneName(RuleError):
    """'{value}' is not the name of one person"""

    code = "bad_name"
    hint = N_(
        "Write one name in a row, without numbers; what else is to be kept goes into brackets or another column."
    )


SEVERAL_HINT = N_(
    "Write one name in a row. Several in a cell are taken apart only where all of them are on file: volunteer person list"
)
LETTER_HINT = N_(
    "Leave out the letter, which other lists do not know; two people of one name are told apart by phone, birth date or number."
)


def remark_in(text: str) -> str:
    """What stands in brackets beside a name: 队长 in 赵一凡（队长）; a number only counts."""
    if is_plainly_one(text):
        return ""
    remarks = (each.strip() for each in BRACKETED.findall(unicodedata.normalize("NFKC", text)))
    return "; ".join(each for each in remarks if each and not each.isdecimal())


def remark_free(text: str) -> str:
    """The text without what stands in brackets, and without marks and counting."""
    bare = BRACKETED.sub(" ", unicodedata.normalize("NFKC", text)).strip().strip(MARKS).strip()
    bare = COUNTING.sub("", bare).strip(MARKS).strip()
    return without_courtesy(STOP.sub("", bare))


def parted_from_phone(text: str) -> tuple[str, str]:
    """A name and the phone that stands behind it in one cell, which is empty where none does."""
    match = WITH_PHONE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (match["name"], match["phone"]) if match else (text, "")


def one_name(text: str) -> str:
    """The name of one person as it is stored, without marks, counting and brackets.

    Raises:
        NotOneName: it is several, or none.
        BadText: it has characters that must not be stored.
        MissingValue: nothing is left of it.
    """
    if is_plainly_one(text):
        return text
    bare = remark_free(text)
    name = clean_name(bare)
    if is_called(name):
        raise NotOneName(value=text, hint=N_("Write the whole name: several people may be called so."))
    if LETTERED.fullmatch(name):
        raise NotOneName(value=text, hint=LETTER_HINT)
    if is_none(name):
        raise NotOneName(value=text)
    if are_several(bare, name):
        raise NotOneName(value=text, hint=SEVERAL_HINT)
    if ABSENT.search(remark_in(text)):
        hint = N_("Delete the row if nothing is to be recorded of them, else what stands in brackets.")
        raise NotOneName(value=text, hint=hint)
    return name


def one_body(text: str) -> str:
    """The name of one team or organization, without marks and counting.

    Raises:
        NotOneBody: it is several, or has a role in brackets.
    """
    bare = COUNTING_OF_BODIES.sub("", text.strip().strip(MARKS).strip()).strip(MARKS).strip()
    if BODIES.search(bare) or SLASHED.fullmatch(bare) or ROLE.fullmatch(remark_in(bare)):
        raise NotOneBody(value=text)
    return bare


@lru_cache(maxsize=1 << 13)
def is_plainly_one(text: str) -> bool:
    """Whether a text is a few Chinese characters that make a name: nothing is to be taken off, or parted.

    Nearly all cells are: asked first, a sheet of so many people costs half as much to look through.
    """
    if not 2 <= len(text) <= LONGEST or not CHINESE_ONLY.fullmatch(text):
        return False
    return not NO_PERSON.search(text) and not _runs_on(text)


def is_none(name: str) -> bool:
    """Whether a text can be no name: a number, a tick, a sentence, a place, a group."""
    if SENTENCE.search(name) or MASKED.search(name) or any(character.isdigit() for character in name):
        return True
    if NO_PERSON.search(name) or LETTERED.fullmatch(name):
        return True
    if CHINESE_ONLY.fullmatch(name):
        return not 2 <= len(name) <= LONGEST
    return not any(character.isalpha() for character in name) or _are_no_name(name.casefold())


def _are_no_name(words: str) -> bool:
    """Whether words of an alphabet are one for nobody, crosses, or too many for a name."""
    if words in WORDS or set(words) <= set("x×") or len(words.split()) > MOST_WORDS:
        return True
    return is_called_in_english(words) or OF_GROUPS.fullmatch(words) is not None


def are_several(bare: str, name: str) -> bool:
    """Whether a text holds the names of several people."""
    if SEPARATORS.search(bare):
        return True
    words = bare.split()
    if len(words) > 1 and not SEX.isdisjoint(words) and any(len(word) > 1 for word in words):
        return True
    if len(words) > 1 and all(CHINESE_ONLY.fullmatch(word) and len(word) > 1 for word in words):
        return len(words) > 2 or words[0] not in COMPOUND
    return CHINESE_ONLY.fullmatch(name) is not None and _runs_on(name)


def _runs_on(name: str) -> bool:
    """Whether two Chinese names stand together without a sign: 赵一凡钱二宝, 赵一凡和钱二宝."""
    if len(name) < 5 or name[0] not in SURNAMES or name[:2] in COMPOUND:
        return False
    return any(_ends_one_name(name, place) for place in (2, 3))


def _ends_one_name(name: str, place: int) -> bool:
    """Whether one name may end before a place and another begin there, each as long as names are."""
    if name[place] in "和与及":
        return True
    # 阿卜杜热合曼 has a family name for its third character and is one name: two of the others are left for no second.
    return name[place] in SURNAMES and 2 <= len(name) - place <= 3


def looks_like_person(name: str) -> bool:
    """Whether a name is surely a person's: a Chinese family name and two to four characters, or a dot (阿依·古丽)."""
    if "·" in name:
        return True
    if not CHINESE_ONLY.fullmatch(name) or is_none(name) or name.endswith(CALLED):
        return False
    if len(name) == 3 and not INVENTED.isdisjoint((name[0], name[-1])):
        return True
    # A family name of one character has one or two behind it; so has one of two (欧阳, 司马).
    return (len(name) in (2, 3) and name[0] in SURNAMES) or (len(name) in (3, 4) and name[:2] in COMPOUND)
