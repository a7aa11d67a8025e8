"""Which noun, verb or option somebody meant who typed one that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

#: Nouns and verbs that say the same, here, in other programs and in Chinese; of each row ours are suggested in this order.
WORDS = (
    "signup register join enroll enrol book 报名",
    "withdraw leave unregister 退出 退队",
    "checkin arrive attend signin 签到",
    "add record register open issue award create new insert enter log 新增 添加 新建 录入 登记 记录",
    "archive void cancel remove erase delete rm del drop 删除 作废 归档 注销 取消",
    "list ls dir all index 列表 清单 名单 列出",
    "show view get display info details detail print 查看 详情 显示",
    "edit set update change modify rename correct 修改 编辑 更改 更正 更新",
    "restore reopen unarchive 恢复",
    "find list search lookup grep query 查找 搜索 查询",
    "finish close end complete done 结束 完成 办结",
    "assign deal give 分派 派单 分配",
    "import load upload 导入",
    "report export stats statistics summary 报表 统计 导出",
    "undo rollback revert back 撤销 回退",
    "history log audit changes 历史 日志",
    "person people persons volunteer volunteers resident residents user users contact contacts 人员 居民 志愿者 义工",
    "team group groups squad 队伍 团队 服务队 小组",
    "event activity activities shift shifts action 活动",
    "hours hour service services time timesheet 时长 工时 服务时长",
    "drive donation donations donor gift gifts collection stock 捐赠 捐献 物资 募捐",
    "organization company companies partner business 单位 组织 机构 企业",
    "household family families home homes house flat address 住户 家庭 户",
    "request case cases complaint complaints ticket issue 诉求 工单 投诉 反映",
    "visit visits call calls care 走访 探访 看望 慰问",
    "campaign sweep survey census poll 专项 排查 普查 摸底",
    "mediation dispute conflict 调解 纠纷",
    "account credit credits balance wallet bank 账户 积分 时间银行",
    "exchange offer offers reward rewards shop 兑换",
    "community office neighbourhood neighborhood 社区",
    "certificate proof 证书 证明",
    "award honour honor medal prize 荣誉 表彰",
    "star level rank grade 星级",
    "training course courses class lesson 培训",
    "evaluation rating feedback review 评价",
    "alliance department coalition 联盟 部门",
    "council committee board meeting 议事厅 议事会",
    "pairing visits sponsor 包挂 结对",
    "policy settings rules rule 规定 政策",
    "config settings preferences options 配置 设置",
    "db database backup 数据库 备份",
    "field column columns attribute 字段",
    "shell console repl interactive 交互",
    "help man manual docs 帮助",
    "demo example sample tour 示例 演示",
)
OPTIONS = (
    "--on --start --at --since --date --day --when --time",
    "--since --from --start --begin --after --period",
    "--until --to --end --before --period",
    "--note --remark --comment --memo --description --reason",
    "--by --to --person --from --mediator --handler --worker --caller --leased-to --head --leader --who --whom --member --volunteer",
    "--phone --tel --telephone --mobile --cell",
    "--birth --birthday --born --dob",
    "--sex --gender",
    "--place --location --venue --address",
    "--capacity --places --seats --max",
    "--tag --tags --label --add-tag",
    "--format --json --csv --xlsx --html --type",
    "--output --out --file --save",
    "--limit --top --head --max --count",
    "--sort --order --order-by",
    "--where --filter --search --query --if",
    "--period --month --year --quarter",
    "--minutes --hours --duration --length",
    "--yes --force --assume-yes --no-confirm",
    "--dry-run --preview --simulate --test",
)
#: How many names are suggested; how alike words must be to be taken for one that was mistyped.
MOST, ALIKE = 3, 0.6


def nearest(word: str, names: Iterable[str], groups: Iterable[str] = WORDS) -> list[str]:
    """The names that a word may stand for, at most three: those that say the same, that it begins, or that look alike."""
    ours = list(names)
    same = _saying_the_same(word.casefold(), set(ours), groups)
    # Who shortens a word means its beginning, however unlike the two are as a whole.
    beginning = [name for name in ours if word and name.startswith(word)]
    return (list(dict.fromkeys(same + beginning)) or _looking_alike(word, ours))[:MOST]


def _looking_alike(word: str, ours: list[str]) -> list[str]:
    from difflib import get_close_matches

    # Without the dashes, which make every option look like another.
    bare = {name.lstrip("-"): name for name in ours}
    return [bare[name] for name in get_close_matches(word.lstrip("-"), bare, n=MOST, cutoff=ALIKE)]


def told_of(word: str, meanings: Mapping[str, str]) -> list[str]:
    """The names whose help in one line has a word of it that was typed in Chinese, where no two words are parted."""
    if len(word) < 2 or word.isascii():
        return []
    return [name for name, meaning in meanings.items() if word in meaning][:MOST]


def _saying_the_same(word: str, ours: set[str], groups: Iterable[str]) -> list[str]:
    rows = (row.split() for row in groups)
    meant = chain.from_iterable(row for row in rows if word in row)
    return [name for name in dict.fromkeys(meant) if name in ours]
