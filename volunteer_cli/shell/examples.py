"""The examples of help in English: commands are declared with the words of a community in Jinan.

An example shows how a command is typed, and a reader must see at once which words are names: so in other
languages than Chinese the words of the examples stand for those of an office anywhere.
"""

from __future__ import annotations

import re
import shlex

from volunteer_cli.core.i18n import language
from volunteer_cli.shell.quoting import quoted

WORDS = {
    "12345工单": "hotline", "一心议事厅": "Town Hall", "三个窗口已并为一个": "one counter now does it", "三个窗口并为一个": "one counter instead of three",
    "下雨": "rain", "不属于联盟职责": "not ours to decide", "不足法定人数": "no quorum", "中心广场": "Market Square", "书籍文具": "books",
    "了解用工情况": "asked about staff", "付清": "paid", "企业迁出": "moved away", "保管期满": "retention is over", "八成新": "hardly worn",
    "冲洗管道释放加臭剂": "flushing released odorant", "包挂名单": "pairings", "区城市管理局": "City Works", "区城管局": "City Works",
    "区红十字会": "Red Cross", "区行政审批服务局": "Licensing Office", "卫样一": "Wes", "参柬·一心议事厅": "Town Hall", "又漏了": "leaks again",
    "台账": "ledger", "名单": "list", "四川大学研究生支教团": "Student Teachers", "回访": "call-back", "地下车库大蒜味很浓": "smell of garlic in the garage",
    "地下车库": "garage", "复核": "check", "夜班白天休息": "works at night", "夜里到现场查看": "looked at it at night",
    "审管执信互动党建联盟": "Harbour Alliance", "家访": "visit", "家里暖气热吗": "Is the heating warm?", "寒潮电话排查": "Cold spell calls", "小明": "Tim",
    "已派人查看": "somebody is on the way", "已自行解决": "solved by themselves", "已转窗口核实": "asked the counter", "市级优秀社区": "Community of the Year",
    "归档": "filing", "当天未到岗": "did not come", "快递公司": "City Couriers", "急救": "first-aid", "惠企政策进园区": "Policies in the park",
    "成员单位": "members", "户主底册": "households", "扬言伤人": "threatened somebody", "推诿": "nobody takes it", "提前离开": "left early",
    "政务服务中心": "Service Centre", "早班": "early", "车辆": "Vehicle", "小汽车": "car", "电动车": "e-bike", "摩托车": "motorbike", "时间账户": "accounts", "晚班": "late", "暑期营": "summer camp", "暖冬公益捐助": "Winter coats",
    "本人要求": "asked for it", "李明": "Ann", "李样二": "Lee", "林样一": "Lynn", "样例企业一": "Example Ltd", "样例企业二": "Sample Ltd",
    "样例供热公司": "Heating Ltd", "样例物业公司": "Estates Ltd", "样干部二": "Officer Two", "样干部": "Officer One", "核查中": "being checked",
    "核查完毕": "checked", "楼道清洁": "Clean-up", "注销要跑三个窗口": "closing takes three counters", "派出所": "police", "济南市民政局": "City Council",
    "济水凝心·阳光服务": "Sunny Service", "清扫楼道": "sweeping", "清洁日": "cleanup", "滨湖社区党总支": "Harbour branch", "滨湖社区": "Harbour Aid",
    "独居老人": "lives alone", "王奶奶": "Mary", "王样一": "Wanda", "王样三": "Walt", "王老师": "Mr White", "王芳": "Ben", "理发": "haircut",
    "生病": "ill", "疏通下水道": "unblocking a drain", "登记表": "gifts", "督办台账": "actions", "稳岗返还": "job retention", "立管归公司": "belongs to the company",
    "等栽植季": "planting season", "等配件": "spare parts", "签到表": "attendance", "米": "rice", "细致耐心": "careful and patient",
    "绿色家园维护者": "Green Team", "群发通知": "reminder", "老年人": "elderly", "老人": "elderly", "联办助企活动": "a day for firms",
    "花名册": "roster", "蒋样一": "Jean", "街道纪工委": "the auditor", "街道": "the district", "衣物": "coats", "补录一份签到表": "a sheet came late",
    "记错了一户": "wrong door", "记错人": "wrong person", "调解台账": "cases", "调解": "mediation", "走访台账": "visits", "走访": "visits",
    "赵奶奶": "Rose", "赵样一": "Zac", "赵样三": "Zoe", "通知": "message", "邻居说在女儿家": "with the daughter", "重复登记": "entered twice",
    "长期住院": "long in hospital", "长期服务": "long service", "门面": "shop front", "问题台账": "needs", "非社区职责": "not ours",
    "已与两个窗口对接": "both counters agreed", "系统改造未完": "the system is not ready", "仍要跑两个窗口": "still two counters",
    "企业已迁出": "moved away", "件": "pcs", "套": "sets", "袋": "bags",
}  # fmt: skip
_LONGEST_FIRST = sorted(WORDS, key=len, reverse=True)
#: What is Chinese in letters and digits: codes in pinyin, initials, numbers of telephones there.
CODES = {
    "binhu": "harbour", "BINHU": "HARBOUR", "yixin": "townhall", "YIXIN": "TOWNHALL", "shenguan": "trade", "hanchao": "cold",
    "moqi": "survey", "weiwen": "parcels", "jiang": "jean", "lm": "ann", "13800000001": "07700900001",
    "13800000002": "07700900002", "19900000001": "07700900003", "0531-84230001": "01632960001",
}  # fmt: skip
_CODE = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(CODES)})(?![A-Za-z0-9])")


def spoken(example: str) -> str:
    """An example with the words of the language in use."""
    if language() == "zh":
        return example
    example = _CODE.sub(lambda match: CODES[match[0]], example)
    if example.isascii():
        return example
    return "\n".join(map(_in_english, example.splitlines()))


def _in_english(line: str) -> str:
    """A command line with every Chinese word of it in English, in quotes where it has spaces now."""
    return " ".join(quoted(re.sub("|".join(_LONGEST_FIRST), _word, word)) for word in shlex.split(line))


def _word(match: re.Match[str]) -> str:
    return WORDS[match[0]]
