"""Forms of address: what somebody is called beside a name (陈立群先生, Mr Tom Bell), and in place of it (王阿姨, 小陈)."""

from __future__ import annotations

import re

#: The commonest family names, some 99 % of all people in China by the sixth census, and those of two characters.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏"
    "邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝"
    "包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戎岑景党宫"
    "费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟"
    "冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭"
)
COMPOUND = frozenset(
    (
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "端木",
        "东方",
        "独孤",
        "南宫",
    )
)
#: What stands behind a whole name for courtesy alone, and before one.
COURTESY = re.compile(r"(?<=[\u3400-\u9fff]{2})\s*(?:先生|女士|同志)$")
TITLED = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau)(?:\.\s*|\s+)(?=[^\s.]\S*\s+\S)", re.IGNORECASE)
#: What stands behind a family name alone, or behind nothing, and says who is meant only to those who know them.
#: An office is none that could be taken off: 张项目经理 has no name of three characters in it.
CALLINGS = (
    "阿姨|大爷|大妈|大娘|大叔|大伯|大哥|大姐|大嫂|奶奶|爷爷|姥姥|姥爷|婆婆|阿婆|阿公|叔叔|伯伯|婶婶|婶子|老头|老太|老人家|小朋友|"
    "师傅|老师|先生|女士|小姐|太太|夫人|同志|同学|医生|大夫|护士|教授|博士|律师|警官|主任|书记|经理|老板|校长|院长|站长|所长|处长|科长|局长|会长|"
    "团长|班长|部长|主席"
)
#: The same for names of two characters: 小陈, 老李, 王姐, 赵总.
ANY = "".join(sorted(SURNAMES))
SHORT = rf"^[老小阿][{ANY}]头?$|^[{ANY}][姐哥嫂婶姨爷奶总叔伯妈爸]$"
#: How somebody is called in Chinese in place of a name.
CALLED_SO = rf"(?:{CALLINGS})$|{SHORT}"
CALLED_IN_ENGLISH = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|sir|madam)(?:\.\s*|\s+)\S+|(?:aunt|auntie|aunty|uncle|grandma|grandpa|granny|nana)\s.+)",
    re.IGNORECASE,
)
#: What somebody has beside a family name of one character who is old, a couple or one of several: 王老先生.
NO_GIVEN_NAME = frozenset("老小大家太氏副正原前总")


def without_courtesy(name: str) -> str:
    """The name without what courtesy adds to a whole one; a family name alone stays as it is, for it is none."""
    if titled := TITLED.match(name):
        return name[titled.end() :]
    bare = COURTESY.sub("", name)
    return name if bare in COMPOUND or (len(bare) == 2 and bare[1] in NO_GIVEN_NAME) else bare


def is_called(name: str) -> bool:
    """Whether a text is what somebody is called in place of a name: 王阿姨, 小陈, Mrs Smith."""
    return re.search(CALLED_SO, name) is not None or is_called_in_english(name)


def is_called_in_english(name: str) -> bool:
    """Whether a text has a title and nothing but a family name, or a word for a relative: Mrs Smith, Auntie Rose."""
    return CALLED_IN_ENGLISH.fullmatch(name) is not None
